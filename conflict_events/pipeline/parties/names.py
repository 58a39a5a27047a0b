"""Names of groups and states in one text, from the roster and the gazetteer, on which mentions of actors are built."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.pipeline.figures.lexicon import people_class
from conflict_events.pipeline.parties.nouns import LOCATIVE
from conflict_events.pipeline.parties.phrases import NOUNS, Phrases
from conflict_events.pipeline.parties.roster import Known, Roster, State
from conflict_events.pipeline.syntax import Tree


@dataclass(slots=True)
class Mention:
    """One mention: tokens (end exclusive), its head, the actor's key and what the actor is."""

    start: int
    end: int
    head: int
    key: str
    name: str
    kind: str
    party: str | None
    country: str | None
    naming: bool = True


class Names(Phrases):
    """Finds names of groups and of states; linear in the text's length."""

    def __init__(self, tree: Tree, roster: Roster, metonyms: dict[int, bool]) -> None:
        super().__init__(tree)
        self.roster = roster
        self.metonyms = metonyms  # token of a capital → whether the places component took it for the government

    def scan(self) -> None:
        """Find the names of groups and states, on which the rest is built."""
        self._groups()
        self._states()

    def _groups(self) -> None:
        """Names of the roster. One that means other things too needs the recogniser's word or a surer name nearby."""
        tree = self.tree
        sure: set[str] = set()
        doubtful: list[tuple[int, int, Known]] = []
        i = 0
        while i < len(tree):
            hit = self.roster.group_at(tree.text, i)
            if hit is None or (len(tree.text[i]) < 4 and hit[1] == i + 1 and not tree.text[i].isupper()):
                i += 1
                continue
            known, end = hit
            if self._part_of_name(i, end):
                i = end
                continue
            if tuple(tree.text[i:end]) in self.roster.ambiguous and not self._vouched(i, end):
                doubtful.append((i, end, known))
                i = end
                continue
            self._group(i, end, known)
            sure.add(known.id)
            i = end
        for start, end, known in doubtful:
            if known.id in sure:
                self._group(start, end, known)

    def _group(self, i: int, end: int, known: Known) -> None:
        head = self.head_of(i, end)
        mention = Mention(i, end, head, known.id, known.name, known.kind, known.party, known.country)
        for k in range(i, end):
            self.groups[k] = mention

    def _vouched(self, start: int, end: int) -> bool:
        """Whether an ambiguous alias stands where an actor does: told by the recogniser, or before a noun for a force."""
        tree = self.tree
        if tree.ent_type[start] in ("ORG", "NORP"):
            return True
        return end < len(tree) and tree.pos[end] in NOUNS and people_class(tree.lower[end]) == "combatant"

    def _part_of_name(self, start: int, end: int) -> bool:
        """Whether an alias is but a part of another name: "Detroit Tigers", "Robert Wagner".

        A state's name before it is its own ("Lebanese Hezbollah"), and what comes after it in the name of an
        organisation may be a body of it ("Hamas Health Ministry").
        """
        tree, label = self.tree, self.tree.ent_type[start]
        if label not in ("PERSON", "ORG", "GPE"):
            return False
        left, right = self.entity(start)
        if label != "ORG" and right > end:
            return True
        ambiguous = tuple(tree.text[start:end]) in self.roster.ambiguous
        if right > end and ambiguous and tree.pos[right - 1] == "PROPN":
            return True
        return any(self.roster.state(tree.text[k]) is None for k in range(left, start) if tree.pos[k] != "PUNCT")

    def _states(self) -> None:
        """Names of states, longest first: up to three capitalised words in a row, whatever the recogniser says."""
        tree, roster = self.tree, self.roster
        i = 0
        while i < len(tree):
            word = tree.text[i]
            if (
                not word[:1].isupper()
                or i in self.groups
                or (tree.pos[i] not in ("PROPN", "NOUN", "ADJ") and not tree.ent_type[i])
            ):
                i += 1
                continue
            if tree.ent_type[i] == "PERSON" and self.entity(i)[1] - self.entity(i)[0] > 1:
                i += 1
                continue
            for n in (3, 2, 1):
                if i + n > len(tree) or (n > 1 and not tree.text[i + n - 1][:1].isupper()):
                    continue
                state = roster.state(" ".join(tree.text[i : i + n]))
                if state is not None and (state.how != "capital" or n > 1 or tree.ent_type[i] or len(word) > 3):
                    self.states[i] = (state, i + n)
                    for k in range(i, i + n):
                        self.inside[k] = state
                    i += n
                    break
            else:
                i += 1

    def state_mention(self, start: int, end: int, state: State) -> Mention:
        """A mention of the state itself."""
        return Mention(
            start,
            end,
            self.head_of(start, end),
            f"state:{state.alpha3}",
            state.name,
            "state",
            state.alpha3,
            state.alpha3,
        )

    def _acts(self, start: int, end: int, state: State) -> bool:
        """Whether a state's name stands for the state: not for a place, not as a mere adjective."""
        tree = self.tree
        head = self.head_of(start, end)
        if state.how == "demonym" or self.dateline(start, end):
            return False
        case = tree.preposition(head).split(" ")[0]
        if state.how == "capital":
            told = self.metonyms.get(start)
            if told is not None:
                return told
            return tree.role[head] in ("nsubj", "nmod:poss", "obj") and not case
        return case not in LOCATIVE or (case in ("between", "from") and tree.role[head] in ("nmod", "obl"))

    def dateline(self, start: int, end: int) -> bool:
        """Whether a name opens a report as the place it was sent from: "ADDIS ABABA, May 2 (Agency) - …"."""
        tree = self.tree
        if start and not tree.is_space[start - 1] and tree.sents[tree.sent[start]][0] != start:
            return False
        for k in range(end, min(end + 12, len(tree) - 1)):
            if tree.text[k] in ("-", "--", "–", "—"):
                return tree.end[k - 1] < tree.idx[k] and tree.end[k] < tree.idx[k + 1]
            if tree.pos[k] in ("VERB", "AUX") or tree.text[k] in (".", ":", ";"):
                return False
        return False
