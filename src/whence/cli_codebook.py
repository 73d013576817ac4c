"""The commands about the codebook: show it, begin a category, check a file, explain an event."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from whence.cli_common import complain, require_codebook, whence_errors, with_codebook, with_published, with_threads
from whence.errors import CodebookError
from whence.printing import print_data


@click.group()
def codebook() -> None:
    """Shows the kinds of event that are coded, helps to write your own, and says why an event was coded.

    \b
    Examples:
      whence codebook show
      whence codebook new ATTACK-HEALTH --output mine.yaml
      whence codebook check mine.yaml
      whence codebook explain e9 article.html --codebook mine.yaml
    """


@codebook.command()
@click.argument("type_name", required=False, metavar="[TYPE]")
@click.option("--codebook", "path", type=click.Path(path_type=Path), metavar="FILE", help="Show it with your own file.")
@whence_errors
def show(type_name: str | None, path: Path | None) -> None:
    """Prints all types, or one with its definition, modes, cues and examples.

    \b
    Examples:
      whence codebook show
      whence codebook show ASSAULT
    """
    from whence.codebook import describe, load

    book = load(path)
    try:
        print_data(describe(book, type_name))
    except CodebookError as error:
        raise click.BadParameter(str(error), param_hint="TYPE") from None


@codebook.command()
@click.argument("type_name", metavar="TYPE")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to this new file.")
@whence_errors
def new(type_name: str, output: Path | None) -> None:
    """Writes a file to begin a category with: a commented template that holds as it stands.

    A built-in type begins as a copy of itself, which your file then replaces. A file that is there
    already is left as it is, and the exit status is then 1.

    \b
    Examples:
      whence codebook new ATTACK-HEALTH --output mine.yaml
      whence codebook new PROTEST > protest.yaml
    """
    from whence.codebook import begin

    try:
        text = begin(type_name)
    except CodebookError as error:
        raise click.BadParameter(str(error), param_hint="TYPE") from None
    if output is None:
        print_data(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise CodebookError(f"{output}: is there already, and is left as it is; name another file") from None
    except OSError as error:
        raise CodebookError(f"{output}: cannot be written ({error.strerror}); name another file") from error
    complain(f"{output}: written; fill it in, then: whence codebook check {output}")


@codebook.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@with_threads
@whence_errors
def check(path: Path, threads: int) -> None:
    """Checks a codebook file or folder, and how its example sentences are coded.

    A problem is something that keeps the file from being used: each is a line, and the exit status is
    then 1. If there is none, the example sentences are read, and each that is coded otherwise than the
    file says is a warning; the exit status is 0, for a sentence can be read wrongly and the cue be right.

    \b
    Example:
      whence codebook check mine.yaml
    """
    from whence.codebook import check as problems_of
    from whence.codebook import load
    from whence.coding.examples import misses, notes
    from whence.pipeline import Coder

    problems = problems_of(path)
    for problem in problems:
        complain(problem)
    if problems:
        sys.exit(1)
    book = load(path)
    own = {name: category for name, category in book.categories.items() if name not in book.learnt}
    for note in notes(book):
        complain(f"note: {note}")
    coder = Coder(codebook=path, threads=threads)
    for miss in misses(book, coder.analyse, frozenset(own), coder.nearness):
        complain(f"warning: {miss}")
    for name, category in own.items():
        near_misses = sum(example.trigger is None for example in category.examples)
        sentences = f"{len(category.examples) - near_misses} examples, {near_misses} near misses"
        print_data(f"{name} ({category.source}): {len(category.cues)} cues, {sentences}")
    print_data(f"{path}: no problems")


@codebook.command()
@click.argument("event", metavar="EVENT")
@click.argument("source", default="-", metavar="[PATH|URL|-]")
@with_codebook
@with_published
@with_threads
@whence_errors
def explain(event: str, source: str, codebook: Path | None, published: datetime | None, threads: int) -> None:
    """Prints why an event was coded so: cue, encoder or example, slots, status, statement, scores.

    EVENT is an id, such as e9, or a uid. The source is an article, or a file of articles or of what
    `whence read` printed as JSON; standard input where none is named. The article is coded again, so
    give the codebook and the day that it was coded with.

    \b
    Examples:
      whence codebook explain e9 article.html --codebook mine.yaml
      whence read article.html --jsonl | whence codebook explain e9
    """
    from whence import explain as explaining
    from whence.pipeline import Coder
    from whence.printing import print_table

    coder = Coder(codebook=codebook, threads=threads)
    require_codebook(coder)
    found = explaining.explain(coder, event, source, published.date().isoformat() if published else None)
    print_table([found.coding], lambda _, console: explaining.lines(found, coder.codebook))
