"""A tiny provider of single sign-on: real HTTP on this machine, one person at a time, a code that can be used once."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt


class Provider:
    """``claims`` is who is signed in there; ``None`` refuses everybody."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.claims: dict[str, Any] | None = {}
        self.codes: dict[str, str] = {}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        if self.claims is None:
            answer = {"error": "access_denied", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe(8)
            self.codes[code] = asked["code_challenge"]
            answer = {"code": code, "state": asked["state"]}
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def token(self, asked: dict[str, str]) -> dict[str, Any] | None:
        challenge = self.codes.pop(asked.get("code", ""), None)
        proof = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        if challenge != base64.urlsafe_b64encode(proof).rstrip(b"=").decode() or asked.get("client_secret") != "s3cret":
            return None
        body = {"iss": self.address, "aud": "redress", "iat": 1, "exp": 9_999_999_999, **(self.claims or {})}
        return {
            "access_token": "access",
            "token_type": "Bearer",
            "id_token": jwt.encode(body, "a-key-nobody-else-has-" * 2, algorithm="HS256"),
        }


@contextmanager
def provider() -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, asked = urlsplit(self.path).path, _flat(urlsplit(self.path).query)
            if path == "/.well-known/openid-configuration":
                self._json(
                    {
                        "issuer": there.address, "authorization_endpoint": f"{there.address}/authorize",
                        "token_endpoint": f"{there.address}/token", "userinfo_endpoint": f"{there.address}/userinfo",
                        "jwks_uri": f"{there.address}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"],
                    }
                )  # fmt: skip
            elif path == "/authorize":
                self.send_response(302)
                self.send_header("Location", there.authorize(asked))
                self.end_headers()
            elif path == "/userinfo" and self.headers.get("Authorization") == "Bearer access":
                self._json(there.claims or {})
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            asked = _flat(self.rfile.read(int(self.headers["Content-Length"])).decode())
            answer = there.token(asked)
            self._json(answer or {"error": "invalid_grant"}, 200 if answer else 400)

        def _json(self, body: dict[str, Any], status: int = 200) -> None:
            whole = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(whole)))
            self.end_headers()
            self.wfile.write(whole)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield there
    server.shutdown()
    server.server_close()
    thread.join()


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
