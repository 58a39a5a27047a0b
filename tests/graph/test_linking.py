"""Candidate pairs, comparisons and their weights."""

from __future__ import annotations

import datetime

import pytest

from conflict_events.graph import blocking, link
from conflict_events.graph.comparisons import Weights, compare_facts, numbers_of, probability, shipped_weights
from conflict_events.graph.episodes import Episode, episodes_of
from conflict_events.graph.wording import Wordings, read
from conflict_events.records import CasualtyFigure, Event
from conflict_events.text.words import content_words
from tests.graph.hand import actor, day, event, extraction, figure, place, weekday

VILLAGE = place("Hilltop", 39.0, 46.5, "AM")


def episode(report: str, event_: Event, *figures: CasualtyFigure, published: str | None = None) -> Episode:
    made = extraction(report, [event_], figures, main=event_.id, published=published)
    return episodes_of(made)[0]


def compared(first: dict[str, object], second: dict[str, object]) -> dict[str, object]:
    a = episode("a", event("a/e1", **first))  # type: ignore[arg-type]
    b = episode("b", event("b/e1", **second))  # type: ignore[arg-type]
    return dict(compare_facts(a, b))


def test_missing_evidence_gives_no_value() -> None:
    assert compared({}, {}) == {"kind": "same_type"}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (day("2021-05-04"), day("2021-05-04"), "same"),
        (day("2021-05-04"), day("2021-05-05"), "next"),
        (day("2021-05-04"), day("2021-05-07"), "days_off"),
        (day("2021-05-04"), day("2021-06-07"), "other"),
        (day("2021-05-04"), day("2021-05-01", "2021-05-31", precision="month"), "within_period"),
        (day("2020-01-01", "2020-12-31", precision="year"),) * 2 + ("same_period",),
        (weekday(2), weekday(2), "same_weekday"),
        (weekday(2), weekday(3), "other_weekday"),
        (weekday(2), day("2021-05-04"), None),
    ],
)
def test_days_of_two_events(first: object, second: object, expected: str | None) -> None:
    assert compared({"date": first}, {"date": second}).get("day") == expected


@pytest.mark.parametrize(
    ("first", "second", "equal", "scale"),
    [
        ([48], [48], "equal_large", "close"),
        ([1], [1], "equal_small", "close"),
        ([48, 2], [31], "unequal", "similar"),
        ([105, 50], [4, 2], "unequal", "far_off"),
        ([None], [4], None, None),
    ],
)
def test_numbers_of_two_reports(
    first: list[int | None], second: list[int | None], equal: str | None, scale: str | None
) -> None:
    sides = [
        episode(r, event(f"{r}/e1"), *(figure(f"{r}/f{n}", v, event=f"{r}/e1", qualifier="exact" if v else "vague")
                                       for n, v in enumerate(values)))
        for r, values in (("a", first), ("b", second))
    ]  # fmt: skip
    found = compare_facts(*sides)
    assert (found.get("killed"), found.get("killed_scale")) == (equal, scale)


def test_weights_are_linear_between_knots_and_flat_beyond() -> None:
    weights = Weights(-1.0, {"kind": {"same": 2.0}}, {"text": ((0.0, -1.0), (0.5, 1.0))})
    assert weights.of("text", 0.25) == 0.0
    assert (weights.of("text", -3.0), weights.of("text", 9.0)) == (-1.0, 1.0)
    assert weights.of("kind", "never seen") == 0.0
    assert weights.weigh({"kind": "same", "text": 0.5})[0] == 2.0


@pytest.mark.parametrize("section", ["news", "recall"])
def test_shipped_weights_hold_that_other_day_and_place_speak_against(section: str) -> None:
    weights = shipped_weights(section)
    assert weights.of("day", "other") < -1 < 1 < weights.of("day", "same")
    assert weights.of("place", "elsewhere") < -1 < 1 < weights.of("place", "same")
    assert weights.prior < 0


def test_probability_of_extreme_scores_stays_within_bounds() -> None:
    assert (probability(-1e9), probability(1e9)) == (0.0, 1.0)


def test_reasons_are_told_with_three_decimals() -> None:
    texts = [
        "Gunmen opened fire on a convoy of the mission near Goma, and eleven peacekeepers were wounded, officials said.",
        "A convoy of peacekeepers came under fire near Goma. Officials blamed gunmen of a militia for eleven wounded.",
        "Officials in Goma said gunmen had fired at peacekeepers; the militia denied it, and the mission sent helicopters.",
    ]
    reports = [extraction(f"r{n}", [event(f"r{n}/e1")], text=text, main=f"r{n}/e1") for n, text in enumerate(texts)]
    reasons = [r for a, b in (("r0", "r1"), ("r0", "r2"), ("r1", "r2")) for r in link(reports).explain(a, b).reasons]
    values = [r.value for r in reasons if isinstance(r.value, float)]
    assert len(values) > 3
    assert all(round(v, 3) == v for v in values)


def test_blocking_pairs_the_same_day_and_place_and_not_distant_ones() -> None:
    near = episode("a", event("a/e1", place=VILLAGE, date=day("2021-05-04")))
    same = episode("b", event("b/e1", place=place("Lowfield", 39.05, 46.4, "AM"), date=day("2021-05-04")))
    later = episode("c", event("c/e1", place=VILLAGE, date=day("2021-09-04")))
    assert blocking.candidate_pairs([near, same, later]) == {(0, 1)}


def test_number_of_candidate_pairs_grows_with_the_number_of_episodes() -> None:
    def pairs(count: int) -> int:
        first = datetime.date(2021, 1, 1)
        made = [
            episode(
                f"r{n}",
                event(f"r{n}/e1", place=VILLAGE, date=day((first + datetime.timedelta(n // 400)).isoformat())),
            )
            for n in range(count)
        ]
        return len(blocking.candidate_pairs(made))

    assert pairs(4800) < 2.5 * pairs(2400)


def test_neighbours_by_wording_are_found_within_a_stretch_of_time() -> None:
    texts = ["Rockets hit Dunmore port", "Rockets hit the port of Dunmore", "Rain floods Ardrie", "Dunmore port burns"]
    wordings = Wordings(read(str(n), content_words(text)) for n, text in enumerate(texts))
    assert wordings.neighbours([["any"]] * 4, 2)[0] == [1, 3]
    assert wordings.neighbours([[1], [1], [1], [2]], 2)[0] == [1]


def test_same_strike_told_with_other_spelling_and_figures_is_one() -> None:
    first, second = (
        extraction(
            report,
            [event(f"{report}/e1", "air_drone_strike", "explosions_remote_violence", place=spelt, date=day("2021-05-04"),
                   agents=(actor("SYR"),))],
            [figure(f"{report}/f1", count, event=f"{report}/e1")],
            text=text,
            main=f"{report}/e1",
            published=published,
        )
        for report, spelt, count, text, published in [
            ("a", place("Saraqib", 35.8615, 36.8055, "SY"), 11,
             "Warplanes bombed the vegetable market of Saraqib on Tuesday and killed 11 people, the White Helmets said.",
             "2021-05-04"),
            ("b", place("Sarakeb", 35.8626, 36.8066, "SY"), 14,
             "A strike on a vegetable market in Sarakeb left 14 dead, rescuers of the White Helmets counted by Wednesday.",
             "2021-05-05"),
        ]
    )  # fmt: skip
    assert link([first, second]).incident("a").reports == ("a", "b")


def test_round_up_joins_no_incident_of_another_day() -> None:
    strike = event("a/e1", "air_drone_strike", "explosions_remote_violence", place=VILLAGE, date=day("2021-05-04"))
    other = event("b/e1", "air_drone_strike", "explosions_remote_violence", place=VILLAGE, date=day("2021-05-20"))
    graph = link(
        [
            extraction("a", [strike], text="A strike hit Hilltop.", main="a/e1", published="2021-05-04"),
            extraction("b", [other], text="A strike hit Hilltop again.", main="b/e1", published="2021-05-20"),
        ]
    )
    assert graph.incident("a").id != graph.incident("b").id


def test_enemys_dead_that_a_party_counts_are_not_compared_with_the_victims() -> None:
    victims, boast = figure("r/f1", 9, by="mayor"), figure("r/f2", 40, by="ARM", agents=(actor("ARM"),))
    assert numbers_of([victims, boast], "killed") == {9}
    assert numbers_of([boast], "killed") == {40}
