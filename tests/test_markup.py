"""What looks like HTML in a cell of a table shows as text, on every page of the report."""

import os
import re
import shutil
import subprocess
import sys

import pandas as pd
import pytest
from playwright.sync_api import sync_playwright

from report.chromium import ARGUMENTS, find_chromium
from report.execute import ROOT

pytestmark = pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine")
BAD = '<script>document.title="taken"</script><img src=x onerror=document.title="taken"> `x` *y* [z](javascript:1)'


def spoil(data, table, rows, column):
    """Put markup into cells of a table."""
    frame = pd.read_csv(data / f"{table}.csv", dtype=str, keep_default_na=False)
    here = frame[frame.columns[0]].isin(rows)
    assert here.sum() == len(rows)
    frame.loc[here, column] = frame.loc[here, column] + " " + BAD
    frame.to_csv(data / f"{table}.csv", index=False, lineterminator="\n")


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory):
    """A copy of the project with markup in names, titles, notes, sources, definitions and claims, built into a report.

    Of the notebooks the copy has the brief alone: headings of the others assert what the tables give.
    """
    copy = tmp_path_factory.mktemp("spoiled") / "project"
    for part in ("helpers", "report", "data"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "notebooks").mkdir()
    for name in ("README.md", "requirements.txt", "notebooks/partner_brief.ipynb"):
        shutil.copy(ROOT / name, copy / name)
    data = copy / "data"
    spoil(data, "parties", ["QAT"], "name")
    spoil(data, "sources", ["mod-2024-white-paper"], "title")
    spoil(data, "sources", ["mod-2024-white-paper"], "publisher")
    for table, rows, column in (
        ("agreements", ["memorandum-qat-2015"], "title"),
        ("agreements", ["memorandum-qat-2015"], "note"),
        ("agreement_types", ["ACSA"], "definition"),
        ("agreement_types", ["ACSA"], "name"),
        ("claims", ["claim-001"], "statement"),
        ("exercises", ["ex-asterx-2024"], "title"),
    ):
        spoil(data, table, rows, column)
    build = (
        "from pathlib import Path; from report import kept, pages, site; from helpers import load_tables, brief; "
        "pages.front = lambda *args: '# Front\\n\\n```{toctree}\\n:glob:\\n\\n*\\n*/*\\n```\\n'; "
        "site._write_front = lambda source, executed, tables: site._write(source / 'index.md', pages.front()); "
        "site.lessons = kept.lessons = site._teaching = lambda: []; "
        "brief.partners = lambda tables, all_of=brief.partners: all_of(tables)[['QAT', 'AUS']]; "
        "site.build(Path('build/source'), Path('build/report'))"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(copy), os.environ.get("PYTHONPATH", "")])}
    run = subprocess.run([sys.executable, "-c", build], cwd=copy, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return copy / "build" / "report"


def test_markup_in_a_cell_is_text_everywhere(spoiled):
    found = [path for path in sorted(spoiled.rglob("*.html")) if "_static" not in path.parts]
    seen, shown = [], set()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        page = browser.new_page()
        page.on("request", lambda request: request.url.endswith("/x") and seen.append(request.url))
        for path in found:
            page.goto(path.as_uri())
            name = path.relative_to(spoiled).as_posix()
            assert page.title() != "taken", name
            assert not page.locator("article img[onerror], article a[href^='javascript:']").count(), name
            if "<script>document.title" in page.locator("body").inner_text():
                shown.add(name)
        browser.close()
    assert not seen
    wanted = ("parties", "sources", "agreements", "agreement_types", "claims", "exercises")
    assert {f"tables/{name}.html" for name in wanted if name not in ("sources", "agreements", "exercises")} <= shown
    assert {"briefs/QAT.html", "briefs/index.html", "glossary.html", "sources.html"} <= shown
    for name in wanted:
        text = (spoiled / "tables" / f"{name}.html").read_text(encoding="utf-8")
        assert "&lt;script&gt;document.title" in text and not re.search(r"<script>document\.title", text), name
