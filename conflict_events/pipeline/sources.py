"""Who speaks where: the sources of a text, the words that mark them, and what they vouch for.

A source is found by its cue: a reporting verb with a clause, an object or an infinitive; an aside ("police
said" after the news); "according to"; a relay ("citing X", "quoted X as saying"); a noun that reports
("reports of"); the colon or dash of a headline. Which figure or event belongs to which source is decided
in ``attribution``; here nothing is weighed, so that a doubtful source costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.pipeline.clauses import is_verbal
from conflict_events.pipeline.syntax import Tree

SAY = frozenset(
    """say tell report announce state add confirm claim note warn declare insist acknowledge admit allege argue
    estimate explain assert maintain stress suggest indicate reveal disclose contend recount testify write describe
    quote mention show hear believe think suspect conclude find point affirm reiterate recall comment observe
    remark tweet post deny reject dispute dismiss refute contradict doubt accuse charge fear put give count document
    record list identify know learn cite hold call release issue assess verify inform brief threaten vow pledge
    promise predict""".split()
)
# verbs that report with a plain object: "reported seven deaths", "put the toll at 16"
WITH_OBJECT = frozenset(
    """report announce confirm claim acknowledge admit estimate put give count document record list quote describe
    mention deny reject dispute dismiss refute contradict issue release raise reduce revise reveal allege verify
    show""".split()
)
# verbs whose clause is news only if a clause stands there; "showed", "found", "called" are commoner otherwise
NEEDS_CLAUSE = frozenset(
    "find hold know learn think believe suspect show hear call give put identify list post".split()
)
DENY = frozenset("deny reject dispute dismiss refute contradict rebut disprove repudiate".split())
ACCUSE = frozenset({"accuse", "charge"})
NOUNS = frozenset(
    "report claim statement allegation account announcement accusation testimony rumor rumour word news".split()
)
# nouns that name a speaker in headlines: "two dead - monitor"
SPEAKERS = frozenset(
    """police official monitor army military ministry minister spokesman spokeswoman spokesperson witness group ngo
    observatory activist source media tv television agency report reports state government governor rescuer medic
    hospital doctor un u.n. nato watchdog commander general president mayor lawmaker resident local authority
    authorities defence defense rebel insurgent militant militia opposition""".split()
)
AGENCIES = frozenset("afp ap reuters sana fna ria novosti interfax tass xinhua irna dpa efe aa wafa tasnim".split())
RELATIVES = frozenset({"who", "which", "that", "whom"})
PRONOUNS = frozenset("he she it they we i its his her their".split())
INSIDE_NAMES = frozenset("of in for at from on with to by".split())


@dataclass(frozen=True, slots=True)
class Source:
    """One source at one cue; token indices, ranges end-exclusive.

    ``head`` of its phrase, ``start`` and ``end`` of the phrase, ``cue``, ``kind`` of construction, ``stance``
    (affirm or deny), ``content``: tokens whose subtrees it vouches for, ``via``: phrases of relays.
    """

    head: int
    start: int
    end: int
    cue: int
    kind: str
    stance: str
    content: tuple[int, ...]
    via: tuple[tuple[int, int], ...] = ()


def find_sources(tree: Tree) -> list[Source]:
    """All sources of a text, in the order of their cues.

    >>> from spacy.tokens import Doc
    >>> from spacy.vocab import Vocab
    >>> words = ["Police", "say", "two", "died"]
    >>> doc = Doc(Vocab(), words=words, heads=[1, 1, 3, 1], deps=["nsubj", "ROOT", "nsubj", "ccomp"],
    ...           lemmas=["police", "say", "two", "die"], pos=["NOUN", "VERB", "NUM", "VERB"])
    >>> [(words[s.head], s.kind) for s in find_sources(Tree(doc))]
    [('Police', 'clause')]
    """
    found: list[Source] = []
    for i, lemma in enumerate(tree.lemma):
        if lemma in SAY and tree.pos[i] in ("VERB", "AUX", "X", "NOUN", "ADJ") and _is_verb(tree, i):
            found.extend(_from_verb(tree, i))
        elif lemma in NOUNS and tree.pos[i] == "NOUN":
            found.extend(_from_noun(tree, i))
        elif tree.lower[i] == "according":
            found.extend(_according(tree, i))
        elif tree.lower[i] in ("citing", "quoting"):
            found.extend(_citing(tree, i))
        elif tree.text[i] in (":", "-", "–", "—"):
            found.extend(_headline(tree, i))
        elif tree.lower[i] in AGENCIES and i and tree.lower[i - 1] in SPEAKERS:
            found.append(_source(tree, i - 1, i, "headline", ()))
    return found


def _is_verb(tree: Tree, i: int) -> bool:
    if tree.pos[i] in ("VERB", "AUX"):
        return tree.role[i] not in ("amod", "compound", "aux", "nummod")
    # a tagger takes "reports" and "claims" after a name for a noun; a clause, a subject or the place tells
    if any(tree.role[k] in ("nsubj", "ccomp", "aux") for k in tree.children[i]):
        return True
    if tree.lower[i] not in ("reports", "claims", "quotes", "quote", "report") or i == 0 or not _nominal(tree, i - 1):
        return False
    return i + 1 == len(tree) or tree.text[i + 1] in _STOPS or tree.tag[i + 1] in ("VBG", "CD", "IN")


def phrase(tree: Tree, head: int) -> tuple[int, int]:
    """Tokens of the source named by ``head``: with "of", "in", "for" and coordinated names, up to any comma."""
    if tree.lower[head] in PRONOUNS:
        return head, head + 1
    start, end = tree.noun_phrase(head)
    for k in sorted(tree.children[head]):
        role = tree.role[k]
        if k < end:
            continue
        if role == "nmod" and tree.preposition(k).split(" ")[0] not in INSIDE_NAMES:
            continue
        if role not in ("nmod", "conj", "flat", "nmod:poss", "appos"):
            continue
        left, right = tree.edges(k)
        if left != end or (role == "appos" and right - left > 4):
            break
        stop = next((m for m in range(left, right) if tree.text[m] in _STOPS or tree.role[m].startswith("acl")), right)
        if stop == left:
            break
        end = stop
        if stop < right:
            break
    return start, end


_STOPS = frozenset({",", ";", ":", "(", ")", "-", "–", "—", '"', "“", "”", "."})


def _source(
    tree: Tree,
    head: int,
    cue: int,
    kind: str,
    content: tuple[int, ...],
    *,
    stance: str = "affirm",
    via: tuple[int, ...] = (),
) -> Source:
    start, end = phrase(tree, head)
    if start <= cue < end:
        start, end = (head, head + 1) if head != cue else (start, cue + 1)
    return Source(head, start, end, cue, kind, stance, content, tuple(phrase(tree, v) for v in via))


def _nominal(tree: Tree, i: int) -> bool:
    return tree.pos[i] in ("NOUN", "PROPN", "PRON", "NUM", "X") or tree.lower[i] in PRONOUNS


def speaker(tree: Tree, verb: int) -> int | None:
    """The token that names who utters ``verb``: its subject, that of the clause it depends on, a noun nearby."""
    subject = tree.subject(verb)
    passive = tree.is_passive(verb)
    if passive:
        agent = tree.child(verb, "obl:agent")
        if agent is None:
            agent = next((k for k in tree.having(verb, "obl") if tree.preposition(k) == "by"), None)
        if agent is not None:
            return agent
    if subject is not None and tree.lower[subject] in RELATIVES:
        return tree.head[verb] if tree.role[verb].startswith("acl") else subject
    if subject is not None:
        return None if tree.lower[subject] in ("there", "what", "this") else subject
    role = tree.role[verb]
    if role.startswith("acl") and not passive:
        return tree.head[verb]
    if role in ("advcl", "xcomp", "ccomp", "conj", "dep", "obl") and tree.head[verb] != verb:
        up = tree.head[verb]
        above = tree.subject(up)
        if above is None and tree.role[up] == "parataxis" and tree.head[up] != up:
            above = tree.child(up, "nsubj", "nsubj:pass")
        if above is not None and tree.tag[verb] in ("VBG", "VBN", "VB", "VBD"):
            return tree.head[up] if tree.lower[above] in RELATIVES and tree.role[up].startswith("acl") else above
    return None


def beside(tree: Tree, verb: int) -> tuple[int, int] | None:
    """The noun phrase (tokens, end exclusive) that ends right before a finite verb, or starts right after it.

    Read from the words, not from the parse: texts whose commas were lost ("… were hit the group said") leave
    a parser no way to see the subject.
    """
    if tree.tag[verb] not in ("VBD", "VBZ", "VBP", "NNS", "VBN"):
        return None
    left, right = tree.sents[tree.sent[verb]]
    k = verb - 1
    while k >= left and (tree.pos[k] in ("ADV", "AUX") or tree.lower[k] in WEEKDAYS):
        k -= 1
    if k >= left and _nominal(tree, k) and tree.lower[k] not in RELATIVES:
        return _run_before(tree, k, left), k + 1
    k = verb + 1
    if k < right and tree.lower[k] in WEEKDAYS:
        k += 1
    if k < right and (tree.pos[k] in ("DET", "PROPN", "NOUN") or tree.lower[k] in PRONOUNS):
        end = k + 1
        while end < right and end < k + 9 and (_nominal(tree, end) or tree.pos[end] == "ADJ" or tree.text[end] == "-"):
            if tree.lower[end - 1] in PRONOUNS:
                break
            end += 1
        return (k, end) if _nominal(tree, end - 1) and tree.pos[end - 1] != "NUM" else None
    return None


def _run_before(tree: Tree, k: int, left: int) -> int:
    """Where the noun phrase that ends at ``k`` starts: at its article, else at the first of its nouns."""
    if tree.lower[k] in PRONOUNS:
        return k
    start = k
    for m in range(k - 1, max(left - 1, k - 10), -1):
        if tree.lower[m] in ("the", "a", "an") or tree.tag[m] == "PRP$":
            return m
        if not (_nominal(tree, m) or tree.pos[m] == "ADJ" or tree.lower[m] in ("of", "for", "and", "in", "-")):
            break
        if _nominal(tree, m) and m == start - 1:
            start = m
    return max(start, k - 3)


def _top(tree: Tree, k: int, left: int, right: int) -> int:
    """The noun over ``k`` inside the tokens ``left`` to ``right``."""
    for _ in range(6):
        up = tree.head[k]
        if not left <= up < right or not _nominal(tree, up) or up == k:
            break
        k = up
    return k


WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())


def _from_verb(tree: Tree, verb: int) -> list[Source]:
    lemma = tree.lemma[verb]
    stance = "deny" if lemma in DENY else "affirm"
    if lemma in ("quote", "cite"):
        return _quoted(tree, verb)
    who = speaker(tree, verb)
    near = beside(tree, verb)
    sources = []
    if near is not None and (who is None or not near[0] <= who < near[1]):
        after = near[0] > verb
        sources.append(
            Source(near[1] - 1, *near, verb, "after" if after else "beside", stance, _clauses(tree, verb, near[1] - 1))
        )
    if who is None or who == verb:
        return sources
    return sources + _from_parse(tree, verb, who, stance)


def _clauses(tree: Tree, verb: int, who: int) -> tuple[int, ...]:
    found = [k for k in tree.having(verb, "ccomp", "csubj") if k != who]
    if not found:
        found = [
            k
            for k in tree.having(verb, "parataxis", "dep")
            if is_verbal(tree, k) and tree.lemma[k] not in SAY and k > verb
        ]
    return tuple(found)


def _from_parse(tree: Tree, verb: int, who: int, stance: str) -> list[Source]:
    lemma = tree.lemma[verb]
    clauses = list(_clauses(tree, verb, who))
    kind = "clause"
    if not clauses and lemma in ("accuse", "charge", "suspect", "blame"):
        clauses, kind = tree.having(verb, "advcl", "obl", "xcomp"), "accuse"
    if not clauses and lemma not in NEEDS_CLAUSE:
        clauses, kind = tree.having(verb, "xcomp"), "infinitive"
    if (
        not clauses
        and tree.role[verb] in ("parataxis", "ccomp", "dep", "conj", "advcl", "acl", "appos")
        and lemma not in NEEDS_CLAUSE
    ):
        up = tree.head[verb]
        aside = tree.role[verb] in ("parataxis", "ccomp", "dep") or (
            tree.role[verb] == "advcl" and ("as" in [tree.lower[k] for k in tree.having(verb, "mark")])
        )
        if aside and up != verb:
            return [_source(tree, who, verb, "aside", (up,), stance=stance)]
    if not clauses and lemma in WITH_OBJECT and not tree.is_passive(verb):
        below = [k for k in tree.having(verb, "obj", "obl", "advcl") if k != who]
        if below:
            return [_source(tree, who, verb, "object", tuple(below), stance=stance)]
    if not clauses and lemma in NEEDS_CLAUSE:
        return []
    return [_source(tree, who, verb, kind if clauses else "loose", tuple(clauses), stance=stance)]


def _quoted(tree: Tree, verb: int) -> list[Source]:
    """ "Reuters quotes an official as saying …": the official vouches, Reuters relays."""
    saying = next((k for k in tree.children[verb] if tree.tag[k] == "VBG" and k > verb), None)
    relay = speaker(tree, verb)
    if tree.is_passive(verb):
        quoted = tree.subject(verb)
        agent = tree.child(verb, "obl:agent")
        relay = agent
        if quoted is None and tree.role[verb].startswith("acl"):
            quoted = tree.head[verb]
    else:
        quoted = tree.child(verb, "obj", "iobj")
        if quoted is None and saying is not None:
            quoted = tree.child(saying, "nsubj")
    if quoted is None:
        return []
    content: tuple[int, ...] = tuple(tree.having(verb, "ccomp", "parataxis", "advcl", "obl"))
    if saying is not None:
        content = tuple(tree.having(saying, "ccomp", "xcomp", "parataxis", "obj")) or (saying,)
    if not content and tree.role[verb] in ("parataxis", "advcl", "ccomp") and tree.head[verb] != verb:
        content = (tree.head[verb],)
    return [_source(tree, quoted, verb, "quoted", content, via=() if relay is None else (relay,))]


def _from_noun(tree: Tree, noun: int) -> list[Source]:
    content = [k for k in tree.children[noun] if k > noun and (tree.role[k] in ("acl", "ccomp", "acl:relcl", "dep"))]
    content = [k for k in content if tree.lemma[k] not in SAY or tree.role[k] == "ccomp"]
    content += [k for k in tree.having(noun, "nmod") if tree.preposition(k) == "of"]
    if not content:
        return []
    whose = tree.child(noun, "nmod:poss")
    if whose is None:
        whose = next((k for k in tree.having(noun, "nmod") if tree.preposition(k) in ("by", "from")), None)
    return [_source(tree, noun if whose is None else whose, noun, "noun", tuple(content))]


def _according(tree: Tree, i: int) -> list[Source]:
    if i + 2 >= len(tree) or tree.lower[i + 1] != "to":
        return []
    noun = tree.head[i]
    right = tree.sents[tree.sent[i]][1]
    if noun <= i + 1 or noun >= right:
        noun = i + 2
        while noun + 1 < right and tree.pos[noun] in ("DET", "ADJ", "PUNCT", "NUM"):
            noun += 1
        noun = _top(tree, noun, i + 2, right)
    up = tree.head[noun] if tree.head[noun] < i or tree.head[noun] > noun else noun
    if up == noun:
        return [_source(tree, noun, i, "according", ())]
    return [_source(tree, noun, i, "according", (up,))]


def _citing(tree: Tree, i: int) -> list[Source]:
    """ "the agency said, citing officials": the officials vouch for what the agency relays."""
    named = tree.child(i, "obj", "nsubj", "dep", "obl")
    if named is None:
        right = tree.sents[tree.sent[i]][1]
        k = i + 1
        while k + 1 < right and tree.pos[k] in ("DET", "ADJ"):
            k += 1
        if k >= right or not _nominal(tree, k):
            return []
        named = _top(tree, k, i + 1, right)
    up = tree.head[i]
    relay = None
    if up != i and tree.lemma[up] in SAY:
        relay = speaker(tree, up)
        content = tuple(tree.having(up, "ccomp", "parataxis", "obj"))
        if not content and tree.head[up] != up:
            content = (tree.head[up],)
    elif up != i and _nominal(tree, up):
        relay, content = up, ()
    else:
        content = (up,) if up != i else ()
    return [_source(tree, named, i, "citing", content, via=() if relay is None else (relay,))]


def _headline(tree: Tree, i: int) -> list[Source]:
    """ "Police: two dead" and "Two dead - police": short noun phrases beside a colon or dash."""
    left, right = tree.sents[tree.sent[i]]
    before = [k for k in range(left, i) if not tree.is_space[k]]
    if tree.text[i] == ":" and 0 < len(before) <= 7 and not any(is_verbal(tree, k) for k in before):
        head = _top(tree, before[-1], left, i)
        if tree.lemma[head] in SPEAKERS or tree.ent_type[head] in ("PERSON", "ORG", "GPE", "NORP"):
            return [_source(tree, head, i, "colon", ())]
    after = [k for k in range(i + 1, min(right, i + 9)) if not tree.is_space[k] and tree.text[k] not in ".!"]
    if after and after[-1] >= right - 3 and len(after) <= 6 and not any(is_verbal(tree, k) for k in after):
        head = _top(tree, after[-1], i + 1, right)
        words = {tree.lemma[k] for k in after} | {tree.lower[k] for k in after}
        if words & SPEAKERS or tree.ent_type[head] in ("PERSON", "ORG"):
            return [_source(tree, head, i, "headline", ())]
    return []


def names_speaker(tree: Tree, i: int) -> bool:
    """Whether the token ``i`` names somebody who can speak: a known kind of speaker, or a named actor."""
    return tree.lemma[i] in SPEAKERS or tree.ent_type[i] in ("PERSON", "ORG", "GPE", "NORP")
