"""The table of people: name, unit, role, e-mail, telephone. Somebody with several seats has several rows, or several roles in one."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from redress.policy.pack import Pack

from .sheets import Headings, Sheet, heading, read_upload
from .units_sheet import unknown

HEADINGS: Headings = {
    "zh": ("姓名", "Name"), "unit": ("单位", "Unit"), "role": ("岗位", "Role"), "email": ("邮箱", "E-mail"),
    "phone": ("电话", "Telephone"), "en": ("英文姓名", "English name"),
}  # fmt: skip
REQUIRED = ("zh",)
BETWEEN_ROLES = re.compile(r"[、;；/\n]+")


def read_people(
    pack: Pack, units: list[dict[str, str]], upload: Any, pasted: str
) -> tuple[list[dict[str, Any]], Sheet]:
    """The people with their seats as (role, unit's name); and the sheet, with its mistakes."""
    sheet = read_upload(upload, pasted, HEADINGS, REQUIRED)
    roles = _roles(pack)
    places = {spelt: row["zh"] for row in units for spelt in (row["en"], row["zh"]) if spelt}
    people: dict[tuple[str, str], dict[str, Any]] = {}
    emails: dict[str, str] = {}
    for line, row in sheet.rows:
        email = row["email"].lower()
        person = people.setdefault(
            _who(row["zh"], email, people), {"zh": row["zh"], "en": "", "email": "", "phone": "", "seats": []}
        )
        for key in ("en", "phone"):
            person[key] = person[key] or row[key]
        if email:
            _check_email(sheet, line, email, row["zh"], emails)
            person["email"] = email
        _seat(sheet, line, row, roles, places, person)
    return ([] if sheet.mistakes else list(people.values())), sheet


def _who(name: str, email: str, people: dict[tuple[str, str], Any]) -> tuple[str, str]:
    """One name is one person, unless two different addresses say otherwise."""
    same = [key for key in people if key[0] == name]
    fitting = [key for key in same if not email or people[key]["email"] in ("", email)]
    return fitting[0] if fitting else (name, email)


def _seat(
    sheet: Sheet, line: int, row: dict[str, str], roles: dict[str, str], places: dict[str, str], person: dict[str, Any]
) -> None:
    unit_column, role_column = heading(HEADINGS, "unit"), heading(HEADINGS, "role")
    written = [one.strip() for one in BETWEEN_ROLES.split(row["role"]) if one.strip()]
    if row["unit"] and row["unit"] not in places:
        sheet.wrong(line, unit_column, unknown(row["unit"], places))
        return
    if written and not row["unit"]:
        sheet.wrong(line, unit_column, _("有岗位就要写在哪个单位"))
        return
    for one in written:
        role = roles.get(one.lower())
        if role is None:
            sheet.wrong(line, role_column, unknown(one, roles))
        elif [role, places[row["unit"]]] not in person["seats"]:
            person["seats"].append([role, places[row["unit"]]])


def _check_email(sheet: Sheet, line: int, email: str, name: str, emails: dict[str, str]) -> None:
    column = heading(HEADINGS, "email")
    try:
        validate_email(email)
    except ValidationError:
        sheet.wrong(line, column, _("邮箱写法不对"))
        return
    if emails.setdefault(email, name) != name:
        sheet.wrong(line, column, _("与%(name)s的邮箱相同") % {"name": emails[email]})


def _roles(pack: Pack) -> dict[str, str]:
    """Every way to write a role that people are appointed to: its id, its Chinese and its English words."""
    seats = [role for role in pack.roles.values() if role.found == "seat"]
    return {spelt.lower(): role.id for role in seats for spelt in (role.id, role.text.of("en"), role.text.zh)}
