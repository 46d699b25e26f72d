"""`python -m bench [--small] [--only NAME]...`: measures, writes bench/results.json, prints a table."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from . import budget, engine, figures, registering
from .arena import arena
from .figures import Figure
from .large import Large

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).with_name("results.json")
PARTS = ("engine", "register", "clock", "pages", "budget")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick try: small tables, short runs")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part only (may be given again)")
    parser.add_argument("--packs", type=Path, default=ROOT / "packs", help="the folder that holds the packs")
    parser.add_argument("--pack", default="", help="the pack that the store and the pages are measured with")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the JSON goes")
    args = parser.parse_args()
    started, found = time.monotonic(), []
    for figure in _figures(args):
        found.append(figure)
        print(
            f"{time.monotonic() - started:6.0f} s  {figure.part}: {figure.name} = {figure.value:,.4g} {figure.unit}",
            file=sys.stderr,
            flush=True,
        )
    figures.write(args.out, found, time.monotonic() - started, args.small)
    print(figures.table(found))
    return 0


def _figures(args: argparse.Namespace) -> Iterator[Figure]:
    asked = args.only or PARTS
    packs = sorted(file.parent for file in args.packs.glob("*/pack.yaml"))
    if "engine" in asked:
        yield from engine.measure(packs, args.small)
    if set(asked) == {"engine"}:
        return
    with arena(_pack(packs, args.pack)) as place:
        parts = {"clock", "pages"} & set(asked)
        house = Large(place, args.small, parts) if parts else None
        if "register" in asked:
            yield from registering.measure(place, args.small)
        if house is not None:
            yield from house.measure()
        if "budget" in asked:
            yield from budget.measure(place)


def _pack(packs: list[Path], asked: str) -> Path:
    """The pack that the store and the pages are measured with: the one asked for, else the first that brings an organisation."""
    chosen = [pack for pack in packs if (pack / "organisation.yaml").is_file() and asked in ("", pack.name)]
    if not chosen:
        sys.exit(f"no pack {asked} with an organisation.yaml")
    return chosen[0]


if __name__ == "__main__":
    sys.exit(main())
