"""Copies and rewrites against reports that merely tell the same."""

from __future__ import annotations

from conflict_events.graph.copies import CopyConfig, copy_groups, representative
from conflict_events.graph.wording import Wordings, read
from conflict_events.text.words import content_words

WIRE = (
    "Gunmen opened fire on a police checkpoint outside the market town of Dunmore on Friday morning, killing six "
    "officers and wounding three, the interior ministry said. The attackers fled toward the hills in two pickup trucks. "
    "Helicopters searched the area until nightfall and found one of the vehicles abandoned near a quarry. "
    "No group claimed the raid, the fourth on that road since spring."
)
REWRITE = (
    "Six officers were killed and three wounded on Friday morning when gunmen opened fire on a police checkpoint outside "
    "the market town of Dunmore, according to the interior ministry. Fleeing toward the hills, the attackers used two "
    "pickup trucks. Helicopters searched the area until nightfall; one of the vehicles was found abandoned near a quarry. "
    "The raid, which no group claimed, was the fourth on that road since spring."
)
INDEPENDENT = (
    "Residents of Dunmore woke to shooting on Friday. Six policemen died at the checkpoint beside the cattle market, a "
    "hospital doctor said, and three more were in surgery. Shopkeepers described masked men who came from the quarry "
    "road in trucks and left the same way. The governor blamed bandits and ordered a curfew; police flew helicopters "
    "over the hills all afternoon."
)
OTHER = (
    "A bridge collapsed after a week of rain in the eastern lowlands, cutting off eleven villages. Engineers hope to "
    "lay a temporary crossing before the harvest, and boats carry flour and medicine across the swollen river."
)


def groups(*texts: str, published: list[str | None] | None = None) -> list[list[int]]:
    wordings = Wordings(read(str(n), content_words(text)) for n, text in enumerate(texts))
    days = [(d, d) if d else None for d in published or [None] * len(texts)]
    near = wordings.neighbours([["any"]] * len(texts), 10)
    return copy_groups(wordings, days, near, [frozenset()] * len(texts), CopyConfig())


def test_word_for_word_copy_is_found_inside_a_longer_report() -> None:
    assert groups(WIRE, "City edition. " + WIRE + " " + OTHER, OTHER.replace("eleven", "nine")) != []


def test_rewrite_that_keeps_the_order_is_a_copy() -> None:
    assert groups(WIRE, REWRITE, INDEPENDENT, OTHER) == [[0, 1]]


def test_report_of_the_same_by_another_hand_is_no_copy() -> None:
    assert groups(WIRE, INDEPENDENT) == []


def test_same_text_of_another_month_is_no_copy() -> None:
    assert groups(WIRE, WIRE, published=["2021-05-04", "2021-07-04"]) == []


def test_standing_matter_of_an_outlet_makes_no_copies() -> None:
    briefs = [
        f"{place} was shelled overnight, wounding {count} people near the {site}. {OTHER}"
        for place, count, site in [("Dunmore", "nine", "school"), ("Kelso", "two", "mill"), ("Ardrie", "five", "port")]
    ]
    assert groups(*briefs, published=["2021-05-04", "2021-05-20", "2021-06-09"]) == []


def test_representative_is_earliest_then_fullest_then_first() -> None:
    assert representative([("b", "2021-05-04", 10), ("a", "2021-05-05", 90)]) == "b"
    assert representative([("b", None, 90), ("a", None, 10)]) == "b"
    assert representative([("b", None, 90), ("a", None, 90)]) == "a"


def test_short_text_is_a_copy_only_where_every_word_is_the_same() -> None:
    short = "Two people were killed in shelling in Dunmore."
    assert groups(short, short, short.replace("Two", "Three")) == [[0, 1]]
