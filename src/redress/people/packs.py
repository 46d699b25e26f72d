"""Which pack rules: the one in an organisation's folder today, and every one that a case is pinned to, for ever.

A pack's files are kept in the database the first time it rules, so that editing or deleting the folder changes nothing for
cases registered under it. Files are read once per process: a changed pack takes effect at the next start.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings
from django.db import connection

from redress.policy.language.pack import Head
from redress.policy.local_days import LOCAL
from redress.policy.pack import Pack
from redress.policy.reading.reader import COMMON, KEPT_COMMON, load, read_source

from .directory import Directory


class UnknownPack(LookupError):
    """No pack with this id in the packs folder, or no stored pack with this hash."""


def packs_folder() -> Path:
    """Where packs are: the setting ``PACKS_DIR``, else ``packs`` beside the program's source."""
    chosen = getattr(settings, "PACKS_DIR", None)
    return Path(chosen) if chosen else Path(__file__).resolve().parents[3] / "packs"


def offered() -> list[Head]:
    """The heads of the packs in the folder, for somebody who chooses one; what cannot be read is left out."""
    heads = []
    for file in sorted(packs_folder().glob("*/pack.yaml")):
        try:
            heads.append(_head(file))
        except (ValueError, yaml.YAMLError):
            continue  # `redress pack check` says what is wrong with it
    return heads


def pack_for(directory: Directory, at: datetime) -> Pack:
    """The pack that rules a case registered at ``at``, under the organisation's own settings; it is kept from now on.

    That is the folder's pack; before its effective date, the latest kept one that had taken effect.
    """
    today = chosen_pack(directory, at.astimezone(with_settings(directory.pack, {}).zone()).date())
    if not today.in_force(at):
        day = at.astimezone(today.zone()).date()
        before = [known for known in directory.known_packs if known.pack == today.id and known.effective_from <= day]
        if before:
            return pinned(before[-1].hash)
    if all(known.hash != today.hash for known in directory.known_packs):
        _keep(today)
    return today


def chosen_pack(directory: Directory, day: date) -> Pack:
    """The folder's pack that the organisation has chosen for that day, under its own values, whether or not it is in force."""
    name = directory.pack_on(day)
    if name == directory.pack:
        return with_settings(name, directory.settings)
    known = with_settings(name, {}).parameters
    own = {key: value for key, value in directory.settings.items() if key in known or key == LOCAL}
    return with_settings(name, own)


def with_settings(pack_id: str, values: Mapping[str, object]) -> Pack:
    """The folder's pack under an organisation's values (compiled once per process)."""
    return _with_settings(str(packs_folder()), pack_id, json.dumps(dict(values), sort_keys=True))


def pinned(pack_hash: str) -> Pack:
    """The pack with that content hash, as it was. Raises ``UnknownPack``."""
    known = _by_hash.get(pack_hash)
    if known is None:
        known = _by_hash[pack_hash] = _rebuilt(pack_hash)
    return known


@dataclass(frozen=True)
class KeptVersion:
    """A version of the organisation's policy that the database keeps; ``own`` counts the values that are its own."""

    hash: str
    version: str
    effective_from: date
    first_seen: datetime
    own: int


_VERSIONS = """
    SELECT hash, version, effective_from, first_seen, settings::text FROM pack_version
    WHERE pack = %s ORDER BY effective_from DESC, first_seen DESC
"""


def versions_of(directory: Directory) -> list[KeptVersion]:
    """The versions of the organisation's policy, under its own values where it has any, the latest first (one query).

    What other organisations that live by the same pack have chosen is not told.
    """
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [directory.pack])
        rows = [(*row[:4], json.loads(row[4])) for row in cursor.fetchall()]
    own = {row[1:3] for row in rows if row[4] == dict(directory.settings)}
    return [
        KeptVersion(*row[:4], own=len(row[4]))
        for row in rows
        if row[4] == dict(directory.settings) or (not row[4] and row[1:3] not in own)
    ]


def forget() -> None:
    """Forgets every pack read, as a new process would: the next one asked for is read from its files again."""
    _by_hash.clear()
    _with_settings.cache_clear()
    _from_folder.cache_clear()


_by_hash: dict[str, Pack] = {}


@lru_cache(maxsize=256)
def _with_settings(folder: str, pack_id: str, values: str) -> Pack:
    pack = _from_folder(folder, pack_id)
    chosen = json.loads(values)
    pack = pack.with_settings(chosen) if chosen else pack
    _by_hash[pack.hash] = pack
    return pack


@lru_cache(maxsize=256)
def _from_folder(folder: str, pack_id: str) -> Pack:
    if not (Path(folder) / pack_id / "pack.yaml").is_file():
        raise UnknownPack(f"there is no pack {pack_id!r} in {folder}")
    read = Pack(read_source(Path(folder) / pack_id).source)
    if _is_kept(read):  # it was checked when it was kept, and nothing in it has changed since
        return read
    checked = load(Path(folder) / pack_id)
    _keep(checked)
    return checked


def _is_kept(pack: Pack) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pack_version WHERE hash = %s", [pack.hash])
        return cursor.fetchone() is not None


def _keep(pack: Pack) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pack_version (hash, pack, version, effective_from, settings, files, first_seen)"
            " VALUES (%s, %s, %s, %s, %s, %s, now()) ON CONFLICT (hash) DO NOTHING",
            [
                pack.hash,
                pack.id,
                pack.version,
                pack.head.effective.from_,
                json.dumps(dict(pack.settings)),
                json.dumps(_files_of(pack), ensure_ascii=False),
            ],
        )


def _files_of(pack: Pack) -> dict[str, str]:
    """Every file the pack was read from, by path: its own, those of the packs it extends, and the common rules."""
    files = _texts(COMMON, KEPT_COMMON)
    waiting = [pack.id]
    while waiting:
        name = waiting.pop()
        folder = packs_folder() / name
        files |= _texts(folder, name)
        waiting += _head(folder / "pack.yaml").extends
    return files


def _head(file: Path) -> Head:
    return Head.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def _texts(folder: Path, name: str) -> dict[str, str]:
    paths = [folder / "pack.yaml", folder / "clauses.yaml", *sorted((folder / "rules").glob("*.yaml"))]
    return {f"{name}/{path.relative_to(folder)}": path.read_text(encoding="utf-8") for path in paths if path.is_file()}


def _rebuilt(pack_hash: str) -> Pack:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pack, settings::text, files::text FROM pack_version WHERE hash = %s", [pack_hash])
        row = cursor.fetchone()
    if row is None:
        raise UnknownPack(pack_hash)
    pack_id, values, files = row[0], json.loads(row[1]), json.loads(row[2])
    with tempfile.TemporaryDirectory() as scratch:
        for path, text in files.items():
            place = Path(scratch) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        # Not checked again: it ruled, so it rules, even where today's checks have become stricter.
        source = read_source(Path(scratch) / pack_id, Path(scratch)).source
    return Pack(source, values, recorded_as=pack_hash)
