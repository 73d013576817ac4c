"""How often what was said with a given chance was right: a table of tenths, and a picture of it as SVG."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from xml.sax.saxutils import escape

SIZE, MARGIN = 260, 44
_Z = 1.645
"""Of the normal distribution: nine in ten lie within."""


@dataclass(frozen=True, slots=True)
class Tenth:
    """Answers whose chance was said to lie in one tenth of the scale."""

    said: float
    """Mean of the chances."""
    right: float
    """Share that was right."""
    number: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval (1927) for the share, 90 %."""
        n, z2 = self.number, _Z * _Z
        middle = (self.right + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z / (1 + z2 / n) * sqrt(self.right * (1 - self.right) / n + z2 / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


def tenths(said: Sequence[float], right: Iterable[bool]) -> list[Tenth]:
    """The tenths that have answers, lowest first."""
    groups: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for chance, answer in zip(said, right, strict=True):
        groups[min(int(10 * chance), 9)].append((chance, answer))
    return [
        Tenth(sum(c for c, _ in found) / len(found), sum(a for _, a in found) / len(found), len(found))
        for _, found in sorted(groups.items())
    ]


def expected_error(found: Sequence[Tenth]) -> float:
    """Expected calibration error: how far said and right lie apart, on average over the answers."""
    return sum(t.number * abs(t.said - t.right) for t in found) / sum(t.number for t in found)


def svg(curves: Mapping[str, Sequence[Tenth]]) -> str:
    """A panel for each curve: said on the horizontal, right on the vertical axis, with 90 % intervals."""
    width = MARGIN + len(curves) * (SIZE + MARGIN)
    height = SIZE + 2 * MARGIN
    panels = "".join(
        _panel(name, found, MARGIN + i * (SIZE + MARGIN)) for i, (name, found) in enumerate(curves.items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="sans-serif" font-size="12" fill="#222">\n'
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n{panels}</svg>\n'
    )


def _panel(name: str, found: Sequence[Tenth], left: int) -> str:
    def x(value: float) -> str:
        return f"{left + SIZE * value:.1f}"

    def y(value: float) -> str:
        return f"{MARGIN + SIZE * (1 - value):.1f}"

    lines = [
        f'<rect x="{x(0)}" y="{y(1)}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#999"/>',
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#999" stroke-dasharray="4 4"/>',
        f'<text x="{x(0.5)}" y="{MARGIN - 14}" text-anchor="middle" font-weight="bold">{escape(name)}</text>',
        f'<text x="{x(0.5)}" y="{MARGIN + SIZE + 32}" text-anchor="middle">chance that was said</text>',
    ]
    for mark in (0.0, 0.5, 1.0):
        lines.append(f'<text x="{x(mark)}" y="{MARGIN + SIZE + 16}" text-anchor="middle">{mark:g}</text>')
        lines.append(f'<text x="{left - 6}" y="{y(mark)}" text-anchor="end" dominant-baseline="middle">{mark:g}</text>')
    for tenth in found:
        low, high = tenth.interval
        lines.append(f'<line x1="{x(tenth.said)}" y1="{y(low)}" x2="{x(tenth.said)}" y2="{y(high)}" stroke="#27c"/>')
        lines.append(f'<circle cx="{x(tenth.said)}" cy="{y(tenth.right)}" r="4" fill="#27c"/>')
    return "\n".join(lines) + "\n"
