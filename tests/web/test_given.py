"""What stands in an address is read without trusting it."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from redress.web.given import whole_number
from redress.web.paging import place_in, written_place

CASE = UUID("01890000-0000-7000-8000-000000000001")
AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    "text, number", [("12", 12), ("0", 0), ("", -1), ("-3", -1), ("１２", -1), ("1e3", -1), ("9" * 5000, -1)]
)
def test_a_number_is_read_from_plain_digits_of_a_length_that_can_be_kept(text: str, number: int):
    assert whole_number(text, -1) == number


@pytest.mark.parametrize("key", ["", "fine-1", "a,b"])
def test_a_place_in_a_list_is_found_again(key: str):
    assert place_in(written_place(AT, CASE, key)) == (AT, CASE, key)


@pytest.mark.parametrize("text", ["", "x", f"2026-03-02T09:00,{CASE}", f"{AT.isoformat()},nobody", f",{CASE},1"])
def test_a_broken_place_is_the_first_page(text: str):
    assert place_in(text) is None
