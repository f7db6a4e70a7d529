"""The report in a real browser: nothing breaks, nothing leaves the machine, everybody can read it."""

from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from report.chromium import ARGUMENTS, find_chromium

pytestmark = pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine")

NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages(built):
    """Every page of the report, by name."""
    found = [path for path in sorted(built.rglob("*.html")) if "_static" not in path.parts]
    return {path.relative_to(built).as_posix(): path.as_uri() for path in found}


@pytest.fixture
def page(browser):
    opened = browser.new_page()
    yield opened
    opened.close()


def some(pages):
    """One page of each kind: what a check is too slow for on all."""
    names = (
        "index",
        "notebooks/05_source_audit",
        "tables/agreements",
        "briefs/AUS",
        "sources",
        "glossary",
        "data/README",
    )
    return [pages[f"{name}.html"] for name in (*names, "tables/index", "briefs/index", "cite")]


def test_every_page_opens_without_error_and_without_the_net(browser, pages):
    context = browser.new_context()
    faults, left = [], []
    context.on(
        "request", lambda request: urlsplit(request.url).scheme in ("file", "data", "blob") or left.append(request.url)
    )
    page = context.new_page()
    page.on("console", lambda message: message.type == "error" and faults.append((page.url, message.text)))
    page.on("pageerror", lambda error: faults.append((page.url, str(error))))
    for address in pages.values():
        page.goto(address)
    context.close()
    assert len(pages) > 80 and not faults and not left


def test_search_finds_an_acsa(page, pages):
    page.goto(pages["search.html"] + "?q=ACSA")
    page.wait_for_selector("ul.search li a")
    page.wait_for_function("document.querySelectorAll('ul.search li').length >= 10")
    found = page.eval_on_selector_all("ul.search li a", "links => links.map(link => link.getAttribute('href'))")
    assert any("01_agreement_taxonomy" in link for link in found) and any("agreements" in link for link in found)
    page.goto(pages["search.html"] + "?q=nosuchwordatall")
    page.wait_for_function("document.querySelector('#search-results').textContent.includes('did not match')")


def test_a_table_is_searched_filtered_and_sorted(page, pages):
    """The widget draws a moment after the keys: wait for what must come."""

    def cells(column):
        return f"[...document.querySelectorAll('table.data tbody tr td:nth-child({column})')].map(cell => cell.textContent)"

    page.goto(pages["tables/agreements.html"])
    page.wait_for_function(f"{cells(1)}.length === 25")
    page.locator(".dt-search input").first.fill("raa-phl-2024")
    page.wait_for_function(f"{cells(1)}.length < 25")
    assert all("raa-phl-2024" in text for text in page.locator("table.data tbody tr").all_inner_texts())
    page.locator(".dt-search input").first.fill("")
    page.wait_for_function(f"{cells(1)}.length === 25")
    page.get_by_label("Filter type", exact=True).fill("RAA")
    page.wait_for_function(f"{cells(2)}.every(kind => kind === 'RAA') && {cells(2)}.length > 0")
    page.get_by_label("Filter type", exact=True).fill("")
    page.wait_for_function(f"{cells(1)}.length === 25")
    page.get_by_label("Sort by id", exact=True).click()
    page.wait_for_function(f"{cells(1)}[0].startsWith('access')")
    ids = page.evaluate(cells(1))
    assert ids == sorted(ids)


def test_a_source_in_a_table_leads_to_its_entry(page, pages):
    page.goto(pages["tables/talks.html"])
    link = page.locator("table.data tbody td a").first
    key = link.inner_text()
    link.click()
    page.wait_for_url("**/sources.html#*")
    assert page.locator(f"li[id='{key}']").is_visible()


def test_code_unfolds(page, pages):
    page.goto(pages["notebooks/01_agreement_taxonomy.html"])
    code = page.locator("details.hide pre").first
    assert not code.is_visible()
    page.locator("details.hide summary").first.click()
    assert code.is_visible() and "load_tables" in code.inner_text()


def test_dark_mode_switches(page, pages):
    page.emulate_media(color_scheme="light")
    page.goto(pages["index.html"])
    shade = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(shade) == "rgb(255, 255, 255)"
    page.get_by_label("Color mode").first.click()
    page.get_by_role("button", name="Dark").first.click()
    page.wait_for_function(f"{shade} !== 'rgb(255, 255, 255)'")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_narrow_screen_has_no_sideways_scroll(browser, pages):
    page = browser.new_page(viewport=NARROW)
    wide = []
    for name, address in pages.items():
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
            wide.append(name)
    page.close()
    assert not wide


def test_the_page_can_be_used_by_the_keyboard(page, pages):
    page.goto(pages["notebooks/01_agreement_taxonomy.html"])
    page.keyboard.press("Tab")
    assert "Skip to main content" in page.evaluate("document.activeElement.textContent")
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.tagName + '.' + document.activeElement.className.split(' ')[0]")
        )
    assert any(name.startswith("SUMMARY") for name in reached), "folded code can be reached"
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.getAttribute('type')") == "search"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way_of_anybody(browser, pages, theme):
    """axe-core finds no serious fault: on every page in light, on one page of each kind in dark."""
    context = browser.new_context(color_scheme=theme)
    page, faults = context.new_page(), {}
    for address in pages.values() if theme == "light" else some(pages):
        page.goto(address)
        page.add_style_tag(content="* { transition: none !important }")  # colors that still fade in are no fault
        for found in Axe().run(page).response["violations"]:
            if found["impact"] in ("serious", "critical"):
                where = f"{unquote(address).rsplit('/report/')[-1]}: {found['nodes'][0]['html'][:150]}"
                faults.setdefault(f"{found['id']} ({found['impact']}): {found['help']}", []).append(where)
    context.close()
    assert not faults


def test_text_alternatives_reach_the_page(page, pages):
    for name, address in pages.items():
        if name.startswith(("notebooks", "briefs", "index")):
            page.goto(address)
            alts = page.eval_on_selector_all("article img", "images => images.map(image => image.alt)")
            assert all(len(alt.split()) >= 8 for alt in alts), name


def test_print_leaves_out_what_is_only_for_the_screen(page, pages):
    page.goto(pages["notebooks/01_agreement_taxonomy.html"])
    page.emulate_media(media="print")
    for part in (".bd-sidebar-primary", ".bd-sidebar-secondary", ".bd-header-article", ".figure-files"):
        assert not page.locator(part).first.is_visible(), part
