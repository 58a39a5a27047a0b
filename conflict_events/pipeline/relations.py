"""Relations between the events of one report, told by connectives; its main event; the agencies it credits."""

from __future__ import annotations

import re

from conflict_events.pipeline.syntax import Tree

RETALIATION = frozenset("revenge retaliation retaliatory response reprisal answer avenge retaliate respond reply vengeance".split())
AFTER = frozenset({"after", "following", "since"})
AGENCIES = (
    "Reuters|AFP|AP|Associated Press|Agence France-Presse|dpa|DPA|EFE|TASS|Interfax|RIA Novosti|Xinhua|SANA|FNA|IRNA|"
    "Tasnim|ANSA|Anadolu Agency|Anadolu|AA|WAM|SPA|KUNA|MENA|PTI|ANI|Kyodo|Yonhap|Agencies|agencies|Fars News Agency"
)
_BRACKETS = re.compile(rf"[(\[](?:[^()\[\]\n]{{0,40}}[/:;,] ?)?({AGENCIES})(?:[/;,] ?({AGENCIES}))?[)\]]")
_DASH = re.compile(rf"(?:^|\n)[^\n]{{0,60}}[-–—] ?({AGENCIES})\s*(?:\n|$)|(?:^|\n)[^\n]{{0,60}}\(({AGENCIES})\) ?[-–—]")
_LINE = re.compile(rf"(?:^|\n)[ \t]*(?:Source:? ?|By |With |by )?({AGENCIES})[ \t]*(?=\n|$)")
_LEAD = re.compile(rf"^[^\n.]{{0,60}}?[(,]? ?({AGENCIES})\)? ?[-–—:]")


def credits(text: str) -> list[list[int]]:
    """Characters of the agencies that a report names as its origin: in brackets, on a line of their own, in a dateline."""
    found: set[tuple[int, int]] = set()
    for pattern in (_BRACKETS, _DASH, _LINE, _LEAD):
        for match in pattern.finditer(text):
            for group in range(1, (match.re.groups or 0) + 1):
                if match.group(group):
                    found.add(match.span(group))
    return [list(span) for span in sorted(found)]


def retaliates(tree: Tree, head: int) -> bool:
    """Whether the event word ``head`` is told as an answer to something: "revenge operation", "in response"."""
    near = [head, *tree.children[head], *(k for c in tree.children[head] for k in tree.children[c])]
    up = head
    for _ in range(2):
        up = tree.head[up]
        near += [up, *tree.children[up]]
    return any(tree.lemma[k] in RETALIATION for k in near)
