"""Where, when and by whom: the place, date or doer that belongs to one word of a report (an event, a figure).

Every candidate of the sentence, and of the sentences before it, is weighed by a linear model over how the parse
joins it to the word; where none reaches the threshold the report does not say. Dates and doers are weighed each by
itself, as several may be right; places share one probability with "not said" (a conditional logit, McFadden 1974).
Weights: ``data/binding.json``.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from conflict_events.pipeline.assembly import whereabouts
from conflict_events.pipeline.assembly.candidates import Anchor, Candidate
from conflict_events.pipeline.assembly.whereabouts import SPEECH
from conflict_events.pipeline.parties.phrases import SEATED
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.weights import Linear, load_models

# sentences before the word's own in which candidates stand
BACK = {"place": 4, "date": 4, "agent": 2}
PER_SENTENCE = 12  # candidates weighed in one sentence at most
OTHER_TIME = frozenset({"since", "before", "until"})  # what they open lies at another time than what they follow
BARE = ("nmod:unmarked", "nmod:npmod", "nmod:tmod", "obl:unmarked", "obl:npmod")  # dates without a preposition
CLIMB = 4  # nouns between a bare date and its clause
DISTANCES = (2, 5, 10, 20)
LARGEST_SCORE = 30.0
THRESHOLDS = {"place": 0.3, "date": 0.4, "agent": 0.4}
ONE_OF = frozenset({"place"})  # kinds of which a word has one
INSIDE = frozenset({",", "in", "the"})  # between a town and what holds it
FINER_SHARE = 0.3  # of the holder's probability, from which the town is meant


class Binder:
    """Chooses among candidates of one kind: "place", "date" or "agent"."""

    def __init__(self, tree: Tree, candidates: Iterable[Candidate], kind: str, triggers: Iterable[int] = ()) -> None:
        self.tree = tree
        self.kind = kind
        self.values: dict[str, dict[str, Any]] = {}
        self.by_sentence: dict[int, list[Candidate]] = {}
        for c in candidates:
            self.values[c.id] = c.values
            row = self.by_sentence.setdefault(c.sent, [])
            if len(row) < PER_SENTENCE:
                row.append(c)
        self.times = Counter(self._name(c) for row in self.by_sentence.values() for c in row)
        self.triggers = sorted(set(triggers))
        self.events = frozenset(self.triggers)
        self.model: Linear = models()[kind]
        self.threshold = THRESHOLDS[kind]

    def _name(self, c: Candidate) -> str:
        return " ".join(self.tree.lower[c.start : c.end])

    def candidates(self, sent: int, back: int | None = None) -> list[Candidate]:
        """Candidates of the sentence and of those up to ``back`` before it, nearest sentence first."""
        reach = BACK[self.kind] if back is None else back
        return [c for k in range(sent, max(-1, sent - 1 - reach), -1) for c in self.by_sentence.get(k, ())]

    def possible(self, head: int, back: int | None = None) -> list[Candidate]:
        """Candidates for the word ``head`` that nothing rules out."""
        found = self.candidates(self.tree.sent[head], back)
        return [c for c in found if not self._ruled_out(c, head)]

    def weigh(self, anchor: Anchor, back: int | None = None) -> list[tuple[float, Candidate]]:
        """(probability, candidate), best first; ties go to the earlier candidate."""
        found = self.possible(anchor.head, back)
        odds = [(math.exp(min(LARGEST_SCORE, self.model.score(self.features(c, anchor, found)))), c) for c in found]
        shared = math.fsum(x for x, _ in odds)
        weighed = [(x / (1 + (shared if self.kind in ONE_OF else x)), c) for x, c in odds]
        return sorted(weighed, key=lambda x: (-x[0], x[1].start))

    def _ruled_out(self, c: Candidate, head: int) -> bool:
        """Whether a candidate can't be meant whatever else holds of it."""
        if self.kind == "date":
            return self._dates_another_clause(c, head)
        # organs of a state sit in a town far from what they speak of: "the defence ministry in Kampala said"
        tree, governor = self.tree, self.tree.head[c.head]
        seat = tree.role[c.head] == "nmod" and tree.preposition(c.head) == "in" and tree.lemma[governor] in SEATED
        speaks = tree.role[governor] == "nsubj" and tree.lemma[tree.head[governor]] in SPEECH
        return self.kind == "place" and seat and speaks

    def choose(
        self, anchor: Anchor, back: int | None = None, threshold: float | None = None
    ) -> tuple[str | None, float]:
        """Id and probability of what the word is bound to; (None, …) where the report does not say."""
        weighed = self._by_name(self.weigh(anchor, back))
        if self.kind in ONE_OF and len(weighed) > 1:
            weighed = self._by_container(weighed)
        if weighed and weighed[0][0] >= (self.threshold if threshold is None else threshold):
            return weighed[0][1].id, weighed[0][0]
        return None, 1 - (weighed[0][0] if weighed else 0.0)

    def _by_container(self, weighed: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
        """The likeliest place gives way to a town told right before it to lie in it, unless that is far less likely."""
        share, best = weighed[0]
        for other, c in weighed[1:]:
            between = self.tree.lower[c.end : best.start] if c.end <= best.start <= c.end + len(INSIDE) else []
            inside = "in" in between and INSIDE.issuperset(between)
            if inside and c.values.get("precision") == "settlement" and other >= FINER_SHARE * share:
                return [(share, c), *(w for w in weighed if w[1] is not c)]
        return weighed

    def _by_name(self, weighed: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
        """Where one of a kind is right, the shares of a name's mentions added up under the likeliest of them."""
        if self.kind not in ONE_OF:
            return weighed
        best: dict[str, Candidate] = {}
        shares: dict[str, float] = {}
        for share, c in weighed:
            name = self._name(c)
            best.setdefault(name, c)
            shares[name] = shares.get(name, 0.0) + share
        return sorted(((shares[name], c) for name, c in best.items()), key=lambda x: (-x[0], x[1].start))

    def features(self, c: Candidate, anchor: Anchor, found: list[Candidate]) -> list[str]:
        """Names of what holds of a candidate: its distance, its way through the parse, its own form."""
        tree, i = self.tree, anchor.head
        away = tree.sent[i] - c.sent
        case = tree.preposition(c.head).split(" ")[0]
        role, governor = self._joint(c)
        out = [f"case:{case}", f"role:{role}", f"away:{min(away, 3)}", f"case:{case}|away:{min(away, 1)}"]
        lemma = tree.lemma[governor]
        speech = lemma in SPEECH
        out.append(f"governor:{lemma}")
        if c.id in anchor.bound:
            out += ["bound", f"bound|away:{min(away, 1)}"]
        elif anchor.bound:
            out.append("another bound")
        heads = {o.head for o in found if o.sent == c.sent and o is not c}
        if governor in heads or any(
            k in heads for k in tree.children[governor] if k < c.head and tree.role[governor] in ("nmod", "obl")
        ):
            out.append("nested")
        if any(k in heads for k in tree.children[c.head]):
            out.append("holds another")
        out.append(f"gov:{tree.pos[governor]}:{'speech' if speech else ''}")
        if any(a <= c.head < b for a, b in anchor.avoid):
            out.append("avoid")
        out.append(f"scope:{anchor.scope}")
        out.append(f"away:{min(away, 1)}|scope:{anchor.scope}")
        if away == 0:
            out += self._way(i, c)
            gap = abs(c.head - i)
            out.append(f"gap:{sum(gap > d for d in DISTANCES)}")
            out.append("after" if c.head > i else "before")
            nearer = sum(1 for o in found if o.sent == c.sent and abs(o.head - i) < gap)
            out.append(f"rank:{min(nearer, 3)}")
            if any(k != c.head and self._below(c.head, k) for k in anchor.kin):
                out.append("below kin")
            out.append(f"others between:{self._others(min(i, c.head) + 1, max(i, c.head), anchor)}")
            out += self._under(c, anchor, found)
        else:
            out.append(f"own sentence:{any(o.sent == tree.sent[i] for o in found)}")
            out.append(f"subject:{role in ('nsubj', 'nsubj:pass')}")
            later = sum(1 for o in found if o.sent == c.sent and o.start > c.start)
            out.append(f"later:{min(later, 2)}")
        out += self._setting(c, away)
        if self.kind == "place":
            own = anchor.words | set(anchor.kin)
            out += whereabouts.features(tree, c, found, head=i, events=self.events, own=own, told=anchor.told)
        of_kind: Callable[[Candidate, Anchor, str, int], list[str]] = getattr(self, f"_of_{self.kind}")
        return out + of_kind(c, anchor, case, away)

    def _joint(self, c: Candidate) -> tuple[str, int]:
        """Role and governor of a candidate. A bare date that the parse hangs on a noun dates the noun's clause.

        "killed by gunmen last Friday": Friday dates the killing, unless the noun tells of an event itself.
        """
        tree, k = self.tree, c.head
        role, governor = tree.role[k], tree.head[k]
        if self.kind != "date" or governor == k or not role.startswith(BARE) or tree.preposition(k):
            return role, governor
        for _ in range(CLIMB):
            noun = tree.pos[governor] in ("NOUN", "PROPN") and governor not in self.events
            if not noun or tree.head[governor] == governor:
                break
            role, governor = "obl:unmarked", tree.head[governor]
        return role, governor

    def _setting(self, c: Candidate, away: int) -> list[str]:
        """How long the report is, and how much of it the candidate takes up."""
        tree = self.tree
        length = sum(len(tree.sents) > d for d in (1, 3, 8))
        times = min(self.times[self._name(c)], 3)
        entity = tree.ent_type[c.head]
        return [
            f"length:{length}",
            f"length:{length}|away:{min(away, 2)}",
            f"times:{times}|length:{length}",
            f"opening:{c.sent == 0}|length:{length}",
            f"entity:{entity}",
            f"entity:{entity}|role:{tree.role[c.head]}",
        ]

    def _under(self, c: Candidate, anchor: Anchor, found: list[Candidate]) -> list[str]:
        """By which relations the candidate hangs on the word or on one of its event, and whether a rival does too."""
        hung = self._hung(c, anchor)
        out = [f"hung:{'.'.join(hung) if hung is not None else 'no'}"]
        if hung:
            out.append(f"hung:{hung[-1]}|case:{self.tree.preposition(c.head).split(' ')[0]}")
        rivals = [o for o in found if o.sent == c.sent and o is not c]
        nearest = min((len(h) for o in rivals if (h := self._hung(o, anchor)) is not None), default=9)
        own = len(hung) if hung is not None else 9
        out.append(f"rival hung:{'nearer' if nearest < own else 'as near' if nearest == own and own < 9 else 'no'}")
        out.append(f"clause:{self.tree.clause_head(c.head) == self.tree.clause_head(anchor.head)}")
        if self.kind == "date":
            out.append(
                f"when said:{self._when_said(c, anchor)}|apart:{any(not self._when_said(o, anchor) for o in rivals)}"
            )
        return out

    def _when_said(self, c: Candidate, anchor: Anchor) -> bool:
        """Whether a date tells when something was said, and not when what was said took place."""
        governor = self._joint(c)[1]
        return governor != anchor.head and self.tree.lemma[governor] in SPEECH

    def _hung(self, c: Candidate, anchor: Anchor) -> list[str] | None:
        tree = self.tree
        role, k = self._joint(c)
        if k == c.head:
            return None
        out = [role.partition(":")[0]]
        if k in anchor.kin:
            return [*out, "word" if k == anchor.head else "kin"]
        for _ in range(3):
            if tree.head[k] == k:
                return None
            out.append(tree.role[k].partition(":")[0])
            k = tree.head[k]
            if k in anchor.kin:
                return [*out, "word" if k == anchor.head else "kin"]
        return None

    def _others(self, low: int, high: int, anchor: Anchor) -> int:
        """How many words of other events stand between two tokens, at most two."""
        k, others = bisect_left(self.triggers, low), 0
        while k < len(self.triggers) and self.triggers[k] < high and others < 2:
            others += self.triggers[k] not in anchor.kin
            k += 1
        return others

    def _of_place(self, c: Candidate, anchor: Anchor, case: str, away: int) -> list[str]:
        precision = c.values.get("precision", "")
        return [
            f"precision:{precision}",
            f"precision:{precision}|case:{case}",
            f"kind:{c.values.get('role')}",
            f"kind:{c.values.get('role')}|role:{self.tree.role[c.head]}",
            f"word:{self.tree.lemma[c.head]}|{precision}" if c.values.get("role") == "described" else "named",
            f"first:{self.tree.lower[c.start]}|{c.values.get('role')}",
            f"precision:{precision}|away:{min(away, 1)}",
            f"precision:{precision}|length:{sum(len(self.tree.sents) > d for d in (1, 3, 8))}",
        ]

    def _of_date(self, c: Candidate, anchor: Anchor, case: str, away: int) -> list[str]:
        precision = c.values.get("precision", "")
        speech = self.tree.lemma[self._joint(c)[1]] in SPEECH
        return [
            f"word:{self.tree.lemma[c.head]}" if c.values.get("role") == "described" else "of the calendar",
            f"precision:{precision}",
            f"precision:{precision}|away:{min(away, 1)}",
            f"extent:{c.values.get('extent')}|case:{case}",
            f"first:{self.tree.lower[c.start]}",
            f"speech:{speech}|away:{min(away, 1)}",
            f"day:{precision == 'day'}|scope:{anchor.scope}",
        ]

    def _of_agent(self, c: Candidate, anchor: Anchor, case: str, away: int) -> list[str]:
        told = anchor.told.get(c.head, "")
        return [
            f"told:{told}",
            f"told:{told}|type:{anchor.type}",
            f"actor:{c.values.get('kind')}",
            f"told:{told}|away:{min(away, 1)}",
        ]

    def _way(self, i: int, c: Candidate) -> list[str]:
        """The relations on the way from the word up and down to the candidate."""
        tree = self.tree
        above = {i: 0}
        ups: list[str] = []
        k = i
        while tree.head[k] != k and len(ups) < 8:
            ups.append(tree.role[k].partition(":")[0])
            k = tree.head[k]
            above[k] = len(ups)
        downs: list[str] = []
        k = c.head
        marks: list[str] = []
        role, governor = self._joint(c)
        if governor != tree.head[k]:
            downs.append(role.partition(":")[0])
            k = governor
        while k not in above and tree.head[k] != k and len(downs) < 10:
            if tree.pos[k] in ("VERB", "AUX", "ADJ"):
                marks += [
                    f"mark:{tree.lower[m]}" for m in tree.children[k] if tree.role[m] in ("mark", "advmod") and m < k
                ]
            downs.append(tree.role[k].partition(":")[0])
            k = tree.head[k]
        if k not in above:
            return ["way:none"]
        up = ups[: above[k]]
        shape = f"{'.'.join(up[:3])}>{'.'.join(reversed(downs[-3:]))}"
        out = [f"way:{shape}", f"up:{len(up)}", f"down:{min(len(downs), 4)}", f"up:{'.'.join(up[:2])}"]
        out += marks[:2]
        if tree.lemma[k] in SPEECH and k != i:
            out.append("meets at speech")
        return out

    def _dates_another_clause(self, c: Candidate, i: int) -> bool:
        """Whether a date stands in a "since" or "before" clause that does not hold the word: it dates that clause."""
        tree, k = self.tree, c.head
        for _ in range(6):
            if tree.head[k] == k:
                return False
            k = tree.head[k]
            marked = any(
                tree.lower[m] in OTHER_TIME and m < k for m in tree.children[k] if tree.role[m] in ("mark", "case")
            )
            if marked and tree.pos[k] in ("VERB", "AUX"):
                return not self._below(i, k)
        return False

    def _below(self, k: int, top: int) -> bool:
        tree = self.tree
        for _ in range(6):
            if k == top:
                return True
            if tree.head[k] == k:
                return False
            k = tree.head[k]
        return False


@cache
def models() -> dict[str, Linear]:
    """The shipped weights, by kind."""
    return load_models("binding.json")
