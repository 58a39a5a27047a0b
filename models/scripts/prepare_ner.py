"""Write the NER corpora without syntax as DocBins: `python prepare_ner.py ../../shared/data corpus`."""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import spacy
from lexicon import conflict_places
from ner_clean import load_texts
from ner_sources import Text
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

# How often a text is in the corpus: what people annotated by hand weighs more than the machine-made bulk.
REPEATS = {"gmb": 0.6, "wikigold": 3, "politics": 2, "re3d": 4, "own": 12}
# The treebanks bring their names with their syntax (prepare_treebanks.py).
TREEBANKS = {"gum", "ewt"}
SPOILT_SHARE = 0.2
SWAPPED_SHARE = 0.25
# Half the point of a country is that it is known: parts of such names stay.
_LASTING = {"united", "states", "north", "south", "new"}


def spoil(text: Text, rng: random.Random) -> Text:
    """Return a copy as scraped news would have it: commas and apostrophes lost, in one case, or with typographic quotes."""
    roll = rng.random()
    if roll < 0.15:
        return recased(text, str.lower)
    if roll < 0.27:
        return recased(text, str.upper)
    if roll < 0.4:
        curly = {"'": "’", '"': "”"}
        return recased(text, lambda word: curly.get(word, word.replace("'", "’")))
    return unpunctuated(text)


def recased(text: Text, change: Callable[[str], str]) -> Text:
    """Return a copy with every word changed alike, its names kept."""
    return replace(text, words=[change(word) for word in text.words])


def unpunctuated(text: Text) -> Text:
    """Return a copy without commas and apostrophes ("the Front's" becomes "the Fronts")."""
    words: list[str] = []
    spaces: list[bool] = []
    place: list[int] = []
    for word, space in zip(text.words, text.spaces, strict=True):
        place.append(len(words))
        if word in {"'s", "'"} and words and not spaces[-1]:
            words[-1] += word.strip("'")
            spaces[-1] = space
            place[-1] = len(words)
        elif word == "," and words:
            spaces[-1] = True
        else:
            words.append(word.replace("'", "") or word)
            spaces.append(space)
    place.append(len(words))
    spans = [(place[s], place[e], label) for s, e, label in text.spans if place[s] < place[e]]
    unsure = [(place[s], place[e]) for s, e in text.unsure if place[s] < place[e]]
    return Text(words, spaces, spans, text.source, unsure=unsure)


def swap_names(text: Text, places: Sequence[str], people: Sequence[Sequence[str]], rng: random.Random) -> Text:
    """Return a copy with other towns and other people in the places of its own, so that names are known by their company."""
    words: list[str] = []
    spaces: list[bool] = []
    spans: list[tuple[int, int, str]] = []
    chosen: dict[str, list[str]] = {}
    place = {start: (stop, label) for start, stop, label in text.spans}
    moved, i = [], 0
    while i < len(text.words):
        stop, label = place.get(i, (i + 1, ""))
        old = text.words[i:stop]
        new = old
        if label == "PERSON" and all(w[:1].isupper() for w in old):
            new = chosen.setdefault(" ".join(old), _other_person(len(old), people, rng))
        elif (
            label == "GPE"
            and len(old) <= 2
            and not {w.lower() for w in old} & _LASTING
            and not any("." in w for w in old)
        ):
            new = chosen.setdefault(" ".join(old), rng.choice(places).split())
        moved += [len(words)] * len(old)
        if label:
            spans.append((len(words), len(words) + len(new), label))
        words += new
        spaces += [True] * (len(new) - 1) + [text.spaces[stop - 1]]
        i = stop
    moved.append(len(words))
    return Text(words, spaces, spans, text.source, unsure=[(moved[a], moved[b]) for a, b in text.unsure])


def _other_person(size: int, people: Sequence[Sequence[str]], rng: random.Random) -> list[str]:
    if size == 1:
        return [rng.choice(people)[-1]]
    return [rng.choice(people)[0], *rng.choice(people)[1:]]


def _copies(source: str, rng: random.Random) -> int:
    whole, part = divmod(REPEATS[source], 1)
    return int(whole) + (rng.random() < part)


def to_doc(vocab: Vocab, texts: Sequence[Text]) -> Doc:
    """Make one gold Doc of some texts in a row."""
    words = [w for t in texts for w in t.words]
    spaces = [s for t in texts for s in [*t.spaces[:-1], True]]
    doc = Doc(vocab, words=words, spaces=spaces)
    spans, missing, base = [], [], 0
    for t in texts:
        spans += [doc[base + s : base + e] for s, e, _ in t.spans]
        for span, (_, _, label) in zip(spans[-len(t.spans) :] if t.spans else [], t.spans, strict=True):
            span.label_ = label
        missing += [doc[base + s : base + e] for s, e in t.unsure]
        base += len(t.words)
    doc.set_ents(spans, missing=missing, default="outside")
    return doc


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--plain", action="store_true", help="no spoilt copies, to see what they are good for")
    args = parser.parse_args()
    (args.corpus / "train").mkdir(parents=True, exist_ok=True)
    (args.corpus / "dev").mkdir(exist_ok=True)
    rng, vocab = random.Random(20), spacy.blank("en").vocab
    parts = load_texts(args.data)
    for source in REPEATS:
        kept = [t for t in parts["train"] if t.source == source]
        print(source, len(kept), Counter(label for t in kept for _, _, label in t.spans).most_common())
    train = [t for t in parts.pop("train") if t.source not in TREEBANKS for _ in range(_copies(t.source, rng))]
    places = conflict_places()
    people = [t.words[a:b] for t in train for a, b, label in t.spans if label == "PERSON" and 2 <= b - a <= 3]
    train += [swap_names(t, places, people, rng) for t in train if t.spans and rng.random() < SWAPPED_SHARE]
    train += [spoil(t, rng) for t in train if not args.plain and rng.random() < SPOILT_SHARE]
    rng.shuffle(train)
    docs, i = [], 0
    while i < len(train):
        size = rng.choice([1, 1, 2, 3])
        docs.append(to_doc(vocab, train[i : i + size]))
        i += size
    DocBin(docs=docs).to_disk(args.corpus / "train" / "entities.spacy")
    DocBin(docs=[to_doc(vocab, [t]) for t in parts["selection"]]).to_disk(args.corpus / "dev" / "entities.spacy")


if __name__ == "__main__":
    main()
