"""Make the pipeline to ship of the trained one: `python assemble.py TRAINED OUTPUT --version 0.3.0`."""

import argparse
from pathlib import Path

import en_conflict_sm.paragraphs  # noqa: F401  (registers its component)
import spacy
import srsly
from spacy.language import Language

RENAMED = {"trainable_lemmatizer": "lemmatizer"}
# Documents parsed in step; more are faster and need more memory.
BATCH_SIZE = 256
META = {
    "name": "conflict_sm",
    "description": "Small English pipeline for news of armed conflict, trained on open treebanks and entity corpora. "
    "Components: paragraphs, tok2vec, tagger, morphologizer, lemmatizer, parser, ner.",
    "license": "CC BY-SA 4.0",
    "spacy_version": ">=3.8.0,<3.9.0",
    "sources": [
        {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
        {"name": "UD English GUM (documents for commercial use)", "license": "CC BY 4.0, CC BY-SA 3.0"},
        {"name": "Groningen Meaning Bank (extract)", "license": "text public domain, packaging ODbL"},
        {"name": "re3d", "license": "per source: public domain, OGL 3, CC BY 3.0 AU, EU reuse, CC BY-SA 3.0"},
        {"name": "Wikigold", "license": "CC BY 4.0"},
        {"name": "CrossNER politics", "license": "MIT"},
        {"name": "conflict_events: entities_own, name_kinds", "license": "that of conflict_events; CC BY-SA 4.0"},
        {"name": "GeoNames (telling GPE from LOC in training data)", "license": "CC BY 4.0"},
        {
            "name": "all-MiniLM-L6-v2 (word vectors, and the teacher en_conflict_trf, made from it)",
            "license": "Apache-2.0",
        },
        {"name": "wordfreq (which words have a vector)", "license": "CC BY-SA 4.0"},
    ],
}


def assemble(trained: Path, version: str) -> Language:
    """Return the pipeline with a clean config (no training paths), its vectors and the model's meta."""
    source = spacy.load(trained)
    nlp = spacy.blank("en", config={"nlp": {"batch_size": BATCH_SIZE}})
    nlp.vocab.vectors = source.vocab.vectors
    nlp.add_pipe("paragraphs_sm")
    for name in source.pipe_names:
        nlp.add_pipe(name, source=source, name=RENAMED.get(name, name))
    nlp.meta.update(META, version=version)
    return nlp


def trim_strings(model: Path) -> None:
    """Leave in the saved vocabulary only what the components look up: training words would be a tenth of the model's size."""
    nlp = spacy.load(model)
    keep = set(spacy.blank("en").vocab.strings)
    for name in nlp.pipe_names:
        for label in getattr(nlp.get_pipe(name), "labels", ()):
            keep.update([str(label), *str(label).split("|"), *str(label).replace("|", "=").split("=")])
    for node in srsly.read_msgpack(model / "lemmatizer" / "trees")["trees"]:
        keep.update(nlp.vocab.strings[node[key]] for key in ("orig", "subst") if key in node)
    strings = model / "vocab" / "strings.json"
    srsly.write_json(strings, sorted(string for string in srsly.read_json(strings) if string in keep))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--version", default="0.3.0")
    args = parser.parse_args()
    assemble(args.trained, args.version).to_disk(args.output)
    trim_strings(args.output)


if __name__ == "__main__":
    main()
