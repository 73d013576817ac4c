"""What the encoder read as reported words becomes drafts of statements over the tree."""

from __future__ import annotations

from dataclasses import replace

from whence.coding.commitment import of_cue
from whence.coding.cues import Cues
from whence.coding.drafts import Draft, trimmed
from whence.coding.tree import Tree
from whence.records import Attribution

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X"})
_LONGEST_NAME = 12
"""Words between a verb and the comma behind it that may name who speaks."""


def draft(found: Attribution, tree: Tree, cues: Cues) -> Draft | None:
    """The draft of one attribution: its cue's head, its source's head, its content as spans; None without content."""
    found = _inverted(found, tree)
    content = [trimmed(tree.text, tree.span(*piece)) for piece in found.content]
    content = [span for span in content if span[0] < span[1]]
    if not content:
        return None
    verb = _cue_head(found.cue, tree)
    source = _source_head(found.source, tree) if found.source is not None else None
    named_by_preposition = source is not None and tree.upos[verb] != "VERB" and tree.upos[verb] != "NOUN"
    return Draft(
        cue=found.cue,
        source=source,
        content=content,
        commitment=of_cue(verb, found.cue, content[0][0], tree, cues),
        reason=f"cue '{tree.words(*found.cue).lower()}'",
        confidence=found.confidence,
        anchor=source if source is not None and named_by_preposition else verb,
        source_words=found.source,
    )


def _inverted(found: Attribution, tree: Tree) -> Attribution:
    """ "Hloba, said the statement, was shelled": who stands behind the verb speaks, who stands before is spoken of."""
    source, (first, last) = found.source, found.cue
    behind = found.content[0][0] - 1 if found.content else 0
    if source is None or source[1] != first - 2 or not last + 1 < behind <= last + _LONGEST_NAME:
        return found
    if tree.form[first - 1] != "," or tree.form[behind] != "," or tree.upos[last] not in ("VERB", "AUX"):
        return found
    head = tree.head_of(last + 1, behind - 1)
    whole = tree.phrase(head)
    if tree.upos[head] not in _NOMINAL or tree.case(head) or (whole.first, whole.last) != (last + 1, behind - 1):
        return found
    return replace(found, source=(last + 1, behind - 1), content=(source, *found.content))


def _cue_head(cue: tuple[int, int], tree: Tree) -> int:
    """The word of the cue that its others hang on; of several, the first verb."""
    outside = [w for w in range(cue[0], cue[1] + 1) if tree.is_root(w) or not cue[0] <= tree.head[w] <= cue[1]]
    verbs = [w for w in outside if tree.upos[w] == "VERB"]
    return next(iter(verbs or outside), cue[0])


def _source_head(words: tuple[int, int], tree: Tree) -> int:
    """The head of a source: of the words that hang outside it the last noun that no preposition introduces.

    Of a number and those it counts, "two of the men, A and B", the ones named.
    """
    hanging = [w for w in range(words[0], words[1] + 1) if tree.is_root(w) or not words[0] <= tree.head[w] <= words[1]]
    nouns = [w for w in hanging if tree.upos[w] in _NOMINAL]
    bare = [w for w in nouns if not any(c >= words[0] for c in tree.children(w, "case") if tree.xpos[c] != "POS")]
    head = next(reversed(bare or nouns), tree.head_of(*words))
    named = tree.child(head, "appos") if tree.upos[head] in ("NUM", "PRON", "DET") else None
    return named if named is not None and named <= words[1] and tree.name(named) is not None else head
