"""Write the treebanks as DocBins, syntax and names on the same words: `python prepare_treebanks.py ../../shared/data corpus`."""

import argparse
import random
from itertools import chain
from pathlib import Path

import augment
import spacy
from ner_clean import load_texts
from spacy.tokens import DocBin
from treebanks import Sentence, collapse, common_relations, group, read_conllu, to_doc, with_entities

TREEBANKS = {"ewt": "en_ewt-ud", "gum": "en_gum_nonnc-ud"}
# Share of the documents whose paragraphs are parted by blank lines, as raw reports mostly have them.
BROKEN_SHARE = 0.6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--plain", action="store_true", help="no spoilt copies, to see what they are good for")
    args = parser.parse_args()
    (args.corpus / "train").mkdir(parents=True, exist_ok=True)
    (args.corpus / "dev").mkdir(exist_ok=True)
    rng = random.Random(20)
    vocab = spacy.blank("en").vocab

    def read(name: str, part: str) -> list[Sentence]:
        return list(read_conllu(args.data / "treebanks" / f"{TREEBANKS[name]}-{part}.conllu.gz"))

    named = load_texts(args.data)["train"]
    train = []
    for name in TREEBANKS:
        texts = (t for t in named if t.source == name)
        pairs = zip((s for s in read(name, "train") if s.words), texts, strict=True)
        train.append([with_entities(sentence, text.spans, text.unsure) for sentence, text in pairs])
    relations = common_relations(chain.from_iterable(train))
    batches = [b for part in train for b in group([collapse(s, relations) for s in part])]
    docs = [to_doc(vocab, b, breaks=rng.random() < BROKEN_SHARE) for b in batches]
    docs += [to_doc(vocab, b) for b in augment.spoil(batches, rng) if not args.plain]
    rng.shuffle(docs)
    DocBin(docs=docs).to_disk(args.corpus / "train" / "treebanks.spacy")
    print(f"treebanks: {len(docs)} documents, {sum(map(len, docs))} words; relations: {sorted(relations)}")
    selection = []
    for name in TREEBANKS:
        for part in ("dev", "test"):
            held = [to_doc(vocab, b) for b in group([collapse(s, relations) for s in read(name, part)])]
            DocBin(docs=held).to_disk(args.corpus / f"{name}-{part}.spacy")
            if part == "dev":
                selection += held
    # Every third document of the two dev sets keeps the evaluation during training short.
    DocBin(docs=selection[::3]).to_disk(args.corpus / "dev" / "treebanks.spacy")


if __name__ == "__main__":
    main()
