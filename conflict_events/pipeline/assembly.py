"""One report's assembly: from the groups of the other components to events, completed figures and relations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from conflict_events.pipeline import state
from conflict_events.pipeline.binding import Binder, Candidate
from conflict_events.pipeline.causes import cause
from conflict_events.pipeline.coreference import Cluster, Mention, Merger
from conflict_events.pipeline.ontology import Ontology
from conflict_events.pipeline.relations import credits
from conflict_events.pipeline.resolution import ActorIndex
from conflict_events.pipeline.roster import Roster
from conflict_events.pipeline.syntax import Tree

DEFAULT = {"claimant": None, "via": [], "denied_by": [], "status": "asserted", "scope": "current", "cumulative": False}
MUTUAL = frozenset({"clash", "fighting", "fight", "battle", "skirmish", "firefight", "gunbattle", "shootout", "hostility"})
UNPLACED = frozenset({"demonym", "metonym"})


@dataclass(slots=True)
class Result:
    """What the assembler writes: events with the group's attributes, and changes to figures and places by id."""

    events: list[state.Found] = field(default_factory=list)
    attrs: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)


class Assembly:
    """The state of one assembly; ``build`` gives the result."""

    def __init__(self, doc: Doc, ontology: Ontology, roster: Roster) -> None:
        self.doc = doc
        self.ontology = ontology
        self.tree = Tree(doc)
        self.actors = ActorIndex(doc, self.tree, roster)
        claims = state.attrs(doc, state.CLAIMS)
        self.claimed_triggers: dict[str, dict[str, Any]] = claims.get("triggers", {})
        self.claimed_figures: dict[str, dict[str, Any]] = claims.get("figures", {})
        places = [f for f in state.read(doc, state.PLACES) if f.values.get("role") not in UNPLACED]
        self.places = Binder(self.tree, self._candidates(places), "place")
        self.dates = Binder(self.tree, self._candidates(state.read(doc, state.DATES)), "date")
        self.figures = state.read(doc, state.CASUALTIES)
        self.result = Result()

    def _candidates(self, found: list[state.Found]) -> list[Candidate]:
        head_of = self.actors.finder.head_of
        out = []
        for f in found:
            head = head_of(f.start, f.end)
            out.append(Candidate(f.id, f.start, f.end, head, self.tree.sent[head], f.values))
        return out

    def build(self) -> Result:
        """Events in text order with ids e1…, figures completed, roles of places, relations and credits."""
        mentions = [self._mention(f) for f in state.read(self.doc, state.TRIGGERS)]
        clusters = Merger(self.tree, self.ontology, self.dates.values, self.places.values).clusters(mentions)
        events = [self._event(c, f"e{n + 1}") for n, c in enumerate(clusters)]
        for figure in self.figures:
            self._figure(figure, clusters, events)
        for n, (cluster, values) in enumerate(zip(clusters, events, strict=True)):
            first = cluster.first
            self.result.events.append(state.Found(first.start, first.end, cluster.type, f"e{n + 1}", values))
            if values["place"] and values["scope"] == "current":
                self.result.places[values["place"]] = {"role": "event"}
        self.result.attrs = {
            "main_event": self._main(clusters),
            "relations": [],
            "credits": credits(self.doc.text),
        }
        return self.result

    def _mention(self, f: state.Found) -> Mention:
        values = f.values
        claim = {**DEFAULT, **self.claimed_triggers.get(f.id, {})}
        head = values.get("head", f.start)
        mention = Mention(
            id=f.id,
            start=f.start,
            end=f.end,
            head=head,
            type=values["type"],
            role=values.get("role", "event"),
            lemma=values["lemma"],
            sent=self.tree.sent[head],
            agents=values["agents"],
            targets=values["targets"],
            status=claim["status"],
            scope=claim["scope"],
            claimant=claim["claimant"],
            denied_by=claim["denied_by"],
            values=values,
        )
        avoid = [self.actors.tokens(c) for c in [*([mention.claimant] if mention.claimant else []), *values["agents"]]]
        mention.place = self.places.choose(head, avoid, back=0)
        mention.date = self.dates.choose(head, back=0)
        for chars in values["agents"]:
            ref = self.actors.ref(chars)
            party = self.actors.party(ref)
            if party:
                mention.parties.add(party)
        return mention

    def _both_sides(self, targets: list[list[int]]) -> list[list[int]]:
        """The fighters among those hit: in a clash told without doers they are its sides."""
        tree, armed = self.tree, self.ontology.words["armed_target"]
        return [t for t in targets if any(tree.lemma[k] in armed for k in range(*self.actors.tokens(t)))]

    def _event(self, cluster: Cluster, id_: str) -> dict[str, Any]:
        first = cluster.first
        place = next((m.place for m in cluster.mentions if m.place), None)
        date = next((m.date for m in cluster.mentions if m.date), None)
        told = [m for m in cluster.mentions if m.role in ("event", "weapon")]
        agents = _distinct([a for m in told for a in m.agents])
        if not agents:
            agents = _distinct([a for m in cluster.mentions for a in m.agents])
        targets = _distinct([t for m in cluster.mentions for t in m.targets])
        if cluster.type == "armed_clash" and not agents and first.lemma in MUTUAL:
            agents = self._both_sides(targets)
        return {
            "type": cluster.type,
            "class": self.ontology.class_of(cluster.type),
            "mentions": [state.char_range(self.doc, m.start, m.end) for m in cluster.mentions[1:]],
            "status": first.status,
            "scope": first.scope,
            "claimant": self.actors.ref(first.claimant),
            "denied_by": self.actors.refs(first.denied_by),
            "agents": self.actors.refs(agents),
            "targets": self.actors.refs([t for t in targets if not _meets(t, agents)]),
            "place": place,
            "date": date,
            "casualties": [],
            "confidence": round(max(m.values["confidence"] for m in cluster.mentions), 3),
        }

    def _figure(self, figure: state.Found, clusters: list[Cluster], events: list[dict[str, Any]]) -> None:
        claim = {**DEFAULT, **self.claimed_figures.get(figure.id, {})}
        trigger = figure.values["trigger"]
        start, end = self.actors.tokens(trigger)
        head = self.actors.finder.head_of(start, end)
        n = self._event_of(figure, head, claim["scope"], clusters)
        event = events[n] if n is not None else None
        claimant = claim["claimant"]
        avoid = [self.actors.tokens(claimant)] if claimant else []
        place = self.places.choose(head, avoid) or (event["place"] if event else None)
        date = self.dates.choose(head) or (event["date"] if event else None)
        words = {m.lemma for m in clusters[n].mentions} if n is not None else set()
        self.result.figures[figure.id] = {
            "side_actor": self.actors.ref(figure.values.get("side")),
            "claimant": self.actors.ref(claimant),
            "via": self.actors.refs(claim["via"]),
            "denied_by": self.actors.refs(claim["denied_by"]),
            "status": claim["status"] if claim["status"] != "negated" else "asserted",
            "scope": claim["scope"],
            "cumulative": bool(claim["cumulative"]),
            "period": date if claim["cumulative"] else None,
            "as_of": None,
            "place": place,
            "date": date,
            "cause": cause(self.tree, head, event["type"] if event else None, words, self.ontology),
            "agents": event["agents"] if event else [],
            "event": f"e{n + 1}" if n is not None else None,
        }
        if event is not None:
            event["casualties"].append(figure.id)

    def _event_of(self, figure: state.Found, head: int, scope: str, clusters: list[Cluster]) -> int | None:
        """The event of which the figure's outcome word is a mention; else the nearest one of its sentence or before."""
        tree = self.tree
        for n, cluster in enumerate(clusters):
            if any(m.start <= head < m.end or m.head == head for m in cluster.mentions):
                return n
        sent = tree.sent[head]
        best, best_score = None, None
        for n, cluster in enumerate(clusters):
            for m in cluster.mentions:
                if m.sent > sent or sent - m.sent > 3 or m.scope != scope:
                    continue
                score = (sent - m.sent, abs(m.head - head))
                if best_score is None or score < best_score:
                    best, best_score = n, score
        return best

    def _main(self, clusters: list[Cluster]) -> str | None:
        """The report's news: the first current event, a told one before a merely planned one."""
        current = [(n, c) for n, c in enumerate(clusters) if c.first.scope == "current"]
        if not current:
            return None
        n, _ = min(current, key=lambda item: (item[1].first.status in ("hypothetical", "negated"), item[0]))
        return f"e{n + 1}"


def _distinct(ranges: list[list[int]]) -> list[list[int]]:
    """Ranges in order, without those that touch an earlier one."""
    kept: list[list[int]] = []
    for r in ranges:
        if not _meets(r, kept):
            kept.append(r)
    return kept


def _meets(r: list[int], others: list[list[int]]) -> bool:
    return any(r[0] < o[1] and o[0] < r[1] for o in others)
