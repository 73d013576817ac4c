"""How data come to standard output: lines for people, JSON and CSV for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from whence.pipeline import Failure
from whence.records import Coding

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}
"""Line ends that JSON allows to stand as they are, written as escapes."""


def print_table(items: Iterable[Coding | Failure], lines: Callable[[Coding, Console], list[Text]]) -> None:
    """Prints the lines of each coding, those of different articles apart."""
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    # A failure is named on standard error.
    print_blocks((lines(item, console) for item in items if isinstance(item, Coding)), console)


def print_blocks(blocks: Iterable[list[Text]], console: Console | None = None) -> None:
    """Prints blocks of lines, a blank line between any two."""
    from rich.console import Console

    console = console or Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    is_first = True
    for found in blocks:
        if found and not is_first:
            click.echo()
        for line in found:
            is_first = False
            console.print(line, soft_wrap=True)  # never cut or folded here: a pipe wants a line an event


def print_objects(objects: Iterable[dict[str, Any]], form: str) -> None:
    """Prints objects as one array (`json`) or one a line (`jsonl`), each as soon as it is there."""
    if form == "jsonl":
        for found in objects:
            print_data(_dumps(found))
        return
    separator = "[\n"
    for found in objects:
        print_data(separator + _dumps(found), nl=False)
        separator = ",\n"
    print_data("\n]" if separator.startswith(",") else "[]")


def print_data(text: str, nl: bool = True) -> None:
    """Prints data for programs: UTF-8 whatever the terminal's encoding is."""
    click.echo(text.encode("utf8", "replace"), nl=nl)


def _dumps(found: dict[str, Any]) -> str:
    """One line of JSON, also for readers that take Unicode's other line ends for one."""
    return json.dumps(found, ensure_ascii=False).translate(_LINE_ENDS)
