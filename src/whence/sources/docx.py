"""DOCX: the paragraphs of a Word document, or the articles of an export.

Read straight from the archive, member by member, so that a bomb is never inflated beyond the caps, and without any
entity. Headers, footers, notes, comments, deleted text and the second version of drawings are not read.
"""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from whence.errors import EmptyInput, InputError, TooLarge, TooSlow, UnreadableInput
from whence.records import Page
from whence.sources import exports, limits
from whence.sources.documents import whole_binary

_DOCUMENT = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLES = {"title", "heading1"}
"""Styles of a first paragraph that is the headline."""
_CHUNK = 1 << 16


def read(stream: BinaryIO, name: str) -> Iterator[Page | InputError]:
    """The articles of an export, or the one article of a document, whose title is a first paragraph in such a style.

    Raises `TooLarge` for a bomb, `TooSlow`, `UnreadableInput` for what is no DOCX or is encrypted, `EmptyInput`.
    """
    xml = _document(whole_binary(stream, name), name)
    lines, style = _lines(xml, name)
    if not lines:
        raise EmptyInput("there is no text in this document", name)
    if found := exports.split(lines, name):
        yield from found
        return
    title = lines.pop(0) if style in _TITLES and len(lines) > 1 else None
    yield Page("\n\n".join(lines).encode("utf8", "replace"), name, "text/plain", title=title)


def _document(data: bytes, name: str) -> bytes:
    """The XML of the text, inflated no further than the cap, whatever size its entry declares."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableInput("this is an encrypted or an old Word document; save it as .docx without a password", name)
    most = int(limits.DOCX_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > limits.ZIP_MEMBERS:
                raise TooLarge(f"more than {limits.ZIP_MEMBERS:,} files inside it", name)
            entry = next((one for one in archive.infolist() if one.filename == _DOCUMENT), None)
            if entry is None:
                raise UnreadableInput("this is a ZIP archive but no .docx; unpack it and name the files in it", name)
            if entry.file_size > most:
                raise TooLarge(f"its text unpacks to more than {most:,} bytes", name)
            with archive.open(entry) as member:
                xml = member.read(most + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as problem:
        raise UnreadableInput(f"broken DOCX ({problem})", name) from None
    if len(xml) > most:
        raise TooLarge(f"its text unpacks to more than {most:,} bytes", name)
    return xml


def _lines(xml: bytes, name: str) -> tuple[list[str], str]:
    """The paragraphs that say something, and the style of the first, in lower case."""
    from lxml import etree

    if b"<!DOCTYPE" in xml.replace(b"\0", b""):
        raise UnreadableInput("its XML has a document type, which no .docx has and which is refused", name)
    parser = etree.XMLPullParser(
        ("start", "end"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    gathered = _Paragraphs()
    latest = time.monotonic() + limits.READING_SECONDS
    try:
        for begin in range(0, len(xml), _CHUNK):
            if time.monotonic() > latest:
                raise TooSlow(f"it was not read within {limits.READING_SECONDS:g} s", name)
            parser.feed(xml[begin : begin + _CHUNK])
            for event, element in parser.read_events():
                gathered.take(event, element)
        parser.close()
    except etree.XMLSyntaxError as problem:
        if "depth" in str(problem):  # the parser's own cap, 256
            raise TooLarge("its elements are nested too deeply", name) from None
        raise UnreadableInput(f"broken DOCX ({problem})", name) from None
    return gathered.lines, gathered.style


class _Paragraphs:
    """Gathers the text of paragraphs from the events of a parser."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.style = ""
        self._open: list[list[str]] = []
        self._style = ""
        self._passed = 0

    def take(self, event: str, element: Any) -> None:
        """One event."""
        tag = str(element.tag).replace(_STRICT, _WORD)
        if event == "start":
            self._passed += tag == _FALLBACK
            if tag == f"{_WORD}p":
                self._open.append([])
            return
        if tag == _FALLBACK:
            self._passed -= 1
        elif not self._passed:
            self._end(tag, element)
        elif tag == f"{_WORD}p":
            self._open.pop()
        element.clear()
        if element.getprevious() is not None:  # read, and without this a tree of millions of empty elements
            del element.getparent()[0]

    def _end(self, tag: str, element: Any) -> None:
        if tag == f"{_WORD}p":
            self._close(self._open.pop())
        elif tag == f"{_WORD}t" and self._open:
            self._open[-1].append(element.text or "")
        elif tag in (f"{_WORD}tab", f"{_WORD}noBreakHyphen") and self._open:
            self._open[-1].append("\t" if tag.endswith("tab") else "-")
        elif tag in (f"{_WORD}br", f"{_WORD}cr") and self._open:
            self._open[-1].append("\n")
        elif tag == f"{_WORD}pStyle" and not self.lines:
            self._style = next((str(value) for key, value in element.attrib.items() if str(key).endswith("}val")), "")

    def _close(self, pieces: list[str]) -> None:
        made = [bare for line in "".join(pieces).split("\n") if (bare := " ".join(line.split()))]
        if made and not self.lines:
            self.style = self._style.casefold().replace(" ", "")
        if not self.lines:
            self._style = ""
        self.lines.extend(made)
