"""What a user may say about how sources are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def silent(_: str) -> None:
    """Takes a note and tells nobody."""


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are read; the defaults are those of the command line."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Field of a page (`fields.FIELDS`) to the column or JSON field that holds it, where the usual names do not fit."""
    fetch_items: bool = False
    """Whether the addresses of a feed's items are fetched when the feed does not hold the articles themselves."""
    note: Callable[[str], None] = silent
    """Is told, once for each source, what was guessed or passed over; one line of text."""
