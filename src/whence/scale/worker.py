"""One worker: a child process, begun anew whenever it has had to be ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from whence.errors import Crashed, InputError, TooMuchMemory, TooSlow, WhenceError
from whence.scale import child

START_SECONDS = 120.0
"""How long a process may take until it is ready. It takes one or two, on a busy machine more."""
RESULT_BYTES = 500_000_000
"""Bytes of one result; a process that announces more is not believed. A coding has a hundredth of it."""
_GROWN = 0.75
"""Share of the memory cap above which a process is not given another document, for the next would pay for the last."""
_TRIES = 2
_BURIAL_SECONDS = 2.0
"""How long a dead child's exit status may take."""

Start = Callable[..., tuple[child.Work, bytes]]


@dataclass(frozen=True, slots=True)
class Task:
    """What a child process is to do, and what it may take."""

    start: Start
    """A function of a module: called in the child, gives the function that turns a payload into a result, and a few
    bytes that `Worker.information` hands on."""
    seconds: float
    """For one payload, from when the child has it, all tries together."""
    memory: int
    """Bytes that the whole process may have in memory. Watched where there is a /proc, as on Linux."""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    """Of `start`; JSON."""

    def frame(self) -> bytes:
        """The first frame for a child."""
        first = {
            "parent": os.getpid(),
            "path": sys.path,
            "module": self.start.__module__,
            "function": self.start.__qualname__,
            "arguments": dict(self.arguments),
        }
        return json.dumps(first).encode()


class Worker:
    """Turns payloads into results, one after another, in a child process.

    `run` is for one thread. `watch` and `end` are for others.
    """

    def __init__(self, task: Task) -> None:
        self._task = task
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._deadline: float | None = None
        self._verdict: InputError | None = None
        self._is_ended = False
        self.information = b""
        """What `start` gave beside the function."""

    def run(self, payload: bytes) -> bytes | InputError:
        """The result, or why there is none.

        A child that died by itself is replaced, and the payload tried once more. Raises `WhenceError` if a child
        cannot be started.
        """
        left = self._task.seconds
        for _ in range(_TRIES):
            self.begin()
            begun = time.monotonic()
            answer = self._ask(payload, begun + left)
            if answer is not None:
                return answer
            left -= time.monotonic() - begun
            status = self._close(is_dead=True)
        return Crashed(f"the process that read it ended ({_said(status)}), and so did the one that tried again")

    def begin(self) -> None:
        """Starts the child, if there is none. Raises `WhenceError` if it cannot be."""
        if self._process is not None:
            return
        with self._lock:
            if self._is_ended:
                raise WhenceError("the pool is closed")
            self._process = process = _open()
            self._deadline, self._verdict = time.monotonic() + START_SECONDS, None
        _send(process, self._task.frame())
        found = child.read_frame(_pipe(process.stdout), RESULT_BYTES)
        verdict = self._settle()
        if found is not None and found[0] == child.READY and verdict is None:
            self.information = found[1]
            return
        status = self._close(is_dead=found is None)
        if isinstance(verdict, TooMuchMemory):
            raise WhenceError(
                f"a worker process wants more than {_megabytes(self._task.memory)} before it reads anything; "
                "give it more with --limit document_memory=BYTES"
            )
        if verdict is not None:
            raise WhenceError(f"a worker process was not ready after {START_SECONDS:g} s")
        if found is None:
            raise WhenceError(f"a worker process ended before it was ready ({_said(status)})")
        raise WhenceError(_reason(found[1]))

    def _ask(self, payload: bytes, deadline: float) -> bytes | InputError | None:
        """The child's answer, or the verdict by which it was ended; None if it died by itself."""
        process = self._process
        assert process is not None
        with self._lock:
            self._deadline, self._verdict = deadline, None
        found = child.read_frame(_pipe(process.stdout), RESULT_BYTES) if _send(process, payload) else None
        verdict = self._settle()
        if found is None:
            if verdict is not None:
                self._close()
            return verdict
        kind, answer = found
        if kind == child.RESULT and verdict is None and _resident(process.pid) <= _GROWN * self._task.memory:
            return answer
        if verdict is not None or kind == child.RESULT:
            self._close()  # it was ended just as it answered, or has grown
        return answer if kind == child.RESULT else self._error(answer)

    def _settle(self) -> InputError | None:
        """Ends the watch over the child; the verdict, if there was one."""
        with self._lock:
            self._deadline = None
            return self._verdict

    def _error(self, answer: bytes) -> InputError:
        if _kind(answer) == "too much memory":
            self._close()
            return self._too_much()
        error = InputError(_reason(answer))
        error.kind = _kind(answer)
        return error

    def watch(self) -> None:
        """Ends the child if it has taken too long or too much."""
        with self._lock:
            process = self._process
            if process is None or self._deadline is None or self._verdict is not None:
                return
            if time.monotonic() > self._deadline:
                seconds = self._task.seconds
                self._verdict = TooSlow(
                    f"reading it took longer than {seconds:g} s; give it more: --limit document_seconds={2 * seconds:g}"
                )
            elif _resident(process.pid) > self._task.memory:
                self._verdict = self._too_much()
            else:
                return
            process.kill()

    def _too_much(self) -> TooMuchMemory:
        memory = self._task.memory
        return TooMuchMemory(
            f"reading it wanted more than {_megabytes(memory)} of memory; "
            f"give it more: --limit document_memory={2 * memory}"
        )

    def end(self) -> None:
        """Ends the child, whatever it is at, and lets no other begin."""
        with self._lock:
            self._is_ended = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Ends the child and waits until it is gone; for the thread that runs it."""
        if self._process is not None:
            self._close()

    def _close(self, is_dead: bool = False) -> int:
        """Ends the child, or buries it; its exit status."""
        with self._lock:
            process, self._process = self._process, None
        assert process is not None
        status = _status(process) if is_dead else None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # what was not yet sent to a child that is gone
                _pipe(pipe).close()
        ended = process.wait()
        return ended if status is None else status


def _open() -> subprocess.Popen[bytes]:
    """A child that waits for its first frame.

    It stands outside the terminal's group, so that Ctrl-C reaches the parent alone, and has one thread for arithmetic,
    for there are as many workers as processors.
    """
    command = [sys.executable, "-P", str(Path(child.__file__))]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "ARROW_NUM_THREADS": "1"}
    apart: dict[str, Any] = {"process_group": 0}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        **apart,
    )


def _send(process: subprocess.Popen[bytes], payload: bytes) -> bool:
    """Whether the child took it."""
    pipe = _pipe(process.stdin)
    try:
        pipe.write(child.HEAD.pack(child.RESULT, len(payload)))
        pipe.write(payload)
        pipe.flush()
    except OSError:
        return False
    return True


def _status(process: subprocess.Popen[bytes]) -> int | None:
    """How a child ended whose output has; None if it has closed its output and lives."""
    try:
        return process.wait(_BURIAL_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _resident(process: int) -> int:
    """Bytes that a process has in memory; 0 where the system does not say it in /proc."""
    try:
        pages = Path(f"/proc/{process}/statm").read_bytes().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _kind(answer: bytes) -> str:
    return str(json.loads(answer)["kind"])


def _reason(answer: bytes) -> str:
    return str(json.loads(answer)["reason"])


def _said(status: int) -> str:
    return f"by signal {-status}" if status < 0 else f"with status {status}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
