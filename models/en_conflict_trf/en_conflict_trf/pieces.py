"""From spaCy tokens to what the encoder reads: word pieces, the case of their word, and windows without overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# A URL or a number of forty digits says no more with further pieces.
MAX_PIECES_PER_WORD = 12
# Beyond so many distinct words the table is emptied: memory stays bounded on any stream.
MAX_WORDS = 200_000
# Row of the encoder's type embeddings, one for each kind of capitals.
LOWER, TITLE, UPPER, MIXED = range(4)
CASES = 4
_BREAKS = frozenset(".!?;:")


def case_of(word: str) -> int:
    """Return which letters of `word` are capitals: the encoder's vocabulary is lower-cased, this is what it lost.

    >>> [case_of(word) for word in ("troops", "Kyiv", "U.N.", "McCain", "I", "1,200")]
    [0, 1, 2, 3, 1, 0]
    """
    if word.islower() or not word:
        return LOWER
    letters = sum(map(str.isalpha, word))
    if word.isupper():
        return UPPER if letters > 1 else TITLE
    if not letters:
        return LOWER
    first = next(i for i, letter in enumerate(word) if letter.isalpha())
    return TITLE if word[first].isupper() and not any(map(str.isupper, word[first + 1 :])) else MIXED


class PieceTable:
    """The word pieces of each word, looked up once. Every word has at least one: blanks and line breaks have pieces of their own."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self.start: int = tokenizer.cls_token_id
        self.end: int = tokenizer.sep_token_id
        self.unknown: int = tokenizer.unk_token_id
        self.line_break: int = tokenizer.convert_tokens_to_ids("[unused1]")
        self.blank: int = tokenizer.convert_tokens_to_ids("[unused2]")
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the ids of the pieces of each word."""
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        if new:
            if len(self._known) + len(new) > MAX_WORDS:
                self._known, new = {}, list(dict.fromkeys(words))
            encoded = self.tokenizer(new, add_special_tokens=False, return_attention_mask=False)["input_ids"]
            self._known.update((word, self._finish(word, ids)) for word, ids in zip(new, encoded, strict=True))
        return [self._known[word] for word in words]

    def _finish(self, word: str, ids: Sequence[int]) -> tuple[int, ...]:
        if ids:
            return tuple(ids[:MAX_PIECES_PER_WORD])
        if word.isspace():
            return (self.line_break if "\n" in word else self.blank,)
        return (self.unknown,)


@dataclass(frozen=True)
class Window:
    """A stretch of one Doc as the encoder sees it: ids and case of the pieces, and where the first stands in the batch."""

    ids: list[int]
    cases: list[int]
    offset: int

    def __len__(self) -> int:
        return len(self.ids)


def cut(words: Sequence[str], pieces: Sequence[tuple[int, ...]], *, offset: int, size: int) -> Iterator[Window]:
    """Yield windows of up to `size` pieces that together hold every piece once, cut after a sentence's end where one is near."""
    start = 0
    while start < len(words):
        stop, count, good = start, 0, start
        while stop < len(words) and (count + len(pieces[stop]) <= size or stop == start):
            count += len(pieces[stop])
            if count > size // 2 and (words[stop] in _BREAKS or "\n" in words[stop]):
                good = stop + 1
            stop += 1
        if stop < len(words) and good > start:
            stop = good
        ids = [i for piece in pieces[start:stop] for i in piece]
        cases = [case for i in range(start, stop) for case in [case_of(words[i])] * len(pieces[i])]
        yield Window(ids, cases, offset)
        offset += len(ids)
        start = stop


def batches(windows: Sequence[Window], *, max_items: int) -> Iterator[list[Window]]:
    """Yield windows of like length together, so that little of a batch is padding; at most `max_items` pieces with it.

    >>> windows = [Window([5] * n, [0] * n, 0) for n in (40, 3, 38, 4)]
    >>> [[len(window) for window in batch] for batch in batches(windows, max_items=100)]
    [[3, 4], [38, 40]]
    """
    batch: list[Window] = []
    for window in sorted(windows, key=len):
        too_long = batch and len(window) > 8 + 1.25 * len(batch[0])
        if batch and (too_long or len(window) * (len(batch) + 1) > max_items):
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch
