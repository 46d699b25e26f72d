"""Words of a policy in traditional characters: the shapes and the words a reader in Taipei or Hong Kong expects."""

import pytest

from redress.policy.language.base import Name, Text
from redress.policy.language.traditional import traditional


@pytest.mark.parametrize(
    ("simplified", "expected"),
    [
        ("投诉回访后记入台账", "投訴回訪後記入台帳"),
        ("会签后签认，贴上标签", "會簽後簽認，貼上標籤"),
        ("前台、柜台和服务台", "前台、櫃台和服務台"),
        ("获准后再回复，不要说别着急", "獲准後再回覆，不要說別著急"),
        ("联系客户，核对个人信息", "聯絡客戶，核對個人資料"),
        ("复核准确后复印三份", "覆核準確後影印三份"),
        ("产品质量信息由质检员汇总", "產品品質資訊由品檢員匯總"),
        ("只有前厅可以“登记”", "只有前廳可以「登記」"),
        ("按投诉处理程序办理", "按投訴處理程序辦理"),
        ("%(who)s须在 2 个工作日内答复", "%(who)s須在 2 個工作日內答覆"),
    ],
)
def test_the_trades_words_are_written_as_they_are_written_there(simplified, expected):
    assert traditional(simplified) == expected
    assert Text(zh=simplified, en="x").of("zh-hant") == expected
    assert Text(zh=simplified, en="x").of("zh-hans") == simplified


@pytest.mark.parametrize("name", ["范后里", "于台云", "禾里百货", "余丰谷"])
def test_a_name_is_written_as_its_owner_writes_it(name):
    assert Name(zh=name, en="x").of("zh-hant") == name
    assert Name(zh=name, en="x").of("en") == "x"
