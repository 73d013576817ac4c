"""Repairs of what no reading of a sentence can be, before it is coded.

Names are phrases, but the encoder finds names and trees independently of each other. Where they disagree, names are
the surer: "on Radio | Goma" with two obliques is one oblique, and in "the newspaper | Zorya" the name belongs to the
noun. And a verb has one subject and one direct object (the guidelines of Universal Dependencies on core arguments): a
second subject behind it is its object ("bombers … carried out airstrikes"). Words are numbers of the analysis.
"""

from __future__ import annotations

from dataclasses import replace

from whence.coding import wordlists
from whence.coding.instruments import DESIGNATION, DESIGNATION_PARTS
from whence.records import Analysis, Name

_ONE_PHRASE = frozenset({"PER", "ORG", "LOC", "FAC", "PRODUCT"})
_CALLED = frozenset({"PER", "ORG", "PRODUCT"})
"""Kinds of name that may stand right behind the noun that says what they are."""
_NOUNS = frozenset({"NOUN", "PROPN"})
_TARGETS = frozenset({"on", "against", "upon"})
_SLOTS = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "conj", "nsubj:pass", "obl:agent"})


def repaired(analysis: Analysis) -> Analysis:
    """The analysis with every name one phrase and one subject a verb. Words and sentences' roots stay as they are."""
    head, deprel = list(analysis.head), list(analysis.deprel)
    names = tuple(
        _without_noun(name, analysis) for name in _with_stations(analysis) if not _is_designation(name, analysis)
    )
    for name in names:
        if name.kind in _ONE_PHRASE:
            _join_words(name, head, deprel)
            if name.kind in _CALLED:
                _join_to_noun(name, analysis, head, deprel)
    _join_neighbours(analysis, head, deprel)
    _leave_one_subject(analysis, head, deprel)
    _leave_one_object(analysis, head, deprel)
    _give_prepositions(head, deprel)
    _lift_targets(analysis, head, deprel)
    return replace(analysis, head=tuple(head), deprel=tuple(deprel), names=names)


def _leave_one_object(analysis: Analysis, head: list[int], deprel: list[str]) -> None:
    """Of two objects behind an active verb the first is the one to whom: "sends [the people] greetings"."""
    first: dict[int, int] = {}
    for word, relation in enumerate(deprel):
        verb = head[word]
        if relation == "obj" and word > verb and analysis.upos[verb] == "VERB":
            if verb in first:
                deprel[first[verb]] = "iobj"
            first[verb] = word


def _give_prepositions(head: list[int], deprel: list[str]) -> None:
    """A particle right before an oblique without a preposition is its preposition: "called | upon the authorities"."""
    cased = {head[w] for w in range(len(head)) if deprel[w] == "case"}
    begins: dict[int, int] = {}
    for word in range(len(head) - 1, -1, -1):
        begins[head[word]] = min(begins.get(head[word], word), word, head[word])
    for word, relation in enumerate(deprel):
        if relation == "obl" and word not in cased:
            before = begins.get(word, word) - 1
            if before >= 0 and deprel[before] == "compound:prt" and head[before] == head[word] == before - 1:
                head[before], deprel[before] = word, "case"


def _lift_targets(analysis: Analysis, head: list[int], deprel: list[str]) -> None:
    """What "on" or "against" introduces behind the doer belongs to the deed: "attacks by rebels | on the village"."""
    cases = {head[w]: analysis.form[w].lower() for w in range(len(head)) if deprel[w] == "case"}
    for word, relation in enumerate(deprel):
        doer = head[word]
        is_target = relation == "nmod" and doer < word and cases.get(word) in _TARGETS
        is_doer = cases.get(doer) == "by" and deprel[doer].startswith("nmod")
        if is_target and is_doer and analysis.upos[head[doer]] == "NOUN":
            head[word] = head[doer]


def _join_neighbours(analysis: Analysis, head: list[int], deprel: list[str]) -> None:
    """Two nouns side by side cannot fill one slot of one word: "UP | leaders" are leaders. And what "of" introduces is
    part of what stands before it, never beside it: "tens of thousands of Americans"."""
    form, upos = analysis.form, analysis.upos
    for word in range(len(head) - 1):
        after = word + 1
        same = head[word] == head[after] and deprel[word] == deprel[after] and deprel[word] in _SLOTS
        if same and head[word] not in (word, after) and upos[word] in _NOUNS and upos[after] in _NOUNS:
            head[word], deprel[word] = after, "compound"
        if deprel[word] == "case" and form[word].lower() == "of":
            noun = head[word]
            before = head[noun]
            if deprel[noun] == "conj" and before == word - 1:
                deprel[noun] = "nmod"


def _leave_one_subject(analysis: Analysis, head: list[int], deprel: list[str]) -> None:
    """Of an active verb with a subject before it and no object, a subject behind it becomes the object."""
    before = {head[w] for w in range(len(head)) if deprel[w] == "nsubj" and w < head[w]}
    full = {head[w] for w in range(len(head)) if deprel[w] in ("obj", "aux:pass", "nsubj:pass", "cop")}
    for word, relation in enumerate(deprel):
        verb = head[word]
        if relation == "nsubj" and word > verb and verb in before - full and analysis.upos[verb] == "VERB":
            deprel[word] = "obj"
            full.add(verb)


def _with_stations(analysis: Analysis) -> tuple[Name, ...]:
    """The names, where a station's is more than the place in it: "Radio | Goma"."""
    words = wordlists.load("attribution.yaml")["stations"]
    found: list[Name] = []
    for name in analysis.names:
        before = name.first - 1
        if name.kind in ("LOC", "PER") and before >= 0 and analysis.form[before] in words:
            if found and found[-1].first == before:
                found.pop()
            if not found or found[-1].last < before:
                name = Name("ORG", before, name.last)
        found.append(name)
    return tuple(found)


def _without_noun(name: Name, analysis: Analysis) -> Name:
    """A body's name without a common noun before another one: "the [Regnum] news agency"."""
    last, form = name.last, analysis.form
    while (
        name.kind == "ORG"
        and last > name.first
        and form[last].islower()
        and analysis.upos[last + 1 : last + 2] == ("NOUN",)
    ):
        last -= 1
    return Name(name.kind, name.first, last)


def _is_designation(name: Name, analysis: Analysis) -> bool:
    """Whether the encoder took the letters of an aircraft's type for a person: "an army [Su]-24"."""
    begin, end, last = analysis.begin, analysis.end, name.last
    if name.kind != "PER" or name.first != last:
        return False
    while last + 1 < len(begin) and begin[last + 1] == end[last] and last - name.first < DESIGNATION_PARTS:
        last += 1
        if DESIGNATION.fullmatch(analysis.text[begin[name.first] : end[last]]) is not None:
            return True
    return False


def _join_words(name: Name, head: list[int], deprel: list[str]) -> None:
    """Words of the name that hang on the same word outside it in the same way: the later ones go to the first."""
    outside = [w for w in range(name.first, name.last + 1) if not name.first <= head[w] <= name.last and head[w] != w]
    for word in outside[1:]:
        if (head[word], deprel[word]) == (head[outside[0]], deprel[outside[0]]):
            head[word], deprel[word] = outside[0], "flat"


def _join_to_noun(name: Name, analysis: Analysis, head: list[int], deprel: list[str]) -> None:
    """A name right behind a common noun that fills the same slot of the same word is that noun's apposition."""
    noun = name.first - 1
    if noun < 0 or analysis.upos[noun] != "NOUN" or deprel[noun] not in _SLOTS or head[noun] == noun:
        return
    outside = [w for w in range(name.first, name.last + 1) if not name.first <= head[w] <= name.last]
    if len(outside) != 1:
        return
    word = outside[0]
    beside = head[word] == head[noun] and deprel[word] in _SLOTS
    if beside or (head[word] == noun and deprel[word] in ("nmod", "compound", "dep", "flat")):
        head[word], deprel[word] = noun, "appos"
