"""People at their browsers: real gunicorn as `redress run` starts it, real sessions, real CSRF tokens, over HTTP."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from .arena import PASSWORD, Arena
from .invented import Inventor

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """One browser: a connection that stays open, and its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> bytes:
        """The page. Raises where it is not one."""
        status, body, _ = self._ask("GET", path)
        if status != 200:
            raise RuntimeError(f"GET {path}: {status}")
        return body

    def post(self, path: str, values: list[tuple[str, str]]) -> tuple[int, str]:
        """(status, where to go on) of a form sent."""
        form = urlencode([*values, ("csrfmiddlewaretoken", self.token)])
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        status, body, location = self._ask("POST", path, form, headers)
        self.last = body
        return status, location

    def sign_in(self, name: str) -> None:
        """Signs in with the bench's password."""
        self._learn(self.get("/sign-in"))
        status, _ = self.post("/sign-in", [("username", name), ("password", PASSWORD)])
        if status not in (302, 303):
            raise RuntimeError(f"{name} could not sign in: {status}")
        self._learn(self.get("/desk"))

    def _learn(self, body: bytes) -> None:
        found = _TOKEN.search(body)
        if found is None:
            raise RuntimeError("no form on the page")
        self.token = found[1].decode()

    def _ask(
        self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body.encode() or None, {**(headers or {}), "Cookie": cookie})
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        return answer.status, answer.read(), answer.headers.get("Location", "")


class Visitors:
    """A web server over the arena and several people signed in to it."""

    def __init__(self, arena: Arena, many: int) -> None:
        self.arena, self.many = arena, many

    def __enter__(self) -> Visitors:
        from redress.cases import case_file
        from redress.cli.run import listen, web_command
        from redress.config import environment
        from redress.people.directory import directory_of

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.listening = listen(replace(environment.read(), port=self.port))
        log = open(self.arena.data / "logs" / "bench-web.log", "wb")
        self.server = subprocess.Popen(
            web_command(environment.read(), self.listening.fileno()), pass_fds=[self.listening.fileno()], stdout=log, stderr=log,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        people = directory_of(self.arena.organisation).people
        desk = case_file.desk(self.arena.organisation, next(iter(people)), datetime.now().astimezone())
        self.inventor = Inventor(desk, seed=3)
        names = [person for _, person, _ in self.inventor.desks]
        self.seated = [(names[number % len(names)], Visitor(self.port)) for number in range(self.many)]
        for person, visitor in self.seated:
            visitor.sign_in(f"{self.arena.organisation}.{person}")
        return self

    def __exit__(self, *_: Any) -> None:
        self.server.terminate()
        self.server.wait(20)
        self.listening.close()

    def registration_rate(self, seconds: float, clients: int | None = None) -> float:
        """Complaints registered per second by so many people at once, each on their own page."""
        lock = threading.Lock()

        def register(person: str, visitor: Visitor) -> None:
            with lock:
                command = self.inventor.complaint(person).command
            status, _ = visitor.post("/desk", self._form(command))
            if status not in (302, 303):
                raise RuntimeError(f"registration over HTTP: {status}\n{visitor.last.decode()[:2000]}")

        return self.rate(register, seconds, clients)

    def rate(self, act: Callable[[str, Visitor], None], seconds: float, clients: int | None = None) -> float:
        """How often per second the visitors together can do it."""
        seated = self.seated[: clients or self.many]
        for person, visitor in seated:  # the server has closed connections that were idle meanwhile
            visitor.connection.close()
            act(person, visitor)
        done, failed = [0] * len(seated), []
        started = time.perf_counter()

        def work(number: int) -> None:
            person, visitor = seated[number]
            try:
                while time.perf_counter() - started < seconds:
                    act(person, visitor)
                    done[number] += 1
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(len(seated))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failed:
            raise failed[0]
        return sum(done) / (time.perf_counter() - started)

    def _form(self, command: Any) -> list[tuple[str, str]]:
        values: list[tuple[str, str]] = [("unit", command.unit), ("confirmed", "yes")]
        for name, value in command.data.items():
            for item in value if isinstance(value, list) else [value]:
                values.append(
                    (
                        "f-" + name,
                        {True: "yes", False: "no"}.get(item, str(item)) if isinstance(item, bool) else str(item),
                    )
                )
        return values
