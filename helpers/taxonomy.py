"""What kinds of deals there are, who has which, how they came about, and how long they take.

Everything starts from the events of Japan's own instruments (:func:`deals`) or their parties
(:func:`holdings`). What tells the kinds apart is data: the marks in ``agreement_types.csv`` and the
questions in ``key_questions.csv``, which :func:`classify` walks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from helpers.tables import Tables, date_bounds, instruments, party_status

__all__ = [
    "ATOP_LAST",
    "DCAD_SPAN",
    "STANDINGS",
    "Walk",
    "classify",
    "classify_readings",
    "cohen_kappa",
    "deals",
    "held_elsewhere",
    "holdings",
    "holdings_table",
    "monthly",
    "monthly_panels",
    "negotiations",
    "rate_ratio",
    "rate_ratios",
    "scan",
    "scan_windows",
]

# ---------------------------------------------------------------------------------------------------
# The key: telling kinds apart


class Walk(NamedTuple):
    """A walk through the key.

    Attributes
    ----------
    kinds : tuple of str
        Kinds that the marks allow: one if they tell it, several if they do not.
    asked : tuple of (int, str)
        Questions asked with their answers, in order.
    open : int or None
        The question that the marks leave unanswered; None where the walk reached an end.
    """

    kinds: tuple[str, ...]
    asked: tuple[tuple[int, str], ...]
    open: int | None


def classify(marks: Mapping[str, str], kinds: pd.DataFrame, questions: pd.DataFrame) -> Walk:
    """Walk the key with the marks of an instrument.

    Parameters
    ----------
    marks : mapping of str to str
        What is known of the instrument: ``yes`` or ``no`` by mark (the column ``mark`` of the
        questions). A mark that is not given is not known.
    kinds : DataFrame
        The table ``agreement_types``.
    questions : DataFrame
        The table ``key_questions``.

    Returns
    -------
    Walk
        The kinds reached, the questions asked, and where the walk had to stop.

    Raises
    ------
    ValueError
        If a mark or an answer does not exist, or if no kind has the given marks together.

    Notes
    -----
    A walk stops at the first question that the marks do not answer; all kinds beyond it stay possible.
    Of the kinds reached, those are dropped whose own marks deny one of the given marks, asked or not, so
    that marks that contradict one another leave no kind.

    Examples
    --------
    >>> from helpers import load_tables
    >>> tables = load_tables()
    >>> key = tables.agreement_types, tables.key_questions
    >>> classify({"promises_force": "no", "forces_abroad": "no", "supplies": "yes"}, *key).kinds
    ('ACSA',)
    >>> visit = {"promises_force": "no", "forces_abroad": "yes", "legal_standing": "yes", "visits_only": "yes"}
    >>> classify({**visit, "reciprocal": "yes"}, *key).kinds
    ('RAA', 'VFA')
    >>> classify({**visit, "gift": "yes"}, *key)
    Traceback (most recent call last):
    ...
    ValueError: no kind has these marks together: promises_force no, ... gift yes
    """
    _check_marks(marks, questions)
    rows, asked, question = questions.set_index("question"), [], 1
    while question is not None:
        answer = marks.get(rows.loc[question, "mark"])
        if answer is None:
            break
        asked.append((question, answer))
        reached, question = _step(rows, question, answer)
    if question is not None:
        reached = _beyond(rows, question)
    own = kinds.set_index("type")[list(marks)]
    fits = [kind for kind in reached if all(own.loc[kind, mark] in (marks[mark], "varies") for mark in marks)]
    if not fits:
        said = ", ".join(f"{mark} {answer}" for mark, answer in marks.items())
        raise ValueError(f"no kind has these marks together: {said}")
    return Walk(tuple(fits), tuple(asked), question)


def _check_marks(marks: Mapping[str, str], questions: pd.DataFrame) -> None:
    for mark, answer in marks.items():
        if mark not in set(questions["mark"]):
            raise ValueError(f"no mark {mark!r}; there are: {', '.join(questions['mark'])}")
        if answer not in ("yes", "no"):
            raise ValueError(f"a mark is 'yes' or 'no', or left out where it is not known; {mark} is {answer!r}")


def _step(rows: pd.DataFrame, question: int, answer: str) -> tuple[list[str], int | None]:
    """Kinds, or the next question, to which an answer leads."""
    onward, ends = rows.loc[question, [f"if_{answer}", f"kinds_if_{answer}"]]
    return ([], int(onward)) if pd.isna(ends) else (ends.split(";"), None)


def _beyond(rows: pd.DataFrame, question: int) -> list[str]:
    """All kinds to which a question can still lead."""
    found: list[str] = []
    for answer in ("yes", "no"):
        ends, onward = _step(rows, question, answer)
        found += ends if onward is None else _beyond(rows, onward)
    return list(dict.fromkeys(found))


def classify_readings(tables: Tables) -> pd.DataFrame:
    """Walk the key for every reading of an instrument, with its kind hidden, and compare.

    Parameters
    ----------
    tables : Tables
        The tables; in ``agreements``, ``read_first`` and ``read_second`` have the last question that each
        reading asked and its answer.

    Returns
    -------
    DataFrame
        One row per instrument and reading: ``id``, ``reader`` (``first`` or ``second``), ``type`` (the kind in
        ``agreements.csv``), ``reached`` (kinds reached, ';'-separated), and ``outcome``: ``same`` (only its own
        kind), ``among several`` (its own among others) or ``another``. What was not read is left out.

    Notes
    -----
    The answers before the last one follow from it: the key has one way to each question.
    """
    rows = tables.key_questions.set_index("question")
    trails, reached = _trails(rows), {}
    readings = tables.agreements.rename(columns={"read_first": "first", "read_second": "second"})
    readings = readings.melt(["id", "type"], ["first", "second"], "reader", "end").dropna()
    for end in readings["end"].unique():
        question, answer = int(end.split()[0]), end.split()[1]
        marks = trails[question] | ({} if answer == "open" else {rows.loc[question, "mark"]: answer})
        reached[end] = classify(marks, tables.agreement_types, tables.key_questions).kinds
    walks = [reached[end] for end in readings.pop("end")]
    outcome = [_outcome(kind, kinds) for kind, kinds in zip(readings["type"], walks, strict=True)]
    return readings.assign(reached=[";".join(kinds) for kinds in walks], outcome=outcome).reset_index(drop=True)


def _outcome(kind: str, reached: tuple[str, ...]) -> str:
    if kind not in reached:
        return "another"
    return "same" if len(reached) == 1 else "among several"


def _trails(rows: pd.DataFrame) -> dict[int, dict[str, str]]:
    """Marks that lead to each question."""
    trails, waiting = {1: {}}, [1]
    for question in waiting:
        for answer in ("yes", "no"):
            _, onward = _step(rows, question, answer)
            if onward is not None:
                trails[onward] = {**trails[question], rows.loc[question, "mark"]: answer}
                waiting.append(onward)
    return trails


def cohen_kappa(first: pd.Series, second: pd.Series) -> pd.Series:
    """How far two readings of the same things agree, beyond chance.

    Parameters
    ----------
    first, second : Series
        Labels, in the same order.

    Returns
    -------
    Series of float
        ``share`` of equal labels, ``chance`` (the share to be expected if each reader had dealt out
        their own labels at random), and ``kappa``: (share - chance) / (1 - chance).

    Raises
    ------
    ValueError
        If there is nothing to compare, or if chance alone explains everything (one label only).

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
    Measurement 20(1), 37-46.

    Examples
    --------
    >>> cohen_kappa(pd.Series(list("aabb")), pd.Series(list("aaba"))).round(2).to_dict()
    {'share': 0.75, 'chance': 0.5, 'kappa': 0.5}
    """
    if len(first) != len(second) or not len(first):
        raise ValueError(f"kappa needs two readings of the same things, got {len(first)} and {len(second)}")
    share = float(np.mean(first.to_numpy() == second.to_numpy()))
    own, other = first.value_counts(normalize=True), second.value_counts(normalize=True)
    chance = float((own * other).sum())
    if chance == 1:
        raise ValueError("both readings have one and the same label throughout: agreement beyond chance is undefined")
    return pd.Series({"share": share, "chance": chance, "kappa": (share - chance) / (1 - chance)})


# ---------------------------------------------------------------------------------------------------
# Who has what

# From the closest tie to the loosest: what a partner holds of a kind is the best of its instruments.
STANDINGS = (
    "in force", "signed", "negotiating", "announced", "considered", "dormant", "unclear", "completed", "ended",
)  # fmt: skip


def holdings(tables: Tables, day: str) -> pd.DataFrame:
    """Which partner has which kind of instrument with Japan on a day, and in which status.

    Parameters
    ----------
    tables : Tables
        The tables.
    day : str
        The day, ``YYYY-MM-DD``.

    Returns
    -------
    DataFrame
        One row per partner and kind: ``partner``, ``type``, ``status`` (the best that any instrument of
        the kind has, in the order of ``STANDINGS``), ``instruments`` (int, with any status but
        ``not yet``) and ``shared`` (bool, whether all of them have more than two parties).

    Raises
    ------
    ValueError
        If `day` is not a day, or lies after the horizon of the agreements.

    Notes
    -----
    Only what :func:`helpers.tables.instruments` gives counts; a clause is counted under its own kind.
    Organizations stand beside states; their members are not partners through them.

    Examples
    --------
    >>> from helpers import load_tables
    >>> held = holdings(load_tables(), "2024-02-02").query("type == 'ACSA'").set_index("partner")["status"]
    >>> held[["AUS", "DEU", "KOR"]].to_dict()
    {'AUS': 'in force', 'DEU': 'signed', 'KOR': 'dormant'}
    """
    rows = party_status(tables, day)
    rows = rows[rows["agreement_id"].isin(_own(tables)["id"]) & (rows["party"] != "JPN")]
    rows = rows.assign(shared=rows["agreement_id"].map(rows["agreement_id"].value_counts()) > 1)
    rows = rows[rows["status"] != "not yet"]
    rows = rows.assign(rank=rows["status"].map(STANDINGS.index)).sort_values("rank", kind="stable")
    held = rows.groupby(["party", "type"], as_index=False).agg(
        status=("status", "first"), instruments=("status", "size"), shared=("shared", "all")
    )
    return held.rename(columns={"party": "partner"})


def holdings_table(tables: Tables, day: str, kinds: list[str]) -> pd.DataFrame:
    """Who has what, as a table: partners down, kinds across.

    Parameters
    ----------
    tables : Tables
        The tables.
    day : str
        The day, ``YYYY-MM-DD``.
    kinds : list of str
        Kinds, in the order of the columns.

    Returns
    -------
    DataFrame of str
        Status (see :func:`holdings`) by partner and kind, missing where there is none; the partner with the most
        kinds in force comes first.

    Notes
    -----
    The agreement of 1954 on the forces of the United Nations Command ties Japan to many states at once and to
    none in particular: a status of forces agreement with more than two parties is left out.

    Examples
    --------
    >>> from helpers import load_tables
    >>> holdings_table(load_tables(), "2024-08-31", ["ACSA", "RAA"]).loc["PHL"].tolist()
    [nan, 'signed']
    """
    held = holdings(tables, day)
    held = held[held["type"].isin(kinds) & ~((held["type"] == "SOFA") & held["shared"])]
    table = held.pivot_table(index="partner", columns="type", values="status", aggfunc="first").reindex(columns=kinds)
    return table.loc[(table == "in force").sum(axis=1).sort_values(ascending=False, kind="stable").index]


def _own(tables: Tables) -> pd.DataFrame:
    """Japan's own instruments."""
    frame = instruments(tables)
    return frame[frame["parties"].str.split(";").map(lambda codes: "JPN" in codes)]


# ---------------------------------------------------------------------------------------------------
# Deals as events in time


def deals(tables: Tables) -> pd.DataFrame:
    """Japan's deals as events: each signature, and each entry into force.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    DataFrame
        One row per event, in the order of its date: ``id``, ``type``, ``family``, ``event`` (``signed`` or
        ``in force``), ``partners`` (';'-separated), ``political`` (bool, whether the text does not bind),
        ``date`` (as printed), ``precision`` (``day``, ``month`` or ``year``), ``earliest`` and ``latest``
        (datetime64).

    Notes
    -----
    An instrument of its own is one row of ``agreements.csv`` with Japan among the parties that is no
    amendment, supplement or clause of another. Sales and grants come from ``transfers.csv`` at the step
    that makes the deal (agreed or contracted); approvals by one side alone are no deals. For standing
    meetings of ministers the first session stands for the signature. What was only talked about,
    considered or announced is no event. Many agreements enter into force on the day of signature, so that
    the two kinds of event should not be added up.

    Examples
    --------
    >>> from helpers import load_tables
    >>> events = deals(load_tables())
    >>> events.loc[events["id"] == "detta-are-2023", ["event", "date"]].values.tolist()
    [['signed', '2023-05-25'], ['in force', '2024-01-09']]
    """
    own = _own(tables)
    own = own[own["relation"] != "clause"]
    base = own[["id", "type", "binding"]].assign(partners=_others(own["parties"]))
    forum = own["type"] == "TWO_PLUS_TWO"
    signed = base.assign(event="signed", date=own["in_force"].where(forum, own["signed"]))
    entered = base[~forum].assign(event="in force", date=own["in_force"])
    made = tables.transfers[tables.transfers["step"].isin(["agreed", "contracted"])]
    partner = made["supplier"].where(made["supplier"] != "JPN", made["recipient"])
    sold = made[["id", "type", "date"]].assign(partners=partner, event="signed")
    events = pd.concat([signed, entered, sold], ignore_index=True)
    return _dated(events[events["date"].notna()], tables)


def _others(parties: pd.Series) -> pd.Series:
    return parties.str.split(";").map(lambda codes: ";".join(code for code in codes if code != "JPN"))


def _dated(events: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Add bounds, precision, family and whether the text binds; sort."""
    kinds = tables.agreement_types.set_index("type")
    binds = events["binding"].fillna(events["type"].map(kinds["binds"]))
    events = events.assign(
        family=events["type"].map(kinds["family"]),
        political=binds == "political",
        precision=events["date"].str.len().map({10: "day", 7: "month", 4: "year"}),
        **date_bounds(events["date"]),
    )
    columns = ["id", "type", "family", "event", "partners", "political", "date", "precision", "earliest", "latest"]
    return events[columns].sort_values(["earliest", "id", "date"], ignore_index=True)


def monthly(events: pd.DataFrame, start: str, end: str) -> pd.Series:
    """Count events by calendar month.

    Parameters
    ----------
    events : DataFrame
        Rows of :func:`deals`.
    start, end : str
        First and last month, ``YYYY-MM``.

    Returns
    -------
    Series of int
        Number of events by month (PeriodIndex), zeros included.

    Notes
    -----
    Events known by year only belong to no month and are left out: count them apart.

    Examples
    --------
    >>> from helpers import load_tables
    >>> events = deals(load_tables()).query("event == 'signed' and type == 'RAA'")
    >>> monthly(events, "2022-01", "2022-03").tolist()
    [1, 0, 0]
    """
    months = pd.period_range(start, end, freq="M")
    dated = events[events["precision"].isin(["day", "month"])]
    return dated["earliest"].dt.to_period("M").value_counts().reindex(months, fill_value=0).rename("events")


def monthly_panels(events: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Count events by month, apart for signatures and entries into force, texts that bind and that do not.

    Parameters
    ----------
    events : DataFrame
        Rows of :func:`deals`.
    start, end : str
        First and last month, ``YYYY-MM``.

    Returns
    -------
    DataFrame of int
        Number of events by month (PeriodIndex); columns are pairs of event (``signed``, ``in force``) and
        ``political`` (False, True), in that order.
    """
    panels = {
        (event, political): monthly(events[(events["event"] == event) & (events["political"] == political)], start, end)
        for event in ("signed", "in force")
        for political in (False, True)
    }
    return pd.DataFrame(panels).rename_axis(["event", "political"], axis=1)


# ---------------------------------------------------------------------------------------------------
# Was it a burst?


def rate_ratio(count: int, exposure: float, before: int, exposure_before: float) -> pd.Series:
    """Compare two Poisson rates exactly, the window having been named beforehand.

    Parameters
    ----------
    count, before : int
        Events in the window, and in the time it is compared with.
    exposure, exposure_before : float
        Length of both, in the same unit.

    Returns
    -------
    Series of float
        ``expected`` (events in the window at the earlier rate), ``ratio`` of the rates, ``low`` and
        ``high`` (its exact 95 percent interval) and ``p`` (probability of as many events or more in the
        window if both rates were the same).

    Raises
    ------
    ValueError
        If an exposure is not positive, or nothing happened at all.

    Notes
    -----
    Given the sum of both counts, the count in the window is binomial, with the share of the window in the
    whole time as its probability. Exact, and therefore a little too careful. Deals that are signed at the
    same meeting do not come independently, so that the true probability is larger: compare meetings, too.

    References
    ----------
    Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples from Poisson series.
    Biometrika 31(3/4), 313-323.

    Examples
    --------
    >>> rate_ratio(11, 800, 21, 3011).round(3).to_dict()
    {'expected': 5.58, 'ratio': 1.971, 'low': 0.858, 'high': 4.277, 'p': 0.056}
    """
    if min(exposure, exposure_before) <= 0 or count + before == 0:
        raise ValueError("rates need a time of positive length and at least one event")
    share = exposure / (exposure + exposure_before)
    test = binomtest(count, count + before, share, alternative="greater")
    interval = binomtest(count, count + before, share).proportion_ci(0.95)
    odds = (1 - share) / share
    low, high = (p / (1 - p) * odds if p < 1 else np.inf for p in (interval.low, interval.high))
    ratio = count / exposure / (before / exposure_before) if before else np.inf
    expected = before / exposure_before * exposure
    return pd.Series({"expected": expected, "ratio": ratio, "low": low, "high": high, "p": float(test.pvalue)})


def rate_ratios(series: dict[str, pd.Series], window: slice, before: slice) -> pd.DataFrame:
    """Compare the rate of events in a window with that of an earlier stretch, for several series.

    Parameters
    ----------
    series : dict of str to Series
        Events by month, as :func:`monthly` gives them, by name.
    window, before : slice of str
        First and last month (``YYYY-MM``), or years, of both.

    Returns
    -------
    DataFrame
        One row per series: ``events`` in the window, and the columns of :func:`rate_ratio` (months are the
        unit of time).

    Examples
    --------
    >>> months = pd.period_range("2022-01", "2023-12", freq="M")
    >>> counts = pd.Series([1] * 12 + [2] * 12, index=months)
    >>> rate_ratios({"deals": counts}, slice("2023", "2023"), slice("2022", "2022"))["ratio"].tolist()
    [2.0]
    """
    rows = {}
    for name, counts in series.items():
        now, then = counts.loc[window], counts.loc[before]
        compared = rate_ratio(int(now.sum()), len(now), int(then.sum()), len(then))
        rows[name] = pd.concat([pd.Series({"events": now.sum()}), compared])
    return pd.DataFrame(rows).T.astype({"events": int})


def scan(counts: pd.Series, width: int, *, by_year: bool = False, draws: int = 9999, seed: int = 0) -> pd.DataFrame:
    """Look for the fullest window of a length, and ask how full it would be by chance.

    Parameters
    ----------
    counts : Series of int
        Events by month (PeriodIndex), as :func:`monthly` gives them.
    width : int
        Length of the window in months.
    by_year : bool
        False: by chance each event falls into any month of the whole time. True: into any month of its own
        year, so that busy years stay busy.
    draws : int
        Random worlds.
    seed : int
        Seed of the random numbers.

    Returns
    -------
    DataFrame
        One row per window, indexed by its first month: ``events`` (int), ``p_named`` (share of random
        worlds in which this window is at least as full: right if it was named beforehand) and ``p_scan``
        (share in which the fullest of all windows is: right if it was chosen after the fact).

    Raises
    ------
    ValueError
        If a window is longer than the time, or there are no events.

    Notes
    -----
    The scan statistic in months: the number of events is kept, their months are dealt out anew in
    proportion to the days of the month. Both probabilities count the observed world as one more draw, and
    thus are never zero.

    References
    ----------
    Naus, J. I. (1965). The distribution of the size of the maximum cluster of points on a line. Journal of
    the American Statistical Association 60(310), 532-538.

    Examples
    --------
    >>> months = pd.period_range("2020-01", "2020-12", freq="M")
    >>> counts = pd.Series([0, 0, 1, 0, 6, 0, 1, 0, 0, 1, 0, 1], index=months)
    >>> scan(counts, 1).loc["2020-05", "events"]
    np.int64(6)
    """
    if not 1 <= width <= len(counts):
        raise ValueError(f"a window of {width} months does not fit into {len(counts)}")
    if not counts.sum():
        raise ValueError("there are no events to scan")
    rng = np.random.default_rng(seed)
    seen = _windows(counts.to_numpy()[None, :], width)[0]
    worlds = _windows(_dealt(counts, by_year, draws, rng), width)
    fullest = np.sort(worlds.max(axis=1))
    return pd.DataFrame(
        {
            "events": seen,
            "p_named": (1 + (worlds >= seen).sum(axis=0)) / (draws + 1),
            "p_scan": (1 + draws - np.searchsorted(fullest, seen)) / (draws + 1),
        },
        index=counts.index[: len(seen)].rename("from"),
    )


def scan_windows(
    series: dict[str, pd.Series], windows: dict[str, tuple[pd.Period, int]], *, seed: int = 0
) -> pd.DataFrame:
    """Ask :func:`scan` about certain windows of several series.

    Parameters
    ----------
    series : dict of str to Series
        Events by month, by name.
    windows : dict of str to (Period, int)
        First month and length in months, by name.
    seed : int
        Seed of the random numbers.

    Returns
    -------
    DataFrame
        One row per window and series, named ``series: window``, with the columns of :func:`scan`.

    Examples
    --------
    >>> months = pd.period_range("2020-01", "2020-12", freq="M")
    >>> counts = pd.Series([0, 0, 1, 0, 6, 0, 1, 0, 0, 1, 0, 1], index=months)
    >>> scan_windows({"deals": counts}, {"May": (months[4], 1)})["events"].to_dict()
    {'deals: May': 6.0}
    """
    rows = {
        f"{name}: {window}": scan(counts, width, seed=seed).loc[first]
        for window, (first, width) in windows.items()
        for name, counts in series.items()
    }
    return pd.DataFrame(rows).T


def _windows(worlds: np.ndarray, width: int) -> np.ndarray:
    """Sums over all windows, one world per row."""
    sums = np.cumsum(np.pad(worlds, ((0, 0), (1, 0))), axis=1)
    return sums[:, width:] - sums[:, :-width]


def _dealt(counts: pd.Series, by_year: bool, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Random worlds: the events dealt out anew over the months, one world per row."""
    groups = counts.index.year if by_year else np.zeros(len(counts), dtype=int)
    worlds = np.empty((draws, len(counts)), dtype=int)
    for group in np.unique(groups):
        inside = groups == group
        days = counts.index.days_in_month.to_numpy()[inside]
        worlds[:, inside] = rng.multinomial(counts.to_numpy()[inside].sum(), days / days.sum(), size=draws)
    return worlds


# ---------------------------------------------------------------------------------------------------
# How long it takes


def negotiations(tables: Tables, kinds: list[str]) -> pd.DataFrame:
    """How long each negotiation took, or has lasted so far.

    Parameters
    ----------
    tables : Tables
        The tables; with an as-of view, the talks as they stood then.
    kinds : list of str
        Kinds of instruments.

    Returns
    -------
    DataFrame
        One row per instrument whose talks have a known start, by kind and start: ``id``, ``type``,
        ``partner``, ``opened`` (as printed), ``opening`` (what the source calls the start), ``signed`` (bool),
        ``state`` (``signed``, ``open``, or what a source calls unsigned talks, such as ``dormant``), ``months``
        (float, from the middle of the start to the middle of the end), ``shortest`` and ``longest`` (float, what
        the precision of the dates allows), ``precedents`` (int, partners with whom Japan had signed the kind
        before the talks opened).

    Notes
    -----
    Talks without a signature last to the horizon, or to the day on which a source calls them dormant: they
    are censored (``signed`` is False), not dropped. A month is 30.4375 days. Successors of an older
    agreement with the same partner (``replaces``) are left out, since they start from a text of their own.
    """
    own = _own(tables)
    own = own[own["type"].isin(kinds) & own["relation"].isna()]
    started = own[own["negotiations_opened"].notna() & own["replaces"].isna()]
    halted = started["standing_from_latest"].fillna(tables.horizon("agreements"))
    signed = started["signed"].notna()
    first = started["signed_earliest"].where(signed, halted)
    last = started["signed_latest"].where(signed, halted)
    opened = started[["negotiations_opened_earliest", "negotiations_opened_latest"]]
    shortest = _months(first - opened["negotiations_opened_latest"]).clip(lower=0)
    longest = _months(last - opened["negotiations_opened_earliest"])
    frame = pd.DataFrame(
        {
            "id": started["id"],
            "type": started["type"],
            "partner": _others(started["parties"]),
            "opened": started["negotiations_opened"],
            "opening": started["opening"],
            "signed": signed,
            "state": started["standing"].fillna("open").mask(signed, "signed"),
            "months": (shortest + longest) / 2,
            "shortest": shortest,
            "longest": longest,
            "precedents": [_precedents(own, row) for row in started.itertuples()],
        }
    )
    return frame.sort_values(["type", "opened", "id"], ignore_index=True)


def _months(span: pd.Series) -> pd.Series:
    return span.dt.days / 30.4375


def _precedents(own: pd.DataFrame, row) -> int:
    """Partners with whom Japan had signed the kind before a negotiation opened."""
    earlier = own[(own["type"] == row.type) & (own["signed_latest"] < row.negotiations_opened_earliest)]
    return earlier["parties"].nunique()


# ---------------------------------------------------------------------------------------------------
# What the standard data sets would hold

ATOP_LAST = 2018  # last year of ATOP 5.1
DCAD_SPAN = (1980, 2010)  # years of the Defense Cooperation Agreement Dataset


def held_elsewhere(tables: Tables) -> pd.DataFrame:
    """Which of Japan's instruments the standard data sets would hold, by their own rules.

    Parameters
    ----------
    tables : Tables
        The tables; the rule for each kind is in ``agreement_types`` (``atop``, ``dcad``).

    Returns
    -------
    DataFrame
        One row per signed instrument of Japan that is no amendment, supplement or clause: ``id``,
        ``type``, ``year`` (int, of signature), ``atop`` and ``dcad``: ``held``, ``outside`` (kind, legal force or
        number of parties do not fit), ``other years`` (they may fit, but the year lies outside the data) or
        ``not established`` (the rule for the kind, or whether the text binds, is not known).

    Notes
    -----
    A rule by kind, not a look-up: it says what the data would hold if coders took each instrument of
    the kind. ATOP holds promises of help, neutrality, restraint or consultation in agreements with legal
    force; DCAD holds formal agreements between two states. Political texts count in neither.

    References
    ----------
    Leeds, B. A., Ritter, J. M., Mitchell, S. M. and Long, A. G. (2002). Alliance treaty obligations and
    provisions, 1815-1944. International Interactions 28(3), 237-260.
    Kinne, B. J. (2020). The Defense Cooperation Agreement Dataset (DCAD). Journal of Conflict Resolution
    64(4), 729-755.
    """
    own = _own(tables)
    own = own[(own["relation"] != "clause") & own["signed"].notna()]
    kinds = tables.agreement_types.set_index("type")
    year = own["signed_earliest"].dt.year
    binds = own["binding"].fillna(own["type"].map(kinds["binds"]))
    rule = own["type"].map(kinds["atop"])
    fits = (rule != "outside") & (binds != "political")
    atop = np.select([~fits, year > ATOP_LAST], ["outside", "other years"], "held")
    states = set(tables.parties.query("kind == 'state'")["code"])
    rule = own["type"].map(kinds["dcad"])
    outside = (rule == "outside") | (binds == "political") | ~_others(own["parties"]).isin(states)
    unknown = rule.isna() | (binds == "varies")
    answers = ["outside", "other years", "not established"]
    dcad = np.select([outside, ~year.between(*DCAD_SPAN), unknown], answers, "held")
    frame = pd.DataFrame({"id": own["id"], "type": own["type"], "year": year, "atop": atop, "dcad": dcad})
    return frame.reset_index(drop=True)
