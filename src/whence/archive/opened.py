"""An archive's file while it is open: what keeping and asking both stand on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from whence.archive.connection import connect, telling, transaction


class Opened:
    """One archive's file and the connection to it, of the thread that opened it."""

    def __init__(self, path: str | Path, read_only: bool = False) -> None:
        """Opens the file, which is made unless `read_only`; one of an older whence is brought up to date.

        Raises `ArchiveError` for a file that is missing (`read_only`), no archive, of a newer whence, or damaged.
        """
        self.path = Path(path)
        self.read_only = read_only
        self._connection = connect(self.path, read_only)

    def close(self) -> None:
        """Closes the file; what was saved is in it."""
        with telling(self.path):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """All that is written inside, also through `postings()`, is kept whole or not at all."""
        with telling(self.path):
            if self._connection.in_transaction:
                yield
            else:
                with transaction(self._connection):
                    yield
