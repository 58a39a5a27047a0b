"""What a small parser often gets wrong around words of violence, put right by their neighbours.

Gerunds behind a preposition that are nouns ("wounded in shelling"), main verbs read as participles of their own
object ("the troops shelled positions"), possessors whose apostrophe was lost ("the regimes helicopter").
"""

from __future__ import annotations

from conflict_events.pipeline.frames.arguments import EFFECTS, SUFFERING
from conflict_events.pipeline.frames.forms import forms_of
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.frames.sharing import BLAME, CONTROL
from conflict_events.pipeline.syntax import Tree

REACH = 4  # tokens from an owner to what it owns: "the armys heavy artillery"
HOPS = 6
NOUNS = frozenset({"NOUN", "PROPN"})
# prepositions behind which a gerund without an object names what went on: "killed by shelling"
IN_ACTION = frozenset({"in", "by", "during", "amid", "from"})
# participles that describe what they stand before, also behind a noun: "rebel controlled towns", "a bomb laden car"
DESCRIBING = frozenset(
    """control hold run lead back base own link relate sponsor style fund arm train occupy besiege plant guide make build
    wound injure kill displace allege say leave""".split()
)
# parts of a noun phrase and of a participle after it, up which its head is reached from its last word
WITHIN = frozenset("compound flat conj nmod obl acl amod appos nummod nmod:poss nmod:desc".split())
# what follows a verb, whatever noun before it a parse hung it on
AFTER = frozenset("obl nmod advcl advmod punct conj cc parataxis acl acl:relcl obl:unmarked".split())
# lemmas of the words that the rules of arguments go by
_FORMS = forms_of(BLAME | CONTROL | EFFECTS | SUFFERING)


def repair(tree: Tree, ontology: Ontology) -> Tree:
    """The same tree with these mistakes put right."""
    for i, word in enumerate(tree.lower):
        if tree.pos[i] == "VERB" and word in _FORMS and tree.lemma[i] not in ontology.known:
            tree.lemma[i] = _FORMS[word]
    for i in range(1, len(tree)):
        if tree.tag[i] == "VBG" and tree.lower[i] in ontology.rows:
            _gerund(tree, i)
            if any("NOUN" in row.pos for row in ontology.rows[tree.lower[i]]):
                _subject(tree, i)
        elif tree.tag[i] in ("VBN", "VBD") and (tree.lemma[i] in ontology.known or tree.lower[i] in _FORMS):
            _main_verb(tree, i)
    _lost_apostrophes(tree, ontology)
    tree._left, tree._right = [], []
    return tree


def _gerund(tree: Tree, i: int) -> None:
    """Make ``i`` a noun after an article or a possessor, or after a preposition where it has no object."""
    before = tree.tag[i - 1] in ("POS", "PRP$", "DT")
    behind = (
        tree.role[i] == "advcl"
        and tree.lower[i - 1] in IN_ACTION
        and tree.head[i - 1] == i
        and tree.child(i, "obj", "nsubj", "ccomp", "xcomp", "obl:unmarked") is None
        and tree.lemma[tree.head[i]] in EFFECTS | SUFFERING
    )
    if not (before or behind):
        return
    tree.pos[i], tree.tag[i], tree.lemma[i] = "NOUN", "NN", tree.lower[i]
    for k in tree.children[i]:
        if tree.role[k] == "nsubj" and k < i:
            tree.role[k] = "nmod:poss"
        elif behind and k == i - 1:
            tree.role[k] = "case"
        elif behind and tree.role[k] == "obl":
            tree.role[k] = "nmod"
    if behind:
        tree.role[i] = "obl"


def _subject(tree: Tree, i: int) -> None:
    """Make ``i`` the subject that was taken for a participle of its doer: "rebel shelling | killed a farmer"."""
    doer = i - 1
    verb = tree.head[doer]
    if tree.head[i] != doer or tree.role[i] != "acl" or tree.role[doer] != "nsubj" or verb <= i:
        return
    if tree.child(i, "obj", "obl", "ccomp", "xcomp") is not None:
        return
    tree.pos[i], tree.tag[i], tree.lemma[i] = "NOUN", "NN", tree.lower[i]
    _hang(tree, i, verb, "nsubj")
    _hang(tree, doer, i, "compound")


def _main_verb(tree: Tree, i: int) -> None:
    """Make the participle ``i`` the verb between the noun before it and the one that it was hung on."""
    noun, last = tree.head[i], i - 1
    if (
        tree.role[i] != "amod"
        or noun < i
        or tree.lemma[i] in DESCRIBING
        or tree.pos[last] not in NOUNS
        or tree.pos[noun] not in NOUNS
    ):
        return
    told = tree.children[i]
    if not tree.text[i].islower() or tree.sent[last] != tree.sent[i] or any(tree.role[k] != "nsubj" for k in told):
        return
    subject = told[0] if told else _owner_of_place(tree, i) or _subject_before(tree, last, i)
    if subject is None:
        return
    above, role = tree.head[subject], tree.role[subject]
    if above == noun or above > i:
        above, role = tree.head[noun], tree.role[noun]
    if above in (noun, subject):
        above, role = i, "root"
    for k in [k for k in tree.children[noun] if k < i and k != subject and not told]:
        _hang(tree, k, subject, tree.role[k])
    for k in [k for k in tree.children[subject] if k > i and k != noun and tree.role[k] in AFTER]:
        _hang(tree, k, i, "obl" if tree.role[k] == "nmod" else tree.role[k])
    _hang(tree, i, above, role)
    _hang(tree, subject, i, "nsubj")
    _hang(tree, noun, i, "obj")
    tree.pos[i], tree.tag[i] = "VERB", "VBD"


def _owner_of_place(tree: Tree, verb: int) -> int | None:
    """The noun before a phrase of place that a parse ran into the verb's object: "students | in Lima hurled rocks"."""
    noun, last = tree.head[verb], verb - 1
    case = next((k for k in tree.children[noun] if k < verb and tree.role[k] == "case"), None)
    outer = tree.head[noun]
    if case is None or outer >= case or tree.pos[outer] not in NOUNS:
        return None
    for k in [k for k in tree.children[noun] if k < verb and k != last]:
        _hang(tree, k, last, tree.role[k])
    _hang(tree, last, outer, "nmod")
    return outer


def _subject_before(tree: Tree, last: int, verb: int) -> int | None:
    """The head of the noun phrase that ends at ``last``; None where that is no phrase of its own."""
    k = last
    for _ in range(HOPS):
        up = tree.head[k]
        if up == k or up >= verb or tree.role[k] not in WITHIN:
            break
        if tree.pos[up] not in NOUNS and tree.role[up] != "acl":
            return k if tree.role[k] == "conj" else None
        k = up
    return k if tree.pos[k] in NOUNS and not tree.preposition(k) else None


def _hang(tree: Tree, i: int, head: int, role: str) -> None:
    """Hang token ``i`` on ``head``; on itself where it is to be a root."""
    if tree.head[i] != i:
        tree.children[tree.head[i]].remove(i)
    tree.head[i], tree.role[i] = head, role
    if head != i:
        tree.children[head].append(i)
        tree.children[head].sort()


def _lost_apostrophes(tree: Tree, ontology: Ontology) -> None:
    """Possessors whose apostrophe was lost ("the regimes helicopter", "Assads air force") hung on what they own."""
    owners = ontology.words["force"] | ontology.words["rebel"] | ontology.words["government"]
    names = {tree.text[i] for i in range(len(tree)) if tree.pos[i] == "PROPN"}
    for i in range(len(tree) - 1):
        text, head = tree.text[i], tree.head[i]
        if not text.endswith("s") or text.endswith("ss") or tree.tag[i] not in ("NNS", "NNPS", "NNP", "JJ", "NN"):
            continue
        owner = tree.lower[i][:-1] in owners and tree.lower[i] not in owners
        if not (owner or text[:-1] in names):
            continue
        before_noun = tree.role[i] in ("compound", "amod", "nmod:poss") and i < head <= i + REACH
        beside = tree.role[i] == "nsubj" and tree.role[i + 1] == "nsubj" and tree.head[i + 1] == head
        if before_noun or beside:
            tree.role[i], tree.pos[i] = "nmod:poss", "PROPN" if text[:1].isupper() else "NOUN"
            tree.lemma[i] = tree.lower[i][:-1]
            if beside:
                tree.children[head].remove(i)
                tree.head[i] = i + 1
                tree.children[i + 1].insert(0, i)
