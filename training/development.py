"""Figures on development data while the model learns: quick, on a sample, without tree repair."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence

import torch

from training.corpora import NAME_TAGS, Document
from training.model import Model, Outputs
from training.pairs import pair_weights
from training.tasks import Task
from training.windows import IGNORED, examples, tensors
from whence.language import attributions, happenings
from whence.language.attributions import PARTS
from whence.language.happenings import ROLE_PARTS
from whence.language.parts import PartScorer, part_ranges

Score = dict[str, float]


@torch.no_grad()
def score(
    model: Model,
    inventory: dict[str, list[str]],
    documents: Sequence[Document],
    pieces: Callable[[str], tuple[int, ...]],
    tasks: Sequence[Task],
    sample: int,
) -> Score:
    """LAS and UAS (subtypes stripped), tags, exact names (PER, ORG, LOC), sentence starts, parts of
    attributions and events, in per cent."""
    model.eval()
    found = examples(documents, pieces, random.Random(7))
    random.Random(8).shuffle(found)
    counts: Counter[str] = Counter()
    weights = pair_weights(model)
    parts, roles = PartScorer.of(weights, "part", PARTS), PartScorer.of(weights, "role", ROLE_PARTS)
    chosen = sorted(found[:sample], key=lambda e: len(e.window.ids))
    for begin in range(0, len(chosen), 8):
        inputs, targets = tensors(chosen[begin : begin + 8], tasks)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = model(**inputs)
        _count_trees(counts, model, inventory, outputs, targets)
        _count_names(counts, outputs, targets)
        known = targets["start"] >= 0
        _count_attributions(counts, parts, outputs, targets)
        _count_happenings(counts, roles, inventory, outputs, targets)
        _count_starts(counts, (outputs.sentence_start[known] > 0).tolist(), targets["start"][known].tolist())
    model.train()
    return _figures(counts)


def _count_trees(
    counts: Counter[str],
    model: Model,
    inventory: dict[str, list[str]],
    outputs: Outputs,
    targets: dict[str, torch.Tensor],
) -> None:
    known = targets["head"] != IGNORED
    if not bool(known.any()):
        return
    scores = outputs.arc_dependent.float() @ outputs.arc_head.float().transpose(1, 2)
    sentence = targets["sentence"]
    allowed = sentence[:, :, None] == sentence[:, None, :]
    allowed[:, :, 0] = True
    allowed &= ~torch.eye(sentence.shape[1], dtype=torch.bool)
    heads = scores.masked_fill(~allowed, -1e9).argmax(-1)
    at_head = outputs.label_head.gather(1, heads[:, :, None].expand(-1, -1, outputs.label_head.shape[-1]))
    labels = model.labels(outputs.label_dependent[known].float(), at_head[known].float()).argmax(-1)
    base = [label.partition(":")[0] for label in inventory["deprel"]]
    right = (heads[known] == targets["head"][known]).tolist()
    pairs = zip(right, labels.tolist(), targets["deprel"][known].tolist(), strict=True)
    counts["words"] += len(right)
    counts["UAS"] += sum(right)
    counts["LAS"] += sum(ok and gold != IGNORED and base[got] == base[gold] for ok, got, gold in pairs)
    for tag in ("upos", "lemma"):
        counts[tag] += int((outputs.tags[tag][known].argmax(-1) == targets[tag][known]).sum())


def _count_names(counts: Counter[str], outputs: Outputs, targets: dict[str, torch.Tensor]) -> None:
    masks = targets["names"]
    for row in range(masks.shape[0]):
        known = masks[row] > 0
        if not bool(known.any()) or bool((masks[row][known] & (masks[row][known] - 1)).any()):
            continue
        gold = [NAME_TAGS[int(m).bit_length() - 1] for m in masks[row][known].tolist()]
        got = [NAME_TAGS[i] for i in outputs.names[row][known].argmax(-1).tolist()]
        a, b = _spans(gold), _spans(got)
        counts["names right"] += len(a & b)
        counts["names gold"] += len(a)
        counts["names got"] += len(b)


def _spans(tags: list[str]) -> set[tuple[int, int, str]]:
    found, begin, kind = set(), -1, ""
    for i, tag in enumerate([*tags, "O"]):
        if begin >= 0 and tag != f"I-{kind}":
            if kind in ("PER", "ORG", "LOC"):
                found.add((begin, i, kind))
            begin = -1
        if tag != "O" and begin < 0:
            begin, kind = i, tag[2:]
    return found


def _count_starts(counts: Counter[str], got: list[bool], gold: list[int]) -> None:
    counts["start right"] += sum(1 for a, b in zip(got, gold, strict=True) if a and b)
    counts["start gold"] += sum(gold)
    counts["start got"] += sum(got)


def _count_attributions(
    counts: Counter[str], scorer: PartScorer, outputs: Outputs, targets: dict[str, torch.Tensor]
) -> None:
    """Exact cues, sources and contents, as the program finds them; not linked."""
    for row in range(targets["cue"].shape[0]):
        known = targets["cue"][row] != IGNORED
        if not bool(known.any()):
            continue
        words = slice(1, int(known.nonzero().max()) + 1)
        views = (outputs.cue, outputs.part_anchor, outputs.part_word)
        cue_scores, as_anchor, as_word = (view[row, words].float().numpy() for view in views)
        got: dict[str, set[tuple[tuple[int, int], ...]]] = {"cue": set(), "source": set(), "content": set()}
        for found in attributions.find(cue_scores, as_anchor, as_word, scorer):
            got["cue"].add((found.cue,))
            got["content"].add(found.content)
            if found.source is not None:
                got["source"].add((found.source,))
        gold: dict[str, set[tuple[tuple[int, int], ...]]] = {"cue": set(), "source": set(), "content": set()}
        cues = targets["cue"][row, words].tolist()
        for line in targets["parts"][targets["parts row"] == row].tolist():
            end = line[0]
            while end < len(cues) and cues[end] == 2:
                end += 1
            gold["cue"].add(((line[0] - 1, end - 1),))
            parts = part_ranges(line[1 : len(cues) + 1], PARTS)
            for kind in ("source", "content"):
                if pieces := tuple((b, e) for k, b, e in parts if k == kind):
                    gold[kind].add(pieces)
        for kind, right in gold.items():
            counts[f"{kind} right"] += len(right & got[kind])
            counts[f"{kind} gold"] += len(right)
            counts[f"{kind} got"] += len(got[kind])


def _count_happenings(
    counts: Counter[str],
    scorer: PartScorer,
    inventory: dict[str, list[str]],
    outputs: Outputs,
    targets: dict[str, torch.Tensor],
) -> None:
    """Triggers with their type, from even chances up; and of those found each part with its role, exactly."""
    for row in range(targets["trigger"].shape[0]):
        known = targets["trigger"][row] != IGNORED
        if not bool(known.any()):
            continue
        words = slice(1, int(known.nonzero().max()) + 1)
        scores = {name: getattr(outputs, name)[row, words].float().numpy() for name in happenings.SCORES}
        acts = happenings.find(scores, scorer, inventory["types"], inventory["modes"])
        tags = targets["trigger"][row, words].tolist()
        gold = {w: inventory["types"][t - 1] for w, t in enumerate(tags) if 0 < t <= len(inventory["types"])}
        got = {a.trigger[0]: a for a in acts if sum(a.types.values()) > 0.5}
        counts["event gold"] += len(gold)
        counts["event got"] += len(got)
        for line in targets["roles"][targets["roles row"] == row].tolist():
            act = got.get(line[0] - 1)
            if act is None:
                continue
            right = next(iter(act.types)) == gold[act.trigger[0]]
            counts["event right"] += right
            wanted = set(part_ranges(line[1 : len(tags) + 1], ROLE_PARTS))
            found = {(p.role, p.first, p.last) for p in act.parts}
            counts["role right"] += len(wanted & found)
            counts["role gold"] += len(wanted)
            counts["role got"] += len(found)
            counts["matched"] += 1
            status = int(targets["status"][row, line[0]])
            counts["status right"] += 1 << max(range(len(act.statuses)), key=act.statuses.__getitem__) == status


def _figures(counts: Counter[str]) -> Score:
    figures = {k: 100 * counts[k] / counts["words"] for k in ("UAS", "LAS", "upos", "lemma") if counts["words"]}
    for key in ("names", "start", "cue", "source", "content", "event", "role"):
        total = counts[f"{key} gold"] + counts[f"{key} got"]
        if counts[f"{key} gold"]:
            figures[key] = 200 * counts[f"{key} right"] / total
    if counts["matched"]:
        figures["status"] = 100 * counts["status right"] / counts["matched"]
    return {k: round(v, 2) for k, v in figures.items()}
