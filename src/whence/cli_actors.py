"""The commands about actors: find one, add one to your own list, remove it, import lists and dictionaries."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whence.cli_common import complain, whence_errors
from whence.errors import KnowledgeError
from whence.printing import print_data, print_objects

if TYPE_CHECKING:
    from whence.knowledge import Country, Entry

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def actors() -> None:
    """Shows who is known, and keeps your own list of actors, which is preferred to the built-in ones.

    Your lists lie in the folder that the environment variable WHENCE_HOME names, or else in the
    usual one for a user's data.

    \b
    Examples:
      whence actors find Obama --on 2016-08-16
      whence actors add "Jane Roe" --country KEN --sector OPP --from 2022-01-01
      whence actors import dictionary.txt.gz
    """


@actors.command()
@click.argument("name")
@click.option("--on", "day", type=_DAY, metavar="DAY", help="Mark what holds on this day, as 2016-08-16.")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON array instead of lines.")
@whence_errors
def find(name: str, day: datetime | None, is_json: bool) -> None:
    """Prints all that is known under a name or alias: when it holds, and whether the list is yours.

    The exit status is 1 if nobody is known under the name.

    \b
    Example:
      whence actors find Obama --on 2016-08-16
    """
    from whence.knowledge import load

    known = load()
    on = day.date().isoformat() if day else None
    objects = [_object(entry, known.list_of(entry), on) for entry in known.actors(name)]
    if is_json:
        print_objects(iter(objects), "json")
    for found in () if is_json else objects:
        print_data(_line(found))
    if not objects:
        complain(f"{name}: nobody is known under this name; whence actors add can change that")
        sys.exit(1)


def _object(entry: Entry, source: str, day: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": entry.name,
        "aliases": list(entry.aliases),
        "kind": entry.kind,
        "country": entry.country,
        "sector": entry.sector,
        "from": entry.start or None,
        "to": entry.end or None,
        "role": entry.role or None,
        "list": source,
    }
    return found | ({"holds": entry.holds(day)} if day else {})


def _line(found: dict[str, Any]) -> str:
    from whence.table import plain

    term = f"{found['from'] or '…'} to {found['to'] or '…'}"
    cells = [found["name"], found["kind"], found["country"] or "-", found["sector"] or "-", term, found["role"] or "-"]
    if "holds" in found:
        cells.append("holds" if found["holds"] else "does not hold")
    return "\t".join(plain(cell) for cell in (*cells, found["list"]))


@actors.command()
@click.argument("name")
@click.option("--country", required=True, metavar="ISO3", help="ISO 3166 alpha-3 or a stateless code of PLOVER.")
@click.option("--sector", default="", help="PLOVER's sector, as GOV or REB; needed unless the country code has none.")
@click.option(
    "--kind",
    type=click.Choice(["person", "group", "organisation"]),
    default="person",
    show_default=True,
    help="What it is.",
)
@click.option("--alias", "aliases", multiple=True, help="Another name. Can be repeated.")
@click.option("--from", "start", type=_DAY, metavar="DAY", help="First day on which this holds.")
@click.option("--to", "end", type=_DAY, metavar="DAY", help="Last day.")
@click.option("--role", default="", help="What the actor is, in words.")
@whence_errors
def add(
    name: str,
    country: str,
    sector: str,
    kind: str,
    aliases: tuple[str, ...],
    start: datetime | None,
    end: datetime | None,
    role: str,
) -> None:
    """Adds an actor to your own list.

    \b
    Example:
      whence actors add "Jane Roe" --country KEN --sector OPP --alias "J. Roe" --from 2022-01-01
    """
    from whence.knowledge import own
    from whence.knowledge.imports import entry_of
    from whence.knowledge.normal import key

    countries = _countries()
    days = {"from": start, "to": end}
    cells = {"name": name, "country": country, "sector": sector, "kind": kind, "aliases": ";".join(aliases)}
    cells |= {column: day.date().isoformat() if day else "" for column, day in days.items()} | {"role": role}
    if any(";" in text for text in (name, *aliases)):
        raise KnowledgeError(f"{name}: a name cannot hold a semicolon; give --alias for each name")
    try:
        entry = entry_of(cells, countries)
    except KnowledgeError as error:
        raise click.UsageError(str(error)) from None
    path = own.path_of(own.ADDED.removesuffix(".tsv"))
    known = list(own.read(path, countries)) if path.exists() else []
    for other in known:
        if key(other.name) == key(entry.name) and own.without(entry, [other]) != [entry]:
            raise KnowledgeError(f"{name}: is on your list for these days; whence actors remove takes it off")
    own.write(path, [*known, entry])
    complain(f"{entry.name}: added to {path}")


@actors.command()
@click.argument("name")
@whence_errors
def remove(name: str) -> None:
    """Takes an actor, with all its terms, off your own list.

    \b
    Example:
      whence actors remove "Jane Roe"
    """
    from whence.knowledge import own
    from whence.knowledge.normal import key

    path = own.path_of(own.ADDED.removesuffix(".tsv"))
    known = list(own.read(path, _countries())) if path.exists() else []
    kept = [entry for entry in known if key(entry.name) != key(name)]
    if len(kept) == len(known):
        raise KnowledgeError(f"{name}: is not on your list {path}; names there are those that were added")
    own.write(path, kept)
    complain(f"{name}: {len(known) - len(kept)} removed from {path}")


@actors.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--as", "name", metavar="NAME", help="Name of the list; an earlier one of this name is replaced.")
@click.option("--format", "form", type=click.Choice(["tsv", "csv", "petrarch"]), help="Instead of recognising it.")
@click.option(
    "--max-bytes",
    type=click.IntRange(1),
    default=64 * 1024 * 1024,
    show_default=True,
    metavar="N",
    help="Largest file, unpacked.",
)
@whence_errors
def import_(files: tuple[Path, ...], name: str | None, form: str | None, max_bytes: int) -> None:
    """Makes lists of actors, CSV, and PETRARCH and PLOVER dictionaries yours, plain or gzip.

    Each file becomes a list with the file's name, or all of them one list with --as. Tables need
    the columns name and country, and may have aliases, kind, sector, from, to and role. Lines that
    cannot be used are told and left out, and the exit status is 0 unless a file gives nothing.

    \b
    Examples:
      whence actors import dictionary.actors.txt.gz
      whence actors import mine.csv theirs.tsv --as ours
    """
    from whence.knowledge import imports, own

    countries = _countries()
    lists: dict[Path, list[Entry]] = {}
    failed = False
    for file in files:
        try:
            path = own.path_of(name or "".join(c if c.isalnum() else "-" for c in file.name.split(".txt")[0])[:80])
            found = imports.read(file, countries, form, max_bytes)
        except KnowledgeError as error:
            failed = True
            complain(str(error))
            continue
        for line, reason in found.problems[: imports.SHOWN]:
            complain(f"{file}:{line}: {reason}")
        if found.entries:
            lists.setdefault(path, []).extend(found.entries)
        failed |= not found.entries
        complain(f"{file}: {found.format}, {len(found.entries):,} entries, {len(found.problems):,} lines left out")
    for path, entries in lists.items():
        own.write(path, entries)
        complain(f"{path}: written, {len(entries):,} entries")
    sys.exit(1 if failed else 0)


def _countries() -> dict[str, Country]:
    from whence.knowledge.store import FOLDER
    from whence.knowledge.tables import read_countries

    return read_countries(FOLDER / "countries.tsv")
