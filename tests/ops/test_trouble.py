"""The machine's troubles, each in one sentence."""

import errno
import os
import subprocess
from pathlib import Path

import pytest

from redress.cli.main import main
from redress.config import environment, postgres
from redress.config.datafolder import require_room
from redress.config.trouble import Trouble, sentence_for


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "is full"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "is full"),
        ("PANIC:  could not write to file: No space left on device", "is full"),
        (OSError(errno.EROFS, "Read-only file system"), "is read-only"),
        (PermissionError(errno.EACCES, "Permission denied"), "may not write"),
    ],
)
def test_a_known_trouble_has_its_sentence(error: OSError | str, words: str) -> None:
    sentence = sentence_for(error, Path("/srv/redress"))
    assert sentence is not None
    assert words in sentence
    assert "/srv/redress" in sentence


def test_an_unknown_trouble_is_not_dressed_up() -> None:
    assert sentence_for(ValueError("something else"), Path("/srv")) is None


def test_a_disk_that_fills_while_the_database_is_made_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise subprocess.CalledProcessError(1, "initdb", stderr="initdb: error: No space left on device")

    monkeypatch.setattr("redress.config.postgres.subprocess.run", full)
    with pytest.raises(Trouble, match="is full"):
        postgres.Server(tmp_path / "data").start()


def test_too_little_room_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"MB left and Redress needs"):
        require_room(tmp_path / "not-yet", least=2**62)
    assert not (tmp_path / "not-yet").exists()


def test_data_of_another_major_version_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(Trouble, match=r"made by PostgreSQL 16 .* runs PostgreSQL 18"):
        postgres.Server(tmp_path).start()


def test_all_wrong_settings_are_named_at_once(tmp_path: Path) -> None:
    wrong = {
        "REDRESS_DATA": str(tmp_path),
        "REDRESS_PORT": "eighty",
        "REDRESS_DEBUG": "perhaps",
        "DATABASE_URL": "mysql://user:password@host/name",
        "REDRESS_SECRET_KEY": "short",
    }
    with pytest.raises(Trouble) as told:
        environment.read(wrong)
    assert all(name in str(told.value) for name in wrong if name != "REDRESS_DATA")
    assert "password@host/name" not in str(told.value).replace("user:password@host:5432/name", "")


def test_the_secret_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first = environment.read({"REDRESS_DATA": str(tmp_path)}).secret_key
    assert len(first) >= 50
    assert environment.read({"REDRESS_DATA": str(tmp_path)}).secret_key == first
    assert os.stat(tmp_path / "secret-key").st_mode & 0o777 == 0o600


def test_a_trouble_is_printed_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDRESS_PORT", "70000")
    assert main(["run"]) == 1
    assert capsys.readouterr().err == (
        "redress: These settings cannot be used: REDRESS_PORT is '70000' but must be a whole number from 1 to 65535.\n"
    )
