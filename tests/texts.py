"""Short reports of our own writing, and strategies that break them, for tests over many texts."""

from hypothesis import strategies as st

REPORTS = (
    "At least 12 people were killed and dozens wounded when a car bomb exploded outside a police station in the "
    "northern city of Mosul on Tuesday, officials said. No group has claimed responsibility.",
    "The army said it had lost three soldiers in the fighting near Goma; the M23 rebels put the number at nine. "
    "\n\nThe group denied firing on the camp, where two children died, according to aid workers.",
    "RSF shells hit El Fasher's main market, killing up to 20 civilians, the Sudan Doctors Network reported on 3 May 2024. "
    "In 2003, hundreds of thousands fled Darfur.",
    'KYIV — Russia launched 40 drones overnight. "Nobody was hurt," the mayor wrote on Telegram. Moscow did not comment.',
    "3 dead, 5 hurt in Gaza City strike: medics",
    "If the rebels attack again, dozens could die, the governor warned. Last year clashes there left 30 people dead.",
    "The minister fired his spokesman after the team's 3-0 defeat; 4,000 fans were there, some aged 80.",
    "Gunmen abducted seven students in Zamfara state on Monday night, police said, hours after troops killed two bandits.",
)

NOISE = st.text(alphabet="\r\n\t \u00a0\u200b\u202e…—“”'\"()[]<>&;:.,-0123456789²①٣éşћمא🙂ABCdef\ufeff", max_size=12)


@st.composite
def noisy_reports(draw: st.DrawFn) -> str:
    """One of ``REPORTS`` with strange characters pushed in at random places, lower-cased or in capitals at times."""
    text = draw(st.sampled_from(REPORTS))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(NOISE) + text[at:]
    return draw(st.sampled_from([text, text, text.upper(), text.lower(), text.replace(",", "").replace("'", "")]))
