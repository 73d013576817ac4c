"""The explorer: an archive as web pages for people and as an HTTP API for programs, on this machine alone.

`application` makes what a server runs, `server.run` runs it. Both want the packages of the extra `web`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from whence.errors import WhenceError
from whence.web.settings import EVERYBODY, Settings

if TYPE_CHECKING:
    from whence.web.guard import Guard

__all__ = ["Settings", "application", "require_packages"]


def require_packages() -> None:
    """Raises `WhenceError`, which says how to install them, if the packages of the extra `web` are missing."""
    try:
        import fastapi
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise WhenceError(
            f"the explorer wants packages that are not installed ({error.name}): pip install 'whence[web]'"
        ) from None
    del fastapi


def application(archive: Path, settings: Settings = EVERYBODY) -> Guard:
    """The explorer of an archive, as an ASGI application that answers to the names of the settings alone.

    Each request opens the archive for itself, and for reading only unless it writes. Raises `WhenceError` if packages
    are missing, and `ArchiveError` if the archive cannot be opened.
    """
    require_packages()
    from whence.web.app import make

    return make(archive, settings)
