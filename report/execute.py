"""Execute a notebook the way it is stored: all cells, in order, nothing of this machine in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
BRIEF = NOTEBOOKS / "partner_brief.ipynb"
PRACTICE = NOTEBOOKS / "practice"
SETS = ("taxonomy", "network", "path", "spending")  # of exercises, in the order of the notebooks they go with
EMPTY = "get_ipython().reset(new_session=False)"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def paths() -> list[Path]:
    """Notebooks in reading order; the partner brief is none of them."""
    return sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))


def lessons() -> list[Path]:
    """Notebooks for teaching that are no exercises, in reading order."""
    return [PRACTICE / f"{name}.ipynb" for name in ("pandas_refresher", "add_an_agreement", "another_center")]


def exercise(version: str, name: str) -> Path:
    """A set of exercises: its ``source``, its ``release`` for students, or what a student has ``submitted/...``."""
    return PRACTICE / version / name / f"{name}.ipynb"


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
    return next(execute_in_turn([nbformat.read(path, as_version=4)], env))


def execute_in_turn(
    notebooks: Iterable[nbformat.NotebookNode], env: dict[str, str] | None = None
) -> Iterator[nbformat.NotebookNode]:
    """Run notebooks one after another in one kernel, each in an empty namespace.

    Parameters
    ----------
    notebooks : iterable of NotebookNode
        The notebooks. They share what is imported, and so should not change a module.
    env : dict of str to str, optional
        Environment of the kernel; that of this process by default.

    Yields
    ------
    NotebookNode
        Each notebook as :func:`execute` gives it.
    """
    client = NotebookClient(
        nbformat.v4.new_notebook(metadata=METADATA),
        timeout=600,
        record_timing=False,
        coalesce_streams=True,  # one print comes in one piece or two, as time has it
        resources={"metadata": {"path": NOTEBOOKS}},
        extra_arguments=["--log-level=ERROR"],  # kernels warn of TCP, which does not leave the machine here
    )
    with client.setup_kernel(env=os.environ.copy() if env is None else env):
        for notebook in notebooks:
            client.nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(EMPTY)])
            client.execute_cell(client.nb.cells[0], 0, store_history=False)
            client.nb = notebook
            client.reset_execution_trackers()
            for index, cell in enumerate(notebook.cells):
                client.execute_cell(cell, index)
            yield _as_stored(notebook)


def _as_stored(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Count cells from 1, also where the kernel has run others before; describe figures."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), start=1):
        cell.execution_count = number
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = number
        _describe(cell)
    return notebook


def _describe(cell: nbformat.NotebookNode) -> None:
    cell.metadata.pop("mystnb", None)
    for output in cell.outputs:
        alt = output.get("metadata", {}).get("image/svg+xml", {}).get("alt")
        if alt:
            cell.metadata["mystnb"] = {"image": {"alt": alt}}


def brief_of(partner: str, as_of: str = "") -> nbformat.NotebookNode:
    """The partner brief, set to a partner and a day, and not yet run.

    Parameters
    ----------
    partner : str
        Code of the partner.
    as_of : str
        A day, or blank.

    Returns
    -------
    NotebookNode
        The notebook, with a cell of parameters after that of the defaults.
    """
    stored = load_notebook_node(str(BRIEF))
    for cell in stored.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook = parameterize_notebook(stored, {"PARTNER": partner, "AS_OF": as_of}, report_mode=True)
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"brief-{number}"  # that of the new cell is random
        cell.metadata = nbformat.from_dict({"tags": tags} if (tags := cell.metadata.get("tags")) else {})
    return notebook


def tagged(notebook: nbformat.NotebookNode, tag: str) -> nbformat.NotebookNode:
    """First output of the cell that carries a tag."""
    for cell in notebook.cells:
        if tag in cell.metadata.get("tags", []):
            return cell.outputs[0]
    raise LookupError(f"no cell is tagged {tag!r}")
