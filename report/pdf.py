"""The report as one PDF: all pages but the raw tables, printed by a Chromium, with page numbers in the contents."""

from __future__ import annotations

import html
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from pypdf import PdfReader, PdfWriter
from sphinx.application import Sphinx

from report.chromium import ARGUMENTS, find_chromium
from report.execute import ROOT
from report.site import SOURCE, has_screen, opened, write_pages

TARGET = ROOT / "build" / "report.pdf"
TITLE = "Japan Security Partnerships"
LEFT_OUT = ("tables/*", "sources.md")  # tables are to be searched, not printed; each row's sources are there
FOOTER = (
    '<div style="font-size: 8px; width: 100%; padding: 0 14mm; display: flex; justify-content: space-between">'
    f'<span>{TITLE}</span><span class="pageNumber"></span></div>'
)


def main() -> None:
    """Write the pages, print them, and open the PDF where there is a screen."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    write_pages(SOURCE)
    print(f"The PDF is at {build_pdf(SOURCE, TARGET).relative_to(ROOT)}")
    if has_screen():
        opened(TARGET)


def build_pdf(source: Path, target: Path) -> Path:
    """Print pages as one PDF.

    Parameters
    ----------
    source : Path
        Folder of pages as Sphinx takes them.
    target : Path
        The file to write.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    SystemExit
        If there is no Chromium, or Sphinx warns or fails.

    Notes
    -----
    It is printed twice: the first print tells on which page each heading stands, the second has these numbers in the
    contents. Numbers of as many digits are held back in the first, so that nothing moves.
    """
    browser = find_chromium()
    if browser is None:
        sys.exit(
            "The PDF is printed by Chromium or Chrome, and none is here: install one, or set CHROMIUM to its path."
        )
    page = single_page(source, target.with_suffix(".html.d"))
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=browser, args=list(ARGUMENTS))
        tab = started.new_page()
        tab.goto(page.as_uri())
        _add_contents(tab)
        _print(tab, target)
        _number_contents(tab, pages_of_headings(target))
        _print(tab, target)
        started.close()
    _describe(target)
    shutil.rmtree(page.parent)
    return target


def single_page(source: Path, folder: Path) -> Path:
    """All pages as one HTML page without code, in the order of the contents.

    Parameters
    ----------
    source : Path
        Folder of pages as Sphinx takes them.
    folder : Path
        Where to write the page; emptied first.

    Returns
    -------
    Path
        The page.
    """
    shutil.rmtree(folder, ignore_errors=True)
    changes = {
        "exclude_patterns": list(LEFT_OUT),
        "html_theme": "basic",
        "html_theme_options": {},
        "html_css_files": ["print.css"],
        "html_js_files": [],
        "suppress_warnings": ["toc.excluded", "toc.not_readable", "myst.xref_missing"],  # links to what is left out
    }
    confdir = ROOT / "report"
    app = Sphinx(source, confdir, folder, folder / ".doctrees", "singlehtml", changes, status=None)
    app.build()
    if app.statuscode:
        sys.exit("the report could not be laid out for print: see the messages above")
    return folder / "index.html"


# Sphinx puts pages into one another; a mark before its section says where a page begins. Titles begin a page and stand
# in the contents, briefs below their list; so do the sections of the notebooks.
CONTENTS = """() => {
  const pageOf = (section) => {
    const mark = section?.previousElementSibling?.id ?? "";
    return mark.startsWith("document-") ? mark.slice("document-".length) : "";
  };
  const list = document.createElement("nav");
  list.id = "contents";
  list.innerHTML = "<h2>Contents</h2>";
  document.querySelectorAll("a.headerlink").forEach((link) => link.remove());
  document.querySelectorAll("div.body section > :is(h1, h2, h3, h4, h5, h6)").forEach((head, number) => {
    const title = pageOf(head.parentElement);
    const within = pageOf(head.parentElement.parentElement.closest("section"));
    const level = title ? (/^briefs\\/(?!index)/.test(title) ? 2 : 1) : within.startsWith("notebooks/") ? 2 : 0;
    head.classList.add(title ? "title" : "part");
    if (!level) return;
    head.id = `heading-${number}`;
    const line = document.createElement("a");
    line.href = `#${head.id}`;
    line.className = `level-${level}`;
    const name = document.createElement("span");
    name.textContent = head.textContent;
    const page = document.createElement("span");
    page.className = "page";
    page.textContent = "000";
    line.append(name, page);
    list.append(line);
  });
  document.querySelector("div.body section section").before(list);
}"""

NUMBERS = """(pages) => document.querySelectorAll("#contents a").forEach((line) => {
  line.querySelector(".page").textContent = pages[line.hash.slice(1)] ?? "";
})"""


def _add_contents(tab: Page) -> None:
    tab.evaluate(CONTENTS)


def _number_contents(tab: Page, pages: dict[str, int]) -> None:
    tab.evaluate(NUMBERS, pages)


def _print(tab: Page, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    margin = {"top": "16mm", "bottom": "18mm", "left": "14mm", "right": "14mm"}
    tab.pdf(
        path=target, format="A4", margin=margin, print_background=True, outline=True, tagged=True,
        display_header_footer=True, header_template="<span></span>", footer_template=FOOTER,
    )  # fmt: skip


def pages_of_headings(file: Path) -> dict[str, int]:
    """Page on which each numbered heading stands.

    Parameters
    ----------
    file : Path
        A PDF with links to the headings.

    Returns
    -------
    dict of str to int
        Pages, from 1, by the name of the heading.
    """
    reader = PdfReader(file)
    places = reader.named_destinations.items()
    return {
        name.lstrip("/"): reader.get_destination_page_number(place) + 1
        for name, place in places
        if re.fullmatch(r"/?heading-\d+", name)
    }


def _describe(file: Path) -> None:
    writer = PdfWriter(clone_from=file)
    writer.add_metadata({"/Title": html.unescape(TITLE), "/Author": f"{TITLE} contributors"})
    writer.write(file)
