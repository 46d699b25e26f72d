"""A bad row is told with its line and its reason; the good rows go in."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from bakery_rows import GOOD, HERE

from redress.cases.intake.tables import TableError
from redress.cases.models import CaseRecord
from redress.policy.engine.case import decode_case

GOOD_ROW = GOOD[0]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (GOOD[1].replace("2026/1/6", "昨天"), "“时间”的“昨天”不是日期"),
        (GOOD[1].replace("2026/1/6", "2026-02-30"), "“时间”的“2026-02-30”不是日期"),
        (GOOD[1].replace("2026/1/6", ""), "“时间”是空的"),
        (GOOD[1].replace("南门", "西门"), "“门店”的“西门”不在对照表里"),
        (GOOD[1].replace("A2,", ","), "“编号”是空的"),
        (GOOD[1].replace("A2,", "A1,"), "“A1”与第 2 行重复"),
        (GOOD[1].replace(",5,", ",五天,"), "“天数”的“五天”不是数字"),
        (GOOD[1].replace(",蛋糕,,", ",馒头,,"), "“商品”没有“馒头”这个选项"),
        (GOOD[1] + ",多出一格", "有 16 格，表头有 15 列"),
        (GOOD[1].replace("2026/1/6", "2019-12-31"), "本制度自 2020-01-01 起施行，此前的投诉不适用"),
    ],
)
def test_a_bad_row_is_told_and_the_good_one_goes_in(bring_in, table, bad, reason):
    heard = []
    summary = bring_in(table(GOOD_ROW, bad), tell_wrong=heard.append)
    assert (summary.registered, summary.refused) == (1, 1)
    assert [(row.line, row.why.zh) for row in heard] == [(3, reason)]
    assert heard[0].why.en and heard[0].why.en != heard[0].why.zh


def test_a_line_number_is_that_of_the_file_even_after_texts_of_several_lines(bring_in, table):
    long = GOOD_ROW.replace("有霉点", '"有霉点\n两处\n都有"')
    summary = bring_in(table(long, "", GOOD[1].replace("2026/1/6", "昨天")))
    assert [row.line for row in summary.wrong] == [6]


def test_a_replay_that_the_policy_refuses_stops_there_and_the_complaint_stays(bring_in, table, tmp_path):
    # Closing is not allowed before the answer.
    mapping = tmp_path / "closing.yaml"
    text = (HERE / "maps" / "bakery.yaml").read_text()
    start, end = text.index("  - act: answer"), text.index("  - act: close")
    mapping.write_text((text[:start] + text[end:]).replace("after: answer", "after: promise"))
    summary = bring_in(table(GOOD_ROW), mapping)
    assert (summary.registered, summary.refused, summary.stopped) == (1, 0, 1)
    assert summary.reasons(True, "zh") == [("close", "未答复不得结案", 1, 2)]
    assert summary.wrong[0].clauses == ("b-4",)
    assert CaseRecord.objects.get().stage == "registered"


def test_recorded_times_that_contradict_each_other_are_refused(bring_in, table, tmp_path):
    mapping = tmp_path / "times.yaml"
    text = (HERE / "maps" / "bakery.yaml").read_text()
    mapping.write_text(
        text.replace('{after: registered, column: 天数, unit: d, at: "17:00"}', '{column: 购买日, at: "17:00"}')
    )
    summary = bring_in(table(GOOD_ROW), mapping)
    assert [row.why.zh for row in summary.wrong] == ["2026-01-04 17:00 的步骤早于它之前的 2026-01-05 09:00"]


def test_an_assumed_time_gives_way_to_a_recorded_one(bring_in, table):
    # Answered at 17:00 on the day of a complaint that came at 16:50: the call, assumed after 30 minutes, was earlier.
    bring_in(table(GOOD_ROW.replace("2026-01-05", "2026-01-05 16:50").replace(",1,已", ",0,已")))
    acts = {act.act: act.at for act in decode_case(CaseRecord.objects.get().state).acts}
    assert acts["call"] == acts["answer"] == datetime(2026, 1, 5, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "找不到文件"),
        ("empty.csv", b"", "文件是空的"),
        ("odd.csv", b"\xff\xff\xff\x00\x80", "既不是 UTF-8 也不是 GB18030"),
        ("no.xlsx", b"this is no workbook", "不是可读的工作簿"),
        ("no.csv.gz", b"this is not packed", "无法解压"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(bring_in, tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TableError) as refused:
        bring_in(path)
    assert said in refused.value.zh
