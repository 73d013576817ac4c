"""Codes news on a Spark cluster: the file for spark-submit.

    spark-submit spark_job.py --parquet 'hdfs:///news/*.parquet' --output hdfs:///coded
    python -m whence.scale.spark_job --files '2016-*.warc.gz' --output coded

`docs/spark.md` says how a cluster is set up for it.
"""

from __future__ import annotations

import sys

import click

from whence.cli_common import complain, whence_errors
from whence.scale.spark import SHARD, Job, run, session
from whence.scale.spark_pages import How


@click.command()
@click.option("--parquet", "tables", multiple=True, metavar="PATH", help="Parquet files, a folder or a pattern.")
@click.option("--files", multiple=True, metavar="PATH", help="WARC, HTML, JSONL and the like: files or a pattern.")
@click.option("--output", required=True, metavar="FOLDER", help="Where codings, ledger and incidents go.")
@click.option("--master", metavar="URL", help="Spark's master, where spark-submit does not say it.  [local[2,4]]")
@click.option("--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which column is which.")
@click.option("--codebook", metavar="PATH", help="A codebook that every worker can read.")
@click.option("--timezone", metavar="NAME", help="IANA zone in which instants become days.")
@click.option("--published", metavar="DAY", help="Day of the articles that do not say it, YYYY-MM-DD.")
@click.option("--shard", type=click.IntRange(1), default=SHARD, show_default=True, help="Articles of a file.")
@whence_errors
def main(
    tables: tuple[str, ...],
    files: tuple[str, ...],
    output: str,
    master: str | None,
    columns: tuple[str, ...],
    codebook: str | None,
    timezone: str | None,
    published: str | None,
    shard: int,
) -> None:
    """Codes Parquet and other files of any Hadoop file system, and gathers incidents, on Spark.

    Run it again after it was stopped, however it was: shards that are there are not coded again.

    \b
    Example:
      spark-submit spark_job.py --parquet 'hdfs:///news/*.parquet' --output hdfs:///coded
    """
    if not tables and not files:
        raise click.UsageError("name what to read: --parquet or --files")
    named = [column.partition("=") for column in columns]
    if any(not name for _, _, name in named):
        raise click.UsageError("--column is FIELD=COLUMN")
    how = How(codebook, timezone, published, {field: column for field, _, column in named})
    done = run(session(master), Job(output, tables, files, how, shard), complain)
    fates = ", ".join(f"{count:,} {fate}" for fate, count in sorted(done.fates.items()))
    complain(
        f"{done.inputs:,} inputs: {fates}; {done.shards:,} shards, {done.kept:,} of them from before; "
        f"{done.incidents:,} incidents"
    )
    sys.exit(1 if done.fates.get("failed") else 0)


if __name__ == "__main__":
    main()
