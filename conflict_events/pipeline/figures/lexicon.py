"""Words that state an outcome for people, and nouns that name people: what kind of victims they are.

A trigger's role says where its victims stand: ``act`` verbs take them as object, ``undergo`` verbs as subject,
``event`` nouns behind "of", ``people`` nouns name them themselves, ``state`` adjectives describe them.
"""

from __future__ import annotations

from typing import NamedTuple


class Sense(NamedTuple):
    """What a trigger word says: its lemma, the outcome, and where the victims stand."""

    lemma: str
    outcome: str
    role: str


def _verb_forms(verb: str) -> list[str]:
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith(("ap", "am")) and not verb.endswith("eam"):
        return [verb, verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing", verb + "ed", verb + "ing"]
    if verb.endswith(("ss", "sh", "ch")):
        return [verb, verb + "es", verb + "ed", verb + "ing"]
    return [verb, verb + "s", verb + "ed", verb + "ing"]


IRREGULAR = {
    "let": ["let", "lets", "letting"],
    "mow": ["mowed", "mown", "mowing"],
    "stab": ["stabbed", "stabbing"],
    "knife": ["knifed"],
    "burn": ["burned", "burnt"],
    "blind": ["blinded"],
    "crush": ["crushed"],
    "trample": ["trampled"],
    "round": ["rounded", "rounding"],
    "intern": ["interned", "interning"],
    "wipe": ["wiped", "wiping"],
    "slay": ["slay", "slays", "slew", "slain", "slaying"],
    "die": ["die", "dies", "died", "dying"],
    "hurt": ["hurt", "hurts", "hurting"],
    "flee": ["flee", "flees", "fled", "fleeing"],
    "lose": ["lose", "loses", "lost", "losing"],
    "hold": ["hold", "holds", "held", "holding"],
    "drive": ["drive", "drives", "drove", "driven", "driving"],
    "expel": ["expel", "expels", "expelled", "expelling"],
    "gun": ["gunned", "gunning"],
    "hang": ["hanged", "hanging"],
    "shoot": ["shot", "shooting"],
    "take": ["taken"],
    "force": ["forced", "forcing"],
    "free": ["free", "frees", "freed", "freeing"],
    "sweep": ["swept"],
    "hit": ["hit"],
    "strike": ["struck"],
    "fall": ["fell", "fallen"],
    "treat": ["treated", "treating", "treat"],
}
VERBS = {
    (
        "killed",
        "act",
    ): "kill slay murder assassinate execute massacre slaughter behead decapitate martyr lynch eliminate "
    "neutralize neutralise hang strangle liquidate butcher gun incinerate exterminate annihilate electrocute asphyxiate "
    "mow wipe crush trample",
    ("killed", "undergo"): "die perish drown succumb fall",
    ("injured", "act"): "wound injure hurt maim hospitalize hospitalise mutilate cripple hit strike treat blind "
    "scald disfigure lacerate scorch bruise burn",
    (
        "captured",
        "act",
    ): "kidnap abduct capture detain seize imprison hold arrest free release rescue exchange swap intern snatch round let",
    ("missing", "undergo"): "disappear vanish",
    ("displaced", "act"): "displace uproot evacuate expel drive force",
    ("displaced", "undergo"): "flee",
    ("killed", "lose"): "lose",
    ("casualties", "act"): "shoot stab knife maul",
    ("captured", "undergo"): "escape surrender",
    ("missing", "act"): "sweep",
}
NOUNS = {
    (
        "killed",
        "event",
    ): "killing death murder assassination execution beheading massacre slaying decapitation slaughter "
    "lynching martyrdom",
    ("killed", "people"): "body corpse remains fatality martyr",
    ("killed", "life"): "life",
    ("killed", "toll"): "toll tally",
    ("killed", "agent"): "killer murderer",
    ("casualties", "people"): "casualty victim loss",
    ("injured", "people"): "injury wound suffocation asphyxiation concussion burn",
    ("captured", "event"): "kidnapping abduction capture kidnap detention",
    ("captured", "people"): "hostage captive abductee prisoner",
    ("captured", "agent"): "kidnapper captor abductor",
    ("missing", "event"): "disappearance",
    ("displaced", "event"): "displacement exodus",
    ("displaced", "people"): "refugee evacuee",
}
NOUN_FORMS = {
    "body": "bodies",
    "fatality": "fatalities",
    "life": "lives",
    "casualty": "casualties",
    "loss": "losses",
    "injury": "injuries",
}
STATES = {
    "dead": "killed",
    "missing": "missing",
    "unaccounted": "missing",
    "lifeless": "killed",
    "homeless": "displaced",
}


def _senses() -> dict[str, Sense]:
    senses: dict[str, Sense] = {}
    for (outcome, role), nouns in NOUNS.items():
        for noun in nouns.split():
            for form in (noun, NOUN_FORMS.get(noun, noun + ("" if noun.endswith("s") else "s"))):
                senses[form] = Sense(noun, outcome, role)
    for (outcome, role), verbs in VERBS.items():
        for verb in verbs.split():
            for form in _verb_forms(verb):
                if form not in ("kidnap", "slaying") or form not in senses:
                    senses[form] = Sense(verb, outcome, role)
    for word, outcome in STATES.items():
        senses[word] = Sense(word, outcome, "state")
    return senses


SENSES = _senses()
# words that are a noun by their tag although the verb shares the form
NOUN_SENSES = {
    form: Sense(noun, outcome, role)
    for (outcome, role), nouns in NOUNS.items()
    for noun in nouns.split()
    for form in (noun, NOUN_FORMS.get(noun, noun + "s"))
}
NOMINAL = {
    "dead": "killed",
    "wounded": "injured",
    "injured": "injured",
    "missing": "missing",
    "displaced": "displaced",
    "killed": "killed",
}

# words that tell of a fight nearby
WAR_WORDS = frozenset(
    "war battle fighting clash clashes clashed offensive attack attacks attacked assault ambush ambushed raid raids troops soldiers "
    "soldier army armies forces fighters rebels militants insurgents militia border shelling artillery killed wounded dead troop "
    "frontline front combat ceasefire truce battalion brigade regiment officers servicemen casualties losses siege invasion "
    "bombardment bombing strike strikes airstrike missile missiles drone drones".split()
)
# words that tell of captives nearby
CAPTIVES = frozenset(
    "hostage hostages captive captives captivity kidnapped kidnappers kidnapping kidnap abducted abductors abduction captors "
    "captor captured seized ransom".split()
)
PRISONERS = frozenset({"prisoner", "prisoners"})
# what wounds whom it hits, and where
MISSILES = frozenset(
    "stone stones bullet bullets shrapnel fragments splinters debris gunfire bricks bottles pellets glass sniper fire rocks".split()
)
LIMBS = frozenset(
    "eye eyes leg legs arm arms hand hands foot feet limb limbs finger fingers sight hearing chest head neck back stomach "
    "thigh shoulder knee face".split()
)

COMBATANTS = frozenset(
    """airman arsonist assailant attacker bodyguard bomber bombmaker brigadier cadet captain colonel combatant
    commander commando conscript constable cop corporal crewman defender deserter extremist fighter force garrison
    gendarme general guard guardsman guerrilla gunman hijacker infantryman infiltrator insurgent intruder islamist
    jihadist kidnapper legionary legionnaire lieutenant major marine mastermind mercenary militant militia
    militiaman mujahid officer operative paratrooper patrolman peacekeeper personnel pilot pirate police policeman
    policewoman private radical raider ranger rebel recruit reservist ringleader sailor separatist sergeant
    serviceman servicemember servicewoman sniper soldier talib terrorist troop trooper warlord warrior""".split()
)
CIVILIANS = frozenset(
    """academic accountant activist actor actress aid ambassador anchor athlete aunt ayatollah baby backpacker banker
    bishop blogger bodybuilder boy boyfriend bride broadcaster brother bureaucrat businessman bystander cameraman
    campaigner candidate chancellor chef chief child citizen civilian cleaner clergyman cleric clerk climber
    commissioner commuter congregant congressman congresswoman consul contractor cook correspondent councillor
    councilman councilor cousin critic cyclist dad daughter delegate deminer demonstrator deputy devotee diplomat
    dissident doctor driver editor elder electrician employee engineer envoy evangelist family farmer father
    father-in-law fiancee filmmaker firefighter fireman fisherfolk fisherman geologist girl girlfriend governor
    graduate grandchild granddaughter grandfather grandmother grandson groom headmaster hiker holidaymaker housewife
    humanitarian husband imam infant inspector interpreter journalist judge juvenile kid kin king laborer labourer
    lawmaker lawyer lecturer legislator mayor mechanic medic merchant metropolitan migrant miner minister minor
    missionary mom monitor monk mother mother-in-law motorist mourner mullah musician negotiator nephew newborn
    newsman newspaperman niece noncombatant nun nurse observer official organizer orphan paramedic parent
    parishioner parliamentarian passenger passerby pastor peasant pedestrian photographer pilgrim player poet
    politician premier presenter president priest prince principal professor prosecutor protester protestor
    publisher pupil rabbi rancher referee refugee reporter representative rescuer researcher resident scholar
    schoolboy schoolchild schoolgirl schoolkid schoolteacher scientist seaman secretary secretary-general seminarian
    senator sheikh shepherd shopkeeper shopper sibling singer sister son son-in-law spokesman spouse staffer
    stepdaughter stepson student surgeon taxi-driver teacher technician teenager toddler tourist townspeople
    trade-unionist trader trainee translator trekker tribesman trucker twin uncle undergraduate unionist vacationer
    vendor vet vicar villager volunteer voter waiter widow wife woman worker worshiper worshipper writer""".split()
)
UNKNOWN_PEOPLE = frozenset(
    """accomplice adult adviser advisor agent aide anybody anyone arab assassin assistant associate asylum-seeker being
    believer black body boss brother-in-law captive casualty chairman christian collaborator colleague colonist
    community companion comrade convict corpse crew criminal crowd dealer death detainee director dozen entourage
    evacuee everybody everyone expatriate expert fatality female figure follower foreigner founder friend fugitive
    gangster guest guide head herder hindu hostage human hundred hunter immigrant individual informant inhabitant
    injury inmate jew killer kingpin kurd leader life local looter loyalist male man manager member million minority
    murderer muslim national native neighbor neighbour nomad occupant one other owner patient pensioner people
    person populace population prisoner relative returnee rioter robber score self senior settler shi'ite shiite
    slave smuggler somebody someone soul spy squatter staff sunni supporter survivor suspect sympathizer teen thief
    thousand trafficker tribe user veteran victim visitor white witness youngster youth""".split()
)
# combatants whose name is also the word for their side
SIDE_NOUNS = frozenset(
    "militant rebel insurgent separatist guerrilla islamist jihadist militia extremist taliban taleban".split()
)
ATTACKER_NOUNS = frozenset("attacker bomber assailant hijacker gunman raider kidnapper infiltrator".split())
IRREGULAR_PLURALS = {
    "people": "people",
    "children": "child",
    "men": "man",
    "women": "woman",
    "police": "police",
    "personnel": "personnel",
    "staff": "staff",
    "lives": "life",
    "policemen": "policeman",
    "wives": "wife",
    "civilians": "civilian",
    "youths": "youth",
    "bodies": "body",
    "families": "family",
    "casualties": "casualty",
    "fatalities": "fatality",
    "schoolchildren": "schoolchild",
    "grandchildren": "grandchild",
    "secretaries": "secretary",
    "deputies": "deputy",
    "clergy": "clergyman",
    "passersby": "passerby",
    "mujahideen": "mujahid",
    "mujahedeen": "mujahid",
    "infantry": "soldier",
    "infantrymen": "infantryman",
    "townspeople": "townspeople",
    "tribespeople": "tribesman",
    "deaths": "death",
    "injuries": "injury",
    "townsfolk": "people",
    "folk": "people",
    "crew": "crew",
    "taliban": "taliban",
    "taleban": "taleban",
}


def singular(word: str) -> str:
    """The singular of a lower-case noun, as far as the lists of this module need it."""
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


DEMONYM_ENDINGS = ("an", "ans", "i", "is", "ese", "ish", "nes", "ks", "rds", "bs", "ns", "ites", "ch")
PERSON_ENDINGS = (
    "er",
    "or",
    "ist",
    "ian",
    "eer",
    "ant",
    "ers",
    "ors",
    "ists",
    "ians",
    "eers",
    "ants",
    "man",
    "men",
    "woman",
    "women",
)


def noun_class(text: str, entity: str) -> str:
    """What a noun may name: a class of people, "demonym", "name", "personlike" or "thing".

    >>> noun_class("Ugandans", ""), noun_class("geophysicist", ""), noun_class("convoy", "")
    ('demonym', 'personlike', 'thing')
    """
    known = people_class(text.lower())
    if known:
        return known
    if text[:1].isupper() and not text.isupper():
        if entity == "NORP" or (
            text.endswith(DEMONYM_ENDINGS) and entity not in ("PERSON", "GPE", "LOC", "ORG", "FAC")
        ):
            return "demonym"
        return "name"
    return "personlike" if text.endswith(PERSON_ENDINGS) else "thing"


def people_class(word: str) -> str:
    """``combatant``, ``civilian`` or ``unknown`` for a noun that names people; "" for any other word.

    >>> people_class("policemen"), people_class("others"), people_class("tanks")
    ('combatant', 'unknown', '')
    """
    one = singular(word)
    if one in COMBATANTS:
        return "combatant"
    if one in CIVILIANS:
        return "civilian"
    return "unknown" if one in UNKNOWN_PEOPLE else ""
