"""Find the browser that prints the PDF and tests the pages; none is installed by the project."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def find_chromium() -> str | None:
    """Path of a Chromium: what the variable CHROMIUM says, else the first of the usual names that is there.

    Returns
    -------
    str or None
        The path, or nothing if there is none.
    """
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)
