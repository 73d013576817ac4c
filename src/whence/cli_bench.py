"""The command that says how fast coding is on this machine."""

from __future__ import annotations

import json

import click

from whence.cli_common import whence_errors, with_threads
from whence.printing import print_data


@click.command()
@click.argument("inputs", nargs=-1, metavar="[PATH|URL]...")
@click.option("--seconds", type=click.FloatRange(0), default=10.0, show_default=True, help="How long it is measured.")
@click.option("--no-starts", is_flag=True, help="Leave out the cold starts, which take some seconds more.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
@with_threads
@whence_errors
def bench(inputs: tuple[str, ...], seconds: float, no_starts: bool, as_json: bool, threads: int) -> None:
    """Says how fast coding is here, stage by stage, and how much of the time the encoder takes.

    Codes the articles of the inputs, or one that comes with whence, again and again in one process. `whence ingest`
    runs one such process on each core. Close other programs first: they take what is measured.

    \b
    Examples:
      whence bench
      whence bench --threads 1 --json > bench.json
      whence bench examples/*.txt examples/*.html examples/*.jsonl
    """
    from whence import bench as benching

    found = benching.bench(inputs, seconds, threads, not no_starts)
    if as_json:
        print_data(json.dumps(found.to_dict()))
    else:
        for line in benching.lines(found):
            print_data(line)
