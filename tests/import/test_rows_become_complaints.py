"""Rows of a table become complaints, and what is known to have followed is replayed at its own time."""

import gzip
from datetime import datetime
from zoneinfo import ZoneInfo

from bakery_rows import GOOD, NOW

from redress.cases import case_file
from redress.cases.intake.carrying import carry_out
from redress.cases.models import CaseRecord, ImportKey, Notice
from redress.policy.engine.case import decode_case
from redress.policy.engine.commands import Perform, Register

SHANGHAI = ZoneInfo("Asia/Shanghai")


def cases():
    found = dict(ImportKey.objects.values_list("source_key", "case_id"))
    return {key.split(":")[1]: decode_case(CaseRecord.objects.get(id=id).state) for key, id in found.items()}


def test_each_cell_takes_the_shape_of_its_field(bring_in, table):
    bring_in(table(*GOOD))
    case = cases()["A1"]
    assert {name: case.fields[name] for name in ("content", "customer", "goods", "bought_on", "price", "count", "ill")} == {
        "content": "面包：有霉点", "customer": "王小姐", "goods": ["bread", "cake"], "bought_on": "2026-01-04",
        "price": "12.50", "count": 2, "ill": True,
    }  # fmt: skip
    assert (case.unit, case.registered_at) == ("north", datetime(2026, 1, 5, 9, 0, tzinfo=SHANGHAI))


def test_what_followed_is_replayed_at_the_times_of_the_table(bring_in, table):
    summary = bring_in(table(*GOOD))
    case = cases()["A1"]
    assert [(record.act, f"{record.at.astimezone(SHANGHAI):%m-%d %H:%M}", record.by) for record in case.acts] == [
        ("register", "01-05 09:00", "lin"),
        ("call", "01-05 09:30", "lin"),
        ("promise", "01-05 09:35", "bei"),
        ("answer", "01-06 17:00", "bei"),
        ("close", "01-06 18:00", "lin"),
    ]
    assert case.stage == "closed" and summary.acts == 9


def test_the_figures_say_which_clauses_were_kept(bring_in, table):
    summary = bring_in(table(*GOOD))
    assert (summary.rows, summary.left_out, summary.registered, summary.refused, summary.stopped) == (4, 1, 3, 0, 0)
    # A2 was answered after 5 days and 8 hours of the 2 days it had; A4 never, up to 1 February.
    late = 3 * 1440 + 8 * 60
    never = (datetime(2026, 2, 1) - datetime(2026, 1, 10, 14, 5)).total_seconds() / 60
    assert [line.as_json() for line in summary.clauses] == [
        {"clause": "b-1", "met": 3, "late": 0, "undone": 0, "open": 0, "fell_away": 0, "median_lateness_minutes": None},
        {"clause": "b-2", "met": 1, "late": 2, "undone": 1, "open": 0, "fell_away": 0,
         "median_lateness_minutes": round((late + never) / 2)},
    ]  # fmt: skip


def test_running_it_twice_doubles_nothing_and_tells_the_same_figures(bring_in, table):
    first, second = bring_in(table(*GOOD)), bring_in(table(*GOOD))
    assert (second.registered, second.here, second.acts) == (0, 3, 0)
    assert second.clauses == first.clauses
    assert CaseRecord.objects.count() == 3


def test_a_second_run_brings_in_only_what_the_first_could_not(bring_in, table):
    broken = GOOD[1].replace("2026/1/6", "bald")
    first = bring_in(table(GOOD[0], broken))
    second = bring_in(table(GOOD[0], GOOD[1]))
    assert (first.registered, first.refused, second.registered, second.here) == (1, 1, 1, 1)


def test_rows_are_registered_in_the_order_in_which_they_came_in(bring_in, table):
    bring_in(table(*reversed(GOOD)))
    found = cases()
    assert [found[key].numbers["paper"] for key in ("A1", "A2", "A4")] == ["MX2026-001", "MX2026-002", "MX2026-003"]
    assert found["A4"].fields["level"] == "major", (
        "the second complaint from one phone, although it stood first in the file"
    )


def test_the_table_may_be_in_the_national_encoding_or_packed_or_a_workbook(bring_in, table, tmp_path):
    import xlsxwriter

    packed = tmp_path / "book.csv.gz"
    packed.write_bytes(gzip.compress(table(GOOD[0]).read_bytes()))
    workbook = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(workbook) as book:
        sheet = book.add_worksheet("来电")
        for number, line in enumerate([table(GOOD[1]).read_text().splitlines()[0], GOOD[1]]):
            sheet.write_row(number, 0, line.split(","))
        sheet.write_datetime(1, 2, datetime(2026, 1, 6, 10, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
    assert bring_in(packed).registered == 1
    assert bring_in(table(GOOD[3], encoding="gb18030")).registered == 1
    assert bring_in(workbook).registered == 1
    assert cases()["A2"].registered_at == datetime(2026, 1, 6, 10, 30, tzinfo=SHANGHAI)


def test_a_dry_run_keeps_nothing(bring_in, table):
    summary = bring_in(table(*GOOD), keep=False)
    assert (summary.registered, summary.acts) == (3, 9)
    assert not CaseRecord.objects.exists()


def test_an_interrupted_run_keeps_whole_rows_and_goes_on_from_there(bring_in, table, monkeypatch):
    def struck(organisation, source, plan, until, now, *, keep=True):
        if plan.key == "A2":
            raise KeyboardInterrupt
        return carry_out(organisation, source, plan, until, now, keep=keep)

    monkeypatch.setattr("redress.cases.intake.importing.carry_out", struck)
    first = bring_in(table(*GOOD))
    assert first.interrupted and first.registered == 1 and cases()["A1"].stage == "closed"
    monkeypatch.undo()
    second = bring_in(table(*GOOD))
    assert (second.registered, second.here) == (2, 1)


def test_an_imported_case_can_be_worked_on_like_any_other(bring_in, table):
    bring_in(table(GOOD[3]))
    case_id = ImportKey.objects.get().case_id
    now = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
    opened = case_file.read(case_id, "bei", now)
    assert [duty.rule for duty in opened.case.live_duties()] == ["answer"]


def test_a_replayed_past_is_the_same_as_if_it_had_been_lived_at_the_desk(bring_in, table, bakery):
    bring_in(table(GOOD[0]))
    imported = cases()["A1"]
    lived = case_file.register(bakery, Register("north", imported_form(imported)), "lin", imported.registered_at)
    for record in imported.acts[1:]:
        values = {
            item.field: imported.fields[item.field]
            for item in form_of(bakery, record.act)
            if item.field in imported.fields
        }
        lived = case_file.act(lived.case_id, Perform(record.act, values), record.by, record.at)
    case_file.tick(lived.case_id, datetime(2026, 2, 1, tzinfo=SHANGHAI))
    again = case_file.read(lived.case_id, "lin", datetime(2026, 2, 1, tzinfo=SHANGHAI)).case
    # The second complaint from the same telephone: only what says so may differ.
    same = ("stage", "acts", "duties", "registered_at", "closed_at", "people", "unit")
    assert {name: getattr(again, name) for name in same} == {name: getattr(imported, name) for name in same}


def test_what_happened_long_ago_is_told_to_nobody_and_news_are(bring_in, table):
    bring_in(table(GOOD[3].replace("2026年1月8日 14:05", "2026-03-01 15:00").replace("A4", "A9"), GOOD[0]))
    told = dict(Notice.objects.values_list("case_id", "state"))
    keys = dict(ImportKey.objects.values_list("case_id", "source_key"))
    assert {keys[case_id]: state for case_id, state in told.items()} == {
        "shop-book:A1": "past",
        "shop-book:A9": "pending",
    }


def imported_form(case):
    return {
        name: case.fields[name]
        for name in ("content", "customer", "phone", "level", "goods", "bought_on", "price", "count", "ill")
    }


def form_of(organisation, act):
    return case_file.desk(organisation, "lin", NOW).pack.acts[act].form
