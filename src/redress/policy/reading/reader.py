"""A pack's folder into a checked ``Pack``: files, inheritance, rules by kind.

A folder holds ``pack.yaml`` (the head), ``clauses.yaml`` (the clause list) and ``rules/*.yaml`` (lists of
rules, each starting with its kind: ``- duty: first-contact``). ``scenarios/`` and ``organisation.yaml`` are
read by the scenario floor.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from redress.policy.errors import PackErrors, Place, Problem, closest, meant
from redress.policy.language.base import Rule
from redress.policy.language.pack import RULE_KINDS, Head, Source
from redress.policy.language.playbooks import Playbook
from redress.policy.language.words import Clause
from redress.policy.pack import Pack

from .explained import validated
from .folder import Folder, Key
from .yaml_tree import Tree

COMMON = Path(__file__).parent.parent / "common"
KEPT_COMMON = ".common"
"""A folder beside a pack with the common rules as they were when it ruled: kept packs are read with these."""


def load(folder: Path, siblings: Path | None = None) -> Pack:
    """The checked pack in ``folder``. Raises ``PackErrors`` with every mistake; warnings do not stop it."""
    return load_folder(folder, siblings)[0]


def load_folder(folder: Path, siblings: Path | None = None) -> tuple[Pack, list[Problem], Folder]:
    """The pack, its warnings, and what was read (for tools that point into files)."""
    from redress.policy.checks import check_source

    read, problems = _read(folder, siblings)
    if read is None:
        raise PackErrors(problems)
    problems = sorted({*problems, *check_source(read)})
    if any(problem.severity == "error" for problem in problems):
        raise PackErrors(problems)
    return Pack(read.source), problems, read


def read_source(folder: Path, siblings: Path | None = None) -> Folder:
    """The typed source of a pack, with those it extends merged in (own rules win by kind and id)."""
    read, problems = _read(folder, siblings)
    if problems or read is None:
        raise PackErrors(problems)
    return read


def _read(folder: Path, siblings: Path | None) -> tuple[Folder | None, list[Problem]]:
    """What can be typed, and every mistake of form; None where not even the head can be read."""
    if not (folder / "pack.yaml").is_file():
        return None, [_no_pack(folder)]
    problems: list[Problem] = []
    head_tree = _tree(folder, folder / "pack.yaml", problems)
    head = validated(Head, head_tree.data, head_tree, (), problems) if head_tree else None
    if head_tree is None or head is None:
        return None, problems
    read = Folder(Source.model_construct(head=head, clauses=(), rules=()))
    rules: dict[Key, Rule] = {}
    clauses = _clauses(folder, read, problems)
    written = {clause.id for clause in clauses}
    for parent in _parents(head, folder, siblings, head_tree, problems):
        _inherit(parent, rules, read)
        known = {clause.id for clause in clauses}
        clauses += [clause for clause in parent.source.clauses if clause.id not in known]
    read.places["pack", head.pack] = (head_tree, ())
    own: dict[Key, Place] = {}
    for file in sorted((folder / "rules").glob("*.yaml")):
        _rules_of(file, folder, rules, read, own, problems)
    read.source = Source(
        head=head,
        clauses=tuple(clauses),
        rules=tuple(rules.values()),
        parents=tuple(head.extends),
        inherited=frozenset(clause.id for clause in clauses) - written,
        overridden={f"{kind} {rule_id}": pack for (kind, rule_id), pack in read.overridden.items()},
        playbooks=tuple(read.playbooks.values()),
    )
    return read, problems


def _tree(folder: Path, file: Path, problems: list[Problem]) -> Tree | None:
    name = f"{folder.name}/{file.relative_to(folder)}"
    try:
        return Tree(name, file.read_text(encoding="utf-8"))
    except PackErrors as broken:
        problems.extend(broken.problems)
    except UnicodeDecodeError:
        zh, en = "文件不是 UTF-8 编码", "the file is not UTF-8"
        problems.append(Problem(Place(name, 1, 1), "yaml", zh, en, "另存为 UTF-8", "Save it as UTF-8"))
    return None


def _inherit(parent: Folder, rules: dict[Key, Rule], read: Folder) -> None:
    for rule in parent.source.rules:
        key = (type(rule).kind_key, rule.id)
        if key in rules:
            read.overridden[key] = parent.source.head.pack
        rules[key] = rule
    read.playbooks.update(parent.playbooks)
    read.places.update({key: at for key, at in parent.places.items() if key not in read.places or key[0] != "clause"})


def _parents(head: Head, folder: Path, siblings: Path | None, tree: Tree, problems: list[Problem]) -> Iterable[Folder]:
    kept = (siblings or folder.parent) / KEPT_COMMON
    if folder not in (COMMON, kept):
        yield read_source(kept) if kept.is_dir() else _common()
    for index, name in enumerate(head.extends):
        parent = (siblings or folder.parent) / name
        if parent == folder or not (parent / "pack.yaml").is_file():
            names = [p.parent.name for p in parent.parent.glob("*/pack.yaml") if p.parent.name != folder.name]
            zh, en = f"找不到所继承的制度包 {name}", f"there is no pack {name} to extend"
            place = tree.value_place(("extends", index))
            problems.append(Problem(place, "no-parent", zh, en, **meant(name, names)))
            continue
        yield read_source(parent, siblings)


@lru_cache(maxsize=1)
def _common() -> Folder:
    return read_source(COMMON)


def _clauses(folder: Path, read: Folder, problems: list[Problem]) -> list[Clause]:
    file = folder / "clauses.yaml"
    tree = _tree(folder, file, problems) if file.is_file() else None
    read.unread |= file.is_file() and tree is None
    if tree is None or not _is_list(tree, problems, "条款文件", "a clauses file"):
        return []
    found: list[Clause] = []
    for index, item in enumerate(tree.data or ()):
        clause = validated(Clause, item, tree, (index,), problems)
        if clause is None:
            read.broken.add(("clause", str(item.get("id")) if isinstance(item, dict) else ""))
        elif any(other.id == clause.id for other in found):
            zh, en = f"条款 {clause.id} 列了两次", f"clause {clause.id} is listed twice"
            place = tree.value_place((index, "id"))
            problems.append(Problem(place, "twice", zh, en, "删去一个", "Remove one"))
        else:
            found.append(clause)
            read.places["clause", clause.id] = (tree, (index,))
    return found


def _is_list(tree: Tree, problems: list[Problem], zh: str, en: str) -> bool:
    if tree.data is not None and not isinstance(tree.data, list):
        place = tree.value_place(())
        said_zh = f"{zh}是一个列表，每条以“- ”开头"
        problems.append(Problem(place, "not-a-list", said_zh, f"{en} is a list; each item starts with '- '"))
    return isinstance(tree.data, list)


def _rules_of(
    file: Path,
    folder: Path,
    rules: dict[Key, Rule],
    read: Folder,
    own: dict[Key, Place],
    problems: list[Problem],
) -> None:
    tree = _tree(folder, file, problems)
    if tree is None or not _is_list(tree, problems, "规则文件", "a rules file"):
        read.unread |= tree is None or tree.data is not None
        return
    for index, item in enumerate(tree.data or ()):
        kind = _kind(item, tree, index, problems)
        if kind is None:
            read.broken |= _meant_rules(item)
            continue
        key = (kind, str(item[kind]))
        place = tree.place((index, kind))
        if key in own:
            zh = f"{kind} {key[1]} 已在 {own[key]} 写过"
            en = f"{kind} {key[1]} is already written at {own[key]}"
            problems.append(Problem(place, "twice", zh, en, "改名或删去一个", "Rename or remove one"))
            continue
        own[key] = place
        body = {"id": item[kind], **{name: value for name, value in item.items() if name != kind}}
        rule = validated(RULE_KINDS[kind], body, tree, (index,), problems, kind)
        if rule is None:
            read.broken.add(key)
            continue
        if isinstance(rule, Playbook):
            read.playbooks[rule.id] = rule
            for number, duty in enumerate(rule.duties()):
                _keep(duty, ("duty", duty.id), rules, read, (tree, (index, "steps", number)))
        else:
            _keep(rule, key, rules, read, (tree, (index,)))


def _keep(rule: Rule, key: Key, rules: dict[Key, Rule], read: Folder, at: tuple[Tree, tuple[str | int, ...]]) -> None:
    if key in rules:
        read.overridden[key] = read.places[key][0].file.split("/")[0]
    rules[key] = rule
    read.places[key] = at


def _kind(item: Any, tree: Tree, index: int, problems: list[Problem]) -> str | None:
    """The key a rule starts with; None, with the mistake told, where it is no kind of rule."""
    if not isinstance(item, dict) or not item:
        zh = "每条规则以种类开头，如“- duty: first-contact”"
        en = "a rule starts with its kind, such as '- duty: first-contact'"
        problems.append(Problem(tree.place((index,)), "not-a-rule", zh, en))
        return None
    first = str(next(iter(item)))
    kind = first if first in RULE_KINDS else next((key for key in item if key in RULE_KINDS), None)
    if kind is None:
        zh, en = f"没有“{first}”这种规则", f"there is no kind of rule called '{first}'"
        place = tree.place((index, first))
        problems.append(Problem(place, "unknown-kind", zh, en, **meant(first, RULE_KINDS)))
    return kind


def _meant_rules(item: Any) -> set[Key]:
    """What a rule of a misspelt kind would have declared, so that nothing else seems to miss it."""
    first = str(next(iter(item))) if isinstance(item, dict) and item else ""
    return {(closest(first, RULE_KINDS), str(item[first]))} if first else set()


def _no_pack(folder: Path) -> Problem:
    return Problem(
        Place(f"{folder.name}/pack.yaml", 1, 1),
        "no-pack",
        f"{folder.name} 里没有 pack.yaml",
        f"there is no pack.yaml in {folder.name}",
        "制度包是一个含 pack.yaml 的文件夹",
        "A pack is a folder with a pack.yaml",
    )
