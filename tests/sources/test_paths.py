from __future__ import annotations

from pathlib import Path

import pytest

from whence import sources
from whence.errors import EmptyInput, InputError, MissingInput, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources import limits


@pytest.fixture
def news(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.html",
        "sub/c.txt",
        "sub/deeper/d.htm",
        ".hidden.txt",
        ".git/e.txt",
        "style.css",
        "noname",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>Rebels left.</p>")
    return tmp_path


def names(target: Path | str, base: Path) -> list[str]:
    found = list(sources.pages(str(target)))
    assert all(isinstance(page, Page) for page in found)
    return [str(Path(page.name).relative_to(base)) for page in found]


def test_a_folder_is_all_files_below_it_in_order_hidden_ones_aside(news: Path) -> None:
    notes: list[str] = []
    found = list(sources.pages(str(news), sources.Options(note=notes.append)))
    assert [str(Path(p.name).relative_to(news)) for p in found] == [
        "a.html", "b.txt", "noname", "sub/c.txt", "sub/deeper/d.htm",
    ]  # fmt: skip
    assert len(notes) == 1 and "1 .css" in notes[0]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["b.txt"]),
        ("**/*.txt", ["b.txt", "sub/c.txt"]),
        ("*/*.txt", ["sub/c.txt"]),
        ("su?", ["sub/c.txt", "sub/deeper/d.htm"]),
        ("[ab].*", ["a.html", "b.txt"]),
        ("**", ["a.html", "b.txt", "noname", "style.css", "sub/c.txt", "sub/deeper/d.htm"]),
    ],
)
def test_a_pattern_that_the_shell_left_alone(news: Path, pattern: str, expected: list[str]) -> None:
    if pattern == "**":
        pattern = "**/*"
    assert names(news / pattern, news) == expected


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("Rebels left.")
    assert names(tmp_path / "a[1].txt", tmp_path) == ["a[1].txt"]


def test_links_that_loop_and_folders_too_deep_are_named(news: Path) -> None:
    (news / "sub" / "deeper" / "up").symlink_to(news)
    found = list(sources.pages(str(news)))
    (error,) = (page for page in found if isinstance(page, InputError))
    assert isinstance(error, UnreadableInput) and "read already" in error.reason
    with limits.override(folder_depth=2):
        assert any(isinstance(page, TooLarge) for page in sources.pages(str(news)))


def test_what_holds_nothing_says_so(tmp_path: Path) -> None:
    (empty,) = sources.pages(str(tmp_path))
    assert isinstance(empty, EmptyInput)
    for target in (f"{tmp_path}/*.html", f"{tmp_path}/***/x[", "a\0*"):
        (error,) = sources.pages(target)
        assert isinstance(error, (MissingInput, UnreadableInput)), target
