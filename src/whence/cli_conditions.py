"""The options of all commands that ask an archive: its file, and the conditions that events have to meet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from whence.records import Status

F = TypeVar("F", bound=Callable[..., Any])

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


_CONDITIONS = (
    click.option("--type", "type", multiple=True, metavar="TYPE", help="Category of the codebook. Can be repeated."),
    click.option("--mode", multiple=True, metavar="MODE", help="How it was done. Can be repeated."),
    click.option(
        "--quad", type=click.IntRange(1, 4), metavar="N", help="1, 2 cooperation, 3, 4 conflict; even: material."
    ),
    click.option(
        "--status", type=click.Choice(get_args(Status)), multiple=True, help="Whether it happened. Can be repeated."
    ),
    click.option("--context", multiple=True, metavar="WORD", help="Such as military or economic. Can be repeated."),
    click.option("--actor", metavar="WORDS", help="Words in the name of somebody who acts or is acted on."),
    click.option("--country", multiple=True, metavar="ISO3", help="Of the same actor: its country. Can be repeated."),
    click.option("--sector", multiple=True, metavar="CODE", help="Of the same actor: its sector. Can be repeated."),
    click.option("--side", type=click.Choice(["actor", "recipient"]), help="On which side that actor is to stand."),
    click.option("--holder", metavar="WORDS", help="Words in the name of somebody in the chain that vouches for it."),
    click.option("--place", metavar="WORDS", help="Words in the name of its place."),
    click.option("--place-country", multiple=True, metavar="ISO3", help="Country of its place. Can be repeated."),
    click.option("--box", type=_Numbers("S,W,N,E"), metavar="S,W,N,E", help="Its place is in this box, in degrees."),
    click.option("--near", type=_Numbers("LAT,LON,KM"), metavar="LAT,LON,KM", help="Its place is in this circle."),
    _day("--since", "Its own time ends on this day or later; events without a time are left out."),
    _day("--until", "Its own time begins on this day or earlier."),
    _day("--published-since", "Its article was published on this day or later."),
    _day("--published-until", "Its article was published on this day or earlier."),
    click.option(
        "--latest",
        is_flag=True,
        default=None,
        help="Leave out articles of which another text stood at the same address later.",
    ),
    click.option("--site", multiple=True, metavar="NAME", help="The paper. Can be repeated."),
    click.option("--confidence", type=click.FloatRange(0, 1), metavar="P", help="At least so much."),
)


def with_conditions(command: F) -> F:
    """Adds the options that say which events are wanted."""
    for option in reversed(_CONDITIONS):
        command = option(command)
    return command


def with_output(row: str, shown: int) -> Callable[[F], F]:
    """Adds the options that say in which form and how many, where a row is such a thing; `shown` unless asked."""
    options = (
        click.option("--json", "form", flag_value="json", help="Print one JSON array instead of a table."),
        click.option("--jsonl", "form", flag_value="jsonl", help=f"Print one JSON object a line, {row} each."),
        click.option("--csv", "form", flag_value="csv", help=f"Print CSV instead of a table, a row {row}."),
        click.option(
            "--limit",
            type=click.IntRange(0),
            default=shown,
            show_default=True,
            metavar="N",
            help="At most so many; 0 for all.",
        ),
    )

    def added(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return added


def conditions(filters: dict[str, Any]) -> dict[str, Any]:
    """The conditions as the filters of `Archive.events`. Ends the command where they do not go together."""
    wanted = {name: _plain(value) for name, value in filters.items() if value not in (None, ())}
    if "side" in wanted and not {"actor", "country", "sector"} & wanted.keys():
        raise click.UsageError("--side goes with --actor, --country or --sector")
    return wanted


def _plain(value: Any) -> Any:
    """A day as it is written in an archive; anything else as it is."""
    return value.date().isoformat() if isinstance(value, datetime) else value
