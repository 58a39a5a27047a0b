"""From the characters of a phrase to the actor it means: a mention that is known, what a pronoun stands for, or a new one."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from conflict_events.pipeline import state
from conflict_events.pipeline.parties.mentions import Finder
from conflict_events.pipeline.parties.names import Mention
from conflict_events.pipeline.parties.nouns import INERT, kind_of
from conflict_events.pipeline.parties.roster import Roster
from conflict_events.pipeline.syntax import Tree

THINGS = frozenset({"it", "its", "itself"})
HIM = frozenset({"he", "she", "him", "her", "his", "hers"})
THEM = frozenset({"they", "them", "their", "theirs"})
PLAIN = frozenset({"it", "him", "her", "them"})
SPEAKING = frozenset({"we", "our", "us", "i", "my"})
PRONOUNS = THINGS | HIM | THEM | SPEAKING | {"who", "which", "that", "whose"}
BODIES = frozenset({"state", "military", "armed_group", "organization", "police", "media"})
LOOK_BACK = 4  # sentences

Ref = dict[str, Any]


class ActorIndex:
    """All actors of one text by their mentions; new phrases become actors of their own when asked for."""

    def __init__(self, doc: Doc, tree: Tree, roster: Roster) -> None:
        self.doc, self.tree = doc, tree
        self.finder = Finder(tree, roster, {})
        self.finder.scan()
        self.mentions: list[tuple[int, int, int, str]] = []  # start, end, head, id
        self.records: dict[str, dict[str, Any]] = {}
        self.by_key: dict[str, str] = {}
        self.at_token: dict[int, int] = {}
        self.surnames: dict[str, str] = {}  # last name, lower case → id of the first person of that name
        self.by_sentence: dict[int, list[int]] = {}
        for found in state.read(doc, state.ACTORS):
            self._add(found.start, found.end, self.finder.head_of(found.start, found.end), found.id, found.values)
        self.changed = False

    def _add(self, start: int, end: int, head: int, id_: str, values: dict[str, Any]) -> None:
        n = len(self.mentions)
        self.mentions.append((start, end, head, id_))
        self.records.setdefault(id_, values)
        self.by_key.setdefault(values.get("key", id_), id_)
        if str(values.get("key", "")).startswith("person:"):
            self.surnames.setdefault(values["name"].lower().split()[-1], id_)
        for k in range(start, end):
            self.at_token.setdefault(k, n)
        self.by_sentence.setdefault(self.tree.sent[head], []).append(n)

    def found(self) -> list[state.Found]:
        """All mentions, those added since included, in text order."""
        ordered = sorted(self.mentions, key=lambda m: (m[0], m[1]))
        return [state.Found(s, e, self.records[i]["kind"], i, self.records[i]) for s, e, _, i in ordered]

    def tokens(self, chars: list[int]) -> tuple[int, int]:
        """Tokens (end exclusive) that the characters touch."""
        first = self.tree.token_at(chars[0])
        last = self.tree.token_at(max(chars[0], chars[1] - 1))
        return first, last + 1

    def ref(self, chars: list[int] | None, *, things: bool = False) -> Ref | None:
        """The actor that the phrase at ``chars`` means; None where nothing is given."""
        if not chars:
            return None
        start, end = self.tokens(chars)
        head = self.finder.head_of(start, end)
        if self._stands_in(head):
            resolved = self.antecedent(head)
            return self._new(start, end, head) if resolved is None and self._tells(head) else resolved
        if self._counts(start, end):
            return None
        known = self.at_token.get(head)
        owned = self._owned(start, end, head)
        if owned is not None:
            return owned
        if known is not None:
            s, e, h, id_ = self.mentions[known]
            if start <= h < end or (start <= s and e <= end):
                return self._ref(s, e, id_)
            if h == head:
                return self._ref(s, e, id_)
            whole = self.records[id_]
            if whole["kind"] == "organization" and whole["party"] is None and whole["country"]:
                # the country in the name of a union is no side
                return None
        if head in self.finder.inside:
            first = head
            while first - 1 in self.finder.inside and first not in self.finder.states:
                first -= 1
            if first in self.finder.states:
                named, stop = self.finder.states[first]
                mention = self.finder.state_mention(first, stop, named)
                return self._made(mention)
        following = self.at_token.get(head + 1)
        if known is None and following is not None and self.mentions[following][0] == head + 1 == end:
            # "the breakaway Northern Council": a noun that no one is, parsed apart from the name it stands before
            noun = self.tree.pos[head] == "NOUN" and self.tree.tag[head] == "NN" and self.tree.text[head].islower()
            if noun and kind_of(self.tree.lemma[head]) == "unknown" and self.tree.text[head + 1][:1].isupper():
                s, e, _, id_ = self.mentions[following]
                return self._ref(s, e, id_)
        if head in self.finder.groups:
            return self._made(self.finder.groups[head])
        return self._new(start, end, head, things=things)

    def _stands_in(self, i: int) -> bool:
        """Whether the token ``i`` is a pronoun; "US" in capitals is a state."""
        return self.tree.lower[i] in PRONOUNS and not (self.tree.text[i].isupper() and self.tree.lower[i] == "us")

    def _tells(self, i: int) -> bool:
        """Whether a pronoun is the subject of what is told: who speaks is an actor even where it is not known who."""
        tree = self.tree
        verb = tree.head[i]
        return tree.role[i].startswith("nsubj") and (
            tree.child(verb, "ccomp", "parataxis") is not None or tree.role[verb] == "parataxis"
        )

    def _counts(self, start: int, end: int) -> bool:
        """Whether a phrase is a bare number, which names nobody."""
        return all(self.tree.pos[k] in ("NUM", "DET", "PUNCT") or self.finder.counted(k) for k in range(start, end))

    def _owned(self, start: int, end: int, head: int) -> Ref | None:
        """ "Its soldiers": an actor of the party that the pronoun means; None for any other phrase."""
        tree = self.tree
        owner = next((k for k in tree.having(head, "nmod:poss") if self._stands_in(k)), None)
        if owner is None or not start <= owner < end:
            return None
        meant = self.antecedent(owner)
        party = self.party(meant)
        start = self.finder.bare(start, head)
        kind = kind_of(tree.lemma[head], tuple(tree.lemma[k] for k in range(start, head)))
        if meant is None or party is None or kind in ("civilian", "person"):
            return None
        country = self.records[meant["id"]]["country"]
        key = f"{kind}:{party}" if kind in ("military", "police") else f"role:{party}:{tree.lemma[head]}"
        return self._made(Mention(start, end, head, key, self.finder.name(start, end), kind, party, country))

    def refs(self, ranges: list[list[int]] | None, *, things: bool = False) -> list[Ref]:
        """The actors of several phrases, each actor once, in the order given."""
        found: list[Ref] = []
        for chars in ranges or ():
            ref = self.ref(chars, things=things)
            if ref is not None and all(ref["span"] != f["span"] for f in found):
                found.append(ref)
        return found

    def is_pronoun(self, chars: list[int]) -> bool:
        """Whether the phrase is a bare pronoun."""
        start, end = self.tokens(chars)
        return self._stands_in(self.finder.head_of(start, end))

    def party(self, ref: Ref | None) -> str | None:
        """The party of the actor that ``ref`` points to."""
        return self.records[ref["id"]]["party"] if ref else None

    def kind(self, ref: Ref) -> str:
        """The kind of the actor that ``ref`` points to."""
        kind: str = self.records[ref["id"]]["kind"]
        return kind

    def _ref(self, start: int, end: int, id_: str) -> Ref:
        return {"span": state.char_range(self.doc, start, end), "id": id_}

    def _made(self, mention: Mention) -> Ref:
        id_ = self.by_key.get(mention.key)
        if id_ is None:
            id_ = f"a{len(self.records) + 1}"
        values = {
            "name": mention.name,
            "party": mention.party,
            "kind": mention.kind,
            "country": mention.country,
            "key": mention.key,
        }
        if not any(m[0] == mention.start and m[1] == mention.end and m[3] == id_ for m in self._near(mention.head)):
            self._add(mention.start, mention.end, mention.head, id_, values)
            self.changed = True
        return self._ref(mention.start, mention.end, id_)

    def _near(self, head: int) -> list[tuple[int, int, int, str]]:
        return [self.mentions[n] for n in self.by_sentence.get(self.tree.sent[head], ())]

    def _new(self, start: int, end: int, head: int, *, things: bool = False) -> Ref | None:
        """A new actor for a phrase, classified by its head noun; its own words give its party, or nothing does."""
        tree = self.tree
        bare = self.finder.bare(start, head)
        mention = self.finder.at(head) if tree.pos[head] in ("NOUN", "PROPN") else None
        if mention is not None and mention.start >= bare and mention.end <= end:
            return self._made(mention)
        person = self._surname(bare, end)
        if person is not None:
            self._add(bare, end, head, person, self.records[person])
            self.changed = True
            return self._ref(bare, end, person)
        words = tuple(tree.lemma[k] for k in range(bare, head))
        kind = kind_of(tree.lemma[head], words)
        if (
            not things
            and kind == "unknown"
            and tree.lemma[head] in INERT
            and not self._tells(head)
            and not tree.text[head][:1].isupper()
        ):
            return None
        party, country = self.finder.owner(head, bare)
        if self.finder.independent(kind, (*words, tree.lemma[head]), party, country):
            party = None
        if kind in ("unknown", "civilian", "armed_group") or tree.pos[head] not in ("NOUN", "PROPN"):
            party = party if kind == "armed_group" and party != country else None
        name = self.finder.name(bare, end) or self.finder.name(start, end)
        if not name:
            return None
        while start < bare and tree.pos[start] in ("DET", "PUNCT", "SPACE"):
            start += 1
        return self._made(Mention(start, end, head, f"phrase:{name.lower()}", name, kind, party, country))

    def _surname(self, start: int, end: int) -> str | None:
        """The person of the report whose last name the one word of a phrase is."""
        tree = self.tree
        if end - start != 1 or tree.tag[start] not in ("NN", "NNP"):
            return None
        if not tree.text[start][:1].isupper() and tree.children[start]:
            return None
        return self.surnames.get(tree.lower[start])

    def antecedent(self, i: int) -> Ref | None:
        """What the pronoun ``i`` stands for, in the simple cases: a subject above it, or the last subject before."""
        seen: set[int] = set()
        for _ in range(6):
            if i in seen:
                return None
            seen.add(i)
            found = self._antecedent(i)
            if found is None:
                return None
            if isinstance(found, dict):
                return found
            i = found
        return None

    def _antecedent(self, i: int) -> Ref | int | None:
        tree, word = self.tree, self.tree.lower[i]
        # "they threatened to kill them": an object is not what its own verb's subject is
        apart = tree.role[i] in ("obj", "iobj") and word in PLAIN
        for up in tree.ancestors(i):
            if apart:
                apart = tree.role[up] in ("xcomp", "conj") and tree.pos[up] in ("VERB", "AUX")
                continue
            if tree.pos[up] not in ("VERB", "AUX", "ADJ", "NOUN"):
                continue
            subject = tree.subject(up)
            if subject is None or subject >= i or self._covers(subject, i):
                continue
            found = self._fitting(subject, word)
            if found is not None:
                return found
        k = tree.sent[i]
        for back in range(k - 1, max(-1, k - 1 - LOOK_BACK), -1):
            a, b = tree.sents[back]
            root = next((t for t in range(a, b) if tree.head[t] == t and not tree.is_space[t]), None)
            if root is None:
                continue
            subject = tree.subject(root)
            if subject is not None:
                found = self._fitting(subject, word)
                if found is not None:
                    return found
            for n in self.by_sentence.get(back, ()):
                start, end, head, id_ = self.mentions[n]
                if self._fits(head, self.records[id_]["kind"], word):
                    return self._ref(start, end, id_)
        return None

    def _covers(self, top: int, i: int) -> bool:
        low, high = self.tree.edges(top)
        return low <= i < high

    def _fitting(self, subject: int, word: str) -> Ref | int | None:
        """The subject's actor if the pronoun can mean it; its token if it is a like pronoun itself."""
        if self._stands_in(subject):
            same = next((g for g in (THINGS, HIM, THEM) if word in g), None)
            return subject if same is not None and self.tree.lower[subject] in same else None
        n = self.at_token.get(subject)
        if n is None:
            return None
        start, end, head, id_ = self.mentions[n]
        if head != subject or not self._fits(head, self.records[id_]["kind"], word):
            return None
        return self._ref(start, end, id_)

    def _fits(self, head: int, kind: str, word: str) -> bool:
        plural = self.tree.tag[head] in ("NNS", "NNPS") or self.tree.lower[head] in ("police", "troops", "authorities")
        if word in THINGS:
            return kind in BODIES and self.tree.tag[head] != "NNS"
        if word in HIM:
            return kind == "person" or (
                not plural and (self.tree.lemma[head] in _SINGLE or kind in ("civilian", "media"))
            )
        if word in THEM:
            return plural or kind in ("police", "armed_group")
        if word in SPEAKING:
            return kind in BODIES
        return False


_SINGLE = frozenset(
    """spokesman spokeswoman spokesperson official officer minister president commander chief general leader
    governor mayor analyst expert scholar witness resident doctor man woman lawyer ambassador envoy""".split()
)
