"""Words that tell a place's name from other names, and what kind of place it names."""

from __future__ import annotations

import re

from conflict_events.geo.ranking import FEATURE_WORDS

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
NEVER = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
LOCATIVES = frozenset("in at near from to into toward towards outside around across through throughout inside within "
                      "off via between along beyond above below over onto against of north south east west "
                      "northeast northwest southeast southwest".split())  # fmt: skip
SURE_LOCATIVES = frozenset("in near at outside around inside throughout across toward towards".split())
DIRECTIONS = frozenset("northern southern eastern western central northeastern northwestern southeastern southwestern "
                       "north south east west north-east north-west south-east south-west northeast northwest southeast "
                       "southwest north-eastern north-western south-eastern south-western greater upper lower downtown "
                       "upstate inner outer mid rural coastal mainland metropolitan metro occupied rebel-held "
                       "government-held government-controlled".split())  # fmt: skip
# Arabic articles, as names have them before a hyphen ("al-Qaim")
ARTICLES = frozenset("al el ar as ash an ad at az ez".split())
# a name followed by one of these is a part of another name
NOT_BEFORE = frozenset("post times herald tribune journal gazette news daily university college institute school "
                       "hospital street avenue boulevard road drive lane highway bank united city's press "
                       "club fc cup league championship award prize foundation inc corp ltd agency party mosque church "
    "cathedral temple hotel brigade brigades battalion battalions front".split())  # fmt: skip
NOT_AFTER = frozenset("mr mrs ms dr sir lord lady president minister general gen colonel col captain capt sgt lt maj major "
                      "judge sen senator rep gov governor".split())  # fmt: skip
# "Hammond police", "a Longview woman": the name of a town before those who live or govern there
PEOPLE_OF = frozenset("man woman boy girl teenager teen resident residents native police officials authorities mayor "
                      "sheriff couple family mother father firefighters hospital home area".split())  # fmt: skip
LOCAL_BODIES = frozenset("city county police mayor municipal council sheriff fire township parish district resident "
                         "residents".split())  # fmt: skip
# "the Ohio Senate", "the Kano State Police": an arm of the government of the region named first
STATE_BODIES = frozenset("department senate house legislature assembly highway state board commission attorney supreme court "
                         "police patrol governor guard".split())  # fmt: skip
CALENDAR = frozenset("january february march april may june july august september october november december monday tuesday "
                     "wednesday thursday friday saturday sunday christmas easter ramadan jan feb mar apr jun jul aug sep sept oct nov dec".split())  # fmt: skip
POSTAL = re.compile(r"[A-Z]{2}\Z")
POSTAL_STATES = frozenset("AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY "
                          "NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC".split())  # fmt: skip
PARTIES = frozenset({"R", "D", "I", "DFL"})
# the last word of regions' full names
REGION_WORDS = frozenset("county parish province district oblast governorate raion prefecture division".split())
# words for several at once, that name what each of the places before or after them is
PLURALS = {f"{word}s": word for word in FEATURE_WORDS if not word.endswith(("s", "y"))} | {
    "counties": "county", "cities": "city", "municipalities": "municipality", "territories": "territory",
    "valleys": "valley",
}  # fmt: skip
POSSESSIVE = ("'s", "’s", "'", "’")
JOINERS = frozenset("al el ar as ash an ad at az ez de du da do dos das di del la le les los las of the and upon on "
                    "en e y au aux ès - – ' ’ . am der den sur sous by bin".split())  # fmt: skip
# what a piece of a town is called, beside the words for administrative units
PARTS_OF_TOWNS = frozenset("area quarter suburb section sector outskirts camp market square airport side part".split())
