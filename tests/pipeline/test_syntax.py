"""One tree for both label schemes."""

from collections.abc import Callable

from spacy.tokens import Doc

from conflict_events.pipeline.syntax import Tree

PASSIVE_UD = """
Four 1 nummod NUM
soldiers 3 nsubj:pass NOUN
were 3 aux:pass AUX
killed 3 ROOT VERB VBN kill
by 5 case ADP
rebels 3 obl:agent NOUN
near 7 case ADP
Goris 3 obl PROPN
"""
PASSIVE_CLEAR = """
Four 1 nummod NUM
soldiers 3 nsubjpass NOUN
were 3 auxpass AUX
killed 3 ROOT VERB VBN kill
by 3 agent ADP
rebels 4 pobj NOUN
near 3 prep ADP
Goris 6 pobj PROPN
"""


def test_both_schemes_give_the_same_passive(parsed: Callable[..., Doc]) -> None:
    ours, clear = Tree(parsed(PASSIVE_UD)), Tree(parsed(PASSIVE_CLEAR))
    assert clear.role == ours.role
    assert clear.head == ours.head
    assert clear.is_passive(3)
    assert clear.preposition(7) == "near"


def test_copula_of_the_clear_scheme_becomes_a_dependent(parsed: Callable[..., Doc]) -> None:
    tree = Tree(
        parsed("""
            Two 1 nummod NUM
            victims 2 nsubj NOUN
            were 2 ROOT AUX VBD be
            children 2 attr NOUN
        """)
    )
    assert tree.head == [1, 3, 3, 3]
    assert tree.role[2:] == ["cop", "root"]


def test_conjuncts_of_the_clear_scheme_hang_on_the_first(parsed: Callable[..., Doc]) -> None:
    tree = Tree(
        parsed("""
            shot 0 ROOT VERB
            men 0 dobj NOUN
            women 1 conj NOUN
            and 2 cc CCONJ
            children 2 conj NOUN
        """)
    )
    assert tree.head[4] == 1
    assert tree.role[1] == "obj"


def test_noun_phrase_leaves_prepositional_modifiers_out(parsed: Callable[..., Doc]) -> None:
    tree = Tree(
        parsed("""
            The 3 det DET
            two 3 nummod NUM
            wounded 3 amod ADJ
            soldiers 6 nsubj NOUN
            of 5 case ADP
            Mali 3 nmod PROPN
            fled 6 ROOT VERB
        """)
    )
    assert tree.noun_phrase(3) == (0, 4)
    assert tree.edges(3) == (0, 6)


def test_subject_of_a_coordinated_verb_is_that_of_the_first(parsed: Callable[..., Doc]) -> None:
    tree = Tree(
        parsed("""
            Rebels 1 nsubj NOUN
            attacked 1 ROOT VERB
            and 3 cc CCONJ
            withdrew 1 conj VERB
        """)
    )
    assert tree.subject(3) == 0


def test_tree_of_an_empty_text_is_empty(vocab: object) -> None:
    assert len(Tree(Doc(vocab, words=[]))) == 0  # type: ignore[arg-type]


def test_tree_of_an_unparsed_text_is_flat(vocab: object) -> None:
    tree = Tree(Doc(vocab, words=["Two", "died"]))  # type: ignore[arg-type]
    assert tree.head == [0, 1]
    assert tree.sents == [(0, 2)]
