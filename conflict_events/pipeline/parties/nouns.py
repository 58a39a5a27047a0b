"""What kind of actor a noun names: the words for forces, offices, speakers and crowds."""

from __future__ import annotations

KINDS: dict[str, str] = {}
for _kind, _words in {
    "military": """army military troop troops soldier force forces navy marine serviceman servicemen peacekeeper
        commando warplane jet air_force paratrooper conscript guard garrison battalion brigade regiment division
        warship contingent airman reservist unit contingent patrol general commander lieutenant colonel major captain sergeant""",
    "police": "police policeman policemen constable gendarme gendarmerie sheriff detective policewoman officer",
    "armed_group": """militant rebel insurgent militia gunman gunmen guerrilla fighter jihadist extremist terrorist
        separatist paramilitary militiaman faction insurgency warlord bandit pirate islamist attacker assailant bomber
        kidnapper hijacker sniper suspect cell gang mujahideen mujahedeen loyalist tribesman raider secessionist
        opposition group movement""",
    "state": """government ministry minister president authority authorities official officials spokesman_state
        parliament administration cabinet state nation country kingdom republic governor mayor lawmaker embassy
        ambassador premier chancellor king prosecutor department regime office leadership delegation envoy diplomat
        service agency intelligence council commission secretary senator legislator secretariat leader""",
    "civilian": """witness resident villager civilian people relative survivor local refugee family protester
        demonstrator worshipper neighbor neighbour bystander eyewitness crowd mob student worker child woman man
        victim tribe elder shopkeeper farmer youth settler community passenger driver teacher rioter marcher voter
        men women children pilgrim tourist inhabitant parent fisherman migrant mourner""",
    "organization": """organization organisation observatory monitor group_org union committee hospital medic doctor
        company agency_org network party alliance federation activist ngo rescuer coalition bloc watchdog charity
        association council_org church firm paramedic nurse institute university tribunal court foundation""",
    "media": "newspaper television radio channel media press reporter journalist correspondent broadcaster daily tv report",
    "person": "spokesman spokeswoman spokesperson analyst expert scholar lawyer chief chairman head cleric he she",
}.items():
    for _word in _words.split():
        KINDS.setdefault(_word.replace("_", " "), _kind)

# heads that take the kind of the word before them: "a police official", "an army spokesman", "rebel commander"
SPEAKERS = frozenset(
    """official spokesman spokeswoman spokesperson source chief commander leader officer officials authority
    authorities representative chairman head statement""".split()
)
OFFICES = frozenset(
    """president minister premier chancellor king queen spokesman spokeswoman ambassador envoy secretary general
    commander leader prime foreign defense defence interior chief governor mayor colonel lieutenant prosecutor
    lawmaker official diplomat vice deputy chairman senator emir prince sultan""".split()
)
TITLES = frozenset({"mr.", "mrs.", "ms.", "mr", "dr.", "dr", "gen.", "lt.", "col.", "maj.", "sgt.", "sen.", "rep."})
ROLE_HEADS = frozenset(
    w for w, k in KINDS.items() if k in ("military", "police", "armed_group", "state", "media", "organization")
)
# bodies of a country's people that do not speak for its government
INDEPENDENT = frozenset(
    """union hospital medic doctor company network party ngo rescuer charity association church firm paramedic nurse
    institute university society syndicate foundation observatory organization organisation campaign clinic mosque
    school aid cross crescent federation club collective watchdog activist bank corporation airline newspaper group
    movement alliance""".split()
)
# places, sites, times and weapons: what happens there, then or with them, they do not do
INERT = frozenset(
    """building apartment house home block tower city town village district neighborhood neighbourhood suburb area
    region province zone territory border frontier coast front road street highway bridge crossing river sea market
    square site location scene ground soil position outskirts north south east west day night week month
    year morning evening time weekend shell shelling rocket missile bomb bullet explosion blast mortar grenade shot
    airstrike gunfire mine projectile""".split()
)
# nouns that, with "the", name something told of before
DEFINITE = frozenset(
    """ministry army military police government group movement organization organisation agency service country
    militia president minister spokesman spokeswoman monitor observatory council rebels insurgents militants department
    militant rebel insurgent party network alliance embassy official nation state coalition attacker gunman""".split()
)
MILITARY = frozenset("general joint military army naval defense defence".split())
BODY_HEADS = frozenset({"staff", "headquarters", "command"})
GROUP_WORDS = frozenset({"group", "movement", "organization", "organisation", "militia", "network", "faction"})
COUNTRY_WORDS = frozenset({"country", "nation", "state", "government"})
LOCATIVE = frozenset(
    "in at near across inside outside into throughout through within around over from between along toward towards".split()
)


def kind_of(head: str, modifiers: tuple[str, ...] = ()) -> str:
    """The kind of actor that a noun with these modifiers names (lemmas, lower case).

    >>> kind_of("official", ("police",)), kind_of("soldier"), kind_of("minister")
    ('police', 'military', 'state')
    """
    if head in SPEAKERS:
        for word in reversed(modifiers):
            if word in ("hospital", "medical", "rescue"):
                return "organization"
            if word in KINDS and KINDS[word] != "person" and word not in SPEAKERS:
                return KINDS[word]
            if word in (
                "defense",
                "defence",
                "government",
                "foreign",
                "security",
                "intelligence",
                "health",
                "interior",
            ):
                return "state"
        if head in ("official", "officials", "authority", "authorities"):
            return "state"
        if head in ("officer",):
            return "police"
    if head in ("staff", "headquarters", "command") and set(modifiers) & MILITARY:
        return "military"
    if head == "general" and modifiers[-1:] in (("prosecutor",), ("attorney",), ("procurator",)):
        return "state"
    if head in ("force", "forces") and "police" in modifiers:
        return "police"
    if head in ("guard", "guards") and "border" in modifiers:
        return "military"
    if head in ("group", "movement") and any(
        m in ("right", "rights", "aid", "human", "monitor", "advocacy") for m in modifiers
    ):
        return "organization"
    return KINDS.get(head, "unknown")
