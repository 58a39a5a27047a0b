"""The shipped gazetteer: places of recent conflicts by all their names, its limits, and layers over it."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from conflict_events.geo import importer
from conflict_events.geo.distance import distance_km
from conflict_events.geo.gazetteer import IndexGazetteer


@pytest.fixture(scope="module")
def places() -> IndexGazetteer:
    return IndexGazetteer()


# GeoNames number, country, names by which news calls the place
VARIANTS = [
    (174815, "AM", ("Nerkin Hand", "Nerkin-And", "Nerkin And", "NERKIN HAND")),
    (584821, "AZ", ("Tovuz", "Tauz")),
    (174895, "AM", ("Goris",)),
    (174875, "AM", ("Kapan", "Gafan", "Qafan")),
    (174884, "AM", ("Jermuk", "Dzhermuk", "Djermuk")),
    (146970, "AZ", ("Khankendi", "Stepanakert", "Xankəndi")),
    (703448, "UA", ("Kyiv", "Kiev", "KYIV")),
    (713174, "UA", ("Bakhmut", "Artemivsk", "Artyomovsk")),
    (706483, "UA", ("Kharkiv", "Kharkov")),
    (698740, "UA", ("Odesa", "Odessa")),
    (79415, "YE", ("Hodeidah", "Hudaydah", "Al-Hudaydah", "Hodeida")),
    (71137, "YE", ("Sanaa", "Sana'a")),
    (379555, "SD", ("El Fasher", "El-Fasher", "Al-Fashir")),
    (170063, "SY", ("Aleppo", "Halab")),
    (1298824, "MM", ("Yangon", "Rangoon")),
]


@pytest.mark.parametrize(("geonames_id", "country", "names"), VARIANTS, ids=[v[2][0] for v in VARIANTS])
def test_gazetteer_finds_a_place_by_all_its_names(
    places: IndexGazetteer, geonames_id: int, country: str, names: tuple[str, ...]
) -> None:
    for name in names:
        known = {m.entry.geonames_id: m.entry.country for m in places.find(name)}
        assert known.get(geonames_id) == country, name


def test_gazetteer_places_nerkin_hand_exactly(places: IndexGazetteer) -> None:
    entry = places.find("Nerkin-And")[0].entry
    assert (entry.latitude, entry.longitude, entry.admin1) == (39.04131, 46.51623, "Syunik")


@pytest.mark.parametrize(
    ("word", "country"),
    [("Armenian", "AM"), ("Iraqis", "IQ"), ("Sri Lankan", "LK"), ("Turks", "TR"), ("Burkinabè", "BF")],
)
def test_gazetteer_tells_demonyms_from_places(places: IndexGazetteer, word: str, country: str) -> None:
    found = [m for m in places.find(word) if m.kind == "demonym"]
    assert [m.entry.country for m in found] == [country]


@pytest.mark.parametrize(
    ("name", "near", "km"),
    [
        ("Nagorno-Karabakh", (39.8, 46.75), 60),
        ("Donbas", (48.3, 38.2), 120),
        ("Darfur", (13.0, 24.5), 150),
        ("Gaza Strip", (31.42, 34.36), 15),
        ("Black Sea", (43.3, 34.5), 250),
        ("Euphrates", (35.0, 40.4), 250),
    ],
)
def test_gazetteer_knows_areas_and_waters(
    places: IndexGazetteer, name: str, near: tuple[float, float], km: float
) -> None:
    entry = places.find(name)[0].entry
    assert distance_km(*near, entry.latitude, entry.longitude) < km
    assert entry.radius_km > 10


def test_gazetteer_says_who_claims_a_disputed_place(places: IndexGazetteer) -> None:
    assert places.find("Crimea")[0].entry.claimed_by == ("UKR", "RUS")
    assert set(places.find("Nagorno-Karabakh")[0].entry.claimed_by) == {"AZE", "ARM"}


def test_gazetteer_has_borders_as_areas(places: IndexGazetteer) -> None:
    border = places.by_code("AM|AZ")
    assert border is not None
    assert (border.countries, border.precision) == (("AM", "AZ"), "area")
    armenia = places.by_code("ARM")
    assert armenia is not None
    assert distance_km(border.latitude, border.longitude, armenia.latitude, armenia.longitude) < 150


def test_gazetteer_finds_names_spelled_alike(places: IndexGazetteer) -> None:
    assert places.find("Nerkin Khend") == ()
    assert places.similar("Nerkin Khend")[0].entry.geonames_id == 174815
    assert places.similar("Xy") == ()


@pytest.mark.parametrize("name", ["", " ", "qqqq zzzz", "\0AM", "😀", "-" * 5000], ids=repr)
def test_gazetteer_gives_nothing_for_what_is_no_name(places: IndexGazetteer, name: str) -> None:
    if name != "\0AM":
        assert places.find(name) == ()


def test_gazetteer_comes_back_from_a_pickle(places: IndexGazetteer) -> None:
    again = pickle.loads(pickle.dumps(places))
    assert again.version == places.version
    assert again.find("Bakhmut") == places.find("Bakhmut")


def test_gazetteer_layer_comes_before_the_shipped_one(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "name,latitude,longitude,country,admin1,alternates\nOld Mill Post,39.5,46.3,AM,08,Hin Jraghats;Post 12\n"
        "Bakhmut,1.0,2.0,UA,05,\n",
        encoding="utf-8",
    )
    importer.build([table], tmp_path / "mine.gaz")
    both = IndexGazetteer([tmp_path / "mine.gaz"])
    assert [m.entry.latitude for m in both.find("Bakhmut")][:2] == [1.0, 48.59419]
    assert both.find("hin jraghats")[0].entry.admin1 == "Syunik"
    assert "AM" in [m.entry.country for m in both.find("Goris")]
    assert both.version.endswith("+mine")
