"""What else may be done on a case under a policy with many acts: the likely first, nothing hidden, nothing offered twice."""

import re
from pathlib import Path

import pytest
from tests.tour.stories import told
from tests.tour.visits import NOW
from tests.web.conftest import PLAIN_HASH, Visitor, registered
from tests.web.test_attachments import asks_for_money, photo

from redress.cases import case_file
from redress.people.founding import found
from redress.people.packs import with_settings
from redress.policy.scenarios.organisation import read_organisation
from redress.web import case_sheet as sheet
from redress.web.case_page import bounds
from redress.web.case_page.likely import FIRST, UNFOLDED, choices_of, wanted_first

SHIPPED = Path(__file__).parents[2] / "packs"
PORTIONS = "twelve guests, three portions, and the manager charges one"


@pytest.fixture
def lived(db, settings):
    """``lived(pack, scenario)``: a case that began yesterday in the demo organisation of a shipped pack."""
    settings.PACKS_DIR = SHIPPED

    def live(pack: str, scenario: str) -> str:
        written = read_organisation(SHIPPED / pack / "organisation.yaml")
        first_day = with_settings(pack, {}).head.effective.from_
        found(pack, pack, written, NOW, from_date=first_day, password_hash=PLAIN_HASH)
        return str(told(pack, scenario, NOW)[0])

    return live


@pytest.fixture
def bill(lived):
    """A bill disputed in the restaurant, all but closed."""
    return lived("restaurant", PORTIONS)


def page_of(case: str, person: str, pack: str = "restaurant") -> str:
    visitor = Visitor(person, pack)
    visitor.client.cookies["redress-now"] = NOW.isoformat()
    return page_as(visitor, f"/cases/{case}")


def page_as(visitor: Visitor, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def acts_in(html: str) -> list[str]:
    return re.findall(r'/acts/([\w.-]+)" hx-get', html)


def test_the_next_step_leads_and_what_was_done_already_is_folded(bill):
    page = page_of(bill, "tan")
    can = page[page.index('id="can"') : page.index('id="bounds"')]
    plain, folded = can.split('class="more-acts"')
    assert acts_in(plain)[0] == "ask-satisfaction" and "办后：已回访" in plain and acts_in(plain)[-1] == "note"
    assert len(acts_in(plain)) <= FIRST + 1
    assert {"decide-remedy", "carry-out", "take-over"} <= set(acts_in(folded))


def test_every_act_stands_in_one_place_and_every_refusal_with_its_clause(bill):
    for person in ("tan", "xiaoman"):
        file = case_file.read(bill, person, NOW)
        offers = sheet.offers_of(file)
        choices = choices_of(file, offers)
        shown = [choice.offer.act.id for choice in (*choices.first, *choices.rest)]
        assert sorted(shown) == sorted(o.act.id for o in offers if o.allowed and not o.duties), person
        assert len(choices) <= UNFOLDED or len(choices.first) <= FIRST + 1, person
        refused, _others = bounds.not_possible(file, offers)
        wanted, rest = wanted_first(file, refused, ())
        assert sorted(one.offer.act.id for one in wanted + rest) == sorted(one.offer.act.id for one in refused)
        assert all(refusal.clauses for one in wanted for refusal in one.refusals), person


def test_a_duty_that_cannot_be_fulfilled_yet_says_what_stands_in_the_way(bill):
    page = page_of(bill, "tan")
    todo = page[page.index('id="todo"') : page.index('id="can"')]
    assert "还不能“了结”：" in todo and "五步还没有走完" in todo and "#restaurant-step.5.2" in todo
    can = page[page.index('id="can"') : page.index('id="bounds"')]
    assert can.index("了结") > can.index('class="refused"')  # it is said once in plain sight, in the duty's own row


def test_an_act_that_fulfils_another_ones_duty_comes_first_and_says_which(visit):
    page = page_as(visit("chen"), registered(visit("lin")))
    can = page[page.index('id="can"') : page.index('id="bounds"')]
    assert acts_in(can)[0] == "contact" and "可办结：联系客户 · 前厅 · 林悦" in can
    todo = page[page.index('id="todo"') : page.index('id="can"')]
    assert "还不能" not in todo  # what bars somebody else is not said here


def test_what_the_case_needs_next_but_may_not_happen_yet_stands_in_plain_sight(visit):
    page = page_as(visit("lin"), registered(visit("lin")))
    can = page[page.index('id="can"') : page.index('id="bounds"')]
    plain = can.split('<details class="refused"')[0]
    assert "还不能做" in plain and "还没有联系客户，不得结案" in plain and "#teahouse-5" in plain


def test_my_own_duties_stand_before_those_of_others(visit):
    case = registered(visit("lin"))
    page = page_as(visit("lin"), case)
    todo = page[page.index('id="todo"') : page.index('id="can"')]
    assert todo.index('class="mine"') < todo.index("等别人办的") < todo.index("陈诚")
    assert "等别人办的" not in page_as(visit("gao"), case)  # who has none of their own sees them as the list it is


def test_what_the_next_step_waits_for_leads_and_a_call_for_help_never_does_so(lived):
    case = lived(
        "retail", "an objection is heard, the plan changes, and without agreement the customer learns of other ways"
    )
    page = page_of(case, "tong-xia", "retail")
    can = page[page.index('id="can"') : page.index('id="bounds"')]
    plain = can.split('class="more-acts"')[0]
    assert "“了结”等着它" in plain and "check-file" in acts_in(plain)
    injured = lived("mall", "a slip on a wet floor, from the advance to the settlement")
    file = case_file.read(injured, "ren", NOW)
    leading = [choice.offer.act for choice in choices_of(file, sheet.offers_of(file)).first]
    assert leading and not any(act.emergency for act in leading)


def test_what_waits_for_my_approval_stands_above_everything_else(visit):
    lin = visit("lin")
    case = registered(lin, **{"f-loss": "128.50"})
    asks_for_money(lin.at(1), case, [photo("cup.jpg")], **{"f-amount": "300"})
    keeper = page_as(visit("chen").at(2), case)
    assert keeper.index("等我批准") < keeper.index('id="todo"') and 'href="#asked"' in keeper
    asker = page_as(lin, case)
    assert "等我批准" not in asker and asker.index('id="todo"') < asker.index("等待批准")
