"""The records that the stages hand to each other, and nothing else.

Every record is a frozen dataclass whose field names are the keys of the JSON that whence
prints, in the same order; `to_dict` is therefore a plain walk, and the JSON Schema
(`whence.schema`) is read off these classes. All of them stand here by name, whichever module declares them.

Offsets are Unicode code points into `Article.text`: for every record with `text` and `at`,
`article.text[at[0]:at[1]] == text`.
"""

from __future__ import annotations

from whence.records.analysis import (
    Act,
    Analysis,
    Attribution,
    Name,
    Part,
    Sentence,
)
from whence.records.articles import (
    Article,
    Author,
    ExcludedLine,
    Page,
)
from whence.records.codings import (
    Actor,
    Coding,
    Count,
    Event,
    Mention,
    Outcome,
    Place,
    Statement,
    Time,
    Versions,
)
from whence.records.incidents import (
    Discrepancy,
    Incident,
    IncidentPlace,
    Origin,
    Party,
    Stretch,
    Telling,
    Toll,
    Window,
)
from whence.records.plain import to_plain
from whence.records.values import (
    Commitment,
    CountOf,
    Fate,
    Form,
    Grade,
    Grain,
    PlaceUse,
    Slot,
    Span,
    Status,
)

__all__ = [
    "Act",
    "Actor",
    "Analysis",
    "Article",
    "Attribution",
    "Author",
    "Coding",
    "Commitment",
    "Count",
    "CountOf",
    "Discrepancy",
    "Event",
    "ExcludedLine",
    "Fate",
    "Form",
    "Grade",
    "Grain",
    "Incident",
    "IncidentPlace",
    "Mention",
    "Name",
    "Origin",
    "Outcome",
    "Page",
    "Part",
    "Party",
    "Place",
    "PlaceUse",
    "Sentence",
    "Slot",
    "Span",
    "Statement",
    "Status",
    "Stretch",
    "Telling",
    "Time",
    "Toll",
    "Versions",
    "Window",
    "to_plain",
]
