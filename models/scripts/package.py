"""Put an assembled pipeline into the distribution folder: `python package.py MODEL en_conflict_sm [--scores scores.json]`.

The folder's pyproject.toml, README.md and LICENSE are kept by hand; version, weights and the card's tables are replaced.
"""

import argparse
import re
import shutil
from pathlib import Path
from typing import Any

import srsly
from evaluate import as_markdown

SIZE_LIMIT = 20_000_000


def package(model: Path, distribution: Path, scores: dict[str, Any] | None = None) -> int:
    """Copy `model` into `distribution`, write scores and version; return the package's size in bytes."""
    inner = distribution / distribution.name
    meta = srsly.read_json(model / "meta.json")
    meta["performance"] = scores or {}
    for old in inner.glob(f"{distribution.name}-*"):
        shutil.rmtree(old)
    target = inner / f"{distribution.name}-{meta['version']}"
    shutil.copytree(model, target)
    for place in (target, inner):
        srsly.write_json(place / "meta.json", meta)
    project = distribution / "pyproject.toml"
    text = re.sub(r'(?m)^version = ".*"$', f'version = "{meta["version"]}"', project.read_text(encoding="utf8"))
    project.write_text(text, encoding="utf8")
    if scores:
        card = distribution / "README.md"
        block = f"<!-- scores -->\n{as_markdown(scores)}\n<!-- /scores -->"
        text = re.sub(r"(?s)<!-- scores -->.*<!-- /scores -->", lambda _: block, card.read_text(encoding="utf8"))
        card.write_text(text, encoding="utf8")
    size = sum(path.stat().st_size for path in inner.rglob("*") if path.is_file())
    if size > SIZE_LIMIT:
        raise SystemExit(
            f"The package holds {size} bytes, more than {SIZE_LIMIT}. Use narrower layers or fewer embedding rows."
        )
    return size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("distribution", type=Path)
    parser.add_argument("--scores", type=Path)
    args = parser.parse_args()
    size = package(args.model, args.distribution, srsly.read_json(args.scores) if args.scores else None)
    print(f"{args.distribution}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
