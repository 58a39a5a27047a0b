"""Which place a name means: by people, by what is said around it, by the company it keeps."""

from __future__ import annotations

import pytest

from conflict_events.geo.gazetteer import IndexGazetteer
from conflict_events.geo.ranking import Toponym, resolve, weights_from


@pytest.fixture(scope="module")
def places() -> IndexGazetteer:
    return IndexGazetteer()


def decide(
    places: IndexGazetteer, *names: str, words: dict[str, str] | None = None, inside: dict[int, int] | None = None
):  # type: ignore[no-untyped-def]
    toponyms = [
        Toponym(name, 20 * i, places.find(name), (words or {}).get(name), (inside or {}).get(i))
        for i, name in enumerate(names)
    ]
    return resolve(toponyms)


def test_ranking_prefers_the_well_known_place(places: IndexGazetteer) -> None:
    assert decide(places, "Paris")[0][0].entry.country == "FR"


def test_ranking_follows_the_container(places: IndexGazetteer) -> None:
    paris, _ = decide(places, "Paris", "Texas", inside={0: 1})
    assert (paris[0].entry.country, paris[0].entry.admin1) == ("US", "Texas")
    assert paris[0].terms["contained"] > 0


def test_ranking_follows_the_country_of_the_report(places: IndexGazetteer) -> None:
    tripoli, *_ = decide(places, "Tripoli", "Beirut", "Sidon", "Lebanon")
    assert tripoli[0].entry.country == "LB"
    tripoli, *_ = decide(places, "Tripoli", "Benghazi", "Misrata", "Libya")
    assert tripoli[0].entry.country == "LY"


@pytest.mark.parametrize(("word", "feature"), [("province", "A.ADM1"), ("city", "P.PPL")])
def test_ranking_follows_the_feature_word(places: IndexGazetteer, word: str, feature: str) -> None:
    [aleppo] = decide(places, "Aleppo", words={"Aleppo": word})
    assert aleppo[0].entry.feature.startswith(feature)


def test_ranking_takes_a_bare_name_for_the_town(places: IndexGazetteer) -> None:
    idlib, _ = decide(places, "Idlib", "Syria")
    assert idlib[0].entry.precision == "settlement"


def test_ranking_keeps_one_sense_of_a_name(places: IndexGazetteer) -> None:
    first, _, later = decide(places, "Paris", "Texas", "Paris", inside={0: 1})
    assert later[0].entry == first[0].entry


def test_ranking_shares_add_up_and_are_ordered(places: IndexGazetteer) -> None:
    [found] = decide(places, "Springfield")
    shares = [r.share for r in found]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1.0, abs=0.02)


def test_ranking_gives_nothing_for_an_unknown_name(places: IndexGazetteer) -> None:
    assert decide(places, "Qqqzzz", "Syria")[0] == []


def test_weights_refuse_unknown_terms() -> None:
    with pytest.raises(ValueError, match="unknown weight 'fame'"):
        weights_from({"fame": 1.0})
