"""A place in a text is found however the text is quoted or folded."""

import pytest

from redress.policy.reading.yaml_tree import Tree


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [
        ("when: level == wrong", 1, 16),
        ("when: 'level == wrong'", 1, 17),
        ("when: 'it''s == wrong'", 1, 17),
        ('when: "say \\"x\\" == wrong"', 1, 21),
        ("when: >\n  level ==\n  wrong", 3, 3),
        ("when: |\n    level ==\n    wrong", 3, 5),
        ("when:\n  level ==\n     wrong", 3, 6),
    ],
)
def test_a_word_in_a_condition_has_a_line_and_a_column(written: str, line: int, column: int) -> None:
    tree = Tree("rules.yaml", written)
    place = tree.place_within(("when",), tree.data["when"].index("wrong"))
    assert (place.line, place.column) == (line, column)


def test_a_step_that_is_not_written_is_skipped() -> None:
    tree = Tree("rules.yaml", "then:\n  notify: owner\n")
    assert str(tree.value_place(("then", 0, "notify", 0))) == "rules.yaml:2:11"
    assert str(tree.place(("then", 0, "notify", 0))) == "rules.yaml:2:3"
