"""The guidance library: what a policy says to the person at work, found by moment, circumstance and word."""

from tests.web.answers import text_of as whole_text


def text_of(answer) -> str:
    """What was found."""
    return whole_text(answer).split('id="found"')[-1]


def test_what_may_and_may_not_be_said_stands_with_its_clause(visit):
    page = text_of(visit("lin").get("/guidance"))
    assert "先道歉，再了解情况" in page and "可以说" in page and "#teahouse-8" in page
    assert "「保证」" in page and "不许写" in page and "可改为：我们会尽力" in page
    assert "现在是饭点，不宜打电话" in page and "不许做" in page
    assert "1. 店长：了解情况" in page and "5分钟" in page.replace(" ", "")


def test_it_is_searched_by_words_in_simplified_or_traditional_characters(visit):
    lin = visit("lin")
    for word in ("保证", "保證", "尽力"):
        page = text_of(lin.get("/guidance", data={"q": word}))
        assert "「保证」" in page and "先道歉" not in page
    assert "没有合适的指引" in text_of(lin.get("/guidance", data={"q": "飞机"}))


def test_it_is_narrowed_by_sort_moment_and_circumstance(visit):
    lin = visit("lin")
    assert "guidance-sorry" not in text_of(lin.get("/guidance", data={"sort": "avoid"}))
    at = text_of(lin.get("/guidance", data={"at": "contact"}))
    assert "guidance-sorry" in at and "这不归我管" not in at
    major = text_of(lin.get("/guidance", data={"fact": "level=major"}))
    assert "1. 店长" in major and "guidance-sorry" not in major


def test_a_playbook_reads_as_numbered_steps(visit):
    lin = visit("lin")
    assert "/guidance/playbooks/spill" in lin.get("/guidance").content.decode()
    page = whole_text(lin.get("/guidance/playbooks/spill"))
    first, second = page.index("扶到安全处"), page.index("拍照留证")
    assert first < second and "何时开始：" in page and "与上一步同时" not in page
    assert "5 分钟" in page or "5分钟" in page
    assert lin.get("/guidance/playbooks/none").status_code == 403


def test_a_form_leads_to_the_guidance_of_its_act(visit):
    from tests.web.conftest import registered

    lin = visit("lin")
    assert "/guidance?at=contact" in lin.get(f"{registered(lin)}/acts/contact").content.decode()


def test_it_costs_no_query_of_its_own(visit, django_assert_max_num_queries):
    lin = visit("lin")
    for _warm in range(2):
        lin.get("/guidance")
    with django_assert_max_num_queries(3):  # the session, the account, the person
        lin.get("/guidance")
