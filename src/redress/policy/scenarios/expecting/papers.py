"""Expectations of what is on paper: marks, requests, documents, books, numbers, rungs, links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from redress.policy.engine import events as ev

from ..language import Expect, PaperSaid
from .seen import Seen, show


def papers(seen: Seen, expect: Expect) -> Iterator[str]:
    """What does not hold of the papers."""
    case = seen.case
    held: dict[str, Callable[[PaperSaid], bool]] = {
        "marked": lambda p: p.id in case.marks and seen.cites(p, ev.Marked, "mark"),
        "asked": lambda p: any(r.approval == p.id and r.status == "asked" for r in case.requests.values()) and seen.cites(p, ev.ApprovalAsked, "approval"),
        "approved": lambda p: any(r.approval == p.id and r.status == "approved" for r in case.requests.values()) and seen.cites(p, ev.ApprovalSettled, "approval"),
        "refused": lambda p: any(r.approval == p.id and r.status == "refused" for r in case.requests.values()) and seen.cites(p, ev.ApprovalSettled, "approval"),
        "documents": lambda p: _document(seen, p),
        "books": lambda p: p.id in case.books and p.locked in (None, case.books[p.id]) and seen.cites(p, ev.BookEntered, "book"),
        "numbers": lambda p: _number(seen, p),
        "rungs": lambda p: _rung(seen, p),
        "linked": lambda p: p.id in case.links and set(p.cases) <= set(case.links[p.id]) and seen.cites(p, ev.Linked, "pattern"),
    }  # fmt: skip
    for word, test in held.items():
        said: tuple[PaperSaid, ...] | None = getattr(expect, word)
        for paper in said or ():
            if not test(paper):
                yield f"{show(paper)} should be {word}"
        if said == () and _any(seen, word):
            yield f"nothing should be {word}"
    there: dict[str, Iterable[str]] = {"marked": case.marks, "in the books": case.books, "issued": case.documents}
    for word, said in zip(there, (expect.not_marked, expect.not_books, expect.not_documents), strict=True):
        yield from (f"{paper.id} should not be {word}" for paper in said or () if paper.id in there[word])


def _any(seen: Seen, word: str) -> bool:
    case = seen.case
    requests = [r for r in case.requests.values() if r.status == word]
    return bool(
        {
            "marked": case.marks,
            "documents": case.documents,
            "books": case.books,
            "linked": case.links,
            "rungs": case.climbs,
            "numbers": case.numbers,
        }.get(word, requests)
    )


def _document(seen: Seen, said: PaperSaid) -> bool:
    rule = seen.stage.pack.documents.get(said.id)
    if rule is None or said.id not in seen.case.documents:
        return False
    return (
        set(said.clause) <= set(rule.own_clauses())
        and said.copies in (None, len(rule.copies))
        and set(said.to) <= {copy.to for copy in rule.copies}
        and said.customer in (None, rule.for_customer)
    )


def _number(seen: Seen, said: PaperSaid) -> bool:
    given, rule = seen.case.numbers.get(said.id), seen.stage.pack.numbers.get(said.id)
    return (
        given is not None
        and rule is not None
        and re.fullmatch(said.is_ or ".*", given) is not None
        and said.gap_free in (None, rule.gap_free)
        and seen.cites(said, ev.NumberGiven, "series")
    )


def _rung(seen: Seen, said: PaperSaid) -> bool:
    reached = {f"{climb.ladder}.{rung}": at for climb in seen.case.climbs.values() for rung, at in climb.rungs}
    at = reached.get(said.id)
    return (
        at is not None
        and (not said.is_ or at == seen.moment(said.is_))
        and seen.cites(said, ev.RungReached, "rung", said.id.split(".")[-1])
    )
