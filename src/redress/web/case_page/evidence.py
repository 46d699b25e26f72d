"""Evidence on the page: files with who added them and their hash, papers that have only a name, and in whose hands things are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from redress.cases.case_file import OpenFile
from redress.cases.file_kinds import HEIC, PICTURES
from redress.policy.engine.attaching import may_withdraw
from redress.policy.engine.case import Attachment, Custody
from redress.policy.engine.permissions import permission
from redress.policy.engine.turn import Turn
from redress.web.plain_words import names


@dataclass(frozen=True)
class FileView:
    """A file on the case."""

    file: Attachment
    by: str
    field: str
    pictured: bool
    mine: bool

    @property
    def ending(self) -> str:
        """What stands in place of a small picture."""
        return self.file.name.rpartition(".")[2].upper()[:4]

    @property
    def previewed(self) -> bool:
        """Whether what opens in the browser is a preview, not the original."""
        return self.file.content_type == HEIC

    @property
    def sort(self) -> str:
        """What sort of file it is or was, in a word."""
        start = self.file.content_type.partition("/")[0]
        return {"image": _("照片"), "audio": _("录音"), "video": _("录像")}.get(start) or _("文件")


@dataclass(frozen=True)
class Thing:
    """A piece of evidence that passes from hand to hand, the latest last."""

    item: str
    hands: tuple[tuple[Custody, str, str], ...]


@dataclass(frozen=True)
class Evidence:
    """``erased``: files of which nothing is left but that they were there. ``papers``: (field, name) of what was recorded by name only; ``may_add``: whether the reader may add to it."""

    files: tuple[FileView, ...]
    withdrawn: tuple[FileView, ...]
    erased: tuple[FileView, ...]
    papers: tuple[tuple[str, str], ...]
    things: tuple[Thing, ...]
    may_add: bool
    known: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.files) + len(self.erased) + len(self.papers) + len(self.things)


def evidence_of(file: OpenFile) -> Evidence:
    """Everything that proves something on this case."""
    turn = Turn(file.pack, file.case, file.actor, file.now, file.world)
    views = [_view(file, turn, one) for one in file.case.files.values()]
    answer = permission(file.pack, file.case, "note", file.actor, file.now, file.world, {}, form=False)
    papers = tuple(_papers(file))
    return Evidence(
        tuple(view for view in views if view.file.shown),
        tuple(view for view in views if view.file.withdrawn_at is not None and view.file.erased_at is None),
        tuple(view for view in views if view.file.erased_at is not None),
        papers,
        tuple(Thing(item, tuple(_hand(file, one) for one in passed)) for item, passed in file.case.custody.items()),
        answer.granted,
        tuple(dict.fromkeys([*file.case.custody, *(name for _, name in papers)])),
    )


def people_near(file: OpenFile) -> list[str]:
    """The names of those who hold a seat in the case's unit or above it."""
    lang, line = names.language(), set(file.world.lineage(file.case.unit))
    on = file.now.date()
    held = [seat.person for seat in file.directory.held if seat.unit in line and seat.on(on)]
    return [file.directory.person_text(person).of(lang) for person in dict.fromkeys(held)][:60]


def person_named(file: OpenFile, name: str) -> str:
    """The id of the one active person of that name, "" where there is none or several."""
    lang = names.language()
    found = [one.slug for one in file.directory.people.values() if one.active and name in (one.text.of(lang), one.slug)]
    return found[0] if len(found) == 1 else ""


def _view(file: OpenFile, turn: Turn, one: Attachment) -> FileView:
    return FileView(
        one,
        file.directory.person_text(one.by).of(names.language()),
        names.field(file.pack, one.field) if one.field else one.note,
        one.content_type in PICTURES,
        may_withdraw(turn, one),
    )


def _papers(file: OpenFile) -> Iterator[tuple[str, str]]:
    known = {one.name for one in file.case.files.values()}
    for name, value in file.case.fields.items():
        rule = file.pack.fields.get(name)
        if rule is not None and rule.type == "file" and not rule.confidential:
            yield from ((names.said(rule.text), str(one)) for one in value or () if one not in known)


def _hand(file: OpenFile, one: Custody) -> tuple[Custody, str, str]:
    lang = names.language()
    to = file.directory.person_text(one.person).of(lang) if one.person else one.to
    return one, file.directory.person_text(one.by).of(lang), to
