"""Relations between the events of one report, told by connectives, and the agencies that it credits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conflict_events.pipeline.assembly.clusters import Cluster, Mention
from conflict_events.pipeline.syntax import Tree

# words that call an act the answer to another
ANSWER_WORDS = frozenset("revenge retaliation retaliatory response reprisal vengeance".split())
ANSWER_VERBS = frozenset("answer avenge retaliate respond reply reciprocate revenge repay".split())
# what is not left so has been answered; without the denial it has not
LEFT_OPEN = frozenset("unanswered unavenged unpunished".split())
AFTER = frozenset({"after", "following", "since"})
SPAN = 300  # tokens around an answer in which the act it answers is sought
NEAR = 3  # sentences between an answer and the act it answers, where no words join them
Pair = tuple[int, int]

AGENCIES = (
    "Reuters|AFP|AP|Associated Press|Agence France-Presse|dpa|DPA|EFE|TASS|Interfax|RIA Novosti|Xinhua|SANA|FNA|IRNA|"
    "Tasnim|ANSA|Anadolu Agency|Anadolu|AA|WAM|SPA|KUNA|MENA|PTI|ANI|Kyodo|Yonhap|Agencies|agencies|Fars News Agency"
)
_BRACKETS = re.compile(rf"[(\[](?:[^()\[\]\n]{{0,40}}[/:;,] ?)?({AGENCIES})(?:[/;,] ?({AGENCIES}))?[)\]]")
_AFTER_DASH = re.compile(rf"(?:^|\n)[^\n]{{0,60}}[-–—] ?({AGENCIES})\s*(?:\n|$)")
_LINE = re.compile(rf"(?:^|\n)[ \t]*(?:Source:? ?|By |With |by )?({AGENCIES})[ \t]*(?=\n|$)")
_DATELINE = re.compile(rf"^[^\n.]{{0,60}}?[(,]? ?\b({AGENCIES})\)? ?[-–—:]")
_WITH = re.compile(rf"\b(?:Source|source|Sources)s?:? ({AGENCIES})\b|\b(?:and|with) (agencies)\b\.?\s*$")


def credits(text: str) -> list[list[int]]:
    """Characters of the agencies that a report names as its origin.

    In brackets, on a line of their own, in a dateline, or after a last "Source".

    >>> credits("Four soldiers were killed on Monday.\\n\\nReuters")
    [[38, 45]]
    """
    found: set[tuple[int, int]] = set()
    for pattern in (_BRACKETS, _AFTER_DASH, _LINE, _DATELINE, _WITH):
        for match in pattern.finditer(text):
            for group in range(1, pattern.groups + 1):
                if match.group(group):
                    found.add(match.span(group))
    return [list(span) for span in sorted(found)]


def related(
    tree: Tree, clusters: Sequence[Cluster], parties: Sequence[tuple[set[str], set[str]]]
) -> list[tuple[int, int, str]]:
    """(from, to, type) of events by their place in ``clusters``; ``parties`` are those of doers and of targets.

    An answer comes from the words that join two events ("in response to the shelling"), or, where an act is only
    called an answer ("a revenge operation"), is owed to the nearest act of the other side. "After" joined to the
    main clause gives ``follows``; "part of" joins an act to the campaign or battle that it belongs to.
    """
    owner: dict[int, int] = {}
    for n, cluster in enumerate(clusters):
        for m in cluster.mentions:
            for k in range(m.start, m.end):
                owner.setdefault(k, n)
            owner.setdefault(m.head, n)
    found: dict[Pair, str] = {}
    for i, lemma in enumerate(tree.lemma):
        if lemma in ANSWER_WORDS or _answers(tree, i):
            pair = _answer(tree, i, clusters, owner, parties)
            if pair is not None:
                found[pair] = "retaliation_for"
    for i, word in enumerate(tree.lower):
        if word in AFTER:
            pair = _after(tree, i, owner)
            if pair is not None and pair not in found and (pair[1], pair[0]) not in found:
                found[pair] = "follows"
    for i, lemma in enumerate(tree.lemma):
        if lemma == "part":
            pair = _part(tree, i, owner)
            if pair is not None and pair not in found and (pair[1], pair[0]) not in found:
                found[pair] = "part_of"
    real = {n for n, c in enumerate(clusters) if c.first.status not in ("hypothetical", "negated")}
    return [(a, b, type_) for (a, b), type_ in sorted(found.items()) if a in real and b in real]


def _answer(
    tree: Tree, i: int, clusters: Sequence[Cluster], owner: dict[int, int], parties: Sequence[tuple[set[str], set[str]]]
) -> Pair | None:
    told = _told(tree, i, owner, clusters)
    cause = _complement(tree, i, owner, told)
    if told is None and cause is not None and tree.lemma[i] in ANSWER_WORDS:
        before = [k for k in range(tree.sents[tree.sent[i]][0], i) if k in owner and owner[k] != cause]
        told = owner[before[-1]] if before else None
    if told is None and cause is None:
        return None
    if told is None and cause is not None:
        told = _opposed(tree, i, cause, clusters, owner, parties)
    elif told is not None and cause is None:
        cause = _opposed(tree, i, told, clusters, owner, parties)
    return (told, cause) if told is not None and cause is not None and told != cause else None


def _part(tree: Tree, i: int, owner: dict[int, int]) -> Pair | None:
    """(part, whole) at the noun "part": what is part of it, or what is done as part of it."""
    whole = next((owner[k] for k in tree.having(i, "nmod") if tree.preposition(k) == "of" and k in owner), None)
    if whole is None:
        return None
    subject = tree.child(i, "nsubj")
    if subject is not None:
        part = owner.get(subject)
    elif tree.preposition(i) == "as":
        up = tree.head[i]
        part = owner.get(up)
        if part is None:
            part = next((owner[k] for k in tree.having(up, "nsubj", "nsubj:pass", "obj") if k in owner), None)
    else:
        part = None
    return (part, whole) if part is not None and part != whole else None


def _answers(tree: Tree, i: int) -> bool:
    """Whether the word says that an act is answered: a verb of answering, or "not left unanswered"."""
    if tree.lower[i] in LEFT_OPEN:
        return tree.is_negated(i) or tree.is_negated(tree.head[i])
    return tree.lemma[i] in ANSWER_VERBS


def _told(tree: Tree, i: int, owner: dict[int, int], clusters: Sequence[Cluster]) -> int | None:
    """The event that the word ``i`` calls an answer: the noun it modifies, or what it is predicated of."""
    k = i
    for _ in range(4):
        if k in owner and (k != i or tree.lemma[i] not in ANSWER_WORDS):
            return owner[k]
        if tree.head[k] == k:
            break
        k = tree.head[k]
        if tree.pos[k] in ("VERB", "AUX"):
            if k in owner and k != i:
                return owner[k]
            break
    verb = k
    if _answers(tree, i):
        return None
    for child in tree.children[verb]:
        if tree.role[child] in ("nsubj", "obj", "nsubj:pass") and child in owner:
            return owner[child]
    return None


def _complement(tree: Tree, i: int, owner: dict[int, int], told: int | None) -> int | None:
    """The event that is answered: after "to" or "for" below the word, or the object of "answer"."""
    places = [i]
    if tree.pos[tree.head[i]] in ("VERB", "NOUN") and tree.head[i] != i:
        places.append(tree.head[i])
    for place in places:
        for k in tree.children[place]:
            role = tree.role[k]
            fits = role in ("nmod", "obl", "advcl", "acl") and tree.preposition(k).split(" ")[0] in (
                "to",
                "for",
                "after",
                "against",
            )
            if fits or (role in ("obj", "nsubj:pass") and (tree.lemma[place] in ANSWER_VERBS or _answers(tree, i))):
                low, high = tree.edges(k)
                for t in range(low, min(high, low + SPAN)):
                    if t in owner and owner[t] != told:
                        return owner[t]
    return None


def _opposed(
    tree: Tree,
    i: int,
    known: int,
    clusters: Sequence[Cluster],
    owner: dict[int, int],
    parties: Sequence[tuple[set[str], set[str]]],
) -> int | None:
    """The nearest real event of the other side within a few sentences of the word."""
    doers, targets = parties[known]
    best, best_rank = None, None
    # the answer may be told in several sentences: the act answered is near to any of them
    told_in = {tree.sent[i], *(m.sent for m in clusters[known].recent)}
    around = sorted({n for k in range(max(0, i - SPAN), i + SPAN) if (n := owner.get(k)) is not None})
    for n in around:
        cluster = clusters[n]
        first: Mention = cluster.first
        if n == known or first.status in ("hypothetical", "negated") or not parties[n][0]:
            continue
        if doers and parties[n][0] & doers:
            continue
        if not (doers and parties[n][1] & doers) and not (targets & parties[n][0]) and not doers:
            continue
        gap = min(abs(m.sent - sent) for m in cluster.recent for sent in told_in)
        if gap <= NEAR:
            rank = (gap, min(abs(m.head - i) for m in cluster.recent))
            if best_rank is None or rank < best_rank:
                best, best_rank = n, rank
    return best


def _after(tree: Tree, i: int, owner: dict[int, int]) -> Pair | None:
    """(later, earlier) where "after" joins the words of two events."""
    head = tree.head[i]
    if head == i or tree.role[i] not in ("mark", "case"):
        return None
    low, high = tree.edges(head)
    earlier = owner.get(head)
    if earlier is None:
        earlier = next((owner[k] for k in range(max(low, i), min(high, i + SPAN)) if k in owner), None)
    up, later = head, None
    for _ in range(3):
        if tree.head[up] == up:
            break
        up = tree.head[up]
        if up in owner:
            later = owner[up]
            break
        later = next((owner[k] for k in tree.children[up] if k in owner and not low <= k < high), None)
        if later is not None:
            break
    if earlier is None or later is None or earlier == later:
        return None
    return later, earlier
