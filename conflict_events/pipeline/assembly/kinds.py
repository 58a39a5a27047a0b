"""Types of events held against each other: which can be of one event, and which of two says more."""

from __future__ import annotations

from conflict_events.pipeline.assembly.clusters import VIOLENT
from conflict_events.pipeline.frames.ontology import Ontology

# types of which one may be told as another: an "attack" that was shelling, a "clash" that began as an ambush
VAGUE = frozenset({"attack", "armed_clash"})
SPECIFIC = (
    "suicide_bomb",
    "chemical_weapon",
    "air_drone_strike",
    "shelling_artillery_missile",
    "grenade",
    "remote_explosive_landmine_ied",
    "abduction_forced_disappearance",
    "sexual_violence",
    "excessive_force_against_protesters",
)
SAME = (
    {"suicide_bomb", "remote_explosive_landmine_ied"},
    {"remote_explosive_landmine_ied", "grenade"},
    {"air_drone_strike", "shelling_artillery_missile"},
    {"chemical_weapon", "air_drone_strike"},
    {"chemical_weapon", "shelling_artillery_missile"},
    {"air_drone_strike", "remote_explosive_landmine_ied"},
    {"arrests", "abduction_forced_disappearance"},
)
TAKEN = frozenset({"government_regains_territory", "non_state_actor_overtakes_territory"})
HARMFUL = VIOLENT | {"riots", "war", "protests"}


def compatible(ontology: Ontology, a: str, b: str) -> bool:
    """Whether what is told as type ``a`` and as type ``b`` can be one event; an untold type ("") fits all."""
    if not a or not b or a == b:
        return True
    one, two = ontology.class_of(a), ontology.class_of(b)
    if (a in TAKEN) != (b in TAKEN) and "attack" not in (a, b):
        return False
    if a in VAGUE or b in VAGUE:
        return one in VIOLENT and two in VIOLENT
    return {one, two} <= {"riots", "protests"} or {a, b} in SAME


def joint_type(a: str, b: str) -> str:
    """The type of an event told as ``a`` and as ``b``: the more specific.

    >>> joint_type("attack", "suicide_bomb")
    'suicide_bomb'
    """
    if a == b or not b:
        return a
    if not a:
        return b
    for type_ in SPECIFIC:
        if type_ in (a, b):
            return type_
    return b if a in VAGUE and b not in VAGUE else a


def harms(ontology: Ontology, type_: str) -> bool:
    """Whether people can come to harm by events of a type."""
    return ontology.class_of(type_) in HARMFUL
