"""The archive: many articles in one file that keeps them and answers questions."""

from __future__ import annotations

from whence.archive.ledger import Ledger
from whence.archive.reviews import Review
from whence.archive.store import Archive

__all__ = ["Archive", "Ledger", "Review"]
