"""Who stands where round a trigger: the slots that a codebook's cues speak of, over the tree.

A slot is asked for by name (`subject`, `object`, `carrier`, a preposition …) and answers with
head words of noun phrases, coordinations already split. Passives are turned round, and
subjects left out are found by coordination, control, participles and relative clauses. Slots
never reach out of the trigger's own clause otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whence.codebook import Codebook, Cue, Test
from whence.coding.grammar import Grammar
from whence.coding.tree import Tree

_KINDS = {"NAME": frozenset({"PER", "ORG", "LOC", "NORP"}), "PLACE": frozenset({"LOC", "FAC"})}
"""Kinds of name that the built-in classes stand for."""
_OCCASIONS = frozenset({"in", "at", "during", "after", "following", "on", "before"})
_SUFFERERS = frozenset({"victim", "survivor", "target"})
_WILL = frozenset({"will", "would", "shall", "wo", "'ll", "’ll", "won't", "won’t"})


class Roles(Grammar):
    """Slots of the triggers of one tree."""

    def __init__(self, tree: Tree, codebook: Codebook) -> None:
        super().__init__(tree, codebook)
        self._carriers: dict[tuple[int, bool], int | None] = {}

    # -- slots ---------------------------------------------------------------------------

    def fill(self, word: int, slot: str) -> list[int]:
        """Head words in a slot of the trigger `word`, whatever they are, coordinations split."""
        verbal = self.is_clause(word)
        match slot:
            case "subject":
                found = self.doers(word)
            case "object":
                found = self.objects(word) if verbal else []
            case "indirect":
                carrier = None if verbal else self.carrier(word)
                found = list(self.tree.children(word if carrier is None else carrier, "iobj"))
            case "clause":
                found = self._clause_subjects(word)
            case "carrier":
                found = [] if self.tree.upos[word] == "VERB" else self._carried_by(word)
            case "undergoer":
                found = [] if self.tree.upos[word] == "VERB" else self._undergone_by(word)
            case "poss":
                found = list(self.tree.children(word, "nmod:poss"))
            case "modifier":
                found = [m for m in self.tree.children(word, "compound", "amod") if self.is_doer(m)]
            case "aim":
                found = [o for clause in self._clauses(word) for o in self.objects(clause)]
            case "attender":
                found = [] if verbal else self._attenders(word)
            case "owner":
                found = [owner for thing in self.objects(word) for owner in self.owners(thing)]
            case _:
                found = self.prepositional(word, slot)
        return self.split(found)

    def actors(self, word: int, slots: Iterable[str], *, things: bool = False, owned: bool = False) -> list[int]:
        """Those in the first slot that holds somebody who can act; with `things` buildings and vehicles too.

        Where only things fill a slot, the recipients are those whose they are ("rejected Lima's offer").
        """
        for slot in slots:
            filled = self.fill(word, slot)
            if found := [w for w in filled if self.is_actor(w) or (things and self._is_thing(w))]:
                return found
            if owned and (found := self.split(o for w in filled for o in self.owners(w))):
                return found
        return []

    def _is_thing(self, word: int) -> bool:
        """Whether the word names a building, a vehicle or another thing that can be attacked."""
        name = self.tree.name(word)
        if name is not None:
            return name.kind in ("PRODUCT", "MISC", "FAC")
        return self.codebook.holds(self.tree.lemma[word].lower(), frozenset({"BUILDING"}))

    def sides(self, word: int, cue: Cue) -> tuple[list[int], list[int]]:
        """Actors and recipients of a cue at the word; both sides of a mutual act are actors."""
        actors = self.actors(word, cue.actor)
        others = [w for w in self.actors(word, cue.recipient, things=cue.things, owned=True) if w not in actors]
        if not cue.mutual:
            return actors, others
        return sorted({*actors, *others}), []

    # -- conditions ----------------------------------------------------------------------

    def allows(self, word: int, cue: Cue) -> bool:
        """Whether the cue's conditions hold at the word."""
        return all(self._holds(word, test) for test in cue.required) and not any(
            self._holds(word, test) for test in cue.barred
        )

    def _holds(self, word: int, test: Test) -> bool:
        return self.holds_for(self._asked(word, test.slot), test)

    def holds_for(self, found: Sequence[int], test: Test) -> bool:
        """Whether a condition holds for the words that stand in its slot."""
        if "NONE" in test.classes and not found:
            return True
        if "ANY" in test.classes and found:
            return True
        lemma = self.tree.lemma
        for w in found:
            low = lemma[w].lower()
            named = {low, self.tree.form[w].lower(), *(f"{lemma[m].lower()} {low}" for m in self._modifiers(w))}
            if named & test.words or any(self.codebook.holds(name, test.classes) for name in named):
                return True
            if "ACTOR" in test.classes and self.is_actor(w):
                return True
            name = self.tree.name(w)
            if name is not None and any(
                name.kind in kinds for built_in, kinds in _KINDS.items() if built_in in test.classes
            ):
                return True
        return False

    def _modifiers(self, word: int) -> tuple[int, ...]:
        """Words before a noun that make a term of two words with it ("health post", "medical staff")."""
        return self.tree.children(word, "compound", "amod")

    def _asked(self, word: int, slot: str) -> list[int]:
        """The words that a condition on the slot looks at: wider than those that can fill it."""
        tree = self.tree
        match slot:
            case "modifier":
                return list(tree.children(word, "compound", "amod", "nmod:poss", "nummod", "advmod"))
            case "governor":
                return [] if tree.is_root(word) else [tree.head[tree.first_conjunct(word)]]
            case "carrier":
                verb = self.carrier(word)
                return [] if verb is None else [verb]
            case "clause":
                return self._clauses(word)
            case "predicate":
                return self._predicates(word)
            case "infinitive":
                return [c for c in self._clauses(word) if self.marked(c, "to")]
            case "subjunctive":
                return [c for c in tree.children(word, "ccomp") if self._is_subjunctive(c)]
            case "will":
                return [a for a in tree.children(word, "aux") if tree.form[a].lower() in _WILL]
            case _:
                return self.fill(word, slot)

    def _is_subjunctive(self, clause: int) -> bool:
        aux = [self.tree.form[a].lower() for a in self.tree.children(clause, "aux", "cop", "aux:pass")]
        return "should" in aux or "be" in aux[:1] or (not aux and self.tree.xpos[clause] == "VB")

    def _clauses(self, word: int) -> list[int]:
        """Heads of the clauses that complement or follow the word, with what is coordinated to them."""
        heads = [c for c in self.tree.children(word, "xcomp", "ccomp", "advcl", "acl") if self.is_clause(c)]
        return [w for h in heads for w in self.tree.conjuncts(h)]

    def _predicates(self, word: int) -> list[int]:
        """What the word's object is called or asked: secondary predicates and question words."""
        tree = self.tree
        found = [c for c in tree.children(word, "xcomp", "obj", "ccomp", "advcl") if tree.upos[c] in ("NOUN", "ADJ")]
        for clause in tree.children(word, "ccomp", "advcl", "xcomp"):
            below = tree.children(clause, "mark", "advmod", "obj", "nsubj")
            found += [c for c in below if tree.xpos[c][:1] == "W" or tree.form[c].lower() in ("whether", "if")]
        return found

    def prepositional(self, word: int, preposition: str) -> list[int]:
        """Nouns after the preposition that depend on the word, its objects or the verb that carries it."""
        tree = self.tree
        places = [word]
        if self.is_clause(word):
            places += [c for obj in tree.children(word, "obj") for c in tree.conjuncts(obj)]
            places += tree.children(word, "xcomp")
        elif (carrier := self.carrier(word)) is not None:
            places.append(carrier)
        for place in places:
            below = tree.children(place, "obl", "nmod", "advmod")
            found = [c for c in below if tree.deprel[c] != "nmod:poss" and tree.case(c) == preposition]
            if found:
                return found
        return []

    def _clause_subjects(self, word: int) -> list[int]:
        """Subjects of the clauses that complement the word ("demanded that Ankara withdraw")."""
        tree = self.tree
        found = []
        for clause in self._clauses(word):
            own = tree.child(clause, "nsubj")
            if own is not None and not self.is_relative(own):
                found.append(own)
        return found

    # -- nouns and the verbs that carry them ---------------------------------------------

    def carrier(self, noun: int, *, light_only: bool = False) -> int | None:
        """The verb that carries the noun ("carried out airstrikes"), or lends it its subject ("resumed talks")."""
        asked = (noun, light_only)
        if asked not in self._carriers:
            tables = (self.codebook.carriers,) if light_only else (self.codebook.carriers, self.codebook.lenders)
            found = (self._governed(noun, table) for table in tables)
            self._carriers[asked] = next((verb for verb in found if verb is not None), None)
        return self._carriers[asked]

    def _carried_by(self, noun: int) -> list[int]:
        verb = self.carrier(noun)
        if verb is not None:
            return [d for d in self.doers(verb) if d != noun]
        blamer = self._governed(noun, self.codebook.blamers)
        return [] if blamer is None else [o for o in self.objects(blamer) if o != noun]

    def _attenders(self, noun: int) -> list[int]:
        """Those of whom the clause speaks in, during or after the occasion that the noun names."""
        tree = self.tree
        above = tree.head[tree.first_conjunct(noun)]
        return self.doers(above) if tree.case(noun) in _OCCASIONS and self.is_clause(above) else []

    def is_doer(self, modifier: int) -> bool:
        """Whether a noun's modifier tells who does it: "Russian", "US", "police"; not a town, nor "state visit"."""
        tree = self.tree
        name = tree.name(modifier)
        if name is None:
            doers = self.codebook.classes.get("DOER", frozenset())
            return tree.lemma[modifier].lower() in doers or tree.upos[modifier] == "PROPN"
        if name.kind == "LOC":
            return tree.relation[modifier] == "amod" or tree.form[modifier].replace(".", "").isupper()
        return name.kind in ("NORP", "ORG", "PER")

    def _undergone_by(self, noun: int) -> list[int]:
        above = self.tree.head[noun]
        if self.tree.lemma[above].lower() in _SUFFERERS and self.tree.case(noun) == "of":
            return [above]
        verb = self._governed(noun, self.codebook.undergone)
        if verb is None:
            return []
        objects = self.objects(verb) if self.tree.case(noun) else []
        found = objects[0] if objects else self.subject(verb)
        return [] if found is None or found == noun else [found]

    def _governed(self, noun: int, table: tuple[tuple[str, ...], ...]) -> int | None:
        """The verb (or predicate) whose object, or prepositional complement, the noun is, if the table has it."""
        tree = self.tree
        for clause in tree.children(noun, "acl"):
            carries = self.is_passive(clause) or noun in self.objects(clause)
            if carries and any(w[0] == tree.lemma[clause].lower() and len(w) < 3 for w in table):
                return clause
        noun = tree.first_conjunct(noun)
        preposition = tree.case(noun)
        if tree.child(noun, "cop") is not None and preposition and ("be", preposition) in table:
            return noun
        above = tree.head[noun]
        if above == noun:
            return None
        relation = tree.deprel[noun]
        direct, complement = relation in ("obj", "nsubj:pass"), relation in ("obl", "nmod", "obl:agent", "advcl")
        if not (direct or complement):
            return None
        lemma = tree.lemma[above].lower()
        for words in table:
            if direct and words[0] == lemma and (len(words) == 1 or self._has_parts(above, words[1:])):
                return above
            if complement and len(words) > 1 and words[-1] == preposition:
                verb = self._reached(above, words[:-1])
                if verb is not None:
                    return verb
        return None

    def _has_parts(self, verb: int, words: tuple[str, ...]) -> bool:
        """Whether particles or nouns that belong to a verb's phrase stand under it."""
        tree = self.tree
        below = [tree.form[c].lower() for c in tree.children(verb, "compound", "advmod", "obj", "case", "mark", "obl")]
        below += [tree.lemma[c].lower() for c in tree.children(verb, "obj", "xcomp")]
        return all(w in below for w in words)

    def _reached(self, above: int, words: tuple[str, ...]) -> int | None:
        """The verb of `words` at or right above the word that a preposition hangs on."""
        tree = self.tree
        lemma = tree.lemma[above].lower()
        if words[0] == "be":
            return above if words[-1] in (lemma, tree.form[above].lower()) and len(words) > 1 else None
        if lemma == words[0] and (len(words) == 1 or self._has_parts(above, words[1:])):
            return above
        if len(words) == 2 and lemma == words[1] and tree.lemma[tree.head[above]].lower() == words[0]:
            return tree.head[above]
        return None
