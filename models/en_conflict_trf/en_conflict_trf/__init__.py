"""An English spaCy pipeline over a small transformer for news of armed conflict; see the distribution's README."""

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import get_model_meta, load_model_from_init_py

__all__ = ["__version__", "load"]

__version__: str = get_model_meta(Path(__file__).parent)["version"]


def load(**overrides: Any) -> Language:
    """Return the pipeline; `overrides` are those of `spacy.load` (`disable`, `exclude`, `config`, `vocab`).

    >>> nlp = load(exclude=["ner"])
    >>> [token.dep_ for token in nlp("Troops left.")]
    ['nsubj', 'ROOT', 'punct']
    """
    return load_model_from_init_py(__file__, **overrides)
