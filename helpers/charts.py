"""Draw the figures. The only module that imports matplotlib and seaborn.

Every function takes the small table it draws and returns a figure; :func:`show` puts the figure into
the notebook as SVG (which the tests compare) beside PNG, with its text alternative.
"""

from __future__ import annotations

import io
from itertools import cycle

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from IPython.display import display
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

__all__ = ["confidence_bars", "growth_lines", "show", "style", "table_map"]

WIDTH = 8.6  # inches; 825 pixels in the notebook, the width of a report column
# Okabe and Ito's colors, darkest first; line style and marker change with them, so that none stands alone.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
DASHES = ("-", "--", "-.", ":", (0, (3, 1, 1, 1)), (0, (5, 1)), (0, (1, 1)))
CONFIDENCE = {"high": "#0072B2", "medium": "#E69F00", "low": "#D55E00"}
HATCHES = {"high": "", "medium": "//", "low": "xx"}


def style() -> None:
    """Set the look of all figures: fonts, grid, colors, and SVG that is the same on every run."""
    sns.set_theme(
        style="ticks",
        palette=list(COLORS),
        rc={
            "axes.spines.right": False,
            "axes.spines.top": False,
            "axes.titlelocation": "left",
            "axes.titlesize": 12,
            "axes.titleweight": "bold",
            "axes.labelsize": 10,
            "figure.dpi": 96,
            "font.size": 10,
            "hatch.linewidth": 0.6,
            "legend.frameon": False,
            "svg.fonttype": "path",
            "svg.hashsalt": "japan-security-partnerships",
            "xtick.labelsize": 9,
            "ytick.labelsize": 9,
        },
    )


def show(figure: Figure, alt: str, source: str = "") -> None:
    """Display a figure as SVG and PNG with a text alternative, and close it.

    Parameters
    ----------
    figure : Figure
        The figure.
    alt : str
        One or two sentences that say what the figure shows to somebody who cannot see it.
    source : str, optional
        Source line, written under the figure.

    Raises
    ------
    ValueError
        If `alt` is too short to say anything.
    """
    if len(alt.split()) < 8:
        raise ValueError(f"a text alternative says what the figure shows, got {alt!r}")
    if source:
        figure.text(0.0, -0.02, f"Source: {source}", fontsize=8, color="#444444", va="top")
    figure.draw_without_rendering()
    figure.set_layout_engine(None)  # laid out and measured once: each format would do it again
    box = figure.get_tightbbox().padded(0.08)
    images = {"image/svg+xml": _saved(figure, "svg", alt, box).decode(), "image/png": _saved(figure, "png", alt, box)}
    plt.close(figure)
    described = {mime: {"alt": alt} for mime in images}
    display({**images, "text/plain": alt}, raw=True, metadata=described)


def _saved(figure: Figure, kind: str, title: str, box: Bbox) -> bytes:
    fixed = {"svg": {"Date": None, "Creator": None, "Title": title}, "png": {"Software": None}}
    buffer = io.BytesIO()
    figure.savefig(buffer, format=kind, bbox_inches=box, metadata=fixed[kind])
    return buffer.getvalue()


def growth_lines(counts: pd.DataFrame, title: str, ylabel: str) -> Figure:
    """Step lines, one per column, each labeled at its end.

    Parameters
    ----------
    counts : DataFrame
        Numbers by day (index: datetime64), one column per line.
    title, ylabel : str
        What the figure says; what the vertical axis counts.

    Returns
    -------
    Figure
        One axes.
    """
    figure, ax = plt.subplots(figsize=(WIDTH, 4.6), layout="constrained")
    last, end = counts.iloc[-1], counts.index[-1]
    heights = _spread(last, gap=counts.to_numpy().max() / 17)
    leader = end + (end - counts.index[0]) / 40
    for column, color, dash in zip(counts, cycle(COLORS), cycle(DASHES), strict=False):
        line = {"color": color, "linestyle": dash, "linewidth": 2}
        ax.step(counts.index, counts[column], where="post", **line)
        ax.plot([end, leader], [last[column], heights[column]], **line, clip_on=False)
        ax.text(
            leader, heights[column], f"  {column} ({last[column]:.0f})", va="center", fontweight="bold", fontsize=9.5
        )
    ax.set(title=title, ylabel=ylabel, xlabel="Year", xlim=(counts.index[0], end), ylim=(0, None))
    ax.grid(axis="y", alpha=0.3)
    return figure


def _spread(values: pd.Series, gap: float) -> pd.Series:
    """Heights for labels: as near to the values as they can be without lying on one another."""
    heights = values.astype(float).sort_values(kind="stable")
    for i in range(1, len(heights)):
        heights.iloc[i] = max(heights.iloc[i], heights.iloc[i - 1] + gap)
    return heights


def confidence_bars(shares: pd.DataFrame, title: str) -> Figure:
    """Stacked horizontal bars: share of rows of each table by confidence.

    Parameters
    ----------
    shares : DataFrame
        Percent of rows, indexed by table, with the columns ``high``, ``medium`` and ``low``.
    title : str
        What the figure says.

    Returns
    -------
    Figure
        One axes.
    """
    figure, ax = plt.subplots(figsize=(WIDTH, 0.32 * len(shares) + 1.6), layout="constrained")
    left = pd.Series(0.0, index=shares.index)
    for level, color in CONFIDENCE.items():
        ax.barh(
            shares.index, shares[level], left=left, color=color, hatch=HATCHES[level], edgecolor="white", height=0.7
        )
        left += shares[level]
    for bars, level in zip(ax.containers, CONFIDENCE, strict=True):
        labels = [f"{value:.0f}" if value >= 6 else "" for value in shares[level]]
        box = {"facecolor": CONFIDENCE[level], "edgecolor": "none", "pad": 1.0}
        ax.bar_label(bars, labels, label_type="center", fontsize=8.5, fontweight="bold", bbox=box,
                     color="black" if level == "medium" else "white")  # fmt: skip
    ax.invert_yaxis()
    ax.set(title=title, xlabel="Rows, percent", xlim=(0, 100))
    figure.legend(ax.containers, list(CONFIDENCE), title="Confidence", ncols=3, loc="outside upper right")
    return figure


# Where each table stands in the drawing: column, row.
PLACES = {
    "coverage": (0, 0), "tie_exceptions": (0, 1.2), "agreements": (0, 2.4), "accessions": (0, 3.6),
    "stages": (0, 5), "stage_rules": (0, 6.2),
    "agreement_types": (1, 0.6), "parties": (1, 3.4), "sources": (1, 6.2),
    "transfers": (2, 0), "talks": (2, 1.2), "exercise_series": (2, 2.4), "exercises": (2, 3.6),
    "exercise_counts": (2, 5), "military_expenditure": (2, 6.2),
    "milestones": (3, 0), "claims": (3, 1), "japan_budget": (3, 2), "japan_budget_measures": (3, 3),
    "japan_budget_breakdown": (3, 4), "buildup_program": (3, 5), "japan_economy": (3, 6.2),
}  # fmt: skip
KEYS = ("parties", "agreement_types", "sources", "stages")


def table_map(tables: pd.DataFrame, links: pd.DataFrame, title: str) -> Figure:
    """Draw how the tables hang together: a box per table, an arrow per reference.

    Parameters
    ----------
    tables : DataFrame
        Indexed by table: ``rows`` (int).
    links : DataFrame
        ``table`` and ``to``: which table points to which.
    title : str
        What the figure says.

    Returns
    -------
    Figure
        One axes without frame.
    """
    figure, ax = plt.subplots(figsize=(WIDTH, 5), layout="constrained")
    ax.set(title=title, xlim=(-0.45, 3.5), ylim=(-6.7, 0.5))
    ax.axis("off")
    boxes = {}
    for name, row in tables.iterrows():
        x, y = PLACES[name]
        box = {
            "boxstyle": "round,pad=0.35",
            "facecolor": "#DCEBF5" if name in KEYS else "white",
            "edgecolor": COLORS[0],
        }
        boxes[name] = ax.text(x, -y, f"{name}\n{row['rows']:,} rows", ha="center", va="center", fontsize=8, bbox=box)
    for table, to in links[["table", "to"]].itertuples(index=False):
        ends = {"patchA": boxes[table].get_bbox_patch(), "patchB": boxes[to].get_bbox_patch()}
        arrow = {"arrowstyle": "-|>", "color": "#555555", "linewidth": 0.9, "shrinkA": 0, "shrinkB": 1, **ends}
        ax.annotate("", boxes[to].get_position(), boxes[table].get_position(), arrowprops=arrow, zorder=5)
    return figure
