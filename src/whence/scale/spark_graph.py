"""What hangs together in a graph of any size, by Spark's joins alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_ROUNDS = 100
"""Rounds after which something is wrong: each at least halves the way to a label, so 30 are enough for 2^30 nodes."""


def components(edges: DataFrame, folder: str) -> DataFrame:
    """For each `node` of an edge (`a`, `b`) the least node that hangs together with it, as `label`.

    In each round a node takes the least label of its neighbours, and then its label's label, until nothing changes.
    `folder` keeps what a round has found, so that the next does not compute it again.
    """
    from pyspark.sql import functions as f

    both = edges.select("a", "b").unionAll(edges.select(f.col("b").alias("a"), f.col("a").alias("b"))).distinct()
    both = _kept(both, f"{folder}/edges")
    labels = both.groupBy(f.col("a").alias("node")).agg(f.least(f.min("b"), f.min("a")).alias("label"))
    for number in range(_ROUNDS):
        labels = _kept(labels, f"{folder}/round{number}")
        near = (
            both.join(labels.withColumnRenamed("node", "b"), "b")
            .groupBy(f.col("a").alias("node"))
            .agg(f.min("label").alias("least"))
        )
        lower = labels.join(near, "node").select("node", "label", f.least("label", "least").alias("next"))
        jumps = labels.select(f.col("node").alias("next"), f.col("label").alias("beyond"))
        moved = lower.join(jumps, "next", "left").select(
            "node", "label", f.least("next", f.coalesce("beyond", "next")).alias("next")
        )
        moved = _kept(moved, f"{folder}/moved{number}")
        if not moved.where("label <> next").limit(1).count():
            return labels
        labels = moved.select("node", f.col("next").alias("label"))
    raise RuntimeError("the components of a graph were not found; please report it")


def _kept(frame: DataFrame, folder: str) -> DataFrame:
    """A frame as it was written to a folder."""
    frame.write.mode("overwrite").parquet(folder)
    return frame.sparkSession.read.parquet(folder)
