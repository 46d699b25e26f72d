"""Parts and wholes: a part must fit into its whole, and parts that follow one another must fit together."""

from __future__ import annotations

from redress.policy.language.duties import Duty, Limit

from .spans import longest, minutes, rows_of, span_of
from .study import Study
from .triggers import split


def check(study: Study) -> None:
    """Reports parts longer than their whole, alone, with their wait, or one after another."""
    duties = study.names.own_duties
    for duty in duties.values():
        whole = _limit_of(study, duty.part_of)
        if not duty.part_of or whole is None:
            continue
        limits = rows_of(study, whole)
        for row in _rows(study, duty, whole):
            room = longest(limits, row)
            if room and _told(study, duty, row, room):
                break


def _limit_of(study: Study, duty_id: str) -> Limit | None:
    """The limit of any duty by id: written, of a rung, or standing."""
    if duty_id in study.names.own_duties:
        return study.names.own_duties[duty_id].within
    if duty_id in study.names.standing:
        return study.names.standing[duty_id].within
    for ladder in study.names.ladders.values():
        for rung in ladder.rungs:
            if f"{ladder.id}.{rung.rung}" == duty_id:
                return rung.within
    return None


def _rows(study: Study, duty: Duty, whole: Limit) -> list[str]:
    """The rows to compare: the values of the field where both are written by it, else the longest only."""
    part = duty.within
    if part and part.table and (not whole.table or whole.by == part.by):
        return list(rows_of(study, part))
    return list(rows_of(study, whole)) if whole.table else [""]


def _told(study: Study, duty: Duty, row: str, room: int) -> bool:
    """Reports the first way in which the part does not fit into ``room`` minutes."""
    own = _minutes(study, duty, row)
    wait = minutes(span_of(study, duty.wait))
    chain = _chain(study, duty, row, frozenset())
    at = f"（{row}）" if row else ""
    at_en = f" ({row})" if row else ""
    place = study.key(duty, ("within", row) if row else ("within",))
    whole = duty.part_of
    if own > room:
        zh = f"{duty.id}{at} 有 {_spoken(own, 'zh')}，比整体 {whole} 的 {_spoken(room, 'zh')}还长"
        en = f"{duty.id}{at_en} has {_spoken(own, 'en')}, longer than its whole {whole} with {_spoken(room, 'en')}"
    elif wait and wait + own > room:
        place = study.key(duty, ("wait",))
        zh = f"{duty.id}{at} 等候加时限共 {_spoken(wait + own, 'zh')}，超过整体 {whole} 的 {_spoken(room, 'zh')}"
        en = f"{duty.id}{at_en} waits and runs {_spoken(wait + own, 'en')}, past its whole {whole} with {_spoken(room, 'en')}"
    elif sum(length for _, length in chain) > room and all(length <= room for _, length in chain):
        total = sum(length for _, length in chain)
        steps = " + ".join(name for name, _ in chain)
        zh = f"{steps}{at} 依次共 {_spoken(total, 'zh')}，超过整体 {whole} 的 {_spoken(room, 'zh')}"
        en = f"{steps}{at_en} take {_spoken(total, 'en')} one after another, past their whole {whole} with {_spoken(room, 'en')}"
    else:
        return False
    hint = {"hint_zh": "缩短部分，或放宽整体", "hint_en": "Shorten the part, or lengthen the whole"}
    study.error(place, "part-longer", zh, en, **hint)
    return True


def _chain(study: Study, duty: Duty, row: str, seen: frozenset[str]) -> list[tuple[str, int]]:
    """The parts of the same whole that must be met before this one, and this one, with their minutes."""
    before: list[list[tuple[str, int]]] = []
    for trigger in duty.after:
        form, name = split(trigger)
        earlier = study.names.own_duties.get(name) if form in ("met", "act") else None
        if earlier and earlier.part_of == duty.part_of and earlier.id != duty.id and earlier.id not in seen:
            before.append(_chain(study, earlier, row, seen | {duty.id}))
    longest_before = max(before, key=lambda chain: sum(length for _, length in chain), default=[])
    return [*longest_before, (duty.id, minutes(span_of(study, duty.wait)) + _minutes(study, duty, row))]


def _minutes(study: Study, duty: Duty, row: str) -> int:
    return longest(rows_of(study, duty.within), row)


def _spoken(length: int, lang: str) -> str:
    days, rest = divmod(length, 1440)
    hours, left = divmod(rest, 60)
    words = (
        ((days, " 天"), (hours, " 小时"), (left, " 分钟"))
        if lang == "zh"
        else ((days, " d"), (hours, " h"), (left, " min"))
    )
    return " ".join(f"{amount}{word}" for amount, word in words if amount) or f"0{words[2][1]}"
