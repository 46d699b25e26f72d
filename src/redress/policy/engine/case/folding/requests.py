"""How a case changes: approvals."""

from __future__ import annotations

from msgspec.structs import replace

from ... import events as ev
from ..parts import Request, Vote
from ..whole import Case
from .kind import Folds


def _with_request(case: Case, request: Request) -> Case:
    return replace(case, requests={**case.requests, request.key: request})


def _asked(case: Case, e: ev.ApprovalAsked) -> Case:
    return _with_request(case, Request(e.request, e.approval, e.by, e.at, e.cause, e.roles, case.round))


def _voted(case: Case, e: ev.ApprovalVoted) -> Case:
    request = case.requests[e.request]
    voted = _with_request(case, replace(request, votes=(*request.votes, Vote(e.at, e.by, e.role, e.approve, e.reason))))
    return replace(voted, fields={**case.fields, **e.values})


def _settled(case: Case, e: ev.ApprovalSettled) -> Case:
    return _with_request(case, replace(case.requests[e.request], status="approved" if e.approved else "refused"))


def _withdrawn(case: Case, e: ev.ApprovalWithdrawn) -> Case:
    return _with_request(case, replace(case.requests[e.request], status="withdrawn"))


FOLDS: Folds = {
    ev.ApprovalAsked: _asked,
    ev.ApprovalVoted: _voted,
    ev.ApprovalSettled: _settled,
    ev.ApprovalWithdrawn: _withdrawn,
}
