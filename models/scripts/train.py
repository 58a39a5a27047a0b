"""Train a config as `spacy train` does, with numpy's own BLAS (two to three times faster than BLIS on some processors).

`python train.py configs/syntax.cfg OUTPUT --paths.train corpus/syntax-train.spacy --paths.dev corpus/syntax-dev.spacy`
"""

import argparse
import logging
import sys
from pathlib import Path

import srsly
from spacy.cli._util import parse_config_overrides
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config, logger
from thinc.api import NumpyOps, set_current_ops


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--init", type=Path, help="begin with the weights of this pipeline, of the same config")
    args, rest = parser.parse_known_args()
    logger.setLevel(logging.INFO)
    args.output.mkdir(parents=True, exist_ok=True)
    set_current_ops(NumpyOps(use_blis=False))
    config = load_config(args.config, overrides=parse_config_overrides(rest), interpolate=False)
    nlp = init_nlp(config)
    if args.init:  # the lemmatizer's trees know their strings by hash only
        for string in srsly.read_json(args.init / "vocab" / "strings.json"):
            nlp.vocab.strings.add(string)
    for name in nlp.pipe_names if args.init else ():
        nlp.get_pipe(name).from_disk(args.init / name, exclude=["vocab"])  # type: ignore[attr-defined]
    train(nlp, args.output, stdout=sys.stdout, stderr=sys.stderr)


if __name__ == "__main__":
    main()
