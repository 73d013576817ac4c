"""A pool of child processes that can be ended: no document takes the others with it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType
from typing import Any, TypeVar

from whence.errors import InputError
from whence.scale.worker import Start, Task, Worker

C = TypeVar("C")
AHEAD = 64
"""Payloads for each worker that are taken before the first result is. One slow document then holds up the others only
when they are so far ahead; the price is that as many results are in memory."""
AHEAD_BYTES = 50_000_000
"""Bytes of such payloads beyond which no other is taken."""
_WATCH_SECONDS = 0.05
"""How often time and memory are looked at; a process that fills memory as fast as it can takes some 200 MB between."""

Answer = Future[bytes | InputError]


class Pool:
    """Children that turn payloads into results, each document under a cap on time and memory.

        with Pool(start, workers=2, seconds=25, memory=1_000_000_000) as pool:
            for name, result in pool.map([("a.html", b"…")]):
                ...

    `start` is a function of a module. Each child imports that module, calls `start(**arguments)` and gets the function
    from payload to result, and a few bytes for `information`. Children are new processes, not forks: the same on all
    systems, and safe beside threads. What comes back from them is bytes, which nothing here executes.

    Children end with the pool and with the process that holds it, however that ends.
    """

    def __init__(
        self,
        start: Start,
        workers: int = 1,
        *,
        seconds: float,
        memory: int,
        arguments: Mapping[str, Any] | None = None,
    ) -> None:
        """`seconds` and `memory` (bytes of a whole child) are the caps for one document."""
        task = Task(start, seconds, memory, arguments or {})
        self._workers = [Worker(task) for _ in range(workers)]
        self._tasks: SimpleQueue[tuple[Answer, bytes] | None] = SimpleQueue()
        self._first: Future[bytes] = Future()
        self._closing = threading.Event()
        self._threads = [threading.Thread(target=self._serve, args=(w,), daemon=True) for w in self._workers]
        self._threads.append(threading.Thread(target=self._watch, daemon=True))
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def information(self) -> bytes:
        """What `start` said of itself in the first child that is ready. Raises `WhenceError` if none can be started."""
        return self._first.result()

    def map(self, items: Iterable[tuple[C, bytes]]) -> Generator[tuple[C, bytes | InputError], None, None]:
        """For each pair of context and payload the context with the result, or with the error that says why not.

        In the order of the items, of which only a bounded number is taken ahead. A document over its caps is
        `TooSlow` or `TooMuchMemory`; one whose process died twice `Crashed`. Raises `WhenceError` if no child can be
        started.
        """
        waiting: deque[tuple[C, int, Answer]] = deque()
        held = 0
        try:
            for context, payload in items:
                answer: Answer = Future()
                waiting.append((context, len(payload), answer))
                held += len(payload)
                self._tasks.put((answer, payload))
                while waiting and (waiting[0][2].done() or self._is_full(len(waiting), held)):
                    done, size, answer = waiting.popleft()
                    held -= size
                    yield done, answer.result()
            while waiting:
                done, _, answer = waiting.popleft()
                yield done, answer.result()
        finally:
            for _, _, answer in waiting:
                answer.cancel()

    def _is_full(self, count: int, held: int) -> bool:
        return count >= AHEAD * len(self._workers) or (held > AHEAD_BYTES and count > len(self._workers))

    def close(self) -> None:
        """Ends all children, whatever they are at."""
        self._closing.set()
        for worker in self._workers:
            self._tasks.put(None)
            worker.end()
        for thread in self._threads:
            thread.join()

    def _serve(self, worker: Worker) -> None:
        """One worker's thread."""
        try:
            worker.begin()
        except Exception as error:
            with suppress(Exception):
                self._first.set_exception(error)
        else:
            with suppress(Exception):  # another was ready before
                self._first.set_result(worker.information)
        while (task := self._tasks.get()) is not None:
            answer, payload = task
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                answer.set_result(worker.run(payload))
            except Exception as error:
                answer.set_exception(error)
        worker.close()

    def _watch(self) -> None:
        """The thread that looks at time and memory."""
        while not self._closing.wait(_WATCH_SECONDS):
            for worker in self._workers:
                worker.watch()
