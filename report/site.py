"""Build the HTML report: execute the notebooks, lay out the pages, run Sphinx."""

from __future__ import annotations

import os
import shutil
import sys
import webbrowser
from pathlib import Path

import nbformat
from sphinx.cmd.build import build_main

from helpers import load_tables
from report.codebook import codebook
from report.execute import ROOT, execute, paths, tagged
from report.readme import FIGURE, blocks

FRONT = """\
# Japan Security Partnerships

{card}

Sourced tables of Japan's security agreements, talks, exercises, transfers and spending, and notebooks that analyze
them. Every number on these pages is computed from the tables; every row of a table names the documents that state it.

## Findings

{findings}

How these are counted, and what they leave out: [Start here](notebooks/00_start_here.ipynb).

## How to read

The code behind each number is folded away; open it with "Show code cell source". Dark mode and search are at the
top of every page. The [codebook](data/README.md) explains the tables.

```{{toctree}}
:hidden:
:caption: Notebooks

{notebooks}
```

```{{toctree}}
:hidden:
:caption: Data

Codebook <data/README>
```
"""


def main() -> None:
    """Build the report and open its first page where there is a screen."""
    index = build(ROOT / "build" / "source", ROOT / "build" / "report") / "index.html"
    print(f"The report is at {index.relative_to(ROOT)}")
    if has_screen():
        webbrowser.open(index.as_uri())


def build(source: Path, target: Path) -> Path:
    """Build the report.

    Parameters
    ----------
    source : Path
        Folder for the pages as Sphinx takes them; emptied first.
    target : Path
        Folder for the HTML; emptied first.

    Returns
    -------
    Path
        The folder of the HTML.

    Raises
    ------
    SystemExit
        If Sphinx warns or fails.
    """
    for folder in (source, target):
        shutil.rmtree(folder, ignore_errors=True)
    write_pages(source)
    if build_main(["-q", "-W", "--keep-going", "-c", str(ROOT / "report"), "-b", "html", str(source), str(target)]):
        sys.exit("the report could not be built: see the messages above")
    return target


def write_pages(source: Path) -> None:
    """Write the pages of the report: front page, notebooks with code folded, codebook."""
    tables = load_tables()
    (source / "notebooks").mkdir(parents=True)
    (source / "data").mkdir()
    executed = {}
    for path in paths():
        print(f"executing {path.name}")
        executed[path.stem] = execute(path)
        nbformat.write(folded(executed[path.stem]), source / "notebooks" / path.name)
    start = executed["00_start_here"]
    parts = {
        name: part.replace(f"](report/{FIGURE.name})", f"]({FIGURE.name})")
        for name, part in blocks(start, tables).items()
    }
    (source / FIGURE.name).write_text(tagged(start, "first-figure").data["image/svg+xml"], encoding="utf-8")
    listed = "\n".join(f"notebooks/{stem}" for stem in executed)
    (source / "index.md").write_text(FRONT.format(notebooks=listed, **parts), encoding="utf-8")
    (source / "data" / "README.md").write_text(codebook(tables), encoding="utf-8")


def folded(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A copy of a notebook whose code the report folds away."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
    return copy


def has_screen() -> bool:
    """Whether somebody sits in front of a screen who would like the page opened."""
    graphical = sys.platform in ("darwin", "win32") or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return graphical and sys.stdout.isatty() and "CI" not in os.environ
