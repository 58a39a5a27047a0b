"""Who is who: states by their names and demonyms, and the table of armed groups, organisations and media."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from conflict_events.geo.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the table of actors; ``party`` is the side it speaks or fights for."""

    id: str
    name: str
    kind: str
    party: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class State:
    """A state that a name means: ISO alpha-3, its English name, and how the name means it.

    ``how`` is "name", "demonym" or "capital" (a capital or seat that stands for the government).
    """

    alpha3: str
    name: str
    how: str


class Roster:
    """Look-ups of group names (exact, by words) and of state names (through the gazetteer)."""

    def __init__(self, gazetteer: Gazetteer | None) -> None:
        self.gazetteer = gazetteer
        self.aliases = _aliases()
        self.ambiguous = _ambiguous()
        self.firsts = _firsts()
        self._states: dict[str, State | None] = {}

    def group_at(self, words: list[str], i: int) -> tuple[Known, int] | None:
        """The longest alias that begins at word ``i`` and the index after it; case counts."""
        longest = self.firsts.get(words[i], 0)
        for n in range(min(longest, len(words) - i), 0, -1):
            known = self.aliases.get(tuple(words[i : i + n]))
            if known is not None:
                return known, i + n
        return None

    def state(self, name: str) -> State | None:
        """The state that ``name`` names ("Armenia", "Armenian", "Yerevan", "the Kremlin"); None if none."""
        if name in self._states:
            return self._states[name]
        found = self._find(name)
        if len(self._states) < 20_000:
            self._states[name] = found
        return found

    def _find(self, name: str) -> State | None:
        if self.gazetteer is None or not name[:1].isupper():
            return None
        spellings = [name]
        if name.endswith("s") and len(name) > 4:
            spellings.append(name[:-1])
        for spelling in spellings:
            for rank, match in enumerate(self.gazetteer.find(spelling)[:4]):
                entry = match.entry
                codes = iso3166().get(entry.country or "")
                if codes is None:
                    continue
                if entry.feature.startswith("A.PCL"):
                    if match.kind == "demonym" and rank == 0:
                        return State(codes[0], entry.name, "demonym")
                    if match.kind == "metonym" and rank == 0:
                        return State(codes[0], entry.name, "capital")
                    if spelling == name and match.kind != "demonym":
                        return State(codes[0], entry.name, "name")
                if entry.feature == "P.PPLC" and spelling == name and rank < 2:
                    return State(codes[0], codes[1], "capital")
        return None


@cache
def iso3166() -> dict[str, tuple[str, str]]:
    """Alpha-2 → (alpha-3, English name).

    >>> iso3166()["AM"]
    ('ARM', 'Armenia')
    """
    text = (files("conflict_events") / "data" / "iso3166.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:] if line]
    return {a: (b, c) for a, b, c in rows}


@cache
def states_of_the_world() -> frozenset[str]:
    """Alpha-3 codes of all states: the parties that are states.

    >>> "ARM" in states_of_the_world(), "nato" in states_of_the_world()
    (True, False)
    """
    return frozenset(code for code, _ in iso3166().values())


@cache
def _aliases() -> dict[tuple[str, ...], Known]:
    text = (files("conflict_events") / "data" / "actors.tsv").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], Known] = {}
    for line in text.splitlines()[1:]:
        if not line.strip() or line.startswith("#"):
            continue
        id_, name, kind, party, country, aliases = line.split("\t")[:6]
        known = Known(id_, name, kind, party or None, country or None)
        for alias in aliases.split(";"):
            for words in split_alias(alias):
                found.setdefault(words, known)
    return found


@cache
def _ambiguous() -> frozenset[tuple[str, ...]]:
    """The aliases that mean other things as well: surnames, common words, short abbreviations."""
    text = (files("conflict_events") / "data" / "actors.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:] if line.strip() and not line.startswith("#")]
    return frozenset(words for row in rows for alias in row[7].split(";") if alias for words in split_alias(alias))


def known_name(words: tuple[str, ...]) -> bool:
    """Whether ``words`` are a name of the table of actors that means nothing else.

    >>> known_name(("Boko", "Haram")), known_name(("Bamako",))
    (True, False)
    """
    return words in _aliases() and words not in _ambiguous()


@cache
def _firsts() -> dict[str, int]:
    """First word of an alias → the length in words of its longest alias."""
    firsts: dict[str, int] = {}
    for words in _aliases():
        firsts[words[0]] = max(firsts.get(words[0], 0), len(words))
    return firsts


def split_alias(alias: str) -> list[tuple[str, ...]]:
    """The ways in which tokenizers cut an alias: hyphens inside or apart, "'s" and final apostrophes apart.

    >>> split_alias("al-Nusra Front")
    [('al-Nusra', 'Front'), ('al', '-', 'Nusra', 'Front')]
    """
    plain: list[str] = []
    for word in alias.split():
        for ending in ("'s", "’s", "'", "’"):
            if word.endswith(ending) and len(word) > len(ending):
                plain += [word.removesuffix(ending), ending]
                break
        else:
            plain.append(word)
    ways = [tuple(plain)]
    if any("-" in w.strip("-") for w in plain):
        apart: list[str] = []
        for word in plain:
            parts = word.split("-")
            for k, part in enumerate(parts):
                if k:
                    apart.append("-")
                if part:
                    apart.append(part)
        ways.append(tuple(apart))
    return ways
