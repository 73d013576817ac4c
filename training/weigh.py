"""Fits the weights by which the coding weighs encoder, codebook and tree: `src/whence/coding/weights.yaml`.

    python -m training.weigh --model FOLDER --fold 0 [--trees FOLDER]

The articles are those of the fold that the model's run left out (`training.train --fold 0`), so the encoder
is as sure or unsure there as on any new article. Logistic regressions with a small penalty, their
thresholds where F1 is best; the share right by tenth of confidence is printed (a reliability table),
measured by cross-validation over the articles.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
import yaml

import whence
from training.reliability import Tenth, expected_error, svg, tenths
from training.train import AUTHORED, FOLDS, WORLD, data_folder
from whence import coding
from whence.coding import candidates, modes, participants, places, repairs, retellings, times, weighing
from whence.coding.candidates import Candidate
from whence.coding.events import Scene, mode_options, status_options
from whence.coding.tree import Tree
from whence.coding.weighing import Features
from whence.records import Analysis

TARGET = Path(weighing.__file__).with_name("weights.yaml")
PENALTY = 0.002
"""Of the squared weights, beside the mean loss."""
NEAR = 2.0
"""Points of F1 that a higher threshold may cost."""
PARTS = 5
"""Parts of the articles of which one at a time is predicted from the others."""

SHOWN = ("event", "actor", "recipient")
EVEN = ("actor", "recipient", "place")
"""Questions answered with yes from even chances up: an event is right when all its slots are."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Question:
    """A yes-or-no question met in an article, and its answer."""

    article: int
    features: Features
    answer: bool
    group: object = None
    """Of the questions of one group at most one is answered with yes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice among options met in an article, and the right one."""

    article: int
    options: Mapping[str, Features]
    answer: str


@dataclass(slots=True)
class Gathered:
    """What the articles ask, by the name of the model that answers it."""

    questions: defaultdict[str, list[Question]] = field(default_factory=lambda: defaultdict(list))
    choices: defaultdict[str, list[Choice]] = field(default_factory=lambda: defaultdict(list))
    missed: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Right answers that nothing proposed."""


def annotated(fold: int | None) -> list[dict[str, Any]]:
    """The annotated articles of a fold, as `training.train` numbers them, or all, in random order."""
    found = []
    for name in (AUTHORED, WORLD):
        with gzip.open(data_folder() / name, "rt", encoding="utf8") as lines:
            found += [row for number, row in enumerate(map(json.loads, lines)) if fold in (None, number % FOLDS)]
    random.Random(0).shuffle(found)
    return found


class Reader:
    """Reads texts with the trees of one model and the acts of another, which had not seen them."""

    def __init__(self, acts: Path, trees: Path | None) -> None:
        self.coder = whence.Coder(model=trees or acts)
        self._acts = whence.Coder(model=acts)
        self._read: dict[str, Analysis] = {}

    def analyse(self, text: str) -> Analysis:
        """The analysis of a text, made once."""
        if text not in self._read:
            self._read[text] = replace(self.coder.analyse(text), acts=self._acts.analyse(text).acts)
        return self._read[text]


def gather(rows: Sequence[Mapping[str, Any]], reader: Reader) -> Gathered:
    """Every question that the coding asks of the articles, answered by their annotation."""
    made, coder = Gathered(), reader.coder
    for number, row in enumerate(rows):
        article = whence.article(row["text"].encode("utf8"))
        tree = Tree(repairs.repaired(reader.analyse(article.text)))
        dates = times.find(tree, None)
        toponyms = places.find(tree, coder.knowledge, article)
        scene = Scene(tree, coder.codebook, [(t.first, t.last) for t in dates], [(p.first, p.last) for p in toponyms])
        _ask(made, number, scene, row["events"])
    return made


def gather_retellings(rows: Sequence[Mapping[str, Any]], reader: Reader) -> Gathered:
    """Of each pair of events of a type, among those coded rightly, whether they are one happening.

    All articles are asked: what the encoder says of a word has no part in these features.
    """
    made, coder = Gathered(), reader.coder
    for number, row in enumerate(rows):
        article = whence.article(row["text"].encode("utf8"))
        analysis = reader.analyse(article.text)
        coded = coding.code(article, analysis, coder.codebook, coder.knowledge)
        told = _happenings(row["events"])
        names = {}
        for event in coded.events:
            gold = next((e for e in row["events"] if _touch(event.trigger.at, e["trigger"]["at"])), None)
            if gold is not None:
                names[event.id] = told[gold["id"]]
        for later, earlier in retellings.propose(coded.events, Tree(repairs.repaired(analysis))):
            for one, features in earlier:
                if later.id in names and one.event.id in names:
                    right = names[later.id] == names[one.event.id]
                    made.questions["same"].append(Question(number, features, right))
    return made


def _happenings(events: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The first telling of each event's happening."""
    found: dict[str, str] = {}
    for event in events:
        found[event["id"]] = found.get(event["same_as"], event["same_as"] or event["id"])
    return found


def _ask(made: Gathered, number: int, scene: Scene, events: Sequence[Mapping[str, Any]]) -> None:
    tree, matched = scene.tree, set()
    for one in candidates.propose(scene.roles, scene.codebook, scene.surroundings):
        own = tree.span(one.first, one.last)
        event = next((e for e in events if _touch(own, e["trigger"]["at"])), None)
        right = event is not None and event["type"] == one.type
        made.questions["event"].append(Question(number, one.features, right, (number, one.word)))
        if event is not None and right:
            matched.add(id(event))
            _ask_slots(made, number, scene, one, event)
    made.missed["event"] += len(events) - len(matched)


def _ask_slots(made: Gathered, number: int, scene: Scene, one: Candidate, event: Mapping[str, Any]) -> None:
    tree, category = scene.tree, scene.codebook.categories[one.type]
    options = status_options(one, scene.reader.read(one.word, one.cue, category)[0])
    if options:
        made.choices["status"].append(Choice(number, options, event["status"]))
    by_rule = modes.choose(tree, category, one.cue, one.word, one.first, one.last)
    if options := mode_options(one, category, by_rule):
        made.choices["mode"].append(Choice(number, options, event["mode"] or ""))
    if one.act is None:
        return
    by_tree = participants.by_tree_alone(scene.roles, one.word, one.slots)
    general = one.slots is None or one.slots.general
    for role in ("actor", "recipient"):
        found = participants.propose(scene.roles, role, by_tree, one.act, general=general)
        _answer(made, role, number, tree, found, event[f"{role}s"])
    where = participants.places(scene.roles, scene.surroundings, one.word, one.slots, None)
    found = participants.propose_places(scene.surroundings, where, one.act, one.word)
    _answer(made, "place", number, tree, found, event["places"])


def _answer(
    made: Gathered,
    name: str,
    number: int,
    tree: Tree,
    found: Mapping[int, Features],
    mentions: Sequence[Mapping[str, Any]],
) -> None:
    spans = [tuple(m["at"]) for m in mentions if m.get("at")]
    hit = set()
    for word, features in found.items():
        right = [span for span in spans if _touch(tree.span(word, word), span)]
        hit |= set(right)
        made.questions[name].append(Question(number, features, bool(right)))
    made.missed[name] += len(spans) - len(hit)


def _touch(a: Sequence[int], b: Sequence[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


# -- fitting -----------------------------------------------------------------------------------


def fit(columns: Sequence[str], loss: Callable[[torch.Tensor], torch.Tensor]) -> dict[str, float]:
    """The weights of the features that make the loss and the penalty least."""
    weights = torch.zeros(len(columns), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def step() -> torch.Tensor:
        optimiser.zero_grad()
        total = loss(weights) + PENALTY * (weights**2).mean()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(step)  # type: ignore[no-untyped-call]
    return {name: round(float(w), 3) for name, w in zip(columns, weights.detach(), strict=True)}


def fit_questions(questions: Sequence[Question]) -> dict[str, float]:
    """A logistic regression."""
    columns = sorted({name for q in questions for name in q.features})
    x = torch.tensor([[q.features.get(c, 0.0) for c in columns] for q in questions], dtype=torch.float64)
    y = torch.tensor([float(q.answer) for q in questions], dtype=torch.float64)
    return fit(columns, lambda w: torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y))


def fit_choices(choices: Sequence[Choice]) -> dict[str, float]:
    """A softmax over the options, features weighed alike for all."""
    good = [c for c in choices if c.answer in c.options]
    columns = sorted({name for c in good for features in c.options.values() for name in features})
    width = max(len(c.options) for c in good)
    x = torch.zeros(len(good), width, len(columns), dtype=torch.float64)
    barred = torch.ones(len(good), width, dtype=torch.bool)
    y = torch.zeros(len(good), dtype=torch.long)
    for i, choice in enumerate(good):
        for j, (name, features) in enumerate(choice.options.items()):
            barred[i, j] = False
            x[i, j] = torch.tensor([features.get(c, 0.0) for c in columns])
            if name == choice.answer:
                y[i] = j
    return fit(columns, lambda w: torch.nn.functional.cross_entropy((x @ w).masked_fill(barred, -1e9), y))


def chances(weights: Mapping[str, float], questions: Iterable[Question]) -> list[float]:
    """What the weights answer."""
    sums = (sum(weights.get(k, 0.0) * v for k, v in q.features.items()) for q in questions)
    return [float(torch.sigmoid(torch.tensor(s, dtype=torch.float64))) for s in sums]


def cross_validated(questions: Sequence[Question]) -> list[float]:
    """The chance of each question by weights fitted on the articles of the other parts."""
    made = [0.0] * len(questions)
    for part in range(PARTS):
        weights = fit_questions([q for q in questions if q.article % PARTS != part])
        for i, p in enumerate(chances(weights, questions)):
            if questions[i].article % PARTS == part:
                made[i] = p
    return made


def right_choices(choices: Sequence[Choice]) -> float:
    """Per cent chosen right by weights fitted on the articles of the other parts."""
    right = 0
    for part in range(PARTS):
        weights = fit_choices([c for c in choices if c.article % PARTS != part])
        for choice in (c for c in choices if c.article % PARTS == part):
            sums = {o: sum(weights.get(k, 0.0) * v for k, v in f.items()) for o, f in choice.options.items()}
            right += max(sums, key=lambda o: sums[o]) == choice.answer
    return 100 * right / len(choices)


def best_threshold(questions: Sequence[Question], given: Sequence[float], missed: int) -> tuple[float, float]:
    """The highest chance from which yes gives an F1 within `NEAR` of the best, and that F1, in per cent.

    F1 hardly moves over a wide range; within it the more precise is better for who reads the events. Of the
    questions of a group the one with the highest chance is answered.
    """
    best: dict[object, int] = {}
    for i, question in enumerate(questions):
        key = i if question.group is None else question.group
        if key not in best or given[i] > given[best[key]]:
            best[key] = i
    gold = sum(q.answer for q in questions) + missed
    ranked = sorted(((given[i], questions[i].answer) for i in best.values()), reverse=True)
    right, curve = 0, []
    for got, (chance, answer) in enumerate(ranked, 1):
        right += answer
        curve.append((chance, 200 * right / (got + gold)))
    top = max(f1 for _, f1 in curve)
    return next((chance, f1) for chance, f1 in curve if f1 >= top - NEAR)


def main() -> None:
    """Gathers, fits, tells, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder of the exported model of a run with --fold")
    parser.add_argument(
        "--trees", type=Path, help="folder of the model that is shipped, for its trees (default: the same)"
    )
    parser.add_argument("--fold", type=int, required=True)
    parser.add_argument("--to", type=Path, default=TARGET)
    parser.add_argument("--plot", type=Path, help="SVG file for the reliability of events, actors, recipients, places")
    options = parser.parse_args()
    reader = Reader(options.model, options.trees)
    gathered = gather(annotated(options.fold), reader)
    gathered.questions |= gather_retellings(annotated(None), reader).questions
    written: dict[str, dict[str, float]] = {}
    curves: dict[str, list[Tenth]] = {}
    for name, questions in gathered.questions.items():
        given = cross_validated(questions)
        least, f1 = best_threshold(questions, given, gathered.missed[name])
        written[name] = {"least": 0.5 if name in EVEN else round(least, 3), **fit_questions(questions)}
        print(f"{name}: {len(questions)} questions, F1 {f1:.1f} from {least:.2f}")
        curves[name] = tenths(given, [q.answer for q in questions])
        for t in curves[name]:
            print(f"  said {100 * t.said:5.1f} %  right {100 * t.right:5.1f} %  of {t.number}")
        print(f"  expected calibration error {100 * expected_error(curves[name]):.1f}")
    for name, choices in gathered.choices.items():
        written[name] = fit_choices(choices)
        print(f"{name}: {len(choices)} choices, {right_choices(choices):.1f} % right")
    if options.plot:
        options.plot.write_text(svg({name: curves[name] for name in SHOWN}), encoding="utf8")
    head = (
        "# Fitted by `python -m training.weigh` on articles that the encoder had not seen; not to be edited by hand.\n"
    )
    options.to.write_text(head + yaml.safe_dump(written, sort_keys=False, width=120), encoding="utf8")


if __name__ == "__main__":
    main()
