"""Which words name an act, and of which type: the codebook's cues and the encoder's triggers, weighed together.

Types that the encoder has not learnt (a user's own, or one that a user's file replaces) rest on their cues alone,
and so does everything in an analysis whose encoder was not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from whence.codebook import Codebook, Cue
from whence.coding import participants, triggers, weighing
from whence.coding.clauses import Surroundings
from whence.coding.narrowing import narrowed
from whence.coding.nearness import Likeness, Nearness
from whence.coding.roles import Roles
from whence.coding.tree import Tree
from whence.coding.weighing import Features
from whence.records import Act

_UNSEEN = 0.004
"""Probability of a type at a word that the encoder did not even list."""
_WORTH = 0.05
"""Probability from which a type is weighed at a word."""
_LIKELY = 0.15
"""Probability of the types that a user's category takes in from which what is round the word may make it one."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "another"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may name an act of a type."""

    word: int
    """Head word of the trigger."""
    first: int
    last: int
    type: str
    cue: Cue | None
    """The codebook's cue of that type at the word."""
    slots: Cue | None
    """That cue, or what the codebook says of the type's words in general: where those who take part stand."""
    act: Act | None
    """What the encoder says of the word."""
    features: Features
    near: Likeness | None = None
    """The example that it is like, where neither cue nor encoder speak for the type."""

    @property
    def chance(self) -> float:
        """Probability that the word names an act of the type; where only a cue speaks, the cue's own confidence."""
        if self.features:
            return weighing.chance("event", self.features)
        if self.near is not None:
            return self.near.likeness
        return self.cue.confidence if self.cue is not None else 0.0


def find(roles: Roles, codebook: Codebook, surroundings: Surroundings, near: Nearness | None = None) -> list[Candidate]:
    """The acts of a tree, one a word, none inside another, in text order."""
    best: dict[int, Candidate] = {}
    for proposed in propose(roles, codebook, surroundings):
        one = _as_if_by_cue(roles, codebook, proposed)
        if (not one.features or one.chance >= weighing.least("event")) and (
            one.word not in best or one.chance > best[one.word].chance
        ):
            best[one.word] = one
    for one in _like_examples(roles, codebook, near):
        known = best.get(one.word)
        if known is None or (known.type in codebook.learnt and not _is_declined(codebook, one.type, known.type)):
            best[one.word] = one
    return _apart(best.values())


def _is_declined(codebook: Codebook, own: str, found: str) -> bool:
    """Whether the category says which acts of the type are its own: likeness to an example adds none to those."""
    return any(found in narrowing.types for narrowing in codebook.categories[own].narrowings)


def _as_if_by_cue(roles: Roles, codebook: Codebook, one: Candidate) -> Candidate:
    """The candidate, weighed as if a cue had found it where a user's category takes it in: that is what it asks for."""
    if not one.features or one.act is None or one.features["cue"] or one.chance >= weighing.least("event"):
        return one
    types = {t for c in codebook.categories.values() for n in c.narrowings for t in n.types if one.type in n.types}
    probability = sum(one.act.types.get(name, 0.0) for name in types)
    if probability < _LIKELY:
        return one
    sides = participants.sides(roles, one.word, one.slots, one.act)
    if narrowed(roles, codebook, one.type, one.word, *sides) is None:
        return one
    return replace(one, features={**one.features, "head": weighing.log_odds(probability), "cue": 1.0})


def _like_examples(roles: Roles, codebook: Codebook, near: Nearness | None) -> Iterator[Candidate]:
    """Words that are like the examples of a user's category."""
    at = _acts_at(roles.tree)
    for like in near.find(roles.tree, at) if near is not None else ():
        slots = _pattern(roles, codebook, like.type, like.word)
        yield Candidate(like.word, like.word, like.word, like.type, None, slots, at.get(like.word), {}, like)


def propose(roles: Roles, codebook: Codebook, surroundings: Surroundings) -> Iterator[Candidate]:
    """Every type that a cue or the encoder gives for any word."""
    tree = roles.tree
    acts = tree.analysis.acts
    at = _acts_at(tree)
    on_topic = triggers.is_political(tree, codebook)
    taken: set[tuple[int, int]] = set()
    for hit in triggers.find(roles, codebook):
        words = (hit.word, *range(hit.first, hit.last + 1))
        act = next((at[word] for word in words if word in at), None)
        if act is not None:
            taken.add(act.trigger)
        off_topic = hit.cue.political and not on_topic
        bare = _is_bare(roles, hit, surroundings)
        if acts is None or hit.cue.category not in codebook.learnt:
            if not (off_topic or bare):
                yield Candidate(hit.word, hit.first, hit.last, hit.cue.category, hit.cue, hit.cue, act, {})
        else:
            yield from _weighed(roles, hit, act, codebook, off_topic=off_topic, bare=bare)
    for act in acts or ():
        if act.trigger not in taken:
            word = tree.head_of(*act.trigger)
            for name, probability in _listed(act, codebook):
                features = _features(probability, None, name)
                yield Candidate(word, *act.trigger, name, None, _pattern(roles, codebook, name, word), act, features)


def _acts_at(tree: Tree) -> dict[int, Act]:
    """What the encoder says of each word of its triggers."""
    acts = tree.analysis.acts or ()
    return {word: act for act in acts for word in range(act.trigger[0], act.trigger[1] + 1)}


def _weighed(
    roles: Roles, hit: triggers.Hit, act: Act | None, codebook: Codebook, *, off_topic: bool, bare: bool
) -> Iterator[Candidate]:
    """The cue's type, and those that the encoder would rather have there."""
    own = hit.cue.category
    probability = act.types.get(own, _UNSEEN) if act is not None else _UNSEEN
    features = _features(probability, hit.cue, own)
    features |= {"off topic": float(off_topic), "bare": float(bare)}
    yield Candidate(hit.word, hit.first, hit.last, own, hit.cue, hit.cue, act, features)
    for name, probability in _listed(act, codebook):
        if name != own and act is not None:
            slots = _pattern(roles, codebook, name, hit.word)
            yield Candidate(hit.word, *act.trigger, name, None, slots, act, _features(probability, hit.cue, name))


def _pattern(roles: Roles, codebook: Codebook, name: str, word: int) -> Cue | None:
    """Where those who take part in an act of the type stand round a word of this part of speech."""
    patterns = codebook.categories[name].patterns
    if roles.tree.upos[word] == "VERB":
        return patterns.get("verb")
    return patterns.get("adjective" if roles.tree.upos[word] == "ADJ" else "noun")


def _listed(act: Act | None, codebook: Codebook) -> Iterable[tuple[str, float]]:
    types = act.types.items() if act is not None else ()
    return ((name, p) for name, p in types if p >= _WORTH and name in codebook.learnt)


def _features(probability: float, cue: Cue | None, name: str) -> Features:
    """What speaks for the type at the word: the encoder's log odds, a cue of the type, or one of another."""
    agrees = cue is not None and cue.category == name
    made = {"bias": 1.0, "head": weighing.log_odds(probability), "cue": float(agrees)}
    if cue is not None:
        made["cue's trust" if agrees else "other cue"] = weighing.log_odds(cue.confidence) if agrees else 1.0
    return made


def _is_bare(roles: Roles, hit: triggers.Hit, surroundings: Surroundings) -> bool:
    """Whether a cue that asks for a particular act finds a noun with nobody taking part and no place by it ("war")."""
    word, cue = hit.word, hit.cue
    if not cue.particular or any(roles.tree.lemma[d].lower() in _DEFINITE for d in roles.tree.children(word, "det")):
        return False
    actors, recipients = roles.sides(word, cue)
    if actors or recipients or participants.counted(roles, word, cue, actors, recipients):
        return False
    return not participants.places(roles, surroundings, word, cue, None)


def _apart(found: Iterable[Candidate]) -> list[Candidate]:
    """The candidates without those whose word lies inside the trigger of a better one.

    A noun inside what a verb's cue covers may be an act of its own ("rejected calls"), but none of the same type: "went
    on strike" is one.
    """
    kept: list[Candidate] = []
    taken: set[int] = set()
    same: set[tuple[int, str]] = set()
    for one in sorted(found, key=lambda c: (c.first - c.last, -c.chance, c.word)):
        words = {one.word} if one.cue is not None and one.cue.pos == "verb" else set(range(one.first, one.last + 1))
        if one.word not in taken and (one.word, one.type) not in same:
            kept.append(one)
            taken |= words
            same |= {(word, one.type) for word in range(one.first, one.last + 1)}
    return sorted(kept, key=lambda c: c.word)
