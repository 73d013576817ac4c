"""How well articles are coded, by gold: each is coded, or found among codings that were made before, and compared.

gold ──> article ──> coding ──> tally ──> figures
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from whence import scoring
from whence.article import day
from whence.errors import InputError, UnreadableInput, WhenceError
from whence.pipeline import Coder
from whence.records import Article
from whence.scoring import Figure, Marked, Tally

Complain = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of comparing codings with gold."""

    articles: int
    """Compared; those of `uncoded` among them, in which nothing was found."""
    uncoded: tuple[str, ...]
    """Names of gold articles that could not be coded, or for which there is no prediction."""
    unreadable: int
    """Gold articles and predictions that are not as they ought to be; they are left out."""
    figures: tuple[Figure, ...]

    def to_dict(self) -> dict[str, Any]:
        """The evaluation as plain values, ready for `json.dumps`."""
        return {
            "articles": self.articles,
            "uncoded": list(self.uncoded),
            "unreadable": self.unreadable,
            "status_macro_f1": scoring.mean_of_statuses(self.figures),
            "figures": [figure.to_dict() for figure in self.figures],
        }


def evaluate_coder(
    gold: Iterable[Marked | InputError], coder: Coder, complain: Complain, show: Callable[[int], None] | None = None
) -> Evaluation:
    """Codes the text of each gold article, as it stands, and compares.

    `complain` is told, a line each, of whatever is left out or could not be coded; `show` how many are done. Raises
    `WhenceError` where nothing can be coded, for want of a model, say.
    """
    _ = coder.versions  # what is everybody's failure is raised
    run = _Run(complain)
    for marked in run.readable(gold):
        if show is not None:
            show(len(run.tallies))
        try:
            coding = coder.code(article_of(marked))
        except WhenceError as error:
            run.uncoded(marked, str(error))
        else:
            run.compare(marked, Marked(marked.name, *_IDENTITY, marked.text, marked.sha256, coding.to_dict()))
    return run.end()


def evaluate_file(
    gold: Iterable[Marked | InputError], found: Iterable[Marked | InputError], complain: Complain
) -> Evaluation:
    """Compares codings that were made before; each belongs to the gold article of the same text, else of the same id.

    Where the texts differ, mentions are looked for in the gold article's text, line by line. The gold articles are held
    in memory, the others are streamed.
    """
    run = _Run(complain)
    articles = list(run.readable(gold))
    by_text, by_id = _numbers(articles, "sha256"), _numbers(articles, "id")
    best: dict[int, tuple[bool, Tally]] = {}
    for one in run.readable(found, is_gold=False):
        same_text = by_text.get(one.sha256, [])
        for n in same_text or by_id.get(one.id, []):
            if n not in best or (same_text and not best[n][0]):
                try:
                    best[n] = bool(same_text), compared(articles[n], one)
                except InputError as error:
                    run.leave_out(error)
    for n, marked in enumerate(articles):
        if n in best:
            run.tallies.append(best[n][1])
        else:
            run.uncoded(marked, "there is no prediction of this text or id")
    return run.end()


_IDENTITY = (None,) * 5
"""Id, title, day, address and site, which a coding of the very article need not say."""


def _numbers(articles: Sequence[Marked], key: str) -> dict[str | None, list[int]]:
    found: dict[str | None, list[int]] = {}
    for n, article in enumerate(articles):
        if (value := getattr(article, key)) is not None:
            found.setdefault(value, []).append(n)
    return found


def compared(gold: Marked, found: Marked) -> Tally:
    """The counts of one article. Raises an `InputError` where marks do not fit their text, or overlap too often."""
    try:
        return scoring.tally(gold.marks(), found.marks(scoring.mover(found.text, gold.text)))
    except InputError as error:
        error.name = error.name or found.name
        raise


def article_of(marked: Marked) -> Article:
    """The article as gold has it, with no line left out. Raises `UnreadableInput` for a day that is none."""
    published = day(marked.published, None)
    if marked.published and published is None:
        raise UnreadableInput(f"`published` is a day, YYYY-MM-DD, not {marked.published!r:.60}", marked.name)
    return Article(
        id=marked.id if marked.id is not None else marked.sha256[:16],
        url=marked.url,
        title=marked.title,
        published=published,
        published_from="given" if published else None,
        site=marked.site,
        language="en",
        text=marked.text,
        sha256=marked.sha256,
    )


class _Run:
    """One evaluation: what was counted, and what was left out."""

    def __init__(self, complain: Complain) -> None:
        self.tallies: list[Tally] = []
        self._complain = complain
        self._uncoded: list[str] = []
        self._unreadable = 0

    def readable(self, found: Iterable[Marked | InputError], is_gold: bool = True) -> Iterable[Marked]:
        """Those that can be read; gold only if its marks hold."""
        for one in found:
            if isinstance(one, InputError):
                self.leave_out(one)
                continue
            try:
                if is_gold:
                    one.marks()
            except InputError as error:
                self.leave_out(error)
            else:
                yield one

    def leave_out(self, error: InputError) -> None:
        """Counts and names something that is not as it ought to be."""
        self._unreadable += 1
        self._complain(str(error))

    def compare(self, gold: Marked, found: Marked) -> None:
        """Counts an article."""
        try:
            self.tallies.append(compared(gold, found))
        except InputError as error:
            self.leave_out(error)

    def uncoded(self, gold: Marked, reason: str) -> None:
        """Counts an article in which nothing was found, since there is no coding of it."""
        self._uncoded.append(gold.name)
        self._complain(f"{gold.name}: {reason}")
        self.tallies.append(scoring.tally(gold.marks(), scoring.NOTHING))

    def end(self) -> Evaluation:
        """All that was counted."""
        return Evaluation(len(self.tallies), tuple(self._uncoded), self._unreadable, scoring.figures(self.tallies))
