"""Read UD treebanks (CoNLL-U) into sentences whose words join to the raw text, and group them into spaCy Docs."""

import gzip
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

# Features that are spelling notes rather than grammar: they multiply the morphologizer's labels and nothing reads them.
DROPPED_FEATURES = {"Typo", "Style", "Abbr", "ExtPos", "CorrectForm", "NumForm"}
# Relations too rare to learn fall back to the part before the colon.
MIN_RELATION_COUNT = 60
MAX_DOC_WORDS = 220


@dataclass(frozen=True)
class Word:
    """One syntactic word. `head` counts within the sentence (a root points at itself); empty strings mean "not said".

    `entity` is an IOB tag ("B-GPE", "I-GPE", "O"), "-" where it is not said whether the word is part of a name.
    """

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space: bool
    misc: str = ""
    entity: str = "-"


@dataclass(frozen=True)
class Sentence:
    """A sentence with the document it stands in; `starts_paragraph` says that a paragraph begins with it."""

    words: tuple[Word, ...]
    document: str
    starts_paragraph: bool
    sent_id: str = ""


@dataclass
class _Pending:
    rows: list[list[str]] = field(default_factory=list)
    ranges: list[tuple[int, int, str, bool]] = field(default_factory=list)


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a `.conllu.gz` file; those whose words do not join to their surface are left out."""
    document, starts, sent_id, pending = "", True, "", _Pending()
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                document, starts = line.split("=", 1)[1].strip(), True
            elif line.startswith("# newpar"):
                starts = True
            elif line.startswith("# sent_id"):
                sent_id = line.split("=", 1)[1].strip()
            elif line and not line.startswith("#"):
                _read_row(line.split("\t"), pending)
            elif not line and pending.rows:
                words = _finish(pending)
                if words:
                    yield Sentence(words, document, starts, sent_id)
                    starts = False
                pending = _Pending()


def _read_row(row: list[str], pending: _Pending) -> None:
    number = row[0]
    if "." in number:  # empty nodes of the enhanced graph have no text
        return
    if "-" in number:
        first, last = number.split("-")
        pending.ranges.append((int(first), int(last), row[1], "SpaceAfter=No" not in row[9]))
        return
    pending.rows.append(row)


def _finish(pending: _Pending) -> tuple[Word, ...]:
    forms = [row[1] for row in pending.rows]
    spaces = ["SpaceAfter=No" not in row[9] for row in pending.rows]
    for first, last, surface, space in pending.ranges:
        parts = forms[first - 1 : last]
        if "".join(parts) != surface:
            pieces = _split_surface(surface, parts)
            if pieces is None:
                return ()
            forms[first - 1 : last] = pieces
        spaces[first - 1 : last] = [False] * (last - first) + [space]
    words = []
    for i, row in enumerate(pending.rows):
        head = int(row[6]) - 1
        words.append(
            Word(
                form=forms[i],
                lemma="" if row[2] == "_" and row[1] != "_" else row[2],
                upos=row[3],
                xpos="" if row[4] == "_" else row[4],
                feats=_clean_feats(row[5]),
                head=i if head < 0 else head,
                deprel=row[7],
                space=spaces[i],
                misc=row[9],
            )
        )
    return tuple(words)


def _split_surface(surface: str, parts: Sequence[str]) -> list[str] | None:
    """Cut a contraction's surface into as many pieces as it has words, at the words' lengths where that is possible."""
    if len(surface) < len(parts):
        return None
    pieces, start = [], 0
    for i, part in enumerate(parts):
        left = len(parts) - i - 1
        stop = len(surface) if not left else min(start + max(1, len(part)), len(surface) - left)
        pieces.append(surface[start:stop])
        start = stop
    return pieces


def _clean_feats(feats: str) -> str:
    if feats == "_":
        return ""
    return "|".join(f for f in feats.split("|") if f.split("=")[0] not in DROPPED_FEATURES)


def common_relations(sentences: Iterable[Sentence]) -> set[str]:
    """Return the relations that occur at least MIN_RELATION_COUNT times, and every relation without a subtype."""
    counts = Counter(word.deprel for sentence in sentences for word in sentence.words)
    return {rel for rel, n in counts.items() if ":" not in rel or n >= MIN_RELATION_COUNT}


def with_entities(
    sentence: Sentence, spans: Iterable[tuple[int, int, str]], unsure: Iterable[tuple[int, int]]
) -> Sentence:
    """Return the sentence with its names marked; words outside are no part of any, unless they are unsure."""
    tags = ["O"] * len(sentence.words)
    for start, stop, label in spans:
        tags[start:stop] = [f"B-{label}", *[f"I-{label}"] * (stop - start - 1)]
    for start, stop in unsure:
        tags[start:stop] = ["-"] * (stop - start)
    words = tuple(replace(word, entity=tag) for word, tag in zip(sentence.words, tags, strict=True))
    return replace(sentence, words=words)


def collapse(sentence: Sentence, relations: set[str]) -> Sentence:
    """Replace relations outside `relations` by their part before the colon."""
    words = tuple(w if w.deprel in relations else replace(w, deprel=w.deprel.split(":")[0]) for w in sentence.words)
    return replace(sentence, words=words)


def group(sentences: Iterable[Sentence], *, max_words: int = MAX_DOC_WORDS) -> Iterator[list[Sentence]]:
    """Group consecutive sentences of one document up to `max_words`, so that boundaries are seen in running text."""
    batch: list[Sentence] = []
    size = 0
    for sentence in sentences:
        full = size + len(sentence.words) > max_words
        if batch and (full or sentence.document != batch[-1].document):
            yield batch
            batch, size = [], 0
        batch.append(sentence)
        size += len(sentence.words)
    if batch:
        yield batch


def runs(sentences: Iterable[Sentence], rng: random.Random, sizes: Sequence[int]) -> Iterator[list[Sentence]]:
    """Yield consecutive sentences of one document, together up to a number of words drawn from `sizes` each time."""
    batch: list[Sentence] = []
    size, limit = 0, rng.choice(sizes)
    for sentence in sentences:
        words = len(sentence.words)
        if batch and (size + words > limit or sentence.document != batch[-1].document):
            yield batch
            batch, size, limit = [], 0, rng.choice(sizes)
        batch.append(sentence)
        size += words
    if batch:
        yield batch


def to_doc(vocab: Vocab, sentences: Sequence[Sentence], *, breaks: bool = False) -> Doc:
    """Make one gold Doc. With `breaks`, paragraphs are parted by a blank line, a whitespace token of the sentence before."""
    words: list[Word] = []
    heads: list[int] = []
    for sentence in sentences:
        if breaks and sentence.starts_paragraph and words:
            words[-1] = replace(words[-1], space=False)
            heads.append(len(words) - 1)
            words.append(Word("\n\n", "\n\n", "SPACE", "_SP", "", -1, "dep", False, entity="O"))
        heads += [len(words) + word.head for word in sentence.words]
        words += [w if w.head != i else replace(w, deprel="ROOT") for i, w in enumerate(sentence.words)]
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=[w.space for w in words],
        tags=[w.xpos for w in words],
        pos=[w.upos for w in words],
        morphs=[w.feats for w in words],
        lemmas=[w.lemma for w in words],
        heads=heads,
        deps=[w.deprel for w in words],
        ents=_iob([w.entity for w in words]),
    )


def _iob(tags: Sequence[str]) -> list[str]:
    """Return the tags with names begun anew where augmentation took their first word away."""
    fixed: list[str] = []
    for i, tag in enumerate(tags):
        if tag == "-":
            fixed.append("")
        elif tag.startswith("I-") and (not i or tags[i - 1][1:] != tag[1:]):
            fixed.append("B" + tag[1:])
        else:
            fixed.append(tag)
    return fixed
