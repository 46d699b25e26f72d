"""What is wrong with a mapping is told at file:line:column, all at once, before the first row is touched."""

import pytest
from bakery_rows import GOOD, HERE

from redress.cases.models import CaseRecord
from redress.policy.errors import PackErrors

TEXT = (HERE / "maps" / "bakery.yaml").read_text()


@pytest.fixture
def told(bring_in, table, tmp_path):
    def mistakes(written: str, instead: str) -> list[str]:
        assert written in TEXT
        mapping = tmp_path / "map.yaml"
        mapping.write_text(TEXT.replace(written, instead, 1))
        with pytest.raises(PackErrors) as errors:
            bring_in(table(*GOOD), mapping)
        assert not CaseRecord.objects.exists()
        return [problem.line("en") for problem in errors.value.problems]

    return mistakes


@pytest.mark.parametrize(
    ("written", "instead", "line"),
    [
        ("key: 编号", "key: 编码", "map.yaml:3:6: error[unknown]: there is no column '编码'"),
        ("replay:", "repaly:", "map.yaml:19:1: error[unknown-key]: unknown key 'repaly'. Did you mean replay?"),
        ("act: promise", "act: promised", "map.yaml:23:10: error[unknown]: there is no act 'promised'. Did you mean promise?"),
        ("level: normal", "level: normall", "map.yaml:13:10: error[unknown]: there is no value of level 'normall'. Did you mean normal?"),
        ("南门: south}", "南门: sout}", "map.yaml:7:44: error[unknown]: there is no unit 'sout'. Did you mean south?"),
        ("actor: lin", "actor: lim", "map.yaml:22:12: error[unknown]: there is no person 'lim'. Did you mean lin?"),
        ("{role: desk}", "{role: disk}", "map.yaml:8:15: error[unknown]: there is no role 'disk'. Did you mean desk?"),
        ("after: call,", "after: cal,", "map.yaml:26:17: error[unknown]: there is no step before this one 'cal'. Did you mean call?"),
        ("  phone: {column: 电话}", "  fone: {column: 电话}", "map.yaml:12:3: error[unknown-field]: the form of 'register the complaint' has no fone. Did you mean phone?"),
        ("{标题}：{内容}", "{题目}：{内容}", "map.yaml:10:23: error[unknown]: there is no column '题目'"),
        ("span: 30 min", "span: 30", "map.yaml:21:35: error[bad-value]: 'span' is not written right"),
        ("until: 2026-02-01 00:00", "until: soon", "map.yaml:42:8: error[bad-value]: until is a moment such as 2026-03-02 09:00"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_what_was_meant(told, written, instead, line):
    said = told(written, instead)
    assert any(text.startswith(line) for text in said), said


def test_every_mistake_is_told_at_once(told):
    assert len(told("key: 编号\nrows:\n  - {column: 类型", "key: 编码\nrows:\n  - {column: 种类")) == 2
