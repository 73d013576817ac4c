"""Spark gives what the local run gives, whatever dies on the way. It wants Java, and pyspark of the extra `spark`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from whence.archive import Archive, documents
from whence.errors import UnreadableInput
from whence.ingest import ingest
from whence.scale.spark_graph import components

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'whence[spark]'")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which is not installed: make java"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="its processes are looked up in /proc"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet:FutureWarning", "ignore::ResourceWarning"),
]
SITE = "http://www.tidings.example/"
FOOTER = "Tidings is printed on Lantern Street and delivered before breakfast."
TEXTS = [
    ("The army of Chad shelled the town of Abéché on Tuesday, Defence Minister Mariam Okala said.", "2021-03-03"),
    ("Chadian soldiers shelled Abéché on Tuesday, killing 12 people, witnesses said.", "2021-03-04"),
    ("Police in Lima arrested 14 protesters on Monday. The interior ministry denied that shots were fired.", None),
    ("Kenya and Uganda signed a trade agreement in Nairobi on Friday, officials said.", "2021-03-06"),
    ("Uganda said on Saturday that it had signed an agreement on trade with Kenya the day before.", "2021-03-07"),
    ("The president of Peru vowed to send troops to the border with Ecuador.", "2021-03-08"),
    ("Rebels attacked a convoy near Goma on Sunday, the UN mission said. Nobody was hurt.", "2021-03-08"),
    ("Norway expelled two Russian diplomats on Wednesday, the foreign ministry in Oslo announced.", "2021-03-11"),
]
LONG = (
    "Villagers along the river said that the dam had been closed for three weeks while engineers looked for cracks. "
    "The governor promised compensation to each farmer whose field had dried out, and blamed the builders of the wall. "
    "A committee of the parliament demanded the names of those who had signed the papers of the building company."
)
GERMAN = (
    "Die Regierung teilte am Montag mit, dass der Minister das Abkommen mit dem Nachbarn nicht unterschreiben wird."
)


def rows() -> list[dict[str, str | None]]:
    made = [
        {"id": f"t{n}", "text": f"{text}\n{FOOTER}", "published": day, "url": f"{SITE}{n}", "site": "Tidings"}
        for n, (text, day) in enumerate(TEXTS)
    ]
    made.append({"id": "river", "text": LONG, "published": "2021-03-05", "url": None, "site": "River Post"})
    copy = f"{LONG} The farmers wait."
    made.append({"id": "copied", "text": copy, "published": "2021-03-06", "url": None, "site": "Lake Post"})
    made.append({"id": "twin", "text": LONG, "published": "2021-03-07", "url": None, "site": "Hill Post"})
    made.append({"id": "german", "text": GERMAN, "published": None, "url": None, "site": None})
    made.append({"id": "nothing", "text": " ", "published": None, "url": None, "site": None})
    return made


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A table and a file of rows."""
    folder = tmp_path_factory.mktemp("inputs")
    table, others = folder / "some news.parquet", folder / "more.jsonl"
    parquet.write_table(pa.Table.from_pylist(rows()), table)
    more = [{"headline": "Ships", "body": f"Ships of Oman left the port of Salalah on {day}.", "x": 1} for day in "12"]
    others.write_text("".join(json.dumps(row) + "\n" for row in more))
    return table, others


@pytest.fixture(scope="module")
def local(inputs: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the local run makes of them."""
    path = tmp_path_factory.mktemp("local") / "news.db"
    with Archive(path) as archive:
        ingest([str(one) for one in inputs], archive)
    return of_archive(path)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from whence.scale.spark import session

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = session(spark__sql__shuffle__partitions="2", spark__default__parallelism="2")
    yield made
    made.stop()


def of_archive(path: Path) -> dict[str, Any]:
    """Ledger, codings and incidents of an archive."""
    connection = sqlite3.connect(path)
    loaded = [documents.load(documents.unpack(row)) for (row,) in connection.execute("SELECT json FROM documents")]
    incidents = [documents.load(documents.unpack(row)) for (row,) in connection.execute("SELECT json FROM incidents")]
    ledger = connection.execute(
        """SELECT i.name, i.digest, i.fate, i.article_name, i.kind, i.message, a.sha256, a.copy_of
           FROM inputs AS i LEFT JOIN articles AS a ON a.id = i.article"""
    ).fetchall()
    connection.close()
    return {
        "codings": {found["article"]["sha256"]: found for found in loaded if found.keys() != {"article"}},
        "incidents": {found["id"]: found for found in incidents},
        "ledger": sorted(ledger, key=str),
    }


def of_spark(folder: Path) -> dict[str, Any]:
    """The same of what Spark wrote; nothing may stand there twice."""
    codings = [json.loads(row["coding"]) for row in parquet.read_table(folder / "codings").to_pylist()]
    incidents = [json.loads(row["incident"]) for row in parquet.read_table(folder / "incidents").to_pylist()]
    ledger = [tuple(row.values()) for row in parquet.read_table(folder / "ledger").to_pylist()]
    assert len({found["article"]["sha256"] for found in codings}) == len(codings)
    assert len({found["id"] for found in incidents}) == len(incidents)
    return {
        "codings": {found["article"]["sha256"]: found for found in codings},
        "incidents": {found["id"]: found for found in incidents},
        "ledger": sorted(ledger, key=str),
    }


def processes() -> dict[int, tuple[int, str]]:
    """Parent and command of each process."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            found[int(folder.name)] = parent, (folder / "cmdline").read_bytes().decode(errors="replace")
        except (OSError, ValueError):  # it has ended meanwhile
            continue
    return found


def ours(process: int, known: dict[int, tuple[int, str]]) -> bool:
    """Whether a process descends from this one."""
    while process in known and process != os.getpid():
        process = known[process][0]
    return process == os.getpid()


def children() -> dict[int, int]:
    """The children that code for Spark's Python workers below this process, each with its worker."""
    known = processes()
    return {
        process: parent
        for process, (parent, command) in known.items()
        if "scale/child.py" in command and "pyspark.daemon" in known.get(parent, (0, ""))[1] and ours(process, known)
    }


class Killer:
    """Is told of the steps of a run, and kills a Python worker of Spark's as soon as one codes."""

    def __init__(self) -> None:
        self.killed: list[int] = []
        self._thread = threading.Thread(target=self._kill, daemon=True)
        self._before: set[int] = set()

    def say(self, step: str) -> None:
        if "shards, of which" in step:
            self._before = set(children())
            self._thread.start()

    def _kill(self) -> None:
        deadline = time.monotonic() + 60
        while not self.killed and time.monotonic() < deadline:
            for child, worker in children().items():
                if child not in self._before and not self.killed:
                    os.kill(worker, signal.SIGKILL)
                    self.killed.append(worker)
            time.sleep(0.05)


def test_the_local_runs_rows_though_a_worker_dies(
    spark: Any, inputs: tuple[Path, Path], local: dict[str, Any], tmp_path: Path
) -> None:
    from whence.scale.spark import Job, run

    killer = Killer()
    job = Job(str(tmp_path / "out"), (str(inputs[0]),), (str(inputs[1]),), shard=4)
    done = run(spark, job, killer.say)
    assert killer.killed
    found = of_spark(tmp_path / "out")
    assert found == local
    assert {row[2] for row in local["ledger"]} == {"coded", "copy", "not English", "failed"}
    assert any(len(incident["tellings"]) > 1 for incident in local["incidents"].values())
    assert any(coding["article"]["excluded"] for coding in local["codings"].values())  # the site's line
    assert (done.inputs, done.kept, done.incidents) == (len(local["ledger"]), 0, len(local["incidents"]))

    shards = sorted((tmp_path / "out" / "codings").glob("*.parquet"))
    assert len(shards) == done.shards > 2
    times = [shard.stat().st_mtime_ns for shard in shards]
    shards[1].unlink()  # as if the run had been killed before it had its name
    again = run(spark, job)
    assert again.kept == done.shards - 1
    assert of_spark(tmp_path / "out") == local
    kept = [shard.stat().st_mtime_ns for shard in shards]
    assert [a == b for a, b in zip(times, kept, strict=True)] == [shard != shards[1] for shard in shards]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"codings", "ledger", "incidents"}


@pytest.mark.long
def test_a_driver_that_is_killed_is_run_again(inputs: tuple[Path, Path], local: dict[str, Any], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "whence.scale.spark_job", "--parquet", str(inputs[0]), "--files", str(inputs[1])]
    command += ["--output", str(tmp_path / "out"), "--shard", "2"]
    driver = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 300
    while not list((tmp_path / "out" / "codings").glob("*.parquet")) and time.monotonic() < deadline:
        assert driver.poll() is None
        time.sleep(0.1)
    driver.kill()
    driver.wait()
    written = {path.name for path in (tmp_path / "out" / "codings").glob("*.parquet")}
    assert written
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 1, result.stderr  # one input is empty
    assert "from before" in result.stderr
    assert " 0 of them from before" not in result.stderr
    assert of_spark(tmp_path / "out") == local


def test_an_input_that_is_not_there_is_told(spark: Any, tmp_path: Path) -> None:
    from whence.scale.spark import Job, run

    for job in (Job(str(tmp_path / "out"), tables=("missing.parquet",)), Job(str(tmp_path / "out"), files=("none/",))):
        with pytest.raises(UnreadableInput, match="does not exist"):
            run(spark, job)


def test_what_hangs_together_in_a_graph(spark: Any, tmp_path: Path) -> None:
    chain = [(f"n{i:02}", f"n{i + 1:02}") for i in range(20)]
    edges = spark.createDataFrame([*chain, ("x", "y"), ("y", "z")], "a string, b string")
    found = {row["node"]: row["label"] for row in components(edges, str(tmp_path / "graph")).collect()}
    assert found == {**{f"n{i:02}": "n00" for i in range(21)}, "x": "x", "y": "x", "z": "x"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--output", "x"], "name what to read"),
        (["--output", "x", "--files", "a", "--column", "text"], "FIELD=NAME"),
        (["--output", "x", "--files", "a", "--column", "body=text"], "FIELD one of text"),
        (["--output", "x", "--files", "a", "--limit", "pages=1"], "--limit"),
        (["--files", "a"], "--output"),
    ],
)
def test_wrong_usage_is_told_before_spark_starts(arguments: list[str], says: str) -> None:
    from click.testing import CliRunner

    from whence.scale.spark_job import main

    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert says in result.output
