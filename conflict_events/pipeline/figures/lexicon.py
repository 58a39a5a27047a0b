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
    "neutralize neutralise hang strangle liquidate butcher gun incinerate",
    ("killed", "undergo"): "die perish drown succumb fall",
    ("injured", "act"): "wound injure hurt maim hospitalize hospitalise mutilate cripple hit strike treat",
    (
        "captured",
        "act",
    ): "kidnap abduct capture detain seize imprison hold arrest free release rescue exchange swap",
    ("missing", "undergo"): "disappear vanish",
    ("displaced", "act"): "displace uproot evacuate expel drive force",
    ("displaced", "undergo"): "flee",
    ("killed", "lose"): "lose",
    ("casualties", "act"): "shoot",
    ("captured", "undergo"): "escape",
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
    ("killed", "toll"): "toll",
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
    "garrison soldier troop serviceman servicewoman servicemember policeman policewoman police trooper guardsman paratrooper marine "
    "fighter militant rebel insurgent gunman attacker bomber guerrilla jihadist extremist terrorist combatant militiaman "
    "commando peacekeeper conscript officer commander sergeant colonel lieutenant captain general major private corporal "
    "brigadier airman sailor pilot sniper cadet reservist mercenary separatist bodyguard guard recruit warlord mujahideen "
    "mujahid infantryman operative assailant hijacker kidnapper pirate radical islamist talib deserter personnel ranger "
    "legionnaire militia patrolman constable gendarme infiltrator defender volunteer warrior legionary raider force "
    "suspect arsonist attaché crewman bombmaker ringleader mastermind cop intruder crew secuirty servicemen".split()
) - {"volunteer", "crew", "suspect", "attaché", "secuirty"}
CIVILIANS = frozenset(
    "civilian child woman girl boy baby infant toddler teenager student pupil teacher professor journalist reporter cameraman "
    "photographer correspondent editor publisher worker employee labourer laborer driver doctor nurse medic paramedic aid "
    "official minister governor mayor lawmaker legislator politician senator deputy councilor councillor judge lawyer "
    "prosecutor president ambassador diplomat candidate voter villager resident farmer shepherd fisherman trader shopkeeper "
    "shopper pilgrim worshipper worshiper cleric imam priest nun monk pastor bishop missionary tourist contractor engineer "
    "translator interpreter activist protester protestor demonstrator mourner wife husband mother father son daughter sister "
    "brother grandmother grandfather grandchild uncle aunt cousin nephew niece relative family bystander passerby passenger "
    "commuter migrant refugee tribesman elder chief citizen bodybuilder musician singer actor actress writer poet player "
    "athlete referee businessman merchant banker vendor staffer negotiator envoy observer monitor inspector leader humanitarian "
    "volunteer infants schoolchild schoolgirl schoolboy youth youngster orphan widow evangelist believer congregant rabbi "
    "clergyman premier chancellor king prince secretary spokesman clerk technician miner trucker bodyguards townspeople aide "
    "critic dissident secretary-general deminer newborn grandson granddaughter mom dad parent spouse noncombatant "
    "representative delegate trainee colleague geologist scientist researcher parliamentarian chef cook cleaner waiter "
    "electrician mechanic surgeon firefighter fireman rescuer vet vicar seminarian academic scholar lecturer principal "
    "headmaster banker accountant broadcaster blogger reporter's filmmaker newsman newspaperman presenter anchor "
    "campaigner organizer unionist trade-unionist councilman congressman congresswoman lawmakers commissioner consul "
    "bureaucrat adviser's sheikh mullah ayatollah metropolitan parishioner devotee hajj trekker climber hiker backpacker "
    "holidaymaker vacationer motorist cyclist pedestrian taxi-driver sailor's seaman fisherfolk peasant rancher "
    "housewife groom bride fiancee girlfriend boyfriend stepson stepdaughter twin sibling kin mother-in-law "
    "father-in-law son-in-law minor juvenile kid schoolteacher schoolkid undergraduate graduate".split()
) - {"bodyguards", "aide", "leader", "colleague", "relative", "youth", "believer", "youngster"}
UNKNOWN_PEOPLE = frozenset(
    "population populace community tribe minority "
    "people person man other victim suspect detainee prisoner inmate national individual member occupant survivor youth leader "
    "aide foreigner local hostage captive relative supporter follower sympathizer loyalist body corpse casualty fatality "
    "life protestor believer assassin youngster colleague comrade friend adult neighbor neighbour crew inhabitant native "
    "patient expatriate muslim christian jew shiite sunni kurd arab shi'ite hindu somebody someone anybody anyone everyone "
    "everybody one refugee evacuee death injury brother-in-law figure demonstrator migrant staff human soul thousand dozen "
    "hundred score million self bystander collaborator spy informant criminal dealer trafficker robber expert agent "
    "accomplice associate witness founder entourage killer murderer thief smuggler slave convict fugitive gangster "
    "looter rioter head boss kingpin companion guest visitor user owner manager director chairman assistant adviser "
    "advisor guide neighbor's occupant being male female teen senior pensioner veteran nomad herder hunter black white "
    "immigrant asylum-seeker returnee evacuee squatter settler colonist protester's crowd".split()
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
