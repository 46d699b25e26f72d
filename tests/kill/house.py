"""A database server and processes of our own, to be killed. Not tests."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg

from redress.cli.run import web_command
from redress.config import environment
from redress.config.postgres import Server
from redress.config.trouble import Trouble

PASSWORD = "canteen-word"
ROOT = Path(__file__).resolve().parents[2]


class House:
    """The parts of the product that a kill can hit, in a data folder of their own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.server = Server(data)
        self.parts: dict[str, subprocess.Popen[bytes]] = {}
        self.heard = data.parent / "heard"
        self.heard.mkdir()
        self._spawned = 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]

    def environment(self, **more: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("REDRESS_", "DATABASE_", "DJANGO_"))}
        settings = {"DJANGO_SETTINGS_MODULE": "tests.kill.settings", "PYTHONPATH": str(ROOT)}
        return {**kept, **settings, "REDRESS_DATA": str(self.data), **more}

    def start_database(self, seconds: float = 30) -> None:
        """Starts it, waiting for what a killed one left to go."""
        end = time.monotonic() + seconds
        while True:
            try:
                self.parts["database"] = self.server.start(dies_with_us=True)  # type: ignore[assignment]
                return
            except (Trouble, psycopg.OperationalError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def start(self, part: str) -> None:
        if part == "database":
            self.start_database()
            return
        words = {
            "registering": ["-m", "tests.kill.registering"],
            "clock": ["-m", "redress.cli", "clock"],
            "worker": ["-m", "redress.cli", "worker"],
            "web": self._web(),
            "browsing": ["-m", "tests.kill.browsing", str(self.port), "canteen.lin", PASSWORD],
        }[part.rstrip("0123456789")]
        self._spawned += 1
        with open(self.heard / f"{part}.{self._spawned}", "wb") as output:
            self.parts[part] = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=[self.listening.fileno()] if part.startswith("web") else (),
                start_new_session=True,
            )

    def _web(self) -> list[str]:
        """The web server's own command, on our socket: requests wait while it is away."""
        return web_command(environment.read(), self.listening.fileno())[1:]

    def kill(self, part: str) -> None:
        """SIGKILL, to exactly this process; a web server's own workers go with it."""
        process = self.parts.pop(part)
        if part.startswith("web"):
            os.killpg(process.pid, signal.SIGKILL)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for part in [name for name in self.parts if name != "database"]:
            process = self.parts.pop(part)
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def end(self) -> None:
        self.stop()
        self.server.stop()
        self.listening.close()
        database = self.parts.pop("database", None)
        if database is not None:
            with suppress(subprocess.TimeoutExpired):
                database.wait(10)

    def acknowledged(self, word: str) -> list[str]:
        """The ids that the registering processes were told of, over all their lives."""
        files = [*self.heard.glob("registering*"), *self.heard.glob("browsing*")]
        lines = [line for file in files for line in file.read_text().splitlines()]
        return [line.split()[1] for line in lines if line.startswith(word) and len(line.split()) == 2]

    def acknowledged_over_http(self) -> int:
        """How many complaints browsers were told of."""
        return sum(file.read_text().count("registered ") for file in self.heard.glob("browsing*"))

    def run(self, *words: str, role: str = "app") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment(REDRESS_DB_ROLE=role),
            capture_output=True,
            text=True,
            timeout=120,
        )

    def ask(self, statement: str) -> list[tuple]:
        with psycopg.connect(self.server.url("redress_owner")) as connection:
            return connection.execute(statement).fetchall()


def wait(condition: Callable[[], bool], seconds: float, otherwise: Callable[[], str]) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, otherwise()
        time.sleep(0.02)
