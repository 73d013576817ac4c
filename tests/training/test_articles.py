"""Annotated articles become windows' words with cues, parts and speakers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from training import articles
from training.corpora import Part, Sentence

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
