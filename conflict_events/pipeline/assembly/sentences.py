"""Mentions of one sentence put together by the parse: a consequence and its attack, a weapon and its blast."""

from __future__ import annotations

from typing import Any

from conflict_events.pipeline.assembly.agreement import same_time
from conflict_events.pipeline.assembly.clusters import Cluster, Mention, planned
from conflict_events.pipeline.assembly.kinds import compatible, harms, joint_type
from conflict_events.pipeline.assembly.wording import NOUNS, Wording
from conflict_events.pipeline.attribution.clauses import verb_of
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.syntax import Tree

BURNING = frozenset("burn torch set destroy demolish raze".split())
ARGUMENTS = frozenset(
    {"obj", "nsubj", "nsubj:pass", "obl", "compound", "appos"}
)  # by these one word of an event holds another
WITHIN = 16  # earlier events of one sentence that a further word of it is held against


class Sentences(Wording):
    """Groups the mentions of a sentence into events."""

    def __init__(self, tree: Tree, ontology: Ontology, dates: dict[str, dict[str, Any]]) -> None:
        super().__init__(tree, ontology)
        self.dates = dates

    def groups(self, mentions: list[Mention]) -> list[Cluster]:
        """The events that the mentions of one sentence tell of; those of untold kind have the type ""."""
        cores = [m for m in mentions if m.role == "event"]
        groups = [Cluster(m.type or "attack", [m]) for m in cores]
        merged: list[Cluster] = []
        for group in groups:
            home = next((g for g in merged[-WITHIN:] if self._one_in_sentence(g, group.first)), None)
            if home is None:
                merged.append(group)
            else:
                home.join(group.first, "same act")
                home.type = joint_type(home.type, group.type)
        for m in mentions:
            if m.role == "weapon":
                home = self._nearest(m, [g for g in merged if self._fits_weapon(g, m)])
                if home is not None:
                    home.join(m, "weapon")
                    home.type = joint_type(home.type, m.type or home.type)
                elif self._strikes(m) or any(self._harms(m, c) for c in mentions if c.role == "consequence"):
                    merged.append(Cluster(m.type or "attack", [m]))
        rest: list[Mention] = []
        for m in mentions:
            if m.role == "consequence":
                home = self._cause_of(m, merged)
                if home is not None:
                    home.join(m, "consequence")
                else:
                    rest.append(m)
        told: list[Cluster] = []
        for m in rest:
            same = next((c for c in told[-WITHIN:] if self._one_toll(c.mentions[-1], m)), None)
            if same is not None:
                same.join(m, "same toll")
            else:
                told.append(Cluster("", [m]))
        merged += told
        for m in mentions:
            if m.role in ("generic", "weak"):
                same = next((g for g in merged if g.type and g.type == m.type), None) if m.role == "weak" else None
                if same is not None:
                    same.join(m, "those it was done to or by")
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
        return compatible(self.ontology, group.type, m.type or "attack") and planned(group.first.status) == planned(
            m.status
        )

    def _one_in_sentence(self, group: Cluster, m: Mention) -> bool:
        """Whether a second event word of a sentence means the same event as the group."""
        tree, other = self.tree, group.mentions[-1]
        if self.answered(m) or not compatible(self.ontology, group.type, m.type or "attack"):
            return self._damage(other, m)
        if self.laid(group, Cluster(m.type or "", [m])):
            return False
        if self._within_act(other, m) or self._described(other, m) or self._one_protest(other, m):
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
        if tree.head[m.head] == other.head and tree.role[m.head] in {*ARGUMENTS, "nmod"}:
            return True
        if tree.head[other.head] == m.head and tree.role[other.head] in ARGUMENTS:
            return True
        if self.definite(m) or m.type == group.type:
            return (not self.indefinite(m) and verb_of(tree, m.head) != verb_of(tree, other.head)) or self.definite(m)
        return False

    def _one_protest(self, other: Mention, m: Mention) -> bool:
        """Whether two verbs of one row tell what the same crowd does: "carried signs and chanted slogans"."""
        if m.type != "peaceful_protest" or other.type != m.type or m.status != other.status:
            return False
        tree = self.tree
        rows = [
            {k, *tree.having(k, "conj"), tree.head[k] if tree.role[k] == "conj" else k}
            for k in (verb_of(tree, other.head), verb_of(tree, m.head))
        ]
        return tree.pos[m.head] == "VERB" and not rows[0].isdisjoint(rows[1])

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
        return tree.role[k] == "advcl" and tree.head[k] == other.head and harms(self.ontology, other.type or "attack")

    def _cause_of(self, m: Mention, groups: list[Cluster]) -> Cluster | None:
        """The group of the same sentence of which a consequence tells."""
        if not groups:
            return None
        tree = self.tree
        if not self.answered(m):
            groups = [g for g in groups if not self.answered(g.first)]
        family = self._around(m.head)
        linked = [
            g for g in groups if g.type and harms(self.ontology, g.type) and any(x.head in family for x in g.recent)
        ]
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
            and harms(self.ontology, g.type)
        ]
        if not usable:
            return None
        if len(usable) == 1:
            only = usable[0]
            if m.date and only.first.date and m.date != only.first.date and tree.sent[only.first.head] == m.sent:
                return None
            return only
        return self._nearest(m, usable)

    def _around(self, head: int) -> set[int]:
        """Tokens next to ``head`` in the parse: its heads, arguments, and the clauses that hang on it.

        What a relative clause tells of "years of fighting" it tells of the fighting.
        """
        tree = self.tree
        family: set[int] = set()
        if tree.role[head] == "acl:relcl":
            row = tree.having(tree.head[head], "nmod", "acl")
            family.update(k for k in row if k < head and "of" in tree.lower[k - 1 : k])
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

    def _harms(self, m: Mention, c: Mention) -> bool:
        """Whether the harm ``c`` is the weapon's doing: its subject or agent, or it follows with no other doer between."""
        tree = self.tree
        if planned(c.status) or c.head == m.head or tree.role[m.head] in ("compound", "amod"):
            return False
        if m.head in (tree.head[c.head], *tree.children[c.head]) and tree.role[m.head] not in ("obj", "nsubj:pass"):
            return tree.role[c.head].startswith("acl") or tree.role[m.head] != "conj"
        if c.head < m.end or tree.pos[c.head] != "VERB":
            return False
        # a parse that makes "killed" hang on the place of a bomb is none to trust: read on from the weapon
        between = range(m.end, c.start)
        doer = tree.subject(c.head)
        if doer not in (None, m.head) and tree.pos[doer] in NOUNS:
            return False
        driven = m.type == "suicide_bomb" and tree.pos[tree.head[m.head]] == "VERB" and tree.head[m.head] > m.head
        return driven or not any(tree.pos[k] in ("VERB", "AUX", "CCONJ") or tree.text[k] == ";" for k in between)

    def _nearest(self, m: Mention, groups: list[Cluster]) -> Cluster | None:
        return min(groups, key=lambda g: min(abs(x.head - m.head) for x in g.recent), default=None)


def _overlap(a: list[list[int]], b: list[list[int]]) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)
