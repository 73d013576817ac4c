"""The command that shows an archive in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from whence.cli_common import whence_errors
from whence.cli_conditions import with_archive


@click.command()
@with_archive
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8765,
    show_default=True,
    metavar="N",
    help="Port of 127.0.0.1; 0 for any that is free.",
)
@click.option("--open", "is_opened", is_flag=True, help="Show it in the browser.")
@whence_errors
def serve(path: Path, port: int, is_opened: bool) -> None:
    """Shows an archive in the browser, and answers programs over HTTP, until it is interrupted.

    It reads the archive and never writes, answers on this machine alone, and asks for nothing from elsewhere. Standard
    output gets the address. The API describes itself at /api/openapi.json.

    \b
    Examples:
      whence serve --archive news.db
      whence serve --archive news.db --port 0 --open
    """
    from whence.web import server

    server.run(path, port, click.echo, is_opened)
