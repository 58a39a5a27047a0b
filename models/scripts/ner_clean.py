"""Clean the NER corpora into one scheme of labels and boundaries, and split them into training, selection and hold-outs."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from lexicon import Lexicon, load_lexicon, strip_titles
from ner_sources import Span, Text, read_columns, read_ewt, read_gmb, read_gum, read_own, read_re3d
from number_spans import (
    CARDINAL_WORDS,
    CROWDS,
    DAY_UNITS,
    HOUR_UNITS,
    MONTHS,
    TIME_MARKS,
    WEEKDAYS,
    date_spans,
    number_spans,
)
from proper_names import read_kinds

# Source labels to ours; PLACE is told apart by the lexicon, None means: a name, but of no kind we teach.
LABELS: dict[str, str | None] = {
    "geo": "PLACE", "gpe": "NORP", "per": "PERSON", "org": "ORG", "tim": "DATE", "eve": "EVENT", "art": None, "nat": None,
    "PER": "PERSON", "ORG": "ORG", "LOC": "PLACE", "MISC": None,
    "politician": "PERSON", "person": "PERSON", "politicalparty": "ORG", "organisation": "ORG", "organization": "ORG",
    "location": "PLACE", "country": "GPE", "election": "EVENT", "event": "EVENT", "misc": None, "place": "PLACE",
    "abstract": None, "object": None, "time": None, "substance": None, "animal": None, "plant": None,
    "Person": "PERSON", "Organisation": "ORG", "Location": "PLACE", "Nationality": "NORP",
}  # fmt: skip
# Of so many parts of a source, the first is held out for reporting (GMB, wikigold) and the second chooses the checkpoint.
FOLDS = {"gmb": 40, "wikigold": 5, "politics": 10}
OWN_DATA = Path(__file__).parents[1] / "data"
MAJORITY = 0.65
MIN_MAJORITY_COUNT = 8
_CIVIL_TITLES = frozenset({"Mr.", "Mrs.", "Ms.", "Dr."})
_BEFORE_DATE = frozenset("since in on of from between by at until before after during for the about around".split())
_DATE_MARKS = DAY_UNITS | HOUR_UNITS | MONTHS | WEEKDAYS | TIME_MARKS | {"yesterday", "today", "tomorrow"}


def clean(text: Text, lexicon: Lexicon) -> Text:
    """Bring one text to our labels and boundaries; later rules never overwrite earlier spans."""
    taken = [False] * len(text.words)
    spans: list[Span] = []
    unsure: list[tuple[int, int]] = []

    def add(span: Span | None) -> None:
        if span and span[0] < span[1] and not any(taken[span[0] : span[1]]):
            spans.append(span)
            taken[span[0] : span[1]] = [True] * (span[1] - span[0])

    found = [_relabel(text.words, span, lexicon) for span in sorted(text.spans, key=lambda s: (s[0] - s[1], s[0]))]
    for span in found:
        if span and span[2] == "?":
            unsure.append(span[:2])
        else:
            add(span)
    for date in date_spans(text.words):
        add(date)
    kept: list[tuple[int, int]] = []
    for start, stop in unsure:
        if not any(taken[start:stop]):
            kept.append((start, stop))
            taken[start:stop] = [True] * (stop - start)
    for i, word in enumerate(text.words):
        if word[:1].isupper() and not taken[i]:
            for size in (3, 2, 1):
                words = text.words[i : i + size]
                if len(words) == size and not any(taken[i : i + size]):
                    if lexicon.is_people(words):
                        add((i, i + size, "NORP"))
                    elif " ".join(words) in lexicon.countries and text.source in {"re3d", "gmb", "ewt"}:
                        add((i, i + size, "GPE"))
    for number in number_spans(text.words, taken):
        add(number)
    return Text(text.words, text.spaces, sorted(spans), text.source, unsure=kept)


def _relabel(words: Sequence[str], span: Span, lexicon: Lexicon) -> Span | None:
    start, stop, raw = span
    if raw.startswith("="):
        return start, stop, raw[1:]
    label = LABELS.get(raw, "")
    if label == "":
        return None
    while start < stop and words[start].lower() in {"the", "a", "an", ",", "-"}:
        start += 1
    while start < stop and words[stop - 1] in {",", ".", "-", "'s", '"', "'"}:
        stop -= 1
    if start == stop:
        return None
    name = words[start:stop]
    if lexicon.is_people(name):
        return start, stop, "NORP"
    if label is None:
        return (start, stop, "?") if any(w[:1].isupper() for w in name) else None
    if start and words[start - 1] in _CIVIL_TITLES and label in {"ORG", "PLACE", "NORP"}:
        label = "PERSON"
    if label == "DATE":
        return _trim_date(words, start, stop)
    if label == "PERSON":
        start = strip_titles(words, start, stop)
        lower = [
            w
            for w in words[start:stop]
            if w[:1].islower() and not w.startswith(("al-", "el-", "bin", "ibn", "de", "von", "van", "ul", "abu"))
        ]
        if lower and raw == "Person":
            return None
        named = (
            start < stop
            and words[start][:1].isupper() | words[start].startswith(("al-", "bin", "de", "von"))
            and words[stop - 1][:1].isupper()
        )
        return (start, stop, label) if named else None
    if label == "ORG":
        while raw == "Organisation" and start < stop and words[stop - 1][:1].islower() and "-" not in words[stop - 1]:
            stop -= 1
        if start < stop and lexicon.is_people(words[start:stop]):
            return start, stop, "NORP"
        while (
            start < stop
            and lexicon.is_people(words[start : start + 1])
            and stop - start > 1
            and words[start + 1].isupper()
        ):
            start += 1
        if " ".join(words[start:stop]) in lexicon.countries:
            return start, stop, "GPE"
        only_titles = strip_titles(words, start, stop) == stop
        return (
            None
            if only_titles
            or not (words[start][:1].isupper() or "-" in words[start])
            or (words[stop - 1][:1].islower() and "-" not in words[stop - 1])
            else (start, stop, label)
        )
    if label == "PLACE":
        while start < stop and words[start][:1].islower() and words[start][:3] not in {"al-", "as-", "ash"}:
            start += 1
        named = start < stop and words[start][0].isalpha()
        return (start, stop, lexicon.place_label(words[start:stop])) if named else None
    if label == "NORP":
        place = " ".join(name)
        if place in lexicon.countries or (place in lexicon.places and place not in lexicon.demonyms):
            return start, stop, "GPE"
        return (start, stop, label) if name[0][:1].isupper() else None
    return start, stop, label


def _trim_date(words: Sequence[str], start: int, stop: int) -> Span | None:
    while start < stop and words[start].lower() in _BEFORE_DATE:
        start += 1
    number = {"two", "several", "few"} | CARDINAL_WORDS | CROWDS
    if (
        stop < len(words)
        and start < stop
        and words[stop].lower() in DAY_UNITS | HOUR_UNITS
        and (words[stop - 1].lower() in number or words[stop - 1].isdigit())
    ):
        stop += 1
    if start >= stop or words[stop - 1].lower() in _BEFORE_DATE:
        return None
    lows = [w.lower() for w in words[start:stop]]
    dated = any(
        w in _DATE_MARKS or w.lower() in _DATE_MARKS or (w[:4].isdigit() and len(w) in (4, 5))
        for w in words[start:stop]
    )
    if not dated or stop - start > 7:
        return None
    return start, stop, "TIME" if any(low in TIME_MARKS for low in lows) else "DATE"


def settle_majorities(texts: Sequence[Text]) -> None:
    """Give names that mostly carry one label that label everywhere (the machine-made corpus wavers on the same name)."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for start, stop, label in text.spans:
            counts[" ".join(text.words[start:stop])][label] += 1
    settled = {}
    for name, labels in counts.items():
        label, n = labels.most_common(1)[0]
        if labels.total() >= MIN_MAJORITY_COUNT and n >= MAJORITY * labels.total() and len(labels) > 1:
            settled[name] = label
    for text in texts:
        text.spans = [(s, e, settled.get(" ".join(text.words[s:e]), label)) for s, e, label in text.spans]


def demonyms(texts: Iterable[Text]) -> frozenset[str]:
    """Return the names that the corpora label `gpe`, which in truth is nationality, oftener than `geo`."""
    names = Counter((" ".join(t.words[start:stop]), label) for t in texts for start, stop, label in t.spans)
    return frozenset(
        name
        for (name, label), n in names.items()
        if label == "gpe" and n >= 3 and n > names[name, "geo"] and name[:1].isupper()
    )


def _fold(text: Text) -> int:
    """Number a text by its words, so that a hold-out never moves."""
    return int(hashlib.md5(" ".join(text.words).encode(), usedforsecurity=False).hexdigest(), 16)


def load_texts(data: Path) -> dict[str, list[Text]]:
    """Read and clean every corpus under `data`; returns "train", "selection", "gmb-heldout", "wikigold-heldout", "own-heldout", "uner"."""
    ner = data / "ner"
    kinds = read_kinds(OWN_DATA / "name_kinds.tsv")
    gmb = list(read_gmb(ner / "gmb_ner_dataset.csv.zip"))
    politics = (ner / f"crossner_politics/{part}.txt" for part in ("train", "dev", "test"))
    raw = {
        "gmb": gmb,
        "wikigold": list(read_columns(ner / "wikigold/CONLL-format/data/wikigold.conll.txt", "wikigold")),
        "politics": [text for path in politics for text in read_columns(path, "politics")],
        "re3d": list(read_re3d(ner / "re3d")),
        "gum": list(read_gum(data / "treebanks/en_gum_nonnc-ud-train.conllu.gz")),
    }
    lexicon = load_lexicon(data, demonyms=demonyms(raw["gmb"] + raw["gum"]))
    raw["ewt"] = list(read_ewt(data / "treebanks/en_ewt-ud-train.conllu.gz", kinds, lexicon.demonyms))
    texts = {name: [clean(t, lexicon) for t in part if t.words] for name, part in raw.items()}
    settle_majorities(texts["gmb"])
    parts: dict[str, list[Text]] = {"train": [], "selection": []}
    for name, cleaned in texts.items():
        for text in cleaned:
            fold = _fold(text) % FOLDS[name] if name in FOLDS else -1
            if fold == 0 and name in {"gmb", "wikigold"}:
                parts.setdefault(f"{name}-heldout", []).append(text)
            elif fold == 1:
                parts["selection"].append(text)
            else:
                parts["train"].append(text)
    own = OWN_DATA / "entities_own.jsonl"
    parts["train"] += [clean(text, lexicon) for text in read_own(own, "train")]
    parts["own-heldout"] = [clean(text, lexicon) for text in read_own(own, "test")]
    parts["uner"] = list(read_columns(ner / "uner_ewt/en_ewt-ud-dev.iob2", "uner", skip=1))
    return parts
