"""Who says what: the attributions that the encoder read, joined with quotations.

One draft for each statement: the cue's words, the head of the source's phrase, the content as
spans of the text. Through whom the words came (`chains`), names and ids (`statements`) come later.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from whence.coding import inner
from whence.coding.cues import Cues
from whence.coding.drafts import Draft, trimmed
from whence.coding.quotations import Quotation
from whence.coding.reported import draft
from whence.coding.speech import Speech
from whence.coding.tree import Tree
from whence.records import Span

_SHARED = frozenset({"subject", "shared subject", "subject of the main clause", "subject of the governing verb"})
"""Ways to a subject that may be the source's."""
_ASKED = 6
"""Words of a content that tell whether it is "not to be named"."""


def find(tree: Tree, quotations: Sequence[Quotation], cues: Cues) -> list[Draft]:
    """All statements in the order of their content."""
    read = (draft(found, tree, cues) for found in tree.analysis.attributions)
    drafts = [d for d in read if d is not None and not _is_unsaid(d, tree, cues) and not _is_asked(d, tree, cues)]
    drafts = _without_doubles(drafts)
    for one in drafts:
        _drop_expletive(one, tree)
        _drop_accused(one, tree, cues)
        _add_source(one, tree, cues)
    speech = Speech(tree, quotations)
    speech.take_whole(drafts)
    drafts += list(speech.go_on(drafts))
    drafts += list(inner.find(drafts, tree, cues))
    return sorted(_without_doubles(drafts), key=lambda d: (d.begin, -d.content[-1][1]))


def _is_unsaid(one: Draft, tree: Tree, cues: Cues) -> bool:
    """What sources ask for themselves is no statement: "who asked not to be named"."""
    begin, end = one.content[0]
    first = bisect_left(tree.analysis.begin, begin)
    words = range(first, min(first + _ASKED, len(tree)))
    return (
        any(
            tree.lemma[w] in cues.words["anonymity"]
            and tree.child(w, "aux:pass") is not None
            and tree.analysis.end[w] <= end
            for w in words
        )
        and tree.lemma[one.anchor] in cues.words["asking"]
    )


def _is_asked(one: Draft, tree: Tree, cues: Cues) -> bool:
    """ "Asked about the bridge, the minister …": what he is asked is not said by anybody who is told."""
    verb = one.anchor
    if (
        tree.lemma[verb] not in cues.words["asking"]
        or tree.subject(verb) is not None
        or tree.child(verb, "aux") is not None
    ):
        return False
    passive = tree.xpos[verb] == "VBN" or (tree.xpos[verb] == "VBD" and tree.relation[verb] == "advcl")
    return passive and tree.agent(verb) is None


def _drop_expletive(one: Draft, tree: Tree) -> None:
    """ "It was reported that …" names nobody."""
    source = one.source
    if source is None or tree.lemma[source].lower() != "it" or tree.head[source] != one.anchor:
        return
    if tree.relation[source] == "expl" or tree.deprel[source] in ("nsubj:pass", "expl:pass"):
        one.source = one.source_words = None


def _drop_accused(one: Draft, tree: Tree, cues: Cues) -> None:
    """ "Accused [the army] of theft": what is said is the theft."""
    verb = one.anchor
    if tree.lemma[verb].lower() not in cues.words["accusing"]:
        return
    begin, end = one.content[0]
    for charge in tree.children(verb, "obl", "advcl"):
        mark = next((m for m in tree.children(charge, "case", "mark") if tree.form[m].lower() == "of"), None)
        if mark is not None and begin <= tree.analysis.begin[mark] and tree.analysis.end[mark] < end:
            one.content[0] = trimmed(tree.text, (tree.analysis.end[mark], end))
            return


def _add_source(one: Draft, tree: Tree, cues: Cues) -> None:
    """Where no source was read: the subject that the reporting verb shares with the verb it hangs on."""
    verb = one.anchor
    if one.source is not None or tree.upos[verb] != "VERB" or tree.is_passive(verb) or tree.child(verb, "expl"):
        return
    found = tree.subjects_through(verb)
    if found is None or found[1] not in _SHARED or tree.upos[found[0]] not in ("NOUN", "PROPN", "PRON"):
        return
    if tree.form[found[0]].lower() in cues.words["nobody"] | cues.words["authors"]:
        return
    one.source = found[0]
    one.reason += f", {found[1]}"


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """Of drafts with the same content the surest stays, cued before uncued."""
    kept: dict[tuple[Span, ...], Draft] = {}
    for one in drafts:
        key = tuple(one.content)
        other = kept.get(key)
        if other is None or _standing(one) > _standing(other):
            kept[key] = one
    return list(kept.values())


def _standing(one: Draft) -> tuple[bool, bool, float]:
    return one.cue is not None, one.source is not None, one.confidence
