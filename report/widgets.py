"""The table widget (DataTables, as the package itables ships it), as files that a page can load without a network."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path


def write_widgets(folder: Path) -> None:
    """Write the script and the style of the widget.

    Parameters
    ----------
    folder : Path
        Where to write ``datatables.js`` and ``datatables.css``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shipped = files("itables") / "html"
    module = (shipped / "dt_bundle.js").read_text(encoding="utf-8")
    (folder / "datatables.js").write_text(classic(module), encoding="utf-8")
    (folder / "datatables.css").write_text((shipped / "dt_bundle.css").read_text(encoding="utf-8"), encoding="utf-8")


def classic(module: str) -> str:
    """A module as a classic script that sets ``window.DataTable``.

    Parameters
    ----------
    module : str
        Text of an ES module with a default export.

    Returns
    -------
    str
        The script. Browsers refuse to load modules from a folder, and a report is opened from one.

    Raises
    ------
    ValueError
        If the module does not export a default at its end.

    Examples
    --------
    >>> classic("var a=1;export{b as c,a as default};")
    '(() => {var a=1;window.DataTable = a;})();'
    """
    exported = re.findall(r"export\s*\{([^}]*)\}", module)
    name = re.search(r"([\w$]+) as default", exported[-1]) if exported else None
    if len(exported) != 1 or name is None:
        raise ValueError("the table widget has changed: it does not export one default")
    body = re.sub(r"export\s*\{[^}]*\}", lambda _: f"window.DataTable = {name[1]}", module)
    return f"(() => {{{body}}})();"
