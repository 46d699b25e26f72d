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
