"""Mentions of events put together: which of them in one report are one event.

Within a sentence by the parse (a consequence and its attack, a weapon and its blast), across sentences
by type, definiteness, doers, places and dates. Current and background, told and planned never merge.
"""

from __future__ import annotations

from typing import Any

from conflict_events.pipeline.assembly.agreement import agreement, same_time, sides
from conflict_events.pipeline.assembly.clusters import MUTUAL, VIOLENT, Cluster, Mention, planned
from conflict_events.pipeline.assembly.wording import NOUNS, Wording
from conflict_events.pipeline.attribution.clauses import verb_of
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.syntax import Tree

# what alike types, types that can be one, and a consequence of untold kind say for one event; conditions add or take
SAME_TYPE, LIKE_TYPE, UNTOLD = 1.6, 1.2, 1.3
THRESHOLD = 1.0
OBJECT = 1.5  # the thing hit, told again
RETOLD = 0.8  # a lead that tells its headline once more
OPENING, ALIKE = 2, 0.35  # sentences in which it does so, share of words that the two have in common
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty dozens scores".split()
)
BURNING = frozenset("burn torch set destroy demolish raze".split())
REACH = 12  # sentences back in which a mention looks for its event
WITHIN = 16  # earlier events of one sentence that a further word of it is held against
OPEN = 48  # events, of those told last, that a later sentence can take up
# types of which one may be told as another: an "attack" that was shelling, a "clash" that began as an ambush
VAGUE = frozenset({"attack", "armed_clash"})
SPECIFIC = (
    "suicide_bomb",
    "chemical_weapon",
    "air_drone_strike",
    "shelling_artillery_missile",
    "grenade",
    "remote_explosive_landmine_ied",
    "abduction_forced_disappearance",
    "sexual_violence",
    "excessive_force_against_protesters",
)
DEADLY = frozenset({"kill", "slay", "wound", "injure", "maim", "hurt", "lose", "murder", "die"})


class Merger(Wording):
    """Puts the mentions of one report together."""

    def __init__(
        self, tree: Tree, ontology: Ontology, dates: dict[str, dict[str, Any]], places: dict[str, dict[str, Any]]
    ) -> None:
        super().__init__(tree, ontology)
        self.dates = dates
        self.places = places
        self.opening = next((tree.sent[i] for i in range(len(tree)) if not tree.is_space[i]), 0)

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
            for group in self._within(by_sentence[sent]):
                if self._place(group, near[-OPEN:]):
                    near.append(group)
                    clusters.append(group)
        for cluster in clusters:
            cluster.mentions.sort(key=lambda m: (_RANK[m.role], m.start))
            best = cluster.mentions[0]
            cluster.mentions = [best, *sorted(cluster.mentions[1:], key=lambda m: m.start)]
        clusters.sort(key=lambda c: min(m.start for m in c.mentions))
        return clusters

    def _within(self, mentions: list[Mention]) -> list[Cluster]:
        """Groups of one sentence."""
        cores = [m for m in mentions if m.role == "event"]
        groups = [Cluster(m.type or "attack", [m]) for m in cores]
        merged: list[Cluster] = []
        for group in groups:
            home = next((g for g in merged[-WITHIN:] if self._one_in_sentence(g, group.first)), None)
            if home is None:
                merged.append(group)
            else:
                home.mentions.append(group.first)
                home.type = self._joint_type(home.type, group.type)
        for m in mentions:
            if m.role == "weapon":
                home = self._nearest(m, [g for g in merged if self._fits_weapon(g, m)])
                if home is not None:
                    home.mentions.append(m)
                    home.type = self._joint_type(home.type, m.type or home.type)
                elif self._strikes(m):
                    merged.append(Cluster(m.type or "attack", [m]))
        rest: list[Mention] = []
        for m in mentions:
            if m.role == "consequence":
                home = self._cause_of(m, merged)
                if home is not None:
                    home.mentions.append(m)
                else:
                    rest.append(m)
        told: list[Cluster] = []
        for m in rest:
            same = next((c for c in told[-WITHIN:] if self._one_toll(c.mentions[-1], m)), None)
            if same is not None:
                same.mentions.append(m)
            else:
                told.append(Cluster("", [m]))
        merged += told
        for m in mentions:
            if m.role in ("generic", "weak"):
                same = next((g for g in merged if g.type and g.type == m.type), None) if m.role == "weak" else None
                if same is not None:
                    same.mentions.append(m)
                    continue
                merged.append(Cluster(m.type or "" if m.role == "weak" else "", [m]))
        return merged

    def _one_toll(self, a: Mention, b: Mention) -> bool:
        """Whether two consequences of a sentence are of one unnamed act: "two killed and five wounded"."""
        if a.scope != b.scope or planned(a.status) != planned(b.status) or self.apart(b):
            return False
        if a.date and b.date and same_time(self.dates[a.date], self.dates[b.date]) is False:
            return False
        return not (a.parties and b.parties and not a.parties & b.parties)

    def _fits_weapon(self, group: Cluster, m: Mention) -> bool:
        return self._compatible(group.type, m.type or "attack") and planned(group.first.status) == planned(m.status)

    def _one_in_sentence(self, group: Cluster, m: Mention) -> bool:
        """Whether a second event word of a sentence means the same event as the group."""
        tree, other = self.tree, group.mentions[-1]
        if self.answered(m) or not self._compatible(group.type, m.type or "attack"):
            return self._damage(other, m)
        if self.laid(group, Cluster(m.type or "", [m])):
            return False
        if self._within_act(other, m) or self._described(other, m):
            return True
        if group.first.scope != m.scope or planned(group.first.status) != planned(m.status):
            return False
        if self.opposed(other, m) or self.earlier(m):
            return False
        if tree.head[m.head] == other.head and tree.role[m.head] == "conj":
            return tree.pos[m.head] == "VERB" and m.type == group.type
        if (
            m.date
            and other.date
            and m.date != other.date
            and same_time(self.dates[m.date], self.dates[other.date]) is not True
        ):
            return False
        if (
            m.agents
            and other.agents
            and not _overlap(m.agents, other.agents)
            and m.parties
            and other.parties
            and not (m.parties & other.parties)
        ):
            return False
        if tree.head[m.head] == other.head and tree.role[m.head] in (
            "obj",
            "nsubj",
            "nsubj:pass",
            "obl",
            "compound",
            "appos",
            "nmod",
        ):
            return True
        if tree.head[other.head] == m.head and tree.role[other.head] in (
            "obj",
            "nsubj",
            "nsubj:pass",
            "obl",
            "compound",
            "appos",
        ):
            return True
        if self.definite(m) or m.type == group.type:
            return (not self.indefinite(m) and verb_of(tree, m.head) != verb_of(tree, other.head)) or self.definite(m)
        return False

    def _within_act(self, other: Mention, m: Mention) -> bool:
        """Whether a noun is what the verb before it is about: "repelled an attack", "foiled a plot", "died in an attack"."""
        tree = self.tree
        if tree.head[m.head] != other.head or tree.pos[m.head] not in NOUNS:
            return False
        role = tree.role[m.head]
        return role == "obj" or (role == "obl" and tree.preposition(m.head) == "in" and other.type == "suicide_bomb")

    def _described(self, other: Mention, m: Mention) -> bool:
        """Whether a relative clause tells more of the act: "detonated bombs, which exploded", "the attack took place where …"."""
        tree = self.tree
        if tree.role[m.head] not in ("acl:relcl", "advcl:relcl"):
            return False
        noun = tree.head[m.head]
        if tree.head[noun] not in (other.head, tree.head[other.head]):
            return False
        subject = tree.subject(m.head)
        weapon = (
            tree.lemma[noun] in self.ontology.words["bomb"] or tree.lemma[noun] in self.ontology.words["projectile"]
        )
        return (weapon and subject is not None and tree.lower[subject] in ("which", "that")) or any(
            tree.lower[k] == "where" for k in tree.children[m.head]
        )

    def _damage(self, other: Mention, m: Mention) -> bool:
        """Whether burning or wrecking is told as part of an attack: "attacked a farm, killing two and burning a barn"."""
        tree = self.tree
        if m.type != "looting_property_destruction" or m.lemma not in BURNING or tree.tag[m.head] != "VBG":
            return False
        k = tree.head[m.head] if tree.role[m.head] == "conj" else m.head
        return tree.role[k] == "advcl" and tree.head[k] == other.head and self._harms(other.type or "attack")

    def _cause_of(self, m: Mention, groups: list[Cluster]) -> Cluster | None:
        """The group of the same sentence of which a consequence tells."""
        if not groups:
            return None
        tree = self.tree
        family = self._around(m.head)
        linked = [g for g in groups if g.type and self._harms(g.type) and any(x.head in family for x in g.recent)]
        if linked:
            return self._nearest(m, linked)
        usable = [
            g
            for g in groups
            if g.type
            and tree.role[g.first.head] != "amod"
            and not self.opposed(g.first, m)
            and g.first.scope == m.scope
            and planned(g.first.status) == planned(m.status)
            and self._harms(g.type)
        ]
        if not usable:
            return None
        if len(usable) == 1:
            only = usable[0]
            if m.date and only.first.date and m.date != only.first.date and tree.sent[only.first.head] == m.sent:
                return None
            return only
        return self._nearest(m, usable)

    def _harms(self, type_: str) -> bool:
        class_ = self.ontology.class_of(type_)
        return class_ in VIOLENT or class_ in ("riots", "war", "protests")

    def _around(self, head: int) -> set[int]:
        """Tokens next to ``head`` in the parse: its heads, arguments, and the clauses that hang on it."""
        tree = self.tree
        family: set[int] = set()
        for k in tree.children[head]:
            family.add(k)
            family.update(tree.children[k])
        up = head
        for _ in range(3):
            if tree.head[up] == up:
                break
            up = tree.head[up]
            family.add(up)
        return family

    def _strikes(self, m: Mention) -> bool:
        """Whether a lone weapon is told to have struck: it governs or undergoes a verb of impact, or harm hangs on it."""
        tree = self.tree
        impact = self.ontology.words["impact"]
        up = m.head
        for _ in range(3):
            if tree.head[up] == up:
                return tree.pos[m.head] in NOUNS and up == m.head
            up = tree.head[up]
            if tree.lemma[up] in impact:
                return True
            if tree.pos[up] == "VERB":
                return False
        return False

    def _nearest(self, m: Mention, groups: list[Cluster]) -> Cluster | None:
        return min(groups, key=lambda g: min(abs(x.head - m.head) for x in g.recent), default=None)

    def _compatible(self, a: str, b: str) -> bool:
        if not a or not b:
            return True
        if a == b:
            return True
        one, two = self.ontology.class_of(a), self.ontology.class_of(b)
        if a in VAGUE or b in VAGUE:
            return one in VIOLENT and two in VIOLENT
        if {one, two} <= {"riots", "protests"}:
            return True
        pair = {a, b}
        return pair in _SAME

    def _joint_type(self, a: str, b: str) -> str:
        """The type of an event told as ``a`` and as ``b``: the more specific."""
        if a == b or not b:
            return a
        if not a:
            return b
        for type_ in SPECIFIC:
            if type_ in (a, b):
                return type_
        if a in VAGUE and b not in VAGUE:
            return b
        return a

    def _place(self, group: Cluster, clusters: list[Cluster]) -> bool:
        """Join a group of one sentence to an earlier event; whether it is an event of its own instead."""
        m = group.first
        best, best_score = None, THRESHOLD
        for cluster in reversed(clusters):
            score = self._score(cluster, group, m.sent - cluster.mentions[-1].sent)
            if score > best_score:
                best, best_score = cluster, score
        if best is not None:
            best.mentions += group.mentions
            best.type = self._joint_type(best.type, group.type)
            return False
        if not group.type:
            type_ = self._untold(m)
            if type_ is None:
                return False
            group.type = type_
        return True

    def _score(self, cluster: Cluster, group: Cluster, distance: int) -> float:
        m, other = group.first, cluster.first
        if distance == 0 or not self._compatible(cluster.type, group.type) or self.laid(cluster, group):
            return -9.0
        if planned(other.status) != planned(m.status) or (m.role != "generic" and self.opposed(other, m)):
            return -9.0
        retold = self._retold(cluster, m) and agreement(cluster, group, "date", self.dates) >= 0
        taken_up = m.role == "generic" or retold or (self.definite(m) and not m.date)
        if other.scope != m.scope and not taken_up and not self._plainly_one(cluster, group):
            return -9.0
        if not group.type and not self._harms(cluster.type):
            return -9.0
        fought = any(x.lemma in MUTUAL for x in cluster.recent)
        if fought and group.type in SPECIFIC and cluster.type != group.type and not self.definite(m):
            return -9.0
        score = SAME_TYPE if cluster.type == group.type else LIKE_TYPE if group.type else UNTOLD
        definite = self.definite(m)
        if definite or m.role == "generic":
            score += 1.2
        elif retold:
            score += RETOLD
        elif self.indefinite(m) or self.apart(m):
            score -= 1.5
        score += agreement(cluster, group, "date", self.dates)
        score += agreement(cluster, group, "place", self.places)
        score += sides(cluster, group)
        if self.same_object(cluster, group):
            score += OBJECT
        if not group.type and m.lemma in ("die", "dead", "death", "casualty"):
            score += 0.6
        return score - 0.12 * distance

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
        armed = any(self.lemma_in(t, words["armed_target"]) for t in m.targets)
        if not armed and all(self.lemma_in(a, words["vehicle"]) for a in m.agents) and self.mishap(m.head):
            return None
        mild = m.lemma in ("die", "hurt", "lose") or (m.lemma in ("injure", "wound") and not m.agents)
        if (mild and not armed) or not (people or m.agents or m.targets):
            return None
        return "armed_clash" if armed else "attack"


_RANK = {"event": 0, "weapon": 1, "weak": 2, "consequence": 3, "generic": 4}
_SAME = (
    {"suicide_bomb", "remote_explosive_landmine_ied"},
    {"remote_explosive_landmine_ied", "grenade"},
    {"air_drone_strike", "shelling_artillery_missile"},
    {"chemical_weapon", "air_drone_strike"},
    {"chemical_weapon", "shelling_artillery_missile"},
    {"air_drone_strike", "remote_explosive_landmine_ied"},
    {"arrests", "abduction_forced_disappearance"},
)


def _overlap(a: list[list[int]], b: list[list[int]]) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)
