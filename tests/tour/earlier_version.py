"""The version of a policy before the one that is shipped, so that the pages that compare versions have two to compare."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import override_settings

from redress.people import packs

WERE = (
    (r"value: 15 min", "value: 20 min"),
    (r"value: 24 h", "value: 48 h"),
    (r"value: 200$", "value: 100"),
    (r"within: 7 d", "within: 10 d"),
)
"""What the earlier version said otherwise: its times were longer, what a person may settle was less."""


def keep_an_earlier_version(pack: str) -> None:
    """Has the product keep version 0.9 of the pack, as it would have when the organisation still lived by it."""
    with TemporaryDirectory() as found:
        folder = Path(shutil.copytree(packs.packs_folder(), Path(found) / "packs"))
        _rewrite(
            folder / pack / "pack.yaml", ((r"(?m)^version: .*$", 'version: "0.9"'), (r"from: \d{4}-", "from: 2008-"))
        )
        for file in (folder / pack / "rules").glob("*.yaml"):
            _rewrite(file, WERE)
        with override_settings(PACKS_DIR=folder):
            packs.forget()
            packs.with_settings(pack, {})
    packs.forget()


def _rewrite(file: Path, changes: tuple[tuple[str, str], ...]) -> None:
    text = file.read_text(encoding="utf-8")
    for written, instead in changes:
        text = re.sub(written, instead, text)
    file.write_text(text, encoding="utf-8")
