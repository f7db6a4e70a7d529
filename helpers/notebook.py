"""What every notebook shows: set-up with the freshness line, the sources it cites, findings it quotes."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pandas as pd
from IPython.display import Markdown

from helpers.charts import style
from helpers.tables import Tables

__all__ = ["finding", "freshness", "plain", "setup", "sources_cited"]

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"

PRIMARY = ("government", "treaty", "dataset")


def setup(tables: Tables) -> Markdown:
    """Set the look of figures and tables; return the freshness line.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    Markdown
        The line of :func:`freshness`.
    """
    style()
    pd.set_option("display.precision", 2, "display.max_colwidth", 160, "display.max_rows", 30)
    return Markdown(freshness(tables))


def freshness(tables: Tables) -> str:
    """How far the data reach and what they rest on, in one line.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    str
        Data horizon, number of rows and tables, number of sources, share of rows with a primary source.

    Examples
    --------
    >>> from helpers import load_tables
    >>> freshness(load_tables()).split(" · ")[0]
    '**Data to June 2026**'
    """
    evidence = [tables[name]["sources"] for name in tables if "sources" in tables[name]]
    primary = set(tables.sources.query("kind in @PRIMARY")["key"])
    cited = pd.concat(evidence, ignore_index=True).str.split(";")
    share = cited.map(lambda keys: bool(primary.intersection(keys))).mean()
    day = f", as of {tables.as_of:%d %B %Y}" if tables.as_of is not None else ""
    return " · ".join(
        [
            f"**Data to {tables.horizon('agreements'):%B %Y}**{day}",
            f"{len(cited):,} rows in {len(evidence)} tables",
            f"{len(tables.sources):,} sources",
            f"{share:.0%} of rows with a primary source",
        ]
    )


def sources_cited(tables: Tables, keys: list[str]) -> Markdown:
    """List sources in full, in the order of their keys.

    Parameters
    ----------
    tables : Tables
        The tables.
    keys : list of str
        Keys of ``sources.csv``.

    Returns
    -------
    Markdown
        One bullet per source: publisher, title with link, date, key.

    Raises
    ------
    KeyError
        If a key is not in the table.

    Examples
    --------
    >>> from helpers import load_tables
    >>> print(sources_cited(load_tables(), ["aspi-2024-security-moves"]).data)
    - ASPI, The Strategist: Focused on its region: ..., 2024-05-13. `aspi-2024-security-moves`
    """
    rows = tables.sources.set_index("key").loc[sorted(set(keys))]
    lines = []
    for key, row in rows.iterrows():
        words = plain(row["title"])
        title = words if pd.isna(row["url"]) else f"[{words}]({row['url']})"
        when = "no date" if pd.isna(row["published"]) else row["published"]
        lines.append(f"- {plain(row['publisher'])}: {title}, {when}. `{key}`")
    return Markdown("\n".join(lines))


def plain(text: str) -> str:
    r"""Text of the tables as Markdown shows it: what would be markup is escaped.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text with a backslash before each sign that Markdown or HTML would take for markup.

    Examples
    --------
    >>> print(plain("Joint *research* on <b>radar</b>"))
    Joint \*research\* on \<b>radar\</b>
    """
    return re.sub(r"([\\`*_\[\]<&])", r"\\\1", text)


def finding(name: str, number: int = 1) -> str:
    """Quote a finding of another notebook, as it is stored there.

    Parameters
    ----------
    name : str
        Name of the notebook, without its ending.
    number : int
        Number of the finding in the list under "What we found" (the cell tagged ``findings``).

    Returns
    -------
    str
        The finding, in Markdown.

    Raises
    ------
    LookupError
        If the notebook has no such finding.

    Examples
    --------
    >>> finding("03_cooperation_path").startswith("**Order.**")
    True
    """
    cells = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
    texts = [cell.outputs[0]["data"]["text/markdown"] for cell in cells if "findings" in cell.metadata.get("tags", [])]
    found = re.findall(rf"^{number}\. (.+)$", "\n".join(texts), flags=re.MULTILINE)
    if not found:
        raise LookupError(f"notebook {name!r} has no finding {number}")
    return found[0]
