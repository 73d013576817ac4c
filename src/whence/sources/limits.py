"""How much of an input is read before it is refused. `docs/security.md` says what each costs.

Each is a setting: `--limit pdf_pages=2000` on the commands that read, or `override(pdf_pages=2000)` in a program.
Whoever reads one says `limits.PDF_PAGES`, for a name imported from here keeps the value that it had then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

DOCUMENT_BYTES = 20_000_000
"""Bytes of one document (a page, a row of JSONL), after decompression. Real pages are under 5 MB."""
DOCUMENT_WORDS = 40_000
"""Words and signs of one article that is coded. Coding takes time in proportion: on one core of a busy machine
40,000 of nothing but events took 22 s, of datelines 10 s. The longest articles of magazines have under 35,000."""
SORTED_LINES = 5_000
"""Lines of the longest text from which those are left out that are not the article's own: no article has as many, and
what a file of more lines holds is not known. 1 keeps every line of every text."""
JSON_BYTES = 200_000_000
"""Bytes of one `.json` file, which is read whole."""
HTML_DEPTH = 250
"""Elements inside each other. The parser gives up at 256 and would drop the rest of the page without a word."""
HTML_ELEMENTS = 100_000
"""Elements of a page, for telling the article from the rest takes more than linear time. Real pages stay under
20,000."""
TAG_ATTRIBUTES = 1_000
"""Attributes of one tag, for the parser compares each with all others."""
FETCH_SECONDS = 30.0
"""How long a server may be silent."""
PAGE_SECONDS = 60.0
"""How long fetching one page may take, with looking up its host and all redirects."""
REDIRECTS = 5
"""How often a server may send us elsewhere."""
FOLDER_DEPTH = 40
"""Folders inside each other, from the one that was named."""
DICTIONARY_BYTES = 100_000_000
"""Bytes of memory that unpacking .xz may want; its strongest setting wants 65 MB."""
TABLE_COLUMNS = 1_000
"""Columns of a table, and fields of one of its rows."""
PARQUET_BYTES = 500_000_000
"""Bytes of a Parquet file that is not a file on disk and so has to be held whole."""
PARQUET_GROUP_BYTES = 1_000_000_000
"""Bytes of one group of a Parquet file's rows, unpacked; pyarrow may hold the columns that are read of it whole."""
FEED_ITEMS = 10_000
"""Items of one feed. Real ones have under 500."""
FEED_BYTES = 20_000_000
"""Bytes of one feed, which is read whole."""
FEED_TAGS = 200_000
"""Tags of one feed, those of its articles too, for feedparser takes long over each and more over nested ones."""
EXPORT_BYTES = 50_000_000
"""Bytes of one document in PDF or DOCX, which is read whole. An export of 500 articles has under 10 MB."""
RTF_BYTES = 20_000_000
"""Bytes of one RTF, of which 1 MB takes up to a second."""
PDF_PAGES = 1_000
"""Pages of one PDF."""
PDF_STREAM_BYTES = 20_000_000
"""Bytes of one stream of a PDF, after decompression; real pages of text have under 200,000."""
READING_SECONDS = 20.0
"""How long one PDF or DOCX may take to read, looked at after each page or piece."""
ZIP_MEMBERS = 5_000
"""Files inside a DOCX."""
DOCX_BYTES = 50_000_000
"""Bytes of a DOCX's text with its mark-up, after decompression. An export of 500 articles has under 20 MB."""
WARC_FAULTS = 1_000
"""Broken places of one WARC file, for each has the bytes behind it searched for the next record."""

DOCUMENT_SECONDS = 25.0
"""How long the reading of one document may take, where a process of its own reads it, so that the run goes on within
half a minute. An article of 1,000 words takes a twentieth of a second."""
DOCUMENT_MEMORY = 1_000_000_000
"""Bytes that the process which reads a document may have in memory, of which the program and its model take 220 MB."""

_DEFAULTS: dict[str, float] = {name.lower(): value for name, value in list(globals().items()) if name.isupper()}


def names() -> list[str]:
    """What can be set, in lower case."""
    return sorted(_DEFAULTS)


def changed() -> dict[str, float]:
    """The settings in force that are not the defaults: what a child process has to be told."""
    return {name: globals()[name.upper()] for name in names() if globals()[name.upper()] != _DEFAULTS[name]}


@contextmanager
def override(values: Mapping[str, float] | None = None, /, **more: float) -> Iterator[None]:
    """Sets limits of this process until the context ends; names are those above in lower case.

    Raises `ValueError`, which says what can be set, for a name that is none and a value that is not above 0.
    """
    wanted = {**(values or {}), **more}
    for name, value in wanted.items():
        if name not in _DEFAULTS:
            raise ValueError(f"there is no limit {name!r}; there are {', '.join(names())}")
        if not 0 < value < float("inf") or not type(_DEFAULTS[name])(value):
            raise ValueError(f"the limit {name} is a number above 0, not {value:g}")
    before = {name: globals()[name.upper()] for name in wanted}
    try:
        for name, value in wanted.items():
            globals()[name.upper()] = type(_DEFAULTS[name])(value)
        yield
    finally:
        for name, value in before.items():
            globals()[name.upper()] = value
