"""One HTML page of everything: incidents with their tolls, map, timeline, graph, and the reports with their evidence.

The page is whole in itself: no script, no picture from elsewhere, no network; its policy forbids them too.
"""

from __future__ import annotations

from collections.abc import Mapping

from conflict_events.io.phrases import Lookup, clean, joined, period, place_name, type_name
from conflict_events.io.tellings import told_rows
from conflict_events.records import Extraction, Incident, Linked, Relation
from conflict_events.viz.colors import INCIDENT, KINDS
from conflict_events.viz.map import map_
from conflict_events.viz.markup import Markup, element, escape
from conflict_events.viz.network import network
from conflict_events.viz.text import marked_text
from conflict_events.viz.timeline import timeline

_RELATIONS = {
    "retaliation_for": ("Retaliation for", "Answered by"),
    "part_of": ("Part of", "Takes in"),
    "follows": ("Follows", "Followed by"),
}
# rows beyond which a drawing is no picture any more
_MOST_DRAWN, _MOST_WITH_BACKGROUND = 250, 60
_MOST_OPEN = 10
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    """
body { font: 16px/1.5 system-ui, sans-serif; color: #1d2329; background: #fff; margin: 0 auto; max-width: 62rem;
  padding: 1.5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; } h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem;
  border-bottom: 2px solid #e3e6ea; padding-bottom: .2rem; } h3 { font-size: 1.05rem; margin: 0 0 .4rem; }
.lead { color: #55606a; margin: 0 0 1rem; } nav a { margin-right: 1rem; } a { color: #2b6a99; }
article { border: 1px solid #dfe3e8; border-left: 5px solid var(--side); border-radius: 4px; padding: .9rem 1.1rem;
  margin: 0 0 1rem; }
dl { display: grid; grid-template-columns: 7rem 1fr; gap: .1rem .8rem; margin: 0 0 .7rem; font-size: .92rem; }
dt { color: #6a747d; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0; border-top: 1px solid #e8ebee; }
th { color: #6a747d; font-weight: 500; border-top: 0; } td.n { font-weight: 600; white-space: nowrap; }
.old { color: #6a747d; } .flag { color: #a02c3c; font-weight: 600; }
.swatch { border-radius: 3px; padding: 0 6px; margin-right: 6px; font-size: .8rem; }
details { margin: 0 0 .8rem; } summary { cursor: pointer; font-weight: 600; }
.text { font-family: Georgia, serif; max-width: 44rem; unicode-bidi: isolate; overflow-wrap: anywhere; }
.text p { white-space: pre-line; } mark { border-radius: 2px; padding: 0 1px; color: inherit; background: #eee; }
mark:target { outline: 3px solid #a02c3c; } .id { color: #8b98a5; font-size: .8rem; }
"""
    # the last rule that fits wins: figures over events, events over the rest
    + "".join(
        f"mark.{kind} {{ background: {KINDS[kind]}; }} " for kind in ("actor", "date", "place", "event", "figure")
    )
)


def page(
    linked: Linked, *, texts: Mapping[str, str] | None = None, title: str = "Incidents and their reports"
) -> Markup:
    """The page as one HTML document. ``texts`` (report id → text) lets it show the reports themselves.

    Whatever a report says is escaped; the page holds no script.
    """
    return Markup(_Page(linked, texts or {}).html(title))


class _Page:
    def __init__(self, linked: Linked, texts: Mapping[str, str]) -> None:
        self.linked = linked
        self.texts = texts
        self.lookup = Lookup(linked)
        # element ids are numbers, since ids of reports may hold anything
        self.anchors: dict[str, str] = {}
        for extraction in linked.extracts:
            if extraction.report.id in texts:
                for figure in extraction.casualties:
                    self.anchors[figure.id] = f"f{len(self.anchors) + 1}"
        self.sections = {i.id: f"i{n}" for n, i in enumerate(linked.incidents, 1)}
        mains = {r.main_incident for r in linked.reports}
        current = [i for i in linked.incidents if i.scope == "current"]
        self.current = [i for i in current if i.id in mains] + [i for i in current if i.id not in mains]
        self.background = [i for i in linked.incidents if i.scope == "background"]
        self.copies = {r.id: r.copy_of for r in linked.reports}
        self.relations: dict[str, list[Relation]] = {}
        for relation in linked.relations:
            if relation.type in _RELATIONS and {relation.from_, relation.to} <= self.sections.keys():
                for end in dict.fromkeys((relation.from_, relation.to)):
                    self.relations.setdefault(end, []).append(relation)

    def html(self, title: str) -> str:
        made = self.linked.made_with
        lead = f"{len(self.linked.reports)} reports, {len(self.current)} incidents told as news, {len(self.background)} recalled"
        body = [
            element("h1", escape(title)),
            element("p", escape(lead), class_="lead"),
            self._navigation(),
            element("h2", "Incidents", id="incidents"),
            *map(self._incident, self.current),
            *([element("h2", "Also mentioned", id="recalled")] if self.background else []),
            *map(self._incident, self.background),
            element("h2", "Map", id="map"),
            map_(self.linked).html,
            element("h2", "Timeline", id="timeline"),
            self._timeline(),
            element("h2", "Graph", id="graph"),
            self._graph(),
            element("h2", "Reports", id="reports"),
            self._legend(),
            *map(self._report, self.linked.extracts),
            element(
                "p",
                escape(f"Made with conflict_events {made.version}, {made.model}, gazetteer {made.gazetteer}."),
                class_="id",
            ),
        ]
        head = (
            f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(title)}</title><style>{_STYLE}</style>"
        )
        return (
            f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body>\n' + "\n".join(body) + "\n</body></html>\n"
        )

    def _navigation(self) -> str:
        names = {"incidents": "Incidents", "map": "Map", "timeline": "Timeline", "graph": "Graph", "reports": "Reports"}
        return element("nav", *(element("a", label, href=f"#{anchor}") for anchor, label in names.items()))

    def _timeline(self) -> str:
        if len(self.linked.incidents) > _MOST_DRAWN:
            return element("p", "There are too many incidents to draw; the tables (CSV, Parquet) hold them.")
        return timeline(self.linked).html

    def _graph(self) -> str:
        if len(self.current) > _MOST_DRAWN or len(self.linked.reports) > _MOST_DRAWN:
            return element("p", "The graph is too large to draw; export it as GEXF or GraphML.")
        return network(self.linked, background=len(self.linked.incidents) <= _MOST_WITH_BACKGROUND).html

    def _incident(self, found: Incident) -> str:
        facts = [
            ("When", escape(self._when(found))),
            ("Where", escape(self._where(found))),
            ("Sides", escape(joined(self.lookup.actor(s) for s in found.sides))),
            ("What", escape(self._what(found))),
            ("Reports", escape(self._reports(found))),
            *self._relations(found),
        ]
        rows = "".join(element("dt", name) + element("dd", value) for name, value in facts if value)
        return element(
            "article",
            element("h3", escape(clean(found.title)), " ", element("span", escape(found.id), class_="id")),
            element("dl", rows),
            self._tolls(found),
            id=self.sections[found.id],
            style=f"--side: {INCIDENT[found.scope]}",
        )

    def _when(self, found: Incident) -> str:
        told = period(found.start, found.end)
        if told:
            return f"{told}, still going on" if found.ongoing else told
        words = self.lookup.dates_told(found)[:3]
        return joined((f"“{w}”" for w in words), last="or") + " (no report gives the date)" if words else ""

    def _where(self, found: Incident) -> str:
        if found.place:
            return place_name(found.place)
        return joined(dict.fromkeys(clean(p.name) for p in found.places))

    def _what(self, found: Incident) -> str:
        what = type_name(found.type)
        if found.status != "asserted":
            what += f" ({found.status})"
        if found.claimed_by:
            what += f"; stated by {joined(map(self.lookup.party, found.claimed_by))}"
        if found.denied_by:
            what += f"; denied by {joined(map(self.lookup.party, found.denied_by))}"
        return what

    def _reports(self, found: Incident) -> str:
        told = [f"{clean(r)} (copy of {clean(c)})" if (c := self.copies.get(r)) else clean(r) for r in found.reports]
        text = ", ".join(told)
        if len(told) > 1:
            text += f"; independent sources: {found.independent_sources}"
        if found.mentioned_in:
            text += f"{'; r' if text else 'R'}ecalled in {joined(map(clean, found.mentioned_in))}"
        return text

    def _relations(self, found: Incident) -> list[tuple[str, str]]:
        links: list[tuple[str, str]] = []
        for relation in self.relations.get(found.id, ()):
            forward = relation.from_ == found.id
            other = self.lookup.incidents[relation.to if forward else relation.from_]
            name = _RELATIONS[relation.type][0 if forward else 1]
            links.append((name, element("a", escape(clean(other.title)), href=f"#{self.sections[other.id]}")))
        return links

    def _tolls(self, found: Incident) -> str:
        rows = told_rows(found.tolls, self.lookup)
        if not rows:
            return ""
        cells = []
        for row in rows:
            told = [f"sum of the {row.sum_of}"] if row.sum_of else []
            for telling in row.tellings:
                words = f"“{escape(telling.words)}”"
                anchors = [self.anchors[f] for f in telling.figures if f in self.anchors]
                if anchors:
                    words = element("a", words, href=f"#{anchors[0]}")
                line = f"{'was ' if telling.superseded else ''}{words}: {escape(telling.sources)}"
                told.append(element("span", line, class_="old") if telling.superseded else line)
            flag = " " + element("span", "disputed", class_="flag") if row.disputed else ""
            cells.append(
                element(
                    "tr",
                    element("td", escape(row.outcome)),
                    element("td", escape(row.label)),
                    element("td", escape(row.amount) + flag, class_="n"),
                    element("td", "<br>".join(told)),
                )
            )
        head = "".join(element("th", name) for name in ("Outcome", "Who", "How many", "Who says so"))
        return element("table", element("tr", head), *cells)

    def _legend(self) -> str:
        swatches = (
            element("span", kind, class_="swatch", style=f"background: {color}") for kind, color in KINDS.items()
        )
        return element("p", *swatches)

    def _report(self, extraction: Extraction) -> str:
        info = extraction.report
        text = self.texts.get(info.id)
        name = escape(clean(info.title or info.id))
        warnings = "".join(element("p", escape(f"{w.code}: {w.message}"), class_="flag") for w in extraction.warnings)
        if text is None:
            quotes = "".join(
                element("li", f"“{escape(clean(f.span.text))}”, {f.outcome}") for f in extraction.casualties
            )
            body = element("p", "The text is not at hand; its figures:") + element("ul", quotes)
        else:
            body = marked_text(text, extraction, anchors=self.anchors)
        unfolded = "" if len(self.linked.extracts) <= _MOST_OPEN else None
        return element("details", element("summary", name), warnings, body, open=unfolded)
