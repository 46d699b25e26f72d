"""`redress run`: the whole product as one supervised group, in the foreground until Ctrl-C."""

import argparse
import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from redress.cli.children import Child, Children, command
from redress.config import environment, postgres
from redress.config.databases import require_server
from redress.config.datafolder import only_run, require_room
from redress.config.environment import Environment
from redress.config.processes import die_with_parent
from redress.config.trouble import Trouble, sentence_for

# Together under ten seconds: whoever stops a service should not wait longer.
STOP_ORDER = ((["web"], 4.0), (["clock", "worker"], 3.0), (["database"], 2.5))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="instead of REDRESS_PORT")


def run(args: argparse.Namespace) -> int:
    if args.port is not None:
        os.environ["REDRESS_PORT"] = str(args.port)
    settings = environment.read()
    os.environ["REDRESS_DATA"] = str(settings.data)
    require_room(settings.data)
    with only_run(settings.data, settings.address), listen(settings) as listening:
        try:
            return _Run(settings, listening).to_the_end()
        except OSError as error:
            raise Trouble(sentence_for(error, settings.data) or f"The start failed: {error}.") from error


def listen(settings: Environment) -> socket.socket:
    """The supervisor holds the port, so that browsers wait instead of failing while the web part restarts."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Accepted connections inherit it. Without it the end of every page waits 40 ms for the browser's delayed acknowledgement.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(512)
    except OSError as error:
        listening.close()
        raise Trouble(_about_port(error, settings)) from error
    return listening


class _Stop(Exception):
    pass


class _Run:
    def __init__(self, settings: Environment, listening: socket.socket):
        self.settings = settings
        self.listening = listening
        self.children = Children(say)

    def to_the_end(self) -> int:
        _stop_on_signals()
        begun = time.monotonic()
        try:
            self._start_database()
            self._own_command("migrate")
            sign_ins = json.loads(self._own_command("seed", "--json").splitlines()[-1]) if self.settings.demo else []
            claim = "" if self.settings.demo else self._own_command("claim").strip()
            self._start_parts()
            self._wait_for_web()
            announce(self.settings, sign_ins, time.monotonic() - begun, claim)
            while True:
                self.children.tend()
        except _Stop:
            say("stopping ...")
            return 0
        finally:
            _ignore_signals()
            self.children.stop(*STOP_ORDER)
            say("stopped")

    def _start_database(self) -> None:
        if not self.settings.embedded:
            self.settings.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
            require_server(self.settings)
            return
        server = postgres.Server(self.settings.data)
        process = server.start(dies_with_us=True)
        if process is None:
            say("the database was already running and will be left running")
            return
        marks = [server.log.stat().st_size]

        def spawn() -> subprocess.Popen[bytes]:
            marks[0] = server.log.stat().st_size
            return server.spawn(dies_with_us=True)

        self.children.add(
            Child(
                "database",
                spawn,
                after_death=lambda: sentence_for(server.log_since(marks[0]), self.settings.data),
                stop_with=signal.SIGINT,  # PostgreSQL's word for: end the sessions and stop cleanly
                leads_group=False,  # its sessions see for themselves that it is gone, and leave in order
                process=process,
            )
        )

    def _start_parts(self) -> None:
        logs = self.settings.logs
        web = web_command(self.settings, self.listening.fileno())
        # gunicorn must be asked, not killed, if it shall take its own workers along at once
        self.children.add(Child("web", command(web, [self.listening.fileno()], signal.SIGTERM), logs / "web.log"))
        for name in ("clock", "worker"):
            self.children.add(Child(name, command(own_command(name)), logs / f"{name}.log"))

    def _wait_for_web(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not answers(self.settings):
            if time.monotonic() > end:
                raise Trouble(f"The web part did not answer; see {self.settings.logs / 'web.log'}.")
            self.children.tend(0.05)

    def _own_command(self, *words: str) -> str:
        """One of our own commands, to its end; its output."""
        done = subprocess.run(
            own_command(*words), capture_output=True, text=True, preexec_fn=die_with_parent(signal.SIGTERM)
        )
        if done.returncode != 0:
            told = done.stderr.strip()
            path = self.settings.logs / f"{words[0]}.log"
            path.write_text(told + "\n")
            last = told.splitlines()[-1].removeprefix("redress: ") if told else f"exit code {done.returncode}"
            raise Trouble(sentence_for(told, self.settings.data) or f"`redress {words[0]}` failed: {last} (see {path})")
        return done.stdout


def web_command(settings: Environment, listening: int) -> list[str]:
    """How gunicorn is started on a socket that is already open."""
    return [
        *(sys.executable, "-m", "gunicorn", "redress.config.wsgi", "--bind", f"fd://{listening}"),
        *("--workers", str(settings.web_processes), "--threads", str(settings.web_threads)),
        *("--graceful-timeout", "3", "--timeout", "60", "--keep-alive", "5", "--no-control-socket"),
        *("--worker-tmp-dir", "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp"),
    ]


def own_command(*words: str) -> list[str]:
    return [sys.executable, "-m", "redress.cli", *words]


def answers(settings: Environment) -> bool:
    host = settings.address.removeprefix("http://").rsplit(":", 1)[0].strip("[]")
    try:
        with socket.create_connection((host, settings.port), timeout=5) as connection:
            connection.settimeout(1)
            connection.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return connection.recv(12).startswith(b"HTTP/1")
    except OSError:
        return False


def announce(settings: Environment, sign_ins: list[list[str]], seconds: float, claim: str = "") -> None:
    print(f"\nRedress 闻过 is ready after {seconds:.1f} s at  {settings.address}\n")
    organisation = None
    for row in sign_ins:
        if row[0] != organisation:
            organisation = row[0]
            print(f"  {organisation}")
        print("    " + "   ".join(str(word) for word in row[1:]))
    if sign_ins:
        print()
    if claim:
        print(f"Nobody has an account yet. Open  {settings.address}first-run  and enter this word:  {claim}\n")
    print(f"Data and logs are in {settings.data}. Stop with Ctrl-C.", flush=True)


def say(line: str) -> None:
    with suppress(OSError):  # the terminal may be gone; the run goes on until it is told to stop
        print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


def _stop_on_signals() -> None:
    def stop(number: int, frame: object) -> None:
        _ignore_signals()
        raise _Stop

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup asked us to outlive the terminal
        signal.signal(signal.SIGHUP, stop)


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _about_port(error: OSError, settings: Environment) -> str:
    free = "choose another with REDRESS_PORT, for example: REDRESS_PORT=8001 make run"
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} on {settings.host} is taken by another program; {free}"
    if error.errno == errno.EACCES:
        return f"Port {settings.port} is reserved for root; {free}"
    where = f"{settings.host} port {settings.port}"
    return f"{where} cannot be opened ({error.strerror}); set REDRESS_HOST and REDRESS_PORT"
