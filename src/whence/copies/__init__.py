"""Near-copies: which articles are one text, printed again with another byline, cut, edited, or with teasers behind it.

`sketch(text)` makes of a text some hundred numbers; an `Index` says by them of which earlier text it is a copy,
and keeps the clusters. It lives in memory (`MemoryPostings`) or in an SQLite file (`SqlitePostings`, with the tables
of `SCHEMA`).
"""

from whence.copies.index import FREQUENT, Index, Item, Match
from whence.copies.likeness import Likeness, likeness
from whence.copies.postings import SCHEMA, Document, MemoryPostings, Postings, SqlitePostings
from whence.copies.shingles import indexed, sketch

__all__ = [
    "FREQUENT",
    "SCHEMA",
    "Document",
    "Index",
    "Item",
    "Likeness",
    "Match",
    "MemoryPostings",
    "Postings",
    "SqlitePostings",
    "indexed",
    "likeness",
    "sketch",
]
