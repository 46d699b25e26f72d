"""A due time beyond the published holidays is provisional until they are published."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.store.canteen import SHANGHAI

from redress.calendars.holidays import Holidays
from redress.cases import case_file
from redress.cases.models import CaseDuty
from redress.clocks import provisional
from redress.people import packs
from redress.policy.engine.commands import Register
from redress.policy.engine.events import DutyMoved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_new_process():
    provisional._looked_at.clear()
    yield
    provisional._looked_at.clear()
    packs.forget()


def test_it_is_reckoned_again_when_the_holidays_are_published(canteen: str, monkeypatch) -> None:
    last = Holidays.china().last
    eve = datetime(last.year, 12, 31, 10, tzinfo=SHANGHAI)
    command = Register("east", {"content": "年夜饭太咸", "level": "normal"})
    done = case_file.register(canteen, command, "lin", eve)
    assert CaseDuty.objects.get(case_id=done.case_id, key="answer").provisional
    assert provisional.settle(eve) == 0

    published = replace(Holidays.china(), last=date(last.year + 1, 12, 31))
    published = replace(
        published, holidays={**published.holidays, date(last.year + 1, 1, 1): ("元旦", "New Year's Day")}
    )
    monkeypatch.setattr(Holidays, "china", classmethod(lambda cls: published))
    pack = packs.pinned(done.case.hash)
    pack.calendars["office"] = replace(pack.calendars["office"], holidays=published)
    assert provisional.settle(eve) == 1
    duty = CaseDuty.objects.get(case_id=done.case_id, key="answer")
    assert not duty.provisional
    moved = [event for event in case_file.history(done.case_id) if isinstance(event, DutyMoved)]
    assert [event.why for event in moved] == ["recomputed"]
    assert provisional.settle(eve) == 0
