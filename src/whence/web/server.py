"""Runs the explorer on this machine's own address."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from whence.errors import WhenceError

HOST = "127.0.0.1"
_WAITING = 64
"""Connections that may wait to be taken, and that are open at once."""
_FAREWELL_SECONDS = 3
"""How long answers may take that are under way when the server is to end."""


def run(archive: Path, port: int, tell: Callable[[str], None], is_opened: bool = False) -> None:
    """Serves the archive until it is interrupted; `tell` gets the address once it answers.

    Port 0 is any free one; `is_opened` shows the address in the browser. Raises `WhenceError` if packages are missing
    or the port is taken, `ArchiveError` if the archive cannot be opened.
    """
    from whence.web import application

    app = application(archive)

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
    try:
        bound = socket.create_server((HOST, port), backlog=_WAITING)  # whoever calls now waits until it is served
    except OSError as error:
        why = error.strerror or error
        raise WhenceError(f"port {port} of {HOST} cannot be had: {why}; choose another one with --port") from None
    with bound:
        url = f"http://{HOST}:{bound.getsockname()[1]}/"
        tell(url)
        if is_opened:
            webbrowser.open(url)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[bound])
