"""The PDF: contents with true page numbers, figures as vectors, no code, no raw tables."""

import re

import nbformat
import pytest
from pypdf import PdfReader

from report import chromium, pdf

needs_browser = pytest.mark.skipif(chromium.find_chromium() is None, reason="no Chromium on this machine")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><path d="M0 0 L300 200" stroke="black"/></svg>'


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A small report: front page, two notebooks, a brief, a table."""
    folder = tmp_path_factory.mktemp("pdf") / "source"
    for name in ("notebooks", "briefs", "tables"):
        (folder / name).mkdir(parents=True)
    toctree = "```{toctree}\nnotebooks/01_a\nnotebooks/02_b\nbriefs/index\ntables/index\n```"
    (folder / "index.md").write_text(
        f"# Title of all\n\nCard.\n\n## Findings\n\nWords.\n\n## How to read\n\n{toctree}\n"
    )
    (folder / "briefs" / "index.md").write_text("# Partner briefs\n\n```{toctree}\nAUS\n```\n")
    (folder / "briefs" / "AUS.md").write_text("# Australia (AUS)\n\n## At a glance\n\nBrief words.\n")
    (folder / "tables" / "index.md").write_text("# Tables\n\nrawtablewords\n")
    cells = nbformat.v4
    wide = (
        "<table><tr>"
        + "<th>column-with-a-name</th>" * 16
        + "</tr><tr>"
        + "<td>cell</td>" * 15
        + "<td>lastcell</td></tr></table>"
    )
    for name, title in (("01_a", "First notebook"), ("02_b", "Second notebook")):
        code = cells.new_code_cell("secret_code = 1", metadata={"tags": ["hide-input"]}, execution_count=1)
        code.outputs = [cells.new_output("display_data", data={"image/svg+xml": SVG, "text/plain": "words"})]
        table = cells.new_code_cell("1", metadata={"tags": ["hide-input"]}, execution_count=2)
        table.outputs = [cells.new_output("display_data", data={"text/html": wide, "text/plain": ""})]
        words = "\n\n".join(["A paragraph of words. " * 40] * 12)
        parts = [cells.new_markdown_cell(f"# {title}\n\n## Section one of {title}\n\n{words}"), code]
        parts += [cells.new_markdown_cell(f"## Section two of {title}\n\n### A deeper one\n\nEnd."), table]
        notebook = cells.new_notebook(cells=parts)
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
        "Second notebook",
        "Section one of Second notebook",
        "Australia (AUS)",
    ]
    numbers = dict(contents)
    assert set(wanted) <= set(numbers) and "A deeper one" not in numbers and "At a glance" not in numbers
    for name in wanted:
        assert re.search(rf"^{re.escape(name)}$", texts[int(numbers[name]) - 1], flags=re.MULTILINE), name
    assert len({numbers[name] for name in ("First notebook", "Second notebook", "Australia (AUS)")}) == 3


@needs_browser
def test_every_page_has_its_number(printed):
    for number, page in enumerate(printed.pages, start=1):
        assert re.search(rf"Japan Security Partnerships\s*{number}\s*$", page.extract_text()), number


@needs_browser
def test_code_and_raw_tables_are_left_out_and_figures_are_vectors(printed):
    text = "\n".join(page.extract_text() for page in printed.pages)
    assert "Brief words." in text and "secret_code" not in text and "rawtablewords" not in text
    assert not any(page.images for page in printed.pages)
    assert "lastcell" in text


@needs_browser
def test_wide_tables_stay_on_the_page(printed):
    found = []

    def visit(text, matrix, transform, font, size):
        if "lastcell" in text:
            found.append(transform[4] * matrix[0] + matrix[4])

    for page in printed.pages:
        page.extract_text(visitor_text=visit)
    width = float(printed.pages[0].mediabox.width)
    assert len(found) == 2 and all(place < width - 20 for place in found)


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
