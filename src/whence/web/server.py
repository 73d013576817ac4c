"""Runs the explorer, on this machine's own address unless it is told another."""

from __future__ import annotations

import ipaddress
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from whence.errors import WhenceError
from whence.web.settings import EVERYBODY, HOSTS, Settings

HOST = "127.0.0.1"
_WAITING = 64
"""Connections that may wait to be taken, and that are open at once."""
_FAREWELL_SECONDS = 3
"""How long answers may take that are under way when the server is to end."""


def run(
    archive: Path,
    port: int,
    tell: Callable[[str], None],
    is_opened: bool = False,
    host: str = HOST,
    settings: Settings = EVERYBODY,
) -> None:
    """Serves the archive until it is interrupted; `tell` gets the address once it answers.

    Port 0 is any free one; `is_opened` shows the address in the browser; `host` is the address on which it listens.
    Raises `WhenceError` if packages are missing, the port is taken, or strangers could ask without a token, and
    `ArchiveError` if the archive cannot be opened.
    """
    from whence.web import application

    _require_token(host, settings)
    app = application(archive, replace(settings, hosts=settings.hosts | {_named(host)}))

    import uvicorn

    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        limit_concurrency=_WAITING,
        timeout_graceful_shutdown=_FAREWELL_SECONDS,
    )
    try:  # whoever calls now waits until it is served
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        bound = socket.create_server((host, port), family=family, backlog=_WAITING)
    except OSError as error:
        why = error.strerror or error
        raise WhenceError(f"port {port} of {host} cannot be had: {why}; choose another one with --port") from None
    with bound:
        url = f"http://{_named(host)}:{bound.getsockname()[1]}/"
        tell(url)
        if is_opened:
            webbrowser.open(url)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[bound])


def _require_token(host: str, settings: Settings) -> None:
    """Raises `WhenceError` if others than users of this machine could ask, and need not say a token."""
    try:
        is_own = ipaddress.ip_address(host).is_loopback
    except ValueError:
        raise WhenceError(f"{host!r} is no address on which to listen; it is one in digits, such as {HOST}") from None
    if settings.token is not None or (is_own and settings.hosts <= HOSTS):
        return
    what = f"other machines could ask at {host}" if not is_own else "it would answer to names of other machines"
    raise WhenceError(f"{what}: that wants a token, from --token FILE or --token-env NAME")


def _named(host: str) -> str:
    """An address as a URL has it."""
    return f"[{host}]" if ":" in host else host
