"""A finished pack (version 1.0 and up) holds every clause of the inventory it was written from, as it is classed there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from redress.policy.reading import read_source

ROOT = Path(__file__).resolve().parents[2]
INVENTORY = Path(os.environ.get("REDRESS_TEST_POLICIES", ROOT.parent / "shared" / "policies"))
PACKS = sorted(file.parent for file in (ROOT / "packs").glob("*/pack.yaml"))


@pytest.mark.parametrize("folder", PACKS, ids=[folder.name for folder in PACKS])
def test_a_finished_pack_holds_every_clause_of_its_inventory(folder):
    file = INVENTORY / f"{folder.name}.yaml"
    if not file.is_file():
        pytest.skip("the clause inventories are not part of the repository and are not beside it")
    source = read_source(folder).source
    if source.head.version.startswith("0."):
        pytest.skip(f"{folder.name} {source.head.version} is still being written")
    wanted = {
        c["id"]: (c["kind"], c["executable"]) for c in yaml.safe_load(file.read_text(encoding="utf-8"))["clauses"]
    }
    held = {c.id: (c.kind, c.executable) for c in source.clauses if c.id not in source.inherited}
    assert held == wanted
