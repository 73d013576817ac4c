"""WARC files made here, whole and broken in every way that a crawl or a disk can break them."""

from __future__ import annotations

import gzip
import io
import random
import zlib
from collections.abc import Callable

import pytest

from whence.errors import EmptyInput, InputError, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources import limits, warc

HTML = b"<html><body><p>Rebels left the town of Harim on Monday, officials said.</p></body></html>"


def response(
    body: bytes = HTML, url: str = "https://news.example/1", headers: str = "", status: str = "200 OK", length: int = 0
) -> bytes:
    """A record of a response; `length` is what it says more than it has."""
    kind = "" if "Content-Type" in headers else "Content-Type: text/html; charset=utf-8\r\n"
    return record(f"HTTP/1.1 {status}\r\n{kind}{headers}\r\n".encode() + body, "response", url, length)


def record(content: bytes, kind: str = "response", url: str = "https://news.example/1", length: int = 0) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2016-08-17T10:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(content) + length}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def read(data: bytes, chunk: int | None = None) -> list[Page | InputError]:
    raw = io.BytesIO(data)
    return list(warc.read(io.BufferedReader(raw, chunk or 8192), "a.warc"))


def urls(found: list[Page | InputError]) -> list[str | None]:
    return [page.url for page in found if isinstance(page, Page)]


def errors(found: list[Page | InputError]) -> list[InputError]:
    return [error for error in found if isinstance(error, InputError)]


def plain(*records: bytes) -> bytes:
    return b"".join(records)


def members(*records: bytes) -> bytes:
    return b"".join(gzip.compress(r, 1) if r.startswith(b"WARC") else r for r in records)


packings = pytest.mark.parametrize("packed", [plain, members])


@packings
def test_pages_with_their_address_and_place(packed: Callable[..., bytes]) -> None:
    data = packed(record(b"software: x", "warcinfo"), response(), response(url="<https://news.example/2>"))
    found = read(data)
    assert urls(found) == ["https://news.example/1", "https://news.example/2"]
    page = found[0]
    assert isinstance(page, Page)
    assert (page.data, page.media_type, page.published, page.id) == (HTML, "text/html", None, None)
    at = int(page.name.removeprefix("a.warc:"))
    assert read(data[at:])[0].name == "a.warc:0"


@pytest.mark.parametrize("name", ["zst", "bz2", "one member"])
def test_other_compressions(name: str) -> None:
    import bz2

    import pyarrow as pa

    data = plain(response(), response(url="https://news.example/2"))
    packed = {
        "bz2": bz2.compress(data),
        "one member": gzip.compress(data),
        "zst": pa.compress(data, "zstd", asbytes=True),
    }
    assert urls(read(packed[name])) == ["https://news.example/1", "https://news.example/2"]


def test_what_is_no_page_is_passed_over_and_counted() -> None:
    told: list[str] = []
    data = members(
        record(b"GET / HTTP/1.1\r\n\r\n", "request"),
        response(status="404 Not Found"),
        response(status="301 Moved", headers="Location: /2\r\n"),
        response(b"\x89PNG", headers="Content-Type: image/png\r\n"),
        record(b"20160817 192.0.2.1", "response", "dns:news.example"),
        response(),
    )
    (page,) = warc.read(io.BufferedReader(io.BytesIO(data)), "a.warc", note=told.append)
    assert isinstance(page, Page)
    assert told == ["a.warc: passes over 5 records that are no pages (requests, pictures, redirects and the like)"]


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x;x=1\r\n%s\r\n" % (len(p), p) for p in (body[:7], body[7:])) + b"0\r\n\r\n"


def brotli_of(body: bytes) -> bytes:
    return bytes(pytest.importorskip("brotli").compress(body))


def zstd_of(body: bytes) -> bytes:
    import pyarrow as pa

    return bytes(pa.compress(body, "zstd", asbytes=True))


CODINGS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("Content-Encoding: gzip", gzip.compress),
    ("Content-Encoding: x-gzip", lambda b: gzip.compress(b[:9]) + gzip.compress(b[9:])),
    ("Content-Encoding: deflate", zlib.compress),
    ("Content-Encoding: deflate", lambda b: zlib.compress(b)[2:-4]),
    ("Content-Encoding: br", brotli_of),
    ("Content-Encoding: zstd", zstd_of),
    ("Content-Encoding: deflate, gzip", lambda b: gzip.compress(zlib.compress(b))),
    ("Transfer-Encoding: chunked", chunked),
    ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", lambda b: chunked(gzip.compress(b))),
    # the crawler undid them and left the headers
    ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", lambda b: b),
    ("Content-Encoding: identity\r\nContent-Length: 7", lambda b: b),
]


@pytest.mark.parametrize(("header", "code"), CODINGS)
def test_bodies_are_unfolded(header: str, code: Callable[[bytes], bytes]) -> None:
    (page,) = read(members(response(code(HTML), headers=header + "\r\n")))
    assert isinstance(page, Page), page
    assert page.data == HTML


BROKEN_BODIES: list[tuple[str, bytes, type[InputError]]] = [
    ("Content-Encoding: gzip", gzip.compress(HTML)[:40], UnreadableInput),
    ("Content-Encoding: deflate", b"no deflate", UnreadableInput),
    ("Content-Encoding: br", b"\xff no brotli", UnreadableInput),
    ("Content-Encoding: zstd", b"\x28\xb5\x2f\xfd no zstd", UnreadableInput),
    ("Content-Encoding: lzw", HTML, UnreadableInput),
    ("Content-Encoding: gzip,gzip,gzip,gzip", HTML, UnreadableInput),
    ("Transfer-Encoding: chunked", b"5\r\n12345\r\nzz\r\n", UnreadableInput),
    ("Transfer-Encoding: chunked", b"ffffffff\r\n12345", UnreadableInput),
    ("X: y", b" \n ", EmptyInput),
]
# ---- bombs, at a cap that keeps the test quick
BOMB = bytes(3_000_000)
BOMBS: list[tuple[str, bytes, type[InputError]]] = [
    ("Content-Encoding: gzip", gzip.compress(BOMB), TooLarge),
    ("Content-Encoding: gzip", gzip.compress(BOMB[:600_000]) * 5, TooLarge),
    ("Content-Encoding: deflate", zlib.compress(BOMB), TooLarge),
    ("Content-Encoding: zstd", zstd_of(BOMB), TooLarge),
    ("Content-Encoding: gzip,gzip", gzip.compress(gzip.compress(BOMB)), TooLarge),
]


@packings
@pytest.mark.parametrize(("header", "body", "kind"), [*BROKEN_BODIES, *BOMBS])
def test_a_broken_body_is_one_error_and_the_next_record_is_read(
    packed: Callable[..., bytes], header: str, body: bytes, kind: type[InputError]
) -> None:
    first = response(b"<p>first", url="https://news.example/1")
    bad = response(body, url="https://news.example/bad", headers=header + "\r\n")
    with limits.override(document_bytes=1_000_000):
        found = read(packed(first, bad, response(url="https://news.example/2")))
    assert urls(found) == ["https://news.example/1", "https://news.example/2"]
    (error,) = errors(found)
    assert type(error) is kind
    assert error.name == f"a.warc:{len(packed(first))}"


def test_a_brotli_bomb() -> None:
    with limits.override(document_bytes=1_000_000):
        (error,) = read(members(response(brotli_of(BOMB), headers="Content-Encoding: br\r\n")))
    assert isinstance(error, TooLarge)


GOOD = [response(f"<p>{i} {'lorem ipsum ' * 30}".encode(), url=f"https://news.example/{i}") for i in range(4)]
WANTED = [f"https://news.example/{i}" for i in range(4)]


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


FAULTS: list[tuple[str, list[bytes]]] = [
    ("garbage", [b"\x00\xff garbage \r\n" * 500]),
    ("a cut record", [cut(response())]),
    ("a length too long", [response(length=100)]),
    ("a length far too long", [response(length=10**9)]),
    ("a length too short", [response(length=-40)]),
    ("no length", [response().replace(b"Content-Length", b"Content-Langth")]),
    ("a length of letters", [response().replace(b"\r\nContent-Length: ", b"\r\nContent-Length: x")]),
    ("a length below nothing", [response().replace(b"\r\nContent-Length: ", b"\r\nContent-Length: -")]),
    ("a header without an end", [b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000]),
    ("a large record", [response(b"x" * 1_200_000)]),
]


@packings
@pytest.mark.parametrize(("what", "between"), FAULTS)
def test_a_fault_between_records_loses_none(packed: Callable[..., bytes], what: str, between: list[bytes]) -> None:
    data = packed(*GOOD[:2], *between, *GOOD[2:])
    for chunk in (8192, 11):
        with limits.override(document_bytes=1_000_000):
            found = read(data, chunk)
        assert urls(found) == WANTED, what
        (error,) = errors(found)
        assert error.name == f"a.warc:{len(packed(*GOOD[:2]))}"


MEMBER = gzip.compress(response(random.Random(1).randbytes(20_000)), 1)
BROKEN_MEMBERS: list[tuple[str, bytes]] = [
    ("cut", cut(MEMBER)),
    ("cut in its head", MEMBER[:12]),
    ("without its sum", MEMBER[:-8]),
    ("a wrong sum", MEMBER[:-8] + b"\0" * 8),
    ("a wrong byte", MEMBER[:5000] + b"\xff\xff\xff" + MEMBER[5003:]),
    ("a lost piece", MEMBER[:5000] + MEMBER[6000:]),
    ("an overwritten piece", MEMBER[:5000] + bytes(1000) + MEMBER[6000:]),
    ("a member with no record", gzip.compress(b"nothing of the kind")),
]


@pytest.mark.parametrize(("what", "broken"), BROKEN_MEMBERS)
def test_a_broken_gzip_member_loses_none(what: str, broken: bytes) -> None:
    data = members(*GOOD[:2]) + broken + members(*GOOD[2:])
    found = read(data)
    assert urls(found) == WANTED, what
    (error,) = errors(found)
    assert isinstance(error, UnreadableInput)
    assert error.name.startswith(f"a.warc:{len(members(*GOOD[:2]))}")


@pytest.mark.parametrize("honest", [True, False])
def test_a_member_that_is_a_bomb(honest: bool) -> None:
    content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + bytes(60_000_000)
    bomb = gzip.compress(record(content, length=0 if honest else -50_000_000), 9)
    found = read(members(*GOOD[:2]) + bomb + members(*GOOD[2:]))
    assert urls(found) == WANTED
    assert len(errors(found)) == 1


def test_padding_at_the_end_is_no_fault() -> None:
    assert urls(read(members(*GOOD) + bytes(100_000))) == WANTED
    assert not errors(read(members(*GOOD) + bytes(100_000)))


def test_faults_have_an_end() -> None:
    data = (b"WARC/1.0\r\nContent-Length: 20\r\n\r\nno\r\n") * 3_000
    found = read(data)
    assert len(found) == limits.WARC_FAULTS + 1
    assert "broken places" in str(found[-1])


@packings
def test_any_bytes_changed_anywhere_are_errors_at_worst(packed: Callable[..., bytes]) -> None:
    chance = random.Random(7)
    data = packed(*GOOD)
    for _ in range(300):
        broken = bytearray(data)
        begin = chance.randrange(3, len(data))  # the first bytes say what it is
        piece = chance.choice([b"", chance.randbytes(9), b"\r\n\r\n", b"WARC/1.0\r\n", b"\x1f\x8b\x08"])
        broken[begin : begin + chance.choice([0, 1, 50])] = piece
        found = read(bytes(broken))
        assert len({*urls(found)} & {*WANTED}) >= 2
