"""Deliberate mistakes kept as data: each folder in ``mistakes`` is a small edit of the good pack ``shop``.

``edit.yaml`` lists edits: in ``file``, ``old`` (once, or everything where it is null) becomes ``new``; or ``add`` is
written at the end. ``expected.txt`` holds what the author is told, each mistake in Chinese and then in English.
"""

import tempfile
from pathlib import Path

import yaml

from redress.policy.errors import PackErrors, Problem
from redress.policy.reading import load_folder

HERE = Path(__file__).parent
SHOP = HERE / "shop"
MISTAKES = sorted(folder for folder in (HERE / "mistakes").glob("*") if folder.is_dir())


def told(mistake: Path) -> list[str]:
    """The lines an author of the mistaken pack sees."""
    return [problem.line(lang) for problem in problems(mistake) for lang in ("zh", "en")]


def problems(mistake: Path) -> list[Problem]:
    """What is found wrong in the shop with the mistake made."""
    with tempfile.TemporaryDirectory() as folder:
        return problems_in(mistaken_shop(mistake, Path(folder)))


def problems_in(folder: Path) -> list[Problem]:
    """Every problem of a pack, whether or not it can be used."""
    try:
        return load_folder(folder)[1]
    except PackErrors as errors:
        return errors.problems


def mistaken_shop(mistake: Path, into: Path) -> Path:
    """A copy of the shop with the edits of a mistake made."""
    shop = into / "shop"
    for file in SHOP.rglob("*.yaml"):
        target = shop / file.relative_to(SHOP)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    for edit in yaml.safe_load((mistake / "edit.yaml").read_text(encoding="utf-8")):
        _make(edit, shop / edit["file"])
    return shop


def _make(edit: dict[str, str | None], file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    if "add" in edit:
        text += str(edit["add"])
    elif edit["old"] is None:
        text = str(edit["new"])
    else:
        assert edit["old"] in text, f"{edit['old']!r} is not in {file.name}"
        text = text.replace(str(edit["old"]), str(edit["new"]))
    file.write_text(text, encoding="utf-8")
