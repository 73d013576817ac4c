"""The command that shows an archive in the browser."""

from __future__ import annotations

import os
from pathlib import Path

import click

from whence.cli_common import whence_errors
from whence.cli_conditions import with_archive
from whence.errors import WhenceError

_TOKEN_BYTES = 4_096
"""Of a token's file at most; what is longer is another file."""


@click.command()
@with_archive
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8765,
    show_default=True,
    metavar="N",
    help="Port on which it listens; 0 for any that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address on which it listens; one that other machines reach wants a token.",
)
@click.option(
    "--allow-host",
    "names",
    multiple=True,
    metavar="NAME",
    help="A name by which it may be called, beside this machine's own; wants a token. Can be repeated.",
)
@click.option(
    "--token",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Whoever asks has to know the token in this file.",
)
@click.option("--token-env", "variable", metavar="NAME", help="Whoever asks has to know the token in this variable.")
@click.option("--read-only", is_flag=True, help="Nothing is written: no reviews, and nothing pasted is kept.")
@click.option("--open", "is_opened", is_flag=True, help="Show it in the browser.")
@whence_errors
def serve(
    path: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    file: Path | None,
    variable: str | None,
    read_only: bool,
    is_opened: bool,
) -> None:
    """Shows an archive in the browser, and answers programs over HTTP, until it is interrupted.

    It writes what users say of events (see `whence review`) and the pasted texts that they keep, answers on this
    machine alone unless told otherwise, and asks for nothing from elsewhere but pages whose address a user pastes.
    Standard output gets the address. The API describes itself at /api/openapi.json.

    \b
    Examples:
      whence serve --archive news.db
      whence serve --archive news.db --port 0 --open
      whence serve --archive news.db --read-only
      whence serve --host 0.0.0.0 --allow-host news.example --token token.txt
    """
    from whence.paste import Paste
    from whence.web import Settings, server
    from whence.web.settings import HOSTS

    if file is not None and variable is not None:
        raise click.UsageError("give the token with --token or with --token-env, not both")
    settings = Settings(
        read_only=read_only,
        token=_token(file, variable),
        hosts=HOSTS | {name.lower() for name in names},
        paste=Paste(),
    )
    server.run(path, port, click.echo, is_opened, host, settings)


def _token(file: Path | None, variable: str | None) -> str | None:
    """The token that was asked for. It never stands in the command itself, which every user of the machine can see."""
    from whence.web.settings import checked_token

    if file is not None:
        try:
            with file.open(encoding="utf8") as opened:
                given = opened.read(_TOKEN_BYTES)
        except (OSError, UnicodeError) as error:
            raise WhenceError(f"{file}: the token cannot be read ({error})") from None
        return checked_token(given)
    if variable is not None:
        if variable not in os.environ:
            raise WhenceError(f"there is no variable {variable} in the environment to read the token from")
        return checked_token(os.environ[variable])
    return None
