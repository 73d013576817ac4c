"""What bytes are: HTML, JSON, text, or something that is no text at all."""

from __future__ import annotations

import codecs
import re

from whence.errors import UnreadableInput

_MAGIC = {
    b"%PDF": "a PDF",
    b"{\\rtf": "an RTF document",
    b"PK\x03\x04": "a ZIP or Office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"BZh": "compressed with bzip2",
    b"\xfd7zXZ": "compressed with xz",
    b"\x28\xb5\x2f\xfd": "compressed with zstd",
    b"SQLite format 3": "a database",
}
_KINDS = {
    b"%PDF": "pdf",
    b"{\\rtf": "rtf",
    b"PK\x03\x04": "docx",
    b"PAR1": "parquet",
    b"WARC/1": "warc",
}
_SUFFIX_OF = {"text/html": "html", "application/json": "json", "text/plain": "txt"}
_MARKUP = re.compile(rb"\s*(<!--|<!doctype\s+html|<\?xml|<html|<head|<body|<div|<article|<p[\s>])", re.IGNORECASE)
_FEED = re.compile(rb"(?:\s*<[?!][^<>]{0,2000}>){0,20}\s*<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_JSON = re.compile(rb"\s*(\{\s*[\"}]|\[\s*[{\]])")
"""Not any bracket: texts begin with "[Editor's note]" too."""
_DECLARATION = re.compile(rb"""charset\s*=\s*["']?\s*([a-zA-Z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4_096
"""Bytes of a page in which it declares its encoding; HTML allows 1024."""
_GUESSED = 200_000
"""Bytes from which an undeclared encoding is guessed."""
_ENCODINGS = ("big5", "cp", "euc", "gb", "iso8859", "koi8", "mac", "shift", "utf-8")
"""How the names of the encodings begin that a page may declare; Python knows others, which are no page's."""
_WELL_FORMED = 5
"""Letters beyond ASCII for each broken one, from which bytes are UTF-8 with faults rather than something else."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def without_surrogates(text: str) -> str:
    """Lone surrogates, which JSON can write but no text can hold, become the replacement character."""
    return _SURROGATE.sub("\ufffd", text)


def kind_of(head: bytes) -> str:
    """The suffix that says what an input is (`html`, `json`, `pdf`, …; else `txt`), by its first bytes."""
    bare = head.removeprefix(codecs.BOM_UTF8)
    for magic, kind in _KINDS.items():
        if bare.startswith(magic):
            return kind
    if _FEED.match(bare):
        return "rss"
    return _SUFFIX_OF[media_type(head)]


def media_type(head: bytes) -> str:
    """`text/html`, `application/json` or `text/plain`, by the first bytes of an input."""
    bare = head.removeprefix(codecs.BOM_UTF8)
    if _MARKUP.match(bare):
        return "text/html"
    return "application/json" if _JSON.match(bare) else "text/plain"


def refuse_binary(data: bytes, name: str) -> None:
    """Raises `UnreadableInput` for what is no text: a known kind of file, or NUL bytes."""
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise UnreadableInput(f"this is {kind}, not text; its suffix should say so, if whence reads it", name)
    if b"\0" in data and not data.startswith(_UTF16):
        raise UnreadableInput("this is a binary file, not text; give a page as .html, .txt, .json or .jsonl", name)


def decode(data: bytes, name: str, is_html: bool = False) -> str:
    """The text of bytes: UTF-8, UTF-16 with its mark, what an HTML page declares, or else the likeliest encoding.

    UTF-8 goes before the declaration, which is often stale: other encodings hardly ever make valid
    UTF-8. A few broken bytes among it do not spoil it. Raises `UnreadableInput` where nothing fits.
    """
    if data.startswith(_UTF16):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("utf-8-sig", "replace")
    broken = text.count("\ufffd")
    if sum(c > "\x7f" for c in text) > _WELL_FORMED * broken:
        return text
    encoding = _declared(data) if is_html else None
    if encoding is None:
        from charset_normalizer import from_bytes  # wanted only for old encodings

        best = from_bytes(data[:_GUESSED]).best()
        if best is None:
            raise UnreadableInput("its bytes are text in no known encoding; convert it to UTF-8", name)
        encoding = best.encoding
    return data.decode(encoding, "replace")


def encoding_of(head: bytes, name: str) -> str:
    """The encoding of a long text, for reading it as a stream, by its first bytes, which may end within a letter.

    Raises `UnreadableInput` for bytes that are no text.
    """
    if head.startswith(_UTF16):
        return "utf-16"
    refuse_binary(head, name)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        text = head.decode("utf8", "replace")
        if sum(c > "\x7f" for c in text) <= (_WELL_FORMED + 1) * text.count("\ufffd"):
            from charset_normalizer import from_bytes  # wanted only for old encodings

            best = from_bytes(head).best()
            return best.encoding if best is not None else "cp1252"
    return "utf-8-sig"


def _declared(data: bytes) -> str | None:
    """The encoding that an HTML page declares. Latin-1 means Windows-1252 there, as browsers have it."""
    found = _DECLARATION.search(data, 0, _HEAD)
    try:
        encoding = codecs.lookup(found[1].decode()).name if found else ""
    except LookupError:
        return None
    if encoding in ("iso8859-1", "ascii"):
        return "cp1252"
    return encoding if encoding.startswith(_ENCODINGS) else None
