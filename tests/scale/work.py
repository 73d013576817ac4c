"""What the children of the tests' pools do: payloads are commands."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from whence.errors import CodebookError
from whence.scale.child import Work


def start(folder: str = "") -> tuple[Work, bytes]:
    def work(payload: bytes) -> bytes:
        command, _, rest = payload.decode().partition(" ")
        if command == "sleep":
            time.sleep(float(rest))
        elif command == "fill":
            held = []
            while True:
                held.append(b"x" * 10_000_000)
        elif command == "die":
            os._exit(7)
        elif command == "stumble":
            marker = Path(folder) / rest
            if not marker.exists():
                marker.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        elif command == "raise":
            raise ValueError(rest)
        elif command == "print":
            print("loud library")
            os.write(1, b"louder library")
        elif command == "pid":
            return str(os.getpid()).encode()
        return payload.upper()

    return work, b"ready"


def broken() -> tuple[Work, bytes]:
    raise CodebookError("mine.yaml: no such category")


def deaf() -> tuple[Work, bytes]:
    os._exit(3)
