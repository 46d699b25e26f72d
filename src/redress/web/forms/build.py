"""The form of an act as a page shows it: pure, from the pack, the directory and what has been typed so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from redress.people.directory import Directory
from redress.policy.engine.case import Case
from redress.policy.engine.suggesting import suggestions
from redress.policy.errors import Refusal
from redress.policy.language.acts import Act
from redress.policy.language.fields import Field
from redress.policy.language.forms import FormField
from redress.policy.pack import Pack
from redress.web.plain_words.conditions import condition
from redress.web.plain_words.names import entry_kind
from redress.web.plain_words.sums import yuan

from .parse import NAME, Raw
from .shown import typed_again

LONGEST_HINT = 40
CHIPS = 9
"""Up to so many choices are shown side by side and picked with a digit; more go into a list."""

ASKED_IN_TURN = ("customer", "matter", "rating", "place")
"""Who it is (whose earlier complaints then show), what happened, how grave it is (which the words then suggest), whose it is."""


@dataclass(frozen=True)
class Choice:
    """One value to pick; ``key`` is the digit that picks it, "" for none."""

    value: str
    text: str
    means: str = ""
    chosen: bool = False
    key: str = ""


@dataclass(frozen=True)
class FieldView:
    """One field of a form. ``control``: text, long, tel, number, money, date, datetime, chips, checks, list, files, kept."""

    id: str
    name: str
    label: str
    control: str
    required: bool
    conditional: bool
    value: str = ""
    choices: tuple[Choice, ...] = ()
    help: str = ""
    hint: str = ""
    clauses: tuple[str, ...] = ()
    errors: tuple[Refusal, ...] = ()
    group: str = ""
    confidential: bool = False
    suggested: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """Options that what is recorded on the case speaks for: the option, the words found, the clauses."""

    @property
    def broad(self) -> bool:
        """Whether it takes the whole width of the form."""
        return self.control in ("long", "files", "checks") or (
            self.control == "chips" and sum(len(choice.text) + 3 for choice in self.choices) > 24
        )


@dataclass
class Group:
    """Fields that belong together; ``id``: customer, matter, rating, place."""

    id: str
    fields: list[FieldView] = field(default_factory=list)


def form_view(
    pack: Pack,
    act: Act,
    directory: Directory,
    lang: str,
    *,
    case: Case | None = None,
    raw: Raw | None = None,
    refusals: Iterable[Refusal] = (),
) -> list[FieldView]:
    """The fields of ``act`` in the order written, with what was typed (``raw``) or what the case holds already."""
    case = case or Case()
    told = list(refusals)
    spoken_for = _spoken_for(pack, act, case, lang)
    slots = {effect.assign.slot_field for effect in act.then if effect.assign and effect.assign.slot_field}
    views = []
    for item in act.form:
        rule = pack.fields[item.field]
        recorded = None if item.anew else case.fields.get(rule.id)
        errors = tuple(refusal for refusal in told if refusal.field == rule.id)
        lines = _lines(pack, act, case, directory, lang) if rule.type == "ledger-line" else None
        texts = (raw or {}).get(rule.id) if raw is not None else typed_again(rule, recorded, pack.zone())
        texts = texts or [line for line, _text, _means in lines or () if len(lines or ()) == 1]
        speaks = spoken_for.get(rule.id, ())
        views.append(_view(pack, rule, item, directory, lang, texts, recorded, errors, rule.id in slots, speaks, lines))
    return views


def grouped(fields: Iterable[FieldView]) -> list[Group]:
    """The fields in groups, in the order in which an angry person can be asked: ``ASKED_IN_TURN``."""
    groups: dict[str, Group] = {}
    for view in fields:
        groups.setdefault(view.group, Group(view.group)).fields.append(view)
    return sorted(groups.values(), key=lambda group: ASKED_IN_TURN.index(group.id))


def _view(
    pack: Pack,
    rule: Field,
    item: FormField,
    directory: Directory,
    lang: str,
    texts: list[str],
    recorded: Any,
    errors: tuple[Refusal, ...],
    is_slot: bool,
    suggested: tuple[tuple[str, str, tuple[str, ...]], ...],
    lines: list[tuple[str, str, str]] | None = None,
) -> FieldView:
    choices = _slots(pack, lang) if is_slot else lines or _choices(rule, directory, lang)
    control = "list" if is_slot else _control(rule, choices)
    if rule.fixed and recorded not in (None, ""):
        control = "kept"
    keyed = control in ("chips", "checks")
    return FieldView(
        id=rule.id,
        name=NAME + rule.id,
        label=rule.text.of(lang),
        control=control,
        required=item.required is True and recorded in (None, "", []),
        hint=_hint(pack, item),
        conditional=not isinstance(item.required, bool) and bool(item.required),
        value=texts[-1] if texts else "",
        choices=tuple(
            Choice(value, text, means, value in texts, str(place) if keyed and place < 10 else "")
            for place, (value, text, means) in enumerate(choices, 1)
        ),
        help=rule.help.of(lang) if rule.help else "",
        clauses=item.clauses or rule.clauses,
        errors=errors,
        group=_group(rule),
        confidential=rule.confidential,
        suggested=suggested,
    )


def _spoken_for(pack: Pack, act: Act, case: Case, lang: str) -> dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]]:
    """By field: the options that the texts on the case speak for, with the words that do."""
    found: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {}
    for one in suggestions(pack, act.form, case.fields, case.fields) if case.fields else ():
        words = dict.fromkeys(str(case.fields[place.field])[place.start : place.end] for place in one.found)
        told = (one.option.text.of(lang), "、".join(words), one.clauses)
        found[one.field] = (*found.get(one.field, ()), told)
    return found


def _hint(pack: Pack, item: FormField) -> str:
    """Under which condition the field is required, in words; "" where they would be too long to read."""
    words = condition(pack, item.required) if isinstance(item.required, str) else ""
    return words if len(words) <= LONGEST_HINT else ""


def _control(rule: Field, choices: Sequence[object]) -> str:
    plain = {
        "long-text": "long",
        "phone": "tel",
        "file": "files",
        "choices": "checks",
        "units": "checks",
        "yes-no": "chips",
    }
    if rule.type in ("choice", "unit", "person", "ledger-line"):
        return "chips" if rule.type == "choice" and len(choices) <= CHIPS else "list"
    return plain.get(rule.type, rule.type)


def _choices(rule: Field, directory: Directory, lang: str) -> list[tuple[str, str, str]]:
    if rule.type in ("choice", "choices"):
        return [
            (option.id, option.text.of(lang), option.means.of(lang) if option.means else "") for option in rule.options
        ]
    if rule.type in ("unit", "units"):
        return [
            (unit.slug, unit.text.of(lang), "")
            for unit in directory.open_units
            if not rule.unit_kinds or unit.kind in rule.unit_kinds
        ]
    if rule.type == "person":
        return [(person.slug, person.text.of(lang), "") for person in directory.people.values() if person.active]
    if rule.type == "yes-no":
        return [
            ("yes", "yes" if lang.startswith("en") else "是", ""),
            ("no", "no" if lang.startswith("en") else "否", ""),
        ]
    return []


def _lines(pack: Pack, act: Act, case: Case, directory: Directory, lang: str) -> list[tuple[str, str, str]]:
    """The lines of the case's ledger that an act could be about: those that stand, or those under appeal."""
    wanted = ("appealed",) if act.ledger == "ruling" else ("proposed", "confirmed")
    return [
        (
            line.line,
            " · ".join(
                filter(None, (entry_kind(pack, line.kind), yuan(line.amount) if line.amount else "", whom, why))
            ),
            "",
        )
        for line in case.ledger.values()
        if line.status in wanted
        for why in [line.appeal.reason[:60] if line.appeal else ""]
        for whom in [(directory.person_text(line.person) if line.person else directory.unit_text(line.unit)).of(lang)]
    ]


def _slots(pack: Pack, lang: str) -> list[tuple[str, str, str]]:
    return [(role.id, role.text.of(lang), "") for role in pack.roles.values() if role.found == "person"]


def _group(rule: Field) -> str:
    if rule.personal:
        return "customer"
    return {
        "choice": "rating",
        "choices": "rating",
        "yes-no": "rating",
        "unit": "place",
        "units": "place",
        "person": "place",
    }.get(rule.type, "matter")
