"""Write the transformer's corpora as DocBins: `python prepare_trf.py ../../shared/data corpus`.

trf-treebanks.spacy holds the treebanks several times over, each time cut and spoilt otherwise, with the names known in
them; trf-names.spacy the other entity corpora, which have no syntax. What a corpus does not say is left unsaid.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import augment
import spacy
from lexicon import conflict_places
from ner_clean import load_texts
from ner_sources import Text
from prepare_ner import spoil as spoil_text
from prepare_ner import swap_names
from prepare_ner import to_doc as names_doc
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
from treebanks import Sentence, collapse, common_relations, read_conllu, to_doc

TREEBANKS = {"ewt": "en_ewt-ud", "gum": "en_gum_nonnc-ud"}
COPIES = 5
# Words of a document: the components are also asked for single sentences.
SIZES = (1, 30, 60, 120)
SPOILT_SHARE = 0.18
SPOILERS = {
    augment.lose_punctuation: 30,
    augment.upper: 15,
    augment.lower: 15,
    augment.stray_blank: 14,
    augment.headline: 10,
    augment.curl: 8,
    augment.part_hyphens: 8,
}
REPEATS = {"gmb": 1, "wikigold": 3, "politics": 2, "re3d": 4}
SWAPPED_SHARE = 0.2
Item = tuple[Sentence, Text | None]


def group(items: Sequence[Item], rng: random.Random) -> Iterator[list[Item]]:
    """Yield runs of sentences of one document, of random length."""
    batch: list[Item] = []
    size, limit = 0, rng.choice(SIZES)
    for item in items:
        words = len(item[0].words)
        if batch and (size + words > limit or item[0].document != batch[-1][0].document):
            yield batch
            batch, size, limit = [], 0, rng.choice(SIZES)
        batch.append(item)
        size += words
    yield batch


def spoil(batch: Sequence[Item], rng: random.Random) -> list[Item]:
    """Return the batch as scraped news has it; names stay known where no word was lost."""
    [spoiler] = rng.choices(list(SPOILERS), list(SPOILERS.values()))
    done: list[Item] = []
    for i, (sentence, text) in enumerate(batch):
        spoilt = sentence if spoiler is augment.headline and i else spoiler(sentence, rng)
        if spoilt.words:
            done.append((spoilt, text if len(spoilt.words) == len(sentence.words) else None))
    return done or list(batch)


def treebank_doc(vocab: Vocab, batch: Sequence[Item], *, breaks: bool) -> Doc:
    """Make one gold Doc with syntax and entities; the entities of a sentence without a Text are missing."""
    doc = to_doc(vocab, [sentence for sentence, _ in batch], breaks=breaks)
    spans, missing, base = [], [], 0
    for n, (sentence, text) in enumerate(batch):
        if breaks and n and sentence.starts_paragraph:
            base += 1
        stop = base + len(sentence.words)
        if text is None:
            missing.append(doc[base:stop])
        else:
            spans += [doc.char_span(*_chars(doc, base + s, base + e), label=label) for s, e, label in text.spans]
            missing += [doc[base + s : base + e] for s, e in text.unsure]
        base = stop
    doc.set_ents(spans, missing=missing, default="outside")
    return doc


def _chars(doc: Doc, start: int, stop: int) -> tuple[int, int]:
    return doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("corpus", type=Path)
    args = parser.parse_args()
    args.corpus.mkdir(parents=True, exist_ok=True)
    rng, vocab = random.Random(20), spacy.blank("en").vocab
    texts = load_texts(args.data)["train"]
    parts = {
        name: list(read_conllu(args.data / "treebanks" / f"{bank}-train.conllu.gz")) for name, bank in TREEBANKS.items()
    }
    relations = common_relations(s for part in parts.values() for s in part)
    items: list[Item] = []
    for name, sentences in parts.items():
        named = [t for t in texts if t.source == name]
        for sentence, text in zip(sentences, named, strict=True):
            if [w.form for w in sentence.words] != text.words:
                raise ValueError(f"{name}: {sentence.sent_id} has other words in its entity annotation")
            items.append((collapse(sentence, relations), text))
    docs = []
    for _ in range(COPIES):
        for batch in group(items, rng):
            spoilt = rng.random() < SPOILT_SHARE
            docs.append(treebank_doc(vocab, spoil(batch, rng) if spoilt else batch, breaks=rng.random() < 0.4))
    DocBin(docs=docs).to_disk(args.corpus / "trf-treebanks.spacy")
    print(f"treebanks: {len(docs)} documents, {sum(map(len, docs))} words")

    names = [t for t in texts for _ in range(REPEATS.get(t.source, 0))]
    people = [t.words[a:b] for t in names for a, b, label in t.spans if label == "PERSON" and 2 <= b - a <= 3]
    places = conflict_places()
    names += [swap_names(t, places, people, rng) for t in names if t.spans and rng.random() < SWAPPED_SHARE]
    names = [spoil_text(t, rng) if rng.random() < SPOILT_SHARE else t for t in names]
    rng.shuffle(names)
    docs, i = [], 0
    while i < len(names):
        size = rng.choice([1, 1, 2, 3])
        docs.append(names_doc(vocab, names[i : i + size]))
        i += size
    DocBin(docs=docs).to_disk(args.corpus / "trf-names.spacy")
    print(f"names: {len(docs)} documents, {sum(map(len, docs))} words")


if __name__ == "__main__":
    main()
