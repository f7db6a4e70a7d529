"""Renew the computed blocks of the README from the start page and the tables."""

from __future__ import annotations

import re

from helpers.notebook import freshness
from helpers.tables import Tables
from report.execute import ROOT, tagged

README = ROOT / "README.md"
FIGURE = ROOT / "report" / "first-figure.svg"


def blocks(notebook, tables: Tables) -> dict[str, str]:
    """Computed blocks of the README by name.

    Parameters
    ----------
    notebook : NotebookNode
        The executed start page: its cell tagged ``findings`` is quoted.
    tables : Tables
        The tables.

    Returns
    -------
    dict of str to str
        ``findings`` (with the figure) and ``card`` (the data card's figures).
    """
    findings = tagged(notebook, "findings").data["text/markdown"]
    findings = re.sub(r"\]\((\d\d_\w+\.ipynb)\)", r"](notebooks/\1)", findings)  # links as seen from the README
    alt = tagged(notebook, "first-figure").data["text/plain"]
    names = ("agreements", "talks", "exercises", "transfers", "milestones")
    sizes = ", ".join(f"{len(tables[name]):,} {name}" for name in names)
    card = f"{freshness(tables)}\n\nAmong them {sizes}."
    return {"findings": f"{findings}\n\n![{alt}](report/{FIGURE.name})", "card": card}


def renewed(text: str, parts: dict[str, str]) -> str:
    """A text with the content between its ``<!-- name -->`` and ``<!-- /name -->`` marks renewed."""
    for name, part in parts.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", re.DOTALL)
        text, found = pattern.subn(lambda match, part=part: match[1] + part + match[2], text)
        if found != 1:
            raise LookupError(f"the README needs one block {name!r}, it has {found}")
    return text
