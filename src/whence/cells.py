"""Cells and records of CSV (RFC 4180) that a spreadsheet takes for text, whatever stands in them.

Every CSV that whence writes is made of these, and so says the same in the same way.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Beginnings of a cell that spreadsheets take for a formula, or strip until they find one."""
_KEPT = frozenset("\t\n\r")
"""Control characters that a quoted cell may hold."""
_AND = "; "
"""Between the values of a cell that holds several."""


def record(cells: Iterable[object]) -> str:
    """A record with its line end; null is an empty cell, and a number stands as it is, below zero too."""
    written = io.StringIO(newline="")
    csv.writer(written).writerow([_cell(cell) for cell in cells])
    return written.getvalue()


def listed(values: Iterable[object]) -> str:
    """Several values in one cell, side by side with those of other cells: null is an empty place among them."""
    return _AND.join("" if value is None else str(value) for value in values)


def joined(value: object) -> object:
    """A column's value as a cell: a list's items `listed`, and of two offsets both with a dash between them."""
    if not isinstance(value, list):
        return value
    if len(value) == 2 and all(isinstance(item, int) for item in value):
        return "-".join(map(str, value))
    return listed(map(joined, value))


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, (int, float)) else safe(str(cell))


def safe(cell: str) -> str:
    """The cell with a space for each control character, and an apostrophe before what would be a formula."""
    shown = "".join(" " if unicodedata.category(c) == "Cc" and c not in _KEPT else c for c in cell)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
