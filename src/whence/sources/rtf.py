"""RTF, through striprtf: the paragraphs of a document, or the articles of an export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from whence.errors import EmptyInput, InputError, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources import exports, limits
from whence.sources.documents import whole_binary
from whence.sources.sniffing import without_surrogates

_LINK = re.compile(r"\\fldinst\{", re.IGNORECASE)
"""What striprtf takes for a link, in time that is the square of their number, to print its address into the text.
With a space after the word it is a group like others, and passed over."""
_FONTS = re.compile(r"\{\\fonttbl")
_FONT_TABLE = 100_000
"""Characters of a font table, which striprtf reads in more than linear time; real ones have under 20,000."""
_BREAKS = re.compile(r"[\n\r\x0b\x0c\u2028\u2029]")


def read(stream: BinaryIO, name: str) -> Iterator[Page | InputError]:
    """The articles of an export, or the one article of a document. RTF says no title and no day.

    Raises `TooLarge`, `UnreadableInput` for what is no RTF, `EmptyInput`.
    """
    data = whole_binary(stream, name, "rtf_bytes")
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableInput("this is no RTF: it does not begin with {\\rtf", name)
    lines = _lines(data.decode("latin-1"), name)
    if not lines:
        raise EmptyInput("there is no text in this document", name)
    if found := exports.split(lines, name):
        yield from found
        return
    made = "\n\n".join(" ".join(line.split()) for line in lines).encode("utf8")
    if len(made) > limits.DOCUMENT_BYTES:
        raise TooLarge(f"its text has more than {limits.DOCUMENT_BYTES:,} bytes", name)
    yield Page(made, name, "text/plain")


def _lines(rtf: str, name: str) -> list[str]:
    from striprtf import striprtf  # wanted only for RTF

    to_text: Callable[..., str] = striprtf.rtf_to_text

    if (fonts := _FONTS.search(rtf)) and _group_end(rtf, fonts.start()) - fonts.start() > _FONT_TABLE:
        raise TooLarge(f"its font table has more than {_FONT_TABLE:,} characters", name)
    try:
        text = to_text(_LINK.sub(lambda found: found[0][:-1] + " {", rtf), errors="replace")
    except Exception as problem:  # broken RTF makes striprtf raise ValueError, LookupError, OverflowError …
        raise UnreadableInput(f"broken RTF ({type(problem).__name__}: {problem})"[:200], name) from None
    return [bare for line in _BREAKS.split(without_surrogates(text)) if (bare := line.strip())]


def _group_end(rtf: str, begin: int) -> int:
    """Where the group that begins there ends, or a little beyond the cap."""
    depth = 0
    for i in range(begin, min(len(rtf), begin + _FONT_TABLE + 2)):
        depth += {"{": 1, "}": -1}.get(rtf[i], 0)
        if depth == 0:
            return i
    return min(len(rtf), begin + _FONT_TABLE + 2)
