"""Lines of hard-wrapped text joined in place, so that offsets stay those of the given text."""

from __future__ import annotations

import re

_SENTENCE_ENDS = frozenset(".!?…:;\"'”’)]»")
_BREAK = re.compile(r"(?<![\n\r])[ \t]{0,20}(\r\n|\n|\r)(?=[^\n\r])")
# a text is wrapped by hand if it has several lines and none is longer than a page is wide
MIN_LINES = 4
MAX_WIDTH = 100
# a line that was wrapped fills most of the width; a headline or an item of a list does not
FULL_SHARE = 0.7


def join_wrapped_lines(text: str) -> str:
    """``text`` with line breaks inside a sentence as blanks; as long as before, paragraphs and headlines stay.

    A single line break goes where the next line starts with a small letter, or where a text wrapped to one
    width breaks off a full line without the mark of a sentence's end.

    >>> join_wrapped_lines("Two men were killed\\nin Goma.\\nOthers fled.\\n\\nA new paragraph")
    'Two men were killed in Goma.\\nOthers fled.\\n\\nA new paragraph'
    """
    lines = [len(line.strip()) for line in text.splitlines() if line.strip()]
    width = max(lines, default=0)
    wrapped = len(lines) >= MIN_LINES and width <= MAX_WIDTH
    parts: list[str] = []
    at = 0
    for match in _BREAK.finditer(text):
        start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start()), -1) + 1
        line = text[start : match.start()].strip()
        following = text[match.end() : match.end() + 1]
        if not line or following.isspace() or line[-1] in _SENTENCE_ENDS:
            continue
        if following.islower() or (wrapped and len(line) >= FULL_SHARE * width):
            parts += [text[at : match.start(1)], " " * len(match[1])]
            at = match.end(1)
    return "".join([*parts, text[at:]])
