"""The pool: order, caps, deaths, and what is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scale import work
from whence.errors import Crashed, TooMuchMemory, TooSlow, WhenceError
from whence.scale import Pool
from whence.scale.pool import AHEAD

SECONDS, MEMORY = 10.0, 200_000_000


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    folder = str(tmp_path_factory.mktemp("pool"))
    with Pool(work.start, 2, seconds=SECONDS, memory=MEMORY, arguments={"folder": folder}) as pool:
        yield pool


def results(pool: Pool, *payloads: bytes) -> list[object]:
    return [result for _, result in pool.map(enumerate(payloads))]


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_results_come_in_the_order_of_the_items(pool: Pool) -> None:
    items = [(n, b"sleep 0.2" if n == 0 else b"item %d" % n) for n in range(50)]
    found = list(pool.map(items))
    assert [n for n, _ in found] == list(range(50))
    assert found[7] == (7, b"ITEM 7")


def test_a_child_says_what_it_is_when_it_is_ready(pool: Pool) -> None:
    assert pool.information() == b"ready"


def test_items_are_taken_ahead_only_so_far(pool: Pool) -> None:
    taken = 0

    def endless() -> Iterator[tuple[int, bytes]]:
        nonlocal taken
        while True:
            taken += 1
            yield taken, b"sleep 0.3" if taken == 1 else b"x"

    found = pool.map(endless())
    next(found)
    assert taken <= 2 * AHEAD
    found.close()
    assert results(pool, b"a") == [b"A"]  # what was taken ahead is forgotten


def test_what_a_library_prints_is_no_result(pool: Pool) -> None:
    assert results(pool, b"print", b"b") == [b"PRINT", b"B"]


def test_an_error_in_the_work_is_this_documents_alone(pool: Pool) -> None:
    error, after = results(pool, b"raise bad", b"b")
    assert getattr(error, "kind", None) == "internal"
    assert "ValueError: bad; please report it" in str(error)
    assert after == b"B"


def test_a_document_over_its_time_is_ended_and_named() -> None:
    with Pool(work.start, seconds=0.5, memory=MEMORY) as pool:
        begun = time.monotonic()
        pool.information()
        slow, after = results(pool, b"sleep 60", b"b")
        assert time.monotonic() - begun < 20
    assert isinstance(slow, TooSlow)
    assert "0.5 s; give it more: --limit document_seconds=1" in slow.reason
    assert after == b"B"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is watched in /proc")
def test_a_document_over_its_memory_is_ended_and_named(pool: Pool) -> None:
    greedy, after = results(pool, b"fill", b"b")
    assert isinstance(greedy, TooMuchMemory)
    assert "200 MB" in greedy.reason
    assert after == b"B"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is watched in /proc")
def test_a_worker_that_needs_more_than_the_cap_by_itself_is_told() -> None:
    with Pool(work.start, seconds=1, memory=1_000) as pool, pytest.raises(WhenceError, match="document_memory"):
        results(pool, b"a")


def test_a_death_costs_one_retry(pool: Pool) -> None:
    assert results(pool, b"stumble one", b"b") == [b"STUMBLE ONE", b"B"]


def test_a_second_death_is_a_crash_and_says_how(pool: Pool) -> None:
    crashed, after = results(pool, b"die", b"b")
    assert isinstance(crashed, Crashed)
    assert "status 7" in crashed.reason
    assert after == b"B"


def test_a_worker_killed_from_outside_loses_nothing(pool: Pool) -> None:
    found = pool.map((n, b"pid" if n < 2 else b"sleep 0.01") for n in range(100))
    for n, result in found:
        if n == 1:
            assert isinstance(result, bytes)
            os.kill(int(result), signal.SIGKILL)
        assert isinstance(result, bytes), result


@pytest.mark.parametrize(("start", "reason"), [(work.broken, "no such category"), (work.deaf, "status 3")])
def test_children_that_cannot_start_are_an_error(start: object, reason: str) -> None:
    with Pool(start, 2, seconds=1, memory=MEMORY) as pool, pytest.raises(WhenceError, match=reason):  # type: ignore[arg-type]
        results(pool, b"a")


def test_no_child_outlives_the_pool() -> None:
    with Pool(work.start, 1, seconds=SECONDS, memory=MEMORY) as pool:
        ((_, child), *_) = pool.map([(0, b"pid")])
        assert isinstance(child, bytes)
        running = pool.map([(0, b"a"), (1, b"sleep 60")])
        next(running)  # the child sleeps now
    assert not is_alive(int(child))


PARENT = """
import sys
from tests.scale import work
from whence.scale import Pool
with Pool(work.start, 1, seconds=100, memory=10**9) as pool:
    for _, result in pool.map([(0, b"pid"), (1, b"sleep 60"), (2, b"sleep 60")]):
        print(result.decode(), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_children_end_with_a_parent_that_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_alive(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(child)
