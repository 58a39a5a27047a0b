"""Inflected forms of the lexicon's words, for words whose lemma a lemmatizer got wrong ("recaptur", "looted")."""

from __future__ import annotations

from collections.abc import Iterable

IRREGULAR = {
    "shot": "shoot", "struck": "strike", "fought": "fight", "blew": "blow", "blown": "blow", "fell": "fall",
    "fallen": "fall", "took": "take", "taken": "take", "threw": "throw", "thrown": "throw", "held": "hold",
    "laid": "lay", "went": "go", "gone": "go", "slew": "slay", "slain": "slay", "came": "come", "drove": "drive",
    "driven": "drive", "won": "win", "withdrew": "withdraw", "withdrawn": "withdraw", "sent": "send",
    "overran": "overrun", "lost": "lose", "retook": "retake", "retaken": "retake", "broke": "break",
    "broken": "break", "tore": "tear", "torn": "tear", "died": "die", "dying": "die", "beaten": "beat",
}  # fmt: skip
VOWELS = frozenset("aeiou")


def regular(word: str) -> list[str]:
    """Forms that a regular English noun or verb can have, the word itself left out.

    >>> regular("raid")
    ['raids', 'raided', 'raiding']
    >>> regular("ambush")
    ['ambushes', 'ambushed', 'ambushing']
    """
    if len(word) < 3 or not word.isalpha():
        return []
    if word.endswith("e"):
        return [word + "s", word + "d", word[:-1] + "ing"]
    if word.endswith("y") and word[-2] not in VOWELS:
        return [word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    plural = word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")
    forms = [plural, word + "ed", word + "ing"]
    if len(word) <= 5 and word[-1] not in VOWELS | set("wxys") and word[-2] in VOWELS and word[-3] not in VOWELS:
        forms += [word + word[-1] + "ed", word + word[-1] + "ing"]
    return forms


def forms_of(words: Iterable[str]) -> dict[str, str]:
    """Form → word, for forms that are no words of the list themselves; irregular forms of listed words too."""
    known = set(words)
    found: dict[str, str] = {}
    for word in sorted(known):
        for form in regular(word):
            if form not in known:
                found.setdefault(form, word)
    found.update({form: word for form, word in IRREGULAR.items() if word in known})
    return found
