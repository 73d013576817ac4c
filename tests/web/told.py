"""An archive in which two papers tell of one raid, one of them through a radio, and do not agree on the dead."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from tests.archive.made import VERSIONS, actor, article, coded, event, place, time
from whence import Archive
from whence.records import Actor, Article, Coding, Count, ExcludedLine, Mention, Statement

FIRST = (
    "Radio Volta said that the defence ministry had announced airstrikes on Keta on Sunday in which 17 fighters "
    "died.\n\nThe rebels said nothing. 🛩 The navy was not there."
)
SECOND = "Planes of the army bombed Keta on Sunday and killed 40 fighters, a survivor said."


def build(path: Path) -> Path:
    """The archive, in a file that is made."""
    with Archive(path) as archive:
        archive.save([coded(_first(), "first.html", "d1"), coded(_second(), "second.html", "d2")])
    return path


def _mention(text: str, words: str) -> Mention:
    begin = text.index(words)
    return Mention(words, (begin, begin + len(words)))


def _first() -> Coding:
    left = (ExcludedLine("Ten recipes for yam and…", 5, "teaser"),)
    source = article(FIRST, id="first", title="Airstrikes on Keta", site="The Volta Post", excluded=left)
    radio = actor(FIRST, "Radio Volta", 1, sector="JRN")
    ministry = actor(FIRST, "defence ministry", 2, label="Ghana, defence", sector="MIL")
    fighters = actor(FIRST, "fighters", 3, sector="REB")
    said = Statement(
        "s1",
        "indirect",
        "plain",
        _mention(FIRST, "announced"),
        _mention(FIRST, "the defence ministry"),
        (_mention(FIRST, "airstrikes on Keta on Sunday in which 17 fighters died"),),
        ("Radio Volta", "defence ministry"),
        ("a1", "a2"),
        None,
        0.9,
        "cue “announce”",
    )
    return _coding(source, (radio, ministry, fighters), ministry, fighters, "airstrikes", "17", 17, said)


def _second() -> Coding:
    source = article(SECOND, id="second", title="Forty dead in Keta", site="Keta Courier")
    army = actor(SECOND, "army", 1, label="Ghana, defence", sector="MIL")
    fighters = actor(SECOND, "fighters", 2, sector="REB")
    survivor = actor(SECOND, "survivor", 3, sector="CVL")
    content = (_mention(SECOND, "Planes of the army bombed Keta on Sunday and killed 40 fighters"),)
    said = Statement(
        "s1", "indirect", "plain", _mention(SECOND, "said"), _mention(SECOND, "a survivor"), content,
        ("survivor",), ("a3",), None, 0.9, "cue “say”",
    )  # fmt: skip
    return _coding(source, (army, fighters, survivor), army, fighters, "bombed", "40", 40, said)


def _coding(
    source: Article,
    actors: tuple[Actor, ...],
    who: Actor,
    whom: Actor,
    trigger: str,
    dead: str,
    number: int,
    said: Statement,
) -> Coding:
    where = place(source.text, "Keta")
    sunday = _mention(source.text, "Sunday")
    when = dataclasses.replace(time("2020-02-02", "2020-02-02"), text=sunday.text, at=sunday.at)
    begin = source.text.index(dead)
    happened = event(
        source,
        1,
        trigger,
        mode="aerial",
        actors=(who,),
        recipients=(whom,),
        places=(where,),
        time=when,
        counts=(Count(dead, (begin, begin + len(dead)), "killed", number, number),),
        statement="s1",
    )
    return Coding(source, actors, (where,), (when,), (said,), (happened,), VERSIONS)
