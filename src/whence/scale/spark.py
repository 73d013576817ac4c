"""Any number of documents on a Spark cluster: what `whence ingest` makes of them, as Parquet.

    run(session(), Job(tables=("hdfs:///news/*.parquet",), output="hdfs:///coded"))

    inputs ──> articles ──> profiles of sites ──> near-copies ──> shards of codings ──> ledger, incidents

The folder of the output holds `codings/` (a file a shard, `function.coded_schema`), `ledger/` (a row an input: what
became of it) and `incidents/`. All of it is what the local run gives, row for row. A shard's file has a name made of
the hash of its articles and of the versions that code them, and gets it when it is whole: a run that was killed is
begun again by the same command and codes only the shards that are not there.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from whence.errors import UnreadableInput, WhenceError
from whence.pipeline import Coder
from whence.records import Versions
from whence.scale import function
from whence.scale.spark_copies import firsts
from whence.scale.spark_files import Files
from whence.scale.spark_incidents import gathered
from whence.scale.spark_pages import How, coded, of_files, of_tables, profiles, settled
from whence.scale.spark_rows import RECORDS, Row, mapped

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

MASTER = "local[2,4]"
"""Where Spark runs if nothing else is said: here, on two cores, each task up to four times."""
SHARD = 500
"""Articles of a shard, at most: half a minute to a minute of one core, which a kill may cost."""
_GATEWAY = "PYSPARK_GATEWAY_PORT"
"""What spark-submit sets for the program that it runs; the master is then its business."""
_SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(RECORDS),
    "spark.sql.session.timeZone": "UTC",
    "spark.python.worker.reuse": "true",
}
"""A worker keeps its child, and the child the model. Instants of tables are read in UTC, as they are locally."""
_LOCAL = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.sql.shuffle.partitions": "8"}
"""On one machine: no page on a port of it, and no more parts than it has use for."""
_WORK = "_work"
"""The folder of the output for what a run needs on the way; it goes when the run ends."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is read, where the result goes, and how it is coded."""

    output: str
    """A folder of any Hadoop file system."""
    tables: tuple[str, ...] = ()
    """Parquet files, folders and patterns of them."""
    files: tuple[str, ...] = ()
    """Other files, folders and patterns: WARC, HTML, JSONL and what else `whence ingest` reads."""
    how: How = field(default_factory=How)
    shard: int = SHARD
    """Articles of a shard, at most."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the inputs of a run."""

    inputs: int
    fates: Mapping[str, int]
    shards: int
    kept: int
    """Shards that were there before and were not coded again."""
    incidents: int


def session(master: str | None = None, **settings: str) -> SparkSession:
    """A session with the settings that a run wants; `settings` are more of Spark's, dots written as `__`.

    Under spark-submit its own master holds. Workers run this Python, unless PYSPARK_PYTHON says which.
    Raises `WhenceError` where Spark is not installed or finds no Java.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise WhenceError("Spark is not installed; run: pip install 'whence[spark]'") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    # whence hands Spark Arrow and never pandas, of whose newest version Spark warns
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
    wanted = dict(_SETTINGS)
    if master is not None or _GATEWAY not in os.environ:
        wanted["spark.master"] = master or MASTER
    if wanted.get("spark.master", "").startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        wanted |= _LOCAL
    wanted |= {name.replace("__", "."): value for name, value in settings.items()}
    builder = SparkSession.builder.appName("whence")
    for name, value in wanted.items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except Exception as error:  # of several kinds, by version, where the gateway to Java does not open
        raise WhenceError(f"Spark could not be started ({error}); it needs Java 17 or newer") from error
    if wanted.get("spark.master", "").startswith("local"):
        spark.sparkContext.setLogLevel("ERROR")
    return spark


def run(spark: SparkSession, job: Job, say: Callable[[str], None] = lambda _: None) -> Done:
    """Reads, codes and gathers all inputs of a job; what became of them. `say` is told of each step, a line.

    Raises `WhenceError` if a shard cannot be coded, however often it is tried, and an `InputError` for a table
    without a column of texts.
    """
    return _Run(spark, job, say).all()


class _Run:
    """One run, step by step."""

    def __init__(self, spark: SparkSession, job: Job, say: Callable[[str], None]) -> None:
        self._spark, self._job, self._say = spark, job, say
        self._files = Files(spark, job.output)

    def all(self) -> Done:
        """All steps."""
        self._files.delete(_WORK)
        inputs = self._kept(self._inputs(), "inputs").dropDuplicates(["name", "digest"])
        found = profiles(inputs)
        articles = self._kept(settled(inputs, found), "settled")
        self._say(f"{articles.count():,} inputs are read")
        sorted_out = self._kept(self._sorted(articles), "sorted")
        versions = replace(Coder(self._job.how.codebook).versions, profiles=found.version)
        names = self._shards(sorted_out, versions)
        kept = self._code(names, found.version)
        codings = self._spark.read.schema(_spark_schema()).parquet(
            *(self._files.at("codings", name) for name in sorted(names.values()))
        ) if names else self._spark.createDataFrame([], _spark_schema())  # fmt: skip
        ledger = self._published(_ledger(sorted_out, codings), "ledger")
        sites = _sites(sorted_out)
        work = self._files.at(_WORK, "incidents")
        incidents = self._published(gathered(codings.where("coding is not null"), sites, work), "incidents")
        fates = {row["fate"]: row["count"] for row in ledger.groupBy("fate").count().collect()}
        done = Done(ledger.count(), fates, len(names), kept, incidents.count())
        self._files.delete(_WORK)
        return done

    def _inputs(self) -> DataFrame:
        from pyspark.errors import AnalysisException

        frames = []
        kinds = ((of_tables, self._job.tables), (of_files, self._job.files))
        for read, path in ((read, path) for read, paths in kinds for path in paths):
            try:
                frames.append(read(self._spark, path, self._job.how))
            except AnalysisException as error:  # no such path, no Parquet
                raise UnreadableInput(str(error).partition("\n")[0], path) from error
        if not frames:
            raise WhenceError("name what to read: Parquet files as tables, or other files")
        first, *others = frames
        for frame in others:
            first = first.unionAll(frame)
        return first

    def _sorted(self, articles: DataFrame) -> DataFrame:
        """The inputs, each with the text of which it is a copy, if it is one, and whether it is the one to be coded.

        Of the articles of one text the first by day, id, address and name is coded.
        """
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        has_text = articles.where("text is not null")
        texts = has_text.groupBy("text").agg(f.min("day").alias("day"), f.first("sketch").alias("sketch"))
        near = firsts(self._kept(texts, "texts"), self._files.at(_WORK, "copies"))
        leader = Window.partitionBy("text").orderBy("day", "twin", "name")
        ranked = (
            has_text.join(near, "text", "left")
            .withColumn("number", f.row_number().over(leader))
            .withColumn("leader", f.first("twin").over(leader))
        )
        copy_of = f.when(f.col("first").isNotNull(), f.col("first")).when(
            f.col("twin") != f.col("leader"), f.col("text")
        )
        known = ranked.withColumn("copy_of", copy_of).withColumn(
            "is_coded", f.col("copy_of").isNull() & (f.col("number") == 1)
        )
        columns = ["name", "digest", "fate", "id", "kind", "message", "article", "text", "twin", "site"]
        others = articles.where("text is null").select(
            *columns, f.lit(None).cast("string").alias("copy_of"), f.lit(False).alias("is_coded")
        )
        return known.select(*columns, "copy_of", "is_coded").unionAll(others)

    def _shards(self, inputs: DataFrame, versions: Versions) -> dict[int, str]:
        """Puts the articles that are to be coded into folders of a shard each; the file that each shard becomes."""
        from pyspark.sql import functions as f

        coded_ones = inputs.where("is_coded")
        count = 1
        while count * self._job.shard < coded_ones.count():
            count *= 2
        number = f.conv(f.substring("text", 1, 8), 16, 10).cast("long") % count
        rows = coded_ones.select("name", "article", "text", number.cast("int").alias("shard"))
        rows.repartition("shard").sortWithinPartitions("shard", "text").write.partitionBy("shard").mode(
            "overwrite"
        ).parquet(self._files.at(_WORK, "articles"))
        digest = f.sha2(f.concat_ws("\n", f.col("name"), f.sha2("article", 256)), 256)
        digests = rows.groupBy("shard").agg(
            f.sha2(f.concat_ws("\n", f.sort_array(f.collect_list(digest))), 256).alias("digest")
        )
        said = json.dumps(dataclasses.asdict(versions), sort_keys=True)
        return {
            row["shard"]: hashlib.sha256(f"{row['digest']}\n{said}".encode()).hexdigest()[:32] + ".parquet"
            for row in digests.collect()
        }

    def _code(self, names: Mapping[int, str], version: str) -> int:
        """Codes the shards that are not there, as many at once as there are cores; how many were there."""
        there = set(self._files.names("codings"))
        missing = [shard for shard, name in sorted(names.items()) if name not in there]
        self._say(f"{len(names):,} shards, of which {len(names) - len(missing):,} are there already")
        with ThreadPoolExecutor(max(1, self._spark.sparkContext.defaultParallelism)) as threads:
            for number, shard in enumerate(threads.map(partial(self._code_one, names, version), missing), 1):
                self._say(f"shard {names[shard]} is coded, {number:,} of {len(missing):,}")
        for name in there - set(names.values()):  # of other articles or versions: else a row would be there twice
            self._files.delete(f"codings/{name}")
        return len(names) - len(missing)

    def _code_one(self, names: Mapping[int, str], version: str, shard: int) -> int:
        """Codes one shard, and gives its file the final name."""
        attempt = f"{_WORK}/coding-{uuid4().hex}"
        source = self._files.at(_WORK, "articles", f"shard={shard}")
        articles = self._spark.read.schema("name string, article binary, text string").parquet(source)
        ordered = articles.coalesce(1).sortWithinPartitions("text").select("name", "article")
        how = self._job.how

        def code(rows: Iterator[Row]) -> Iterator[Row]:
            return coded(rows, how, version)

        try:
            mapped(ordered, code, _coded_schema()).write.parquet(self._files.at(attempt))
        except Exception as error:
            raise WhenceError(
                f"shard {names[shard]} could not be coded: {error}; run the same job again to go on"
            ) from error
        (part,) = (name for name in self._files.names(attempt) if name.startswith("part-"))
        self._files.move(f"{attempt}/{part}", f"codings/{names[shard]}")
        return shard

    def _kept(self, frame: DataFrame, name: str) -> DataFrame:
        """A frame as it was written for this run."""
        folder = self._files.at(_WORK, name)
        frame.write.mode("overwrite").parquet(folder)
        return self._spark.read.parquet(folder)

    def _published(self, frame: DataFrame, name: str) -> DataFrame:
        """A frame as a folder of the output, which is there whole or not at all."""
        made = f"{_WORK}/{name}-{uuid4().hex}"
        frame.write.parquet(self._files.at(made))
        self._files.replace(made, name)
        return self._spark.read.parquet(self._files.at(name))


def _ledger(inputs: DataFrame, codings: DataFrame) -> DataFrame:
    """What became of each input."""
    from pyspark.sql import functions as f

    outcomes = codings.select(
        "name", f.col("fate").alias("ended"), f.col("error_kind").alias("why"), f.col("error_message").alias("told")
    )
    coded_ones = inputs.where("is_coded").select("name", "text").join(outcomes, "name").drop("name")
    fate = f.coalesce("fate", f.when(f.col("copy_of").isNotNull(), f.lit("copy")).otherwise(f.col("ended")))
    is_own = f.col("copy_of").isNull()
    return inputs.join(coded_ones, "text", "left").select(
        "name",
        "digest",
        fate.alias("fate"),
        "id",
        f.coalesce("kind", f.when(is_own, f.col("why"))).alias("kind"),
        f.coalesce("message", f.when(is_own, f.col("told"))).alias("message"),
        "text",
        "copy_of",
    )


def _sites(inputs: DataFrame) -> DataFrame:
    """The sites of the near-copies of each text."""
    from pyspark.sql import functions as f

    near = inputs.where("copy_of is not null and site is not null").select("copy_of", "text", "twin", "site").distinct()
    return near.groupBy(f.col("copy_of").alias("text")).agg(f.sort_array(f.collect_list("site")).alias("outlets"))


def _coded_schema() -> pa.Schema:
    """`function.coded_schema` without lists of a fixed length, which Spark does not know."""
    import pyarrow as pa

    def plain(kind: Any) -> Any:
        if pa.types.is_struct(kind):
            return pa.struct([pa.field(inner.name, plain(inner.type)) for inner in kind])
        if pa.types.is_list(kind) or pa.types.is_fixed_size_list(kind):
            return pa.list_(plain(kind.value_type))
        return kind

    return pa.schema([pa.field(known.name, plain(known.type), known.nullable) for known in function.coded_schema()])


def _spark_schema() -> Any:
    """The same for Spark."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(_coded_schema())
