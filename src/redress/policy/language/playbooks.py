"""Playbooks: the ordered and parallel tasks that an incident opens. Written as one rule, read as duties."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator
from pydantic import Field as Key

from .base import Condition, Ids, Rule, as_tuple
from .duties import Duty


class Step(Duty):
    """A task of a playbook: a duty that opens once the task before it is done.

    ``together``: it opens at the same time as the task before it. With an ``after`` of its own it hangs on that alone. A task
    with a ``when`` is best written ``together``: if it does not open, nothing follows it.
    """

    after: Ids = ()
    who: Ids = ()
    together: bool = False


def _step(value: Any) -> Any:
    if isinstance(value, dict) and "step" in value:
        return {"id": value["step"], **{key: item for key, item in value.items() if key != "step"}}
    return value


def _steps(value: Any) -> Any:
    return [_step(item) for item in as_tuple(value)]


class Playbook(Rule):
    """What an incident sets going: ``after`` the triggers, while ``when`` holds, the ``steps`` open one after the other.

    ``who`` and ``clauses`` hold for every step that names none of its own. A step's duty is called ``PLAYBOOK.STEP``.
    """

    kind_key: ClassVar[str] = "playbook"
    after: Ids
    when: Condition = ""
    who: Ids = ()
    steps: Annotated[tuple[Step, ...], BeforeValidator(_steps)] = Key(min_length=1)

    def duties(self) -> list[Duty]:
        """The duties that the steps are."""
        found: list[Duty] = []
        start: tuple[str, ...] = self.after
        previous: tuple[str, ...] = ()
        for step in self.steps:
            after = step.after or (start if step.together or not found else previous)
            first = after == self.after
            start = after
            own = {name: getattr(step, name) for name in Duty.model_fields}
            found.append(
                Duty.model_construct(
                    **{
                        **own,
                        "id": f"{self.id}.{step.id}",
                        "after": after,
                        "when": _both(self.when, step.when) if first else step.when,
                        "who": step.who or self.who,
                        "clauses": step.clauses or self.clauses,
                    }
                )
            )
            previous = (f"met {self.id}.{step.id}",)
        return found


def _both(one: str, other: str) -> str:
    return f"({one}) && ({other})" if one and other else one or other
