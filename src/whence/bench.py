"""How fast coding is on this machine, stage by stage, on fixed texts, and where the processor's time goes."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from whence import coding
from whence.archive import Archive
from whence.article import require_codable
from whence.pipeline import Coder, Failure, found_pages
from whence.records import Outcome, Page

STAGES = ("article", "encoder", "language", "coding", "output", "archive")
"""What the time of a round is divided into: the page becomes an article; the encoder's graph; all else of the reading;
events, statements and who; the JSON; the archive."""
_SAMPLE = "doctor_sample.txt"
_STARTS: tuple[tuple[str, Sequence[str]], ...] = (
    ("import", ("-c", "import whence")),
    ("help", ("-c", "from whence.cli import main; main()", "--help")),
    ("first_event", ("-c", "from whence.cli import main; main()", "read", "{sample}")),
)
"""Cold starts that are measured: the package, `whence --help`, and `whence read` of the sample until it ends."""
_TRIES = 3
"""Of each start, of which the quickest counts: the others waited for the disk or for other programs."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What was measured. Seconds of stages are of the processor, which a busy machine does not lengthen by much."""

    articles: int
    """That were coded, all rounds together."""
    words: int
    """Of them, counted at white space."""
    seconds: float
    """By the clock."""
    stages: dict[str, float]
    """Seconds of the processor in each of `STAGES`."""
    starts: dict[str, float] = field(default_factory=dict)
    """Seconds by the clock from a cold start until `whence` is imported, has printed its help, has read the sample."""
    memory: int | None = None
    """Bytes that the process had at most; None where the system does not say."""
    machine: str = ""
    whence: str = ""

    @property
    def processor(self) -> float:
        """Seconds of the processor in all stages."""
        return sum(self.stages.values())

    @property
    def share(self) -> float:
        """Share of the processor's time that the encoder's graph has."""
        return self.stages["encoder"] / self.processor

    def to_dict(self) -> dict[str, Any]:
        """As JSON, rates included."""
        return {
            **asdict(self),
            "articles_per_second": self.articles / self.seconds,
            "words_per_second": self.words / self.seconds,
            "encoder_share": self.share,
        }


def bench(targets: Sequence[str] = (), seconds: float = 10.0, threads: int = 1, starts: bool = True) -> Bench:
    """Codes the articles of some inputs, or the bundled sample, again and again for some seconds.

    All is loaded and each article coded once before the clock starts. Raises the `WhenceError` of an input that is
    none, and of what is missing to code.
    """
    sample = files("whence").joinpath(_SAMPLE)
    pages = _pages(targets) if targets else [Page(sample.read_bytes(), _SAMPLE, "text/plain")]
    coder = Coder(threads=threads)
    with tempfile.TemporaryDirectory() as folder:
        _round(coder, pages, Path(folder) / "warm.db", _Watch(coder))
        watch, words, rounds, begun = _Watch(coder), 0, 0, time.perf_counter()
        while (passed := time.perf_counter() - begun) < seconds or not rounds:
            words += _round(coder, pages, Path(folder) / f"{rounds}.db", watch)
            rounds += 1
    return Bench(
        rounds * len(pages),
        words,
        passed,
        {stage: watch.spent.get(stage, 0.0) for stage in STAGES},
        _starts(str(sample)) if starts else {},
        _memory(),
        f"{platform.processor() or platform.machine()}, {platform.system()}, Python {platform.python_version()}",
        version("whence"),
    )


def _pages(targets: Iterable[str]) -> list[Page]:
    found = [page for target in targets for page in found_pages(target, None)]
    for page in found:
        if isinstance(page, Failure):
            from whence.errors import InputError

            raise InputError(page.message, page.name)
    return [page for page in found if isinstance(page, Page)]


class _Watch:
    """Seconds of the processor by stage; of those of `language` the encoder's are taken out."""

    def __init__(self, coder: Coder) -> None:
        self._coder = coder
        self.spent: dict[str, float] = {}

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        """Counts what is done inside for a stage."""
        inside, begun = self._coder.language.seconds, time.process_time()
        yield
        encoder = self._coder.language.seconds - inside
        self._add(stage, time.process_time() - begun - encoder)
        self._add("encoder", encoder)

    def _add(self, stage: str, seconds: float) -> None:
        self.spent[stage] = self.spent.get(stage, 0.0) + seconds


def _round(coder: Coder, pages: Sequence[Page], archive: Path, watch: _Watch) -> int:
    """Codes each page once, into an archive; the words of all."""
    words, outcomes = 0, []
    for page in pages:
        with watch.on("article"):
            article = require_codable(coder.article(page))
        with watch.on("language"):
            analysis = coder.analyse(article.text)
        with watch.on("coding"):
            coded = coding.code(article, analysis, coder.codebook, coder.knowledge, coder.nearness)
        with watch.on("output"):
            json.dumps(coded.to_dict(), ensure_ascii=False)
        outcomes.append(Outcome(page.name, article.sha256, "coded", article.id, coding=coded))
        words += len(article.text.split())
    with Archive(archive) as kept, watch.on("archive"):
        kept.save(outcomes)
    return words


def _starts(sample: str) -> dict[str, float]:
    """The quickest of some cold starts of each kind."""
    return {
        name: min(_timed([sys.executable, *(part.format(sample=sample) for part in command)]) for _ in range(_TRIES))
        for name, command in _STARTS
    }


def _timed(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def _memory() -> int | None:
    """Bytes that this process had at most."""
    if sys.platform == "win32":
        return None
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def lines(found: Bench, say: Callable[[float], str] = "{:,.2f} s".format) -> list[str]:
    """The figures for a person."""
    made = [
        f"whence {found.whence} on {found.machine}",
        f"{found.articles:,} articles, {found.words:,} words in {say(found.seconds)}: "
        f"{found.articles / found.seconds:,.1f} articles and {found.words / found.seconds:,.0f} words a second",
        f"{100 * found.share:.0f} % of the processor's time inside the encoder",
        "",
        "stage         ms an article    share",
    ]
    for stage in STAGES:
        spent = found.stages[stage]
        made.append(f"{stage:<12}{1000 * spent / found.articles:>15,.1f}{100 * spent / found.processor:>7.0f} %")
    made.append("")
    if found.memory is not None:
        made.append(f"memory        {found.memory / 1e6:,.0f} MB at most")
    made += [f"{name.replace('_', ' '):<13} {say(seconds)} from a cold start" for name, seconds in found.starts.items()]
    return made
