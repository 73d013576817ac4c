"""Whatever bytes a reader is given, it ends with pages or an error that is raised on purpose."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from tests.sources.exports.make import FORMS, HERE, NAMES
from tests.sources.test_documents import LINES, RTF, docx, pdf
from tests.sources.test_feeds import ATOM, RSS
from whence import sources
from whence.errors import InputError
from whence.records import Page
from whence.sources.files import stream_pages

SHORT, LONG = 25, int(os.environ.get("WHENCE_FUZZ", "4000"))
"""Examples of each seed; a long round of 4,000 takes about ten minutes."""


def table() -> bytes:
    file = io.BytesIO()
    parquet.write_table(pa.table({"text": ["One.", "Two."], "date": ["2020-01-02", None]}), file)
    return file.getvalue()


SEEDS: dict[str, tuple[str | None, bytes]] = {
    "html": ("html", b"<html><head><title>T</title></head><body><p>Rebels left.</p></body></html>"),
    "text": ("txt", "Rebels left the café.\n\nNobody stayed.".encode()),
    "json": ("json", json.dumps([{"text": "One.", "id": 1}, {"html": "<p>Two."}]).encode()),
    "jsonl": ("jsonl", b'{"text": "One.", "authors": ["Ann"]}\n{"body": "Two.", "date": "2020-01-02"}\n'),
    "csv": ("csv", b'id,text,date\n1,"One, two.",2020-01-02\n2,Three.,\n'),
    "parquet": ("parquet", table()),
    "rss": ("rss", RSS.encode()),
    "atom": ("atom", ATOM.encode()),
    "pdf": ("pdf", pdf(LINES, "Rebels")),
    "docx": ("docx", docx("Rebels left.", title="T")),
    "rtf": ("rtf", RTF + rb"\pard Rebels left the caf\'e9.\par}"),
    "gz": (None, gzip.compress(b"Rebels left.")),
    **{f"{name} {form}": (form, make(name)) for name in NAMES for form, make in FORMS.items() if form != "docx"},
    **{f"{name} txt": ("txt", (HERE / f"{name}.txt").read_bytes()) for name in NAMES},
}


def check(kind: str | None, data: bytes) -> None:
    """Reads bytes as a kind; a reader ends without any other exception, and its pages hold what they should."""
    found = list(stream_pages(io.BytesIO(data), "fuzz", sources.Options(), kind))
    for page in found:
        assert isinstance(page, (Page, InputError))
        assert page.name.startswith("fuzz")
        if isinstance(page, Page):
            assert page.media_type in ("text/html", "text/plain")
            for value in (page.id, page.title, page.published, page.url, page.site, *page.authors):
                assert value is None or (isinstance(value, str) and value.encode("utf8"))
        else:
            assert page.reason


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    """Bytes near a seed: pieces of it replaced, left out, repeated or moved."""
    data = bytearray(seed)
    for _ in range(draw(st.integers(0, 6))):
        begin = draw(st.integers(0, max(0, len(data) - 1)))
        end = min(len(data), begin + draw(st.sampled_from([0, 1, 1, 2, 8, 64, 1_000])))
        piece = bytes(data[begin:end])
        other = draw(
            st.one_of(
                st.binary(max_size=8),
                st.sampled_from(
                    [b"\0", b"\xff", b'"', b"{", b"}", b"<", b">", b"\n", b"\\", b"\xff\xfe", b"\xed\xa0\x80"]
                ),
                st.just(piece * 3),
                st.just(b""),
            )
        )
        data[begin:end] = other
    return bytes(data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data)


def fuzz(examples: int, phases: list[Phase]) -> Callable[[str], None]:
    def round_of(name: str) -> None:
        kind, seed = SEEDS[name]

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=phases,
            derandomize=examples == SHORT,
            suppress_health_check=list(HealthCheck),
        )
        @given(damaged(seed))
        def one(data: bytes) -> None:
            check(kind, data)
            if examples != SHORT:
                check(None, data)

        one()

    return round_of


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_a_damaged_input_never_crashes_its_reader(name: str) -> None:
    fuzz(SHORT, [Phase.generate])(name)


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in SEEDS.values() if kind}))
def test_any_bytes_read_as_any_kind(kind: str) -> None:
    for name in sorted(SEEDS):
        check(kind, SEEDS[name][1])
    for data in (b"", b"\0", b"\xff\xfe", b"\xff" * 100, b"{" * 100, b"<" * 100, b"PK\x03\x04", b"%PDF", b"\x1f\x8b"):
        check(kind, data)


def test_parquet_that_lacks_any_two_bytes_is_refused_or_read() -> None:
    """pyarrow ends the whole process over some damaged records of a column, if one asks it for the column's size."""
    kind, seed = SEEDS["parquet"]
    for begin in range(len(seed) - 2):
        check(kind, seed[:begin] + seed[begin + 2 :])


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(SEEDS))
def test_a_long_round(name: str) -> None:
    fuzz(LONG, [Phase.generate, Phase.shrink])(name)
