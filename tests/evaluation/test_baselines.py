from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from evaluation import baselines, statement_rules
from evaluation.statement_scores import Count, Found, Scores, compare, interval
from whence import Coder
from whence.records import Analysis, Sentence, Span

COMMON = "def back(coding, source):\n    return lambda span: span\n"


def found(text: str, cue: str, source: str, *content: str) -> Found:
    """A statement whose parts are told by their words."""

    def at(words: str) -> Span:
        return text.index(words), text.index(words) + len(words)

    return Found((at(cue),) if cue else (), (at(source),) if source else (), tuple(map(at, content)))


def analysis(*paragraphs: str) -> Analysis:
    """Of sentences, a line each, of words `form/UPOS/head/relation`: heads are counted from 1 within the sentence."""
    begin, end, form, upos, head, deprel = list[int](), list[int](), list[str](), list[str](), list[int](), list[str]()
    sentences, text = list[Sentence](), ""
    for number, paragraph in enumerate(paragraphs):
        for line in paragraph.splitlines():
            first = len(form)
            for word in line.split():
                shown, kind, above, relation = word.rsplit("/", 3)
                begin.append(len(text))
                text += shown
                end.append(len(text))
                text += " "
                form.append(shown)
                upos.append(kind)
                head.append(len(form) - 1 if above == "0" else first + int(above) - 1)
                deprel.append(relation)
            sentences.append(Sentence(first, len(form) - 1, number))
        text = text[:-1] + "\n"
    lemma = tuple("say" if word == "said" else word.lower() for word in form)
    blank = ("_",) * len(form)
    columns = tuple(form), lemma, tuple(upos), blank, blank, tuple(head), tuple(deprel)
    return Analysis(text, tuple(begin), tuple(end), *columns, tuple(sentences), ())


def said(read: Analysis) -> list[tuple[list[str], ...]]:
    """Cue, source and content of what the rules find, in words."""
    return [
        tuple([read.text[b:e] for b, e in spans] for spans in (one.cue, one.source, one.content))
        for one in (found.trimmed(read.text) for found in statement_rules.find(read))
    ]


def test_edges_do_not_count_and_parts_are_exact() -> None:
    text = 'Ama said: "we left," and Kofi denied it.'
    gold = [found(text, "said", "Ama", "we left"), found(text, "denied", "Kofi", "it")]
    got = [found(text, "said:", "Ama", '"we left,"'), found(text, "denied it", "Kofi")]
    counts = compare(gold, got, text).counts
    assert counts["cue"] == Count(1, 1, 1)
    assert counts["source"] == Count(2, 0, 0)
    assert counts["content"] == Count(1, 0, 1)
    assert counts["statement"] == counts["attributed"] == Count(1, 1, 1)
    assert counts["direct"] == Count(1, 0, 0)


def test_a_statement_is_right_with_half_of_its_content_and_attributed_with_a_source_that_meets() -> None:
    text = "Ama Boateng said they had left. Kofi said nothing had been lost."
    gold = [found(text, "said", "Ama Boateng", "they had left"), found(text, "said", "", "nothing had been lost")]
    half = [found(text, "said", "Boateng", "had left"), found(text, "said", "Kofi", "nothing had been lost")]
    scores = compare(gold, half, text)
    assert scores.counts["statement"] == Count(2, 0, 0)
    assert scores.counts["attributed"] == Count(1, 1, 1)
    less = compare(gold[:1], [found(text, "said", "Ama", "left")], text)
    assert less.counts["statement"] == Count(0, 1, 1)
    twice = compare(gold[:1], half[:1] * 2, text)
    assert twice.counts["statement"] == Count(1, 1, 0)


def test_a_content_is_direct_if_all_its_pieces_stand_in_quotation_marks() -> None:
    text = "“We left,” she said, “at noon.” It was “over”, he said."
    assert found(text, "she", "she", "We left", "at noon").is_direct(text)
    assert not found(text, "she", "she", "We left", "It was").is_direct(text)
    assert not found(text, "he said", "he").is_direct(text)


def test_f1_and_its_interval() -> None:
    assert Count().f1 == 0
    assert Count(3, 1, 1).f1 == pytest.approx(75)
    each = [Scores({"cue": Count(1, 1, 0)}), Scores({"cue": Count(1, 0, 0)})]
    assert sum((s.counts["cue"] for s in each), Count()) == Count(2, 1, 0)
    low, high = interval(each, "cue")
    assert low == pytest.approx(200 / 3) and high == 100


def test_rules_find_the_clause_of_a_reporting_verb() -> None:
    read = analysis("The/DET/2/det army/NOUN/4/nsubj has/AUX/4/aux said/VERB/0/root it/PRON/6/nsubj left/VERB/4/ccomp")
    assert said(read) == [(["has said"], ["The army"], ["it left"])]
    assert said(analysis("It/PRON/2/nsubj left/VERB/0/root")) == []
    assert said(analysis("said/VERB/0/root it/PRON/3/nsubj left/VERB/1/ccomp")) == []


def test_rules_find_the_words_that_a_verb_is_put_into() -> None:
    words = "Camps/NOUN/6/nsubj ,/PUNCT/4/punct she/PRON/4/nsubj said/VERB/6/parataxis ,/PUNCT/4/punct burn/VERB/0/root"
    assert said(analysis(words)) == [(["said"], ["she"], ["Camps", "burn"])]


def test_rules_take_whole_quotations_and_those_that_go_on() -> None:
    read = analysis(
        '"/PUNCT/2/punct Go/VERB/0/root ./PUNCT/2/punct\n'
        'Now/ADV/5/ccomp ,/PUNCT/1/punct "/PUNCT/1/punct she/PRON/5/nsubj said/VERB/0/root\n'
        '"/PUNCT/2/punct Wait/VERB/0/root ./PUNCT/2/punct "/PUNCT/2/punct\n'
        '"/PUNCT/2/punct No/INTJ/5/ccomp "/PUNCT/2/punct he/PRON/5/nsubj said/VERB/0/root'
    )
    assert said(read) == [
        (["said"], ["she"], ["Go . Now", "Wait"]),
        (["said"], ["he"], ["No"]),
    ]


def test_rules_find_according_to() -> None:
    read = analysis("According/VERB/3/case to/ADP/1/fixed Ama/PROPN/5/obl they/PRON/5/nsubj left/VERB/0/root")
    assert said(read) == [(["According to"], ["Ama"], ["they left"])]


TEXT = (
    "The ministry said on Monday that the army had left the camp.\n\nThe governor denied that anybody had died there."
)
ROW = {
    "id": "a",
    "text": TEXT,
    "attributions": [{"cue": [[13, 17]], "source": [[0, 12]], "content": [[28, 59]]}],
}
GOLD = {
    "id": "g",
    "title": "Camp",
    "published": "2020-02-03",
    "text": TEXT,
    "statements": [
        {"cue": {"at": [13, 17]}, "source": {"at": [0, 12]}, "content": [{"at": [28, 59]}]},
        {"cue": None, "source": None, "content": [{"at": [80, 109]}]},
    ],
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of evaluation data, of one article for each set."""
    for folder in ("measure", "gold", "data/attribution"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "measure" / "common.py").write_text(COMMON)
    (tmp_path / "gold" / "one.json").write_text(json.dumps(GOLD))
    (tmp_path / "data/attribution/polnear.dev.jsonl.gz").write_bytes(gzip.compress(json.dumps(ROW).encode()))
    monkeypatch.setenv("WHENCE_DATA", str(tmp_path))
    return tmp_path


def test_both_sets_are_read_alike(data: Path) -> None:
    expected = Found(((13, 17),), ((0, 12),), ((28, 59),))
    (row,) = baselines.attributions(data / "data/attribution/polnear.dev.jsonl.gz")
    assert (row.id, row.text, row.statements) == ("a", TEXT, (expected,))
    (one,) = baselines.gold(data / "gold")
    assert (one.title, one.published) == ("Camp", "2020-02-03")
    assert one.statements == (expected, Found((), (), ((80, 109),)))


def test_all_systems_stand_in_one_table(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "evaluation.statement_textacy", None)
    assert baselines.main([]) == 0
    printed, told = capsys.readouterr()
    assert "pip install '.[compare]'" in told
    assert "without textacy" in printed.splitlines()[0]
    assert "### PolNeAR, development part: 1 articles, 1 statements" in printed
    assert "### Gold articles: 1 articles, 2 statements" in printed
    rows = [line.split("|")[1:-1] for line in printed.splitlines() if line.startswith(("| whence", "| rules"))]
    assert [row[0].strip() for row in rows] == ["whence", "rules baseline"] * 2
    assert all(len(row) == len(baselines.COLUMNS) + 1 for row in rows)
    assert float(rows[1][1]) > 0
    assert baselines.main(["--only", "gold"]) == 0
    assert "PolNeAR" not in capsys.readouterr().out


def test_textacy_is_compared_where_it_is_installed(data: Path) -> None:
    class Quotations:
        refused = 3

        def of_article(self, _: Analysis) -> list[Found]:
            return [Found(((13, 17),), ((4, 12),), ((28, 59),))]

        def of_paragraphs(self, _: Analysis) -> list[Found]:
            return []

    reader = SimpleNamespace(code=lambda _: SimpleNamespace(statements=()), analyse=lambda _: Analysis("", *[()] * 11))
    printed = baselines.section(
        "Set",
        list(baselines.gold(data / "gold")),
        reader,  # type: ignore[arg-type]
        SimpleNamespace(Textacy=Quotations),
        _in_place,
    )
    assert "| textacy, whole articles | 100.0 | 0.0 | 66.7 | 66.7 | 66.7 (66.7 to 66.7) | 0.0 | 0.0 |" in printed
    assert "refused 3 articles and 3 paragraphs" in printed


def _in_place(_: dict[str, Any], __: str) -> Callable[[Span], Span | None]:
    return lambda span: span


def test_an_article_that_whence_refuses_counts_as_missed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    german = "Die Regierung hat am Montag erklärt, dass sie die Verhandlungen nicht fortsetzen wird. " * 4
    articles = [baselines.Annotated("d", None, None, german, (Found(((0, 3),), (), ((4, 9),)),))]
    each = baselines.measure(articles, Coder(), {"other": _nothing}, _in_place)
    assert {name: scores[0].counts["statement"] for name, scores in each.items()} == {
        "whence": Count(0, 0, 1),
        "other": Count(0, 0, 1),
    }
    assert "not English" in capsys.readouterr().err


def _nothing(_: Analysis) -> list[Found]:
    raise AssertionError("there is nothing to read")


def test_says_so_without_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHENCE_DATA", str(tmp_path))
    assert baselines.main([]) == 0
    assert "nothing compared" in capsys.readouterr().out
