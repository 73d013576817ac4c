"""The command that says how well articles are coded, by gold."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whence.cli_common import complain, require_codebook, whence_errors, with_codebook, with_threads
from whence.pipeline import Coder
from whence.printing import print_data, print_objects

if TYPE_CHECKING:
    from whence.evaluating import Evaluation
    from whence.scoring import Figure

_LINE_SECONDS = 10.0
"""How often a line tells of progress."""


@click.command()
@click.argument("gold", nargs=-1, required=True, metavar="GOLD...")
@click.option(
    "--predictions",
    metavar="FILE",
    help="Compare these codings, as `whence read --jsonl` prints them, instead of coding the articles now.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
@with_codebook
@with_threads
@whence_errors
def evaluate(
    gold: tuple[str, ...], predictions: str | None, as_json: bool, codebook: Path | None, threads: int
) -> None:
    """Says how well articles are coded, by gold: precision, recall and F1 of statements, events and their slots.

    GOLD is JSON or JSONL of articles as `whence read` prints them, with what people marked in them; a folder of such
    files; or `-`. It may be marked in part: keys that an object lacks were not marked, and nothing is counted for
    them. The text of each article is coded as it stands, and compared.

    Intervals hold 95 % of 1,000 resamplings of the articles. What each measure means: docs/evaluating.md. The exit
    status is 1 if some article could not be read or coded; it then counts as one in which nothing was found.

    \b
    Examples:
      whence evaluate gold.jsonl
      whence evaluate gold/ --predictions codings.jsonl --json > figures.json
      whence evaluate gold.jsonl --codebook own.yaml
    """
    if gold.count("-") + (predictions == "-") > 1:
        raise click.UsageError("standard input can be read once")
    coder = Coder(codebook=codebook, threads=threads)
    require_codebook(coder)
    from whence import scoring
    from whence.evaluating import evaluate_coder, evaluate_file

    articles = chain.from_iterable(scoring.read(path) for path in gold)
    if predictions is None:
        found = evaluate_coder(articles, coder, complain, _shown())
    else:
        found = evaluate_file(articles, scoring.read(predictions), complain)
    if as_json:
        print_objects([found.to_dict()], "jsonl")
    else:
        for line in lines(found):
            print_data(line)
    sys.exit(1 if found.uncoded or found.unreadable or not found.articles else 0)


class _shown:  # noqa: N801
    """Tells of progress now and then."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _LINE_SECONDS

    def __call__(self, done: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _LINE_SECONDS
            complain(f"{done:,} articles coded")


def lines(found: Evaluation) -> Iterator[str]:
    """The table, a measure a line, figures in per cent."""
    from whence import scoring

    yield f"{found.articles:,} {'article' if found.articles == 1 else 'articles'}"
    labels = [label for figure in found.figures for label in (figure.measure.name, figure.measure.section)]
    width = max(map(len, labels), default=0)
    for section, same in groupby(found.figures, key=lambda figure: figure.measure.section):
        yield ""
        yield from _section(section, list(same), width)
    macro = scoring.mean_of_statuses(found.figures)
    if macro is not None:
        yield f"{'mean over statuses in gold':<{width + 2}}{'F1':>40} {100 * macro:5.1f}"


def _section(name: str, figures: Iterable[Figure], width: int) -> Iterator[str]:
    yield f"{name:<{width + 2}}{'gold':>8}{'found':>8}{'right':>8}{'prec.':>8}{'recall':>8}{'F1':>8}   95 %"
    for figure in figures:
        if figure.measure.is_choice:
            shares = f"{'':>16}{100 * figure.value:>8.1f}"
            counts = f"{figure.gold:>8,}{'':>8}{figure.right:>8,}"
        else:
            shares = "".join(f"{100 * value:>8.1f}" for value in (figure.precision, figure.recall, figure.value))
            counts = "".join(f"{count:>8,}" for count in (figure.gold, figure.found, figure.right))
        ends = "" if figure.interval is None else "   {:.1f}–{:.1f}".format(*(100 * end for end in figure.interval))
        yield f"  {figure.measure.name:<{width}}{counts}{shares}{ends}"
