"""`redress import FILE --map MAPPING.yaml`: rows of CSV or XLSX become complaints, through the same door as the desk."""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from redress.config.trouble import Trouble
from redress.policy.errors import PackErrors

SHOWN = 20
"""Rows whose trouble is told while it runs; after the run all of them are counted by reason, and --json has each."""
LINE_EVERY = 5.0
"""Seconds between two lines of progress in a log."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV (UTF-8 or GB18030, also .gz), XLSX or XLS")
    parser.add_argument("--map", type=Path, required=True, metavar="MAPPING.yaml", help="which column becomes what")
    parser.add_argument("--organisation", metavar="SLUG", help="whose complaints they are (where there are several)")
    parser.add_argument("--dry-run", action="store_true", help="try every row and keep nothing")
    parser.add_argument("--json", action="store_true", help="the summary as JSON on standard output")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="the language of the messages (zh)")


def run(args: argparse.Namespace) -> int:
    from redress.config import environment
    from redress.config.databases import database_ready

    with database_ready(environment.read()):
        import django

        django.setup()
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    from django.db.utils import ProgrammingError

    from redress.cases.intake.importing import import_table
    from redress.cases.intake.reading import read_mapping
    from redress.cases.intake.tables import TableError
    from redress.people.directory import NoSuchOrganisation

    voice = _Voice(args.lang, quiet=args.json)
    try:
        written = read_mapping(args.map)
        organisation = args.organisation or _only_organisation()
        summary = import_table(
            args.file, written, organisation, datetime.now(UTC), keep=not args.dry_run, tell=voice.progress,
            tell_wrong=voice.wrong,
        )  # fmt: skip
    except PackErrors as errors:
        print(*(problem.line(args.lang) for problem in errors.problems), sep="\n", file=sys.stderr)
        return 2
    except TableError as error:
        raise Trouble(error.zh if args.lang == "zh" else error.en) from error
    except FileNotFoundError as error:
        raise Trouble(f"there is no file {error.filename}") from error
    except NoSuchOrganisation as error:
        raise Trouble(
            f"there is no organisation {error}; there are: {', '.join(_organisations()) or 'none'}"
        ) from error
    except ProgrammingError as error:
        raise Trouble("the database is not set up yet; start `redress run` once, or `redress migrate`") from error
    print(
        json.dumps(_as_json(args, organisation, summary), ensure_ascii=False, indent=1)
        if args.json
        else _told(args, summary)
    )
    return 130 if summary.interrupted else int(bool(summary.refused))


class _Voice:
    """Tells what happens: on a terminal in one line that changes, else (a log) in a line every few seconds."""

    def __init__(self, lang: str, quiet: bool) -> None:
        self.lang, self.quiet, self.shown, self.told = lang, quiet, 0, 0.0
        self.terminal = sys.stderr.isatty()

    def progress(self, progress: Any) -> None:
        last = progress.done == progress.total
        if not self.terminal and not last and time.monotonic() - self.told < LINE_EVERY:
            return
        self.told = time.monotonic()
        zh = f"{progress.done}/{progress.total} 行，每秒 {progress.per_second:.0f} 行，约剩 {progress.left:.0f} 秒"
        en = f"{progress.done}/{progress.total} rows, {progress.per_second:.0f} a second, about {progress.left:.0f} s left"
        start, end = ("\r\x1b[K", "\n" if last else "") if self.terminal else ("", "\n")
        print(start + (zh if self.lang == "zh" else en), end=end, file=sys.stderr, flush=True)

    def wrong(self, carried: Any) -> None:
        self.shown += 1
        if self.quiet or self.shown > SHOWN:
            return
        step = f"（{carried.stopped_at}）" if carried.stopped_at and self.lang == "zh" else ""
        step = f" ({carried.stopped_at})" if carried.stopped_at and self.lang == "en" else step
        line = f"第 {carried.line} 行{step}：" if self.lang == "zh" else f"line {carried.line}{step}: "
        clauses = f" [{' '.join(carried.clauses)}]" if carried.clauses else ""
        print("\r\x1b[K" if self.terminal else "", end="", file=sys.stderr)
        print(line + carried.why.of(self.lang) + clauses, file=sys.stderr)
        if self.shown == SHOWN:
            print("……" if self.lang == "zh" else "...", file=sys.stderr)


def _only_organisation() -> str:
    known = _organisations()
    if len(known) != 1:
        raise Trouble(f"say whose complaints these are with --organisation: {', '.join(known) or 'there is none yet'}")
    return known[0]


def _organisations() -> list[str]:
    from redress.people.models import Organisation

    return list(Organisation.objects.order_by("slug").values_list("slug", flat=True))


def _as_json(args: argparse.Namespace, organisation: str, summary: Any) -> dict[str, Any]:
    return {
        "file": args.file.name, "organisation": organisation, "dry_run": args.dry_run, "rows": summary.rows,
        "left_out": summary.left_out, "registered": summary.registered, "already_there": summary.here,
        "refused": summary.refused, "replays_stopped": summary.stopped, "acts": summary.acts,
        "seconds": round(summary.seconds, 2), "interrupted": summary.interrupted,
        "wrong": [
            {"line": row.line, "became": row.became, "act": row.stopped_at, "reason": row.why.of(args.lang), "clauses": row.clauses}
            for row in summary.wrong
        ],
        "clauses": [line.as_json() for line in summary.clauses],
    }  # fmt: skip


def _told(args: argparse.Namespace, summary: Any) -> str:
    from redress.cli.import_words import summary_in

    return summary_in(args.lang, summary, dry_run=args.dry_run)
