"""What every written rule shares: its id, its clauses, its words in two languages, and how a key is spelt.

Keys are spelt in a pack the way a person says them (``if late``, ``done by``); in Python they are ``if_late``, ``done_by``.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from redress.calendars import Span, SpanError

from .traditional import in_script


def spoken(name: str) -> str:
    """``if_late`` -> ``if late``: the spelling of a key in a pack file."""
    return name.rstrip("_").replace("_", " ")


class Written(BaseModel):
    """A piece of a pack. Unknown keys are errors; instances never change."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=spoken,
        populate_by_name=True,
        arbitrary_types_allowed=True,
    )


class Text(Written):
    """Words for people, Chinese first. ``of("en")`` gives the English, or the Chinese where there is none."""

    zh: str
    en: str = ""

    def of(self, lang: str) -> str:
        """The words in ``lang`` ("zh-hans", "zh-hant", "en")."""
        return self.en if lang.startswith("en") and self.en else in_script(self.zh, lang)


class Name(Text):
    """What a person or a house is called: nobody's name is written otherwise than they write it."""

    def of(self, lang: str) -> str:
        """The name in ``lang``; in Chinese always as it was entered."""
        return self.en if lang.startswith("en") and self.en else self.zh


class Rule(Written):
    """A rule of the pack: named, citing the clauses it stands for.

    ``kind_key`` is the key a rule starts with in a file (``- duty: first-contact``). ``enforces`` tells whether a rule of
    this kind makes the system act (as opposed to showing words).
    """

    kind_key: ClassVar[str] = ""
    enforces: ClassVar[bool] = True

    id: str = Field(pattern=r"^[a-z][a-z0-9_.-]*$")
    clauses: tuple[str, ...] = ()
    zh: str = ""
    en: str = ""
    note: str = ""

    @property
    def text(self) -> Text:
        """Its name in both languages; its id where it has none."""
        return Text(zh=self.zh or self.id, en=self.en or self.id)

    def own_clauses(self) -> tuple[str, ...]:
        """Every clause cited anywhere in this rule, in order, once each."""
        return tuple(dict.fromkeys(cited(self)))


def cited(part: Any) -> list[str]:
    """The clause ids cited in ``part`` and, recursively, in what it holds."""
    if isinstance(part, BaseModel):
        own = list(getattr(part, "clauses", ()) or ())
        return own + [c for name in type(part).model_fields if name != "clauses" for c in cited(getattr(part, name))]
    if isinstance(part, (list, tuple)):
        return [c for item in part for c in cited(item)]
    if isinstance(part, dict):
        return [c for item in part.values() for c in cited(item)]
    return []


def as_tuple(value: Any) -> Any:
    """One value where a list is expected counts as a list of one."""
    return value if isinstance(value, (list, tuple)) else (value,)


def _span(value: Any) -> Any:
    if isinstance(value, str) and not value.startswith("$"):
        try:
            Span.parse(value)
        except SpanError as error:
            raise ValueError(str(error)) from error
    elif not isinstance(value, str):
        raise ValueError(f"a limit is written with its unit, such as 30 min, 24 h, 3 d or 2 wd; found {value!r}")
    return value


Ids = Annotated[tuple[str, ...], BeforeValidator(as_tuple)]
"""One id or a list of ids."""
SpanText = Annotated[str, BeforeValidator(_span)]
"""A duration (``30 min``, ``2 wd``) or the name of a parameter (``$reply-limit``)."""
Condition = Annotated[str, AfterValidator(str.strip)]
"""A CEL expression that is true or false."""
