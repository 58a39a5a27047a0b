"""English is told from other languages by its common words."""

import pytest

from conflict_events.text.english import looks_english


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The governor said on Friday that at least nine people were hurt when rockets hit the town.", id="news"
        ),
        pytest.param("3 dead in blast", id="short"),
        pytest.param("", id="empty"),
        pytest.param("12 34 56 78", id="digits"),
    ],
)
def test_english_passes(text: str) -> None:
    assert looks_english(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Le gouverneur a déclaré vendredi que neuf personnes au moins avaient été blessées par des tirs.",
            id="french",
        ),
        pytest.param(
            "Внаслідок обстрілу загинули дві людини, ще дев'ятеро поранені, повідомив голова області.", id="ukrainian"
        ),
        pytest.param("قتل شخصان في قصف على المدينة", id="arabic"),
        pytest.param(
            "Vali, cümə günü ən azı doqquz nəfərin yaralandığını və evlərin dağıldığını bildirib, rayon sakinləri.",
            id="azeri",
        ),
    ],
)
def test_other_languages_do_not_pass(text: str) -> None:
    assert not looks_english(text)
