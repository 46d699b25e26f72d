"""The bakery's complaint book: made up, in the ways in which people write such tables."""

from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
COLUMNS = "编号,类型,时间,门店,标题,内容,客户,电话,商品,购买日,金额,数量,不适,天数,答复"
GOOD = [
    "A1,投诉,2026-01-05,北街,面包,有霉点,王小姐,13800000001,面包、蛋糕,2026-01-04,12.50,2,是,1,已退款并致歉",
    "A2,投诉,2026/1/6,南门,蛋糕,塌了,,13800000002,蛋糕,,,,否,5,已重做",
    "A3,咨询,2026-01-07,北街,营业,几点关门,,,,,,,,,",
    "A4,投诉,2026年1月8日 14:05,北街,面包,又有霉点,王小姐,13800000001,面包,,,,,,",
]
