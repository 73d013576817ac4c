from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest

from whence import sources
from whence.article import from_page
from whence.errors import EmptyInput, InputError, MissingInput, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources import limits


def zstd(data: bytes) -> bytes:
    return bytes(pa.compress(data, "zstd", asbytes=True))


def read(path: Path) -> list[Page | InputError]:
    return list(sources.pages(str(path)))


def only_error(path: Path) -> InputError:
    (found,) = read(path)
    assert isinstance(found, InputError)
    assert found.name.startswith(str(path))
    return found


def test_html_and_text_are_told_apart_by_suffix_and_by_content(tmp_path: Path) -> None:
    for name, data, kind in [
        ("a.html", b"no markup at all", "text/html"),
        ("b.txt", b"<html>", "text/plain"),
        ("c.page", b"<!DOCTYPE html><p>x", "text/html"),
        ("d", b"Rebels left.", "text/plain"),
    ]:
        (tmp_path / name).write_bytes(data)
        (page,) = read(tmp_path / name)
        assert isinstance(page, Page)
        assert (page.data, page.media_type) == (data, kind)


def test_rows_of_jsonl_keep_their_ids_and_a_broken_one_stops_nothing(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": 7, "text": "One.", "published": "2020-01-02", "title": "T", "url": "https://e.example/1"}),
        "{broken",
        json.dumps({"id": "x"}),
        json.dumps(["text"]),
        "",
        json.dumps({"html": "<p>Two."}),
        json.dumps({"id": "e", "text": " "}),
    ]
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    first, broken, bodyless, listed, last, empty = read(path)
    assert first == Page(b"One.", f"{path}:1", "text/plain", "7", "https://e.example/1", "T", "2020-01-02")
    assert isinstance(broken, UnreadableInput) and broken.name == f"{path}:2"
    assert isinstance(bodyless, UnreadableInput) and bodyless.id == "x"
    assert isinstance(listed, UnreadableInput)
    assert isinstance(last, Page) and last.media_type == "text/html"
    assert isinstance(empty, EmptyInput) and empty.id == "e"


def test_a_json_file_holds_one_object_or_an_array(tmp_path: Path) -> None:
    one, many = tmp_path / "one.json", tmp_path / "many.json"
    one.write_text(json.dumps({"text": "One."}, indent=1))
    many.write_text(json.dumps([{"text": "One."}, {"text": "Two."}]))
    assert [p.data for p in read(one) if isinstance(p, Page)] == [b"One."]
    assert [p.name for p in read(many) if isinstance(p, Page)] == [f"{many}[0]", f"{many}[1]"]


@pytest.mark.parametrize("name", ["blank.jsonl", "none.json"])
def test_a_file_without_articles_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("\n\n" if name.endswith("l") else "[]")
    assert isinstance(only_error(tmp_path / name), EmptyInput)


def test_lone_surrogates_become_replacement_characters(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text('{"text": "a\\ud800b", "id": "\\udfff"}')
    (page,) = read(path)
    assert isinstance(page, Page)
    assert page.data.decode() == "a\ufffdb"
    assert page.id == "\ufffd"


@pytest.mark.parametrize(
    ("name", "data", "error", "says"),
    [
        ("empty.txt", b"", EmptyInput, "empty"),
        ("blank.txt", b" \n\t\n", EmptyInput, "white space"),
        ("pdf.html", b"%PDF-1.7 ...", UnreadableInput, "a PDF"),
        ("nul.txt", b"some\0thing", UnreadableInput, "binary"),
        ("broken.json", b'{"text": ', UnreadableInput, "broken JSON"),
        ("cut.txt.gz", gzip.compress(b"a" * 5000)[:20], UnreadableInput, "compression"),
        ("deep.json", b"[" * 200_000, InputError, "JSON"),
    ],
)
def test_what_cannot_be_read_says_why(
    tmp_path: Path, name: str, data: bytes, error: type[InputError], says: str
) -> None:
    (tmp_path / name).write_bytes(data)
    found = only_error(tmp_path / name)
    assert isinstance(found, error)
    assert says in found.reason


def test_a_missing_path(tmp_path: Path) -> None:
    assert isinstance(only_error(tmp_path / "nothing.html"), MissingInput)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstd], ids=["gz", "bz2", "xz", "zst"])
def test_compression_is_seen_from_the_first_bytes(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "rows.jsonl.packed"
    path.write_bytes(pack(b'{"text": "One."}\n') + pack(b'{"text": "Two."}\n'))
    found = read(path)
    assert [page.data for page in found if isinstance(page, Page)] == [b"One.", b"Two."]
    path.write_bytes(pack(b"x" * 100_000)[:-9])
    assert isinstance(only_error(path), UnreadableInput)


def test_xz_that_wants_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.xz"
    path.write_bytes(lzma.compress(b"Rebels left."))
    with limits.override(dictionary_bytes=1_000_000):
        assert "Memory" in only_error(path).reason


def test_rows_are_read_by_the_usual_names_and_by_those_that_are_given(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = {
        "_id": 3,
        "maintext": "One.",
        "headline": "T",
        "date_publish": "2020-01-02",
        "link": "https://e.example/1",
        "source": {"id": None, "name": "The Courier"},
        "byline": ["Ann", {"name": "Bo"}, 5],
    }
    path.write_text(json.dumps(row) + '\n{"content": "<p>Two.</p>", "authors": "Ann; Bo"}\n{"WORDS": "Three."}\n')
    notes: list[str] = []
    first, second, third = sources.pages(str(path), sources.Options(note=notes.append))
    assert isinstance(first, Page) and isinstance(second, Page)
    assert (first.id, first.title, first.published, first.url) == ("3", "T", "2020-01-02", "https://e.example/1")
    assert (first.site, first.authors, first.data) == ("The Courier", ("Ann", "Bo", "5"), b"One.")
    assert (second.media_type, second.authors) == ("text/html", ("Ann", "Bo"))
    assert isinstance(third, UnreadableInput)
    assert len(notes) == 1 and 'text from "maintext"' in notes[0]
    *_, third = sources.pages(str(path), sources.Options({"text": "WORDS"}))
    assert isinstance(third, Page) and third.data == b"Three."


def test_the_address_in_the_first_line_of_a_text_is_the_articles(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"text": "https://e.example/1\n\nRebels left the town."}).encode()))
    (page,) = read(path)
    assert isinstance(page, Page)
    made = from_page(page)
    assert (made.url, made.text) == ("https://e.example/1", "Rebels left the town.")


def test_documents_over_the_cap_are_refused_without_losing_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "big.html"
    path.write_bytes(b"<p>" + b"x" * (limits.DOCUMENT_BYTES + 1))
    assert isinstance(only_error(path), TooLarge)
    rows = tmp_path / "big.jsonl"
    rows.write_text('{"text": "' + "x" * (limits.DOCUMENT_BYTES + 5) + '"}\n{"text": "Two."}\n')
    big, small = read(rows)
    assert isinstance(big, TooLarge)
    assert isinstance(small, Page)


def test_a_bomb_is_inflated_only_up_to_the_cap(tmp_path: Path) -> None:
    path = tmp_path / "bomb.txt.gz"
    path.write_bytes(gzip.compress(b"0" * 300_000_000, 9))
    assert isinstance(only_error(path), TooLarge)


@pytest.mark.parametrize(
    ("data", "kind", "count"),
    [
        (b"<html><p>x</html>", "text/html", 1),
        (b"Rebels left.", "text/plain", 1),
        (b'{"text": "a"}\n{"text": "b"}\n', "text/plain", 2),
        (b'[{"text": "a"}]', "text/plain", 1),
        (b"[Editor's note: this is text]", "text/plain", 1),
        (b"{Reuters} - Rebels left.", "text/plain", 1),
    ],
)
def test_standard_input_is_sniffed(monkeypatch: pytest.MonkeyPatch, data: bytes, kind: str, count: int) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(data))))
    found = list(sources.pages("-"))
    assert [p.media_type for p in found if isinstance(p, Page)] == [kind] * count
