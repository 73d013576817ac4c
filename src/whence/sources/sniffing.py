"""What bytes are: HTML, JSON, text, or something that is no text at all."""

from __future__ import annotations

import codecs
import re

from whence.errors import UnreadableInput

_MAGIC = {
    b"%PDF": "a PDF",
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
_MARKUP = re.compile(rb"\s*(<!--|<!doctype\s+html|<\?xml|<html|<head|<body|<div|<article|<p[\s>])", re.IGNORECASE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def media_type(head: bytes) -> str:
    """`text/html`, `application/json` or `text/plain`, by the first bytes of an input."""
    bare = head.removeprefix(codecs.BOM_UTF8)
    if _MARKUP.match(bare):
        return "text/html"
    return "application/json" if bare.lstrip()[:1] in (b"{", b"[") else "text/plain"


def refuse_binary(data: bytes, name: str) -> None:
    """Raises `UnreadableInput` for what is no text: a known kind of file, or NUL bytes."""
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise UnreadableInput(f"this is {kind}, not a page; give its text as .txt or .html", name)
    if b"\0" in data and not data.startswith(_UTF16):
        raise UnreadableInput("this is a binary file, not text; give a page as .html, .txt, .json or .jsonl", name)


def decode(data: bytes, name: str) -> str:
    """The text of bytes: UTF-8, UTF-16 with its mark, or else the likeliest encoding.

    Raises `UnreadableInput` where no encoding fits.
    """
    try:
        return data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes  # wanted only for old encodings

    best = from_bytes(data[:200_000]).best()
    if best is not None:
        return data.decode(best.encoding, errors="replace")
    raise UnreadableInput("its bytes are text in no known encoding; convert it to UTF-8", name)
