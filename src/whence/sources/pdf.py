"""PDF, through pypdf: the text of its pages, without running heads and page numbers, its paragraphs joined again."""

from __future__ import annotations

import io
import logging
import re
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from whence.errors import EmptyInput, InputError, TooLarge, TooSlow, UnreadableInput
from whence.records import Page
from whence.sources import limits
from whence.sources.documents import whole_binary
from whence.sources.sniffing import without_surrogates

if TYPE_CHECKING:
    from pypdf import PdfReader

_EDGE = 2
"""Lines at the head and the foot of a page among which running heads and page numbers are looked for."""
_REPEATED = 0.5
"""Share of the pages (and two at least) on which a line stands at the edge, digits aside, if it is a running head."""
_PAGE_NUMBER = re.compile(r"\W{0,3}(?:page )?\d{1,5}(?: ?(?:of|/) ?\d{1,5})?\W{0,3}", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDS = (".", "?", "!", ":", "”", '"', "’", "…", ")")
_SHORT_LAST = 0.85
"""Share of the width of a column below which a line that ends a sentence ends a paragraph."""
_SHORT_HEAD = 0.6
"""The same for a line that ends no sentence and is followed by a capital: a headline, a byline."""
_FEWEST_LETTERS = 20
"""Letters of a whole PDF below which it is taken for pictures of pages."""


def read(stream: BinaryIO, name: str) -> Iterator[Page | InputError]:
    """The one article of a PDF. Its title is the declared one if the first page shows it; a PDF says no day.

    Raises `TooLarge`, `TooSlow`, `EmptyInput` (pictures of pages) and `UnreadableInput` (encrypted, or broken).
    """
    title, pages = _pages(whole_binary(stream, name), name)
    paragraphs = _paragraphs(_without_edges(pages))
    if sum(c.isalpha() for paragraph in paragraphs for c in paragraph) < _FEWEST_LETTERS:
        raise EmptyInput("its pages hold pictures and no text; recognise their text (OCR) first", name)
    if title is not None and title.casefold() not in " ".join(" ".join(pages[0]).casefold().split()):
        title = None
    if paragraphs[0] == title:
        del paragraphs[0]
    data = without_surrogates("\n\n".join(paragraphs)).encode("utf8")
    if len(data) > limits.DOCUMENT_BYTES:
        raise TooLarge(f"its text has more than {limits.DOCUMENT_BYTES:,} bytes", name)
    yield Page(data, name, "text/plain", title=title)


def _pages(data: bytes, name: str) -> tuple[str | None, list[list[str]]]:
    """The declared title, and the lines of each page."""
    import pypdf  # slow to import, and wanted only for PDF

    most = int(limits.PDF_STREAM_BYTES)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            pypdf.apply_configuration(
                maximum_declared_stream_length=most,
                array_based_stream_maximum_output_length=most,
                lzw_maximum_output_length=most,
                run_length_maximum_output_length=most,
                zlib_maximum_output_length=most,
                brotli_maximum_output_length=most,
                stream_decoding_work_maximum_length=4 * most,
                jbig2dec_binary=None,
            ),
        ):
            return _texts(pypdf.PdfReader(io.BytesIO(data)), name)
    except InputError:
        raise
    except pypdf.errors.LimitReachedError as problem:
        raise TooLarge(f"a part of it is larger than allowed ({problem})", name) from None
    except (pypdf.errors.FileNotDecryptedError, pypdf.errors.DependencyError):
        raise _encrypted(name) from None
    except MemoryError:
        raise
    except Exception as problem:  # a broken PDF makes pypdf raise anything: KeyError, TypeError, RecursionError …
        told = " ".join(f"{type(problem).__name__}: {problem}".split())[:200]
        raise UnreadableInput(f"broken PDF ({told})", name) from None


def _texts(reader: PdfReader, name: str) -> tuple[str | None, list[list[str]]]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted(name)
    count = len(reader.pages)
    if count > limits.PDF_PAGES:
        raise TooLarge(f"it has {count:,} pages, and {limits.PDF_PAGES:,} are allowed", name)
    begin = time.monotonic()
    pages: list[list[str]] = []
    size = 0
    for number in range(count):
        text = reader.pages[number].extract_text()
        size += len(text)
        if size > limits.DOCUMENT_BYTES:
            raise TooLarge(f"its text has more than {limits.DOCUMENT_BYTES:,} bytes", name)
        pages.append([line.strip() for line in text.splitlines()])
        if time.monotonic() - begin > limits.READING_SECONDS:
            raise TooSlow(f"page {number + 1} of {count} was reached after {limits.READING_SECONDS:g} s", name)
    title = reader.metadata.title if reader.metadata else None
    return " ".join(title.split()) or None if isinstance(title, str) else None, pages


def _encrypted(name: str) -> UnreadableInput:
    return UnreadableInput("this PDF is encrypted; save it without a password first", name)


def _without_edges(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all pages, without those at the edges that are page numbers or stand on many pages."""
    edges = [_edge(page) for page in pages]
    counted = Counter(key for page, edge in zip(pages, edges, strict=True) for key in {_key(page[i]) for i in edge})
    least = max(2, _REPEATED * len(pages))
    kept: list[str] = []
    for page, edge in zip(pages, edges, strict=True):
        gone = {i for i in edge if _PAGE_NUMBER.fullmatch(page[i]) or counted[_key(page[i])] >= least}
        kept.extend(line for i, line in enumerate(page) if i not in gone)
    return kept


def _edge(page: Sequence[str]) -> list[int]:
    filled = [i for i, line in enumerate(page) if line]
    return sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _key(line: str) -> str:
    return _DIGITS.sub("0", line)


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Lines joined where a paragraph goes on, and words that were divided at the end of a line made whole."""
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    paragraphs: list[list[str]] = [[]]
    for i, line in enumerate(lines):
        if not line:
            if i and lines[i - 1].endswith(_ENDS):
                paragraphs.append([])
            continue
        paragraphs[-1].append(line)
        following = next((later for later in lines[i + 1 : i + 4] if later), "")
        if _ends_paragraph(line, following, width):
            paragraphs.append([])
    return [joined for parts in paragraphs if (joined := _joined(parts))]


def _ends_paragraph(line: str, following: str, width: int) -> bool:
    if line.endswith(_ENDS):
        return len(line) < _SHORT_LAST * width
    return len(line) < _SHORT_HEAD * width and following[:1].isupper()


def _joined(lines: Sequence[str]) -> str:
    """Lines as one; a word that a hyphen divides before a small letter is whole again."""
    pieces: list[str] = []
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else ""
        if line.endswith("\u00ad") or (line.endswith("-") and line[-2:-1].isalpha() and following[:1].islower()):
            pieces.append(line[:-1])
        else:
            pieces.append(line + " ")
    return " ".join("".join(pieces).split())
