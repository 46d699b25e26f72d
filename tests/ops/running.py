"""Starts the real product in a data folder of its own and watches its processes. Not tests."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path


class Run:
    def __init__(self, data: Path, port: int | None = None, **environ: str):
        self.data = data
        self.port = port or free_port()
        self.output = data.parent / f"{data.name}.{self.port}.{time.monotonic_ns()}.out"
        with open(self.output, "wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "redress.cli", "run"],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment(data, REDRESS_PORT=str(self.port), **environ),
                start_new_session=True,
            )

    def said(self) -> str:
        return self.output.read_text()

    def ready(self, seconds: float = 60) -> "Run":
        wait(lambda: "is ready after" in self.said() or self.process.poll() is not None, seconds, self.said)
        assert self.process.poll() is None, self.said()
        return self

    def ended(self, seconds: float) -> int:
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {seconds} s:\n{self.said()}") from None

    def stop(self, with_signal: signal.Signals = signal.SIGINT) -> float:
        begun = time.monotonic()
        self.process.send_signal(with_signal)
        self.ended(15)
        return time.monotonic() - begun

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        wait(lambda: not processes_of(self.data), 15, lambda: str(processes_of(self.data)))

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
                return answer.read() == b"ok\n"
        except OSError:
            return False


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("REDRESS_", "DATABASE_", "DJANGO_"))}
    return {**kept, "REDRESS_DATA": str(data), **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_of(data: Path) -> dict[int, str]:
    """Every living process which works on the data folder: by its command line or its environment."""
    mark = f"REDRESS_DATA={data}".encode()
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        try:
            words = (folder / "cmdline").read_bytes()
            environ = (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        # A session of PostgreSQL shows no folder in its title; it goes when its postmaster goes.
        if words and (mark in environ or str(data / "postgres").encode() in words):
            found[int(folder.name)] = re.sub(rb"\0", b" ", words).decode(errors="replace").strip()
    return found


def pids(data: Path, part: str) -> Iterator[int]:
    return (pid for pid, words in processes_of(data).items() if part in words)


def wait(condition: Callable[[], bool], seconds: float, otherwise: Callable[[], str]) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, otherwise()
        time.sleep(0.05)
