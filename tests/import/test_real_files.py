"""Real complaints with real reply times, where the developers' data is at hand. Nothing of it is kept here."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bakery_rows import HERE

from redress.cases.intake.importing import import_table
from redress.cases.intake.reading import read_mapping

ROOT = HERE.parents[1]
DATA = Path(os.environ.get("REDRESS_TEST_DATA", ROOT.parent / "shared" / "data"))

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the developers' data is not at {DATA}; name its folder in REDRESS_TEST_DATA"
)


@pytest.fixture
def packs_dir(settings):
    settings.PACKS_DIR = ROOT / "packs"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "mapping", "rows", "registered"),
    [("zh_12345_fuzhou.csv", "hotline.yaml", 843, 723), ("zh_gov_replies.csv", "replies.yaml", 1425, 1425)],
)
def test_every_complaint_goes_in_and_its_reply_is_replayed(db, packs_dir, file, mapping, rows, registered):
    from redress.people.founding import found
    from redress.policy.scenarios.organisation import read_organisation

    now, pack = datetime(2026, 11, 21, tzinfo=UTC), ROOT / "packs" / "property"
    found(
        "property",
        "property",
        read_organisation(pack / "organisation.yaml"),
        now,
        from_date=datetime(2000, 1, 1).date(),
    )
    summary = import_table(DATA / file, read_mapping(HERE / "maps" / mapping), "property", now)
    assert (summary.rows, summary.registered, summary.refused, summary.stopped) == (rows, registered, 0, 0)
    replied = next(line for line in summary.clauses if line.clause == "property-2.9")
    assert replied.met and replied.late and replied.met + replied.late == registered
