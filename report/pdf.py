"""The report as one PDF: all pages but the raw tables, printed by a Chromium, with page numbers in the contents."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from pypdf import PdfReader, PdfWriter
from sphinx.application import Sphinx

from helpers import load_tables
from report.chromium import ARGUMENTS, find_chromium
from report.execute import ROOT
from report.site import SOURCE, has_screen, opened, write_pages

TARGET = ROOT / "build" / "report.pdf"
TEXT_WIDTH = 687  # of A4 within its margins, in CSS pixels
TITLE = "Japan Security Partnerships"
# Tables are to be searched, not printed, and each row's sources are there; exercises are to be worked at.
LEFT_OUT = ("tables/*", "sources.md", "notebooks/practice/**")
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
    folder = target.with_suffix(".html.d")
    page = single_page(source, folder)
    with sync_playwright() as play, play.chromium.launch(executable_path=browser, args=list(ARGUMENTS)) as started:
        tab = started.new_page(viewport={"width": TEXT_WIDTH, "height": 1000})
        tab.emulate_media(media="print")
        tab.goto(page.as_uri())
        tab.evaluate(CONTENTS)
        tab.evaluate(LINKS, load_tables().sources.set_index("key")["url"].dropna().to_dict())
        tab.evaluate(FIT)
        _print(tab, target)
        tab.evaluate(NUMBERS, pages_of_headings(target))
        _print(tab, target)
    _describe(target)
    shutil.rmtree(folder)
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
    pages = folder / "pages"  # MyST-NB writes beside it
    app = Sphinx(
        source, ROOT / "report", pages, folder / ".doctrees", "singlehtml", changes, status=None, warningiserror=True
    )  # fmt: skip
    app.build()
    if app.statuscode:
        sys.exit("the report could not be laid out for print: see the messages above")
    for figure in (pages / "_images").glob("*.svg"):
        figure.write_text(with_drawn_hatches(figure.read_text(encoding="utf-8")), encoding="utf-8")
    return pages / "index.html"


TILE = 72  # side of a pattern, as Matplotlib writes it
PATTERN = re.compile(r'<pattern (id="[^"]+")[^>]*>(.*?)</pattern>', re.DOTALL)
HATCHED = re.compile(r'<path (d="[^"]+")([^>]*?) style="fill: url\((#[^)]+)\)([^"]*)"/>')


def with_drawn_hatches(svg: str) -> str:
    """Draw the hatches of a figure, as Chromium prints patterns as bitmaps.

    Parameters
    ----------
    svg : str
        A figure as Matplotlib writes it.

    Returns
    -------
    str
        The figure, with tiles of each pattern cut to the shapes that it fills.
    """
    return PATTERN.sub(r"<g \1>\2</g>", HATCHED.sub(_drawn, svg))


def _drawn(shape: re.Match) -> str:
    """A hatched shape as tiles cut to it, below its outline."""
    path, clip, pattern, style = shape.groups()
    name = f"shape-{shape.start()}"
    tiles = "".join(f'<use href="{pattern}" x="{x}" y="{y}"/>' for x, y in _tiles(path))
    return (
        f'<clipPath id="{name}"><path {path}/></clipPath>'
        f'<g{clip}><g clip-path="url(#{name})">{tiles}</g><path {path} style="fill: none{style}"/></g>'
    )


def _tiles(path: str) -> Iterator[tuple[int, int]]:
    """Corners of the tiles that cover a path."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", path)]
    sides = [numbers[::2], numbers[1::2]]
    return product(*(range(int(min(side) // TILE * TILE), int(max(side)) + 1, TILE) for side in sides))


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


# A source leads to its address, a page or a section to its place here; other links are taken out. A section's name is
# its own only within a page: the name of the page comes before it.
LINKS = """(addresses) => {
  const pageOf = (node) =>
    node.closest("span[id^='document-'] + section")?.previousElementSibling.id.slice("document-".length) ?? "index";
  document.querySelectorAll("section").forEach((section) => {
    section.id = `document-${pageOf(section)}/${section.id}`;
  });
  document.querySelectorAll("a[href]").forEach((link) => {
    if (link.protocol !== "file:") return;
    const { pathname, hash } = new URL(link.getAttribute("href"), `http://report/${pageOf(link)}`);
    const names = [hash.slice(1), `document-${pathname.slice(1).replace(/\\.html$/, "")}${hash}`];
    const place = names.map((name) => document.getElementById(name.replace("#", "/"))).find(Boolean);
    const target = pathname === "/sources.html" ? addresses[hash.slice(1)] : place && `#${place.id}`;
    if (target) link.href = target;
    else link.replaceWith(...link.childNodes);
  });
  document.querySelectorAll(".title").forEach((title) => {  // marks before it stand at the foot of the page before
    while (title.previousElementSibling) title.prepend(title.previousElementSibling);
    title.prepend(title.parentElement.previousElementSibling);
  });
}"""

# Dates and other short cells stay in one line. A table too wide is set smaller; only where that does not do may words
# break, for what is cut is lost.
FIT = """() => {
  document.querySelectorAll("th, td").forEach((cell) => {
    cell.classList.toggle("short", cell.textContent.trim().length <= "2024-02-02".length);
  });
  const wide = (table) => table.offsetWidth > table.parentElement.clientWidth + 1;
  let left = [...document.querySelectorAll("table")];
  for (const size of [6, 5.5, 5]) {
    left = left.filter(wide);
    left.forEach((table) => { table.style.fontSize = `${size}pt`; });
  }
  left.filter(wide).forEach((table) => table.classList.add("tight"));
}"""


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
    writer.add_metadata({"/Title": TITLE, "/Author": f"{TITLE} contributors"})
    writer.write(file)
