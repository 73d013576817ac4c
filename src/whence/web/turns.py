"""Turns for what takes long: one request at a time, a few that wait, and a word to whoever comes then."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import HTTPException

AGAIN_SECONDS = 10
"""When to come again."""


class Turns:
    """Lets one in at a time, and a few wait."""

    def __init__(self, waiting: int, what: str) -> None:
        """`waiting` is how many may wait while one is in, `what` how messages call them all."""
        self._most, self._what = waiting + 1, what
        self._places = threading.BoundedSemaphore(self._most)
        self._turn = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The caller's turn. Raises `HTTPException` where too many wait."""
        if not self._places.acquire(blocking=False):
            told = {"retry-after": str(AGAIN_SECONDS)}
            raise HTTPException(429, f"{self._most} {self._what}: try again in a little while", told)
        try:
            with self._turn:
                yield
        finally:
            self._places.release()
