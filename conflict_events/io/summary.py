"""The linked output as plain text for a terminal: what happened, who says how many, what is disputed."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from conflict_events.io.phrases import Lookup, clean, joined, period, place_name, type_name
from conflict_events.io.tellings import ToldRow, distinct_rows, told_rows, toll_amount
from conflict_events.records import Incident, Linked

WIDTH = 100
_LABEL = 12
_INDENT = 3
# below this many characters the sources of a figure stand under it, not beside it
_LEAST_ROOM = 36
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_RELATIONS = {
    "retaliation_for": ("retaliation for", "answered by"),
    "part_of": ("part of", "takes in"),
    "follows": ("follows", "followed by"),
}
_DATE_IN_TITLE = re.compile(r", [^,]*\d{4}$")


def summary(linked: Linked, *, width: int = WIDTH, color: bool = False) -> str:
    """The incidents for a reader, at most ``width`` characters a line.

    First the incidents that the reports tell as news, then one line for each that they only recall.
    ``color`` sets bold and dim text for a terminal.
    """
    return "\n".join(_Summary(linked, width, color).lines()) + "\n"


class _Summary:
    def __init__(self, linked: Linked, width: int, color: bool) -> None:
        self.linked = linked
        self.width = width
        self.color = color
        self.lookup = Lookup(linked)
        mains = {r.main_incident for r in linked.reports}
        current = [i for i in linked.incidents if i.scope == "current"]
        self.current = [i for i in current if i.id in mains] + [i for i in current if i.id not in mains]
        self.mains = mains
        self.background = sorted(
            (i for i in linked.incidents if i.scope == "background"),
            key=lambda i: (i.end or i.start or "9999", i.title),
        )
        self.number = {i.id: n for n, i in enumerate(self.current, 1)}

    def lines(self) -> Iterator[str]:
        yield from self._overview()
        for found in self.current:
            yield ""
            yield from self._incident(found)
        if self.background:
            yield ""
            yield self._bold("Also mentioned")
            yield from self._mentioned()
        yield from self._left_over()

    def _overview(self) -> Iterator[str]:
        reports = _count(len(self.linked.reports), "report")
        if not self.current:
            yield self._bold(f"{reports}, no incident told as news")
            return
        told = [f"{reports} on {_count(sum(i.id in self.mains for i in self.current), 'main incident')}"]
        others = sum(i.id not in self.mains for i in self.current)
        if others:
            told.append(f"{others} more told as news")
        if self.background:
            told.append(f"{len(self.background)} earlier recalled")
        yield self._bold(", ".join(told))

    def _incident(self, incident: Incident) -> Iterator[str]:
        head = f"{self.number[incident.id]}. {clean(incident.title)}"
        yield from (self._bold(line) for line in textwrap.wrap(head, self.width, subsequent_indent=" " * _INDENT))
        yield from self._field("When", self._when(incident))
        yield from self._field("Where", self._where(incident))
        yield from self._field("Sides", joined(self.lookup.actor(s) for s in incident.sides))
        yield from self._field("What", self._what(incident))
        yield from self._field("Reports", self._reports(incident))
        for kind, others in self._relations(incident).items():
            yield from self._field("Relation", f"{kind} {joined(map(self._reference, others))}")
        yield from self._tolls(incident)

    def _relations(self, incident: Incident) -> dict[str, list[str]]:
        """What a relation is called from this incident's end → the incidents at its other end."""
        found: dict[str, list[str]] = {}
        for relation in self.linked.relations:
            if relation.type not in _RELATIONS or not {relation.from_, relation.to} <= self.lookup.incidents.keys():
                continue
            forward, backward = _RELATIONS[relation.type]
            if relation.from_ == incident.id:
                found.setdefault(forward, []).append(relation.to)
            elif relation.to == incident.id and relation.from_ in self.number:
                found.setdefault(backward, []).append(relation.from_)
        return found

    def _field(self, name: str, value: str) -> Iterator[str]:
        if value:
            start = " " * _INDENT + name.ljust(_LABEL)
            yield from textwrap.wrap(
                value, self.width, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False
            )

    def _when(self, incident: Incident) -> str:
        told = period(incident.start, incident.end)
        if told:
            return f"{told}, still going on" if incident.ongoing else told
        words = self.lookup.dates_told(incident)[:3]
        if words:
            quoted = joined((f'"{w}"' for w in words), last="or")
            return f"{quoted} (no report gives the date)"
        return "not told"

    def _where(self, incident: Incident) -> str:
        main = place_name(incident.place) if incident.place else ""
        names = (clean(p.name) for p in incident.places if incident.place is None or p.name != incident.place.name)
        others = list(dict.fromkeys(names))
        if main:
            return f"{main} (also {joined(others[:4])})" if others else main
        return joined(others[:5]) or "not told"

    def _what(self, incident: Incident) -> str:
        what = type_name(incident.type)
        if incident.status == "asserted":
            return what
        if incident.claimed_by:
            verb = "says" if len(incident.claimed_by) == 1 else "say"
            what += f", as {joined(map(self.lookup.party, incident.claimed_by))} {verb}"
        if incident.denied_by:
            verb = "denies" if len(incident.denied_by) == 1 else "deny"
            what += f"; {joined(map(self.lookup.party, incident.denied_by))} {verb} it"
        return what

    def _reports(self, incident: Incident) -> str:
        copies = {r.id: r.copy_of for r in self.linked.reports if r.copy_of}
        groups: dict[str, list[str]] = {}
        for report in incident.reports:
            groups.setdefault(copies.get(report) or report, []).append(clean(report))
        told = [f"{joined(g)} (copies)" if len(g) > 1 else g[0] for g in groups.values()]
        text = ", ".join(told)
        if len(incident.reports) > 1:
            text += f"; {_count(incident.independent_sources, 'independent source')}"
        if incident.mentioned_in:
            text += f"; recalled in {joined(map(clean, incident.mentioned_in))}"
        return text

    def _reference(self, incident_id: str) -> str:
        found = self.lookup.incidents[incident_id]
        number = self.number.get(incident_id)
        return f"{number} ({clean(found.title)})" if number else clean(found.title)

    def _tolls(self, incident: Incident) -> Iterator[str]:
        rows = told_rows(incident.tolls, self.lookup)
        if not rows:
            return
        label_width, amount_width = max(len(r.label) for r in rows), max(len(r.amount) for r in rows)
        indent = _INDENT + _LABEL + label_width + amount_width + 4
        stacked = self.width - indent < _LEAST_ROOM
        if stacked:
            indent = _INDENT + _LABEL + 2
        last = None
        for row in rows:
            outcome = row.outcome if row.outcome != last else ""
            last = row.outcome
            cells = f"{' ' * _INDENT}{outcome.ljust(_LABEL)}{row.label.ljust(label_width)}  {self._bold(row.amount)}"
            notes = _notes(row, self.width - indent)
            if notes and not stacked:
                cells += " " * (amount_width - len(row.amount)) + "  " + notes.pop(0)
            yield cells
            yield from (" " * indent + note for note in notes)

    def _mentioned(self) -> Iterator[str]:
        when = [period(i.start, i.end, weekday=False) or "undated" for i in self.background]
        column = min(30, max(map(len, when)))
        for found, told in zip(self.background, when, strict=True):
            counts = [
                f"{toll_amount(t, self.lookup)} {t.outcome}"
                for t in distinct_rows(found.tolls)
                if t.side is None or len(found.tolls) == 1
            ]
            text = _DATE_IN_TITLE.sub("", clean(found.title)) + (": " + ", ".join(counts) if counts else "")
            sources = [*found.reports, *found.mentioned_in]
            text += f" ({clean(sources[0]) if len(sources) == 1 else _count(len(sources), 'report')})"
            yield from textwrap.wrap(
                text, self.width, initial_indent=" " * _INDENT + told.ljust(column) + "  ",
                subsequent_indent=" " * (_INDENT + column + 4), break_on_hyphens=False,
            )  # fmt: skip

    def _left_over(self) -> Iterator[str]:
        told = {r for i in self.linked.incidents for r in (*i.reports, *i.mentioned_in)}
        silent = [clean(r.id) for r in self.linked.reports if r.id not in told]
        if silent:
            yield ""
            yield from textwrap.wrap("No incident found in " + joined(silent), self.width, break_on_hyphens=False)
        warnings = [(e.report.id, w) for e in self.linked.extracts for w in e.warnings]
        if warnings:
            yield ""
            yield self._bold("Warnings")
        for report, warning in warnings:
            text = f"{clean(report)}: {warning.code} {clean(warning.message)}"
            yield from textwrap.wrap(
                text, self.width, initial_indent=" " * _INDENT, subsequent_indent=" " * (_INDENT + 2)
            )

    def _bold(self, text: str) -> str:
        return f"{_BOLD}{text}{_PLAIN}" if self.color else text


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _notes(row: ToldRow, room: int) -> list[str]:
    """Who says what, in lines of at most ``room`` characters."""
    standing = [t for t in row.tellings if not t.superseded]
    lines = [f"sum of the {row.sum_of}"] if row.sum_of else []
    if row.disputed:
        lines.append("disputed:")
    for telling in row.tellings:
        if len(row.tellings) == 1 and not row.disputed:
            words = telling.words.replace(",", "")
            plain = words == row.amount.replace(",", "") or words.isdigit()
            text = telling.sources if plain else f'"{telling.words}": {telling.sources}'
        else:
            mark = "was " if telling.superseded else "now " if len(standing) == 1 < len(row.tellings) else ""
            text = f"{mark}{telling.words}: {telling.sources}"
        lines.extend(textwrap.wrap(text, room, subsequent_indent="  ", break_on_hyphens=False))
    return lines
