"""What is installed, which versions, and how fast it is on this machine."""

from __future__ import annotations

import platform
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path

from whence.errors import WhenceError
from whence.pipeline import Coder

_SAMPLE = "doctor_sample.txt"
_MODEL = Path(__file__).parent / "model"
_SECONDS = 2.0
"""How long the sample is coded over and over."""
_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    value: str
    is_well: bool = True


def examine(threads: int = 1) -> Iterator[Finding]:
    """Looks at Python, the packages whence depends on, its data, and its speed on `threads` threads, in this order.

    A finding is not well if something is missing or broken; its value then says what to do.
    """
    coder = Coder(threads=threads)
    yield Finding("whence", version("whence"))
    yield Finding("Python", f"{platform.python_version()}, {sys.executable}")
    yield Finding("platform", f"{platform.platform()}, {platform.machine()}")
    yield from _packages()
    data = list(_data(coder))
    yield from data
    if all(finding.is_well for finding in data):
        yield _speed(coder, threads)


def _packages() -> Iterator[Finding]:
    """The packages that whence cannot do without."""
    for requirement in requires("whence") or ():
        found = _REQUIREMENT.match(requirement)
        if found is None or "extra ==" in requirement:
            continue
        try:
            yield Finding(found[0], version(found[0]))
        except PackageNotFoundError:
            yield Finding(found[0], f"missing; run: pip install '{requirement.partition(';')[0].strip()}'", False)


def _data(coder: Coder) -> Iterator[Finding]:
    """Model, codebook and knowledge, each with its version."""
    try:
        size = sum(file.stat().st_size for file in _MODEL.iterdir() if file.is_file())
        yield Finding("model", f"{coder.language.version}, {size / 1e6:.1f} MB, {_MODEL}")
    except (WhenceError, OSError) as problem:
        yield Finding("model", f"{problem}; install whence again", False)
    try:
        codebook = coder.codebook
        yield Finding("codebook", f"{codebook.version}, {len(codebook.categories)} types")
    except WhenceError as problem:
        yield Finding("codebook", str(problem), False)
    try:
        yield Finding("knowledge", coder.knowledge.version)
    except WhenceError as problem:
        yield Finding("knowledge", f"{problem}; install whence again", False)


def _speed(coder: Coder, threads: int) -> Finding:
    """Words, counted at white space, of the bundled article that are coded in a second, once all is loaded."""
    text = files("whence").joinpath(_SAMPLE).read_text(encoding="utf8")
    coder.read_text(text)
    rounds, begun = 0, time.perf_counter()
    while (passed := time.perf_counter() - begun) < _SECONDS:
        coder.read_text(text)
        rounds += 1
    return Finding(
        "speed", f"{rounds * len(text.split()) / passed:,.0f} words a second on {threads} thread{'s'[: threads > 1]}"
    )
