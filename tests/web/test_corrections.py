"""The board of corrective actions: each where it stands, who sees it, and what came again after it was done."""

import re

from tests.web.conftest import registered


def admitted(visit, unit: str = "east", who: str = "lin", **fields: str) -> str:
    """A complaint whose fault is admitted, so that the keeper must find the cause."""
    person = visit(who)
    case = registered(person, unit, **fields)
    assert person.post(f"{case}/acts/admit", {"f-category": "tea"}).status_code == 303
    return case


def lanes(answer) -> dict[str, int]:
    """How many actions stand in each column."""
    found = re.findall(r'href="\?column=(\w+)[^>]*>[^<]+<span class="count">(\d+)', answer.content.decode())
    return {name: int(number) for name, number in found}


def test_an_action_moves_from_deciding_to_done_and_carries_what_was_written(visit):
    case = admitted(visit)
    lin, chen = visit("lin"), visit("chen")
    assert lanes(chen.get("/corrections")) == {"decide": 1, "do": 0, "verify": 0, "done": 0}
    chen.post(f"{case}/acts/find-cause", {"f-cause": "滤网破了", "f-measure": "换滤网"})
    page = lin.get("/corrections")
    assert lanes(page) == {"decide": 0, "do": 1, "verify": 0, "done": 0}
    assert "滤网破了" in page.content.decode() and "/acts/mend" in page.content.decode()
    lin.post(f"{case}/acts/mend", {"f-fixed": "已换"})
    assert lanes(chen.get("/corrections")) == {"decide": 0, "do": 0, "verify": 1, "done": 0}
    answer = chen.post(f"{case}/acts/see-effect", {"f-effect": "一周没有再发生", "from": "corrections"})
    assert answer["Location"] == "/corrections"
    page = chen.get("/corrections")
    assert lanes(page) == {"decide": 0, "do": 0, "verify": 0, "done": 1}
    assert "一周没有再发生" in page.content.decode()


def test_the_same_again_after_it_was_done_is_shown(visit):
    case = admitted(visit)
    lin, chen = visit("lin").at(10), visit("chen").at(10)
    chen.post(f"{case}/acts/find-cause", {"f-cause": "滤网", "f-measure": "换"})
    lin.post(f"{case}/acts/mend", {"f-fixed": "已换"})
    chen.post(f"{case}/acts/see-effect", {"f-effect": "好"})
    assert "再次发生" not in chen.get("/corrections").content.decode()
    later = visit("lin").at(60)
    again = registered(later, "east", **{"f-content": "又有异物"})
    later.post(f"{again}/acts/admit", {"f-category": "tea"})
    assert "再次发生 1 次" in visit("chen").at(61).get("/corrections").content.decode()


def test_late_unit_person_and_column_narrow_the_board(visit):
    admitted(visit)
    admitted(visit, "west", "wang", **{"f-phone": ""})
    gao = visit("gao").at(150)
    assert lanes(gao.get("/corrections"))["decide"] == 2
    assert lanes(gao.get("/corrections?unit=west"))["decide"] == 1
    assert lanes(gao.get("/corrections?late=1"))["decide"] == 2
    assert lanes(visit("gao").at(20).get("/corrections?late=1"))["decide"] == 0
    assert lanes(gao.get("/corrections?person=lin"))["decide"] == 0
    assert "<table" in gao.get("/corrections?view=table").content.decode()
    assert "落实中" not in re.sub(
        r"<nav.*?</nav>", "", gao.get("/corrections?column=decide").content.decode(), flags=re.S
    )


def test_another_units_actions_and_hidden_cases_are_not_on_the_board(visit):
    admitted(visit)
    assert lanes(visit("wang").get("/corrections"))["decide"] == 0
    assert lanes(visit("zhao").get("/corrections"))["decide"] == 0
    admitted(visit, **{"f-accused": "chen"})
    assert lanes(visit("chen").get("/corrections"))["decide"] == 1
    assert lanes(visit("gao").get("/corrections"))["decide"] == 2
