"""The pages of the report that are no notebooks: front page, tables, sources, glossary, briefs, how to cite."""

from __future__ import annotations

import html
import re

from helpers import brief
from helpers.notebook import freshness
from helpers.tables import Tables
from report.figures import linked

FRONT = """\
# Japan Security Partnerships

{card}

Sourced tables of Japan's security agreements, talks, exercises, transfers and spending, and notebooks that analyze
them. Every number on these pages is computed from the tables; every row of a table names the documents that state it.

## Findings

{findings}

How these are counted, and what they leave out: [Start here](notebooks/00_start_here.ipynb).

## How to read

- **Notebooks** show how each number comes about. The code is folded away; open it with "Show code cell source".
  Below each figure are links to take it away, as a picture or as numbers.
- **[Teaching](notebooks/practice/guide.md)**: exercises that check themselves, a refresher in pandas, two
  lessons that make the tables one's own, and a guide for lecturers.
- **[The audit](notebooks/05_source_audit.ipynb)** holds every checkable statement of five articles against the tables.
- **[Partner briefs](briefs/index.md)** say on one page what ties a partner to Japan, and what is not known.
- **[Tables](tables/index.md)** can be searched, sorted and filtered; the [codebook](data/README.md) explains their
  columns, the [glossary](glossary.md) the kinds of agreements, in English and Japanese.
- **[Sources](sources.md)** lists every document; **[How to cite](cite.md)** says what to name.

Search and dark mode are at the top of every page.

```{{toctree}}
:hidden:
:caption: Notebooks

{notebooks}
```

```{{toctree}}
:hidden:
:caption: Teaching

{teaching}
```

```{{toctree}}
:hidden:
:caption: Look up

Partner briefs <briefs/index>
Tables <tables/index>
Codebook <data/README>
Glossary <glossary>
Sources <sources>
How to cite <cite>
```
"""


def front(findings: list[str], alts: list[str], stems: list[str], teaching: list[str], tables: Tables) -> str:
    """The front page: each finding with its figure.

    Parameters
    ----------
    findings : list of str
        Findings in Markdown, each with the link to its notebook.
    alts : list of str
        Text alternatives of their figures, which are files ``front-1.svg``, ``front-2.svg`` ...
    stems : list of str
        Notebooks in reading order.
    teaching : list of str
        Pages for teaching in reading order, with their folder.
    tables : Tables
        The tables.

    Returns
    -------
    str
        Markdown.
    """
    names = ("agreements", "talks", "exercises", "transfers", "milestones")
    card = (
        f"{freshness(tables)}. Among the rows are " + ", ".join(f"{len(tables[name]):,} {name}" for name in names) + "."
    )
    blocks = [
        f"### {number}. {_title(finding)}\n\n{_body(finding)}\n\n![{alt}](front-{number}.svg)"
        for number, (finding, alt) in enumerate(zip(findings, alts, strict=True), start=1)
    ]
    listed = "\n".join(f"notebooks/{stem}" for stem in stems)
    return FRONT.format(card=card, findings="\n\n".join(blocks), notebooks=listed, teaching="\n".join(teaching))


def _title(finding: str) -> str:
    return re.match(r"\*\*(.+?)[.?]?\*\*", finding)[1]


def _body(finding: str) -> str:
    words = re.sub(r"^\*\*.+?\*\*\s*", "", finding)
    return words if "](" in words else f"{words} *([start here](notebooks/00_start_here.ipynb))*"


# ---------------------------------------------------------------------------------------------------
# Tables and sources


def tables_index(tables: Tables) -> str:
    """Page that lists the tables."""
    rows = [
        f"| [{name}]({name}.md) | {resource['title']} | {len(tables[name]):,} |"
        for resource in tables.schema["resources"]
        for name in [resource["name"]]
    ]
    listed = "\n".join(resource["name"] for resource in tables.schema["resources"])
    lines = ["# Tables", "", "Every table of the project, to be searched, sorted and filtered.", ""]
    lines += ["| table | what it holds | rows |", "|---|---|---:|", *rows]
    return "\n".join([*lines, "", "```{toctree}", ":hidden:", "", listed, "```", ""])


def table_page(tables: Tables, name: str) -> str:
    """Page of one table: all rows and columns, each source a link.

    Parameters
    ----------
    tables : Tables
        The tables.
    name : str
        Name of the table.

    Returns
    -------
    str
        Markdown with the table as HTML; whatever stands in a cell shows as text.
    """
    resource = next(resource for resource in tables.schema["resources"] if resource["name"] == name)
    columns = [field["name"] for field in resource["schema"]["fields"]]
    plain = tables[name][columns].astype(object)
    shown = plain.where(plain.notna(), "").map(_cell)
    longest = shown.map(len).max()
    if "sources" in shown:
        keys = set(tables.sources["key"])
        shown["sources"] = shown["sources"].map(lambda text: linked(text, keys, "../sources.html"))
    if name == "sources":
        shown["url"] = shown["url"].map(lambda url: f'<a href="{url}">{url}</a>' if url.startswith("http") else url)
        shown["key"] = shown["key"].map(lambda key: f'<a href="../sources.html#{key}">{key}</a>')
    heads = "".join(f'<th scope="col">{column}</th>' for column in columns)
    open_tags = ['<td class="long">' if longest[column] > 60 else "<td>" for column in columns]
    lines = ("".join(f"{tag}{cell}</td>" for tag, cell in zip(open_tags, row, strict=True)) for row in shown.to_numpy())
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    table = f'<table class="data" aria-label="{name}"><thead><tr>{heads}</tr></thead><tbody>\n{body}\n</tbody></table>'
    about = f"**{resource['title']}.** {resource['description']} [What each column means](../data/README.md#{name})."
    return f"# {name}\n\n{about}\n\n{_widget(table)}"


def _cell(value) -> str:
    """A value as HTML text, with room to break between the parts of a list."""
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return html.escape(re.sub(r";(?=\S)", "; ", text))


def _widget(table: str) -> str:
    """A table of data with the script that searches, sorts and filters it, for a page one folder down."""
    return _raw(
        f'<link rel="stylesheet" href="../widgets/datatables.css">\n<div class="data-frame">{table}</div>\n'
        '<script src="../widgets/datatables.js"></script>\n<script src="../_static/tables.js"></script>'
    )


def _raw(text: str) -> str:
    fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", text)), default=0))
    return f"{fence}{{raw}} html\n{text}\n{fence}\n"


def sources_page(tables: Tables) -> str:
    """Page that lists every source, each with an anchor of its key."""
    items = []
    for row in tables.sources.sort_values("key").fillna({"published": "no date"}).itertuples():
        title = html.escape(row.title)
        if isinstance(row.url, str) and row.url.startswith("http"):
            title = f'<a href="{html.escape(row.url)}">{title}</a>'
        words = f"{html.escape(row.publisher)}: {title}, {html.escape(row.published)}"
        items.append(f'<li id="{html.escape(row.key)}"><code>{html.escape(row.key)}</code> {words}</li>')
    intro = f"The {len(items):,} documents that the rows of the tables rest on, in the order of their keys."
    return f"# Sources\n\n{intro}\n\n" + _raw('<ul class="sources">\n' + "\n".join(items) + "\n</ul>")


# ---------------------------------------------------------------------------------------------------
# Glossary, briefs, citation


def glossary(tables: Tables) -> str:
    """Page of the kinds of agreements, in English and Japanese."""
    items = []
    for kind in tables.agreement_types.sort_values("name").itertuples():
        japanese = f'<span lang="ja">{html.escape(kind.name_ja)}</span>' if isinstance(kind.name_ja, str) else ""
        items.append(
            f'<dt id="{kind.type}">{html.escape(kind.name)} {japanese} <code>{kind.type}</code></dt>'
            f"<dd>{html.escape(kind.definition)}</dd>"
        )
    intro = "The kinds of agreements that the tables tell apart; the code is that of the tables."
    return f"# Glossary of agreement kinds\n\n{intro}\n\n" + _raw("<dl>\n" + "\n".join(items) + "\n</dl>")


def briefs_index(tables: Tables) -> str:
    """Page that lists the partners, each with its brief."""
    names = brief.partners(tables)
    lines = []
    for code, name in names.items():
        held = brief.held(tables, code).query("status == 'in force'")
        last = held["signed"].dropna().max() if len(held) else None
        cells = [f'<a href="{code}.html">{html.escape(name)}</a>', code, str(held["kind"].nunique()), str(len(held))]
        cells.append(last if isinstance(last, str) else "")
        lines.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    heads = ("partner", "code", "kinds in force", "instruments in force", "last signed")
    row = "".join(f'<th scope="col">{head}</th>' for head in heads)
    body = "\n".join(lines)
    table = f'<table class="data" aria-label="partners"><thead><tr>{row}</tr></thead><tbody>\n{body}\n</tbody></table>'
    intro = (
        f"One page for each of the {len(names)} partners that have an instrument with Japan, signed or in force. "
        "As of another day: `make brief PARTNER=AUS AS_OF=2024-08-31`."
    )
    listed = "\n".join(names.index)
    return f"# Partner briefs\n\n{intro}\n\n{_widget(table)}\n```{{toctree}}\n:hidden:\n\n{listed}\n```\n"


def cite(readme: str) -> str:
    """Page that says how to cite, from the section of the README."""
    section = re.search(r"^## How to cite\n(.+?)(?=^## |\Z)", readme, flags=re.MULTILINE | re.DOTALL)
    if section is None:
        raise LookupError("the README has no section 'How to cite'")
    text = re.sub(r"see \[CITATION\.cff\]\(CITATION\.cff\)", "see the file CITATION.cff", section[1])
    return (
        f"# How to cite\n\n{text.strip()}\n\n"
        "Every row names its sources; they are listed under [Sources](sources.md). "
        "The figures of military expenditure are SIPRI's: name its release.\n"
    )


def findings_of(markdown: str) -> list[str]:
    """Numbered findings of the start page, one by one, with links as seen from the front page."""
    found = re.findall(r"^\d+\. (.+)$", markdown, flags=re.MULTILINE)
    return [re.sub(r"\]\((\d\d_\w+\.ipynb)\)", r"](notebooks/\1)", one) for one in found]
