"""The summary for a terminal, on the records that the gold of seeds/ describes."""

from dataclasses import replace

import pytest

from conflict_events.io.summary import WIDTH, summary
from conflict_events.records import LinkedReport, ReportWarning
from tests.handmade import extraction, incident, linked, seeds_linked


@pytest.fixture(scope="module")
def undated() -> str:
    return summary(seeds_linked())


def block(text: str, number: int) -> str:
    """The lines of the incident with that number."""
    return text.split(f"\n{number}. ")[1].split("\n\n")[0]


def test_first_line_counts_reports_and_incidents(undated: str) -> None:
    assert undated.splitlines()[0] == "5 reports on 2 main incidents, 2 more told as news, 6 earlier recalled"


def test_no_line_is_wider_than_the_terminal(undated: str) -> None:
    assert max(map(len, undated.splitlines())) <= WIDTH
    assert max(map(len, summary(seeds_linked(), width=72).splitlines())) <= 72


def test_update_shows_both_figures_with_their_claimant(undated: str) -> None:
    clashes = block(undated, 1)
    assert "Armenia's soldiers     at least 105  was at least 49: Armenia in agency-wire" in clashes
    assert "now at least 105: Armenia in explainer-desk" in clashes


def test_whole_is_the_sum_and_shows_what_it_replaced(undated: str) -> None:
    clashes = block(undated, 1)
    assert "both sides             at least 155  sum of the sides" in clashes
    assert "was almost 100: agency-wire" in clashes


def test_dispute_shows_each_side(undated: str) -> None:
    raid = block(undated, 2)
    assert "2 or 4      disputed:" in raid
    assert "four: Armenia in regional-paper" in raid
    assert "two: Armenia in regional-paper; world-brief" in raid


def test_copies_are_marked_and_do_not_count_as_sources(undated: str) -> None:
    assert "agency-wire and morning-daily (copies), explainer-desk; 2 independent sources" in block(undated, 1)


def test_vague_figure_is_quoted(undated: str) -> None:
    assert 'at least 3  "several": Armenia in regional-paper; world-brief' in block(undated, 2)


def test_relation_is_told_from_both_ends(undated: str) -> None:
    assert "retaliation for 3 (Fire on an Azerbaijani serviceman)" in block(undated, 2)
    assert "answered by 2 (Raid on a combat post near Nerkin Hand)" in block(undated, 3)


def test_denial_names_both_parties(undated: str) -> None:
    assert "as Azerbaijan says; Armenia denies it" in block(undated, 4)


def test_missing_date_is_said_and_the_words_are_quoted(undated: str) -> None:
    assert 'When        "Tuesday" or "Recently" (no report gives the date)' in block(undated, 1)


def test_known_date_is_written_out() -> None:
    assert "Tuesday 13 September 2022" in block(summary(seeds_linked(dated=True)), 1)


def test_background_is_one_line_each_and_never_numbered(undated: str) -> None:
    mentioned = undated.split("Also mentioned\n")[1]
    assert "2020            War of 2020: more than 6,600 killed (4 reports)" in mentioned
    assert "War of 2020" not in undated.split("Also mentioned")[0]


def test_color_only_adds_escapes() -> None:
    import re

    colored = summary(seeds_linked(), color=True)
    assert "\x1b[1m" in colored
    assert re.sub(r"\x1b\[\d+m", "", colored) == summary(seeds_linked())


def test_untrusted_titles_cannot_steer_the_terminal() -> None:
    found = linked((extraction("x", report="a"),), (incident("i", title="\x1b[2Jbad\u202e", reports=("a",)),))
    assert "\x1b" not in summary(found)


def test_reports_without_incident_and_warnings_are_listed() -> None:
    silent = replace(extraction("Bonjour", report="french"), warnings=(ReportWarning("CE102", "not English"),))
    text = summary(linked((silent,), (), reports=(LinkedReport("french", None, None),)))
    assert text.splitlines()[0] == "1 report, no incident told as news"
    assert "No incident found in french" in text
    assert "   french: CE102 not English" in text


def test_nothing_linked_is_said() -> None:
    assert summary(linked((), ())) == "0 reports, no incident told as news\n"
