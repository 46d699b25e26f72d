"""Lessons: what was written up is read and found by all staff, without anybody's name or number."""

from tests.web.conftest import registered

from redress.cases.models import CaseLesson


def written(visit, text: str = "李四（13812345678）说茶里有异物。以后换滤网要登记。", **fields: str) -> str:
    """A closed complaint written up by the common act."""
    lin = visit("lin")
    case = registered(lin, **fields)
    lin.post(f"{case}/acts/contact", {"f-reached": "yes", "f-said": "致歉"})
    refused = lin.post(f"{case}/acts/write-lesson", {"f-lesson_summary": text, "f-lesson_learnt": "滤网每天看"})
    assert refused.status_code == 422 and "结案以后再写成案例" in refused.content.decode()
    assert lin.post(f"{case}/acts/close").status_code == 303
    told = {"f-lesson_summary": text, "f-lesson_learnt": "滤网每天看", "from": "lessons"}
    assert lin.post(f"{case}/acts/write-lesson", told)["Location"] == "/lessons"
    return case


def test_a_lesson_names_nobody_and_is_open_to_all_staff(visit):
    case = written(visit)
    zhao = visit("zhao")
    assert "茶里有异物" in zhao.get("/lessons").content.decode()
    for page in (zhao.get("/lessons"), zhao.get(f"/lessons/{case.removeprefix('/cases/')}/write-lesson")):
        body = page.content.decode()
        assert page.status_code == 200
        assert "李四" not in body and "13812345678" not in body
    assert "李*（*****78）说茶里有异物。以后换滤网要登记。" in body
    assert case not in body, "the case itself is not theirs to read"
    assert case in visit("lin").get(f"/lessons/{case.removeprefix('/cases/')}/write-lesson").content.decode()


def test_lessons_are_found_by_any_part_of_a_word_and_never_by_a_name(visit):
    written(visit)
    zhao = visit("zhao")
    for text in ("滤", "滤网", "换滤网要登记", "滤网每天", "异物"):
        assert "茶里有异物" in zhao.get("/lessons", data={"q": text}).content.decode(), text
    for text in ("李四", "13812345678", "茶馆", "!"):
        assert "茶里有异物" not in zhao.get("/lessons", data={"q": text}).content.decode(), text


def test_what_a_duty_demands_to_be_written_stands_there_too(visit):
    lin, chen = visit("lin"), visit("chen")
    case = registered(lin)
    lin.post(f"{case}/acts/admit", {"f-category": "tea"})
    chen.post(f"{case}/acts/find-cause", {"f-cause": "滤网破了", "f-measure": "换"})
    lin.post(f"{case}/acts/mend", {"f-fixed": "换了"})
    chen.post(f"{case}/acts/see-effect", {"f-effect": "好"})
    chen.post(f"{case}/acts/sum-up", {"f-told_others": "滤网要有备件"})
    row = CaseLesson.objects.get()
    assert (row.rule, row.category, row.unit) == ("sum-up", "tea", "east")
    gao = visit("gao")
    assert "茶里有异物" in gao.get("/lessons?category=tea&unit=east&year=2026&level=major").content.decode()
    for other in ("category=service", "unit=west", "year=2024", "level=normal", "year=9999", "after=x,y"):
        assert ("茶里有异物" in gao.get(f"/lessons?{other}").content.decode()) == (other in ("year=9999", "after=x,y"))


def test_whoever_a_recusal_keeps_out_reads_no_lesson_of_the_case(visit):
    case = written(visit, **{"f-accused": "chen"})
    chen = visit("chen")
    assert "茶里有异物" not in chen.get("/lessons").content.decode()
    nowhere = chen.get("/lessons/00000000-0000-7000-8000-000000000000/write-lesson")
    assert chen.get(f"/lessons/{case.removeprefix('/cases/')}/write-lesson").status_code == nowhere.status_code == 403


def test_a_closed_case_of_mine_is_proposed_until_it_is_written_up(visit):
    lin = visit("lin")
    case = registered(lin)
    lin.post(f"{case}/acts/contact", {"f-reached": "yes", "f-said": "致歉"})
    assert "/acts/write-lesson" not in lin.get("/lessons").content.decode()
    lin.post(f"{case}/acts/close")
    assert f"{case}/acts/write-lesson" in lin.get("/lessons").content.decode()
    assert "/acts/write-lesson" not in visit("zhao").get("/lessons").content.decode()
    lin.post(f"{case}/acts/write-lesson", {"f-lesson_summary": "经过", "f-lesson_learnt": "教训"})
    assert f"{case}/acts/write-lesson" not in lin.get("/lessons").content.decode()
