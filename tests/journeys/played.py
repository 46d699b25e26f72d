"""A pack's own scenario, walked through the pages by people at their browsers.

The scenario is played in memory at the same time: it says who somebody is, what time it is, and what the policy answers. The
pages must answer the same: an act goes through, or the page says the sentence that refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from playwright.sync_api import Page, Response
from tests.journeys.conftest import Walk

from redress.policy.engine.commands import Decide
from redress.policy.engine.decide import Accepted, Refused
from redress.policy.scenarios.language import Scenario, Step
from redress.policy.scenarios.runner import command_of
from redress.policy.scenarios.stage import Stage
from redress.policy.scenarios.suite import Suite
from redress.policy.scenarios.times import moment

HIDDEN = "看不到这一页"


class Played:
    """One scenario under way: the stage in memory, and the cases' addresses in the browser."""

    def __init__(self, walk: Walk, suite: Suite, scenario: Scenario) -> None:
        self.walk, self.suite, self.scenario = walk, suite, scenario
        start = datetime.fromisoformat(scenario.start)
        self.start = start if start.tzinfo else start.replace(tzinfo=suite.pack.zone())
        self.stage = Stage(suite.pack, suite.organisation, scenario.given, self.start, ())
        self.cases: dict[str, str] = {}
        walk.found(suite.pack.id, self.start)

    def to_the_end(self) -> None:
        """Walks every step."""
        for step in self.scenario.steps:
            if step.at:
                self.stage.pass_time(moment(step.at, self.stage.now, self.start, self.suite.pack.zone()))
                self.walk.at(self.stage.now)
            if step.does or step.approves or step.refuses:
                self._step(step)

    def _step(self, step: Step) -> None:
        command = command_of(self.stage, step)
        actor = self.stage.actor(step.who, step.case)
        assert command is not None
        ruling = self.stage.do(step.case, command, actor)
        page = self.walk.person(f"{self.suite.pack.id}.{actor.id}")
        if isinstance(command, Decide):
            self._vote(page, step, command)
        elif step.does == "register":
            self._register(page, step)
        else:
            self._act(page, step)
        if isinstance(ruling, Refused):
            words = page.locator("main").inner_text()
            if HIDDEN in words:  # who may not see the case is not even told that it exists
                return
            told = [refusal for refusal in ruling.refusals if refusal.zh in words]
            assert told, f"{step.who} {step.does}: the page should say “{ruling.refusals[0].zh}”, it says {words[:600]}"
        elif isinstance(ruling, Accepted):
            wrong = page.locator(".wrong, .flash.error").all_inner_texts()
            assert page.locator("#flashes .flash").count(), (
                f"{step.who} {step.does}: {wrong or page.locator('main').inner_text()[:800]}"
            )
            if step.does == "register":
                self.cases[step.case] = page.url.removeprefix(self.walk.address)

    def _register(self, page: Page, step: Step) -> None:
        self.walk.go(page, "/desk")
        if page.locator('[name="unit"]').count() and step.unit:
            page.select_option('[name="unit"]', step.unit)
        field = self.suite.pack.head.unit_field
        _fill(page, {**({field: step.unit} if field and step.unit else {}), **step.with_})
        _submit(page, ".foot .button.main")

    def _act(self, page: Page, step: Step) -> None:
        address = self.cases[step.case]
        page.evaluate("localStorage.clear()")  # what an earlier, refused step typed is not typed in this one
        self.walk.go(page, f"{address}/acts/{step.does}{'?unit=' + step.unit if step.unit else ''}")
        if page.locator(".slot form").count() == 0:
            return
        _fill(page, step.with_)
        _submit(page, ".slot form > .buttons .button.main")

    def _vote(self, page: Page, step: Step, command: Decide) -> None:
        self.walk.go(page, self.cases[step.case])
        key = command.request.replace("#", "%23")
        form = page.locator(f'form[action*="/approvals/{key}"]')
        if form.count() == 0:
            return
        if step.reason:
            form.locator('[name="reason"]').fill(step.reason)
        _fill(page, step.with_)
        with page.expect_navigation():
            form.locator(f'button[value="{"approve" if command.approve else "refuse"}"]').click()

    def stage_of(self, label: str = "A") -> str:
        """Where the case stands in memory, which the pages must show as well."""
        return self.stage.cases[label].stage


def _answers_the_form(answer: Response) -> bool:
    """What a page asks by itself while somebody types is no answer to the form."""
    asked = answer.request
    return asked.method == "POST" and not asked.url.partition("?")[0].endswith(
        ("/hints", "/earlier", "/calls", "/draft", "/uploads")
    )


def _submit(page: Page, button: str) -> None:
    """Submits; where the policy warns, reads the warning and goes on."""
    for _ in range(2):
        with page.expect_response(_answers_the_form) as answered:
            page.locator(button).first.click()
        if answered.value.status < 400:
            page.locator("#flashes .flash").first.wait_for()
            return
        page.locator(".flash.error, .flash.warning, .wrong, section.head").first.wait_for()
        if page.locator('button[name="confirmed"]').count() == 0:
            return
        button = 'button[name="confirmed"]'


def _fill(page: Page, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        inputs = page.locator(f'[name="f-{name}"]')
        if inputs.count():
            _enter(page, name, inputs, value)


def _enter(page: Page, name: str, inputs: Any, value: Any) -> None:
    kind = inputs.first.get_attribute("type") or inputs.first.evaluate("one => one.tagName")
    texts = list(_texts(value))
    if kind in ("radio", "checkbox"):
        for text in texts:
            page.locator(f'input[name="f-{name}"][value="{text}"]').check(force=True)
    elif kind == "SELECT":
        inputs.first.select_option(texts)
    elif kind == "datetime-local":
        inputs.first.fill(texts[0].replace(" ", "T")[:16])
    elif kind == "date":
        inputs.first.fill(texts[0][:10])
    else:
        inputs.first.fill("\n".join(texts))


def _texts(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, (list, tuple)) else (value,):
        yield {True: "yes", False: "no"}.get(one, str(one)) if isinstance(one, bool) else str(one)
