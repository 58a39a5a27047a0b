"""One report's assembly: from the groups of the other components to events, completed figures and relations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from conflict_events.pipeline import state
from conflict_events.pipeline.assembly import causes
from conflict_events.pipeline.assembly.binding import Binder
from conflict_events.pipeline.assembly.candidates import Anchor, Candidate
from conflict_events.pipeline.assembly.clusters import Cluster, ClusterIndex
from conflict_events.pipeline.assembly.coreference import Merger
from conflict_events.pipeline.assembly.happenings import Happenings
from conflict_events.pipeline.assembly.moments import moments, undated
from conflict_events.pipeline.assembly.relations import credits, related
from conflict_events.pipeline.assembly.sites import described, sites
from conflict_events.pipeline.assembly.tolls import Told, compared
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.frames.stretches import by_stretch, with_known_lemmas
from conflict_events.pipeline.parties.resolution import ActorIndex
from conflict_events.pipeline.parties.roster import Roster
from conflict_events.pipeline.syntax import Tree

DEFAULT: dict[str, Any] = {
    "claimant": None,
    "via": [],
    "denied_by": [],
    "status": "asserted",
    "scope": "current",
    "cumulative": False,
}
RETOLD = 3  # mentions from which an event is the report's story, not an aside
NEAR_FIGURE = 3  # sentences before a figure in which its event is sought
SITES = frozenset(
    """capital border coast territory soil waters frontier province city town village side camp embassy consulate
    base airport island highlands mountains desert countryside""".split()
)


@dataclass(slots=True)
class Result:
    """What the assembler writes: events with the group's attributes, and changes to figures and places by id."""

    events: list[state.Found] = field(default_factory=list)
    attrs: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    described: list[state.Found] = field(default_factory=list)  # places without a name that figures are bound to
    undated: list[state.Found] = field(default_factory=list)  # times without a day that figures are bound to


class Assembly:
    """The state of one assembly; ``build`` gives the result."""

    def __init__(self, doc: Doc, ontology: Ontology, roster: Roster) -> None:
        self.doc = doc
        self.ontology = ontology
        self.tree = with_known_lemmas(by_stretch(Tree(doc)), ontology)
        self.actors = ActorIndex(doc, self.tree, roster)
        claims = state.attrs(doc, state.CLAIMS)
        self.claimed_triggers: dict[str, dict[str, Any]] = claims.get("triggers", {})
        self.claimed_figures: dict[str, dict[str, Any]] = claims.get("figures", {})
        toponyms = state.read(doc, state.PLACES)
        self.place_count = len(toponyms)
        places = outermost([f for f in toponyms if self._is_site(f)])
        self.triggers = state.read(doc, state.TRIGGERS)
        heads = [f.values.get("head", f.start) for f in self.triggers]
        named = self._candidates(places)
        self.places = Binder(self.tree, named, "place", heads)
        self.unnamed = self._unnamed()
        self.told_sites: dict[str, str] = {}
        self.scenes = Binder(self.tree, [*named, *self.unnamed.values()], "place", heads)
        dates = state.read(doc, state.DATES)
        self.date_count = len(dates)
        dated = self._candidates(outermost(dates))
        self.dates = Binder(self.tree, dated, "date", heads)
        self.loose = self._loose(dated)
        self.told_moments: dict[str, str] = {}
        self.times = Binder(self.tree, [*dated, *self.loose.values()], "date", heads)
        self.doers = Binder(self.tree, self._doers(), "agent", heads)
        self.figures = state.read(doc, state.CASUALTIES)
        self.happenings = Happenings(doc, self.tree, ontology, self.actors, self.places, self.dates, self.doers)
        self.result = Result()

    def _is_site(self, f: state.Found) -> bool:
        """Whether a name can say where: not a government by its capital; a demonym only of a site ("the Iraqi capital")."""
        role = f.values.get("role")
        if self.actors.finder.dateline(f.start, f.end):
            return False
        if role != "demonym":
            return role != "metonym"
        return self.tree.lemma[self.tree.head[f.end - 1]] in SITES

    def _candidates(self, found: list[state.Found]) -> list[Candidate]:
        head_of = self.actors.finder.head_of
        out = []
        for f in found:
            head = head_of(f.start, f.end)
            out.append(Candidate(f.id, f.start, f.end, head, self.tree.sent[head], f.values))
        return out

    def _unnamed(self) -> dict[str, Candidate]:
        """Places told without a name, by ids s1…; looked at for figures alone."""
        named = [(f.start, f.end) for f in state.read(self.doc, state.PLACES) if self._is_site(f)]
        found = {}
        for n, (start, end, head, kind) in enumerate(sites(self.tree, named), 1):
            values = {"precision": kind, "role": "described"}
            found[f"s{n}"] = Candidate(f"s{n}", start, end, head, self.tree.sent[head], values)
        return found

    def _loose(self, dated: list[Candidate]) -> dict[str, Candidate]:
        """Times told without a day, by ids m1…; looked at for figures alone."""
        found = {}
        for n, (start, end, head, kind) in enumerate(moments(self.tree, [(c.start, c.end) for c in dated]), 1):
            values = {"precision": kind, "role": "described"}
            found[f"m{n}"] = Candidate(f"m{n}", start, end, head, self.tree.sent[head], values)
        return found

    def _doers(self) -> list[Candidate]:
        """Everyone named who can do violence: doers and targets of event words, and mentions of actors."""
        head_of = self.actors.finder.head_of
        found: dict[int, tuple[int, int, str]] = {}
        for f in self.triggers:
            for chars in (*f.values["agents"], *f.values["targets"]):
                start, end = self.actors.tokens(chars)
                found.setdefault(head_of(start, end), (start, end, "unknown"))
        for start, end, head, id_ in self.actors.mentions:
            found[head] = (start, end, self.actors.records[id_]["kind"])
        return [
            Candidate(f"{s}:{e}", s, e, head, self.tree.sent[head], {"kind": kind})
            for head, (s, e, kind) in sorted(found.items())
        ]

    def clusters(self) -> list[Cluster]:
        """The mentions of the report merged into events."""
        mentions = [
            self.happenings.mention(f, {**DEFAULT, **self.claimed_triggers.get(f.id, {})}) for f in self.triggers
        ]
        return Merger(self.tree, self.ontology, self.dates.values, self.places.values).clusters(mentions)

    def index(self, clusters: list[Cluster]) -> ClusterIndex:
        """The events of the report by token and sentence."""
        return ClusterIndex(clusters, lambda chars: self.actors.finder.head_of(*self.actors.tokens(chars)))

    def build(self) -> Result:
        """Events in text order with ids e1…, figures completed, roles of places, relations and credits."""
        clusters = self.clusters()
        index = self.index(clusters)
        events = [self.happenings.event(c) for c in clusters]
        for figure in self.figures:
            self._figure(figure, index, events)
        raised = {f.id: self._raised(f) for f in self.figures}
        for cluster, event in zip(clusters, events, strict=True):
            self.happenings.doers_of_victims(event, self.result.figures)
            self.happenings.place_of_victims(event, cluster, self.result.figures)
            if event["scope"] == "background" and any(raised[id_] for id_ in event["casualties"]):
                event["scope"] = cluster.first.scope = "current"
        for n, (cluster, values) in enumerate(zip(clusters, events, strict=True)):
            first = cluster.first
            self.result.events.append(state.Found(first.start, first.end, cluster.type, f"e{n + 1}", values))
            if values["place"] and values["scope"] == "current":
                self.result.places[values["place"]] = {"role": "event"}
        self.result.attrs = {
            "main_event": self.happenings.main(clusters),
            "relations": self._relations(clusters, events),
            "credits": credits(self.doc.text),
        }
        return self.result

    def _figure(self, figure: state.Found, index: ClusterIndex, events: list[dict[str, Any]]) -> None:
        claim = {**DEFAULT, **self.claimed_figures.get(figure.id, {})}
        trigger = figure.values["trigger"]
        start, end = self.actors.tokens(trigger)
        head = self.actors.finder.head_of(start, end)
        n = index.event_of(head, self.tree.sent[head], claim["scope"], NEAR_FIGURE)
        event = events[n] if n is not None else None
        claimant = claim["claimant"]
        anchor = self.anchor_of(figure, n, index)
        place = self._scene(anchor)
        date = self._time(anchor)
        self.result.figures[figure.id] = {
            "side_actor": self.actors.ref(figure.values.get("side")),
            "claimant": self.actors.ref(claimant),
            "via": self.actors.refs(claim["via"]),
            "denied_by": self.actors.refs(claim["denied_by"]),
            "status": claim["status"] if claim["status"] != "negated" else "asserted",
            "scope": self._scope(claim, head, n, index),
            "cumulative": bool(claim["cumulative"]),
            "period": date if claim["cumulative"] else None,
            "as_of": self._as_of(head),
            "place": place,
            "date": date,
            "cause": causes.choose(self.cause_features(figure, n, index)),
            "agents": self._agents_of(anchor, event),
            "event": f"e{n + 1}" if n is not None else None,
        }
        if event is not None and n is not None:
            event["casualties"].append(figure.id)
            self.happenings.victims_as_targets(figure, event, index.clusters[n].first.lemma)

    def _raised(self, figure: state.Found) -> bool:
        """Whether a toll is told to have come to a number now: what it counts the dead of is the report's news."""
        rule = figure.values.get("why", {}).get("rule", "")
        return bool(rule == "toll_to" and self.result.figures[figure.id]["scope"] == "current")

    def _scene(self, anchor: Anchor) -> str | None:
        """Id of the place where a figure's victims fell; one without a name becomes a record of its own."""
        id_, _ = self.scenes.choose(anchor)
        site = self.unnamed.get(id_ or "")
        if site is None:
            return id_
        if site.id not in self.told_sites:
            number = self.place_count + len(self.told_sites) + 1
            near, _ = self.places.choose(anchor)
            start, end = state.char_range(self.doc, site.start, site.end)
            values = described(self.doc.text[start:end], self.places.values.get(near or ""))
            self.told_sites[site.id] = f"p{number}"
            self.result.described.append(state.Found(site.start, site.end, "event", f"p{number}", values))
        return self.told_sites[site.id]

    def _time(self, anchor: Anchor) -> str | None:
        """Id of the date of a figure; a time without a day becomes a record of its own."""
        id_, _ = self.times.choose(anchor)
        moment = self.loose.get(id_ or "")
        if moment is None:
            return id_
        if moment.id not in self.told_moments:
            name = f"d{self.date_count + len(self.told_moments) + 1}"
            self.told_moments[moment.id] = name
            values = undated(moment.values["precision"])
            self.result.undated.append(state.Found(moment.start, moment.end, values["precision"], name, values))
        return self.told_moments[moment.id]

    def _agents_of(self, anchor: Anchor, event: dict[str, Any] | None) -> list[dict[str, Any]]:
        """The doers of a figure: the likeliest, with the others of its event where that is one of them."""
        id_, _ = self.doers.choose(anchor)
        if id_ is None:
            return []
        start, end = map(int, id_.split(":"))
        ref = self.actors.ref(state.char_range(self.doc, start, end))
        others = [r for r in (event["agents"] if event else []) if ref is not None and r["id"] != ref["id"]]
        same = event is not None and any(ref is not None and r["id"] == ref["id"] for r in event["agents"])
        return [*([ref] if ref else []), *(others if same else [])]

    def outcome_head(self, figure: state.Found) -> int:
        """The token that heads a figure's outcome word."""
        return self.actors.finder.head_of(*self.actors.tokens(figure.values["trigger"]))

    def anchor_of(self, figure: state.Found, n: int | None, index: ClusterIndex) -> Anchor:
        """What the place, date and doer of a figure are sought around: its outcome word and its event's words."""
        claim = {**DEFAULT, **self.claimed_figures.get(figure.id, {})}
        head = self.outcome_head(figure)
        avoid = [self.actors.tokens(claim["claimant"])] if claim["claimant"] else []
        kin = [m.head for m in index.kin(n, self.tree.sent[head])]
        told: dict[int, str] = {}
        for c in self.doers.candidates(self.tree.sent[head]):
            known = index.told_as(n, c.head)
            if known is not None:
                told[c.head] = known
        victims = figure.values["victims"]["span"]
        if victims:
            told[self.actors.finder.head_of(*self.actors.tokens(victims))] = "victims"
        type_ = index.clusters[n].type if n is not None else "none"
        words = frozenset(m.head for m in index.clusters[n].recent) if n is not None else frozenset[int]()
        return Anchor(head, avoid, [head, *kin], claim["scope"], type_, index.bound(n), told, words)

    def cause_features(self, figure: state.Found, n: int | None, index: ClusterIndex) -> list[str]:
        """What the model of causes reads of a figure and its event."""
        claim = {**DEFAULT, **self.claimed_figures.get(figure.id, {})}
        head = self.outcome_head(figure)
        event, words = None, frozenset[str]()
        if n is not None:
            cluster, words = index.clusters[n], index.words(n)
            own = index.at.get(head) == n
            away = 0 if own else min(abs(self.tree.sent[head] - m.sent) for m in cluster.recent)
            event = {
                "type": cluster.type,
                "role": cluster.first.role,
                "agents": str(any(m.agents for m in cluster.recent)),
                "away": str(min(away, 2)),
                "own": str(any(m.head == head for m in index.kin(n, self.tree.sent[head]))),
            }
        told = {"outcome": figure.values["outcome"], "kind": figure.values["victims"]["kind"], "scope": claim["scope"]}
        return causes.features(self.tree, head, event, words, told, self.ontology)

    def _relations(self, clusters: list[Cluster], events: list[dict[str, Any]]) -> list[dict[str, str]]:
        """Relations of events, then those of figures of one kind that one source told one after the other."""
        parties = [
            (
                {p for r in e["agents"] if (p := self.actors.party(r))},
                {p for r in e["targets"] if (p := self.actors.party(r))},
            )
            for e in events
        ]
        return [
            {"from": f"e{a + 1}", "to": f"e{b + 1}", "type": type_}
            for a, b, type_ in related(self.tree, clusters, parties)
        ] + [{"from": a, "to": b, "type": type_} for a, b, type_ in compared([self._told(f) for f in self.figures])]

    def _told(self, figure: state.Found) -> Told:
        """A completed figure as it is compared with the others."""
        done, values = self.result.figures[figure.id], figure.values
        a, b = self.tree.sents[self.tree.sent[figure.start]]
        claimant = done["claimant"]
        return Told(
            id=figure.id,
            outcome=values["outcome"],
            low=values["low"],
            high=values["high"],
            kind=values["victims"]["kind"],
            side=self.actors.party(done["side_actor"]),
            claimant=claimant["id"] if claimant else None,
            party=self.actors.party(claimant),
            scope=done["scope"],
            place=self.places.values.get(done["place"] or ""),
            date=self.dates.values.get(done["date"] or ""),
            words=frozenset(self.tree.lemma[a:b]),
            part=bool(values.get("subset_of") or values.get("same_as")),
        )

    def _scope(self, claim: dict[str, Any], head: int, n: int | None, index: ClusterIndex) -> str:
        """News where the figure's own word tells of the report's current event once more; else as the claim has it."""
        if n is not None and claim["scope"] == "background" and not claim["cumulative"]:
            cluster = index.clusters[n]
            own = any(m.scope == "current" for m in index.kin(n, self.tree.sent[head]))
            if own and cluster.first.scope == "current" and len(cluster.mentions) > RETOLD:
                return "current"
        scope: str = claim["scope"]
        return scope

    def _as_of(self, head: int) -> str | None:
        """The date up to which a figure stood, told in its sentence ("as of Friday")."""
        for c in self.dates.by_sentence.get(self.tree.sent[head], ()):
            if c.start > 1 and self.tree.lower[c.start - 2 : c.start] == ["as", "of"]:
                return c.id
        return None


def outermost(found: list[state.Found]) -> list[state.Found]:
    """The records that stand in no wider one: a border or a range of days, not its ends."""
    kept: list[state.Found] = []
    for f in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or f.end > kept[-1].end:
            kept.append(f)
    return kept
