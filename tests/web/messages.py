"""The texts of the pages, their English and their traditional characters. ``python -m tests.web.messages`` collects them and
writes both catalogues.

The source language is Chinese: a text is its own key, and ``locale/en`` holds the English. ``locale/zh_Hant`` is made by
machine (``policy.language.traditional``), but for the texts in ``BY_HAND``. The readable (.po) and the compiled ones
(.mo, what Django reads) are kept in the repository, so a fresh machine needs no gettext programs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from redress.policy.language.traditional import traditional

WEB = Path(__file__).resolve().parents[2] / "src" / "redress" / "web"
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
TRADITIONAL = WEB / "locale" / "zh_Hant" / "LC_MESSAGES" / "django.po"
BY_HAND = {
    "保存": "儲存",
    "已保存。": "已儲存。",
    "保存，下一步：单位": "儲存，下一步：單位",
    "保存，下一步：试一宗投诉": "儲存，下一步：試一宗投訴",
    "只保存": "只儲存",
    "退出": "登出",
    "退出其他各处": "登出其他各處",
    "%(name)s：语言、明暗、退出": "%(name)s：語言、明暗、登出",
    "密码已改，其他各处登录已退出。": "密碼已改，其他各處已登出。",
    "已退出其他 %(count)s 处登录。": "已登出其他 %(count)s 處。",
    "启动 Redress 的窗口里印着它，这样只有管这台机器的人能开始。": "啟動 Redress 的視窗裡印著它，這樣只有管這台機器的人能開始。",
    "列": "欄",
    "选文件": "選擇檔案",
}
"""Texts which no table of words gets right in traditional characters, because it depends on what they mean here."""
CALLS = {"_", "gettext", "gettext_lazy", "ngettext"}
IN_TEMPLATE = re.compile(
    r"""\b(n?gettext|_)\(\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?:\s*,\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))?"""
)
Text = tuple[str, str]
"""A text and its plural ("" where it has none)."""


def texts() -> dict[Text, str]:
    """Every text of the pages, with the file that it first stands in."""
    found: dict[Text, str] = {}
    for path in sorted(WEB.rglob("*.py")):
        for text in _in_python(path.read_text(encoding="utf-8")):
            found.setdefault(text, str(path.relative_to(WEB)))
    for path in sorted(WEB.rglob("*.html")):
        for text in _in_template(path.read_text(encoding="utf-8")):
            found.setdefault(text, str(path.relative_to(WEB)))
    return found


def collect() -> polib.POFile:
    """The catalogue with every text of the pages, keeping the English that is there."""
    known = {entry.msgid: entry for entry in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}
    catalogue = _empty("en", "nplurals=2; plural=(n != 1);")
    for (text, plural), place in _in_order():
        old = known.get(text)
        entry = polib.POEntry(msgid=text, comment=place)
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = dict(old.msgstr_plural) if old and old.msgstr_plural else {0: "", 1: ""}
        else:
            entry.msgstr = old.msgstr if old else ""
        catalogue.append(entry)
    return catalogue


def collect_traditional() -> polib.POFile:
    """The same texts in traditional characters."""
    catalogue = _empty("zh_Hant", "nplurals=1; plural=0;")
    for (text, plural), place in _in_order():
        entry = polib.POEntry(msgid=text, comment=place)
        words = BY_HAND.get(text) or traditional(plural or text)
        if plural:
            entry.msgid_plural, entry.msgstr_plural = plural, {0: words}
        else:
            entry.msgstr = words
        catalogue.append(entry)
    return catalogue


def _in_order() -> list[tuple[Text, str]]:
    return sorted(texts().items(), key=lambda item: (item[1], item[0]))


def _empty(language: str, plurals: str) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": plurals,
    }
    return catalogue


def write(catalogue: polib.POFile, path: Path) -> None:
    """Saves a catalogue, readable and compiled."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def _in_python(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if name in CALLS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, ""


def _in_template(source: str) -> Iterator[Text]:
    for call, text, plural in IN_TEMPLATE.findall(templatize(source)):
        yield ast.literal_eval(text), ast.literal_eval(plural) if call == "ngettext" else ""


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redress.config.settings")
    django.setup()
    collected = collect()
    write(collected, CATALOGUE)
    write(collect_traditional(), TRADITIONAL)
    print(f"{len(collected)} texts, {len(collected.untranslated_entries())} without English")
