"""Make the outputs of a notebook ready for the report: figures that can be taken away, sources that are links."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Set
from pathlib import Path

import nbformat

KINDS = {"image/svg+xml": "svg", "image/png": "png", "text/csv": "csv"}


def with_downloads(notebook: nbformat.NotebookNode, stem: str, folder: Path, up: str) -> nbformat.NotebookNode:
    """A copy of a notebook with links to each figure and its table below it.

    Parameters
    ----------
    notebook : NotebookNode
        An executed notebook.
    stem : str
        Begin of the names of the files.
    folder : Path
        Where to write the files.
    up : str
        Path from the page to that folder, as ``../figures``.

    Returns
    -------
    NotebookNode
        The copy.
    """
    copy, number = nbformat.from_dict(notebook), 0
    folder.mkdir(parents=True, exist_ok=True)
    for cell in copy.cells:
        if cell.cell_type != "code":
            continue
        outputs = []
        for output in cell.outputs:
            outputs.append(output)
            if "image/svg+xml" in output.get("data", {}):
                number += 1
                name = f"{stem}-{number}"
                _write(output.data, folder, name)
                for taken in ("image/png", "text/csv"):  # the page shows the SVG
                    del output.data[taken]
                outputs.append(_shown(_links(f"{up}/{name}", number)))
        cell.outputs = outputs
    return copy


def _write(data: dict, folder: Path, name: str) -> None:
    for mime, ending in KINDS.items():
        content = data[mime]
        raw = base64.b64decode(content) if mime == "image/png" else content.encode()
        (folder / f"{name}.{ending}").write_bytes(raw)


def _links(place: str, number: int) -> str:
    words = {"svg": "SVG", "png": "PNG", "csv": "numbers as CSV"}
    links = (
        f'<a href="{place}.{ending}" download aria-label="Figure {number}: {text}">{text}</a>'
        for ending, text in words.items()
    )
    return f'<p class="figure-files">Take it away: {" ".join(links)}</p>'


def _shown(text: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("display_data", data={"text/html": text, "text/plain": ""})


def with_links(notebook: nbformat.NotebookNode, keys: Set[str], page: str) -> nbformat.NotebookNode:
    """A copy of a notebook in whose tables each key of a source is a link to it.

    Parameters
    ----------
    notebook : NotebookNode
        An executed notebook.
    keys : set of str
        Keys of ``sources.csv``.
    page : str
        Path from the notebook's page to the list of sources.

    Returns
    -------
    NotebookNode
        The copy.
    """
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                output.data["text/html"] = linked(output.data["text/html"], keys, page)
    return copy


def linked(text: str, keys: Set[str], page: str) -> str:
    """HTML with a link for each key of a source that stands in the text of a table."""

    def link(found: re.Match) -> str:
        key = found[0]
        return f'<a href="{page}#{html.escape(key)}">{key}</a>' if key in keys else key

    parts = re.split(r"(<[^>]*>)", text)  # tags at the odd places
    return "".join(part if k % 2 else re.sub(r"[a-z0-9]+(?:-[a-z0-9]+)+", link, part) for k, part in enumerate(parts))
