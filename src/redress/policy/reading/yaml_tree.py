"""YAML into plain values, remembering where each value stood. No rules are known here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from redress.policy.errors import PackErrors, Place, Problem

Path = tuple[str | int, ...]
BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9_]*)\Z")
DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it, as in its wheels: some ten times faster."""
LOOK_AT = ("检查缩进、冒号后的空格和引号", "Check the indentation, the space after a colon, and the quotes")
NO_TABS = ("缩进用空格，不用制表符", "Indent with spaces, not with tabs")


class Tree:
    """A YAML file as plain values (``data``) with the place of every key and value, found by its path."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._text = text
        self._keys: dict[Path, Place] = {}
        self._nodes: dict[Path, yaml.Node] = {}
        self._problems: list[Problem] = []
        try:
            node = yaml.compose(text, Loader=LOADER)
        except yaml.YAMLError as error:
            raise PackErrors([self._broken(error)]) from error
        self.data = self._build(node, ()) if node is not None else None
        if self._problems:
            raise PackErrors(self._problems)

    def place(self, path: Sequence[str | int]) -> Place:
        """Where the key (or list item) at ``path`` stands. Steps that are not written are skipped."""
        found = self.written(path)
        return self._keys.get(found) or self.value_place(found)

    def value_place(self, path: Sequence[str | int]) -> Place:
        """Where the value at ``path`` starts. Steps that are not written are skipped."""
        node = self._nodes.get(self.written(path))
        return self._at(node) if node else Place(self.file, 1, 1)

    def place_within(self, path: Sequence[str | int], offset: int) -> Place:
        """Where character ``offset`` (from 0) of the text at ``path`` stands, however it is quoted or folded."""
        node = self._nodes.get(self.written(path))
        if not isinstance(node, yaml.ScalarNode):
            return self.value_place(path)
        index = _source_index(self._text, node.start_mark.index, str(node.value), offset)
        line_start = self._text.rfind("\n", 0, index) + 1
        return Place(self.file, self._text.count("\n", 0, index) + 1, index - line_start + 1)

    def written(self, path: Sequence[str | int]) -> Path:
        """The path without the steps that are not written in the file."""
        found: Path = ()
        for step in path:
            if (*found, step) in self._nodes:
                found = (*found, step)
        return found

    def _build(self, node: yaml.Node, path: Path) -> Any:
        self._nodes[path] = node
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._build(item, (*path, index)) for index, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.Node, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                zh, en = f"“{key}”写了两次", f"'{key}' is written twice"
                self._problems.append(Problem(self._at(key_node), "twice", zh, en, "删去一个", "Remove one"))
            self._keys[(*path, key)] = self._at(key_node)
            result[key] = self._build(value_node, (*path, key))
        return result

    def _at(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def _broken(self, error: yaml.YAMLError) -> Problem:
        mark = getattr(error, "problem_mark", None)
        place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file, 1, 1)
        what = getattr(error, "problem", None) or str(error)
        zh, en = f"此处不是合法的 YAML：{what}", f"this is not valid YAML: {what}"
        if "tab " in what or "\\t" in what:
            return Problem(place, "yaml", zh, en, *NO_TABS)
        return Problem(place, "yaml", zh, en, *LOOK_AT)


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if getattr(node, "style", None) in ("'", '"', "|", ">"):
        return text
    if text in ("", "~", "null"):
        return None
    if text in BOOLEANS:
        return BOOLEANS[text]
    if INTEGER.match(text):
        return int(text.replace("_", ""))
    if DECIMAL.match(text):
        return float(text)
    return text


def _source_index(text: str, start: int, value: str, offset: int) -> int:
    """Walks the source beside the value: blanks stand for blanks, an escape for the character it gives."""
    index, quote = start, text[start : start + 1]
    if quote in ("|", ">"):
        index = text.find("\n", start) + 1
    elif quote in ("'", '"'):
        index += 1
    for char in value[:offset]:
        if char.isspace():
            index = _past_blanks(text, index)
            continue
        index = _past_blanks(text, index)
        index += 2 if _escaped(text, index, quote) else 1
    return _past_blanks(text, index) if value[offset : offset + 1].strip() else index


def _past_blanks(text: str, index: int) -> int:
    while index < len(text) and text[index].isspace():
        index += 1
    return index


def _escaped(text: str, index: int, quote: str) -> bool:
    return (quote == '"' and text[index : index + 1] == "\\") or (quote == "'" and text[index : index + 2] == "''")
