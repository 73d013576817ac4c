"""What all commands share: how errors end them, how problems are told, and the options of several."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from whence.errors import CodebookError, WhenceError
from whence.sources import FIELDS, Options, limits
from whence.zones import zone

if TYPE_CHECKING:
    from whence.pipeline import Coder

P = ParamSpec("P")
R = TypeVar("R")

_PROCESSORS = min(4, os.cpu_count() or 1)


def whence_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Ends a command with status 1, and a line or a few, for every error that is raised on purpose."""

    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except WhenceError as error:
            for line in str(error).splitlines():
                complain(line)
            sys.exit(1)

    return update_wrapper(guarded, command)


def complain(problem: str) -> None:
    """A line on standard error, without anything that a terminal would obey."""
    from whence.table import plain

    click.echo(f"whence: {plain(problem)}", err=True)


def require_codebook(coder: Coder) -> None:
    """Ends a command as wrong usage if the coder's codebook does not hold, before anything is read."""
    try:
        _ = coder.codebook
    except CodebookError as error:
        raise click.BadParameter(str(error), param_hint="--codebook") from None


with_threads = click.option(
    "--threads",
    type=click.IntRange(1, 256),
    default=_PROCESSORS,
    show_default=True,
    metavar="N",
    help="Processor threads for the language model.",
)
with_published = click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day of publication of articles that do not say it themselves.",
)


def with_limits(command: Callable[..., R]) -> Callable[..., R]:
    """Gives a command the option of other limits, which are in force until it ends."""

    def called(*args: Any, limit: tuple[str, ...], **kwargs: Any) -> R:
        try:
            values = {name: float(value) for name, value in (_pair("--limit", one) for one in limit)}
            click.get_current_context().with_resource(limits.override(values))
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--limit") from None
        return command(*args, **kwargs)

    option = click.option(
        "--limit",
        multiple=True,
        metavar="NAME=VALUE",
        help="Another limit on inputs than the default, such as pdf_pages=2000. Can be repeated.",
    )
    return option(update_wrapper(called, command))


def with_options(command: Callable[..., R]) -> Callable[..., R]:
    """Gives a command the options on how sources are read, limits among them.

    It is called with `options`, `sources.Options`.
    """

    def called(*args: Any, column: tuple[str, ...], fetch_items: bool, **kwargs: Any) -> R:
        columns = dict(_pair("--column", one) for one in column)
        for field in columns:
            if field not in FIELDS:
                raise click.BadParameter(f"{field!r} is none of {', '.join(FIELDS)}", param_hint="--column")
        return command(*args, options=Options(columns, fetch_items, complain), **kwargs)

    fetching = click.option(
        "--fetch-items", is_flag=True, help="Fetch each item of a feed that holds only a summary of it."
    )
    columns_named = click.option(
        "--column",
        multiple=True,
        metavar="FIELD=NAME",
        help="The column of a table, or field of a JSON object, that holds the text, html, id, title, published, "
        "url, site or authors, such as text=STORY. Can be repeated.",
    )
    return columns_named(with_limits(fetching(update_wrapper(called, command))))


def _pair(option: str, given: str) -> tuple[str, str]:
    """Both sides of `NAME=VALUE`."""
    name, sign, value = given.partition("=")
    if not sign or not value:
        raise click.BadParameter(f"{given!r} has not the form NAME=VALUE", param_hint=option)
    return name.strip().lower(), value


def _known_zone(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    """The name of a time zone; wrong usage where there is none of that name."""
    try:
        if name is not None:
            zone(name)
    except WhenceError as error:
        raise click.BadParameter(str(error)) from None
    return name


with_timezone = click.option(
    "--timezone",
    callback=_known_zone,
    metavar="ZONE",
    help="IANA name of the zone, such as Asia/Tehran, whose calendar gives the day of an article that says the instant "
    "of its publication. Default: the day as it is written.",
)
with_codebook = click.option(
    "--codebook",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A YAML file, or a folder of them, whose categories are added to the built-in ones.",
)
