"""Re-execute the notebooks in place; renew exercises, the codebook and the computed blocks of the README."""

from __future__ import annotations

import nbformat

from helpers import load_tables
from report import exercises
from report.codebook import codebook
from report.execute import BRIEF, ROOT, execute, lessons, paths, tagged
from report.readme import FIGURE, README, blocks, renewed


def main() -> None:
    """Renew everything that is stored and computed."""
    tables = load_tables()
    start, *others = paths()
    for path in [*others, *lessons(), BRIEF, start]:  # the start page quotes the others
        notebook = execute(path)
        nbformat.write(notebook, path)
        print(f"executed {path.name}")
        if path == start:
            FIGURE.write_text(tagged(notebook, "first-figure").data["image/svg+xml"], encoding="utf-8")
            README.write_text(renewed(README.read_text(encoding="utf-8"), blocks(notebook, tables)), encoding="utf-8")
    (ROOT / "data" / "README.md").write_text(codebook(tables), encoding="utf-8")
    exercises.main()
    print("renewed README.md, report/first-figure.svg and data/README.md")
