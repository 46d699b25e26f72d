"""A folded case as the rows of its projections. Pure: the same case under the same pack always gives the same rows.

``writing.py`` stores the rows that changed, ``verify.py`` compares all of them with what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from redress.policy.engine.case import Case, Climb, DutyState, encode_case
from redress.policy.engine.case import LedgerLine as Line
from redress.policy.engine.patterns import keys_of
from redress.policy.engine.standing_of import is_recused
from redress.policy.engine.world import Actor
from redress.policy.pack import Pack

from .callers import caller_keys
from .headline import LONGEST_TITLE, customer_of, first_responder_of, number_of, owner_of, texts_of, title_of
from .lessons import Lesson, lessons_of
from .lessons import title_of as lesson_title
from .tables import DutyRow, KeyRow, LadderRow, LedgerRow, LessonRow, PartRow, Record, WordsRow
from .words import grams_of, words_of

FACETS = ("level", "category", "channel")
"""Fields by which the queue is narrowed: those that hold few values, some of them rare."""
LONGEST_KEY = 200
"""Characters of a key that is kept as it is; a longer one is kept as its digest."""


def record_row(organisation: str, case_id: UUID, pack: Pack, case: Case, head: bytes) -> Record:
    """The row of ``case_record``; ``head`` is the hash of the case's last event."""
    live = [duty for duty in case.duties.values() if duty.live]
    dues = [duty.due for duty in live if duty.due is not None and not duty.paused]
    looks = [duty.next for duty in live if duty.next is not None]
    late = sum(1 for duty in case.duties.values() if duty.late_at is not None or duty.late_by)
    assert case.registered_at is not None
    return Record(
        id=case_id,
        organisation=organisation,
        unit=case.unit,
        number=number_of(pack, case),
        kind=case.kind,
        subject=case.subject,
        stage=case.stage,
        level=_word(case, "level"),
        category=_word(case, "category"),
        channel=_word(case, "channel"),
        title=title_of(pack, case),
        customer=customer_of(pack, case),
        owner=owner_of(pack, case),
        first_responder=first_responder_of(pack, case),
        registered_at=case.registered_at,
        closed_at=case.closed_at,
        is_open=case.is_open,
        seq=case.seq,
        head=head,
        pack=case.pack,
        version=case.version,
        hash=case.hash,
        next_due=min(dues, default=None),
        next_at=min(looks, default=None),
        open_duties=len(live),
        late_open=sum(1 for duty in live if duty.late_at is not None),
        late_ever=late,
        hidden_from=hidden_from(pack, case),
        state=encode_case(case).decode(),
    )


def duty_rows(organisation: str, case_id: UUID, pack: Pack, case: Case, before: Case | None = None) -> list[DutyRow]:
    """The rows of ``case_duty``; with ``before``, only of duties that are not the same there."""
    same_people = before is not None and _involved(before) == _involved(case)
    known = before.duties if before is not None and same_people else {}
    parts = None
    rows = []
    for key, duty in case.duties.items():
        if known.get(key) is not duty:
            parts = parts if parts is not None else sorted(_involved(case))
            rows.append(_duty_row(organisation, case_id, pack, case, duty, parts))
    return rows


def ladder_rows(organisation: str, case_id: UUID, case: Case) -> list[LadderRow]:
    """The rows of ``case_ladder``."""
    return [_ladder_row(organisation, case_id, climb) for climb in case.climbs.values()]


def ledger_rows(organisation: str, case_id: UUID, pack: Pack, case: Case) -> list[LedgerRow]:
    """The rows of ``ledger_line``."""
    hidden = hidden_from(pack, case) if case.ledger else []
    return [_ledger_row(organisation, case_id, line, hidden) for line in case.ledger.values()]


def key_rows(organisation: str, case_id: UUID, pack: Pack, case: Case) -> list[KeyRow]:
    """The rows of ``case_key``: the keys of the policy's patterns, and those by which a customer is known again."""
    assert case.registered_at is not None
    if case.kind != "complaint":
        return []
    return [
        KeyRow(case_id, pattern, organisation, stored_key(key), case.registered_at)
        for pattern, key in {**keys_of(pack, case), **caller_keys(pack, case)}.items()
    ]


def stored_key(key: str) -> str:
    """A pattern key as the table keeps it: an index entry has a limit, an address or a text has none."""
    return key if len(key) <= LONGEST_KEY else sha256(key.encode()).hexdigest()


def part_rows(organisation: str, case_id: UUID, case: Case) -> list[PartRow]:
    """The rows of ``case_part``."""
    assert case.registered_at is not None
    return [PartRow(organisation, person, case.registered_at, case_id) for person in sorted(_involved(case))]


def words_row(organisation: str, case_id: UUID, pack: Pack, case: Case) -> WordsRow:
    """The row of ``case_search``."""
    assert case.registered_at is not None
    words = words_of(texts_of(pack, case))
    facets = {name: value for name in FACETS if (value := _word(case, name))}
    return WordsRow(case_id, organisation, case.registered_at, words, grams_of(organisation, words, facets))


def lesson_rows(organisation: str, case_id: UUID, pack: Pack, case: Case) -> list[LessonRow]:
    """The rows of ``case_lesson``."""
    return [_lesson_row(organisation, case_id, pack, case, lesson) for lesson in lessons_of(pack, case)]


def _lesson_row(organisation: str, case_id: UUID, pack: Pack, case: Case, lesson: Lesson) -> LessonRow:
    title = lesson_title(pack, case, lesson)
    words = words_of([title, *(text for _, text in lesson.texts)])
    return LessonRow(
        case_id, lesson.key, organisation, lesson.rule, case.unit, _word(case, "category"), _word(case, "level"), lesson.by,
        lesson.at, title[:LONGEST_TITLE], words, grams_of(organisation, words), hidden_from(pack, case),
    )  # fmt: skip


def hidden_from(pack: Pack, case: Case) -> list[str]:
    """The people to whom a recusal closes the case."""
    slots = [slot for rule in pack.recusals if not rule.read for slot in rule.who]
    named = {person for slot in slots for person in _named(case, slot)}
    return sorted(
        person
        for person in named
        if any(not rule.read and is_recused(pack, case, rule.who, Actor(person)) for rule in pack.recusals)
    )


def _duty_row(organisation: str, case_id: UUID, pack: Pack, case: Case, duty: DutyState, parts: list[str]) -> DutyRow:
    return DutyRow(
        case_id=case_id,
        key=duty.key,
        organisation=organisation,
        rule=duty.rule,
        roles=list(duty.roles),
        who=",".join(duty.roles),
        unit=duty.unit,
        person=duty.person,
        persons=_persons(pack, case, duty, parts),
        status=duty.status,
        live=duty.live,
        opened_at=duty.opened_at,
        start=duty.start,
        due=duty.due,
        next_at=duty.next,
        late_at=duty.late_at,
        met_at=duty.met_at,
        ended_at=duty.ended_at,
        late_by=duty.late_by,
        provisional=duty.provisional,
        paused=duty.paused,
        round=duty.round,
        work=work_of(pack, duty.rule),
        outcome=duty.outcome,
    )


def work_of(pack: Pack, rule: str) -> str:
    """What sort of work a duty is (``policy.language.duties.Work``); "" for a duty like any other."""
    known = pack.duties.get(rule)
    return (known.work or "") if known else ""


def _persons(pack: Pack, case: Case, duty: DutyState, parts: list[str]) -> list[str]:
    """Those a duty is for by name: whoever holds one of its slots; for a duty of everybody, who has a part in the case."""
    if duty.person:
        return [duty.person]
    found: set[str] = set()
    for role in duty.roles:
        rule = pack.roles.get(role)
        if rule is not None and rule.found == "person":
            named = case.people.get(role, case.fields.get(role))
            found |= {named} if isinstance(named, str) and named else set()
        elif rule is not None and rule.found == "everyone":
            found |= set(parts)
    return sorted(found)


def _involved(case: Case) -> set[str]:
    acted = {record.by for record in case.acts}
    return {person for person in (*case.people.values(), *acted) if person}


def _ladder_row(organisation: str, case_id: UUID, climb: Climb) -> LadderRow:
    rung, reached = climb.rungs[-1] if climb.rungs else ("", None)
    return LadderRow(case_id, climb.ladder, organisation, rung, len(climb.rungs), reached, climb.ended_at)


def _ledger_row(organisation: str, case_id: UUID, line: Line, hidden: list[str]) -> LedgerRow:
    amount = Decimal(line.amount) if line.amount else None
    appeal = line.appeal
    first = Decimal(appeal.amount) if appeal and appeal.amount else amount
    return LedgerRow(
        case_id, line.line, organisation, line.kind, amount, line.currency, line.role, line.unit, line.person,
        line.duty, line.rule, list(line.clauses), line.at, line.status,
        line.by, appeal.by if appeal else "", appeal.at if appeal else None, appeal.ruling if appeal else "",
        appeal.ruled_at if appeal else None, first, hidden,
    )  # fmt: skip


def _named(case: Case, slot: str) -> Iterable[str]:
    value: Any = case.people.get(slot) or case.fields.get(slot) or ()
    return tuple(value) if isinstance(value, (list, tuple)) else (str(value),)


def _word(case: Case, name: str) -> str:
    value = case.fields.get(name)
    return value if isinstance(value, str) else ""
