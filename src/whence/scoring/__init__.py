"""How good a reading of articles is, against one that people made: precision, recall and F1, slot by slot.

`read(path)` gives marked articles, `tally(gold, found)` compares two readings of one of them, `figures(tallies)` sums
up. What each measure means stands in `measures.py`.
"""

from __future__ import annotations

from whence.scoring.alignment import mover
from whence.scoring.counting import Tally, tally
from whence.scoring.files import Marked, read
from whence.scoring.marks import NOTHING, Marks
from whence.scoring.marks import read as read_marks
from whence.scoring.measures import MEASURES, Measure
from whence.scoring.report import Figure, figures, mean_of_statuses

__all__ = [
    "MEASURES",
    "NOTHING",
    "Figure",
    "Marked",
    "Marks",
    "Measure",
    "Tally",
    "figures",
    "mean_of_statuses",
    "mover",
    "read",
    "read_marks",
    "tally",
]
