"""The events of a report as they are written down: their doers and victims, place, date, standing, and the main one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from conflict_events.pipeline import state
from conflict_events.pipeline.assembly.binding import Binder
from conflict_events.pipeline.assembly.candidates import Anchor
from conflict_events.pipeline.assembly.clusters import MUTUAL, VIOLENT, Cluster, Mention, planned
from conflict_events.pipeline.assembly.sides import Sides
from conflict_events.pipeline.assembly.standing import in_main_clause, presupposed, standing
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.parties.resolution import ActorIndex
from conflict_events.pipeline.syntax import Tree

LIKELY = 0.35  # probability from which a doer that no frame gives is taken
# an event word shares its sentence with other events oftener than a figure does: be surer
EVENT_PLACE, EVENT_DATE = 0.55, 0.4
VICTIM = 0.5  # vote of a figure for the place of its event
MAX_TARGETS = 3
MOST_WHY = 6  # mentions whose reasons are kept
MAX_PHRASES = 16  # different doers or targets of one event that are looked at
LONE = 2  # sentences of a text that is no article: what its main clause tells is its news
PAST = 0.9  # how likely background an event is that cannot be the news of an article
# places by which a plan, and those who did or suffered an act, fall behind what happened; a plan told first stays the news
BEHIND, WEAK = 0.6, 2.0
# words for violence of untold kind: a clash where it hits the armed, an attack elsewhere
UNTOLD = frozenset("attack assault strike target hit open fire violence kill wound ambush".split())


@dataclass(slots=True)
class Happenings:
    """Completes mentions and merged events from what else is known of the report."""

    doc: Doc
    tree: Tree
    ontology: Ontology
    actors: ActorIndex
    places: Binder
    dates: Binder
    doers: Binder

    def mention(self, f: state.Found, claim: dict[str, Any]) -> Mention:
        """A trigger with its claim, place and date, as the merging of mentions sees it."""
        values = f.values
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
            past=claim.get("past", float(claim["scope"] == "background")),
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

    def event(self, cluster: Cluster) -> dict[str, Any]:
        first = cluster.first
        place = elected(self._votes(cluster))
        date = max(((m.date_sure, -n, m.date) for n, m in enumerate(cluster.mentions) if m.date), default=(0, 0, None))[
            2
        ]
        if place is None:
            place = self.places.choose(first.anchor, threshold=EVENT_PLACE)[0]
        if date is None:
            date = self.dates.choose(first.anchor, threshold=EVENT_DATE)[0]
        agents = distinct(Sides(self.tree).doers(cluster))
        targets = distinct(Sides(self.tree).victims(cluster))
        if not agents and self.ontology.class_of(cluster.type) in VIOLENT:
            agents = self._likely_doers(cluster, targets)
        if cluster.type == "attack" and first.lemma in UNTOLD and self._both_sides(targets[:1]):
            cluster.type = "armed_clash"
        told = standing(cluster)
        told_of = [m for m in cluster.recent if m.status == "denied" and m.role != "consequence"]
        deniers = distinct([d for m in told_of for d in m.denied_by] or told.denied_by)
        claimant = told.claimant
        if deniers and claimant is None:
            claimant = next((m.claimant for m in cluster.recent if m.claimant and not meets(m.claimant, deniers)), None)
        if cluster.type == "armed_clash" and first.lemma in MUTUAL:
            fighters = self._both_sides(targets)
            if len(fighters) > 1:
                agents = agents or fighters
                targets = [t for t in targets if t not in fighters]
        return {
            "type": cluster.type,
            "class": self.ontology.class_of(cluster.type),
            "mentions": [state.char_range(self.doc, m.start, m.end) for m in cluster.mentions[1:]],
            "status": "denied" if deniers else told.status,
            "scope": first.scope,
            "claimant": self.actors.ref(claimant) if deniers or told.status != "asserted" else None,
            "denied_by": self.actors.refs(deniers),
            "agents": self._refs(agents),
            "targets": self._refs([t for t in targets if not meets(t, agents)], things=True)[:MAX_TARGETS],
            "place": place,
            "date": date,
            "casualties": [],
            "confidence": round(max(m.values["confidence"] for m in cluster.mentions), 3),
            "why": self._why(cluster),
        }

    def _votes(self, cluster: Cluster) -> dict[str, list[tuple[float, int, str]]]:
        """The places of a cluster's mentions by name, as (probability, minus its rank, id)."""
        votes: dict[str, list[tuple[float, int, str]]] = {}
        for n, m in enumerate(cluster.recent):
            if m.place:
                votes.setdefault(self.places.values[m.place]["name"], []).append((m.place_sure, -n, m.place))
        return votes

    def place_of_victims(self, event: dict[str, Any], cluster: Cluster, figures: dict[str, dict[str, Any]]) -> None:
        """Where the victims of an event fell counts as a mention of its place would, against another told once."""
        votes = self._votes(cluster)
        for place in [figures[id_]["place"] for id_ in event["casualties"]]:
            if place in self.places.values and votes:
                votes.setdefault(self.places.values[place]["name"], []).append((VICTIM, -len(cluster.mentions), place))
        if votes:
            event["place"] = elected(votes)

    def _why(self, cluster: Cluster) -> dict[str, Any]:
        """Why the event is one: the lexicon's row, the ways to doers and targets, what joined the other mentions."""
        first = cluster.first
        why: dict[str, Any] = {"row": first.values.get("row"), "frame": first.values.get("frame")}
        why["doers"] = [f"{m.lemma}: {way}" for m in cluster.mentions for way in m.values.get("doers", ())][:MOST_WHY]
        why["hit"] = [f"{m.lemma}: {way}" for m in cluster.mentions for way in m.values.get("hit", ())][:MOST_WHY]
        for m in cluster.mentions[1 : MOST_WHY + 1]:
            name = f"joined {self.doc.text[self.tree.idx[m.start] : self.tree.end[m.end - 1]]}"
            why[name] = [list(part) for part in m.joined] if isinstance(m.joined, list) else m.joined
        why["scores"] = [["place", first.place_sure], ["date", first.date_sure], ["background", first.past]]
        return {k: v for k, v in why.items() if v}

    def main(self, clusters: list[Cluster]) -> str | None:
        """The report's news: the first current event, one that happened before one that is only planned and told later.

        Where all is background, the first that is not surely so; of a lone sentence, what its main clause tells.
        """
        told = [(n, c) for n, c in enumerate(clusters) if c.first.scope == "current"]
        if not told:
            told = [(n, c) for n, c in enumerate(clusters) if self._may_be_news(c)]
        if not told:
            return None
        n, _ = min(told, key=lambda item: (item[0] + self._handicap(item[1].first), item[0]))
        return f"e{n + 1}"

    @staticmethod
    def _handicap(first: Mention) -> float:
        return BEHIND * planned(first.status) + WEAK * (first.role == "weak")

    def _may_be_news(self, cluster: Cluster) -> bool:
        if len(self.tree.sents) > LONE:
            return cluster.first.past < PAST
        return any(in_main_clause(self.tree, m.head) for m in cluster.recent)

    def doers_of_victims(self, event: dict[str, Any], figures: dict[str, dict[str, Any]]) -> None:
        """Who killed or wounded, by a figure of an event that names no doer, did the event."""
        if event["agents"] or self.ontology.class_of(event["type"]) not in VIOLENT:
            return
        hit = [r["span"] for r in event["targets"]]
        for id_ in event["casualties"]:
            doers = [r for r in figures[id_]["agents"] if not meets(r["span"], hit)]
            told = [r for r in doers if not self._unarmed(self.actors.finder.head_of(*self.actors.tokens(r["span"])))]
            if told:
                event["agents"] = told
                return

    def victims_as_targets(self, figure: state.Found, event: dict[str, Any], lemma: str) -> None:
        """The victims of a figure as targets of its event, told of by ``lemma``, where it has none and harmed people."""
        chars = figure.values["victims"]["span"]
        harmed = event["class"] in VIOLENT or event["type"] == "war"
        if chars is None or event["targets"] or not harmed or figure.values["outcome"] == "displaced":
            return
        if Sides(self.tree).uncounted(event["type"], lemma, chars):
            return
        if not meets(chars, [r["span"] for r in event["agents"]]):
            event["targets"] = self._refs([chars])

    def _likely_doers(self, cluster: Cluster, targets: list[list[int]]) -> list[list[int]]:
        """The doer that the model of doers sees in the sentence of an event whose frame gives none."""
        first = cluster.first
        head_of = self.actors.finder.head_of
        told = {head_of(*self.actors.tokens(t)): "own target" for t in targets}
        kin = [m.head for m in cluster.mentions if m.sent == first.sent]
        anchor = Anchor(first.head, first.anchor.avoid, kin, first.scope, cluster.type, frozenset(), told)
        for likely, c in self.doers.weigh(anchor, back=0):
            label = self.tree.head[c.head] == first.head and self.tree.role[c.head] in ("amod", "compound")
            if likely >= LIKELY and c.head not in told and not label and not self._unarmed(c.head):
                return [state.char_range(self.doc, c.start, c.end)]
            break
        return []

    def _unarmed(self, head: int) -> bool:
        """Whether a common noun tells of people or things that violence befalls: no likely doers of it."""
        return self.tree.lemma[head] in self.ontology.words["civilian"] and self.tree.pos[head] == "NOUN"

    def _refs(self, ranges: list[list[int]], *, things: bool = False) -> list[dict[str, Any]]:
        """Actors of phrases, each once, pronouns only where it is known whom they mean."""
        found: list[dict[str, Any]] = []
        for ref in self.actors.refs(ranges, things=things):
            if (
                not self.actors.is_pronoun(ref["span"])
                and all(ref["id"] != f["id"] for f in found)
                and not meets(ref["span"], [f["span"] for f in found])
            ):
                found.append(ref)
        return found

    def _both_sides(self, targets: list[list[int]]) -> list[list[int]]:
        """The fighters among those hit: in a clash told without doers they are its sides."""
        tree, armed = self.tree, self.ontology.words["armed_target"]
        return [t for t in targets if any(tree.lemma[k] in armed for k in range(*self.actors.tokens(t)))]


def elected(votes: dict[str, list[tuple[float, int, str]]]) -> str | None:
    """Id of the place for which most is said together, at its surest mention."""
    best = max(votes.values(), key=lambda told: (sum(sure for sure, _, _ in told), max(told)), default=None)
    return max(best)[2] if best else None


def distinct(ranges: list[list[int]]) -> list[list[int]]:
    """Ranges in order, without those that touch an earlier one."""
    kept: list[list[int]] = []
    for r in ranges:
        if len(kept) >= MAX_PHRASES:
            break
        if not meets(r, kept):
            kept.append(r)
    return kept


def meets(r: list[int], others: list[list[int]]) -> bool:
    return any(r[0] < o[1] and o[0] < r[1] for o in others)
