"""Build the HTML report: execute the notebooks, lay out the pages, run Sphinx."""

from __future__ import annotations

import os
import shutil
import sys
import webbrowser
from pathlib import Path

import nbformat
from sphinx.cmd.build import build_main

from helpers import brief, load_tables
from helpers.tables import Tables
from report import pages
from report.codebook import codebook
from report.execute import NOTEBOOKS, PRACTICE, ROOT, SETS, exercise, lessons, paths, tagged
from report.figures import with_downloads, with_links
from report.kept import results
from report.readme import README
from report.widgets import write_widgets

SOURCE, REPORT = ROOT / "build" / "source", ROOT / "build" / "report"


def main() -> None:
    """Build the report and open its first page where there is a screen."""
    index = build(SOURCE, REPORT) / "index.html"
    print(f"The report is at {index.relative_to(ROOT)}")
    if has_screen():
        opened(index)


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
    render(source, target)
    shutil.copytree(source / "figures", target / "figures")
    write_widgets(target / "widgets")
    return target


def render(source: Path, target: Path, root: str = "index") -> None:
    """Run Sphinx over a folder of pages, on all cores, from its root page on; any warning is an error."""
    options = ["-q", "-W", "--keep-going", "-j", "auto", "-c", str(ROOT / "report"), "-b", "html"]
    if build_main([*options, "-D", f"root_doc={root}", str(source), str(target)]):
        sys.exit("the report could not be built: see the messages above")


def write_pages(source: Path) -> None:
    """Write the pages of the report as Sphinx takes them, and the files of the figures.

    Parameters
    ----------
    source : Path
        The folder, which is made.
    """
    tables = load_tables()
    names = brief.partners(tables)
    executed = results(list(names.index))
    keys = set(tables.sources["key"])
    places = {path.stem: path.relative_to(ROOT) for path in [*paths(), *lessons()]}
    places |= {code: Path("briefs", f"{code}.ipynb") for code in names.index}
    for name, notebook in executed.items():
        up = "/".join(".." for _ in places[name].parts[:-1])
        page = ready(notebook, name, keys, source / "figures", up)
        if name in names.index:
            page = as_brief(page, f"{names[name]} ({name})")
        elif places[name].parent == NOTEBOOKS.relative_to(ROOT):  # a lesson is about its code
            page = folded(page)
        _write(source / places[name], nbformat.writes(page))
    for file in set(_teaching()) - set(lessons()):
        _write(source / file.relative_to(ROOT), file.read_text(encoding="utf-8"))
    _write_front(source, executed, tables)
    for name in tables:
        _write(source / "tables" / f"{name}.md", pages.table_page(tables, name))
    _write(source / "tables" / "index.md", pages.tables_index(tables))
    _write(source / "briefs" / "index.md", pages.briefs_index(tables))
    _write(source / "data" / "README.md", codebook(tables).partition("\n")[2])
    _write(source / "sources.md", pages.sources_page(tables))
    _write(source / "glossary.md", pages.glossary(tables))
    _write(source / "cite.md", pages.cite(README.read_text(encoding="utf-8")))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _write_front(source: Path, executed: dict[str, nbformat.NotebookNode], tables: Tables) -> None:
    """The front page and the figures of its findings: the cells tagged ``front-1``, ``front-2`` ..."""
    findings = pages.findings_of(tagged(executed["00_start_here"], "findings").data["text/markdown"])
    stems = [path.stem for path in paths()]
    whole = nbformat.v4.new_notebook(cells=[cell for stem in stems for cell in executed[stem].cells])
    shown = [tagged(whole, f"front-{number}") for number in range(1, len(findings) + 1)]
    for number, output in enumerate(shown, start=1):
        _write(source / f"front-{number}.svg", output.data["image/svg+xml"])
    alts = [output.data["text/plain"] for output in shown]
    teaching = [file.relative_to(ROOT).with_suffix("").as_posix() for file in _teaching()]
    _write(source / "index.md", pages.front(findings, alts, stems, teaching, tables))


def _teaching() -> list[Path]:
    """Pages for teaching, in reading order: the guide, the refresher, the exercises, the other lessons."""
    refresher, *others = lessons()
    return [PRACTICE / "guide.md", refresher, *(exercise("release", name) for name in SETS), *others]


def ready(
    notebook: nbformat.NotebookNode, stem: str, keys: set[str], folder: Path, up: str = ".."
) -> nbformat.NotebookNode:
    """A notebook whose figures can be taken away and whose sources are links; the report has a brief for everyone."""
    page = with_downloads(with_links(notebook, keys, f"{up}/sources.html"), stem, folder, f"{up}/figures")
    for cell in page.cells:
        cell.source = cell.source.replace("](partner_brief.ipynb)", "](../briefs/index.md)")
    return page


def as_brief(notebook: nbformat.NotebookNode, title: str) -> nbformat.NotebookNode:
    """A copy of a partner brief as a page: titled by the partner, without code and what only its user needs."""
    copy = nbformat.from_dict(notebook)
    copy.cells = [cell for cell in copy.cells if "notebook-only" not in cell.metadata.get("tags", [])]
    copy.cells.insert(0, nbformat.v4.new_markdown_cell(f"# {title}", id="title"))
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.metadata["tags"] = ["remove-input"]
    return copy


def folded(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A copy of a notebook whose code the report folds away."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
    return copy


def opened(page: Path) -> None:
    """Open a page in the browser."""
    webbrowser.open(page.as_uri())


def has_screen() -> bool:
    """Whether somebody sits in front of a screen who would like the page opened."""
    graphical = sys.platform in ("darwin", "win32") or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return graphical and sys.stdout.isatty() and "CI" not in os.environ
