"""Registers: the rows of a book, for the screen and for paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from redress.cases.queries import Filters, queue
from redress.cases.queries.states import cases_of
from redress.web.access import Member, forbidden, member_only
from redress.web.page import page
from redress.web.paging import older, place_among_cases
from redress.web.papers import cell, heading

ROWS = 100


@member_only
def books(request: HttpRequest, member: Member) -> HttpResponse:
    """The list of books the policy keeps."""
    return page(request, "web/books.html", member, books=list(member.pack.books.values()), pack=member.pack)


@member_only
def book(request: HttpRequest, member: Member, book_id: str) -> HttpResponse:
    """The rows of one book, newest first, within the reader's reach."""
    rule = member.pack.books.get(book_id)
    if rule is None:
        return forbidden(request, member)
    place = place_among_cases(request.GET.get("after", ""))
    found = queue(member.desk, Filters(kind=""), place, ROWS)
    cases = cases_of(member.organisation, [row.case_id for row in found.rows])
    rows = []
    for row in found.rows:
        case = cases.get(row.case_id)
        if case is None or book_id not in case.books:
            continue
        cells = [cell(member.pack, member.directory, case, column) for column in rule.columns]
        rows.append((row, cells, case.books[book_id]))
    return page(
        request,
        "web/book.html",
        member,
        book=rule,
        pack=member.pack,
        columns=[heading(member.pack, column) for column in rule.columns],
        # A book that has the case's number among its columns needs no other to open the case by.
        numbered=next((place for place, column in enumerate(rule.columns) if column in member.pack.numbers), None),
        rows=rows,
        older=older(request, found),
    )
