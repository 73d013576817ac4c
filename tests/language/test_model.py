from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.errors import ModelError
from whence.language import LanguageModel, read_words, write
from whence.language.encoder import FOLDER
from whence.records import Analysis

NEWS = """\
Iran's foreign minister said on Tuesday that Russian bombers had struck Aleppo.
“We did not ask for this,” Mr. Anders told Reuters in Geneva. The U.N. envoy declined to comment. Talks resume in May.
"""


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return LanguageModel()


def check(analysis: Analysis) -> None:
    """Whatever the text: words stand in it, sentences part them, each sentence is one tree."""
    size = len(analysis.form)
    columns = (analysis.begin, analysis.end, analysis.lemma, analysis.upos, analysis.xpos, analysis.feats)
    assert all(len(column) == size for column in (*columns, analysis.head, analysis.deprel))
    for begin, end, form in zip(analysis.begin, analysis.end, analysis.form, strict=True):
        assert analysis.text[begin:end] == form
    assert [s.first for s in analysis.sentences] == [0, *(s.last + 1 for s in analysis.sentences)][
        : len(analysis.sentences)
    ]
    assert not size or analysis.sentences[-1].last == size - 1
    for sentence in analysis.sentences:
        span = range(sentence.first, sentence.last + 1)
        roots = [i for i in span if analysis.head[i] == i]
        assert len(roots) == 1
        assert analysis.deprel[roots[0]] == "root"
        below: dict[int, list[int]] = {}
        for i in span:
            assert analysis.head[i] in span
            if i != roots[0]:
                assert analysis.deprel[i] != "root"
                below.setdefault(analysis.head[i], []).append(i)
        reached, waiting = 0, roots
        while waiting:
            reached += 1
            waiting.extend(below.get(waiting.pop(), []))
        assert reached == len(span)
    ends = {s.last for s in analysis.sentences}
    for name in analysis.names:
        assert name.first <= name.last
        assert not ends & set(range(name.first, name.last))
    assert all(a.last < b.first for a, b in pairwise(analysis.names))


def test_news(model: LanguageModel) -> None:
    analysis = model.analyse(NEWS)
    check(analysis)
    assert [(s.paragraph, analysis.form[s.first]) for s in analysis.sentences] == [
        (0, "Iran"),
        (1, "“"),
        (1, "The"),
        (1, "Talks"),
    ]
    said = analysis.form.index("said")
    minister = analysis.form.index("minister")
    assert (analysis.upos[said], analysis.lemma[said], analysis.deprel[said]) == ("VERB", "say", "root")
    assert (analysis.head[minister], analysis.deprel[minister]) == (said, "nsubj")
    assert analysis.lemma[analysis.form.index("bombers")] == "bomber"
    names = {" ".join(analysis.form[n.first : n.last + 1]): n.kind for n in analysis.names}
    assert names["Aleppo"] == "LOC"
    assert names["Iran"] == "LOC"
    assert names["Anders"] == "PER"


@pytest.mark.parametrize("text", ["", " ", "\r\n \t\u2029\n", "\n" * 100_000])
def test_nothing_to_read(model: LanguageModel, text: str) -> None:
    analysis = model.analyse(text)
    check(analysis)
    assert analysis.form == ()
    assert analysis.sentences == ()
    assert write(analysis) == ""


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "troops " * 3000,
        "The army, the navy and the guard fought on; " * 100,
        "He left. " * 500,
        "(" * 1000,
        "She said it.\r\nThey’d gone 👩‍👩‍👧 e\u0301te\u0301 \x01 שלום עולם.\u2028Done",
    ],
)
def test_odd_texts(model: LanguageModel, text: str) -> None:
    check(model.analyse(text))


@settings(deadline=None, max_examples=40)
@given(st.text(st.sampled_from("aB.,'’“\n\r 5-👍\u0301ש$"), max_size=200))
def test_any_text(model: LanguageModel, text: str) -> None:
    check(model.analyse(text))


def test_a_text_is_read_alike_in_any_company(model: LanguageModel) -> None:
    texts = [NEWS, "", "Rebels shelled the town.", NEWS * 12]
    assert model.analyse_many(texts) == [model.analyse(text) for text in texts]
    assert model.analyse_many([NEWS])[0] == LanguageModel(threads=2).analyse(NEWS)
    assert model.analyse_many([]) == []


def test_given_words_are_kept(model: LanguageModel) -> None:
    sentences = [["New York", "is", "calm", "."], ["Nobody", "left", "\u2028", "…"], ["so"] * 700, ["x"]]
    analysis = model.analyse_words([*sentences[:1], [], *sentences[1:]])
    check(analysis)
    assert [list(analysis.form[s.first : s.last + 1]) for s in analysis.sentences] == sentences
    assert read_words(write(analysis)) == sentences


def test_the_second_stretch_of_a_long_sentence_hangs_on_the_root(model: LanguageModel) -> None:
    analysis = model.analyse_words([["they", "fought", ","] * 300])
    check(analysis)
    assert "parataxis" in analysis.deprel


def test_the_version_is_that_of_the_files(model: LanguageModel) -> None:
    assert len(model.version) == 12
    assert model.version == LanguageModel(threads=2).version


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"encoder\.onnx.*make train"):
        LanguageModel(tmp_path)


def _set_deprel(folder: Path) -> None:
    path = folder / "inventory.json"
    inventory = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**inventory, "deprel": ["root", "parataxis"]}), encoding="utf-8")


def _drop_names(folder: Path) -> None:
    path = folder / "inventory.json"
    inventory = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**inventory, "names": []}), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: (folder / "inventory.json").write_text("{"), "does not fit"),
        (lambda folder: (folder / "labels.npz").write_bytes(b"PK"), "does not fit"),
        (lambda folder: (folder / "encoder.onnx").write_bytes(b"not a graph"), "does not fit"),
        (_set_deprel, "does not fit.*shapes"),
        (_drop_names, "lacks names"),
    ],
)
def test_unfit_files_are_an_error_with_a_way_out(tmp_path: Path, spoil: object, message: str) -> None:
    for file in FOLDER.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path)
    assert callable(spoil)
    spoil(tmp_path)
    with pytest.raises(ModelError, match=message):
        LanguageModel(tmp_path)


def test_the_stage_is_cheap_to_import() -> None:
    code = "import sys, whence.language; sys.exit(bool({'onnxruntime', 'torch'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
