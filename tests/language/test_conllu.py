from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.errors import UnreadableInput
from whence.language.conllu import read_words, write
from whence.records import Analysis, Name, Sentence

TEXT = "Ann's here.\nShe left"
ANALYSIS = Analysis(
    text=TEXT,
    begin=(0, 3, 6, 10, 12, 16),
    end=(3, 5, 10, 11, 15, 20),
    form=("Ann", "'s", "here", ".", "She", "left"),
    lemma=("Ann", "be", "here", ".", "she", "leave"),
    upos=("PROPN", "AUX", "ADV", "PUNCT", "PRON", "VERB"),
    xpos=("NNP", "VBZ", "RB", ".", "PRP", "VBD"),
    feats=("Number=Sing", "_", "_", "_", "_", "_"),
    head=(2, 2, 2, 2, 5, 5),
    deprel=("nsubj", "cop", "root", "punct", "nsubj", "root"),
    sentences=(Sentence(0, 3, 0), Sentence(4, 5, 1)),
    names=(Name("PER", 0, 0),),
)
WRITTEN = """\
# newpar
# sent_id = 1
# text = Ann's here.
1\tAnn\tAnn\tPROPN\tNNP\tNumber=Sing\t3\tnsubj\t_\tNER=B-PER|SpaceAfter=No
2\t's\tbe\tAUX\tVBZ\t_\t3\tcop\t_\t_
3\there\there\tADV\tRB\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newpar
# sent_id = 2
# text = She left
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_

"""


def test_writing() -> None:
    assert write(ANALYSIS) == WRITTEN


def test_what_was_written_can_be_read() -> None:
    assert read_words(write(ANALYSIS)) == [["Ann", "'s", "here", "."], ["She", "left"]]


def test_reading_is_tolerant() -> None:
    text = "\ufeff# text = x\r\n1-2\tcannot\t_\r\n1\tcan\t_\r\n2\tnot\r\n2.1\tghost\t_\r\n"
    text += "\r\n \n\n1\ta b\u2028c\t_\n2\t#\t_"
    assert read_words(text) == [["can", "not"], ["a b\u2028c", "#"]]
    assert read_words("") == []
    assert read_words("# only a comment\n\n") == []


@pytest.mark.parametrize("line", ["word", "1", "1 word", "x\tword", "1\t", "-\tword\t_", "1-2"])
def test_broken_lines_are_named(line: str) -> None:
    with pytest.raises(UnreadableInput, match="line 3 is not CoNLL-U"):
        read_words(f"1\tfine\t_\n\n{line}\n")


WORDS = st.text(min_size=1).filter(lambda word: not set(word) & set("\t\n") and not word.endswith("\r"))


@given(st.lists(st.lists(WORDS, min_size=1), max_size=4))
def test_any_words_are_read_as_they_stand(sentences: list[list[str]]) -> None:
    text = "".join("".join(f"{i}\t{word}\t_\n" for i, word in enumerate(words, 1)) + "\n" for words in sentences)
    assert read_words(text) == sentences
