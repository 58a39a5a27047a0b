"""Sentence starts that the layout of a text gives: after a blank line nothing continues a sentence.

Runs before the parser, which keeps sentence starts that are set. Also marks the tokens of HTML left in a
scraped page, so that later components pass over them.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

SENTENCE_ENDS = frozenset(".!?…:;\"'”’)]»")


@Language.factory(
    "conflict_boundaries",
    assigns=["token.is_sent_start"],
    default_config={"single_newline": True},
)
def make_boundaries(nlp: Language, name: str, single_newline: bool) -> Boundaries:
    """Component that starts a sentence after a blank line.

    ``single_newline``: a single line break after a sentence end, or after a line of a list of lines as
    short as headlines are, starts one too.
    """
    return Boundaries(name, single_newline=single_newline)


class Boundaries(Pipe):
    """Sets ``token.is_sent_start`` from line breaks; takes nothing back that stands there already."""

    def __init__(self, name: str = "conflict_boundaries", *, single_newline: bool = True) -> None:
        self.name = name
        self.single_newline = single_newline

    def __call__(self, doc: Doc) -> Doc:
        if doc.has_annotation("DEP"):
            return doc
        for i in range(1, len(doc)):
            before = doc[i - 1]
            if not before.is_space or "\n" not in before.text or doc[i].is_space:
                continue
            blank = before.text.count("\n") > 1
            ended = i > 1 and doc[i - 2].text[-1:] in SENTENCE_ENDS
            if blank or (self.single_newline and ended):
                doc[i].is_sent_start = True
        return doc
