"""The texts of the pages and their English. ``python -m tests.web.messages`` collects them and writes the catalogue.

The source language is Chinese: a text is its own key, and ``locale/en`` holds the English. Both the readable catalogue (.po)
and the compiled one (.mo, what Django reads) are kept in the repository, so a fresh machine needs no gettext programs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parents[2] / "src" / "redress" / "web"
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
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
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for (text, plural), place in sorted(texts().items(), key=lambda item: (item[1], item[0])):
        old = known.get(text)
        entry = polib.POEntry(msgid=text, comment=place)
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = dict(old.msgstr_plural) if old and old.msgstr_plural else {0: "", 1: ""}
        else:
            entry.msgstr = old.msgstr if old else ""
        catalogue.append(entry)
    return catalogue


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
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    collected.save(str(CATALOGUE))
    collected.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    print(f"{len(collected)} texts, {len(collected.untranslated_entries())} without English")
