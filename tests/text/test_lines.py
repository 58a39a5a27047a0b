"""Hard-wrapped lines are joined; headlines, lists and paragraphs stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.text.lines import join_wrapped_lines

WRAPPED = """The defence ministry said on Friday that at least nine soldiers
Colonel Traore had commanded were killed when a convoy hit a mine
Tuesday on the road to Gao, the largest town of the north, and that
the search for others was going on."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Two died\nin Goma.", "Two died in Goma.", id="small-letter"),
        pytest.param("Two died\r\nin Goma.", "Two died  in Goma.", id="crlf"),
        pytest.param(WRAPPED, WRAPPED.replace("\n", " "), id="one-width"),
        pytest.param("Raid kills two\nSoldiers fled.", "Raid kills two\nSoldiers fled.", id="headline"),
        pytest.param("Two died.\nin Goma", "Two died.\nin Goma", id="after-a-full-stop"),
        pytest.param("Two died\n\nin Goma", "Two died\n\nin Goma", id="paragraph"),
        pytest.param("", "", id="empty"),
    ],
)
def test_join_wrapped_lines(text: str, expected: str) -> None:
    assert join_wrapped_lines(text) == expected


@given(st.text(alphabet="aB. \n\r\t", max_size=80))
def test_join_wrapped_lines_keeps_length_and_letters(text: str) -> None:
    joined = join_wrapped_lines(text)
    assert len(joined) == len(text)
    assert joined.split() == text.split()
