"""The commands that ask an archive for incidents: a list, and a timeline. Users' word on them: merge and split."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from whence.cli_archive import countries
from whence.cli_common import complain, whence_errors
from whence.cli_conditions import conditions, with_archive, with_conditions, with_output
from whence.printing import print_blocks, print_data, print_objects
from whence.records import Incident

if TYPE_CHECKING:
    from whence.archive import Archive

F = TypeVar("F", bound=Callable[..., Any])
_SHOWN = 50
"""Incidents that are printed unless told otherwise."""

_CONDITIONS = (
    click.option("--origins", type=click.IntRange(1), metavar="N", help="Of at least so many independent origins."),
    click.option("--contradicted", is_flag=True, default=None, help="Only those whose tellings contradict each other."),
    click.option(
        "--party-only",
        is_flag=True,
        default=None,
        help="Only those that nobody vouches for but parties to them.",
    ),
)


def _with_incidents(command: F) -> F:
    for option in reversed(_CONDITIONS):
        command = option(command)
    return with_output("an incident", _SHOWN)(command)


@click.command()
@click.argument("text", required=False, metavar="[TEXT]")
@with_archive
@click.option(
    "--articles", type=click.IntRange(1), default=2, show_default=True, metavar="N", help="Told by at least so many."
)
@_with_incidents
@with_conditions
@whence_errors
def incidents(path: Path, form: str | None, limit: int, **filters: Any) -> None:
    """Prints the incidents of an archive: happenings, with how many tell of each and who vouches for it.

    Near-copies count as one article, and all who cite one ministry as one origin. Those that most articles tell of
    come first. What is asked of events must hold for one of an incident's tellings; TEXT is as of `whence search`.

    \b
    Examples:
      whence incidents --archive news.db
      whence incidents --articles 1 --type ASSAULT --country SYR --party-only
      whence incidents ceasefire --contradicted --jsonl > contradicted.jsonl
    """
    _print(path, form, limit, filters, by_day=False)


@click.command()
@click.argument("text", required=False, metavar="[TEXT]")
@with_archive
@click.option(
    "--articles", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Told by at least so many."
)
@_with_incidents
@with_conditions
@whence_errors
def timeline(path: Path, form: str | None, limit: int, **filters: Any) -> None:
    """Prints the incidents of an archive in the order of their days; those without a day are left out.

    Conditions are those of `whence incidents`.

    \b
    Examples:
      whence timeline --archive news.db --since 2016-08-01 --until 2016-08-31
      whence timeline --type PROTEST --country FRA --csv > protests.csv
    """
    _print(path, form, limit, filters, by_day=True)


def _print(path: Path, form: str | None, limit: int, filters: dict[str, Any], by_day: bool) -> None:
    from whence.archive import Archive
    from whence.incident_table import csv_records

    wanted = conditions(filters)
    with Archive(path, read_only=True) as archive:
        ids = _ordered(archive, wanted, by_day)
        shown = ids[:limit] if limit else ids
        found = (incident for id in shown if (incident := archive.incident(id)) is not None)
        if form is None:
            print_blocks(_by_day(found) if by_day else _listed(found))
        elif form == "csv":
            for record in csv_records(found):
                print_data(record, nl=False)
        else:
            print_objects((incident.to_dict() for incident in found), form)
    if not ids:
        complain("no incidents found" + ("; told by one article alone: --articles 1" if _is_strict(wanted) else ""))
    elif len(shown) < len(ids):
        complain(f"{len(shown):,} of {len(ids):,} shown; --limit 0 for all")


def _is_strict(wanted: dict[str, Any]) -> bool:
    return int(wanted.get("articles", 1)) > 1


def _ordered(archive: Archive, wanted: dict[str, Any], by_day: bool) -> list[str]:
    """The ids of the incidents wanted: most told first, or in the order of their days."""
    columns = ("id", "articles", "origins", "tellings", "start", "end")
    rows = archive.incidents(**wanted).select(columns).to_pylist()
    if by_day:
        dated = [row for row in rows if row["start"] or row["end"]]
        return [row["id"] for row in sorted(dated, key=lambda r: (r["start"] or r["end"], r["id"]))]
    rows.sort(key=lambda r: (-r["articles"], -len(r["origins"]), -r["tellings"], r["id"]))
    return [row["id"] for row in rows]


def _listed(found: Iterable[Incident]) -> Iterator[Any]:
    from whence.incident_table import lines

    names = countries()
    yield from (lines(incident, names) for incident in found)


def _by_day(found: Iterable[Incident]) -> Iterator[Any]:
    """A heading for each day on which incidents begin, and a line or two for each of them."""
    from rich.text import Text

    from whence.incident_table import lines

    names = countries()
    for day, same in groupby(found, key=_day):
        yield [Text(day, style="bold"), *(line for incident in same for line in lines(incident, names))]


def _day(incident: Incident) -> str:
    return (incident.time.start or incident.time.end or "") if incident.time else ""


_with_user = click.option(
    "--by", "who", default=getpass.getuser, show_default="your user name", metavar="NAME", help="Who says so."
)


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID ID...")
@with_archive
@_with_user
@whence_errors
def merge(ids: tuple[str, ...], path: Path, who: str) -> None:
    """Makes one incident of several, and keeps that you say so: no later coding parts them again.

    ID is an incident's id, or the uid of an event that tells of it.

    \b
    Example:
      whence merge i86fd857c2ea826d8 i0bc34e31aba1ca52 --archive news.db
    """
    from whence.archive import Archive
    from whence.incident_table import shown_lines

    if len(set(ids)) < 2:
        raise click.UsageError("name two incidents or more")
    with Archive(path) as archive:
        print_blocks([shown_lines(archive.merge(ids, who), countries())])


@click.command()
@click.argument("id", metavar="ID")
@click.argument("events", nargs=-1, required=True, metavar="EVENT...")
@with_archive
@_with_user
@whence_errors
def split(id: str, events: tuple[str, ...], path: Path, who: str) -> None:
    """Takes tellings out of an incident, and keeps that you say so: no later coding joins them again.

    EVENT is the uid of a telling's event, as `whence show ID` prints it.

    \b
    Example:
      whence split i86fd857c2ea826d8 0bc34e31aba1ca52 --archive news.db
    """
    from whence.archive import Archive
    from whence.incident_table import shown_lines

    with Archive(path) as archive:
        print_blocks([shown_lines(archive.split(id, events, who), countries())])
