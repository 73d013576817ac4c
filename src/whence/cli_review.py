"""The command by which users say what is right and wrong in events, and get it back as gold and examples."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from whence.archive.review_values import SLOTS
from whence.cli_common import complain, whence_errors
from whence.cli_conditions import with_archive
from whence.printing import print_blocks, print_data, print_objects
from whence.records import to_plain

if TYPE_CHECKING:
    from whence.archive import Archive, Review

F = TypeVar("F", bound=Callable[..., Any])


def _flag(name: str, value: str, into: str, help: str) -> Callable[[F], F]:
    return click.option(name, into, flag_value=value, help=help)


@click.command()
@click.argument("event", required=False, metavar="[EVENT]")
@with_archive
@_flag("--confirm", "confirm", "verdict", "The event, or with --slot that slot of it, is right.")
@_flag("--reject", "reject", "verdict", "It is wrong.")
@click.option("--slot", type=click.Choice(SLOTS), help="The slot that is meant; without it the whole event.")
@click.option(
    "--value", metavar="JSON", help="What the slot ought to be, as in the JSON of `whence show`; corrects it."
)
@click.option("--note", metavar="TEXT", help="Why.")
@click.option("--undo", "undone", metavar="ID", help="Take the review of this id back.")
@click.option("--who", metavar="NAME", help="Who says so [default: your user name]; of a list, whose reviews.")
@click.option("--article", metavar="ID", help="List those of the article with this id or SHA-256.")
@click.option("--orphaned", is_flag=True, default=None, help="List those whose event there is no longer.")
@click.option("--with-undone", is_flag=True, help="List those too that were taken back.")
@_flag("--json", "json", "form", "Print one JSON array instead of lines.")
@_flag("--jsonl", "jsonl", "form", "Print one JSON object a line, a review each.")
@_flag("--csv", "csv", "form", "Print CSV, a row a review.")
@_flag("--gold", "gold", "form", "Print the wholly reviewed articles as gold, one JSON object a line.")
@click.option("--partly", is_flag=True, help="With --gold: also articles in which not every event was reviewed.")
@_flag("--examples", "examples", "form", "Print reviewed events as example sentences for a codebook, in YAML.")
@whence_errors
def review(
    event: str | None,
    path: Path,
    verdict: str | None,
    slot: str | None,
    value: str | None,
    note: str | None,
    undone: str | None,
    who: str | None,
    form: str | None,
    partly: bool,
    **wanted: Any,
) -> None:
    """Says whether an event is right, slot by slot, takes that back, or lists what was said.

    EVENT is an event's uid, as `whence search` prints it, or ARTICLE:e1. With --confirm, --reject or --value something
    is said of it; otherwise what was said is listed, of all events without EVENT. Reviews stay when an article is coded
    again, and belong to the event whose trigger overlaps; `--orphaned` lists those that have none any more.

    A slot's value is its JSON: a word for type, mode and status, a mention ({"at": [4, 8], "text": "army"}) for time
    and trigger, a list of them for the others, and null for nothing. Actors may have name, label, country and sector.

    `--gold` prints articles of which every event was reviewed, with the slots that were judged, for `whence evaluate`.

    \b
    Examples:
      whence review 86fd857c2ea826d8 --confirm --archive news.db
      whence review 86fd857c2ea826d8 --slot actors --value '[{"at": [4, 8], "text": "army", "country": "GHA"}]'
      whence review --orphaned --csv > orphaned.csv
      whence review --gold > gold.jsonl
      whence review --examples > examples.yaml
    """
    from whence.archive import Archive

    says = verdict is not None or value is not None
    _check(event, says, slot, verdict, value, note, undone, form, partly)
    name = who or getpass.getuser()
    with Archive(path, read_only=not says and undone is None) as archive:
        if undone is not None:
            _print([archive.undo_review(undone, name)], form)
        elif says and event is not None:
            uid = _uid(archive, event)
            given = None if value is None else _loaded(value)
            _print([archive.review(uid, verdict or "correct", name, slot, given, note)], form)
        elif form in ("gold", "examples"):
            _print_use(archive, form, partly)
        else:
            _list(archive, event, who, form, **wanted)


def _check(
    event: str | None,
    says: bool,
    slot: str | None,
    verdict: str | None,
    value: str | None,
    note: str | None,
    undone: str | None,
    form: str | None,
    partly: bool,
) -> None:
    """Ends the command as wrong usage where options do not go together."""
    if verdict is not None and value is not None:
        raise click.UsageError(f"--value says what a slot ought to be; it does not go with --{verdict}")
    if value is not None and slot is None:
        raise click.UsageError("--value wants --slot: say which slot it is of")
    if says and event is None:
        raise click.UsageError("name the event of which that is said")
    if not says and (slot is not None or note is not None):
        raise click.UsageError("--slot and --note go with --confirm, --reject or --value")
    if undone is not None and (says or event is not None):
        raise click.UsageError("--undo takes the id of a review and nothing else")
    if form in ("gold", "examples") and (says or undone is not None or event is not None):
        raise click.UsageError(f"--{form} prints what was said of all events; leave out the event")
    if partly and form != "gold":
        raise click.UsageError("--partly goes with --gold")


def _loaded(value: str) -> Any:
    """The JSON of --value; a bare word such as `denied` stands for itself."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        if value.isidentifier() or all(c.isalnum() or c in " _-" for c in value):
            return value
        raise click.BadParameter("is not JSON; write it as in `whence show ID --json`", param_hint="--value") from None


def _uid(archive: Archive, event: str) -> str:
    from whence.search import resolve

    found = resolve(archive, event).event
    if found is None:
        raise click.UsageError(f"{event!r} is no event: give its uid, or ARTICLE:e1")
    return found.uid


def _list(
    archive: Archive,
    event: str | None,
    who: str | None,
    form: str | None,
    article: str | None,
    orphaned: bool | None,
    with_undone: bool,
) -> None:
    sha256 = article
    if article is not None and (coding := archive.coding(article)) is not None:
        sha256 = coding.article.sha256
    uid = event
    if event is not None and ":" in event:
        uid = _uid(archive, event)
    found = archive.reviews(article=sha256, event=uid, who=who, orphaned=orphaned, undone=with_undone)
    _print(found, form)
    if not found:
        complain("no reviews found")


def _print(reviews: Iterable[Review], form: str | None) -> None:
    from whence.reviewing import csv_records, lines

    if form is None:
        print_blocks([[line for review in reviews for line in lines(review)]])
    elif form == "csv":
        for record in csv_records(reviews):
            print_data(record, nl=False)
    else:
        print_objects((to_plain(review) for review in reviews), form)


def _print_use(archive: Archive, form: str, partly: bool) -> None:
    """Prints gold or examples; says so where there are none."""
    from whence.reviewing import examples, examples_yaml, gold

    is_none = True
    if form == "gold":
        for found in gold(archive, partly):
            is_none = False
            print_objects([found], "jsonl")
    else:
        for line in examples_yaml(examples(archive)):
            is_none = False
            print_data(line)
    if is_none:
        reason = "; articles with some reviewed events: --partly" if form == "gold" and not partly else ""
        complain(f"nothing was reviewed that could be printed{reason}")
