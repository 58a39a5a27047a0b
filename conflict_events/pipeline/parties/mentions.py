"""Mentions of actors in one text, and which of them are the same actor.

Named ones come from the entity recogniser, the roster and the gazetteer; role nouns ("Iraqi police", "the
ministry") from the parse. The actor of a mention is told by a key: its state and kind, its row of the
roster, its name. A definite noun takes the key of the nearest earlier actor that it can mean.
"""

from __future__ import annotations

from conflict_events.pipeline.parties.names import Mention, Names
from conflict_events.pipeline.parties.nouns import (
    BODY_HEADS,
    COUNTRY_WORDS,
    DEFINITE,
    GROUP_WORDS,
    KINDS,
    OFFICES,
    ROLE_HEADS,
    SPEAKERS,
    TITLES,
    kind_of,
)
from conflict_events.pipeline.parties.phrases import NOUNS
from conflict_events.pipeline.parties.roster import Roster
from conflict_events.pipeline.syntax import Tree

OFFICE_ROLES = frozenset({"appos", "flat", "compound", "nmod", "nmod:desc"})


class Finder(Names):
    """Finds the mentions of one text in order; linear in its length."""

    def __init__(self, tree: Tree, roster: Roster, metonyms: dict[int, bool]) -> None:
        super().__init__(tree, roster, metonyms)
        self.found: list[Mention] = []
        self.last_names: dict[str, Mention] = {}

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
        self._titles()
        self._definites()
        return self.found

    def _keep(self, mention: Mention, taken: list[bool]) -> None:
        taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
        self.found.append(mention)

    def at(self, i: int) -> Mention | None:
        """The mention whose head is the noun ``i``: a person, an organisation, or a role noun with its owner."""
        tree = self.tree
        head = tree.head[i]
        inner = tree.role[i] in ("compound", "flat") and head != i and tree.pos[head] in NOUNS
        if inner and (tree.ent_type[i] != "PERSON" or tree.ent_type[head] == "PERSON"):
            return None
        if i in self.inside and tree.lemma[i] not in ROLE_HEADS:
            return None
        if tree.role[i] == "nmod:desc" and head == i + 1 and tree.lemma[head] == "general":
            return None
        if self.inside_name(i):
            return None
        if tree.ent_type[i] == "PERSON":
            return self._person(i)
        lemma = tree.lemma[i]
        if lemma in OFFICES and tree.pos[i] == "PROPN" and self._flat_name(i):
            return self._called(i, i + 1, self.phrase(i)[1])
        body = lemma in BODY_HEADS and kind_of(lemma, self.modifiers(i)) != "unknown"
        if body or lemma in ROLE_HEADS or (lemma in SPEAKERS) or (lemma in KINDS and KINDS[lemma] == "person"):
            return self._role(i)
        if tree.ent_type[i] == "ORG" and i not in self.inside:
            start, end = self.entity(i)
            if any(tree.role[k] == "nmod:poss" and self.inside_name(k) for k in tree.children[i]):
                start = min(start, self.phrase(i)[0])
            if end - start == 1 and tree.text[start].islower() and tree.text[start] in self.last_names:
                return self._called(i, start, end)
            name = self.name(start, end)
            words = tuple(tree.lemma[k] for k in range(start, end))
            kind = next((KINDS[w] for w in reversed(words) if w in KINDS), "organization")
            party, country = self.owner(i, start)
            if kind in ("person", "civilian"):
                kind = "organization"
            if self.independent(kind, words, party, country):
                party = None
            return Mention(start, end, i, f"org:{name.lower()}", name, kind, party, country)
        return None

    def _role(self, i: int) -> Mention | None:
        tree, lemma = self.tree, self.tree.lemma[i]
        start, end = self.phrase(i)
        modifiers = tuple(tree.lemma[k] for k in range(start, i))
        kind = kind_of(lemma, modifiers)
        party, country = self.owner(i, start)
        if self.independent(kind, (*modifiers, lemma), party, country):
            party = None
        determined = any(tree.role[k] == "det" for k in tree.children[i])
        if (
            party is None
            and country is None
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

    def _person(self, i: int) -> Mention:
        tree = self.tree
        start, end = self.entity(i)
        while start < end - 1 and (tree.lower[start] in TITLES or tree.lemma[start] in OFFICES):
            start += 1
        return self._called(i, start, end)

    def _flat_name(self, i: int) -> bool:
        """Whether a name goes on from the title ``i`` that no one recognised: "Colonel Amir Hassan"."""
        tree = self.tree
        return i + 1 < len(tree) and tree.head[i + 1] == i and tree.role[i + 1] == "flat" and tree.pos[i + 1] == "PROPN"

    def _called(self, i: int, start: int, end: int) -> Mention:
        """A person by the name in a range; a surname alone means the person of that name told of before."""
        tree = self.tree
        last = tree.lower[end - 1]
        name = self.name(start, end)
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
            party, country = self.owner(start - 1, left)
            if party is not None or country is not None:
                return party, country
        owners = (self.owner(office, tree.noun_phrase(office)[0]) for office in self._offices_beside(i, start))
        return next((owner for owner in owners if owner != (None, None)), (None, None))

    def _offices_beside(self, i: int, start: int) -> list[int]:
        """The nouns of offices that the parse ties to a person, or that stand directly before the name."""
        tree = self.tree
        around = [
            k
            for k in tree.children[i]
            if (tree.role[k] in OFFICE_ROLES or self._listed_without_and(i, k)) and not tree.preposition(k)
        ]
        if tree.role[i] in OFFICE_ROLES and tree.head[i] != i and not tree.preposition(i):
            around.append(tree.head[i])
        if start and tree.sent[start - 1] == tree.sent[i]:
            around.append(start - 1)
        return [k for k in around if tree.pos[k] in NOUNS and (tree.lemma[k] in OFFICES or tree.lemma[k] in SPEAKERS)]

    def _listed_without_and(self, i: int, k: int) -> bool:
        """Whether the parse takes an apposition for one more name of a list: "X, spokesman of the army, said"."""
        tree = self.tree
        conjoined = tree.role[k] == "conj" and k > i
        return conjoined and not any(tree.role[j] == "cc" for j in (*tree.children[i], *tree.children[k]))

    def _titles(self) -> None:
        """An office and the person who is told to hold it are one actor: "interior minister Ihor Petrenko"."""
        heads = {m.head: m for m in self.found}
        for person in self.found:
            if not person.key.startswith("person:"):
                continue
            for k in self._offices_beside(person.head, person.start):
                office = heads.get(k)
                if office is None or office.key.startswith(("person:", "org:", "state:")) or ":" not in office.key:
                    continue
                if person.party is None or person.party == office.party:
                    person.party, person.country = office.party or person.party, office.country or person.country
                office.key, office.name, office.kind = person.key, person.name, person.kind
                office.party, office.country = person.party, person.country

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
