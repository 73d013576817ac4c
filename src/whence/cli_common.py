"""What all commands share: how errors end them, how problems are told, and the options of several."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from whence.errors import CodebookError, WhenceError

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
with_codebook = click.option(
    "--codebook",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A YAML file, or a folder of them, whose categories are added to the built-in ones.",
)
