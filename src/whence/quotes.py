"""The statements of codings alone, for people who audit quotes: as lines to read, as CSV rows, as JSON objects.

    indirect  plain       the ministry, via TASS  said: that its aircraft had bombed three camps
    direct    plain       Moussa Garba  told: “We left the base … at dawn.”

Text of the article is data: in lines and cells control characters are taken out, nothing is read as markup, and no
cell begins with what a spreadsheet takes for a formula. JSON has the text as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.text import Text

from whence.cells import record
from whence.records import Article, Coding, Mention, Statement, to_plain
from whence.table import according_to, heading, plain

COLUMNS = (
    "article", "url", "title", "published",
    "statement", "form", "commitment", "originator", "chain",
    "source", "source_begin", "source_end",
    "cue", "cue_begin", "cue_end",
    "content", "content_begin", "content_end",
    "within", "confidence", "reason",
)  # fmt: skip
"""The columns of the CSV, in order."""
_LINK = " > "
"""Between the holders of a chain, outermost first."""
_GAP = " … "
"""Between the pieces of a content, and between their offsets."""
_INDENT = 24
"""Columns before the holder's name: `  mixed     unverified  `."""
_NARROWEST = 2 * _INDENT
"""Terminals of fewer columns fold the lines themselves, without indentation."""
_STYLES = {"hedged": "yellow", "distanced": "yellow", "unverified": "yellow", "denied": "red"}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which statements are wanted; without conditions all of them."""

    forms: frozenset[str] = frozenset()
    """Of these forms; empty: of any."""
    by: str | None = None
    """One of the chain's names holds this, upper and lower case alike."""

    def of(self, coding: Coding) -> list[Statement]:
        """The coding's statements that are wanted, in text order."""
        return [statement for statement in coding.statements if self._wants(statement)]

    @property
    def is_open(self) -> bool:
        """Whether there are no conditions."""
        return not self.forms and self.by is None

    def _wants(self, statement: Statement) -> bool:
        if self.forms and statement.form not in self.forms:
            return False
        return self.by is None or any(_alike(self.by) in _alike(name) for name in statement.chain)


def _alike(name: str) -> str:
    """A name without differences of case and white space."""
    return plain(name).casefold()


def lines(coding: Coding, selection: Selection, console: Console) -> list[Text]:
    """The heading and the statements for a person; nothing where there are conditions that no statement meets.

    On a terminal long statements are folded to its width; elsewhere each is one line.
    """
    found = selection.of(coding)
    if not found:
        return [heading(coding), Text("  no statements found in it", style="dim")] if selection.is_open else []
    return [heading(coding), *(line for statement in found for line in _statement_lines(statement, console))]


def _statement_lines(statement: Statement, console: Console) -> list[Text]:
    """One statement: form, commitment, who says so and through whom, the cue, the words."""
    kind = Text("  ")
    kind.append(f"{statement.form:<8}  ", style="cyan")
    kind.append(f"{statement.commitment:<10}  ", style=_STYLES.get(statement.commitment, ""))
    told = Text(according_to(statement), style="bold")
    if statement.cue is not None:
        told.append(f"  {plain(statement.cue.text)}", style="not bold italic")
    told.append(f": {_words(statement)}", style="not bold")
    if not console.is_terminal or console.width < _NARROWEST:
        return [kind + told]
    folded = told.wrap(console, console.width - _INDENT)
    for line in folded:
        line.rstrip()
    first, *others = folded
    return [kind + first, *(Text(" " * _INDENT) + line for line in others)]


def _words(statement: Statement) -> str:
    """The reported words on one line, a direct quotation's in quotation marks."""
    words = _GAP.join(plain(piece.text) for piece in statement.content)
    return f"“{words}”" if statement.form == "direct" else words


def objects(coding: Coding, selection: Selection) -> Iterator[dict[str, Any]]:
    """The statements as the coding's JSON has them, each with what tells its article."""
    told = _identity(coding.article)
    for statement in selection.of(coding):
        yield {"article": told, **to_plain(statement)}


def _identity(article: Article) -> dict[str, str | None]:
    """What tells an article."""
    return {"id": article.id, "url": article.url, "title": article.title, "published": article.published}


def csv_records(codings: Iterable[Coding], selection: Selection) -> Iterator[str]:
    """The records of an RFC 4180 file with their line ends, the header first, then one a statement."""
    yield record(COLUMNS)
    for coding in codings:
        told = tuple(_identity(coding.article).values())
        for statement in selection.of(coding):
            yield record((*told, *_cells(statement)))


def _cells(statement: Statement) -> tuple[object, ...]:
    """A statement's cells, in the order of the columns after the article's own."""
    return (
        statement.id,
        statement.form,
        statement.commitment,
        statement.chain[-1] if statement.chain else None,
        _LINK.join(statement.chain),
        *_mentions((statement.source,) if statement.source else ()),
        *_mentions((statement.cue,) if statement.cue else ()),
        *_mentions(statement.content),
        statement.within,
        statement.confidence,
        statement.reason,
    )


def _mentions(found: tuple[Mention, ...]) -> tuple[str, str, str]:
    """Text, begin and end of a mention; of several, each joined in the same way."""
    begins, ends = (_GAP.join(str(mention.at[side]) for mention in found) for side in (0, 1))
    return _GAP.join(mention.text for mention in found), begins, ends
