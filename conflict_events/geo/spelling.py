"""Which of a place's names in other languages an English text may use."""

from __future__ import annotations

# countries whose place names begin with an Arabic article that news mostly leaves out
ARABIC = frozenset("SY IQ YE SD EG LY JO LB PS SA AE OM QA KW BH DZ TN MA MR SO".split())


def is_spelling(name: str) -> bool:
    """Whether an alternate name is one in Latin letters, and no code or lower-case transcription.

    >>> [is_spelling(n) for n in ("Hodeidah", "IEV", "han ken de", "Київ")]
    [True, False, False, True]
    """
    if not name[:1].isupper() and name[:1] not in "'‘’ʻ":
        return False
    letters = sum(c.isalpha() for c in name)
    return letters > 2 and not (name.isupper() and letters < 5)
