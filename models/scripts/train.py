"""Train a config as `spacy train` does, with numpy's own BLAS (two to three times faster than BLIS on some processors).

`python train.py configs/sm.cfg OUTPUT --paths.train corpus/train --paths.dev corpus/dev [--init OTHER/model-best]`
"""

import argparse
import logging
import sys
from pathlib import Path

import spacy
from spacy.cli._util import parse_config_overrides
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config, logger
from thinc.api import NumpyOps, set_current_ops


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--init", type=Path, help="go on from this pipeline, of the same config")
    args, rest = parser.parse_known_args()
    logger.setLevel(logging.INFO)
    args.output.mkdir(parents=True, exist_ok=True)
    set_current_ops(NumpyOps(use_blis=False))
    config = load_config(args.config, overrides=parse_config_overrides(rest), interpolate=False)
    if args.init:
        nlp = spacy.load(args.init)
        nlp.config = config
        # What a tree's label is does not come back from disk: without it all lemmas would be taught the first tree.
        lemmatizer = nlp.get_pipe("trainable_lemmatizer")
        lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.cfg["labels"])}
    else:
        nlp = init_nlp(config)
    train(nlp, args.output, stdout=sys.stdout, stderr=sys.stderr)


if __name__ == "__main__":
    main()
