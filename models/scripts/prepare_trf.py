"""Write the transformer's corpora as DocBins: `python prepare_trf.py ../../shared/data corpus`.

trf-treebanks.spacy holds the treebanks several times over, each time cut and spoilt otherwise, with their names;
trf-names.spacy the other entity corpora, which have no syntax. What a corpus does not say is left unsaid.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import augment
import spacy
from lexicon import conflict_places
from ner_clean import load_texts
from prepare_ner import spoil as spoil_text
from prepare_ner import swap_names
from prepare_ner import to_doc as names_doc
from spacy.tokens import DocBin
from treebanks import Sentence, collapse, common_relations, read_conllu, runs, to_doc, with_entities

TREEBANKS = {"ewt": "en_ewt-ud", "gum": "en_gum_nonnc-ud"}
COPIES = 5
# Words of a document: the components are also asked for single sentences.
SIZES = (1, 30, 60, 120)
BROKEN_SHARE = 0.4
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
REPEATS = {"gmb": 1, "wikigold": 3, "politics": 2, "re3d": 4, "own": 8}
SWAPPED_SHARE = 0.2


def spoil(batch: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    """Return the batch as scraped news has it; of a report only the first line is a headline."""
    [spoiler] = rng.choices(list(SPOILERS), list(SPOILERS.values()))
    done = [s if spoiler is augment.headline and i else spoiler(s, rng) for i, s in enumerate(batch)]
    return [sentence for sentence in done if sentence.words] or list(batch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("corpus", type=Path)
    args = parser.parse_args()
    args.corpus.mkdir(parents=True, exist_ok=True)
    rng, vocab = random.Random(20), spacy.blank("en").vocab
    texts = load_texts(args.data)["train"]
    sentences: list[Sentence] = []
    for name, bank in TREEBANKS.items():
        read = (s for s in read_conllu(args.data / "treebanks" / f"{bank}-train.conllu.gz") if s.words)
        named = (t for t in texts if t.source == name)
        sentences += [with_entities(s, t.spans, t.unsure) for s, t in zip(read, named, strict=True)]
    relations = common_relations(sentences)
    sentences = [collapse(sentence, relations) for sentence in sentences]
    docs = []
    for _ in range(COPIES):
        for batch in runs(sentences, rng, SIZES):
            kept = rng.random() >= SPOILT_SHARE
            docs.append(to_doc(vocab, batch if kept else spoil(batch, rng), breaks=rng.random() < BROKEN_SHARE))
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
