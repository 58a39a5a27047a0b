"""Which stretches of a sentence are time expressions, and which only look like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.text.temporal import find_expressions
from conflict_events.text.temporal.absolute import parse_numeric


def spans(text: str) -> list[str]:
    return [text[e.start : e.end] for e in find_expressions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 4 March 2019 the bridge was mined.", ["4 March 2019"]),
        ("On March 4th, 2019, the bridge was mined.", ["March 4th, 2019"]),
        ("The envoy flew in on Nov. 9, 2020, from Tbilisi.", ["Nov. 9, 2020"]),
        ("The order is dated the 3rd of June 1944.", ["the 3rd of June 1944"]),
        ("Thu Sep 5 2013\nA convoy was hit.", ["Thu Sep 5 2013"]),
        ("Issued 05-Aug-2016 in Geneva.", ["05-Aug-2016"]),
        ("The village fell in February of 1942.", ["February of 1942"]),
        ("By the end of May the pass was open.", ["the end of May"]),
        ("In mid-September and in late 1951 they withdrew.", ["mid-September", "late 1951"]),
        ("It broke out early in 1862.", ["early in 1862"]),
        ("In the spring of 2004 and last autumn they met.", ["the spring of 2004", "last autumn"]),
        ("Since the late 1980s, and the '90s above all, it grew.", ["the late 1980s", "the '90s"]),
        ("In the early 21st century the border was closed.", ["the early 21st century"]),
        ("In the second half of 2008 raids were rare.", ["the second half of 2008"]),
        ("Later that month and in August of that year they came back.", ["Later that month", "August of that year"]),
        ("Fire was exchanged late on Monday and early Tuesday.", ["late on Monday", "early Tuesday"]),
        ("The depot burned on Tuesday night.", ["Tuesday night"]),
        ("They marched on the night of April 18, 1775.", ["the night of April 18, 1775"]),
        ("It started minutes after midnight, at 10:30 p.m. GMT it ended.", ["minutes after midnight", "10:30 p.m. GMT"]),
        ("Yesterday (Monday) one guard was hurt.", ["Yesterday", "Monday"]),
        ("Two days later, and again the next morning, they fired.", ["Two days later", "the next morning"]),
        ("He was held over a year earlier.", ["over a year earlier"]),
        ("He left three days ago; she came a week earlier.", ["three days ago", "a week earlier"]),
        ("They fought over the weekend and the same day.", ["the weekend", "the same day"]),
        ("It was quiet on New Year's Eve and at Christmas 2007.", ["New Year's Eve", "Christmas 2007"]),
        ("The reign began in 480 BC.", ["480 BC"]),
        ("Talks in 1995-96 failed.", ["1995", "96"]),
        ("On 12-14 July 1950 the line held.", ["12", "14 July 1950"]),
        ("On May 6 and 7th the fort fell.", ["May 6", "7th"]),
        ("Between 2003 and 2006 he hid.", ["2003", "2006"]),
        ("Two days after the siege of the fort began, help came.", ["Two days after the siege of the fort began"]),
        ("A day after Monday's raid, help came.", ["A day after", "Monday"]),
        ("Dated 2022-09-13 and 13/09/2022.", ["2022-09-13", "13/09/2022"]),
        ("In June, 15 people fled; in May 12 soldiers died.", ["June", "May"]),
    ],
)  # fmt: skip
def test_find_expressions_marks_the_whole_expression(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The clashes left 1,991 people homeless.",
        "About 2000 troops and 1500 soldiers were sent.",
        "Resolution 1701 and Flight 1549 were named.",
        "It lies 1200 km away, 2000 metres up.",
        "He was shot in the 1500 block of Elm Street.",
        "They fought for two days, after 30 years of peace.",
        "It may rain, and they march with the Golden Dawn.",
        "Bloody Sunday was recalled; the Sunday Times wrote.",
        "The fall of the city came as a shock.",
        "They patrol every Friday.",
        "Call 138-2010-2015 or use the T-1955.",
        "A second man was hit in the third house.",
        "New posts spring up where the springs are dry.",
        "A score of 3:10 and the verse 1:15 say nothing.",
        "About 1,700 ships in 20 ports.",
    ],
)
def test_find_expressions_passes_over_numbers_and_durations(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(
    ("text", "order", "parts"),
    [
        pytest.param("03/04/2012", "DMY", (2012, 4, 3), id="day first by default"),
        pytest.param("03/04/2012", "MDY", (2012, 3, 4), id="month first if told"),
        pytest.param("09/13/2022", "DMY", (2022, 9, 13), id="13 is no month"),
        pytest.param("13.09.2022", "MDY", (2022, 9, 13), id="dots"),
        pytest.param("2022/9/3", "DMY", (2022, 9, 3), id="year first"),
        pytest.param("31/02/2012", "DMY", None, id="no such day"),
        pytest.param("00/00/2012", "DMY", None, id="zeros"),
    ],
)
def test_parse_numeric_reads_whole_dates_only(text: str, order: str, parts: tuple[int, int, int] | None) -> None:
    assert parse_numeric(text, order) == parts


PIECES = st.sampled_from(
    "the end of May March 12 1999 Tuesday last next two days later ago after - , / ( ) . 's 31 30th century BC 10:30 p.m."
    " early mid weekend year month that same few dozen \n\n 99 2012-13-45 '90s Christmas overnight between and to 0000 a of in".split(
        " "
    )
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join)))
def test_find_expressions_never_raises_and_stays_in_the_text(text: str) -> None:
    at = 0
    for e in find_expressions(text):
        assert at <= e.start < e.end <= len(text)
        assert text[e.start : e.end].strip() == text[e.start : e.end]
        at = e.end


@pytest.mark.parametrize(
    "piece",
    ["the ", "1 ", "May ", "early ", "two days ", "12-", "that same ", "last ", "2000-", "9:59 ", "the end of "],
)
def test_find_expressions_takes_time_in_proportion_to_the_text(piece: str) -> None:
    def cost(times: int) -> float:
        spent = []
        for _ in range(3):
            begin = time.process_time()
            find_expressions(piece * times)
            spent.append(time.process_time() - begin)
        return min(spent)

    assert cost(4_000) < 8 * cost(1_000)
