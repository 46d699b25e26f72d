"""Complaints made up from a pack's own registration form: any pack, no scenario needed; the same seed gives the same ones."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from redress.cases.case_file import Desk
from redress.policy.engine.case import Case
from redress.policy.engine.commands import Register
from redress.policy.engine.permissions import permission
from redress.policy.engine.world import Actor
from redress.policy.language.fields import Field

PLACES = [
    "一号楼",
    "二号楼",
    "三号楼",
    "东门",
    "西门",
    "南门",
    "北门",
    "地下车库",
    "电梯厅",
    "中心花园",
    "大堂",
    "售后柜台",
    "收银台",
    "维修车间",
    "接待处",
    "停车场",
    "会所",
    "儿童乐园",
    "水泵房",
    "屋顶",
]
TROUBLES = [
    "电梯停了很久没有人修",
    "水管漏水滴到楼下",
    "晚上施工噪声太大",
    "垃圾两天没有清运",
    "路灯不亮走路害怕",
    "收费单上的金额不对",
    "排队一个小时没人理",
    "工作人员说话难听",
    "答应的回电一直没有来",
    "车子修完还是异响",
    "发票开错了不肯换",
    "门禁坏了随便进",
    "空调不制冷",
    "墙面返潮发霉",
    "井盖松动很危险",
    "预约的时间没有人到",
    "多扣了一笔费用",
    "东西送来就是坏的",
    "信息被泄露接到骚扰电话",
    "绿化带被占用停车",
]
WISHES = ["希望尽快处理", "请给一个说法", "要求退款", "要求道歉", "请回电说明", "再不解决就向上反映"]
NAMES = [
    "王",
    "李",
    "张",
    "刘",
    "陈",
    "杨",
    "赵",
    "黄",
    "周",
    "吴",
    "徐",
    "孙",
    "胡",
    "朱",
    "高",
    "林",
    "何",
    "郭",
    "马",
    "罗",
]
RARE = "凤凰木雕屏风"
"""A phrase that one complaint in RARE_IN contains; rare on purpose, for searching."""
RARE_IN = 50_000


@dataclass(frozen=True)
class Invented:
    command: Register
    person: str


SURE = 12
"""So many forms in a row must be accepted: some fields are asked for only with a choice that chance seldom makes."""


class Inventor:
    """Makes complaints up for an organisation; whoever may register them there is found out once."""

    def __init__(self, desk: Desk, seed: int = 1) -> None:
        self.desk, self.random = desk, random.Random(seed)
        self.act = desk.pack.acts["register"]
        self.desks = self._desks()
        self._own: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
        if not self.desks:
            raise RuntimeError(f"nobody of {desk.directory.slug} could register what was made up")

    def complaint(self, by: str = "") -> Invented:
        """The next one; taken ``by`` that person, where one is named."""
        desks = self.desks if not by else self._own.setdefault(by, [desk for desk in self.desks if desk[1] == by])
        unit, person, filled = self.random.choice(desks)
        return Invented(Register(unit, self._data(filled)), person)

    def text(self) -> str:
        """What a customer might say: a few dozen characters, made of common and less common words."""
        choose = self.random.choice
        rare = f"，{RARE}也坏了" if self.random.randrange(RARE_IN) == 0 else ""
        number = self.random.randrange(1, 2000)
        return f"{choose(PLACES)}{number}室{choose(TROUBLES)}，{choose(TROUBLES)}{rare}，{choose(WISHES)}。"

    def customer(self) -> str:
        return self.random.choice(NAMES) + self.random.choice(("先生", "女士"))

    def phone(self) -> str:
        return f"1{self.random.randrange(30, 99)}{self.random.randrange(10**8):08d}"

    def _data(self, filled: tuple[str, ...]) -> dict[str, Any]:
        return {name: self._value(self.desk.pack.fields[name]) for name in filled}

    def _desks(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """(unit, person, the fields to be filled) of registrations that the policy accepts."""
        found = []
        for unit in self.desk.directory.units:
            for person in self.desk.directory.people:
                filled = self._accepted(unit, self.desk.directory.actor(person, self.desk.now.date()))
                if filled is not None:
                    found.append((unit, person, filled))
        return found

    def _accepted(self, unit: str, actor: Actor) -> tuple[str, ...] | None:
        pack, names = self.desk.pack, [item.field for item in self.act.form if item.required is True]
        names += [
            item.field
            for item in self.act.form
            if pack.fields[item.field].type in ("phone", "choice") and item.field not in names
        ]
        names += [item.field for item in self.act.form if pack.fields[item.field].personal and item.field not in names]
        granted = 0
        for _ in range(len(self.act.form) + SURE):
            data = self._data(tuple(names))
            answer = permission(pack, Case(unit=unit), "register", actor, self.desk.now, self.desk.world, data)
            granted = granted + 1 if answer.granted else 0
            if granted == SURE:
                return tuple(names)
            if answer.granted:
                continue
            missing = [r.field for r in answer.refusals if r.code == "required" and r.field not in names]
            if not missing:
                return None
            names += missing
        return None

    def _value(self, field: Field) -> Any:
        choose, now = self.random.choice, self.desk.now
        match field.type:
            case "long-text":
                return self.text()
            case "phone":
                return self.phone()
            case "choice":
                # The first option is what is usual: most complaints are.
                return field.options[0].id if self.random.random() < 0.8 else choose(field.options).id
            case "choices":
                return [choose(field.options).id]
            case "yes-no":
                return False
            case "number":
                return self.random.randrange(1, 9)
            case "money":
                return f"{self.random.randrange(1, 40000)}.{self.random.randrange(100):02d}"
            case "date":
                return (now - timedelta(days=2)).date().isoformat()
            case "datetime":
                return (now - timedelta(minutes=5)).isoformat()
            case "unit" | "units":
                units = [
                    u.slug
                    for u in self.desk.directory.units.values()
                    if not field.unit_kinds or u.kind in field.unit_kinds
                ]
                return choose(units) if field.type == "unit" else [choose(units)]
            case "person":
                return choose(list(self.desk.directory.people))
            case "file":
                return ["照片一张"]
        return self.customer() if field.personal else f"{choose(PLACES)}{choose(TROUBLES)}"


def later(moment: datetime, number: int) -> datetime:
    """Complaints come in one after another, some seconds apart."""
    return moment + timedelta(seconds=7 * number)
