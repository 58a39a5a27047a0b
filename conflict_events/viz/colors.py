"""Colours of what is found: by kind for our own pictures, by label for displaCy."""

from __future__ import annotations

KINDS = {
    "figure": "#f6b48f",
    "event": "#9ecbe6",
    "place": "#b5dca0",
    "date": "#f7e08a",
    "actor": "#d3bfe3",
}
INCIDENT = {"current": "#2b6a99", "background": "#8b98a5"}

# labels of the components' span groups; entity labels of spaCy keep the colours that spaCy gives them
COLORS = {
    **dict.fromkeys(("KILLED", "INJURED", "MISSING", "CAPTURED", "DISPLACED", "CASUALTIES", "FIGURE"), KINDS["figure"]),
    **dict.fromkeys(
        (
            "ARMED_CLASH",
            "GOVERNMENT_REGAINS_TERRITORY",
            "NON_STATE_ACTOR_OVERTAKES_TERRITORY",
            "CHEMICAL_WEAPON",
            "AIR_DRONE_STRIKE",
            "SUICIDE_BOMB",
            "SHELLING_ARTILLERY_MISSILE",
            "REMOTE_EXPLOSIVE_LANDMINE_IED",
            "GRENADE",
            "SEXUAL_VIOLENCE",
            "ATTACK",
            "ABDUCTION_FORCED_DISAPPEARANCE",
            "PEACEFUL_PROTEST",
            "PROTEST_WITH_INTERVENTION",
            "EXCESSIVE_FORCE_AGAINST_PROTESTERS",
            "VIOLENT_DEMONSTRATION",
            "MOB_VIOLENCE",
            "AGREEMENT",
            "ARRESTS",
            "CHANGE_TO_GROUP_ACTIVITY",
            "DISRUPTED_WEAPONS_USE",
            "HEADQUARTERS_OR_BASE_ESTABLISHED",
            "LOOTING_PROPERTY_DESTRUCTION",
            "NON_VIOLENT_TRANSFER_OF_TERRITORY",
            "WAR",
        ),
        KINDS["event"],
    ),
    **dict.fromkeys(("MENTION", "METONYM", "DEMONYM"), KINDS["place"]),
    **dict.fromkeys(
        ("STATE", "MILITARY", "POLICE", "ARMED_GROUP", "CIVILIAN", "ORGANIZATION", "MEDIA"), KINDS["actor"]
    ),
}
