"""A page is a fixed number of statements to the database, however much there is to show."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from tests.web.conftest import registered

COSTS = {
    "/": 10,
    "/pulse": 8,
    "/approvals": 8,
    "/callbacks": 7,
    "/desk": 3,
    "/cases": 6,
    "/rounds": 7,
    "/corrections": 6,
    "/ledger?period=all": 5,
    "/lessons": 5,
    "/policy": 3,
    "/books/complaints": 6,
    "{case}": 5,
    "{case}/acts/contact": 4,
    "{case}/documents/slip": 4,
    "{case}/receipt": 4,
    "/reports?report=weekly": 7,
}
"""Of each, three are for who is asking: session, account, person with the organisation's version."""


@pytest.mark.parametrize(("address", "statements"), COSTS.items(), ids=COSTS)
def test_the_number_of_statements_does_not_grow(visit, monkeypatch, address, statements):
    lin = visit("lin")
    case = registered(lin, **{"f-phone": ""})
    lin.get(address.format(case=case))
    with counting(monkeypatch) as told:
        lin.get(address.format(case=case))
    few = len(told)
    for number in range(12):
        registered(lin, **{"f-content": f"第 {number} 件", "f-phone": ""})
    with counting(monkeypatch) as told:
        lin.get(address.format(case=case))
    assert len(told) == few, "\n".join(told)
    assert few == statements, "\n".join(told)


@contextmanager
def counting(monkeypatch) -> Iterator[list[str]]:
    """What is sent to PostgreSQL meanwhile, below every layer that could hide it."""
    told: list[str] = []
    execute = psycopg.Cursor.execute

    def counted(self, query, *more, **options):
        told.append(str(query)[:200])
        return execute(self, query, *more, **options)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", counted)
        yield told
