"""Scenario files into scenarios: a file holds one scenario or a list of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from redress.policy.errors import PackErrors, Problem, meant
from redress.policy.reading.yaml_tree import Tree

from .language import Expect, Scenario, Step


def read_scenarios(files: Iterable[Path]) -> list[Scenario]:
    """The scenarios in ``files``, in order. Raises ``PackErrors`` with every mistake and its place."""
    problems: list[Problem] = []
    found: list[Scenario] = []
    for file in files:
        try:
            tree = Tree(f"{file.parent.name}/{file.name}", file.read_text(encoding="utf-8"))
        except PackErrors as error:
            problems += error.problems
            continue
        items = tree.data if isinstance(tree.data, list) else [tree.data]
        for index, item in enumerate(items):
            base: tuple[str | int, ...] = (index,) if isinstance(tree.data, list) else ()
            try:
                found.append(Scenario.model_validate(item))
            except ValidationError as error:
                problems += [_told(tree, base, detail) for detail in error.errors()]
    if problems:
        raise PackErrors(problems)
    return found


def scenarios_of(folder: Path) -> list[Scenario]:
    """The scenarios that live beside a pack."""
    return read_scenarios(sorted((folder / "scenarios").glob("*.yaml")))


def _told(tree: Tree, base: tuple[str | int, ...], detail: object) -> Problem:
    loc = detail["loc"]  # type: ignore[index]
    name = str(loc[-1]) if loc else str(base[-1] if base else "")  # an item that is no mapping has no key to name
    place = tree.place((*base, *loc))
    if detail["type"] == "extra_forbidden":  # type: ignore[index]
        allowed = [i.alias or n for m in (Expect, Step, Scenario) for n, i in m.model_fields.items()]
        return Problem(
            place,
            "unknown-key",
            f"情景里不认识“{name}”",
            f"a scenario has no '{name}'",
            **meant(name, allowed),
        )
    message = detail["msg"]  # type: ignore[index]
    return Problem(place, "scenario", f"“{name}”的写法不对：{message}", f"'{name}' is not written right: {message}")
