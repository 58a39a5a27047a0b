"""Doers and victims of an event that several words tell of: whose naming counts, and what merely takes it up again."""

from __future__ import annotations

from conflict_events.pipeline.assembly.clusters import MUTUAL, Cluster, Mention
from conflict_events.pipeline.syntax import Tree

# nouns that name nobody by themselves: who did it is told by what they did
TAKING_UP = frozenset(
    """attacker assailant perpetrator bomber killer kidnapper abductor hijacker raider group gunman gunmen militant
    rebel fighter insurgent terrorist troop troops soldier force forces""".split()
)
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both"})
# what counts people without telling who they are; the dead of a clash whom it tells of are no one's targets
UNTOLD = frozenset("people person other life dead casualty".split())
OTHERS = frozenset({"other", "rest"})
RETOLD = 5  # words that tell of one event from which each sentence may tell of another part of it
DEADLY = frozenset("kill die slay murder execute lose massacre behead".split())
SHARED = frozenset({"armed_clash", "war", "agreement", "mob_violence", "violent_demonstration"})
Range = list[int]


class Sides:
    """Chooses among the doers and victims that the mentions of one event give."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def doers(self, cluster: Cluster) -> list[Range]:
        """Those of the first word that names any; others where fighting has two sides, or where a later one has a name."""
        named = [m for m in cluster.mentions if m.role in ("event", "weapon") and m.agents]
        told = named or [m for m in cluster.mentions if m.agents and cluster.type != "peaceful_protest"]
        if not told:
            return []
        first = next((m for m in told if any(not self.takes_up(a) for a in m.agents)), told[0])
        found = list(first.agents)
        mutual = cluster.type in SHARED or any(m.lemma in MUTUAL for m in cluster.recent)
        for m in told:
            if m is not first:
                found += [a for a in m.agents if not self.takes_up(a) and (mutual or self._new_party(m, first, a))]
        return found

    def victims(self, cluster: Cluster) -> list[Range]:
        """Whom and what it hit: as the first word for the act tells it, then as the first word for its dead does.

        What later sentences add counts where the first say nothing: many tell of other shells than the first did.
        """
        acts = [m for m in cluster.mentions if m.role in ("event", "weapon") and m.targets]
        deaths = [m for m in cluster.mentions if m.role not in ("event", "weapon") and m.targets]
        deaths.sort(key=lambda m: m.lemma not in DEADLY)
        long = len(cluster.mentions) >= RETOLD
        found = [t for told in (acts, deaths) for m in told if m.sent == told[0].sent or not long for t in m.targets]
        known = [t for t in found if not self._means(t, OTHERS)] or found
        return [t for t in known if not self.uncounted(cluster.type, cluster.first.lemma, t)]

    def uncounted(self, type_: str, lemma: str, chars: Range) -> bool:
        """Whether the dead are only counted and fell between two sides: "clashes that killed 30 people"."""
        return type_ == "armed_clash" and lemma in MUTUAL and self._means(chars, UNTOLD)

    def _means(self, chars: Range, lemmas: frozenset[str]) -> bool:
        return self.tree.lemma[self.tree.token_at(chars[1] - 1)] in lemmas

    def _new_party(self, m: Mention, first: Mention, chars: Range) -> bool:
        """Whether a later naming tells more: a name, where the first word gave only a kind of people."""
        if m.parties and first.parties:
            return not m.parties & first.parties
        return self._has_name(chars) and not any(self._has_name(a) for a in first.agents)

    def _has_name(self, chars: Range) -> bool:
        tree = self.tree
        first, last = tree.token_at(chars[0]), tree.token_at(chars[1] - 1)
        return any(tree.pos[k] == "PROPN" for k in range(first, last + 1))

    def takes_up(self, chars: Range) -> bool:
        """Whether a phrase only takes up who was named before: "the attackers", "its fighters"."""
        tree = self.tree
        first, last = tree.token_at(chars[0]), tree.token_at(chars[1] - 1)
        if first != last or tree.lemma[last] not in TAKING_UP:
            return False
        return any(tree.lower[k] in DEFINITE or tree.role[k] == "nmod:poss" for k in tree.children[last])
