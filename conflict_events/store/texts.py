"""The wording of reports as an archive keeps it: word numbers and weights, compared as arrays.

The comparisons are those of ``graph.wording.Wordings``; how rare a word is rests on counts that the archive took
at its last weighing, so that the order in which later reports arrive changes no weight.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from conflict_events.graph.wording import LEAD_WORDS, Wording, rarity

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# rarest names that two texts share, whose bits are added up
_NAMES = 3


@lru_cache(maxsize=1 << 17)
def word_number(word: str) -> int:
    """A number that stands for a word in every archive: 63 bits of two checksums."""
    data = word.encode("utf-8", "surrogatepass")
    return (zlib.crc32(data) << 32 | zlib.adler32(data)) >> 1


@dataclass(frozen=True, slots=True)
class Counts:
    """In how many of ``reports`` reports each word (by number) stood when the archive was last weighed."""

    reports: int
    words: Mapping[int, int]

    def bits(self, word: str) -> float:
        """Bits of surprise to meet the word in a report."""
        return rarity(word, self.words.get(word_number(word), 0), self.reports)


class StoredText(NamedTuple):
    """Sorted numbers of a report's words, of its beginning's and of its names, with weights and bits."""

    words: Ints
    weights: Floats
    lead_words: Ints
    lead_weights: Floats
    names: Ints
    name_bits: Floats

    @classmethod
    def of(cls, wording: Wording, rarity: Callable[[str], float]) -> StoredText:
        """The stored form of a wording; ``rarity`` gives the bits of surprise to meet a word."""
        if not wording.words:
            return _SILENT
        bits = {word: rarity(word) for word in {*wording.words, *wording.names}}
        return cls(
            *_vector(wording.words, bits),
            *_vector(wording.words[:LEAD_WORDS], bits),
            *_sorted({word_number(name): bits[name] for name in wording.names}),
        )

    @classmethod
    def from_blobs(cls, blobs: Sequence[bytes]) -> StoredText:
        """What ``to_blobs`` gave."""
        kinds = ("<i8", "<f8") * 3
        return cls(*(np.frombuffer(blob, dtype=kind) for blob, kind in zip(blobs, kinds, strict=True)))

    def to_blobs(self) -> tuple[bytes, ...]:
        """Six arrays of little-endian 8-byte integers and floats, in the order of the fields."""
        return tuple(column.tobytes() for column in self)

    def strongest(self, count: int) -> list[tuple[int, float]]:
        """The weightiest words, as (number, weight)."""
        order = np.lexsort((self.words, -self.weights))[:count]
        return list(zip(self.words[order].tolist(), self.weights[order].tolist(), strict=True))


def _vector(words: Sequence[str], bits: Mapping[str, float]) -> tuple[Ints, Floats]:
    weights = {w: (1 + math.log(n)) * bits[w] for w, n in Counter(words).items()}
    norm = math.sqrt(sum(x * x for x in weights.values())) or 1.0
    return _sorted({word_number(w): x / norm for w, x in weights.items()})


def _sorted(values: Mapping[int, float]) -> tuple[Ints, Floats]:
    order = sorted(values)
    return np.array(order, dtype="<i8"), np.array([values[n] for n in order], dtype="<f8")


_SILENT = StoredText(*(np.empty(0, dtype=kind) for kind in ("<i8", "<f8") * 3))


class Likeness(NamedTuple):
    """How alike two texts are.

    ``text`` and ``lead`` are cosines of the whole texts and of their beginnings, ``lead_told`` how much of a beginning the
    other text tells, ``names`` the bits of the rarest names of both, ``shared`` the share of the shorter text's different
    words that the other holds.
    """

    text: float
    lead: float
    lead_told: float
    names: float
    shared: float


def compare_texts(one: StoredText, others: Sequence[StoredText]) -> list[Likeness | None]:
    """The likeness of one text to others, None where either has no words."""
    found: list[Likeness | None] = [None] * len(others)
    told = [n for n, other in enumerate(others) if len(other.words)]
    if not told or not len(one.words):
        return found
    chosen = [others[n] for n in told]
    words = np.concatenate([o.words for o in chosen])
    weights = np.concatenate([o.weights for o in chosen])
    starts = np.cumsum([0, *(len(o.words) for o in chosen[:-1])])
    lead_words = np.concatenate([o.lead_words for o in chosen])
    lead_weights = np.concatenate([o.lead_weights for o in chosen])
    lead_starts = np.cumsum([0, *(len(o.lead_words) for o in chosen[:-1])])
    at = _positions(words, one.words)
    both = one.words[at] == words
    text = np.add.reduceat(np.where(both, weights * one.weights[at], 0.0), starts)
    shared = np.add.reduceat(both, starts, dtype=np.float64)
    lead = np.add.reduceat(lead_weights * _looked_up(lead_words, one.lead_words, one.lead_weights), lead_starts)
    # unit vectors: the squares of a beginning's weights add up to one
    told_there = np.add.reduceat(_looked_up(words, one.lead_words, one.lead_weights) ** 2, starts)
    told_here = np.add.reduceat(np.where(_holds(lead_words, one.words), lead_weights**2, 0.0), lead_starts)
    lead_told = np.maximum(told_there, told_here)
    rows = zip(told, text.tolist(), lead.tolist(), lead_told.tolist(), shared.tolist(), chosen, strict=True)
    for n, whole, begin, within, number, other in rows:
        shorter = min(len(one.words), len(other.words))
        found[n] = Likeness(whole, begin, within, _shared_names(one, other), number / shorter)
    return found


def _positions(wanted: Ints, known: Ints) -> Ints:
    return np.minimum(np.searchsorted(known, wanted), len(known) - 1)


def _holds(wanted: Ints, known: Ints) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = known[_positions(wanted, known)] == wanted
    return found


def _looked_up(wanted: Ints, known: Ints, values: Floats) -> Floats:
    """The value of each wanted number, 0 where it is not known."""
    at = _positions(wanted, known)
    return np.where(known[at] == wanted, values[at], 0.0)


def _shared_names(one: StoredText, other: StoredText) -> float:
    if not len(one.names) or not len(other.names):
        return 0.0
    bits = one.name_bits[_holds(one.names, other.names)]
    return float(np.sort(bits)[-_NAMES:].sum()) if len(bits) else 0.0
