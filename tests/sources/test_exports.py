"""Exports of Nexis and Factiva, written by us in their layouts, in every format they come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.exports.make import FORMS, HERE, NAMES
from whence import sources
from whence.errors import EmptyInput
from whence.records import Page
from whence.sources import exported, exports

NEXIS = [
    (
        "Rebels shell harbour in Port Lanning, officials say", "The Kesh Courier", "2023-03-15",
        ("JANE MARROW", "PETER OAKES"),
    ),
    ("Minister resigns over the grain deal", "Esker Evening News", "2023-03-16", ()),
    ("Talks on the dam resume in Esker", "Upland Wire Service", None, ("Tom Sedge, Upland Wire",)),
]  # fmt: skip
FACTIVA = [
    ("Kesh recalls ambassador after border clash", "Upland Wire Service", "2023-03-15", ("Jane Marrow",)),
    ("Police arrest nine at a rally in Lanning", "The Kesh Courier", "2023-03-16", ()),
    ("Aid convoy reaches the upland villages", "Esker Evening News", "2023-03-17", ("Peter Oakes", "Ines Valdo")),
]
RUNNING = (
    "Load-Date", "Copyright", "(c) 20", "End of Document", "Document ", "Length:", "64 words", "Section", "Page ",
    "Classification", "PHOTO", "Language", "ENGLISH", "Byline", "Search", "umbrry", "UPWIRE", "Late Edition", "08:15",
)  # fmt: skip


def read(tmp_path: Path, name: str, form: str) -> list[Page]:
    path = tmp_path / f"{name}.{form}"
    path.write_bytes((HERE / f"{name}.txt").read_bytes() if form == "txt" else FORMS[form](name))
    found = list(sources.pages(str(path)))
    assert [page.name for page in found] == [f"{path}[{i}]" for i in range(3)]
    assert all(isinstance(page, Page) for page in found)
    return [page for page in found if isinstance(page, Page)]


@pytest.mark.parametrize("form", ["txt", *FORMS])
@pytest.mark.parametrize("name", NAMES)
def test_an_export_is_split_into_its_articles(tmp_path: Path, name: str, form: str) -> None:
    pages = read(tmp_path, name, form)
    expected = NEXIS if name == "nexis" else FACTIVA
    assert [(page.title, page.site, page.published, page.authors) for page in pages] == expected
    for page in pages:
        text = page.data.decode()
        assert page.media_type == "text/plain"
        assert not [running for running in RUNNING if running in text]
        assert page.title is not None and page.title not in text
    if name != "nexis":
        assert pages[0].id == "UPWIRE0020230315ej3f0002x"


@pytest.mark.parametrize("form", ["txt", *FORMS])
def test_what_looks_like_running_matter_within_a_text_stays(tmp_path: Path, form: str) -> None:
    first, second, _ = read(tmp_path, "nexis", form)
    paragraphs = first.data.decode().split("\n\n")
    assert paragraphs[0].startswith("PORT LANNING, Kesh — Rebels shelled the harbour")
    assert paragraphs[2] == "Body"
    assert paragraphs[-1] == "A spokesman for the front denied the charge on Wednesday."
    assert second.data.decode().endswith("he is 84.")
    _, police, aid = read(tmp_path, "factiva", form)
    assert "512 words" in police.data.decode().split("\n\n")
    assert "CORRECTION: The convoy" in aid.data.decode()
    ambassador, *_ = read(tmp_path, "factiva_coded", form)
    assert "HD" in ambassador.data.decode().split("\n\n")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("March 15, 2023 Wednesday 10:15 AM GMT", "2023-03-15"),
        ("Wednesday, March 15, 2023", "2023-03-15"),
        ("15 March 2023", "2023-03-15"),
        ("Sept. 3, 2023 Sunday", "2023-09-03"),
        ("3 Sep 2023 14:05:10 EST", "2023-09-03"),
        ("March 15, 2023, Wednesday", "2023-03-15"),
        ("February 30, 2023", None),
        ("March 2023", None),
    ],
)
def test_days_as_the_services_write_them(line: str, day: str | None) -> None:
    assert exported.is_day(line)
    assert exported.day(line) == day


@pytest.mark.parametrize(
    "line", ["March", "It was March 15, 2023", "March 15, 2023 was a Wednesday", "15 March", "1" * 99]
)
def test_what_is_no_line_of_a_day(line: str) -> None:
    assert not exported.is_day(line)


def test_an_article_without_text_is_an_error_of_its_own() -> None:
    lines = ["A headline", "The Courier", "March 15, 2023", "Body", "Load-Date: March 16, 2023", "End of Document"]
    (error,) = exports.split(lines, "a.docx")
    assert isinstance(error, EmptyInput) and error.name == "a.docx[0]"


def test_an_article_about_exports_is_none() -> None:
    assert exports.split(["The page said", "End of Document", "and nothing else."], "a.txt") == []
    assert exports.split(["512 words", "Document signed by both"], "a.txt") == []


def test_wrapped_lines_of_a_text_are_joined() -> None:
    line = "Rebels shelled the harbour of the town of Port Lanning on Tuesday,"
    assert exports.text_lines(f"{line}\nwounding eleven.\n\nThe Courier\nMarch 2023\n") == [
        f"{line} wounding eleven.",
        "The Courier",
        "March 2023",
    ]
