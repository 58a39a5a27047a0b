"""Fine-tune the transformer and its five listeners: `python train_trf.py configs/trf.cfg training/trf --corpus corpus`.

spaCy's own `train` draws from one corpus at one rate of learning. Here every batch holds treebank text and entity text in a
fixed proportion, so that no component is ever without a target, and the encoder learns more slowly than the new layers.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import fix_random_seed, load_config, load_model_from_config
from thinc.api import NumpyOps, Optimizer, set_current_ops

TREEBANK_SHARE = 0.6
WARMUP = 0.05
INITIAL_NAMES = 3000


class TwoRates(Optimizer):
    """Adam whose rate for the encoder's weights is a fraction of that of the layers on top."""

    encoder_share = 1.0

    def __call__(self, key: Any, weights: Any, gradient: Any, *, lr_scale: float = 1.0) -> Any:
        # weights of torch modules have dotted names, those of thinc's layers have not
        share = self.encoder_share if "." in key[1] else 1.0
        return super().__call__(key, weights, gradient, lr_scale=lr_scale * share)


def forever(docs: Sequence[Doc], rng: random.Random) -> Iterator[Doc]:
    """Yield the Docs in a new order each time round."""
    while True:
        yield from rng.sample(docs, len(docs))


def batches(corpora: dict[float, Iterator[Doc]], words: int) -> Iterator[list[Example]]:
    """Yield examples of about `words` words; each corpus contributes the share that it is keyed by."""
    while True:
        batch = []
        for share, docs in corpora.items():
            size = 0.0
            while size < share * words:
                doc = next(docs)
                batch.append(
                    Example(Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]), doc)
                )
                size += len(doc)
        yield batch


def start(config_path: Path, corpus: Path, init: Path | None) -> tuple[Language, list[Doc], list[Doc]]:
    """Return the pipeline, initialized or as saved in `init`, and the two corpora."""
    nlp = spacy.load(init) if init else load_model_from_config(load_config(config_path), auto_fill=True)
    treebanks, names = (
        list(DocBin().from_disk(corpus / f"trf-{name}.spacy").get_docs(nlp.vocab)) for name in ("treebanks", "names")
    )
    if init:  # which class stands for which edit tree is not saved
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.cfg["labels"])}
    else:
        first = treebanks[: len(treebanks) // 5] + names[:INITIAL_NAMES]
        nlp.initialize(lambda: (Example(Doc(nlp.vocab, words=[t.text for t in d]), d) for d in first))
    return nlp, treebanks, names


def rate(progress: float) -> float:
    """Rise over the warm-up, then fall in a line to nothing."""
    return progress / WARMUP if progress < WARMUP else max(0.0, (1 - progress) / (1 - WARMUP))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--init", type=Path, help="begin with this pipeline")
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--minutes", type=float, help="let the rate fall with the clock, on a machine that others use")
    parser.add_argument(
        "--from-progress", type=float, default=0.0, help="take up an interrupted run at this share of it"
    )
    parser.add_argument("--words", type=int, default=2400, help="of a batch")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--save-every", type=int, default=300)
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    set_current_ops(NumpyOps(use_blis=False))
    nlp, treebanks, names = start(args.config, args.corpus, args.init)
    training = load_config(args.config)["training"]
    fix_random_seed(training["seed"])
    # half of the encoder's weights; what words mean by themselves is known from pretraining
    nlp.get_pipe("transformer").model.layers[0].shims[0]._model.embeddings.word_embeddings.requires_grad_(False)
    rng = random.Random(training["seed"])
    settings = {key: value for key, value in training["optimizer"].items() if not key.startswith("@")}
    optimizer = TwoRates(**settings | {"learn_rate": args.rate})
    optimizer.encoder_share = args.encoder_rate / args.rate
    stream = batches({TREEBANK_SHARE: forever(treebanks, rng), 1 - TREEBANK_SHARE: forever(names, rng)}, args.words)
    losses: dict[str, float] = {}
    began, words, progress, step = time.monotonic(), 0, args.from_progress, 0
    while progress < 1:
        optimizer.learn_rate = args.rate * max(rate(progress), 0.001)
        batch = next(stream)
        nlp.update(batch, drop=training["dropout"], sgd=optimizer, losses=losses)
        step += 1
        words += sum(len(example) for example in batch)
        elapsed = time.monotonic() - began
        done = elapsed / 60 / args.minutes if args.minutes else step / args.steps
        progress = args.from_progress + (1 - args.from_progress) * done
        if step % 50 == 0:
            shown = " ".join(f"{name} {loss / 50:.0f}" for name, loss in losses.items() if name != "transformer")
            print(f"{step} {progress:.1%} {elapsed:.0f}s {words / elapsed:.0f} words/s {shown}", flush=True)
            losses = {}
        if step % args.save_every == 0:
            nlp.to_disk(args.output / "model-last")
    nlp.to_disk(args.output / "model-last")


if __name__ == "__main__":
    main()
