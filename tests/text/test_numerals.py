"""The number grammar: every form of news English with the bounds that its words imply."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.text.measures import measure_of
from conflict_events.text.numerals import Quantity, find, find_in, qualified

UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spell(n: int, joint: str = " and ") -> str:
    """``n`` in words, written independently of the grammar under test."""
    if n < 20:
        return UNITS[n]
    if n < 100:
        return TENS[n // 10 - 2] + ("-" + UNITS[n % 10] if n % 10 else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            between = joint if rest and (size == 100 or rest < 100) else " "
            return f"{spell(n // size, joint)} {name}" + (between + spell(rest, joint) if rest else "")
    raise AssertionError(n)


def only(text: str) -> Quantity:
    found = find_in(text)
    assert len(found) == 1, found
    return found[0].quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("49", 49),
        ("6,600", 6600),
        ("1,234,567", 1234567),
        ("2,00,000", 200000),
        ("12'500", 12500),
        ("200 000", 200000),
        ("30k", 30000),
        ("twenty-two", 22),
        ("forty five", 45),
        ("one hundred and two", 102),
        ("twelve hundred", 1200),
        ("three hundred twenty one thousand", 321000),
        ("two lakh", 200000),
        ("1.5 crore", 15_000_000),
        ("2.5 million", 2_500_000),
        ("one and a half million", 1_500_000),
        ("a million and a half", 1_500_000),
        ("half a million", 500_000),
        ("a quarter of a million", 250_000),
        ("half a dozen", 6),
        ("half-a-dozen", 6),
        ("two dozen", 24),
        ("three dozens", 36),
        ("a dozen", 12),
        ("a couple of", 2),
        ("a pair of", 2),
        ("both", 2),
        ("a hundred", 100),
        ("half of the 40", 20),
        ("two-thirds of the 60", 40),
        ("a total of six", 6),
        ("a family of five", 5),
    ],
)
def test_exact_forms_have_equal_value_and_bounds(text: str, value: int) -> None:
    assert only(text) == Quantity(value, value, value, "exact")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at least 49", (49, 49, None, "at_least")),
        ("At least two dozen", (24, 24, None, "at_least")),
        ("no fewer than 12", (12, 12, None, "at_least")),
        ("50 or more", (50, 50, None, "at_least")),
        ("500+", (500, 500, None, "at_least")),
        ("more than 6,600", (6600, 6601, None, "more_than")),
        ("over three hundred", (300, 301, None, "more_than")),
        ("well over 100", (100, 101, None, "more_than")),
        ("more than a 1,000", (1000, 1001, None, "more_than")),
        ("some 49", (49, None, None, "about")),
        ("an estimated 70,000", (70000, None, None, "about")),
        ("around 15", (15, None, None, "about")),
        ("almost 100", (100, None, 100, "nearly")),
        ("close to half a million", (500000, None, 500000, "nearly")),
        ("up to 19", (19, None, 19, "at_most")),
        ("as many as 30", (30, None, 30, "at_most")),
        ("no more than 12", (12, None, 12, "at_most")),
        ("fewer than ten", (10, None, 9, "fewer_than")),
        ("an average of more than 40", (40, 41, None, "more_than")),
    ],
)
def test_qualifiers_set_the_bounds(text: str, expected: tuple[int, int | None, int | None, str]) -> None:
    assert tuple(only(text)) == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("20-25", 20, 25),
        ("20 to 25", 20, 25),
        ("between 20 and 30", 20, 30),
        ("between 15 to 20", 15, 20),
        ("two or three", 2, 3),
        ("2 to 3 million", 2_000_000, 3_000_000),
    ],
)
def test_ranges_have_bounds_and_no_value(text: str, low: int, high: int) -> None:
    assert only(text) == Quantity(None, low, high, "range")


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("several", 3),
        ("a few", 3),
        ("many", 3),
        ("numerous", 3),
        ("a number of", 3),
        ("a large number of", 3),
        ("an unspecified number of", 2),
        ("some of", 2),
        ("most of", 2),
        ("dozens of", 24),
        ("several dozen", 36),
        ("scores of", 40),
        ("hundreds", 200),
        ("a few hundred", 300),
        ("thousands of", 2000),
        ("tens of thousands of", 20000),
        ("hundreds of thousands", 200000),
        ("millions of", 2_000_000),
    ],
)
def test_vague_words_have_a_lower_bound_only(text: str, low: int) -> None:
    assert only(text) == Quantity(None, low, None, "vague")


@pytest.mark.parametrize("text", ["nobody", "no one", "none", "no"])
def test_words_for_nobody_are_zero_and_not_missing(text: str) -> None:
    assert only(text) == Quantity(0, 0, 0, "exact")


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a third soldier", ["a third"]),
        ("another 12", ["12"]),
        ("another soldier", ["another"]),
        ("a soldier and two boys", ["a", "two"]),
        ("three hundred more", ["three hundred"]),
        ("fell from 70 to 55", ["70", "55"]),
        ("sent over at least 40", ["at least 40"]),
        ("lost 3-0", ["3", "0"]),
    ],
)
def test_quantities_cover_the_words_that_say_them(text: str, spans: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_in(text)] == spans


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("5 million dollars", "money"),
        ("$ 300", "money"),
        ("95 percent of the people", "percent"),
        ("20 per cent", "percent"),
        ("a 19-year-old", "age"),
        ("aged 45", "age"),
        ("12 March", "date"),
        ("in 1994", "date"),
        ("70 kilometres", "distance"),
        ("8 months", "time"),
        ("30 hectares", "size"),
        ("12 tanks", "weapons"),
        ("3,500-strong", "troops"),
        ("three-member", "compound"),
        ("resolution 1701", "rank"),
    ],
)
def test_numbers_that_count_no_people_are_told_apart(text: str, measure: str) -> None:
    words = [w.lower() for w in text.replace("-", " - ").split()]
    found = [q for q in find(words) if q.form != "article"]
    assert measure_of(words, found[0]) == measure


@pytest.mark.parametrize("text", ["12 soldiers", "two children", "some 40 of them", "1,900 people"])
def test_counts_of_people_measure_nothing(text: str) -> None:
    words = text.lower().split()
    assert measure_of(words, find(words)[0]) is None


@given(st.integers(1, 10**12 - 1))
def test_grouped_digits_read_back(n: int) -> None:
    assert only(f"{n:,}").value == n


@given(st.integers(2, 10**10), st.sampled_from([" and ", " "]))
def test_numbers_in_words_read_back(n: int, joint: str) -> None:
    assert only(spell(n, joint)) == Quantity(n, n, n, "exact")


@given(st.integers(0, 10**9), st.sampled_from("exact at_least more_than about nearly at_most fewer_than".split()))
def test_bounds_never_cross(n: int, qualifier: str) -> None:
    q = qualified(n, qualifier)
    assert q.value == n
    assert q.low is None or q.high is None or q.low <= q.high


@given(st.text(max_size=200))
def test_any_text_gives_ordered_disjoint_spans(text: str) -> None:
    end = 0
    for q in find_in(text):
        assert end <= q.start < q.end <= len(text)
        assert q.quantity.low is None or q.quantity.low >= 0
        end = q.end
