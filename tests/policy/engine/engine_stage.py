"""A small pack and organisation to try the engine with, and shorthand for acting in it."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from redress.policy.engine.commands import Command, Decide, Perform, Register
from redress.policy.engine.decide import Accepted, Refused, Ruling
from redress.policy.engine.world import Actor
from redress.policy.pack import Pack
from redress.policy.reading import load
from redress.policy.scenarios.language import Given
from redress.policy.scenarios.organisation import OrganisationFile
from redress.policy.scenarios.stage import Stage

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
ORGANISATION = OrganisationFile.model_validate(
    {
        "organisation": {"zh": "小店"},
        "units": [
            {"unit": "company", "kind": "company", "zh": "公司"},
            {"unit": "north", "kind": "shop", "under": "company", "zh": "北店"},
            {"unit": "south", "kind": "shop", "under": "company", "zh": "南店"},
        ],
        "people": [
            {"person": "gao", "zh": "高", "seats": ["boss@company"]},
            {"person": "nan", "zh": "南", "seats": ["manager@south"]},
            {"person": "bei", "zh": "北", "seats": ["manager@north", "clerk@company"]},
            {"person": "dai", "zh": "代", "seats": ["deputy@north"]},
            {"person": "zhao", "zh": "赵"},
        ],
    }
)
HEAD = """
pack: trial
zh: 试行
en: trial
version: "1"
effective: {from: 2020-01-01}
calendar: office
unit field: shop
"""
CLAUSES = "- {id: t-1, zh: 一, en: one, kind: duty, executable: 'yes'}\n"
BASE = """
- calendar: office
  is: {zone: Asia/Shanghai, hours: {mon-fri: ["09:00-18:00"]}, holidays: cn}
- role: boss
  rank: 2
- role: manager
  rank: 1
- role: clerk
- role: deputy
  stands in for: manager
- role: first-contact
  found: person
  set by: register
  fixed: yes
- field: shop
  type: unit
- field: shops
  type: units
- field: level
  type: choice
  options: {low: 低, high: 高}
- field: phone
  type: phone
  personal: yes
- field: amount
  type: money
- field: reply_by
  type: datetime
- field: ok
  type: yes-no
- act: register
  who: staff
  form: [shop, level, optional phone, optional amount, optional shops, optional reply_by]
"""


@lru_cache(maxsize=64)
def pack_of(rules: str, clauses: str = CLAUSES) -> Pack:
    """A pack made of the base above and ``rules``, through the same files and checks as any pack."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "trial"
        (folder / "rules").mkdir(parents=True)
        (folder / "pack.yaml").write_text(HEAD, encoding="utf-8")
        (folder / "clauses.yaml").write_text(clauses if "t-1" in rules else "[]", encoding="utf-8")
        (folder / "rules" / "a.yaml").write_text(BASE, encoding="utf-8")
        (folder / "rules" / "b.yaml").write_text(rules, encoding="utf-8")
        return load(folder)


class Play:
    """A case under a pack: ``do`` acts as somebody, ``wait`` lets time pass."""

    def __init__(self, rules: str, start: datetime = MONDAY_NINE) -> None:
        self.stage = Stage(pack_of(rules), ORGANISATION, Given(), start, ())

    @property
    def case(self):
        return self.stage.cases["A"]

    @property
    def log(self):
        return self.stage.logs["A"]

    def register(self, who: str = "zhao", **data: object) -> Ruling:
        return self.command(Register("north", {"shop": "north", "level": "high", **data}), who)

    def do(self, who: str, act: str, unit: str = "", **data: object) -> Ruling:
        return self.command(Perform(act, data, unit), who)

    def vote(self, who: str, request: str, approve: bool, reason: str = "") -> Ruling:
        return self.command(Decide(request, approve, reason), who)

    def command(self, command: Command, who: str) -> Ruling:
        return self.stage.do("A", command, self.actor(who))

    def actor(self, who: str) -> Actor:
        return self.stage.actor(who)

    def wait(self, minutes: float) -> None:
        self.stage.pass_time(self.stage.now + timedelta(minutes=minutes))

    def names(self) -> list[str]:
        return [type(event).__name__ for event in self.log]


def codes(ruling: Ruling) -> list[str]:
    """The codes of a refusal; empty when accepted."""
    return [refusal.code for refusal in ruling.refusals] if isinstance(ruling, Refused) else []


def accepted(ruling: Ruling) -> Accepted:
    assert isinstance(ruling, Accepted), ruling
    return ruling
