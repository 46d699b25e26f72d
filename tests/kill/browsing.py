"""A browser that signs in and registers complaints over HTTP as fast as it can; prints each case it was sent on to.

A web server that goes away is waited for, and the form is sent anew only where no answer came.
"""

import http.client
import re
import sys
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
CASE = re.compile(r"/cases/([0-9a-f-]{36})")


class Browser:
    """One session. ``ask`` gives (status, body, where to go on)."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, values: list[tuple[str, str]] | None = None) -> tuple[int, bytes, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if values is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode([*values, ("csrfmiddlewaretoken", self.token)])
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        page = answer.read()
        found = TOKEN.search(page)
        self.token = found[1].decode() if found else getattr(self, "token", "")
        return answer.status, page, answer.headers.get("Location", "")


def main(port: int, user: str, password: str) -> None:
    browser = Browser(port)
    signed_in = False
    while True:
        try:
            if not signed_in:
                browser.ask("GET", "/sign-in")
                browser.ask("POST", "/sign-in", [("username", user), ("password", password)])
                signed_in = browser.ask("GET", "/desk")[0] == 200
            form = [("f-content", "饭菜里有异物"), ("f-level", "normal"), ("unit", "east"), ("confirm", "1")]
            status, page, onward = browser.ask("POST", "/desk", form)
            case = CASE.search(onward)
            if case:
                print("registered", case[1], flush=True)
            elif status < 500:
                print("refused", status, page.decode()[:300].replace("\n", " "), flush=True)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
