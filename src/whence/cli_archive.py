"""The commands that ask an archive: what was found by words and conditions, and one article, event or statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from whence.cli_common import complain, whence_errors
from whence.printing import print_data, print_objects, print_table
from whence.records import Coding, Status

if TYPE_CHECKING:
    from whence.archive import Archive

F = TypeVar("F", bound=Callable[..., Any])
_SHOWN = 100
"""Events that `search` prints unless told otherwise."""

with_archive = click.option(
    "--archive",
    "path",
    type=click.Path(path_type=Path),
    default="whence.db",
    show_default=True,
    metavar="FILE",
    help="The archive that is asked.",
)


class _Numbers(click.ParamType[tuple[float, ...]]):
    """Numbers with commas between them."""

    def __init__(self, form: str) -> None:
        self.name = form

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        """The numbers; wrong usage if they are none, or not as many as wanted."""
        try:
            numbers = tuple(float(part) for part in str(value).split(","))
        except ValueError:
            numbers = ()
        if len(numbers) != len(self.name.split(",")):
            self.fail(f"write it as {self.name}, such as {_EXAMPLES[self.name]}", param, ctx)
        return numbers


_EXAMPLES = {"S,W,N,E": "32,35,38,43", "LAT,LON,KM": "36.2,37.16,50"}


def _day(name: str, help: str) -> Callable[[F], F]:
    return click.option(name, type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help=help)


@click.command()
@click.argument("text", required=False, metavar="[TEXT]")
@with_archive
@click.option("--type", "type", multiple=True, metavar="TYPE", help="Category of the codebook. Can be repeated.")
@click.option("--mode", multiple=True, metavar="MODE", help="How it was done. Can be repeated.")
@click.option("--quad", type=click.IntRange(1, 4), metavar="N", help="1, 2 cooperation, 3, 4 conflict; even: material.")
@click.option(
    "--status", type=click.Choice(get_args(Status)), multiple=True, help="Whether it happened. Can be repeated."
)
@click.option("--context", multiple=True, metavar="WORD", help="Such as military or economic. Can be repeated.")
@click.option("--actor", metavar="WORDS", help="Words in the name of somebody who acts or is acted on.")
@click.option("--country", multiple=True, metavar="ISO3", help="Of the same actor: its country. Can be repeated.")
@click.option("--sector", multiple=True, metavar="CODE", help="Of the same actor: its sector. Can be repeated.")
@click.option("--side", type=click.Choice(["actor", "recipient"]), help="On which side that actor is to stand.")
@click.option("--holder", metavar="WORDS", help="Words in the name of somebody in the chain that vouches for it.")
@click.option("--place", metavar="WORDS", help="Words in the name of its place.")
@click.option("--place-country", multiple=True, metavar="ISO3", help="Country of its place. Can be repeated.")
@click.option("--box", type=_Numbers("S,W,N,E"), metavar="S,W,N,E", help="Its place is in this box, in degrees.")
@click.option("--near", type=_Numbers("LAT,LON,KM"), metavar="LAT,LON,KM", help="Its place is in this circle.")
@_day("--since", "Its own time ends on this day or later; events without a time are left out.")
@_day("--until", "Its own time begins on this day or earlier.")
@_day("--published-since", "Its article was published on this day or later.")
@_day("--published-until", "Its article was published on this day or earlier.")
@click.option("--site", multiple=True, metavar="NAME", help="The paper. Can be repeated.")
@click.option("--confidence", type=click.FloatRange(0, 1), metavar="P", help="At least so much.")
@click.option("--json", "form", flag_value="json", help="Print one JSON array instead of a table.")
@click.option("--jsonl", "form", flag_value="jsonl", help="Print one JSON object a line, an event each.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV instead of a table, a row an event.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=_SHOWN,
    show_default=True,
    metavar="N",
    help="At most so many; 0 for all.",
)
@click.option(
    "--after", type=click.IntRange(0), default=0, metavar="N", help="Go on after this event of the page before."
)
@whence_errors
def search(path: Path, form: str | None, limit: int, after: int, **filters: Any) -> None:
    """Prints the events of an archive whose articles hold TEXT, and for which all conditions hold.

    TEXT is words that must all occur in an article's title or text, whatever their case and accents; a phrase in
    double quotation marks; or the beginning of a word with an asterisk. Without it all articles are searched.

    Events come in the order in which they came into the archive. Where there are more than are printed, standard
    error says how to go on. CSV is UTF-8, with "; " between several actors or places and " > " between the
    holders of a chain, outermost first.

    \b
    Examples:
      whence search '"port of Keta" strik*' --archive news.db
      whence search --type ASSAULT --country SYR --status happened --since 2016-08-01
      whence search ceasefire --near 36.2,37.16,50 --csv > events.csv
    """
    from whence.archive import Archive
    from whence.search import csv_records, lines, objects

    wanted = {name: _plain(value) for name, value in filters.items() if value not in (None, ())}
    if "side" in wanted and not {"actor", "country", "sector"} & wanted.keys():
        raise click.UsageError("--side goes with --actor, --country or --sector")
    with Archive(path, read_only=True) as archive:
        codings = _pages(archive, wanted, limit, after)
        if form is None:
            countries = _countries()
            print_table(codings, lambda coding, _: lines(coding, countries))
        elif form == "csv":
            for record in csv_records(codings):
                print_data(record, nl=False)
        else:
            print_objects((found for coding in codings for found in objects(coding)), form)


def _plain(value: Any) -> Any:
    """A day as it is written in an archive; anything else as it is."""
    return value.date().isoformat() if isinstance(value, datetime) else value


def _pages(archive: Archive, wanted: dict[str, Any], limit: int, after: int) -> Iterator[Coding]:
    """Each article with those of its events that were found; at the end, whether there are more."""
    last = count = 0
    for found in archive.find(**wanted, after=after, limit=limit or None):
        last, count = found.row, count + len(found.events)
        yield replace(found.coding, events=found.events)
    if limit and count == limit and archive.events(**wanted, after=last, limit=1).num_rows:
        complain(f"{count:,} shown; there are more: add --after {last}, or --limit 0 for all")
    elif not count:
        complain("no events found")


def _countries() -> dict[str, str]:
    from whence import knowledge

    return {code: country.name for code, country in knowledge.load().countries.items()}


@click.command()
@click.argument("id", metavar="ID")
@with_archive
@click.option("--json", "as_json", is_flag=True, help="Print the JSON instead, of an article its whole coding.")
@whence_errors
def show(id: str, path: Path, as_json: bool) -> None:
    """Prints an article, an event or a statement of an archive: its text round the words, and who vouches for it.

    ID is an article's id or SHA-256, an event's uid, as `whence search` prints it at the end of a line, or
    ARTICLE:e1 or ARTICLE:s1 for an event or a statement of an article. The exit status is 1 if there is none.

    \b
    Examples:
      whence show 86fd857c2ea826d8 --archive news.db
      whence show b7c065724ea425f3:s2
    """
    from whence.archive import Archive
    from whence.search import resolve, shown_lines

    with Archive(path, read_only=True) as archive:
        shown = resolve(archive, id)
        if as_json:
            print_objects([shown.to_dict()], "jsonl")
            return
        told = shown_lines(archive, shown, _countries())
        print_table([shown.coding], lambda *_: told)
