"""Dates: the time expressions of a report as intervals of days.

The reading itself is in `conflict_events.text.temporal`, over the text alone; this component gives it what the
Doc knows: when the report was published and, from the parse, whether a clause speaks of the future.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from conflict_events.pipeline import state
from conflict_events.pipeline.scoring import score_spans
from conflict_events.pipeline.syntax import Tree
from conflict_events.text.temporal import DatedText, Interval, read_dates
from conflict_events.text.temporal.expression import Expression
from conflict_events.text.temporal.tense import Tense

FUTURE_AUXILIARIES = frozenset({"will", "'ll", "’ll", "wo", "shall"})
PAST_TAGS = frozenset({"VBD"})
PLANNING = frozenset({"plan", "schedule", "expect", "intend", "due", "set", "slate", "prepare", "agree", "go"})
"""Governors whose infinitive lies ahead of them ("is due to meet on Friday")."""


@Language.factory(
    "conflict_dates",
    assigns=["doc.spans"],
    default_config={
        "genre": "auto",
        "tense": "parse",
        "numeric_order": "DMY",
        "ranges": "days",
        "scorer": {"@scorers": "conflict_events.date_scorer.v1"},
    },
    default_score_weights={"conflict_dates_f": 1.0, "conflict_dates_p": None, "conflict_dates_r": None},
)
def make_dates(
    nlp: Language,
    name: str,
    genre: Literal["auto", "history", "news"],
    tense: Literal["parse", "words"],
    numeric_order: Literal["DMY", "MDY"],
    ranges: Literal["none", "days", "all"],
    scorer: Callable[..., dict[str, Any]] | None,
) -> Dates:
    """Component that finds time expressions and resolves them to intervals of days.

    ``genre``: "history" takes the year of "On 5 June" from the date told before, "news" from the publication date;
    "auto" lets the text decide. ``tense``: from the "parse" where the Doc has one, or from the "words" alone.
    ``numeric_order``: how 03/04/2012 is read where both are possible and no other date of the text shows its order. ``ranges``: "days" adds a date for the whole
    of "12-14 July" to those of its two ends, "all" also for "from May 2003 to 2006".
    """
    return Dates(name, genre=genre, tense=tense, numeric_order=numeric_order, ranges=ranges, scorer=scorer)


class Dates(Pipe):
    """Writes the span group of dates and, where the text alone tells it, the report's own date."""

    def __init__(
        self,
        name: str = "conflict_dates",
        *,
        genre: Literal["auto", "history", "news"] = "auto",
        tense: Literal["parse", "words"] = "parse",
        numeric_order: Literal["DMY", "MDY"] = "DMY",
        ranges: Literal["none", "days", "all"] = "days",
        scorer: Callable[..., dict[str, Any]] | None = None,
    ) -> None:
        self.name = name
        self.genre = genre
        self.tense = tense
        self.numeric_order = numeric_order
        self.ranges = ranges
        self.scorer = scorer

    def __call__(self, doc: Doc) -> Doc:
        try:
            self.set_annotations(doc, self.predict_dates(doc))
        except Exception as error:
            self.get_error_handler()(self.name, self, [doc], error)
        return doc

    def predict_dates(self, doc: Doc) -> DatedText:
        """The dates of ``doc``; the Doc stays as it is."""
        given = state.published_interval(doc)
        return read_dates(
            doc.text,
            published=Interval.from_iso(*given) if given else None,
            narrative=None if self.genre == "auto" else self.genre == "history",
            tense=_tense_by_parse(doc) if self.tense == "parse" and doc.has_annotation("DEP") else None,
            numeric_order=self.numeric_order,
            ranges=self.ranges,
        )

    def set_annotations(self, doc: Doc, read: DatedText) -> None:
        """Write the dates to ``doc.spans`` with their values, and the report's date where the text tells it."""
        found = []
        for number, date in enumerate(read.dates, start=1):
            tokens = state.token_range(doc, date.start, date.end)
            if tokens is None:
                continue
            start, end = date.days.iso() if date.days is not None else (None, None)
            values = {
                "chars": [date.start, date.end],
                "start": start,
                "end": end,
                "extent": date.extent,
                "precision": date.precision,
                "anchor": date.anchor,
                "timex": date.timex,
            }
            found.append(state.Found(*tokens, "DATE", f"d{number}", values))
        attrs: dict[str, Any] = {"genre": "history" if read.narrative else "news"}
        if read.report is not None and state.published_interval(doc) is None:
            first, last = read.report.iso()
            attrs["published"] = {"start": first, "end": last, "basis": "text"}
        state.write(doc, state.DATES, found, **attrs)

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        return self.scorer(examples, **kwargs) if self.scorer is not None else {}

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Dates:
        return self

    def to_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to write: the configuration is all that the component has."""

    def from_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> Dates:
        return self


def _tense_by_parse(doc: Doc) -> Callable[[Expression], Tense | None]:
    """Tells the tense of an expression's clause by its verb; None where the verb does not say."""
    tree: list[Tree] = []

    def tense(expression: Expression) -> Tense | None:
        if not tree:
            tree.append(Tree(doc))
        parse = tree[0]
        verb = parse.clause_head(parse.token_at(expression.start))
        for _ in range(4):
            auxiliaries = {parse.lower[k] for k in parse.having(verb, "aux", "aux:pass", "cop")}
            if auxiliaries & FUTURE_AUXILIARIES:
                return "future"
            governor = parse.head[verb]
            if (
                parse.role[verb] in ("xcomp", "advcl", "ccomp")
                and parse.tag[verb] == "VB"
                and "to" in _marks(parse, verb)
            ):
                if parse.lemma[governor] in PLANNING or (
                    parse.tag[governor] in ("VBZ", "VBP") and parse.lemma[governor] == "be"
                ):
                    return "future"
            elif parse.tag[verb] in PAST_TAGS or auxiliaries & {"was", "were", "had", "did", "has", "have"}:
                return "past"
            elif parse.role[verb] not in ("xcomp", "conj", "acl", "acl:relcl"):
                return None
            if governor == verb:
                return None
            verb = governor
        return None

    return tense


def _marks(parse: Tree, verb: int) -> set[str]:
    return {parse.lower[k] for k in parse.having(verb, "mark", "aux")}


def make_date_scorer() -> Callable[..., dict[str, Any]]:
    """The scorer registered as ``conflict_events.date_scorer.v1``: F1 of date spans."""
    return score_dates


def score_dates(examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
    """Precision, recall and F1 of the spans of the group "conflict_dates"."""
    return score_spans(examples, state.DATES, labels=False)


registry.scorers("conflict_events.date_scorer.v1", func=make_date_scorer)
