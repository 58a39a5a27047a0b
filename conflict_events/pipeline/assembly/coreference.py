"""Mentions of events put together: which of them in one report are one event.

Within a sentence by the parse, across sentences by type, definiteness, doers, places and dates. Current and
background, told and planned never merge.
"""

from __future__ import annotations

from typing import Any

from conflict_events.pipeline.assembly.clusters import Cluster, Mention
from conflict_events.pipeline.assembly.kinds import joint_type
from conflict_events.pipeline.assembly.retelling import Parts, Retelling
from conflict_events.pipeline.assembly.sentences import Sentences
from conflict_events.pipeline.assembly.wording import Wording
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.syntax import Tree

THRESHOLD = 1.0
REACH = 12  # sentences back in which a mention looks for its event
OPEN = 48  # events, of those told last, that a later sentence can take up
BLASTS = frozenset({"explosion", "blast", "explode", "leak"})  # with a word for works or fuel beside, an accident
DEADLY = frozenset({"kill", "slay", "wound", "injure", "maim", "hurt", "lose", "murder", "die"})


class Merger(Wording):
    """Puts the mentions of one report together."""

    def __init__(
        self, tree: Tree, ontology: Ontology, dates: dict[str, dict[str, Any]], places: dict[str, dict[str, Any]]
    ) -> None:
        super().__init__(tree, ontology)
        self.sentences = Sentences(tree, ontology, dates)
        self.retelling = Retelling(tree, ontology, dates, places)

    def clusters(self, mentions: list[Mention]) -> list[Cluster]:
        """Events in the order of their first mention; generic and lone words without an event fall away."""
        by_sentence: dict[int, list[Mention]] = {}
        for m in mentions:
            by_sentence.setdefault(m.sent, []).append(m)
        clusters: list[Cluster] = []
        near: list[Cluster] = []
        for sent in sorted(by_sentence):
            # a cluster grows in the order of the text: its last mention is the latest
            near = [c for c in near if sent - c.mentions[-1].sent <= REACH]
            for group in self.sentences.groups(by_sentence[sent]):
                if self._place(group, near[-OPEN:]):
                    near.append(group)
                    clusters.append(group)
        for cluster in clusters:
            cluster.mentions.sort(key=lambda m: (_RANK[m.role], m.start))
            best = cluster.mentions[0]
            cluster.mentions = [best, *sorted(cluster.mentions[1:], key=lambda m: m.start)]
        clusters.sort(key=lambda c: min(m.start for m in c.mentions))
        return clusters

    def _place(self, group: Cluster, clusters: list[Cluster]) -> bool:
        """Join a group of one sentence to an earlier event; whether it is an event of its own instead."""
        m = group.first
        best: Cluster | None = None
        best_score: float = THRESHOLD
        reasons: Parts = []
        for cluster in reversed(clusters):
            parts = self.retelling.parts(cluster, group, m.sent - cluster.mentions[-1].sent)
            score = sum(weight for _, weight in parts) if parts is not None else 0.0
            if parts is not None and score > best_score:
                best, best_score, reasons = cluster, score, parts
        if best is not None:
            for told in group.mentions:
                best.join(told, reasons)
            best.type = joint_type(best.type, group.type)
            return False
        if not group.type:
            type_ = self._untold(m)
            if type_ is None:
                return False
            group.type = type_
        return True

    def _untold(self, m: Mention) -> str | None:
        """The type of a killing or wounding of which no other word tells; None where that is no violence."""
        tree, words = self.tree, self.ontology.words
        if m.role == "generic" or m.lemma not in DEADLY:
            return None
        a, b = tree.sents[m.sent]
        lemmas = set(tree.lemma[a:b])
        crowd = not lemmas.isdisjoint(words["protester"])
        if crowd and any(self.lemma_in(t, words["government"]) for t in m.agents):
            return "excessive_force_against_protesters"
        people = any(self.lemma_in(t, words["force"] | words["civilian"]) for t in m.targets)
        if not lemmas.isdisjoint(words["disaster"]):
            return None
        blast = not lemmas.isdisjoint(BLASTS) and not lemmas.isdisjoint(words["accident"])
        if blast and not m.agents:
            return None
        armed = any(self.lemma_in(t, words["armed_target"]) for t in m.targets)
        if m.agents and not any(self.wilful(a) for a in m.agents):
            return None
        if any(self.lemma_in(a, words["aircraft"]) for a in m.agents):
            return "air_drone_strike"
        if not armed and all(self.lemma_in(a, words["vehicle"]) for a in m.agents) and self.mishap(m.head):
            return None
        mild = m.lemma in ("die", "hurt", "lose") or (m.lemma in ("injure", "wound") and not m.agents)
        if (mild and not armed) or not (people or m.agents or m.targets):
            return None
        return "armed_clash" if armed else "attack"


_RANK = {"event": 0, "weapon": 1, "weak": 2, "consequence": 3, "generic": 4}
