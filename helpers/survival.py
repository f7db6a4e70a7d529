"""How long something takes when some cases still wait: Kaplan-Meier curves and the log-rank test."""

from __future__ import annotations

import warnings

import pandas as pd
from scipy.stats import CensoredData, ecdf, logrank

__all__ = ["compare_waiting", "median_wait", "waiting"]


def waiting(cases: pd.DataFrame, done: str = "done") -> pd.DataFrame:
    """Share of cases still waiting after so many months, by Kaplan and Meier.

    Parameters
    ----------
    cases : DataFrame
        ``months`` (float) and a column of bool that says whether the wait ended.
    done : str
        Name of that column.

    Returns
    -------
    DataFrame
        One row per duration, from 0 on: ``time`` (months), ``share`` (0 to 1, still waiting), and
        ``low`` and ``high`` (its 95 percent interval, log-log).

    Raises
    ------
    ValueError
        If there are no cases.

    Notes
    -----
    An open case counts as waiting for as long as it was seen, and then no longer. Where the interval is not defined
    (before the first end, and once nobody waits) it is the share itself.

    References
    ----------
    Kaplan, E. L. and Meier, P. (1958). Nonparametric estimation from incomplete observations. Journal of the
    American Statistical Association 53(282), 457-481.

    Examples
    --------
    >>> waiting(pd.DataFrame({"months": [2.0, 4.0, 6.0], "done": [True, False, True]}))["share"].round(2).tolist()
    [1.0, 0.67, 0.67, 0.0]
    """
    if cases.empty:
        raise ValueError("there are no cases that could wait")
    curve = ecdf(CensoredData.right_censored(cases["months"].to_numpy(), ~cases[done].to_numpy())).sf
    with warnings.catch_warnings():  # of intervals that are not defined: see the notes
        warnings.simplefilter("ignore", RuntimeWarning)
        interval = curve.confidence_interval(method="log-log")
    frame = pd.DataFrame(
        {
            "time": curve.quantiles,
            "share": curve.probabilities,
            "low": interval.low.probabilities,
            "high": interval.high.probabilities,
        }
    )
    start = pd.DataFrame({"time": [0.0], "share": [1.0], "low": [1.0], "high": [1.0]})
    frame = pd.concat([start, frame], ignore_index=True)
    return frame.assign(low=frame["low"].fillna(frame["share"]), high=frame["high"].fillna(frame["share"]))


def compare_waiting(cases: pd.DataFrame, later: pd.Series, done: str = "done") -> pd.Series:
    """Compare how long two groups of cases wait: the earlier and the later ones.

    Parameters
    ----------
    cases : DataFrame
        As for :func:`waiting`.
    later : Series of bool
        Which of them belong to the later group, with the index of `cases`.
    done : str
        Name of the column that says whether the wait ended.

    Returns
    -------
    Series
        ``cases`` and `done` (their numbers), ``median before`` and ``median since`` (months after which half no
        longer wait, by Kaplan and Meier; missing where that never happens) and ``p`` (log-rank test: the chance of
        so large a difference if both were of one kind).

    Raises
    ------
    ValueError
        If one of the groups is empty.

    References
    ----------
    Mantel, N. (1966). Evaluation of survival data and two new rank order statistics arising in its consideration.
    Cancer Chemotherapy Reports 50(3), 163-170.
    """
    halves = [cases[~later], cases[later]]
    curves = [waiting(half, done) for half in halves]
    medians = [curve.loc[curve["share"] <= 0.5, "time"].min() for curve in curves]
    samples = [CensoredData.right_censored(half["months"], ~half[done]) for half in halves]
    values = [len(cases), cases[done].sum(), *medians, logrank(*samples).pvalue]
    return pd.Series(values, index=["cases", done, "median before", "median since", "p"])


def median_wait(cases: pd.DataFrame, done: str = "done") -> pd.Series:
    """Time after which half no longer wait, with its 95 percent interval.

    Parameters
    ----------
    cases : DataFrame
        As for :func:`waiting`.
    done : str
        Name of the column that says whether the wait ended.

    Returns
    -------
    Series
        ``cases`` and `done` (their numbers), ``median``, ``low`` and ``high`` (months; missing where the curve, or
        the bound of its interval, never comes down to one half).

    Raises
    ------
    ValueError
        If there are no cases.

    References
    ----------
    Brookmeyer, R. and Crowley, J. (1982). A confidence interval for the median survival time. Biometrics 38(1), 29-41.

    Examples
    --------
    >>> median_wait(pd.DataFrame({"months": [2.0, 4.0, 6.0], "done": [True, True, True]}))["median"].item()
    4.0
    """
    curve = waiting(cases, done)
    crossed = {name: curve.loc[curve[column] <= 0.5, "time"].min()
               for name, column in {"median": "share", "low": "low", "high": "high"}.items()}  # fmt: skip
    return pd.Series({"cases": len(cases), done: cases[done].sum(), **crossed})
