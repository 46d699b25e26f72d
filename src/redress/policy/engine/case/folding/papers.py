"""How a case changes: numbers, books, documents, files and evidence."""

from __future__ import annotations

from msgspec.structs import replace

from ... import events as ev
from ..parts import Attachment, Custody
from ..whole import Case
from .kind import Folds


def _attached(case: Case, e: ev.Attached) -> Case:
    file = Attachment(e.file, e.name, e.sha256, e.size, e.content_type, e.field, e.note, e.at, e.by)
    return replace(case, files={**case.files, e.file: file})


def _file_withdrawn(case: Case, e: ev.AttachmentWithdrawn) -> Case:
    file = replace(case.files[e.file], withdrawn_at=e.at, withdrawn_by=e.by, withdrawn_why=e.reason)
    return replace(case, files={**case.files, e.file: file})


def _handed_over(case: Case, e: ev.HandedOver) -> Case:
    passed = Custody(e.at, e.by, e.person, e.to, e.place, e.note)
    return replace(case, custody={**case.custody, e.item: (*case.custody.get(e.item, ()), passed)})


FOLDS: Folds = {
    ev.NumberGiven: lambda c, e: replace(c, numbers={**c.numbers, e.series: e.number}),
    ev.BookEntered: lambda c, e: replace(c, books={**c.books, e.book: False}),
    ev.BookLocked: lambda c, e: replace(c, books={**c.books, e.book: True}),
    ev.DocumentIssued: lambda c, e: replace(c, documents={**c.documents, e.document: e.at}),
    ev.Attached: _attached,
    ev.AttachmentWithdrawn: _file_withdrawn,
    ev.HandedOver: _handed_over,
}
