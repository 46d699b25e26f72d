"""What folds an event into a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ... import events as ev
from ..whole import Case

Folds = dict[type[ev.Event], Callable[[Case, Any], Case]]
"""For each kind of event, what the case is after it."""
