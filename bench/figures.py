"""A measured figure, and figures as JSON and as a table."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """``value`` in ``unit``. ``raw`` is the raw limit beside it (``against`` says what that is), ``ratio`` how they compare.

    ``goal`` is what was aimed at, in words, and ``reached`` whether it was (None where nothing was aimed at).
    """

    part: str
    name: str
    value: float
    unit: str
    raw: float | None = None
    against: str = ""
    ratio: float | None = None
    goal: str = ""
    reached: bool | None = None


def at_least(value: float, goal: float, words: str) -> dict[str, object]:
    """The goal keys of a figure that should be large."""
    return {"goal": words, "reached": value >= goal}


def at_most(value: float, goal: float, words: str) -> dict[str, object]:
    """The goal keys of a figure that should be small."""
    return {"goal": words, "reached": value <= goal}


def median_of(measure: Callable[[], float], runs: int) -> float:
    """The median of several runs of a measurement."""
    return statistics.median(measure() for _ in range(runs))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def write(path: Path, figures: Iterable[Figure], seconds: float, small: bool) -> None:
    """The figures as JSON, with the machine they belong to."""
    machine = {
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }
    whole = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "size": "small" if small else "full",
        "seconds": round(seconds, 1),
        "machine": machine,
        "figures": [asdict(figure) for figure in figures],
    }
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines for people."""
    rows = [("figure", "value", "unit", "raw limit", "ratio", "goal", "")]
    part = ""
    for figure in figures:
        if figure.part != part:
            part = figure.part
            rows.append((f"[{part}]", "", "", "", "", "", ""))
        limit = f"{_number(figure.raw)} ({figure.against})" if figure.raw is not None else ""
        ratio = "" if figure.ratio is None else _number(figure.ratio)
        met = {True: "ok", False: "MISSED", None: ""}[figure.reached]
        rows.append((figure.name, _number(figure.value), figure.unit, limit, ratio, figure.goal, met))
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(widths[i]) for i, cell in enumerate(row)).rstrip() for row in rows)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"
