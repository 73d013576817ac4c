"""Archives made up for the tests of the explorer."""

from __future__ import annotations

from pathlib import Path

from tests.archive.made import VERSIONS, actor, article, coded, event
from whence import Archive
from whence.records import Actor, Article, Coding

PAYLOADS = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "</title><svg onload=document.title='owned'>",
    "javascript:document.title='owned'",
)
"""Words that would be a script, were they not shown as words."""
SCRIPTS = "Mali 🇲🇱 e\u0301tat: الجيش السوري and צבא shelled 🎯 Keta on Sunday."
"""A text whose code points, UTF-16 units and visible letters all differ in number."""


def hostile(path: Path) -> Path:
    """An archive of four hostile articles and one of several scripts."""
    made = []
    for number, words in enumerate(PAYLOADS):
        text = f"{words} troops shelled a village near Keta in week {number}."
        source = article(text, id=f"hostile-{number}", title=words, url=words, site=words)
        made.append(_shelled(source, actor(text, words)))
    source = article(SCRIPTS, id="scripts", title="Scripts")
    made.append(
        _shelled(source, *(actor(SCRIPTS, name, number) for number, name in enumerate(("الجيش السوري", "צבא"), 1)))
    )
    with Archive(path) as archive:
        archive.save([coded(each, f"{number}.html", f"d{number}") for number, each in enumerate(made)])
    return path


def _shelled(source: Article, *actors: Actor) -> Coding:
    return Coding(source, actors, (), (), (), (event(source, 1, "shelled", actors=actors),), VERSIONS)
