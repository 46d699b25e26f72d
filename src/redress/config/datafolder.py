"""The data folder as a whole: one run at a time, and enough room on its disk."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redress.config.trouble import Trouble, sentence_for

LEAST_FREE = 200 * 2**20


def require_room(data: Path, least: int = LEAST_FREE) -> None:
    data = next(folder for folder in (data, *data.parents) if folder.exists())
    free = shutil.disk_usage(data).free
    if free < least:
        raise Trouble(
            f"The disk which holds {data} has {free // 2**20} MB left and Redress needs {least // 2**20} MB;"
            " free some space, or choose another folder with REDRESS_DATA."
        )


@contextmanager
def only_run(data: Path, address: str) -> Iterator[None]:
    """Holds `run.lock`. The kernel lets go of it when the process ends, so it cannot be left behind."""
    path = data / "run.lock"
    try:
        data.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        file = open(path, "a+")  # noqa: SIM115 - held for the length of the run
    except OSError as error:
        raise Trouble(sentence_for(error, data) or f"{path} cannot be opened: {error}.") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(_who_holds(path, data)) from None
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "address": address}))
        file.flush()
        yield


def _who_holds(path: Path, data: Path) -> str:
    try:
        held = json.loads(path.read_text())
        who = f"process {held['pid']} at {held['address']}"
    except (OSError, ValueError, KeyError):
        who = "another process"
    return (
        f"Redress already runs on the data in {data} ({who});"
        " stop that one with Ctrl-C, or choose another folder with REDRESS_DATA and another REDRESS_PORT."
    )
