"""Names in UD English EWT: where they are by the treebank's syntax, of what kind by a list (data/name_kinds.tsv)."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lexicon import TITLES
from treebanks import Word

# Head nouns after which "of" and "&" go on with the same name ("University of Houston").
_OF_HEADS = frozenset(
    "university bank department ministry house institute board council committee school college federation society association "
    "bureau center centre court academy church office agency chamber secretary union league organization organisation army "
    "commission district museum".split()
)
_NAME_FRONTS = frozenset("New South North East West United Saudi Sri San".split())


def read_kinds(path: Path) -> dict[str, str]:
    """Return the kind of each listed name: one of the entity labels, or "O" for what names nothing we label."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf8").splitlines() if "\t" in line)
    return dict(rows)


def name_runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield each maximal name: proper nouns in a row and the capitalised words that the tree joins to them."""
    i = 0
    while i < len(words):
        if words[i].upos != "PROPN":
            i += 1
            continue
        start, stop = i, i + 1
        while size := _continues(words, start, stop):
            stop += size
        while start and _opens(words, start, stop):
            start -= 1
        yield start, stop
        i = stop


def _continues(words: Sequence[Word], start: int, stop: int) -> int:
    """Return how many words further the name goes on, 0 at its end."""
    follow = words[stop : stop + 2]
    if not follow:
        return 0
    first = follow[0]
    if first.upos == "PROPN":
        return 1
    if len(follow) == 2 and follow[1].upos == "PROPN":
        if first.form == "-" and not first.space:
            return 2
        of = first.form.lower() == "of" and any(w.form.lower() in _OF_HEADS for w in words[start:stop])
        if (of or first.form == "&") and follow[1].form[:1].isupper():
            return 2
    if first.form[:1].isupper() and first.upos in {"NOUN", "ADJ", "NUM"}:
        headed = any(
            w.head == stop and w.deprel in {"compound", "flat", "nmod:poss", "amod"} for w in words[start:stop]
        )
        part = first.deprel in {"flat", "goeswith"} and start <= first.head < stop
        return int(headed or part)
    return 0


def _opens(words: Sequence[Word], start: int, stop: int) -> bool:
    """Say whether the word before belongs to the name: "New York", "Middle East"."""
    before = words[start - 1]
    joined = start <= before.head < stop and before.deprel in {"amod", "compound", "flat"}
    capital = before.form[:1].isupper() and before.upos in {"ADJ", "NOUN"}
    return joined and capital and (start > 1 or before.form in _NAME_FRONTS)


def named_spans(words: Sequence[Word], kinds: Mapping[str, str], peoples: frozenset[str]) -> list[tuple[int, int, str]]:
    """Return the sentence's names as (start, stop, "=" + kind); "=?" where the list does not know.

    Peoples and titles before a person's name ("Norwegian Foreign Minister Jan Petersen") are parted from it.
    """
    spans = []
    for start, stop in name_runs(words):
        text = " ".join(w.form for w in words[start:stop])
        if text not in kinds and stop - start > 1 and words[start].form in peoples:
            spans.append((start, start + 1, "=NORP"))
            start += 1
        untitled = start
        while text not in kinds and untitled < stop - 1 and words[untitled].form.lower() in TITLES:
            untitled += 1
        name = " ".join(w.form for w in words[untitled:stop])
        kind = kinds.get(name) or kinds.get(name.title()) or ("PERSON" if untitled > start else "?")
        if kind != "O":
            spans.append((untitled, stop, "=" + kind))
    return spans
