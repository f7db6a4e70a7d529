"""Execute a notebook the way it is stored: all cells, in order, nothing of this machine in it."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def paths() -> list[Path]:
    """Notebooks in reading order."""
    return sorted(NOTEBOOKS.glob("*.ipynb"))


def execute(path: Path, env: dict[str, str] | None = None) -> nbformat.NotebookNode:
    """Run a notebook from top to bottom.

    Parameters
    ----------
    path : Path
        The notebook.
    env : dict of str to str, optional
        Environment of the kernel; that of this process by default.

    Returns
    -------
    NotebookNode
        The notebook with new outputs, counts 1 to n, and the text alternative of each figure in the
        metadata of its cell, where the report finds it.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=600,
        record_timing=False,
        resources={"metadata": {"path": path.parent}},
        extra_arguments=["--log-level=ERROR"],  # kernels warn of TCP, which does not leave the machine here
    )
    client.execute(env=os.environ.copy() if env is None else env)
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            _describe(cell)
    return notebook


def _describe(cell: nbformat.NotebookNode) -> None:
    cell.metadata.pop("mystnb", None)
    for output in cell.outputs:
        alt = output.get("metadata", {}).get("image/svg+xml", {}).get("alt")
        if alt:
            cell.metadata["mystnb"] = {"image": {"alt": alt}}


def tagged(notebook: nbformat.NotebookNode, tag: str) -> nbformat.NotebookNode:
    """First output of the cell that carries a tag."""
    for cell in notebook.cells:
        if tag in cell.metadata.get("tags", []):
            return cell.outputs[0]
    raise LookupError(f"no cell is tagged {tag!r}")
