"""The commands of an archive's life: coded again by a newer whence, taken together with others, articles taken out."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whence.cli_common import complain, require_codebook, whence_errors, with_codebook, with_limits
from whence.cli_conditions import with_archive
from whence.cli_ingest import INTERRUPTED, shown, with_workers
from whence.errors import ArchiveError
from whence.pipeline import Coder
from whence.printing import print_data

if TYPE_CHECKING:
    from whence.archive.merging import Taken
    from whence.ingest import Progress


@click.command()
@with_archive
@with_workers
@with_codebook
@with_limits
@whence_errors
def recode(path: Path, workers: int, codebook: Path | None) -> None:
    """Codes the articles of an archive again that another whence, model, codebook or knowledge coded.

    It reads the texts that the archive keeps, none of the inputs. Articles and events keep their ids; what you said of
    events and incidents stays. What is up to date is not touched, so a run that was stopped, however it was, goes on
    when it is begun again. Ctrl-C keeps what is coded; the exit status is then 130. What cannot be coded again stays as
    it is and is named; the exit status is then 1.

    With a codebook of your own name it again, or its categories go.

    \b
    Examples:
      whence recode --archive news.db
      whence recode --archive news.db --codebook own.yaml --workers 4
    """
    require_codebook(Coder(codebook=codebook))
    from whence.archive import Archive
    from whence.recoding import recode as run

    _require(path)
    try:
        with Archive(path) as archive, shown() as (show, tell):
            found = run(archive, workers, str(codebook) if codebook else None, show=show, complain=tell)
    except KeyboardInterrupt:
        complain(f"stopped; what was coded is in {path}. Run the same command again to go on")
        sys.exit(INTERRUPTED)
    failed = sum(found.failures.values())
    line = f"{found.coded:,} coded again, {found.changed:,} of them changed"
    complain(line + (f"; {failed:,} failed and stay as they were" if failed else ""))
    sys.exit(1 if failed else 0)


@click.command()
@click.argument("others", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="OTHER...")
@with_archive
@whence_errors
def combine(others: tuple[Path, ...], path: Path) -> None:
    """Takes all that other archives hold into one, which is made if there is none. The others are only read.

    Articles come with their codings and versions, near-copies, what became of inputs, and what users said; incidents
    are those of all. Of near-copies the one published first is coded, the others refer to it. What both have stays as
    it is here. Doing it again changes nothing, so a run that was stopped goes on.

    \b
    Example:
      whence combine monday.db tuesday.db --archive week.db
    """
    try:
        for other in others:
            taken = _take(other, path)
            complain(
                f"{other}: {taken.articles:,} articles, {taken.new:,} of them new; {taken.inputs:,} inputs, "
                f"{taken.rulings:,} rulings and {taken.reviews:,} reviews new"
            )
    except KeyboardInterrupt:
        complain(f"stopped; what was taken is in {path}. Run the same command again to go on")
        sys.exit(INTERRUPTED)


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@with_archive
@whence_errors
def remove(articles: tuple[str, ...], path: Path) -> None:
    """Takes articles out of an archive, by id or SHA-256, with their near-copies and what became of their inputs.

    Prints the ids of all that went, one a line. Incidents are then those of the articles that are left. What users said
    of the article stays, and counts again if it comes back.

    
    Example:
      whence remove b7c065724ea425f3 --archive news.db
    """
    from whence.archive import Archive

    _require(path)
    with Archive(path) as archive:
        for article in articles:
            for gone in archive.remove(article):
                print_data(gone)


def _take(name: Path, path: Path) -> Taken:
    """Takes one archive into another, and the profiles of its sites."""
    from whence import site_profiles
    from whence.archive import Archive

    begun = time.monotonic()
    with Archive(name, read_only=True) as other, Archive(path) as archive, shown() as (show, _):
        taken = archive.combine(other, lambda done, total: show(_progress(done, total, begun)))
        site_profiles.take(archive, other)
    return taken


def _progress(done: int, total: int, begun: float) -> Progress:
    from whence.ingest import Progress

    return Progress("taking", done, total, 0, 0, 0, time.monotonic() - begun)


def _require(path: Path) -> None:
    """Raises `ArchiveError` where there is no file: to open an archive for writing makes one."""
    if not path.exists():
        raise ArchiveError(f"{path}: no such archive; make one with `whence ingest … --archive {path}`")
