"""The transformer pipeline: how its encoder reads words, and the shipped weights where they are installed."""

from importlib.metadata import distribution
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

pytest.importorskip("spacy_transformers")
en_conflict_trf = pytest.importorskip("en_conflict_trf")
pieces = pytest.importorskip("en_conflict_trf.pieces")

SIZE_LIMIT = 50_000_000


class SpellingTokenizer:
    """Stands in for the tokenizer of a transformer: one piece for each letter."""

    cls_token_id, sep_token_id, unk_token_id = 1, 2, 3

    def __init__(self) -> None:
        self.asked: list[str] = []

    def convert_tokens_to_ids(self, token: str) -> int:
        return {"[unused1]": 4, "[unused2]": 5}[token]

    def __call__(self, words: list[str], **options: bool) -> dict[str, list[list[int]]]:
        self.asked += words
        return {"input_ids": [[ord(letter) for letter in word if not letter.isspace()] for word in words]}


@pytest.mark.parametrize(
    ("word", "case"),
    [
        pytest.param("troops", pieces.LOWER, id="lower"),
        pytest.param("Kyiv", pieces.TITLE, id="name"),
        pytest.param("I", pieces.TITLE, id="one letter"),
        pytest.param("U.N.", pieces.UPPER, id="acronym with stops"),
        pytest.param("DEAD", pieces.UPPER, id="headline"),
        pytest.param("McCain", pieces.MIXED, id="capital inside"),
        pytest.param("al-Shabab", pieces.MIXED, id="capital after hyphen"),
        pytest.param("1,200", pieces.LOWER, id="number"),
        pytest.param("", pieces.LOWER, id="empty"),
    ],
)
def test_case_of_tells_kinds_of_capitals(word: str, case: int) -> None:
    assert pieces.case_of(word) == case


def test_piece_table_gives_every_word_a_piece() -> None:
    table = pieces.PieceTable(SpellingTokenizer())
    assert table(["ab", "\n\n", "  ", ""]) == [(97, 98), (4,), (5,), (3,)]


def test_piece_table_asks_for_each_word_once() -> None:
    tokenizer = SpellingTokenizer()
    table = pieces.PieceTable(tokenizer)
    table(["two", "men", "two"])
    table(["men"])
    assert tokenizer.asked == ["two", "men"]


def test_piece_table_bounds_the_pieces_of_a_word() -> None:
    [ids] = pieces.PieceTable(SpellingTokenizer())(["x" * 1000])
    assert len(ids) == pieces.MAX_PIECES_PER_WORD


@given(st.lists(st.integers(1, 12), max_size=60), st.integers(12, 40))
def test_cut_holds_every_piece_once_in_windows_of_bounded_size(lengths: list[int], size: int) -> None:
    words = ["." if n % 5 == 0 else "word" for n in lengths]
    table = [tuple(range(n)) for n in lengths]
    windows = list(pieces.cut(words, table, offset=7, size=size))
    assert [i for window in windows for i in window.ids] == [i for ids in table for i in ids]
    assert all(0 < len(window) <= size for window in windows)
    assert [window.offset for window in windows] == [7 + sum(map(len, windows[:n])) for n in range(len(windows))]


def test_cut_prefers_the_end_of_a_sentence() -> None:
    words = ["They", "fled", "the", "town", "on", "foot", ".", "Nobody", "was", "hurt"]
    windows = list(pieces.cut(words, [(1,)] * len(words), offset=0, size=9))
    assert [len(window) for window in windows] == [7, 3]


@given(st.lists(st.integers(1, 100), min_size=1, max_size=50))
def test_batches_hold_every_window_once_within_the_limit(lengths: list[int]) -> None:
    windows = [pieces.Window([0] * n, [0] * n, n) for n in lengths]
    found = list(pieces.batches(windows, max_items=200))
    assert sorted(len(window) for batch in found for window in batch) == sorted(lengths)
    assert all(max(map(len, batch)) * len(batch) <= 200 for batch in found)


def test_encoder_refuses_a_precision_it_does_not_know() -> None:
    encoder = pytest.importorskip("en_conflict_trf.encoder")
    with pytest.raises(ValueError, match=r"float16.*bfloat16"):
        encoder.make_encoder("anywhere", precision="float16")


@pytest.fixture(scope="module")
def model() -> Language:
    if not spacy.util.is_package("en_conflict_trf") or not list(
        Path(en_conflict_trf.__file__).parent.glob("*/config.cfg")
    ):
        pytest.skip("the weights of en_conflict_trf are not installed")
    return spacy.load("en_conflict_trf")


def test_model_version_is_that_of_its_distribution(model: Language) -> None:
    assert en_conflict_trf.__version__ == distribution("en_conflict_trf").version == model.meta["version"]


def test_model_components_listen_to_one_transformer(model: Language) -> None:
    assert model.pipe_names == [
        "paragraphs_trf",
        "transformer",
        "tagger",
        "morphologizer",
        "lemmatizer",
        "parser",
        "ner",
    ]
    listening = model.get_pipe("transformer").listening_components  # type: ignore[attr-defined]
    assert listening == ["tagger", "morphologizer", "lemmatizer", "parser", "ner"]


def test_model_stays_under_its_size() -> None:
    folder = Path(en_conflict_trf.__file__).parent
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < SIZE_LIMIT


def test_model_reads_who_did_what_to_whom(model: Language) -> None:
    doc = model("Four civilians were wounded by soldiers in Kherson on Tuesday.")
    relations = {token.text: (token.dep_, token.head.text) for token in doc}
    assert relations["civilians"] == ("nsubj:pass", "wounded")
    assert relations["soldiers"] == ("obl:agent", "wounded")
    assert [(ent.text, ent.label_) for ent in doc.ents if ent.label_ == "GPE"] == [("Kherson", "GPE")]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\u200b", "?!", "a" * 5000, "no " * 3000], ids=lambda t: repr(t)[:12]
)
def test_model_reads_odd_texts(model: Language, text: str) -> None:
    assert model(text).text == text


def test_model_answers_do_not_depend_on_the_company_of_a_text(model: Language) -> None:
    texts = ["Rebels shelled the town.", "The minister, who arrived on Monday, denied it. " * 30, "", "Three died."]
    together = [[(t.dep_, t.tag_) for t in doc] for doc in model.pipe(texts)]
    assert together == [[(t.dep_, t.tag_) for t in model(text)] for text in texts]


@pytest.mark.usefixtures("model")
def test_model_precision_follows_the_config() -> None:
    vectors = []
    for precision in ("float32", "bfloat16"):
        nlp = spacy.load("en_conflict_trf", config={"components.transformer.model.precision": precision})
        vectors.append(nlp("The army shelled Donetsk.")._.trf_data.model_output.last_hidden_state)
    first, second = vectors
    assert abs(first - second).max() > 0
    cosine = (first * second).sum(1) / ((first**2).sum(1) * (second**2).sum(1)) ** 0.5
    assert cosine.min() > 0.99


def test_model_docs_survive_docbin(model: Language) -> None:
    doc = model("The army shelled Donetsk.")
    [back] = DocBin(docs=[doc]).get_docs(model.vocab)
    assert isinstance(back, Doc)
    assert [t.dep_ for t in back] == [t.dep_ for t in doc]


def test_a_blank_line_starts_a_sentence(model: Language) -> None:
    doc = model("Rain over the hills\n\nTwo shepherds were found alive\non Monday.")
    assert [sent.text.split()[0] for sent in doc.sents] == ["Rain", "Two"]


def test_weights_of_eight_bits_change_little_and_are_never_saved(model: Language, tmp_path: Path) -> None:
    settings = {"components": {"transformer": {"model": {"precision": "int8"}}}}
    small = spacy.load("en_conflict_trf", config=settings)
    text = "Gunmen killed at least six farmers near Kandahar on Friday, police said."
    ours, theirs = small(text), model(text)
    assert [t.dep_ for t in ours] == [t.dep_ for t in theirs]
    vectors = [doc._.trf_data.model_output.last_hidden_state for doc in (ours, theirs)]
    assert 0.005 < abs(vectors[0] - vectors[1]).mean() < 0.5
    small.to_disk(tmp_path)
    again = spacy.load(tmp_path, config={"components": {"transformer": {"model": {"precision": "float32"}}}})
    assert abs(again(text)._.trf_data.model_output.last_hidden_state - vectors[1]).max() < 0.1
