"""HTML and SVG as values: pieces that are escaped when they are made, and shown by notebooks as they are."""

from __future__ import annotations

import html
import re

# characters that HTML cannot hold; report texts are untrusted
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Markup:
    """A piece of HTML or SVG; ``html`` is its source, a notebook shows it."""

    def __init__(self, html: str) -> None:
        self.html = html

    def _repr_html_(self) -> str:
        return self.html

    def __str__(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"Markup({len(self.html)} characters)"


def escape(text: object) -> str:
    """``text`` for element content or a quoted attribute.

    >>> escape('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return html.escape(_UNSHOWABLE.sub("\ufffd", str(text)))


def element(name: str, *content: str, **attributes: object) -> str:
    """An element around ready markup; attributes are escaped, ``class_`` is ``class``, "_" is "-", null is left out.

    >>> element("a", "go", href="#x", class_=None)
    '<a href="#x">go</a>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(content)}</{name}>"


def _number(value: object) -> object:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def svg(width: float, height: float, *content: str, label: str) -> Markup:
    """An SVG of that size in pixels; ``label`` says what it shows to those who cannot see it."""
    return Markup(
        element(
            "svg",
            element("title", escape(label)),
            *content,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width:.0f} {height:.0f}",
            width=f"{width:.0f}",
            height=f"{height:.0f}",
            role="img",
            font_family="system-ui, sans-serif",
            font_size=12,
            style="max-width: 100%; height: auto",
        )
    )


def shortened(text: str, limit: int) -> str:
    """``text`` with at most ``limit`` characters, cut with an ellipsis.

    >>> shortened("Clashes along the border", 12)
    'Clashes alo…'
    """
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
