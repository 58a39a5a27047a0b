"""Read the NER corpora, each in its own format and labels, into lists of words with raw spans."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spacy
from proper_names import named_spans
from treebanks import Word, read_conllu

Span = tuple[int, int, str]

CONFIDENT = 0.9
_MANGLED = re.compile(r"\d\d-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\Z|\d,\d\d,\d{3}\Z")
_ENTITY = re.compile(r"\(([^()]+)(\)?)|([^()]+)\)")
_NO_SPACE_BEFORE = frozenset(", . ; : ? ! % ) ] 's 'S n't 're 've 'll 'd 'm ''".split())
_NO_SPACE_AFTER = frozenset("( [ $ `` #".split())


@dataclass
class Text:
    """Words of one sentence (or short document), whether a blank follows each, and its spans; `unsure` ones teach nothing."""

    words: list[str]
    spaces: list[bool]
    spans: list[Span]
    source: str
    has_dates: bool = False
    unsure: list[tuple[int, int]] = field(default_factory=list)


def read_gmb(path: Path) -> Iterator[Text]:
    """Yield the sentences of the Groningen Meaning Bank extract, without duplicates and those a spreadsheet mangled."""
    with zipfile.ZipFile(path) as archive, archive.open("ner_dataset.csv") as raw:
        rows = csv.reader(io.TextIOWrapper(raw, encoding="latin-1", newline=""))
        next(rows)
        seen: set[str] = set()
        sentence: list[tuple[str, str]] = []
        for number, word, _tag, label in rows:
            if number and sentence:
                yield from _gmb_sentence(sentence, seen)
                sentence = []
            sentence.append((word, label))
        yield from _gmb_sentence(sentence, seen)


def _gmb_sentence(sentence: list[tuple[str, str]], seen: set[str]) -> Iterator[Text]:
    words = [word.replace("~", " ").strip() or word for word, _ in sentence]
    text = " ".join(words)
    if text in seen or any(not w or " " in w or _MANGLED.match(w) or "\x92" in w for w in words):
        return
    seen.add(text)
    yield Text(words, guess_spaces(words), iob_spans([label for _, label in sentence]), "gmb", has_dates=True)


def read_columns(path: Path, source: str, *, skip: int = 0) -> Iterator[Text]:
    """Yield the sentences of a CoNLL-style file: word in column `skip`, label in the next but last column that is a label."""
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf8").splitlines(), ""]:
        parts = line.split("\t") if "\t" in line else line.split()
        if line.startswith("# "):
            continue
        if len(parts) > skip + 1:
            rows.append((parts[skip], parts[skip + 1]))
        elif rows:
            words = [word for word, _ in rows]
            yield Text(words, guess_spaces(words), iob_spans([label for _, label in rows]), source)
            rows = []


def read_re3d(folder: Path) -> Iterator[Text]:
    """Yield the re3d documents with their confident spans, tokenized by spaCy."""
    tokenizer = spacy.blank("en").tokenizer
    for documents in sorted(folder.glob("*/documents.json")):
        entities: dict[str, list[dict[str, Any]]] = {}
        for line in documents.with_name("entities.json").read_text(encoding="utf8").splitlines():
            entity = json.loads(line)
            entities.setdefault(entity["documentId"], []).append(entity)
        for line in documents.read_text(encoding="utf8").splitlines():
            document = json.loads(line)
            doc = tokenizer(document["text"])
            spans = []
            for entity in entities.get(document["_id"], []):
                inner = entity["type"] in {"Location", "Nationality"}
                span = doc.char_span(entity["begin"], entity["end"], alignment_mode="contract")
                if span and (entity["confidence"] >= CONFIDENT or inner):
                    spans.append((span.start, span.end, entity["type"]))
            yield Text([t.text for t in doc], [bool(t.whitespace_) for t in doc], spans, "re3d")


def read_gum(path: Path) -> Iterator[Text]:
    """Yield GUM's sentences with the names among its entity mentions: those whose head is a proper noun."""
    open_mentions: dict[str, list[tuple[int, str]]] = {}
    for sentence in read_conllu(path):
        words = sentence.words
        spans: list[Span] = []
        open_mentions.clear()
        for i, word in enumerate(words):
            found = re.search(r"(?:^|\|)Entity=([^|]*)", word.misc)
            for opened, closed, closing in _ENTITY.findall(found.group(1)) if found else []:
                if opened:
                    parts = opened.split("-")
                    if closed:
                        spans.append((i, i + 1, parts[1]))
                    else:
                        open_mentions.setdefault(parts[0], []).append((i, parts[1]))
                elif open_mentions.get(closing):
                    start, label = open_mentions[closing].pop()
                    spans.append((start, i + 1, label))
        named = [name for span in spans if (name := _gum_name(words, span))]
        yield Text([w.form for w in words], [w.space for w in words], named, "gum")


def read_ewt(path: Path, kinds: Mapping[str, str], peoples: frozenset[str]) -> Iterator[Text]:
    """Yield EWT's sentences with their names; the kind "=?" says that a name is there, not of what kind."""
    for sentence in read_conllu(path):
        words = sentence.words
        spans = [span for span in named_spans(words, kinds, peoples) if not is_address(words[span[0]].form)]
        yield Text([w.form for w in words], [w.space for w in words], spans, "ewt")


def read_own(path: Path, part: str) -> Iterator[Text]:
    """Yield the project's own sentences of one part, tokenized by spaCy."""
    tokenizer = spacy.blank("en").tokenizer
    for line in path.read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        if record["part"] == part:
            doc = tokenizer(record["text"])
            found = ((doc.char_span(start, end), label) for start, end, label in record["entities"])
            spans = [(span.start, span.end, f"={label}") for span, label in found if span]
            yield Text([t.text for t in doc], [bool(t.whitespace_) for t in doc], spans, "own")


def is_address(word: str) -> bool:
    """Say whether a word is a web or mail address."""
    return "@" in word or "://" in word or word.startswith("www.") or word.endswith((".com", ".html", ".htm", ".pdf"))


def _gum_name(words: Sequence[Word], span: Span) -> Span | None:
    start, stop, label = span
    heads = [i for i in range(start, stop) if not start <= words[i].head < stop or words[i].head == i]
    if len(heads) != 1 or words[heads[0]].upos != "PROPN":
        return None
    first = last = heads[0]
    while first > start and _name_part(words[first - 1], words[first]):
        first -= 1
    while last + 1 < stop:
        follow = words[last + 1]
        joins = (follow.form in {"of", "de", "bin", "al", "the", "&", "and"} and label != "person") or follow.form in {
            "de",
            "bin",
            "al",
        }
        if _name_part(follow, words[last]):
            last += 1
        elif joins and last + 2 < stop and words[last + 2].upos == "PROPN" and words[last + 2].form[:1].isupper():
            last += 2
        else:
            break
    return first, last + 1, label


def _name_part(word: Word, neighbour: Word) -> bool:
    capital = word.form[:1].isupper() and word.upos in {"PROPN", "ADJ", "NOUN", "VERB"}
    hyphen = word.form == "-" and word.deprel == "punct"
    return capital or hyphen or (word.upos == "NUM" and neighbour.upos == "PROPN")


def iob_spans(labels: Sequence[str]) -> list[Span]:
    """Return the spans of IOB1 or IOB2 labels."""
    spans: list[Span] = []
    start, kind = 0, ""
    for i, label in enumerate([*labels, "O"]):
        prefix, _, name = label.partition("-")
        if kind and (name != kind or prefix == "B" or prefix not in {"B", "I"}):
            spans.append((start, i, kind))
            kind = ""
        if prefix in {"B", "I"} and not kind:
            start, kind = i, name
    return spans


def guess_spaces(words: Sequence[str]) -> list[bool]:
    """Return whether a blank follows each word of a text that was stored as tokens."""
    spaces, open_quote = [True] * len(words), False
    for i, word in enumerate(words):
        closes = False
        if word == '"':
            closes, open_quote = open_quote, not open_quote
        possessive = word == "'" and i and words[i - 1].endswith("s")
        if i and (word in _NO_SPACE_BEFORE or closes or possessive):
            spaces[i - 1] = False
        if word in _NO_SPACE_AFTER or (word == '"' and not closes):
            spaces[i] = False
    return spaces
