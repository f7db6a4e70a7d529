"""The charts draw what they are given, say it in words, and are the same on every run."""

from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from helpers import charts

ALT = "A line that climbs from one partner in 1990 to three in 2020."


@pytest.fixture(autouse=True)
def _style():
    charts.style()


@pytest.fixture
def counts():
    index = pd.to_datetime(["1990-01-01", "2000-01-01", "2020-01-01"])
    return pd.DataFrame({"ACSA": [1, 1, 3], "RAA": [0, 0, 3]}, index=index)


@pytest.fixture
def shown(monkeypatch):
    """What a call of show puts into the notebook."""
    seen = []
    monkeypatch.setattr(charts, "display", lambda data, raw, metadata: seen.append((data, metadata)))
    return seen


def test_growth_lines_draw_the_counts(counts):
    ax = charts.growth_lines(counts, "Title", "Partners").axes[0]
    drawn = [line.get_ydata().tolist() for line in ax.lines if len(line.get_ydata()) == 3]
    assert drawn == [[1, 1, 3], [0, 0, 3]]
    assert [text.get_text().strip() for text in ax.texts] == ["ACSA (3)", "RAA (3)"]
    assert ax.get_title("left") == "Title" and ax.get_ylabel() == "Partners"


def test_labels_do_not_lie_on_one_another(counts):
    ax = charts.growth_lines(counts, "Title", "Partners").axes[0]
    heights = [text.get_position()[1] for text in ax.texts]
    assert abs(heights[0] - heights[1]) > 0.1


def test_lines_differ_by_more_than_color(counts):
    ax = charts.growth_lines(counts, "Title", "Partners").axes[0]
    styles = {line.get_linestyle() for line in ax.lines if len(line.get_ydata()) == 3}
    assert len(styles) == 2


def test_confidence_bars_add_up():
    shares = pd.DataFrame({"high": [80.0, 50.0], "medium": [15.0, 30.0], "low": [5.0, 20.0]}, index=["talks", "claims"])
    ax = charts.confidence_bars(shares, "Title").axes[0]
    widths = [[bar.get_width() for bar in bars] for bars in ax.containers]
    assert [sum(column) for column in zip(*widths, strict=True)] == [100, 100]
    assert len({bars[0].get_hatch() for bars in ax.containers}) == 3


def test_table_map_has_a_box_per_table_and_an_arrow_per_link():
    tables = pd.DataFrame({"rows": {"agreements": 5, "parties": 2, "sources": 9}})
    links = pd.DataFrame({"table": ["agreements"], "to": ["parties"]})
    ax = charts.table_map(tables, links, "Title").axes[0]
    words = [text.get_text() for text in ax.texts]
    assert [word for word in words if word] == ["agreements\n5 rows", "parties\n2 rows", "sources\n9 rows"]
    assert words.count("") == 1


def test_every_table_has_a_place(tables):
    assert set(charts.PLACES) == set(tables)
    assert len(set(charts.PLACES.values())) == len(charts.PLACES)


def test_show_gives_svg_and_png_with_the_same_words(counts, shown):
    charts.show(charts.growth_lines(counts, "Title", "Partners"), alt=ALT, source="agreements.csv")
    (data, metadata), *_ = shown
    assert set(data) == {"image/svg+xml", "image/png", "text/plain"}
    assert data["text/plain"] == ALT
    assert f"<title>{ALT}</title>" in data["image/svg+xml"]
    assert metadata["image/png"]["alt"] == metadata["image/svg+xml"]["alt"] == ALT


def test_show_is_the_same_twice(counts, shown):
    for _ in range(2):
        charts.show(charts.growth_lines(counts, "Title", "Partners"), alt=ALT)
    assert shown[0] == shown[1]


def test_show_wants_words(counts):
    with pytest.raises(ValueError, match="says what the figure shows"):
        charts.show(charts.growth_lines(counts, "Title", "Partners"), alt="Growth")


def test_confidence_colors_stand_apart():
    """Relative luminance differs, so that the bars can be told apart without color."""

    def luminance(color):
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    values = sorted(luminance(color) for color in charts.CONFIDENCE.values())
    assert all(b - a > 0.05 for a, b in pairwise(values))
