"""Runs the measures of the evaluation data, prints one table, and holds the floors.

`python -m evaluation.run [--only NAME,…] [--raise]`: the measures are the scripts in the folder `measure` of
`WHENCE_DATA` (`../shared` by default), run with this Python; `figures.toml` says which figures to read off what they
print, `floors.toml` what each must not sink below. `--raise` lifts floors to half a point below what was
measured, and never lowers one. Exit status 1 if a figure sinks below its floor or is missing, 0 otherwise, also where
there is no evaluation data.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

HERE = Path(__file__).resolve().parent
SLACK = 0.5
"""How far below a measured figure its floor is set, in points."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a measure: where it stands in the measure's lines, and by what it is multiplied."""

    name: str
    pattern: re.Pattern[str]
    times: float = 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A script of the folder `measure` and the figures read off it."""

    name: str
    figures: tuple[Figure, ...]
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; `value` is None where the measure did not print the figure."""

    name: str
    value: float | None
    floor: float | None

    @property
    def sinks(self) -> bool:
        """Whether the figure is missing or below its floor (compared as printed, to a tenth)."""
        return self.value is None or (self.floor is not None and round(self.value, 1) < self.floor)


def read_measures(path: Path) -> list[Measure]:
    """The measures that `figures.toml` lists, in its order."""
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["measure"]
    return [
        Measure(
            m["name"],
            tuple(Figure(f["name"], re.compile(f["pattern"]), f.get("times", 1.0)) for f in m["figures"]),
            m.get("needs"),
        )
        for m in listed
    ]


def read_floors(path: Path) -> dict[str, float]:
    """Floors by figure; none where the file is missing."""
    return dict(tomllib.loads(path.read_text(encoding="utf-8"))["floors"]) if path.is_file() else {}


def write_floors(path: Path, floors: dict[str, float]) -> None:
    """Writes `floors.toml`."""
    lines = "".join(f'"{name}" = {floor:.1f}\n' for name, floor in floors.items())
    note = (
        "# Half a point below what was measured when the floor was last raised (`python -m evaluation.run --raise`).\n"
    )
    path.write_text(f"{note}# Floors only rise.\n\n[floors]\n{lines}", encoding="utf-8")


def read_figures(measure: Measure, lines: Iterable[str]) -> dict[str, float]:
    """The figures found in what a measure printed; the first line that holds one decides."""
    found: dict[str, float] = {}
    for line in lines:
        for figure in measure.figures:
            match = figure.pattern.search(line)
            if match is not None and figure.name not in found:
                found[figure.name] = float(match[1].rstrip(",;")) * figure.times
    return found


def raised(floors: dict[str, float], values: dict[str, float]) -> dict[str, float]:
    """The floors, lifted to `SLACK` below the values where that is higher; figures without one get one."""
    lifted = {name: round(value - SLACK, 1) for name, value in values.items()}
    return floors | {name: max(floor, floors.get(name, floor)) for name, floor in lifted.items()}


def offers(public: object, needs: str | None) -> bool:
    """Whether the public surface has what a measure needs (`Coder.relation`)."""
    missing = object()
    return needs is None or reduce(lambda o, name: getattr(o, name, missing), needs.split("."), public) is not missing


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned text."""
    width = max((len(row.name) for row in rows), default=6)
    lines = [f"{'figure':<{width}}  measured  floor"]
    for row in rows:
        value = "missing" if row.value is None else f"{row.value:.1f}"
        floor = "-" if row.floor is None else f"{row.floor:.1f}"
        lines.append(f"{row.name:<{width}}  {value:>8}  {floor:>5}{'  SUNK' if row.sinks else ''}")
    return "\n".join(lines)


def _run(script: Path) -> list[str]:
    """What the measure prints; its problems go to standard error."""
    print(f"measuring: {script.stem} …", end="", file=sys.stderr, flush=True)
    begun = time.monotonic()
    done = subprocess.run([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, check=False)
    print(f" {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return done.stdout.splitlines()


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of `python -m evaluation.run`; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.run", description="Measures whence and holds the floors."
    )
    parser.add_argument("--only", metavar="NAME,…", help="run these measures alone")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise floors to half a point below")
    parser.add_argument("--floors", type=Path, default=HERE / "floors.toml", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    folder = Path(os.environ.get("WHENCE_DATA", HERE.parent.parent / "shared")) / "measure"
    if not folder.is_dir():
        print(f"nothing measured: no folder {folder}. Set WHENCE_DATA to the evaluation data (training/DATA.md).")
        return 0
    import whence

    only = options.only.split(",") if options.only else None
    floors, values, rows = read_floors(options.floors), dict[str, float](), list[Row]()
    for measure in read_measures(HERE / "figures.toml"):
        if (only is not None and measure.name not in only) or not offers(whence, measure.needs):
            continue
        found = read_figures(measure, _run(folder / f"{measure.name}.py"))
        values |= found
        rows += [Row(figure.name, found.get(figure.name), floors.get(figure.name)) for figure in measure.figures]
    print(table(rows))
    if options.lift:
        write_floors(options.floors, raised(floors, values))
    return int(any(row.sinks for row in rows))


if __name__ == "__main__":
    sys.exit(main())
