"""Whether what is told is told as fact: hypothetical (threatened, feared, possible), negated, denied."""

from __future__ import annotations

from conflict_events.pipeline.attribution.clauses import STEPS, clause_tokens, is_verbal, marks, tense
from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.attribution.sources import Source, within_reach
from conflict_events.pipeline.attribution.speakers import PRONOUNS
from conflict_events.pipeline.attribution.targets import Target
from conflict_events.pipeline.syntax import NEGATIONS, Tree

# what stands in the infinitive under these happened: "forced thousands to flee", "used rockets to kill"
ACHIEVED = frozenset(
    """manage happen appear seem believe say report allege think know continue begin start come go claim force cause
    lead prompt drive compel use make be have see find estimate confirm suspect presume assume""".split()
)
# nouns and verbs of plan, threat and fear, for what depends on them without an infinitive
IRREALIS_NOUNS = frozenset(
    """threat plan plot attempt intention effort bid conspiracy risk danger possibility fear prospect chance warning
    vow pledge willingness permission proposal demand likelihood potential preparation ability capacity intent
    readiness worry concern""".split()
)
IRREALIS_VERBS = frozenset(
    """threaten plan fear plot prevent foil avert thwart avoid deter expect order prepare consider risk urge demand seek
    attempt intend contemplate propose authorize authorise discourage promise vow pledge swear""".split()
)
POSSIBLE = frozenset(
    "possible potential feared planned likely attempted threatened future foiled imminent would-be impending".split()
)
# verbs that make a noun of violence happen; under any other verb the noun is taken as known ("to protest the killing")
MAKING = frozenset(
    """carry launch commit stage hold conduct mount make face suffer inflict cause prompt trigger lead spark see be have
    happen occur erupt resume start begin escalate continue break take come result provoke perpetrate wage undertake
    target kill die wound injure execute survive follow hit strike use""".split()
)
COUNTED = frozenset("number series string wave spate round campaign".split())  # "planning a series of attacks"
OCCURRING = frozenset("happen occur erupt take begin start materialize materialise follow come break".split())
MODAL_TENSES = frozenset({"modal", "future"})
CONDITIONS = frozenset({"if", "unless", "lest"})
DEFINITE = frozenset("the this that these those".split())
DENIABLE = frozenset(
    """report claim allegation accusation account charge statement figure number toll assertion suggestion version
    contention story rumor rumour tally count total estimate news""".split()
)
# denying these leaves the event itself standing
NOT_THE_FACT = frozenset(
    "responsibility involvement role blame guilt link connection part wrongdoing knowledge".split()
)
CANCELLED = frozenset({"cancel", "abort", "postpone", "avert", "prevent", "foil", "thwart"})
ACCUSING = frozenset({"accuse", "allege", "charge", "suspect", "indict"})


def is_hypothetical(tree: Tree, target: Target) -> bool:
    """Whether the clause of ``target`` tells what may happen, or was planned, threatened, feared or demanded."""
    anchor = target.anchor
    if tree.role[anchor] == "amod":
        return False
    if tree.pos[anchor] in ("NOUN", "PROPN") and not is_verbal(tree, anchor):
        verb = _making_verb(tree, anchor)
        if verb is None:
            return _noun_is_unreal(tree, anchor)
        if _noun_is_unreal(tree, anchor):
            return True
        definite = any(tree.lower[k] in DEFINITE for k in tree.children[anchor])
        return not (definite and tense(tree, verb) == "infinitive") and _clause_is_unreal(tree, verb)
    return _clause_is_unreal(tree, target.verb)


def _making_verb(tree: Tree, noun: int) -> int | None:
    """The verb that makes the noun's event happen, or happen with its own; None where the noun is taken as known."""
    i = noun
    for _ in range(4):
        role, up = tree.role[i], tree.head[i]
        if up == i or role not in ("obj", "nsubj", "nsubj:pass", "obl", "nmod", "conj", "compound", "obl:agent"):
            return None
        if is_verbal(tree, up):
            may = tense(tree, up) in MODAL_TENSES and any(tree.lower[k] in ("a", "an") for k in tree.children[noun])
            return up if tree.lemma[up] in MAKING or may else None
        i = up
    return None


def _clause_is_unreal(tree: Tree, verb: int) -> bool:
    for _ in range(STEPS):
        role, mood = tree.role[verb], tense(tree, verb)
        head = tree.head[verb]
        if mood in MODAL_TENSES:
            return tree.lemma[verb] not in ("rise", "increase", "climb")
        if not CONDITIONS.isdisjoint(marks(tree, verb)):
            return True
        if mood == "infinitive":
            if head == verb or tree.lemma[head] not in ACHIEVED:
                return head != verb
        elif mood == "gerund":
            if role != "conj" and _unreal_gerund(tree, verb):
                return True
            if role not in ("advcl", "conj", "xcomp"):
                return False
        elif mood != "none" or role not in ("conj", "xcomp"):
            fears = role == "ccomp" and tree.lemma[head] in ("fear", "hope", "threaten") and mood != "past"
            return fears or _feared_dead(tree, verb)
        if head == verb:
            return False
        verb = head
    return False


def _feared_dead(tree: Tree, verb: int) -> bool:
    """ "feared dead", "thought to be dead": a belief about an outcome that nobody has seen."""
    up = tree.head[verb]
    return tree.lemma[verb] in ("fear", "presume") or (up != verb and tree.lower[up] in ("feared", "presumed"))


def _unreal_gerund(tree: Tree, verb: int) -> bool:
    """Whether a gerund depends on a word of plan or threat: "a plan of attacking", "prevent them from firing"."""
    head = tree.head[verb]
    prepositions = {tree.lower[k] for k in tree.children[verb] if tree.role[k] in ("mark", "case")}
    if tree.lemma[head] in IRREALIS_NOUNS and prepositions & {"of", "for", "to", "at", "about"}:
        return True
    if "from" in prepositions:
        return tree.lemma[head] in ("prevent", "stop", "keep", "ban", "bar", "deter", "refrain")
    return tree.lemma[head] in IRREALIS_VERBS and tree.role[verb] in ("xcomp", "obj", "ccomp")


def _noun_is_unreal(tree: Tree, noun: int) -> bool:
    """Whether a noun is marked as planned or feared: "threatened attacks", "fears of an attack", "attack plot"."""
    for k in tree.children[noun]:
        if tree.lower[k] in POSSIBLE and tree.role[k] in ("amod", "compound", "acl", "advmod"):
            return True
    head, role = tree.head[noun], tree.role[noun]
    if head == noun:
        return False
    case = tree.preposition(noun)
    if role == "nmod" and case == "of" and tree.lemma[head] in COUNTED:
        return _noun_is_unreal(tree, head)
    if role == "conj":
        return _noun_is_unreal(tree, head) if tree.role[head] != "conj" else False
    if tree.lemma[head] in IRREALIS_NOUNS and tree.pos[head] in ("NOUN", "PROPN"):
        return role == "compound" or case in ("of", "for", "about")
    if tree.lemma[head] in IRREALIS_VERBS and not any(tree.lower[k] in DEFINITE for k in tree.children[noun]):
        return role == "obj" or (role == "obl" and case in ("for", "of", "against", "to"))
    return False


def is_negated(tree: Tree, target: Target) -> bool:
    """Whether the text says that the event did not happen, or was called off."""
    anchor = target.anchor
    negating = ("advmod", "det", "cc", "mark", "case")
    if any(tree.lower[k] in NEGATIONS and tree.role[k] in negating for k in tree.children[anchor]):
        return True
    verb, role = target.verb, tree.role[anchor]
    if verb != anchor and role in ("obj", "nsubj", "nsubj:pass") and tree.head[anchor] == verb:
        if role == "nsubj" and tree.pos[anchor] in ("NOUN", "PROPN") and tree.lemma[verb] not in OCCURRING:
            return False
        negated = any(tree.lower[k] in NEGATIONS and tree.role[k] == "advmod" for k in tree.children[verb])
        return (negated and tree.lemma[verb] in MAKING) or _cancelled(tree, verb)
    for link, above in zip(target.way[:4], target.way[1:5], strict=False):
        if link.role not in ("acl", "nmod", "obj", "nsubj:pass", "compound"):
            break
        if tree.pos[above.token] == "VERB" and _cancelled(tree, above.token):
            return True
    return role == "xcomp" and tree.lemma[tree.head[anchor]] in ("fail", "refuse", "decline")


def is_alleged(tree: Tree, target: Target) -> bool:
    """Whether an event stands only inside an accusation: "accused of attacking", "allegedly attacked"."""
    for link in target.way[:4]:
        if any(tree.lower[k] in ("allegedly", "reportedly") for k in tree.children[link.token]):
            return True
        head = tree.head[link.token]
        if tree.lemma[head] in ACCUSING and head != link.token and link.role in ("advcl", "xcomp", "ccomp", "obl"):
            definite = any(tree.lower[k] in DEFINITE for k in tree.children[target.anchor])
            return not definite
        if link.role.startswith("acl") or (link.role == "ccomp"):
            return False
    return False


def _cancelled(tree: Tree, verb: int) -> bool:
    off = tree.lemma[verb] == "call" and any(
        tree.lower[k] == "off" and tree.role[k] == "compound:prt" for k in tree.children[verb]
    )
    return off or (tree.lemma[verb] in CANCELLED and tense(tree, verb) in ("past", "perfect", "participle"))


def denials(
    tree: Tree, target: Target, by_stretch: dict[int, list[Source]], layout: Layout, claimant: Source | None
) -> list[Source]:
    """Those who deny what ``target`` states: in its own sentence, or with a word for the claim in the next."""
    found = []
    here = layout.stretch[target.anchor]
    for source in within_reach(by_stretch.get(here, ()), target.anchor):
        other = claimant is None or source.start != claimant.start
        if source.stance == "deny" and other and _denies(tree, source, target, claimant):
            found.append(source)
    if claimant is not None:
        for source in within_reach(by_stretch.get(here + 1, ()), target.anchor):
            if source.stance == "deny" and source.cue != claimant.cue and _takes_up_claim(tree, source):
                found.append(source)
    if not target.is_figure:
        for source in within_reach(by_stretch.get(here + 1, ()), target.anchor):
            if source.stance == "deny" and source not in found and _retells(tree, source, target):
                found.append(source)
    return found


def _retells(tree: Tree, source: Source, target: Target) -> bool:
    """Whether the clause that is denied tells of the event once more: by its verb, or by what it befell.

    "A shell hit a clinic. The militia denied it had attacked the clinic": the event is denied, the dead are not.
    """
    things = {tree.lemma[k] for k in clause_tokens(tree, target.verb) if tree.pos[k] == "NOUN"}
    for clause in source.content:
        if not is_verbal(tree, clause):
            continue
        if tree.lemma[clause] == tree.lemma[target.anchor]:
            return True
        for k in tree.having(clause, "obj", "nsubj:pass", "obl"):
            definite = any(tree.lower[m] in DEFINITE for m in tree.children[k])
            if definite and tree.lemma[k] in things:
                return True
    return False


def _names_claim(tree: Tree, source: Source) -> bool:
    """Whether a word for the claim stands right before its denier: ", a figure (that) the ministry called nonsense"."""
    k = source.start - 1
    if k > 0 and tree.lower[k] in ("that", "which"):
        k -= 1
    return k > 0 and source.start < source.cue and tree.lemma[k] in DENIABLE and tree.lower[k - 1] in ("a", "an", "the")


def _denies(tree: Tree, source: Source, target: Target, claimant: Source | None) -> bool:
    cue = source.cue
    objects = tree.having(cue, "obj", "nsubj:pass")
    if any(tree.lemma[k] in NOT_THE_FACT for k in objects):
        return False
    if any(link.token in source.content for link in target.way):
        # "rejected a call for an inquiry into the violence" denies no violence
        named = [k for k in source.content if tree.role[k] == "obj" and tree.pos[k] in ("NOUN", "PROPN")]
        return not named or any(tree.lemma[k] in DENIABLE or k == target.anchor for k in named)
    claimed = claimant is not None and cue > target.anchor
    if tree.head[cue] != cue and tree.lemma[tree.head[cue]] in DENIABLE and cue > target.anchor:
        return True
    if cue > target.anchor and _names_claim(tree, source):
        return True
    return claimed and any(tree.lemma[k] in DENIABLE or tree.lower[k] in ("it", "this", "that") for k in objects)


def _takes_up_claim(tree: Tree, source: Source) -> bool:
    """Whether what is denied is "the claims", "this", or that "any such shooting" took place."""
    if _names_claim(tree, source):
        return True
    for k in tree.having(source.cue, "obj", "nsubj:pass"):
        if tree.lemma[k] in DENIABLE or tree.lower[k] in ("this", "that") or tree.lower[k] in PRONOUNS:
            return True
    return any(tree.lower[m] == "such" for k in source.content for m in clause_tokens(tree, k))
