"""How often an archive's own events are right, by a sample that a person judges slot by slot.

archive ──> sample ──> questions ──> reviews ──> report

The sample is stratified: of each type as many events as its share of the archive asks, and not fewer than a few. It is
drawn by hashes of seed and uid, so the same archive gives the same sample in whatever order it came about, and a larger
one holds a smaller one.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import TYPE_CHECKING, Any

from whence.archive.review_values import Slot, of_event
from whence.archive.reviewed import Words, standing
from whence.errors import ArchiveError
from whence.records import Coding, Event, to_plain
from whence.reviewing import sentence
from whence.table import plain

if TYPE_CHECKING:
    from whence.archive import Archive

ASKED: tuple[Slot, ...] = ("type", "mode", "status", "actors", "recipients", "instruments", "places", "time", "counts")
"""What is asked of an event, in order. The first asks whether there is such an event at all."""
_FLOOR = 5
"""Events of each type in a sample that is large enough: with fewer an interval says nothing."""
_Z = 1.959963984540054
"""Of the normal distribution, two-sided 95 %."""
_DRAWS = 1_000
"""Resamplings for an interval of alpha; the ends then waver by less than a hundredth."""
_LABELS = {
    "actors": "actor",
    "recipients": "recipient",
    "instruments": "means",
    "places": "place",
    "time": "time",
    "counts": "number",
}


# -- drawing ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sample:
    """The uids of a sample, and what it stands for."""

    uids: tuple[str, ...]
    """In the order in which they are asked: whoever stops early has a random part."""
    drawn: Mapping[str, int]
    """Events of each type in the sample."""
    population: Mapping[str, int]
    """Events of each type in the archive."""


def draw(archive: Archive, size: int, seed: int) -> Sample:
    """A sample of so many events, or of all where there are fewer.

    Raises `ArchiveError` where there is no event, or where the sample is too small to have each type.
    """
    population: dict[str, int] = {}
    nearest: dict[str, list[tuple[bytes, str]]] = {}
    for type, same in groupby(archive.uids(), key=lambda row: row[0]):
        hashed = _Counted((hashlib.sha256(f"{seed}:{uid}".encode()).digest(), uid) for _, uid in same)
        nearest[type] = heapq.nsmallest(size, hashed)
        population[type] = hashed.count
    if not population:
        raise ArchiveError(f"{archive.path}: no events in it; `whence ingest … --archive {archive.path}` brings some")
    drawn = allocate(population, size)
    chosen = sorted(pair for type, count in drawn.items() for pair in nearest[type][:count])
    return Sample(tuple(uid for _, uid in chosen), drawn, population)


class _Counted:
    """Items that are counted as they pass."""

    def __init__(self, items: Iterable[tuple[bytes, str]]) -> None:
        self._items, self.count = items, 0

    def __iter__(self) -> Iterator[tuple[bytes, str]]:
        for item in self._items:
            self.count += 1
            yield item


def allocate(population: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each type: a few of each, then one after the other to the type that is farthest below its share.

    That is the method of Webster and Sainte-Laguë. Raises `ArchiveError` for a size that is less than the types.
    """
    if size < len(population):
        raise ArchiveError(f"a sample of {size:,} cannot have all {len(population):,} types: ask for as many at least")
    few = min(_FLOOR, size // len(population))
    drawn = {type: min(few, count) for type, count in population.items()}
    queue = [(-population[type] / (2 * n + 1), type) for type, n in drawn.items() if n < population[type]]
    heapq.heapify(queue)
    for _ in range(min(size, sum(population.values())) - sum(drawn.values())):
        _, type = heapq.heappop(queue)
        drawn[type] += 1
        if drawn[type] < population[type]:
            heapq.heappush(queue, (-population[type] / (2 * drawn[type] + 1), type))
    return drawn


def found(archive: Archive, uids: Collection[str]) -> dict[str, tuple[Coding, Event]]:
    """The events of some uids with their codings."""
    if not uids:
        return {}
    return {e.uid: (one.coding, e) for one in archive.find(uid=sorted(uids)) for e in one.events}


# -- asking ----------------------------------------------------------------------------------------


def questions(event: Event) -> tuple[Slot, ...]:
    """The slots of an event that are asked: those in which something stands."""
    return tuple(slot for slot in ASKED if of_event(event, slot))


def judgements(event: Event, words: Words) -> dict[Slot, bool]:
    """What words say of an event as it is coded now: whether slots are right, as far as they say.

    A word on what was coded before, and is no longer, says nothing; but what a user said that a slot ought to be is
    compared with what it is.
    """
    if words.whole is not None and words.whole.verdict == "reject":
        return {"type": False}
    told: dict[Slot, bool] = {}
    for slot in questions(event):
        word, now = words.on(slot), of_event(event, slot)
        if word is None:
            continue
        if word.verdict == "correct":
            told[slot] = _says(word.value, now)
        elif word.judged.get(slot) == now:
            told[slot] = word.verdict == "confirm"
    trigger = words.slots.get("trigger")
    if trigger is not None and trigger.verdict == "reject":
        told["type"] = False
    return {"type": False} if told.get("type") is False else told


def _says(value: Any, now: Any) -> bool:
    """Whether a coded slot is what a user says; of mentions only what is said counts."""
    if isinstance(value, list) and isinstance(now, list):
        return len(value) == len(now) and all(map(_says, value, now))
    if isinstance(value, dict) and isinstance(now, dict):
        return all(now.get(name) == part for name, part in value.items())
    return bool(value == now)


def marked(coding: Coding, event: Event) -> str:
    """The sentence of an event, with the trigger and the slots in brackets and what they are."""
    text = coding.article.text
    begin, end = sentence(text, event.trigger.at)
    marks = {event.trigger.at: [event.type]}
    for slot, label in _LABELS.items():
        value = getattr(event, slot)
        for one in value if isinstance(value, tuple) else [value] if value else []:
            labels = marks.setdefault(one.at, [])
            if label not in labels:
                labels.append(label)
    written, at = "", begin
    for first, last in _apart(marks, event.trigger.at):
        if at <= first and last <= end:
            written += f"{text[at:first]}[{text[first:last]}: {', '.join(marks[first, last])}]"
            at = last
    return plain(written + text[at:end])


def _apart(spans: Iterable[tuple[int, int]], first: tuple[int, int]) -> list[tuple[int, int]]:
    """The spans that do not overlap `first` or an earlier one, in the order of the text."""
    kept = [first]
    for span in sorted(spans):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


# -- precision -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those judged are right, in the archive as far as the sample tells."""

    judged: int
    right: int
    precision: float | None
    """Weighted by strata; null where nothing was judged."""
    low: float | None
    high: float | None
    """Ends of the interval of 95 %."""


@dataclass(frozen=True, slots=True)
class TypeShare:
    """One type: whether its events are such events, and whether their slots are right."""

    events: int
    """In the archive."""
    drawn: int
    """In the sample."""
    share: Share
    slots: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Report:
    """What was judged of a sample."""

    events: int
    """In the archive."""
    drawn: int
    judged: int
    """Events of the sample of which it is said whether they are such events."""
    covered: float
    """Share of the archive's events that are of types of which some were judged."""
    slots: Mapping[str, Share]
    types: Mapping[str, TypeShare]

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, ready for `json.dumps`."""
        types = {
            name: {
                "events": one.events,
                "drawn": one.drawn,
                **to_plain(one.share),
                "slots": {slot: to_plain(share) for slot, share in one.slots.items()},
            }
            for name, one in self.types.items()
        }
        slots = {slot: to_plain(share) for slot, share in self.slots.items()}
        counts = {"events": self.events, "drawn": self.drawn, "judged": self.judged, "covered": self.covered}
        return {**counts, "slots": slots, "types": types}


def said(archive: Archive, events: Mapping[str, tuple[Coding, Event]], who: str) -> dict[str, dict[Slot, bool]]:
    """What a user judged of some events, by uid."""
    words = standing(archive.reviews(who=who, orphaned=False))
    return {uid: judgements(event, words[uid]) for uid, (_, event) in events.items() if uid in words}


def report(sample: Sample, types: Mapping[str, str], told: Mapping[str, Mapping[Slot, bool]]) -> Report:
    """Precision by slot and type. `types` has the type of each event of the sample, `told` what was judged of it.

    Of a slot other than `type`, only events count that are such events. Where strata were sampled unequally each event
    weighs as many as it stands for, N/n of its type, with n of those judged: the combined ratio estimator (W. G.
    Cochran, Sampling Techniques, 3rd edition 1977, section 6.11, applied to a domain). Intervals are Wilson's, on the
    effective size (Σw)²/Σw² of L. Kish (Survey Sampling, 1965, section 11.7); that the archive is finite is not
    counted, so that they are rather too wide.
    """
    judged = Counter(types[uid] for uid, slots in told.items() if "type" in slots)
    weights = {type: sample.population[type] / count for type, count in judged.items()}
    answers = [
        (types[uid], slot, is_right)
        for uid, slots in told.items()
        if "type" in slots
        for slot, is_right in slots.items()
    ]

    def of(slot: str, among: Iterable[str]) -> Share:
        wanted = set(among)
        return share([(weights[type], right) for type, its, right in answers if its == slot and type in wanted])

    per_type = {
        type: TypeShare(count, sample.drawn[type], of("type", [type]), {slot: of(slot, [type]) for slot in ASKED[1:]})
        for type, count in sorted(sample.population.items())
    }
    everything = sum(sample.population.values())
    covered = sum(sample.population[type] for type in judged) / everything
    slots: dict[str, Share] = {slot: of(slot, judged) for slot in ASKED}
    return Report(everything, len(sample.uids), judged.total(), covered, slots, per_type)


def share(answers: Sequence[tuple[float, bool]]) -> Share:
    """The weighted share of right ones among answers, each with its weight, with its interval."""
    if not answers:
        return Share(0, 0, None, None, None)
    total = math.fsum(weight for weight, _ in answers)
    precision = math.fsum(weight for weight, is_right in answers if is_right) / total
    size = total**2 / math.fsum(weight**2 for weight, _ in answers)
    return Share(len(answers), sum(right for _, right in answers), precision, *wilson(precision, size))


def wilson(share: float, size: float) -> tuple[float, float]:
    """The interval of 95 % for a share among `size` (E. B. Wilson, JASA 22, 1927, pages 209 to 212)."""
    middle = share + _Z**2 / (2 * size)
    reach = _Z * math.sqrt(share * (1 - share) / size + _Z**2 / (4 * size**2))
    scale = 1 + _Z**2 / size
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


# -- agreement -------------------------------------------------------------------------------------

Coincidences = dict[tuple[Hashable, Hashable], float]
"""How often two values were given to one thing by two people, in both orders."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree on what both judged."""

    judged: int
    """Slots of events that both judged."""
    agreed: int
    alpha: float | None
    """Null where all judgements are the same, so that nothing tells agreement from chance."""
    low: float | None
    high: float | None
    """Ends of the interval of 95 %, over resampled events."""


def agreement(a: Mapping[str, Mapping[Slot, bool]], b: Mapping[str, Mapping[Slot, bool]]) -> dict[str, Agreement]:
    """The agreement on `all` slots together and on each, of what two users judged by uid."""
    slots = {"all": set(ASKED)} | {slot: {slot} for slot in ASKED}
    return {name: _agreement(a, b, wanted) for name, wanted in slots.items()}


def _agreement(
    a: Mapping[str, Mapping[Slot, bool]], b: Mapping[str, Mapping[Slot, bool]], wanted: set[Slot]
) -> Agreement:
    per_event = []
    for uid in sorted(a.keys() & b.keys()):
        units = [(a[uid][slot], b[uid][slot]) for slot in ASKED if slot in wanted & a[uid].keys() & b[uid].keys()]
        if units:
            per_event.append(coincidences(units))
    pairs = _added(per_event)
    agreed = round(sum(count for (x, y), count in pairs.items() if x == y))
    ends = _resampled(per_event)
    return Agreement(round(sum(pairs.values())) // 2, agreed // 2, alpha_of(pairs), *ends)


def _added(parts: Iterable[Coincidences]) -> Coincidences:
    made: Coincidences = {}
    for part in parts:
        for pair, count in part.items():
            made[pair] = made.get(pair, 0.0) + count
    return made


def _resampled(per_event: Sequence[Coincidences], seed: int = 0) -> tuple[float | None, float | None]:
    """The ends of the interval: events are drawn with replacement, since the slots of one are not independent."""
    random = Random(seed)
    drawn = (random.choices(per_event, k=len(per_event)) for _ in range(_DRAWS if per_event else 0))
    found = sorted(alpha for events in drawn if (alpha := alpha_of(_added(events))) is not None)
    if not found:
        return None, None
    return found[int(0.025 * len(found))], found[min(len(found) - 1, int(0.975 * len(found)))]


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal data: 1 − observed/expected disagreement; None where all values are the same.

    A unit is the values that it was given, one from each of those who judged it; a unit with one value says nothing.
    With o(c, k) the coincidences of values, n(c) their sums and n the sum of all,
    α = 1 − (n − 1) · Σ o(c, k) / Σ n(c) n(k), both over c ≠ k (K. Krippendorff, Computing Krippendorff's
    Alpha-Reliability, 2011, section C; Content Analysis, 2nd edition 2004, chapter 11).
    """
    return alpha_of(coincidences(units))


def coincidences(units: Iterable[Sequence[Hashable]]) -> Coincidences:
    """The coincidences of units: in a unit of m values each ordered pair counts 1/(m − 1)."""
    found: Coincidences = {}
    for values in units:
        for i, value in enumerate(values):
            for j, other in enumerate(values):
                if i != j:
                    found[value, other] = found.get((value, other), 0.0) + 1 / (len(values) - 1)
    return found


def alpha_of(pairs: Coincidences) -> float | None:
    """Alpha from the coincidences of all units."""
    totals: dict[Hashable, float] = {}
    for (value, _), count in pairs.items():
        totals[value] = totals.get(value, 0.0) + count
    everything = sum(totals.values())
    expected = everything**2 - sum(count**2 for count in totals.values())
    if expected <= 0:
        return None
    observed = sum(count for (value, other), count in pairs.items() if value != other)
    return 1 - (everything - 1) * observed / expected
