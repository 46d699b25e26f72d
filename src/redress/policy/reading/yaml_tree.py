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


class Tree:
    """A YAML file as plain values (``data``) with the place of every value, found by its path."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._places: dict[Path, Place] = {}
        self._problems: list[Problem] = []
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            raise PackErrors([self._broken(error)]) from error
        self.data = self._build(node, ()) if node is not None else None
        if self._problems:
            raise PackErrors(self._problems)

    def place(self, path: Sequence[str | int]) -> Place:
        """Where the value at ``path`` stands; the nearest enclosing value where it stands nowhere."""
        found: Path = ()
        for step in path:
            if (*found, step) in self._places:
                found = (*found, step)
        return self._places.get(found, Place(self.file, 1, 1))

    def _build(self, node: yaml.Node, path: Path) -> Any:
        self._places.setdefault(path, self._at(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._build(item, (*path, index)) for index, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                self._problems.append(
                    Problem(self._at(key_node), "twice", f"“{key}”写了两次", f"'{key}' is written twice", "删去一个", "Remove one")
                )
            self._places[(*path, key)] = self._at(key_node)
            result[key] = self._build(value_node, (*path, key))
        return result

    def _at(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def _broken(self, error: yaml.YAMLError) -> Problem:
        mark = getattr(error, "problem_mark", None)
        place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file, 1, 1)
        what = getattr(error, "problem", None) or str(error)
        return Problem(
            place, "yaml", f"此处不是合法的 YAML：{what}", f"this is not valid YAML: {what}",
            "检查缩进、冒号后的空格和引号", "Check the indentation, the space after a colon, and the quotes",
        )  # fmt: skip


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
