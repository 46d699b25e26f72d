"""Rounds: what is due for my units, what was found becoming a complaint, both knowing of each other."""

from tests.web.conftest import COMPLAINT, MONDAY

from redress.cases.models import CaseRecord

EVENING = 8 * 60 + 5
"""Minutes after Monday nine o'clock at which the comment book of the day is to be read."""


def come_round(minutes: float = EVENING) -> None:
    from datetime import timedelta

    from redress.clocks import standing
    from redress.clocks.sweep import sweep

    standing._seen.clear()
    sweep(MONDAY)
    sweep(MONDAY + timedelta(minutes=minutes))


def round_of(unit: str = "east") -> str:
    return str(CaseRecord.objects.filter(kind="standing", unit=unit).latest("registered_at").id)


def test_a_round_is_due_done_in_place_and_then_on_record(visit):
    come_round()
    lin = visit("lin").at(EVENING)
    page = lin.get("/rounds").content.decode()
    assert "查看意见簿" in page and "/acts/comment-book?" in page and "西街店" not in page.split('id="h-now"')[1]
    address = f"/cases/{round_of()}/acts/comment-book"
    answer = lin.post(address, {"f-entries_found": "三号桌：茶凉了", "from": "rounds"})
    assert answer.status_code == 303 and answer["Location"] == "/rounds"
    done = lin.get("/rounds").content.decode().split('id="h-done"')[1]
    assert "三号桌：茶凉了" in done and "林悦" in done and f"/desk?found_in={round_of()}" in done


def test_a_round_left_undone_for_days_is_one_row_with_its_missed_times_folded(visit):
    come_round()
    come_round(EVENING + 24 * 60)
    page = visit("lin").at(EVENING + 24 * 60).get("/rounds").content.decode()
    now = page.split('id="h-now"')[1].split('id="h-strip"')[0]
    assert "此前还有 1 次没有办" in now
    assert now.index(round_of()) < now.index("<details") < now.rindex("/acts/comment-book?")


def test_what_was_found_becomes_a_complaint_and_both_know_of_each_other(visit):
    come_round()
    lin = visit("lin").at(EVENING)
    source = round_of()
    lin.post(f"/cases/{source}/acts/comment-book", {"f-entries_found": "三号桌：茶凉了"})
    form = lin.get(f"/desk?found_in={source}").content.decode()
    assert "三号桌：茶凉了</textarea>" in form and f'name="found_in" value="{source}"' in form
    assert 'value="counter" checked' in form.replace("  ", " "), "the policy says through which channel"
    told = {**COMPLAINT, "f-content": "三号桌：茶凉了", "unit": "east", "found_in": source}
    case = lin.post("/desk", told)["Location"]
    assert f"/cases/{source}" in lin.get(case).content.decode()
    assert case in lin.get(f"/cases/{source}").content.decode()
    assert case in lin.get("/rounds").content.decode().split('id="h-done"')[1]


def test_another_units_round_is_neither_shown_nor_a_source(visit):
    come_round()
    wang = visit("wang").at(EVENING)
    source = round_of("east")
    assert source not in wang.get("/rounds").content.decode()
    assert 'name="found_in"' not in wang.get(f"/desk?found_in={source}").content.decode()
    answer = wang.post("/desk", {**COMPLAINT, "unit": "west", "found_in": source})
    assert answer.status_code == 422 and "没有这一期例行义务" in answer.content.decode()
    assert not CaseRecord.objects.filter(kind="complaint").exists()


def test_the_next_two_weeks_come_from_the_recurrence(visit):
    page = visit("gao").get("/rounds").content.decode()
    strip = page.split('class="days"')[1].split("</ol>")[0]
    assert strip.count("查看意见簿") == 14 and "17:00" in strip and "×2" in strip
    one = visit("lin").get("/rounds").content.decode().split('class="days"')[1]
    assert "×2" not in one


WEEK = 7


def missed_week() -> list[str]:
    """A week in which nobody looked: the rounds of the east shop, the oldest first; today's is still to be done."""
    for day in range(WEEK):
        come_round(EVENING + day * 24 * 60)
    found = CaseRecord.objects.filter(kind="standing", subject="comment-book", unit="east").order_by("registered_at")
    return [f"{case.id}.{case.seq}" for case in found]


def late(person):
    return person.at(EVENING + (WEEK - 1) * 24 * 60)


def events(kind: str) -> int:
    from redress.cases.models import CaseEvent

    return CaseEvent.objects.filter(kind=kind).count()


def test_one_reason_for_several_missed_times_is_an_event_on_each_and_may_be_taken_back(visit):
    rounds = missed_week()
    lin = late(visit("lin"))
    page = lin.get("/rounds").content.decode()
    assert page.count('name="round"') == WEEK - 1, "today's can still be done"
    answer = lin.post("/rounds/missed", {"round": rounds[:4], "reason": "停业装修，店里没有人", "days": "30"})
    assert answer.status_code == 303 and answer["Location"] == "/rounds?days=30"
    assert events("DutyMissed") == 4
    page = lin.get("/rounds?days=30").content.decode()
    assert (
        "已记下 4 次没有办" in page and page.count('name="round" value') - page.count('type="hidden" name="round"') == 2
    )
    told = page.split('id="h-missed"')[1].split('id="h-done"')[0]
    assert told.count("停业装修") == 1 and "×4" in told and "林悦" in told and "撤回说明" in told
    case = lin.get(f"/cases/{rounds[0].split('.')[0]}").content.decode()
    assert "没有办：停业装修，店里没有人" in case and "按时" not in case
    hidden = [part.split('"')[0] for part in told.split('name="round" value="')[1:]]
    lin.post("/rounds/missed/undo", {"round": hidden})
    assert events("DutyOwedAgain") == 4
    assert lin.get("/rounds").content.decode().count('name="round"') == WEEK - 1


def test_what_cannot_be_taken_is_told_with_its_row_and_nothing_typed_is_lost(visit):
    rounds = missed_week()
    lin = late(visit("lin"))
    lin.post(f"/cases/{rounds[1].split('.')[0]}/acts/comment-book", {"f-entries_found": "没有新意见"})
    assert lin.post("/rounds/missed", {"round": rounds[:2], "reason": " "}).status_code == 422
    page = lin.post("/rounds/missed", {"reason": "忙"}).content.decode()
    assert "请先勾选" in page and ">忙</textarea>" in page
    answer = lin.post("/rounds/missed", {"round": [*rounds[:2], rounds[-1]], "reason": "停业装修"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "已记下 1 次没有办" in page and "2 次没有记下" in page
    assert ">停业装修</textarea>" in page and "刚才有人动过这一期" in page and events("DutyMissed") == 1


def test_somebody_elses_rounds_are_answered_like_rounds_that_are_not_there(visit):
    rounds = missed_week()
    wang = late(visit("wang"))
    answers = [
        wang.post("/rounds/missed", {"round": value, "reason": "忙"}).content.decode()
        for value in (rounds[0], "00000000-0000-0000-0000-000000000000.3")
    ]
    assert all("没有这一期" in page for page in answers) and events("DutyMissed") == 0
    late(visit("lin")).post("/rounds/missed", {"round": rounds[:1], "reason": "忙"})
    wang.post("/rounds/missed/undo", {"round": f"{rounds[0].split('.')[0]}.9"})
    assert events("DutyOwedAgain") == 0


def test_many_missed_rounds_cost_no_more_questions_than_few(visit, django_assert_max_num_queries):
    missed_week()
    lin = late(visit("lin"))
    lin.get("/rounds")
    with django_assert_max_num_queries(7):
        lin.get("/rounds")
