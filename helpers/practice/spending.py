"""Right answers to the exercises on defense spending (notebook 04)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from helpers import spending
from helpers.practice.answers import Exercise, Question, kind_of, names, questioned, table, told, too_short, values
from helpers.tables import Tables

__all__ = ["EXERCISES"]

START, END = 2022, 2025  # fiscal years: the last before the Defense Buildup Program, and its third


def _budget(tables: Tables, **line: bool) -> pd.Series:
    """Initial budget in billion yen, current prices, a row for every fiscal year."""
    return spending.initial_budget(tables, **line).by_year


def _rise(series: pd.Series) -> pd.Series:
    return series - series.shift(1)


def _no_share(tables: Tables, given: Any) -> str:
    every = tables.japan_budget.set_index("fiscal_year")
    rows = every.loc[1955:END]
    printed, asked = rows["official_gdp_share_percent"], set(range(1955, END + 1))
    slips = {
        "these are the years with a blank; a year can also have no row at all": printed.index[printed.isna()],
        "these are all rows with a blank; a year can also have no row at all, and the last is not asked for": (
            every.index[every["official_gdp_share_percent"].isna()]
        ),
        "these are the years without a row; a row can also have a blank": asked - set(rows.index),
        "these are the years that have a share": printed.dropna().index,
        "these are the years without an amount; the share as printed is asked for": asked
        - set(rows["initial_excl_realignment_bn_yen"].dropna().index),
    }
    return told(partial(names, what="years"), given, asked - set(printed.dropna().index), slips)


def _two_lines(tables: Tables, grown: Any, disagree: Any) -> str:
    short, long = _budget(tables), _budget(tables, realignment=True)
    ends = {"without": (short, short), "with": (long, long), "mixed": (long, short)}
    ratio = pd.Series({name: last[END] / first[START] for name, (first, last) in ends.items()})
    percent = 100 * (ratio - 1)
    back = {"mixed": 100 * (short[END] / long[START] - 1), "turned": 100 * (long[END] / short[START] - 1)}
    slips = {
        "these are ratios; growth is what came on top, in percent": ratio,
        "these are percent of the first year; growth is what came on top": 100 * ratio,
        "these are shares; percent are asked for": ratio - 1,
        "the two lines stand in each other's place": percent.set_axis(["with", "without", "mixed"]),
        "the growth across the two lines starts from the wrong one": percent.replace(back["mixed"], back["turned"]),
        "this is growth in percent of the last year; it is counted from the first": 100 * (1 - 1 / ratio),
    }
    if wrong := told(partial(values, what="lines"), grown, percent, slips):
        return f"grown: {wrong}"
    changes = pd.DataFrame({"short": _rise(short), "long": _rise(long)}).loc[1998:END]
    apart, falls = changes.prod(axis=1) < 0, (changes < 0).all(axis=1)
    slips = {
        "these are years in which both lines fell": changes.index[falls],
        "these are years in which either line fell, or both": changes.index[falls | apart],
        "these are years in which the lines moved together": changes.index[~apart],
    }
    wrong = told(partial(names, what="years"), disagree, changes.index[apart], slips)
    return wrong and f"disagree: {wrong}"


def _prices(tables: Tables, real: Any, smaller: Any) -> str:
    first, base = 1998, START
    money, index = spending.initial_budget(tables), spending.consumer_prices(tables)
    right = spending.deflate(money, index, base).by_year
    nominal, span = money.by_year, slice(first, END)
    slips = {
        "multiplied by the index; what costs more is worth less": (nominal * index / index[base]).loc[span],
        "these are prices of the year in which the index is 100, not of the year asked for": (
            100 * nominal / index
        ).loc[span],
        "the index is 100 in one year, not 1: which year's value stands above the line?": (nominal / index).loc[span],
        "these are still current prices": nominal.loc[span],
        "this is the line with the costs of realignment": spending.deflate(
            spending.initial_budget(tables, realignment=True), index, base
        ).by_year.loc[span],
    }
    if wrong := told(partial(values, what="years", tolerance=0.0005), real, right.loc[span], slips):
        return f"real: {wrong}"
    more, less = _rise(nominal).loc[first + 1 : END] > 0, _rise(right).loc[first + 1 : END] < 0
    slips = {
        "these are years in which the budget rose in both": more.index[more & ~less],
        "these are years in which the budget rose in current prices, whatever it was worth": more.index[more],
        "these are years in which it was worth less, also those in which the yen fell": less.index[less],
    }
    wrong = told(partial(names, what="years"), smaller, more.index[more & less], slips)
    return wrong and f"smaller: {wrong}"


def _shares(tables: Tables, given: Any) -> str:
    money, years = spending.initial_budget(tables), slice(START, END)
    today, before = (spending.gross_domestic_product(tables, vintage) for vintage in ("2026", "2023-12"))
    right = pd.DataFrame({
        "own_year": spending.share(money, today),
        "of_2022": spending.share(money, today, of_year=START),
        "of_2022_then": spending.share(money, before, of_year=START),
    }).loc[years]  # fmt: skip
    right = right.rename_axis("fiscal_year")
    turned = {"of_2022": "of_2022_then", "of_2022_then": "of_2022"}
    slips = {
        "billion yen are divided by trillion yen": 1000 * right,
        "these are shares of 1; percent are asked for": right / 100,
        "the two releases stand in each other's place": right.rename(columns=turned),
        "the columns of own year and of one year stand in each other's place": right.rename(
            columns={"own_year": "of_2022", "of_2022": "own_year"}
        ),
        "this is the line with the costs of realignment": right.mul(
            _budget(tables, realignment=True) / money.by_year, axis=0
        )
        .loc[years]
        .rename_axis("fiscal_year"),
        "one year's economy should stand below every budget in two of the columns": right.assign(
            of_2022=right["own_year"]
        ),
    }
    if isinstance(given, pd.DataFrame) and given.index.nlevels == 1:
        given = _by_fiscal_year(given)
    return told(partial(table, by=["fiscal_year"], what="years", tolerance=0.001), given, right, slips)


def _by_fiscal_year(frame: pd.DataFrame) -> pd.DataFrame:
    """Years are years, whatever the column or index that holds them is called."""
    called = next((name for name in ("fiscal_year", "year", "index") if name in frame), None)
    if called is None:
        return frame.rename_axis("fiscal_year")
    return frame.reset_index(drop=True).rename(columns={called: "fiscal_year"})


def _compound(series: pd.Series, start: int, end: int) -> float:
    first, last = series.get(start, float("nan")), series.get(end, float("nan"))
    return float(100 * ((last / first) ** (1 / (end - start)) - 1))


def _constant(tables: Tables) -> pd.Series:
    return spending.deflate(spending.initial_budget(tables), spending.consumer_prices(tables), 2024).by_year


def _questions(tables: Tables) -> list[Question]:
    """Real series and a made one, with years that have a figure, a blank, and no row."""
    nominal = tables.japan_budget.set_index("fiscal_year")["initial_excl_realignment_bn_yen"]
    made = pd.Series({2001: 100.0, 2002: 50.0, 2004: 172.8, 2005: float("nan")})
    return [
        _growth_of("for a made-up series", made, 2001, 2004),
        _growth_of("for the budget in current prices", nominal, START, END),
        _growth_of("for the budget in constant prices", _constant(tables), 1997, START),
        _growth_of("for a made-up series, to a year with a blank", made, 2001, 2005),
        _growth_of("for a made-up series, from a year that it has not", made, 1999, 2004),
        _growth_of("for a made-up series, to a year that it has not", made, 2001, 2006),
    ]


def _growth_of(about: str, series: pd.Series, start: int, end: int) -> Question:
    slips, years = {}, end - start
    whole = series.get(end, float("nan")) / series.get(start, float("nan"))
    if pd.notna(whole):
        slips = {
            "the growth of all years is divided by their number; growth compounds": 100 * (whole - 1) / years,
            "this is the growth over all the years, not by year": 100 * (whole - 1),
            "from one year to the next is one step, not two": 100 * (whole ** (1 / (years + 1)) - 1),
            "this is a factor; growth is what comes on top, in percent": whole ** (1 / years),
            "the rates of single years are averaged; growth compounds": (
                100 * series.loc[start:end].pct_change(fill_method=None).mean()
            ),
        }
    return Question(about, (series, start, end), _compound(series, start, end), slips)


def _yearly_growth(tables: Tables, function: Any, by_start: Any) -> str:
    if wrong := questioned(function, _questions(tables)):
        return f"yearly_growth: {wrong}"
    constant, nominal, starts = _constant(tables), _budget(tables), range(1997, START + 1)
    last, years = constant[END], pd.Series({year: END - year for year in starts})
    right = pd.Series({year: _compound(constant, year, END) for year in starts})
    whole = 100 * (last / constant.loc[list(starts)] - 1)
    slips = {
        "these are growth rates in current prices": pd.Series({year: _compound(nominal, year, END) for year in starts}),
        "these rates end in another year": pd.Series({year: _compound(constant, year, END - 1) for year in starts}),
        "this is the growth over all the years, not by year": whole,
        "the growth of all years is divided by their number; growth compounds": whole / years,
    }
    wrong = told(partial(values, what="start years"), by_start, right, slips)
    return wrong and f"by_start: {wrong}"


def _own_groups(tables: Tables, groups: Any, by_group: Any, because: Any) -> str:
    """Own groups have no right answer; they have to cover the uses, tell them apart, and be counted right."""
    uses = spending.breakdown(tables, "use").by_year.drop(columns="total").loc[[START, END]].T
    if not isinstance(groups, Mapping | pd.Series):
        return f"the groups are asked for as a dictionary by item, this is {kind_of(groups)}"
    if not all(isinstance(group, str) and group.strip() for group in dict(groups).values()):
        return "groups: the name of a group is asked for as text"
    own = {str(item).strip(): group.strip() for item, group in dict(groups).items()}
    if "total" in own:
        return "groups: the printed total is no use of its own, but the sum of all"
    if wrong := names(own.keys(), uses.index, what="items"):
        return f"groups: {wrong}"
    if not 2 <= len(set(own.values())) <= 3:
        return f"two or three groups are asked for, here are {len(set(own.values()))}"
    sums = uses.groupby(own).sum()
    right = _shares_of(sums)
    yen = sums.assign(change=sums[END] - sums[START]).rename_axis("group")
    slips = {
        "the printed total is counted as if it were an item": right / 2,
        "means are put in shares; the sum of a group is asked for (`aggfunc`)": _shares_of(uses.groupby(own).mean()),
        "these are shares of 1; percent are asked for": right / 100,
        "these are billion yen; percent of the budget of each year are asked for": yen,
        "the change is asked for in percentage points, not in percent": right.assign(
            change=100 * (right[END] / right[START] - 1)
        ),
        "the change runs from the earlier year to the later one": right.assign(change=-right["change"]),
    }
    wrong = told(partial(table, by=["group"], what="groups"), by_group, right, slips)
    return f"by_group does not follow from your groups: {wrong}" if wrong else too_short(because)


def _shares_of(sums: pd.DataFrame) -> pd.DataFrame:
    """Percent of each year's sum, and their change in points."""
    shares = 100 * sums / sums.sum()
    return shares.assign(change=shares[END] - shares[START]).rename_axis("group")


EXERCISES = {
    "4.1": Exercise(
        (
            "The codebook names the column. What does the table look like in a year for which nothing was found?",
            "There are two kinds of gaps: a row with a blank, and no row at all. `dropna()` leaves what is there.",
            "`[year for year in range(1955, 2026) if year not in shares.index]`, `shares` being the column, dropped.",
        ),
        _no_share,
        "A gap hides in two ways, as a blank and as a missing row. A line drawn across it shows what nobody printed.",
    ),
    "4.2": Exercise(
        (
            "Growth in percent: the last amount divided by the first, less 1, times 100. Which line is it from?",
            "For the years: `without - without.shift(1)` is the change on the year before; so for `including`.",
            "The lines disagree where the product of the two changes is below 0; then `.loc[1998:2025]`.",
        ),
        _two_lines,
        "Each line is right for itself. To cross from one to the other counts the distance between them as growth.",
    ),
    "4.3": Exercise(
        (
            "Where prices doubled, the same yen buy half. So the index belongs below the line.",
            "At prices of 2022, the budget of 2022 is what it was: `prices / prices[2022]` is 1 in that year.",
            "Cut both Series to the same years, then compare each with its `shift(1)`; join the two conditions by `&`.",
        ),
        _prices,
        "A budget can be a record in yen and buy less than the one before it, if prices rose faster.",
    ),
    "4.4": Exercise(
        (
            "Bring both to one unit first: the budget is in billion yen, the economy in trillion.",
            "Two Series divide year by year; a Series divided by one number has that number below every year.",
            "`gdp['2026']` is a Series by year, `gdp.loc[2022, '2026']` a number. `pd.DataFrame({...})` joins columns.",
        ),
        _shares,
        "The yen are the same in all three columns. The year and the release of the economy below them move the share.",
    ),
    "4.5": Exercise(
        (
            "A sum that grows by r percent in each of n years is multiplied by (1 + r / 100) n times. Solve for r.",
            "The n-th root is a power: `(last / first) ** (1 / n)`. From one year to the next, n is 1.",
            "`series.get(year, float('nan'))` gives nan where there is no row, and nan stays nan in what follows.",
        ),
        _yearly_growth,
        "Growth by year is a statement on two years. Say which two, and what another start would have given.",
    ),
    "4.6": Exercise(
        (
            "Ask what you want to see move: pay, what is bought, what keeps it running. Each item needs one group.",
            "`uses['item'].map(groups)` gives each row its group; the printed total has none and has to go.",
            "`pivot_table(index='group', columns='fiscal_year', values='bn_yen', aggfunc='sum')` gives `yen` by group.",
            "`100 * yen / yen.sum()` are percent of each column's sum; the change is one column less the other.",
        ),
        _own_groups,
        "The shares are those of your groups. A share can fall although its yen grow: say both to your reader.",
    ),
}
