"""docs/how-to/write-a-pack.md does what it says: its files are written, its commands run, their output compared."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from redress.cli.main import main
from redress.policy.language.pack import RULE_KINDS

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "write-a-pack.md"
BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
VARYING = re.compile(r"\d+(\.\d+)? (ms|s)\b|\d+ rules")


def test_the_guide_can_be_followed_word_by_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for kind, file, text in _blocks():
        if kind == "yaml":
            _append(tmp_path / file, text)
        elif kind == "diff":
            _change(tmp_path / file, text)
        elif kind == "console":
            for command, expected in _commands(text):
                main(command.split()[1:])
                assert _steady(capsys.readouterr().out) == _steady(expected), command


def test_the_guide_shows_every_kind_of_rule() -> None:
    shown = {kind for _, _, text in _blocks() for kind in re.findall(r"^- ([a-z]+): ", text, re.MULTILINE)}
    assert set(RULE_KINDS) - shown == set()


def _blocks() -> list[tuple[str, str, str]]:
    return BLOCK.findall(GUIDE.read_text(encoding="utf-8"))


def _append(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8") + "\n" if file.is_file() else ""
    file.write_text(before + text, encoding="utf-8")


def _change(file: Path, diff: str) -> None:
    text = file.read_text(encoding="utf-8")
    lines = diff.splitlines()
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        assert old[0] == "-" and new[0] == "+" and f"{old[1:]}\n" in text, old
        text = text.replace(f"{old[1:]}\n", f"{new[1:]}\n")
    file.write_text(text, encoding="utf-8")


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """(command, expected output) of a console block."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def _steady(output: str) -> str:
    return VARYING.sub("...", output).strip()
