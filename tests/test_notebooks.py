"""The notebooks run from top to bottom, and are committed with their outputs."""

import shutil
from pathlib import Path

import pytest

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def kinds(notebook: object) -> list[tuple[str, list[str]]]:
    """For each code cell its first line and the MIME types (or streams) of its outputs."""
    return [
        (
            cell.source.splitlines()[0],
            sorted({kind for out in cell.outputs for kind in out.get("data", {out.get("name", "error"): None})}),
        )
        for cell in notebook.cells  # type: ignore[attr-defined]
        if cell.cell_type == "code"
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs_and_shows_what_is_committed(path: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    committed = nbformat.read(path, as_version=4)
    assert all(c.execution_count and c.outputs for c in committed.cells if c.cell_type == "code"), "run it, then commit"
    fresh = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(fresh, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert kinds(fresh) == kinds(committed)
    assert not any("error" in found for _, found in kinds(fresh))
