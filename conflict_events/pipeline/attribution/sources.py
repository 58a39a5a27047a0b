"""Who speaks where: the sources of a text, the words that mark them, and what they vouch for.

A source is found by its cue: a reporting verb with a clause, an object or an infinitive; an aside ("police
said" after the news); "according to"; a relay ("citing X", "quoted X as saying"); a noun that reports
("reports of"); the colon or dash of a headline. Which figure or event belongs to which source is decided
in ``attribution``; here nothing is weighed, so that a doubtful source costs nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from conflict_events.pipeline.attribution.clauses import is_verbal
from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.attribution.speakers import (
    PHRASE_STOPS,
    SPEAKERS,
    beside,
    first_noun,
    is_nominal,
    names_speaker,
    phrase,
    rather_beside,
    speaker,
    top_noun,
)
from conflict_events.pipeline.syntax import Tree

CALLED = 12  # tokens from a verb of calling to the word that it calls something
REACH = 250  # tokens from a source's cue to what it may vouch for: bounds the work in a text without full stops
SAY = frozenset(
    """say tell report announce state add confirm claim note warn declare insist acknowledge admit allege argue
    estimate explain assert maintain stress suggest indicate reveal disclose contend recount testify write describe
    quote mention show hear believe think suspect conclude find point affirm reiterate recall comment observe
    remark tweet post deny reject dispute dismiss refute contradict doubt accuse charge fear put give count document
    record list identify know learn cite hold call release issue assess verify inform brief threaten vow pledge
    promise predict urge appeal""".split()
)
# verbs that report with any object ("reported seven deaths"), and those that do so only with words of counting
WITH_OBJECT = frozenset(
    """report announce confirm claim acknowledge admit estimate quote document deny reject dispute dismiss refute contradict
    reveal allege verify""".split()
)
WITH_COUNT = frozenset(
    "put give count record list describe mention issue release raise reduce revise update lower show identify".split()
)
COUNTS = frozenset(
    "toll number figure count death fatality casualty statement estimate report total list update dead injury remains body".split()
)
# objects that make another verb of it: "claimed the lives of", "claimed responsibility"
NO_REPORT = frozenset("life responsibility credit lives".split())
# verbs that report only where a clause follows; "found", "held", "called" are commoner otherwise
NEEDS_CLAUSE = frozenset(
    "find hold know learn think believe suspect show hear call give put identify list post observe issue release".split()
)
DENY = frozenset("deny reject dispute dismiss refute contradict rebut disprove repudiate".split())
# verbs that deny what they call by one of these words: "a figure that the ministry called nonsense"
CALLING = frozenset("call label brand term describe denounce ridicule mock decry portray characterize".split())
FALSEHOODS = frozenset(
    """nonsense false falsehood fabrication fabricated lie lies propaganda exaggerated exaggeration inflated baseless
    untrue fiction fantasy rubbish absurd invention invented groundless unfounded hoax fake laughable ludicrous
    fictitious disinformation misinformation provocation slander""".split()
)
NOUNS = frozenset(
    "report claim statement allegation account announcement accusation testimony rumor rumour word news".split()
)
QUOTING = frozenset("quote quotes quoted quoting cite cites cited".split())
CUE = attrgetter("cue")
AGENCIES = frozenset("afp ap reuters sana fna ria novosti interfax tass xinhua irna dpa efe aa wafa tasnim".split())


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


def find_sources(tree: Tree, layout: Layout) -> list[Source]:
    """All sources of a text, in the order of their cues, one at each cue.

    >>> from spacy.tokens import Doc
    >>> from spacy.vocab import Vocab
    >>> words = ["Police", "say", "two", "died"]
    >>> doc = Doc(Vocab(), words=words, heads=[1, 1, 3, 1], deps=["nsubj", "ROOT", "nsubj", "ccomp"],
    ...           lemmas=["police", "say", "two", "die"], pos=["NOUN", "VERB", "NUM", "VERB"])
    >>> [(words[s.head], s.kind) for s in find_sources(Tree(doc), Layout.of(Tree(doc)))]
    [('Police', 'clause')]
    """
    found: list[Source | None] = []
    for i, lemma in enumerate(tree.lemma):
        low = tree.lower[i]
        if low in QUOTING or lemma in ("quote", "cite"):
            found.append(_quoted(tree, layout, i))
        elif low == "citing":
            found.append(_citing(tree, layout, i))
        elif (lemma in SAY or lemma in CALLING or _recounts(tree, i)) and _is_verb(tree, i):
            found.append(_from_verb(tree, layout, i))
        elif lemma in NOUNS and tree.pos[i] == "NOUN":
            found.append(_from_noun(tree, i))
        elif low == "according":
            found.append(_according(tree, layout, i))
        elif tree.text[i] in (":", "-", "–", "—"):
            found.append(_headline(tree, layout, i))
        elif low in AGENCIES and i and tree.lower[i - 1] in SPEAKERS and not _reports_next(tree, i):
            found.append(Source(i - 1, i - 1, i, i, "headline", "affirm", ()))
    return [source for source in found if source is not None]


def within_reach(sources: Sequence[Source], token: int) -> list[Source]:
    """Those of ``sources``, which stand in the order of their cues, whose cue is near ``token``."""
    low = bisect_left(sources, token - REACH, key=CUE)
    return list(sources[low : bisect_right(sources, token + REACH, key=CUE)])


def _reports_next(tree: Tree, i: int) -> bool:
    """Whether a reporting verb follows: "the agency SANA reported" is no headline."""
    return i + 1 < len(tree) and tree.lemma[i + 1] in SAY


def _is_verb(tree: Tree, i: int) -> bool:
    if tree.pos[i] in ("VERB", "AUX"):
        return tree.role[i] not in ("amod", "compound", "aux", "nummod")
    if tree.pos[i] not in ("NOUN", "X", "ADJ", "PROPN"):
        return False
    # a tagger takes "reports" and "claims" after a name for a noun; a clause, a subject or the place tells
    if any(tree.role[k] in ("nsubj", "ccomp", "aux") for k in tree.children[i]):
        return True
    if tree.lower[i] not in ("reports", "claims", "report") or i == 0 or not is_nominal(tree, i - 1):
        return False
    return i + 1 == len(tree) or tree.text[i + 1] in PHRASE_STOPS or tree.tag[i + 1] in ("VBG", "CD", "IN")


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


def _from_verb(tree: Tree, layout: Layout, verb: int) -> Source | None:
    lemma = tree.lemma[verb]
    if any(tree.lemma[k] in NO_REPORT for k in tree.having(verb, "obj")) or _in_quoting(tree, layout, verb):
        return None
    kind, content = _content(tree, verb)
    disbelieved = lemma in CALLING and _calls_false(tree, verb)
    if disbelieved:
        kind, content = "object", tree.having(verb, "obj")
    if kind == "loose" and lemma in NEEDS_CLAUSE:
        return None
    who, near = speaker(tree, verb), beside(tree, layout, verb)
    stance = "deny" if lemma in DENY or disbelieved else "affirm"
    if disbelieved and who is None and verb and is_nominal(tree, verb - 1):
        # a parser may take "the ministry called" for a participle
        who = verb - 1
    if near is not None and near[0] <= verb < near[1]:
        near = None
    if near is not None and (who is None or rather_beside(tree, who, near, verb)):
        kind = "after" if near[0] > verb else "beside" if kind == "loose" else kind
        return Source(near[1] - 1, near[0], near[1], verb, kind, stance, tuple(k for k in content if k != near[1] - 1))
    if who is None or who == verb:
        return None
    return _source(tree, who, verb, kind, tuple(k for k in content if k != who), stance=stance)


def _recounts(tree: Tree, verb: int) -> bool:
    """Whether a speaker, or its office, changes a count: "the hospital later raised the toll to nine"."""
    who = tree.subject(verb)
    if tree.lemma[verb] not in WITH_COUNT or who is None:
        return False
    counted = any(tree.lemma[k] in COUNTS for k in tree.having(verb, "obj"))
    return counted and any(names_speaker(tree, k) for k in (who, *tree.having(who, "nmod:poss")))


def _calls_false(tree: Tree, verb: int) -> bool:
    """Whether what the verb calls something is a falsehood: "called the toll pure invention"."""
    for k in range(verb + 1, min(len(tree), verb + CALLED)):
        if tree.text[k] in PHRASE_STOPS:
            return False
        if tree.lower[k] in FALSEHOODS:
            return True
    return False


def _in_quoting(tree: Tree, layout: Layout, verb: int) -> bool:
    """Whether ``verb`` is the "saying" of "quoted X as saying", which the verb of quoting accounts for."""
    if verb == 0 or tree.lower[verb - 1] != "as":
        return False
    left = layout.around(verb)[0]
    return any(tree.lower[k] in QUOTING for k in range(max(left, verb - 15), verb))


def _content(tree: Tree, verb: int) -> tuple[str, list[int]]:
    """The construction that ``verb`` reports with, and the tokens over what it reports."""
    lemma = tree.lemma[verb]
    clauses = tree.having(verb, "ccomp", "csubj")
    if not clauses:
        clauses = [
            k
            for k in tree.having(verb, "parataxis", "dep")
            if is_verbal(tree, k) and tree.lemma[k] not in SAY and k > verb
        ]
    if clauses:
        return "clause", clauses
    if lemma in ("accuse", "charge", "suspect", "blame"):
        return "accuse", tree.having(verb, "advcl", "obl", "xcomp")
    infinitives = [] if lemma in NEEDS_CLAUSE else tree.having(verb, "xcomp")
    if infinitives:
        return "infinitive", infinitives
    up, role = tree.head[verb], tree.role[verb]
    if up != verb and lemma not in NEEDS_CLAUSE:
        as_clause = role == "advcl" and any(tree.lower[k] == "as" for k in tree.having(verb, "mark"))
        if role in ("parataxis", "ccomp", "dep") or as_clause:
            return "aside", [up]
    objects = tree.having(verb, "obj") if lemma in DENY else tree.having(verb, "obj", "obl", "advcl")
    if objects and not tree.is_passive(verb):
        counted = any(tree.lemma[k] in COUNTS for k in tree.having(verb, "obj"))
        if lemma in WITH_OBJECT or (lemma in WITH_COUNT and counted):
            return "count" if counted else "object", objects
    return "loose", []


def _quoted(tree: Tree, layout: Layout, verb: int) -> Source | None:
    """ "Reuters quotes an official as saying …": the official vouches, Reuters relays."""
    right = layout.around(verb)[1]
    as_ = next(
        (k for k in range(verb + 1, min(right - 1, verb + 15)) if tree.lower[k] == "as" and tree.tag[k + 1] == "VBG"),
        None,
    )
    passive = tree.is_passive(verb) or (as_ == verb + 1)
    relay: int | None
    if passive:
        quoted = tree.subject(verb)
        if quoted is None and tree.role[verb].startswith("acl"):
            quoted = tree.head[verb]
        relay = tree.child(verb, "obl:agent")
    else:
        relay = speaker(tree, verb)
        if relay is None and (near := beside(tree, layout, verb)) is not None and near[1] <= verb:
            relay = near[1] - 1
        quoted = tree.child(verb, "obj", "iobj", "nsubj") if as_ is None else first_noun(tree, verb + 1, as_)
        if quoted == relay or (quoted is not None and quoted < verb):
            quoted = None
        if quoted is None and verb + 1 < right:
            quoted = first_noun(tree, verb + 1, min(right, verb + 8))
    if quoted is None or (as_ is None and not names_speaker(tree, quoted)):
        return None
    if as_ is not None:
        saying = as_ + 1
        content: tuple[int, ...] = tuple(tree.having(saying, "ccomp", "xcomp", "parataxis", "obj", "obl")) or (saying,)
    else:
        content = tuple(k for k in tree.having(verb, "ccomp", "parataxis", "advcl", "obl"))
    if not content and tree.role[verb] in ("parataxis", "advcl", "ccomp") and tree.head[verb] != verb:
        content = (tree.head[verb],)
    denies = as_ is not None and tree.lemma[as_ + 1] in DENY
    return _source(
        tree,
        quoted,
        verb,
        "quoted",
        content,
        stance="deny" if denies else "affirm",
        via=() if relay is None else (relay,),
    )


def _from_noun(tree: Tree, noun: int) -> Source | None:
    content = [k for k in tree.children[noun] if k > noun and (tree.role[k] in ("acl", "ccomp", "acl:relcl", "dep"))]
    content = [k for k in content if tree.lemma[k] not in SAY or tree.role[k] == "ccomp"]
    content += [k for k in tree.having(noun, "nmod") if tree.preposition(k) == "of"]
    if not content:
        return None
    whose = tree.child(noun, "nmod:poss")
    if whose is None:
        whose = next((k for k in tree.having(noun, "nmod") if tree.preposition(k) in ("by", "from")), None)
    return _source(tree, noun if whose is None else whose, noun, "noun", tuple(content))


def _according(tree: Tree, layout: Layout, i: int) -> Source | None:
    right = layout.around(i)[1]
    if i + 2 >= right or tree.lower[i + 1] != "to":
        return None
    noun: int | None = tree.head[i]
    if noun is None or noun <= i + 1 or noun >= right:
        noun = first_noun(tree, i + 2, right)
    if noun is None:
        return None
    up = tree.head[noun]
    outside = up < i or up > noun
    return _source(tree, noun, i, "according", (up,) if outside else ())


def _citing(tree: Tree, layout: Layout, i: int) -> Source | None:
    """ "the agency said, citing officials": the officials vouch for what the agency relays."""
    right = layout.around(i)[1]
    named = first_noun(tree, i + 1, min(right, i + 8))
    if named is None:
        return None
    up = tree.head[i]
    relay = None
    content: tuple[int, ...] = ()
    if up != i and tree.lemma[up] in SAY:
        relay = speaker(tree, up)
        content = tuple(tree.having(up, "ccomp", "parataxis", "obj"))
        if not content and tree.head[up] != up:
            content = (tree.head[up],)
    elif up != i and is_nominal(tree, up):
        relay = up
    elif up != i:
        content = (up,)
    return _source(tree, named, i, "citing", content, via=() if relay is None else (relay,))


def _headline(tree: Tree, layout: Layout, i: int) -> Source | None:
    """ "Police: two dead" and "Two dead - police": short noun phrases beside a colon or dash."""
    left, right = layout.around(i)
    before = [k for k in range(left, i) if not tree.is_space[k]]
    if tree.text[i] == ":" and 0 < len(before) <= 7 and not any(is_verbal(tree, k) for k in before):
        head = top_noun(tree, before[-1], left, i)
        if names_speaker(tree, head) and (tree.lemma[head] in SPEAKERS or tree.tag[head].startswith("NNP")):
            return _source(tree, head, i, "colon", ())
    after = [k for k in range(i + 1, min(right, i + 9)) if not tree.is_space[k] and tree.text[k] not in ".!"]
    if after and after[-1] >= right - 3 and len(after) <= 6 and not any(is_verbal(tree, k) for k in after):
        head = top_noun(tree, after[-1], i + 1, right)
        words = {tree.lemma[k] for k in after} | {tree.lower[k] for k in after}
        if words & SPEAKERS or tree.ent_type[head] in ("PERSON", "ORG"):
            return _source(tree, head, i, "headline", ())
    return None
