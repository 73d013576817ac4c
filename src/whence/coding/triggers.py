"""Which words name an act: the codebook's cues matched over the tree.

A cue matches at its head word. What else it consists of must stand beside it (nouns) or hang
on it (verbs: particles, objects, prepositions), and its conditions must hold. Of several
cues at one word the most particular wins; longer matches hide shorter ones inside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whence.codebook import Codebook, Cue
from whence.coding.roles import Roles
from whence.coding.tree import Tree

_HYPHENS = frozenset({"-", "–", "‐"})
_LONG_ENOUGH = 100
"""Words from which an article's share of political words says something."""
_PARTICLES = frozenset({"in", "out", "up", "down", "off", "back", "away", "over"})
"""Words that belong to a verb as particles; as prepositions farther on they are another phrase's."""
_MAX_GAP = 5
"""Words that may stand between two words of a verb phrase ("called yesterday for")."""
_NOT_AN_ACT = frozenset({"PER", "ORG", "LOC", "FAC", "PRODUCT", "MISC", "MONEY"})
"""Names that hide event nouns inside them ("the Peace Prize", "the Defence Force")."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue at a word."""

    word: int
    """Head word of the trigger."""
    first: int
    last: int
    cue: Cue


def find(roles: Roles, codebook: Codebook) -> list[Hit]:
    """The cues at words of a tree in text order, one a word, none inside another, light verbs left out."""
    tree, known = roles.tree, codebook.by_word
    words = [
        word
        for word, (lemma, form) in enumerate(zip(tree.lemma, tree.form, strict=True))
        if lemma.lower() in known or form.lower() in known or "-" in form
    ]
    hits = [hit for word in words if (hit := _best(roles, codebook, word)) is not None]
    return _without_carriers(roles, _outermost(hits))


def is_political(tree: Tree, codebook: Codebook) -> bool:
    """Whether enough words of the article are political; short texts count as if they were."""
    if len(tree) < _LONG_ENOUGH:
        return True
    words = codebook.classes.get("POLITICAL", frozenset())
    return 1000 * sum(lemma.lower() in words for lemma in tree.lemma) >= codebook.political_per_thousand * len(tree)


def _best(roles: Roles, codebook: Codebook, word: int) -> Hit | None:
    tree = roles.tree
    for cue in _candidates(tree, codebook, word):
        if not _can_be(roles, cue, word):
            continue
        matched = _match(tree, cue, word)
        if matched is None or cue.negated != _counts_as_negated(roles, cue, word) or not roles.allows(word, cue):
            continue
        return Hit(word, min(matched), max(matched), cue)
    return None


def _candidates(tree: Tree, codebook: Codebook, word: int) -> Iterator[Cue]:
    """Cues whose head the word may be, the most particular first."""
    lemma, form = tree.lemma[word].lower(), tree.form[word].lower()
    yield from codebook.by_word.get(lemma, ())
    if form != lemma:
        yield from codebook.by_word.get(form, ())
    if "-" in form[1:-1]:
        parts = tuple(lemma.split("-"))
        for part in dict.fromkeys(parts):
            yield from (cue for cue in codebook.by_word.get(part, ()) if cue.words == parts)


def _counts_as_negated(roles: Roles, cue: Cue, word: int) -> bool:
    """Whether a cue that is a negation finds it; other cues take the word as it is."""
    return cue.negated and roles.negation(word) is not None


def _can_be(roles: Roles, cue: Cue, word: int) -> bool:
    """Whether the word's part of speech and place in the sentence let it name an act."""
    tree = roles.tree
    upos = tree.upos[word]
    if cue.pos == "verb":
        return upos == "VERB" and tree.relation[word] != "amod" and not _is_in_name(tree, word)
    if cue.pos == "adjective":
        return (upos in ("ADJ", "VERB") or len(cue.words) > 1) and tree.relation[word] not in ("amod", "compound")
    if upos not in ("NOUN", "PROPN") and not (upos == "VERB" and tree.xpos[word] == "VBG" and tree.child(word, "det")):
        return False
    name = tree.name(word)
    if name is not None and (name.kind in _NOT_AN_ACT or upos == "PROPN"):
        return False
    return tree.relation[word] not in ("compound", "flat", "goeswith") or tree.upos[tree.head[word]] == "VERB"


def _is_in_name(tree: Tree, word: int) -> bool:
    """Whether a verb is part of a name; by itself and in small letters it is none, whatever the encoder found there."""
    name = tree.name(word)
    return name is not None and not (name.first == name.last and tree.form[word].islower())


def _match(tree: Tree, cue: Cue, word: int) -> list[int] | None:
    """The words of the cue if they stand here with `word` as their head."""
    if len(cue.words) == 1 or tuple(tree.lemma[word].lower().split("-")) == cue.words:
        return [word]
    return _beneath(tree, cue, word) if cue.pos == "verb" else _beside(tree, cue, word)


def _beside(tree: Tree, cue: Cue, word: int) -> list[int] | None:
    """Nouns: the other words stand next to the head in order, hyphens overlooked."""
    found = [word]
    for step, wanted in ((-1, cue.words[: cue.head][::-1]), (1, cue.words[cue.head + 1 :])):
        at = word
        for text in wanted:
            at += step
            while 0 <= at < len(tree) and tree.form[at] in _HYPHENS:
                at += step
            if not (0 <= at < len(tree)) or text not in (tree.lemma[at].lower(), tree.form[at].lower()):
                return None
            found.append(at)
    return found if tree.sentence_of[min(found)] == tree.sentence_of[max(found)] else None


def _beneath(tree: Tree, cue: Cue, word: int) -> list[int] | None:
    """Verbs: the other words follow in order and hang on the verb, or on what hangs on it."""
    found, at, last = [word], word, tree.sentence(word).last
    for text in cue.words[1:]:
        for candidate in range(at + 1, min(at + _MAX_GAP, last) + 1):
            same = text in (tree.lemma[candidate].lower(), tree.form[candidate].lower())
            if same and _hangs(tree, candidate, word, cue.words):
                at = candidate
                break
        else:
            return None
        found.append(at)
    return [w for number, w in enumerate(found) if w == word + number]


def _hangs(tree: Tree, word: int, verb: int, phrase: tuple[str, ...]) -> bool:
    """Whether the word depends on the verb directly, or as a preposition or modifier of what does.

    A noun after a preposition counts only if the phrase has that preposition too.
    """
    above = tree.head[word]
    if tree.relation[word] == "case" and tree.form[word].lower() in _PARTICLES and word != verb + 1:
        return False
    if tree.relation[word] == "obl" and tree.case(word) and tree.case(word) not in phrase:
        return False
    if above == verb:
        return tree.relation[word] not in ("conj", "cc", "punct", "nsubj")
    return tree.relation[word] in ("case", "mark", "nmod", "obl", "amod", "det", "fixed", "compound") and (
        tree.head[above] == verb or tree.head[tree.head[above]] == verb
    )


def _outermost(hits: list[Hit]) -> list[Hit]:
    """The hits without those whose head word lies inside a longer one."""
    longest = sorted(hits, key=lambda h: (h.first - h.last, h.word))
    taken: set[int] = set()
    kept = []
    for hit in longest:
        words = {hit.word} if hit.cue.pos == "verb" and len(hit.cue.words) == 1 else set(range(hit.first, hit.last + 1))
        if hit.word not in taken:
            kept.append(hit)
            taken |= words
    return sorted(kept, key=lambda h: h.word)


def _without_carriers(roles: Roles, hits: list[Hit]) -> list[Hit]:
    """The hits without verbs that only carry another hit's noun ("launched an attack")."""
    carrying = {
        verb
        for hit in hits
        if hit.cue.pos == "noun" and (verb := roles.carrier(hit.word, light_only=True)) is not None and verb != hit.word
    }
    return [hit for hit in hits if hit.word not in carrying or hit.cue.pos != "verb"]
