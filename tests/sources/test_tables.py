from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from whence import sources
from whence.errors import EmptyInput, InputError, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources import limits

ROWS = [
    [
        "7",
        "Rebels left",
        "2020-01-02",
        "https://e.example/1",
        "Rebels left, it said.\nNobody stayed.",
        "Ann",
        "Courier",
    ],
    ["8", "Talks", "2020-01-03", "https://e.example/2", 'He said "no" again.', "Bo", "Courier"],
]
HEADER = ["Article ID", "Headline", "publish-date", "link", "Full Text", "byline", "outlet"]


def read(path: Path, **columns: str) -> list[Page | InputError]:
    return list(sources.pages(str(path), sources.Options(columns)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_is_read_whatever_its_dialect(tmp_path: Path, delimiter: str, encoding: str, end: str) -> None:
    import csv

    text = io.StringIO()
    rows = [[cell.replace("stayed", "stayed in Ménard café, à côté") for cell in row] for row in ROWS]
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows([HEADER, *rows])
    path = tmp_path / "rows.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    first, second = read(path)
    assert isinstance(first, Page) and isinstance(second, Page)
    assert (first.name, second.name) == (f"{path}:2", f"{path}:4")
    assert (first.id, first.title, first.published, first.url) == (
        "7",
        "Rebels left",
        "2020-01-02",
        "https://e.example/1",
    )
    assert (first.authors, first.site, first.media_type) == (("Ann",), "Courier", "text/plain")
    assert first.data.decode().startswith("Rebels left, it said.\n")
    assert second.data == b'He said "no" again.'


def test_columns_are_guessed_aloud_or_said(tmp_path: Path) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text("WORDS\tWHEN\tid\nOne.\t2020-01-02\t1\n")
    (error,) = read(path)
    assert isinstance(error, UnreadableInput)
    assert '"WORDS", "WHEN", "id"' in error.reason and "--column" in error.reason
    notes: list[str] = []
    (page,) = sources.pages(str(path), sources.Options({"text": "WORDS", "published": "WHEN"}, note=notes.append))
    assert isinstance(page, Page) and (page.data, page.published) == (b"One.", "2020-01-02")
    assert notes == [f'{path}: reads text from "WORDS", published from "WHEN", id from "id"']
    (error,) = read(path, text="BODY")
    assert isinstance(error, UnreadableInput) and "no column 'BODY'" in error.reason


def test_a_bad_row_is_its_own_error(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('id,text\n1,One.\n2,a,b,c\n3,\n4\n\n5,"Five\nlines."\n6,Six.\n')
    found = read(path)
    assert [page.name.rpartition(":")[2] for page in found] == ["2", "3", "4", "5", "7", "9"]
    assert [type(page) for page in found] == [Page, UnreadableInput, EmptyInput, UnreadableInput, Page, Page]


def test_an_open_quotation_mark_and_a_long_line_lose_little(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("text\nOne.\n" + "x" * 5_000 + '\nTwo.\n"never closed\n' + "y\n" * 3_000 + "Last.\n")
    with limits.override(document_bytes=2_000):
        found = read(path)
    assert isinstance(found[1], TooLarge) and found[1].name == f"{path}:3"
    assert isinstance(found[2], Page) and found[2].data == b"Two."
    assert isinstance(found[3], UnreadableInput) and "quotation mark" in found[3].reason
    assert isinstance(found[-1], Page) and found[-1].data == b"Last."


@pytest.mark.parametrize("data", [b"\n\n", b"text\n", b"a,b\n1,2\n", b"text" + b",x" * 2_000 + b"\n", b"te\0xt\n1\n"])
def test_a_table_without_articles_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(data)
    (error,) = read(path)
    assert isinstance(error, InputError)


def table(**more: Any) -> pa.Table:
    return pa.table(
        {
            "id": pa.array([7, 8], pa.int64()),
            "body": pa.array(["One.", None]).cast(pa.large_string()),
            "date": pa.array([datetime(2020, 1, 2, 3, 4), None], pa.timestamp("ns")),
            "outlet": pa.array(["Courier", "Courier"]).dictionary_encode(),
            "authors": pa.array([["Ann", "Bo"], []]),
            "unread": pa.array([{"a": 1}, {"a": 2}]),
            **more,
        }
    )


def test_parquet_with_the_types_that_people_write(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    parquet.write_table(table(), path)
    first, second = read(path)
    assert isinstance(first, Page)
    assert (first.name, first.id, first.data, first.site) == (f"{path}:1", "7", b"One.", "Courier")
    assert first.published is not None and first.published.startswith("2020-01-02")
    assert first.authors == ("Ann", "Bo")
    assert isinstance(second, UnreadableInput) and second.id == "8"
    (same, _) = sources.bytes_pages(path.read_bytes(), "<bytes>")
    assert isinstance(same, Page) and same.data == b"One."


def test_parquet_days_html_and_chosen_columns(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    parquet.write_table(pa.table({"page": ["<p>One.</p>"], "day": [date(2020, 1, 2)], "x": ["2"]}), path)
    (page,) = read(path, html="page", id="x")
    assert isinstance(page, Page)
    assert (page.media_type, page.published, page.id) == ("text/html", "2020-01-02", "2")


def test_broken_and_large_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    parquet.write_table(table(), path)
    with limits.override(parquet_group_bytes=10):
        (error,) = read(path)
        assert isinstance(error, TooLarge)
    whole = path.read_bytes()
    for data in (whole[:-20], whole[:8] + bytes(200) + whole[208:], b"PAR1", b"PAR1" * 9):
        path.write_bytes(data)
        assert any(isinstance(page, InputError) for page in read(path))
