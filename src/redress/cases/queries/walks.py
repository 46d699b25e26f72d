"""The SQL behind the queue: walking cases newest first within somebody's reach, and looking words up by their grams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .listing import Ask, Place

TOO_COMMON = 20_000
"""Hits beyond which words are not rare: walking finds them sooner than sorting all of them."""

_SHOWN = (
    "c.id, c.number, c.kind, c.subject, c.title, c.customer, c.unit, c.stage, c.level, c.category, c.channel, c.owner,"
    " c.first_responder, c.registered_at, c.closed_at, c.is_open, c.next_due, c.open_duties, c.late_open, c.late_ever, c.hash"
)
_ORDER = "ORDER BY registered_at DESC, {id} DESC"
_Rows = list[tuple[Any, ...]]


def walk(cursor: Any, ask: Ask, after: Place | None, length: int) -> _Rows:
    """The cases that fit among the next ``length`` of each stretch within reach; one more than the page holds."""
    texts = "".join(f" AND s.words LIKE %(piece{n})s" for n in range(len(ask.pieces)))
    with_words = f" JOIN case_search s ON s.case_id = c.id{texts}" if ask.pieces else ""
    where = " AND ".join(["%(person)s <> ALL (c.hidden_from)", *ask.sql])
    parts = [
        f"(SELECT {_SHOWN} FROM ({near}) near JOIN case_record c ON c.id = near.id{with_words}"
        f" WHERE {where} ORDER BY near.registered_at DESC, near.id DESC LIMIT %(most)s)"
        for near in _stretches(ask, after)
    ]
    cursor.execute(
        f"SELECT * FROM ({' UNION '.join(parts)}) c {_ORDER.format(id='id')} LIMIT %(most)s",
        {**_parameters(ask, after), "length": length, "most": ask.limit + 1},
    )
    return list(cursor.fetchall())


def edge_of(cursor: Any, ask: Ask, after: Place | None, length: int) -> tuple[Any, ...] | None:
    """How far that walk has come: the newest of the places at which a stretch was cut off; None where none was."""
    parts = [
        f"(SELECT registered_at, id FROM ({near}) near OFFSET %(length)s - 1 LIMIT 1)"
        for near in _stretches(ask, after, per_unit=False)
    ]
    parts += [_unit_edges(after)] if _by_units(ask) else []
    cursor.execute(
        f"SELECT * FROM ({' UNION ALL '.join(parts)}) edges {_ORDER.format(id='id')} LIMIT 1",
        {**_parameters(ask, after), "length": length},
    )
    return cursor.fetchone()


def by_grams(cursor: Any, ask: Ask, query: str, after: Place | None) -> _Rows | None:
    """The cases that fit among all that contain the words; None where these are too common to be sorted."""
    likes = "".join(f" AND words LIKE %(piece{n})s" for n in range(len(ask.pieces)))
    hits = (
        "SELECT case_id AS id, registered_at FROM case_search WHERE grams @@ %(query)s::tsquery"
        f" AND organisation = %(organisation)s{likes}{_following(after, 'case_id')} LIMIT %(common)s"
    )
    within = "TRUE" if ask.reach.everything else "(c.unit = ANY(%(units)s) OR p.case_id IS NOT NULL)"
    cursor.execute(
        f"""
        WITH hits AS MATERIALIZED ({hits}), size AS (SELECT count(*) AS hits FROM hits)
        SELECT {_SHOWN}, (SELECT hits FROM size) FROM hits
        JOIN case_record c ON c.id = hits.id
        LEFT JOIN case_part p ON p.organisation = %(organisation)s AND p.person = %(person)s
             AND p.registered_at = hits.registered_at AND p.case_id = hits.id
        WHERE (SELECT hits FROM size) < %(common)s AND {within} AND %(person)s <> ALL (c.hidden_from)
              {"".join(f" AND {sql}" for sql in ask.sql)}
        UNION ALL
        SELECT {", ".join("NULL" for _ in _SHOWN.split(","))}, hits FROM size WHERE hits >= %(common)s
        ORDER BY registered_at DESC, id DESC LIMIT %(most)s
        """,
        {**_parameters(ask, after), "query": query, "common": TOO_COMMON, "most": ask.limit + 1},
    )
    rows = cursor.fetchall()
    return None if rows and rows[0][0] is None else [row[:-1] for row in rows]


def _stretches(ask: Ask, after: Place | None, per_unit: bool = True) -> list[str]:
    """The orders of cases that are walked: all at once, or unit by unit and those one has a part in."""
    following = _following(after, "id")
    if not _by_units(ask) and ask.reach.everything:
        # These two narrow by an index of their own, so they may decide which cases count as near.
        narrowed = "".join(
            f" AND {sql}" for sql in ask.sql if sql.startswith("c.stage =") or sql == "c.late_open > 0"
        ).replace("c.", "")
        return [
            "SELECT id, registered_at FROM case_record WHERE organisation = %(organisation)s"
            f"{narrowed}{following} {_ORDER.format(id='id')} LIMIT %(length)s"
        ]
    mine = (
        "SELECT case_id AS id, registered_at FROM case_part WHERE organisation = %(organisation)s"
        f" AND person = %(person)s{_following(after, 'case_id')} {_ORDER.format(id='case_id')} LIMIT %(length)s"
    )
    if not per_unit or not _by_units(ask):
        return [mine]
    return [
        mine,
        f"SELECT stretch.* FROM unnest(%(units)s::text[]) AS unit(slug), LATERAL ({_unit_stretch(after)}) stretch",
    ]


def _unit_stretch(after: Place | None) -> str:
    return (
        "SELECT id, registered_at FROM case_record WHERE organisation = %(organisation)s AND unit = unit.slug"
        f"{_following(after, 'id')} {_ORDER.format(id='id')} LIMIT %(length)s"
    )


def _unit_edges(after: Place | None) -> str:
    return (
        "(SELECT edge.registered_at, edge.id FROM unnest(%(units)s::text[]) AS unit(slug),"
        f" LATERAL (SELECT * FROM ({_unit_stretch(after)}) near OFFSET %(length)s - 1 LIMIT 1) edge)"
    )


def _by_units(ask: Ask) -> bool:
    return not ask.reach.everything and bool(ask.reach.units)


def _following(after: Place | None, name: str) -> str:
    return f" AND (registered_at, {name}) < (%(after_at)s, %(after_id)s)" if after else ""


def _parameters(ask: Ask, after: Place | None) -> dict[str, Any]:
    pieces = {f"piece{n}": f"%{piece}%" for n, piece in enumerate(ask.pieces)}
    place = {"after_at": after.registered_at, "after_id": after.case_id} if after else {}
    return {
        "organisation": ask.organisation,
        "person": ask.person,
        "units": list(ask.reach.units),
        **ask.parameters,
        **pieces,
        **place,
    }
