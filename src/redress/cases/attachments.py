"""The bytes of attachments: held for a form that is being filled in, adopted by a case in the transaction of its events.

Whether somebody may see a case is asked by ``case_file.read``; what is attached to it stands on its log.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction

from redress.policy.engine.commands import NewFile
from redress.policy.errors import Refusal

from .file_kinds import HEIC, Unreadable, good_name, kind_of, pictures_of
from .ids import new_case_id
from .store import files
from .store.connection import cursor as store_cursor

Pictures = tuple[bytes | None, bytes | None]
LARGEST = 20 * 1024 * 1024
MOST_FILES = 20
"""Files that may wait for one form."""
KEPT_FOR = timedelta(hours=48)
"""How long a file waits for its form to be sent."""


@dataclass(frozen=True)
class Held:
    """A file that waits for its form."""

    id: UUID
    field: str
    name: str
    sha256: str
    size: int
    content_type: str
    pictured: bool

    def as_new(self) -> NewFile:
        """The file as a command carries it."""
        return NewFile(str(self.id), self.name, self.sha256, self.size, self.content_type, self.field)


def new_token(case_id: UUID | None = None) -> str:
    """What the files of one form wait under; of a form on a case it says which, so that an erasure finds them."""
    return (files.token_start(case_id) if case_id is not None else "") + secrets.token_urlsafe(12)


def hold(
    organisation: str, person: str, token: str, field: str, name: str, file: BinaryIO, now: datetime
) -> Held | Refusal:
    """Takes in a file for the form ``token``; or says what is wrong with it."""
    size = file.seek(0, 2)
    if size == 0:
        return _no(field, f"“{name}”是空文件", f"{name} is empty")
    if size > LARGEST:
        most = LARGEST // 1024 // 1024
        return _no(
            field,
            f"“{name}”超过 {most} MB，请压缩或分段后再传",
            f"{name} is larger than {most} MB; make it smaller or send it in parts",
        )
    kind = kind_of(file)
    if not kind:
        zh, en = (
            "不收这种文件；可传图片、PDF、Office 文档、录音和视频",
            "is not taken: send images, PDF, office documents, audio or video",
        )
        return _no(field, f"“{name}”{zh}", f"{name} {en}")
    try:
        pictures = pictures_of(file, kind)
    except Unreadable:
        return _no(
            field, f"“{name}”这张图片打不开，请重拍或另存后再传", f"{name} cannot be opened as an image; take it again"
        )
    return _stored(organisation, person, token, field, good_name(name, kind), kind, size, pictures, file, now)


def held(organisation: str, person: str, token: str) -> list[Held]:
    """What waits for a form, in the order it came. Only whoever sent it finds it."""
    if not token:
        return []
    with store_cursor() as cursor:
        return [Held(*row[:7]) for row in files.held(cursor, organisation, person, token)]


def let_go(organisation: str, person: str, token: str, file: str) -> None:
    """Takes one file off a form that has not been sent."""
    with transaction.atomic(), store_cursor() as cursor:
        files.drop(cursor, organisation, person, token, file)


def held_thumbnail(organisation: str, person: str, file: UUID) -> bytes | None:
    """The small picture of a file that this person holds for a form."""
    with store_cursor() as cursor:
        return files.thumbnail(cursor, organisation, file, None, person)


def thumbnail(organisation: str, case_id: UUID, file: UUID) -> bytes | None:
    """The small picture of a file on a case, None where it has none."""
    return _picture(files.thumbnail, organisation, case_id, file)


def preview(organisation: str, case_id: UUID, file: UUID) -> bytes | None:
    """What is shown in the place of a file that most browsers cannot draw (JPEG), None where there is none."""
    return _picture(files.preview, organisation, case_id, file)


def _picture(asked: Callable[..., bytes | None], organisation: str, case_id: UUID, file: UUID) -> bytes | None:
    """What is kept; of a photograph taken in by a version that could not read it, made now and kept."""
    with store_cursor() as cursor:
        found = asked(cursor, organisation, file, case_id, "")
        if found is not None or not files.is_bare(cursor, organisation, file, case_id, HEIC):
            return found
    try:
        pictures = pictures_of(io.BytesIO(b"".join(content(file))), HEIC)
    except Unreadable:
        return None
    with transaction.atomic(), store_cursor() as cursor:
        files.dress(cursor, organisation, file, case_id, pictures)
        return asked(cursor, organisation, file, case_id, "")


def content(file: UUID, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The bytes of a file from ``start`` to before ``end``, part by part."""
    number = start // files.PART
    place = number * files.PART
    while end is None or place < end:
        with store_cursor() as cursor:
            data = files.part(cursor, file, number)
        if data is None:
            return
        yield data[max(0, start - place) : len(data) if end is None else min(len(data), end - place)]
        number, place = number + 1, place + len(data)


def sweep(now: datetime) -> int:
    """Forgets files whose form was never sent; gives their number."""
    with transaction.atomic(), store_cursor() as cursor:
        return files.sweep(cursor, now - KEPT_FOR)


def _stored(
    organisation: str, person: str, token: str, field: str, name: str, kind: str, size: int, pictures: Pictures,
    file: BinaryIO, now: datetime,
) -> Held | Refusal:  # fmt: skip
    file_id = new_case_id(now)
    with transaction.atomic(), store_cursor() as cursor:
        waiting = files.held(cursor, organisation, person, token)
        if len(waiting) >= MOST_FILES:
            return _no(field, f"一张表最多 {MOST_FILES} 个文件", f"a form takes at most {MOST_FILES} files")
        name = _among(name, [row[2] for row in waiting])
        digest = hashlib.sha256()
        file.seek(0)
        parts: list[tuple[Any, ...]] = []
        while data := file.read(files.PART):
            digest.update(data)
            parts.append((file_id, len(parts), data))
        place = 1 + max((row[7] for row in waiting), default=0)
        row = (file_id, organisation, token, person, field, place, name, digest.hexdigest(), size, kind, now, *pictures)
        files.insert(cursor, row, parts)
    return Held(file_id, field, name, digest.hexdigest(), size, kind, pictures[0] is not None)


def _among(name: str, taken: Sequence[str]) -> str:
    """A phone calls every photo image.jpg: the second one gets a number."""
    stem, dot, ending = name.rpartition(".")
    numbered = [name, *(f"{stem} ({number}){dot}{ending}" for number in range(2, MOST_FILES + 2))]
    return next(other for other in numbered if other not in taken)


def _no(field: str, zh: str, en: str) -> Refusal:
    return Refusal("file", (), zh, en, field)
