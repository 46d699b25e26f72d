"""Somebody starts Redress for the first time and has their organisation taking complaints, with a spreadsheet from their office."""

import os
from pathlib import Path

import pytest
import xlsxwriter
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.web.conftest import MONDAY

from redress.cases.models import CaseRecord
from redress.people.claiming import claim_word

pytestmark = pytest.mark.journey
UNITS = [
    ["单位 *", "上级单位", "类别 *", "英文名称"],
    ["澜庭集团", "", "集团", "Lanting Group"],
    ["澜庭物业服务有限公司", "澜庭集团", "公司", ""],
    ["清荷园管理处", "澜庭物业服务有限公司", "项目", ""],
    ["工程部", "澜庭物业服务有限公司", "部门", ""],
]
PEOPLE = [
    ["姓名 *", "单位", "岗位", "邮箱", "电话"],
    ["林晓", "澜庭物业服务有限公司", "客户中心前台", "lin@example.com", ""],
    ["孙莉", "清荷园管理处", "管理处负责人、部门负责人", "", ""],
    ["沈毅", "澜庭集团", "董事领导", "shen@example.com", ""],
]


def workbook(path: Path, rows: list[list[str]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for line, cells in enumerate(rows):
        sheet.write_row(line, 0, cells)
    book.close()
    return path


@pytest.mark.parametrize("width", [390, 1440] if os.environ.get("SCREENSHOTS") else [1440])
def test_from_the_word_on_the_console_to_a_trial_complaint(walk, tmp_path, width):
    walk.now = MONDAY
    context = walk.browser.new_context(
        viewport={"width": width, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    walk.contexts["first"] = context
    walk._tell(context)
    page = context.new_page()
    page.on("pageerror", lambda error: walk.troubles.append(str(error)))
    page.on("console", walk._heard)

    def looked(name: str) -> None:
        walk.picture(page, f"first-run-{name}-{width}")
        found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert not found, f"{name}: {[(v['id'], v['nodes'][0]['html'][:200]) for v in found]}"
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name

    walk.go(page, "/")
    looked("claim")
    page.get_by_label("控制台上的口令").fill(claim_word())
    page.get_by_label("您的姓名").fill("沈毅")
    page.get_by_label("用户名").fill("shen")
    page.get_by_label("密码", exact=True).fill("long-enough-secret")
    page.get_by_label("再输一次密码").fill("long-enough-secret")
    page.get_by_role("button", name="建立管理员账号").click()

    page.get_by_label("机构名称").fill("澜庭物业")
    page.get_by_role("radio", name="物业公司客户投诉处理规定").check()
    looked("organisation")
    page.get_by_role("button", name="保存，下一步").click()

    page.get_by_label("上传 XLSX").set_input_files(
        workbook(tmp_path / "wrong.xlsx", [*UNITS, ["保洁", "物业", "部门", ""]])
    )
    page.get_by_role("button", name="读入并检查").click()
    expect(page.get_by_role("alert")).to_contain_text("有 1 处要改")
    looked("units-wrong")
    page.get_by_label("上传 XLSX").set_input_files(workbook(tmp_path / "units.xlsx", UNITS))
    page.get_by_role("button", name="读入并检查").click()
    expect(page.locator(".tree")).to_contain_text("清荷园管理处")
    looked("units")
    page.get_by_role("link", name="下一步：人员").click()

    page.get_by_label("上传 XLSX").set_input_files(workbook(tmp_path / "people.xlsx", PEOPLE))
    page.get_by_role("button", name="读入并检查").click()
    expect(page.locator(".staff")).to_contain_text("管理处负责人 · 清荷园管理处")
    looked("people")
    page.get_by_role("button", name="建立机构").click()

    page.locator(".tick").first.click()
    looked("values")
    page.get_by_role("button", name="试一宗投诉").click()
    looked("trial-empty")
    page.locator("#taker").select_option(label="林晓")
    page.locator('[name="f-topic"]').fill("电梯停了两天，没有人来修")
    page.get_by_role("button", name="试一试").click()
    expect(page.locator("#tried")).to_contain_text("登记后会这样")
    expect(page.locator("#tried")).to_contain_text("林晓")
    looked("trial")
    assert not CaseRecord.objects.exists()
    page.get_by_role("button", name="看明白了").click()
    looked("done")
    page.get_by_role("button", name="完成，去设置").click()
    page.wait_for_url("**/setup")
    assert walk.troubles == []
