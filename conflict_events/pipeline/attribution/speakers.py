"""Who can speak, and which words name the speaker at a reporting verb: by the parse, and by what stands beside it."""

from __future__ import annotations

from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.syntax import Tree

# nouns that name a speaker
SPEAKERS = frozenset(
    """police official monitor army military ministry minister spokesman spokeswoman spokesperson witness group ngo
    observatory activist source media tv television agency report reports state government governor rescuer medic
    hospital doctor un u.n. nato watchdog commander general president mayor lawmaker resident local authority
    authorities defence defense rebel insurgent militant militia opposition coalition force forces troops organization
    organisation channel newspaper center centre council committee family relative survivor prosecutor investigator
    lawyer judge statement study document expert analyst director head chief leader radio company staff worker
    villager driver neighbor neighbour ambassador diplomat alliance movement party association reporter correspondent
    journalist soldier officer captain colonel lieutenant major sheriff secretary envoy tribesman elder""".split()
)
RELATIVES = frozenset({"who", "which", "that", "whom", "what", "where", "whose"})
PRONOUNS = frozenset("he she it they we i its his her their".split())
INSIDE_NAMES = frozenset("of in for at from on with to by".split())
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
# nouns and adverbs before a reporting verb that a parser may take for its subject
NO_SPEAKER = WEEKDAYS | frozenset(
    """meanwhile meantime elsewhere separately also earlier later there this what week month year night morning evening
    afternoon january february march april may june july august september october november december""".split()
)
SKIPPED = WEEKDAYS | frozenset("week month year night morning evening afternoon this last on late early".split())
PHRASE_STOPS = frozenset({",", ";", ":", "(", ")", "-", "–", "—", '"', "“", "”", "."})


def names_speaker(tree: Tree, i: int) -> bool:
    """Whether the token ``i`` names somebody who can speak: a known kind of speaker, or a named actor."""
    if tree.lower[i] in NO_SPEAKER:
        return False
    return (
        tree.lemma[i] in SPEAKERS or tree.lower[i] in SPEAKERS or tree.ent_type[i] in ("PERSON", "ORG", "GPE", "NORP")
    )


def is_nominal(tree: Tree, i: int) -> bool:
    low = tree.lower[i]
    return tree.pos[i] in ("NOUN", "PROPN", "PRON", "NUM", "X") or low in PRONOUNS or low in SPEAKERS


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
        stop = next(
            (m for m in range(left, right) if tree.text[m] in PHRASE_STOPS or tree.role[m].startswith("acl")), right
        )
        if stop == left:
            break
        end = stop
        if stop < right:
            break
    return start, end


def speaker(tree: Tree, verb: int) -> int | None:
    """The token that the parse gives as the one who utters ``verb``: its subject, or that of the clause above."""
    if tree.is_passive(verb):
        agent = tree.child(verb, "obl:agent")
        if agent is None:
            agent = next((k for k in tree.having(verb, "obl") if tree.preposition(k) == "by"), None)
        return agent
    subjects = [k for k in tree.having(verb, "nsubj", "nsubj:outer") if tree.lower[k] not in NO_SPEAKER]
    subject = subjects[-1] if subjects and subjects[-1] < verb else subjects[0] if subjects else None
    if subject is None and not tree.having(verb, "nsubj"):
        subject = tree.subject(verb)
    if subject is not None and tree.lower[subject] in RELATIVES:
        return tree.head[verb] if tree.role[verb].startswith("acl") else None
    if subject is not None:
        return None if tree.lower[subject] in NO_SPEAKER else subject
    role = tree.role[verb]
    if role.startswith("acl"):
        return tree.head[verb]
    if role in ("advcl", "xcomp", "ccomp", "conj", "dep", "obl", "parataxis") and tree.head[verb] != verb:
        up = tree.head[verb]
        above = tree.subject(up)
        if above is not None and tree.tag[verb] in ("VBG", "VBN", "VB") and tree.lower[above] not in NO_SPEAKER:
            return tree.head[up] if tree.lower[above] in RELATIVES and tree.role[up].startswith("acl") else above
    return None


def beside(tree: Tree, layout: Layout, verb: int) -> tuple[int, int] | None:
    """The noun phrase (tokens, end exclusive) that ends right before a finite verb, or starts right after it.

    Read from the words, not from the parse: texts whose commas were lost ("… were hit the group said") leave
    a parser no way to see the subject.
    """
    if tree.tag[verb] not in ("VBD", "VBZ", "VBP", "NNS", "VBN") or tree.is_passive(verb):
        return None
    left, right = layout.around(verb)
    k = verb - 1
    if k >= left and tree.text[k] == ",":
        k = _before_aside(tree, k, left)
    while k >= left and (tree.pos[k] in ("ADV", "AUX") or tree.lower[k] in SKIPPED):
        k -= 1
    if k >= left and is_nominal(tree, k) and tree.lower[k] not in RELATIVES:
        start = _run_before(tree, k, left)
        if tree.lower[start] in ("a", "an") and start > left and tree.pos[start - 1] == "PROPN":
            return _run_before(tree, start - 1, left), start
        return start, k + 1
    k = verb + 1
    if k < right and tree.lower[k] in WEEKDAYS:
        k += 1
    if k < right and (tree.pos[k] in ("DET", "PROPN", "NOUN") or tree.lower[k] in PRONOUNS):
        end = k + 1
        while (
            end < right and end < k + 9 and (is_nominal(tree, end) or tree.pos[end] == "ADJ" or tree.text[end] == "-")
        ):
            if tree.lower[end - 1] in PRONOUNS:
                break
            end += 1
        return (k, end) if is_nominal(tree, end - 1) and tree.pos[end - 1] != "NUM" else None
    return None


def _before_aside(tree: Tree, comma: int, left: int) -> int:
    """The token before an apposition or relative clause that ends at ``comma``; ``left - 1`` where none opens."""
    for k in range(comma - 1, max(left - 1, comma - 16), -1):
        if tree.text[k] == "," and k > left and is_nominal(tree, k - 1):
            return k - 1
    return left - 1


def _run_before(tree: Tree, k: int, left: int) -> int:
    """Where the noun phrase that ends at ``k`` starts: at its article, else at the first of its nouns."""
    if tree.lower[k] in PRONOUNS:
        return k
    start = k
    for m in range(k - 1, max(left - 1, k - 10), -1):
        if tree.lower[m] in ("the", "a", "an") or tree.tag[m] == "PRP$":
            return m
        if tree.lower[m] in RELATIVES or tree.lower[m] in NO_SPEAKER:
            break
        if not (is_nominal(tree, m) or tree.pos[m] == "ADJ" or tree.lower[m] in ("of", "for", "and", "in", "-")):
            break
        if is_nominal(tree, m) and m == start - 1:
            start = m
    return max(start, k - 1 if tree.lemma[k] in SPEAKERS else k - 3)


def top_noun(tree: Tree, k: int, left: int, right: int) -> int:
    """The noun over ``k`` inside the tokens ``left`` to ``right``."""
    for _ in range(6):
        up = tree.head[k]
        if not left <= up < right or not is_nominal(tree, up) or up == k:
            break
        k = up
    return k


def first_noun(tree: Tree, start: int, end: int) -> int | None:
    """The head of the first noun phrase among the tokens ``start`` to ``end``."""
    k = start
    while k < end and tree.pos[k] in ("DET", "ADJ", "ADP", "PUNCT", "ADV", "PART"):
        k += 1
    return top_noun(tree, k, start, end) if k < end and is_nominal(tree, k) else None


def rather_beside(tree: Tree, who: int, near: tuple[int, int], verb: int) -> bool:
    """Whether the noun beside the verb is the likelier speaker than ``who``, which the parse names."""
    head = near[1] - 1
    if near[0] <= who < near[1] or tree.is_passive(verb):
        return False
    start, end = phrase(tree, who)
    if start <= head < end or (near[1] < verb and end == near[0] and tree.lower[head] not in SPEAKERS):
        return False
    if tree.lower[head] in PRONOUNS:
        return near[1] <= verb
    close, far = names_speaker(tree, head), names_speaker(tree, who)
    if near[0] > verb:
        return close and tree.lower[who] not in PRONOUNS and (not far or not _meets(tree, end, verb))
    return close if not far else close and abs(who - verb) > 12


def _meets(tree: Tree, end: int, verb: int) -> bool:
    """Whether only adverbs, auxiliaries, days and commas stand between a phrase's ``end`` and ``verb``."""
    return end <= verb and all(
        tree.pos[k] in ("ADV", "AUX", "PUNCT") or tree.lower[k] in SKIPPED for k in range(end, verb)
    )
