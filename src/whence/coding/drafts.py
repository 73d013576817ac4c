"""A statement while it is being found: words and spans, nobody named yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from whence.records import Commitment, Span

_EDGES = ' \t\r\n"“”„«»‹›`,.;:-–—'


@dataclass(slots=True)
class Draft:
    """A statement before anybody is named."""

    cue: tuple[int, int] | None
    """First and last word, inclusive."""
    source: int | None
    """Head word of the source's noun phrase."""
    content: list[Span]
    commitment: Commitment
    reason: str
    confidence: float
    anchor: int
    """Word at which carriers are looked for: the reporting verb, the noun after "according to"."""
    source_words: tuple[int, int] | None = None
    """First and last word of the source as it was read, inclusive."""
    originator: int | None = None
    """Head word of the phrase of the one who vouches: the source, or the author of a document."""
    carriers: list[int] = field(default_factory=list)
    """Heads of the phrases of those who carry the words, outermost first."""
    goes_on: bool = False
    """A quotation without a cue, whose speaker is the one who spoke before."""

    @property
    def holders(self) -> list[int]:
        """Head words of its own part of the chain, outermost first."""
        return [*self.carriers, *([self.originator] if self.originator is not None else [])]

    @property
    def begin(self) -> int:
        """Code point at which the content begins."""
        return min(b for b, _ in self.content)


def trimmed(text: str, span: Span) -> Span:
    """The span without quotation marks, commas, full stops and spaces at its edges."""
    begin, end = span
    while begin < end and text[begin] in _EDGES:
        begin += 1
    while end > begin and text[end - 1] in _EDGES:
        end -= 1
    return begin, end


def letters(text: str) -> int:
    """How many letters a text holds."""
    return sum(c.isalpha() for c in text)
