"""Count how common words are in news: ``conflict_events/data/linking_words.json``.

usage: python models/linking/count_words.py OUT.json SHARED/data/ner/gmb_ner_dataset.csv.zip

The Groningen Meaning Bank extract is a flat list of sentences of Voice of America reports. The share of reports
that hold a word is estimated from the share of sentences that do, at so many sentences a report.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from conflict_events.text.words import content_words

SENTENCES_A_REPORT = 15
FEWEST_SENTENCES = 8
UNSEEN_AS = 2


def sentences(archive: str) -> Iterator[str]:
    """The sentences of the corpus, their tokens joined by blanks."""
    with zipfile.ZipFile(archive) as packed, packed.open(packed.namelist()[0]) as raw:
        words: list[str] = []
        for row in csv.reader(io.TextIOWrapper(raw, encoding="latin-1")):
            if row[0].startswith("Sentence:") and words:
                yield " ".join(words)
                words = []
            if row[1] != "Word":
                words.append(row[1])
        yield " ".join(words)


def main(arguments: list[str]) -> None:
    counts: Counter[str] = Counter()
    total = 0
    for sentence in sentences(arguments[1]):
        counts.update({w.lower() for w in content_words(sentence).split() if w != "."})
        total += 1

    def per_10000(sentences_with_it: int) -> float:
        return round(1e4 * (1 - (1 - sentences_with_it / total) ** SENTENCES_A_REPORT), 1)

    table = {
        "unseen_per_10000_reports": per_10000(UNSEEN_AS),
        "per_10000_reports": {w: per_10000(n) for w, n in sorted(counts.items()) if n >= FEWEST_SENTENCES},
    }
    Path(arguments[0]).write_text(json.dumps(table, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
