"""`redress explain CASE [DUTY]`: why a deadline is when it is, step by step, with the clauses."""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", help="the case's number or id")
    parser.add_argument("duty", nargs="?", help="the duty's key; without it, every duty of the case")
    parser.add_argument("--organisation", default="", metavar="X", help="where several have such a number")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")


def run(args: argparse.Namespace) -> int:
    import django

    from redress.config import environment
    from redress.config.databases import database_ready

    with database_ready(environment.read()):
        django.setup()
        return _explain(args)


def _explain(args: argparse.Namespace) -> int:
    from redress.cases.models import CaseRecord
    from redress.people import packs
    from redress.policy.engine.case import decode_case
    from redress.policy.engine.explain import explain

    by = {"id": args.case} if _is_id(args.case) else {"number": args.case}
    where = {"organisation": args.organisation} if args.organisation else {}
    found = list(CaseRecord.objects.filter(**by, **where)[:2])
    if len(found) != 1:
        print(
            "redress: "
            + ("there is no such case" if not found else "several have this number; name the --organisation"),
            file=sys.stderr,
        )
        return 1
    pack, case = packs.pinned(found[0].hash), decode_case(found[0].state)
    keys = [args.duty] if args.duty else list(case.duties)
    if args.duty and args.duty not in case.duties:
        print(f"redress: the case has no duty {args.duty}; it has: {', '.join(case.duties)}", file=sys.stderr)
        return 1
    for key in keys:
        print("\n".join(_lines(pack, case.duties[key], explain(pack, case, key), args.lang)))
    return 0


def _lines(pack, duty, proof, lang: str):  # type: ignore[no-untyped-def]
    zone = pack.zone()
    words = pack.duties[duty.rule].text.of(lang)
    due = _at(proof.due, zone) if proof.due else {"zh": "不限时", "en": "no time limit"}[lang]
    yield f"{proof.duty}  {words}  → {due}" + (
        {"zh": "（暂定）", "en": " (provisional)"}[lang] if proof.provisional else ""
    )
    for clause in proof.clauses:
        found = pack.clauses.get(clause)
        text = "" if found is None else found.zh if lang == "zh" else found.en
        yield f"  {clause}  {text}".rstrip()
    for step in proof.steps:
        minutes = {"zh": f"{step.minutes} 分钟", "en": f"{step.minutes} min"}[lang] if step.minutes else ""
        yield f"    {_at(step.start, zone)} – {_at(step.end, zone)}  {step.text.get(lang, step.text['zh'])}  {minutes}".rstrip()
    for pause in proof.pauses:
        until = _at(pause.end, zone) if pause.end else "…"
        word = {"zh": "暂停", "en": "paused"}[lang]
        yield f"    {word} {_at(pause.start, zone)} – {until}  {pause.by} {pause.reason}"


def _at(moment, zone) -> str:  # type: ignore[no-untyped-def]
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _is_id(text: str) -> bool:
    from uuid import UUID

    try:
        UUID(text)
    except ValueError:
        return False
    return True
