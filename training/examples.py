"""Reader of the sentences written for training, `training/authored/*.txt`: each with its events, in plain text.

    Kenyan and Ugandan officers held joint drills near Busia on Monday.
      drills | COOPERATE | ongoing | actor: Kenyan and Ugandan officers | place: Busia

A line that is not indented is a sentence (or a few); the indented lines below it are its events: the trigger's
words, type and mode, status, then the mentions of each role, several joined by `;`. `#2` behind a text
means that it is the second such text of the line that counts. A sentence without events is a near-miss.
Lines that begin with `#` are comments. `python -m training.examples` names every line that does not hold.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from whence import codebook
from whence.records import Status

FOLDER = Path(__file__).parent / "authored"
ROLES = {
    "actor": "actors", "recipient": "recipients", "place": "places", "count": "counts", "instrument": "instruments",
}  # fmt: skip
"""Role in the files to the key of an annotated article's event."""
_WHO = frozenset({"actor", "recipient"})
_ARTICLE = re.compile(r"\b(?:the|an?) $", re.IGNORECASE)
_NUMBERED = re.compile(r"(.*\S)\s*#(\d)")

Row = dict[str, Any]


def rows(folder: Path = FOLDER) -> list[Row]:
    """All sentences as annotated articles: `text` and `events`, with offsets in code points.

    Raises `ValueError`, naming file, line and reason, for the first line that does not hold.
    """
    return [row for file in sorted(folder.glob("*.txt")) for row in read(file)]


def read(file: Path) -> Iterator[Row]:
    """The sentences of one file; raises `ValueError` as `rows` does."""
    row: Row | None = None
    for number, line in enumerate(file.read_text(encoding="utf8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            if line[0] != " ":
                if row is not None:
                    yield row
                row = {"id": f"{file.name}:{number}", "text": line.strip(), "events": []}
            elif row is None:
                raise ValueError("an event stands before any sentence")
            else:
                row["events"].append(_event(line, row["text"]))
        except ValueError as problem:
            raise ValueError(f"{file.name}:{number}: {problem}") from None
    if row is not None:
        yield row


def _event(line: str, text: str) -> Row:
    """An event's line laid on its sentence."""
    cells = [part.strip() for part in line.split("|")]
    if len(cells) < 3:
        raise ValueError("an event is a trigger, a type and a status, with | between")
    trigger, kind, status, *roles = cells
    type_name, _, mode = kind.partition(" ")
    category = codebook.load().categories.get(type_name)
    if category is None:
        raise ValueError(f"no type {type_name!r}")
    if mode and category.mode(mode) is None:
        raise ValueError(f"{type_name} has no mode {mode!r}")
    if status not in get_args(Status):
        raise ValueError(f"no status {status!r}")
    event: Row = {"trigger": _mention(trigger, text), "type": type_name, "mode": mode or None, "status": status}
    event |= {key: [] for key in ROLES.values()}
    for part in roles:
        role, colon, mentions = part.partition(":")
        if not colon or role.strip() not in ROLES:
            raise ValueError(f"no role {role.strip()!r}; write one of {', '.join(ROLES)}, a colon, and the mentions")
        found = [_mention(mention.strip(), text) for mention in mentions.split(";")]
        event[ROLES[role.strip()]] += [_with_article(m, text) for m in found] if role.strip() in _WHO else found
    return event


def _with_article(mention: Row, text: str) -> Row:
    """The mention with the article before it, as the annotated corpora mark those who take part."""
    begin, end = mention["at"]
    before = _ARTICLE.search(text[:begin])
    return mention if before is None else {"text": text[before.start() : end], "at": [before.start(), end]}


def _mention(words: str, text: str) -> Row:
    """Where the words stand as whole words: the first time, or the time that `#2` names."""
    numbered = _NUMBERED.fullmatch(words)
    wanted, turn = (numbered[1], int(numbered[2])) if numbered else (words, 1)
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", text)] if wanted else []
    if len(found) < turn:
        raise ValueError(f"{words!r} does not stand in the sentence")
    return {"text": wanted, "at": [found[turn - 1], found[turn - 1] + len(wanted)]}


def main() -> None:
    """Counts what the files hold, or names the first line that does not."""
    try:
        found = rows()
    except ValueError as problem:
        sys.exit(str(problem))
    events = [event for row in found for event in row["events"]]
    types = sorted({e["type"] for e in events})
    near_misses = sum(not row["events"] for row in found)
    print(f"{len(found)} sentences, {near_misses} of them near-misses, {len(events)} events")
    print(", ".join(f"{name} {sum(e['type'] == name for e in events)}" for name in types))


if __name__ == "__main__":
    main()
