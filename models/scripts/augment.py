"""Spoil gold sentences the way scraped news is spoilt: case, lost punctuation, quotes, hyphens, stray blanks."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from treebanks import Sentence, Word

Spoiler = Callable[[Sentence, random.Random], Sentence]
_CURLY = {"'": "’", '"': "”", "``": "“", "''": "”", "-": "–"}


def lower(sentence: Sentence, rng: random.Random) -> Sentence:
    """Lower-case every word; lemmas follow, since no capital can be restored."""
    return _words(sentence, [replace(w, form=w.form.lower(), lemma=w.lemma.lower()) for w in sentence.words])


def upper(sentence: Sentence, rng: random.Random) -> Sentence:
    """Upper-case every word; lemmas are left unsaid (their edit trees would copy the whole vocabulary)."""
    return _words(sentence, [replace(w, form=w.form.upper(), lemma="") for w in sentence.words])


def headline(sentence: Sentence, rng: random.Random) -> Sentence:
    """Capitalise content words and drop the final stop, as headlines do."""
    words = []
    for w in sentence.words:
        small = w.upos in {"ADP", "DET", "CCONJ", "PART", "PUNCT"} or not w.form.isalpha()
        words.append(w if small else replace(w, form=w.form[0].upper() + w.form[1:], lemma=w.lemma))
    return _drop(_words(sentence, words), lambda i, w: w.form == "." and i == len(words) - 1)


def lose_punctuation(sentence: Sentence, rng: random.Random) -> Sentence:
    """Lose commas and apostrophes ("the Front's" becomes "the Fronts"), now and then quotes and the final stop."""
    lose_quotes, lose_stop = rng.random() < 0.3, rng.random() < 0.12
    words = list(sentence.words)
    for i, w in enumerate(words):
        if w.form in {"n't", "n’t"}:
            words[i] = replace(w, form="nt")
        elif w.xpos == "POS" and i and not words[i - 1].space:
            before = words[i - 1]
            words[i - 1] = replace(before, form=before.form + w.form.strip("'’"), space=w.space)
            words[i] = replace(w, form="")
    last = len(words) - 1

    def lost(i: int, w: Word) -> bool:
        quote = lose_quotes and w.xpos in {"``", "''"}
        return not w.form or w.form == "," or quote or (lose_stop and i == last and w.form == ".")

    return _drop(_words(sentence, words), lost)


def curl(sentence: Sentence, rng: random.Random) -> Sentence:
    """Write typographic apostrophes, quotes and dashes."""
    words = []
    for w in sentence.words:
        if w.xpos == "``":
            words.append(replace(w, form="“"))
        elif w.form in _CURLY and w.form != "-":
            words.append(replace(w, form=_CURLY[w.form]))
        elif w.form == "-" and w.space:
            words.append(replace(w, form=rng.choice("–—")))
        else:
            words.append(replace(w, form=w.form.replace("'", "’")))
    return _words(sentence, words)


def part_hyphens(sentence: Sentence, rng: random.Random) -> Sentence:
    """Put blanks around hyphens inside words."""
    words = list(sentence.words)
    for i, w in enumerate(words):
        if w.form == "-" and i and not words[i - 1].space:
            words[i - 1] = replace(words[i - 1], space=True)
            words[i] = replace(w, space=True)
    return _words(sentence, words)


def stray_blank(sentence: Sentence, rng: random.Random) -> Sentence:
    """Break the line or double a blank after some word: a whitespace token that hangs on the word before it."""
    places = [i for i, w in enumerate(sentence.words[:-1]) if w.space]
    if not places:
        return sentence
    at = rng.choice(places)
    form, space = rng.choice([("\n", False), (" ", False), ("\n", False)])
    words = []
    for i, w in enumerate(sentence.words):
        w = replace(w, head=w.head + (w.head > at))
        if i == at and form != " ":
            w = replace(w, space=False)
        words.append(w)
        if i == at:
            inside = sentence.words[at + 1].entity
            entity = inside if inside.startswith("I-") else "O"
            words.append(Word(form, form, "SPACE", "_SP", "", at, "dep", space, entity=entity))
    return _words(sentence, words)


# What share of the training documents gets a further copy spoilt this way.
SPOILERS: dict[str, tuple[Spoiler, float]] = {
    "lose_punctuation": (lose_punctuation, 0.30),
    "curl": (curl, 0.08),
    "part_hyphens": (part_hyphens, 0.05),
    "stray_blank": (stray_blank, 0.10),
    "lower": (lower, 0.08),
    "upper": (upper, 0.05),
    "headline": (headline, 0.10),
}


def spoil(batches: Sequence[Sequence[Sentence]], rng: random.Random) -> list[list[Sentence]]:
    """Return spoilt copies of a share of the batches (the originals are not among them)."""
    copies = []
    for spoiler, share in SPOILERS.values():
        for batch in batches:
            if rng.random() < share:
                # A headline opens a report; running text follows it unspoilt.
                spoilt = batch[:1] if spoiler is headline else batch
                done = [spoiler(sentence, rng) for sentence in spoilt] + list(batch[len(spoilt) :])
                copies.append([s for s in done if s.words])
    return [copy for copy in copies if copy]


def _words(sentence: Sentence, words: Sequence[Word]) -> Sentence:
    return replace(sentence, words=tuple(words))


def _drop(sentence: Sentence, lost: Callable[[int, Word], bool]) -> Sentence:
    """Take words out; their dependents move up to the nearest head that stays."""
    words = sentence.words
    gone = {i for i, w in enumerate(words) if lost(i, w) and w.head != i}
    if not gone:
        return sentence
    new_index = {old: new for new, old in enumerate(i for i in range(len(words)) if i not in gone)}
    kept: list[Word] = []
    for i, w in enumerate(words):
        if i in gone:
            if kept and w.space:
                kept[-1] = replace(kept[-1], space=True)
            continue
        head = w.head
        while head in gone:
            head = words[head].head
        kept.append(replace(w, head=new_index[head]))
    return _words(sentence, kept)
