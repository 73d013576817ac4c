from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import whence
from whence import sources
from whence.errors import EmptyInput, InputError, MissingInput, ModelError, NotEnglish, UnreadableInput
from whence.pipeline import Coder, Failure
from whence.records import Analysis, Coding, Page

NEWS = "ACCRA, May 4, 2018 - Ghana's army bombed a rebel camp in Bawku on Thursday, the defence ministry said."
GERMAN = "Die Regierung hat am Montag erklärt, dass sie die Verhandlungen mit den Rebellen nicht fortsetzen wird. " * 3


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def rows(path: Path, *given_rows: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in given_rows), encoding="utf8")
    return str(path)


def names(items: Iterator[Coding | Failure]) -> list[str | None]:
    return [item.id if isinstance(item, Failure) else item.article.id for item in items]


def test_a_path_bytes_a_page_and_an_article_give_the_same_coding(coder: Coder, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS)
    article = whence.article(NEWS.encode())
    found = [coder.read(source) for source in (path, str(path), NEWS.encode(), Page(NEWS.encode(), "p", "text/plain"))]
    assert all(coding == found[0] for coding in found)
    assert coder.read(article) == coder.code(article) == coder.read_text(NEWS) == found[0]
    assert found[0].events and found[0].events[0].type == "ASSAULT"


def test_versions_say_what_made_a_coding(coder: Coder) -> None:
    versions = coder.read_text(NEWS).versions
    assert versions == coder.versions
    assert versions.whence == whence.__version__
    assert all((versions.model, versions.codebook, versions.knowledge))


def test_what_is_read_from_a_text_and_its_day(coder: Coder) -> None:
    coding = coder.read_text("Ghana bombed a camp on Monday.", title="Camp bombed", published="2018-05-04")
    assert (coding.article.title, coding.article.published, coding.article.published_from) == (
        "Camp bombed",
        "2018-05-04",
        "given",
    )
    assert coding.times[0].start == "2018-04-30"
    with pytest.raises(InputError, match="yesterday"):
        coder.read_text(NEWS, published="yesterday")


def test_a_missing_path_is_an_error_and_never_text(coder: Coder) -> None:
    for name in ("Rebels left the town.", "none.html"):
        with pytest.raises(MissingInput):
            coder.read(name)
        with pytest.raises(MissingInput):
            whence.article(name)


def test_a_file_of_several_articles_is_not_cut_to_its_first(coder: Coder, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="several"):
        coder.read(rows(tmp_path / "two.jsonl", {"text": NEWS}, {"text": NEWS}))
    assert coder.read(rows(tmp_path / "one.jsonl", {"text": NEWS, "id": "x"})).article.id == "x"
    with pytest.raises(EmptyInput):
        coder.read(rows(tmp_path / "none.jsonl", *()))


def test_bytes_are_sniffed_like_standard_input(coder: Coder) -> None:
    row = json.dumps({"id": "7", "text": NEWS}).encode()
    assert coder.read(row).article.id == "7"
    assert coder.read(row).article.text == NEWS


def test_the_article_function_survives_the_stage_of_the_same_name() -> None:
    assert whence.article(b"<p>The army has left the northern town of Bolga.</p>", url="https://a.example/1").url
    assert callable(whence.article)


def test_an_article_in_another_language_is_read_but_not_coded(coder: Coder) -> None:
    article = whence.article(GERMAN.encode())
    assert article.language == "und"
    for refused in (article, GERMAN.encode()):
        with pytest.raises(NotEnglish):
            coder.read(refused)
    with pytest.raises(NotEnglish):
        coder.read_text(GERMAN)


def test_every_input_has_its_object_in_order(coder: Coder, tmp_path: Path) -> None:
    mixed = rows(
        tmp_path / "rows.jsonl",
        {"id": "a", "text": NEWS},
        {"id": "b", "text": GERMAN},
        {"id": "c"},
        {"id": "d", "text": NEWS},
    )
    missing = str(tmp_path / "none.txt")
    found = list(coder.read_all([missing, mixed]))
    assert [isinstance(item, Coding) for item in found] == [False, True, False, False, True]
    failures = [item for item in found if isinstance(item, Failure)]
    assert [(f.id, f.name, f.kind) for f in failures] == [
        (None, missing, "missing"),
        ("b", f"{mixed}:2", "not English"),
        ("c", f"{mixed}:3", "unreadable"),
    ]
    assert failures[0].to_dict()["article"] == {"id": missing}


def test_one_article_that_breaks_the_reading_is_lost_alone(
    coder: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyse = coder.language.analyse

    def fragile(text: str) -> Analysis:
        if "poison" in text:
            raise MemoryError("no room")
        return analyse(text)

    monkeypatch.setattr(coder.language, "analyse", fragile)
    path = rows(
        tmp_path / "r.jsonl", {"id": 1, "text": NEWS}, {"id": 2, "text": f"{NEWS} poison"}, {"id": 3, "text": NEWS}
    )
    first, second, third = coder.read_all([path])
    assert isinstance(first, Coding) and isinstance(third, Coding)
    assert second == Failure("2", f"{path}:2", "internal", "MemoryError: no room; please report it")


def test_a_reader_that_breaks_loses_its_input_alone(
    coder: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = rows(tmp_path / "r.jsonl", {"id": 1, "text": NEWS})
    pages = sources.pages

    def broken(target: str, options: object = None) -> Iterator[Page | InputError]:
        if target == "bad":
            raise RecursionError("too deep")
        yield from pages(target)

    monkeypatch.setattr(sources, "pages", broken)
    found = list(coder.read_all(["bad", path]))
    assert isinstance(found[0], Failure) and (found[0].name, found[0].kind) == ("bad", "internal")
    assert isinstance(found[1], Coding)


def test_a_missing_model_is_said_and_not_blamed_on_the_articles(tmp_path: Path) -> None:
    path = rows(tmp_path / "r.jsonl", {"id": 1, "text": NEWS})
    with pytest.raises(ModelError):
        list(Coder(model=tmp_path).read_all([path]))


def test_articles_are_not_gathered(coder: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    pages = sources.pages

    def watched(target: str, options: object = None) -> Iterator[Page | InputError]:
        for page in pages(target):
            seen.append(page.name)
            yield page

    monkeypatch.setattr(sources, "pages", watched)
    items = coder.read_all([rows(tmp_path / "r.jsonl", *({"id": n, "text": NEWS} for n in range(9)))])
    next(items)
    assert len(seen) == 1
    assert len(names(items)) == 8


STRANGE = st.text(
    st.one_of(st.characters(codec="utf8"), st.sampled_from("\r\n\u2028\u202e\u0301\u200d…“”'😀🇸🇾שא. ")), max_size=40
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STRANGE, STRANGE, STRANGE)
def test_every_mention_is_where_it_says(coder: Coder, before: str, within: str, after: str) -> None:
    text = f"{before}\nGhana's army {within} bombed two rebel camps in Bawku on Thursday, the ministry said.\n{after}"
    try:
        coding = coder.read_text(text, published="2018-05-04")
    except InputError:
        return
    for mention in mentions(coding.to_dict()):
        begin, end = mention["at"]
        assert coding.article.text[begin:end] == mention["text"]
    if not coding.article.excluded:
        assert coding.article.text == text.replace("\r\n", "\n").replace("\r", "\n")


def mentions(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "at" in value:
            yield value
        for inner in value.values():
            yield from mentions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from mentions(inner)
