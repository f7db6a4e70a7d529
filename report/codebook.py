"""Write the codebook, ``data/README.md``, from the schema and the tables."""

from __future__ import annotations

import re

from helpers.tables import Tables

INTRO = """\
<!-- Generated from datapackage.json by `make refresh`: edit that file, not this one. -->
# Codebook

{count} tables as CSV (UTF-8, comma-separated), {rows:,} rows. `datapackage.json` is their one schema, a
[Data Package](https://datapackage.org/); `helpers.load_tables()` reads and checks them, and so does
`frictionless validate data/datapackage.json`.

## Rules for all tables

- **A blank means unknown**, never "no". There is no other spelling of it.
- **Dates** are ISO 8601 with reduced precision: 2016, 2016-11 or 2016-11-23, as far as the source goes. The loader
  adds `..._earliest` and `..._latest`, the first and the last day that the text can mean.
- **Lists** in a cell (parties, sources) are separated by `;`.
- **Status is not stored.** It follows from the dates on a day: `helpers.tables.status_on`. An instrument is in force
  from its entry into force; from signature, if its kind needs no entry into force; or from the day on which a source
  treats it as operating (`attested`). What no date carries stands in `standing`.
- **Every row has sources** (keys of `sources.csv`) and a **confidence**: high (a primary source or two independent
  ones), medium (one good secondary source), low (otherwise). Where sources disagree, `note` says which was taken.
- **As of a day**, `load_tables(as_of="2024-02-02")` shows only what had certainly happened by then.
- Titles of instruments keep their own spelling; all other text is in American spelling.

## Terms of use

The tables are under [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). `military_expenditure.csv` is
third-party data: SIPRI allows non-commercial use with citation of SIPRI and of the release, and of at most 10 percent
of its database; the table holds about 5 percent of it. SIPRI revises its figures: always name the release.
"""


def codebook(tables: Tables) -> str:
    """The codebook as Markdown.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    str
        Rules, one section per table with its columns, known gaps.
    """
    rows = sum(len(tables[name]) for name in tables)
    parts = [INTRO.format(count=len(list(tables)), rows=rows), _overview(tables)]
    parts += [_section(resource, tables) for resource in tables.schema["resources"]]
    return "\n".join([*parts, _gaps(tables.schema["knownGaps"])])


def _overview(tables: Tables) -> str:
    lines = ["## Tables", "", "| table | what it holds | rows | data to |", "|---|---|---:|---|"]
    for resource in tables.schema["resources"]:
        name, first = resource["name"], resource["description"].partition(". ")[0].rstrip(".")
        lines.append(f"| [{name}](#{name}) | {first} | {len(tables[name]):,} | {tables.horizon(name):%Y-%m} |")
    return "\n".join([*lines, ""])


def _section(resource: dict, tables: Tables) -> str:
    name, coverage = resource["name"], resource["coverage"]
    span = (
        f"Covers {coverage['from']} to {coverage['horizon']}." if "from" in coverage else f"To {coverage['horizon']}."
    )
    key = resource["schema"]["primaryKey"]
    lines = [f"## {name}", "", f"**{resource['title']}.** {resource['description']}"]
    lines += ["", " ".join(filter(None, [span, coverage.get("remark", "")]))]
    lines += ["", f"Key: {key if isinstance(key, str) else ' + '.join(key)}. {len(tables[name]):,} rows.", ""]
    lines += ["| column | description | unit | allowed |", "|---|---|---|---|"]
    for column, row in tables.columns(name).iterrows():
        allowed = re.sub(r"(?<=text of the form )(.+?)(?=$| \(or blank\)$)", r"`\1`", row["allowed"])
        cells = [f"`{column}`", row["description"], row["unit"], allowed]
        lines.append("| " + " | ".join(text.replace("|", "\\|") for text in cells) + " |")
    return "\n".join([*lines, ""])


def _gaps(gaps: list[dict]) -> str:
    lines = ["## Known gaps", "", "What is missing, or was left out because no source was found.", ""]
    lines += ["| table | gap |", "|---|---|", *(f"| {gap['table']} | {gap['gap']} |" for gap in gaps)]
    return "\n".join([*lines, ""])
