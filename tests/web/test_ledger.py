"""The ledger: who sees which lines, sums that are the sum of their lines, appeals and rulings, the spreadsheet."""

import re
from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineWorkbook
from tests.web.conftest import registered

from redress.cases.models import LedgerLine


def charged(visit, person: str = "zhao", amount: str = "30", **fields: str) -> tuple[str, str]:
    """A charge of an amount on a person: (the case's address, the line's)."""
    lin = visit("lin")
    case = registered(lin, **{"f-phone": "", **fields})
    assert lin.post(f"{case}/acts/charge-person", {"f-charged": person, "f-charge": amount}).status_code == 303
    return case, f"/ledger/{case.removeprefix('/cases/')}/L1"


def appealed(visit, who: str = "zhao", **more: str) -> tuple[str, str]:
    case, line = charged(visit, who, **more)
    assert visit(who).post(line, {"f-line_appeal_reason": "那天我不当班"}).status_code == 303
    return case, line


def sums_on(answer) -> list[Decimal]:
    """The sums of the foot, or of the only row."""
    body = answer.content.decode().split('class="sums"')[1].split("</table>")[0]
    part = body.split("<tfoot>")[1] if "<tfoot>" in body else body
    return [Decimal(found) for found in re.findall(r"¥([\d.]+)", part)]


def test_everybody_sees_what_charges_them_and_nothing_of_others(visit):
    charged(visit, "zhao", "30")
    charged(visit, "wang", "8.05")
    zhao = visit("zhao").get("/ledger").content.decode()
    assert "¥30.00" in zhao and "8.05" not in zhao and "茶里有异物" not in zhao
    assert "¥38.05" in visit("gao").get("/ledger").content.decode()
    west = visit("wang").get("/ledger").content.decode()
    assert "8.05" in west and "30.00" not in west


def test_every_sum_is_that_of_its_lines_to_the_fen(visit):
    for person, amount in (("zhao", "0.01"), ("zhao", "33.33"), ("wang", "33.33"), ("chen", "33.34")):
        charged(visit, person, amount)
    gao = visit("gao")
    for by in ("person", "unit", "role", "month"):
        assert sums_on(gao.get(f"/ledger?by={by}")) == [Decimal("100.01")]
    page = gao.get("/ledger?by=person").content.decode()
    links = re.findall(r'<td class="amount"><a href="(\?[^"]+)#lines">¥([\d.]+)', page.split("<tfoot>")[0])
    assert len(links) == 3
    for address, total in links:
        narrowed = gao.get("/ledger" + address.replace("&amp;", "&")).content.decode().split('id="lines"')[1]
        assert sum(map(Decimal, re.findall(r"<span>¥([\d.]+)", narrowed))) == Decimal(total)


def test_an_appeal_goes_to_somebody_else_and_the_ruling_is_kept(visit):
    _case, line = appealed(visit)
    page = visit("gao").get(line).content.decode()
    assert "那天我不当班" in page
    assert "line_ruling" not in visit("lin").get(line).content.decode(), "whoever proposed it does not rule"
    assert visit("lin").post(line, {"f-line_ruling": "waive", "f-line_ruling_reason": "x"}).status_code == 200
    chen = visit("chen")
    assert "/acts/rule-on-ledger-appeal" in chen.get("/").content.decode(), "it is among what the keeper has to do"
    answer = chen.post(line, {"f-line_ruling": "change", "f-line_ruling_reason": "只占一半"})
    assert answer.status_code == 422 and "必须填写" in answer.content.decode()
    told = {"f-line_ruling": "change", "f-line_ruled_amount": "12.50", "f-line_ruling_reason": "只占一半"}
    assert chen.post(line, told).status_code == 303
    ledger = visit("zhao").get("/ledger").content.decode()
    assert "¥12.50" in ledger and "¥30.00</s>" in ledger
    row = LedgerLine.objects.get()
    assert (row.status, row.ruling, row.first_amount, row.appealed_by) == (
        "proposed",
        "change",
        Decimal("30.00"),
        "zhao",
    )


def test_a_stranger_to_the_line_cannot_open_or_appeal_it(visit):
    case, line = charged(visit, "zhao")
    wang = visit("wang")
    nowhere = "/ledger/00000000-0000-7000-8000-000000000000/L1"
    assert wang.get(line).status_code == wang.get(nowhere).status_code == wang.get(line[:-1] + "9").status_code == 403
    assert wang.post(line, {"f-line_appeal_reason": "x"}).status_code == 403
    assert visit("zhao").get(case).status_code == 403, "the line is theirs, the case is not"
    assert LedgerLine.objects.get().status == "proposed"


def test_the_accused_may_appeal_a_charge_on_a_case_that_is_hidden_from_them(visit):
    case, line = charged(visit, "chen", **{"f-accused": "chen"})
    chen = visit("chen")
    assert chen.get(case).status_code == 403 and "茶里有异物" not in chen.get(line).content.decode()
    assert "¥30.00" in chen.get("/ledger").content.decode()
    assert chen.post(line, {"f-line_appeal_reason": "不实"}).status_code == 303
    assert LedgerLine.objects.get().status == "appealed"


def test_what_is_waived_is_counted_apart(visit):
    _case, line = appealed(visit)
    visit("chen").post(line, {"f-line_ruling": "waive", "f-line_ruling_reason": "确实不当班"})
    page = visit("gao").get("/ledger").content.decode()
    assert "另有 1 行已免除" in page and 'class="sums"' not in page


def test_the_spreadsheet_holds_what_is_shown(visit):
    charged(visit, "zhao", "30")
    charged(visit, "wang", "8.05")
    gao = visit("gao")
    book = CalamineWorkbook.from_filelike(BytesIO(gao.get("/ledger.xlsx").content))
    lines, sums = (book.get_sheet_by_index(n).to_python() for n in (0, 1))
    assert sorted(row[3] for row in lines[1:]) == [8.05, 30.0] and sums[-1][1] == 38.05
    only = CalamineWorkbook.from_filelike(BytesIO(gao.get("/ledger.xlsx?person=wang").content))
    assert len(only.get_sheet_by_index(0).to_python()) == 2


def test_a_broken_address_is_an_unfiltered_page(visit):
    charged(visit)
    for query in ("?after=x,y", "?status=none&unit=none&by=none&period=none", "?month=%00"):
        assert visit("gao").get("/ledger" + query).status_code == 200
