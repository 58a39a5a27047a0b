"""The places component on hand-built parses: what it takes for a place, where it puts it, in what role."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from conflict_events.geo.distance import distance_km
from conflict_events.geo.gazetteer import IndexGazetteer
from conflict_events.pipeline import state
from conflict_events.pipeline.places import BESIDE, Places, near_to

Build = Callable[..., Doc]


@pytest.fixture(scope="module")
def component() -> Places:
    return Places(IndexGazetteer())


@pytest.fixture(scope="module")
def tagged(vocab: Vocab) -> Build:
    """A Doc from words with labels: "Goris/GPE", "New/B-GPE York/I-GPE", "fell/VERB"; names are proper nouns.

    ``heads`` and ``deps`` map word numbers to a head and a relation; others hang on the first verb.
    """

    def build(
        text: str, *, heads: dict[int, int] | None = None, deps: dict[int, str] | None = None, glue: str = ""
    ) -> Doc:
        words, ents, pos = [], [], []
        for item in text.split():
            word, _, mark = item.partition("/")
            words.append(word)
            verb = mark == "VERB"
            ents.append("O" if verb or not mark else mark if mark[1:2] == "-" else f"B-{mark}")
            named = word[:1].isupper() or word[:1].isdigit()
            pos.append("VERB" if verb else "PROPN" if (named and len(words) > 1) or ents[-1] != "O" else "NOUN")
        root = next((i for i, p in enumerate(pos) if p == "VERB"), 0)
        spaces = [not (w in glue.split() or (i + 1 < len(words) and words[i + 1] in {",", ".", "'s", *glue.split()}))
                  for i, w in enumerate(words)]  # fmt: skip
        return Doc(
            vocab, words=words, spaces=spaces, ents=ents, pos=pos, tags=["NNP" if p == "PROPN" else "NN" for p in pos],
            lemmas=[w.lower().removesuffix("ed") if p == "VERB" else w.lower() for w, p in zip(words, pos, strict=True)],
            heads=[(heads or {}).get(i, root) for i in range(len(words))],
            deps=[(deps or {}).get(i, "root" if i == root else "dep") for i in range(len(words))],
        )  # fmt: skip

    return build


def found(component: Places, doc: Doc) -> list[tuple[str, dict[str, Any]]]:
    out = []
    for f in state.read(component(doc), state.PLACES):
        start, end = state.char_range(doc, f.start, f.end)
        out.append((doc.text[start:end], f.values))
    return out


def test_places_joins_a_hyphenated_name_that_tokens_and_entities_split(component: Places, tagged: Build) -> None:
    doc = tagged("a post near Nerkin/B-ORG -/I-ORG And in Gafan/GPE district was destroyed/VERB", glue="-")
    (village, where), (town, kapan) = found(component, doc)
    assert (village, where["name"], where["geonames_id"]) == ("Nerkin-And", "Nerkin Hand", 174815)
    assert (where["latitude"], where["longitude"], where["country"]) == (39.04131, 46.51623, "AM")
    assert (town, kapan["name"]) == ("Gafan", "Kapan")


def test_places_takes_a_name_and_its_container_as_two_records(component: Places, tagged: Build) -> None:
    doc = tagged("shells hit/VERB Paris/GPE , Texas/GPE , on Monday/DATE")
    (_, paris), (_, texas) = found(component, doc)
    assert (paris["country"], paris["admin1"], paris["precision"]) == ("US", "Texas", "settlement")
    assert (texas["feature"], texas["precision"]) == ("A.ADM1", "region")


def test_places_gives_one_record_for_each_mention(component: Places, tagged: Build) -> None:
    doc = tagged("troops left/VERB Goris/GPE and came back to Goris/GPE")
    assert [f.id for f in state.read(component(doc), state.PLACES)] == ["p1", "p2"]
    assert [text for text, _ in found(component, doc)] == ["Goris", "Goris"]


@pytest.mark.parametrize(
    ("text", "km", "west"),
    [
        ("fighters met/VERB 40 km west of Goma/GPE", 40.0, True),
        ("fighters met/VERB 25 miles ( 40 km ) west of Goma/GPE", 40.2, True),
        ("fighters met/VERB 40 kilometres to the east of Goma/GPE", 40.0, False),
    ],
)
def test_places_displaces_a_point_told_beside_a_place(
    component: Places, tagged: Build, text: str, km: float, west: bool
) -> None:
    [(words, values)] = found(component, tagged(text))
    goma = IndexGazetteer().find("Goma")[0].entry
    assert words.endswith("of Goma")
    assert words[0].isdigit()
    assert distance_km(values["latitude"], values["longitude"], goma.latitude, goma.longitude) == pytest.approx(
        km, abs=0.3
    )
    assert (values["longitude"] < goma.longitude) is west
    assert values["radius_km"] > 8


def test_places_takes_a_border_for_an_area_of_two_countries(component: Places, tagged: Build) -> None:
    doc = tagged("fire broke/VERB out on the Armenian/NORP - Azerbaijani/NORP border", glue="-")
    (text, border), (_, one), (_, other) = found(component, doc)
    assert text == "Armenian-Azerbaijani border"
    assert (border["countries"], border["country"], border["precision"]) == (["AM", "AZ"], None, "area")
    assert (one["role"], other["role"]) == ("demonym", "demonym")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Moscow/GPE urged/VERB restraint", "metonym"),
        ("Moscow/GPE suffered/VERB again", "mention"),
        ("Armenia/GPE rejected/VERB that", "metonym"),
    ],
)
def test_places_tells_governments_from_places(component: Places, tagged: Build, text: str, role: str) -> None:
    doc = tagged(text, deps={0: "nsubj"})
    doc[1].lemma_ = {"urged": "urge", "suffered": "suffer", "rejected": "reject"}[doc[1].text]
    assert found(component, doc)[0][1]["role"] == role


def test_places_marks_demonyms_with_their_country(component: Places, tagged: Build) -> None:
    [(text, values)] = found(component, tagged("two Iraqi/NORP soldiers died/VERB"))
    assert (text, values["country"], values["role"]) == ("Iraqi", "IQ", "demonym")


@pytest.mark.parametrize(
    "text",
    [
        "the Washington/B-ORG Post/I-ORG reported/VERB it",
        "Jordan/B-PERSON Smith/I-PERSON spoke/VERB and Smith/PERSON left",
        "it happened/VERB in March/DATE",
        "the UN said/VERB so",
        "the Church said/VERB so",
    ],
)
def test_places_leaves_other_names_alone(component: Places, tagged: Build, text: str) -> None:
    assert found(component, tagged(text)) == []


def test_places_keeps_an_unknown_place_unresolved(component: Places, tagged: Build) -> None:
    [(text, values)] = found(component, tagged("shells fell/VERB in Qxyztown/GPE today"))
    assert (text, values["latitude"], values["country"]) == ("Qxyztown", None, None)
    assert values["reason"]


def test_places_reads_text_without_capitals(component: Places, tagged: Build) -> None:
    doc = tagged("many people were killed/VERB in aleppo while syrian officials kept silent and nobody spoke")
    texts = dict(found(component, doc))
    assert texts["aleppo"]["country"] == "SY"
    assert texts["syrian"]["role"] == "demonym"


def test_places_says_who_claims_a_disputed_place(component: Places, tagged: Build) -> None:
    [(_, values)] = found(
        component, tagged("troops left/VERB Nagorno/B-LOC -/I-LOC Karabakh/I-LOC yesterday", glue="-")
    )
    assert set(values["claimed_by"]) == {"AZE", "ARM"}
    assert values["precision"] == "area"


def test_places_ranks_alternatives_below_the_chosen_one(component: Places, tagged: Build) -> None:
    [(_, values)] = found(component, tagged("a bomb exploded/VERB in Tripoli/GPE today"))
    scores = [a["score"] for a in values["alternatives"]]
    assert scores == sorted(scores, reverse=True)
    assert {"LY", "LB"} <= {values["country"], *(a["country"] for a in values["alternatives"])}


def test_places_records_survive_serialisation(component: Places, tagged: Build, vocab: Vocab) -> None:
    doc = component(tagged("troops left/VERB Goris/GPE today"))
    [again] = DocBin(docs=[doc], store_user_data=True).get_docs(vocab)
    assert state.read(again, state.PLACES) == state.read(doc, state.PLACES)


def test_places_of_an_empty_text_are_none(component: Places, vocab: Vocab) -> None:
    assert found(component, Doc(vocab, words=[])) == []


def test_places_factory_takes_weights_and_refuses_unknown_ones() -> None:
    nlp: Language = spacy.blank("en")
    nlp.add_pipe("conflict_places", config={"weights": {"nearness": 0.0}, "alternatives": 1})
    assert nlp.get_pipe("conflict_places").weights.nearness == 0.0
    assert nlp.config["components"]["conflict_places"]["gazetteer"]["@misc"] == "conflict_events.Gazetteer.v1"
    with pytest.raises(ValueError, match="unknown weight"):
        nlp.add_pipe("conflict_places", name="other", config={"weights": {"fame": 1.0}})


def test_places_says_why_a_front_line_without_a_place_is_unresolved(component: Places, tagged: Build) -> None:
    [(text, values)] = found(component, tagged("two soldiers died/VERB on the line of contact today"))
    assert (text, values["latitude"], values["precision"]) == ("line of contact", None, "area")
    assert "front line" in values["reason"]


def test_places_gives_a_front_line_the_extent_of_the_place_it_runs_by(component: Places, tagged: Build) -> None:
    doc = tagged("shells fell/VERB near the front line outside Bakhmut/GPE today")
    (text, front), (_, town) = found(component, doc)
    assert (text, front["precision"], front["radius_km"]) == ("front line", "area", 25.0)
    assert (front["latitude"], front["country"]) == (town["latitude"], "UA")


def test_places_takes_no_front_from_what_only_modifies(component: Places, tagged: Build) -> None:
    doc = tagged("the frontline troops slept/VERB here", heads={1: 2}, deps={1: "compound"})
    assert found(component, doc) == []


@pytest.mark.parametrize("lead", ["between", "between the towns of"])
def test_places_puts_a_stretch_between_two_towns_in_their_middle(component: Places, tagged: Build, lead: str) -> None:
    doc = tagged(f"a bus burned/VERB on the road {lead} Goris/GPE and Kapan/GPE today")
    (text, stretch), (_, one), (_, other) = found(component, doc)
    assert (text, stretch["country"], stretch["precision"]) == (f"{lead} Goris and Kapan", "AM", "area")
    ends = [distance_km(stretch["latitude"], stretch["longitude"], p["latitude"], p["longitude"]) for p in (one, other)]
    assert ends == pytest.approx([stretch["radius_km"]] * 2, abs=0.2)


@pytest.mark.parametrize(
    ("text", "words", "north"),
    [
        ("rockets fell/VERB in northern Syria/GPE today", "northern Syria", True),
        ("rockets fell/VERB in the south of Syria/GPE today", "south of Syria", False),
    ],
)
def test_places_moves_the_point_of_a_part_of_a_land(
    component: Places, tagged: Build, text: str, words: str, north: bool
) -> None:
    [(said, part)] = found(component, tagged(text))
    syria = IndexGazetteer().find("Syria")[0].entry
    assert (said, part["country"], part["precision"]) == (words, "SY", "area")
    assert (part["latitude"] > syria.latitude) is north
    assert part["radius_km"] < syria.radius_km


def test_places_keeps_a_district_that_is_only_said_to_lie_in_a_part(component: Places, tagged: Build) -> None:
    [(text, values)] = found(component, tagged("guns fired/VERB in the northwestern Tovuz/GPE district today"))
    assert (text, values["name"], values["precision"]) == ("Tovuz", "Tovuz District", "region")


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("they waited/VERB for support from Yerevan/GPE today", {}),
        ("a dialogue began/VERB between Moscow/GPE and Kyiv/GPE", {}),
        ("a Moscow/GPE - backed force attacked/VERB", {}),
        ("officials blamed/VERB Kyiv/GPE again", {2: "obj"}),
    ],
)
def test_places_tells_governments_that_give_deal_and_are_blamed(
    component: Places, tagged: Build, text: str, tail: dict[int, str]
) -> None:
    between = "between" in text
    doc = tagged(text, deps={**tail, 3: "case"} if between else tail, heads={3: 4} if between else {})
    assert found(component, doc)[0][1]["role"] == "metonym"


def test_places_leaves_a_name_unresolved_that_the_named_country_does_not_have(component: Places, tagged: Build) -> None:
    (text, values), _ = found(
        component, tagged("gunmen raided/VERB the village of Inata/GPE in Burkina/B-GPE Faso/I-GPE today")
    )
    assert (text, values["latitude"]) == ("Inata", None)
    assert "country" in values["reason"]


def test_places_takes_similar_names_only_in_the_countries_of_the_report(component: Places, tagged: Build) -> None:
    far = dict(found(component, tagged("shells fell/VERB in Nerkin/B-GPE Khend/I-GPE near Lima/GPE in Peru/GPE today")))
    near = dict(
        found(component, tagged("shells fell/VERB in Nerkin/B-GPE Khend/I-GPE near Kapan/GPE in Armenia/GPE today"))
    )
    assert far["Nerkin Khend"]["latitude"] is None
    assert "no country of the report" in far["Nerkin Khend"]["reason"]
    assert near["Nerkin Khend"]["name"] == "Nerkin Hand"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("guns fired/VERB in Donetsk/GPE , Kherson/GPE and Luhansk/GPE regions today", "A.ADM1"),
        ("guns fired/VERB in the provinces of Idlib/GPE and Hama/GPE today", "A.ADM1"),
        ("guns fired/VERB in the towns of Idlib/GPE and Hama/GPE today", "P.PPLA"),
    ],
)
def test_places_takes_each_name_of_a_series_for_what_the_plural_says(
    component: Places, tagged: Build, text: str, kind: str
) -> None:
    places = found(component, tagged(text))
    assert len(places) >= 2
    assert {values["feature"] for _, values in places} == {kind}


def test_places_reads_a_dateline_in_capitals(component: Places, tagged: Build) -> None:
    places = dict(found(component, tagged("BEIRUT — Shelling resumed/VERB on Monday/DATE after a lull")))
    assert places["BEIRUT"]["country"] == "LB"


def test_places_lets_names_inside_institutions_tell_where_the_report_is_at_home(
    component: Places, tagged: Build
) -> None:
    plain = dict(found(component, tagged("a depot burned/VERB in Richmond/GPE today")))
    hinted = found(
        component,
        tagged(
            "a depot burned/VERB in Richmond/GPE and the Eastern/B-ORG Kentucky/I-ORG University/I-ORG sent"
            " its own Lexington/B-ORG Arts/I-ORG Academy/I-ORG engines"
        ),
    )
    assert [text for text, _ in hinted] == ["Richmond"]
    assert (plain["Richmond"]["admin1"], hinted[0][1]["admin1"]) == ("Virginia", "Kentucky")


def test_places_takes_the_full_name_of_a_region_under_any_label(component: Places, tagged: Build) -> None:
    [(text, values)] = found(component, tagged("police of Helmand/B-PERSON Province/I-PERSON denied/VERB it"))
    assert (text, values["feature"], values["country"]) == ("Helmand", "A.ADM1", "AF")


def test_places_takes_a_state_whose_name_begins_like_a_nationality(component: Places, tagged: Build) -> None:
    [(text, values)] = found(component, tagged("aid left/VERB the Czech/NORP Republic/GPE today"))
    assert (text, values["country"], values["role"]) == ("Czech Republic", "CZ", "mention")


def test_places_knows_where_members_of_parliament_are_elected(component: Places, tagged: Build) -> None:
    doc = tagged("Senator Smith/PERSON , D/B-PERSON -/I-PERSON Ohio/I-PERSON , objected/VERB", glue="-")
    assert [text for text, _ in found(component, doc)] == ["Ohio"]


@pytest.mark.parametrize(
    "text",
    [
        "A 30-year-old man died/VERB of it",
        "the E.U./ORG envoy spoke/VERB of it",
        "the Sen. and the Gov. spoke/VERB of it",
    ],
)
def test_places_takes_no_letters_and_abbreviations_for_towns(component: Places, tagged: Build, text: str) -> None:
    assert found(component, tagged(text)) == []


def test_places_reads_what_a_place_is_before_its_name(component: Places, tagged: Build) -> None:
    doc = tagged("crews left/VERB the City/B-GPE of/I-GPE Oxford/I-GPE for Cincinnati/GPE , Ohio/GPE , today")
    (text, oxford), *_ = found(component, doc)
    assert (text, oxford["admin1"]) == ("Oxford", "Ohio")


def test_places_prefers_the_water_that_a_name_speaks_of(component: Places, tagged: Build) -> None:
    [(_, sea)] = found(component, tagged("a freighter sank/VERB in the Red/B-LOC Sea/I-LOC today"))
    assert sea["feature"] == "H.SEA"


def test_places_takes_a_name_in_a_dateline_for_no_government(component: Places, tagged: Build) -> None:
    doc = tagged("KHARTOUM/GPE ( AP/ORG ) — hit/VERB a market", heads={0: 5}, deps={0: "nsubj"})
    assert found(component, doc)[0][1]["role"] == "mention"


def test_places_puts_an_airport_where_its_city_is(component: Places, tagged: Build) -> None:
    doc = tagged("a bomb exploded/VERB at Kabul/B-ORG International/I-ORG Airport/I-ORG today")
    [(text, values)] = found(component, doc)
    assert (text, values["country"]) == ("Kabul International Airport", "AF")
    assert values["radius_km"] >= 15


def test_places_displaces_a_point_beside_a_place_told_with_its_kind(component: Places, tagged: Build) -> None:
    [(text, values)] = found(component, tagged("fighters met/VERB 40 km north of the town of Djibo/GPE today"))
    assert text == "40 km north of the town of Djibo"
    djibo = IndexGazetteer().find("Djibo")[0].entry
    assert values["latitude"] - djibo.latitude == pytest.approx(40 / 111.2, abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "fighters met/VERB 12 km outside Mosul/GPE today",
        "fighters met/VERB 12 km ( 7 miles ) from Mosul/GPE today",
        "fighters met/VERB 12 km away from the town of Mosul/GPE today",
    ],
)
def test_places_widens_a_place_told_by_its_distance_alone(component: Places, tagged: Build, text: str) -> None:
    mosul = IndexGazetteer().find("Mosul")[0].entry
    [(words, values)] = found(component, tagged(text))
    assert (words, values["latitude"], values["radius_km"]) == ("Mosul", mosul.latitude, 12 + mosul.radius_km)


def test_places_takes_the_length_of_a_way_for_no_distance(component: Places, tagged: Build) -> None:
    (_, goma), _ = found(component, tagged("they drove/VERB 200 km from Goma/GPE to Bukavu/GPE"))
    assert goma["radius_km"] == IndexGazetteer().find("Goma")[0].entry.radius_km


@pytest.mark.parametrize("text", ["they crossed/VERB the Dnipro/GPE river", "they crossed/VERB the river Dnipro/GPE"])
def test_places_knows_a_river_by_its_name_and_the_word_for_it(component: Places, tagged: Build, text: str) -> None:
    [(words, values)] = found(component, tagged(text))
    assert (words, values["name"], values["feature"]) == ("Dnipro", "Dnipro River", "H.STM")


@pytest.mark.parametrize("labels", ["Karm/GPE al - Zeitoun", "Karm/B-GPE al/I-GPE -/I-GPE Zeitoun/I-GPE"])
def test_places_takes_no_beginning_of_a_name_that_an_article_carries_on(
    component: Places, tagged: Build, labels: str
) -> None:
    doc = tagged(f"shells hit/VERB a post near {labels} today", glue="-")
    names = [values["name"] for _, values in found(component, doc) if values["latitude"] is not None]
    assert names == (["Le Kram"] if "B-GPE" not in labels else [])


def test_places_takes_no_street_for_the_county_that_its_first_word_may_mean(component: Places, tagged: Build) -> None:
    doc = tagged("soldiers fired/VERB on Falls/B-FAC Road/I-FAC in Belfast/GPE")
    assert [values["country"] for _, values in found(component, doc)][-1] == "GB"
    assert "US" not in [values["country"] for _, values in found(component, doc)]


def test_places_takes_a_part_of_a_city_for_the_city(component: Places, tagged: Build) -> None:
    doc = tagged("rockets fell/VERB on homes in Aleppo/B-GPE al/I-GPE -/I-GPE Jadida/I-GPE today", glue="-")
    assert found(component, doc)[0][1]["name"] == "Aleppo"


def test_places_keeps_an_unknown_name_whole_that_an_article_carries_on(component: Places, tagged: Build) -> None:
    doc = tagged("a depot exploded/VERB in Wadi al - Zahab District today", glue="-")
    [(words, values)] = found(component, doc)
    assert (words, values["latitude"], values["reason"]) == ("Wadi al-Zahab", None, "no gazetteer entry with this name")


def test_places_joins_a_name_within_which_the_parser_sees_a_boundary(component: Places, tagged: Build) -> None:
    doc = tagged("shells fell/VERB near Nerkin/GPE And before dawn", heads={4: 4, 5: 4, 6: 4})
    assert doc[4].is_sent_start
    [(words, values)] = found(component, doc)
    assert (words, values["name"]) == ("Nerkin And", "Nerkin Hand")


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit/VERB homes in the Vexley/GPE district of southern Khartoum/GPE .",
        "A bomb went/VERB off in the Vexley/GPE neighbourhood in Khartoum/GPE .",
    ],
)
def test_places_puts_an_unknown_part_of_a_town_at_the_town(component: Places, tagged: Build, text: str) -> None:
    (part, values), _ = found(component, tagged(text))
    assert part == "Vexley"
    assert (values["country"], values["geonames_id"]) == ("SD", None)
    assert values["latitude"] == pytest.approx(15.5, abs=0.3)
    assert values["confidence"] <= 0.5
    assert "there" in values["reason"]


def test_places_takes_no_far_town_for_a_part_of_the_named_one(component: Places, tagged: Build) -> None:
    (_, values), _ = found(component, tagged("shells hit/VERB the Mayo/GPE district of Khartoum/GPE today"))
    assert values["country"] == "SD"


@pytest.mark.parametrize(
    ("between", "beside"),
    [(", just north of ", True), (", 12 km south-east of ", True), (" near the town of ", True), (" and ", False)],
)
def test_words_that_put_a_place_beside_the_next(between: str, beside: bool) -> None:
    assert (BESIDE.fullmatch(between) is not None) is beside


def test_a_similar_name_lies_by_the_place_told_beside_it() -> None:
    town = SimpleNamespace(latitude=49.2, longitude=37.3, radius_km=5.0)
    far, close = SimpleNamespace(latitude=49.7, longitude=32.2), SimpleNamespace(latitude=49.5, longitude=37.4)
    readings: Any = [SimpleNamespace(entry=e, similarity=s) for e, s in ((far, 0.9), (far, 1), (close, 0.9))]
    assert near_to(readings, town) == readings[1:]
