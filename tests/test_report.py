"""The report, the codebook and the README follow the tables."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag

import nbformat
import pytest

from report import site
from report.codebook import codebook
from report.execute import NOTEBOOKS, ROOT, paths, tagged
from report.readme import FIGURE, README, blocks, renewed

FIGURES = {
    "00_start_here": 3,
    "01_agreement_taxonomy": 9,
    "02_partner_network": 11,
    "03_cooperation_path": 7,
    "04_defense_spending": 12,
    "05_source_audit": 2,
}


@pytest.fixture(scope="module")
def start_page():
    return nbformat.read(NOTEBOOKS / "00_start_here.ipynb", as_version=4)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The report, built once into a folder of its own."""
    folder = tmp_path_factory.mktemp("site")
    site.build(folder / "source", folder / "report")
    return folder / "report"


class Page(HTMLParser):
    """Links, images and loaded files of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.images, self.loaded, self.ids = [], [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Collect what matters."""
        values = dict(attrs)
        self.ids |= {values.get("id"), values.get("name")}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "img":
            self.images.append(values)
        if tag in ("script", "img") and "src" in values:
            self.loaded.append(values["src"])
        if tag == "link" and values.get("rel") in ("stylesheet", "preload"):
            self.loaded.append(values["href"])


def pages(folder):
    """Every page of the report (the theme keeps templates of its own under _static)."""
    found = [path for path in folder.rglob("*.html") if "_static" not in path.parts]
    return {path: Page(path.read_text(encoding="utf-8")) for path in found}


def test_the_codebook_is_up_to_date(tables):
    stored = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert stored == codebook(tables), "run `make refresh`"


def test_the_codebook_names_every_table_column_and_gap(tables):
    text = codebook(tables)
    for name in tables:
        assert f"## {name}\n" in text
        assert all(f"| `{column}` |" in text for column in tables.columns(name).index)
    assert all(gap["gap"] in text for gap in tables.schema["knownGaps"])


def test_the_readme_is_up_to_date(start_page, tables):
    stored = README.read_text(encoding="utf-8")
    assert stored == renewed(stored, blocks(start_page, tables)), "run `make refresh`"
    assert FIGURE.read_text(encoding="utf-8") == tagged(start_page, "first-figure").data["image/svg+xml"]


def test_links_of_the_readme_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8")):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_a_readme_without_its_blocks_is_an_error():
    with pytest.raises(LookupError, match="findings"):
        renewed("no marks here", {"findings": "x"})


def test_an_unknown_tag_is_an_error(start_page):
    with pytest.raises(LookupError, match="no-such-tag"):
        tagged(start_page, "no-such-tag")


def test_the_front_page_has_the_findings(built, start_page):
    text = (built / "index.html").read_text(encoding="utf-8")
    findings = tagged(start_page, "findings").data["text/markdown"]
    for bold in re.findall(r"\*\*(.+?)\*\*", findings):
        assert bold in text


def test_every_internal_link_of_the_report_leads_somewhere(built):
    found = pages(built)
    for path, page in found.items():
        for link in page.links + page.loaded:
            target, fragment = urldefrag(unquote(link.split("?")[0]))
            if not link.startswith(("http", "mailto:", "data:", "javascript:", "#")):
                file = (path.parent / target).resolve()
                assert file.is_file(), (path.name, link)
                if fragment and file in found:
                    assert fragment in found[file].ids, (path.name, link)


def test_no_page_loads_anything_from_the_net(built):
    for path, page in pages(built).items():
        assert not [file for file in page.loaded if file.startswith(("http", "//"))], path.name


def test_every_image_of_the_report_has_a_text_alternative(built):
    for path, page in pages(built).items():
        for image in page.images:
            assert image.get("alt") is not None, (path.name, image)
    for path in paths():
        figures = [image for image in rendered(built, path).images if len(image["alt"].split()) > 8]
        assert len(figures) == sum("image/svg+xml" in str(cell.outputs) for cell in code(path)), path.name
        assert len(figures) == FIGURES.get(path.stem, len(figures))


def test_code_is_folded_and_can_be_opened(built):
    for path in paths():
        text = (built / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8")
        assert text.count("<details") == len(code(path)), path.name
        assert path.stem != "00_start_here" or text.count("<details") == 19


def rendered(built, path):
    """Page of a notebook."""
    return Page((built / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8"))


def code(path):
    """Code cells of a notebook."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
