"""A sentence starts after a blank line, whatever the parser makes of the words around it."""

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("paragraphs_sm", assigns=["token.is_sent_start"])
def paragraphs(doc: Doc) -> Doc:
    """Set the sentence starts that blank lines give; the parser keeps them and finds the others."""
    if not doc.has_annotation("DEP"):
        for token in doc[:-1]:
            if token.is_space and token.text.count("\n") > 1 and not doc[token.i + 1].is_space:
                doc[token.i + 1].is_sent_start = True
    return doc
