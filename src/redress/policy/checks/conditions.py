"""Conditions: they must compile, and the words in quotes must be names and options that exist."""

from __future__ import annotations

import re
from collections.abc import Mapping

from redress.policy.conditions import ConditionError, compared, mentioned
from redress.policy.errors import meant

from .catalogue import STAGES
from .expressions import Expression, expressions_of
from .references import ACT, APPROVAL, DUTY, FIELD, MARK, ROLE, STANDING, WORKSHEET, Sort
from .study import Study
from .triggers import FORMS

LOOKED_UP: Mapping[str, Sort] = {
    "done": ACT, "done_this_round": ACT, "times": ACT, "times_this_round": ACT, "act": ACT,
    "open": DUTY, "late": DUTY, "met": DUTY, "marks": MARK, "rungs": FORMS["rung"],
    "asked": APPROVAL, "approved": APPROVAL, "refused": APPROVAL, "filled": FIELD, "roles": ROLE, "people": ROLE,
    "same": FORMS["pattern"], "subject": STANDING,
    "worth": WORKSHEET, "numbers": FORMS["number"],
    "stage": Sort("stage", "阶段", "stage", lambda n: set(STAGES)),
    "kind": Sort("kind", "案件种类", "kind of case", lambda n: {"complaint", "standing"}),
}  # fmt: skip
"""What a literal beside each reserved word names."""
UNDECLARED = re.compile(r"undeclared reference to '([^']+)'")


def check(study: Study) -> None:
    """Reports conditions that do not compile and literals that stand for nothing."""
    for expression in expressions_of(study.source):
        if _compiles(study, expression):
            _check_literals(study, expression)


def _compiles(study: Study, expression: Expression) -> bool:
    compile_ = study.vocabulary.compile_value if expression.sets else study.vocabulary.compile
    try:
        compile_(expression.compilable)
    except ConditionError as mistake:
        place = study.within(expression.rule, expression.path, mistake.column - 1)
        found = UNDECLARED.search(mistake.message)
        if found:
            zh, en = (
                f"条件里的“{found[1]}”不是字段，也不是可用的词",
                f"'{found[1]}' in a condition is no field and no known word",
            )
            study.error(place, "unknown-variable", zh, en, **meant(found[1], study.vocabulary.kinds))
        else:
            study.error(place, "condition", *_told(mistake.message))
        return False
    return True


def _told(message: str) -> tuple[str, str]:
    """A compiler's complaint as (zh, en) a policy officer can act on."""
    if "decimal point" in message:
        return "金额要和带小数点的数比较，如 500.0", "money is compared with a decimal point, such as 500.0"
    if "this is a" in message:
        kind = message.rsplit(" ", 1)[1]
        return f"条件要么成立要么不成立，这里得到的是 {kind}", f"a condition is true or false, this is a {kind}"
    if "no matching overload" in message:
        types = message.rsplit("applied to ", 1)[1].strip("'")
        return f"不能把这两种值放在一起比较或计算：{types}", f"these kinds of values do not go together: {types}"
    if message.startswith("Syntax error"):
        what = message.removeprefix("Syntax error: ").split(" expecting")[0]
        return (
            f"条件写得不完整或多了字：{what}；用 &&（并且）、||（或者）、!（不）、==、in",
            f"the condition is cut short or has a word too many: {what}; join with &&, ||, !, ==, in",
        )
    return f"条件有误：{message}", f"the condition is wrong: {message}"


def _check_literals(study: Study, expression: Expression) -> None:
    for word, literal in dict.fromkeys((*mentioned(expression.text), *compared(expression.text))):
        options = study.names.options(word)
        if not literal or (options is None and word not in LOOKED_UP):
            continue
        place = study.within(expression.rule, expression.path, _offset(expression.text, literal))
        if options is not None:
            if literal not in options:
                zh, en = f"字段 {word} 没有“{literal}”这个选项", f"field {word} has no option '{literal}'"
                study.error(place, "unknown-option", zh, en, **meant(literal, options))
        elif literal not in LOOKED_UP[word].names(study.names):
            sort = LOOKED_UP[word]
            study.unknown(place, sort, literal)


def _offset(text: str, literal: str) -> int:
    found = re.search(r"[\"']" + re.escape(literal) + r"[\"']", text)
    return found.start() + 1 if found else 0
