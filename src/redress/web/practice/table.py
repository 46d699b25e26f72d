"""An invented complaint on the table of whoever plays it: what a drill and a sandbox have in common for the forms on it."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from redress.cases.case_file import OpenFile
from redress.people.directory import Directory
from redress.policy.engine.case import Case
from redress.policy.engine.commands import Decide, Perform, Register
from redress.policy.engine.decide import Refused
from redress.policy.engine.world import Actor
from redress.policy.language.acts import Act
from redress.policy.sandbox.sandbox import Sandbox


class Table(Protocol):
    """``begun``: the complaint is registered. ``unit``: where it is registered unless the form says so.

    ``around`` is the template of the page around a form that was asked for as a page of its own; ``shown`` what it needs.
    """

    around: str

    @property
    def file(self) -> OpenFile: ...

    @property
    def begun(self) -> bool: ...

    @property
    def unit(self) -> str: ...

    @property
    def home(self) -> str: ...

    @property
    def shown(self) -> dict[str, Any]: ...

    def act_address(self, act: str, duty: str = "") -> str: ...

    def vote_address(self, key: str) -> str: ...

    def draft_address(self, act: Act) -> str:
        """Where texts are checked while they are typed; "" where they are not."""

    def make(self, command: Register | Perform | Decide) -> Refused | None:
        """Does it at the moment that the table's clock shows, and keeps it; gives the refusal."""


def opened(sandbox: Sandbox, directory: Directory, sandbox_id: UUID, label: str, actor: Actor) -> OpenFile:
    """A case of the sandbox laid open to whoever is played; one that is not there yet is blank."""
    case = sandbox.cases.get(label) or Case(id=label, unit=directory_top(directory))
    return OpenFile(directory, sandbox.pack, actor, sandbox, sandbox.now, sandbox_id, case)  # type: ignore[arg-type]


def directory_top(directory: Directory) -> str:
    return next((unit.slug for unit in directory.units.values() if not unit.under), "")
