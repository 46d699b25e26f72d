"""`redress import` as a person at a keyboard meets it."""

import json

import pytest
from bakery_rows import GOOD, HERE

from redress.cli.main import main


@pytest.fixture
def command(bakery, monkeypatch, capsys):
    """Runs the command against the test's own database; gives (exit code, standard output, standard error)."""
    from contextlib import nullcontext

    monkeypatch.setattr("redress.config.databases.database_ready", lambda environment: nullcontext())

    def run(*words):
        code = main(["import", *map(str, words)])
        return code, *capsys.readouterr()

    return run


def test_the_end_is_a_summary_with_the_clauses(command, table):
    code, out, err = command(table(*GOOD), "--map", HERE / "maps" / "bakery.yaml")
    assert code == 0
    assert out.splitlines()[0].startswith("4 行，筛除 1；登记 3，已在库 0，拒绝 0；重放操作 9 个，中途停止 0")
    assert [line.split()[:4] for line in out.splitlines() if line.startswith("  b-")] == [
        ["b-1", "3", "0", "0"],
        ["b-2", "1", "2", "1"],
    ]
    assert "3/3 行" in err


def test_in_english_too_and_bad_rows_give_their_reason(command, table):
    code, out, err = command(table(*GOOD, GOOD[0]), "--map", HERE / "maps" / "bakery.yaml", "--lang", "en")
    assert code == 1
    assert "line 6: 'A1' is on line 2, too" in err
    assert "Rows refused:\n  1 rows, first line 6: 'A1' is on line 2, too" in out


def test_as_json_for_other_programs(command, table):
    code, out, _ = command(table(*GOOD), "--map", HERE / "maps" / "bakery.yaml", "--json", "--dry-run")
    told = json.loads(out)
    assert code == 0
    assert (told["rows"], told["left_out"], told["registered"], told["dry_run"], told["clauses"]) == (4, 1, 3, True, [])


def test_a_wrong_mapping_is_told_with_its_place(command, table, tmp_path):
    mapping = tmp_path / "map.yaml"
    mapping.write_text((HERE / "maps" / "bakery.yaml").read_text().replace("key: 编号", "key: 编码"))
    code, _, err = command(table(*GOOD), "--map", mapping)
    assert (code, err.strip()) == (2, "map.yaml:3:6: 错误[unknown]: 没有列“编码”")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere.csv", "--map", HERE / "maps" / "bakery.yaml"], "找不到文件 nowhere.csv"),
        ([HERE / "maps" / "bakery.yaml", "--map", "nowhere.yaml"], "there is no file nowhere.yaml"),
        (
            ["x.csv", "--map", HERE / "maps" / "bakery.yaml", "--organisation", "butcher"],
            "there is no organisation butcher; there are: bakery",
        ),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(command, words, sentence):
    code, _, err = command(*words)
    assert (code, err.strip()) == (1, f"redress: {sentence}")
