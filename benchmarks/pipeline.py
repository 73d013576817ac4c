"""How fast world news goes from text to events in an archive, and how much of that the encoder takes.

`python -m benchmarks.pipeline [--articles N] [--workers W] [--roberta]` ingests the articles of world news in
`WHENCE_DATA` (by default `shared` beside the checkout) with W workers, and then codes them once more in one process,
stage by stage, as `whence bench` does. Printed are articles and words a second, the share of the processor's time that
the encoder has, and what the encoder alone would give, which is the limit.

With `--roberta` the same words go through a RoBERTa-base with random weights, in windows of the same length, on one
thread: how fast a transformer of that size reads does not depend on what it has learnt. It is the least that a coder
of several such passes spends on one of them. It wants torch (the extra `train`).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whence.bench import STAGES, bench
from whence.cli_ingest import processors

ROOT = Path(__file__).resolve().parents[1]
WINDOW = 256
"""Word pieces of a window, as whence packs them."""
PIECES = 1.25
"""Word pieces for each word at white space in this news."""
WINDOWS = 40
"""Windows that RoBERTa reads to be timed."""


def rows(count: int | None) -> list[dict[str, Any]]:
    """Articles of world news, evenly spread over all, or all of them."""
    path = Path(os.environ.get("WHENCE_DATA", ROOT.parent / "shared")) / "data" / "news" / "worldwide.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf8") as file:
        found = [json.loads(line) for line in file]
    return found[:: max(1, len(found) // count)][:count] if count else found


def ingested(file: Path, workers: int) -> tuple[float, float]:
    """Seconds by the clock, and of all processors, that an ingest takes, its start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    program = [sys.executable, "-c", "from whence.cli import main; main()", "ingest", str(file)]
    archive = file.with_suffix(".db")
    subprocess.run([*program, "--archive", str(archive), "--workers", str(workers)], check=True)
    passed = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return passed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def roberta() -> float:
    """Seconds of the processor in which a RoBERTa-base with random weights reads a window, on one thread."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    layer = nn.TransformerEncoderLayer(768, 12, 3072, activation="gelu", batch_first=True)
    model = nn.TransformerEncoder(layer, 12, enable_nested_tensor=False).eval()
    words, places = nn.Embedding(50_265, 768), nn.Embedding(514, 768)
    ids, order = torch.randint(0, 50_265, (1, WINDOW)), torch.arange(WINDOW)[None]
    with torch.inference_mode():
        model(words(ids) + places(order))
        begun = time.process_time()
        for _ in range(WINDOWS):
            model(words(ids) + places(order))
    return (time.process_time() - begun) / WINDOWS


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, help="how many; all by default")
    parser.add_argument("--workers", type=int, default=processors())
    parser.add_argument("--roberta", action="store_true")
    said = parser.parse_args(arguments)
    articles = rows(said.articles)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "news.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in articles), encoding="utf8")
        words = sum(len(row["text"].split()) for row in articles)
        passed, spent = ingested(file, said.workers)
        print(
            f"ingest: {len(articles):,} articles, {words:,} words, {said.workers} workers: {passed:,.1f} s by the clock"
        )
        print(f"  {len(articles) / passed:.1f} articles, {words / passed:,.0f} words a second; {spent:,.1f} s of cores")
        found = bench([str(file)], seconds=0, threads=1, starts=False)
    print(f"one process: {found.processor:,.1f} s of the processor, {100 * found.share:.1f} % of it inside the encoder")
    for stage in STAGES:
        print(f"  {stage:<10}{1000 * found.stages[stage] / found.articles:>8.1f} ms an article")
    print(f"  {found.articles / found.processor:.1f} articles a second of a core")
    print(f"  the encoder alone: {found.articles / found.stages['encoder']:.1f} articles a second of a core")
    if said.roberta:
        seconds = roberta() * found.words * PIECES / WINDOW
        print(f"RoBERTa-base, random weights: {found.articles / seconds:.1f} articles a second of a core")
        print(f"  whence is {seconds / found.processor:.1f} times as fast")


if __name__ == "__main__":
    main()
