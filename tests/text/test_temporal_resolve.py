"""The days that time expressions mean: by the report's date, by what was told before, or not at all."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.records import DateAnchor, DatePrecision
from conflict_events.text.temporal import Interval, ResolvedDate, read_dates

TUESDAY = Interval.from_iso("2022-09-13", "2022-09-13")
FEBRUARY = Interval.from_iso("2024-02-14", "2024-02-14")


def dates(text: str, published: Interval | None = None, **kwargs: object) -> dict[str, ResolvedDate]:
    return {text[d.start : d.end]: d for d in read_dates(text, published=published, **kwargs).dates}  # type: ignore[arg-type]


def days(date: ResolvedDate) -> str | None:
    """ "2022-09-13" for a day, "2022-09-01/2022-09-30" for more, None where unanchored."""
    if date.days is None:
        return None
    start, end = date.days.iso()
    return start if start == end else f"{start}/{end}"


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Fighting erupted on Tuesday.", TUESDAY, "2022-09-13"),
        ("A guard was shot late on Monday.", TUESDAY, "2022-09-12"),
        ("The council meets behind closed doors and will vote on Friday.", TUESDAY, "2022-09-16"),
        ("They fled last Tuesday.", TUESDAY, "2022-09-06"),
        ("They return next Tuesday.", TUESDAY, "2022-09-20"),
        ("They return this coming Friday.", TUESDAY, "2022-09-16"),
        ("It was on Monday of last week.", TUESDAY, "2022-09-05"),
        ("The convoy left yesterday.", TUESDAY, "2022-09-12"),
        ("The clinic was hit last night.", TUESDAY, "2022-09-12"),
        ("Drones flew overnight.", TUESDAY, "2022-09-12/2022-09-13"),
        ("They fought over the weekend.", TUESDAY, "2022-09-10/2022-09-11"),
        ("Five died last week.", TUESDAY, "2022-09-05/2022-09-11"),
        ("A raid three days ago failed.", TUESDAY, "2022-09-10"),
        ("Two officers fell in the past three days.", TUESDAY, "2022-09-10/2022-09-13"),
        ("The enclave was retaken last September.", FEBRUARY, "2023-09-01/2023-09-30"),
        ("Talks began last year.", FEBRUARY, "2023-01-01/2023-12-31"),
        ("The army advanced last autumn.", FEBRUARY, "2023-09-01/2023-11-30"),
        ("The mine was laid in November.", FEBRUARY, "2023-11-01/2023-11-30"),
        ("A truce was signed on January 9.", FEBRUARY, "2024-01-09"),
        ("The trial will open on March 3.", FEBRUARY, "2024-03-03"),
        ("Nobody moved on Christmas Eve.", FEBRUARY, "2023-12-24"),
        ("On Easter Sunday 2016 bombs killed 25.", FEBRUARY, "2016-03-27"),
        ("On Christmas 2000 people fled.", FEBRUARY, "2023-12-25"),
        ("On Good Friday 2016 the shelling stopped.", FEBRUARY, "2016-03-25"),
        ("It will end in two weeks.", TUESDAY, "2022-09-26/2022-10-02"),
        ("A day after Monday's raid, help came.", TUESDAY, "2022-09-13"),
        ("They left at the end of the year.", FEBRUARY, "2024-01-01/2024-12-31"),
    ],
)
def test_read_dates_counts_from_the_publication_date(text: str, published: Interval, expected: str) -> None:
    date = next(iter(dates(text, published).values()))
    assert (days(date), date.anchor) == (expected, "explicit" if "2016" in text else "published")


@pytest.mark.parametrize(
    ("text", "expected", "precision", "timex"),
    [
        ("In 1988 it began.", "1988-01-01/1988-12-31", "year", "1988"),
        ("Since the 1990s they quarrel.", "1990-01-01/1999-12-31", "decade", "199"),
        ("In the 19th century it was a fort.", "1800-01-01/1899-12-31", "century", "18"),
        ("In the winter of 2003 it froze.", "2003-12-01/2004-02-29", "season", "2003-WI"),
        ("In the second half of 2008 it eased.", "2008-07-01/2008-12-31", "range", "2008-H2"),
        ("In the third quarter of 2010 it rose.", "2010-07-01/2010-09-30", "quarter", "2010-Q3"),
        ("On 9 November 2020 it ended.", "2020-11-09", "day", "2020-11-09"),
        ("On the evening of 9 November 2020 it ended.", "2020-11-09", "time", "2020-11-09TEV"),
        ("In the first week of May 2004 it rained.", "2004-05-01/2004-05-07", "week", "2004-W18"),
        ("In 480 BC they met.", None, "era", "BC0480"),
        ("On 31 June 2004 nothing happened.", None, "day", None),
    ],
)
def test_read_dates_gives_precision_and_timex(
    text: str, expected: str | None, precision: str, timex: str | None
) -> None:
    date = next(iter(dates(text).values()))
    assert (days(date), date.precision, date.timex) == (expected, precision, timex)


def test_read_dates_follows_the_story() -> None:
    text = "On 27 September 2020 the army crossed the river. Two days later the town fell. The next month a truce held."
    found = dates(text)
    assert days(found["Two days later"]) == "2020-09-29"
    assert days(found["The next month"]) == "2020-10-01/2020-10-31"
    assert found["Two days later"].anchor == "previous"


HISTORY = """The siege

On 3 May 1921 the column left the coast. In June 1921 it reached the hills, and on 14 July it stood before the fort.
In November the first snow fell. In January the fort surrendered.

1923

Peace came on 2 March. That year the harvest failed, and in the spring of 1924 people left. In April they came back.
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("14 July", "1921-07-14"),
        ("November", "1921-11-01/1921-11-30"),
        ("January", "1922-01-01/1922-01-31"),
        ("2 March", "1923-03-02"),
        ("That year", "1923-01-01/1923-12-31"),
        ("April", "1924-04-01/1924-04-30"),
    ],
)
def test_read_dates_takes_years_in_a_history_from_the_story(expression: str, expected: str) -> None:
    read = read_dates(HISTORY, published=FEBRUARY)
    assert read.narrative
    date = next(d for d in read.dates if HISTORY[d.start : d.end] == expression)
    assert (days(date), date.anchor) == (expected, "previous")


def test_read_dates_shares_the_year_of_a_list() -> None:
    found = dates("Raids on 5 May, 9 June and 12 July 1950 failed.")
    assert [days(d) for d in found.values()] == ["1950-05-05", "1950-06-09", "1950-07-12"]


def test_read_dates_adds_the_whole_of_a_range_of_days() -> None:
    found = dates("The fighting of 12-13 September 2022 was short.")
    assert days(found["12-13 September 2022"]) == "2022-09-12/2022-09-13"
    assert found["12-13 September 2022"].precision == "range"
    assert days(found["13 September 2022"]) == "2022-09-13"
    assert "12-13 September 2022" not in dates("The fighting of 12-13 September 2022 was short.", ranges="none")
    assert days(dates("From May 2003 to 2006 he hid.", ranges="all")["May 2003 to 2006"]) == "2003-05-01/2006-12-31"


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("The post was raided on Tuesday.", "XXXX-WXX-2"),
        ("They met on September 17.", "XXXX-09-17"),
        ("They met in the summer.", "XXXX-SU"),
        ("They met yesterday.", None),
        ("They met last year.", None),
        ("They met two days later.", None),
    ],
)
def test_read_dates_invents_nothing_without_a_publication_date(text: str, timex: str | None) -> None:
    (date,) = dates(text).values()
    assert (date.days, date.anchor, date.timex) == (None, "unanchored", timex)


def test_read_dates_chains_weekdays_of_an_unknown_week() -> None:
    found = dates("The post was raided on Tuesday. A provocation the previous day was named as the reason.")
    assert found["the previous day"].timex == "XXXX-WXX-1"


def test_read_dates_resolves_what_all_days_of_an_interval_agree_on() -> None:
    found = dates("They came last year and on Monday.", Interval.from_iso("2024-02-10", "2024-02-20"))
    assert days(found["last year"]) == "2023-01-01/2023-12-31"
    assert found["Monday"].days is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        pytest.param("Thu Sep 5 2013\nA convoy was hit on Wednesday.", "2013-09-05", "2013-09-05", id="date line"),
        pytest.param("GORIS, June 3, 2021 - A patrol was fired on.", "2021-06-03", "2021-06-03", id="dateline"),
        pytest.param("Published: 14 March 2018\nA market was hit.", "2018-03-14", "2018-03-14", id="label"),
        pytest.param(
            "Ferry sinks off Lamu by Omar Diallo Tuesday 8 Nov 2011 A ferry sank.",
            "2011-11-08",
            "2011-11-08",
            id="byline",
        ),
        pytest.param("Last updated at Feb 172012 A ferry sank.", "2012-02-17", "2012-02-17", id="comma lost"),
        pytest.param(
            "Dockers end strike Tanga News 04-11-2014 0930 AM The crews went back.",
            "2014-11-04",
            "2014-11-04",
            id="stamp",
        ),
        pytest.param("Jets hit the town of Salma on Friday, 3 June 2016.", "2016-06-03", None, id="no stamp"),
        pytest.param("The town was retaken in September 2023, and war began in 2020.", "2023-09-01", None, id="bound"),
    ],
)
def test_read_dates_learns_the_report_date_from_the_text(text: str, start: str, end: str | None) -> None:
    report = read_dates(text).report
    assert report is not None
    assert report.iso() == (start, end)


def test_read_dates_bounds_the_report_date_by_what_is_to_come() -> None:
    text = "The town was retaken in September 2023. The mandate runs until 2030. A vote will be held on 5 June 2024."
    report = read_dates(text).report
    assert report is not None
    assert report.iso() == ("2023-09-01", "2024-06-05")


def test_read_dates_counts_from_a_report_date_in_the_text() -> None:
    assert days(dates("Thu Sep 5 2013\nA convoy was hit on Wednesday.")["Wednesday"]) == "2013-09-04"


@pytest.mark.parametrize(
    ("text", "expression", "expected"),
    [
        ("The war of autumn 2020 ended on 9-10 November.", "9-10 November", "2020-11-09/2020-11-10"),
        ("They fired overnight into Tuesday.", "overnight", "2022-09-12/2022-09-13"),
        ("It hit at 3:40 p.m. local time (1240 GMT) on Sunday.", "3:40 p.m.", "2022-09-11"),
        ("On 12, 13 and 14 August they fought.", "12", "2022-08-12"),
        ("On the 3rd of August they fought, and again on the 5th.", "the 5th", "2022-08-05"),
        ("It was told on Tuesday evening, Aug 30 2022.", "Tuesday evening, Aug 30 2022", "2022-08-30"),
        ("Five died in the past 24 hours.", "the past 24 hours", "2022-09-12/2022-09-13"),
        ("The council is to hold closed talks on Wednesday.", "Wednesday", "2022-09-14"),
        ("The vote is on November 2.", "November 2", "2022-11-02"),
        ("The town fell in November.", "November", "2021-11-01/2021-11-30"),
        ("The hearing of Wednesday, March 17 was closed.", "Wednesday, March 17", "2021-03-17"),
        ("A raid on Monday came hours before dawn.", "hours before dawn", "2022-09-12"),
    ],
)
def test_read_dates_reads_what_stands_beside(text: str, expression: str, expected: str) -> None:
    assert days(dates(text, TUESDAY)[expression]) == expected


def test_read_dates_lets_a_bracketed_weekday_win() -> None:
    found = dates('"What they did yesterday (Monday) was answered," it said.', FEBRUARY)
    assert days(found["yesterday"]) == "2024-02-12"
    assert dates("What they did yesterday (Monday) was answered.")["yesterday"].timex == "XXXX-WXX-1"


@pytest.mark.parametrize(
    "piece", ["overnight into ", "a day after the ", "10 p.m. on ", "yesterday (", "5 May and ", "the same day "]
)
def test_read_dates_takes_long_chains(piece: str) -> None:
    assert read_dates(piece * 3000, published=TUESDAY, ranges="all").dates is not None


def test_read_dates_knows_no_report_date_where_the_text_has_none() -> None:
    assert read_dates("Two guards were hurt on Tuesday.").report is None


def test_read_dates_says_what_lasted_throughout() -> None:
    found = dates("Throughout 2008 it was calm; in 2009 it was not.")
    assert (found["2008"].extent, found["2009"].extent) == ("throughout", "within")


PIECES = st.sampled_from(
    "In On 5 May 1999 Tuesday last next two days later . the end of that year 9999 0001 31 June winter century BC ago previous"
    " hours fortnight a few weekend quarter half first minutes after midnight overnight 12 - 14 the 13th \n\n following past 300000 years 10 p.m. Easter 1000".split(
        " "
    )
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join), st.one_of(st.none(), st.dates()), st.booleans())
def test_read_dates_never_raises_and_orders_its_days(text: str, published: object, narrative: bool) -> None:
    report = Interval(published, published) if published is not None else None  # type: ignore[arg-type]
    for date in read_dates(text, published=report, narrative=narrative, ranges="all").dates:
        assert 0 <= date.start < date.end <= len(text)
        assert date.precision in get_args(DatePrecision)
        assert date.anchor in get_args(DateAnchor)
        if date.days is not None:
            assert date.days.start is not None
            assert date.days.end is not None
            assert date.days.start <= date.days.end
        assert (date.anchor == "unanchored") <= (date.days is None)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("The raid came on Tuesday the 6th.", FEBRUARY, "2024-02-06"),
        ("They will meet on Friday the 23rd.", FEBRUARY, "2024-02-23"),
        ("A shepherd was shot on the 3rd.", FEBRUARY, "2024-02-03"),
        ("A shepherd was shot on the 20th.", FEBRUARY, "2024-01-20"),
        ("They fled in the first week of 2015.", FEBRUARY, "2015-01-01/2015-01-07"),
        ("It was the week beginning on 5 February.", FEBRUARY, "2024-02-05/2024-02-11"),
        ("Incidents fell in Q3 2022.", FEBRUARY, "2022-07-01/2022-09-30"),
        ("Incidents fell in 2022 Q3.", FEBRUARY, "2022-07-01/2022-09-30"),
    ],
)
def test_read_dates_knows_days_of_the_month_weeks_and_quarters(text: str, published: Interval, expected: str) -> None:
    [found] = dates(text, published).values()
    assert days(found) == expected


@pytest.mark.parametrize(
    "text", ["On Tuesday the 7th Brigade advanced.", "On Tuesday, 13th Brigade fell.", "Tuesday the first shells fell."]
)
def test_read_dates_takes_no_number_of_a_unit_for_a_day(text: str) -> None:
    assert [t for t in dates(text, FEBRUARY) if "Tuesday" in t] == ["Tuesday"]


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("Signed on 03/04/2012.", "DMY", "2012-04-03"),
        ("Signed on 03/04/2012.", "MDY", "2012-03-04"),
        ("Signed on 03/04/2012, broken on 25/05/2012.", "MDY", "2012-04-03"),
        ("Signed on 03/04/2012, broken on 05/25/2012.", "DMY", "2012-03-04"),
        ("Signed on 03/04/2012, not on 05/25/2012 or 25/05/2012.", "MDY", "2012-03-04"),
    ],
)
def test_read_dates_reads_numeric_dates_in_the_order_that_the_text_shows(text: str, order: str, expected: str) -> None:
    assert days(dates(text, numeric_order=order)["03/04/2012"]) == expected
