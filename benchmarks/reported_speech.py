"""What the heads for reported speech add to the time of an article.

`python -m benchmarks.reported_speech [--rounds N]` codes the example articles again and again, on one thread. The graph
runs on each window with all its outputs and without those heads', in turn, so that a busy machine slows both alike; the
decoding of the heads is timed where it happens. Printed are shares of an article's whole time.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from whence import Coder
from whence.language import attributions
from whence.language.encoder import OUTPUTS, Encoder
from whence.language.windows import Window

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
HEADS = frozenset({"cue", "part_anchor", "part_word"})


def timed(seconds: defaultdict[str, float], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its time added up under a name."""

    def measured(*given: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return function(*given, **named)
        finally:
            seconds[name] += time.perf_counter() - began

    return measured


def shares(coder: Coder, seconds: defaultdict[str, float], paths: list[Path]) -> float:
    """One round over the articles: the share of the heads in their time."""
    seconds.clear()
    began = time.perf_counter()
    for path in paths:
        for _ in coder.read_all([str(path)]):
            pass
    whole = time.perf_counter() - began - seconds["without heads"]
    return (seconds["decoding"] + seconds["with heads"] - seconds["without heads"]) / whole


def main() -> None:
    """Prints the median share over some rounds, and the spread."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--model", help="folder of another model than the installed one")
    options = parser.parse_args()
    seconds: defaultdict[str, float] = defaultdict(float)
    others = [name for name in OUTPUTS if name not in HEADS]
    run_graph = Encoder.scores

    def both(encoder: Encoder, window: Window) -> Any:
        timed(seconds, "without heads", run_graph)(encoder, window, others)
        return timed(seconds, "with heads", run_graph)(encoder, window)

    Encoder.scores = both  # type: ignore[method-assign,assignment]
    attributions.find = timed(seconds, "decoding", attributions.find)
    coder = Coder(model=options.model, threads=1)
    paths = sorted(p for p in EXAMPLES.iterdir() if p.suffix in (".txt", ".html", ".jsonl"))
    shares(coder, seconds, paths)
    found = sorted(shares(coder, seconds, paths) for _ in range(options.rounds))
    print(
        f"heads for reported speech: {100 * statistics.median(found):.1f} % of an article's time "
        f"({100 * found[0]:.1f} to {100 * found[-1]:.1f} in {options.rounds} rounds)"
    )


if __name__ == "__main__":
    main()
