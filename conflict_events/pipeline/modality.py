"""Whether what is told is told as fact: hypothetical (threatened, feared, possible), negated, denied."""

from __future__ import annotations

from conflict_events.pipeline.clauses import is_verbal, marks, tense
from conflict_events.pipeline.layout import Layout
from conflict_events.pipeline.sources import Source
from conflict_events.pipeline.syntax import NEGATIONS, Tree
from conflict_events.pipeline.targets import Target

# what stands in the infinitive or gerund under these has not happened, or not yet
IRREALIS = frozenset(
    """threaten plan intend vow pledge promise try attempt seek want order urge call plot conspire aim hope prepare
    agree refuse warn fear demand ask decide expect consider propose advocate encourage incite tell beg force
    allow enable help prevent avoid avert stop foil thwart deter bar ban oppose risk need wish swear call_for
    instruct train recruit authorize authorise design use""".split()
)
# nouns whose infinitive, "of" or "for" phrase is unreal
IRREALIS_NOUNS = frozenset(
    """threat plan plot attempt intention effort bid conspiracy order call risk danger possibility fear prospect
    chance warning vow pledge willingness permission right mission operation proposal demand goal aim
    likelihood potential preparation ability capacity capability intent readiness""".split()
)
# achieved in the past tense all the same: "managed to kill", "used mortars to kill"
ACHIEVED = frozenset(
    "manage happen appear seem believe say report allege think know continue begin start come go claim".split()
)
POSSIBLE = frozenset(
    "possible potential feared planned alleged-plot likely attempted threatened future foiled imminent would-be".split()
)
MODAL_TENSES = frozenset({"modal", "future"})
CONDITIONS = frozenset({"if", "unless", "lest", "whether", "until"})
DENIABLE = frozenset(
    """report claim allegation accusation account charge statement figure number toll assertion suggestion version""".split()
)
# denying these leaves the event itself standing
NOT_THE_FACT = frozenset(
    "responsibility involvement role blame guilt link connection part wrongdoing knowledge".split()
)


def is_hypothetical(tree: Tree, target: Target) -> bool:
    """Whether the clause of ``target`` tells what may happen, was planned, threatened, feared or demanded."""
    anchor = target.anchor
    if _noun_is_unreal(tree, anchor):
        return True
    for link in target.way:
        token, role = link
        if is_verbal(tree, token):
            mood = tense(tree, token)
            if mood in MODAL_TENSES and not _reported_modal(tree, token, target):
                return True
            if mood == "infinitive" and _unreal_infinitive(tree, token):
                return True
            if mood == "gerund" and role in ("acl", "advcl", "xcomp") and _of_irrealis(tree, token):
                return True
            if any(m in CONDITIONS for m in marks(tree, token)) and role in ("advcl", "ccomp", "acl"):
                return "if" in marks(tree, token) or "unless" in marks(tree, token) or mood != "past"
            if role in ("ccomp", "root", "parataxis", "acl:relcl") and mood not in (
                "infinitive",
                "gerund",
                "participle",
                "none",
            ):
                head = tree.head[token]
                if (
                    role == "ccomp"
                    and tree.lemma[head] in ("fear", "warn", "threaten", "hope", "predict")
                    and mood != "past"
                ):
                    return tree.lemma[head] != "warn" or mood in MODAL_TENSES
                return False
        elif role in ("nmod", "acl", "obj", "obl", "compound") and tree.head[token] != token and _governed(tree, token):
            return True
    return False


def _governed(tree: Tree, noun: int) -> bool:
    """Whether a noun stands under a word of threat or plan: "fears of an attack", "threatened attacks"."""
    head = tree.head[noun]
    if tree.lemma[head] in IRREALIS_NOUNS and tree.preposition(noun) in ("of", "for", "to", "about"):
        return True
    if tree.role[noun] == "compound" and tree.lemma[head] in ("attempt", "plot", "threat", "plan", "fear", "bid"):
        return True
    return tree.role[noun] in ("obj", "obl") and (
        tree.lemma[head]
        in (
            "threaten",
            "plan",
            "fear",
            "plot",
            "prevent",
            "foil",
            "avert",
            "thwart",
            "avoid",
            "deter",
            "expect",
            "order",
            "prepare",
        )
        and (tree.role[noun] == "obj" or tree.preposition(noun) in ("for", "of", "against", "to"))
    )


def _noun_is_unreal(tree: Tree, anchor: int) -> bool:
    return any(
        tree.lower[k] in POSSIBLE and tree.role[k] in ("amod", "compound", "acl", "advmod")
        for k in tree.children[anchor]
    )


def _unreal_infinitive(tree: Tree, verb: int) -> bool:
    """Whether an infinitive is a plan or purpose: under a verb or noun of intention, or an adverbial "to"."""
    head, role = tree.head[verb], tree.role[verb]
    if head == verb:
        return False
    lemma = tree.lemma[head]
    if lemma in ACHIEVED:
        return False
    if tree.pos[head] == "NOUN":
        return lemma in IRREALIS_NOUNS or role == "acl"
    if lemma in IRREALIS:
        return True
    return role in ("advcl", "xcomp", "acl", "ccomp") and lemma not in ("be", "have", "force")


def _of_irrealis(tree: Tree, verb: int) -> bool:
    head = tree.head[verb]
    prepositions = {tree.lower[k] for k in tree.children[verb] if tree.role[k] in ("mark", "case")}
    if tree.lemma[head] in IRREALIS_NOUNS and prepositions & {"of", "for", "to", "at"}:
        return True
    if prepositions & {"from"} and tree.lemma[head] in ("prevent", "stop", "keep", "ban", "bar", "deter"):
        return True
    return (
        tree.lemma[head] in ("plan", "plot", "threaten", "consider", "risk", "avoid", "attempt")
        and tree.tag[head] != "NN"
    )


def _reported_modal(tree: Tree, verb: int, target: Target) -> bool:
    """ "The toll could rise" or "will be buried": a modal on a verb that does not itself state the outcome."""
    if verb == target.verb or verb == target.anchor:
        lemma = tree.lemma[verb]
        return target.is_figure and lemma in ("rise", "increase", "climb", "change")
    return not any(link.token == verb for link in target.way[:3]) or _in_relative(tree, target, verb)


def _in_relative(tree: Tree, target: Target, verb: int) -> bool:
    """Whether a finite clause of its own lies between the target and ``verb``."""
    for link in target.way:
        if link.token == verb:
            return False
        if link.role in ("acl:relcl", "acl", "advcl", "ccomp") and is_verbal(tree, link.token):
            return True
        if tree.pos[link.token] in ("NOUN", "PROPN") and any(
            tree.lower[k] in ("the", "this", "that", "these") for k in tree.children[link.token]
        ):
            return True
    return False


def is_negated(tree: Tree, target: Target) -> bool:
    """Whether the text says that the event did not happen."""
    anchor = target.anchor
    if any(
        tree.lower[k] in NEGATIONS and tree.role[k] in ("advmod", "det", "cc", "neg", "mark", "case")
        for k in tree.children[anchor]
    ):
        return True
    verb = target.verb
    if verb != anchor and tree.role[anchor] in ("obj", "nsubj", "nsubj:pass", "xcomp") and target.way[1].token == verb:
        negated = any(tree.lower[k] in NEGATIONS and tree.role[k] == "advmod" for k in tree.children[verb])
        return negated or (
            tree.lemma[verb] in ("cancel", "avert", "prevent") and tree.role[anchor] in ("obj", "nsubj:pass")
        )
    return tree.role[anchor] == "xcomp" and tree.lemma[tree.head[anchor]] in ("fail", "refuse", "decline")


def denials(
    tree: Tree, target: Target, by_stretch: dict[int, list[Source]], layout: Layout, claimant: Source | None
) -> list[Source]:
    """Those who deny what ``target`` states: in its own sentence, or with a word for the claim in the next."""
    found = []
    here = layout.stretch[target.anchor]
    for source in by_stretch.get(here, ()):
        if (
            source.stance == "deny"
            and (claimant is None or source.start != claimant.start)
            and _denies(tree, source, target)
        ):
            found.append(source)
    if claimant is not None:
        for source in by_stretch.get(here + 1, ()):
            if source.stance == "deny" and _takes_up_claim(tree, source):
                found.append(source)
    return found


def _denies(tree: Tree, source: Source, target: Target) -> bool:
    cue = source.cue
    objects = tree.having(cue, "obj", "ccomp", "xcomp", "nsubj:pass")
    if any(tree.lemma[k] in NOT_THE_FACT for k in objects):
        return False
    inside = any(link.token in source.content for link in target.way)
    if inside:
        return True
    named = [tree.lemma[k] for k in tree.children[cue]] + [tree.lemma[tree.head[cue]]]
    return any(word in DENIABLE or word in ("it", "this", "that") for word in named) and cue > target.anchor


def _takes_up_claim(tree: Tree, source: Source) -> bool:
    """Whether the denial's object is "the claims", "those allegations", "this"."""
    for k in tree.having(source.cue, "obj", "nsubj:pass"):
        if tree.lemma[k] in DENIABLE or tree.lower[k] in ("this", "that", "it"):
            return True
    return False
