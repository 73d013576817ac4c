"""How fast the pages of a WARC file are read, beside FastWARC alone on the same file in the same run.

`python -m benchmarks.warc [--records N] [--rounds N]` makes a file of generated responses, in gzip members as those of
Common Crawl, of a size that news pages have (60 to 100 kB of HTML, which gzip makes a sixth of), and reads it to pages,
on one thread. Nothing is extracted from the pages.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from whence.errors import InputError
from whence.sources import warc

SYLLABLES = [consonant + vowel for consonant in "bdklmnrstv" for vowel in "aeo"]


def html(chance: random.Random) -> bytes:
    """A page of 60 to 100 kB: scripts and menus above all, as on real pages, and an article among them."""
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(4_000)]
    parts = ["<!DOCTYPE html><html><head><title>News</title></head><body>"]
    size, wanted = 0, chance.randint(60_000, 100_000)
    while size < wanted:
        at = chance.randrange(len(words) - 60)
        text = " ".join(words[at : at + chance.randint(4, 60)])
        kind = chance.random()
        if kind < 0.4:
            part = f'<li class="menu-item nav-{at}"><a href="/news/{at}/{words[at]}">{text[:40]}</a></li>\n'
        elif kind < 0.6:
            part = f'<script>data.push({{"id":{chance.getrandbits(48)},"slot":"{words[at]}"}});</script>\n'
        else:
            part = f"<p>{text}.</p>\n"
        parts.append(part)
        size += len(part)
    return "".join(parts).encode() + b"</body></html>"


def write(path: Path, records: int) -> None:
    """A WARC file of so many responses, each after its request, as crawlers write them."""
    chance = random.Random(1)
    pages = [html(chance) for _ in range(50)]
    with path.open("wb") as file:
        for number in range(records):
            body = pages[number % len(pages)]
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
            for kind, content in (("request", b"GET / HTTP/1.1\r\n\r\n"), ("response", head.encode() + body)):
                header = (
                    f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                    f"WARC-Date: 2016-08-17T10:00:00Z\r\nWARC-Target-URI: https://news.example/{number}\r\n"
                    f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(content)}\r\n\r\n"
                )
                file.write(gzip.compress(header.encode() + content + b"\r\n\r\n", 6))


def by_whence(path: Path) -> int:
    """Reads the file to pages; how many. An error among them ends the benchmark."""
    count = 0
    with path.open("rb") as file:
        for page in warc.read(file, str(path)):
            if isinstance(page, InputError):
                raise page
            count += 1
    return count


def by_fastwarc(path: Path) -> int:
    """Reads the payload of each response with FastWARC alone; how many."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    count = 0
    with path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
            count += bool(record.reader.read())
    return count


def timed(function: Callable[[Path], int], path: Path) -> float:
    """Records a second of processor time."""
    began = time.process_time()
    return function(path) / (time.process_time() - began)


def main() -> None:
    """Prints records a second of both, their ratio, and the memory that it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.warc.gz"
        write(path, options.records)
        assert by_whence(path) == options.records == by_fastwarc(path)
        ours, theirs = [], []
        for _ in range(options.rounds):
            ours.append(timed(by_whence, path))
            theirs.append(timed(by_fastwarc, path))
        size = path.stat().st_size
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(f"{options.records:,} responses, {size / 1e6:.0f} MB")
    print(f"whence    {statistics.median(ours):8,.0f} records/s ({min(ours):,.0f} to {max(ours):,.0f})")
    print(f"FastWARC  {statistics.median(theirs):8,.0f} records/s ({min(theirs):,.0f} to {max(theirs):,.0f})")
    print(f"ratio     {ratio:8.2f}")
    print(f"memory    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8,.0f} MB at most")


if __name__ == "__main__":
    main()
