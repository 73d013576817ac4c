"""Whether twice the cores give twice the speed, and ten times the input takes ten times the time and no more memory.

`python -m benchmarks.scale [--articles N]` ingests N made-up articles (`benchmarks.generator`) with one worker and with
two, and ten times as many with two. What a run takes before it codes, the time of a run over one article, is taken off.
Printed are seconds by the clock, and the most memory that one of its processes had. Nothing else may run meanwhile.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = [sys.executable, "-c", "from whence.cli import main; main()", "ingest"]


@dataclass(frozen=True, slots=True)
class Run:
    """What an ingest took."""

    seconds: float
    memory: int
    """Bytes that its largest process had at most."""


def ingest(file: Path, workers: int) -> Run:
    """Ingests a file into an archive of its own."""
    begun = time.perf_counter()
    archive = file.with_name(f"{file.stem}.{workers}.db")
    command = [*PROGRAM, str(file), "--archive", str(archive), "--workers", str(workers)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Run(time.perf_counter() - begun, usage.ru_maxrss * 1024)


def made(folder: Path, count: int) -> Path:
    """A file of so many made-up articles."""
    file = folder / f"{count}.jsonl"
    with file.open("wb") as out:
        subprocess.run([sys.executable, "-m", "benchmarks.generator", "--articles", str(count)], stdout=out, check=True)
    return file


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    said = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, some, many = (made(folder, count) for count in (1, said.articles, 10 * said.articles))
        start = ingest(one, 1).seconds
        alone, both, ten = ingest(some, 1), ingest(some, 2), ingest(many, 2)
    print(f"start: {start:.1f} s, taken off below")
    for text, run in (("one worker", alone), ("two workers", both), ("ten times the input", ten)):
        print(f"{text:<20}{run.seconds - start:>8.1f} s {run.memory / 1e6:>6.0f} MB")
    print(f"one to two cores: {(alone.seconds - start) / (both.seconds - start):.2f} times the speed")
    print(f"ten times the input: {(ten.seconds - start) / (both.seconds - start):.2f} times the time, "
          f"{ten.memory / both.memory:.2f} times the memory")  # fmt: skip


if __name__ == "__main__":
    main()
