"""Codes news on a Spark cluster: the file for spark-submit.

    spark-submit spark_job.py --parquet 'hdfs:///news/*.parquet' --output hdfs:///coded
    python -m whence.scale.spark_job --files '2016-*.warc.gz' --output coded

`docs/spark.md` says how a cluster is set up for it.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from whence.cli_common import complain, whence_errors, with_codebook, with_limits, with_published, with_timezone
from whence.scale.spark import SHARD, Job, run, session
from whence.scale.spark_pages import How
from whence.sources import FIELDS, limits


@click.command()
@click.option("--parquet", "tables", multiple=True, metavar="PATH", help="Parquet files, a folder or a pattern.")
@click.option("--files", multiple=True, metavar="PATH", help="WARC, HTML, JSONL and the like: files or a pattern.")
@click.option("--output", required=True, metavar="FOLDER", help="Where codings, ledger and incidents go.")
@click.option("--master", metavar="URL", help="Spark's master, where spark-submit does not say it.  [local[2,4]]")
@click.option("--column", "columns", multiple=True, metavar="FIELD=NAME", help="Which column is which.")
@click.option("--shard", type=click.IntRange(1), default=SHARD, show_default=True, help="Articles of a file.")
@with_published
@with_timezone
@with_codebook
@with_limits
@whence_errors
def main(
    tables: tuple[str, ...],
    files: tuple[str, ...],
    output: str,
    master: str | None,
    columns: tuple[str, ...],
    shard: int,
    published: datetime | None,
    timezone: str | None,
    codebook: Path | None,
) -> None:
    """Codes Parquet and other files of any Hadoop file system, and gathers incidents, on Spark.

    A codebook is a path that every worker can read. Run it again after it was stopped, however it was: shards that are
    there are not coded again.

    \b
    Example:
      spark-submit spark_job.py --parquet 'hdfs:///news/*.parquet' --output hdfs:///coded
    """
    if not tables and not files:
        raise click.UsageError("name what to read: --parquet or --files")
    named = {field: name for field, _, name in (column.partition("=") for column in columns)}
    if not all(field in FIELDS and name for field, name in named.items()):
        raise click.UsageError(f"--column is FIELD=NAME, and FIELD one of {', '.join(FIELDS)}")
    day = published.date().isoformat() if published else None
    how = How(str(codebook) if codebook else None, timezone, day, named, limits.changed())
    done = run(session(master), Job(output, tables, files, how, shard), complain)
    fates = ", ".join(f"{count:,} {fate}" for fate, count in sorted(done.fates.items()))
    complain(
        f"{done.inputs:,} inputs: {fates}; {done.shards:,} shards, {done.kept:,} of them from before; "
        f"{done.incidents:,} incidents"
    )
    sys.exit(1 if done.fates.get("failed") else 0)


if __name__ == "__main__":
    main()
