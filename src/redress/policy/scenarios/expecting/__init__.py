"""Comparing what a scenario expects with how things stand. Each check yields a sentence for what does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from ..language import Expect
from .acting import acting
from .duties import duties
from .facts import facts
from .figures import figures
from .ledger import ledger, notices
from .papers import papers
from .seen import Seen

__all__ = ["Seen", "problems"]


def problems(seen: Seen, expect: Expect) -> Iterator[str]:
    """A sentence for everything that does not hold."""
    for check in (duties, ledger, notices, acting, figures, papers, facts):
        yield from check(seen, expect)
