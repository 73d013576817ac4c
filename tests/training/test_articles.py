"""Annotated articles become windows' words with cues, parts and speakers."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from training import articles
from training.corpora import Part, Sentence
from whence.language.words import split
from whence.records import Analysis
from whence.records import Sentence as Read

TEXT = "Asha Rao spoke on Monday.\n“The bridge is safe,” she said, “and open.”\nCritics doubt it."


def at(part: str, behind: int = 0) -> list[int]:
    begin = TEXT.index(part, behind)
    return [begin, begin + len(part)]


def written(folder: Path, row: dict[str, Any]) -> Path:
    path = folder / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row).encode("utf8")))
    return path


def words(sentence: Sentence, part: Part) -> str:
    return " ".join(sentence.forms[part.first : part.last + 1])


def test_attributions_are_laid_on_words_paragraph_by_paragraph(tmp_path: Path) -> None:
    row = {
        "text": TEXT,
        "attributions": [
            {"source": [at("she")], "cue": [at("said")], "content": [at("“The bridge is safe,”"), at("“and open.”")]},
            {"source": [], "cue": [], "content": [at("Critics doubt it")]},
        ],
    }
    ((first, second, third),) = articles.polnear(written(tmp_path, row))
    assert first.spoken == third.spoken == []
    assert second.spoken is not None
    found = [(p.kind, words(second, p)) for p in second.spoken]
    assert found == [("cue", "said"), ("source", "she"), ("content", "The bridge is safe"), ("content", "and open")]
    assert len({p.attribution for p in second.spoken}) == 1
    assert second.whole_paragraph and second.new_paragraph


def test_a_content_over_two_paragraphs_has_a_part_in_each(tmp_path: Path) -> None:
    row = {
        "text": TEXT,
        "attributions": [{"source": [], "cue": [at("said")], "content": [[at("and open")[0], len(TEXT)]]}],
    }
    ((_, second, third),) = articles.polnear(written(tmp_path, row))
    assert second.spoken is not None and third.spoken is not None
    assert words(second, second.spoken[1]).startswith("and open")
    assert words(third, third.spoken[0]) == "Critics doubt it"
    assert second.spoken[1].attribution == third.spoken[0].attribution


def flat(text: str) -> Analysis:
    """An analysis whose every sentence hangs on its first word; a sentence is a paragraph."""
    words = split(text)
    forms = [text[b:e] for b, e in zip(words.begin, words.end, strict=True)]
    edges = [*words.paragraphs, len(forms)]
    firsts = [max(p for p in words.paragraphs if p <= w) for w in range(len(forms))]
    same = tuple("X" for _ in forms)
    return Analysis(
        text=text,
        begin=tuple(words.begin),
        end=tuple(words.end),
        form=tuple(forms),
        lemma=tuple(form.lower() for form in forms),
        upos=same,
        xpos=same,
        feats=same,
        head=tuple(firsts),
        deprel=tuple("root" if first == word else "dep" for word, first in enumerate(firsts)),
        sentences=tuple(Read(b, e - 1, n) for n, (b, e) in enumerate(pairwise(edges))),
        names=(),
    )


def test_events_are_laid_on_the_paragraph_of_their_trigger_and_trees_are_taken_over(tmp_path: Path) -> None:
    event = {
        "trigger": {"at": at("doubt")}, "type": "ACCUSE", "mode": None, "status": "happened", "places": [],
        "actors": [{"at": at("Critics")}], "recipients": [{"at": at("she")}], "counts": [], "instruments": [],
    }  # fmt: skip
    row = {"text": TEXT, "statements": [], "events": [event]}
    ((first, second, third),) = articles.annotated(written(tmp_path, row), flat)
    assert first.acts == second.acts == []
    assert third.acts is not None
    (act,) = third.acts
    assert (act.trigger, act.type, act.parts) == ((1, 1), "ACCUSE", (("actor", 0, 0),))
    assert third.heads == [0, 1, 1, 1]
    assert third.deprel == ["root", "dep", "dep", "dep"]
    ((plain, *_),) = articles.annotated(written(tmp_path, row))
    assert plain.heads == []
