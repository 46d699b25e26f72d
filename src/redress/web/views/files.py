"""Files: taken in for a form, and those of a case shown to whoever may see the case."""

from __future__ import annotations

import re
from typing import TypeVar
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET, require_POST

from redress.cases import attachments
from redress.cases.file_kinds import HEIC
from redress.policy.engine.case import Attachment
from redress.web.access import Member, forbidden, member_only, open_case
from redress.web.page import page
from redress.web.plain_words.names import language
from redress.web.uploads import gathered

SHOWN_IN_PLACE = ("image/jpeg", "image/png", "image/webp", "image/gif", "audio/", "video/")
"""What a browser may show by itself; everything else is saved as a file."""
LOCKED = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
T = TypeVar("T", bound=HttpResponseBase)
_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


@require_POST
@member_only
def uploads(request: HttpRequest, member: Member) -> HttpResponse:
    """Takes files in for a form, or one of them off it; answers with those of its field (``parts/uploads.html``)."""
    found = gathered(request, member)
    field = request.POST.get("field", "")
    return page(
        request,
        "web/parts/uploads.html",
        member,
        422 if found.wrong else 200,
        field={"id": field},
        held=found.held,
        token=found.token,
        upload_wrong=found.wrong,
    )


@require_GET
@member_only
def held_thumb(request: HttpRequest, member: Member, file_id: UUID) -> HttpResponse:
    """The small picture of a file that waits for a form of this person."""
    return _picture(request, member, attachments.held_thumbnail(member.organisation, member.person, file_id))


@require_GET
@member_only
def file_thumb(request: HttpRequest, member: Member, case_id: UUID, file_id: UUID) -> HttpResponse:
    """The small picture of a file on a case."""
    found = _file(member, case_id, file_id)
    if found is not None and found.erased_at is not None:
        return _erased(request, member, case_id, found)
    return _picture(
        request, member, attachments.thumbnail(member.organisation, case_id, file_id) if found is not None else None
    )


@require_GET
@member_only
def file(request: HttpRequest, member: Member, case_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The file itself, or the part of it that a player asks for."""
    found = _file(member, case_id, file_id)
    if found is None:
        return forbidden(request, member)
    if found.erased_at is not None:
        return _erased(request, member, case_id, found)
    if found.content_type == HEIC and "save" not in request.GET:
        shown = attachments.preview(member.organisation, case_id, file_id)
        if shown is not None:
            return _preview(found, shown)
    asked = _RANGE.match(request.headers.get("Range", ""))
    start, end = (int(asked[1]), int(asked[2] or found.size - 1) + 1) if asked else (0, found.size)
    end = min(end, found.size)
    if start >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
    response = StreamingHttpResponse(
        attachments.content(file_id, start, end), status=206 if asked else 200, content_type=found.content_type
    )
    if asked:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{found.size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(end - start)
    way = "inline" if found.content_type.startswith(SHOWN_IN_PLACE) and "save" not in request.GET else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(found.name, safe='')}"
    return _safely(response)


def _file(member: Member, case_id: UUID, file_id: UUID) -> Attachment | None:
    """The file on the case, None where there is none for this person; a withdrawn one is no longer shown."""
    opened = open_case(member, str(case_id))
    found = opened.case.files.get(str(file_id)) if opened else None
    return found if found is not None and (found.shown or found.erased_at is not None) else None


def _preview(found: Attachment, data: bytes) -> HttpResponse:
    """A photograph that most browsers cannot draw, as one they can; the original is saved with ``?save=1``."""
    response = HttpResponse(data, content_type="image/jpeg")
    name = found.name.rpartition(".")[0] + ".jpg"
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name, safe='')}"
    return _safely(response)


def _erased(request: HttpRequest, member: Member, case_id: UUID, found: Attachment) -> HttpResponse:
    """It was here and is gone for good: that is said, with who erased it and when."""
    by = member.directory.person_text(found.erased_by).of(language())
    return page(request, "web/case/erased_file.html", member, 410, file=found, by=by, case_id=case_id)


def _picture(request: HttpRequest, member: Member, data: bytes | None) -> HttpResponse:
    if data is None:
        return forbidden(request, member)
    response = HttpResponse(data, content_type="image/webp")
    response["Content-Disposition"] = "inline"
    return _safely(response)


def _safely(response: T) -> T:
    response["Content-Security-Policy"] = LOCKED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
