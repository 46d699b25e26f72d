"""The processes of one run: started, listened to, started again when they die, stopped in order.

Knows how to keep processes alive, and nothing of what they do; run.py says which ones there are.
Single-threaded on purpose: the kernel ends a child with the *thread* that started it.
"""

import os
import re
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from redress.config.processes import die_with_parent, wait_until

Say = Callable[[str], None]
_IMPORTANT = re.compile(r"\b(WARNING|ERROR|CRITICAL|FATAL|PANIC|Traceback)\b|^\w+(\.\w+)*(Error|Exception|Trouble):")
_LOG_LIMIT = 10_000_000
_LONG_LIFE = 60.0  # after so many seconds an earlier death no longer counts


@dataclass
class Child:
    name: str
    spawn: Callable[[], subprocess.Popen[bytes]]
    log: Path | None = None  # None: it writes its own
    after_death: Callable[[], str | None] = lambda: None  # a sentence about the cause, when one is known
    stop_with: signal.Signals = signal.SIGTERM
    leads_group: bool = True  # its own children go with it when it is killed
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    start_again_at: float | None = None
    rest: bytes = field(default=b"", repr=False)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


def command(
    words: Sequence[str], pass_fds: Sequence[int] = (), if_orphaned: signal.Signals = signal.SIGKILL
) -> Callable[[], subprocess.Popen[bytes]]:
    """Starts in a session of its own: Ctrl-C reaches the supervisor alone, which stops in order.

    An orphan is killed outright: its database goes at the same moment, so it could finish nothing, and
    whatever it had not committed is found and done again by the next run.
    """

    def spawn() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
            pass_fds=pass_fds,
            preexec_fn=die_with_parent(if_orphaned),
        )

    return spawn


class Children:
    def __init__(self, say: Say):
        self._say = say
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()

    def add(self, child: Child) -> None:
        """Takes a child which already runs, or starts it."""
        self._children.append(child)
        if child.process is None:
            self._start(child)
        else:
            child.started = time.monotonic()

    def tend(self, seconds: float = 0.25) -> None:
        """One round: pass on what they wrote, start again who died."""
        self._listen(seconds)
        for child in self._children:
            if child.start_again_at is not None:
                if time.monotonic() >= child.start_again_at:
                    self._start(child)
            elif not child.alive:
                self._bury(child)

    def stop(self, *groups: tuple[Sequence[str], float]) -> None:
        """Stops the named children group after group, each with its own patience in seconds."""
        for names, patience in groups:
            children = [child for child in self._children if child.name in names and child.alive]
            for child in children:
                _send(child, child.stop_with)
            if not self._wait(children, patience):
                for child in (child for child in children if child.alive):
                    self._say(f"{child.name} did not stop in {patience:.0f} s and was ended")
                    _kill_session(child)
                self._wait(children, 2)
            self._listen(0)

    def _start(self, child: Child) -> None:
        child.start_again_at = None
        child.started = time.monotonic()
        try:
            child.process = child.spawn()
        except OSError as error:
            self._again_later(child, f"{child.name} could not be started ({error})")
            return
        if child.process.stdout is not None:
            os.set_blocking(child.process.stdout.fileno(), False)
            self._selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _bury(self, child: Child) -> None:
        assert child.process is not None
        self._read(child)
        self._forget_output(child)
        if child.leads_group:
            _kill_session(child)  # what a killed parent left of its own children
        cause = child.after_death()
        if cause:
            self._say(cause)
        self._again_later(child, f"{child.name} stopped ({_how(child.process.returncode)})")

    def _again_later(self, child: Child, what: str) -> None:
        if time.monotonic() - child.started > _LONG_LIFE:
            child.deaths = 0
        delay = min(30.0, 0.25 * 2**child.deaths)
        child.deaths += 1
        child.start_again_at = time.monotonic() + delay
        self._say(f"{what}; starting it again in {delay:g} s")

    def _wait(self, children: Sequence[Child], seconds: float) -> bool:
        def gone() -> bool:
            self._listen(0)
            return not any(child.alive for child in children)

        return wait_until(gone, seconds)

    # -- what they write

    def _listen(self, seconds: float) -> None:
        if not self._selector.get_map():
            time.sleep(seconds)
            return
        for key, _ in self._selector.select(seconds):
            self._read(key.data)

    def _read(self, child: Child) -> None:
        stream = child.process.stdout if child.process else None
        if stream is None or stream.closed:
            return
        try:
            while chunk := os.read(stream.fileno(), 65536):
                self._pass_on(child, chunk)
            self._forget_output(child)
        except BlockingIOError:
            pass

    def _forget_output(self, child: Child) -> None:
        stream = child.process.stdout if child.process else None
        if stream is not None and not stream.closed:
            self._selector.unregister(stream)
            stream.close()

    def _pass_on(self, child: Child, chunk: bytes) -> None:
        *lines, child.rest = (child.rest + chunk).split(b"\n")
        if len(child.rest) > 1_000_000:  # a line without end
            lines, child.rest = [*lines, child.rest], b""
        if child.log is not None and lines:
            _append(child.log, b"".join(line + b"\n" for line in lines))
        for line in lines:
            text = line.decode(errors="replace")
            if _IMPORTANT.search(text):
                self._say(f"[{child.name}] {text}")


def _append(log: Path, block: bytes) -> None:
    try:
        with open(log, "ab") as file:
            file.write(block)
            size = file.tell()
        if size > _LOG_LIMIT:
            log.replace(log.with_name(log.name + ".1"))
    except OSError:
        pass  # a full disk stops the logs, not the run


def _send(child: Child, with_signal: signal.Signals) -> None:
    if child.alive:
        assert child.process is not None
        child.process.send_signal(with_signal)


def _kill_session(child: Child) -> None:
    """The child and everything it started: it leads a session, and so a group, of its own."""
    assert child.process is not None
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, signal.SIGKILL)


def _how(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    return f"killed by {signal.Signals(-code).name}" if -code in set(signal.Signals) else f"signal {-code}"
