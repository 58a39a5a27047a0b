"""One report's assembly: from the groups of the other components to events, completed figures and relations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from conflict_events.pipeline import state
from conflict_events.pipeline.assembly import causes
from conflict_events.pipeline.assembly.binding import Anchor, Binder, Candidate
from conflict_events.pipeline.assembly.clusters import MUTUAL, VIOLENT, Cluster, ClusterIndex, Mention
from conflict_events.pipeline.assembly.coreference import Merger
from conflict_events.pipeline.assembly.relations import credits, related
from conflict_events.pipeline.assembly.sides import Sides
from conflict_events.pipeline.assembly.sites import described, sites
from conflict_events.pipeline.assembly.standing import in_main_clause, presupposed, standing
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
LIKELY = 0.35  # probability from which a doer that no frame gives is taken
# an event word shares its sentence with other events oftener than a figure does: be surer
EVENT_PLACE, EVENT_DATE = 0.45, 0.5
RETOLD = 3  # mentions from which an event is the report's story, not an aside
MAX_TARGETS = 3
MAX_PHRASES = 16  # different doers or targets of one event that are looked at
NEAR_FIGURE = 3  # sentences before a figure in which its event is sought
LONE = 2  # sentences of a text that is no article: what its main clause tells is its news
# words for violence of untold kind: a clash where it hits the armed, an attack elsewhere
UNTOLD = frozenset("attack assault strike target hit open fire violence kill wound ambush".split())
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
        places = [f for f in toponyms if self._is_site(f)]
        self.triggers = state.read(doc, state.TRIGGERS)
        heads = [f.values.get("head", f.start) for f in self.triggers]
        named = self._candidates(places)
        self.places = Binder(self.tree, named, "place", heads)
        self.unnamed = self._unnamed()
        self.told_sites: dict[str, str] = {}
        self.scenes = Binder(self.tree, [*named, *self.unnamed.values()], "place", heads)
        self.dates = Binder(self.tree, self._candidates(state.read(doc, state.DATES)), "date", heads)
        self.doers = Binder(self.tree, self._doers(), "agent", heads)
        self.figures = state.read(doc, state.CASUALTIES)
        self.result = Result()

    def _is_site(self, f: state.Found) -> bool:
        """Whether a name can say where: not a government by its capital; a demonym only of a site ("the Iraqi capital")."""
        role = f.values.get("role")
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
        mentions = [self._mention(f) for f in self.triggers]
        return Merger(self.tree, self.ontology, self.dates.values, self.places.values).clusters(mentions)

    def index(self, clusters: list[Cluster]) -> ClusterIndex:
        """The events of the report by token and sentence."""
        return ClusterIndex(clusters, lambda chars: self.actors.finder.head_of(*self.actors.tokens(chars)))

    def build(self) -> Result:
        """Events in text order with ids e1…, figures completed, roles of places, relations and credits."""
        clusters = self.clusters()
        index = self.index(clusters)
        events = [self._event(c, f"e{n + 1}") for n, c in enumerate(clusters)]
        for figure in self.figures:
            self._figure(figure, index, events)
        for event in events:
            self._doers_of_victims(event)
        for n, (cluster, values) in enumerate(zip(clusters, events, strict=True)):
            first = cluster.first
            self.result.events.append(state.Found(first.start, first.end, cluster.type, f"e{n + 1}", values))
            if values["place"] and values["scope"] == "current":
                self.result.places[values["place"]] = {"role": "event"}
        self.result.attrs = {
            "main_event": self._main(clusters),
            "relations": self._relations(clusters, events),
            "credits": credits(self.doc.text),
        }
        return self.result

    def _mention(self, f: state.Found) -> Mention:
        values = f.values
        claim = {**DEFAULT, **self.claimed_triggers.get(f.id, {})}
        head = values.get("head", f.start)
        status = claim["status"]
        if status in ("hypothetical", "denied", "negated") and presupposed(self.tree, head):
            status = "asserted"
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
            status=status,
            scope=claim["scope"],
            claimant=claim["claimant"],
            denied_by=claim["denied_by"],
            values=values,
        )
        avoid = [self.actors.tokens(c) for c in [*([mention.claimant] if mention.claimant else []), *values["agents"]]]
        mention.anchor = Anchor(head, avoid, [head], mention.scope, mention.type or "")
        mention.place, mention.place_sure = self.places.choose(mention.anchor, back=0, threshold=EVENT_PLACE)
        mention.date, mention.date_sure = self.dates.choose(mention.anchor, back=0, threshold=EVENT_DATE)
        for chars in values["agents"]:
            ref = self.actors.ref(chars)
            party = self.actors.party(ref)
            if party:
                mention.parties.add(party)
        for chars in values["targets"]:
            party = self.actors.party(self.actors.ref(chars))
            if party:
                mention.hit.add(party)
        return mention

    def _likely_doers(self, cluster: Cluster, targets: list[list[int]]) -> list[list[int]]:
        """The doer that the model of doers sees in the sentence of an event whose frame gives none."""
        first = cluster.first
        head_of = self.actors.finder.head_of
        told = {head_of(*self.actors.tokens(t)): "own target" for t in targets}
        kin = [m.head for m in cluster.mentions if m.sent == first.sent]
        anchor = Anchor(first.head, first.anchor.avoid, kin, first.scope, cluster.type, frozenset(), told)
        for likely, c in self.doers.weigh(anchor, back=0):
            label = self.tree.head[c.head] == first.head and self.tree.role[c.head] in ("amod", "compound")
            if likely >= LIKELY and c.head not in told and not label:
                return [state.char_range(self.doc, c.start, c.end)]
            break
        return []

    def _refs(self, ranges: list[list[int]], *, things: bool = False) -> list[dict[str, Any]]:
        """Actors of phrases, each once, pronouns only where it is known whom they mean."""
        found: list[dict[str, Any]] = []
        for ref in self.actors.refs(ranges, things=things):
            if (
                not self.actors.is_pronoun(ref["span"])
                and all(ref["id"] != f["id"] for f in found)
                and not _meets(ref["span"], [f["span"] for f in found])
            ):
                found.append(ref)
        return found

    def _both_sides(self, targets: list[list[int]]) -> list[list[int]]:
        """The fighters among those hit: in a clash told without doers they are its sides."""
        tree, armed = self.tree, self.ontology.words["armed_target"]
        return [t for t in targets if any(tree.lemma[k] in armed for k in range(*self.actors.tokens(t)))]

    def _event(self, cluster: Cluster, id_: str) -> dict[str, Any]:
        first = cluster.first
        place = max(
            ((m.place_sure, -n, m.place) for n, m in enumerate(cluster.mentions) if m.place), default=(0, 0, None)
        )[2]
        date = max(((m.date_sure, -n, m.date) for n, m in enumerate(cluster.mentions) if m.date), default=(0, 0, None))[
            2
        ]
        if place is None:
            place = self.places.choose(first.anchor, threshold=EVENT_PLACE)[0]
        if date is None:
            date = self.dates.choose(first.anchor, threshold=EVENT_DATE)[0]
        agents = _distinct(Sides(self.tree).doers(cluster))
        targets = _distinct([t for m in cluster.mentions for t in m.targets])
        if not agents and self.ontology.class_of(cluster.type) in VIOLENT:
            agents = self._likely_doers(cluster, targets)
        if cluster.type == "attack" and first.lemma in UNTOLD and self._both_sides(targets[:1]):
            cluster.type = "armed_clash"
        told = standing(cluster)
        if cluster.type == "armed_clash" and first.lemma in MUTUAL:
            fighters = self._both_sides(targets)
            if len(fighters) > 1:
                agents = agents or fighters
                targets = [t for t in targets if t not in fighters]
        return {
            "type": cluster.type,
            "class": self.ontology.class_of(cluster.type),
            "mentions": [state.char_range(self.doc, m.start, m.end) for m in cluster.mentions[1:]],
            "status": told.status,
            "scope": first.scope,
            "claimant": self.actors.ref(told.claimant) if told.status != "asserted" else None,
            "denied_by": self.actors.refs(told.denied_by),
            "agents": self._refs(agents),
            "targets": self._refs([t for t in targets if not _meets(t, agents)], things=True)[:MAX_TARGETS],
            "place": place,
            "date": date,
            "casualties": [],
            "confidence": round(max(m.values["confidence"] for m in cluster.mentions), 3),
        }

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
        date = self.dates.choose(anchor)[0]
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
        if event is not None:
            event["casualties"].append(figure.id)
            self._victims_as_targets(figure, event)

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

    def _doers_of_victims(self, event: dict[str, Any]) -> None:
        """Who killed or wounded, by a figure of an event that names no doer, did the event."""
        if event["agents"] or self.ontology.class_of(event["type"]) not in VIOLENT:
            return
        hit = [r["span"] for r in event["targets"]]
        for id_ in event["casualties"]:
            told = [r for r in self.result.figures[id_]["agents"] if not _meets(r["span"], hit)]
            if told:
                event["agents"] = told
                return

    def _victims_as_targets(self, figure: state.Found, event: dict[str, Any]) -> None:
        """The victims of a figure as targets of its event, where it has none and did harm to people."""
        chars = figure.values["victims"]["span"]
        harmed = event["class"] in VIOLENT or event["type"] == "war"
        if chars is None or event["targets"] or not harmed or figure.values["outcome"] == "displaced":
            return
        if not _meets(chars, [r["span"] for r in event["agents"]]):
            event["targets"] = self._refs([chars])

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
        return Anchor(head, avoid, [head, *kin], claim["scope"], type_, index.bound(n), told)

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

    def _main(self, clusters: list[Cluster]) -> str | None:
        """The report's news: the first current event, a told one before a merely planned one."""
        current = [(n, c) for n, c in enumerate(clusters) if c.first.scope == "current"]
        if not current and len(self.tree.sents) <= LONE:
            current = [
                (n, c) for n, c in enumerate(clusters) if any(in_main_clause(self.tree, m.head) for m in c.recent)
            ]
        if not current:
            return None
        n, _ = min(current, key=lambda item: (item[1].first.status in ("hypothetical", "negated"), item[0]))
        return f"e{n + 1}"


def _distinct(ranges: list[list[int]]) -> list[list[int]]:
    """Ranges in order, without those that touch an earlier one."""
    kept: list[list[int]] = []
    for r in ranges:
        if len(kept) >= MAX_PHRASES:
            break
        if not _meets(r, kept):
            kept.append(r)
    return kept


def _meets(r: list[int], others: list[list[int]]) -> bool:
    return any(r[0] < o[1] and o[0] < r[1] for o in others)
