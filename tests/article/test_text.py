from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.article import from_page, from_text, require_codable
from whence.article.lines import ADDRESS, TEASER, body
from whence.errors import EmptyInput, NotEnglish, TooLarge
from whence.records import Page
from whence.sources import limits

NEWS = "The army said on Monday that its soldiers had left the northern town of Sarip."


def test_two_truncated_lines_at_the_end_are_teasers() -> None:
    text = f"{NEWS}\n\nThey will not be back.\n\nA minister in Oria has said…\nOthers have been told that...\n"
    article = from_text(text)
    assert article.text == f"{NEWS}\n\nThey will not be back."
    assert [(e.line, e.reason) for e in article.excluded] == [(5, TEASER), (6, TEASER)]
    assert article.excluded[0].text == "A minister in Oria has said…"


def test_one_truncated_line_and_ellipses_in_the_middle_stay() -> None:
    for text in (f"{NEWS}\nAnd then…", f"It went on…\nand on…\n{NEWS}"):
        assert from_text(text).text == text
        assert from_text(text).excluded == ()


def test_a_text_of_truncated_lines_alone_is_kept() -> None:
    text = "The army said that it had…\nThe rebels told the men of the town that…"
    assert from_text(text).text == text


def test_a_first_line_that_is_an_address_is_the_articles_url() -> None:
    article = from_text(f"https://www.paper.example/a/1\n\n{NEWS}\n")
    assert article.url == "https://www.paper.example/a/1"
    assert article.site == "paper.example"
    assert article.text == NEWS
    assert article.excluded[0].reason == ADDRESS


def test_a_declared_url_wins_over_the_first_line() -> None:
    assert from_text(f"https://a.example/1\n{NEWS}", url="https://b.example/2").url == "https://b.example/2"


@given(st.lists(st.text(st.characters(codec="utf8", exclude_characters="\r\n"), max_size=20), min_size=1))
def test_kept_lines_stay_verbatim(lines: list[str]) -> None:
    found = body("\r\n".join(lines))
    kept = found.text.split("\n")
    rest = iter(lines)
    assert all(any(line == other for other in rest) for line in kept)
    if not found.excluded:
        assert found.text == "\n".join(lines)


def test_white_space_is_empty() -> None:
    with pytest.raises(EmptyInput):
        from_text(" \n\t ")


@pytest.mark.parametrize(
    "text",
    [
        "Die Armee teilte am Montag mit, dass ihre Soldaten die Stadt im Norden des Landes verlassen haben und nicht "
        "zurückkehren werden, solange die Verhandlungen mit den Aufständischen andauern.",
        "L’armée a déclaré lundi que ses soldats avaient quitté la ville du nord et qu’ils ne reviendraient pas "
        "tant que les négociations avec les rebelles se poursuivraient dans la capitale.",
        "وقال الجيش إن جنوده غادروا المدينة",
        "Армия заявила, что солдаты покинули город.",
    ],
)
def test_other_languages_are_told(text: str) -> None:
    article = from_text(text, id="7")
    assert article.language == "und"
    with pytest.raises(NotEnglish) as caught:
        require_codable(article, "a.txt")
    assert (caught.value.name, caught.value.id) == ("a.txt", "7")


@pytest.mark.parametrize(
    "text",
    [
        "Rebels left.",
        "Spain's foreign minister visited Algiers on Monday.",
        "Masked gunmen abducted three nurses near Rio de Janeiro on Sunday night.",
    ],
)
def test_a_short_english_text_passes(text: str) -> None:
    assert from_text(text).language == "en"


def test_a_list_of_names_and_scores_is_english_if_its_few_function_words_are() -> None:
    games = "Sarip High 64, Tesh County 41 - Orim 22, Amu 14, Rana 9; Lomo 19, Aba 8, Miro 6\n"
    assert (
        from_text("GIRLS BASKETBALL\nLate on Tuesday, from the North\n" + games * 6 + "Records: Sarip 3-1").language
        == "en"
    )
    assert from_text("BASKETBALL DER FRAUEN\nAus dem Norden, für die Leser\n" + games * 6).language == "und"
    assert from_text(games * 12).language == "und"


def test_an_article_of_more_words_than_the_cap_is_refused_and_the_message_says_how_to_raise_it() -> None:
    article = from_text("Rebels left the town. " * 30, id="7")
    assert require_codable(article) is article
    with limits.override(document_words=100):
        with pytest.raises(TooLarge, match=r"more than 100 words and signs.*--limit document_words") as caught:
            require_codable(article, "a.txt")
        assert (caught.value.name, caught.value.id) == ("a.txt", "7")
        require_codable(from_text("Rebels left the town. " * 20))


@pytest.mark.parametrize(
    "text",
    [
        "Maskierte entführten am Sonntag drei Krankenschwestern auf der Straße nach Goma.",
        "Hombres armados secuestraron el domingo a tres enfermeras en la carretera de Goma.",
        "Gewapende mannen ontvoerden zondag drie verpleegkundigen van het ziekenhuis in Goma.",
    ],
)
def test_a_short_text_of_another_language_does_not(text: str) -> None:
    assert from_text(text).language == "und"


def test_the_day_is_taken_from_what_is_declared() -> None:
    for given_day in ("2020-03-04", "2020-03-04T10:11:12Z", "Wed, 04 Mar 2020 10:00:00 GMT", "20200304"):
        article = from_text(NEWS, published=given_day)
        assert (article.published, article.published_from) == ("2020-03-04", "given")
    unknown = from_text(NEWS, published="last week")
    assert (unknown.published, unknown.published_from) == (None, None)


def test_ids_are_echoed_or_made_from_the_text() -> None:
    assert from_text(NEWS, id="0").id == "0"
    assert from_text(NEWS).id == from_text(NEWS).sha256[:16]


def test_old_encodings_are_read() -> None:
    data = ("The mayor of Zürich told the council that the señores of the café had left the country. " * 3).encode(
        "latin-1"
    )
    assert "Zürich" in from_page(Page(data, "x.txt", "text/plain")).text
    assert from_page(Page(NEWS.encode("utf-16"), "x.txt", "text/plain")).text == NEWS
