"""A bakery with a small policy of its own, and tables made up for it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bakery_rows import COLUMNS, HERE, NOW


@pytest.fixture(autouse=True)
def packs_dir(settings):
    settings.PACKS_DIR = HERE / "packs"


@pytest.fixture
def bakery(db) -> str:
    """The organisation's id."""
    from redress.people.founding import found
    from redress.policy.scenarios.organisation import read_organisation

    written = read_organisation(HERE / "packs" / "bakery" / "organisation.yaml")
    found("bakery", "bakery", written, NOW, from_date=date(2019, 1, 1))
    return "bakery"


@pytest.fixture
def table(tmp_path) -> Callable[..., Path]:
    """Writes lines under the heading into a CSV file."""

    def write(*lines: str, name: str = "book.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("\n".join([COLUMNS, *lines, ""]).encode(encoding))
        return path

    return write


@pytest.fixture
def bring_in(bakery) -> Callable:
    """Imports a file by a mapping (the bakery's own, where none is given)."""
    from redress.cases.intake.importing import import_table
    from redress.cases.intake.reading import read_mapping

    def bring(file: Path, mapping: Path = HERE / "maps" / "bakery.yaml", **options):
        return import_table(file, read_mapping(mapping), bakery, NOW, **options)

    return bring
