"""The proof finds whatever was changed behind the log's back, and a rebuild puts the projections right."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from tests.store.canteen import after, complain

from redress.cases import case_file
from redress.cases.store.rebuild import rebuild
from redress.cases.store.verify import Proof
from redress.policy.engine.commands import Perform


def differences():
    return [(found.table, found.column) for found in Proof().differences()]


@pytest.fixture
def busy(transactional_db, canteen: str):
    """A case with late duties, a fine, a notice and a climbed ladder, and a quiet one beside it."""
    busy = complain(canteen, level="major", phone="13800138000", customer="王小明").case_id
    complain(canteen)
    case_file.tick(busy, after(60))
    case_file.act(busy, Perform("answer", {"outcome": "道歉"}), "lin", after(61))
    case_file.act(busy, Perform("close"), "lin", after(62))
    return busy


@contextmanager
def behind_the_guard() -> Iterator[None]:
    """As the owner of the tables, who can put the guard aside."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE case_event DISABLE TRIGGER USER")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE case_event ENABLE TRIGGER USER")


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_sound_store_proves_itself(busy) -> None:
    proof = Proof()
    assert list(proof.differences()) == []
    assert proof.cases == 2 and proof.events > 20


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE case_event SET body = replace(body, '20.00', '02.00') WHERE kind = 'LedgerEntered'", ("case_event", "hash")),
        ("UPDATE case_event SET at = at + interval '1 hour' WHERE kind = 'DutyLate'", ("case_event", "at")),
        ("UPDATE case_event SET actor = 'gao' WHERE kind = 'ActDone'", ("case_event", "actor")),
        ("DELETE FROM case_event WHERE kind = 'DutyLate'", ("case_event", "prev_hash")),
        ("DELETE FROM case_event e WHERE seq = (SELECT max(seq) FROM case_event WHERE case_id = e.case_id)", ("case_record", "head")),
        ("UPDATE case_event SET organisation = 'other'", ("case_event", "hash")),
    ],
)  # fmt: skip
def test_a_changed_log_is_found(busy, tampering: str, found: tuple[str, str]) -> None:
    with behind_the_guard():
        sql(tampering)
    assert found in differences()


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE case_record SET level = 'normal'", ("case_record", "level")),
        ("UPDATE case_record SET state = replace(state, 'late', 'lame')", ("case_record", "state")),
        ("UPDATE case_duty SET due = due + interval '1 day' WHERE rule = 'contact'", ("case_duty", "due")),
        ("DELETE FROM case_duty WHERE rule = 'contact'", ("case_duty", "")),
        ("UPDATE case_ladder SET rung = 'manager'", ("case_ladder", "rung")),
        ("UPDATE ledger_line SET amount = 2", ("ledger_line", "amount")),
        ("DELETE FROM case_key", ("case_key", "")),
        ("INSERT INTO case_part SELECT organisation, 'zhao', registered_at, case_id FROM case_part", ("case_part", "")),
        ("UPDATE case_search SET words = 'nothing'", ("case_search", "words")),
        ("UPDATE case_search SET grams = ''", ("case_search", "grams")),
        ("DELETE FROM notice", ("notice", "")),
        ("INSERT INTO case_ladder (case_id, ladder, organisation, rung, rungs) VALUES (gen_random_uuid(), 'x', 'canteen', '', 0)",
         ("case_ladder", "")),
    ],
)  # fmt: skip
def test_a_changed_projection_is_found(busy, tampering: str, found: tuple[str, str]) -> None:
    sql(tampering)
    assert found in differences()


TABLES = ("case_record", "case_duty", "case_ladder", "ledger_line", "case_key", "case_part", "case_search")


def contents() -> dict[str, list[tuple]]:
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table}")
            found[table] = sorted(map(repr, cursor.fetchall()))
        return found


def test_rebuilding_gives_the_same_projections(busy) -> None:
    before = contents()
    for table in TABLES:
        sql(f"DELETE FROM {table}")
    assert list(rebuild()) == [2]
    assert contents() == before
    assert differences() == []


@pytest.mark.parametrize(
    "change", ["UPDATE case_event SET seq = seq + 100", "DELETE FROM case_event", "TRUNCATE case_event"]
)
def test_the_log_only_grows(busy, app_role_connection, change: str) -> None:
    import psycopg

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_role_connection.execute(change)
    with pytest.raises(Exception, match="only grows"), transaction.atomic():
        sql("SET LOCAL redress.log_may_be_emptied = 'off'")
        sql(change)


def test_an_appeal_and_its_ruling_are_in_the_log_and_in_the_ledger_alike(busy) -> None:
    told = {"ledger_line": "L1", "line_appeal_reason": "电话一直占线"}
    assert isinstance(case_file.act(busy, Perform("appeal-ledger-line", told), "lin", after(63)), case_file.Done)
    assert sql_one("SELECT status, appealed_by FROM ledger_line WHERE line = 'L1'") == ("appealed", "lin")
    ruled = {"ledger_line": "L1", "line_ruling": "waive", "line_ruling_reason": "属实"}
    ruler = next(d for d in case_file.read(busy, "gao", after(64)).case.live_duties() if d.rule.startswith("appeal."))
    assert ruler.clauses, "it cites what the line cites"
    outcomes = [case_file.act(busy, Perform("rule-on-ledger-appeal", ruled), who, after(64)) for who in ("lin", "gao")]
    assert [isinstance(outcome, case_file.Done) for outcome in outcomes] == [False, True]
    assert list(Proof().differences()) == []
    sql("UPDATE ledger_line SET ruling = 'uphold', status = 'confirmed'")
    assert set(differences()) == {("ledger_line", "ruling"), ("ledger_line", "status")}
    assert list(rebuild("canteen")) == [2]
    assert list(Proof().differences()) == []


def sql_one(statement: str) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()
