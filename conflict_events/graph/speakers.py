"""Who states a figure: which claimants of one incident are one speaker, however reports name them.

"Gaza's health ministry", "the health ministry" and "the ministry" are one where no other ministry speaks; a
party's voices are one. Whoever may be either of two speakers stays a third.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from conflict_events.records import ActorRef

Key = str

_WORD = re.compile(r"\w+(?:[-\u2019']\w+)*")
_POSSESSIVE = re.compile("['\u2019]s?$")
# "the Hamas-run health ministry" describes the ministry that others name without it
_DESCRIPTION = re.compile(r"-(?:run|led|based|held|controlled|backed|aligned|appointed|affiliated|linked|owned)$")
_PREPOSITIONS = frozenset("of in for at on from with".split())
# who speaks for a body speaks as it
_VOICES = frozenset("spokesman spokeswoman spokesperson chief director head official officer source statement".split())
# words that point at a place which a reader knows already
_POINTERS = frozenset(
    "the a an its his her their own local regional provincial national territory enclave country region province".split()
    + "district city town state".split()
)
# of plurals only these are one body; "officials" of two reports may be anybody
_BODIES = frozenset("forces services authorities guards police".split())
# an incident with more bodies of one kind is no incident; so many are compared
_MOST_NAMES = 64


@dataclass(frozen=True, slots=True)
class _Body:
    """A claimant as one report names it: the words that tell which, the noun that tells what, the speaker it is."""

    report: str
    words: frozenset[str]
    head: str
    key: Key


def party_key(actor: ActorRef | None) -> Key | None:
    """What makes two actors one: the party they speak or fight for, else their name."""
    if actor is None:
        return None
    return actor.party or actor.name.casefold()


def name_speakers(claimants: Iterable[tuple[str, ActorRef]]) -> dict[tuple[str, Key], Key]:
    """For each (report, ``party_key`` of its claimant) the key of the speaker that it is, in one incident.

    A name without a party is that of the one body whose longer name holds all its words, of one in its own
    report before one in another; else of the one party whose body is named with fewer words.

    >>> from conflict_events.records import Span
    >>> a, b = (ActorRef(Span(n, 0, len(n)), "x", n, None, "state", None) for n in ("Gaza's health ministry", "ministry"))
    >>> name_speakers([("r", a), ("s", b)])
    {('r', "gaza's health ministry"): 'gaza health ministry', ('s', 'ministry'): 'gaza health ministry'}
    """
    found: dict[tuple[str, Key], Key] = {}
    known: dict[str, list[_Body]] = defaultdict(list)
    unknown: dict[tuple[str, Key], _Body] = {}
    for report, claimant in claimants:
        key = party_key(claimant) or ""
        words, head = _read(claimant.name)
        body = _Body(report, words, head, key)
        found[report, key] = key
        if words and claimant.party is None:
            unknown[report, key] = body
        elif words and len(known[head]) < _MOST_NAMES:
            known[head].append(body)
    parties = {head: list(bodies) for head, bodies in known.items()}
    for place, body in sorted(unknown.items(), key=lambda item: (-len(item[1].words), sorted(item[1].words), item[0])):
        key = _speaker(body, known[body.head], parties.get(body.head, []))
        found[place] = key
        if len(known[body.head]) < _MOST_NAMES:
            known[body.head].append(_Body(body.report, body.words, body.head, key))
    return found


def _speaker(body: _Body, known: list[_Body], parties: list[_Body]) -> Key:
    longer = [b for b in known if body.words < b.words] + [p for p in parties if body.words == p.words]
    for choice in (
        {b.key for b in longer if b.report == body.report},
        {b.key for b in longer},
        {p.key for p in parties if p.words < body.words},
    ):
        if choice:
            return choice.pop() if len(choice) == 1 else " ".join(sorted(body.words))
    return " ".join(sorted(body.words))


def _read(name: str) -> tuple[frozenset[str], str]:
    """The telling words of a name and its head noun; no words for whom only a role or a plural names."""
    words = [_POSSESSIVE.sub("", w) for w in _WORD.findall(name.casefold())]
    words = [w for w in words if not _DESCRIPTION.search(w)]
    cut = next((n for n, w in enumerate(words) if w in _PREPOSITIONS and n), len(words))
    front = [w for w in words[:cut] if w not in _POINTERS]
    if front and front[-1] in _VOICES:
        front.pop()
        if not front:
            front = [w for w in words[cut + 1 :] if w not in _POINTERS and w not in _PREPOSITIONS]
    if not front:
        return frozenset(), ""
    head = front[-1]
    if head.endswith("s") and not head.endswith("ss") and head not in _BODIES:
        return frozenset(), ""
    rest = [w for w in words[cut:] if w not in _PREPOSITIONS and w not in _POINTERS]
    return frozenset([*front, *rest]) - _VOICES, head
