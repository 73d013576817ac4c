"""Clauses as the roles ask about them: passives, subjects left out, relative clauses, negation.

The tree gives single edges; here they are followed through coordination, control, participles
and relative clauses to those who do something and those to whom it is done.
"""

from __future__ import annotations

from collections.abc import Iterable

from whence.codebook import Codebook
from whence.coding.tree import Tree

_PERSONAL = frozenset({"i", "you", "he", "she", "it", "we", "they", "one", "who", "whoever", "these", "those"})
_NAMED = frozenset({"PER", "ORG", "LOC", "NORP", "FAC", "MISC"})
_PEOPLE_ENDINGS = ("ist", "ists", "man", "men", "woman", "women")
_OBJECT_CONTROL = frozenset({"of", "for", "from", "into", "against"})
"""Marks of a participle clause whose subject is the matrix clause's object ("accused him of killing")."""
_SENDING = frozenset(
    {
        *("send", "deploy", "dispatch", "bring", "invite", "order", "task", "train", "allow", "permit", "urge", "ask"),
        *("tell", "instruct", "direct", "force", "advise", "warn", "request", "encourage", "summon", "enable", "want"),
    }
)
"""Verbs whose object carries out the purpose that follows ("sent troops to retake the town")."""
_CALLING = {"call": "on", "appeal": "to", "plead": "with", "rely": "on", "count": "on"}
"""Verbs that ask somebody named after a preposition to do what follows ("called on Khartoum to withdraw")."""
_NEGATIONS = frozenset({"not", "never", "n't", "n’t", "nor", "neither", "hardly", "without"})
_NO_ONE = frozenset({"no", "none", "nobody", "neither"})
_ARGUMENTS = frozenset({"nsubj", "obj", "conj"})
_MAX_STEPS = 12


class Grammar:
    """The clauses of one tree, and who in them can act."""

    def __init__(self, tree: Tree, codebook: Codebook) -> None:
        self.tree = tree
        self.codebook = codebook
        self._people = frozenset[str]().union(*(codebook.classes.get(c, ()) for c in ("PERSON", "GROUP", "FORCE")))

    # -- clauses -------------------------------------------------------------------------

    def is_clause(self, word: int) -> bool:
        """Whether the word heads a clause."""
        return self.tree.is_verbal(word)

    def marked(self, word: int, mark: str) -> bool:
        """Whether a mark such as "to" or "if" introduces the word's clause."""
        return any(self.tree.form[m].lower() == mark for m in self.tree.children(word, "mark"))

    def is_passive(self, verb: int) -> bool:
        """Whether the verb is passive, also where auxiliary or subject are shared or left out."""
        tree = self.tree
        if tree.is_passive(verb):
            return True
        if tree.deprel[verb] == "acl" and tree.xpos[verb] == "VBD":
            return True
        if tree.xpos[verb] != "VBN" or any(tree.lemma[a].lower() == "have" for a in tree.children(verb, "aux")):
            return False
        if tree.relation[verb] == "conj":
            first = tree.head[verb]
            return tree.child(verb, "nsubj") is None and tree.upos[first] == "VERB" and self.is_passive(first)
        return tree.relation[verb] in ("acl", "advcl", "amod", "xcomp") and tree.child(verb, "nsubj", "obj") is None

    def negation(self, verb: int) -> int | None:
        """The word that negates the clause: an adverb, or a negative subject or object."""
        tree = self.tree
        for child in tree.children(verb, "advmod", "mark", "cc", "case", "det"):
            if tree.form[child].lower() in _NEGATIONS or tree.lemma[child].lower() in _NEGATIONS:
                if tree.form[child + 1 : child + 2] == ("only",):
                    continue
                return child
        for child in tree.children(verb, "nsubj", "obj", "csubj"):
            if tree.form[child].lower() in _NO_ONE:
                return child
            for word in tree.children(child, "det", "advmod"):
                if tree.form[word].lower() in _NO_ONE and tree.form[word + 1 : word + 2] not in (("fewer",), ("less",)):
                    return word
        return None

    def subject(self, word: int) -> int | None:
        """The grammatical subject, own or inherited, with relative pronouns led to their noun."""
        tree, current = self.tree, word
        for _ in range(_MAX_STEPS):
            own = self._own_subject(current)
            if own is not None:
                return self._antecedent(current) if self.is_relative(own) else own
            head, relation = tree.head[current], tree.relation[current]
            if head == current:
                return None
            if relation == "amod" or tree.deprel[current].startswith("acl"):
                return self._subject_at_noun(current, head)
            if relation in ("xcomp", "advcl"):
                controlled = self._controller(current, head, relation)
                if controlled is not None:
                    return controlled
            elif relation != "conj":
                return None
            current = head
        return None

    def _own_subject(self, verb: int) -> int | None:
        """The clause's own subject; of several the one nearest before the verb."""
        found = self.tree.children(verb, "nsubj", "csubj")
        return max((s for s in found if s < verb), default=found[0] if found else None)

    def _controller(self, clause: int, head: int, relation: str) -> int | None:
        """The object of the governing verb where that, not its subject, is the clause's subject."""
        tree = self.tree
        for called in tree.children(head, "obl"):
            if tree.case(called) == _CALLING.get(tree.lemma[head].lower()) or tree.case(called) == "upon":
                return called
        controlled = tree.child(head, "obj", "iobj")
        if controlled is None or self.is_passive(head):
            return None
        if relation == "xcomp":
            return controlled
        marks = {tree.form[m].lower() for m in tree.children(clause, "mark")}
        if marks & _OBJECT_CONTROL or ("to" in marks and tree.lemma[head].lower() in _SENDING):
            return controlled
        return None

    def _subject_at_noun(self, clause: int, noun: int) -> int | None:
        """Subject of a clause that modifies a noun: the noun, or who it belongs to if it cannot act itself."""
        tree = self.tree
        if tree.relation[clause] == "amod" or self.is_passive(clause):
            return noun
        if self.is_actor(noun):
            return noun
        if (owner := next(iter(self.owners(noun)), None)) is not None:
            return owner
        verb = tree.head[tree.first_conjunct(noun)]
        if verb != noun and self.is_clause(verb) and tree.relation[noun] in ("obj", "obl", "nsubj"):
            doers = self.doers(verb)
            return next((d for d in doers if d != noun), None)
        return None

    def is_relative(self, word: int) -> bool:
        """Whether the word is a relative pronoun."""
        return self.tree.xpos[word] in ("WDT", "WP") or (
            self.tree.form[word].lower() == "that" and self.tree.upos[word] == "PRON" and self.tree.xpos[word] != "DT"
        )

    def _antecedent(self, clause: int) -> int | None:
        """The noun that the relative clause of `clause` modifies."""
        tree, current = self.tree, clause
        for _ in range(_MAX_STEPS):
            if tree.deprel[current].startswith("acl"):
                return tree.head[current]
            if tree.is_root(current):
                return None
            current = tree.head[current]
        return None

    def doers(self, word: int) -> list[int]:
        """Those who do what the clause says: its subject, or the agent of a passive."""
        if self.is_passive(word):
            agent = self.tree.agent(word)
            return [] if agent is None or self.tree.case(agent) != "by" else [agent]
        found = self.subject(word)
        return [] if found is None else [found]

    def objects(self, verb: int) -> list[int]:
        """Those to whom the verb is done: its object, or the subject of a passive."""
        tree = self.tree
        if self.is_passive(verb):
            found = self.subject(verb)
            if found is None:
                return []
            noun = self._antecedent(verb) if self.is_relative(found) else found
            return [] if noun is None else [noun]
        own = tree.children(verb, "obj") or tree.children(verb, "iobj")
        subjects = tree.children(verb, "nsubj")
        if not own and len(subjects) > 1 and subjects[0] < verb:
            own = tuple(s for s in subjects if s > verb)
        if own:
            nouns = [self._antecedent(verb) if self.is_relative(o) else o for o in own]
            return [n for n in nouns if n is not None]
        if tree.deprel[verb] == "acl:relcl":
            subject = tree.subject(verb)
            transitive = tree.child(verb, "obl", "ccomp", "xcomp") is None
            return [tree.head[verb]] if subject is not None and not self.is_relative(subject) and transitive else []
        if tree.relation[verb] == "conj" and tree.upos[tree.head[verb]] == "VERB" and tree.child(verb, "nsubj") is None:
            return [o for o in tree.children(tree.head[verb], "obj") if o > verb]
        return []

    def owners(self, noun: int) -> list[int]:
        """Whose the noun is, if it is not somebody itself: possessor, agent, nationality, complement with "of"."""
        tree = self.tree
        if self.is_actor(noun):
            return []
        for found in (
            tree.children(noun, "nmod:poss"),
            [m for m in tree.children(noun, "nmod", "obl") if tree.case(m) == "by"],
            [m for m in tree.children(noun, "compound", "amod") if self.is_actor(m)],
            [m for m in tree.children(noun, "nmod") if tree.case(m) == "of"],
            self._told_by_clause(noun),
        ):
            if people := [w for w in found if self.is_actor(w)]:
                return people
        return []

    def _told_by_clause(self, noun: int) -> list[int]:
        """Whose a noun is by the clause after it: "targets belonging to ISIS", "claims that Ankara lied"."""
        tree = self.tree
        found: list[int] = []
        for clause in tree.children(noun, "acl", "ccomp"):
            if tree.lemma[clause].lower() == "belong":
                found += [o for o in tree.children(clause, "obl") if tree.case(o) == "to"]
            elif self.marked(clause, "that"):
                found += tree.children(clause, "nsubj")
        return found

    # -- who can act ---------------------------------------------------------------------

    def split(self, words: Iterable[int]) -> list[int]:
        """The words with those coordinated to them or named as included, each once, in text order."""
        tree = self.tree
        found = {c for w in words for c in tree.conjuncts(w)}
        for word in tuple(found):
            places = [word, tree.head[word]] if tree.relation[word] in _ARGUMENTS else [word]
            below = [c for place in places for c in tree.children(place, "nmod", "obl")]
            included = [c for c in below if tree.case(c) == "including"]
            found |= {c for first in included for c in tree.conjuncts(first)}
        return sorted(w for w in found if tree.upos[w] not in ("VERB", "AUX"))

    def is_reciprocal(self, word: int) -> bool:
        """Whether the word is half of "each other" or "one another"."""
        around = [form.lower() for form in self.tree.form[max(0, word - 1) : word + 2]]
        return any(pair in (["each", "other"], ["one", "another"]) for pair in (around[:2], around[-2:]))

    def is_actor(self, word: int) -> bool:
        """Whether the word names somebody who can act: a name, a person, a body, a force, a pronoun."""
        tree = self.tree
        upos, low = tree.upos[word], tree.lemma[word].lower()
        if self.is_reciprocal(word):
            return False
        name = tree.name(word)
        if name is not None:
            return name.kind in _NAMED
        if upos == "PRON":
            return low in _PERSONAL or tree.form[word].lower() in _PERSONAL or tree.xpos[word] in ("PRP", "PRP$", "WP")
        if upos == "PROPN":
            return True
        if upos in ("NOUN", "NUM", "DET", "ADJ"):
            if low in self._people or (upos == "NOUN" and low.endswith(_PEOPLE_ENDINGS)):
                return upos != "ADJ" or tree.child(word, "det") is not None or tree.relation[word] in _ARGUMENTS
            if upos == "ADJ" or low.endswith("-old"):
                return tree.child(word, "det") is not None and tree.relation[word] in _ARGUMENTS
            return upos == "NUM" and tree.relation[word] in _ARGUMENTS
        return False
