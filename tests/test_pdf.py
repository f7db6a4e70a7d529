"""The PDF: contents with true page numbers, figures as vectors, links that lead somewhere, no code, no raw tables."""

import io
import re

import nbformat
import pytest
from matplotlib.figure import Figure
from pypdf import PdfReader

from helpers import load_tables
from report import chromium, pdf

needs_browser = pytest.mark.skipif(chromium.find_chromium() is None, reason="no Chromium on this machine")
WORDS = ["medium", "SALE", "MEMORANDUM", "negotiating", "supported", "2024-02-02", "executive", "INDUSTRY", "overtaken"]
LONG = "a heading so long that it takes two lines on a page of this width, whichever words there are in it"


def hatched() -> str:
    """A figure with hatches, as Matplotlib writes it."""
    figure, file = Figure(figsize=(4, 3)), io.StringIO()
    figure.subplots().bar([1, 2], [100, 300], hatch=["///", "xx"], edgecolor="white")
    figure.savefig(file, format="svg")
    return file.getvalue()


def html_table(words: list[str]) -> str:
    cells = "".join(f"<td>{word}</td>" for word in words)
    return f"<table><tr>{cells}</tr></table>"


@pytest.fixture(scope="module")
def cited():
    """A source that has an address."""
    return load_tables().sources.dropna(subset="url").iloc[0]


@pytest.fixture(scope="module")
def source(tmp_path_factory, cited):
    """A small report: front page, two notebooks, a brief, a table."""
    folder = tmp_path_factory.mktemp("pdf") / "source"
    for name in ("notebooks", "briefs", "tables"):
        (folder / name).mkdir(parents=True)
    toctree = "```{toctree}\nnotebooks/01_a\nnotebooks/02_b\nbriefs/index\nheadings\nwords\ntables/index\n```"
    (folder / "index.md").write_text(
        f"# Title of all\n\nCard.\n\n## Findings\n\nWords.\n\n## How to read\n\n{toctree}\n"
    )
    (folder / "briefs" / "index.md").write_text("# Partner briefs\n\n```{toctree}\nAUS\n```\n")
    hrefs = (f"../sources.html#{cited.key}", "../notebooks/02_b.html", "../figures/a.csv")
    links = " ".join(f'<a href="{href}">link</a>' for href in hrefs)
    (folder / "briefs" / "AUS.md").write_text(
        f"# Australia (AUS)\n\n## At a glance\n\nBrief words.\n\n```{{raw}} html\n{links}\n```\n\n"
        "[here](#limits)\n\n## Limits\n\nEnd.\n"
    )
    (folder / "tables" / "index.md").write_text("# Tables\n\nrawtablewords\n")
    sections = [  # each heading a little lower on its page
        f'```{{raw}} html\n<div style="break-before: page; height: {830 + 4 * number}px"></div>\n```\n\n'
        f"## {number}: {LONG}\n\nBegin {number}. {'Words. ' * 60}"
        for number in range(40)
    ]
    (folder / "headings.md").write_text("\n\n".join(["# Headings", *sections]))
    (folder / "words.md").write_text(
        f"# Whole words\n\n```{{raw}} html\n{html_table([*WORDS, *WORDS[:5], 'word ' * 60, 'lastcell'])}\n```\n"
    )
    cells, figure = nbformat.v4, hatched()
    wide = (
        "<table><tr>"
        + "<th>columnwithalongname</th>" * 16
        + "</tr><tr>"
        + "<td>cell</td>" * 15
        + "<td>lastcell</td></tr></table>"
    )
    for name, title in (("01_a", "First notebook"), ("02_b", "02 Second notebook")):
        code = cells.new_code_cell("secret_code = 1", metadata={"tags": ["hide-input"]}, execution_count=1)
        code.outputs = [cells.new_output("display_data", data={"image/svg+xml": figure, "text/plain": "words"})]
        table = cells.new_code_cell("1", metadata={"tags": ["hide-input"]}, execution_count=2)
        table.outputs = [cells.new_output("display_data", data={"text/html": wide, "text/plain": ""})]
        words = "\n\n".join(["A paragraph of words. " * 40] * 12)
        parts = [cells.new_markdown_cell(f"# {title}\n\n## Section one of {title}\n\n{words}"), code]
        parts += [cells.new_markdown_cell(f"## Section two of {title}\n\n### A deeper one\n\nEnd."), table]
        notebook = cells.new_notebook(
            cells=parts, metadata={"language_info": {"name": "python", "pygments_lexer": "python"}}
        )
        nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")
    return folder


@pytest.fixture(scope="module")
def printed(source, tmp_path_factory):
    return PdfReader(pdf.build_pdf(source, tmp_path_factory.mktemp("printed") / "report.pdf"))


@needs_browser
def test_the_contents_say_on_which_page_a_heading_stands(printed):
    texts = [page.extract_text() for page in printed.pages]
    contents = re.findall(r"^(.+?) (\d+)$", texts[1], flags=re.MULTILINE)
    wanted = [
        "First notebook",
        "Section two of First notebook",
        "02 Second notebook",
        "Section one of 02 Second notebook",
        "Australia (AUS)",
    ]
    numbers = dict(contents)
    assert set(wanted) <= set(numbers) and "A deeper one" not in numbers and "At a glance" not in numbers
    for name in wanted:
        assert re.search(rf"^{re.escape(name)}$", texts[int(numbers[name]) - 1], flags=re.MULTILINE), name
    assert len({numbers[name] for name in ("First notebook", "02 Second notebook", "Australia (AUS)")}) == 3


@needs_browser
def test_every_page_has_its_number(printed):
    for number, page in enumerate(printed.pages, start=1):
        assert re.search(rf"Japan Security Partnerships\s*{number}\s*$", page.extract_text()), number


@needs_browser
def test_code_and_raw_tables_are_left_out_and_figures_are_vectors(printed):
    text = "\n".join(page.extract_text() for page in printed.pages)
    assert "Brief words." in text and "secret_code" not in text and "rawtablewords" not in text
    assert b"/Subtype /Image" not in printed.stream.getvalue()  # wherever in the file, patterns too
    assert "lastcell" in text


@needs_browser
def test_links_lead_to_addresses_of_sources_and_to_pages_that_are_here(printed, cited):
    links = [link.get_object() for page in printed.pages for link in page.get("/Annots", [])]
    addresses = {str(link["/A"]["/URI"]) for link in links if "/A" in link}
    places = {str(link["/Dest"]).lstrip("/") for link in links if "/Dest" in link}
    assert addresses == {cited.url}
    assert {"document-notebooks/02_b", "document-briefs/AUS/limits"} <= places
    stands = {
        name.lstrip("/"): printed.get_destination_page_number(at) for name, at in printed.named_destinations.items()
    }
    assert places <= set(stands)
    assert printed.pages[stands["document-notebooks/02_b"]].extract_text().startswith("02 Second notebook")


@needs_browser
def test_a_heading_stands_whole_on_the_page_of_what_follows(printed):
    texts = [" ".join(page.extract_text().split()) for page in printed.pages]
    for number in range(40):
        assert sum(f"{number}: {LONG} Begin {number}." in text for text in texts) == 1, number


@needs_browser
def test_titles_in_the_outline_keep_their_spaces(printed):
    titles = {item.title for item in flat(printed.outline)}
    assert {f"{number}: {LONG}" for number in range(40)} <= titles


def flat(outline):
    for item in outline:
        yield from flat(item) if isinstance(item, list) else [item]


@needs_browser
def test_words_in_a_table_stay_whole_where_a_smaller_size_does(printed):
    text = next(page.extract_text() for page in printed.pages if page.extract_text().startswith("Whole words"))
    assert set(WORDS) <= set(text.split())


@needs_browser
def test_wide_tables_stay_on_the_page(printed):
    found = []

    def visit(text, matrix, transform, font, size):
        if "lastcell" in text:
            found.append(transform[4] * matrix[0] + matrix[4])

    for page in printed.pages:
        page.extract_text(visitor_text=visit)
    width = float(printed.pages[0].mediabox.width)
    assert len(found) == 3 and all(place < width - 20 for place in found)


@needs_browser
def test_the_document_has_an_outline_and_says_what_it_is(printed):
    assert printed.metadata.title == "Japan Security Partnerships" and len(printed.outline) > 0


def test_without_a_browser_the_message_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "find_chromium", lambda: None)
    with pytest.raises(SystemExit, match="install one, or set CHROMIUM"):
        pdf.build_pdf(tmp_path, tmp_path / "report.pdf")


def test_a_browser_is_found_by_its_variable_or_its_name(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "here/chrome")
    assert chromium.find_chromium() == "here/chrome"
    monkeypatch.delenv("CHROMIUM")
    monkeypatch.setattr(chromium.shutil, "which", lambda name: "there" if name == "google-chrome" else None)
    assert chromium.find_chromium() == "there"
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    assert chromium.find_chromium() is None
