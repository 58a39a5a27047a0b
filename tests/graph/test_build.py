"""The whole graph on hand-made extractions: two border incidents told by five reports, and what joins and parts them."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest

from conflict_events import ConflictEventsError
from conflict_events.graph import EventGraph, link
from conflict_events.records import Extraction, Incident, Relation, Toll
from tests.graph.hand import actor, day, event, extraction, figure, place, weekday

ARM, AZE = actor("ARM", name="Armenia"), actor("AZE", name="Azerbaijan")
BORDER = place("border", None, None, None, "area")
POST_VILLAGE = place("Nerkin Hand", 39.04131, 46.51623, "AM")
TOVUZ = place("Tovuz", 40.99249, 45.62838, "AZ")
SIDES: dict[str, Any] = {"agents": (ARM, AZE)}
WAR: dict[str, Any] = {"type_": "war", "class_": "war", "scope": "background", **SIDES}

WIRE = (
    "Nearly a hundred troops died when fighting broke out along the frontier of Armenia and Azerbaijan on Tuesday. "
    "Yerevan put its dead at no fewer than 49; Baku counted 50. Artillery and drones struck dozens of positions after "
    "midnight, the defence ministry in Yerevan said, and civilians were hurt. Baku spoke of mines laid by saboteurs. "
    "Pashinyan telephoned Putin, Macron and Blinken. Lavrov talked with Bayramov while Brussels offered to mediate."
)
RECAST = (
    "Along the frontier of Armenia and Azerbaijan fighting broke out on Tuesday and nearly a hundred troops died. "
    "Baku counted 50 dead, Yerevan no fewer than 49. After midnight artillery and drones struck dozens of positions, "
    "according to the defence ministry in Yerevan. Mines had been laid by saboteurs, Baku said. "
    "Lavrov talked with Bayramov while Brussels offered to mediate. Guterres appealed to both."
)
EXPLAINER = (
    "Why do Armenia and Azerbaijan keep shooting at each other? The latest exchange left 50 soldiers dead on the "
    "Azerbaijani side and, as Yerevan now admits, at least 105 on its own. Moscow's truce did not hold and the CSTO "
    "promised to send observers. The enclave of Nagorno-Karabakh has been at the root of it since the 1990s."
)
PARTISAN = (
    "A revenge operation wiped out the combat post at Nerkin Hand in Kapan district, the State Border Service announced. "
    "Armenia spoke first of four dead soldiers, then of two and of several wounded. On Monday an Azerbaijani serviceman had "
    "been hit, and positions in Tovuz were fired upon. Peskov asked both capitals for restraint."
)
SHORT = (
    "Two Armenian soldiers were killed and several wounded at the Nerkin Hand combat post. The border service called it a "
    "revenge operation for a provocation of the day before. It was the first deadly shooting since peace talks opened."
)


def seeds(*, dates: bool) -> list[Extraction]:
    def clash(report: str) -> Any:
        told = day("2022-09-13") if dates else weekday(2)
        return event(f"{report}/e1", place=BORDER, date=told, **SIDES)

    def last_war(report: str) -> Any:
        return event(f"{report}/e9", date=day("2020-01-01", "2020-12-31", precision="year"), **WAR)

    def on(published: str) -> str | None:
        return published if dates else None

    def soldiers(id_: str, value: int | None, side: str | None = None, **more: Any) -> Any:
        return figure(id_, value, kind="combatant", side=side, **more)

    raid_day, fire_day = (day("2024-02-13"), day("2024-02-12")) if dates else (weekday(2), weekday(1))
    return [
        extraction(
            "a",
            [clash("a"), last_war("a")],
            [
                soldiers("a/f1", 100, qualifier="nearly", event="a/e1"),
                soldiers("a/f2", 49, "ARM", qualifier="at_least", by="ARM", event="a/e1", subset_of="a/f1"),
                soldiers("a/f3", 50, "AZE", by="AZE", event="a/e1", subset_of="a/f1"),
                figure("a/f4", None, qualifier="unspecified", outcome="injured", by="ARM", event="a/e1"),
                figure("a/f5", 6600, qualifier="more_than", event="a/e9", scope="background", cumulative=True),
            ],
            text=WIRE,
            main="a/e1",
            published=on("2022-09-13"),
        ),
        extraction(
            "b",
            [clash("b"), last_war("b")],
            [
                soldiers("b/f1", 100, qualifier="about", event="b/e1"),
                soldiers("b/f2", 50, "AZE", by="AZE", event="b/e1"),
                soldiers("b/f3", 49, "ARM", qualifier="at_least", by="ARM", event="b/e1"),
            ],
            text=RECAST,
            main="b/e1",
            published=on("2022-09-13"),
        ),
        extraction(
            "c",
            [event("c/e1", **SIDES), last_war("c")],
            [
                figure("c/f1", 50, side="AZE", kind="combatant", event="c/e1"),
                figure("c/f2", 105, side="ARM", qualifier="at_least", by="ARM", event="c/e1"),
                figure("c/f3", 30000, qualifier="about", scope="background"),
            ],
            text=EXPLAINER,
            main="c/e1",
            published=on("2022-09-15"),
        ),
        extraction(
            "d",
            [
                event("d/e1", place=POST_VILLAGE, date=raid_day, **SIDES),
                event("d/e2", date=fire_day, status="claimed", claimant=AZE, agents=(ARM,), targets=(AZE,)),
                event("d/e3", place=TOVUZ, date=fire_day, status="claimed", claimant=AZE, agents=(ARM,)),
                event("d/e4", status="hypothetical", agents=(AZE,)),
                last_war("d"),
            ],
            [
                soldiers("d/f1", 4, "ARM", by="ARM", event="d/e1"),
                soldiers("d/f2", 2, "ARM", by="ARM", event="d/e1"),
                figure("d/f3", None, qualifier="vague", outcome="injured", side="ARM", by="ARM", event="d/e1"),
                soldiers("d/f4", 1, "AZE", outcome="injured", by="AZE", event="d/e2"),
            ],
            text=PARTISAN,
            main="d/e1",
            published=on("2024-02-13"),
            relations=[Relation("d/e1", "d/e2", "retaliation_for")],
        ),
        extraction(
            "e",
            [
                event("e/e1", place=POST_VILLAGE, date=raid_day, **SIDES),
                event("e/e2", date=day("2024-02-12") if dates else None, status="claimed", claimant=AZE, agents=(ARM,)),
            ],
            [
                soldiers("e/f1", 2, "ARM", event="e/e1"),
                soldiers("e/f2", 2, "ARM", event="e/e1", same_as="e/f1"),
                figure("e/f3", None, qualifier="vague", outcome="injured", side="ARM", event="e/e1"),
            ],
            text=SHORT,
            main="e/e1",
            published=on("2024-02-14"),
            relations=[Relation("e/e1", "e/e2", "retaliation_for")],
        ),
    ]


def toll(incident: Incident, outcome: str, side: str | None) -> Toll:
    [found] = [
        t
        for t in incident.tolls
        if t.outcome == outcome and t.victims is None and (t.side.party if t.side else None) == side
    ]
    return found


@pytest.fixture(params=[False, True], ids=["undated", "dated"])
def graph(request: pytest.FixtureRequest) -> EventGraph:
    return link(seeds(dates=request.param))


def test_reports_of_two_incidents_are_told_apart(graph: EventGraph) -> None:
    news = {r.id: r.main_incident for r in graph.linked.reports}
    assert news["a"] == news["b"] == news["c"]
    assert news["d"] == news["e"]
    assert news["a"] != news["d"]
    assert graph.incident("a").reports == ("a", "b", "c")


def test_rewrite_is_a_copy_and_no_second_source(graph: EventGraph) -> None:
    copies = {r.id: r.copy_of for r in graph.linked.reports}
    assert [copies[r] for r in "cde"] == [None, None, None]
    assert {copies["a"], copies["b"]} in ({None, "a"}, {None, "b"})
    assert graph.incident("a").independent_sources == 2
    assert graph.incident("d").independent_sources == 2


def test_toll_of_the_clashes(graph: EventGraph) -> None:
    clashes = graph.incident("a")
    assert (toll(clashes, "killed", "ARM").low, toll(clashes, "killed", "ARM").high) == (105, None)
    assert toll(clashes, "killed", "AZE").best == 50
    whole = toll(clashes, "killed", None)
    assert (whole.low, whole.best, whole.disputed) == (155, 155, False)
    assert {c.figure for c in whole.claims if c.superseded_by} == {"a/f1", "a/f2", "b/f1", "b/f3"}
    assert toll(clashes, "injured", None).low == 2


def test_toll_of_the_raid(graph: EventGraph) -> None:
    raid = graph.incident("d")
    killed = toll(raid, "killed", "ARM")
    assert (killed.low, killed.high, killed.disputed) == (2, 4, True)
    injured = toll(raid, "injured", "ARM")
    assert (injured.low, injured.best, injured.disputed) == (3, None, False)


def test_fire_of_the_day_before_is_an_incident_that_the_raid_answers(graph: EventGraph) -> None:
    fire = graph.incident("d/e2")
    assert fire.id != graph.incident("d").id
    assert fire.id == graph.incident("e/e2").id
    assert (fire.status, fire.claimed_by) == ("claimed", ("AZE",))
    assert toll(fire, "injured", "AZE").best == 1
    assert Relation(graph.incident("d").id, fire.id, "retaliation_for") in graph.linked.relations


@pytest.mark.parametrize(
    ("claimants", "denied", "status"),
    [((AZE,), (), "claimed"), ((AZE, ARM), (), "asserted"), ((AZE,), (ARM,), "denied")],
    ids=["one side", "both sides", "denied"],
)
def test_incident_stands_where_both_sides_tell_it(
    claimants: tuple[Any, ...], denied: tuple[Any, ...], status: str
) -> None:
    told = [
        event(f"r/e{n}", status="denied" if denied else "claimed", claimant=who, denied_by=denied, **SIDES)
        for n, who in enumerate(claimants, 1)
    ]
    [found] = link([extraction("r", told, main="r/e1")]).incidents
    assert found.status == status
    assert found.claimed_by == (("AZE",) if status != "asserted" else ())
    assert found.denied_by == (("ARM",) if denied else ())


def test_background_war_is_one_incident_that_reports_mention(graph: EventGraph) -> None:
    war = graph.incident("a/e9")
    assert war.scope == "background"
    assert war.mentioned_in == ("a", "b", "c", "d")
    assert war.reports == ()
    assert (toll(war, "killed", None).low, toll(war, "killed", None).best) == (6601, None)


def test_hypothetical_event_is_in_no_incident(graph: EventGraph) -> None:
    assert all("d/e4" not in incident.events for incident in graph.incidents)


def test_titles_read_well() -> None:
    graph = link(seeds(dates=True))
    assert graph.incident("d").title == "Armed clash near Nerkin Hand, 13 February 2024"
    assert graph.incident("a").title == "Armed clash between Armenia and Azerbaijan, 13 September 2022"
    assert graph.incident("a/e9").title == "War between Armenia and Azerbaijan, 2020"


@pytest.mark.parametrize("dates", [False, True], ids=["undated", "dated"])
def test_result_does_not_depend_on_the_order_of_reports(dates: bool) -> None:
    wanted = json.dumps(link(seeds(dates=dates)).to_dict())
    for order in itertools.islice(itertools.permutations(seeds(dates=dates)), 1, 120, 17):
        assert json.dumps(link(order).to_dict()) == wanted


def test_figures_update_contradict_and_corroborate() -> None:
    relations = {(r.from_, r.to, r.type) for r in link(seeds(dates=False)).linked.relations}
    assert ("c/f2", "a/f2", "updates") in relations
    assert ("d/f1", "d/f2", "contradicts") in relations or ("d/f2", "d/f1", "contradicts") in relations
    assert ("e/f1", "d/f2", "corroborates") in relations
    assert ("b/f2", "a/f3", "corroborates") not in relations


def test_recalled_incident_is_the_earlier_one_and_never_the_reports_own() -> None:
    market = place("Market Town", 36.2, 37.1, "SY")
    earlier = event("x/e1", "suicide_bomb", "explosions_remote_violence", place=market, date=day("2021-05-04"))
    later = event("y/e1", "suicide_bomb", "explosions_remote_violence", place=market, date=day("2021-06-10"))
    recalled = event(
        "y/e2", "suicide_bomb", "explosions_remote_violence", place=market, date=day("2021-05-04"), scope="background"
    )
    graph = link(
        [
            extraction(
                "x", [earlier], text="A bomber struck the market on Tuesday.", main="x/e1", published="2021-05-05"
            ),
            extraction("y", [later, recalled], text="Another bomber struck.", main="y/e1", published="2021-06-11"),
        ]
    )
    first = graph.incident("x")
    assert first.id != graph.incident("y").id
    assert first.events == ("x/e1", "y/e2")
    assert (first.reports, first.mentioned_in, first.scope) == (("x",), ("y",), "current")


def test_reports_of_one_incident_that_recall_one_war_recall_the_same() -> None:
    first, *_ = seeds(dates=True)
    reports = [
        replace(report, events=(report.events[0], replace(report.events[1], agents=())))
        for report in (first, seeds(dates=True)[1])
    ]
    graph = link(reports)
    assert graph.incident("a/e9").id == graph.incident("b/e9").id


def test_two_strikes_of_one_week_in_one_town_stay_two() -> None:
    town = place("Saraqib", 35.86, 36.8, "SY")
    told = [
        extraction(
            f"r{n}",
            [
                event(
                    f"r{n}/e1", "air_drone_strike", "explosions_remote_violence", place=town, date=day(f"2021-05-0{d}")
                )
            ],
            text=f"Warplanes bombed the town of Saraqib on {name}, killing {count} people, rescuers said.",
            main=f"r{n}/e1",
            published=f"2021-05-0{d}",
        )
        for n, (d, name, count) in enumerate([(3, "Monday", "eleven"), (6, "Thursday", "four")])
    ]
    assert link(told).incident("r0").id != link(told).incident("r1").id


def test_explain_names_the_comparisons_of_a_pair() -> None:
    graph = link(seeds(dates=True))
    same, other = graph.explain("d", "e"), graph.explain("a", "d")
    assert same.score > 0.5 > other.score
    assert {"place", "day"} <= {r.feature for r in same.reasons}
    assert graph.explain("e/e1", "d/e1").score == same.score
    assert EventGraph.from_dict(graph.to_dict()).explain("d", "e") == same


def test_graph_has_nodes_of_every_kind_and_writes_graphml() -> None:
    graph = link(seeds(dates=True)).graph
    kinds = set(nx.get_node_attributes(graph, "kind").values())
    assert kinds == {"report", "event", "incident", "place", "actor", "figure"}
    assert len(list(nx.generate_graphml(graph))) > 100


def test_extract_given_twice_counts_once_and_two_under_one_id_are_an_error() -> None:
    reports = seeds(dates=False)
    assert link([*reports, reports[0]]).to_dict() == link(reports).to_dict()
    other = replace(reports[0], events=())
    with pytest.raises(ConflictEventsError, match="CE007"):
        link([*reports, other])


HOSPITAL = place("Kutum", 14.2, 24.67, "SD")
MARKET = place("Nyala", 12.05, 24.88, "SD")
STRIKE: dict[str, Any] = {"type_": "shelling_artillery_missile", "class_": "explosions_remote_violence"}


def civil_war() -> list[Extraction]:
    """Three groups, two places, a monitor against a ministry, a report without sides, civilians and attackers."""
    rsf, saf = actor("rsf", name="paramilitaries", kind="armed_group"), actor("saf", name="army", kind="military")
    slm = actor("slm", name="rebels", kind="armed_group")

    def shelled(report: str, **more: Any) -> Any:
        return event(f"{report}/e1", place=HOSPITAL, date=day("2031-03-04"), **STRIKE, **more)

    return [
        extraction(
            "m",
            [shelled("m", agents=(rsf,))],
            [
                figure("m/f1", 14, kind="civilian", by="monitor", event="m/e1"),
                figure("m/f2", 2, kind="combatant", attackers=True, side="rsf", by="monitor", event="m/e1"),
            ],
            text="Shells fell on the hospital of Kutum on Tuesday; fourteen patients died, and two of the gunners, a monitor said.",
            main="m/e1",
            published="2031-03-05",
        ),
        extraction(
            "n",
            [shelled("n")],
            [figure("n/f1", 9, kind="civilian", by="ministry", event="n/e1")],
            text="The health ministry said nine patients were killed when the hospital of Kutum was shelled on Tuesday.",
            main="n/e1",
            published="2031-03-05",
        ),
        extraction(
            "o",
            [shelled("o"), event("o/e2", place=MARKET, date=day("2031-03-04"), agents=(saf, slm))],
            [
                figure("o/f1", 21, by="monitor", event="o/e1"),
                figure("o/f2", 5, side="saf", kind="combatant", by="saf", event="o/e2"),
                figure("o/f3", 8, side="slm", kind="combatant", by="saf", event="o/e2"),
            ],
            text="Twenty-one people are now known to have died in the shelling of the Kutum hospital, the monitor said. "
            "The same day soldiers and rebels fought in Nyala.",
            main="o/e1",
            published="2031-03-08",
        ),
    ]


def test_shelling_of_a_civil_war_and_a_fight_elsewhere_on_its_day_are_two() -> None:
    graph = link(civil_war())
    assert graph.incident("m").reports == ("m", "n", "o")
    fight = graph.incident("o/e2")
    assert fight.id != graph.incident("m").id
    assert [a.party for a in fight.sides] == ["saf", "slm"]
    assert (toll(fight, "killed", None).best, toll(fight, "killed", "slm").best) == (13, 8)


def test_toll_of_a_shelling_told_by_monitor_and_ministry() -> None:
    shelling = link(civil_war()).incident("m")
    [civilians] = [t for t in shelling.tolls if t.victims == "civilian" and t.side is None]
    assert (civilians.low, civilians.high, civilians.best, civilians.rule) == (9, 14, 9, "lowest_of_disputed")
    whole = toll(shelling, "killed", None)
    assert (whole.low, whole.high, whole.best) == (21, 21, 21)
    interests = {c.figure: c.interest for c in whole.claims}
    assert interests == {"m/f1": "third_party", "m/f2": "third_party", "n/f1": "third_party", "o/f1": "third_party"}


TRIAL = (
    "The man accused of shooting Maria Castellanos outside the bakery on Wexford Street wept in court. Prosecutors told "
    "the judge that Castellanos, 34, was hit twice as she locked up; her sister Lucia held a portrait."
)
VERDICT = (
    "Nine years for the Wexford Street shooting: the jury found that the accused fired twice at Maria Castellanos, 34, as "
    "she locked up the bakery. Her sister Lucia Castellanos held a portrait and thanked prosecutors outside court."
)


def test_report_that_only_recalls_has_no_incident_of_its_own_unless_others_tell_it_too() -> None:
    first = extraction("x", [event("x/e1", scope="background")], text=TRIAL)
    second = extraction("y", [event("y/e1", scope="background")], text=VERDICT)
    [alone] = link([first]).linked.reports
    assert alone.main_incident is None
    together = {r.main_incident for r in link([first, second]).linked.reports}
    assert len(together) == 1
    assert None not in together


def test_reports_of_one_thing_in_which_no_event_was_found_are_one_incident() -> None:
    [found] = link([extraction("x", text=TRIAL), extraction("y", text=VERDICT)]).incidents
    assert (found.reports, found.events, found.type) == (("x", "y"), (), "other")


def test_nothing_links_to_nothing() -> None:
    assert link([]).to_dict()["incidents"] == []
    assert link([extraction("r", text="Rain is expected.")]).linked.reports[0].main_incident is None
