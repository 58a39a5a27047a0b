"""Print what spoilt text costs a pipeline and one trained without spoilt copies: `python robustness.py MODEL PLAIN --data PATH`.

Test sentences of both treebanks (UPOS, LAS) and news kept aside from training (entities), without commas and apostrophes, in
capitals, in lower case. Each loss is against the same pipeline on the same text unspoilt.
"""

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import augment
import spacy
from evaluate import TREEBANKS, entity_scores, syntax_scores
from ner_clean import load_texts
from ner_sources import Text
from prepare_ner import recased, unpunctuated
from spacy.language import Language
from treebanks import Sentence, read_conllu

SLICES: dict[str, tuple[augment.Spoiler, Callable[[Text], Text]]] = {
    "no commas or apostrophes": (augment.lose_punctuation, unpunctuated),
    "all capitals": (augment.upper, lambda text: recased(text, str.upper)),
    "lower case": (augment.lower, lambda text: recased(text, str.lower)),
}
MEASURES = ("UPOS", "LAS", "entity F1")
Scores = dict[str, tuple[float, float, float]]


def scores(nlp: Language, sentences: Sequence[Sentence], texts: Sequence[Text]) -> Scores:
    """Return the three measures for the unspoilt text (under "") and for each slice."""

    def measure(sentences: Sequence[Sentence], texts: Sequence[Text]) -> tuple[float, float, float]:
        syntax = syntax_scores(nlp, sentences)
        return syntax["UPOS"], syntax["LAS"], entity_scores(nlp, texts)["all"][2]

    rng = random.Random(4)
    rows = {"": measure(sentences, texts)}
    for name, (spoil_sentence, spoil_text) in SLICES.items():
        rows[name] = measure([spoil_sentence(s, rng) for s in sentences], [spoil_text(t) for t in texts])
    return rows


def as_markdown(ours: Scores, plain: Scores) -> str:
    """Return the table of the model card: scores, losses, and our loss as a share of the other."""
    lines = [
        "| text | measure | this pipeline | its loss | without spoilt copies | its loss | share |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in SLICES:
        for i, measure in enumerate(MEASURES):
            lost, plain_lost = (rows[""][i] - rows[name][i] for rows in (ours, plain))
            share = f"{lost / plain_lost:.2f}" if plain_lost > 0 else "–"
            cells = [name, measure, f"{ours[name][i]:.3f}", f"{lost:.3f}", f"{plain[name][i]:.3f}", f"{plain_lost:.3f}"]
            lines.append(f"| {' | '.join(cells)} | {share} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("plain")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path)
    args = parser.parse_args()
    paths = [args.data / "treebanks" / f"{stem}-test.conllu.gz" for stem in TREEBANKS.values()]
    sentences = [sentence for path in paths for sentence in read_conllu(path)]
    texts = load_texts(args.data)["gmb-heldout"]
    ours, plain = (scores(spacy.load(name), sentences, texts) for name in (args.model, args.plain))
    table = as_markdown(ours, plain) + "\n"
    sys.stdout.write(table)
    if args.output:
        args.output.write_text(table, encoding="utf8")


if __name__ == "__main__":
    main()
