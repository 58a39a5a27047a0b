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
# words that tell what kind of violence, or of mishap, a report speaks of
CUES: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "air": """air aerial airstrike aircraft airforce jet warplane plane bomber helicopter chopper gunship drone uav sortie
        predator napalm barrel strafe""",
        "artillery": """mortar rocket shell shelling artillery missile howitzer cannon tank barrage bombardment projectile
        katyusha grad battery salvo gunner shellfire round""",
        "bomb": """bomb bombing blast explosion explode explosive detonate mine landmine ied device booby grenade dynamite
        roadside""",
        "suicide": "suicide martyrdom kamikaze",
        "chemical": "chemical chlorine sarin gas toxic nerve mustard poison poisonous",
        "gun": """gunman gunmen shoot shooting shot gunfire sniper bullet pistol rifle execute execution assassinate assassination
        assassin gun drive-by rake""",
        "blade": "behead beheading throat knife stab machete hack axe spear bayonet lynch hang bludgeon torture slaughter",
        "captive": """kidnap kidnapping kidnapper abduct abduction abductor hostage captor ransom captive captivity seize
        hijack hijacker snatch""",
        "crowd": """protest protester protestor demonstrator demonstration riot rioter crowd mob march rally unrest strike
        curfew baton looter looting unarmed dissident teargas""",
        "fight": """battle fight fighting fighter clash ambush offensive siege combat skirmish firefight gunbattle gunfight front
        frontline raid operation incursion counterattack assault overrun storm repel trench infiltrate encounter""",
        "war": "war conflict insurgency uprising campaign genocide occupation crackdown rebellion invasion hostility",
        "mishap": """accident crash collide collision earthquake quake flood cyclone hurricane tsunami storm landslide avalanche
        disease cholera virus outbreak epidemic famine drought ferry capsize sink derail fire blaze collapse malaria ebola
        flu mishap volcano typhoon heatwave starvation""",
        "armed": """soldier troop army military policeman police militant rebel insurgent guerrilla militia commander navy marine
        paramilitary force brigade battalion regiment conscript""",
        "court": "court trial charge convict sentence verdict judge prosecutor tribunal suspect murder",
    }.items()
}
KINDS: dict[str, list[str]] = {}
for _name, _words in CUES.items():
    for _word in _words:
        KINDS.setdefault(_word, []).append(_name)
NEAR = 8  # tokens from the outcome word
LONGEST = 80  # tokens of a sentence looked at on each side
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
    out += _cues(tree, head, type_, figure)
    around = frame(tree, head, ontology.words["light"])
    for k in around.agents:
        out += [f"doer:{tree.lemma[k]}", *(f"doer class:{n}" for n in CLASSES if tree.lemma[k] in ontology.words[n])]
    for case, k in around.obliques:
        out += [f"oblique:{case}:{tree.lemma[k]}", f"oblique:{tree.lemma[k]}"]
    up = tree.head[head]
    out.append(f"above:{tree.lemma[up]}")
    out += [f"sister:{tree.lemma[k]}" for k in tree.children[up]][:12]
    return out


def _cues(tree: Tree, head: int, type_: str, figure: dict[str, str]) -> list[str]:
    """Kinds of words near the figure, in its sentence, in the one before and in the report's first."""
    here = tree.sent[head]
    a, b = tree.sents[here]
    own = _kinds(tree, max(a, head - LONGEST), min(b, head + LONGEST))
    near = _kinds(tree, max(a, head - NEAR), min(b, head + NEAR))
    first = _kinds(tree, *_start(tree.sents[0])) if here > 0 else frozenset()
    before = _kinds(tree, *_start(tree.sents[here - 1])) if here > 0 else frozenset()
    out = [f"cue near:{name}" for name in near]
    out += [f"cue:{name}" for name in own]
    out += [f"cue:{name}|victims:{figure['kind']}" for name in own]
    out += [f"cue:{name}|type:{type_}" for name in own]
    out += [f"cue before:{name}" for name in before]
    out += [f"cue first:{name}" for name in first]
    telling = own - {"armed", "court", "war"}
    if not telling:
        out += [f"alone before:{name}" for name in before]
        out += [f"alone first:{name}" for name in first]
        out.append(f"alone|victims:{figure['kind']}|trigger:{tree.lemma[head]}")
    out.append("cues:" + "+".join(sorted(telling)))
    return out


def _start(bounds: tuple[int, int]) -> tuple[int, int]:
    return bounds[0], min(bounds[1], bounds[0] + 2 * LONGEST)


def _kinds(tree: Tree, start: int, end: int) -> frozenset[str]:
    return frozenset(name for k in range(start, end) for name in KINDS.get(tree.lemma[k], ()))


def choose(found: list[str]) -> str:
    """The cause that weighs most."""
    scored = models()
    return max(sorted(scored), key=lambda name: scored[name].score(found))


@cache
def models() -> dict[str, Linear]:
    """The shipped weights, by cause."""
    return load_models("causes.json")
