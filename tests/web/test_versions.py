"""Two versions of a policy beside each other: what they say differently, and what they would do differently."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.web.conftest import MONDAY, PACKS, registered

from redress.cases import case_file
from redress.clocks.sweep import sweep
from redress.people import packs
from redress.policy.engine.commands import Perform
from redress.replays import asking
from redress.replays.models import Replay

CHANGES = (
    ("pack.yaml", 'version: "2"', 'version: "3"'),
    ("pack.yaml", "from: 2026-01-01", "from: 2026-03-01"),
    ("clauses.yaml", "重大投诉10分钟内联系客户", "重大投诉3分钟内联系客户"),
    ("rules/teahouse.yaml", "within: {major: 10 min, otherwise: $reply-limit}", "within: {major: 3 min, otherwise: $reply-limit}"),
    ("rules/teahouse.yaml", "  value: 50\n", "  value: 80\n"),
    ("rules/worth.yaml", "- phrase: no-guarantee", "- phrase: no-promise"),
)  # fmt: skip


@pytest.fixture
def third(visit, tmp_path, settings):
    """The teahouse's policy in a third version; the second has ruled before."""
    visit("lin").get("/policy")
    folder = tmp_path / "packs"
    shutil.copytree(PACKS, folder)
    for name, old, new in CHANGES:
        path = folder / "teahouse" / name
        written = path.read_text(encoding="utf-8")
        assert old in written, old
        path.write_text(written.replace(old, new), encoding="utf-8")
    settings.PACKS_DIR = folder
    packs.forget()
    yield
    packs.forget()


@pytest.fixture
def query(visit, third) -> str:
    versions = visit("lin").get("/policy/versions").context["versions"]
    assert [version.version for version in versions] == ["3", "2"]
    return f"old={versions[1].hash}&new={versions[0].hash}"


def test_the_text_difference_names_what_changed_and_only_that(visit, query):
    answer = visit("lin").get(f"/policy/versions/difference?{query}")
    found = answer.context["difference"]
    assert [(change.sort, change.label) for change in found.clauses] == [("changed", "2")]
    sorts = {(change.sort, change.kind, change.label) for change in found.rules}
    assert ("changed", "义务", "联系客户") in sorts and ("changed", "可设参数", "逾期罚款") in sorts
    assert ("added", "用语检查", "不作保证") in sorts and ("removed", "用语检查", "不作保证") in sorts
    page = answer.content.decode()
    before, after = (page.split(f'<p class="{side}">')[1].split("</p>")[0] for side in ("before", "after"))
    assert "<del>10</del>分钟" in before and "<ins>" not in before
    assert "<ins>3</ins>分钟" in after and "<del>" not in after


def test_the_difference_is_summed_up_and_narrowed_to_a_kind_or_to_what_touches_time_or_money(visit, query):
    lin = visit("lin")
    found = lin.get(f"/policy/versions/difference?{query}").context["difference"]
    assert found.counted()["clock"] >= 1 and found.counted()["sum"] >= 1
    assert {"联系客户"} <= {change.label for change in found.changes if "clock" in change.touches}
    assert "逾期罚款" in {change.label for change in found.changes if "sum" in change.touches}
    duties = lin.get(f"/policy/versions/difference?{query}&only=duty").context["kinds"]
    assert [kind.key for kind in duties] == ["duty"]
    sums = lin.get(f"/policy/versions/difference?{query}&only=sum").context["kinds"]
    assert all("sum" in change.touches for kind in sums for change in kind.changes) and sums
    everything = lin.get(f"/policy/versions/difference?{query}&only=nonsense").context["kinds"]
    assert everything == found.kinds
    page = lin.get(f"/policy/versions/difference?{query}").content.decode()
    for change in found.changes:
        assert not change.clauses or f'#{change.clauses[0]}"' in page, change.label


def test_scenarios_come_out_differently(visit, query):
    compared = visit("lin").get(f"/policy/versions/behaviour?{query}").context["compared"]
    assert compared.played == compared.of > 0 and compared.more == 0
    assert compared.result.late_new >= compared.result.late_old


def test_real_cases_are_played_again_under_both(visit, query):
    lin = visit("lin")
    between = registered(lin.at(0)).rsplit("/", 1)[1]
    registered(visit("wang").at(1), unit="west", **{"f-level": "normal", "f-phone": "13999999999"})
    case_file.act(between, Perform("contact", {"reached": True, "said": "好"}), "lin", MONDAY + timedelta(minutes=5))
    sweep(MONDAY + timedelta(minutes=30))
    before = case_file.history(between)
    answer = lin.at(30).get(f"/policy/versions/behaviour?{query}&with=cases")
    compared = answer.context["compared"]
    assert compared.played == 1, "only the cases within reach are played again"
    (one,) = compared.differing
    assert str(one.case_id) == between
    told = {line.what: (line.old, line.new) for line in one.lines}
    assert "逾期" not in told["联系客户"][0] and "逾期" in told["联系客户"][1]
    assert told["台账：罚款"] == ("没有", "¥80.00")
    assert (compared.result.refused_old, compared.result.refused_new) == (0, 0)
    assert case_file.history(between) == before, "nothing is written"


def test_versions_of_others_and_broken_addresses_are_refused(visit, query):
    lin = visit("lin")
    old = query.split("&")[0].removeprefix("old=")
    for broken in ("", "old=x&new=y", f"old={old}&new={old}"):
        assert lin.get(f"/policy/versions/difference?{broken}").status_code == 403
        assert lin.get(f"/policy/versions/behaviour?{broken}").status_code == 403


@pytest.fixture
def slow(monkeypatch) -> None:
    """Nothing is quick enough to be waited for, and the worker looks up after every step."""
    monkeypatch.setattr(asking, "QUICK", -1)
    monkeypatch.setattr(asking, "NOTED", -1)


def jobs() -> list[dict]:
    found = ProcrastinateJob.objects.filter(task_name__endswith="tasks.replay").order_by("id")
    return [job.args for job in found]


def test_a_comparison_that_takes_long_is_the_workers_and_its_answer_is_found_again(visit, query, slow):
    lin, address = visit("lin"), f"/policy/versions/behaviour?{query}"
    page = lin.get(address).content.decode()
    assert 'id="replay"' in page and "停下" in page and "every 2s" in page
    lin.get(address)
    assert len(jobs()) == 1, "looking again asks nothing anew"
    asking.carry_out(**jobs()[0])
    asking.carry_out(**jobs()[0])
    compared = lin.get(address).context["compared"]
    assert compared.row.state == "done" and compared.played == compared.of > 0 and not compared.under_way
    assert compared.result.late_new >= compared.result.late_old
    assert lin.post("/policy/versions/replay", dict(part.split("=") for part in query.split("&"))).status_code == 303
    assert [job["run"] for job in jobs()] == [1, 2] and lin.get(address).context["compared"].under_way
    asking.carry_out(**jobs()[0])
    assert lin.get(address).context["compared"].row.state == "waiting", "an older run changes nothing"


def test_it_is_stopped_half_way_and_what_was_found_is_kept(visit, query, slow, monkeypatch):
    lin, address = visit("lin"), f"/policy/versions/behaviour?{query}"
    told = {**dict(part.split("=") for part in query.split("&")), "stop": "yes"}
    lin.get(address)
    whole = asking.played

    def stopped_after_the_first(*args):
        for result in whole(*args):
            if result.played == 1:
                lin.post("/policy/versions/replay", told)
            yield result

    monkeypatch.setattr(asking, "played", stopped_after_the_first)
    asking.carry_out(**jobs()[0])
    page = lin.get(address)
    compared = page.context["compared"]
    assert compared.row.state == "stopped" and compared.played == 1 < compared.of
    assert "已停下" in page.content.decode() and "再走一遍" in page.content.decode()


def test_a_worker_that_failed_or_fell_silent_is_told_of(visit, query, slow, monkeypatch):
    lin, address = visit("lin"), f"/policy/versions/behaviour?{query}"
    lin.get(address)
    Replay.objects.update(state="running", seen_at=datetime.now(UTC) - timedelta(minutes=3))
    assert "后台没有了动静" in lin.get(address).content.decode()
    lin.post("/policy/versions/replay", dict(part.split("=") for part in query.split("&")))

    def broken(*_args):
        raise ArithmeticError

    monkeypatch.setattr(asking, "played", broken)
    with pytest.raises(ArithmeticError):
        asking.carry_out(**jobs()[-1])
    assert "后台出了错" in lin.get(address).content.decode()


def test_what_one_asked_is_not_anothers_to_see_or_to_stop(visit, query, slow):
    lin, wang = visit("lin"), visit("wang")
    between = registered(lin.at(0)).rsplit("/", 1)[1]
    registered(wang.at(1), unit="west", **{"f-phone": "13999999999"})
    address = f"/policy/versions/behaviour?{query}&with=cases"
    lin.at(30).get(address)
    asking.carry_out(**jobs()[0])
    told = {**dict(part.split("=") for part in query.split("&")), "with": "cases"}
    wang.at(30).post("/policy/versions/replay", {**told, "stop": "yes"})
    assert lin.get(address).context["compared"].row.state == "done"
    assert wang.get(address).context["compared"].under_way
    asking.carry_out(**jobs()[-1])
    page = wang.get(address)
    assert page.context["compared"].of == 1 and between not in page.content.decode()
    assert wang.post("/policy/versions/replay", {"old": "x", "new": "y"}).status_code == 403
