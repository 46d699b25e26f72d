"""A case is ruled by the pack it was registered under, whatever becomes of the pack's files."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from tests.store.canteen import MONDAY, PACKS, after, complain

from redress.cases import case_file
from redress.cases.store.verify import Proof
from redress.people import packs
from redress.people.models import Organisation, PackVersion
from redress.policy.engine.commands import MovePack

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path: Path):
    """A copy of the packs that a test may edit."""
    packs.forget()
    settings.PACKS_DIR = tmp_path / "packs"
    shutil.copytree(PACKS, settings.PACKS_DIR)
    yield settings.PACKS_DIR / "canteen"
    packs.forget()


def edited(folder: Path, old: str, new: str, file: str = "rules/rules.yaml") -> None:
    """The officer edits the pack, and the product is started again."""
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))
    packs.forget()


def limit(done) -> timedelta:
    duty = done.case.duties["contact"]
    return duty.due - duty.start


def test_an_old_case_keeps_its_pack_and_a_new_one_has_the_new(canteen: str, folder: Path) -> None:
    old = complain(canteen)
    edited(folder, "within: 30 min", "within: 15 min")
    new = complain(canteen, minute=1)
    assert (limit(old), limit(new)) == (timedelta(minutes=30), timedelta(minutes=15))
    edited(folder, "fine: 20", "fine: 99")
    shutil.rmtree(folder)
    case_file.tick(old.case_id, after(40))
    case = case_file.read(old.case_id, "lin", after(40)).case
    assert [line.amount for line in case.ledger.values()] == ["20.00"]


def test_the_kept_pack_says_what_it_said(canteen: str, folder: Path) -> None:
    kept = complain(canteen).case.hash
    first = packs.pinned(kept)
    edited(folder, "zh: 食堂投诉处理办法", "zh: 别的办法", "pack.yaml")
    again = packs.pinned(kept)
    assert again is not first and again.hash == kept
    assert again.head.zh == "食堂投诉处理办法"


def test_a_pack_that_is_not_yet_in_force_leaves_the_one_before_in_force(canteen: str, folder: Path) -> None:
    complain(canteen)
    edited(folder, "within: 30 min", "within: 15 min")
    edited(folder, "from: 2026-01-01", "from: 2026-04-01", "pack.yaml")
    assert limit(complain(canteen, minute=1)) == timedelta(minutes=30)
    april = complain(canteen, minute=60 * 24 * 40)
    assert limit(april) == timedelta(minutes=15)
    assert PackVersion.objects.count() == 2


def test_an_organisations_own_values_are_part_of_what_is_kept(canteen: str, folder: Path) -> None:
    edited(folder, "within: 30 min", "within: $contact-limit")
    with open(folder / "rules" / "rules.yaml", "a") as rules:
        rules.write("- parameter: contact-limit\n  zh: 联系时限\n  en: limit\n  value: 30 min\n")
    packs.forget()
    assert limit(complain(canteen)) == timedelta(minutes=30)
    Organisation.objects.filter(slug=canteen).update(settings={"contact-limit": "45 min"})
    own = complain(canteen, minute=1)
    assert limit(own) == timedelta(minutes=45)
    packs.forget()
    assert packs.pinned(own.case.hash).settings == {"contact-limit": "45 min"}


@pytest.mark.django_db(transaction=True)
def test_a_case_moves_to_another_version_only_by_an_act_of_its_own(canteen: str, folder: Path) -> None:
    old = complain(canteen)
    edited(folder, "fine: 20", "fine: 99")
    new = complain(canteen, minute=1)
    move = MovePack(version="1", hash=new.case.hash, reason="新办法对客户更有利")
    assert case_file.act(old.case_id, move, "gao", after(2)).case.hash == new.case.hash
    case_file.tick(old.case_id, MONDAY + timedelta(minutes=40))
    case = case_file.read(old.case_id, "gao", after(40)).case
    assert [line.amount for line in case.ledger.values()] == ["99.00"]
    packs.forget()
    assert list(Proof().differences()) == []


@pytest.mark.django_db(transaction=True)
def test_a_pack_kept_by_an_earlier_release_keeps_the_hash_that_its_cases_know(canteen: str, folder: Path) -> None:
    earlier = "e" * 64
    complain(canteen)
    PackVersion.objects.update(hash=earlier)
    packs.forget()
    old = complain(canteen, minute=1)
    assert case_file.act(old.case_id, MovePack("1", earlier, "按登记时的版本"), "gao", after(2)).case.hash == earlier
    packs.forget()
    shutil.rmtree(folder)
    assert packs.pinned(earlier).hash == earlier
    case_file.tick(old.case_id, after(40))
    case = case_file.read(old.case_id, "gao", after(41)).case
    assert (case.hash, [line.amount for line in case.ledger.values()]) == (earlier, ["20.00"])
    assert list(Proof().differences()) == []
