"""The command that writes an archive, or what was found in it, for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from whence.cli_common import complain, whence_errors
from whence.cli_conditions import conditions, with_archive, with_conditions
from whence.exporting import FORMS, TABLES, Wanted, foreign


@click.command()
@click.argument("text", required=False, metavar="[TEXT]")
@with_archive
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS)),
    required=True,
    help="What is written: whole codings (jsonl), a table (csv, parquet), places (geojson), POLECAT's forty columns, a "
    "table like GDELT's with CAMEO codes, or W3C Web Annotations.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default="-",
    show_default=True,
    metavar="FILE",
    help="Where to; - is standard output.",
)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    default="events",
    show_default=True,
    help="Of csv and parquet: what a row is.",
)
@click.option(
    "--without-text",
    is_flag=True,
    help="Leave out all words of the articles: offsets and codes stay, and hashes in the place of names.",
)
@with_conditions
@whence_errors
def export(
    path: Path, form: str, output: Path, table: str, without_text: bool, text: str | None, **filters: Any
) -> None:
    """Writes the events of an archive, or those for which all conditions hold, in a form for other programs.

    Conditions and TEXT are those of `whence search`. The same codings give the same bytes, whatever the order in which
    they came into the archive. A file is written whole or not at all.

    Of jsonl the conditions choose articles, which are written whole; of statements those stay in which an event that
    was found stands, and of incidents those that such an event tells of. The tables of articles and of articles per
    day take TEXT and the conditions on site and publication only, those of actors and places the ones that are named
    after them.

    \b
    Examples:
      whence export --archive news.db --format parquet --output events.parquet
      whence export --format parquet --table articles-per-day -o articles.parquet
      whence export --format polecat --country SYR --since 2016-08-01 > syria.tsv
      whence export --format annotation --without-text | gzip > annotations.jsonl.gz
    """
    from whence.archive import Archive
    from whence.outlets import check_target, writing

    wanted = conditions({"text": text, **filters})
    _check(form, table, wanted)
    to_stdout = str(output) == "-"
    if not to_stdout:
        check_target(output)
        if output.exists() and path.exists() and output.samefile(path):
            raise click.UsageError("--output names the archive itself")
    elif form == "parquet" and sys.stdout.isatty():
        raise click.UsageError("Parquet is no text for a terminal; name a file with --output")
    with Archive(path, read_only=True) as archive, _standard_output() if to_stdout else writing(output) as stream:
        FORMS[form].write(Wanted(archive, wanted, table, not without_text, complain), stream)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    """Standard output, which is left open."""
    yield sys.stdout.buffer


def _check(form: str, table: str, wanted: dict[str, Any]) -> None:
    """Ends the command where options do not go together."""
    if table != "events" and not FORMS[form].has_tables:
        raise click.UsageError("--table goes with --format csv or parquet")
    if found := foreign(table, wanted):
        names = ", ".join("--" + name.replace("_", "-") for name in found)
        raise click.UsageError(f"{names}: not a condition on a table of {table}")
