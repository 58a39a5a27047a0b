"""Fit the model of topics that tells sentences about armed conflict from other writing, and write its weights as JSON.

usage: python train_topics.py DATA_FOLDER [--out WEIGHTS.json]

DATA_FOLDER holds ner/gmb_ner_dataset.csv.zip, treebanks/*.conllu.gz and, for the sentences to leave out, the development
sets casualties/dev.jsonl and events/dev.jsonl. Sentences teach themselves: those with an unmistakable word are
about conflict, and that word is no feature; those without any word of violence are not; all others are left
out. Needs scikit-learn, which the package itself does not.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[2]
OTHER_WORLDS = ROOT / "tests" / "pipeline" / "nonconflict.txt"
UNMISTAKABLE = frozenset(
    """militant militants insurgent insurgents rebel rebels gunman gunmen bomb bombs bomber bombers bombing bombings
    airstrike airstrikes shelling mortar mortars guerrilla guerrillas suicide hostages kidnapped kidnapping abducted
    ceasefire cease-fire truce insurgency troops soldiers soldier fighters militia militias clashes firefight gunfire
    ambush ambushed massacre peacekeepers taliban taleban al-qaida hezbollah hamas grenade grenades warplanes artillery
    rioters riot riots rioting demonstrators protesters shot dead assassinated beheaded looted explosion exploded
    terrorist terrorists missile missiles separatists offensive attackers""".split()
)
VIOLENT = tuple(
    """attack kill wound injur clash fight war strik bomb shoot shot fire raid violen arrest detain captur seiz protest
    rall troop army militar soldier terror weapon arm hostag murder assault explo rocket battle invad destroy burn
    riot siege""".split()
)
COMMON = frozenset(
    """the and for that with was were has have had his her its from they this are but not who will been said say says
    their also which after than when would about one two""".split()
)
WORD = re.compile(r"[A-Za-z][A-Za-z'-]+")
LEAST = 8  # sentences in which a word occurs at least
STRENGTH = 0.1  # C of the L2 penalty
SMALL = 0.15  # weights below are left out
OWN_WEIGHT = 3.0


def words(text: str) -> list[str]:
    """The lower-case words of a text."""
    return [w.lower() for w in WORD.findall(text)]


def news(archive: Path) -> Iterator[list[str]]:
    """Sentences of the Groningen Meaning Bank as lower-case words."""
    with zipfile.ZipFile(archive) as packed:
        rows = csv.reader(io.TextIOWrapper(packed.open(packed.namelist()[0]), encoding="latin-1"))
        sentence: list[str] = []
        for name, word, *_ in rows:
            if name.startswith("Sentence:"):
                if sentence:
                    yield sentence
                sentence = []
            if word and name != "Sentence #":
                sentence.append(word.lower())
        yield sentence


def treebanks(folder: Path) -> Iterator[list[str]]:
    """Sentences of the treebanks' training parts as lower-case words."""
    for path in sorted(folder.glob("*-train.conllu.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                if line.startswith("# text ="):
                    yield words(line[8:])


def key(text: str) -> str:
    """What two spellings of one sentence share."""
    return re.sub(r"\W+", "", text.lower())[:50]


def examples(data: Path) -> Iterator[tuple[set[str], bool, float]]:
    """Words of a sentence, whether it is about conflict, and how much it counts."""
    held = {
        key(json.loads(line)["text"])
        for name in ("casualties", "events")
        for line in (data / name / "dev.jsonl").read_text("utf-8").splitlines()
    }
    for sentence in news(data / "ner" / "gmb_ner_dataset.csv.zip"):
        found = set(sentence)
        if key("".join(sentence)) in held:
            continue
        if found & UNMISTAKABLE:
            yield found - UNMISTAKABLE, True, 1.0
        elif not any(w.startswith(VIOLENT) for w in found):
            yield found, False, 1.0
    for sentence in treebanks(data / "treebanks"):
        found = set(sentence)
        if len(found) >= 5 and not found & UNMISTAKABLE and not any(w.startswith(VIOLENT) for w in found):
            yield found, False, 1.0
    for line in OTHER_WORLDS.read_text("utf-8").splitlines():
        yield set(words(line)) - UNMISTAKABLE, False, OWN_WEIGHT


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "conflict_events" / "data" / "topics.json")
    args = parser.parse_args()
    rows = list(examples(args.data))
    counts = Counter(w for found, _, _ in rows for w in found)
    kept = {w for w, n in counts.items() if n >= LEAST and w.isalpha() and len(w) > 2} - COMMON
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(found & kept, 1) for found, _, _ in rows])
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LogisticRegression(C=STRENGTH, max_iter=300, solver="liblinear")
    model.fit(matrix, [about for _, about, _ in rows], sample_weight=[weight for *_, weight in rows])
    weights = {w: round(float(c), 2) for w, c in zip(vectorizer.feature_names_, model.coef_[0], strict=True)}
    shipped = {
        "bias": round(float(model.intercept_[0]), 2),
        "weights": {w: c for w, c in weights.items() if abs(c) >= SMALL},
    }
    args.out.write_text(json.dumps({"models": {"conflict": shipped}}, indent=0, sort_keys=True), "utf-8")


if __name__ == "__main__":
    main()
