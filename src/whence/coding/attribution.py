"""Who says what: reporting cues over the tree, joined with quotations.

One draft for each statement: the cue's words, the head of the source's phrase, the content as
spans of the text, and the words through which it was carried. Names, chains and ids come in
`statements`, once it is known who everybody is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from whence.coding.content import Content
from whence.coding.cues import Cues, VerbGroup
from whence.coding.drafts import Draft
from whence.coding.quotations import Quotation
from whence.coding.speech import Speech
from whence.coding.tree import Tree
from whence.records import Commitment, Span

_SPEAKERS = frozenset({"PRON", "PROPN", "NOUN", "DET", "NUM", "ADJ"})


class Attribution:
    """Finds the statements of one article."""

    def __init__(self, tree: Tree, quotations: Sequence[Quotation], cues: Cues, triggers: Collection[int]) -> None:
        """`triggers` are the words that name acts: "called for a truce" reports words only if a truce is one."""
        self.tree = tree
        self._content = Content(tree, quotations, cues)
        self._speech = Speech(tree, quotations)
        self.cues = cues
        self.triggers = frozenset(triggers)

    def find(self) -> list[Draft]:
        """All statements in the order of their content."""
        drafts = [d for word in range(len(self.tree)) if (d := self._at(word)) is not None]
        drafts = _without_doubles(drafts)
        self._speech.take_whole(drafts)
        self._speech.resume(drafts)
        drafts += self._speech.unclaimed(drafts)
        return sorted(_without_doubles(drafts), key=lambda d: (d.begin, -d.content[-1][1]))

    # -- cues ----------------------------------------------------------------------------

    def _at(self, word: int) -> Draft | None:
        """The statement whose cue has its head at the word, if any."""
        tree = self.tree
        if tree.upos[word] == "VERB":
            if (quoted := self._quoted_as(word)) is not None:
                return quoted
            for group in self.cues.verbs.get(self._lemma(word), ()):
                if (draft := self._by_verb(word, group)) is not None:
                    return draft
        if tree.relation[word] in ("obl", "nmod", "advmod", "parataxis") and tree.case(word) in self.cues.prepositions:
            return self._by_preposition(word)
        if tree.upos[word] == "NOUN" and tree.lemma[word] in self.cues.words["nouns"]:
            return self._by_noun(word)
        return None

    def _lemma(self, verb: int) -> str:
        """The verb's lemma with its particle: `point out`."""
        particle = self.tree.child(verb, "compound:prt")
        base = self.tree.lemma[verb].lower()
        if particle is not None and (joined := f"{base} {self.tree.form[particle].lower()}") in self.cues.verbs:
            return joined
        return base

    def _by_verb(self, verb: int, group: VerbGroup) -> Draft | None:
        source, steps = self._source(verb)
        if self._is_unsaid(verb) or not self._subject_fits(source, group):
            return None
        for form in group.content:
            content = self._content.find(verb, form)
            if content and (group.needs is None or form in ("quote", "clause") or self._holds_trigger(content)):
                break
        else:
            return None
        if source is None and not (self._is_impersonal(verb) and form == "clause"):
            return None
        commitment = group.commitment
        if commitment == "plain" and self._hedged(verb):
            commitment = "hedged"
        reason = f"cue '{self.tree.form[verb].lower()}' with {form}" + (f", {steps}" if steps != "subject" else "")
        cue = self._cue_words(verb, source)
        confidence = 0.9 if form in ("quote", "clause") else 0.7
        return Draft(cue, source, content, commitment, reason, confidence, verb)

    def _source(self, verb: int) -> tuple[int | None, str]:
        """Head of the speaker's phrase and how it was reached."""
        tree = self.tree
        if (tree.is_passive(verb) and tree.child(verb, "nsubj:pass") is not None) or (
            tree.deprel[verb] == "acl" and tree.xpos[verb] == "VBN"
        ):
            return tree.agent(verb), "agent of the passive"
        if tree.child(verb, "expl") is not None:
            return None, "impersonal"
        own = tree.subject(verb)
        if own is not None and tree.lemma[own] in ("who", "which", "that") and tree.relation[verb] == "acl":
            return tree.head[verb], "noun of the relative clause"
        found = tree.subjects_through(verb)
        if found is None:
            return None, "no subject"
        return found

    def _is_unsaid(self, verb: int) -> bool:
        """Only possible, or only intended: "could say", "decided to say"; but "went on to say"."""
        tree = self.tree
        if any(tree.lemma[a] in self.cues.words["unsaid"] for a in tree.children(verb, "aux")):
            return True
        infinitive = any(tree.lemma[m] == "to" for m in tree.children(verb, "mark"))
        return infinitive and tree.lemma[tree.head[verb]] not in self.cues.words["letting"]

    def _is_impersonal(self, verb: int) -> bool:
        """Passive reports without an agent ("it was reported that") count; infinitives and headlines do not."""
        return self.tree.child(verb, "aux:pass") is not None

    def _subject_fits(self, source: int | None, group: VerbGroup) -> bool:
        tree = self.tree
        if source is None:
            return group.subject is None
        document = tree.lemma[source].lower() in self.cues.words["documents"]
        if group.subject == "document":
            return document
        form = tree.form[source].lower()
        if tree.upos[source] not in _SPEAKERS or form in self.cues.words["nobody"] | self.cues.words["authors"]:
            return False
        name = tree.name(source)
        if name is not None and name.kind in ("DATE", "MONEY"):
            return False
        return group.subject != "speaker" or not document

    def _hedged(self, verb: int) -> bool:
        return any(self.tree.form[c].lower() in self.cues.words["hedges"] for c in self.tree.children(verb, "advmod"))

    def _holds_trigger(self, content: list[Span]) -> bool:
        begin = self.tree.analysis.begin
        return any(b <= begin[t] < e for b, e in content for t in self.triggers)

    def _cue_words(self, verb: int, source: int | None) -> tuple[int, int]:
        """The verb with its particle and a "in a statement" right behind it."""
        tree, last = self.tree, verb
        particle = tree.child(verb, "compound:prt")
        if particle == verb + 1:
            last = particle
        for obl in tree.children(verb, "obl"):
            phrase = tree.phrase(obl)
            begin = min([phrase.first, *tree.children(obl, "case")])
            if (
                tree.lemma[obl].lower() in self.cues.words["occasions"]
                and begin == last + 1
                and tree.case(obl) in ("in", "at")
            ):
                last = obl
        for obl in tree.children(verb, "obl"):
            case = tree.child(obl, "case")
            if case == last + 1 and self._lemma(verb) == "call" and tree.form[case].lower() in ("for", "on", "upon"):
                last = case
        return verb, last

    # -- other cues ----------------------------------------------------------------------

    def _quoted_as(self, verb: int) -> Draft | None:
        """ "IRNA quoted Shamkhani as saying …", "he was quoted by Tanjug as saying …"."""
        tree = self.tree
        if tree.lemma[verb] not in self.cues.words["quoting"]:
            return None
        saying = self._as_saying(verb)
        passive = tree.child(verb, "nsubj:pass", "aux:pass") is not None or tree.deprel[verb] == "acl"
        if saying is None and not passive and tree.relation[verb] not in ("parataxis", "root"):
            return None
        if passive:
            source, carrier = tree.child(verb, "nsubj:pass"), tree.agent(verb)
            if carrier is None and saying is not None:  # "was quoted as saying by Xinhua"
                carrier = tree.agent(saying)
        else:
            behind = [c for c in tree.children(verb, "obj", "iobj", "nsubj") if verb < c < (saying or c + 1)]
            source, carrier = next(iter(behind), None), tree.subject(verb)
        if source is None:
            return None
        talk = saying if saying is not None else verb
        content = (
            self._content.clause(talk)
            or self._content.clause(verb)
            or self._content.quotation(talk)
            or self._content.quotation(verb)
        )
        if not content:
            return None
        draft = Draft((verb, talk), source, content, "plain", "cue 'quoted … as saying'", 0.9, verb)
        draft.carriers = [carrier] if carrier is not None else []
        return draft

    def _as_saying(self, verb: int) -> int | None:
        """The "saying" of "quoted … as saying", within the sentence."""
        tree = self.tree
        for word in range(verb + 1, min(verb + 16, tree.sentence(verb).last)):
            if tree.form[word].lower() == "as" and tree.xpos[word + 1] == "VBG":
                return word + 1 if tree.lemma[word + 1] in self.cues.words["quoted_as"] else None
        return None

    def _by_preposition(self, word: int) -> Draft | None:
        """ "According to [source], [the rest of the clause]"."""
        tree = self.tree
        head = tree.head[word]
        marks = [m for c in tree.children(word, "case") for m in (c, *tree.children(c, "fixed"))]
        if not marks:
            return None
        mine = {*tree.subtree(word), *tree.children(head, "cc")}
        words = [w for w in tree.subtree(head) if w not in mine]
        if tree.upos[head] not in ("VERB", "AUX") and not tree.is_verbal(head) and tree.relation[head] != "root":
            sentence = tree.sentence(word)
            words = [w for w in range(sentence.first, sentence.last + 1) if w not in mine]
        content = self._content.pieces(words, mine)
        if not content:
            return None
        reason = f"cue '{tree.case(word)}'"
        return Draft((min(marks), max(marks)), word, content, "plain", reason, 0.9, word)

    def _by_noun(self, noun: int) -> Draft | None:
        """ "the ministry's claim that …": the clause is the content, the owner the source."""
        tree = self.tree
        clause = next(
            (
                c
                for c in tree.children(noun, "acl", "ccomp")
                if any(tree.lemma[m] == "that" for m in tree.children(c, "mark"))
            ),
            None,
        )
        owner = tree.child(noun, "nmod:poss")
        if owner is None:
            owner = next((c for c in tree.children(noun, "nmod") if tree.case(c) in ("by", "from")), None)
        if clause is None:
            return None
        commitment: Commitment = (
            "distanced" if tree.lemma[noun] in ("claim", "allegation", "rumour", "rumor") else "plain"
        )
        return Draft(
            (noun, noun),
            owner,
            [self._content.span_of(clause)],
            commitment,
            f"noun '{tree.form[noun]}' with its clause",
            0.7,
            noun,
        )


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """Of drafts with the same content the surest stays, cued before uncued."""
    kept: dict[tuple[Span, ...], Draft] = {}
    for draft in drafts:
        key = tuple(draft.content)
        other = kept.get(key)
        if other is None or (draft.cue is not None, draft.source is not None, draft.confidence) > (
            other.cue is not None, other.source is not None, other.confidence
        ):  # fmt: skip
            kept[key] = draft
    return list(kept.values())
