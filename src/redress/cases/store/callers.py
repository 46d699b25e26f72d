"""By what a customer is known again: the digits of the telephone, backwards, and the name.

They are kept beside the keys of the policy's own patterns (``case_key``). Backwards, because people give the last four digits:
an index finds whatever begins alike, so also whatever ends alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from redress.policy.engine.case import Case
from redress.policy.language.fields import Field
from redress.policy.pack import Pack

from .words import folded

PHONE, NAME = "@phone", "@name"
"""Names that no pattern of a policy can have."""
SHORTEST_PHONE = 5
SHORTEST_NAME = 2


def caller_keys(pack: Pack, case: Case) -> dict[str, str]:
    """The keys of whoever complains, by kind; none where the registration says nothing of the kind."""
    personal = [field for field in _registered(pack) if field.personal]
    phones = [phone_key(_text(case, field)) for field in personal if _may_be_phone(field, _text(case, field))]
    names = [name_key(_text(case, field)) for field in personal if field.type == "text"]
    found = {
        PHONE: next((key for key in phones if len(key) >= SHORTEST_PHONE), ""),
        NAME: next((key for key in names if len(key) >= SHORTEST_NAME and not key.isdigit()), ""),
    }
    return {kind: key for kind, key in found.items() if key}


def phone_key(text: str) -> str:
    """The digits backwards, without the country's code ("" for none)."""
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign in "0123456789")
    bare = digits.removeprefix("00").removeprefix("86") if len(digits) > 11 else digits
    return bare[::-1]


def name_key(text: str) -> str:
    """A name without differences that do not matter."""
    return folded(text).replace(" ", "")


def _may_be_phone(field: Field, text: str) -> bool:
    """A telephone, or a way to reach somebody that holds little but digits."""
    digits = sum(sign.isdigit() for sign in text)
    return field.type == "phone" or (field.type == "text" and digits >= 7 and digits * 2 > len(text))


def _registered(pack: Pack) -> Iterator[Field]:
    if "register" in pack.acts:
        yield from (pack.fields[item.field] for item in pack.acts["register"].form if item.field in pack.fields)


def _text(case: Case, field: Field) -> str:
    value = case.fields.get(field.id)
    return value if isinstance(value, str) else ""
