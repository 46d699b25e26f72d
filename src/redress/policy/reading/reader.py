"""A pack's folder into a checked ``Pack``: files, inheritance, rules by kind.

A folder holds ``pack.yaml`` (the head), ``clauses.yaml`` (the clause list) and ``rules/*.yaml`` (lists of rules, each starting
with its kind: ``- duty: first-contact``). ``scenarios/`` and ``organisation.yaml`` are read by the scenario floor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from redress.policy.errors import PackErrors, Place, Problem, meant
from redress.policy.language.base import Rule
from redress.policy.language.pack import RULE_KINDS, Head, Source
from redress.policy.language.words import Clause
from redress.policy.pack import Pack

from .yaml_tree import Tree

COMMON = Path(__file__).parent.parent / "common"


@dataclass
class Folder:
    """What was read from a pack's folder, with the place of each rule (by kind and id) for the checks that come after."""

    source: Source
    places: dict[tuple[str, str], tuple[Tree, tuple[str | int, ...]]] = field(default_factory=dict)
    overridden: dict[tuple[str, str], str] = field(default_factory=dict)

    def place(self, kind: str, rule_id: str, *path: str | int) -> Place:
        """Where the rule stands, or the part of it that ``path`` names."""
        tree, base = self.places.get((kind, rule_id), (None, ()))
        return tree.place((*base, *path)) if tree else Place("pack.yaml", 1, 1)


def load(folder: Path, siblings: Path | None = None) -> Pack:
    """The checked pack in ``folder``. Raises ``PackErrors`` with every mistake; warnings do not stop a load."""
    return load_folder(folder, siblings)[0]


def load_folder(folder: Path, siblings: Path | None = None) -> tuple[Pack, list[Problem], Folder]:
    """The pack, its warnings, and what was read (for tools that point into files)."""
    from redress.policy.checks import check_source

    read = read_source(folder, siblings)
    problems = check_source(read)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise PackErrors(errors)
    return Pack(read.source), problems, read


def read_source(folder: Path, siblings: Path | None = None) -> Folder:
    """The typed source of a pack, with those it extends merged in (own rules win by kind and id)."""
    if not (folder / "pack.yaml").is_file():
        raise PackErrors([_no_pack(folder)])
    head_tree = Tree(f"{folder.name}/pack.yaml", (folder / "pack.yaml").read_text(encoding="utf-8"))
    problems: list[Problem] = []
    head = _validated(Head, head_tree.data, head_tree, (), problems)
    clauses = _clauses(folder, problems)
    rules: dict[tuple[str, str], Rule] = {}
    read = Folder(Source.model_construct())
    for parent in _parents(head, folder, siblings, head_tree, problems):
        for rule in parent.source.rules:
            key = (type(rule).kind_key, rule.id)
            if key in rules and folder != COMMON:
                read.overridden[key] = parent.source.head.pack
            rules[key] = rule
        read.places.update(parent.places)
        known = {clause.id for clause in clauses}
        clauses = [*clauses, *(clause for clause in parent.source.clauses if clause.id not in known)]
    own: dict[tuple[str, str], Place] = {}
    for file in sorted((folder / "rules").glob("*.yaml")):
        _rules_of(file, folder, rules, read, own, problems)
    if problems or head is None:
        raise PackErrors(problems)
    parents = tuple(head.extends)
    read.source = Source(head=head, clauses=tuple(clauses), rules=tuple(rules.values()), parents=parents)
    return read


def _parents(head: Any, folder: Path, siblings: Path | None, tree: Tree, problems: list[Problem]) -> Iterable[Folder]:
    if folder != COMMON:
        yield _common()
    for name in head.extends if head else ():
        parent = (siblings or folder.parent) / name
        if parent == folder or not (parent / "pack.yaml").is_file():
            names = [p.parent.name for p in folder.parent.glob("*/pack.yaml") if p.parent != folder]
            problems.append(
                Problem(tree.place(("extends",)), "no-parent", f"找不到所继承的制度包 {name}", f"there is no pack {name} to extend", **meant(name, names))
            )
            continue
        yield read_source(parent, siblings)


@lru_cache(maxsize=1)
def _common() -> Folder:
    return read_source(COMMON)


def _clauses(folder: Path, problems: list[Problem]) -> list[Clause]:
    file = folder / "clauses.yaml"
    if not file.is_file():
        return []
    tree = Tree(f"{folder.name}/clauses.yaml", file.read_text(encoding="utf-8"))
    found: list[Clause] = []
    for index, item in enumerate(tree.data or []):
        clause = _validated(Clause, item, tree, (index,), problems)
        if clause is not None and any(other.id == clause.id for other in found):
            problems.append(Problem(tree.place((index, "id")), "twice", f"条款 {clause.id} 列了两次", f"clause {clause.id} is listed twice"))
        elif clause is not None:
            found.append(clause)
    return found


def _rules_of(
    file: Path, folder: Path, rules: dict[tuple[str, str], Rule], read: Folder, own: dict[tuple[str, str], Place], problems: list[Problem]
) -> None:
    tree = Tree(f"{folder.name}/rules/{file.name}", file.read_text(encoding="utf-8"))
    if tree.data is None:
        return
    if not isinstance(tree.data, list):
        problems.append(
            Problem(tree.place(()), "not-a-list", "规则文件是一个列表，每条以“- ”开头", "a rules file is a list; each rule starts with '- '")
        )
        return
    for index, item in enumerate(tree.data):
        rule = _rule(item, tree, index, problems)
        if rule is None:
            continue
        key = (type(rule).kind_key, rule.id)
        place = tree.place((index,))
        if key in own:
            problems.append(
                Problem(place, "twice", f"{key[0]} {key[1]} 已在 {own[key]} 写过", f"{key[0]} {key[1]} is already written at {own[key]}")
            )
            continue
        own[key] = place
        if key in rules and (key[0], key[1]) in read.places:
            read.overridden.setdefault(key, str(read.places[key][0].file).split("/")[0])
        rules[key] = rule
        read.places[key] = (tree, (index,))


def _rule(item: Any, tree: Tree, index: int, problems: list[Problem]) -> Rule | None:
    if not isinstance(item, dict) or not item:
        problems.append(
            Problem(tree.place((index,)), "not-a-rule", "每条规则以种类开头，如“- duty: first-contact”", "a rule starts with its kind, such as '- duty: first-contact'")
        )
        return None
    kind = next((key for key in item if key in RULE_KINDS), None) if next(iter(item)) not in RULE_KINDS else next(iter(item))
    if kind is None:
        first = str(next(iter(item)))
        problems.append(
            Problem(tree.place((index, first)), "unknown-kind", f"没有“{first}”这种规则", f"there is no kind of rule called '{first}'", **meant(first, RULE_KINDS))
        )
        return None
    body = {"id": item[kind], **{key: value for key, value in item.items() if key != kind}}
    return _validated(RULE_KINDS[kind], body, tree, (index,), problems, kind)


def _validated(
    model: type[BaseModel], data: Any, tree: Tree, base: tuple[str | int, ...], problems: list[Problem], kind: str = ""
) -> Any:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems.extend(_explained(model, detail, tree, base, kind) for detail in _distinct(error))
        return None


def _distinct(error: ValidationError) -> list[Any]:
    seen: dict[Any, Any] = {}
    for detail in error.errors():
        where = tuple(step for step in detail["loc"] if step not in ("str", "bool", "list", "FormField", "Approver"))
        seen.setdefault((where, detail["type"]), {**detail, "loc": where})
    return list(seen.values())


def _explained(model: type[BaseModel], detail: Any, tree: Tree, base: tuple[str | int, ...], kind: str) -> Problem:
    loc = tuple(kind if step == "id" and kind and position == 0 else step for position, step in enumerate(detail["loc"]))
    place = tree.place((*base, *loc))
    name = str(loc[-1]) if loc else ""
    if detail["type"] == "extra_forbidden":
        allowed = _keys_at(model, detail["loc"][:-1])
        return Problem(place, "unknown-key", f"不认识“{name}”", f"unknown key '{name}'", **meant(name, allowed))
    if detail["type"] == "missing":
        return Problem(place, "missing", f"缺少“{name}”", f"'{name}' is missing")
    if detail["type"] == "literal_error":
        expected = str(detail["ctx"]["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
        return Problem(place, "not-allowed", f"“{detail['input']}”不在可选值内", f"'{detail['input']}' is not one of the allowed values", **meant(str(detail["input"]), expected))
    text = str(detail["msg"]).removeprefix("Value error, ")
    return Problem(place, "bad-value", f"“{name}”的写法不对：{text}", f"'{name}' is not written right: {text}")


def _keys_at(model: type[BaseModel], loc: Iterable[str | int]) -> list[str]:
    current: Any = model
    for step in loc:
        if isinstance(step, int):
            continue
        fields = {(info.alias or name): info for name, info in current.model_fields.items()} if hasattr(current, "model_fields") else {}
        if str(step) in fields:
            current = next(_models_in(fields[str(step)].annotation), current)
    return [info.alias or name for name, info in getattr(current, "model_fields", {}).items()]


def _models_in(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models_in(part)


def _no_pack(folder: Path) -> Problem:
    return Problem(
        Place(f"{folder.name}/pack.yaml"), "no-pack", f"{folder.name} 里没有 pack.yaml", f"there is no pack.yaml in {folder.name}",
        "制度包是一个含 pack.yaml 的文件夹", "A pack is a folder with a pack.yaml",
    )  # fmt: skip


