"""What is typed, by kind of field, as the value the engine reads."""

from zoneinfo import ZoneInfo

import pytest
from tests.web.conftest import PACKS

from redress.policy.engine.case import Case
from redress.policy.reading import load
from redress.web.forms import form_view, grouped, values_of
from redress.web.forms.shown import masked

SHANGHAI = ZoneInfo("Asia/Shanghai")
TYPED = [
    ("loss", ["128.50"], "128.50"),
    ("loss", [" ￥1，280 "], "1280"),
    ("loss", ["300元"], "300"),
    ("loss", ["about ten"], "about ten"),
    ("table", ["１２"], 12),
    ("table", ["twelve"], "twelve"),
    ("happened", ["2026-03-02T08:30"], "2026-03-02T08:30:00+08:00"),
    ("happened", ["2026-03-02T00:30:00Z"], "2026-03-02T00:30:00+00:00"),
    ("happened", ["yesterday"], "yesterday"),
    ("reached", ["yes"], True),
    ("reached", ["no"], False),
    ("causes", ["tea", "staff"], ["tea", "staff"]),
    ("proofs", ["receipt.jpg\r\n\r\n photo 2 "], ["receipt.jpg", "photo 2"]),
    ("content", [" two\r\nlines "], "two\nlines"),
    ("level", ["major"], "major"),
]


@pytest.fixture(scope="module")
def pack():
    return load(PACKS / "teahouse")


@pytest.mark.parametrize(("field", "texts", "value"), TYPED)
def test_a_typed_text_becomes_its_value(pack, field, texts, value):
    assert values_of(pack, {field: texts}, SHANGHAI) == {field: value}


@pytest.mark.parametrize("field", ["loss", "table", "happened", "reached", "causes", "proofs", "content"])
def test_an_empty_field_is_left_out(pack, field):
    assert values_of(pack, {field: [" "]}, SHANGHAI) == {}


def test_a_form_shows_what_the_case_holds_but_never_personal_data(pack, teahouse):
    from redress.people.directory import directory_of

    recorded = {"customer": "李四", "content": "茶里有异物", "level": "major", "happened": "2026-03-02T08:30:00+08:00"}
    views = {
        view.id: view
        for view in form_view(
            pack, pack.acts["register"], directory_of(teahouse), "zh-hans", case=Case(fields=recorded)
        )
    }
    assert views["customer"].value == "" and not views["customer"].required
    assert views["content"].value == "茶里有异物"
    assert views["happened"].value == "2026-03-02T08:30"
    assert [choice.value for choice in views["level"].choices if choice.chosen] == ["major"]
    assert [group.id for group in grouped(views.values())] == ["customer", "matter", "rating", "place"]


@pytest.mark.parametrize(("value", "mask"), [("13812345678", "*****78"), ("李四", "李*"), ("Li Si", "L***")])
def test_personal_data_is_masked(value, mask):
    assert masked(value) == mask
