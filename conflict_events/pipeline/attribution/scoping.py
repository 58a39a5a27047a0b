"""News or history: whether a figure or event is what the report tells as new, and whether a figure sums up.

Each target is described by readable features (tense, dates of its clause, relative clauses, words of war and
of law, size of the number, place in the text), which two small logistic models weigh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from conflict_events.pipeline import state
from conflict_events.pipeline.attribution.clauses import event_tokens, is_verbal, tense
from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.attribution.scope_words import (
    HAPPENINGS,
    LAW,
    LINKERS,
    MEMORY,
    MONTHS,
    YEAR,
    names_day,
    noun_features,
    quantity_features,
    word_features,
)
from conflict_events.pipeline.attribution.targets import Target
from conflict_events.pipeline.syntax import Tree


@dataclass(frozen=True)
class Setting:
    """What scope needs to know of the whole text.

    ``dates`` are the last days of the resolved time expressions, by first token; ``today`` the day by which the
    report's news is dated: its publication, else the latest day that a text of several sentences names.
    """

    layout: Layout
    sentences: int
    year: str | None
    dates: dict[int, date]
    today: date | None

    @classmethod
    def of(cls, doc: Doc, tree: Tree, layout: Layout) -> Setting:
        """Read off the text and the dates that stand on the Doc."""
        found: dict[int, date] = {}
        for item in state.read(doc, state.DATES):
            if item.values.get("end"):
                found[item.start] = date.fromisoformat(item.values["end"])
        given = state.published_interval(doc)
        told = state.attrs(doc, state.DATES).get("published") or {}
        published = given[1] if given else told.get("end")
        today = date.fromisoformat(published) if published else None
        if today is None and found and len(layout.bounds) > 3:
            today = max(found.values())
        year = published[:4] if published else _head_year(tree)
        return cls(layout, len(tree.sents), year, found, today)

    def lag(self, tokens: Sequence[int], *, latest: bool = False) -> str | None:
        """How long before the report's news the dates among ``tokens`` lie, in a word; None where none tells.

        Of several dates the earliest counts, or the ``latest``.
        """
        if self.today is None:
            return None
        days = [(self.today - self.dates[k]).days for k in tokens if k in self.dates]
        if not days:
            return None
        chosen = min(days) if latest else max(days)
        return next(name for name, least in LAGS if chosen >= least)


# names of spans of time and the least number of days that each stands for
LAGS = (("years", 200), ("months", 45), ("weeks", 8), ("days", 3), ("now", -100_000))


def _head_year(tree: Tree) -> str | None:
    """The year of a dateline: one within the first ten words, after a month, a day or a slash."""
    for i in range(min(10, len(tree))):
        if YEAR.match(tree.text[i]) and i and (tree.lower[i - 1] in MONTHS or tree.text[i - 1].strip(".,").isdigit()):
            return tree.text[i]
        m = re.match(r"\d\d?[-./]\d\d?[-./]((?:19|20)\d\d)$", tree.text[i])
        if m:
            return m[1]
    return None


def describe(tree: Tree, target: Target, setting: Setting, *, claimed: bool, hypothetical: bool) -> list[str]:
    """Features of a target for the models of scope and of cumulation."""
    found: set[str] = set()
    way = target.way
    left, right = _bounded(tree.sents[target.sent], target.anchor)
    verb, anchor = target.verb, target.anchor
    found.add(f"tense:{target.tense}")
    finite_verb, finite = target.finite
    found.add(f"finite:{finite}")
    found.add(f"claimed:{claimed}")
    if hypothetical:
        found.add("hypothetical")
    main = way[-1].token
    found.add(f"main:{tense(tree, main)}")
    if finite_verb == main:
        found.add("in_main_clause")
    _ways(tree, target, found)
    clause = event_tokens(tree, verb)
    told = set(clause)
    _context(tree, target, setting, clause, found)
    word_features(tree, clause, "clause", found, setting.year)
    word_features(tree, [k for k in range(left, right) if k not in told], "sentence", found, setting.year)
    if target.is_figure:
        found.add(f"digits{min(target.magnitude, 6)}")
        quantity_features(tree, target, found)
        found.add(f"outcome:{target.label}")
    _position(tree, target, setting, found)
    if tree.pos[anchor] in ("NOUN", "PROPN"):
        found.add("nominal")
        noun_features(tree, anchor, found)
    first = next((tree.lower[k] for k in range(left, right) if not tree.is_space[k]), "")
    if first in LINKERS or first in (
        "in",
        "the",
        "on",
        "a",
        "an",
        "earlier",
        "hours",
        "last",
        "but",
        "more",
        "at",
        "since",
    ):
        found.add(f"first:{first}")
    return sorted(found)


def _bounded(bounds: tuple[int, int], i: int) -> tuple[int, int]:
    """The part of a sentence or stretch around ``i`` that is looked at, so that an endless line costs no more."""
    return max(bounds[0], i - WINDOW), min(bounds[1], i + WINDOW)


WINDOW = 150


def _context(tree: Tree, target: Target, setting: Setting, clause: Sequence[int], found: set[str]) -> None:
    """What the stretch before says of time, for a clause that has no date of its own."""
    here = setting.layout.stretch[target.anchor]
    lag = setting.lag(clause)
    if lag is not None:
        found.add(f"lag:{lag}")
    if here == 0 or lag is not None or any(names_day(tree, k) for k in clause):
        return
    found.add("undated")
    inherited = _inherited(tree, setting, here)
    if inherited is not None:
        found.add(f"before:{inherited}")
        if _takes_up(tree, clause):
            found.add(f"taken_up:{inherited}")
    left, right = setting.layout.bounds[here - 1]
    while right - left < 3 and here > 1:
        here -= 1
        left, right = setting.layout.bounds[here - 1]
    left, right = _bounded((left, right), right)
    before: set[str] = set()
    word_features(tree, range(left, right), "prev", before, setting.year)
    found.update(f for f in before if f in PREVIOUS)
    if any(tree.lower[k] == "had" and tree.role[k].startswith("aux") for k in range(left, right)):
        found.add("prev:pluperfect")


def _inherited(tree: Tree, setting: Setting, here: int) -> str | None:
    """The lag of the latest date in the nearest dated stretch before.

    A paragraph break ends the search, unless the subject of what follows takes up what was told before.
    """
    for k in range(here - 1, max(-1, here - 4), -1):
        left, right = _bounded(setting.layout.bounds[k], setting.layout.bounds[k][1])
        if any(tree.is_space[m] and "\n" in tree.text[m] for m in range(left, right)):
            after = range(*setting.layout.bounds[k + 1])[:WINDOW]
            main = next((m for m in after if tree.role[m].startswith("nsubj") and _is_root(tree, tree.head[m])), None)
            if main is None or not _takes_up(tree, (main, tree.head[main])):
                return None
        lag = setting.lag(range(left, right), latest=True)
        if lag is not None:
            return lag
    return None


def _is_root(tree: Tree, i: int) -> bool:
    return tree.head[i] == i


def _takes_up(tree: Tree, clause: Sequence[int]) -> bool:
    """Whether the clause's subject takes up what the sentence before told: "the fighting", "it"."""
    for k in clause:
        if tree.role[k] in ("nsubj", "nsubj:pass", "obl", "obj") and tree.head[k] in clause:
            if tree.lower[k] in ("it", "this", "that"):
                return True
            definite = any(tree.lower[m] in ("the", "this", "that", "these", "those") for m in tree.children[k])
            if definite and tree.lemma[k] in HAPPENINGS:
                return True
    return False


PREVIOUS = frozenset(
    f"prev:{name}"
    for name in "year in_year own_year month month_day in_month weekday span war since law today last".split()
)


def _ways(tree: Tree, target: Target, found: set[str]) -> None:
    """The clauses between the target and the main verb, and the words that govern them."""
    verbal_seen = False
    for depth, link in enumerate(target.way):
        base = link.role
        if base in ("acl:relcl", "acl", "advcl", "appos", "ccomp", "parataxis", "nmod", "xcomp"):
            found.add(f"way:{base}")
        if base == "advcl":
            for k in tree.children[link.token]:
                if tree.role[k] in ("mark", "advmod", "case") and tree.lower[k] in _MARKS:
                    found.add(f"mark:{tree.lower[k]}")
                    if k and tree.lower[k - 1] in _LAGS:
                        found.add(f"mark:{_LAGS[tree.lower[k - 1]]}_{tree.lower[k]}")
        if base in ("acl:relcl", "acl") and tree.head[link.token] != link.token:
            noun = tree.head[link.token]
            found.add(f"of_noun:{tree.lemma[noun]}")
            if any(tree.lower[k] in ("the", "this", "that", "these", "those") for k in tree.children[noun]):
                found.add("way:definite_noun")
            if any(tree.lower[k] in ("a", "an") for k in tree.children[noun]):
                found.add("way:indefinite_noun")
        if depth and is_verbal(tree, link.token):
            found.add(f"under:{tree.lemma[link.token]}")
            if not verbal_seen:
                found.add(f"next_verb:{tense(tree, link.token)}")
            verbal_seen = True
        lemma = tree.lemma[link.token]
        if depth and tree.pos[link.token] == "NOUN":
            found.add(f"over:{lemma}")
        if depth and lemma in LAW:
            found.add("under_law")
        if depth and lemma in MEMORY:
            found.add("under_memory")
    found.add(f"depth{min(len(target.way), 6)}")


_LAGS = {"hours": "hours", "hour": "hours", "minutes": "hours"} | dict.fromkeys(
    ("day", "days", "week", "weeks", "month", "months", "year", "years", "later"), "days"
)
_MARKS = frozenset("after when as since while before if until because although where following days hours".split())


def _position(tree: Tree, target: Target, setting: Setting, found: set[str]) -> None:
    if setting.sentences <= 2:
        found.add("text:lone")
        return
    share = target.sent / max(1, setting.sentences - 1)
    found.add(
        "text:start"
        if target.sent < 3
        else "text:early"
        if share < 0.4
        else "text:middle"
        if share < 0.75
        else "text:end"
    )
    if target.magnitude >= 4:
        found.add("text:huge")
