"""Who is one speaker under several names, and who is not."""

from __future__ import annotations

import pytest

from conflict_events.graph.speakers import name_speakers, party_key
from conflict_events.records import ActorRef
from tests.graph.hand import NOWHERE, work


def claimant(name: str, party: str | None = None) -> ActorRef:
    return ActorRef(NOWHERE, "r/a", name, party, "state", None)


def are_one(*claimants: tuple[str, str] | tuple[str, str, str]) -> bool:
    """Whether (report, name[, party]) are all one speaker, whatever their order."""
    told = [(report, claimant(name, *party)) for report, name, *party in claimants]
    found = name_speakers(told)
    assert name_speakers(told[::-1]) == found
    return len({found[report, party_key(actor) or ""] for report, actor in told}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Gaza's health ministry", "the health ministry", "ministry"),
        ("health ministry", "ministry of health", "health ministry spokesman"),
        ("Lady Reading Hospital", "hospital", "hospital spokeswoman"),
        ("Syrian Observatory for Human Rights", "Observatory", "Observatory director"),
        ("Border Guard Service of Ukraine", "border guard service"),
        ("Rebel-run health directorate of Idlib", "Idlib's health directorate", "the local health directorate"),
        ("provincial police", "police", "police chief"),
    ],
    ids=lambda names: names[0],
)
def test_body_is_one_speaker_under_longer_and_shorter_names(names: tuple[str, ...]) -> None:
    assert are_one(*((f"r{n}", name) for n, name in enumerate(names)))


@pytest.mark.parametrize(
    "names",
    [
        ("health ministry", "defence ministry"),
        ("health ministry", "health directorate"),
        ("Iraqi officials", "officials"),
        ("Turkish spokesman", "spokesman"),
        ("army", "police"),
    ],
    ids=lambda names: " and ".join(names),
)
def test_other_bodies_and_people_of_whom_nobody_knows_are_other_speakers(names: tuple[str, str]) -> None:
    assert not are_one(("r0", names[0]), ("r1", names[1]))


def test_short_name_that_may_be_either_of_two_bodies_is_neither() -> None:
    told = [("r", "health ministry"), ("s", "defence ministry"), ("t", "ministry")]
    assert len(set(name_speakers((r, claimant(n)) for r, n in told).values())) == 3


def test_short_name_is_first_that_of_its_own_report() -> None:
    told = [("r", "health ministry"), ("s", "defence ministry"), ("s", "ministry")]
    found = name_speakers((r, claimant(n)) for r, n in told)
    assert found["s", "ministry"] == found["s", "defence ministry"] != found["r", "health ministry"]


def test_body_without_a_party_is_the_party_that_the_same_words_name() -> None:
    assert are_one(("r", "Sudanese army", "SDN"), ("s", "army"))
    assert are_one(("r", "Hamas-run health ministry", "hamas"), ("s", "Gaza health ministry"), ("t", "health ministry"))
    assert not are_one(("r", "Armenian army", "ARM"), ("s", "Azerbaijani army", "AZE"))


def test_voices_of_one_party_are_one_speaker() -> None:
    assert are_one(("r", "foreign ministry", "ARM"), ("s", "prime minister", "ARM"))


@pytest.mark.parametrize("shape", ["{} ministry", "ministry of {}", "a{} b{} police"])
def test_work_grows_with_the_number_of_names_and_no_faster(shape: str) -> None:
    def names(count: int) -> list[tuple[str, ActorRef]]:
        return [(f"r{n}", claimant(shape.replace("{}", f"x{n}"))) for n in range(count)]

    assert work(lambda: name_speakers(names(600))) < 2.4 * work(lambda: name_speakers(names(300)))
