"""The case page: what may be offered and not said, who could do what I may not, how the time line narrows, what others changed."""

from datetime import timedelta

import pytest
from tests.web.conftest import MONDAY, PACKS, registered
from tests.web.test_attachments import asks_for_money, photo

from redress.cases import case_file
from redress.policy.engine.commands import Decide, HandOver, Perform
from redress.policy.engine.events import ActDone
from redress.policy.reading import load
from redress.web.case_page.contacts import is_contact


@pytest.fixture
def told(visit):
    """A complaint with a talk, a refused approval and a second request; gives its address."""
    lin = visit("lin")
    case = registered(lin, **{"f-loss": "128.50"})
    case_id = case.removeprefix("/cases/")
    asks_for_money(lin.at(1), case, [photo("cup.jpg")], **{"f-amount": "300"})
    case_file.act(case_id, Decide("compensation#1", False, "先核对小票"), "chen", MONDAY + timedelta(minutes=3))
    said = {"reached": True, "said": "已道歉，约下午三点当面说明"}
    case_file.act(case_id, Perform("contact", said), "lin", MONDAY + timedelta(minutes=14))
    return case


def page_of(visitor, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_who_holds_it_what_comes_next_and_the_customer_behind_a_mask(visit, told):
    page = page_of(visit("lin").at(2), told)
    head = page[page.index("case-head") : page.index("case-strip")]
    assert "林悦" in head and "了解情况" in head and "#row-slot-upward_keeper" in head
    assert "13812345678" not in page
    shown = visit("lin").post(f"{told}/reveals", {"field": "phone"}, headers={"HX-Request": "true"}).content.decode()
    assert 'href="tel:13812345678"' in shown


def test_what_is_forbidden_says_the_clause_and_what_is_others_says_who(visit):
    lin = visit("lin")
    case = registered(lin)
    page = page_of(lin, case)
    can = page[page.index('id="can"') : page.index('id="bounds"')]
    assert "还没有联系客户，不得结案" in can and "#teahouse-5" in can
    keeper = page_of(visit("chen"), case)
    others = keeper[keeper.index('id="can"') : keeper.index('id="bounds"')]
    assert "申请赔付" in others and "前厅 · 林悦" in others


def test_words_not_to_say_stand_beside_the_acts_in_which_they_would_be_written(visit):
    page = page_of(visit("lin"), registered(visit("lin")))
    bounds = page[page.index('id="bounds"') : page.index('id="facts"')]
    assert "不作保证" in bounds and "“保证”" in bounds and "我们会尽力" in bounds and "现在是饭点，不宜打电话" in bounds
    quiet = page_of(visit("gao"), registered(visit("lin")))
    assert "“保证”" not in quiet  # who calls nobody is not told what not to say on the telephone


def test_every_approval_with_its_votes_and_the_sums_of_the_ledger(visit, told):
    page = page_of(visit("lin").at(30), told)
    talks = page[page.index('id="talks"') : page.index('id="money"')]
    assert "先核对小票" in talks and "未批准" in talks and "约下午三点当面说明" in talks
    money = page[page.index('id="money"') : page.index('id="story"')]
    assert "罚款 50 元" in money and "¥50.00" in money and "¥128.50" in money


def test_the_policy_says_which_acts_are_contacts_with_the_customer_and_by_which_way(visit, told):
    pack = load(PACKS / "teahouse")
    found = {act: is_contact(pack, ActDone(at=MONDAY, act=act, role="")) for act in pack.acts}
    assert {act for act, yes in found.items() if yes} == {"contact", "spill.safe", "ask-after"}
    page = page_of(visit("lin").at(30), told)
    talks = page[page.index('id="talks"') : page.index('id="money"')]
    assert '<span class="tag">电话</span>' in talks and talks.count('class="tag">电话') == 1


def test_the_time_line_narrows_by_kind_and_by_person(visit, told):
    lin = visit("lin").at(30)
    for query, there, gone in (
        ("only=evidence", "附上「cup.jpg」", "不批准"),
        ("only=contact", "联系客户", "登记投诉"),
        ("only=money", "申请赔付", "联系客户（前厅）"),
        ("by=chen", "先核对小票", "申请赔付（前厅）"),
    ):
        story = page_of(lin, f"{told}/story?{query}")
        assert there in story and gone not in story, query
        whole = page_of(lin, f"{told}?{query}")
        assert there in whole[whole.index('id="story"') :]
    assert "没有这一类的记录" in page_of(lin, f"{told}/story?by=gao")


def test_a_long_story_is_shown_in_part_until_all_of_it_is_asked_for(visit):
    lin = visit("lin")
    case = registered(lin)
    for number in range(40):
        done = Perform("note", {"note": f"第 {number} 笔"})
        case_file.act(case.removeprefix("/cases/"), done, "lin", MONDAY + timedelta(seconds=number))
    page = page_of(lin.at(2), case)
    assert "再看更早的 11 条" in page and "第 39 笔" in page and "第 3 笔" not in page
    assert "第 3 笔" in page_of(lin, f"{case}/story?all=1")


def test_what_others_did_meanwhile_is_told_and_what_i_did_is_not(visit, told):
    lin, case_id = visit("lin").at(15), told.removeprefix("/cases/")
    seq = case_file.read(case_id, "lin", MONDAY).case.seq
    assert lin.get(f"{told}/news?seq={seq}").status_code == 204
    case_file.act(case_id, Perform("note", {"note": "我自己记的"}), "lin", MONDAY + timedelta(minutes=14))
    assert lin.get(f"{told}/news?seq={seq}").status_code == 204
    case_file.act(case_id, Perform("note", {"note": "客人到店了"}), "chen", MONDAY + timedelta(minutes=14))
    news = page_of(lin, f"{told}/news?seq={seq}")
    assert "案件有了变化" in news and "陈诚" in news and "我自己记的" not in news


def test_evidence_passes_from_hand_to_hand_on_the_page(visit, told):
    lin = visit("lin").at(16)
    assert lin.post(f"{told}/custody", {"item": "茶杯", "to": "陈诚", "place": "冰柜"}).status_code == 303
    assert lin.post(f"{told}/custody", {"item": "茶杯", "to": "市检验所"}).status_code == 303
    page = page_of(lin, told)
    evidence = page[page.index('id="evidence"') : page.index('id="talks"')]
    assert "陈诚" in evidence and "市检验所" in evidence and "冰柜" in evidence
    wrong = lin.post(f"{told}/custody", {"item": "", "to": "陈诚"})
    assert wrong.status_code == 422 and "请写明是什么物证" in wrong.content.decode()


def test_files_are_added_and_withdrawn_on_the_page(visit, told):
    lin = visit("lin").at(16)
    assert lin.post(f"{told}/files", {"form-token": "z", "u-": photo("店门.jpg"), "note": "店门口"}).status_code == 303
    file = next(f for f in case_file.read(told[7:], "lin", MONDAY).case.files.values() if f.name == "店门.jpg")
    refused = lin.post(f"{told}/files/{file.id}/withdrawal", {"reason": ""})
    assert refused.status_code == 422 and "撤下的理由" in refused.content.decode()
    assert lin.post(f"{told}/files/{file.id}/withdrawal", {"reason": "拍错了"}).status_code == 303
    page = page_of(lin, told)
    assert "拍错了" in page and f"/files/{file.id}/small" not in page


def test_the_parts_of_the_page_answer_strangers_like_nothing(visit):
    lin = visit("lin")
    case = registered(lin, **{"f-accused": "chen"})
    case_file.act(case[7:], HandOver("茶杯", to="检验所"), "lin", MONDAY)
    for person in ("wang", "chen"):
        stranger = visit(person)
        for part in ("", "/story", "/news?seq=0", "/proofs/first-call"):
            assert stranger.get(f"{case}{part}").status_code == 403, (person, part)
        for part in ("/files", "/custody"):
            assert stranger.post(f"{case}{part}", {"item": "茶杯", "to": "我"}).status_code == 403, (person, part)
    assert "须回避" in page_of(lin, case) and "看不到本案" in page_of(lin, case)


def test_a_duty_that_has_ended_can_still_say_why_it_was_due(visit, told):
    lin = visit("lin").at(20)
    assert f"{told}/proofs/first-call" in page_of(lin, told)
    assert "10 分" in page_of(lin, f"{told}/proofs/first-call")
    assert lin.get(f"{told}/proofs/nothing").status_code == 403
