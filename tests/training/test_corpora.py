"""The readers on authored files in the corpora's formats."""

from __future__ import annotations

import gzip
from pathlib import Path

from training import corpora

CONLLU = """# newdoc id = d1
# newpar
# text = Rebels left.
1\tRebels\trebel\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\tTense=Past\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# text = Don't.
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVB\t_\t0\troot\t_\t_
2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_

# newdoc id = d2
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_

"""


def packed(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode("utf8")))
    return path


def test_conllu_gives_documents_paragraphs_and_lemma_rules(tmp_path: Path) -> None:
    first, second = corpora.conllu(packed(tmp_path, "t.conllu.gz", CONLLU))
    assert [s.forms for s in first] == [["Rebels", "left", "."], ["Do", "n't"]]
    assert [s.new_paragraph for s in first] == [True, False]
    assert first[0].heads == [2, 0, 2]
    assert first[0].lemma == ["l|1|", "l|2|ave", "l|0|"]
    assert second[0].deprel == ["root"]


def test_universal_ner_joins_by_words_and_leaves_open_what_it_does_not_annotate(tmp_path: Path) -> None:
    documents = corpora.conllu(packed(tmp_path, "t.conllu.gz", CONLLU))
    rows = "# text = Rebels left.\n1\tRebels\tB-ORG\t-\tx\n2\tleft\tO\t-\tx\n3\t.\tB-OTH\t-\tx\n\n"
    assert corpora.add_uner(documents, packed(tmp_path, "n.iob2.gz", rows)) == 1
    rebels, left, stop = documents[0][0].names
    assert rebels == ("B-ORG",)
    assert "O" in left and "B-DATE" in left and "B-PER" not in left
    assert stop == left


def test_world_newswire_reads_both_tag_schemes_and_outer_names_and_passes_over_broken_lines(tmp_path: Path) -> None:
    rows = (
        "# doc = one\nKabul\tS-Location\nsaid\tO\nJohn\tB-Person\nRoe\tE-Person\nbroken line\n\n"
        "# doc = two\nOman\tB-Organization\tB-Location\nAir\tI-Organization\n\n"
    )
    one, two = corpora.worldwide(packed(tmp_path, "w.tsv.gz", rows))
    assert [t for (t,) in one[0].names] == ["B-LOC", "O", "B-PER", "I-PER"]
    assert two[0].forms == ["Oman", "Air"]
    assert two[0].names == [("B-ORG",), ("I-ORG",)]


def test_crossner_maps_its_kinds(tmp_path: Path) -> None:
    rows = "Ana\tB-politician\nwon\tO\n2010\tB-election\n\n"
    ((sentence,),) = corpora.crossner(packed(tmp_path, "c.bio.gz", rows))
    assert sentence.names[0] == ("B-PER",)
    assert "B-MONEY" in sentence.names[1]
    assert sentence.names[2] == ("B-MISC",)
