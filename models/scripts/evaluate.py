"""Print the model card's table: `python models/scripts/evaluate.py MODEL --data PATH [--part dev] [--output scores.json]`.

MODEL is a folder or an installed package. Syntax is scored on gold tokens, sentence by sentence; sentences on raw documents.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import augment
import spacy
import srsly
from ner_clean import load_texts
from ner_sources import Text
from spacy.language import Language
from spacy.tokens import Doc
from treebanks import Sentence, read_conllu

TREEBANKS = {"EWT": "en_ewt-ud", "GUM": "en_gum_nonnc-ud"}
_UNER = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"}
Scores = dict[str, float]


def syntax_scores(nlp: Language, sentences: Sequence[Sentence]) -> Scores:
    """Return UPOS, XPOS, UAS, LAS and lemma accuracy on gold tokens (punctuation outside UAS and LAS, subtypes stripped)."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    docs = (Doc(nlp.vocab, words=[w.form for w in s.words], spaces=[w.space for w in s.words]) for s in sentences)
    with nlp.select_pipes(disable=[name for name in ("ner",) if name in nlp.pipe_names]):
        for sentence, doc in zip(sentences, nlp.pipe(docs), strict=True):
            for word, token in zip(sentence.words, doc, strict=True):
                _count(right, total, "UPOS", token.pos_ == word.upos, counted=word.upos != "SPACE")
                _count(right, total, "XPOS", token.tag_ == word.xpos, counted=bool(word.xpos))
                _count(right, total, "lemma", token.lemma_ == word.lemma, counted=bool(word.lemma))
                headed = token.head.i == word.head
                relation = "root" if token.dep_ == "ROOT" else token.dep_.split(":")[0]
                syntactic = word.upos not in {"PUNCT", "SPACE"}
                _count(right, total, "UAS", headed, counted=syntactic)
                _count(right, total, "LAS", headed and relation == word.deprel.split(":")[0], counted=syntactic)
    return {name: right[name] / total[name] for name in ("UPOS", "XPOS", "UAS", "LAS", "lemma") if total[name]}


def _count(right: Counter[str], total: Counter[str], name: str, correct: bool, *, counted: bool) -> None:
    total[name] += counted
    right[name] += counted and correct


def sentence_score(nlp: Language, sentences: Sequence[Sentence]) -> float:
    """Return F1 of sentences found in raw documents whose paragraphs are parted by a blank line; both ends must be right."""
    gold: dict[str, set[tuple[int, int]]] = {}
    texts: dict[str, str] = {}
    for sentence in sentences:
        text = texts.get(sentence.document, "")
        if text and sentence.starts_paragraph:
            text = text.rstrip() + "\n\n"
        words = "".join(w.form + " " * w.space for w in sentence.words)
        gold.setdefault(sentence.document, set()).add((len(text), len(text) + len(words.rstrip())))
        texts[sentence.document] = text + words
    found = {
        name: {_stripped(sent.start_char, sent.text) for sent in doc.sents if sent.text.strip()}
        for name, doc in zip(texts, nlp.pipe(texts.values(), disable=["ner"]), strict=True)
    }
    return _prf([(gold[name], found[name]) for name in texts])[2]


def _stripped(start: int, text: str) -> tuple[int, int]:
    lead = len(text) - len(text.lstrip())
    return start + lead, start + len(text.rstrip())


def entity_scores(
    nlp: Language, texts: Sequence[Text], label_of: Callable[[str], str | None] = str
) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 by label and for all; spans marked unsure in the gold count neither way."""
    docs = nlp.pipe(Doc(nlp.vocab, words=t.words, spaces=t.spaces) for t in texts)
    pairs = []
    for text, doc in zip(texts, docs, strict=True):
        gold = set(text.spans)
        found = {(e.start, e.end, label) for e in doc.ents if (label := label_of(e.label_))}
        unsure = {s for s in found if any(s[0] < stop and start < s[1] for start, stop in text.unsure)}
        pairs.append((gold, found - unsure))
    labels = sorted({label for gold, found in pairs for _, _, label in gold | found})
    scores = {
        label: _prf([({s for s in g if s[2] == label}, {s for s in f if s[2] == label}) for g, f in pairs])
        for label in labels
    }
    return {"all": _prf(pairs), **scores}


def _prf(pairs: Iterable[tuple[set[Any], set[Any]]]) -> tuple[float, float, float]:
    hits = gold_size = found_size = 0
    for gold, found in pairs:
        hits += len(gold & found)
        gold_size += len(gold)
        found_size += len(found)
    precision, recall = hits / max(1, found_size), hits / max(1, gold_size)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def slices(sentences: Sequence[Sentence]) -> dict[str, list[Sentence]]:
    """Return the sentences spoilt as scraped text is: without commas and apostrophes, in capitals, in lower case."""
    rng = random.Random(4)
    spoilers = {
        "no commas or apostrophes": augment.lose_punctuation,
        "all capitals": augment.upper,
        "lower case": augment.lower,
    }
    return {name: [spoiler(s, rng) for s in sentences] for name, spoiler in spoilers.items()}


def speed(nlp: Language, texts: Sequence[str]) -> float:
    """Return words per second of CPU time over raw texts on this machine."""
    list(nlp.pipe(texts[:20]))
    started = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return words / (time.process_time() - started)


def evaluate(nlp: Language, data: Path, part: str) -> dict[str, dict[str, Any]]:
    """Return all scores: "syntax" by treebank and slice, "entities" by set and label, and "speed"."""
    scores: dict[str, dict[str, Any]] = {"syntax": {}, "entities": {}, "speed": {}}
    for name, stem in TREEBANKS.items():
        sentences = list(read_conllu(data / "treebanks" / f"{stem}-{part}.conllu.gz"))
        scores["syntax"][f"{name} {part}"] = {
            **syntax_scores(nlp, sentences),
            "sentence F1": sentence_score(nlp, sentences),
        }
        if name == "EWT":
            for slice_name, spoilt in slices(sentences).items():
                scores["syntax"][f"{name} {part}, {slice_name}"] = syntax_scores(nlp, spoilt)
    parts = load_texts(data)
    for name in ("gmb-heldout", "wikigold-heldout", "own-heldout"):
        scores["entities"][name] = entity_scores(nlp, parts[name])
    scores["entities"]["UNER EWT dev"] = entity_scores(nlp, parts["uner"], _UNER.get)
    news = ["".join(w + " " * s for w, s in zip(t.words, t.spaces, strict=True)) for t in parts["gmb-heldout"]]
    scores["speed"]["words per second"] = speed(nlp, news)
    return scores


def as_markdown(scores: dict[str, dict[str, Any]]) -> str:
    """Return the scores as the two tables of the model card."""
    columns = ["UPOS", "XPOS", "UAS", "LAS", "lemma", "sentence F1"]
    lines = [f"| set | {' | '.join(columns)} |", "|---|" + "---|" * len(columns)]
    for name, row in scores["syntax"].items():
        lines.append(f"| {name} | " + " | ".join(f"{row[c]:.3f}" if c in row else "–" for c in columns) + " |")
    lines += ["", "| set | label | P | R | F1 |", "|---|---|---|---|---|"]
    for name, rows in scores["entities"].items():
        lines += [f"| {name} | {label} | {p:.3f} | {r:.3f} | {f:.3f} |" for label, (p, r, f) in rows.items()]
    lines += [
        "",
        f"{scores['speed']['words per second']:,.0f} words per second of CPU time on Voice of America sentences.",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    parser.add_argument("--output", type=Path)
    args = parser.parse_args()
    scores = evaluate(spacy.load(args.model), args.data, args.part)
    sys.stdout.write(as_markdown(scores) + "\n")
    if args.output:
        args.output.parent.mkdir(parents=True, exist_ok=True)
        srsly.write_json(args.output, scores)


if __name__ == "__main__":
    main()
