"""The commands that ask an archive: what was found by words and conditions, and one article, event or statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whence.cli_common import complain, whence_errors
from whence.cli_conditions import conditions, with_archive, with_conditions, with_output
from whence.printing import print_blocks, print_data, print_objects, print_table
from whence.records import Coding

if TYPE_CHECKING:
    from whence.archive import Archive

_SHOWN = 100
"""Events that `search` prints unless told otherwise."""


@click.command()
@click.argument("text", required=False, metavar="[TEXT]")
@with_archive
@with_conditions
@with_output("an event", _SHOWN)
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

    wanted = conditions(filters)
    with Archive(path, read_only=True) as archive:
        codings = _pages(archive, wanted, limit, after)
        if form is None:
            names = countries()
            print_table(codings, lambda coding, _: lines(coding, names))
        elif form == "csv":
            for record in csv_records(codings):
                print_data(record, nl=False)
        else:
            print_objects((found for coding in codings for found in objects(coding)), form)


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


def countries() -> dict[str, str]:
    """Names of countries by their codes."""
    from whence import knowledge

    return {code: country.name for code, country in knowledge.load().countries.items()}


@click.command()
@click.argument("id", metavar="ID")
@with_archive
@click.option("--json", "as_json", is_flag=True, help="Print the JSON instead, of an article its whole coding.")
@whence_errors
def show(id: str, path: Path, as_json: bool) -> None:
    """Prints an article, an event, a statement or an incident of an archive, and who vouches for it.

    ID is an article's id, SHA-256 or address (the last version of what stood there, and which others there are); an
    event's uid, as `whence search` prints it at the end of a line; ARTICLE:e1 or ARTICLE:s1 for an event or a statement
    of an article; or an incident's id, as `whence incidents` prints it. The exit status is 1 if there is none.

    \b
    Examples:
      whence show 86fd857c2ea826d8 --archive news.db
      whence show b7c065724ea425f3:s2
      whence show i86fd857c2ea826d8
      whence show https://www.example.org/2016/08/strike --json
    """
    from whence.archive import Archive
    from whence.incident_table import shown_lines as incident_lines
    from whence.search import resolve, shown_lines

    with Archive(path, read_only=True) as archive:
        incident = archive.incident(id) if id.startswith("i") else None
        if incident is not None:
            if as_json:
                print_objects([incident.to_dict()], "jsonl")
            else:
                print_blocks([incident_lines(incident, countries())])
            return
        shown = resolve(archive, id)
        if as_json:
            print_objects([shown.to_dict()], "jsonl")
            return
        told = shown_lines(archive, shown, countries())
        print_table([shown.coding], lambda *_: told)
