"""Put the trained syntax and NER pipelines into one: `python assemble.py SYNTAX NER OUTPUT --version 0.1.0`.

The entity recognizer keeps an encoder of its own; the four syntax components share theirs.
"""

import argparse
from pathlib import Path

import spacy
import srsly
from spacy.language import Language

SYNTAX = {
    "tok2vec": "tok2vec",
    "tagger": "tagger",
    "morphologizer": "morphologizer",
    "trainable_lemmatizer": "lemmatizer",
    "parser": "parser",
}
META = {
    "name": "conflict_sm",
    "description": "Small English pipeline for news of armed conflict, trained on open treebanks and entity corpora. "
    "Components: tok2vec, tagger, morphologizer, lemmatizer, parser, ner.",
    "license": "CC BY-SA 4.0",
    "spacy_version": ">=3.8.0,<3.9.0",
    "sources": [
        {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
        {"name": "UD English GUM (documents for commercial use)", "license": "CC BY 4.0, CC BY-SA 3.0"},
        {"name": "Groningen Meaning Bank (extract)", "license": "text public domain, packaging ODbL"},
        {"name": "re3d", "license": "per source: public domain, OGL 3, CC BY 3.0 AU, EU reuse, CC BY-SA 3.0"},
        {"name": "Wikigold", "license": "CC BY 4.0"},
        {"name": "CrossNER politics", "license": "MIT"},
        {"name": "GeoNames (telling GPE from LOC in training data)", "license": "CC BY 4.0"},
    ],
}


def assemble(syntax: Path, ner: Path, version: str) -> Language:
    """Return one pipeline of both, with a clean config (no training paths) and the model's meta."""
    nlp = spacy.blank("en")
    source = spacy.load(syntax)
    for name, new_name in SYNTAX.items():
        nlp.add_pipe(name, source=source, name=new_name)
    names = spacy.load(ner)
    names.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("ner", source=names)
    nlp.batch_size = 64
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
    parser.add_argument("syntax", type=Path)
    parser.add_argument("ner", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--version", default="0.1.0")
    args = parser.parse_args()
    assemble(args.syntax, args.ner, args.version).to_disk(args.output)
    trim_strings(args.output)


if __name__ == "__main__":
    main()
