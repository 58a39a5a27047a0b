"""Put an assembled pipeline into the distribution folder: `python package.py MODEL en_conflict_sm [--metrics metrics]`.

The folder's pyproject.toml, README.md and LICENSE are kept by hand; version, weights and the card's tables are replaced.
"""

import argparse
import re
import shutil
from pathlib import Path
from typing import Any

import srsly
from evaluate import as_markdown

# bytes that a distribution may hold
SIZE_LIMITS = {"en_conflict_sm": 20_000_000, "en_conflict_trf": 50_000_000}


def package(model: Path, distribution: Path, scores: dict[str, Any], tables: dict[str, str]) -> int:
    """Copy `model` into `distribution`, write version, scores and the card's tables; return the package's size in bytes."""
    inner = distribution / distribution.name
    meta = srsly.read_json(model / "meta.json")
    meta["performance"] = scores
    for old in inner.glob(f"{distribution.name}-*"):
        shutil.rmtree(old)
    target = inner / f"{distribution.name}-{meta['version']}"
    shutil.copytree(model, target)
    for place in (target, inner):
        srsly.write_json(place / "meta.json", meta)
    project = distribution / "pyproject.toml"
    text = re.sub(r'(?m)^version = ".*"$', f'version = "{meta["version"]}"', project.read_text(encoding="utf8"))
    project.write_text(text, encoding="utf8")
    card = distribution / "README.md"
    card.write_text(filled(card.read_text(encoding="utf8"), tables), encoding="utf8")
    size = sum(path.stat().st_size for path in inner.rglob("*") if path.is_file())
    limit = SIZE_LIMITS[distribution.name]
    if size > limit:
        raise SystemExit(
            f"The package holds {size} bytes, more than {limit}. Use narrower layers, fewer vectors or embedding rows."
        )
    return size


def filled(card: str, tables: dict[str, str]) -> str:
    """Return the card with each table between its pair of comments, `<!-- name -->` and `<!-- /name -->`, replaced."""
    for name, table in tables.items():
        block = f"<!-- {name} -->\n{table.strip()}\n<!-- /{name} -->"
        card = re.sub(rf"(?s)<!-- {name} -->.*<!-- /{name} -->", lambda _, block=block: block, card)
    return card


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("distribution", type=Path)
    parser.add_argument("--metrics", type=Path, help="folder of scores.json and tables such as speed.md")
    parser.add_argument("--output", type=Path, help="make a copy of the distribution there and leave it as it is")
    args = parser.parse_args()
    scores: dict[str, Any] = {}
    tables: dict[str, str] = {}
    if args.metrics:
        scores = srsly.read_json(args.metrics / "scores.json")
        tables = {path.stem: path.read_text(encoding="utf8") for path in args.metrics.glob("*.md")}
        tables["scores"] = as_markdown(scores)
    distribution = args.output or args.distribution
    if distribution.resolve() != args.distribution.resolve():
        shutil.copytree(args.distribution, distribution, dirs_exist_ok=True)
    size = package(args.model, distribution, scores, tables)
    print(f"{distribution}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
