"""Where the lines of one text stand in another: an article may have been read with other lines left out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from whence.scoring.spans import Span


def mover(text: str, source: str) -> Callable[[Span], Span | None]:
    """A function from spans of `text` to the same words in `source`; None for words of lines that do not stand there.

    Lines that both have are found by their words, white space at their ends aside, in order as far as they are in
    order. A span over several lines goes from the first to the last of them that stands there.
    """
    if text == source:
        return lambda span: span
    there: dict[str, list[int]] = {}
    for begin, line in _lines(source):
        there.setdefault(line, []).append(begin)
    starts, moved, after = [], list[tuple[int, int]](), -1
    for begin, line in _lines(text):
        places = there.get(line)
        if places:
            n = bisect_right(places, after)
            target = places[n] if n < len(places) else places[-1]
            after = max(after, target)
            starts.append(begin)
            moved.append((target - begin, begin + len(line)))

    def move(span: Span) -> Span | None:
        begin, end = span
        some = slice(max(0, bisect_right(starts, begin) - 1), bisect_left(starts, end))
        inside = [
            (max(begin, start) + by, min(end, stop) + by)
            for start, (by, stop) in zip(starts[some], moved[some], strict=True)
            if begin < stop
        ]
        if not inside:
            return None
        return min(b for b, _ in inside), max(e for _, e in inside)

    return move


def _lines(text: str) -> list[tuple[int, str]]:
    """Begin and words of each line that has any."""
    found, position = [], 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            found.append((position + line.index(words[0]), words))
        position += len(line) + 1
    return found
