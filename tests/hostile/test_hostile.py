"""Every input of the hostile corpus, read as a user would: it ends in time with a named outcome, and others go on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.make_corpus import KINDS, write

SECONDS = 30.0
"""Of processor time, which a busy machine does not stretch; the program has one thread."""
PATIENCE = 120.0
"""Seconds by the clock, after which a run is ended: one that waits for something would use no processor."""
MEMORY = 1_000_000_000
"""Bytes of resident memory, of the largest process."""
ORDINARY = "Rebels attacked the town of Harim on Monday, killing five soldiers, the defence ministry said.\n"
MAIN = "from whence.cli import main; main()"
LAUNCH = """
import json, resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss, status]), file=sys.stderr)
"""
"""Runs a command and tells what it used. A process of its own, as Linux counts a parent's memory to its child's."""
QUICK = (
    "bomb.jsonl.gz", "bomb.warc.gz", "bomb-inside.warc.gz", "lying-lengths.warc", "entities.docx", "nested-tags.html",
    "many-attributes.html", "entities.xhtml", "entities.rss", "zeros.txt", "deep.jsonl", "broken-foot.parquet",
)  # fmt: skip
"""Those of the short round, which go through one run together."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one run of `whence read`."""

    seconds: float
    memory: int
    status: int
    rows: list[dict[str, Any]]


def read(paths: list[Path], folder: Path) -> Run:
    """`whence read` on these files and an ordinary article behind them, ended after a while; measured from outside."""
    ordinary = folder / "ordinary.txt"
    ordinary.write_text(ORDINARY, encoding="utf8")
    with (folder / "out").open("wb") as out, (folder / "problems").open("w+b") as problems:
        child = subprocess.Popen(
            [
                sys.executable,
                "-c",
                LAUNCH,
                sys.executable,
                "-c",
                MAIN,
                "read",
                *map(str, paths),
                str(ordinary),
                "--jsonl",
            ],
            stdout=out,
            stderr=problems,
            start_new_session=True,
        )
        end = threading.Timer(PATIENCE, os.killpg, (child.pid, signal.SIGKILL))
        end.start()
        child.wait()
        end.cancel()
        problems.seek(0)
        seconds, memory, status = json.loads(problems.read().splitlines()[-1])
    lines = (folder / "out").read_text(encoding="utf8").splitlines()
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, memory * unit, status, [json.loads(line) for line in lines])


def require_named(run: Run, inputs: int) -> None:
    """Each input was coded or has an error with a name, and the ordinary article was coded after them."""
    assert run.status in (0, 1)
    assert len(run.rows) > inputs
    for row in run.rows:
        assert row.get("error", {}).get("kind") != "internal", row
    assert run.rows[-1].get("events"), "the ordinary article was not coded"


def test_the_short_round(tmp_path: Path) -> None:
    run = read([write(tmp_path, name) for name in QUICK], tmp_path)
    require_named(run, len(QUICK))
    coded = [row for row in run.rows if "events" in row]
    assert len(coded) > 4, "pages beside a bomb in a WARC file were lost"
    assert run.seconds < SECONDS
    assert run.memory < MEMORY


@pytest.mark.long
@pytest.mark.parametrize("name", KINDS)
def test_each_kind(name: str, tmp_path: Path) -> None:
    run = read([write(tmp_path, name)], tmp_path)
    require_named(run, 1)
    assert run.seconds < SECONDS
    assert run.memory < MEMORY
