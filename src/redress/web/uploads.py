"""Files that go with a form: taken in as soon as they are chosen, kept with the form until it is sent, whatever is wrong with it.

How a form takes files: show it with ``Asked.token`` and ``Asked.held`` (``parts/uploads.html`` does the rest); when it is posted,
call ``gathered`` and give its ``files`` to the command, and its ``wrong`` to the form if there is any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from redress.cases import attachments
from redress.cases.attachments import Held
from redress.policy.engine.attaching import with_files
from redress.policy.engine.case import Case
from redress.policy.engine.commands import NewFile
from redress.policy.errors import Refusal

from .member import Member

INPUT = "u-"
"""What the name of a file input starts with; the rest is the field."""
TOKEN = "form-token"


@dataclass(frozen=True)
class Gathered:
    """What waits for a form: ``wrong`` says which of the files just sent were not taken."""

    token: str
    held: Sequence[Held] = ()
    wrong: Sequence[Refusal] = ()

    @property
    def files(self) -> tuple[NewFile, ...]:
        return tuple(one.as_new() for one in self.held)

    def among(self, case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
        """The typed values with the files' names among them, as the engine will see them."""
        return with_files(case, values, self.files)[0]

    def shown(self) -> dict[str, Any]:
        """What ``ask`` needs to show the form again with its files."""
        return {"token": self.token, "held": self.held}


def begun(case_id: UUID | None = None) -> Gathered:
    """For a form that is opened (on a case, where it is one): nothing waits yet."""
    return Gathered(attachments.new_token(case_id))


def gathered(request: HttpRequest, member: Member) -> Gathered:
    """For a form that was posted: takes in what came with it, takes off what is not wanted, and gives all that waits."""
    token = request.POST.get(TOKEN, "")[:64] or begun().token
    home, person = member.organisation, member.person
    unwanted = request.POST.get("let-go", "")
    if unwanted:
        attachments.let_go(home, person, token, unwanted)
    found = [
        attachments.hold(home, person, token, name.removeprefix(INPUT), file.name or "", file, member.now)
        for name, files in request.FILES.lists()
        if name.startswith(INPUT)
        for file in files
    ]
    wrong = [one for one in found if isinstance(one, Refusal)]
    return Gathered(token, attachments.held(home, person, token), wrong)
