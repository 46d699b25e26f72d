"""Files and other evidence on a case: added with an act or by themselves, withdrawn, handed over.

The engine knows a file by its id, name and hash; its bytes are the store's business (``cases.attachments``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from msgspec.structs import replace

from redress.policy.errors import Refusal

from . import commands as cmd
from . import events as ev
from .case import Attachment, Case
from .permissions import Permission, permission
from .turn import Turn


def with_files(
    case: Case, data: Mapping[str, Any], files: Iterable[cmd.NewFile]
) -> tuple[dict[str, Any], tuple[cmd.NewFile, ...]]:
    """The typed values with the names of the files among those of their fields; no two files of a case share a name."""
    values = dict(data)
    taken = {file.name for file in case.files.values()}
    named = []
    for file in files:
        file = replace(file, name=_unused(file.name, taken))
        taken.add(file.name)
        named.append(file)
        if file.field:
            before = values.get(file.field, [])
            values[file.field] = [*(before if isinstance(before, (list, tuple)) else [before]), file.name]
    return values, tuple(named)


def wrong_files(turn: Turn, form: Iterable[str], files: Iterable[cmd.NewFile]) -> list[Refusal]:
    """Files that belong to no file field of the form."""
    takes = {name for name in form if turn.pack.fields[name].type == "file"}
    return [
        Refusal("unknown-field", (), "这张表不收文件", "this form takes no files", file.field)
        for file in files
        if file.field and file.field not in takes
    ]


def emit_files(turn: Turn, files: Iterable[cmd.NewFile], note: str = "") -> None:
    """The files become part of the case."""
    for file in files:
        turn.emit(
            ev.Attached(
                at=turn.at, by=turn.actor.id, file=file.id, name=file.name, sha256=file.sha256, size=file.size,
                content_type=file.content_type, field=file.field, note=note,
            )
        )  # fmt: skip


def attach(turn: Turn, command: cmd.Attach) -> Permission:
    """Whoever may write a note on the case may add a file to it."""
    answer = _may_note(turn)
    if answer.refusals:
        return answer
    if not command.files:
        return _no("required", "请先选文件", "choose a file first", "files")
    _, files = with_files(turn.case, {}, [replace(file, field="") for file in command.files])
    emit_files(turn, files, command.note.strip())
    return Permission(())


def withdraw(turn: Turn, command: cmd.WithdrawAttachment) -> Permission:
    """Only who added a file takes it back, or somebody above them."""
    answer = _may_note(turn)
    if answer.refusals:
        return answer
    file = turn.case.files.get(command.file)
    if file is None or not file.shown:
        return _no("no-file", "没有这个文件，或已撤下", "there is no such file, or it has been withdrawn")
    if not may_withdraw(turn, file):
        return _no(
            "not-yours", "只有上传的人或其上级可以撤下", "only who added it, or somebody above them, withdraws it"
        )
    if not command.reason.strip():
        return _no("reason", "请写明撤下的理由", "say why it is withdrawn", "reason")
    turn.emit(ev.AttachmentWithdrawn(at=turn.at, by=turn.actor.id, file=file.id, reason=command.reason.strip()))
    return Permission(())


def may_withdraw(turn: Turn, file: Attachment) -> bool:
    """Whether the actor may take this file back."""
    own, theirs = (
        _rank(turn, (seat.role for seat in turn.actor.seats)),
        _rank(turn, turn.world.roles_of(file.by, turn.at)),
    )
    return turn.actor.id == file.by or own > theirs


def hand_over(turn: Turn, command: cmd.HandOver) -> Permission:
    """Evidence passes on; whoever may write a note may say so."""
    answer = _may_note(turn)
    if answer.refusals:
        return answer
    if not command.item.strip():
        return _no("required", "请写明是什么物证", "say which piece of evidence", "item")
    if not (command.person or command.to.strip()):
        return _no("required", "请写明交给谁", "say to whom it goes", "to")
    turn.emit(
        ev.HandedOver(
            at=turn.at, by=turn.actor.id, item=command.item.strip(), person=command.person, to=command.to.strip(),
            place=command.place.strip(), note=command.note.strip(),
        )
    )  # fmt: skip
    return Permission(())


def _may_note(turn: Turn) -> Permission:
    return permission(turn.pack, turn.case, "note", turn.actor, turn.at, turn.world, {}, form=False)


def _unused(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    path = PurePosixPath(name)
    numbered = (f"{path.stem} ({number}){path.suffix}" for number in range(2, 10_000))
    return next(other for other in numbered if other not in taken)


def _rank(turn: Turn, roles: Iterable[str]) -> int:
    return max((turn.pack.roles[role].rank for role in roles if role in turn.pack.roles), default=0)


def _no(code: str, zh: str, en: str, field: str = "") -> Permission:
    return Permission((Refusal(code, (), zh, en, field),))
