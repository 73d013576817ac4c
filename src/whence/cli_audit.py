"""The command that measures precision on a user's own archive, and the agreement of two reviewers."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whence.cli_common import whence_errors
from whence.cli_conditions import with_archive
from whence.printing import print_data, print_objects
from whence.records import to_plain

if TYPE_CHECKING:
    from whence.archive import Archive
    from whence.archive.review_values import Slot
    from whence.audit import Agreement, Report, Share
    from whence.records import Coding, Event

_SIZE = 200
"""Events of a sample unless told otherwise: precision of .85 is then known to within five points."""
_VERDICTS = {"y": "confirm", "n": "reject"}
_ANSWERS = ("y", "n", "?", "q")
_LONGEST = 1_000
"""Bytes of an answer that are read at once."""
_NAME = 14
"""Columns of a name in the tables."""


@click.command()
@with_archive
@click.option(
    "--sample",
    "size",
    type=click.IntRange(1, 100_000),
    default=_SIZE,
    show_default=True,
    metavar="N",
    help="Events in the sample.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    metavar="N",
    help="Another number draws another sample.",
)
@click.option("--who", default=getpass.getuser, show_default="your user name", metavar="NAME", help="Who judges.")
@click.option("--report", "only_report", is_flag=True, help="Ask nothing: report what was judged so far.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@click.option("--agreement", nargs=2, metavar="A B", help="Report instead how far these two reviewers agree.")
@whence_errors
def audit(
    path: Path, size: int, seed: int, who: str, only_report: bool, as_json: bool, agreement: tuple[str, str] | None
) -> None:
    """Asks whether events of a sample are right, slot by slot, and reports how many are.

    Shows each event in its sentence and asks, on standard error, for y, n, ? (no answer) or q (leave); answers are read
    from standard input. They are kept as reviews (`whence review`), and what was answered is not asked again, so go on
    whenever you like. The same archive, --sample and --seed give the same events to another reviewer.

    The report has the share of right ones with its interval of 95 %, by slot and by type, for the whole archive:
    types of which relatively more were drawn weigh less. What is counted how: docs/reviews.md.

    \b
    Examples:
      whence audit --archive news.db
      whence audit --sample 300 --seed 7 --who ama --report --json > precision.json
      yes | whence audit --sample 20
      whence audit --agreement ama efua
    """
    from whence import audit as auditing
    from whence.archive import Archive

    with Archive(path, read_only=only_report or agreement is not None) as archive:
        if agreement is not None:
            _agree(archive, agreement, as_json)
            return
        sample = auditing.draw(archive, size, seed)
        events = auditing.found(archive, sample.uids)
        if not only_report:
            _ask(archive, [events[uid] for uid in sample.uids], who)
        types = {uid: event.type for uid, (_, event) in events.items()}
        made = auditing.report(sample, types, auditing.said(archive, events, who))
        if as_json:
            print_objects([{"who": who, "seed": seed, **made.to_dict()}], "jsonl")
        else:
            for line in _lines(made):
                print_data(line)


# -- asking ----------------------------------------------------------------------------------------


def _ask(archive: Archive, events: list[tuple[Coding, Event]], who: str) -> None:
    """Asks what was not answered, until all is, or the user leaves."""
    from whence.audit import said

    told = said(archive, {event.uid: (coding, event) for coding, event in events}, who)
    for n, (coding, event) in enumerate(events, 1):
        if not _ask_event(archive, f"{n:,} of {len(events):,}", coding, event, told.get(event.uid, {}), who):
            return


def _ask_event(archive: Archive, count: str, coding: Coding, event: Event, told: Mapping[Slot, bool], who: str) -> bool:
    """Asks what is open of one event; whether to go on. Slots are asked only of an event that is one."""
    from whence.audit import marked, questions
    from whence.table import heading

    asked = [slot for slot in questions(event) if slot not in told]
    if told.get("type") is False or not asked:
        return True
    click.echo(f"\n{count}  {heading(coding).plain}\n  {marked(coding, event)}", err=True)
    for slot in asked:
        answer = _answer(event, slot)
        if answer == "q":
            return False
        if answer in _VERDICTS:
            archive.review(event.uid, _VERDICTS[answer], who, slot)
        if slot == "type" and answer != "y":
            break
    return True


def _answer(event: Event, slot: Slot) -> str:
    """The user's answer: y, n, ? or q, which the end of the input means too."""
    from whence.reviewing import slot_told
    from whence.table import plain

    while True:
        click.echo(f"  {slot:<{_NAME}}{slot_told(event, slot)} – right? [y/n/?/q] ", nl=False, err=True)
        line = sys.stdin.buffer.readline(_LONGEST).decode("utf8", "replace")
        if not line:
            click.echo(err=True)
            return "q"
        answer = line.strip().lower()[:1]
        if not sys.stdin.isatty():
            click.echo(plain(answer), err=True)  # a terminal has shown it and begun a new line
        if answer in _ANSWERS:
            return answer


# -- reporting -------------------------------------------------------------------------------------


def _lines(made: Report) -> Iterator[str]:
    """The tables, figures in per cent."""
    yield f"{made.judged:,} of {made.drawn:,} sampled events judged, of {made.events:,} in the archive"
    if made.judged and made.covered < 1:
        yield f"figures for all types are for the {100 * made.covered:.1f} % whose types were judged"
    yield ""
    yield _head("slot")
    for slot, share in made.slots.items():
        yield _row(slot, share)
    yield ""
    yield _head("type") + f"{'events':>10}{'drawn':>8}"
    for type, one in made.types.items():
        yield _row(type, one.share) + f"{one.events:>10,}{one.drawn:>8,}"


def _head(name: str) -> str:
    return f"{name:<{_NAME}}{'judged':>8}{'right':>8}{'prec.':>8}{'95 %':>14}"


def _row(name: str, share: Share) -> str:
    row = f"{name:<{_NAME}}{share.judged:>8,}{share.right:>8,}"
    if share.precision is None or share.low is None or share.high is None:
        return row + f"{'–':>8}{'–':>14}"
    return row + f"{100 * share.precision:>8.1f}{_interval(100 * share.low, 100 * share.high, 1):>14}"


def _interval(low: float, high: float, digits: int) -> str:
    return f"{low:.{digits}f}–{high:.{digits}f}"


def _agree(archive: Archive, pair: tuple[str, str], as_json: bool) -> None:
    from whence.audit import agreement, found, said

    both = {review.event for review in archive.reviews(who=pair[0], orphaned=False)}
    both &= {review.event for review in archive.reviews(who=pair[1], orphaned=False)}
    events = found(archive, both)
    made = agreement(said(archive, events, pair[0]), said(archive, events, pair[1]))
    if as_json:
        print_objects([{"who": list(pair), "slots": {name: to_plain(one) for name, one in made.items()}}], "jsonl")
        return
    print_data(f"{'slot':<{_NAME}}{'judged':>8}{'agreed':>8}{'alpha':>8}{'95 %':>16}")
    for name, one in made.items():
        print_data(_agreement_row(name, one))


def _agreement_row(name: str, one: Agreement) -> str:
    row = f"{name:<{_NAME}}{one.judged:>8,}{one.agreed:>8,}"
    if one.alpha is None:
        return row + f"{'–':>8}{'–':>16}"
    return (
        row
        + f"{one.alpha:>8.3f}"
        + (f"{_interval(one.low, one.high, 3):>16}" if one.low is not None and one.high is not None else f"{'–':>16}")
    )
