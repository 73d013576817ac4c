"""Whether an act happened: read from tense, modals, negation and what governs the trigger.

The status is what the text presents, whoever vouches for it (attribution is a matter of
statements). Going up from the trigger, the nearest word that decides wins: an auxiliary or a
negation of its own clause first, then the verb, noun or adjective that governs it. The words
themselves are in `status.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast, get_args

from whence.codebook import Category, Cue
from whence.coding import wordlists
from whence.coding.roles import Roles
from whence.records import Status

_FACT_CLAUSES = frozenset({"after", "when", "because", "since", "while", "as", "although", "though", "before"})
_OPEN_CLAUSES = frozenset({"xcomp", "conj", "acl", "advcl", "ccomp"})
_LOOK_FURTHER = frozenset({"happened", "ongoing", "reports"})
"""Groups that leave the last word to what stands further up ("will continue to", "denied reports of")."""
_OF_FACTS = frozenset({"denied", "predicted", "hypothetical", "reports"})
"""Groups that decide over a clause even if that has a tense of its own ("denied that it had …")."""
_STILL_OPEN = frozenset({"demanded", "planned", "hypothetical", "vowed", "tried", "would_if"})
"""Groups of what has not been done so far."""
_INSTEAD = frozenset({"without", "instead of", "rather than"})
_FIRST_PERSON = frozenset({"i", "we"})
_BE = frozenset({"is", "are", "was", "were"})
_PRESENT = frozenset({"is", "are", "am", "'s", "'re", "'m", "’s", "’re", "’m"})
_MAX_STEPS = 8
_STATUSES = frozenset(get_args(Status))
_HOSTILE_QUAD = 4
_SPOKEN_QUAD = 3
_GOVERNED = "governed by"
_PURPOSE = "a purpose"
_PRESUPPOSED = "taken for granted"


@dataclass(frozen=True, slots=True)
class _Words:
    governors: dict[str, str]
    """Status group by lemma, or by lemma and preposition; a word in several groups goes with the first."""
    modals: dict[str, str]
    modifiers: dict[str, str]
    conditional_marks: frozenset[str]
    demanding_marks: frozenset[str]
    occurrences: frozenset[str]
    activities: frozenset[str]
    """Nouns of acts that last; told in the present they are going on."""
    lasting: frozenset[str]
    """Types, and single verbs, whose simple present tells of something going on."""
    clause_only: frozenset[str]
    """Governors that decide over clauses, not over nouns ("called the ban a mistake")."""
    presupposing: frozenset[str]
    """Governors that take for granted what they are about ("urged them to investigate the raid")."""
    ending: frozenset[str]
    """Governors that end what they are about: as long as that is only asked for or planned, it goes on."""
    carried_out: frozenset[str]
    """Governors in the past whose act is told as done ("decided to resign")."""
    performing: frozenset[str]
    """Governors by which a speaker does what the verb says ("I want to apologise"),"""
    performed: frozenset[str]
    """and the types of what is done by saying it."""


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = wordlists.load("status.yaml")

    def turned(groups: dict[str, list[Any]]) -> dict[str, str]:
        found: dict[str, str] = {}
        for group, words in groups.items():
            for word in words:
                found.setdefault(str(word).lower(), group)
        return found

    return _Words(
        governors=turned(raw["governors"]),
        modals=turned(raw["modals"]),
        modifiers=turned(raw["modifiers"]),
        conditional_marks=frozenset(raw["conditional_marks"]),
        demanding_marks=frozenset(raw["demanding_marks"]),
        occurrences=frozenset(str(w) for w in raw["occurrences"]),
        activities=frozenset(raw["activities"]),
        lasting=frozenset(raw["lasting"]),
        clause_only=frozenset(raw["clause_only"]),
        presupposing=frozenset(raw["presupposing"]),
        ending=frozenset(raw["ending"]),
        carried_out=frozenset(raw["carried_out"]),
        performing=frozenset(raw["performing"]),
        performed=frozenset(raw["performed"]),
    )


def governing_words() -> frozenset[str]:
    """The verbs, nouns and adjectives that the word lists know as governing an act's status."""
    return frozenset(entry.split()[0] for entry in _words().governors)


class StatusReader:
    """The status of the acts of one tree."""

    def __init__(self, roles: Roles) -> None:
        self._roles = roles
        self._tree = roles.tree
        self._words = _words()

    def read(self, word: int, cue: Cue | None, category: Category) -> tuple[Status, str]:
        """The status of the act that the word names, by tree and word lists, and what decided it."""
        quad = category.quad
        if cue is not None and cue.status is not None:
            return cue.status, "fixed by the cue"
        group, reason = self._climb(word, negation_is_cue=cue is not None and cue.negated)
        if group in _STILL_OPEN and self._is_to_end(word):
            return "ongoing", f"its end is only {group}"
        uttered = quad == _SPOKEN_QUAD and not self._roles.is_clause(word)
        if uttered and group == "denied" and reason.startswith(_GOVERNED):
            return "happened", f"{reason}, after it was uttered"
        if quad == _SPOKEN_QUAD and reason == _PURPOSE:
            return "happened", "uttered by what was done for it"
        if category.type in self._words.performed and self._performs(word):
            return "happened", "done by saying so"
        if group == "happened" and self._goes_on_now(word, category):
            return "ongoing", "an activity told in the present"
        return self._settle(group, word, quad), reason

    def _goes_on_now(self, word: int, category: Category) -> bool:
        """Whether the act is one that lasts, such as cooperation or a trial, and the sentence is in the present."""
        tree = self._tree
        if self._roles.is_clause(word):
            named = tree.lemma[word].lower() in self._words.lasting
            if tree.xpos[word] in ("VBZ", "VBP"):
                return named or category.type in self._words.lasting
            return (named or category.quad != _HOSTILE_QUAD) and self._has_lasted(word)
        if tree.lemma[word].lower() not in self._words.activities:
            return False
        verb = next((v for v in tree.ancestors(word) if self._roles.is_clause(v)), None)
        while verb is not None and not (tense := self._tense(verb)):
            verb = next((v for v in tree.ancestors(verb) if self._roles.is_clause(v)), None)
        return verb is None or tense in ("present", "ongoing")

    def _is_to_end(self, word: int) -> bool:
        """Whether the noun is what a verb of ending is about ("urged them to stop the raids")."""
        tree, above = self._tree, self._tree.head[word]
        if self._roles.is_clause(word) or tree.relation[word] not in ("obj", "nmod", "conj"):
            return False
        if tree.relation[word] == "conj":
            return self._is_to_end(tree.first_conjunct(word))
        if tree.relation[word] == "nmod" and tree.lemma[above].lower() not in self._words.ending:
            return self._is_to_end(above) and tree.case(word) == "of"
        return tree.lemma[above].lower() in self._words.ending

    def _performs(self, verb: int) -> bool:
        """Whether a speaker does what the verb says by saying it ("I would like to thank", "we want to apologise")."""
        tree, above = self._tree, self._tree.head[verb]
        subject = tree.child(above, "nsubj")
        return (
            tree.relation[verb] == "xcomp"
            and tree.lemma[above].lower() in self._words.performing
            and subject is not None
            and tree.form[subject].lower() in _FIRST_PERSON
            and self._roles.negation(above) is None
        )

    def _has_lasted(self, verb: int) -> bool:
        """Whether a perfect tells of something that goes on ("has occupied … since 1967", "have long called for")."""
        tree = self._tree
        if not any(tree.form[a].lower() in ("has", "have") for a in tree.children(verb, "aux")):
            return False
        since = any(tree.case(o) == "since" for o in tree.children(verb, "obl"))
        return since or any(tree.form[a].lower() == "long" for a in tree.children(verb, "advmod"))

    def _settle(self, group: str, word: int, quad: int | None) -> Status:
        """The status behind a group of words, some of which depend on how hostile the act is."""
        hostile = quad == _HOSTILE_QUAD
        if group == "vowed":
            return "threatened" if hostile else "planned"
        if group == "would_if":
            return "threatened" if hostile or quad == _SPOKEN_QUAD else "hypothetical"
        if group == "tried":
            return "happened" if hostile else "planned"
        if group == "planned" and hostile and self._is_conditional(word):
            return "threatened"
        return cast("Status", group) if group in _STATUSES else "happened"

    def _is_conditional(self, word: int) -> bool:
        """Whether an "if" clause hangs on the act."""
        tree = self._tree
        clauses = tree.children(word, "advcl")
        return any(self._roles.marked(c, mark) for c in clauses for mark in ("if", "unless", "should"))

    # -- going up ------------------------------------------------------------------------

    def _climb(self, word: int, *, negation_is_cue: bool) -> tuple[str, str]:
        tree, current, tense = self._tree, word, ""
        decided: tuple[str, str] | None
        fallback: tuple[str, str] | None = None
        for step in range(_MAX_STEPS):
            if self._roles.is_clause(current):
                decided = self._own_clause(current, negation_is_cue=negation_is_cue and step == 0, at_trigger=step == 0)
                if decided is not None:
                    return decided
                tense = tense or self._tense(current)
                if tense and tree.relation[current] not in _OPEN_CLAUSES and fallback is None:
                    break
            elif (decided := self._own_phrase(current, at_trigger=step == 0)) is not None:
                if decided[0] != "open":
                    return decided
                fallback = "hypothetical", decided[1]
            above = tree.head[current]
            if above == current:
                break
            governor = self._governed(current, above)
            if governor is None and not self._goes_on(current, above):
                break
            if governor is not None and (governor[0] not in _LOOK_FURTHER or governor[1] == _PRESUPPOSED):
                return governor
            if governor is not None and governor[0] != "reports":
                fallback = fallback or governor
            current = above
        if fallback is not None:
            return fallback
        return ("ongoing", "progressive") if tense == "ongoing" else ("happened", "no sign to the contrary")

    def _goes_on(self, current: int, above: int) -> bool:
        """Whether what decides for the word above decides for this one too."""
        tree = self._tree
        relation = tree.relation[current]
        if relation == "conj":
            return tree.child(current, "nsubj", "aux") is None or not self._roles.is_clause(current)
        if relation == "xcomp":
            return True
        if self._roles.is_clause(current):
            return False
        if relation in ("obj", "obl") or tree.deprel[current] == "nsubj:pass":
            return self._roles.carrier(current) == above
        if relation == "nsubj":
            return tree.lemma[above].lower() in self._words.occurrences
        if relation not in ("compound", "nmod") or self._roles.is_clause(above):
            return False
        return tree.case(current) in ("of", "")

    # -- the act's own clause and phrase -------------------------------------------------

    def _own_clause(
        self, verb: int, *, negation_is_cue: bool, at_trigger: bool, skip_negation: bool = False
    ) -> tuple[str, str] | None:
        tree, words = self._tree, self._words
        for mark in tree.children(verb, "mark"):
            if tree.form[mark].lower() in words.conditional_marks:
                return "hypothetical", f"after '{tree.form[mark]}'"
            if tree.form[mark].lower() in words.demanding_marks and (
                self._tense(verb) != "past" or self._hangs_on_would(verb)
            ):
                return "demanded", f"after '{tree.form[mark]}'"
        if not (negation_is_cue or skip_negation) and (negation := self._roles.negation(verb)) is not None:
            return "denied", f"negated by '{tree.form[negation]}'"
        is_to = any(tree.form[c].lower() in _BE for c in tree.children(verb, "cop", "aux"))
        if is_to and self._roles.marked(verb, "to"):
            return "planned", "'is to'"
        for aux in tree.children(verb, "aux"):
            low = tree.form[aux].lower()
            if low == "had" and tree.relation[verb] == "advcl" and aux < (tree.subject(verb) or 0):
                return "hypothetical", "inverted 'had'"
            group = words.modals.get(low)
            if group is None or (negation_is_cue and group == "planned"):
                continue
            if low in ("can", "could") and not at_trigger:
                continue
            if low == "should" and aux < (tree.subject(verb) or 0):
                return "hypothetical", "inverted 'should'"
            if group == "future_in_past" and any(tree.form[a].lower() == "have" for a in tree.children(verb, "aux")):
                return "hypothetical", f"'{low} have'"
            if group in ("planned", "future_in_past"):
                return self._future(verb, aux, in_report=group == "future_in_past")
            return group, f"'{tree.form[aux]}'"
        return None

    def _future(self, verb: int, aux: int, *, in_report: bool) -> tuple[str, str]:
        """ "Will" is what it stands under ("fears that … will"), else a plan; "would" by itself a possibility."""
        tree = self._tree
        clause = tree.first_conjunct(verb)
        above, reason = tree.head[clause], f"'{tree.form[aux]}'"
        reported = above != clause and tree.relation[clause] in ("ccomp", "parataxis", "acl", "xcomp")
        if reported:
            group = self._words.governors.get(tree.lemma[above].lower(), "")
            if group in ("predicted", "vowed", "hypothetical", "denied"):
                return group, f"{reason} under '{tree.lemma[above].lower()}'"
        if not in_report:
            return "planned", reason
        if self._is_conditional(verb):
            return "would_if", reason
        return "vowed" if reported or above == clause else "hypothetical", reason

    def _own_phrase(self, noun: int, *, at_trigger: bool) -> tuple[str, str] | None:
        """What a noun's own modifiers say; of the nouns above the trigger only whether there are any such at all."""
        tree = self._tree
        for child in tree.children(noun, "amod", "det", "advmod", "compound"):
            group = self._words.modifiers.get(tree.form[child].lower())
            if group is not None and tree.upos[child] != "ADV" and (at_trigger or group == "denied"):
                return group, f"'{tree.form[child]}' with it"
        if at_trigger and (case := tree.case(noun)) in _INSTEAD:
            return "denied", f"after '{case}'"
        return None

    def _tense(self, verb: int) -> str:
        """`ongoing` for a progressive of the present or of a report, `past` or `present` if finite, else empty."""
        tree = self._tree
        aux = {tree.form[a].lower() for a in tree.children(verb, "aux", "aux:pass", "cop")}
        if tree.xpos[verb] == "VBG":
            if aux & _PRESENT:
                return "ongoing"
            if "been" in aux and aux & {"has", "have"}:
                return "ongoing"
            if aux & {"was", "were"} and tree.relation[verb] == "ccomp":
                return "ongoing"
            return "past" if aux else ""
        if "being" in aux and aux & _PRESENT:
            return "ongoing"
        if tree.xpos[verb] == "VBD" or aux & {"has", "have", "had", "was", "were", "did"}:
            return "past"
        return "present" if tree.xpos[verb] in ("VBZ", "VBP") or aux & {"is", "are", "am", "does", "do"} else ""

    def _hangs_on_would(self, verb: int) -> bool:
        """Whether the clause is a condition of something that "would" be ("would be closed unless they apologised")."""
        tree = self._tree
        return any(tree.form[a].lower() == "would" for a in tree.children(tree.head[verb], "aux"))

    # -- what governs it -----------------------------------------------------------------

    def _governed(self, current: int, above: int) -> tuple[str, str] | None:
        """Status group from the word above, and what it was."""
        tree, words = self._tree, self._words
        relation, lemma = tree.relation[current], tree.lemma[above].lower()
        clause = self._roles.is_clause(current)
        marks = [tree.form[m].lower() for m in tree.children(current, "mark")]
        if relation == "conj" or (relation == "advcl" and set(marks) & _FACT_CLAUSES):
            return None
        if tree.deprel[current] == "nsubj" and tree.upos[above] != "ADJ":
            return None
        if relation == "ccomp" and self._tense(current) and words.governors.get(lemma) not in _OF_FACTS:
            return None
        preposition = next((m for m in marks if m not in ("to", "that")), "") if clause else tree.case(current)
        group = words.governors.get(f"{lemma} {preposition}" if preposition else lemma)
        for particle in tree.children(above, "compound:prt"):
            group = words.governors.get(f"{lemma} {tree.form[particle].lower()}", group)
        if group is None and clause and preposition and relation in ("xcomp", "ccomp"):
            group = words.governors.get(lemma)
        if group is not None and not clause and not preposition and lemma in words.clause_only:
            return None
        if not clause and (f"{lemma} {preposition}" if preposition else lemma) in words.presupposing:
            return "happened", _PRESUPPOSED
        if group is not None:
            return self._of_governor(group, above, lemma, clause=clause)
        if relation == "obj" and not clause and self._roles.is_clause(above):
            ahead = self._own_clause(above, negation_is_cue=False, at_trigger=False, skip_negation=True)
            if ahead is not None and ahead[0] == "planned":
                return ahead
        if relation == "advcl" and "to" in marks:
            return "planned" if self._roles.subject(current) is not None else "hypothetical", _PURPOSE
        if relation == "acl" and "to" in marks:
            return "hypothetical", f"'to' after '{lemma}'"
        return None

    def _of_governor(self, group: str, above: int, lemma: str, *, clause: bool) -> tuple[str, str]:
        tree, words = self._tree, self._words
        reason = f"{_GOVERNED} '{lemma}'"
        if self._roles.is_clause(above) and self._roles.negation(above) is not None:
            if group == "denied":
                future = self._own_clause(above, negation_is_cue=False, at_trigger=False, skip_negation=True)
                return future or ("happened", f"'{lemma}' is negated")
            if group in ("planned", "ongoing", "happened", "vowed", "hypothetical", "tried"):
                return "denied", f"'{lemma}' is negated"
        if clause and lemma in words.carried_out and self._tense(above) == "past":
            return "happened", reason
        if lemma in ("want", "need") and clause and tree.child(above, "obj") is None:
            return "planned", reason
        return group, reason
