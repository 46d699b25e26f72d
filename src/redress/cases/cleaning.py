"""Text that no database keeps (NUL, half characters) is taken out of a command at the door, not found out at the end."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from redress.policy.engine.commands import Command

_UNKEPT = re.compile("[\x00\ud800-\udfff]")


def cleaned(command: Command) -> Command:
    """The command with storable text only; the same object where there was nothing to do."""
    changed = {
        name: value
        for name in command.__struct_fields__
        if (value := _clean(getattr(command, name))) != getattr(command, name)
    }
    return msgspec.structs.replace(command, **changed) if changed else command


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _UNKEPT.sub("", value)
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_clean(item) for item in value)
    return value
