"""How reports are worded: sparse TF-IDF vectors, rare names, nearest neighbours, shared runs of words.

Term weights start from how common a word is in news at large and sharpen with the collection, so that
five reports are compared as sensibly as five thousand.
"""

from __future__ import annotations

import heapq
import json
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from conflict_events.text.words import content_words

# so many imagined reports of news at large stand beside the collection's own when words are weighed
PRIOR_REPORTS = 200.0
# words of the beginning that carry the news; leads and headlines are compared by themselves
LEAD_WORDS = 60
SHINGLE = 4
_INDEXED_TERMS = 30
_POSTING_LIMIT = 200


@cache
def _news_shares() -> tuple[dict[str, float], float]:
    """Share of news reports that hold a word, and the share taken for a word never seen there."""
    table = json.loads(files("conflict_events.data").joinpath("linking_words.json").read_text("utf-8"))
    shares = {word: share / 1e4 for word, share in table["per_10000_reports"].items()}
    return shares, table["unseen_per_10000_reports"] / 1e4


def rarity(word: str, count: int, reports: int) -> float:
    """Bits of surprise to meet a word in a report of a collection, where ``count`` of ``reports`` reports hold it.

    >>> rarity("war", 0, 0) < rarity("Vardenis", 0, 0)
    True
    """
    shares, unseen = _news_shares()
    return -math.log2((count + PRIOR_REPORTS * shares.get(word, unseen)) / (reports + PRIOR_REPORTS))


@dataclass(slots=True)
class Wording:
    """The words of one report: in order, in order of sentences alone, and as unit vectors.

    ``recast`` has each sentence's words in alphabetical order, so that turning a sentence round changes nothing.
    """

    report: str
    words: list[str]
    recast: list[str]
    names: frozenset[str]
    vector: dict[str, float] = field(default_factory=dict)
    lead: dict[str, float] = field(default_factory=dict)
    _shingles: frozenset[int] | None = None

    @property
    def shingles(self) -> frozenset[int]:
        """The runs of ``SHINGLE`` words, as numbers."""
        if self._shingles is None:
            runs = (self.words[i : i + SHINGLE] for i in range(len(self.words) - SHINGLE + 1))
            self._shingles = frozenset(map(_run_hash, runs))
        return self._shingles


def read(report: str, words: str, title: str | None = None) -> Wording:
    """The wording of a report from its content words (``text.words.content_words``) and its title."""
    ordered: list[str] = []
    recast: list[str] = []
    inside: Counter[str] = Counter()
    for sentence in words.split(" . "):
        tokens = sentence.split()
        lowered = [t.lower() for t in tokens]
        ordered.extend(lowered)
        recast.extend(sorted(lowered))
        inside.update(t.lower() for t in tokens[1:] if t[0].isupper())
    if title:
        headline = [t.lower() for t in content_words(title).split() if t != "."]
        if not _holds_run(ordered[: 2 * LEAD_WORDS], headline):
            ordered = headline + ordered
    return Wording(report, ordered, recast, frozenset(inside))


def _holds_run(words: Sequence[str], run: Sequence[str]) -> bool:
    """Whether the words hold most of a run's, as where a text begins with its own headline."""
    known = set(words)
    return sum(w in known for w in run) >= 0.8 * len(run)


def _run_hash(run: Sequence[str]) -> int:
    # the built-in hash of strings differs between processes; results must not
    joined = " ".join(run).encode()
    return zlib.crc32(joined) << 32 | zlib.adler32(joined)


class Wordings:
    """The wordings of a collection of reports, weighed against each other.

    >>> few = Wordings([read("a", "shelling Vardenis killed two"), read("b", "two killed shelling Vardenis")])
    >>> round(few.cosine(0, 1), 3)
    1.0
    """

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self.items = list(wordings)
        self._counts: Counter[str] = Counter()
        for item in self.items:
            self._counts.update(set(item.words))
        self._rarity: dict[str, float] = {}
        for item in self.items:
            item.vector = self._vector(item.words)
            item.lead = self._vector(item.words[:LEAD_WORDS])

    def rarity(self, word: str) -> float:
        """Bits of surprise to meet the word in a report of this collection."""
        if (known := self._rarity.get(word)) is None:
            known = self._rarity[word] = rarity(word, self._counts[word], len(self.items))
        return known

    def _vector(self, words: Sequence[str]) -> dict[str, float]:
        counts = Counter(words)
        weights = {w: (1 + math.log(n)) * self.rarity(w) for w, n in sorted(counts.items())}
        norm = math.sqrt(sum(x * x for x in weights.values())) or 1.0
        return {w: x / norm for w, x in weights.items()}

    def cosine(self, i: int, j: int) -> float:
        """Similarity of the whole texts, 0 to 1."""
        return _dot(self.items[i].vector, self.items[j].vector)

    def lead_cosine(self, i: int, j: int) -> float:
        """Similarity of the texts' beginnings, 0 to 1."""
        return _dot(self.items[i].lead, self.items[j].lead)

    def lead_in_text(self, i: int, j: int) -> float:
        """How much of the one's beginning the other's whole text tells, the better way round, 0 to 1."""
        return max(_share(self.items[i].lead, self.items[j].vector), _share(self.items[j].lead, self.items[i].vector))

    def rarest_names(self, i: int, j: int, count: int) -> list[tuple[float, str]]:
        """The rarest capitalised words that both texts hold, each after its rarity in bits, negative."""
        shared = self.items[i].names & self.items[j].names
        return heapq.nsmallest(count, ((-self.rarity(w), w) for w in shared))

    def shared_runs(self, i: int, j: int) -> float:
        """Share of the shorter text's four-word runs that the other holds too, 0 to 1."""
        a, b = self.items[i].shingles, self.items[j].shingles
        return len(a & b) / max(10, min(len(a), len(b)))

    def neighbours(self, groups: Sequence[Sequence[object]], limit: int) -> list[list[int]]:
        """For each text the ``limit`` nearest by its strongest terms, among texts of a common group.

        ``groups[i]`` names the groups (stretches of time) in which text i looks for neighbours. Terms that
        too many texts of a group share are skipped, which keeps the search linear.
        """
        index: dict[tuple[object, str], list[int]] = defaultdict(list)
        strongest = [sorted(item.vector.items(), key=lambda p: (-p[1], p[0]))[:_INDEXED_TERMS] for item in self.items]
        for i, terms in enumerate(strongest):
            for group in groups[i]:
                for term, _ in terms:
                    index[group, term].append(i)
        found: list[list[int]] = []
        for i, terms in enumerate(strongest):
            scores: dict[int, float] = defaultdict(float)
            for term, weight in terms:
                met: set[int] = set()
                for group in groups[i]:
                    posting = index[group, term]
                    if len(posting) <= _POSTING_LIMIT:
                        met.update(posting)
                for j in met:
                    if j != i:
                        scores[j] += weight * self.items[j].vector.get(term, 0.0)
            ranked = sorted(scores, key=lambda j: (-scores[j], j))
            found.append(ranked[:limit])
        return found


def _dot(a: dict[str, float], b: dict[str, float]) -> float:
    if len(b) < len(a):
        a, b = b, a
    return sum([x * b[w] for w, x in a.items() if w in b])


def _share(lead: dict[str, float], text: dict[str, float]) -> float:
    # a unit vector: its squares add up to one
    return sum([x * x for w, x in lead.items() if w in text])
