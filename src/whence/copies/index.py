"""Clusters of near-copies, kept up as documents arrive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from whence.copies.likeness import Likeness, likeness
from whence.copies.postings import Document, Postings
from whence.copies.shingles import indexed

Item = tuple[str, str, Sequence[int]]
"""Key, order and sketch of a document. The lesser order comes first (the day of publication, then the digest)."""
FREQUENT = 100
"""Clusters that have a shingle from which on it counts no more. It is boilerplate then, and to follow it costs time."""
_SHARED = 2
"""Looked-up shingles that make a candidate: of the 24, copies share ten and more, two texts at random none."""
_CHUNK = 1_000
"""Documents whose inverted lists are read, and written, at once."""


@dataclass(frozen=True, slots=True)
class Match:
    """The best earlier copy of a text."""

    key: str
    """Of the first document of the cluster to which it belongs."""
    document: str
    """Key of the document itself."""
    containment: float
    """Share of the smaller text's shingles that stand in the larger one, 0 to 1."""
    sizes: tuple[int, int]
    """Different shingles of the text and of the document; estimated for long texts."""


class Index:
    """Finds the copies of a text among the documents added before.

    A document never leaves the cluster in which a call of `add` or `cluster` put it.
    """

    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    def find(self, sketch: Sequence[int]) -> Match | None:
        """The best copy of a text in the index, or none; of equals the earlier added one."""
        owners = self._postings.owners(indexed(sketch))
        found = max(_Batch(self._postings, owners).copies(sketch), key=_rank, default=None)
        if found is None:
            return None
        document, like = found
        first = self._postings.document(document.cluster)
        return Match(first.key, document.key, like.containment, like.sizes)

    def add(self, key: str, sketch: Sequence[int]) -> str:
        """Adds a document; the key of the first document of its cluster, its own if it is no copy.

        A key that is in the index already stays as it is.
        """
        return self.cluster([(key, "", sketch)])[key]

    def cluster(self, items: Iterable[Item]) -> dict[str, str]:
        """Adds documents; for the key of each the key of the first document of its cluster.

        The result does not depend on the order of the items: the least `order` comes first, then the least key. A
        document that is a copy of two clusters that began in this call makes one of them; those of earlier calls stay
        as they are. Keys that are in the index already stay where they are. Holds all items in memory.
        """
        ordered = iter(sorted(items, key=lambda item: (item[1], item[0])))
        clusters: dict[str, str] = {}
        state = _Call(self._postings)
        while chunk := list(islice(ordered, _CHUNK)):
            clusters |= self._postings.clusters([key for key, _, _ in chunk])
            new = {key: sketch for key, _, sketch in chunk if key not in clusters}
            hashes = {hash for sketch in new.values() for hash in indexed(sketch)}
            batch = _Batch(self._postings, self._postings.owners(hashes))
            for key, sketch in new.items():
                state.put(batch, key, sketch)
            batch.write()
        return clusters | state.settle()


_Copy = tuple[Document, Likeness]


def _rank(copy: _Copy) -> tuple[float, int]:
    """The more contained first, then the earlier added."""
    document, like = copy
    return like.containment, -document.id


class _Batch:
    """Documents and inverted lists that are at hand, and what is to be written of them."""

    def __init__(self, postings: Postings, owners: dict[int, dict[int, int]]) -> None:
        self._postings, self._owners = postings, owners
        self._documents: dict[int, Document] = {}
        self._new: list[Document] = []
        self._pairs: list[tuple[int, int]] = []

    def copies(self, sketch: Sequence[int], roots: dict[int, int] | None = None) -> Iterator[_Copy]:
        """The documents of which a text is a copy; `roots` says which clusters have become one."""
        roots = roots or {}
        shared: dict[int, int] = {}
        candidates: dict[int, set[int]] = {}
        looked_up = indexed(sketch)
        for hash in looked_up:
            owners = self._owners.get(hash, {})
            if len(owners) > FREQUENT:
                continue
            by_cluster: dict[int, list[int]] = {}
            for id, cluster in owners.items():
                by_cluster.setdefault(roots.get(cluster, cluster), []).append(id)
            for cluster, ids in by_cluster.items():
                shared[cluster] = shared.get(cluster, 0) + 1
                candidates.setdefault(cluster, {cluster}).update(ids)
        enough = min(_SHARED, len(looked_up))
        for cluster, count in shared.items():
            if count >= enough:
                for id in sorted(candidates[cluster]):
                    document = self._document(id)
                    like = likeness(sketch, document.sketch)
                    if like.is_copy:
                        yield document, like

    def put(self, document: Document, roots: dict[int, int]) -> None:
        """Adds a document, and to the inverted lists what its cluster lacks there."""
        self._documents[document.id] = document
        self._new.append(document)
        for hash in indexed(document.sketch):
            owners = self._owners.setdefault(hash, {})
            has_it = any(roots.get(cluster, cluster) == document.cluster for cluster in owners.values())
            if not has_it and len(owners) <= FREQUENT:
                owners[document.id] = document.cluster
                self._pairs.append((hash, document.id))

    def write(self) -> None:
        """Hands what is new to the store."""
        self._postings.write(self._new, self._pairs)

    def _document(self, id: int) -> Document:
        if id not in self._documents:
            self._documents[id] = self._postings.document(id)
        return self._documents[id]


class _Call:
    """The documents of one call, and which of the clusters that began in it have become one."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._old = postings.last()
        self._last = self._old
        self._clusters: dict[str, int] = {}
        self._ids: dict[str, int] = {}
        self._roots: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}

    def put(self, batch: _Batch, key: str, sketch: Sequence[int]) -> None:
        """Gives a document its cluster and adds it."""
        copies = list(batch.copies(sketch, self._roots))
        self._last += 1
        cluster = self._join(copies) if copies else self._last
        self._clusters[key], self._ids[key] = cluster, self._last
        batch.put(Document(self._last, key, cluster, sketch), self._roots)

    def _join(self, copies: list[_Copy]) -> int:
        """The cluster of a text with these copies; those that began in this call become one with it."""
        copies.sort(key=_rank, reverse=True)
        clusters = [self._roots.get(document.cluster, document.cluster) for document, _ in copies]
        old = [cluster for cluster in clusters if cluster <= self._old]
        first = old[0] if old else min(clusters)
        for cluster in {*clusters} - {first}:
            if cluster > self._old:
                for member in [cluster, *self._members.pop(cluster, ())]:
                    self._roots[member] = first
                    self._members.setdefault(first, []).append(member)
        return first

    def settle(self) -> dict[str, str]:
        """Writes which clusters have become one; for each key the key of its cluster's first document."""
        moved: list[Document] = []
        keys: dict[str, str] = {}
        names = {id: key for key, id in self._ids.items()}
        for key, cluster in self._clusters.items():
            first = self._roots.get(cluster, cluster)
            if first != cluster:
                moved.append(replace(self._postings.document(self._ids[key]), cluster=first))
            if first not in names:
                names[first] = self._postings.document(first).key
            keys[key] = names[first]
        self._postings.write(moved, ())
        return keys
