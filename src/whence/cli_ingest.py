"""The command that reads many articles into an archive."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whence.cli_common import (
    complain,
    require_codebook,
    whence_errors,
    with_codebook,
    with_options,
    with_published,
    with_timezone,
)
from whence.pipeline import Coder
from whence.sources import Options

if TYPE_CHECKING:
    from whence.ingest import Progress, Sums

INTERRUPTED = 130
"""Exit status after Ctrl-C, as of shells."""
_LINE_SECONDS = 10.0
"""How often a line tells of progress where there is no terminal."""
_REDRAW_SECONDS = 0.2


def processors() -> int:
    """How many processors this process may use."""
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


with_workers = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=processors,
    show_default="one for each processor",
    metavar="N",
    help="Processes that read and code.",
)


@click.command()
@click.argument("inputs", nargs=-1, metavar="[PATH|URL|-]...")
@click.option(
    "--archive",
    "path",
    type=click.Path(path_type=Path),
    default="whence.db",
    show_default=True,
    metavar="FILE",
    help="The archive that takes them; it is made if there is none.",
)
@with_workers
@click.option(
    "--retry",
    type=click.Choice(["failed"]),
    help="Take what failed before again; without inputs, that alone, from the paths and addresses recorded.",
)
@with_published
@with_timezone
@with_codebook
@with_options
@whence_errors
def ingest(
    inputs: tuple[str, ...],
    path: Path,
    workers: int,
    retry: str | None,
    published: datetime | None,
    timezone: str | None,
    codebook: Path | None,
    options: Options,
) -> None:
    """Reads many articles into an archive, in parallel.

    Takes what `whence read` takes. Each input ends as coded, a near-copy of another, not English, not an article, or
    failed: the sums stand in the last line, and failures are named on standard error; the exit status is then 1.

    Run it again after it was stopped, however it was: what is in the archive is not coded again, and it ends as if it
    had never been stopped. Ctrl-C keeps what is coded; the exit status is then 130.

    \b
    Examples:
      whence ingest news/ --archive news.db
      whence ingest 2016-*.warc.gz --archive news.db --workers 8
      whence ingest --retry failed --archive news.db --limit document_seconds=120
    """
    if not inputs and retry is None:
        raise click.UsageError("name what to read: files, folders, patterns, URLs or -; or ask for --retry failed")
    require_codebook(Coder(codebook=codebook))
    from whence.archive import Archive
    from whence.ingest import Settings
    from whence.ingest import ingest as run

    day = published.date().isoformat() if published else None
    settings = Settings(workers, str(codebook) if codebook else None, timezone, day, options)
    try:
        with Archive(path) as archive, shown() as (show, tell):
            sums = run(inputs, archive, settings, retry=retry is not None, show=show, complain=tell)
    except KeyboardInterrupt:
        complain(f"stopped; what was coded is in {path}. Run the same command again to go on")
        sys.exit(INTERRUPTED)
    complain(said(sums))
    sys.exit(1 if sums.failures else 0)


def said(sums: Sums) -> str:
    """The sums as a sentence, which add up."""
    names = {"copy": ("near-copy", "near-copies"), "not an article": ("not an article", "not articles")}
    parts = []
    for fate in ("coded", "copy", "not English", "not an article", "failed"):
        count = sums.fates.get(fate, 0)
        if count:
            parts.append(f"{count:,} {names.get(fate, (fate, fate))[count != 1]}")
    line = f"{sums.inputs:,} {'input' if sums.inputs == 1 else 'inputs'}: {', '.join(parts) or 'none'}"
    if sums.failures:
        kinds = sorted(sums.failures.items(), key=lambda pair: (-pair[1], pair[0]))
        line += f" ({', '.join(f'{count:,} {kind}' for kind, count in kinds)})"
    if sums.kept:
        line += f"; {sums.kept:,} of the coded were in the archive before"
    return line


@contextmanager
def shown() -> Iterator[tuple[Callable[[Progress], None], Callable[[str], None]]]:
    """What shows progress on standard error, one changing line on a terminal, and what names failures there."""
    line = _Line(sys.stderr.isatty())
    try:
        yield line.show, line.tell
    finally:
        line.clear()


class _Line:
    """The line of progress."""

    def __init__(self, is_terminal: bool) -> None:
        self._is_terminal = is_terminal
        self._next = time.monotonic() + (0 if is_terminal else _LINE_SECONDS)

    def show(self, progress: Progress) -> None:
        """Shows it, unless that was done a moment ago."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_REDRAW_SECONDS if self._is_terminal else _LINE_SECONDS)
        if self._is_terminal:
            click.echo(f"\r\x1b[K{_course(progress)}", nl=False, err=True)
        else:
            complain(_course(progress))

    def tell(self, problem: str) -> None:
        """Names a failure."""
        self.clear()
        complain(problem)

    def clear(self) -> None:
        """Takes the line away."""
        if self._is_terminal:
            click.echo("\r\x1b[K", nl=False, err=True)


def _course(progress: Progress) -> str:
    """How far it is, how fast, and how long it will take."""
    done = progress.done - progress.before
    rate = done / progress.seconds if progress.seconds > 0 else 0.0
    of = f" of {progress.total:,}" if progress.total is not None else ""
    line = f"{progress.step}: {progress.done:,}{of} articles, {rate:,.1f}/s"
    if progress.copies:
        line += f", {progress.copies:,} near-copies"
    if progress.failed:
        line += f", {progress.failed:,} failed"
    if progress.total is not None and rate > 0:
        line += f", {_duration((progress.total - progress.done) / rate)} left"
    return line


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
