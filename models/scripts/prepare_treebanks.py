"""Write the treebanks as DocBins: `python prepare_treebanks.py ../../shared/data corpus`."""

import argparse
import random
from itertools import chain
from pathlib import Path

import augment
import spacy
from spacy.tokens import DocBin
from treebanks import Sentence, collapse, common_relations, group, read_conllu, to_doc

TREEBANKS = {"ewt": "en_ewt-ud", "gum": "en_gum_nonnc-ud"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("corpus", type=Path)
    args = parser.parse_args()
    args.corpus.mkdir(parents=True, exist_ok=True)
    rng = random.Random(20)
    vocab = spacy.blank("en").vocab

    def read(name: str, part: str) -> list[Sentence]:
        return list(read_conllu(args.data / "treebanks" / f"{TREEBANKS[name]}-{part}.conllu.gz"))

    train = [read(name, "train") for name in TREEBANKS]
    relations = common_relations(chain.from_iterable(train))
    batches = [b for part in train for b in group([collapse(s, relations) for s in part])]
    docs = [to_doc(vocab, b, breaks=rng.random() < 0.4) for b in batches]
    docs += [to_doc(vocab, b) for b in augment.spoil(batches, rng)]
    rng.shuffle(docs)
    DocBin(docs=docs).to_disk(args.corpus / "syntax-train.spacy")
    print(f"syntax-train: {len(docs)} documents, {sum(map(len, docs))} words; relations: {sorted(relations)}")
    selection = []
    for name in TREEBANKS:
        for part in ("dev", "test"):
            held = [to_doc(vocab, b) for b in group([collapse(s, relations) for s in read(name, part)])]
            DocBin(docs=held).to_disk(args.corpus / f"{name}-{part}.spacy")
            if part == "dev":
                selection += held
    # Every third document of the two dev sets keeps the evaluation during training short.
    DocBin(docs=selection[::3]).to_disk(args.corpus / "syntax-dev.spacy")


if __name__ == "__main__":
    main()
