"""Keep executed notebooks, so that what has not changed is not run again; run the rest side by side.

A result is kept under a name that holds the notebook, its parameters and everything that could change its outputs:
helpers, tables and pinned packages. Only the report takes from here: the comparison of stored outputs and
`make refresh` run everything anew.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue

import nbformat
from tqdm import tqdm

from report.execute import BRIEF, ROOT, brief_of, execute, execute_in_turn, lessons, paths

KEPT = ROOT / "build" / "kept"


def results(codes: list[str], folder: Path = KEPT) -> dict[str, nbformat.NotebookNode]:
    """Executed notebooks and partner briefs, from what is kept where nothing has changed.

    Parameters
    ----------
    codes : list of str
        Codes of partners.
    folder : Path
        Where results are kept; those that are out of date are deleted.

    Returns
    -------
    dict of str to NotebookNode
        By the stem of a notebook or lesson, or the code of a partner, in that order.
    """
    sources = {path.stem: (path, "") for path in [*paths(), *lessons()]} | {code: (BRIEF, code) for code in codes}
    places = {name: folder / f"{name}-{_mark(*source)}.ipynb" for name, source in sources.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for old in set(folder.glob("*.ipynb")) - set(places.values()):
        old.unlink()
    missing = [name for name, place in places.items() if not place.exists()]
    _run(missing, places)
    return {name: nbformat.read(place, as_version=4) for name, place in places.items()}


def _run(missing: list[str], places: dict[str, Path]) -> None:
    """Run what is missing: each notebook in a kernel of its own, the briefs in one kernel per core."""
    stems = {path.stem: path for path in [*paths(), *lessons()]}
    briefs: SimpleQueue[str] = SimpleQueue()
    for name in missing:
        if name not in stems:
            briefs.put(name)
    cores = os.cpu_count() or 1
    with tqdm(total=len(missing), desc="executing", unit="notebook", disable=not missing, file=sys.stdout) as bar:

        def keep(name: str, notebook: nbformat.NotebookNode) -> None:
            nbformat.write(notebook, places[name])
            bar.update()

        with ThreadPoolExecutor(cores) as pool:
            tasks = [
                pool.submit(lambda name=name: keep(name, execute(stems[name]))) for name in missing if name in stems
            ]
            tasks += [pool.submit(_briefs_in_turn, briefs, keep) for _ in range(min(cores, briefs.qsize()))]
            for task in tasks:
                task.result()


def _briefs_in_turn(waiting: SimpleQueue[str], keep: Callable[[str, nbformat.NotebookNode], None]) -> None:
    """Take partners from a queue until it is empty, and run their briefs in one kernel."""
    taken: list[str] = []

    def notebooks():
        while True:
            try:
                taken.append(waiting.get_nowait())
            except Empty:
                return
            yield brief_of(taken[-1])

    for notebook in execute_in_turn(notebooks()):
        keep(taken[-1], notebook)


def _mark(path: Path, code: str) -> str:
    """Digest of a notebook's cells, its parameter, and what its outputs rest on."""
    notebook = nbformat.read(path, as_version=4)
    cells = [f"{cell.cell_type} {cell.source} {cell.metadata.get('tags')}" for cell in notebook.cells]
    quoted = _stored_findings() if "finding(" in "".join(cells) else ""
    return hashlib.sha256("\n".join([*cells, code, quoted, _ground()]).encode()).hexdigest()[:16]


def _stored_findings() -> str:
    """What the start page quotes of the other notebooks: it is stored there."""
    cells = [cell for path in paths() for cell in nbformat.read(path, as_version=4).cells]
    return "".join(str(cell.outputs) for cell in cells if "findings" in cell.metadata.get("tags", []))


@cache
def _ground() -> str:
    """Digest of helpers, tables, pinned packages and the way of running."""
    files = [*(ROOT / "helpers").rglob("*.py"), *(ROOT / "data").glob("*.csv"), ROOT / "data" / "datapackage.json"]
    files += [ROOT / "requirements.txt", ROOT / "report" / "execute.py"]
    parts = [f"{file.relative_to(ROOT)} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in sorted(files)]
    return "\n".join([sys.version, *parts])
