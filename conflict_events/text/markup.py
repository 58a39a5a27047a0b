"""Markup and stray characters blanked out in place, so that offsets stay those of the given text."""

from __future__ import annotations

import re

_LOOKS_LIKE_HTML = re.compile(
    r"</?(?:p|div|br|span|a|b|i|em|strong|h[1-6]|ul|ol|li|table|tr|td|html|body|head|script|style|img|article)\b[^<>]{0,1000}>",
    re.IGNORECASE,
)
_OPENS_HIDDEN = re.compile(r"<(?:(script|style)\b[^<>]{0,1000}>|!--)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]{0,4000}>|<![^<>]{0,1000}>")
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|mdash|ndash|rsquo|lsquo|rdquo|ldquo|hellip|#\d{1,6}|#x[0-9a-fA-F]{1,6});"
)
_BLOCKS = frozenset(
    "p div br h1 h2 h3 h4 h5 h6 ul ol li table tr td article section blockquote figure figcaption".split()
)
_ENTITIES = {
    "amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " ", "mdash": "—", "ndash": "–",
    "rsquo": "’", "lsquo": "‘", "rdquo": "”", "ldquo": "“", "hellip": "…",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# zero-width and direction marks, soft hyphens, byte-order marks inside a text
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def looks_like_html(text: str) -> bool:
    """Whether ``text`` holds HTML tags.

    >>> looks_like_html("<p>Two died.</p>"), looks_like_html("2 < 3 and 4 > 1")
    (True, False)
    """
    return bool(_LOOKS_LIKE_HTML.search(text))


def mask_html(text: str) -> str:
    """``text`` with tags, comments and scripts blanked; as long as before, block tags as blank lines.

    >>> mask_html("<p>Two <b>died</b>.</p>")
    '\\n\\n Two    died    .\\n\\n  '
    """
    text = _mask_hidden(text)
    text = _TAG.sub(_mask_tag, text)
    return _ENTITY.sub(_mask_entity, text)


def _mask_hidden(text: str) -> str:
    """Scripts, styles and comments as blanks; one that is never closed is left to the tag rule."""
    lower, parts, at = text.lower(), [], 0
    if len(lower) != len(text):
        lower = text
    unclosed: set[str] = set()
    for match in _OPENS_HIDDEN.finditer(text):
        closing = f"</{match[1].lower()}" if match[1] else "-->"
        if match.start() < at or closing in unclosed:
            continue
        end = lower.find(closing, match.end())
        if end < 0:
            # without this every further opening would search the rest of the text again
            unclosed.add(closing)
            continue
        if match[1]:
            end = max(lower.find(">", end), end)
            end += 1
        else:
            end += len(closing)
        parts += [text[at : match.start()], " " * (end - match.start())]
        at = end
    return "".join([*parts, text[at:]])


def _mask_tag(match: re.Match[str]) -> str:
    width = len(match[0])
    if (match[2] or "").lower() in _BLOCKS and width >= 3:
        return "\n\n" + " " * (width - 2)
    return " " * width


def _mask_entity(match: re.Match[str]) -> str:
    name = match[0][1:-1]
    if name.startswith("#"):
        code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        char = chr(code) if 31 < code < 0xD800 else " "
    else:
        char = _ENTITIES[name]
    return char + " " * (len(match[0]) - 1)


def has_control_characters(text: str) -> bool:
    """Whether ``text`` holds characters that no text should hold: NUL, lone surrogates, other controls.

    >>> has_control_characters("fine\\n"), has_control_characters("bad\\x00")
    (False, True)
    """
    return bool(_CONTROL.search(text))


def mask_control_characters(text: str) -> str:
    """``text`` with every such character replaced by one blank.

    >>> mask_control_characters("a\\x00b")
    'a b'
    """
    return _CONTROL.sub(" ", text)


def mask_invisible_characters(text: str) -> str:
    """``text`` with each zero-width or direction mark replaced by one blank, so that it sticks to no word.

    >>> mask_invisible_characters("\u200bTwenty died")
    ' Twenty died'
    """
    return _INVISIBLE.sub(" ", text)
