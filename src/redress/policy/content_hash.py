"""The hash by which a case knows its pack: of what the pack says, not of every key that the language has.

A key that is not written, or written with the value it has anyway, does not count. So a release that adds a key to the
language leaves every pack the hash it had. (It must not change the default of a key that exists: that would change what
packs say without changing their hash.)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from .language.pack import Source
from .local_days import canonical


def content_hash(source: Source, settings: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of head, rules and clauses in any order, and of the organisation's own values."""
    whole = [
        _said(source.head),
        sorted(_text([type(rule).kind_key, _said(rule)]) for rule in source.rules),
        sorted(_text(_said(clause)) for clause in source.clauses),
        {key: canonical(value) for key, value in settings.items()},
    ]
    return hashlib.sha256(_text(whole).encode()).hexdigest()


def _said(part: BaseModel) -> dict[str, Any]:
    return part.model_dump(mode="json", exclude_defaults=True)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
