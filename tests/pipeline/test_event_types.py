"""Every type of event in other words than its commonest, and the same words where they mean something else."""

from __future__ import annotations

import pytest
from spacy.language import Language

EXAMPLES = {
    "armed_clash": "Militia fighters and border guards traded fire for two hours near the crossing.",
    "government_regains_territory": "Government troops retook the village of Kello from the insurgents on Friday.",
    "non_state_actor_overtakes_territory": "Rebel fighters overran an army base near the border on Sunday.",
    "chemical_weapon": "Dozens of villagers choked in a gas attack on the besieged suburb, medics said.",
    "air_drone_strike": "Warplanes bombed a rebel camp near the lake on Tuesday.",
    "suicide_bomb": "A man blew himself up at the gate of a barracks, killing two guards.",
    "shelling_artillery_missile": "Insurgents fired mortar shells at the airport before dawn.",
    "remote_explosive_landmine_ied": "A car bomb exploded outside the governor's office on Monday.",
    "grenade": "Two people were hurt when a man hurled a grenade at a patrol.",
    "sexual_violence": "Aid workers said militiamen raped eleven girls during the raid.",
    "attack": "Masked gunmen stabbed a journalist to death outside his home.",
    "abduction_forced_disappearance": "Four engineers were taken hostage by armed men near the pipeline.",
    "peaceful_protest": "Hundreds of students demonstrated outside the parliament for free elections.",
    "protest_with_intervention": "Riot police fired tear gas to disperse the demonstrators.",
    "excessive_force_against_protesters": "Security forces fired on protesters in the square, killing six.",
    "violent_demonstration": "Demonstrators hurled stones at police and burned tyres in the suburb.",
    "mob_violence": "A mob lynched two men accused of theft in the village.",
    "agreement": "The government and the rebels signed a truce on Thursday.",
    "arrests": "Security agents detained eight opposition leaders overnight.",
    "change_to_group_activity": "The last foreign troops withdrew from the province on Monday.",
    "disrupted_weapons_use": "Air defences shot down two drones over the capital.",
    "headquarters_or_base_established": "The insurgents set up a camp in the forest near the front.",
    "looting_property_destruction": "Soldiers looted and torched houses in the village.",
    "non_violent_transfer_of_territory": "The militia handed over the town to government troops under the deal.",
    "other": "Rebels besieged the garrison for nine days.",
    "war": "The civil war has killed 90,000 people since 2012.",
}
ELSEWHERE = {
    "armed_clash": "The two designers clashed over the colour of the curtains.",
    "government_regains_territory": "The brewer regained its lead in the market for light beers.",
    "non_state_actor_overtakes_territory": "The photographer captured the mood of the village fair.",
    "chemical_weapon": "The plant makes chlorine and other chemicals for swimming pools.",
    "air_drone_strike": "Air traffic controllers began a strike over pay on Monday.",
    "suicide_bomb": "The comedian bombed on his first night in the theatre.",
    "shelling_artillery_missile": "She was shelling peas in the kitchen when the phone rang.",
    "remote_explosive_landmine_ied": "The population of the city has exploded since the factory opened.",
    "grenade": "The cocktail is called a grenade and is made with rum.",
    "sexual_violence": "Fields of rape in yellow flower line the road to the coast.",
    "attack": "He died of a heart attack at the age of 78.",
    "abduction_forced_disappearance": "The sea captured the eye of the young painter.",
    "peaceful_protest": "Shares rallied on Friday after two weeks of losses.",
    "protest_with_intervention": "The crowd dispersed after the fireworks.",
    "excessive_force_against_protesters": "The photographer shot the crowd from the roof for a travel magazine.",
    "violent_demonstration": "The chef gave a demonstration of how to fillet a trout.",
    "mob_violence": "Fans mobbed the singer at the stage door and asked for autographs.",
    "agreement": "The airline signed an agreement with a caterer to supply its lounges.",
    "arrests": "The village church has arresting views over the valley.",
    "change_to_group_activity": "The firm withdrew its new phone because of a faulty battery.",
    "disrupted_weapons_use": "The mayor defused the row with a joke about his own hat.",
    "headquarters_or_base_established": "The bank established its headquarters in a former mill.",
    "looting_property_destruction": "The cook burned the sauce and set the table for six.",
    "non_violent_transfer_of_territory": "The chairman handed over the cup to the winning captain.",
    "other": "Reporters besieged the actress with questions about her new film.",
    "war": "Supermarkets are waging a price war over milk.",
}


@pytest.mark.parametrize(("type_", "text"), EXAMPLES.items(), ids=EXAMPLES)
def test_type_is_told_in_other_words(nlp: Language, type_: str, text: str) -> None:
    assert type_ in [e.type for e in nlp(text)._.extraction.events]


@pytest.mark.parametrize("text", ELSEWHERE.values(), ids=ELSEWHERE)
def test_the_words_of_a_type_mean_something_else(nlp: Language, text: str) -> None:
    assert [(e.type, e.trigger.text) for e in nlp(text)._.extraction.events] == []
