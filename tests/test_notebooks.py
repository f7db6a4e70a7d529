"""What every stored notebook must be, apart from its outputs, which nbval compares."""

import io
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import nbformat
import pytest

from report.execute import BRIEF, METADATA, PRACTICE, SETS, execute, exercise, lessons, paths

ORDER = [
    "You will learn",
    "Before you begin",
    "Set-up",
    "What we found",
    "Limits",
    "Exercises",
    "Next",
    "Sources cited",
]
LECTURES = [path.name for path in paths()]
LESSONS = [path.name for path in lessons()]
PLACES = {path.name: path for path in [*paths(), BRIEF, *lessons()]}
STORED = {name: nbformat.read(path, as_version=4) for name, path in PLACES.items()}
each = pytest.mark.parametrize("name", STORED)
each_lecture = pytest.mark.parametrize("name", LECTURES)


def code(name):
    """Code cells of a notebook."""
    return [cell for cell in STORED[name].cells if cell.cell_type == "code"]


def headings(name):
    """Headings of the second level, in order."""
    text = "\n".join(cell.source for cell in STORED[name].cells if cell.cell_type == "markdown")
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


def figures(name):
    """Cells and outputs that hold a figure."""
    return [(cell, output) for cell in code(name) for output in cell.outputs if "image/png" in output.get("data", {})]


def test_there_are_notebooks():
    assert "00_start_here.ipynb" in STORED


@each
def test_format_is_valid_and_metadata_minimal(name):
    nbformat.validate(STORED[name])
    assert STORED[name].metadata == METADATA
    allowed = {"tags", "mystnb"}
    assert all(set(cell.metadata) <= allowed for cell in STORED[name].cells)


@each
def test_every_code_cell_has_run_in_order(name):
    assert [cell.execution_count for cell in code(name)] == list(range(1, len(code(name)) + 1))


@each_lecture
def test_skeleton(name):
    found = headings(name)
    assert [heading for heading in found if heading in ORDER] == ORDER
    assert STORED[name].cells[0].source.startswith("# ")
    assert "**The question.**" in STORED[name].cells[0].source
    assert "**The short answer.**" in STORED[name].cells[0].source


@each
def test_size(name):
    cells = STORED[name].cells
    least, most = (15, 50) if name in LESSONS else (25, 45)
    assert least <= len(cells) <= most
    lines = [len(cell.source.splitlines()) for cell in code(name)]
    assert max(lines) <= 20
    assert sorted(lines)[len(lines) // 2] <= 10


@each
def test_words_stand_before_each_code_cell(name):
    kinds = [cell.cell_type for cell in STORED[name].cells]
    assert all(before == "markdown" for before, here in pairwise(kinds) if here == "code")


@each
def test_findings_are_asserted(name):
    """A heading that claims something is followed, before the next heading, by an assert."""
    blocks = re.split(r"^## ", "\n".join(c.source for c in STORED[name].cells), flags=re.MULTILINE)
    for block in blocks:
        if block.startswith("Finding"):
            assert "assert " in block, block.splitlines()[0]


@each
def test_figures_are_svg_beside_png_with_a_text_alternative(name):
    for cell, output in figures(name):
        alt = output.metadata["image/svg+xml"]["alt"]
        assert "image/svg+xml" in output.data
        assert output.data["text/plain"] == alt
        assert cell.metadata["mystnb"]["image"]["alt"] == alt
        assert f"<title>{alt}" in output.data["image/svg+xml"].replace("&amp;", "&")
        assert len(alt.split()) >= 8


@each
def test_figures_do_not_depend_on_the_run(name):
    for _, output in figures(name):
        assert "<dc:date>" not in output.data["image/svg+xml"]


@each
def test_sources_are_clean(name):
    for cell in code(name):
        assert not cell.source.rstrip().endswith(";")
        assert not re.search(r"requests|urllib|read_html|!pip|%pip|filterwarnings", cell.source)
        assert name in LESSONS or not re.search(r"https?://", cell.source)  # a lesson writes a row of sources
        assert not re.search(r"NBVAL|/home/|/tmp/|/Users/|[A-Z]:\\\\", cell.source)
        tags = set(cell.metadata.get("tags", []))
        assert not tags & {"nbval-skip", "nbval-ignore-output", "skip-execution", "raises-exception"}


@each
def test_outputs_are_clean(name):
    for cell in code(name):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr"
            plain = output.get("text", "") + output.get("data", {}).get("text/plain", "")
            assert not re.search(r"0x[0-9a-f]{6,}|/(home|root|tmp|work|Users)/", plain)


@each
def test_links_lead_somewhere(name):
    for cell in STORED[name].cells:
        if cell.cell_type == "markdown":
            for target in re.findall(r"\]\(([^)#]+)\)", cell.source):
                assert target.startswith("http") or (PLACES[name].parent / target).is_file(), target


def test_the_start_page_links_every_notebook():
    text = "\n".join(cell.source for cell in STORED["00_start_here.ipynb"].cells)
    pages = [*LECTURES, BRIEF.name, (PRACTICE / "guide.md").relative_to(BRIEF.parent).as_posix()]
    assert all(f"]({page})" in text for page in pages)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import socket; socket.create_connection(('192.0.2.1', 80), 5)", "the network is off in tests"),
        ("import urllib.request; urllib.request.urlopen('http://example.org')", "the network is off in tests"),
        ("import warnings; warnings.warn('soon gone', FutureWarning)", "FutureWarning: soon gone"),
    ],
)
def test_kernels_run_without_network_and_future_warnings(code, words):
    """Whatever a notebook inherits from this process stops it."""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode and words in run.stderr


def test_every_cell_is_compared(request):
    """The whole suite compares each code cell of each notebook: none is missed or skipped."""
    compared = request.config.compared_cells
    if not compared:
        pytest.skip("this run does not collect notebooks; `make test` does")
    stored = {*PLACES.values(), *(exercise("source", name) for name in SETS)}
    found = {item.path for item in compared}
    cells = [cell for path in found & stored for cell in nbformat.read(path, as_version=4).cells]
    assert len(compared) == sum(cell.cell_type == "code" for cell in cells)
    if len(request.session.items) > 2 * len(compared):  # the whole suite, not one notebook
        assert found == stored


@each
def test_two_runs_are_equal_byte_for_byte(name, monkeypatch):
    """Whatever the hash seed, a run gives the same file, pictures included."""

    def run(seed):
        buffer = io.StringIO()
        nbformat.write(execute(PLACES[name], env={**os.environ, "PYTHONHASHSEED": seed}), buffer)
        return buffer.getvalue()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(run, ("1", "2"))
    assert first == second
