"""What speaks for a place as that of an event or figure, beyond its way through the parse to the word.

Whether it places some other event, belongs to a person or body ("a Lahore taxi driver"), or is the finest place of
its sentence; and how it is told: a name, a described site with a name inside it, a site alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from conflict_events.pipeline.assembly.candidates import Candidate
from conflict_events.pipeline.figures.lexicon import people_class
from conflict_events.pipeline.syntax import Tree

SPEECH = frozenset(
    """say tell report announce state add confirm claim note warn declare insist acknowledge deny release issue
    statement describe quote accuse blame believe speak call urge condemn meet visit arrive""".split()
)
FINENESS = {"built": 0, "settlement": 1, "name": 1, "part": 2, "district": 2, "region": 3, "area": 3, "country": 4}
COARSEST = 4
STEPS = 8  # words above a place that are looked at
JOINT = 3  # tokens between places that stand together
NEAREST = 4  # places counted between a candidate and the word


def features(
    tree: Tree,
    c: Candidate,
    found: Iterable[Candidate],
    *,
    head: int,
    events: Collection[int],
    own: Collection[int],
    told: Mapping[int, str],
) -> list[str]:
    """Names of what holds of the candidate ``c`` for the word ``head``.

    ``found`` are all candidates, ``events`` the words of any event and ``own`` those of the event of ``head``; ``told``
    says of the heads of doers and victims as what they take part.
    """
    away = min(tree.sent[head] - c.sent, 1)
    case = tree.preposition(c.head).split(" ")[0]
    precision, role = c.values.get("precision", ""), c.values.get("role")
    named = any(tree.text[k][:1].isupper() for k in range(c.start, c.end) if k > tree.sents[c.sent][0])
    under = _under(tree, c.head, events, own, told)
    governor = tree.head[c.head]
    above = people_class(tree.lower[governor]) or tree.ent_type[governor] or tree.pos[governor]
    relation = tree.role[c.head].partition(":")[0]
    out = [
        f"told:{role}|named:{named}|{precision}",
        f"under:{under}|away:{away}",
        f"under:{under}|case:{case}",
        f"modifies:{relation}|{above}",
        f"modifies:{relation}|{tree.lower[governor]}",
    ]
    if role == "described":
        out += _site(tree, c, away)
    return out + _among(tree, c, found, head, away)


def _site(tree: Tree, c: Candidate, away: int) -> list[str]:
    """How a site is told: taken up from before ("the area", "the same city"), or with words of its own."""
    words = tree.lower[c.start : c.end]
    told = "same" if "same" in words else "bare" if len(words) == 1 else "the" if words[0] == "the" else "other"
    size = min(len(words), 3)
    return [f"site:{told}|{size}|away:{away}", f"site:{told}|{size}|{tree.lemma[c.head]}"]


def _among(tree: Tree, c: Candidate, found: Iterable[Candidate], head: int, away: int) -> list[str]:
    """How the candidate stands to the other places: finer or coarser than those beside it, nearer than those before."""
    rank = _fineness(c)
    beside = [o for o in found if o.sent == c.sent and o is not c]
    land = c.values.get("country")
    finer = any(_fineness(o) < rank for o in beside)
    inside = any(_fineness(o) > rank and land and o.values.get("country") == land for o in beside)
    holds = any(_fineness(o) < rank and land and o.values.get("country") == land for o in beside)
    nearer = sum(1 for o in found if abs(o.head - head) < abs(c.head - head) and o is not c)
    return [
        *_touching(tree, c, beside),
        f"finer beside:{finer}|{rank}|away:{away}",
        f"inside another:{inside}|away:{away}",
        f"holds one beside:{holds}|away:{away}",
        f"nearer:{min(nearer, NEAREST)}|away:{away}",
    ]


def _touching(tree: Tree, c: Candidate, beside: Iterable[Candidate]) -> list[str]:
    """Whether another place stands right before or behind, and joined by what: "Halba in the north", "Halba, Akkar"."""
    out = []
    for o in beside:
        low, high, side = (c.end, o.start, "then") if o.start >= c.end else (o.end, c.start, "from")
        if 0 <= high - low <= JOINT:
            joint = tree.lower[low] if high > low and tree.pos[low] in ("ADP", "PUNCT", "CCONJ") else "word"
            compared = _fineness(o) - _fineness(c)
            out.append(f"{side}:{joint if high > low else 'beside'}")
            out.append(f"{side}:{joint if high > low else 'beside'}|{(compared > 0) - (compared < 0)}")
    return out


def _fineness(c: Candidate) -> int:
    return FINENESS.get(c.values.get("precision", ""), COARSEST)


def _under(tree: Tree, i: int, events: Collection[int], own: Collection[int], told: Mapping[int, str]) -> str:
    """What the place hangs on in the parse: a word of its own or of another event, a doer, victims, or none of these."""
    k = i
    for _ in range(STEPS):
        if tree.head[k] == k:
            return "none"
        speaks = tree.role[k] == "nsubj" and tree.lemma[tree.head[k]] in SPEECH
        k = tree.head[k]
        if speaks:
            return "speaker"
        if k in own:
            return "own"
        if k in told:
            return told[k] or "party"
        if k in events:
            return "other"
    return "none"
