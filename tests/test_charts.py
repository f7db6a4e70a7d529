"""The charts draw what they are given, say it in words, and are the same on every run."""

import io
from itertools import combinations, pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from helpers import charts, network

ALT = "A line that climbs from one partner in 1990 to three in 2020."


@pytest.fixture(autouse=True)
def _style():
    charts.style()
    yield
    plt.close("all")


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


def test_share_bars_add_up():
    shares = pd.DataFrame({"high": [80.0, 50.0], "medium": [15.0, 30.0], "low": [5.0, 20.0]}, index=["talks", "claims"])
    ax = charts.share_bars(shares, "Title", legend="Confidence").axes[0]
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
    assert set(data) == {"image/svg+xml", "image/png", "text/csv", "text/plain"}
    assert data["text/csv"].splitlines()[0].split(",")[1:] == list(counts)
    assert len(data["text/csv"].splitlines()) == 1 + len(counts)
    assert data["text/plain"] == ALT
    assert f"<title>{ALT}</title>" in data["image/svg+xml"]
    assert metadata["image/png"]["alt"] == metadata["image/svg+xml"]["alt"] == ALT


def test_the_table_of_a_figure_says_which_part_a_row_is_of():
    one, two = pd.DataFrame({"a": [1, 2]}), pd.Series([3.0], index=pd.Index([2020], name="year"), name="b")
    assert charts._table_of([one, "Title", ["words"], 3]).to_csv(index=False) == "a\n1\n2\n"
    assert charts._table_of([pd.DataFrame({"a": [1]}, index=[2020])])["row"].tolist() == [2020]
    nested = charts._table_of([{"left": (one, 5), "right": {"deep": two}}, "Title"])
    assert nested["part"].tolist() == ["left", "left", "right / deep"]
    assert nested.loc[2, ["year", "b"]].tolist() == [2020, 3]
    assert set(charts._table_of([one, two])["part"]) == {"1", "2"}


def test_every_chart_keeps_its_table():
    drawn = [name for name in charts.__all__ if name not in ("show", "style")]
    assert all(hasattr(getattr(charts, name), "__wrapped__") for name in drawn)


def test_show_is_the_same_twice(counts, shown):
    for _ in range(2):
        charts.show(charts.growth_lines(counts, "Title", "Partners"), alt=ALT)
    assert shown[0] == shown[1]


def test_names_inside_a_picture_do_not_hang_on_the_last_digit():
    """Two pictures whose layout differs by less than a thousandth of a point have the same names inside."""
    pictures = [f'<g clip-path="url(#{name})"/><path id="m12345abcde"/><clipPath id="{name}"/>'.encode()
                for name in ("p2281f75a55", "pcb3073911e")]  # fmt: skip
    first, second = (charts._numbered(picture, "Title") for picture in pictures)
    assert first == second and first.count(b"-0") == 2 and b"m12345abcde" not in first
    assert charts._numbered(pictures[0], "Another title") != first


def test_show_wants_words(counts):
    with pytest.raises(ValueError, match="says what the figure shows"):
        charts.show(charts.growth_lines(counts, "Title", "Partners"), alt="Growth")


def test_shades_stand_apart():
    """Relative luminance differs, so that the bars can be told apart without color."""

    def luminance(color):
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    values = sorted(luminance(color) for color, _, _ in charts.SHADES)
    assert all(b - a > 0.05 for a, b in pairwise(values))


# ---------------------------------------------------------------------------------------------------
# The taxonomy's figures


def boxes(figure, texts):
    """Where texts lie, in pixels."""
    figure.draw_without_rendering()
    return [text.get_window_extent() for text in texts if text.get_text()]


def test_the_key_shows_every_question_and_every_end(tables):
    ax = charts.key_tree(tables.key_questions, "Title").axes[0]
    words = [" ".join(text.get_text().split()) for text in ax.texts]
    for row in tables.key_questions.itertuples():
        assert f"{row.question}. {row.text}" in words
    ends = pd.concat([tables.key_questions["kinds_if_yes"], tables.key_questions["kinds_if_no"]]).dropna()
    assert sorted(ends.str.replace(";", " or ")) == sorted(word for word in words if word.isupper() or " or V" in word)


def test_no_words_of_the_key_lie_on_others(tables):
    figure = charts.key_tree(tables.key_questions, "Title")
    placed = boxes(figure, [text for text in figure.axes[0].texts if text.get_style() != "italic"])
    assert not [(a, b) for a, b in combinations(placed, 2) if a.shrunk(0.98, 0.9).overlaps(b.shrunk(0.98, 0.9))]


@pytest.fixture
def statuses():
    now = pd.DataFrame({"ACSA": ["in force", "signed"], "RAA": ["negotiating", "dormant"]}, index=["Italy", "France"])
    return now, now.replace({"signed": "negotiating"})


def test_the_matrix_marks_each_status_and_rings_each_change(statuses):
    ax = charts.status_matrix(*statuses, "Title", "August").axes[0]
    marks = {line.get_label(): len(line.get_xdata()) for line in ax.lines}
    assert marks == {
        "in force": 1, "signed, not in force": 1, "in talks": 1, "announced or considered": 0,
        "dormant, unclear or over": 1, "changed since August": 1,
    }  # fmt: skip
    looks = {(line.get_marker(), line.get_fillstyle(), line.get_markersize()) for line in ax.lines}
    assert len(looks) == 6


def test_the_timeline_draws_a_bar_per_year_and_a_line_per_decision():
    counts = pd.DataFrame({"SOFA": [1, 0, 0], "ACSA": [0, 2, 4]}, index=[1952, 1996, 2024])
    decisions = pd.Series(["export principles"], index=pd.to_datetime(["2014-04-01"]))
    ax = charts.kind_timeline(counts, decisions, "Title").axes[0]
    heights = [[bar.get_height() for bar in bars] for bars in ax.containers]
    assert [len(row) for row in heights] == [1, 2]
    assert heights[1][1] - 0.04 == pytest.approx(2 * (heights[1][0] - 0.04))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["SOFA (1)", "ACSA (6)"]
    assert [text.get_text() for text in ax.texts] == ["4", "export principles"]


def test_monthly_bars_draw_the_counts_and_name_the_month():
    index = pd.period_range("2023-12", "2024-02", freq="M")
    columns = pd.MultiIndex.from_product([["signed", "in force"], [False, True]])
    counts = pd.DataFrame([[5, 4, 0, 0], [3, 1, 1, 0], [0, 3, 0, 0]], index=index, columns=columns)
    upper, lower = charts.monthly_bars(counts, index[1], "Title", ["Signed", "In force"]).axes
    assert [[bar.get_height() for bar in bars] for bars in upper.containers] == [[5, 3, 0], [4, 1, 3]]
    assert [ax.texts[0].get_text() for ax in (upper, lower)] == ["January 2024: 4", "January 2024: 1"]


def test_chances_are_drawn_where_they_are():
    chances = pd.DataFrame({"named": [0.01, 0.2], "chosen": [0.5, 1.0]}, index=["month", "winter"])
    ax = charts.chance_bars(chances, "Title", "Chance").axes[0]
    drawn = [line.get_xdata().tolist() for line in ax.lines if line.get_label() in chances]
    assert drawn == [[0.01, 0.2], [0.5, 1.0]]
    assert ax.get_xscale() == "log"


def test_durations_say_what_is_not_signed():
    spans = pd.DataFrame(
        {"type": ["ACSA", "ACSA", "RAA"], "label": ["Italy", "South Korea", "France"], "months": [5.4, 18.0, 26.0],
         "shortest": [5.0, 18.0, 26.0], "longest": [6.0, 18.0, 26.0], "signed": [True, False, False],
         "state": ["signed", "dormant", "open"]}
    )  # fmt: skip
    upper, lower = charts.duration_bars(spans, "Title", "Months").axes
    assert [text.get_text().strip() for text in upper.texts] == ["5", "18 \u2192 dormant"]
    assert [text.get_text().strip() for text in lower.texts] == ["26 \u2192 open"]
    colors = [to_rgb(bar.get_facecolor()) for bar in upper.containers[0]]
    assert colors[0] != colors[1] == (1, 1, 1)


def test_survival_lines_draw_percent_a_panel_per_group():
    curve = pd.DataFrame({"time": [0, 2, 4], "share": [1, 0.5, 0], "low": [1, 0.1, 0], "high": [1, 0.9, 0]})
    left, right = charts.survival_lines({"A": {"few": curve, "many": curve}, "B": {"few": curve}}, "T", "x", "y").axes
    assert [line.get_ydata().tolist() for line in left.lines] == [[100, 50, 0]] * 2
    assert len({line.get_linestyle() for line in left.lines}) == 2
    assert right.get_title("left") == "B"


def test_the_source_lies_below_the_legend_also_in_the_picture(statuses, monkeypatch):
    """Cropping moves a legend that is laid out outside of the axes; show holds it in its place."""
    figure = charts.status_matrix(*statuses, "Title", "August")
    monkeypatch.setattr(charts, "display", lambda *args, **kwargs: None)
    kept = {}
    monkeypatch.setattr(charts, "_saved", lambda figure, kind, title, box: kept.setdefault(kind, box) and b"")
    charts.show(figure, alt=ALT, source="agreements.csv")
    legend = figure.legends[0].get_window_extent()
    source = figure.texts[-1].get_window_extent()
    assert source.y1 <= legend.y0
    figure.savefig(io.BytesIO(), bbox_inches=kept["svg"])
    assert figure.legends[0].get_bbox_to_anchor().width == 0  # a point of the figure, not an edge of the picture


# ---------------------------------------------------------------------------------------------------
# The network's figures


@pytest.fixture
def drawn():
    """Three ties of two looks."""
    return pd.DataFrame({"party_a": ["AUS", "JPN", "AUS"], "party_b": ["JPN", "USA", "USA"],
                         "look": ["talk", "force", "talk"], "kinds": [1, 3, 2]})  # fmt: skip


STATES = ["USA", "GBR", "AUS", "JPN", "MNG"]


def test_circles_draw_each_tie_by_look_and_thickness(drawn):
    figure = charts.tie_circles({"now": drawn}, STATES, ["force", "talk"], "Title", columns=1)
    ties = figure.axes[0].patches
    assert [tie.get_linewidth() for tie in ties] == pytest.approx([1.0, 2.4, 1.7])
    assert {to_rgb(tie.get_edgecolor()) for tie in ties} == {to_rgb(color) for color in charts.COLORS[:2]}
    assert len({str(tie.get_linestyle()) for tie in ties}) == 2
    assert [text.get_text() for text in figure.legends[0].texts] == ["force", "talk"]


def test_states_never_move_and_those_without_a_tie_are_gray(drawn):
    panels = {"then": drawn.iloc[:1], "now": drawn, "never": drawn.iloc[:0]}
    figure = charts.tie_circles(panels, STATES, ["force", "talk"], "Title", columns=2)
    places = [{t.get_text(): t.get_position() for t in ax.texts} for ax in figure.axes[:3]]
    assert places[0] == places[1] == places[2] and set(places[0]) == set(STATES)
    gray = [{t.get_text() for t in ax.texts if t.get_color() != "black"} for ax in figure.axes[:3]]
    assert gray == [{"USA", "GBR", "MNG"}, {"GBR", "MNG"}, set(STATES)]
    assert len(figure.axes) == 4 and not figure.axes[3].axison


def test_no_code_of_a_small_circle_lies_on_another(tables):
    states = network.sample(tables)
    panels = {f"{k}": network.deepest(network.ties(tables, "2020-12-31"), {"ALLIANCE": "tie"}) for k in range(9)}
    figure = charts.tie_circles(panels, states, ["tie"], "Title", columns=3, size=6)
    figure.draw_without_rendering()
    texts = [text for text in figure.axes[0].texts if text.get_text()]
    for one, other in combinations(boxes(figure, texts), 2):
        assert not one.overlaps(other)


def test_the_rank_grid_writes_every_rank():
    ranks = pd.DataFrame({"degree": [1.0, 2.0], "strength": [2.0, 1.0]}, index=["Japan", "India"])
    ax = charts.rank_grid(ranks, "Title").axes[0]
    assert [text.get_text() for text in ax.texts] == ["1", "2", "2", "1"]


def test_trend_panels_share_their_lines_and_start_at_zero():
    pairs, whole = (pd.DataFrame({"density": d, "clustering": d}, index=[1990, 2020]) for d in ([0.1, 0.3], [0.2, 0.1]))
    figure = charts.trend_panels({"pairs": pairs, "whole": whole}, ["density", "clustering"], "Title")
    assert [line.get_ydata().tolist() for line in figure.axes[0].lines] == [[0.1, 0.3], [0.2, 0.1]]
    assert all(ax.get_ylim()[0] == 0 for ax in figure.axes)
    assert len({line.get_linestyle() for line in figure.axes[0].lines}) == 2
    assert [text.get_text() for text in figure.legends[0].texts] == ["pairs", "whole"]


def test_interval_marks_tell_what_lies_outside():
    rows = pd.DataFrame({"observed": [2.0, 9.0], "low": [1.0, 3.0], "high": [4.0, 5.0]}, index=["a", "b"])
    figure = charts.interval_marks({"panel": rows}, "Title", "x", ("seen", "chance"))
    assert [text.get_text() for text in figure.legends[0].texts] == ["chance", "seen", "seen, outside"]
    inside, outside = figure.axes[0].lines
    assert (inside.get_xdata().tolist(), outside.get_xdata().tolist()) == ([2.0], [9.0])
    assert inside.get_marker() != outside.get_marker()


def test_ranks_stand_with_the_first_on_the_right():
    rows = pd.DataFrame({"observed": [1.0, 6.0], "low": [1.0, 3.0], "high": [2.0, 12.0]}, index=["a", "b"])
    ax = charts.interval_marks({"panel": rows}, "Title", "Rank", ("seen", "chance"), ranked=True).axes[0]
    assert ax.get_xlim()[0] > 12 > 1 > ax.get_xlim()[1] and ax.get_xticks().tolist() == [1, 5, 10]


def test_the_ladder_marks_rungs_gaps_and_extras():
    cells = pd.DataFrame([["held", "held"], ["gap", "extra"], ["held", "none"]], index=list("ABC"), columns=["x", "y"])
    figure = charts.ladder(cells, "Title")
    assert [len(line.get_xdata()) for line in figure.axes[0].lines] == [3, 1, 1]
    assert [bar.get_width() for bar in figure.axes[0].patches] == [2, 1, 1]


def test_verdicts_mark_every_answer_and_no_heading_lies_on_another():
    words = ["holds", "fails", "not asked"]
    long = [f"a statement of several long words number {k}" for k in range(8)]
    table = pd.DataFrame([[words[(i + j) % 3] for j in range(8)] for i in range(3)], index=list("ABC"), columns=long)
    figure = charts.verdicts(table, "Title")
    ax = figure.axes[0]
    assert sum(len(line.get_xdata()) for line in ax.lines) == table.size
    assert len({line.get_marker() for line in ax.lines}) == 3
    figure.draw_without_rendering()
    for one, other in combinations(boxes(figure, ax.get_xticklabels()), 2):
        assert not one.overlaps(other)


# ---------------------------------------------------------------------------------------------------
# The stages' figure


def test_paths_climb_where_stages_come_in_order():
    points = pd.DataFrame({"label": ["A"] * 3 + ["B"] * 2, "stage": [1, 2, 3, 2, 1], "year": [1960.0, 2001, 2010, 1999, 2005],
                           "start": [1960.0, 2001, 2010, 1999, 2005], "end": [1961.0, 2001, 2010, 1999, 2005]})  # fmt: skip
    figure = charts.path_lines(points, {1: "talks", 2: "agreements", 3: "exercises", 4: "fusion"}, "Title")
    ax = figure.axes[0]
    paths = [
        line
        for line in ax.lines
        if line.get_marker() in ("None", None, "") and len(line.get_xdata()) > 1 and line.get_zorder() == 2
    ]
    climbs = [list(line.get_ydata()) for line in paths if line.get_linestyle() == "-"][:2]
    assert climbs[0] == sorted(climbs[0], reverse=True)  # higher stages stand higher, and the axis points down
    assert climbs[1] == sorted(climbs[1])
    assert [text.get_text() for text in ax.texts] == ["1", "2", "3", "2", "1"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["A", "B"]
    assert [text.get_text() for text in figure.legends[0].texts] == [
        "1 talks",
        "2 agreements",
        "3 exercises",
        "4 fusion",
    ]


def test_years_before_the_bend_take_a_quarter_of_the_room():
    places = charts._squeezed([1955, 1975, 1995, 2015])
    assert places[2] - places[1] == pytest.approx(5) and places[3] - places[2] == pytest.approx(20)
    assert charts._stretched(places).tolist() == pytest.approx([1955, 1975, 1995, 2015])


# ---------------------------------------------------------------------------------------------------
# Spending


def long_lines(ax, length):
    """Lines of a panel with so many points: the data, without marks and leaders."""
    return [line for line in ax.lines if len(line.get_xdata()) == length]


@pytest.fixture
def amounts():
    """Five years, with a gap in one line and a year that stands alone."""
    nan = float("nan")
    return pd.DataFrame(
        {"budget": [1.0, nan, 3.0, 4.0, 5.0], "goal": [nan, nan, nan, 5.0, 6.0]}, index=range(2001, 2006)
    )


def test_year_lines_leave_gaps_open_and_dot_lone_years(amounts):
    ax = charts.year_lines({"": amounts}, ["Trillion yen, current prices"], "Title", levels=(2,)).axes[0]
    budget, goal = long_lines(ax, 5)
    assert budget.get_ydata().tolist()[2:] == [3, 4, 5] and pd.isna(budget.get_ydata()[1])
    dots = [line for line in ax.lines if line.get_marker() == "o" and len(line.get_xdata())]
    assert [line.get_xdata().tolist() for line in dots] == [[2001]]
    assert budget.get_linestyle() != goal.get_linestyle()
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("Fiscal year", "Trillion yen, current prices")
    assert ax.get_ylim()[0] == 0 and [text.get_text() for text in ax.texts] == ["budget", "goal"]


def test_a_line_looks_alike_in_all_panels(amounts):
    figure = charts.year_lines({"one": amounts, "two": amounts[["goal"]]}, ["a", "b"], "Title", xlabel="Calendar year")
    first, second = (long_lines(ax, 5)[-1] for ax in figure.axes)
    assert first.get_color() == second.get_color() and first.get_linestyle() == second.get_linestyle()
    assert {ax.get_xlabel() for ax in figure.axes} == {"Calendar year"}


def test_year_lines_name_their_marks_and_no_name_lies_on_another(amounts):
    crowded = pd.DataFrame({f"line {k}": [1.0, 2 + k / 100] for k in range(6)}, index=[2001, 2002])
    figure = charts.year_lines({"": crowded}, ["Percent"], "Title", marks={2001: "a decision"})
    figure.draw_without_rendering()
    *names, mark = figure.axes[0].texts
    assert mark.get_text() == "a decision" and mark.get_rotation() == 90
    for one, other in combinations(boxes(figure, names), 2):
        assert not one.overlaps(other)


def test_ranks_stand_with_the_first_on_top_and_logs_have_plain_numbers(amounts):
    ranks = charts.year_lines({"": amounts.fillna(2)}, ["Rank"], "Title", inverted=True).axes[0]
    assert ranks.yaxis_inverted()
    ax = charts.year_lines({"": amounts}, ["Yen"], "Title", log=True).axes[0]
    ax.figure.draw_without_rendering()
    assert ax.get_yscale() == "log" and {"1", "2", "5"} <= {label.get_text() for label in ax.get_yticklabels()}


def test_growth_steps_draw_bars_and_the_mean_of_each_stretch():
    series = pd.Series([5.0, 7.0, 1.0, -1.0], index=range(2001, 2005))
    parts = pd.DataFrame({"start": [2001, 2003], "end": [2002, 2004], "mean": [6.0, 0.0]})
    figure = charts.growth_steps(
        {"one": (series, parts), "two": (series, parts)}, "Title", "Growth, percent", "Fiscal year"
    )
    for ax in figure.axes:
        assert [bar.get_height() for bar in ax.patches] == series.tolist()
        assert [segment[0][1] for segment in ax.collections[0].get_segments()] == [6, 0]
        assert [text.get_text() for text in ax.texts] == ["2001: 6.0", "2003: 0.0"]
    assert figure.axes[-1].get_xlabel() == "Fiscal year"


def test_progress_bars_add_up_and_say_the_share_done():
    planned = pd.Series({"ships": 4.0, "cyber": 1.0})
    done = pd.DataFrame({"2023": [1.0, 0.5], "2024": [1.0, 0.7]}, index=planned.index)
    ax = charts.progress_bars(planned, done, "Title", "Trillion yen").axes[0]
    assert [[bar.get_width() for bar in bars] for bars in ax.containers] == [[1, 0.5], [1, 0.7], [4, 1]]
    assert [bar.get_x() for bar in ax.containers[1]] == [1, 0.5]
    assert [text.get_text().strip() for text in ax.texts] == ["50%", "120%"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1] and [text.get_text() for text in ax.figure.legends[0].texts] == [
        "2023", "2024", "planned"]  # fmt: skip


def test_claim_bars_set_each_measure_beside_the_claim():
    panels = {
        "first": (pd.Series({"yen": 1.49, "dollars": 1.26}), 1.5, "half"),
        "second": (pd.Series({"yen": 2.0}), 2, "twice"),
    }
    figure = charts.claim_bars(panels, "Title", "Ratio")
    for ax, (ratios, claimed, words) in zip(figure.axes, panels.values(), strict=True):
        assert [bar.get_width() for bar in ax.patches] == ratios.tolist()
        assert ax.lines[0].get_xdata()[0] == claimed and words in ax.get_title("left")
        assert [text.get_text() for text in ax.texts] == [f"{ratio:.2f}" for ratio in ratios]


def test_split_bars_stack_gains_and_losses_apart():
    parts = pd.DataFrame({"budget": [30.0, -5.0], "prices": [10.0, -4.0], "rate": [-38.0, 1.0]}, index=["up", "down"])
    ax = charts.split_bars(parts, "Title", "Billion US$").axes[0]
    assert sum(bar.get_width() for bar in ax.patches) == pytest.approx(parts.to_numpy().sum())
    rate = next(bar for bar in ax.patches if bar.get_width() == -38)
    prices = next(bar for bar in ax.patches if bar.get_width() == 10)
    assert rate.get_x() == 0 and prices.get_x() == 30  # a loss starts at zero, a gain where the one before ends
    change = next(line for line in ax.lines if line.get_marker() == "D")
    assert list(change.get_xdata()) == [2, -8]
    assert {"+2", "-8"} <= {text.get_text().strip() for text in ax.texts}


def test_labeled_points_show_every_case_and_mark_the_chosen():
    frame = pd.DataFrame({"ties": [1, 2, 3], "burden": [1.0, 2.0, 7.0]}, index=["AAA", "BBB", "CCC"])
    figure = charts.labeled_points({"one": frame, "two": frame - 2}, ["CCC"], "Title")
    positive, mixed = figure.axes
    assert [len(line.get_xdata()) for line in positive.lines] == [2, 1]
    assert len({line.get_marker() for line in positive.lines}) == 2
    assert [text.get_text().strip() for text in positive.texts] == ["AAA", "BBB", "CCC"]
    assert (positive.get_yscale(), mixed.get_yscale()) == ("log", "linear")
