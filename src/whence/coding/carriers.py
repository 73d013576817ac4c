"""The ways in which a text says through whom words came, each a pattern on the words that report them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whence.coding.reporting import Reporting, phrase_head

_NEAR = 8
"""Words within which the "by" of "was quoted on Monday as saying by" is looked for."""
_BACK = 3
"""Words between an interview or a statement and the preposition behind it."""
_COMMAS = frozenset({",", "”", '"', "’", "''"})
_PARTICIPLES = ("VBN", "VBD")


def reporters(said: Reporting) -> list[int]:
    """ "…, according to Sana", "…, the radio reported", "as Sun Online reported": a second one who reports it."""
    found = []
    for word in said.every:
        head = _according_to(said, word)
        if head is None and not said.is_cue(word) and said.listed(word, "reporting"):
            head = _reporter(said, word)
        if head is not None and not said.is_source(head):
            found.append(head)
    return found


def _according_to(said: Reporting, word: int) -> int | None:
    """The one after an "according to" of the same clause, or at the end of the sentence."""
    tree = said.tree
    if tree.form[word].lower() != "according" or word + 2 >= len(tree) or tree.form[word + 1].lower() != "to":
        return None
    head = phrase_head(tree, word + 2)
    is_own = head is None or (said.is_cue(word) and said.is_cue(head))
    if head is None or is_own or tree.upos[head] == "PRON" or _is_his_own(said, head):
        return None
    if word in said.words:
        return head
    return head if _ends_sentence(said, tree.phrase(head, appositions=True).last) else None


def _is_his_own(said: Reporting, head: int) -> bool:
    """ "According to its calculations", "citing its own transcript": nobody else's."""
    tree = said.tree
    modifiers = tree.children(head, "nmod:poss", "amod")
    return any(tree.upos[c] == "PRON" or tree.form[c].lower() == "own" for c in modifiers)


def _ends_sentence(said: Reporting, word: int) -> bool:
    tree = said.tree
    return all(tree.upos[w] == "PUNCT" for w in range(word + 1, tree.sentence(word).last + 1)[:_BACK])


def _reporter(said: Reporting, verb: int) -> int | None:
    """The subject of a reporting clause set between commas, at the end of the sentence, or behind "as"."""
    tree = said.tree
    subject = said.subject(verb)
    if subject is None or said.is_source(subject):
        subject = _inverted(said, verb)
    if subject is None or tree.upos[subject] == "PRON" or said.is_source(subject) or tree.is_passive(verb):
        return None
    if any(c > verb and c in said.every and c != subject for c in tree.children(verb, "ccomp", "obj")):
        return None
    phrase = tree.phrase(subject, appositions=True, clauses=True)
    first, last = min(verb, phrase.first), max(verb, phrase.last, *tree.children(verb, "compound"))
    before = tree.form[first - 1].lower() if first > 0 else ""
    if before in _COMMAS and (_ends_sentence(said, last) or tree.form[last + 1] == ","):
        return subject
    beside = tree.head[verb] in said.words or tree.head[verb] not in said.every
    return subject if beside and (before == "as" or (before in _COMMAS and first - 2 not in said.words)) else None


def _inverted(said: Reporting, verb: int) -> int | None:
    """The noun behind the verb where the tree knows no other subject: "…, say two people who were there, …"."""
    finite = said.tree.xpos[verb] in ("VB", "VBZ", "VBP", "VBD")
    head = phrase_head(said.tree, verb + 1) if finite and verb + 1 in said.every else None
    name = said.tree.name(head) if head is not None else None
    is_subject = head in said.every and said.tree.case(head) == "" if head is not None else False
    return head if is_subject and (name is None or name.kind != "DATE") else None


def citers(said: Reporting, reporting: Sequence[int]) -> list[tuple[int, int]]:
    """ "Reuters reported, citing two officials": pairs of who cites and who is cited.

    `reporting` are those that `reporters` found: their clauses are looked into too.
    """
    found = []
    for word in said.every:
        if said.listed(word, "quoting") and not _is_passive(said, word):
            cited, citing = _cited(said, word), _citing(said, word)
            citing = said.draft.source if citing is not None and said.is_source(citing) else citing
            if cited is None or citing is None or citing == cited or cited not in said.every:
                continue
            is_other = not said.is_source(cited) and not said.is_source(citing)
            if is_other and said.tree.case(citing) not in ("", "by", "according to"):
                continue
            if word in said.words or said.is_source(cited) or citing in reporting:
                found.append((citing, cited))
    return found


def _is_passive(said: Reporting, verb: int) -> bool:
    tree = said.tree
    if tree.xpos[verb] not in ("VBD", "VBN"):
        return tree.upos[verb] != "VERB"
    if tree.child(verb, "aux:pass") is not None or _by(said, verb) is not None:
        return True
    return tree.xpos[verb] == "VBN" and tree.child(verb, "aux") is None and tree.subject(verb) is None


def _cited(said: Reporting, verb: int) -> int | None:
    """The object of "citing": behind "citing what it called" the phrase after that."""
    tree, word = said.tree, verb + 1
    if said.draft.source_words is not None and 0 < said.draft.source_words[0] - verb <= _BACK:
        return said.draft.source
    last = tree.sentence(verb).last
    if word <= last and tree.form[word].lower() == "what":
        called = (w for w in range(word, min(word + _NEAR, last)) if said.listed(w, "calling"))
        word = next(called, last) + 1
    return phrase_head(tree, word) if word <= last else None


def _citing(said: Reporting, verb: int) -> int | None:
    """Its subject or that of a verb above it, where no content stands between them; else the noun before it."""
    tree = said.tree
    nearest = _first_noun(said, verb)
    reached = tree.subjects_through(verb)
    above = [verb, *(node for node, _ in zip(tree.ancestors(verb), range(_NEAR), strict=False))]
    subjects = [
        *(reached[:1] if reached is not None else ()),
        *(s for a in above for s in tree.children(a, "nsubj")[::-1]),
    ]
    known = [s for s in subjects if s in said.every and s < verb]
    beside = [s for s in known if all(w in said.every for w in range(s, verb))]
    return next(iter((*beside, *([nearest] if nearest is not None else []), *known)), None)


def _first_noun(said: Reporting, verb: int) -> int | None:
    """The noun phrase that begins the stretch between the content and a verb: "…, Sana, the agency, said, citing"."""
    first = verb
    while first - 1 in said.every:
        first -= 1
    while first < verb and said.tree.upos[first] == "PUNCT":
        first += 1
    head = phrase_head(said.tree, first) if first < verb else None
    return head if head is not None and head < verb else None


def quoters(said: Reporting) -> tuple[list[int], list[int]]:
    """ "As cited by Tass", "was quoted on Monday as saying by Xinhua", "a copy of which was seen by the Mirror".

    Apart from them those who read the words out: they stand further inside than an outlet.
    """
    found: list[int] = []
    readers: list[int] = []
    for word in said.words:
        if said.tree.xpos[word] in _PARTICIPLES and said.listed(word, "carried", "questioned"):
            agent = _by(said, word)
            if agent is not None and not said.listed(word, "quoting", "reading"):
                agent = _outlet_of(said, agent)
            if agent is not None and not said.is_source(agent):
                (readers if said.listed(word, "reading") else found).append(agent)
    return found, readers


def _by(said: Reporting, verb: int) -> int | None:
    """The noun behind the "by" after a participle."""
    tree = said.tree
    for word in range(verb + 1, min(verb + _NEAR, tree.sentence(verb).last)):
        form = tree.form[word].lower()
        if form == "by":
            head = phrase_head(tree, word + 1)
            is_means = head == word + 1 and said.listed(word + 1, "means") and tree.name(word + 1) is None
            return None if is_means else head
        if form in (",", ";", "that") or tree.relation[word] in ("obj", "iobj"):
            return None
    return None


def broadcasters(said: Reporting) -> list[int]:
    """ "In a video that Rotana broadcast", "the official agency later carried a denial by"."""
    found = []
    above = frozenset(said.tree.ancestors(said.draft.anchor))
    for word in said.every:
        if said.tree.upos[word] == "VERB" and said.listed(word, "carried") and not said.is_cue(word):
            is_round = word in above and not said.listed(word, "reporting", "quoting")
            subject = said.subject(word) if word in said.words or is_round else None
            if subject is not None and not said.is_source(subject) and said.is_outlet(subject):
                found.append(subject)
    return found


def hearers(said: Reporting) -> list[int]:
    """ "Told Reuters", "in an interview with Al Jazeera", "through the agency Mia": the outlets among them."""
    found = []
    for head in (*_told(said), *_through(said)):
        outlet = _outlet_of(said, head)
        if outlet is not None and not said.is_source(outlet):
            found.append(outlet)
    return found


def _told(said: Reporting) -> Iterator[int]:
    """Whoever stands behind "told"."""
    for word in said.every:
        if not said.listed(word, "telling"):
            continue
        subject = said.tree.subject(word)
        is_own = subject is not None and said.is_source(subject)
        is_open = subject is None or said.is_cue(word) or said.tree.xpos[subject] == "WP"
        if is_own or (is_open and word in said.words):
            head = phrase_head(said.tree, word + 1) if word + 1 < len(said.tree) else None
            if head is not None:
                yield head


def _through(said: Reporting) -> Iterator[int]:
    """Nouns behind "with", "to", "on" … after an interview, a speaking verb or the cue; behind "through" anywhere."""
    tree = said.tree
    for word in said.every:
        preposition = tree.form[word].lower()
        if word + 1 >= len(tree) or preposition not in said.cues.words["through"]:
            continue
        if word not in said.words and not _is_of_source(said, word):
            continue
        before = range(max(0, word - _BACK), word)
        occasion = any(said.listed(w, "occasions", "speaking", "carried", "passed") for w in before)
        beside = any(said.is_cue(w) or said.is_source(w) for w in before[-1:])
        behind_noun = preposition in ("on", "over") and tree.upos[word - 1] == "NOUN"
        channel = preposition in said.cues.words["channels"] and (beside or not behind_noun)
        writes = said.listed(said.draft.anchor, "speaking") or preposition == "to"
        if occasion or channel or (beside and writes):
            head = phrase_head(tree, word + 1)
            if head is not None:
                yield head


def _is_body(said: Reporting, word: int) -> bool:
    """Whether the word is part of the name of a body: in "the Frontier newspaper", not in "the Oslo newspaper"."""
    name = said.tree.name(word)
    return name is not None and name.kind in ("ORG", "MISC", "PER")


def _is_of_source(said: Reporting, preposition: int) -> bool:
    """Whether the phrase hangs on a verb whose subject is the source, wherever the tree hangs that verb."""
    subject = said.tree.subject(said.tree.head[said.tree.head[preposition]])
    return subject is not None and said.is_source(subject)


def _outlet_of(said: Reporting, head: int) -> int | None:
    """The outlet itself, of its interviewer, correspondent or programme too; None for all who are none."""
    tree = said.tree
    if head not in said.every:
        return None
    named = next((c for c in tree.children(head, "appos") if tree.upos[c] == "PROPN"), None)
    if named is None and said.listed(head, "staff") and tree.upos[head] == "NOUN":
        owners = [c for c in tree.children(head, "nmod", "compound") if tree.case(c) in ("", "of", "for", "from")]
        return next((c for c in owners if tree.name(c) is not None), None)
    if named is None and said.listed(head, "kinds") and tree.upos[head] == "NOUN":
        named = next((c for c in tree.children(head, "compound") if _is_body(said, c)), None)
        head = named if named is not None and said.is_outlet(head) else head
    name = tree.name(head)
    if name.kind == "DATE" if name is not None else said.listed(head, "hearers"):
        return None
    return head if said.is_outlet(head) else None
