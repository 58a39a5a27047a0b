"""Whether a sentence tells on of an event of an earlier one: what speaks for it and against it, with weights."""

from __future__ import annotations

from typing import Any

from conflict_events.pipeline.assembly.agreement import agreement, sides
from conflict_events.pipeline.assembly.clusters import MUTUAL, Cluster, Mention, planned
from conflict_events.pipeline.assembly.kinds import SPECIFIC, compatible, harms
from conflict_events.pipeline.assembly.wording import Wording
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.syntax import Tree

# what alike types, types that can be one, and a consequence of untold kind say for one event; conditions add or take
SAME_TYPE, LIKE_TYPE, UNTOLD = 1.6, 1.2, 1.3
DEFINITE, INDEFINITE, FAR = 1.2, -1.5, -0.12
OBJECT = 1.5  # the thing hit, told again
DEATHS = 0.6  # deaths recalled by a plain word: "the dead", "casualties"
RETOLD = 0.8  # a lead that tells its headline once more
OPENING, ALIKE = 2, 0.35  # sentences in which it does so, share of words that the two have in common
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty dozens scores".split()
)
Parts = list[tuple[str, float]]


class Retelling(Wording):
    """Weighs a group of one sentence against an event told before it."""

    def __init__(
        self, tree: Tree, ontology: Ontology, dates: dict[str, dict[str, Any]], places: dict[str, dict[str, Any]]
    ) -> None:
        super().__init__(tree, ontology)
        self.dates = dates
        self.places = places
        self.opening = next((tree.sent[i] for i in range(len(tree)) if not tree.is_space[i]), 0)

    def parts(self, cluster: Cluster, group: Cluster, distance: int) -> Parts | None:
        """What speaks for one event, as (name, weight); None where the two cannot be one."""
        m, other = group.first, cluster.first
        if distance == 0 or not compatible(self.ontology, cluster.type, group.type) or self.laid(cluster, group):
            return None
        if planned(other.status) != planned(m.status) or (m.role != "generic" and self.opposed(other, m)):
            return None
        retold = self._retold(cluster, m) and agreement(cluster, group, "date", self.dates) >= 0
        taken_up = m.role == "generic" or retold or (self.definite(m) and not m.date)
        if other.scope != m.scope and not taken_up and not self._plainly_one(cluster, group):
            return None
        if not group.type and not harms(self.ontology, cluster.type):
            return None
        definite = self.definite(m)
        fought = any(x.lemma in MUTUAL for x in cluster.recent)
        if fought and group.type in SPECIFIC and cluster.type != group.type and not definite:
            return None
        kind = ("same type", SAME_TYPE) if cluster.type == group.type else ("like type", LIKE_TYPE)
        parts: Parts = [kind if group.type else ("consequence", UNTOLD)]
        if definite or m.role == "generic":
            parts.append(("definite", DEFINITE))
        elif retold:
            parts.append(("opening retold", RETOLD))
        elif self._new(cluster, group):
            parts.append(("new or apart", INDEFINITE))
        parts.append(("dates", agreement(cluster, group, "date", self.dates)))
        parts.append(("places", agreement(cluster, group, "place", self.places)))
        parts.append(("sides", sides(cluster, group)))
        if self.same_object(cluster, group):
            parts.append(("thing hit", OBJECT))
        if not group.type and m.lemma in ("die", "dead", "death", "casualty"):
            parts.append(("deaths recalled", DEATHS))
        parts.append(("sentences between", FAR * distance))
        return [(name, round(weight, 2)) for name, weight in parts if weight]

    def _new(self, cluster: Cluster, group: Cluster) -> bool:
        """Whether a group is worded as another act ("also", "another raid"), or as a new one elsewhere ("a bomb … in Lima")."""
        m = group.first
        if self.indefinite(m) or self.apart(m):
            return True
        named = [x for x in group.recent if x.role in ("event", "weapon")]
        elsewhere = agreement(cluster, group, "place", self.places) < 0
        return elsewhere and any(self.indefinite(x) or self.apart(x) for x in named)

    def _retold(self, cluster: Cluster, m: Mention) -> bool:
        """Whether a sentence tells once more, in much the same words, what the opening one told: a headline and its lead."""
        if m.sent > self.opening + OPENING or cluster.mentions[-1].sent > self.opening + 1:
            return False
        said, again = (self._content(k) for k in (cluster.mentions[-1].sent, m.sent))
        counted = [{w for w in words if w.isdecimal() or w in NUMBERS} for words in (said, again)]
        if all(counted) and counted[0].isdisjoint(counted[1]):
            return False
        return len(said & again) >= ALIKE * max(1, min(len(said), len(again)))

    def _content(self, k: int) -> set[str]:
        tree = self.tree
        a, b = tree.sents[k]
        return {tree.lower[i] for i in range(a, b) if tree.pos[i] in ("NOUN", "PROPN", "NUM", "VERB", "ADJ")}

    def _plainly_one(self, cluster: Cluster, group: Cluster) -> bool:
        """Whether type, place and sides of two tellings agree, so that a doubtful scope cannot part them."""
        return (
            cluster.type == group.type
            and agreement(cluster, group, "place", self.places) > 0
            and agreement(cluster, group, "date", self.dates) >= 0
            and sides(cluster, group) > 0
        )
