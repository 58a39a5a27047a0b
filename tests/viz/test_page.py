"""The page: whole in itself, every report text escaped, every toll with its evidence."""

import itertools
import re
from html.parser import HTMLParser

import pytest

from conflict_events.records import Linked, LinkedReport, Relation
from conflict_events.viz.page import page
from tests.graph.hand import work
from tests.handmade import extraction, figure, incident, linked, seed_texts, seeds_linked

VOID = {"meta", "br", "a"}


class Reader(HTMLParser):
    """Collects tags, ids and links, and checks that elements close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.ids += [v for k, v in attrs if k == "id" and v]
        self.links += [v for k, v in attrs if k == "href" and v]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@pytest.fixture(scope="module")
def seeds_page() -> str:
    return page(seeds_linked(dated=True), texts=seed_texts()).html


def test_page_is_well_formed(seeds_page: str) -> None:
    assert read(seeds_page).open == []


def test_page_asks_for_nothing_from_elsewhere(seeds_page: str) -> None:
    reader = read(seeds_page)
    assert not reader.tags & {"script", "link", "img", "iframe", "object", "embed", "form"}
    assert not reader.attributes & {"src", "onload", "onclick", "srcset"}
    assert all(link.startswith("#") for link in reader.links)
    assert "default-src &#x27;none&#x27;" in seeds_page
    assert not re.search(r"url\((?!#)", seeds_page)


def test_every_link_has_its_target_and_ids_are_unique(seeds_page: str) -> None:
    reader = read(seeds_page)
    assert {link[1:] for link in reader.links} <= set(reader.ids)
    assert len(reader.ids) == len(set(reader.ids))


def test_tolls_quote_and_link_their_evidence(seeds_page: str) -> None:
    [anchor] = re.findall(r'<a href="#(f\d+)">“at least 105”</a>: Armenia in explainer-desk', seeds_page)
    assert re.search(rf'<mark class="figure" id="{anchor}"[^>]*>at least 105</mark>', seeds_page)


def test_page_without_texts_shows_the_figures_words() -> None:
    shown = page(seeds_linked()).html
    assert "The text is not at hand" in shown
    assert "“at least 105”, killed" in shown


def test_untrusted_text_is_escaped_everywhere() -> None:
    text = '<script>alert(1)</script> two <img src=x onerror="alert(2)"> died'
    gold = {
        "quote": {"text": "two", "start": text.index("two"), "end": text.index("two") + 3}, "trigger": None,
        "outcome": "killed", "value": 2, "low": 2, "high": 2, "qualifier": "exact", "victims": None,
        "victim_kind": "unknown", "side": None, "claimant": None, "status": "asserted", "scope": "current",
        "cumulative": False, "cause": "unknown",
    }  # fmt: skip
    name = "<script>id</script>"
    found = linked(
        (extraction(text, report=name, figures=(figure(text, gold, name, 1),), title="<script>t</script>"),),
        (incident("<script>i</script>", title="</title><script>x</script>", reports=(name,)),),
    )
    reader = read(page(found, texts={name: text}, title="<script>").html)
    assert not reader.tags & {"script", "img"}


def test_page_of_many_incidents_leaves_the_drawings_out() -> None:
    found = linked((), tuple(incident(f"i{n}", start="2020-01-01", end="2020-01-01") for n in range(300)))
    shown = page(found).html
    assert "too large to draw" in shown
    assert read(shown).open == []


def test_work_grows_with_the_number_of_incidents_and_no_faster() -> None:
    def many(n: int) -> Linked:
        ids = [f"i{k}" for k in range(n)]
        return linked(
            (),
            tuple(incident(i, reports=(f"r{i}",), start="2020-01-01", end="2020-01-01") for i in ids),
            reports=tuple(LinkedReport(f"r{i}", i, None) for i in ids),
            relations=tuple(Relation(a, b, "follows") for a, b in itertools.pairwise(ids)),
        )

    few, more = many(300), many(600)
    assert work(lambda: page(more)) < 2.4 * work(lambda: page(few))
    assert page(few).html.count("<dt>Followed by</dt>") == 299


def test_page_of_nothing_is_a_page() -> None:
    assert read(page(linked((), ())).html).open == []
