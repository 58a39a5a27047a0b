"""Markup is escaped when it is made."""

from xml.etree import ElementTree

from conflict_events.viz.markup import Markup, element, escape, shortened, svg


def test_escape_makes_any_text_harmless() -> None:
    assert escape("<script>\"'&\x00\ud800") == "&lt;script&gt;&quot;&#x27;&amp;\ufffd\ufffd"


def test_element_escapes_attributes_and_leaves_out_null() -> None:
    assert element("a", "x", title='"><b>', href=None) == '<a title="&quot;&gt;&lt;b&gt;">x</a>'


def test_svg_is_well_formed_and_named() -> None:
    drawn = svg(10, 20, element("circle", cx=1.25, cy=2.0), label="A & B")
    root = ElementTree.fromstring(drawn.html)
    assert root[0].text == "A & B"
    assert root[1].attrib == {"cx": "1.2", "cy": "2"}


def test_markup_shows_itself_in_notebooks() -> None:
    assert Markup("<b>x</b>")._repr_html_() == str(Markup("<b>x</b>")) == "<b>x</b>"


def test_shortened_keeps_short_texts() -> None:
    assert shortened("raid", 4) == "raid"
    assert shortened("raids", 4) == "rai…"
