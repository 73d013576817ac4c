"""The command line: parses, calls, prints. Data to standard output, progress and problems to standard error.

Exit status: 0 if all inputs were coded, 1 if some failed (each is named), 2 for wrong usage.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn, get_args

import click

from whence import __version__, sources
from whence.cli_actors import actors
from whence.cli_archive import search, show
from whence.cli_audit import audit
from whence.cli_bench import bench
from whence.cli_codebook import codebook
from whence.cli_common import (
    complain,
    require_codebook,
    whence_errors,
    with_codebook,
    with_options,
    with_published,
    with_threads,
    with_timezone,
)
from whence.cli_evaluate import evaluate
from whence.cli_export import export
from whence.cli_gazetteer import gazetteer
from whence.cli_incidents import incidents, merge, split, timeline
from whence.cli_ingest import ingest
from whence.cli_life import combine, recode, remove
from whence.cli_review import review
from whence.cli_serve import serve
from whence.errors import InputError
from whence.pipeline import Coder, Failure
from whence.printing import print_data, print_objects, print_table
from whence.records import Analysis, Coding, Form, Page

_UNSHOWN = 2
"""Articles in a run up to which its course is not reported."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="whence")
def main() -> None:
    """Reads the news and says who did what to whom, where and when, and whence we know it.

    \b
    Example:
      whence read article.html
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter still shows the rest


main.add_command(actors)
main.add_command(codebook)
main.add_command(gazetteer)
main.add_command(ingest)
main.add_command(recode)
main.add_command(combine)
main.add_command(remove)
main.add_command(search)
main.add_command(incidents)
main.add_command(timeline)
main.add_command(merge)
main.add_command(split)
main.add_command(show)
main.add_command(export)
main.add_command(evaluate)
main.add_command(review)
main.add_command(audit)
main.add_command(serve)
main.add_command(bench)

_inputs = click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL|-...")
_as_json = click.option("--json", "form", flag_value="json", help="Print one JSON array instead of a table.")
_as_jsonl = click.option(
    "--jsonl", "form", flag_value="jsonl", help="Print one JSON object a line, as articles are coded."
)


@main.command()
@_inputs
@_as_json
@_as_jsonl
@click.option(
    "--map",
    "page",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    help="Also write a map of the events' places: one page that needs no network.",
)
@click.option(
    "--geojson",
    type=click.Path(path_type=Path),
    metavar="FILE|-",
    help="Also write the events' places as GeoJSON; - prints it instead of a table.",
)
@click.option("--timeml", is_flag=True, help="Give each time in the JSON the type and value of a TIMEX3 tag too.")
@with_published
@with_timezone
@with_codebook
@with_threads
@with_options
@whence_errors
def read(
    inputs: tuple[str, ...],
    form: str | None,
    page: Path | None,
    geojson: Path | None,
    timeml: bool,
    published: datetime | None,
    timezone: str | None,
    codebook: Path | None,
    threads: int,
    options: sources.Options,
) -> None:
    """Codes articles and prints their events.

    Takes files, folders and patterns: HTML, text, JSON, CSV, Parquet, RSS and Atom, WARC, PDF,
    DOCX, RTF, exports of Nexis and Factiva; URLs; and - for standard input. Inputs that fail are
    named on standard error, and the exit status is then 1.

    \b
    Examples:
      whence read article.html
      whence read articles.jsonl.gz --jsonl > codings.jsonl
      cat article.txt | whence read - --published 2016-08-16
      whence read stories.csv --column text=STORY --column published=DAY
      whence read "news/**/*.html" --jsonl
      whence read articles.jsonl --map events.html --geojson events.geojson
      whence read articles.jsonl --jsonl --timezone Asia/Tehran --timeml
    """
    from whence.outlets import Collection, to_geojson, to_html, write_text

    if timeml and form is None:
        raise click.UsageError("--timeml adds to the JSON alone: add --json or --jsonl")
    coder = Coder(codebook=codebook, threads=threads, timezone=timezone)
    require_codebook(coder)
    _require_outlets(page, geojson, form)

    def write(items: Iterator[Coding | Failure]) -> None:
        countries = {code: country.name for code, country in coder.knowledge.countries.items()}
        placed = Collection(countries)
        passing = placed.watch(items) if page or geojson else items
        if form is not None:
            print_objects((_told(item, timeml) for item in passing), form)
        elif str(geojson) == "-":
            for _ in passing:
                pass
            print_data(to_geojson(placed), nl=False)
        else:
            from whence.table import lines

            print_table(passing, lambda coding, _: lines(coding, countries))
        if geojson is not None and str(geojson) != "-":
            write_text(geojson, to_geojson(placed))
        if page is not None:
            write_text(page, to_html(placed))

    _code_all(coder, inputs, published, options, write)


def _told(item: Coding | Failure, timeml: bool) -> dict[str, Any]:
    """The JSON of a coding or failure, its times with the values of TimeML where they are wanted."""
    if timeml and isinstance(item, Coding):
        from whence.coding.time_values import with_timex

        return with_timex(item)
    return item.to_dict()


def _require_outlets(page: Path | None, geojson: Path | None, form: str | None) -> None:
    """Ends a command whose files cannot be written, before anything is read."""
    from whence.outlets import check_target

    if page is not None and str(page) == "-":
        raise click.UsageError("--map writes a page for a browser: name a file, such as --map events.html")
    if geojson is not None and str(geojson) == "-" and form is not None:
        raise click.UsageError(f"--geojson - and --{form} cannot both go to standard output: name a file for --geojson")
    for path in (page, geojson):
        if path is not None and str(path) != "-":
            check_target(path)


@main.command()
@_inputs
@_as_json
@_as_jsonl
@click.option("--csv", "form", flag_value="csv", help="Print CSV instead of a table, a row a statement.")
@click.option(
    "--only",
    "forms",
    type=click.Choice(get_args(Form)),
    multiple=True,
    help="Statements of this form alone: in quotation marks, without any, or partly. Can be repeated.",
)
@click.option("--by", metavar="NAME", help="Statements alone in whose chain a name holds this, whatever its case.")
@with_published
@with_timezone
@with_threads
@with_options
@whence_errors
def quotes(
    inputs: tuple[str, ...],
    form: str | None,
    forms: tuple[str, ...],
    by: str | None,
    published: datetime | None,
    timezone: str | None,
    threads: int,
    options: sources.Options,
) -> None:
    """Prints the statements of articles: who says so, through whom, and in what words.

    Takes what `whence read` takes. Inputs that fail are named on standard error, and the exit
    status is then 1.

    CSV is UTF-8 and has a chain outermost holder first, joined by " > ", the pieces of an
    interrupted content, and their offsets, joined by " … ". Offsets are code points. Before a
    cell that begins with = + - @ or a tab stands an apostrophe, for spreadsheets would compute it.

    \b
    Examples:
      whence quotes article.html
      whence quotes articles.jsonl.gz --csv > quotes.csv
      whence quotes article.html --only direct --only mixed --by ministry
    """
    from whence.quotes import Selection, csv_records, lines, objects

    wanted = Selection(frozenset(forms), by)

    def write(items: Iterator[Coding | Failure]) -> None:
        codings = (item for item in items if isinstance(item, Coding))
        if form is None:
            print_table(codings, lambda coding, console: lines(coding, wanted, console))
        elif form == "csv":
            for record in csv_records(codings, wanted):
                print_data(record, nl=False)
        else:
            print_objects((found for coding in codings for found in objects(coding, wanted)), form)

    _code_all(Coder(threads=threads, timezone=timezone), inputs, published, options, write)


def _code_all(
    coder: Coder,
    inputs: tuple[str, ...],
    published: datetime | None,
    options: sources.Options,
    write: Callable[[Iterator[Coding | Failure]], None],
) -> NoReturn:
    """Codes all inputs while `write` prints them, and ends the command with the exit status they call for."""
    _ = coder.versions  # a missing model is told before anything is read
    day = published.date().isoformat() if published else None
    tally = _Tally()
    write(tally.watch(coder.read_all(inputs, day, options)))
    if tally.coded + tally.failed > 1:
        complain(f"{tally.coded:,} coded, {tally.failed:,} failed")
    sys.exit(1 if tally.failed else 0)


class _Tally:
    """Counts codings and failures as they pass, names the failures, and shows the course of a long run."""

    def __init__(self) -> None:
        self.coded = self.failed = 0

    def watch(self, items: Iterator[Coding | Failure]) -> Iterator[Coding | Failure]:
        """The items as they are."""
        with _progress() as show:
            for item in items:
                if isinstance(item, Failure):
                    self.failed += 1
                    show("")
                    complain(f"{item.name}: {item.message}")
                else:
                    self.coded += 1
                if self.coded + self.failed > _UNSHOWN:
                    show(f"{self.coded + self.failed:,} articles …")
                yield item


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Shows one changing line on a terminal, unless the data are printed there too."""
    is_shown = sys.stderr.isatty() and not sys.stdout.isatty()

    def show(line: str) -> None:
        if is_shown:
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    try:
        yield show
    finally:
        show("")


@main.command()
@click.argument("source", metavar="PATH|URL|-")
@click.option("--words", is_flag=True, help="The input is CoNLL-U: take its words and sentences as they are.")
@with_threads
@with_options
@whence_errors
def analyse(source: str, words: bool, threads: int, options: sources.Options) -> None:
    """Prints an article's linguistic reading as CoNLL-U.

    Words, parts of speech, features and trees follow Universal Dependencies; names stand in the
    last column (NER=B-PER).

    \b
    Examples:
      whence analyse article.txt
      whence analyse treebank.conllu --words
    """
    from whence.language import write

    coder = Coder(threads=threads)
    failed = False
    for page in sources.pages(source, options):
        try:
            if isinstance(page, InputError):
                raise page
            identity, analysis = _reading(coder, page, words)
        except InputError as error:
            failed = True
            error.name = error.name or source
            complain(str(error))
        else:
            print_data((f"# newdoc id = {identity}\n" if identity else "") + write(analysis), nl=False)
    sys.exit(1 if failed else 0)


def _reading(coder: Coder, page: Page, words: bool) -> tuple[str | None, Analysis]:
    """A page's analysis and the id of its article, which a CoNLL-U has not."""
    from whence.article import from_page, require_codable
    from whence.language import read_words

    if words:
        return None, coder.analyse_words(read_words(page.data.decode("utf8", "replace")))
    article = require_codable(from_page(page))
    return " ".join(article.id.split()), coder.analyse(article.text)


@main.command()
@click.option("--arrow", is_flag=True, help="Print the Arrow schema of exchange instead, a column a line.")
def schema(arrow: bool) -> None:
    """Prints the JSON Schema of an object of the output.

    \b
    Examples:
      whence schema > whence.schema.json
      whence schema --arrow
    """
    from whence.schema import arrow_text, json_schema

    print_data(arrow_text() if arrow else json.dumps(json_schema(), indent=2, ensure_ascii=False))


@main.command()
@with_threads
def doctor(threads: int) -> None:
    """Says what is installed, and how fast it is here.

    Versions of Python, packages, model, codebook and knowledge, and the words coded in a second
    on this machine. The exit status is 1 if something is missing.

    \b
    Example:
      whence doctor
    """
    from whence.doctor import examine

    is_well = True
    for finding in examine(threads):
        is_well &= finding.is_well
        mark = click.style("ok", fg="green") if finding.is_well else click.style("no", fg="red", bold=True)
        click.echo(f"{mark}  {finding.name:<18} {finding.value}")
    sys.exit(0 if is_well else 1)
