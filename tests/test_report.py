"""The report, the codebook and the README follow the tables."""

import html
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag

import nbformat
import pytest

from helpers import brief
from report import figures, kept, pages, widgets
from report.codebook import codebook
from report.execute import NOTEBOOKS, ROOT, SETS, lessons, paths, tagged
from report.readme import FIGURE, README, blocks, renewed

FIGURES = {
    "00_start_here": 3,
    "01_agreement_taxonomy": 9,
    "02_partner_network": 11,
    "03_cooperation_path": 7,
    "04_defense_spending": 12,
    "05_source_audit": 2,
}
TEACHING = ["guide", *(path.stem for path in lessons()), *(f"release/{name}/{name}" for name in SETS)]


@pytest.fixture(scope="module")
def start_page():
    return nbformat.read(NOTEBOOKS / "00_start_here.ipynb", as_version=4)


def test_the_report_has_every_page(built, tables):
    names = {path.relative_to(built).with_suffix("").as_posix() for path in pages_of(built)}
    wanted = {f"notebooks/{path.stem}" for path in paths()} | {f"tables/{name}" for name in tables}
    wanted |= {f"briefs/{code}" for code in brief.partners(tables).index}
    wanted |= {f"notebooks/practice/{name}" for name in TEACHING}
    wanted |= {"index", "tables/index", "briefs/index", "data/README", "sources", "glossary", "cite", "search"}
    assert wanted <= names


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


def pages_of(folder):
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
    findings = pages.findings_of(tagged(start_page, "findings").data["text/markdown"])
    page = Page(text)
    assert len(findings) >= 7 and len([image for image in page.images if len(image["alt"].split()) > 8]) == len(
        findings
    )
    for number, finding in enumerate(findings, start=1):
        assert f"{number}. {re.match(r'[*]{2}(.+?)[.?]?[*]{2}', finding)[1]}" in text
        assert re.sub(r"^.+?[*]{2} |[*]?\(\[.*$", "", finding).strip() in text.replace("&#39;", "'")
    assert len([link for link in page.links if link.startswith("notebooks/") and "#" not in link]) >= len(findings)


def test_every_internal_link_of_the_report_leads_somewhere(built):
    found = pages_of(built)
    for path, page in found.items():
        for link in page.links + page.loaded:
            target, fragment = urldefrag(unquote(link.split("?")[0]))
            if not link.startswith(("http", "mailto:", "data:", "javascript:", "#")):
                file = (path.parent / target).resolve()
                assert file.is_file(), (path.name, link)
                if fragment and file in found:
                    assert fragment in found[file].ids, (path.name, link)


def test_no_page_loads_anything_from_the_net(built):
    for path, page in pages_of(built).items():
        assert not [file for file in page.loaded if file.startswith(("http", "//"))], path.name


def test_every_image_of_the_report_has_a_text_alternative(built):
    for path, page in pages_of(built).items():
        for image in page.images:
            assert image.get("alt") is not None, (path.name, image)
    for path in paths():
        figures = [image for image in rendered(built, path).images if len(image["alt"].split()) > 8]
        assert len(figures) == sum("image/svg+xml" in str(cell.outputs) for cell in code(path)), path.name
        assert len(figures) == FIGURES.get(path.stem, len(figures))


def test_code_is_folded_and_can_be_opened(built):
    for path in paths():
        text = (built / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8")
        assert text.count('<details class="admonition hide') == len(code(path)), path.name
        assert path.stem != "00_start_here" or text.count('<details class="admonition hide') == 19


def test_code_of_lessons_and_exercises_is_in_view(built):
    for name in TEACHING[1:]:
        text = (built / "notebooks" / "practice" / f"{name}.html").read_text(encoding="utf-8")
        assert "admonition hide" not in text and "load_tables" in text, name


def test_the_front_page_the_start_page_and_the_lectures_lead_to_the_teaching_pages(built):
    folder = built / "notebooks"
    front = Page((built / "index.html").read_text(encoding="utf-8")).links
    assert {f"notebooks/practice/{name}.html" for name in TEACHING} <= set(front)
    start, *lectures = paths()[:5]
    assert "practice/guide.html" in rendered(built, start).links
    for path, name in zip(lectures, SETS, strict=True):
        assert f"practice/release/{name}/{name}.html" in rendered(built, path).links
    guide = Page((folder / "practice" / "guide.html").read_text(encoding="utf-8")).links
    assert {f"{name}.html" for name in TEACHING[1:]} <= set(guide)


def rendered(built, path):
    """Page of a notebook."""
    return Page((built / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8"))


def code(path):
    """Code cells of a notebook."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_every_figure_can_be_taken_away(built, tables):
    for path, page in pages_of(built).items():
        shown = [image for image in page.images if image["src"].endswith(".svg") and path.name != "index.html"]
        taken = [link for link in page.links if "/figures/" in link]
        assert len(taken) == 3 * len(shown), path
    for file in (built / "figures").glob("*.csv"):
        assert len(file.read_text(encoding="utf-8").splitlines()) > 1, file.name
        assert file.with_suffix(".svg").read_text(encoding="utf-8").startswith("<?xml")
        assert file.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    assert len(list((built / "figures").glob("0*.csv"))) == sum(FIGURES.values())


@pytest.mark.parametrize("name", ["agreements", "talks", "exercises", "transfers", "milestones", "claims"])
def test_every_source_of_a_table_is_a_link(built, tables, name):
    text = (built / "tables" / f"{name}.html").read_text(encoding="utf-8")
    links = re.findall(r'href="\.\./sources\.html#([^"]+)"', text)
    cited = tables[name]["sources"].str.split(";").explode()
    assert sorted(set(links)) == sorted(set(cited)) and len(links) >= len(cited)
    listed = (built / "sources.html").read_text(encoding="utf-8")
    assert all(f'<li id="{key}">' in listed for key in set(cited))


def test_sources_with_an_address_lead_there(built, tables):
    listed = (built / "sources.html").read_text(encoding="utf-8")
    addresses = tables.sources["url"].dropna()
    assert sum(f'href="{html.escape(url)}"' in listed for url in addresses) == len(addresses)


def test_tables_show_every_row_and_what_stands_there(built, tables):
    for name in tables:
        text = (built / "tables" / f"{name}.html").read_text(encoding="utf-8")
        assert text.count("<tr>") == len(tables[name]) + 1, name
    text = (built / "tables" / "agreements.html").read_text(encoding="utf-8")
    assert "<td>2022-01-06</td>" in text and "nan" not in re.findall(r"<td>([^<]*)</td>", text)


def test_the_glossary_has_both_languages(built, tables):
    text = (built / "glossary.html").read_text(encoding="utf-8")
    for kind in tables.agreement_types.itertuples():
        assert f'<span lang="ja">{kind.name_ja}</span>' in text and html.escape(kind.definition) in text


def test_briefs_have_no_code_and_their_own_title(built):
    text = (built / "briefs" / "AUS.html").read_text(encoding="utf-8")
    assert "Australia (AUS)" in text and "brief.load" not in text and "make brief" not in text


def test_only_keys_of_sources_become_links():
    text = '<td class="a-b">mofa-2024-x; raa-aus-2022, <b>a-b</b></td>'
    linked = figures.linked(text, {"mofa-2024-x", "a-b"}, "s.html")
    assert linked == (
        '<td class="a-b"><a href="s.html#mofa-2024-x">mofa-2024-x</a>; raa-aus-2022, <b><a href="s.html#a-b">a-b</a></b></td>'
    )


def test_a_widget_that_has_changed_is_an_error():
    with pytest.raises(ValueError, match="has changed"):
        widgets.classic("var a = 1;")


def test_a_result_is_kept_until_something_it_rests_on_changes(tmp_path, monkeypatch):
    """Only what has changed runs again; results that are out of date go."""
    runs = []

    def run(missing, places):
        for name in missing:
            runs.append(name)
            nbformat.write(nbformat.v4.new_notebook(), places[name])

    monkeypatch.setattr(kept, "_run", run)
    notebooks = [path.stem for path in [*paths(), *lessons()]]
    assert list(kept.results(["AUS", "DEU"], tmp_path)) == [*notebooks, "AUS", "DEU"]
    kept.results(["AUS", "DEU"], tmp_path)
    assert runs == [*notebooks, "AUS", "DEU"]
    edited = tmp_path / "04_defense_spending.ipynb"
    notebook = nbformat.read(NOTEBOOKS / edited.name, as_version=4)
    notebook.cells[0].source += " More words."
    nbformat.write(notebook, edited)
    listed = [edited if path.name == edited.name else path for path in paths()]
    monkeypatch.setattr(kept, "paths", lambda: listed)
    runs.clear()
    store = tmp_path / "store"
    kept.results(["AUS"], store)
    runs.clear()
    notebook.cells[0].source += " Still more."
    nbformat.write(notebook, edited)
    kept.results(["AUS"], store)
    assert runs == ["04_defense_spending"]
    monkeypatch.setattr(kept, "_ground", lambda: "other tables")
    runs.clear()
    kept.results(["AUS"], store)
    assert len(runs) == len(notebooks) + 1 and len(list(store.glob("*.ipynb"))) == len(runs)
