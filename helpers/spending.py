"""Defense spending in the price basis that a question asks for.

Amounts of money travel with their unit, prices and kind of year (:class:`Amounts`), so that nominal and real figures
cannot be mixed unseen. One way only: amounts from the tables (:func:`initial_budget`, :func:`gross_domestic_product`,
:func:`military_expenditure`), made comparable (:func:`deflate`, :func:`share`), then growth (:func:`growth`), breaks
(:func:`change_points`, :func:`shift_at`), plans (:func:`required_path`, :func:`still_needed`) and what a change is made
of (:func:`decompose`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from numbers import Real

import numpy as np
import pandas as pd
import ruptures
from scipy.stats import rankdata

from helpers.tables import Tables

__all__ = [
    "Amounts",
    "BasisError",
    "at_rates_of",
    "best_breaks",
    "breakdown",
    "budget_growth",
    "change_points",
    "consumer_prices",
    "decompose",
    "deflate",
    "dollar_factors",
    "gross_domestic_product",
    "growth",
    "initial_budget",
    "military_burden",
    "military_expenditure",
    "number_of_breaks",
    "per_head",
    "plan_progress",
    "plan_totals",
    "planned_rises",
    "population",
    "rank_correlation",
    "required_path",
    "revisions",
    "rises",
    "robust_breaks",
    "share",
    "shift_at",
    "shift_test",
    "still_needed",
    "whole_budget",
    "wider_measure",
]

SCALES = {"th": ("Thousand", 1e3), "m": ("Million", 1e6), "bn": ("Billion", 1e9), "trn": ("Trillion", 1e12)}
CURRENCIES = ("yen", "US$")
YEARS = ("fiscal", "calendar")
CURRENT = "current prices"
RELEASE = "2026-04"

# ---------------------------------------------------------------------------------------------------
# Money that knows its basis


class BasisError(ValueError):
    """Amounts in different currencies, prices or kinds of year were put together."""


@dataclass(frozen=True, eq=False)
class Amounts:
    """Amounts of money by year, with the basis that they are in.

    Parameters
    ----------
    by_year : Series or DataFrame of float
        Amounts by year (index: int, ascending, without doubles); a year without a figure is missing.
    unit : str
        Scale and currency: ``bn yen``, ``trn yen``, ``m US$`` ...
    prices : str
        ``current prices``, or what they were brought to, as ``prices of 2024 (CPI)``.
    year : {"fiscal", "calendar"}
        Kind of year.
    line : str
        What is counted: the initial budget without realignment costs, GDP, SIPRI's military expenditure ...

    Raises
    ------
    ValueError
        If the unit or the kind of year is not known, or the years are not in order.

    Notes
    -----
    Sums, differences and ratios of two amounts need one currency, one price basis and one kind of year, or raise
    :class:`BasisError`; sums and differences also need one line. Scales (billion, trillion) are brought to that of the
    first. A ratio is a plain number, by year; a table over a series is divided row by row. Whoever takes ``by_year``
    out has to mind the basis alone.

    Examples
    --------
    >>> budget = Amounts(pd.Series({2022: 5178.8}), "bn yen", CURRENT, "fiscal")
    >>> budget.label
    'Billion yen, current prices, fiscal year'
    >>> economy = Amounts(pd.Series({2022: 566.5}), "trn yen", CURRENT, "fiscal")
    >>> (budget / economy).round(4).to_dict()
    {2022: 0.0091}
    >>> budget + replace(economy, prices="prices of 2015 (CPI)")
    Traceback (most recent call last):
    ...
    helpers.spending.BasisError: current prices and prices of 2015 (CPI) do not go together: bring both to one basis
    """

    by_year: pd.Series | pd.DataFrame
    unit: str
    prices: str
    year: str
    line: str = ""

    def __post_init__(self) -> None:
        scale, _, currency = self.unit.partition(" ")
        if scale not in SCALES or currency not in CURRENCIES:
            raise ValueError(f"a unit is one of {list(SCALES)} and one of {CURRENCIES}, as 'bn yen', got {self.unit!r}")
        if self.year not in YEARS:
            raise ValueError(f"a year is one of {YEARS}, got {self.year!r}")
        if not (self.by_year.index.is_monotonic_increasing and self.by_year.index.is_unique):
            raise ValueError("years must ascend, each once")

    @property
    def label(self) -> str:
        """Unit, prices and kind of year in words, for an axis."""
        scale, currency = self.unit.split(" ")
        return f"{SCALES[scale][0]} {currency}, {self.prices}, {self.year} year"

    def to(self, unit: str) -> Amounts:
        """Amounts in another scale of the same currency.

        Parameters
        ----------
        unit : str
            As of the class.

        Returns
        -------
        Amounts
            The same amounts.

        Raises
        ------
        BasisError
            If the currency differs.
        """
        (old, currency), (new, other) = self.unit.split(" "), unit.split(" ")
        if currency != other:
            raise BasisError(f"{currency} and {other} do not go together: an exchange rate is needed")
        return replace(self, by_year=self.by_year * (SCALES[old][1] / SCALES[new][1]), unit=unit)

    def __add__(self, other: Amounts) -> Amounts:
        return replace(self, by_year=self.by_year + self._same_line(other))

    def __sub__(self, other: Amounts) -> Amounts:
        return replace(self, by_year=self.by_year - self._same_line(other))

    def __truediv__(self, other: Amounts | float):
        if isinstance(other, Real):
            return replace(self, by_year=self.by_year / other)
        return self.by_year.div(self._like(other), axis=0)

    def _same_line(self, other: Amounts) -> pd.Series | pd.DataFrame:
        """Values of other amounts of the same line in the scale of these."""
        values = self._like(other)
        if self.line != other.line:
            raise BasisError(f"{self.line or 'an unnamed line'} and {other.line or 'an unnamed line'} do not add up")
        return values

    def _like(self, other: Amounts) -> pd.Series | pd.DataFrame:
        """Values of other amounts in the scale of these; what has no basis, or another, is refused."""
        if not isinstance(other, Amounts):
            raise BasisError(f"{type(other).__name__} has no price basis: make it Amounts first")
        if self.prices != other.prices:
            raise BasisError(f"{self.prices} and {other.prices} do not go together: bring both to one basis")
        if self.year != other.year:
            raise BasisError(f"{self.year} and {other.year} years do not go together")
        return other.to(self.unit).by_year


def initial_budget(tables: Tables, *, realignment: bool = False) -> Amounts:
    """Japan's initial defense budgets, with or without the costs of SACO and the realignment of US forces.

    Parameters
    ----------
    tables : Tables
        The tables.
    realignment : bool
        Whether the costs of SACO (the Special Action Committee on Okinawa of 1995-96) and of realignment are in: land
        returned, facilities, training moved, and US forces moved.

    Returns
    -------
    Amounts
        Billion yen, current prices, fiscal years from 1955; years without a source are missing.

    Notes
    -----
    First-printed values of the initial budget: no supplementary budgets, no settlement. Before fiscal 1997 there were
    no such costs, and both series are one. Host-nation support is in both. The series with these costs also has
    government aircraft (fiscal 2015 to 2020) and national resilience (fiscal 2019 and 2020), as printed. Pensions, the
    coast guard and research of other ministries are out. The last year may be a draft (column ``stage`` of the table).
    """
    column = f"initial_{'incl' if realignment else 'excl'}_realignment_bn_yen"
    line = f"initial budget {'with' if realignment else 'without'} realignment"
    values = _every_year(tables.japan_budget.set_index("fiscal_year")[column])
    return Amounts(values, "bn yen", CURRENT, "fiscal", line)


def whole_budget(tables: Tables) -> Amounts:
    """Japan's initial and supplementary defense budgets of a year together, with realignment costs.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    Amounts
        Billion yen, current prices, fiscal years whose supplementary budget is known.
    """
    extra = _every_year(tables.japan_budget.set_index("fiscal_year")["supplementary_bn_yen"])
    first = initial_budget(tables, realignment=True)
    return replace(first, by_year=first.by_year + extra, line="initial and supplementary budget with realignment")


def gross_domestic_product(tables: Tables, vintage: str) -> Amounts:
    """Japan's GDP by fiscal year, as one release gave it.

    Parameters
    ----------
    tables : Tables
        The tables.
    vintage : str
        ``forecast`` (the government's for the year to come; of GNP to fiscal 1993), or the date of a release.

    Returns
    -------
    Amounts
        Trillion yen, current prices, fiscal years.

    Raises
    ------
    ValueError
        If there is no such vintage.
    """
    rows = tables.japan_economy.query("measure == 'gdp_nominal' and basis == 'FY'")
    found = rows[rows["vintage"] == vintage].set_index("year")["value"]
    if vintage == "forecast":  # later forecasts stand with the budget
        printed = tables.japan_budget_measures.query("measure == 'gdp_initial_forecast'")
        found = printed.set_index("fiscal_year")["value"].combine_first(found)
    if found.empty:
        raise ValueError(f"no GDP of vintage {vintage!r}, there are {sorted(rows['vintage'].unique())}")
    return Amounts(_every_year(found), "trn yen", CURRENT, "fiscal", "GDP")


def consumer_prices(tables: Tables) -> pd.Series:
    """Japan's consumer price index by calendar year.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    Series of float
        Index, 2024 = 100, by year.

    Notes
    -----
    The longest index that is at hand; the one that SIPRI deflates by. What defense buys is not what households buy:
    pay and imported weapons move otherwise, and Japan publishes no price index of defense.
    """
    return tables.japan_economy.query("measure == 'cpi'").set_index("year")["value"].astype(float).sort_index()


def population(tables: Tables) -> pd.Series:
    """Japan's population by calendar year.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    Series of float
        Residents in the middle of the year, from 1960.
    """
    return tables.japan_economy.query("measure == 'population'").set_index("year")["value"].astype(float).sort_index()


def military_expenditure(tables: Tables, column: str = "usd_constant_m", release: str = RELEASE) -> Amounts:
    """SIPRI's military expenditure by year and party, from one release.

    Parameters
    ----------
    tables : Tables
        The tables.
    column : {"usd_constant_m", "usd_current_m"}
        Constant or current US dollars.
    release : str
        SIPRI's release.

    Returns
    -------
    Amounts
        Million US dollars, calendar years, a column per party; years without a figure are missing.

    Raises
    ------
    ValueError
        If there are no figures of that release.

    Notes
    -----
    SIPRI brings fiscal years to calendar years by assuming even spending over the year, and counts more than Japan's
    budget line does: see the codebook.
    """
    rows = tables.military_expenditure.query("release == @release").dropna(subset=[column])
    if rows.empty:
        raise ValueError(f"no {column} of release {release!r}")
    base = rows["constant_base_year"].max()
    prices = f"prices and exchange rates of {base:.0f}" if "constant" in column else "current prices and exchange rates"
    wide = rows.pivot_table(index="year", columns="party", values=column, aggfunc="first")
    return Amounts(_every_year(wide), "m US$", prices, "calendar", "military expenditure, SIPRI")


def at_rates_of(constant: Amounts, current: Amounts, year: int) -> Amounts:
    """Constant dollars at the prices and exchange rates of another year.

    Parameters
    ----------
    constant, current : Amounts
        SIPRI's expenditure in constant and in current dollars, a column per party.
    year : int
        Base year.

    Returns
    -------
    Amounts
        Constant dollars of that year; parties without a figure for it are missing.

    Notes
    -----
    Real growth of a state does not depend on the base; its level beside other states does, since every base uses the
    exchange rates of one year for all years.

    Examples
    --------
    >>> values, paid = (pd.DataFrame({"JPN": one}, index=[2012, 2024]) for one in ([10.0, 20.0], [25.0, 20.0]))
    >>> real = Amounts(values, "bn US$", "prices and exchange rates of 2024", "calendar")
    >>> nominal = Amounts(paid, "bn US$", "current prices and exchange rates", "calendar")
    >>> at_rates_of(real, nominal, 2012).by_year["JPN"].tolist()
    [25.0, 50.0]
    """
    factor = current.to(constant.unit).by_year.loc[year] / constant.by_year.loc[year]
    return replace(constant, by_year=constant.by_year * factor, prices=f"prices and exchange rates of {year}")


def wider_measure(tables: Tables, *, supplementary: bool = False) -> Amounts:
    """Security-related spending as the 2 percent goal counts it.

    Parameters
    ----------
    tables : Tables
        The tables.
    supplementary : bool
        Whether the supplementary budget is in; stated for fiscal 2025 only.

    Returns
    -------
    Amounts
        Billion yen, current prices, fiscal years for which ministers stated an amount.

    Notes
    -----
    Rounded statements. Beside the defense budget with realignment it takes in the coast guard, peacekeeping, and parts
    of research, public works, cyber security and aid to partners' forces. For fiscal 2023 only a share of GDP was
    stated (``wider_share_fy2022_gdp`` of the measures), for the years before nothing, so that its growth since 2022
    cannot be given.
    """
    if supplementary:
        rows = tables.japan_budget_measures.query("measure == 'wider_with_supplementary'")
        values, line = rows.set_index("fiscal_year")["value"], "wider measure with supplementary budget"
    else:
        values, line = tables.japan_budget.set_index("fiscal_year")["wider_security_bn_yen"].dropna(), "wider measure"
    return Amounts(_every_year(values), "bn yen", CURRENT, "fiscal", line)


def breakdown(tables: Tables, dimension: str) -> Amounts:
    """Initial budget by item, without the costs of SACO and realignment.

    Parameters
    ----------
    tables : Tables
        The tables.
    dimension : {"use", "category", "organization"}
        How the budget is cut up; the cuts overlap and must not be added.

    Returns
    -------
    Amounts
        Billion yen, current prices, fiscal years, a column per item, ``total`` among them. Under ``category`` stand
        also contracts of the year and obligations to later years, which are no part of the budget.

    Raises
    ------
    ValueError
        If there is no such dimension.
    """
    rows = tables.japan_budget_breakdown.query("basis == 'excl' and dimension == @dimension")
    if rows.empty:
        raise ValueError(f"no dimension {dimension!r}: one of use, category and organization")
    wide = rows.pivot_table(index="fiscal_year", columns="item", values="bn_yen", aggfunc="first")
    line = f"initial budget without realignment, by {dimension}"
    return Amounts(_every_year(wide), "bn yen", CURRENT, "fiscal", line)


def budget_growth(tables: Tables, *, constant: bool = False) -> pd.Series:
    """Growth of the initial budget by year, without a gap from fiscal 1969 on.

    Parameters
    ----------
    tables : Tables
        The tables.
    constant : bool
        Whether growth is at constant consumer prices.

    Returns
    -------
    Series of float
        Percent on the year before, by fiscal year; to the last year that the price index has, if `constant`.

    Notes
    -----
    Without realignment costs. The level of fiscal 1978 is missing, so that growth to 1978 and to 1979 cannot be
    computed: there the printed growth is taken, which is rounded to a tenth of a percent.
    """
    printed = tables.japan_budget_measures.query("measure == 'initial_excl_growth_printed'")
    series = growth(initial_budget(tables))
    series = series.combine_first(printed.set_index("fiscal_year")["value"].astype(float)).loc[1969:]
    if constant:
        index = consumer_prices(tables)
        series = 100 * ((1 + series / 100) / (index / index.shift(1)) - 1)
    return series.loc[1969 : series.last_valid_index()].rename_axis("fiscal_year")


def military_burden(tables: Tables, release: str = RELEASE) -> pd.DataFrame:
    """SIPRI's military expenditure as a share of GDP.

    Parameters
    ----------
    tables : Tables
        The tables.
    release : str
        SIPRI's release.

    Returns
    -------
    DataFrame of float
        Percent of GDP by calendar year, a column per party.
    """
    rows = tables.military_expenditure.query("release == @release")
    return _every_year(rows.pivot_table(index="year", columns="party", values="gdp_share_percent", aggfunc="first"))


def dollar_factors(tables: Tables) -> pd.DataFrame:
    """Japan's military expenditure in current dollars as a product of three factors.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    DataFrame of float
        By calendar year: ``real expenditure`` (yen at prices of 2024), ``prices`` (consumer prices, 2024 = 1) and
        ``exchange rate`` (dollars per yen), scaled so that their product is billion US$, current. For
        :func:`decompose`.

    Notes
    -----
    Expenditure is SIPRI's; yen are its dollars times the exchange rate of the year, so that the product is exact by
    construction.
    """
    dollars = military_expenditure(tables, "usd_current_m").to("bn US$").by_year["JPN"]
    rate = tables.japan_economy.query("measure == 'usd_jpy' and basis == 'CY'").set_index("year")["value"].astype(float)
    index = consumer_prices(tables) / 100
    factors = {"real expenditure": dollars * rate / index, "prices": index, "exchange rate": 1 / rate}
    return pd.DataFrame(factors).dropna()


def plan_totals(tables: Tables) -> pd.Series:
    """What the Defense Buildup Program of December 2022 plans for fiscal 2023 to 2027.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    Series of float
        Trillion yen, current prices: ``all`` (the level that the program names), ``budgets`` (sum of the yearly
        budgets), ``last`` (budget of fiscal 2027) and ``contracts`` (new contracts for material; overlaps the others).
    """
    rows = tables.buildup_program.set_index(["period", "item"]).astype({"bn_yen_contract": float})
    spent, five = rows["bn_yen_expenditure"].astype(float), "FY2023-FY2027"
    return pd.Series({
        "all": spent[five, "level of defense buildup"],
        "budgets": spent[five, "sum of yearly budgets"],
        "last": spent["FY2027", "yearly budget in the last year"],
        "contracts": rows.loc[(five, "new contracts, material expenses: total"), "bn_yen_contract"],
    }) / 1000  # fmt: skip


def plan_progress(tables: Tables) -> pd.DataFrame:
    """How far contracts and budgets have come in the Defense Buildup Program.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    DataFrame of float
        By fiscal year, summed from 2023 on, trillion yen, current prices: ``contracts`` and ``contracts, initial``,
        ``budgets`` and ``all`` (budgets with what the supplementary ones gave to the plan), each followed by its
        percentage of what the program plans (43.5, 40.5 and 43 trillion): ``contracts, percent`` ...

    Notes
    -----
    ``contracts`` is as the ministry counts: new contracts for material in the initial budgets, and in the supplementary
    budgets of the years before; ``contracts, initial`` leaves the latter out. Budgets are initial ones without
    realignment. In ``all``, supplementary budgets count with their own year. Contracts are paid out of budgets: never
    add the two.
    """
    measures = tables.japan_budget_measures.set_index(["measure", "fiscal_year"])["value"].astype(float) / 1000
    extra = measures["contract_base_supplementary_plan"].rename(lambda year: year + 1)
    initial = measures["contract_base_new_plan"].cumsum()
    budgets, planned = initial_budget(tables).to("trn yen").by_year.loc[2023:2027].cumsum(), plan_totals(tables)
    later = measures["supplementary_plan_covered"].reindex(budgets.index, fill_value=0).cumsum()
    found = {
        "contracts": (initial + extra.reindex(initial.index, fill_value=0).cumsum(), "contracts"),
        "contracts, initial": (initial, "contracts"), "budgets": (budgets, "budgets"), "all": (budgets + later, "all"),
    }  # fmt: skip
    percent = {f"{name}, percent": 100 * values / planned[goal] for name, (values, goal) in found.items()}
    return pd.DataFrame({name: values for name, (values, _) in found.items()} | percent)


def rises(tables: Tables, start: int, end: int) -> pd.Series:
    """How many times the defense spending of one fiscal year is that of another, by every measure.

    Parameters
    ----------
    tables : Tables
        The tables.
    start, end : int
        Fiscal years (calendar years for SIPRI's dollars).

    Returns
    -------
    Series of float
        Ratio by measure; missing where the tables lack a figure.
    """
    budget, index = initial_budget(tables), consumer_prices(tables)
    real = deflate(budget, index, end)
    sipri = tables.japan_budget_measures.query("measure == 'sipri_yen_fiscal_year'").set_index("fiscal_year")["value"]
    constant, current = (military_expenditure(tables, f"usd_{name}_m").by_year for name in ("constant", "current"))
    measures = {
        "budget, without realignment": budget.by_year,
        "budget, with realignment": initial_budget(tables, realignment=True).by_year,
        "with supplementary budgets": whole_budget(tables).by_year,
        "share of GDP": share(budget, gross_domestic_product(tables, "2026")),
        f"prices of {end}": real.by_year,
        f"prices of {end}, per head": per_head(real, population(tables)).by_year,
        "new contracts, all": breakdown(tables, "category").by_year["contract_basis_total"],
        "SIPRI, yen": _every_year(sipri),
        "SIPRI, constant dollars": constant["JPN"],
        "SIPRI, current dollars": current["JPN"],
    }
    return pd.Series({name: values.get(end, np.nan) / values.get(start, np.nan) for name, values in measures.items()})


def planned_rises(tables: Tables) -> pd.Series:
    """How many times the spending planned for the end of the program is that before it, by several measures.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    Series of float
        Ratios of fiscal 2027 (as planned) to the initial budget of fiscal 2022: with realignment then and without it
        now (two lines in one ratio, as an article has it), without, with, and from the narrow to the wider measure (two
        lines again); and of the program's new contracts to those of the one before it, each of five years.
    """
    plan, measures = plan_totals(tables), tables.japan_budget_measures.set_index(["measure", "fiscal_year"])["value"]
    narrow, long = (initial_budget(tables, realignment=both).to("trn yen").by_year[2022] for both in (False, True))
    wide = tables.milestones.set_index("id")["value"]["spending-nss-2022-11tn"]
    earlier = tables.buildup_program.query("period == 'FY2019-FY2023' and role == 'total'")["bn_yen_contract"].item()
    return pd.Series({
        "article: with, then without realignment": plan["last"] / long,
        "without realignment": plan["last"] / narrow,
        "with realignment": (plan["last"] + measures["wider_component_saco_realignment", 2027] / 1000) / long,
        "narrow, then wider measure": wide / long,
        "new contracts of five years": plan["contracts"] / earlier * 1000,
    })  # fmt: skip


def revisions(tables: Tables, party: str) -> pd.DataFrame:
    """What successive releases of SIPRI say of the same year.

    Parameters
    ----------
    tables : Tables
        The tables.
    party : str
        Code of a party.

    Returns
    -------
    DataFrame of float
        Current US$ billion: a row per year that more than one release gives, a column per release.
    """
    rows = tables.military_expenditure.query("party == @party")
    wide = rows.pivot_table(index="year", columns="release", values="usd_current_m", aggfunc="first") / 1000
    return wide[wide.notna().sum(axis=1) > 1]


def _every_year(values: pd.Series | pd.DataFrame) -> pd.Series | pd.DataFrame:
    """Values with a row for every year, so that a gap is a gap."""
    values = values.astype(float).sort_index()
    return values.reindex(pd.RangeIndex(int(values.index.min()), int(values.index.max()) + 1, name="year"))


# ---------------------------------------------------------------------------------------------------
# Growth, prices and shares


def growth(amounts: Amounts) -> pd.Series | pd.DataFrame:
    """Growth from each year to the next.

    Parameters
    ----------
    amounts : Amounts
        In any basis.

    Returns
    -------
    Series or DataFrame of float
        Percent on the year before; missing where either year is.

    Examples
    --------
    >>> growth(Amounts(pd.Series({2001: 100.0, 2002: 110.0, 2004: 120.0}), "bn yen", CURRENT, "fiscal")).to_dict()
    {2001: nan, 2002: 10.0, 2003: nan, 2004: nan}
    """
    values = _every_year(amounts.by_year)
    return (100 * (values / values.shift(1) - 1)).round(12)


def _figure(amounts: Amounts, year: int) -> float:
    value = amounts.by_year.get(year, np.nan)
    if np.isnan(value):
        raise ValueError(f"there is no figure for {year}")
    return value


def deflate(amounts: Amounts, index: pd.Series, base: int, name: str = "CPI") -> Amounts:
    """Amounts at the prices of one year.

    Parameters
    ----------
    amounts : Amounts
        In current prices.
    index : Series of float
        Price index by year, in any scale.
    base : int
        Year at whose prices the amounts shall be.
    name : str
        What the index is, for the label.

    Returns
    -------
    Amounts
        The amounts at prices of `base`; years that the index has not are missing.

    Raises
    ------
    BasisError
        If the amounts are not in current prices of one currency.
    ValueError
        If the index does not have the base year.

    Notes
    -----
    A fiscal year is deflated by the index of the year of its name: for Japan an index of calendar years shares nine of
    its twelve months.

    Examples
    --------
    >>> nominal = Amounts(pd.Series({2023: 90.0, 2024: 100.0}), "bn yen", CURRENT, "fiscal")
    >>> real = deflate(nominal, pd.Series({2023: 0.9, 2024: 1.0}), 2024)
    >>> real.by_year.tolist(), real.prices
    ([100.0, 100.0], 'prices of 2024 (CPI)')
    """
    if amounts.prices != CURRENT:
        raise BasisError(f"amounts in {amounts.prices} cannot be deflated")
    if pd.isna(index.get(base)):
        raise ValueError(f"the index has no figure for {base}")
    values = amounts.by_year.div((index / index[base]).reindex(amounts.by_year.index), axis=0)
    return replace(amounts, by_year=values, prices=f"prices of {base} ({name})")


def per_head(amounts: Amounts, people: pd.Series) -> Amounts:
    """Amounts by head of the population.

    Parameters
    ----------
    amounts : Amounts
        A series, in any basis.
    people : Series of float
        Persons by year.

    Returns
    -------
    Amounts
        Thousands of the currency; the price basis says "per head", so that they do not mix with totals. Years without
        a population are missing.

    Examples
    --------
    >>> budget = Amounts(pd.Series({2024: 5000.0}), "bn yen", CURRENT, "fiscal")
    >>> each = per_head(budget, pd.Series({2024: 125e6}))
    >>> each.by_year[2024].item(), each.label
    (40.0, 'Thousand yen, current prices, per head, fiscal year')
    """
    _, currency = amounts.unit.split(" ")
    total = amounts.to(f"th {currency}")
    values = total.by_year.div(people.reindex(total.by_year.index), axis=0)
    return replace(total, by_year=values, prices=f"{total.prices}, per head")


def share(amounts: Amounts, whole: Amounts, of_year: int | None = None) -> pd.Series:
    """Amounts as a share of a whole: of the same year, or of one year for all.

    Parameters
    ----------
    amounts : Amounts
        A series.
    whole : Amounts
        A series in the same basis.
    of_year : int, optional
        Year whose whole stands below every amount: Japan's 2 percent goal takes fiscal 2022.

    Returns
    -------
    Series of float
        Percent by year.

    Raises
    ------
    BasisError
        If the bases differ.
    ValueError
        If the whole has no figure for `of_year`.

    Examples
    --------
    >>> wide = Amounts(pd.Series({2025: 11.0}), "trn yen", CURRENT, "fiscal")
    >>> economy = Amounts(pd.Series({2022: 550.0, 2025: 660.0}), "trn yen", CURRENT, "fiscal")
    >>> share(wide, economy)[2025].round(2).item(), share(wide, economy, of_year=2022)[2025].round(2).item()
    (1.67, 2.0)
    """
    if of_year is not None:
        whole = replace(whole, by_year=pd.Series(_figure(whole, of_year), index=amounts.by_year.index))
    return (100 * (amounts / whole)).reindex(amounts.by_year.index)


def decompose(start: pd.Series, end: pd.Series) -> pd.Series:
    """Split the change of a product exactly into what each of its factors brought.

    Parameters
    ----------
    start, end : Series of float
        Factors (above 0) whose product is the amount, before and after: as real budget, prices, and dollars per yen.

    Returns
    -------
    Series of float
        What each factor brought, in the unit of the product; the sum is the change of the product.

    Raises
    ------
    ValueError
        If a factor is not above 0, or the factors differ.

    Notes
    -----
    Additive decomposition by logarithmic means (LMDI-I): exact, without a rest, and the same forward and backward. It
    is bookkeeping; it does not say what a budget would have been at another exchange rate.

    References
    ----------
    Ang, B. W. (2005). The LMDI approach to decomposition analysis: a practical guide. Energy Policy 33(7), 867-871.

    Examples
    --------
    >>> before, after = ({"budget": 5000.0, "rate": 1 / 100}, {"budget": 6000.0, "rate": 1 / 150})
    >>> parts = decompose(pd.Series(before), pd.Series(after))
    >>> parts.round(2).to_dict(), round(float(parts.sum()), 6)
    ({'budget': 8.17, 'rate': -18.17}, -10.0)
    """
    if not start.index.equals(end.index):
        raise ValueError("the factors before and after must be the same")
    if (pd.concat([start, end]) <= 0).any():
        raise ValueError("factors must be above 0")
    before, after = start.prod(), end.prod()
    weight = before if np.isclose(before, after, rtol=1e-12) else (after - before) / np.log(after / before)
    return weight * np.log(end / start)


# ---------------------------------------------------------------------------------------------------
# Plans


def required_path(amounts: Amounts, goal: float, start: int, end: int) -> Amounts:
    """Path of constant growth from the amount of one year to a goal.

    Parameters
    ----------
    amounts : Amounts
        A series that has a figure for `start`.
    goal : float
        Amount to reach in `end`, in the unit and basis of `amounts`.
    start, end : int
        First and last year.

    Returns
    -------
    Amounts
        Amounts by year from `start` to `end`.

    Raises
    ------
    ValueError
        If the years are not in order, or `start` has no figure.

    Examples
    --------
    >>> path = required_path(Amounts(pd.Series({2022: 100.0}), "bn yen", CURRENT, "fiscal"), 121.0, 2022, 2024)
    >>> path.by_year.round(6).tolist()
    [100.0, 110.0, 121.0]
    """
    first = _figure(amounts, start)
    if end <= start:
        raise ValueError(f"the years must be in order, got {start} and {end}")
    steps = np.linspace(0, 1, end - start + 1)
    years = pd.RangeIndex(start, end + 1, name="year")
    return replace(amounts, by_year=pd.Series(first * (goal / first) ** steps, index=years))


def still_needed(budgeted: Amounts, total: float, goal: float, last: int) -> pd.DataFrame:
    """What a plan still asks of the years that are left, after each budget.

    Parameters
    ----------
    budgeted : Amounts
        The budgets so far, a series without gaps.
    total, goal : float
        Sum of all years of the plan, and amount of its last year, in the unit and basis of `budgeted`.
    last : int
        Last year of the plan.

    Returns
    -------
    DataFrame of float
        By year: ``budgeted``, ``so far`` (their sum), ``left`` (of the total), ``left per year`` (spread evenly over
        the years that remain) and ``growth to goal`` (percent per year from this budget to the goal); the last two
        are missing in the last year.

    Raises
    ------
    ValueError
        If a budget is missing, or stands after the last year.

    Examples
    --------
    >>> budgets = Amounts(pd.Series({2023: 20.0, 2024: 30.0}), "bn yen", CURRENT, "fiscal")
    >>> still_needed(budgets, 150.0, 60.0, 2026).loc[2024].round(1).tolist()
    [30.0, 50.0, 100.0, 50.0, 41.4]
    """
    values = budgeted.by_year
    if values.isna().any() or values.index.max() > last:
        raise ValueError(f"budgets must be known and not after {last}")
    years = pd.Series(last - values.index, index=values.index, dtype=float).replace(0, np.nan)
    left = total - values.cumsum()
    to_goal = 100 * ((goal / values) ** (1 / years) - 1)
    columns = [values, values.cumsum(), left, left / years, to_goal]
    return pd.concat(columns, axis=1, keys=["budgeted", "so far", "left", "left per year", "growth to goal"])


# ---------------------------------------------------------------------------------------------------
# Breaks


def change_points(series: pd.Series, breaks: int, shortest: int = 3) -> pd.DataFrame:
    """Cut a series into stretches of different means, as well as so many cuts can.

    Parameters
    ----------
    series : Series of float
        Figures by year, without gaps.
    breaks : int
        Number of cuts.
    shortest : int
        Fewest years of a stretch.

    Returns
    -------
    DataFrame
        One row per stretch: ``start``, ``end`` (int, first and last year), ``years`` (int) and ``mean`` (float).

    Raises
    ------
    ValueError
        If a figure is missing, or the series is too short for so many cuts.

    Notes
    -----
    Optimal segmentation by dynamic programming, least squares. It finds cuts in any series, in noise too: how many are
    worth having is another question, see :func:`number_of_breaks`.

    References
    ----------
    Truong, C., Oudre, L. and Vayatis, N. (2020). Selective review of offline change point detection methods. Signal
    Processing 167, 107299 (the package ruptures).

    Examples
    --------
    >>> change_points(pd.Series([1.0] * 5 + [9.0] * 4, index=range(2001, 2010)), 1)["start"].tolist()
    [2001, 2006]
    """
    if series.isna().any() or not (np.diff(series.index) == 1).all():
        raise ValueError("the series must have a figure for every year")
    if len(series) < (breaks + 1) * shortest:
        raise ValueError(f"{len(series)} years are too few for {breaks} breaks")
    ends = [len(series)]
    if breaks:
        search = ruptures.Dynp(model="l2", min_size=shortest, jump=1).fit(series.to_numpy())
        ends = search.predict(n_bkps=breaks)
    parts = [series.iloc[a:b] for a, b in zip([0, *ends[:-1]], ends, strict=True)]
    return pd.DataFrame([{"start": p.index[0], "end": p.index[-1], "years": len(p), "mean": p.mean()} for p in parts])


def number_of_breaks(series: pd.Series, most: int = 6, shortest: int = 3) -> pd.DataFrame:
    """How well a series is told by none, one, two ... breaks, with a price on each.

    Parameters
    ----------
    series : Series of float
        As for :func:`change_points`.
    most : int
        Most breaks to try.
    shortest : int
        Fewest years of a stretch.

    Returns
    -------
    DataFrame
        By number of breaks: ``error`` (sum of squares), ``bic`` (Schwarz's criterion, the lower the better) and
        ``starts`` (str, first years of the stretches after the first).

    Notes
    -----
    Each break costs two parameters: its place and a mean. The criterion takes the years as independent; where good
    years follow good years it finds too many breaks.

    References
    ----------
    Yao, Y.-C. (1988). Estimating the number of change-points via Schwarz' criterion. Statistics and Probability Letters
    6(3), 181-189.
    """
    rows = {}
    for breaks in range(most + 1):
        parts = change_points(series, breaks, shortest)
        means = np.repeat(parts["mean"], parts["years"])
        error = ((series.to_numpy() - means.to_numpy()) ** 2).sum()
        bic = len(series) * np.log(error / len(series)) + (2 * breaks + 1) * np.log(len(series))
        rows[breaks] = {"error": error, "bic": bic, "starts": ", ".join(parts["start"].iloc[1:].astype(str))}
    return pd.DataFrame(rows).T.rename_axis("breaks").astype({"error": float, "bic": float})


def best_breaks(series: pd.Series, most: int = 6, shortest: int = 3) -> pd.DataFrame:
    """Cut a series into as many stretches as Schwarz's criterion pays for.

    Parameters
    ----------
    series : Series of float
        As for :func:`change_points`.
    most, shortest : int
        As for :func:`number_of_breaks`.

    Returns
    -------
    DataFrame
        The stretches of :func:`change_points`.

    Examples
    --------
    >>> series = pd.Series([1.0, 1.1, 0.9, 1.0, 9.0, 9.1, 8.9, 9.0], index=range(2001, 2009))
    >>> best_breaks(series, most=1)["start"].tolist()
    [2001, 2005]
    """
    return change_points(series, int(number_of_breaks(series, most, shortest)["bic"].idxmin()), shortest)


def robust_breaks(series: pd.Series, last: tuple[int, ...], shortest: tuple[int, ...], most: int = 5) -> pd.DataFrame:
    """Whether the best breaks stay if the series ends earlier, or stretches may be shorter or must be longer.

    Parameters
    ----------
    series : Series of float
        As for :func:`change_points`.
    last : tuple of int
        Last years to try.
    shortest : tuple of int
        Fewest years of a stretch to try.
    most : int
        Most breaks to try.

    Returns
    -------
    DataFrame of str
        First years of the stretches after the first: a row per last year, a column per fewest years.
    """
    found = {
        k: {end: best_breaks(series.loc[:end], most, k)["start"].iloc[1:].astype(str).str.cat(sep=", ") for end in last}
        for k in shortest
    }
    return pd.DataFrame(found)


def shift_at(series: pd.Series, window: int = 3) -> pd.Series:
    """Mean of the years from each year on, less the mean of as many years before it.

    Parameters
    ----------
    series : Series of float
        Figures by year, without gaps.
    window : int
        Years on each side.

    Returns
    -------
    Series of float
        Shift by year, for the years that have `window` years before them and from them on.

    Examples
    --------
    >>> shift_at(pd.Series([1.0, 1.0, 5.0, 5.0], index=range(2001, 2005)), window=2).to_dict()
    {2003: 4.0}
    """
    means = series.rolling(window).mean()
    return (means.shift(1 - window) - means.shift(1)).dropna()


def shift_test(series: pd.Series, years: dict[int, str], window: int = 3) -> pd.DataFrame:
    """Set the shift at announced years against the shift at every other year.

    Parameters
    ----------
    series : Series of float
        Figures by year, without gaps.
    years : dict of int to str
        First year to which a decision could apply, and what was decided.
    window : int
        Years on each side.

    Returns
    -------
    DataFrame
        By year: ``decision`` (str), ``before`` and ``after`` (means), ``shift``, ``rank`` (int, of its size among all
        years, 1 is the largest), ``of`` (int, number of years that could be asked) and ``p`` (share of these years with
        a shift at least as large).

    Raises
    ------
    ValueError
        If a year has not enough years around it.

    Notes
    -----
    A placebo test in time: no distribution is assumed, and neighbors of a true break share its shift, so that p is on
    the careful side. With `of` years asked, p cannot be below 1 in `of`; who asks at several years has to allow for it.

    References
    ----------
    Abadie, A., Diamond, A. and Hainmueller, J. (2015). Comparative politics and the synthetic control method. American
    Journal of Political Science 59(2), 495-510 (in-time placebos).
    """
    shifts = shift_at(series, window)
    if missing := sorted(set(years) - set(shifts.index)):
        raise ValueError(f"not enough years around {missing}")
    found = pd.DataFrame({"decision": pd.Series(years), "shift": shifts[list(years)]})
    found["before"] = [series.loc[year - window : year - 1].mean() for year in found.index]
    found["after"] = found["before"] + found["shift"]
    found["rank"] = [int((shifts.abs() >= abs(shift) - 1e-12).sum()) for shift in found["shift"]]
    found["of"], found["p"] = len(shifts), found["rank"] / len(shifts)
    return found[["decision", "before", "after", "shift", "rank", "of", "p"]]


# ---------------------------------------------------------------------------------------------------
# Spending beside other things


def rank_correlation(pairs: pd.DataFrame, draws: int = 5000, seed: int = 1) -> pd.Series:
    """Whether two measures of the same cases rise together, by ranks.

    Parameters
    ----------
    pairs : DataFrame of float
        Two columns, a row per case; cases with a gap are left out.
    draws : int
        Random permutations, and samples for the interval.
    seed : int
        Seed.

    Returns
    -------
    Series of float
        ``cases``, ``rho`` (Spearman's), ``low`` and ``high`` (its 95 percent interval, by samples of the cases) and
        ``p`` (two-sided, by permutation);
        ``without one, low`` and ``without one, high``: the extremes of rho with each case left out in turn.

    Raises
    ------
    ValueError
        If there are fewer than five cases, or one measure is the same for all.

    References
    ----------
    Spearman, C. (1904). The proof and measurement of association between two things. American Journal of Psychology
    15(1), 72-101.
    """
    x, y = pairs.dropna().to_numpy(dtype=float).T
    if len(x) < 5 or len(set(x)) == 1 or len(set(y)) == 1:
        raise ValueError("a correlation needs five cases, and measures that differ")

    random = np.random.default_rng(seed)
    seen, places = _rho(x, y).item(), random.integers(0, len(x), (draws, len(x)))
    chance = np.append(_rho(random.permuted(np.tile(x, (draws, 1)), axis=1), y), seen)
    low, high = np.nanquantile(_rho(x[places], y[places]), [0.025, 0.975])
    p = (np.abs(chance) >= abs(seen) - 1e-12).mean()
    without = [_rho(np.delete(x, k), np.delete(y, k)).item() for k in range(len(x))]
    found = {"cases": len(x), "rho": seen, "low": low, "high": high, "p": p}
    return pd.Series(found | {"without one, low": min(without), "without one, high": max(without)})


def _rho(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Spearman's rank correlation of rows; missing where a row of a sample is all the same."""
    x, y = (ranks - ranks.mean(axis=-1, keepdims=True) for ranks in (rankdata(x, axis=-1), rankdata(y, axis=-1)))
    scale = np.sqrt((x**2).sum(axis=-1) * (y**2).sum(axis=-1))
    return np.divide((x * y).sum(axis=-1), scale, out=np.full(scale.shape, np.nan), where=scale > 0)
