"""The cause of a casualty figure: what its event is, weighed with the words around by a linear model.

Weights: ``data/causes.json``.
"""

from __future__ import annotations

from functools import cache

from conflict_events.pipeline.frames.arguments import frame
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.weights import Linear, load_models

GUNS = frozenset(
    """shoot shot shooting gunman gunmen gunfire gun bullet behead beheading execute execution assassinate
    assassination sniper rifle gunshot""".split()
)
CLASSES = (
    "force",
    "rebel",
    "civilian",
    "protester",
    "projectile",
    "aircraft",
    "bomb",
    "suicide",
    "disaster",
    "chemical",
    "accident",
    "grenade",
)


def features(
    tree: Tree,
    head: int,
    event: dict[str, str] | None,
    words: frozenset[str],
    figure: dict[str, str],
    ontology: Ontology,
) -> list[str]:
    """Names of what holds of a figure at ``head``: its event, and the words of its event, clause and sentence."""
    a, b = tree.sents[tree.sent[head]]
    lemmas = set(tree.lemma[a:b])
    type_ = event["type"] if event else "none"
    out = [
        f"type:{type_}",
        f"outcome:{figure['outcome']}",
        f"trigger:{tree.lemma[head]}",
        f"type:{type_}|outcome:{figure['outcome']}",
    ]
    if event:
        out += [f"{k}:{v}" for k, v in event.items() if k != "type"]
        out += [f"type:{type_}|{k}:{v}" for k, v in event.items() if k in ("role", "agents", "away")]
    out += [f"word:{w}" for w in words]
    out += [f"near:{w}" for w in lemmas]
    for name in CLASSES:
        if not lemmas.isdisjoint(ontology.words[name]):
            out.append(f"class:{name}")
    guns = not GUNS.isdisjoint(lemmas)
    out += [
        f"guns:{guns}",
        f"guns:{guns}|type:{type_}",
        f"victims:{figure['kind']}",
        f"victims:{figure['kind']}|type:{type_}",
    ]
    out.append(f"scope:{figure['scope']}|type:{type_}")
    around = frame(tree, head, ontology.words["light"])
    for k in around.agents:
        out += [f"doer:{tree.lemma[k]}", *(f"doer class:{n}" for n in CLASSES if tree.lemma[k] in ontology.words[n])]
    for case, k in around.obliques:
        out += [f"oblique:{case}:{tree.lemma[k]}", f"oblique:{tree.lemma[k]}"]
    up = tree.head[head]
    out.append(f"above:{tree.lemma[up]}")
    out += [f"sister:{tree.lemma[k]}" for k in tree.children[up]][:12]
    return out


def choose(found: list[str]) -> str:
    """The cause that weighs most."""
    scored = models()
    return max(sorted(scored), key=lambda name: scored[name].score(found))


@cache
def models() -> dict[str, Linear]:
    """The shipped weights, by cause."""
    return load_models("causes.json")
