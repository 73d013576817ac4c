"""The other end of a pool: a process that takes payloads from standard input and gives results on standard output.

It is started by the path of this file and knows nothing of whence before its first frame has told it where to import
from, so this module imports the standard library alone. A frame is one byte that says what it is, eight bytes with the
length, and as many bytes.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from struct import Struct
from typing import IO

READY, RESULT, FAILED = b"^", b"=", b"!"
"""What a frame is: the process has started, a result, or an error as JSON, `{"kind", "reason"}`."""
HEAD = Struct(">cQ")
_KILL_ME = 1
"""`PR_SET_PDEATHSIG` of Linux's prctl(2)."""
_SIGKILL = 9

Work = Callable[[bytes], bytes]


def main() -> None:
    """Starts as the first frame says, then answers each frame with one."""
    results = _own_output()
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    first = json.loads(requests.get())
    _end_with(first["parent"])
    sys.path[:] = first["path"]
    try:
        start = getattr(importlib.import_module(first["module"]), first["function"])
        work, information = start(**first["arguments"])
    except Exception as error:
        _tell(results, FAILED, _error(error))
        return
    gc.collect()
    gc.freeze()  # what was loaded stays: the collector need not walk through it again and again
    _tell(results, READY, information)
    while True:
        _tell(results, *_answer(work, requests.get()))


def _answer(work: Work, payload: bytes) -> tuple[bytes, bytes]:
    """A result, or what was wrong; whatever it was, the next payload goes on."""
    try:
        return RESULT, work(payload)
    except Exception as error:
        return FAILED, _error(error)


def _error(error: Exception) -> bytes:
    kind = "too much memory" if isinstance(error, MemoryError) else getattr(error, "kind", "internal")
    reason = str(error) if hasattr(error, "kind") else f"{type(error).__name__}: {error}; please report it"
    return json.dumps({"kind": kind, "reason": reason}).encode()


def _own_output() -> IO[bytes]:
    """The pipe to the parent, out of reach of libraries that print: what they print is dropped."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _tell(results: IO[bytes], kind: bytes, payload: bytes) -> None:
    try:
        results.write(HEAD.pack(kind, len(payload)))
        results.write(payload)
        results.flush()
    except OSError:  # nobody waits for it any more
        os._exit(1)


def _listen(stream: IO[bytes], requests: SimpleQueue[bytes]) -> None:
    """Hands on what the parent sends; when it sends no more, it is gone, and so is this process, amid its work."""
    while frame := read_frame(stream):
        requests.put(frame[1])
    os._exit(0)


def read_frame(stream: IO[bytes], most: int | None = None) -> tuple[bytes, bytes] | None:
    """The next frame, or None at the end of the stream, inside a frame too, and for one of more than `most` bytes."""
    try:
        head = stream.read(HEAD.size)
        if len(head) < HEAD.size:
            return None
        kind, length = HEAD.unpack(head)
        if most is not None and length > most:
            return None
        payload = stream.read(length)
    except (OSError, ValueError):  # ValueError: closed by another thread
        return None
    return (kind, payload) if len(payload) == length else None


def _end_with(parent: int) -> None:
    """Asks Linux to end this process with its parent, also where a library never lets go of the interpreter."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_KILL_ME, _SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    main()
