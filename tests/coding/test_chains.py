"""Through whom words came: every way of naming a carrier, through the real model on authored sentences."""

from __future__ import annotations

import pytest

from whence.article import from_text
from whence.pipeline import Coder


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


CITED_BY = [
    ("“The camp is empty,” the army said in a statement, as cited by Tass.", ["Tass", "army"]),
    ("The rebels, quoted by Al Jazeera, said that they had taken the bridge.", ["Al Jazeera", "rebels"]),
    ("The minister was quoted by Tanjug as saying that the border was closed.", ["Tanjug", "minister"]),
    ("“The valley is ours,” Commander Arun Mehta was quoted as saying by Xinhua.", ["Xinhua", "Arun Mehta"]),
    ("Xinhua quoted General Li Wei as saying that the border was closed.", ["Xinhua", "Li Wei"]),
]
TOLD = [
    ("“Nobody will force us,” Arun Mehta told Reuters on Friday.", ["Reuters", "Arun Mehta"]),
    ("Arun Mehta said to Reuters that the bridge was closed.", ["Reuters", "Arun Mehta"]),
    ("Speaking to Reuters, the governor said that the rebels had left.", ["Reuters", "governor"]),
]
OCCASIONS = [
    ("In an interview with Al Jazeera, Arun Mehta said that the bridge was closed.", ["Al Jazeera", "Arun Mehta"]),
    ("The ministry said in a statement carried by Xinhua that the border was closed.", ["Xinhua", "ministry"]),
    ("The governor said on Radio Goma that the rebels had left.", ["Radio Goma", "governor"]),
]
CITING = [
    ("Rebels left the town at dawn, Reuters reported, citing two officials.", ["Reuters", "two officials"]),
    ("Al Jazeera, which cited the governor, said that the bridge had fallen.", ["Al Jazeera", "governor"]),
    ("Al Jazeera, citing the governor, reported that the bridge had fallen.", ["Al Jazeera", "governor"]),
]
STRAY_CLAUSES = [
    ("The ministry said in a statement that the border was closed.", "that the border was closed"),
    ("Arun Mehta told a news conference that the bridge was closed.", "that the bridge was closed"),
    ("Rebels left the town at dawn, Reuters reported, citing two officials.", "Rebels left the town at dawn"),
    ("The National Harvest Union accused the rebels of stealing grain.", "stealing grain"),
]
DOCUMENTS = [
    ("According to a statement issued by the court, the judge was dismissed.", ["court"]),
    ("According to Interior Ministry figures, the police arrested nine protesters.", ["Interior Ministry"]),
    ("The report by the United Nations said that both armies had shelled the town.", ["United Nations"]),
    ("The court's report said that both armies had shelled the town.", ["court"]),
    ("The court issued a statement saying that the judge was dismissed.", ["court"]),
]
ALONE = [
    ("Arun Mehta told reporters that the bridge was closed.", ["Arun Mehta"]),
    ("“Nobody will force us,” Arun Mehta told the soldiers.", ["Arun Mehta"]),
    ("Arun Mehta told a news conference that the bridge was closed.", ["Arun Mehta"]),
    ("The ministry said in a statement that the border was closed.", ["ministry"]),
    ("Some said that the army had fled.", ["Some"]),
]
CASES = [*CITED_BY, *TOLD, *OCCASIONS, *CITING, *DOCUMENTS, *ALONE]


@pytest.mark.parametrize(("text", "chain"), CASES, ids=[text[:50] for text, _ in CASES])
def test_the_chain_of_a_statement(coder: Coder, text: str, chain: list[str]) -> None:
    (statement,) = coder.read_text(text).statements
    assert list(statement.chain) == chain


@pytest.mark.parametrize(("text", "content"), STRAY_CLAUSES)
def test_what_is_said_wherever_the_parser_hangs_it(coder: Coder, text: str, content: str) -> None:
    (statement,) = coder.read_text(text).statements
    assert [m.text for m in statement.content] == [content]
    assert statement.source is not None


def test_every_holder_is_an_actor(coder: Coder) -> None:
    for text, chain in CASES:
        coding = coder.read_text(text)
        by_id = {a.id: a for a in coding.actors}
        for statement in coding.statements:
            assert [by_id[h].name for h in statement.holders] == chain


def test_carriers_of_a_statement_hold_the_one_inside(coder: Coder) -> None:
    coding = coder.read_text("The mayor told Reuters that the rebels had said that they would leave the town.")
    assert [list(s.chain) for s in coding.statements] == [["Reuters", "mayor"], ["Reuters", "mayor", "rebels"]]


def test_the_site_that_publishes_is_no_carrier(coder: Coder) -> None:
    text = "The rebels, quoted by Al Jazeera, said that they had taken the bridge."
    own = coder.code(from_text(text, url="https://www.aljazeera.example/news/1"))
    assert [list(s.chain) for s in own.statements] == [["rebels"]]
