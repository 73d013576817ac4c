"""What an explorer is allowed to do, and for whom: settled when it starts, the same for every request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from whence.errors import WhenceError
from whence.records import Coding

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names by which the server may be called. A page of a stranger whose name leads here (DNS rebinding) calls another."""
TOKEN_LENGTH = 16
"""Characters that a token has at least, so that it cannot be guessed by asking: 16 letters are 75 bits."""


class Paste(Protocol):
    """What codes what a user pastes. Raises an `InputError` that says why it cannot."""

    def text(self, text: str, title: str | None, published: str | None) -> Coding:
        """The coding of a text."""

    def url(self, url: str) -> Coding:
        """The coding of the page behind an address."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules of one explorer."""

    read_only: bool = False
    """Whether nothing may be written: no reviews, and nothing pasted is kept."""
    token: str | None = None
    """What whoever asks has to know; None for everybody on this machine."""
    hosts: frozenset[str] = HOSTS
    """Names by which the server may be called, without a port and in small letters."""
    paste: Paste | None = None
    """What codes pasted texts; None for an explorer without the paste box."""


EVERYBODY = Settings()
"""Everybody on this machine may read and review."""


def checked_token(token: str) -> str:
    """A token without the white space around it. Raises `WhenceError` for one that could be guessed or sent wrongly."""
    bare = token.strip()
    if len(bare) < TOKEN_LENGTH or not bare.isascii() or not bare.isprintable() or " " in bare:
        raise WhenceError(
            f"a token has at least {TOKEN_LENGTH} letters, digits or signs of ASCII and no space; make one with: "
            "python -c 'import secrets; print(secrets.token_urlsafe())'"
        )
    return bare
