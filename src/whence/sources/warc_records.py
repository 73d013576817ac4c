"""The records of a WARC file, cut out one by one, so that a broken one costs no other.

A `.warc.gz` has one gzip member for each record, and a member's end is also that of the record, whatever the record
says of its length. Where a member is broken, the next is found by its first bytes. In a WARC that is not compressed,
records follow each other in the lengths that they give; where nothing begins at the end of one, the next line that
begins like a record does.

Memory is bounded by the cap on a document. What FastWARC reads is a record that was cut out here: left to itself it
goes on behind a broken place at nobody knows which record, and unfolds what it is given without a limit.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from whence.errors import InputError, TooLarge, UnreadableInput
from whence.sources import limits

GZIP = b"\x1f\x8b\x08"
_BEGINS = b"WARC/1."
_CHUNK = 1 << 17
_STEP = 1 << 20
"""Bytes that are looked at in one go where something is passed over."""
_HEADER_BYTES = 1 << 16
"""Bytes of a record's header. Real ones have under 2,000; addresses may have 8,000."""
_PEEKED = 4_096
_MOST_OVERHEAD = 1 << 16
"""Bytes that a record has beside the page: its header and that of HTTP."""
_BLOWN_UP = 200
"""Bytes out of a gzip member for each byte in, from which it is a bomb: text has 3 to 20, zeros have 1,030."""
_BLOWN_UP_FROM = 50_000_000
"""Bytes out of a gzip member from which it is looked at whether it is a bomb."""
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,18})[ \t]*\r?$")
_TYPE = re.compile(rb"(?im)^warc-type:[ \t]*([a-z]{1,20})[ \t]*\r?$")
_START = re.compile(rb"WARC/1\.[01]\r?\n(?=[A-Za-z-]{1,40}:)")
"""Where a record begins behind a broken one, which may break off within a line."""
_LONGEST_START = 64
_BLANK = b"\r\n"
_TRAILER = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record, its header first. `name` says where it stands: `news.warc.gz:2048`, in bytes of the file."""

    kind: str
    """Its `WARC-Type` in lower case."""
    data: bytes
    name: str


def records(stream: BinaryIO, name: str) -> Iterator[Record | InputError]:
    """The records of a WARC file, plain or in gzip members; a place that is broken is the error that names it.

    Records of other types than `response` come without data. After `limits.WARC_FAULTS` broken places it ends.
    """
    faults = 0
    for found in _found(stream, name):
        yield found
        if isinstance(found, InputError):
            faults += 1
            if faults >= limits.WARC_FAULTS:
                yield TooLarge(f"it has {faults:,} broken places; what follows the last of them is not read", name)
                return


def _found(stream: BinaryIO, name: str) -> Iterator[Record | InputError]:
    head = stream.peek(len(_BEGINS))[: len(_BEGINS)]  # type: ignore[attr-defined]
    if not head.startswith(GZIP) and (head == _BEGINS or not name.lower().endswith(".gz")):
        yield from _cut(_Window(stream.read, is_plain=True), partial(_place, name, None))
        return
    members = _Members(stream)
    while (start := members.next()) is not None:
        if members.passed:
            yield UnreadableInput(f"{members.passed:,} bytes between records are none", f"{name}:{members.passed_at}")
        window = _Window(members.read)
        yield from _cut(window, partial(_place, name, start))
    if members.passed:
        yield UnreadableInput(f"{members.passed:,} bytes at its end are no records", f"{name}:{members.passed_at}")


def _place(name: str, member: int | None, at: int) -> str:
    """What a record is called: its place in the file, or that of its gzip member and, behind `+`, that inside it."""
    if member is None:
        return f"{name}:{at}"
    return f"{name}:{member}+{at}" if at else f"{name}:{member}"


def _cut(window: _Window, name: Callable[[int], str]) -> Iterator[Record | InputError]:
    """The records of one run of bytes, and its broken places."""
    is_said = False
    while window.skip_blank():
        begin = window.at
        head = window.header()
        length = _LENGTH.search(head) if head.startswith(_BEGINS) else None
        if length is None:
            what = "a record's header is broken" if head.startswith(_BEGINS) else "no record begins here"
            yield UnreadableInput(window.problem or what, name(begin))
            is_said = True
            if not window.find(1):
                break
            continue
        kind = _TYPE.search(head)
        named = kind[1].decode().lower() if kind else ""
        whole = len(head) + int(length[1])
        is_said = False
        if whole > limits.DOCUMENT_BYTES + _MOST_OVERHEAD:
            if named == "response":
                yield TooLarge(f"the record has more than {limits.DOCUMENT_BYTES:,} bytes", name(begin))
                is_said = True
            window.skip(len(head), whole)
            continue
        data = window.peek(whole)
        if len(data) == whole and window.is_end_of_record(whole):
            yield Record(named, data if named == "response" else b"", name(begin))
            window.take(whole)
            continue
        what = "the record is cut off" if len(data) < whole else "the record is longer than it says"
        yield UnreadableInput(window.problem or what, name(begin))
        is_said = True
        if not window.find(len(head)):
            break
    if window.problem and not is_said:
        yield UnreadableInput(window.problem, name(window.at))


class _Window:
    """A run of bytes, of which those in view are held."""

    def __init__(self, read: Callable[[int], bytes], is_plain: bool = False) -> None:
        self._read, self.is_plain = read, is_plain
        self._held = bytearray()
        self._is_over = False
        self.at = 0
        """Bytes of the run before those in view."""
        self.problem: str | None = None
        """Why the run breaks off, where it does and that has been seen."""

    def peek(self, count: int) -> bytes:
        """The next bytes, fewer where the run ends."""
        while len(self._held) < count and not self._is_over:
            try:
                more = self._read(max(_CHUNK, count - len(self._held)))
            except (zlib.error, EOFError) as problem:
                self.problem = f"its compression is broken ({problem})"
                more = b""
            self._held += more
            self._is_over = not more
        return bytes(self._held[:count])

    def take(self, count: int) -> None:
        """Goes on by some bytes, which are in view."""
        del self._held[:count]
        self.at += count

    def skip_blank(self) -> bool:
        """Goes on to what is no line end; False where the run ends."""
        while head := self.peek(_PEEKED):
            blank = len(head) - len(head.lstrip(_BLANK))
            self.take(blank)
            if blank < len(head):
                return True
        return False

    def header(self) -> bytes:
        """The header that begins here with the blank line behind it, or the first bytes where none ends in time."""
        for count in (_PEEKED, _HEADER_BYTES):
            head = self.peek(count)
            if not head.startswith(_BEGINS):
                break
            if end := _END_OF_HEADER.search(head):
                return head[: end.end()]
        return head[: len(_BEGINS) - 1]

    def is_end_of_record(self, count: int) -> bool:
        """Whether behind some bytes, which are in view, there is what ends a record: two line ends by the standard.

        A new record, or the end of the run, will do for tools that write none.
        """
        rest = self.peek(count + 4 + len(_BEGINS))[count:]
        bare = rest.lstrip(_BLANK)
        return rest.startswith(_TRAILER) or bare.startswith(_BEGINS) or not (bare or self.problem)

    def find(self, count: int) -> bool:
        """Goes on by some bytes and then to where the next record begins; False where there is none."""
        self.take(min(count, len(self._held)))
        while True:
            self.peek(_STEP)
            if found := _START.search(self._held):
                begin = found.start()
                del found  # it holds on to the bytes, which could then not be let go
                self.take(begin)
                return True
            if self._is_over:
                self.take(len(self._held))
                return False
            self.take(max(0, len(self._held) - _LONGEST_START))

    def skip(self, head: int, whole: int) -> None:
        """Goes over a record too large to be held, as far as there is one.

        A plain file is searched for a record in it, for its length may be a lie.
        """
        self.take(head)
        if self.is_plain:
            self.find(0)
            return
        left = whole - head
        while left > 0 and (step := len(self.peek(min(_STEP, left)))):
            self.take(step)
            left -= step


class _Members:
    """The members of a gzip file, one by one, each a run of bytes that ends."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._raw = bytearray()
        self._base = 0
        self._fed = 0
        self._out = 0
        self._unfolding = zlib.decompressobj(31)
        self._is_new = True
        self._start = 0
        self.is_done = False
        """Whether the member was read to its end."""
        self.passed = self.passed_at = 0
        """Bytes before this member that are none, and where they begin."""

    def next(self) -> int | None:
        """Goes on to the next member: its place in the file, or None where there is none.

        Where the one before is broken, whatever stands behind its first byte may be the next, for a member that lacks
        its end swallows the beginning of the one that follows.
        """
        before = self._base + self._fed
        if self._is_new or self.is_done:
            self._drop(self._fed)
            self._strip_padding()
            is_found = is_next = self._raw.startswith(GZIP)
            self.passed = 0
            if self._raw and not is_next:
                is_found = self._seek(0)
                self.passed = self._base - before if is_found else self._base + len(self._raw) - before
        else:
            is_found = self._seek(1)
            self.passed = 0
        self.passed_at = before
        if not is_found:
            return None
        self._is_new = self.is_done = False
        self._fed = self._out = 0
        self._unfolding = zlib.decompressobj(31)
        self._start = self._base
        return self._base

    def read(self, count: int) -> bytes:
        """Up to so many bytes out of the member; none at its end. Raises `zlib.error` or `EOFError` if it is broken."""
        while not self.is_done:
            if self._fed >= len(self._raw) and not self._more():
                raise EOFError("it is cut off")
            chunk = bytes(self._raw[self._fed : self._fed + _CHUNK])
            data = self._unfolding.decompress(chunk, count)
            self.is_done = self._unfolding.eof
            rest = self._unfolding.unused_data if self.is_done else self._unfolding.unconsumed_tail
            self._fed += len(chunk) - len(rest)
            self._out += len(data)
            size = self._base + self._fed - self._start
            if self._out > _BLOWN_UP_FROM and self._out > _BLOWN_UP * size:
                raise EOFError(f"a bomb: {size:,} bytes unfold into more than {self._out:,}")
            if self._fed > limits.DOCUMENT_BYTES:  # beyond that, a broken one is not searched again
                self._drop(self._fed - _CHUNK)
            if data:
                return data
        return b""

    def _more(self) -> bool:
        data = self._stream.read(_CHUNK)
        self._raw += data
        return bool(data)

    def _drop(self, count: int) -> None:
        del self._raw[:count]
        self._base += count
        self._fed -= count

    def _strip_padding(self) -> None:
        """Goes over zeros, with which some tools fill up a file."""
        while True:
            if len(self._raw) < len(GZIP) and self._more():
                continue
            zeros = len(self._raw) - len(self._raw.lstrip(b"\0")) if self._raw.startswith(b"\0") else 0
            self._drop(zeros)
            if not zeros or self._raw:
                return

    def _seek(self, begin: int) -> bool:
        """Goes on to the next bytes, from `begin` on, that unfold into the beginning of a record."""
        at = begin
        while True:
            at = self._raw.find(GZIP, at)
            if at < 0:
                self._drop(max(0, len(self._raw) - len(GZIP) + 1))
                at = 0
                if not self._more():
                    return False
                continue
            while len(self._raw) < at + _PEEKED and self._more():
                pass
            if _is_start(bytes(self._raw[at : at + _PEEKED])):
                self._drop(at)
                return True
            at += 1


def _is_start(raw: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(raw, len(_BEGINS)) == _BEGINS
    except zlib.error:
        return False
