"""What holds for every request and every answer: whose name was called, who asks, how much, what a page may do.

It stands outside the framework, so that its own error pages pass through here too.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote

from whence.web import access
from whence.web.settings import EVERYBODY, Settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

QUERY_BYTES = 8_192
"""Length of a question in an address; 32 conditions with long names fit."""
BODY_BYTES = 1_000_000
"""Length of a body: a pasted text of 200,000 letters in any script fits."""
BODY_SECONDS = 20.0
"""How long a body may take to arrive."""
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""Nothing from elsewhere, no script or style inside a page, and no text that becomes HTML (Trusted Types)."""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""Of every answer."""


class _Refused(Exception):
    """A request that is not handed on: the answer's status, kind, message and headers."""

    def __init__(self, status: int, kind: str, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.kind, self.message, self.headers = status, kind, message, headers


class Guard:
    """An application behind the checks, and with the headers, of this module."""

    def __init__(self, app: Application, settings: Settings = EVERYBODY) -> None:
        self._app = app
        self._hosts = settings.hosts
        self._token = access.Token(settings.token) if settings.token is not None else None
        self._headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or passes the server's own messages on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self._headers]
            await send(message)

        try:
            self._check(scope)
            if not access.is_safe(scope["method"]):
                receive = await _read(scope, receive)
        except _Refused as refused:
            await _refuse(guarded, refused)
        else:
            await self._app(scope, receive, guarded)

    def _check(self, scope: Scope) -> None:
        """Raises `_Refused` for a request that is not to be answered."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or _name(hosts[0].decode("latin-1")) not in self._hosts:
            raise _Refused(400, "host", f"call this server by {' or '.join(sorted(self._hosts))}")
        if len(scope["query_string"]) > QUERY_BYTES:
            raise _Refused(414, "too large", f"the question is longer than {QUERY_BYTES:,} bytes")
        path = scope["path"]
        if self._token is not None and not access.is_open(path) and not self._token.is_known(headers):
            raise _without_token(scope)
        if not access.is_safe(scope["method"]) and (why := access.strange(headers)) is not None:
            raise _Refused(403, "origin", f"not done, for a stranger's page could have asked: {why}")


def _without_token(scope: Scope) -> _Refused:
    """Who asks without a token is told how to give it; a browser is led to the page that asks for it."""
    path, query = scope["path"], scope["query_string"].decode("latin-1")
    if path.startswith("/api/") or not access.is_safe(scope["method"]):
        message = f"this explorer wants its token: Authorization: Bearer TOKEN, or the page {access.SIGN_IN}"
        return _Refused(401, "token", message, **{"www-authenticate": 'Bearer realm="whence"'})
    to = quote(f"{path}?{query}" if query else path, safe="")
    return _Refused(303, "token", "give the token first", location=f"{access.SIGN_IN}?to={to}")


async def _read(scope: Scope, receive: Receive) -> Receive:
    """The body, read whole, as the application will receive it. Raises `_Refused` for one that is long or slow."""
    too_large = _Refused(413, "too large", f"the body is longer than {BODY_BYTES:,} bytes")
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value[:12]) > BODY_BYTES:
            raise too_large
    body, is_more = b"", True
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while is_more:
                message = await receive()
                if message["type"] != "http.request":  # whoever asked is gone
                    break
                body += message.get("body", b"")
                is_more = message.get("more_body", False)
                if len(body) > BODY_BYTES:
                    raise too_large
    except TimeoutError:
        raise _Refused(408, "too slow", f"the body took longer than {BODY_SECONDS:g} seconds") from None
    whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return whole.pop() if whole else await receive()

    return replay


def _name(host: str) -> str:
    """A Host header without its port."""
    bare = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
    return bare.lower()


async def _refuse(send: Send, refused: _Refused) -> None:
    body = json.dumps({"error": {"kind": refused.kind, "message": refused.message}}).encode()
    told = {"content-type": "application/json", "content-length": str(len(body)), "cache-control": "no-store"}
    headers = [(name.encode(), value.encode("latin-1")) for name, value in (told | refused.headers).items()]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
