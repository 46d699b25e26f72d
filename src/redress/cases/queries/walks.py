"""The SQL behind the queue: walking cases in an order within somebody's reach, and looking words up by their grams."""

from __future__ import annotations

from typing import Any

from .asking import Ask, Place
from .queue_row import COLUMNS

TOO_COMMON = 20_000
"""Hits beyond which words are not rare: walking finds them sooner than sorting all of them."""
PARTS = 500
"""Of the cases somebody has a part in, how many of the latest are put into an order other than their own."""
IN_ALL = 8
"""Many units are together walked at most so many times as far as all cases at once would be."""

_Rows = list[tuple[Any, ...]]


def walk(cursor: Any, ask: Ask, after: Place | None, length: int) -> _Rows:
    """The cases that fit among the next ``length`` of each stretch within reach; one more than the page holds.

    Each stretch is read only until a page of it fits, so that a reach over many units costs little more than over one.
    """
    parts = [f"({_fitting(ask, part)})" for part in _stretches(ask, after, "*")]
    if by_units(ask):
        each = _fitting(ask, _unit_stretch(ask, after, "*"))
        best = f"{ask.order.by(ask.order.column, 'id')} LIMIT %(most)s"
        parts.append(f"(SELECT found.* FROM unnest(%(units)s::text[]) AS unit(slug), LATERAL ({each}) found {best})")
    cursor.execute(
        f"SELECT * FROM ({' UNION '.join(parts)}) c {ask.order.by(ask.order.column, 'id')} LIMIT %(most)s",
        {**_parameters(ask, after), **_lengths(ask, length), "most": ask.limit + 1},
    )
    return list(cursor.fetchall())


def _fitting(ask: Ask, stretch: str) -> str:
    """The cases of a stretch that fit, in its order."""
    texts = "".join(f" AND s.words LIKE %(piece{n})s" for n in range(len(ask.pieces)))
    with_words = f" JOIN case_search s ON s.case_id = c.id{texts}" if ask.pieces else ""
    where = " AND ".join(["%(person)s <> ALL (c.hidden_from)", *ask.sql])
    return (
        f"SELECT {COLUMNS} FROM ({stretch}) c{with_words} WHERE {where}"
        f" {ask.order.by(f'c.{ask.order.column}', 'c.id')} LIMIT %(most)s"
    )


def edge_of(cursor: Any, ask: Ask, after: Place | None, length: int) -> tuple[Any, ...] | None:
    """How far that walk has come: the first of the places at which a stretch was cut off; None where none was."""
    place = f"{ask.order.column}, id"
    parts = [f"(SELECT * FROM ({part}) near OFFSET %(length)s - 1 LIMIT 1)" for part in _stretches(ask, after, place)]
    if by_units(ask):
        each = f"SELECT * FROM ({_unit_stretch(ask, after, place)}) near OFFSET %(unit_length)s - 1 LIMIT 1"
        parts.append(f"(SELECT edge.* FROM unnest(%(units)s::text[]) AS unit(slug), LATERAL ({each}) edge)")
    cursor.execute(
        f"SELECT * FROM ({' UNION ALL '.join(parts)}) edges {ask.order.by(ask.order.column, 'id')} LIMIT 1",
        {**_parameters(ask, after), **_lengths(ask, length)},
    )
    return cursor.fetchone()


def by_grams(cursor: Any, ask: Ask, query: str, after: Place | None) -> _Rows | None:
    """The cases that fit among all that contain the words; None where these are too common to be sorted."""
    likes = "".join(f" AND words LIKE %(piece{n})s" for n in range(len(ask.pieces)))
    newest = ask.order.column == "registered_at"
    hits = (
        "SELECT case_id AS id, registered_at FROM case_search WHERE grams @@ %(query)s::tsquery"
        f" AND organisation = %(organisation)s{likes}{_from_here(ask, after, 'case_id') if newest else ''} LIMIT %(common)s"
    )
    within = "TRUE" if ask.reach.everything else "(c.unit = ANY(%(units)s) OR p.case_id IS NOT NULL)"
    placed = "" if newest else _placed(ask, after, "c.")
    cursor.execute(
        f"""
        WITH hits AS MATERIALIZED ({hits}), size AS (SELECT count(*) AS hits FROM hits)
        SELECT {COLUMNS}, (SELECT hits FROM size) FROM hits
        JOIN case_record c ON c.id = hits.id
        LEFT JOIN case_part p ON p.organisation = %(organisation)s AND p.person = %(person)s
             AND p.registered_at = hits.registered_at AND p.case_id = hits.id
        WHERE (SELECT hits FROM size) < %(common)s AND {within} AND %(person)s <> ALL (c.hidden_from)
              {"".join(f" AND {sql}" for sql in ask.sql)}{placed}
        UNION ALL
        SELECT {", ".join("NULL" for _ in COLUMNS.split(","))}, hits FROM size WHERE hits >= %(common)s
        {ask.order.by(ask.order.column, "id")} LIMIT %(most)s
        """,
        {**_parameters(ask, after), "query": query, "common": TOO_COMMON, "most": ask.limit + 1},
    )
    rows = cursor.fetchall()
    return None if rows and rows[0][0] is None else [row[:-1] for row in rows]


def by_number(cursor: Any, ask: Ask, numbers: list[str]) -> _Rows:
    """The cases that fit and bear one of these numbers, whole: one look into the index over numbers."""
    part = (
        "EXISTS (SELECT FROM case_part p WHERE p.organisation = %(organisation)s AND p.person = %(person)s"
        " AND p.registered_at = c.registered_at AND p.case_id = c.id)"
    )
    within = "" if ask.reach.everything else f" AND (c.unit = ANY(%(units)s) OR {part})"
    cursor.execute(
        f"SELECT {COLUMNS} FROM case_record c WHERE c.organisation = %(organisation)s AND c.number <> ''"
        f" AND c.number = ANY(%(numbers)s){within} AND %(person)s <> ALL (c.hidden_from)"
        f"{''.join(f' AND {sql}' for sql in ask.sql)} ORDER BY c.registered_at DESC, c.id DESC LIMIT %(most)s",
        {**_parameters(ask, None), "numbers": numbers, "most": ask.limit + 1},
    )
    return list(cursor.fetchall())


def _stretches(ask: Ask, after: Place | None, shown: str) -> list[str]:
    """The orders of cases that are walked beside those of single units: all at once, or those one has a part in."""
    if not by_units(ask) and ask.reach.everything:
        return [_stretch(ask, after, shown, "", "%(length)s", "stage", "late", "owner", "cases")]
    if ask.order.column == "registered_at":
        linked = " AND case_id = ANY(%(cases)s)" if ask.filters.cases else ""
        mine = (
            f"SELECT registered_at, case_id{'' if shown == '*' else ' AS id'} FROM case_part WHERE organisation = %(organisation)s"
            f" AND person = %(person)s{linked}{_from_here(ask, after, 'case_id')} {ask.order.by('registered_at', 'case_id')}"
            " LIMIT %(length)s"
        )
        if shown != "*":
            return [mine]
        # The same moments as in the cases: so the order of the parts is known to be that of their cases.
        return [
            f"SELECT r.* FROM ({mine}) part JOIN case_record r ON r.id = part.case_id AND r.registered_at = part.registered_at"
            f" {ask.order.by('part.registered_at', 'part.case_id')}"
        ]
    latest = (
        "SELECT case_id FROM case_part WHERE organisation = %(organisation)s AND person = %(person)s"
        f" ORDER BY registered_at DESC, case_id DESC LIMIT {PARTS}"
    )
    return [
        f"SELECT {shown} FROM ({latest}) part JOIN case_record r ON r.id = part.case_id WHERE TRUE{_placed(ask, after, 'r.')}"
        f" {ask.order.by(f'r.{ask.order.column}', 'r.id')} LIMIT %(length)s"
    ]


def _stretch(ask: Ask, after: Place | None, shown: str, unit: str, length: str, *narrowing: str) -> str:
    """The next cases of one order. What narrows it by an index of its own may decide which cases count as near."""
    narrowed = "".join(f" AND {ask.near[name]}" for name in narrowing if name in ask.near)
    return (
        f"SELECT {shown} FROM case_record WHERE organisation = %(organisation)s{unit}{narrowed}"
        f"{_placed(ask, after, '')} {ask.order.by(ask.order.column, 'id')} LIMIT {length}"
    )


def _unit_stretch(ask: Ask, after: Place | None, shown: str) -> str:
    return _stretch(ask, after, shown, " AND unit = unit.slug", "%(unit_length)s", "late", "cases")


def _lengths(ask: Ask, length: int) -> dict[str, int]:
    """How far a stretch is walked: many units share what is walked in all, yet each gives a page where all of it fits."""
    share = max(IN_ALL * length // max(len(ask.reach.units), 1), ask.limit + 1)
    return {"length": length, "unit_length": min(length, share)}


def by_units(ask: Ask) -> bool:
    """Whether several stretches are walked, each with an end of its own."""
    return not ask.reach.everything and bool(ask.reach.units)


def _placed(ask: Ask, after: Place | None, table: str) -> str:
    """That a case has a place in the order, within the times asked for, following on ``after``."""
    only = "".join(f" AND {table}{part}" for part in ask.order.only.split(" AND ") if part)
    return f"{only}{_from_here(ask, after, 'id', table)}"


def _from_here(ask: Ask, after: Place | None, case_id: str, table: str = "") -> str:
    column = table + ask.order.column
    first = f" AND {column} >= %(first)s" if ask.filters.first else ""
    last = f" AND {column} < %(last)s" if ask.filters.last else ""
    follows = f" AND ({column}, {table}{case_id}) {ask.order.sign} (%(after_at)s, %(after_id)s)" if after else ""
    return f"{first}{last}{follows}"


def _parameters(ask: Ask, after: Place | None) -> dict[str, Any]:
    pieces = {f"piece{n}": f"%{piece}%" for n, piece in enumerate(ask.pieces)}
    place = {"after_at": after.moment, "after_id": after.case_id} if after else {}
    return {
        "organisation": ask.organisation,
        "person": ask.person,
        "units": list(ask.reach.units),
        "first": ask.filters.first,
        "last": ask.filters.last,
        **ask.parameters,
        **pieces,
        **place,
    }
