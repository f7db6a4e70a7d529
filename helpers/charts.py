"""Draw the figures. The only module that imports matplotlib and seaborn.

Every function takes the small table it draws and returns a figure; :func:`show` puts the figure into
the notebook as SVG (which the tests compare) beside PNG, with its text alternative and its numbers as CSV.
"""

from __future__ import annotations

import hashlib
import io
import re
import textwrap
from collections.abc import Callable, Iterator
from functools import wraps
from itertools import cycle
from pathlib import Path as FilePath

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from IPython.display import display
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import LogLocator
from matplotlib.transforms import Bbox

__all__ = [
    "chance_bars",
    "claim_bars",
    "duration_bars",
    "event_strip",
    "growth_lines",
    "growth_steps",
    "interval_marks",
    "key_tree",
    "kind_timeline",
    "labeled_points",
    "ladder",
    "monthly_bars",
    "path_lines",
    "progress_bars",
    "rank_grid",
    "share_bars",
    "show",
    "split_bars",
    "status_matrix",
    "style",
    "survival_lines",
    "table_map",
    "tie_circles",
    "trend_panels",
    "verdict_bars",
    "verdicts",
    "year_bars",
    "year_lines",
]

WIDTH = 8.6  # inches; 825 pixels in the notebook, the width of a report column
# Okabe and Ito's colors, darkest first; line style and marker change with them, so that none stands alone.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
DASHES = ("-", "--", "-.", ":", (0, (3, 1, 1, 1)), (0, (5, 1)), (0, (1, 1)))
# Parts of a whole, the best first: color, hatch, and the color of a number on it.
SHADES = (("#0072B2", "", "white"), ("#E69F00", "//", "black"), ("#D55E00", "xx", "white"), ("#D9D9D9", "..", "black"))


def style() -> None:
    """Set the look of all figures: fonts, grid, colors, and SVG that is the same on every run."""
    _use_own_fonts()
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


def _use_own_fonts() -> None:
    """Draw with matplotlib's own DejaVu Sans: a system's may be of another version, with other numbers of glyphs."""
    others = [font for font in font_manager.fontManager.ttflist if font.name != "DejaVu Sans"]
    font_manager.fontManager.ttflist = others
    for file in sorted(FilePath(matplotlib.get_data_path(), "fonts", "ttf").glob("DejaVuSans*.ttf")):
        font_manager.fontManager.addfont(file)


def show(figure: Figure, alt: str, source: str = "") -> None:
    """Display a figure as SVG and PNG with a text alternative and its table as CSV, and close it.

    Parameters
    ----------
    figure : Figure
        A figure of this module.
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
    figure.draw_without_rendering()
    _pin_legends(figure)
    if source:
        below = figure.get_tightbbox().y0 / figure.get_figheight() - 0.08 / figure.get_figheight()
        figure.text(0.0, below, f"Source: {source}", fontsize=8, color="#444444", va="top")
    figure.set_layout_engine(None)  # laid out and measured once: each format would do it again
    box = figure.get_tightbbox().padded(0.08)
    images = {"image/svg+xml": _saved(figure, "svg", alt, box).decode(), "image/png": _saved(figure, "png", alt, box)}
    plt.close(figure)
    described = {mime: {"alt": alt} for mime in images}
    numbers = figure.table.to_csv(index=False, float_format="%.6g", lineterminator="\n")
    display({**images, "text/csv": numbers, "text/plain": alt}, raw=True, metadata=described)


def _keeps_table(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    """Give the figures of a chart function the table of what is drawn, which :func:`show` puts beside the picture."""

    @wraps(draw)
    def drawn(*args, **kwargs) -> Figure:
        figure = draw(*args, **kwargs)
        figure.table = _table_of([*args, *kwargs.values()])
        return figure

    return drawn


def _table_of(values: list) -> pd.DataFrame:
    """The data among the arguments of a chart function as one table, with a column that says which part a row is of."""
    frames = {name: _with_index(frame) for name, frame in _frames(values)}
    if len(frames) == 1:
        return next(iter(frames.values()))
    whole = pd.concat([frame.assign(part=name) for name, frame in frames.items()], ignore_index=True)
    return whole[["part", *whole.columns.drop("part")]]


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with its index as a column, unless it only numbers the rows."""
    named = frame.rename_axis("row") if frame.index.names == [None] else frame
    return named.reset_index(drop=frame.index.equals(pd.RangeIndex(len(frame))))


def _frames(values, name: str = "") -> Iterator[tuple[str, pd.DataFrame]]:
    """Frames and series in nested dicts, lists and tuples, each with its path."""
    if isinstance(values, pd.Series):
        values = values.to_frame("value" if values.name is None else values.name)
    if isinstance(values, pd.DataFrame):
        yield name or "1", values
    elif isinstance(values, dict):
        for key, value in values.items():
            yield from _frames(value, f"{name} / {key}" if name else str(key))
    elif isinstance(values, list | tuple):
        holding = [value for value in values if any(True for _ in _frames(value))]
        for number, value in enumerate(holding, start=1):
            path = f"{name} / {number}" if name else str(number)
            yield from _frames(value, path if len(holding) > 1 else name)


def _pin_legends(figure: Figure) -> None:
    """Hold the legends of a figure where they were laid out: cropping would move them to its edge."""
    for legend in figure.legends:
        corner = legend.get_window_extent().transformed(figure.transFigure.inverted()).min
        legend.borderaxespad = 0
        legend.set_loc("lower left")
        legend.set_bbox_to_anchor(corner, transform=figure.transFigure)


def _saved(figure: Figure, kind: str, title: str, box: Bbox) -> bytes:
    fixed = {"svg": {"Date": None, "Creator": None, "Title": title}, "png": {"Software": None}}
    buffer = io.BytesIO()
    figure.savefig(buffer, format=kind, bbox_inches=box, metadata=fixed[kind])
    return _numbered(buffer.getvalue(), title) if kind == "svg" else buffer.getvalue()


def _numbered(svg: bytes, title: str) -> bytes:
    """Name what an SVG refers to by its order: matplotlib names clips by all digits of a layout that may waver."""
    mark, names = hashlib.sha1(title.encode()).hexdigest()[:6], {}
    return re.sub(
        rb"\b[pm][0-9a-f]{10}\b", lambda found: names.setdefault(found[0], f"i{mark}-{len(names)}".encode()), svg
    )


@_keeps_table
def growth_lines(counts: pd.DataFrame, title: str, ylabel: str, claims: pd.DataFrame | None = None) -> Figure:
    """Step lines, one per column, each labeled at its end; claimed numbers as marks at their day.

    Parameters
    ----------
    counts : DataFrame
        Numbers by day (index: datetime64), one column per line.
    title, ylabel : str
        What the figure says; what the vertical axis counts.
    claims : DataFrame, optional
        Numbers that somebody claims: ``line`` (a column of `counts`), ``day``, ``claimed``, ``found`` (where the
        line stands that day) and ``source`` (at most seven, a mark each, in the key). Marks of one day stand side by
        side, each on a stroke of its own.

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
    if claims is not None:
        _mark_claims(ax, claims, dict(zip(counts, cycle(COLORS), strict=False)))
    ax.set(title=title, ylabel=ylabel, xlabel="Year", xlim=(counts.index[0], end), ylim=(0, None))
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.grid(axis="y", alpha=0.3)
    return figure


def _mark_claims(ax, claims: pd.DataFrame, colors: dict[str, str]) -> None:
    """Mark claimed numbers in the color of their line, a shape per source, joined to the line by a stroke."""
    shapes = dict(zip(claims["source"].unique(), MARKERS, strict=False))
    places = claims.groupby("day").cumcount() - (claims.groupby("day")["day"].transform("size") - 1) / 2
    for claim, place in zip(claims.itertuples(), places, strict=True):
        look = {"color": colors[claim.line], "marker": shapes[claim.source], "markerfacecolor": "white"}
        day = claim.day + place * pd.Timedelta(days=60)
        ax.plot([day] * 2, [claim.found, claim.claimed], color=colors[claim.line], linewidth=1.4, linestyle=":")
        ax.plot([day], [claim.claimed], linestyle="none", markersize=8, markeredgewidth=1.8, zorder=5, **look)
    keys = [
        Line2D([], [], linestyle="none", marker=shape, color="black", markerfacecolor="white", label=source)
        for source, shape in shapes.items()
    ]
    ax.legend(handles=keys, title="Claimed by", loc="upper left")


def _spread(values: pd.Series, gap: float) -> pd.Series:
    """Heights for labels: as near to the values as they can be without lying on one another."""
    heights = values.astype(float).sort_values(kind="stable")
    for i in range(1, len(heights)):
        heights.iloc[i] = max(heights.iloc[i], heights.iloc[i - 1] + gap)
    return heights


@_keeps_table
def share_bars(shares: pd.DataFrame, title: str, legend: str, xlabel: str = "Rows, percent") -> Figure:
    """Stacked horizontal bars of shares that add up to one hundred.

    Parameters
    ----------
    shares : DataFrame
        Percent, a bar per row and a part per column (at most four, the best first).
    title, legend, xlabel : str
        What the figure says; what the parts are; what the percentages are of.

    Returns
    -------
    Figure
        One axes.
    """
    return _stacked(shares, SHADES, (title, legend, xlabel), end=100, least=6)


@_keeps_table
def verdict_bars(counts: pd.DataFrame, title: str, legend: str, xlabel: str) -> Figure:
    """Stacked horizontal bars of how many claims got which verdict.

    Parameters
    ----------
    counts : DataFrame of int
        A bar per row, a verdict per column (at most five; the last, gray, is for those without a verdict).
    title, legend, xlabel : str
        What the figure says; what the parts are; what is counted.

    Returns
    -------
    Figure
        One axes.
    """
    blue, orange, vermilion, gray = SHADES
    looks = (blue, ("#56B4E9", "\\\\", "black"), orange, vermilion, gray)
    return _stacked(counts, looks, (title, legend, xlabel), end=1.02 * counts.sum(axis=1).max(), least=1)


def _stacked(parts: pd.DataFrame, looks: tuple, words: tuple[str, str, str], end: float, least: float) -> Figure:
    """Stacked horizontal bars with a number on every part that is not too small for one."""
    figure, ax = plt.subplots(figsize=(WIDTH, 0.32 * len(parts) + 1.6), layout="constrained")
    left = pd.Series(0.0, index=parts.index)
    for part, (color, hatch, ink) in zip(parts, looks, strict=False):
        look = {"color": color, "hatch": hatch, "edgecolor": "white", "height": 0.7}
        bars = ax.barh(parts.index, parts[part], left=left, label=part, **look)
        labels = [f"{value:.0f}" if value >= least else "" for value in parts[part]]
        box = {"facecolor": color, "edgecolor": "none", "pad": 1.0}
        ax.bar_label(bars, labels, label_type="center", fontsize=8.5, fontweight="bold", bbox=box, color=ink)
        left += parts[part]
    title, legend, xlabel = words
    ax.invert_yaxis()
    ax.set(title=title, xlabel=xlabel, xlim=(0, end))
    figure.legend(title=legend, ncols=parts.shape[1], loc="outside upper right")
    return figure


# Where each table stands in the drawing: column, row.
PLACES = {
    "coverage": (0, 0), "tie_exceptions": (0, 1.2), "agreements": (0, 2.4), "accessions": (0, 3.6),
    "stages": (0, 5), "stage_rules": (0, 6.2),
    "agreement_types": (1, 0.4), "key_questions": (1, 1.8), "parties": (1, 3.4), "sources": (1, 6.2),
    "transfers": (2, 0), "talks": (2, 1.2), "exercise_series": (2, 2.4), "exercises": (2, 3.6),
    "exercise_counts": (2, 5), "military_expenditure": (2, 6.2),
    "milestones": (3, 0), "claims": (3, 1), "japan_budget": (3, 2), "japan_budget_measures": (3, 3),
    "japan_budget_breakdown": (3, 4), "buildup_program": (3, 5), "japan_economy": (3, 6.2),
}  # fmt: skip
KEYS = ("parties", "agreement_types", "sources", "stages")


@_keeps_table
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


# ---------------------------------------------------------------------------------------------------
# The taxonomy

LINE, INDENT, ENDS = 0.42, 0.32, {"yes": 5.25, "no": 6.95}  # inches: height of a question, indent, columns of the ends


@_keeps_table
def key_tree(questions: pd.DataFrame, title: str) -> Figure:
    """Draw a key as a tree: each question on a line of its own, what follows from "yes" indented below it.

    Parameters
    ----------
    questions : DataFrame
        The table ``key_questions``.
    title : str
        What the figure says.

    Returns
    -------
    Figure
        One axes without frame.
    """
    rows = questions.set_index("question")
    places = {number: (INDENT * depth, -LINE * line) for line, (number, depth) in enumerate(_key_lines(rows, 1, 0))}
    figure, ax = plt.subplots(figsize=(WIDTH, LINE * len(rows) + 0.7), layout="constrained")
    for number, (x, y) in places.items():
        words = textwrap.fill(f"{number}. {rows.loc[number, 'text']}", int(76 - 13 * x), subsequent_indent="     ")
        ax.text(x + 0.1, y, words, fontsize=8.6, va="center")
        for answer, end in ENDS.items():
            _draw_answer(ax, rows.loc[number], answer, (x, y), end, places)
    for answer, end in ENDS.items():
        ax.text(end, LINE * 0.8, f"{answer}:", fontsize=9, style="italic", fontweight="bold", va="center")
    ax.set(title=title, xlim=(-0.25, WIDTH - 0.2), ylim=(-LINE * (len(rows) - 0.4), LINE * 1.2))
    ax.axis("off")
    return figure


def _key_lines(rows: pd.DataFrame, number: int, depth: int) -> list[tuple[int, int]]:
    """Questions with their depth, in the order drawn: what follows from "yes" comes first and deeper."""
    lines = [(number, depth)]
    for answer, deeper in (("yes", 1), ("no", 0)):
        onward = rows.loc[number, f"if_{answer}"]
        lines += [] if pd.isna(onward) else _key_lines(rows, int(onward), depth + deeper)
    return lines


def _draw_answer(ax, row: pd.Series, answer: str, start: tuple, end: float, places: dict) -> None:
    """Draw where an answer leads: to a box with the kinds, or along a line to the next question."""
    kinds, (x, y) = row[f"kinds_if_{answer}"], start
    if pd.notna(kinds):
        box = {"facecolor": "#DCEBF5", "edgecolor": COLORS[0], "boxstyle": "round,pad=0.3"}
        label = kinds.replace(";", " or ")
        ax.text(end + 0.08, y, label, fontsize=8, va="center", fontweight="bold", bbox=box)
        return
    onward = places[int(row[f"if_{answer}"])]
    look = {"color": "#777777", "linewidth": 1.1, "linestyle": "-" if answer == "yes" else ":"}
    ax.plot([x, x, onward[0] + 0.06], [y - 0.1, onward[1], onward[1]], **look)
    ax.text(x - 0.04, onward[1] + 0.1, answer, fontsize=7.5, style="italic", va="center", ha="right", color="#444444")


# How a status looks: marker, fill of the marker, words of the legend. From the closest tie to the loosest.
LOOKS = {
    "in force": ("s", "full", "in force"),
    "signed": ("D", "full", "signed, not in force"),
    "negotiating": ("o", "none", "in talks"),
    "open": ("o", "none", "announced or considered"),
    "past": ("x", "none", "dormant, unclear or over"),
}
GROUPS = {"announced": "open", "considered": "open", "dormant": "past", "unclear": "past", "completed": "past",
          "ended": "past"}  # fmt: skip


@_keeps_table
def status_matrix(now: pd.DataFrame, before: pd.DataFrame, title: str, since: str) -> Figure:
    """Draw who has what: partners down, kinds across, a mark per status; changes are ringed.

    Parameters
    ----------
    now, before : DataFrame of str
        Status by partner (index, the order drawn) and kind (columns), missing where there is none; `before`
        with the same labels, on an earlier day.
    title, since : str
        What the figure says; the earlier day in words.

    Returns
    -------
    Figure
        One axes.
    """
    figure, ax = plt.subplots(figsize=(WIDTH, 0.235 * len(now) + 2.1), layout="constrained")
    cells = now.rename_axis("partner").reset_index().melt("partner", var_name="kind", value_name="status").dropna()
    x, y = (dict(zip(labels, range(len(labels)), strict=True)) for labels in (now.columns, now.index))
    looks = cells["status"].replace(GROUPS)
    for status, (marker, fill, words) in LOOKS.items():
        here = cells[looks == status]
        size, shade = (5, "#777777") if status in ("open", "past") else (7, COLORS[0])
        ax.plot(here["kind"].map(x), here["partner"].map(y), linestyle="none", marker=marker, fillstyle=fill,
                markersize=size, color=shade, label=words)  # fmt: skip
    changed = [now.loc[row.partner, row.kind] != before.loc[row.partner, row.kind] for row in cells.itertuples()]
    ring = cells[changed]
    ax.plot(ring["kind"].map(x), ring["partner"].map(y), linestyle="none", marker="o", fillstyle="none",
            markersize=13, color=COLORS[1], label=f"changed since {since}")  # fmt: skip
    ax.set_xticks(range(now.shape[1]), now.columns, rotation=50, ha="left", rotation_mode="anchor")
    ax.set_yticks(range(len(now)), now.index)
    ax.tick_params(length=0, labeltop=True, labelbottom=False)
    ax.set(xlim=(-0.6, now.shape[1] - 0.4), ylim=(len(now) - 0.4, -0.6))
    ax.grid(alpha=0.35)
    ax.spines[:].set_visible(False)
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    figure.legend(loc="outside lower left", ncols=3, fontsize=8.5)
    return figure


@_keeps_table
def kind_timeline(counts: pd.DataFrame, milestones: pd.Series, title: str) -> Figure:
    """Draw new instruments by kind and year as small bars, the oldest kind at the bottom, decisions as lines.

    Parameters
    ----------
    counts : DataFrame of int
        New instruments, a row per year and a column per kind, in the order drawn (bottom first).
    milestones : Series of str
        Labels of decisions, indexed by their day (datetime64).
    title : str
        What the figure says.

    Returns
    -------
    Figure
        One axes.
    """
    figure, ax = plt.subplots(figsize=(WIDTH, 0.44 * counts.shape[1] + 1.9), layout="constrained")
    for height, kind in enumerate(counts):
        made = counts[kind][counts[kind] > 0]
        ax.axhline(height - 0.4, color="#DDDDDD", linewidth=0.8, zorder=0)
        ax.bar(
            made.index, 0.7 * made / counts.to_numpy().max() + 0.04, bottom=height - 0.4, width=0.85, color=COLORS[0]
        )
        peak = made.idxmax()
        if made[peak] > 1:
            ax.text(
                peak,
                height - 0.34 + 0.7 * made[peak] / counts.to_numpy().max(),
                f"{made[peak]}",
                ha="center",
                fontsize=8,
            )
    top = counts.shape[1] - 0.2
    for k, (day, label) in enumerate(milestones.items()):
        place = day.year + (day.day_of_year - 1) / 365
        ax.axvline(place, color=COLORS[1], linestyle="--", linewidth=1, zorder=0)
        ax.text(place, top + 0.62 * (k % 3), label, fontsize=8, color="#8A3A00", va="bottom", ha="right")
    labels = [f"{kind} ({total})" for kind, total in counts.sum().items()]
    ax.set_yticks([height - 0.1 for height in range(counts.shape[1])], labels)
    ax.set(xlabel="Year of signature (of the first session, for ministers' 2+2)", ylim=(-0.6, top))
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    ax.tick_params(axis="y", length=0)
    return figure


# ---------------------------------------------------------------------------------------------------
# Events in time


@_keeps_table
def monthly_bars(counts: pd.DataFrame, marked: pd.Period, title: str, ylabels: list[str]) -> Figure:
    """Draw events by month, one panel per row of labels, one month marked.

    Parameters
    ----------
    counts : DataFrame of int
        Events by month (PeriodIndex); columns come in pairs, binding and political, one pair per panel.
    marked : Period
        The month to mark.
    title : str
        What the figure says.
    ylabels : list of str
        What each panel counts.

    Returns
    -------
    Figure
        One axes per panel.
    """
    panels = len(ylabels)
    figure, axes = plt.subplots(panels, 1, figsize=(WIDTH, 2.3 * panels + 0.9), sharex=True, layout="constrained")
    x = counts.index.to_timestamp()
    for k, (ax, ylabel) in enumerate(zip(axes, ylabels, strict=True)):
        solid, light = (counts.iloc[:, 2 * k + i] for i in (0, 1))
        look = {"width": 26, "edgecolor": "white", "linewidth": 0.3}
        ax.bar(x, solid, color=COLORS[0], label="binding, sale or project", **look)
        ax.bar(x, light, bottom=solid, color=COLORS[6], hatch="////", label="political text", **look)
        total = (solid + light)[marked]
        arrow = {"arrowstyle": "-|>", "color": COLORS[1]}
        look = {"textcoords": "axes fraction", "ha": "right", "fontsize": 9, "fontweight": "bold", "color": COLORS[1]}
        ax.annotate(f"{marked:%B %Y}: {total}", (marked.to_timestamp(), total), (0.74, 0.9), arrowprops=arrow, **look)
        ax.set(ylabel=ylabel, xlim=(x[0] - pd.Timedelta(days=20), x[-1] + pd.Timedelta(days=20)))
        ax.yaxis.get_major_locator().set_params(integer=True)
        ax.set_ylim(0, 1.35 * (solid + light).max())
    axes[-1].set_xlabel("Month")
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper right", ncols=2)
    return figure


@_keeps_table
def chance_bars(chances: pd.DataFrame, title: str, xlabel: str) -> Figure:
    """Draw probabilities on a logarithmic scale, a line of marks per case, with the 5 percent line.

    Parameters
    ----------
    chances : DataFrame of float
        Probabilities (above 0), a row per case (the first on top) and a column per way to ask.
    title, xlabel : str
        What the figure says; what the probability is of.

    Returns
    -------
    Figure
        One axes.
    """
    figure, ax = plt.subplots(figsize=(WIDTH, 0.42 * len(chances) + 1.7), layout="constrained")
    y = range(len(chances))
    ax.hlines(y, chances.min(axis=1), chances.max(axis=1), color="#BBBBBB", linewidth=2, zorder=0)
    for column, color, marker in zip(chances, COLORS, MARKERS, strict=False):
        ax.plot(chances[column], y, linestyle="none", marker=marker, color=color, markersize=8, label=column)
    ax.axvline(0.05, color="#555555", linestyle="--", linewidth=1)
    ax.set_yticks(y, chances.index)
    ax.set(xscale="log", xlabel=xlabel, ylim=(len(chances) - 0.4, -0.6))
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    ax.set_xticks([0.0001, 0.001, 0.01, 0.05, 0.1, 1], ["0.01%", "0.1%", "1%", "5%", "10%", "100%"], minor=False)
    ax.minorticks_off()
    ax.grid(axis="x", alpha=0.3)
    figure.legend(loc="outside lower left", ncols=chances.shape[1])
    return figure


@_keeps_table
def duration_bars(spans: pd.DataFrame, title: str, xlabel: str) -> Figure:
    """Draw how long each case took: a bar per case, a panel per kind; what still lasts ends in an arrow.

    Parameters
    ----------
    spans : DataFrame
        ``type``, ``label``, ``state`` (str), ``months``, ``shortest``, ``longest`` (float) and ``signed`` (bool), in
        the order drawn.
    title, xlabel : str
        What the figure says; what the bars measure.

    Returns
    -------
    Figure
        One axes per kind.
    """
    groups = list(spans.groupby("type", sort=False))
    sizes = [len(group) for _, group in groups]
    figure, axes = plt.subplots(
        len(groups), 1, figsize=(WIDTH, 0.215 * sum(sizes) + 0.45 * len(groups) + 1.2), sharex=True,
        height_ratios=sizes, layout="constrained", squeeze=False,
    )  # fmt: skip
    for ax, (kind, group) in zip(axes[:, 0], groups, strict=True):
        y = range(len(group))
        shades = [COLORS[0] if signed else "white" for signed in group["signed"]]
        ax.barh(y, group["months"], color=shades, edgecolor=COLORS[0], height=0.66)
        ax.hlines(y, group["shortest"], group["longest"], color="black", linewidth=1.6)
        for height, row in enumerate(group.itertuples()):
            words = f" {row.months:.0f}" if row.signed else f" {row.months:.0f} \u2192 {row.state}"
            ax.text(row.longest, height, words, va="center", fontsize=8)
        ax.set_yticks(y, group["label"], fontsize=8)
        ax.set(ylim=(len(group) - 0.4, -0.6), xlim=(0, spans["longest"].max() * 1.12), ylabel=kind)
        ax.grid(axis="x", alpha=0.3)
    axes[-1, 0].set_xlabel(xlabel)
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    return figure


@_keeps_table
def survival_lines(panels: dict[str, dict[str, pd.DataFrame]], title: str, xlabel: str, ylabel: str) -> Figure:
    """Draw Kaplan-Meier curves with their intervals, a panel per group.

    Parameters
    ----------
    panels : dict of str to dict of str to DataFrame
        By panel and label: ``time``, ``share`` (still waiting, 0 to 1), ``low`` and ``high``.
    title, xlabel, ylabel : str
        What the figure says; the axes.

    Returns
    -------
    Figure
        One axes per panel.
    """
    figure, axes = plt.subplots(
        1, len(panels), figsize=(WIDTH, 3.7), sharex=True, sharey=True, layout="constrained", squeeze=False
    )
    for ax, (panel, curves) in zip(axes[0], panels.items(), strict=True):
        for (label, curve), color, dash in zip(curves.items(), COLORS, DASHES, strict=False):
            look = {"color": color, "where": "post", "linestyle": dash, "linewidth": 2, "label": label}
            ax.step(curve["time"], 100 * curve["share"], **look)
            band = {"step": "post", "color": color, "alpha": 0.15, "linewidth": 0}
            ax.fill_between(curve["time"], 100 * curve["low"], 100 * curve["high"], **band)
        ax.set(xlabel=xlabel, ylim=(0, 102), xlim=(0, None))
        ax.set_title(panel, fontsize=10.5)
        ax.grid(alpha=0.3)
        ax.legend(fontsize=9)
    axes[0, 0].set_ylabel(ylabel)
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    return figure


# ---------------------------------------------------------------------------------------------------
# The partner network


@_keeps_table
def tie_circles(
    panels: dict[str, pd.DataFrame], states: list[str], looks: list[str], title: str, *, columns: int, size: float = 9
) -> Figure:
    """Draw ties between states that stand on a circle, a panel per table; a state never moves.

    Parameters
    ----------
    panels : dict of str to DataFrame
        By title: ``party_a``, ``party_b``, ``look`` (one of `looks`) and ``kinds`` (the more, the thicker).
    states : list of str
        Codes in the order of the circle, clockwise from the top.
    looks : list of str
        What kinds of ties there are: each has a color and a dash of its own.
    title : str
        What the figure says.
    columns : int
        Panels side by side.
    size : float
        Size of the codes, in points.

    Returns
    -------
    Figure
        One axes per panel; the codes of states without a tie are gray.
    """
    rows, side = -(-len(panels) // columns), WIDTH / columns
    figure, axes = plt.subplots(
        rows, columns, figsize=(WIDTH, rows * 0.93 * side + 0.6), layout="constrained", squeeze=False
    )
    turn = 2 * np.pi * np.arange(len(states)) / len(states)
    places = dict(zip(states, np.column_stack([np.sin(turn), np.cos(turn)]), strict=True))
    for ax, (name, pairs) in zip(axes.flat, panels.items(), strict=False):
        for tie in pairs.itertuples():
            width = (0.3 + 0.7 * tie.kinds) * size / 9
            _draw_tie(ax, places[tie.party_a], places[tie.party_b], looks.index(tie.look), width)
        tied = set(pairs["party_a"]) | set(pairs["party_b"])
        for state, (x, y) in places.items():
            ink = "black" if state in tied else "#9A9A9A"
            ax.plot(x, y, "o", color=ink, markersize=size / 3, zorder=3)
            ax.text(1.15 * x, 1.13 * y, state, ha="center", va="center", fontsize=size, color=ink)
        ax.set(xlim=(-1.28, 1.28), ylim=(-1.22, 1.22), aspect="equal")
        ax.set_title(name, fontsize=10, loc="center")
    for ax in axes.flat:
        ax.axis("off")
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    if len(looks) > 1:
        lines = [Line2D([], [], color=c, linestyle=d, linewidth=2) for c, d in zip(COLORS, DASHES, strict=True)]
        figure.legend(lines[: len(looks)], looks, loc="outside lower left", ncols=len(looks), handlelength=3)
    return figure


def _draw_tie(ax, start, end, look: int, width: float) -> None:
    """Draw a tie as an arc that bends to the middle, so that ties of neighbors can be told apart."""
    path = Path([start, 0.35 * (start + end), end], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    ink = {"edgecolor": COLORS[look], "linestyle": DASHES[look], "alpha": 0.8}
    ax.add_patch(PathPatch(path, facecolor="none", linewidth=width, **ink))


@_keeps_table
def rank_grid(ranks: pd.DataFrame, title: str) -> Figure:
    """Draw ranks as a grid: states down, measures across, the best darkest.

    Parameters
    ----------
    ranks : DataFrame of float
        Ranks (1 is the best), in the order drawn.
    title : str
        What the figure says.

    Returns
    -------
    Figure
        One axes.
    """
    figure, ax = plt.subplots(figsize=(WIDTH, 0.255 * len(ranks) + 1.4), layout="constrained")
    sns.heatmap(
        ranks, annot=True, fmt=".0f", cmap="Blues_r", vmin=-2, vmax=len(ranks), cbar=False, linewidths=0.6, ax=ax,
        annot_kws={"fontsize": 8.5},
    )  # fmt: skip
    ax.tick_params(length=0, labeltop=True, labelbottom=False)
    ax.set_xticks(ax.get_xticks(), ranks.columns, rotation=30, ha="left", rotation_mode="anchor")
    ax.set(xlabel="", ylabel="")
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    return figure


@_keeps_table
def trend_panels(
    lines: dict[str, pd.DataFrame], measures: list[str], title: str, xlabel: str = "End of year"
) -> Figure:
    """Draw measures over time, a small panel per measure, with the same lines in each.

    Parameters
    ----------
    lines : dict of str to DataFrame
        By label: numbers by year, a column per measure.
    measures : list of str
        Columns to draw, in order.
    title, xlabel : str
        What the figure says; the horizontal axis.

    Returns
    -------
    Figure
        One axes per measure, each from 0.
    """
    figure, axes = plt.subplots(
        1, len(measures), figsize=(WIDTH, 3.6), layout="constrained", sharex=True, squeeze=False
    )
    for ax, measure in zip(axes[0], measures, strict=True):
        for (label, frame), color, dash in zip(lines.items(), COLORS, DASHES, strict=False):
            ax.plot(frame.index, frame[measure], color=color, linestyle=dash, linewidth=2, label=label)
        ax.set(ylim=(0, 1.12 * max(frame[measure].max() for frame in lines.values())), xlabel=xlabel)
        ax.set_title(measure, fontsize=10)
        ax.grid(axis="y", alpha=0.3)
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    handles, labels = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower left", ncols=len(labels), handlelength=3)
    return figure


@_keeps_table
def interval_marks(
    panels: dict[str, pd.DataFrame], title: str, xlabel: str, words: tuple[str, str], *, ranked: bool = False
) -> Figure:
    """Draw what was observed as a mark against an interval, a line per case and a panel per table.

    Parameters
    ----------
    panels : dict of str to DataFrame
        By title: ``observed``, ``low`` and ``high``, a row per case (the first on top), the same cases in each.
    title, xlabel : str
        What the figure says; the horizontal axis.
    words : tuple of str
        What the mark and the interval are.
    ranked : bool
        Whether the numbers are ranks: whole, from 1, the best on the right.

    Returns
    -------
    Figure
        One axes per panel; marks outside their interval are filled.
    """
    cases = next(iter(panels.values())).index
    figure, axes = plt.subplots(
        1, len(panels), figsize=(WIDTH, 0.27 * len(cases) + 1.9), layout="constrained", sharey=True, sharex=True,
        squeeze=False,
    )  # fmt: skip
    for ax, (name, rows) in zip(axes[0], panels.items(), strict=True):
        y = np.arange(len(rows))
        outside = ((rows["observed"] < rows["low"]) | (rows["observed"] > rows["high"])).to_numpy()
        ax.hlines(y, rows["low"], rows["high"], color="#9BBBD4", linewidth=6, label=words[1])
        for chosen, fill, label in ((~outside, "white", words[0]), (outside, COLORS[1], f"{words[0]}, outside")):
            look = {"linestyle": "none", "marker": "o" if fill == "white" else "D", "markersize": 6.5}
            if chosen.any():
                ax.plot(rows["observed"][chosen], y[chosen], color=COLORS[1], markerfacecolor=fill, label=label, **look)
        ax.set(xlabel=xlabel, ylim=(len(rows) - 0.4, -0.6))
        ax.set_title(name, fontsize=10)
        ax.grid(axis="x", alpha=0.3)
    axes[0, 0].set_yticks(range(len(cases)), cases)
    if ranked:
        axes[0, 0].set(xlim=(max(rows["high"].max() for rows in panels.values()) + 0.7, 0.3))
        axes[0, 0].set_xticks([1, *range(5, int(axes[0, 0].get_xlim()[0]) + 1, 5)])
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    found = dict(pair[::-1] for ax in axes.flat for pair in zip(*ax.get_legend_handles_labels(), strict=True))
    figure.legend(found.values(), found.keys(), loc="outside lower left", ncols=3)
    return figure


RUNGS = {
    "held": ("s", COLORS[0], "held, as on the ladder"),
    "extra": ("P", COLORS[1], "held without a lower rung"),
    "gap": ("o", "white", "lower rung missing"),
}


@_keeps_table
def ladder(cells: pd.DataFrame, title: str) -> Figure:
    """Draw a scalogram: partners down, kinds across from the most common, and where the ladder does not hold.

    Parameters
    ----------
    cells : DataFrame of str
        ``held``, ``extra``, ``gap`` or ``none``, in the order drawn.
    title : str
        What the figure says.

    Returns
    -------
    Figure
        One axes; the background is the perfect ladder.
    """
    figure, ax = plt.subplots(figsize=(WIDTH, 0.235 * len(cells) + 1.8), layout="constrained")
    for y, row in enumerate(cells.to_numpy()):
        ax.barh(y, sum(cell in ("held", "gap") for cell in row), left=-0.5, height=1, color="#E6EEF5", zorder=0)
    for kind, (marker, fill, words) in RUNGS.items():
        y, x = np.nonzero((cells == kind).to_numpy())
        edge = COLORS[0] if kind == "held" else COLORS[1]
        look = {"linestyle": "none", "markersize": 8, "markerfacecolor": fill, "markeredgecolor": edge}
        ax.plot(x, y, marker=marker, label=words, **look)
    ax.set_xticks(range(cells.shape[1]), cells.columns)
    ax.set_yticks(range(len(cells)), cells.index)
    ax.tick_params(length=0, labeltop=True, labelbottom=False)
    ax.set(xlim=(-0.5, cells.shape[1] - 0.5), ylim=(len(cells) - 0.4, -0.6))
    ax.spines[:].set_visible(False)
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    figure.legend(loc="outside lower left", ncols=3)
    return figure


ANSWERS = {
    "holds": ("o", COLORS[0], "holds"),
    "fails": ("X", COLORS[1], "does not hold"),
    "not asked": ("_", "#777777", "not asked"),
}


@_keeps_table
def verdicts(table: pd.DataFrame, title: str) -> Figure:
    """Draw which statement holds in which way of counting.

    Parameters
    ----------
    table : DataFrame of str
        ``holds``, ``fails`` or ``not asked``: ways of counting down, statements across.
    title : str
        What the figure says.

    Returns
    -------
    Figure
        One axes.
    """
    figure, ax = plt.subplots(figsize=(WIDTH, 0.34 * len(table) + 2.6), layout="constrained")
    for answer, (marker, color, words) in ANSWERS.items():
        y, x = np.nonzero((table == answer).to_numpy())
        ax.plot(x, y, linestyle="none", marker=marker, color=color, markersize=9, label=words)
    labels = [textwrap.fill(name, 92 // table.shape[1]) for name in table.columns]
    ax.set_xticks(range(table.shape[1]), labels, fontsize=8.5)
    ax.set_yticks(range(len(table)), table.index)
    ax.tick_params(length=0, labeltop=True, labelbottom=False)
    ax.set(xlim=(-0.5, table.shape[1] - 0.5), ylim=(len(table) - 0.4, -0.6))
    ax.grid(axis="y", alpha=0.35)
    ax.spines[:].set_visible(False)
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    figure.legend(loc="outside lower left", ncols=3)
    return figure


# ---------------------------------------------------------------------------------------------------
# The four stages

BEND, SQUEEZE = 1995.0, 4.0  # the time axis: years before the bend take a quarter of the room


def _squeezed(years):
    return np.where(np.asarray(years) < BEND, BEND + (np.asarray(years) - BEND) / SQUEEZE, years)


def _stretched(places):
    return np.where(np.asarray(places) < BEND, BEND + (np.asarray(places) - BEND) * SQUEEZE, places)


@_keeps_table
def path_lines(points: pd.DataFrame, stages: dict[int, str], title: str, xlabel: str = "Year") -> Figure:
    """Draw the path of each partner over time: a line that climbs where stages come in order, and falls where not.

    Parameters
    ----------
    points : DataFrame
        ``label`` (partner, in the order drawn, the first on top), ``stage`` (1 to 4), ``year``, ``start`` and ``end``
        (float: middle and bounds of the date).
    stages : dict of int to str
        Names of the stages.
    title, xlabel : str
        What the figure says; the horizontal axis.

    Returns
    -------
    Figure
        One axes; each stage has a height of its own within the lane of its partner, and its number in the mark.
    """
    labels = list(dict.fromkeys(points["label"]))
    figure, ax = plt.subplots(figsize=(WIDTH, 0.36 * len(labels) + 1.6), layout="constrained")
    for lane, label in enumerate(labels):
        own = points[points["label"] == label].sort_values(["year", "stage"])
        heights = lane + 0.36 - 0.24 * (own["stage"] - 1)
        if lane % 2:
            ax.axhspan(lane - 0.5, lane + 0.5, color="#F3F3F3", zorder=0)
        ax.hlines(heights, own["start"], own["end"], color="#999999", linewidth=1.2, zorder=1)
        ax.plot(own["year"], heights, color="#555555", linewidth=1, zorder=2)
        for year, height, stage in zip(own["year"], heights, own["stage"], strict=True):
            color = COLORS[int(stage) - 1]
            ax.plot(year, height, MARKERS[int(stage) - 1], color=color, markersize=8.5, zorder=3)
            ax.text(
                year,
                height,
                f"{stage}",
                color="white",
                fontsize=6,
                fontweight="bold",
                ha="center",
                va="center",
                zorder=4,
            )
    ax.set_xscale("function", functions=(_squeezed, _stretched))
    ax.set_xticks([1955, 1975, *range(1995, 2026, 5)])
    ax.set(xlim=(1948, 2028), ylim=(len(labels) - 0.4, -0.6), xlabel=xlabel)
    ax.axvline(BEND, color="#BBBBBB", linewidth=0.8, linestyle=":")
    ax.set_yticks(range(len(labels)), labels)
    ax.tick_params(axis="y", length=0)
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    look = {"linestyle": "none", "markersize": 8.5}
    marks = [Line2D([], [], color=COLORS[k - 1], marker=MARKERS[k - 1], **look) for k in stages]
    labels = [f"{k} {name}" for k, name in stages.items()]
    figure.legend(marks, labels, loc="outside lower left", ncols=len(stages))
    return figure


# ---------------------------------------------------------------------------------------------------
# Spending


@_keeps_table
def year_lines(
    panels: dict[str, pd.DataFrame],
    ylabels: list[str],
    title: str,
    *,
    xlabel: str = "Fiscal year",
    marks: dict[float, str] | None = None,
    levels: tuple[float, ...] = (),
    log: bool = False,
    inverted: bool = False,
    height: float = 4.4,
) -> Figure:
    """Draw figures by year, a panel per table and a line per column, each named at its end; gaps stay open.

    Parameters
    ----------
    panels : dict of str to DataFrame
        By title: numbers by year (index: int, every year), a column per line; a column has one look in all panels.
    ylabels : list of str
        What each panel measures, with unit and price basis.
    title, xlabel : str
        What the figure says; which kind of year.
    marks : dict of float to str, optional
        Years of decisions and what they were: dashed lines in every panel, named in the first.
    levels : tuple of float
        Heights of horizontal lines to read against.
    log : bool
        Whether the heights are logarithms, so that a straight line is constant growth.
    inverted : bool
        Whether small numbers stand on top, as ranks do.
    height : float
        Inches.

    Returns
    -------
    Figure
        One axes per panel. A year that stands alone is a dot.
    """
    figure, axes = plt.subplots(1, len(panels), figsize=(WIDTH, height), layout="constrained", squeeze=False)
    columns = list(dict.fromkeys(column for frame in panels.values() for column in frame))
    looks = {column: (COLORS[k % len(COLORS)], DASHES[k % len(DASHES)]) for k, column in enumerate(columns)}
    for ax, (name, frame), ylabel in zip(axes[0], panels.items(), ylabels, strict=True):
        for column in frame:
            values, (color, dash) = frame[column], looks[column]
            ax.plot(values.index, values, color=color, linestyle=dash, linewidth=2.6 if column == columns[0] else 1.8)
            alone = values[values.notna() & values.shift(1).isna() & values.shift(-1).isna()]
            ax.plot(alone.index, alone, "o", color=color, markersize=4)
        for level in levels:
            ax.axhline(level, color="#777777", linewidth=0.9, linestyle="--", zorder=0)
        ax.set(xlabel=xlabel, ylabel=ylabel, yscale="log" if log else "linear")
        ax.set_xlim(frame.index[0] - 0.5, frame.index[-1] + 0.5)
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.set_title(name, fontsize=10)
        ax.grid(axis="y", alpha=0.3)
        if inverted:
            ax.set_ylim(frame.max(axis=None) + 0.5, 0.5)
        elif not log:
            ax.set_ylim(min(0, 1.08 * frame.min(axis=None)), 1.08 * max(frame.max(axis=None), *levels, 0))
        _name_ends(ax, frame, looks)
    for ax in axes[0] if log else []:
        ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        ax.yaxis.set_major_formatter("{x:g}")
    figure.get_layout_engine().set(w_pad=0.12)
    _mark_years(axes[0], marks or {})
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    return figure


def _name_ends(ax, frame: pd.DataFrame, looks: dict[str, tuple]) -> None:
    """Name each line to the right of its last figure, so that no name lies on another."""
    ends = pd.Series({column: frame[column].dropna().iloc[-1] for column in frame})
    to_axes = ax.transScale + ax.transLimits
    heights = pd.Series([to_axes.transform((1, end))[1] for end in ends], index=ends.index)
    heights = _spread(heights, gap=0.055)
    heights -= max(0, heights.max() - 1)
    for column, place in heights.items():
        color, last = looks[column][0], frame[column].last_valid_index()
        start = (to_axes.transform((last, ends[column]))[0], to_axes.transform((last, ends[column]))[1])
        leader = {"color": "#999999", "linewidth": 0.6, "linestyle": (0, (1, 2)), "transform": ax.transAxes}
        ax.plot([start[0] + 0.008, 1.03], [start[1], place], clip_on=False, zorder=1, **leader)
        ax.text(1.04, place, column, color=color, fontsize=8.5, fontweight="bold", va="center", transform=ax.transAxes)


def _mark_years(axes, marks: dict[float, str]) -> None:
    """Draw decisions as dashed lines, named along the line in the first panel."""
    for k, ax in enumerate(axes):
        for year, words in marks.items():
            ax.axvline(year, color="#8A3A00", linewidth=0.9, linestyle=":", zorder=0)
            if k == 0:
                look = {"rotation": 90, "fontsize": 8, "color": "#8A3A00", "va": "bottom", "ha": "right"}
                ax.text(year - 0.2, 0.02, words, transform=ax.get_xaxis_transform(), **look)


@_keeps_table
def growth_steps(panels: dict[str, tuple[pd.Series, pd.DataFrame]], title: str, ylabel: str, xlabel: str) -> Figure:
    """Draw growth by year as bars, with the mean of each stretch between breaks as a line.

    Parameters
    ----------
    panels : dict of str to tuple
        By title: percent by year, and the stretches with ``start``, ``end`` and ``mean``.
    title, ylabel, xlabel : str
        What the figure says; the axes.

    Returns
    -------
    Figure
        One axes per panel, one under the other.
    """
    figure, axes = plt.subplots(
        len(panels), 1, figsize=(WIDTH, 2.5 * len(panels) + 0.6), layout="constrained", sharex=True, squeeze=False
    )
    for ax, (name, (series, parts)) in zip(axes[:, 0], panels.items(), strict=True):
        ax.bar(series.index, series, color="#A9C7DD", width=0.8)
        ax.hlines(parts["mean"], parts["start"] - 0.5, parts["end"] + 0.5, color=COLORS[1], linewidth=2.6)
        for part in parts.itertuples():
            top = max(series.loc[part.start : part.end].max(), part.mean)
            look = {"fontsize": 9, "fontweight": "bold", "color": "#A03C00", "ha": "center", "va": "bottom"}
            ax.text((part.start + part.end) / 2, top + 0.8, f"{part.start}: {part.mean:.1f}", **look)
        ax.axhline(0, color="#555555", linewidth=0.8)
        ax.set(ylabel=ylabel, ylim=(min(0, series.min()) - 1, series.max() + 5))
        ax.set_title(name, fontsize=10)
        ax.grid(axis="y", alpha=0.3)
    years = [year for series, _ in panels.values() for year in (series.index[0], series.index[-1])]
    axes[-1, 0].set(xlabel=xlabel, xlim=(min(years) - 2, max(years) + 2))
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    return figure


@_keeps_table
def progress_bars(planned: pd.Series, done: pd.DataFrame, title: str, xlabel: str) -> Figure:
    """Draw how much of each planned amount is done: an outline for the plan, filled by what came, year by year.

    Parameters
    ----------
    planned : Series of float
        Amount planned, in the order drawn (the first on top).
    done : DataFrame of float
        Amounts by item and year, with the index of `planned`.
    title, xlabel : str
        What the figure says; what is measured.

    Returns
    -------
    Figure
        One axes; the share done stands behind each bar.
    """
    figure, ax = plt.subplots(figsize=(WIDTH, 0.33 * len(planned) + 1.6), layout="constrained")
    left = pd.Series(0.0, index=planned.index)
    for column, (color, hatch, _) in zip(done, SHADES, strict=False):
        ax.barh(planned.index, done[column], left=left, color=color, hatch=hatch, edgecolor="white", height=0.62,
                label=column)  # fmt: skip
        left += done[column]
    ax.barh(planned.index, planned, facecolor="none", edgecolor="black", height=0.74, label="planned")
    for item, amount in left.items():
        end = max(planned[item], amount)
        ax.text(end, item, f"  {100 * amount / planned[item]:.0f}%", va="center", fontsize=8.5)
    ax.invert_yaxis()
    ax.set(xlabel=xlabel, xlim=(0, 1.09 * planned.max()))
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", alpha=0.3)
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    figure.legend(loc="outside lower left", ncols=4)
    return figure


@_keeps_table
def claim_bars(panels: dict[str, tuple[pd.Series, float, str]], title: str, xlabel: str) -> Figure:
    """Draw one claim as a line and what each measure gives as bars, a panel per claim.

    Parameters
    ----------
    panels : dict of str to tuple
        By title: ratio by measure (the first on top), the ratio claimed, and words for it.
    title, xlabel : str
        What the figure says; what is measured.

    Returns
    -------
    Figure
        One axes per panel, one under the other.
    """
    sizes = [len(ratios) for ratios, _, _ in panels.values()]
    figure, axes = plt.subplots(
        len(panels), 1, figsize=(WIDTH, 0.33 * sum(sizes) + 0.7 * len(sizes) + 0.7), height_ratios=sizes, sharex=True,
        layout="constrained", squeeze=False,
    )  # fmt: skip
    for ax, (name, (ratios, claimed, words)) in zip(axes[:, 0], panels.items(), strict=True):
        ax.barh(ratios.index, ratios, color=COLORS[0], height=0.62)
        for measure, ratio in ratios.items():
            ax.text(0.03, measure, f"{ratio:.2f}", va="center", color="white", fontweight="bold")
        ax.axvline(claimed, color=COLORS[1], linestyle="--", linewidth=1.6)
        ax.set_title(f"{name} (dashed: {words})", fontsize=10)
        ax.invert_yaxis()
        ax.tick_params(axis="y", length=0)
    end = max(max(ratios.max(), claimed) for ratios, claimed, _ in panels.values())
    axes[-1, 0].set(xlabel=xlabel, xlim=(0, 1.05 * end))
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    return figure


@_keeps_table
def split_bars(parts: pd.DataFrame, title: str, xlabel: str) -> Figure:
    """Draw changes as what their parts add and take away, with the change itself as a mark.

    Parameters
    ----------
    parts : DataFrame of float
        A bar per row (the first on top), a part per column (at most four); the row's sum is the change.
    title, xlabel : str
        What the figure says; what is measured.

    Returns
    -------
    Figure
        One axes.
    """
    figure, ax = plt.subplots(figsize=(WIDTH, 0.62 * len(parts) + 1.7), layout="constrained")
    ends = {1: pd.Series(0.0, index=parts.index), -1: pd.Series(0.0, index=parts.index)}
    for column, (color, hatch, ink) in zip(parts, SHADES, strict=False):
        for sign, end in ends.items():
            some = parts[column].where(np.sign(parts[column]) == sign, 0.0)
            look = {"color": color, "hatch": hatch, "edgecolor": "white", "height": 0.6}
            bars = ax.barh(parts.index, some, left=end, label=column if sign > 0 else None, **look)
            box = {"facecolor": color, "edgecolor": "none", "pad": 1.0}
            words = [f"{value:+.0f}" if abs(value) >= 2.5 else "" for value in some]
            ax.bar_label(bars, words, label_type="center", fontsize=8.5, fontweight="bold", color=ink, bbox=box)
            ends[sign] = end + some
    total = parts.sum(axis=1)
    tops = [row - 0.32 for row in range(len(parts))]  # on the upper edge, where no number stands
    ax.plot(total, tops, "D", color="black", markersize=7, label="change", zorder=5)
    for row, value in enumerate(total):
        ax.text(value, row - 0.4, f" {value:+.0f}", ha="left", va="bottom", fontsize=9, fontweight="bold")
    ax.axvline(0, color="#555555", linewidth=0.9)
    ax.invert_yaxis()
    ax.set(xlabel=xlabel)
    ax.margins(x=0.07)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", alpha=0.3)
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    figure.legend(loc="outside lower left", ncols=4)
    return figure


@_keeps_table
def labeled_points(panels: dict[str, pd.DataFrame], labels: list[str], title: str) -> Figure:
    """Draw cases as points with their names, a panel per pair of measures.

    Parameters
    ----------
    panels : dict of str to DataFrame
        By title: two columns, across and up, a row per case; their names are the axes.
    labels : list of str
        Cases to point out by a mark of their own.
    title : str
        What the figure says.

    Returns
    -------
    Figure
        One axes per panel, one under the other; measures that are always above 0 on a logarithmic scale.
    """
    size = (WIDTH, 3.3 * len(panels) + 0.3)
    figure, axes = plt.subplots(len(panels), 1, figsize=size, layout="constrained", squeeze=False)
    for ax, (name, frame) in zip(axes[:, 0], panels.items(), strict=True):
        frame = frame.dropna()
        x, y = frame.columns
        for chosen, marker, color in (
            (~frame.index.isin(labels), "o", COLORS[0]),
            (frame.index.isin(labels), "D", COLORS[1]),
        ):
            ax.plot(frame[x][chosen], frame[y][chosen], linestyle="none", marker=marker, color=color, markersize=5)
        if frame[y].min() > 0:
            ax.set_yscale("log")
            ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
            ax.yaxis.set_major_formatter("{x:g}")
            ax.minorticks_off()
        heights = pd.Series(ax.transScale.transform(frame[[x, y]])[:, 1], index=frame.index)
        for place, same in heights.groupby(frame[x]):
            for case, height in _spread(same, gap=(heights.max() - heights.min()) / 20).items():
                at = ax.transScale.inverted().transform((place, height))
                ax.text(*at, f"  {case}", fontsize=8, va="center")
        ax.set(xlabel=x, ylabel=y)
        ax.margins(x=0.06)
        ax.set_title(name, fontsize=10)
        ax.grid(alpha=0.3)
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=12)
    return figure


@_keeps_table
def event_strip(points: pd.DataFrame, title: str) -> Figure:
    """Draw events as strokes on a line of time, one line per kind of event.

    Parameters
    ----------
    points : DataFrame
        One row per event: ``year`` (float, with its fraction) and ``what`` (categorical, at most seven kinds; each has
        its own mark, also where others are missing).
    title : str
        What the figure says.

    Returns
    -------
    Figure
        One axes; each line is named, with the number of its events.
    """
    counts = points["what"].value_counts(sort=False).loc[lambda numbers: numbers > 0]
    looks = dict(zip(points["what"].cat.categories, zip(MARKERS, COLORS, strict=True), strict=False))
    figure, ax = plt.subplots(figsize=(WIDTH, 0.9 + 0.55 * len(counts)), layout="constrained")
    for row, what in enumerate(counts.index):
        years, (marker, color) = points.loc[points["what"] == what, "year"], looks[what]
        ax.plot(years, [row] * len(years), marker, color=color, markersize=6, alpha=0.55, markeredgewidth=0)
    ax.set_yticks(range(len(counts)), [f"{what} ({number})" for what, number in counts.items()])
    ax.tick_params(axis="y", length=0)
    span = (points["year"].min() - 1.5, points["year"].max() + 1.5)
    ax.set(title=title, xlabel="Year", xlim=span, ylim=(len(counts) - 0.5, -0.5))
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.grid(axis="x", alpha=0.3)
    return figure


@_keeps_table
def year_bars(counts: pd.DataFrame, title: str, ylabel: str, legend: str) -> Figure:
    """Draw counts by year as stacked bars.

    Parameters
    ----------
    counts : DataFrame of int
        By year (index: int), a part per column (at most four).
    title, ylabel, legend : str
        What the figure says; what is counted; what the parts are.

    Returns
    -------
    Figure
        One axes.
    """
    figure, ax = plt.subplots(figsize=(WIDTH, 3.2), layout="constrained")
    bottom = pd.Series(0, index=counts.index)
    for column, (color, hatch, _) in zip(counts, SHADES, strict=False):
        look = {"color": color, "hatch": hatch, "edgecolor": "white", "linewidth": 0.3}
        ax.bar(counts.index, counts[column], bottom=bottom, label=column, **look)
        bottom = bottom + counts[column]
    ax.set(title=title, xlabel="Year", ylabel=ylabel, xlim=(counts.index[0] - 0.7, counts.index[-1] + 0.7))
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.grid(axis="y", alpha=0.3)
    figure.legend(title=legend, loc="outside lower left", ncols=4)
    return figure
