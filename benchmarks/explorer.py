"""How fast the explorer answers over HTTP on a large archive, and how much memory it takes.

`python -m benchmarks.explorer --archive FILE [--rounds N]` starts `whence serve` as a user does, asks every address
that a page asks, with other conditions every time, and prints for each the median and the 95th percentile in
milliseconds, the kilobytes of an answer, and at the end the most memory that the server has had. The first page is
also timed on a server that has just been started.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from benchmarks.archive import Known, filters
from whence import Archive

ROUNDS = 20
SHOWN = ("all", "type", "country", "type and country", "month", "actor by name", "circle", "text, three words")
"""Conditions under which the pages are asked."""
WAIT = 60.0
"""Seconds that the server may take to start and to answer."""


@contextmanager
def server(archive: Path) -> Iterator[tuple[int, str]]:
    """A server of its own for an archive: its process and its address."""
    command = [sys.executable, "-c", "from whence.cli import main; main()"]
    command += ["serve", "--archive", str(archive), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.pid, urlsplit(process.stdout.readline().strip()).netloc
        finally:
            process.terminate()


def get(host: str, path: str) -> tuple[float, bytes]:
    """Milliseconds that an answer took, and the answer. Raises `SystemExit` where it is none."""
    connection = http.client.HTTPConnection(host, timeout=WAIT)
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    took = 1_000 * (time.perf_counter() - began)
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} {body[:300]!r}")
    return took, body


def address(path: str, wanted: dict[str, Any]) -> str:
    """An address with conditions."""
    return f"{path}?{urlencode({name: _parameter(value) for name, value in wanted.items()})}"


def _parameter(value: Any) -> str:
    return ",".join(f"{part:.5f}" for part in value) if isinstance(value, tuple) else str(value)


def addresses(archive: Archive, known: Known) -> dict[str, Callable[[], str]]:
    """For each page what makes the address that it asks."""
    made = filters(known)
    asked: dict[str, Callable[[], str]] = {}
    for what, path in (
        ("search", "/api/search"),
        ("incidents", "/api/incidents"),
        ("timeline", "/api/days"),
        ("map", "/api/map"),
        ("actors", "/api/dyads"),
    ):
        for name in SHOWN:
            asked[f"{what}: {name}"] = lambda path=path, name=name: address(path, made[name]())  # type: ignore[misc]
    ids = archive.incidents(articles=2, limit=200).column("id").to_pylist() or archive.incidents(limit=1)["id"]
    return asked | {
        "search page": lambda: "/",
        "article": lambda: f"/api/articles/{known.of('sha256')}",
        "incident": lambda: f"/api/incidents/{known.pick.choice(ids)}",
        "actor": lambda: f"/api/actors/{quote(known.called(), safe='')}",
    }


def memory(process: int) -> int:
    """The most memory that a process has had, in bytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf8")
    return 1_024 * int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def measure(path: Path, rounds: int) -> None:
    """Prints the table."""
    with Archive(path, read_only=True) as archive:
        known = Known(archive, random.Random(11))
        asked = addresses(archive, known)
        began = time.perf_counter()
        with server(path) as (process, host):
            print(f"server answers after {time.perf_counter() - began:.1f} s")
            took, body = get(host, "/api/search")
            print(f"first search {took:,.0f} ms, {len(json.loads(body)['rows'])} rows")
            print(f"{'address':<28} {'median ms':>10} {'p95 ms':>10} {'worst ms':>10} {'kB':>8}")
            for name, make in asked.items():
                found = [get(host, make()) for _ in range(rounds)]
                times, size = [ms for ms, _ in found], statistics.median(len(body) for _, body in found)
                p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
                print(
                    f"{name:<28} {statistics.median(times):>10.0f} {p95:>10.0f} {max(times):>10.0f} {size / 1e3:>8.0f}",
                    flush=True,
                )
            print(f"memory of the server at most {memory(process) / 1e6:,.0f} MB")


def main() -> None:
    """Parses the command line and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each address is asked")
    options = parser.parse_args()
    measure(options.archive, options.rounds)


if __name__ == "__main__":
    main()
