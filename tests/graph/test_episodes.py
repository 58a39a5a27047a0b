"""What is one incident inside a report: each sentence of the contract's paragraph on hand-made events."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conflict_events.graph.episodes import Episode, episodes_of, sides_of
from conflict_events.records import DateMention, Event, Extraction, Relation
from tests.graph.hand import actor, day, event, extraction, figure, place, weekday, work

VILLAGE = place("Hilltop", 39.0, 46.5, "AM")
NEXT_VILLAGE = place("Lowfield", 39.05, 46.52, "AM")
FAR_TOWN = place("Rivertown", 41.0, 45.6, "AZ")
COUNTRY = place("Armenia", 40.0, 45.0, "AM", "country")
BOTH = {"agents": (actor("ARM"),), "targets": (actor("AZE"),)}


def groups(*events: Event, main: str | None = "r/e1", relations: tuple[Relation, ...] = ()) -> list[set[str]]:
    found = episodes_of(extraction("r", events, main=main, relations=relations))
    return [{e.id.removeprefix("r/") for e in episode.events} for episode in found]


def test_shelling_drones_and_ground_fighting_of_one_spell_are_its_events() -> None:
    assert groups(
        event("r/e1", place=VILLAGE, date=day("2021-05-04"), **BOTH),
        event("r/e2", "shelling_artillery_missile", "explosions_remote_violence", place=NEXT_VILLAGE),
        event("r/e3", "air_drone_strike", "explosions_remote_violence", date=day("2021-05-04")),
    ) == [{"e1", "e2", "e3"}]


@pytest.mark.parametrize(
    "other",
    [
        event("r/e2", date=day("2021-05-02"), place=VILLAGE),
        event("r/e2", date=day("2021-05-04"), place=FAR_TOWN),
        event("r/e2", date=day("2021-05-04"), agents=(actor("SYR"),), targets=(actor("TUR"),)),
    ],
    ids=["another day", "another place", "other opponents"],
)
def test_other_day_place_or_opponents_make_an_incident_of_its_own(other: Event) -> None:
    first = event("r/e1", place=VILLAGE, date=day("2021-05-04"), **BOTH)
    assert groups(first, other) == [{"e1"}, {"e2"}]


def test_weekdays_that_differ_are_other_days_without_any_date_of_publication() -> None:
    assert groups(event("r/e1", date=weekday(2)), event("r/e2", date=weekday(1))) == [{"e1"}, {"e2"}]
    assert groups(event("r/e1", date=weekday(2)), event("r/e2", date=weekday(2))) == [{"e1", "e2"}]


def test_act_with_a_place_is_not_the_one_told_without_a_place() -> None:
    news = event("r/e1", date=weekday(2), place=VILLAGE, **BOTH)
    nowhere = event("r/e2", date=weekday(1), agents=(actor("ARM"),))
    somewhere = event("r/e3", date=weekday(1), place=FAR_TOWN, agents=(actor("ARM"),))
    assert groups(news, nowhere, somewhere) == [{"e1"}, {"e2"}, {"e3"}]


@pytest.mark.parametrize("kind", ["retaliation_for", "follows", "part_of"])
def test_act_told_as_answer_or_part_is_an_incident_of_its_own(kind: str) -> None:
    relation = Relation("r/e1", "r/e2", kind)  # type: ignore[arg-type]
    assert groups(event("r/e1", **BOTH), event("r/e2", **BOTH), relations=(relation,)) == [{"e1"}, {"e2"}]


def test_a_day_of_a_battle_is_a_part_of_it_only_where_the_report_says_so() -> None:
    battle = event("r/e1", place=VILLAGE, date=day("2021-05-04", "2021-05-06", precision="range"), **BOTH)
    one_day = event("r/e2", place=VILLAGE, date=day("2021-05-05"), **BOTH)
    assert groups(battle, one_day) == [{"e1", "e2"}]
    assert groups(battle, one_day, relations=(Relation("r/e2", "r/e1", "part_of"),)) == [{"e1"}, {"e2"}]


def test_wide_place_holds_the_village_inside_it() -> None:
    assert groups(event("r/e1", place=VILLAGE), event("r/e2", place=COUNTRY)) == [{"e1", "e2"}]


@pytest.mark.parametrize("status", ["hypothetical", "negated"])
def test_hypothetical_and_negated_events_found_no_incident(status: str) -> None:
    assert groups(event("r/e1"), event("r/e2", status=status)) == [{"e1"}]


def test_claimed_and_denied_events_found_incidents() -> None:
    assert groups(event("r/e1", status="claimed"), event("r/e2", status="denied", date=day("2020-01-01"))) != [{"e1"}]


def test_background_event_is_never_of_the_reports_own_incident() -> None:
    recalled = event("r/e2", place=VILLAGE, date=day("2021-05-04"), scope="background", **BOTH)
    assert groups(event("r/e1", place=VILLAGE, date=day("2021-05-04"), **BOTH), recalled) == [{"e1"}, {"e2"}]


def test_agreements_found_no_incident_unless_they_are_the_news() -> None:
    truce = event("r/e2", "agreement", "strategic_developments")
    assert groups(event("r/e1"), truce) == [{"e1"}]
    assert groups(event("r/e1", "agreement", "strategic_developments")) == [{"e1"}]


def test_report_without_named_main_event_tells_its_first_violence_as_news() -> None:
    recalled = event("r/e1", scope="background")
    assert groups(recalled, event("r/e2"), main=None)[0] == {"e2"}


def test_report_without_events_still_has_news_to_link_by_its_text() -> None:
    [only] = episodes_of(extraction("r", text="Quiet along the line."))
    assert only.is_main
    assert only.events == ()


def test_report_that_only_recalls_is_about_what_it_recalls_first() -> None:
    [found] = episodes_of(extraction("r", [event("r/e1", scope="background")]))
    assert (found.is_main, found.background) == (True, True)


@pytest.mark.parametrize(
    "fragment",
    [
        event("r/e2"),
        event("r/e2", **BOTH),
        event("r/e2", place=VILLAGE),
        event("r/e2", date=day("2021-05-04")),
        event("r/e2", agents=(actor("ARM"),)),
    ],
    ids=["nothing told", "same sides", "same place", "same day", "one side"],
)
def test_fragment_that_nothing_tells_apart_is_of_the_news(fragment: Event) -> None:
    news = event("r/e1", place=VILLAGE, date=day("2021-05-04"), **BOTH)
    elsewhere = event("r/e3", place=FAR_TOWN, date=day("2021-05-04"))
    assert groups(news, elsewhere, fragment) == [{"e1", "e2"}, {"e3"}]


def test_event_must_agree_with_every_event_of_its_episode() -> None:
    first = event("r/e1", place=VILLAGE)
    second = event("r/e2", date=day("2021-05-04", "2021-05-06", precision="range"))
    third = event("r/e3", date=day("2021-05-06", "2021-05-08", precision="range"))
    assert groups(first, second, third, event("r/e4", date=day("2021-05-05"))) == [{"e1", "e2", "e3"}, {"e4"}]


def test_three_parties_of_one_fight_are_one_incident_where_each_act_shares_one() -> None:
    def fight(id_: str, *parties: str) -> Event:
        return event(id_, agents=tuple(actor(p, kind="armed_group") for p in parties))

    acts = fight("r/e1", "junta", "arakan army"), fight("r/e2", "arakan army", "arsa"), fight("r/e3", "rsf", "saf")
    assert groups(*acts) == [{"e1", "e2"}, {"e3"}]


def spells(shape: str, n: int) -> list[Event]:
    made = {
        "one spell": lambda k: event(f"r/e{k}", place=VILLAGE, date=day("2021-05-04"), **BOTH),
        "days": lambda k: event(f"r/e{k}", date=day(f"{1600 + k}-05-04")),
        "unresolved places": lambda k: event(f"r/e{k}", place=place(f"hamlet {k}", None, None)),
        "parties": lambda k: event(f"r/e{k}", agents=(actor("a"), actor(f"b{k}"))),
        "recalled": lambda k: event(f"r/e{k}", scope="background"),
    }[shape]
    return [made(k) for k in range(n)]


@pytest.mark.parametrize("shape", ["one spell", "days", "unresolved places", "parties", "recalled"])
def test_work_grows_with_the_number_of_events_and_no_faster(shape: str) -> None:
    few, many = extraction("r", spells(shape, 300)), extraction("r", spells(shape, 600))
    assert work(lambda: episodes_of(many)) < 2.4 * work(lambda: episodes_of(few))


def toll_figures(episodes: tuple[Episode, ...]) -> list[set[str]]:
    return [{f.id for f in episode.figures} for episode in episodes]


def test_background_figure_is_not_in_the_toll_of_the_reports_own_incident() -> None:
    found = episodes_of(
        extraction(
            "r",
            [event("r/e1", date=day("2021-05-04")), event("r/e2", "war", "war", scope="background")],
            [
                figure("r/f1", 4, event="r/e1"),
                figure("r/f2", 900, event="r/e1", scope="background"),
                figure("r/f3", 6600, event="r/e2", scope="background"),
                figure("r/f4", 30, scope="background"),
            ],
            main="r/e1",
        )
    )
    assert toll_figures(found) == [{"r/f1"}, {"r/f3"}]


def test_current_figure_without_event_belongs_to_the_news_unless_its_day_or_place_is_another() -> None:
    found = episodes_of(
        extraction(
            "r",
            [event("r/e1", date=day("2021-05-04"), place=VILLAGE)],
            [figure("r/f1", 4), figure("r/f2", 5, date=day("2021-05-02")), figure("r/f3", 6, place=FAR_TOWN)],
            main="r/e1",
        )
    )
    assert toll_figures(found) == [{"r/f1"}]


RAID: dict[str, Any] = {"place": VILLAGE, "date": day("2021-05-04")}


@pytest.mark.parametrize(
    ("own_day", "counted"),
    [
        (day("2021-05-02"), False),
        (day("2021-04-01", "2021-04-30", precision="month"), False),
        (day("2021-05-04"), True),
        (day("2021-05-06"), True),
        (None, True),
    ],
    ids=["two days before", "the month before", "the day", "dead of wounds later", "no day of its own"],
)
def test_figure_with_an_earlier_day_of_its_own_is_not_in_the_toll(own_day: DateMention | None, counted: bool) -> None:
    figures = [figure("r/f1", 4, event="r/e1"), figure("r/f2", 45, event="r/e1", date=own_day)]
    [found] = episodes_of(extraction("r", [event("r/e1", **RAID)], figures, main="r/e1"))
    assert ("r/f2" in {f.id for f in found.figures}) is counted


def test_figure_of_an_earlier_weekday_is_not_in_the_toll() -> None:
    figures = [figure("r/f1", 4, event="r/e1", date=weekday(2)), figure("r/f2", 45, event="r/e1", date=weekday(1))]
    assert toll_figures(episodes_of(extraction("r", [event("r/e1", date=weekday(2))], figures))) == [{"r/f1"}]


def test_figure_of_an_earlier_day_is_of_the_one_act_told_of_that_day() -> None:
    raid, fire = event("r/e1", **RAID), event("r/e2", date=day("2021-05-03"), place=VILLAGE)
    counted = figure("r/f1", 45, event="r/e1", date=day("2021-05-03"))
    assert toll_figures(episodes_of(extraction("r", [raid, fire], [counted], main="r/e1"))) == [set(), {"r/f1"}]
    elsewhere = replace(counted, place=FAR_TOWN)
    assert toll_figures(episodes_of(extraction("r", [raid, fire], [elsewhere], main="r/e1"))) == [set(), set()]


def test_work_grows_with_the_number_of_figures_of_earlier_days_and_no_faster() -> None:
    def told(n: int) -> Extraction:
        figures = [figure(f"r/f{k}", k, event="r/e1", date=day("2021-05-01")) for k in range(n)]
        events = [event(f"r/e{k}", date=day("2021-05-01" if k % 3 else "2021-05-04")) for k in range(1, n)]
        return extraction("r", events, figures, main="r/e3")

    few, many = told(300), told(600)
    assert work(lambda: episodes_of(many)) < 2.4 * work(lambda: episodes_of(few))


def test_statement_told_again_elsewhere_is_the_same_statement() -> None:
    found = episodes_of(
        extraction(
            "r",
            [event("r/e1")],
            [figure("r/f1", 4, event="r/e1"), figure("r/f2", 4, scope="background", same_as="r/f1")],
            main="r/e1",
        )
    )
    assert toll_figures(found) == [{"r/f1", "r/f2"}]


def test_state_stands_for_its_party_before_its_forces() -> None:
    forces = actor("ARM", name="Armenian troops", kind="military")
    events = [event("r/e1", agents=(forces,)), event("r/e2", claimant=actor("ARM", name="Armenia"))]
    assert [side.name for side in sides_of(events, [])] == ["Armenia"]


def test_incident_is_dated_by_what_is_told_as_fact() -> None:
    claimed = event("r/e2", date=day("2021-05-03", "2021-05-04", precision="range"), status="claimed")
    [found] = episodes_of(extraction("r", [event("r/e1", date=day("2021-05-04")), claimed], main="r/e1"))
    assert found.when == ("2021-05-04", "2021-05-04")
