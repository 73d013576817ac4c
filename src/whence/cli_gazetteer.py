"""The commands about places: what a name may mean, a fuller gazetteer of one's own, and the way back."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import click

from whence.cli_common import complain, whence_errors
from whence.printing import print_data

_TOLD = 20
"""Malformed lines that are named; the others are counted."""


@click.group()
def gazetteer() -> None:
    """Says what a place name may mean, and builds a fuller gazetteer from GeoNames' dumps.

    \b
    Examples:
      whence gazetteer find Aleppo
      whence gazetteer import SY.zip admin2Codes.txt
      whence gazetteer remove
    """


@gazetteer.command()
@click.argument("name", metavar="NAME")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@whence_errors
def find(name: str, as_json: bool) -> None:
    """Prints every place that a name may mean. The exit status is 1 if there is none.

    \b
    Example:
      whence gazetteer find "Deir ez-Zor" --json
    """
    from whence.knowledge import load
    from whence.knowledge.grid import prio_grid

    knowledge = load()
    found = [
        {
            "name": p.name,
            "grain": p.grain,
            "country": p.country,
            "admin1": knowledge.gazetteer.division(p),
            "iso": knowledge.gazetteer.iso(p),
            "lat": p.lat,
            "lon": p.lon,
            "prio_grid": None if p.lat is None or p.lon is None else prio_grid(p.lat, p.lon),
            "population": p.population,
            "geonames": p.geonames,
        }
        for p in knowledge.points(name)
    ]
    if as_json:
        print_data(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for place in found:
            print_data("\t".join("" if v is None else str(v) for v in place.values()))
    if not found:
        complain(f"{name}: no place of that name is known")
        raise SystemExit(1)


@gazetteer.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@whence_errors
def import_(files: tuple[Path, ...]) -> None:
    """Builds a gazetteer of your own from GeoNames' dumps (.txt, .gz or .zip), which is asked first from then on.

    Places (allCountries, cities500, SY …), then, if you like, admin1CodesASCII, admin2Codes and
    alternateNamesV2, which come after the places they name. An earlier one is replaced. Malformed lines are named,
    with their number and what is wrong, and left out.

    \b
    Example:
      whence gazetteer import allCountries.zip admin2Codes.txt
    """
    from whence.knowledge.gazetteer_import import build
    from whence.knowledge.gazetteer_own import path

    told = count(1)

    def name_first(problem: str) -> None:
        if next(told) <= _TOLD:
            complain(problem)

    report = build(files, name_first, lambda how_far: click.echo(how_far, err=True))
    if report.malformed > _TOLD:
        complain(f"{report.malformed - _TOLD:,} more malformed lines were left out")
    click.echo(
        f"{report.places:,} places under {report.names:,} names, from {report.lines:,} lines: {path()}", err=True
    )


@gazetteer.command()
@whence_errors
def remove() -> None:
    """Removes your own gazetteer; the built-in one is used again.

    \b
    Example:
      whence gazetteer remove
    """
    from whence.errors import KnowledgeError
    from whence.knowledge.gazetteer_own import path

    try:
        path().unlink()
    except FileNotFoundError:
        complain("there is no gazetteer of your own; the built-in one is in use")
    except OSError as error:
        raise KnowledgeError(f"{path()}: cannot be removed ({error.strerror})") from error
