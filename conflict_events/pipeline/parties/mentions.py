"""Mentions of actors in one text, and which of them are the same actor.

Named ones come from the entity recogniser, the roster and the gazetteer; role nouns ("Iraqi police", "the
ministry") from the parse. The actor of a mention is told by a key: its state and kind, its row of the
roster, its name. A definite noun takes the key of the nearest earlier actor that it can mean.
"""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.pipeline.parties.nouns import (
    COUNTRY_WORDS,
    DEFINITE,
    GROUP_WORDS,
    KINDS,
    LOCATIVE,
    OFFICES,
    ROLE_HEADS,
    SPEAKERS,
    TITLES,
    kind_of,
)
from conflict_events.pipeline.parties.roster import Roster, State
from conflict_events.pipeline.syntax import Tree

NOUNS = frozenset({"NOUN", "PROPN"})
# bodies that are told by where they sit: "the defence ministry in Kyiv"
SEATED = frozenset({"ministry", "government", "parliament", "presidency", "administration"})


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


class Finder:
    """Finds the mentions of one text in order; linear in its length."""

    def __init__(self, tree: Tree, roster: Roster, metonyms: dict[int, bool]) -> None:
        self.tree = tree
        self.roster = roster
        self.metonyms = metonyms  # token of a capital → whether the places component took it for the government
        self.states: dict[int, tuple[State, int]] = {}  # first token of a state's name → (state, end)
        self.inside: dict[int, State] = {}  # every token of such a name
        self.groups: dict[int, Mention] = {}  # every token of a roster name → its mention
        self.found: list[Mention] = []
        self.last_names: dict[str, Mention] = {}

    def scan(self) -> None:
        """Find the names of groups and states, on which the rest is built."""
        self._groups()
        self._states()

    def find(self) -> list[Mention]:
        """All mentions in text order."""
        self.scan()
        taken = [False] * len(self.tree)
        for mention in sorted({id(m): m for m in self.groups.values()}.values(), key=lambda m: m.start):
            self._keep(mention, taken)
        for i in range(len(self.tree)):
            if taken[i] or self.tree.pos[i] not in NOUNS:
                continue
            named = self.at(i)
            if named is not None and not any(taken[named.start : named.end]):
                self._keep(named, taken)
        for start, (state, end) in self.states.items():
            if not any(taken[start:end]) and self._acts(start, end, state):
                self._keep(self.state_mention(start, end, state), taken)
        self.found.sort(key=lambda m: (m.start, m.end))
        self._definites()
        return self.found

    def _keep(self, mention: Mention, taken: list[bool]) -> None:
        taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
        self.found.append(mention)

    def _groups(self) -> None:
        tree = self.tree
        i = 0
        while i < len(tree):
            hit = self.roster.group_at(tree.text, i)
            if hit is None or (len(tree.text[i]) < 4 and hit[1] == i + 1 and not tree.text[i].isupper()):
                i += 1
                continue
            known, end = hit
            head = self.head_of(i, end)
            mention = Mention(i, end, head, known.id, known.name, known.kind, known.party, known.country)
            for k in range(i, end):
                self.groups[k] = mention
            i = end

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
            if tree.ent_type[i] == "PERSON" and self._entity(i)[1] - self._entity(i)[0] > 1:
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

    def head_of(self, start: int, end: int) -> int:
        """The token of a range that hangs on something outside it."""
        tree = self.tree
        return next(
            (k for k in range(end - 1, start - 1, -1) if not start <= tree.head[k] < end or tree.head[k] == k), end - 1
        )

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
        if state.how == "demonym":
            return False
        case = tree.preposition(head).split(" ")[0]
        if state.how == "capital":
            told = self.metonyms.get(start)
            if told is not None:
                return told
            return tree.role[head] in ("nsubj", "nmod:poss", "obj") and not case
        return case not in LOCATIVE or (case in ("between", "from") and tree.role[head] in ("nmod", "obl"))

    def at(self, i: int) -> Mention | None:
        """The mention whose head is the noun ``i``: a person, an organisation, or a role noun with its owner."""
        tree = self.tree
        head = tree.head[i]
        inner = tree.role[i] in ("compound", "flat") and head != i and tree.pos[head] in NOUNS
        if inner and (tree.ent_type[i] != "PERSON" or tree.ent_type[head] == "PERSON"):
            return None
        if i in self.inside and tree.lemma[i] not in ROLE_HEADS:
            return None
        if tree.ent_type[i] == "PERSON":
            return self._person(i)
        lemma = tree.lemma[i]
        if lemma in ROLE_HEADS or (lemma in SPEAKERS) or (lemma in KINDS and KINDS[lemma] == "person"):
            return self._role(i)
        if tree.ent_type[i] == "ORG" and i not in self.inside:
            start, end = self._entity(i)
            name = " ".join(tree.text[start:end])
            words = tuple(tree.lemma[k] for k in range(start, end))
            kind = next((KINDS[w] for w in reversed(words) if w in KINDS), "organization")
            party, country = self.owner(i, start)
            if kind in ("person", "civilian"):
                kind = "organization"
            return Mention(start, end, i, f"org:{name.lower()}", name, kind, party, country)
        return None

    def _entity(self, i: int) -> tuple[int, int]:
        tree, label = self.tree, self.tree.ent_type[i]
        start, end = i, i + 1
        while start > 0 and tree.ent_type[start - 1] == label and not tree.ent_start[start]:
            start -= 1
        while end < len(tree) and tree.ent_type[end] == label and not tree.ent_start[end]:
            end += 1
        if tree.lower[start] in ("the", "a") and end - start > 1:
            start += 1
        while end - 1 > i and tree.pos[end - 1] in ("PART", "PUNCT"):
            end -= 1
        return start, end

    def phrase(self, i: int) -> tuple[int, int]:
        """The noun phrase of ``i`` without its article."""
        tree = self.tree
        start, end = tree.noun_phrase(i)
        while start < i and tree.pos[start] in ("DET", "NUM", "PUNCT", "SPACE"):
            start += 1
        return start, end

    def owner(self, i: int, start: int) -> tuple[str | None, str | None]:
        """Party and country that a phrase's own words give it: a state or group before the head, or "of" one."""
        tree = self.tree
        for k in range(i, start - 1, -1):
            if k in self.groups:
                return self.groups[k].party, self.groups[k].country
            if k in self.inside:
                return self.inside[k].alpha3, self.inside[k].alpha3
        for k in tree.having(i, "nmod", "appos", "nmod:poss"):
            case = tree.preposition(k)
            seated = case == "in" and tree.lemma[i] in SEATED
            if tree.role[k] == "nmod" and case not in ("of", "from", "for") and not seated:
                continue
            for m in (k, *tree.children[k]):
                if m in self.inside:
                    return self.inside[m].alpha3, self.inside[m].alpha3
                if m in self.groups:
                    return self.groups[m].party, self.groups[m].country
        return None, None

    def _role(self, i: int) -> Mention | None:
        tree, lemma = self.tree, self.tree.lemma[i]
        start, end = self.phrase(i)
        modifiers = tuple(tree.lemma[k] for k in range(start, i))
        kind = kind_of(lemma, modifiers)
        party, country = self.owner(i, start)
        determined = any(tree.role[k] == "det" for k in tree.children[i])
        if (
            party is None
            and not determined
            and start == i
            and kind not in ("police", "military", "armed_group", "state", "media")
        ):
            return None
        if kind in ("armed_group", "civilian") and party is not None and country == party:
            # "Iraqi insurgents" are of Iraq's people, not of its state's side
            return Mention(start, end, i, f"{kind}:{country}:{lemma}", self.name(start, end), kind, None, country)
        name = self.name(start, end)
        if party is not None and kind in ("military", "police"):
            key = f"{kind}:{party}"
        else:
            words = [
                w
                for k, w in enumerate(modifiers, start)
                if tree.pos[k] in ("NOUN", "PROPN", "ADJ") and k not in self.inside
            ]
            key = f"role:{party or ''}:{' '.join([*words, lemma])}"
            if party is None and not determined and kind in ("armed_group", "police", "military"):
                key = f"role::{lemma}"
        if kind == "person" and party is None and country is None:
            key = f"role::{' '.join([*modifiers, lemma])}"
        return Mention(start, end, i, key, name, kind, party, country)

    def name(self, start: int, end: int) -> str:
        """The words of a phrase, possessive endings joined."""
        return " ".join(self.tree.text[start:end]).replace(" 's", "'s").replace(" ’s", "’s")

    def _person(self, i: int) -> Mention:
        tree = self.tree
        start, end = self._entity(i)
        while start < end - 1 and (tree.lower[start] in TITLES or tree.lemma[start] in OFFICES):
            start += 1
        last = tree.lower[end - 1]
        name = " ".join(tree.text[start:end])
        earlier = self.last_names.get(last)
        phrase_start = min(start, tree.noun_phrase(i)[0])
        party, country = self._office(i, phrase_start, start)
        if earlier is not None and (end - start == 1 or earlier.name.split()[0] == tree.text[start]):
            earlier.party, earlier.country = earlier.party or party, earlier.country or country
            return Mention(start, end, i, earlier.key, earlier.name, earlier.kind, earlier.party, earlier.country)
        mention = Mention(start, end, i, f"person:{name.lower()}", name, "person", party, country)
        self.last_names[last] = mention
        return mention

    def _office(self, i: int, left: int, start: int) -> tuple[str | None, str | None]:
        """Party of a person by an office told with the name, before it or in apposition."""
        tree = self.tree
        before = range(left, start)
        if any(tree.lemma[k] in OFFICES for k in before):
            return self.owner(start - 1, left)
        around = [
            *tree.having(i, "appos", "flat"),
            *([tree.head[i]] if tree.role[i] in ("appos", "flat", "compound") else []),
        ]
        for k in around:
            if tree.pos[k] in NOUNS and (tree.lemma[k] in OFFICES or tree.lemma[k] in SPEAKERS):
                return self.owner(k, tree.noun_phrase(k)[0])
        return None, None

    def _definites(self) -> None:
        """ "The ministry", "the group", "the country": the nearest earlier actor that the noun can mean."""
        tree = self.tree
        for n, mention in enumerate(self.found):
            head = mention.head
            lemma = tree.lemma[head]
            if mention.party is not None or not mention.key.startswith("role::") or lemma not in DEFINITE:
                continue
            if not any(tree.lower[k] in ("the", "this", "that") for k in tree.children[head]):
                continue
            earlier = self._antecedent(n, lemma)
            if earlier is not None:
                mention.key, mention.name, mention.kind = earlier.key, earlier.name, earlier.kind
                mention.party, mention.country, mention.naming = earlier.party, earlier.country, False

    def _antecedent(self, n: int, lemma: str) -> Mention | None:
        tree = self.tree
        for k in range(n - 1, max(-1, n - 40), -1):
            other = self.found[k]
            if tree.lemma[other.head] == lemma and other.end - other.start > 1:
                return other
            if (
                lemma in GROUP_WORDS
                and other.kind in ("armed_group", "organization")
                and other.naming
                and ":" not in other.key
            ):
                return other
            if lemma in COUNTRY_WORDS and lemma != "government" and other.key.startswith("state:"):
                return other
        return None
