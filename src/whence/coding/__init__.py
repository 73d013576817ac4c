"""Analysis -> Coding: what is done, what is said and by whom, each with who, where and when.

The steps, in order, each a module: `repairs` mends the reading; `times` and `places` find dates and
toponyms; `events` finds what is done; `attribution` finds what is said, `chains` through whom;
`coreference` and `actors` know who everybody is; `statements` and `assembly` put the records together.
"""

from __future__ import annotations

from whence.codebook import Codebook
from whence.coding import events, places, setting, times
from whence.coding.actors import Identifier
from whence.coding.assembly import assemble_events
from whence.coding.attribution import find as find_attributions
from whence.coding.chains import add_carriers, is_outlet, originator
from whence.coding.coreference import Coreference
from whence.coding.cues import load as load_cues
from whence.coding.nearness import Nearness
from whence.coding.people import People
from whence.coding.quotations import find as find_quotations
from whence.coding.repairs import repaired
from whence.coding.statements import assemble as assemble_statements
from whence.coding.tree import Tree
from whence.knowledge import Knowledge, home_country
from whence.records import Analysis, Article, Coding

__all__ = ["code"]


def code(
    article: Article, analysis: Analysis, codebook: Codebook, knowledge: Knowledge, near: Nearness | None = None
) -> Coding:
    """Codes one article from its linguistic reading; `versions` are the pipeline's to fill.

    `near` finds a user's categories by likeness to their examples.
    """
    tree, cues = Tree(repaired(analysis)), load_cues()
    quotations = find_quotations(article.text)
    dates = times.find(tree, article.published)
    toponyms = places.find(tree, knowledge, article)
    event_drafts = events.find(
        tree, codebook, [(t.first, t.last) for t in dates], [(p.first, p.last) for p in toponyms], near
    )  # fmt: skip

    at_home = home_country(knowledge, article.url)
    where = setting.country(toponyms, tree, knowledge, at_home)
    # News of the outlet's own country names places abroad in passing.
    local = setting.local(toponyms, tree, knowledge) if at_home is None or at_home != where else {}
    identifier = Identifier(tree, knowledge, article.published, where, local)
    coreference = Coreference(tree, identifier, quotations)
    drafts = find_attributions(tree, quotations, cues)

    def outlet(head: int) -> bool:
        # A name says itself what it is; for a description the article has to be read before it is known who speaks.
        return is_outlet(head, tree, cues, coreference.who if tree.name(head) is None else identifier.identify)

    for draft in drafts:
        add_carriers(draft, tree, cues, outlet, article.site)
        draft.originator = originator(draft, tree, cues)
    coreference.arm(last for draft in event_drafts for _, last in draft.instruments)
    coreference.hear([(draft.content, draft.originator) for draft in drafts if draft.originator is not None])

    speaking = {head for draft in drafts for head in draft.holders}
    acting = {head for e in event_drafts for head in (*e.actors, *e.recipients)}
    people = People(tree, coreference, speaking | acting)
    statements = assemble_statements(drafts, tree, quotations, people, cues)
    assembled = assemble_events(event_drafts, article, tree, codebook, people, toponyms, dates, statements)
    return Coding(
        article=article,
        actors=people.all(),
        places=assembled.places,
        times=assembled.times,
        statements=tuple(statements),
        events=assembled.events,
    )
