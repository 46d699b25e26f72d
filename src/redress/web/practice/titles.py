"""What a story and a sandbox are called, and the words with which the customer comes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from redress.people.packs import pinned
from redress.policy.language.fields import Field
from redress.policy.pack import Pack
from redress.policy.scenarios.language import Scenario
from redress.practice.casts import scenarios_by_name
from redress.practice.models import Sandbox as Row

from ..plain_words import names


def title_of(scenario: Scenario) -> str:
    """A scenario's title in the language of the request."""
    return names.chosen(scenario.zh or scenario.scenario, scenario.en or scenario.scenario)


def row_title(row: Row) -> str:
    """What a sandbox is called: its scenario's title."""
    if not row.scenario:
        return _("自拟投诉")
    scenario = scenarios_by_name(pinned(row.pack).id).get(row.scenario)
    return title_of(scenario) if scenario else row.scenario


def first_words(pack: Pack, scenario: Scenario, label: str = "") -> str:
    """What the customer says in it: the longest text, none of it personal, of its first registration (of complaint ``label``)."""
    registered = (step for step in scenario.steps if step.does == "register" and label in ("", step.case))
    told = next((step.with_ for step in registered if step.refused is None), {})
    texts = [
        (pack.fields[name].type == "long-text", value)
        for name, value in told.items()
        if isinstance(value, str) and name in pack.fields and _is_words(pack.fields[name])
    ]
    return max(texts, key=lambda item: (item[0], len(item[1])), default=(False, ""))[1]


def _is_words(rule: Field) -> bool:
    return rule.type in ("long-text", "text") and not rule.personal
