"""One partner's brief as a page of its own: ``make brief PARTNER=AUS AS_OF=2024-08-31``."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nbformat

from helpers import brief, load_tables
from report.execute import ROOT, brief_of, execute_in_turn
from report.figures import with_downloads
from report.site import as_brief, has_screen, opened, render


def main() -> None:
    """Build the brief that PARTNER and AS_OF in the environment ask for."""
    partner, as_of = os.environ.get("PARTNER", ""), os.environ.get("AS_OF", "")
    try:
        page = build(partner, as_of, ROOT / "build" / "brief" / "-".join(filter(None, [partner, as_of])))
    except ValueError as error:
        sys.exit(str(error))
    print(f"The brief is at {page.relative_to(ROOT)}")
    if has_screen():
        opened(page)


def build(partner: str, as_of: str, target: Path) -> Path:
    """Build one brief.

    Parameters
    ----------
    partner : str
        Code of the partner.
    as_of : str
        A day, or blank.
    target : Path
        Folder for the page and what it needs; emptied first.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    ValueError
        If there is no such partner, or the tables do not cover the day; the message names the choices.
    """
    brief.load(partner, as_of)
    name = load_tables().parties.set_index("code").loc[partner, "name"]
    title = f"{name} ({partner})" + (f", as of {as_of}" if as_of else "")
    notebook = next(execute_in_turn([brief_of(partner, as_of)]))
    source = ROOT / "build" / "brief-source"
    for folder in (source, target):
        shutil.rmtree(folder, ignore_errors=True)
    page = as_brief(with_downloads(notebook, partner, source / "figures", "figures"), title)
    nbformat.write(page, source / f"{partner}.ipynb")
    render(source, target, root=partner)
    shutil.copytree(source / "figures", target / "figures")
    return target / f"{partner}.html"
