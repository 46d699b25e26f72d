"""Expectations of people: what they may do, see and sign, what they are told, which posts are filled."""

from __future__ import annotations

from collections.abc import Iterator

from redress.policy.engine import events as ev
from redress.policy.engine.offers import guidance_for
from redress.policy.engine.permissions import permission
from redress.policy.engine.standing_of import may_read

from ..language import ActSaid, Expect, GuidanceSaid, SignedSaid
from .seen import Seen


def acting(seen: Seen, expect: Expect) -> Iterator[str]:
    """What does not hold of what people may do, of what they are shown, and of what they signed."""
    for said in expect.allowed or ():
        yield from _act(seen, said, allowed=True)
    for said in expect.blocked or ():
        yield from _act(seen, said, allowed=False)
    for words in expect.shown or ():
        yield from _guidance(seen, words, shown=True)
    for words in expect.not_shown or ():
        yield from _guidance(seen, words, shown=False)
    for signed in expect.signed or ():
        yield from _signed(seen, signed)
    yield from _readers(seen, expect)
    yield from _posts(seen, expect)


def _act(seen: Seen, said: ActSaid, *, allowed: bool) -> Iterator[str]:
    actor = seen.actor(said.who)
    answer = permission(
        seen.stage.pack,
        seen.case,
        said.act,
        actor,
        seen.stage.now,
        seen.stage,
        said.with_,
        said.unit,
        form=bool(said.with_),
    )
    if allowed and not answer.granted:
        yield f"{said.who} should be allowed to {said.act}, but: {answer.refusals[0].en}"
    if not allowed:
        fitting = [r for r in answer.refusals if set(said.clause) <= set(r.clauses) and said.code in ("", r.code)]
        if not fitting:
            have = "; ".join(f"{r.code}: {r.en} ({' '.join(r.clauses)})" for r in answer.refusals) or "it is allowed"
            yield f"{said.who} should be blocked from {said.act} by {' '.join(said.clause) or said.code or 'a rule'}; {have}"


def _guidance(seen: Seen, said: GuidanceSaid, *, shown: bool) -> Iterator[str]:
    actor = seen.actor(said.who) if said.who else seen.actor("staff")
    written = next((words for words in seen.stage.pack.guidance if words.id == said.guidance), None)
    if written is None:
        yield f"there is no guidance {said.guidance}"
        return
    at = said.at or written.at[0]
    found = guidance_for(seen.stage.pack, seen.case, at, actor, seen.stage.now, seen.stage)
    visible = any(words.id == said.guidance and set(said.clause) <= set(words.clauses) for words in found)
    if visible is not shown:
        yield f"{said.guidance} should {'' if shown else 'not '}be shown at {at} to {said.who or 'staff'}"


def _signed(seen: Seen, said: SignedSaid) -> Iterator[str]:
    acts = [event for event in seen.log if isinstance(event, ev.ActDone) and event.act == said.act and event.signed]
    fitting = [
        event for event in acts
        if (not said.by or event.by == seen.actor(said.by).id) and set(said.clause) <= set(event.clauses)
        and said.for_ in ("", event.stands_in_for)
    ]  # fmt: skip
    if not fitting:
        yield f"{said.act} should be signed{f' by {said.by}' if said.by else ''}"


def _readers(seen: Seen, expect: Expect) -> Iterator[str]:
    for said, wanted in [
        *((s, True) for s in expect.readable or ()),
        *((s, False) for s in expect.hidden or ()),
    ]:
        readable = may_read(seen.stage.pack, seen.case, seen.actor(said.who), seen.stage)
        if readable is not wanted:
            yield f"{said.who} should {'' if wanted else 'not '}be able to see the case"


def _posts(seen: Seen, expect: Expect) -> Iterator[str]:
    if expect.unfilled is None:
        return
    empty = seen.stage.unfilled()
    for said in expect.unfilled:
        if not any(p == said.post and said.unit in ("", u) and set(said.clause) <= set(c) for p, u, c in empty):
            yield f"the post {said.post} should be unfilled; unfilled: {[p for p, _, _ in empty]}"
    if not expect.unfilled and empty:
        yield f"every post should be filled; unfilled: {[p for p, _, _ in empty]}"
