"""Claims of articles held against the tables, on the article's day and today.

A claim (a row of ``claims.csv``) names a check and its arguments; a check is a small pure function of the tables that
says what they give and whether the claim holds. A new claim on a kind of check that exists needs no code. The audit
comes after the other analyses and asks them. One way only: :func:`answer` asks one claim of one set of tables,
:func:`verdict` joins the answers of two days, :func:`evaluate` does so for all claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from helpers import network, spending, stages, survival, taxonomy
from helpers.tables import Tables, date_bounds, party_status

__all__ = [
    "CHECKS",
    "VERDICTS",
    "Answer",
    "answer",
    "base_rate",
    "definitions",
    "dossier",
    "evaluate",
    "evidence",
    "own_coding",
    "sure_rows",
    "verdict",
]

VERDICTS = ("supported", "partly", "contradicted", "overtaken", "not checkable")
YES, PARTLY, NO, UNKNOWN = "yes", "partly", "no", "unknown"

# The column that dates a row, by table.
DATES = {
    "agreements": ("signed", "signed"),
    "talks": ("date", "date"),
    "exercises": ("start", "end"),
    "transfers": ("date", "date"),
    "milestones": ("date", "date"),
}


# Tables in which a missing row says little.
SAMPLES = ("exercises", "talks")

# What is said where the difference could be chance.
CHANCE = "; not told apart from chance"


class Answer(NamedTuple):
    """What the tables say to a claim.

    Attributes
    ----------
    holds : {"yes", "partly", "no", "unknown"}
        Whether the claim holds; unknown where the tables cannot tell.
    found : str
        What they give, in words.
    rows : tuple of str
        Identifiers of the rows behind it.
    """

    holds: str
    found: str
    rows: tuple[str, ...] = ()


# ---------------------------------------------------------------------------------------------------
# Comparing what is claimed with what is found


def _day(tables: Tables) -> str:
    """Day that the tables speak of: that of the view, else the horizon of the agreements."""
    return f"{tables.horizon('agreements'):%Y-%m-%d}"


def _number(claimed: str, found: float) -> str:
    """Whether a number is the claimed one: beyond a bound (``>=4``, ``<2``), or equal to the digits that are given."""
    for sign, test in ((">=", np.greater_equal), ("<=", np.less_equal), (">", np.greater), ("<", np.less)):
        if claimed.startswith(sign):
            return YES if test(found, float(claimed.removeprefix(sign))) else NO
    digits = len(claimed.partition(".")[2])
    return YES if round(found, digits) == float(claimed) else NO


def _set(claimed: str, found: Iterable[str], whole: str = "yes") -> str:
    """Whether a set is the claimed one, or holds it if that is no whole list; partly, if they only overlap."""
    claimed, found = set(claimed.split(";")), set(found)
    if claimed == found or (whole == "no" and claimed < found):
        return YES
    return PARTLY if claimed & found else NO


def _period(claimed: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of a date or an interval (``2025-04/2028-03``)."""
    ends = claimed.split("/")
    bounds = date_bounds(pd.Series([ends[0], ends[-1]]))
    return bounds["earliest"].iloc[0], bounds["latest"].iloc[1]


def _within(claimed: str, earliest: pd.Timestamp, latest: pd.Timestamp, overlap: bool) -> str:
    """Whether a date lies in the claimed period; unknown if it may, or if there is no date."""
    if pd.isna(earliest):
        return UNKNOWN
    first, last = _period(claimed)
    meets = earliest <= last and latest >= first
    if not meets:
        return NO
    return YES if overlap or (first <= earliest and latest <= last) else UNKNOWN


def _joined(holds: Iterable[str]) -> str:
    """One answer from several: the common one, unknown if any is unknown, else partly."""
    holds = set(holds)
    if len(holds) == 1:
        return holds.pop()
    return UNKNOWN if UNKNOWN in holds else PARTLY


def _values(claim) -> list[str]:
    """Claimed values, one per row of the claim, or one for all."""
    values = str(claim.value).split(";")
    return values if len(values) > 1 else values * max(1, len(_named(claim)))


def _named(claim) -> list[str]:
    return [] if pd.isna(claim.rows) else claim.rows.split(";")


def _found(tables: Tables, claim) -> dict[str, tuple[str, pd.Series]]:
    """Rows that a claim names and the tables hold: table and row, by identifier."""
    rows = {}
    for name in DATES:
        frame = tables[name].set_index("id")
        rows |= {key: (name, frame.loc[key]) for key in _named(claim) if key in frame.index}
    return {key: rows[key] for key in _named(claim) if key in rows}


def _list(codes: Iterable[str]) -> str:
    codes = sorted(codes)
    return f"{len(codes)}" + (f": {' '.join(codes)}" if codes else "")


def _toward(claimed: str, estimate: float, low: float, high: float, neutral: float) -> str:
    """Whether an estimate goes the claimed way; unknown if its interval holds the neutral value."""
    if low <= neutral <= high:
        return UNKNOWN
    return YES if (estimate > neutral) == (claimed in ("rising", "positive")) else NO


# ---------------------------------------------------------------------------------------------------
# Checks: which partners, how many


def partners(
    tables: Tables,
    claim,
    *,
    kinds: str,
    standing: str = "in-force",
    on: str | None = None,
    whole: str = "yes",
    names: str = "",
) -> Answer:
    """Partners that have an instrument of some kinds with Japan: how many, or which.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: a number, or codes.
    kinds : str
        Kinds of instruments, ``+``-separated.
    standing : {"in-force", "signed", "negotiating"}
        The least that counts; a signed agreement counts as signed also once it is in force.
    on : str, optional
        Another day than that of the tables.
    whole : {"yes", "no"}
        Whether codes are meant as the whole list, or as examples.
    names : str
        Partners that a claimed number is said to include, ``+``-separated.

    Returns
    -------
    Answer
        The partners, with the instruments. A number that another way of counting gives (:func:`definitions`) holds
        partly.
    """
    least = ("in force", "signed", "negotiating").index(standing.replace("-", " "))
    good = ("in force", "signed", "negotiating")[: least + 1]
    day = min(on or _day(tables), _day(tables))
    held = taxonomy.holdings(tables, day)
    held = held[held["type"].isin(kinds.split("+")) & held["status"].isin(good)]
    found = set(held["partner"])
    rows = _instruments(tables, kinds.split("+"), good, day)
    if not _is_number(claim.value):
        return Answer(_set(claim.value, found, whole), _list(found), rows)
    holds, words = _number(claim.value, len(found)), _list(found)
    if holds == NO and kinds in set(tables.agreement_types["type"]) and claim.value.isdigit():
        ways = definitions(tables, kinds, int(claim.value), names).query("difference == 0")
        holds = PARTLY if len(ways) else NO
        words += f"; {claim.value} if counted as: {ways.index[0]}" if len(ways) else ""
        words += f", but without {ways['lacks'].iloc[0]}, named" if len(ways) and ways["lacks"].iloc[0] else ""
    return Answer(holds, words, rows)


def _is_number(text: str) -> bool:
    return text.lstrip("<>=").replace(".", "", 1).isdigit()


def _instruments(tables: Tables, kinds: list[str], standings: tuple[str, ...], day: str) -> tuple[str, ...]:
    """Japan's instruments of some kinds that have one of some standings on a day."""
    rows = party_status(tables, day)
    own = rows.groupby("agreement_id")["party"].transform(lambda codes: "JPN" in set(codes))
    rows = rows[own & rows["type"].isin(kinds) & rows["status"].isin(standings)]
    return tuple(sorted(set(rows["agreement_id"])))


def deals_with(tables: Tables, claim, *, during: str, whole: str = "yes") -> Answer:
    """Partners with a deal in a stretch of time: signed, bought, given, or entered into force.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: a number, or codes.
    during : str
        Period.
    whole : {"yes", "no"}
        Whether codes are meant as the whole list, or as examples.

    Returns
    -------
    Answer
        The partners, with the instruments and transfers.
    """
    events = _in_period(taxonomy.deals(tables), during)
    found = set(events["partners"].str.split(";").explode())
    holds = _number(claim.value, len(found)) if _is_number(claim.value) else _set(claim.value, found, whole)
    return Answer(holds, _list(found), tuple(events["id"].unique()))


def _in_period(rows: pd.DataFrame, during: str) -> pd.DataFrame:
    """Rows that certainly lie in a period."""
    first, last = _period(during)
    return rows[(rows["earliest"] >= first) & (rows["latest"] <= last)]


def tally(tables: Tables, claim, *, table: str, during: str | None = None, **having: str) -> Answer:
    """Rows of a table that fit: how many.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: a number.
    table : str
        Table.
    during : str, optional
        Period in which the row must be dated.
    **having : str
        Conditions, as of :func:`_fitting`.

    Returns
    -------
    Answer
        The number, with the rows. Too few rows of a table that is a sample leave the answer open.
    """
    rows = _fitting(tables, table, **having)
    rows = _in_period(rows, during) if during else rows
    holds = _number(claim.value, len(rows))
    if holds == NO and table in SAMPLES and len(rows) < float(claim.value.strip("<>=")):
        holds = UNKNOWN
    return Answer(holds, f"{len(rows)} {table.replace('_', ' ')}", tuple(rows[rows.columns[0]]))


def _fitting(tables: Tables, table: str, **having: str) -> pd.DataFrame:
    """Rows of a table that fit conditions, with ``earliest`` and ``latest`` and ``codes`` (parties).

    Conditions are columns (``type=JDEV``), or: ``party`` (one of these takes part), ``parties`` (exactly these),
    ``without`` (none of these), ``region`` (someone of this region takes part), ``has`` (column is not blank),
    ``lead`` (who leads the exercise series), ``words`` and ``place`` (the title, the place has all of these words).
    """
    rows = tables[table]
    if table in DATES:
        date = DATES[table][0]
        rows = rows.assign(earliest=rows[f"{date}_earliest"], latest=rows[f"{date}_latest"], codes=_codes(rows, table))
    regions, leads = tables.parties.set_index("code")["region"], tables.exercise_series.set_index("id")["lead"]
    tests: dict[str, Callable] = {
        "party": lambda rows, some: rows["codes"].map(lambda codes: bool(codes & some)),
        "parties": lambda rows, some: rows["codes"].map(lambda codes: codes == some),
        "without": lambda rows, some: rows["codes"].map(lambda codes: not codes & some),
        "region": lambda rows, some: rows["codes"].map(lambda codes: bool(_regions(codes, regions) & some)),
        "has": lambda rows, some: rows[list(some)].notna().all(axis=1),
        "lead": lambda rows, some: rows["series"].map(leads).isin(some),
        "words": lambda rows, some: _has_words(rows["title"], some),
        "place": lambda rows, some: _has_words(rows["place"], some),
    }
    for name, text in having.items():
        some = set((text.replace("_", " ") if name in ("region", "words", "place") else text).split("+"))
        fits = tests[name](rows, some) if name in tests else rows[name].astype(str).isin(some)
        rows = rows[fits.astype(bool)]
    return rows


def _has_words(texts: pd.Series, words: set[str]) -> pd.Series:
    return texts.fillna("").str.lower().map(lambda text: all(word in text for word in words))


def _codes(rows: pd.DataFrame, table: str) -> pd.Series:
    """Parties of each row, as sets."""
    if table == "transfers":
        return pd.Series([{a, b} for a, b in zip(rows["supplier"], rows["recipient"], strict=True)], index=rows.index)
    if table == "milestones":
        return pd.Series([{"JPN"}] * len(rows), index=rows.index)
    return rows["parties"].str.split(";").map(set)


def _regions(codes: set[str], regions: pd.Series) -> set[str]:
    return set(regions.reindex(sorted(codes - {"JPN"})).dropna())


def recipients(
    tables: Tables, claim, *, type: str, during: str | None = None, whole: str = "yes", **having: str
) -> Answer:
    """Other side of the transfers that fit: which states.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: codes.
    type : str
        Kind of transfer.
    during : str, optional
        Period.
    whole : {"yes", "no"}
        Whether codes are meant as the whole list, or as examples.
    **having : str
        Conditions, as of :func:`_fitting`.

    Returns
    -------
    Answer
        The states, with the transfers that were made (not only planned).
    """
    rows = _fitting(tables, "transfers", type=type, **having)
    rows = rows[rows["step"] != "planned"]
    rows = _in_period(rows, during) if during else rows
    found = set().union(*rows["codes"]) - {"JPN"}
    return Answer(_set(claim.value, found, whole), _list(found), tuple(rows["id"]))


# ---------------------------------------------------------------------------------------------------
# Checks: events, words and figures of named rows


def event(tables: Tables, claim, *, field: str | None = None, overlap: str = "no", **having: str) -> Answer:
    """Named rows are there, fit, and have their dates in the claimed periods.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``rows``, and ``value``: a date or period for all, one per row, or blank.
    field : str, optional
        Column of the date, if not the table's main one.
    overlap : {"no", "yes"}
        Whether it is enough that a row's time overlaps the period.
    **having : str
        Conditions that every row must meet, as of :func:`_fitting`.

    Returns
    -------
    Answer
        Titles and dates. A forecast that came late holds partly; one that has no date when its time is over does not,
        unless the table is a sample. Rows that the tables do not hold leave the answer open.
    """
    rows, fits, words, series = _found(tables, claim), [], [], []
    values = dict(zip(_named(claim), _values(claim), strict=True)) if pd.notna(claim.value) else {}
    for key, (table, row) in rows.items():
        first, last = (field, field) if field else DATES[table]
        inside = key in set(_fitting(tables, table, **having)["id"])
        earliest, latest = row[f"{first}_earliest"], row[f"{last}_latest"]
        latest = row[f"{first}_latest"] if pd.isna(latest) else latest
        dated = _within(values[key], earliest, latest, overlap == "yes") if key in values else YES
        if claim.kind == "forecast" and key in values:
            dated = _forecast(dated, earliest, _period(values[key])[1], tables.horizon(table), table)
        fits.append(dated if inside else NO)
        series += _series(tables, row) if "lead" in having else []
        words.append(f"{row['title']}: {row[first] if pd.notna(row[first]) else 'no date'}")
    whole = len(rows) == len(_named(claim)) > 0
    return Answer(_joined(fits) if whole else UNKNOWN, "; ".join(words) or "no such row", (*rows, *series))


def _forecast(dated: str, earliest: pd.Timestamp, due: pd.Timestamp, horizon: pd.Timestamp, table: str) -> str:
    """Score of a forecast: late is partly; what has no date when its time is over, in a table that is whole, is no."""
    if dated == NO and earliest > due:
        return PARTLY
    return NO if pd.isna(earliest) and due <= horizon and table not in SAMPLES else dated


def _series(tables: Tables, row: pd.Series) -> list[str]:
    """Series of an exercise, where it is in the tables: who leads stands there."""
    return [row["series"]] if row["series"] in set(tables.exercise_series["id"]) else []


def order(tables: Tables, claim) -> Answer:
    """Named rows in the order of their dates; the same day tells no order.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``rows``, in the claimed order.

    Returns
    -------
    Answer
        The dates.
    """
    rows = _found(tables, claim)
    days = [row[f"{DATES[table][0]}_earliest"] for table, row in rows.values()]
    if len(rows) < len(_named(claim)) or any(pd.isna(day) for day in days):
        return Answer(UNKNOWN, "a row or a date is missing", tuple(rows))
    holds = UNKNOWN if len(set(days)) < len(days) else YES if days == sorted(days) else NO
    return Answer(holds, ", then ".join(f"{day:%Y-%m-%d}" for day in days), tuple(rows))


def current(tables: Tables, claim, *, until: str) -> Answer:
    """Named rows hold on the day: they are there, and what ended them is not.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``rows``.
    until : str
        Identifier of the row that ended them.

    Returns
    -------
    Answer
        The titles of what is there.
    """
    rows, ended = _found(tables, claim), _found(tables, SimpleNamespace(rows=until))
    words = "; ".join(row["title"] for _, row in (*rows.values(), *ended.values()))
    holds = UNKNOWN if len(rows) < len(_named(claim)) else NO if ended else YES
    return Answer(holds, words or "no such row", (*rows, *ended))


def wording(tables: Tables, claim, *, field: str, words: str) -> Answer:
    """Words in a column of the named rows.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``rows``.
    field : str
        Column.
    words : str
        Words, ``+``-separated (``_`` for a blank), all of which some row must have.

    Returns
    -------
    Answer
        The texts.
    """
    rows = _found(tables, claim)
    texts = [str(row[field]) for _, row in rows.values()]
    if not texts:
        return Answer(UNKNOWN, "no such row")
    found = [any(word.replace("_", " ").lower() in text.lower() for text in texts) for word in words.split("+")]
    return Answer(_joined(YES if one else NO for one in found), "; ".join(texts), tuple(rows))


def figures(tables: Tables, claim, *, at: str, scale: str = "1") -> Answer:
    """Figures of the tables, rounded as the claim rounds.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: a number per figure.
    at : str
        Where they stand, ``+``-separated: ``table/key/column``.
    scale : str
        Factor to the claim's unit, one for all or one each.

    Returns
    -------
    Answer
        The figures.
    """
    places, scales = at.split("+"), scale.split("+")
    scales = scales if len(scales) == len(places) else scales * len(places)
    found = [_figure(tables, place) * float(factor) for place, factor in zip(places, scales, strict=True)]
    if any(pd.isna(one) for one in found):
        return Answer(UNKNOWN, "no figure")
    holds = _joined(_number(value, one) for value, one in zip(str(claim.value).split(";"), found, strict=True))
    return Answer(holds, "; ".join(f"{one:.4g}" for one in found), _keys(*places))


def _figure(tables: Tables, place: str) -> float:
    """A figure by table, key (in the first column) and column."""
    table, key, column = place.split("/")
    rows = tables[table]
    value = rows.loc[rows[rows.columns[0]].astype(str) == key, column]
    return float(value.iloc[0]) if len(value) else np.nan


def ratio(tables: Tables, claim, *, top: str, bottom: str, scale: str = "1") -> Answer:
    """One figure over another, rounded as the claim rounds.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: a number.
    top, bottom : str
        Where the figures stand, as of :func:`figures`.
    scale : str
        Factor that brings both to one unit.

    Returns
    -------
    Answer
        The ratio.
    """
    found = _figure(tables, top) / _figure(tables, bottom) * float(scale)
    if pd.isna(found):
        return Answer(UNKNOWN, "no figure")
    return Answer(_number(claim.value, found), f"{found:.2f}", _keys(top, bottom))


def _keys(*places: str) -> tuple[str, ...]:
    """Keys of the rows in which figures stand."""
    return tuple(dict.fromkeys(place.split("/")[1] for place in places))


def first(tables: Tables, claim, *, table: str = "agreements", **having: str) -> Answer:
    """Named rows are the earliest of Japan's that fit.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``rows``: those said to be first, as many as there are.
    table : str
        Table.
    **having : str
        Conditions, as of :func:`_fitting`.

    Returns
    -------
    Answer
        The earliest rows with their dates.
    """
    rows = _fitting(tables, table, **having)
    rows = rows[rows["codes"].map(lambda codes: "JPN" in codes) & rows["latest"].notna()]
    earliest = rows.sort_values("latest", kind="stable").head(len(_named(claim)))
    words = "; ".join(f"{row.title}: {row.latest:%Y-%m-%d}" for row in earliest.itertuples())
    if not set(_named(claim)) & set(rows["id"]):
        return Answer(UNKNOWN, words or "no such row")
    holds = _set(";".join(_named(claim)), earliest["id"])
    return Answer(holds, words, tuple(dict.fromkeys([*earliest["id"], *_named(claim)])))


def marks(tables: Tables, claim, **claimed: str) -> Answer:
    """What kinds of instruments are by definition, against the marks of ``agreement_types``.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        Not used.
    **claimed : str
        ``KIND.mark=value``.

    Returns
    -------
    Answer
        The marks. A mark that varies upholds half of a yes or a no.
    """
    kinds = tables.agreement_types.set_index("type")
    holds, words = [], []
    for place, value in claimed.items():
        kind, mark = place.split(".")
        found = str(kinds.loc[kind, mark])
        words.append(f"{kind} {mark.replace('_', ' ')}: {found}")
        varies = found == "varies" and value in ("yes", "no")
        holds.append(YES if found == value.replace("_", " ") else PARTLY if varies else NO)
    return Answer(_joined(holds), "; ".join(words), tuple(dict.fromkeys(place.split(".")[0] for place in claimed)))


# ---------------------------------------------------------------------------------------------------
# Checks: how long, how fast, how many more


def months(tables: Tables, claim, *, kinds: str) -> Answer:
    """How long negotiations took, named rows or the median of all.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: months, one bound per row of ``rows``, or for the median if there are none.
    kinds : str
        Kinds, ``+``-separated.

    Returns
    -------
    Answer
        The months from the opening of talks to the signature; for the median, open talks count as long as they were
        seen (Kaplan and Meier).
    """
    talks, names = taxonomy.negotiations(tables, kinds.split("+")), _named(claim)
    if not names:
        told = survival.median_wait(talks, "signed")
        words = f"median of {told['cases']:.0f} talks, {told['signed']:.0f} signed: {told['median']:.0f} months "
        words += f"({told['low']:.0f} to {told['high']:.0f})"
        holds = UNKNOWN if pd.isna(told["median"]) else _number(claim.value, told["median"])
        return Answer(holds, words, tuple(talks["id"]))
    known = talks[talks["signed"]].set_index("id")["months"].reindex(names)
    holds = [UNKNOWN if pd.isna(n) else _number(v, n) for v, n in zip(_values(claim), known, strict=True)]
    words = ", ".join(f"{name} {'not signed' if pd.isna(n) else round(n)}" for name, n in known.items())
    return Answer(_joined(holds), words, tuple(names))


def learning(tables: Tables, claim, *, kinds: str) -> Answer:
    """Whether negotiations grow shorter with the number of earlier agreements of their kind.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: ``negative`` or ``positive``.
    kinds : str
        Kinds, ``+``-separated.

    Returns
    -------
    Answer
        Spearman's rank correlation of precedents and months, both ranked within their kind, with its interval.
    """
    took = taxonomy.negotiations(tables, kinds.split("+")).query("signed")
    ranked = took.groupby("type")[["precedents", "months"]].rank(pct=True)
    told = spending.rank_correlation(ranked)
    holds = _toward(claim.value, told["rho"], told["low"], told["high"], 0)
    words = f"rho {told['rho']:.2f} ({told['low']:.2f} to {told['high']:.2f}) over {len(took)} negotiations"
    return Answer(holds, words + CHANCE * (holds == UNKNOWN), tuple(took["id"]))


def pace(tables: Tables, claim, *, until: str, by: str = "deals", since: str = "1990-01") -> Answer:
    """Whether a month, and the two and three months that end with it, have the most deals of any such stretch before.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: ``highest``.
    until : str
        Month.
    by : {"deals", "spread"}
        Count deals, or pairs of a kind and a partner; a group of partners under one text is one partner.
    since : str
        First month to compare with.

    Returns
    -------
    Answer
        Counts for one, two and three months, each with the largest of the stretches that ended before it began, and the
        deals of both. It holds if all three are the largest, and partly if some are.

    Notes
    -----
    An instrument counts in the month of its signature and in that of its entry into force, once in each.
    """
    events = taxonomy.deals(tables)
    events = events[events["precision"].isin(["day", "month"])]
    events = events.assign(month=events["earliest"].dt.to_period("M"))
    events = events.drop_duplicates(["month", "id"] if by == "deals" else ["month", "type", "partners"])
    months, rows, beats, words = pd.period_range(since, until, freq="M"), [], [], []
    counts = events["month"].value_counts().reindex(months, fill_value=0)
    for width in (1, 2, 3):
        sums = counts.rolling(width).sum()
        here, before = sums.iloc[-1], sums.iloc[:-width].dropna()
        beats.append(here > before.max())
        words.append(f"{width} month{'s' * (width > 1)}: {here:.0f}, at most {before.max():.0f} before")
        stretches = (months[-1], before.idxmax())
        rows += [events.loc[events["month"].between(end - width + 1, end), "id"] for end in stretches]
    holds = YES if all(beats) else PARTLY if any(beats) else NO
    return Answer(holds, "; ".join(words), tuple(pd.concat(rows).unique()))


def trend(tables: Tables, claim, *, table: str, before: str, during: str, **having: str) -> Answer:
    """Whether rows that fit come faster in one period than in an earlier one.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: ``rising`` or ``falling``.
    table : str
        Table, or ``deals`` (signatures of Japan's own instruments, purchases, grants).
    before, during : str
        Periods, or several pairs of them, ``+``-separated.
    **having : str
        Conditions, as of :func:`_fitting`.

    Returns
    -------
    Answer
        The rates of each pair, and how many comparisons go the claimed way beyond chance (exact 95 percent interval of
        the ratio). It holds if all do, and partly if at least half do and none goes the other way.

    Notes
    -----
    Each pair is compared twice, by rows and by days with a row: two texts that are signed at one meeting are not
    independent of one another. Two pairs or more, since a single choice of years could make the result.
    """
    rows = taxonomy.deals(tables).query("event == 'signed'") if table == "deals" else _fitting(tables, table, **having)
    holds, words, latest = [], [], []
    for pair in zip(during.split("+"), before.split("+"), strict=True):
        parts, years = zip(*((_in_period(rows, span), _years(tables, span)) for span in pair), strict=True)
        if min(years) <= 0 or not sum(len(part) for part in parts):
            return Answer(UNKNOWN, "no rows to compare")
        for counts in ([len(part) for part in parts], [part["earliest"].nunique() for part in parts]):
            told = taxonomy.rate_ratio(counts[0], years[0], counts[1], years[1])
            holds.append(_toward(claim.value, told["ratio"], told["low"], told["high"], 1))
        first, last = _period(pair[1])
        rates = [f"{len(part) / span:.2g}" for part, span in zip(parts, years, strict=True)]
        words.append(f"{rates[0]} a year against {rates[1]} in {first.year}-{last.year}")
        latest.append(parts[0]["id"])
    one = _mostly(holds)
    words = "; ".join(words) + f"; {holds.count(YES)} of {len(holds)} comparisons beyond chance"
    return Answer(one, words + CHANCE * (one == UNKNOWN), tuple(pd.concat(latest).unique()))


def _mostly(holds: list[str]) -> str:
    """One answer from several comparisons: the common one, partly if half are yes and none is no, else unknown."""
    if len(set(holds)) == 1:
        return holds[0]
    return PARTLY if NO not in holds and 2 * holds.count(YES) >= len(holds) else UNKNOWN


def _years(tables: Tables, span: str) -> float:
    """Length of a period in years, as far as the tables' day lets see."""
    first, last = _period(span)
    return (min(last, pd.Timestamp(_day(tables))) - first).days / 365.25


def around(tables: Tables, claim, *, kind: str, table: str, years: str = "3", **having: str) -> Answer:
    """Whether rows with a partner come faster after its agreement of a kind than before.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: ``rising`` or ``falling``.
    kind : str
        Kind of the agreement, dated by its entry into force.
    table : str
        Table of the rows.
    years : str
        Length of the time before and after, cut where the table's horizon comes first.
    **having : str
        Conditions, as of :func:`_fitting`.

    Returns
    -------
    Answer
        Counts over all partners, and the ratio of the rates; open if its exact 95 percent interval holds 1.
    """
    rows, span = _fitting(tables, table, **having), pd.DateOffset(years=int(years))
    agreements = _fitting(tables, "agreements", type=kind, party="JPN").dropna(subset=["in_force_latest"])
    agreements = agreements[agreements["relation"].isna() & agreements["replaces"].isna()]
    counts, length = np.zeros(2), np.zeros(2)
    for agreement in agreements.itertuples():
        day, others = agreement.in_force_latest, agreement.codes - {"JPN"}
        theirs = rows[rows["codes"].map(lambda codes, others=others: others <= codes).astype(bool)]
        end = min(day + span, tables.horizon(table))
        after = theirs[(theirs["earliest"] > day) & (theirs["latest"] <= end)]
        earlier = theirs[(theirs["earliest"] >= day - span) & (theirs["latest"] < day)]
        counts += len(after), len(earlier)
        length += max(0, (end - day).days), (day - (day - span)).days
    if not counts.sum() or not length.all():
        return Answer(UNKNOWN, "no rows to compare", tuple(agreements["id"]))
    told = taxonomy.rate_ratio(int(counts[0]), length[0], int(counts[1]), length[1])
    words = f"{counts[0]:.0f} after, {counts[1]:.0f} before, over {len(agreements)} agreements"
    holds = _toward(claim.value, told["ratio"], told["low"], told["high"], 1)
    return Answer(holds, words + CHANCE * (holds == UNKNOWN), tuple(agreements["id"]))


def share(tables: Tables, claim, *, during: str, region: str | None = None, party: str | None = None) -> Answer:
    """Share of the deals of a period that are with partners of a region, or with some partners.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: a share that is exceeded, as ``>0.5``.
    during : str
        Period.
    region, party : str, optional
        Regions (``_`` for a blank) or codes, ``+``-separated.

    Returns
    -------
    Answer
        The share, with its exact 95 percent interval and the deals; open if the interval holds the claimed share.
    """
    events = _in_period(taxonomy.deals(tables).query("event == 'signed'"), during)
    regions, codes = tables.parties.set_index("code")["region"], events["partners"].str.split(";").map(set)
    wanted = set((region or "").replace("_", " ").split("+")) | set((party or "").split("+"))
    some = codes.map(lambda one: bool((_regions(one, regions) | one) & wanted))
    if events.empty:
        return Answer(UNKNOWN, "no deals")
    low, high = binomtest(int(some.sum()), len(some)).proportion_ci(0.95)
    holds = _toward("rising", some.mean(), low, high, float(claim.value.removeprefix(">")))
    words = f"{some.sum()} of {len(some)} deals ({100 * low:.0f} to {100 * high:.0f} percent)"
    return Answer(holds, words + CHANCE * (holds == UNKNOWN), tuple(events.loc[some, "id"]))


# ---------------------------------------------------------------------------------------------------
# Checks: verdicts of tests from the other notebooks


def stage(tables: Tables, claim, *, partner: str, rules: str = "baseline") -> Answer:
    """How many of the four stages a partner has reached.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: the stages said to be reached, ``;``-separated.
    partner : str
        Code.
    rules : str
        Rule set, as of :func:`helpers.stages.evidence`.

    Returns
    -------
    Answer
        The stages reached for certain.
    """
    rows = stages.evidence(tables, rules)
    reached = stages.stage_reached(stages.stage_dates(rows), _day(tables))["reached"]
    found = reached.get(partner, "").split()
    used = rows[(rows["partner"] == partner) & (rows["latest"] <= pd.Timestamp(_day(tables)))]
    holds = YES if set(claim.value.split(";")) <= set(found) else PARTLY if found else NO
    return Answer(holds, f"stages {' '.join(found) or 'none'}", tuple(used.groupby("stage")["id"].first()))


def path(tables: Tables, claim, *, first: str = "1", last: str = "4", draws: str = "999") -> Answer:
    """Whether partners come through the stages in the claimed order, more than by chance.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        Not used.
    first, last : str
        Stages to look at.
    draws : str
        Random worlds.

    Returns
    -------
    Answer
        Share of the decided pairs in the claimed order. It holds if the order is beyond chance, also where every stage
        keeps its place in history, and also among the higher stages alone; partly, if only with the first stage.
    """
    rows = stages.evidence(tables)
    rows = rows[rows["stage"].between(int(first), int(last))]
    try:
        found = stages.order_share(stages.order_pairs(stages.stage_dates(rows)))
    except ValueError as error:
        return Answer(UNKNOWN, str(error))
    told = _order_told(rows, int(draws))
    higher = rows[rows["stage"] > int(first)]
    alone = _order_told(higher, int(draws)) if len(set(higher["stage"])) > 1 else told
    holds = UNKNOWN if max(told) >= 0.05 else YES if max(alone) < 0.05 else PARTLY
    words = f"{found['as claimed']} of {found['as claimed'] + found['reversed']} decided pairs as claimed"
    words += f"; p {told[0]:.3f} with dates dealt freely, {told[1]:.3f} with every stage's history kept"
    words += f"; without stage {first} p {alone[0]:.2f} and {alone[1]:.2f}" if alone != told else ""
    return Answer(holds, words + CHANCE * (holds == UNKNOWN), tuple(rows.groupby("partner")["id"].first()))


def _order_told(rows: pd.DataFrame, draws: int) -> tuple[float, float]:
    """Chance of as much order, with dates dealt freely and with every stage's history kept."""
    dates = stages.stage_dates(rows)
    return tuple(stages.order_test(dates, null, draws=draws)["p"] for null in ("free", "calendar"))


def nested(tables: Tables, claim, *, draws: str = "99") -> Answer:
    """Whether kinds of instruments build on one another: the partners' sets nest more than by chance.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        Not used.
    draws : str
        Random tables.

    Returns
    -------
    Answer
        Nestedness (NODF) with its p by two kinds of chance: it holds beyond both, and partly beyond one.
    """
    matrix = network.partner_matrix(tables, _day(tables))
    told = network.nesting_by_chance(matrix, draws=int(draws))["p above"]
    beyond = int((told < 0.05).sum())
    words = ", ".join(f"p {p:.2f} keeping {name}" for name, p in told.items())
    words = f"NODF {network.nodf(matrix)['nodf']:.0f}; {words}"
    return Answer((UNKNOWN, PARTLY, YES)[beyond], words)


def association(tables: Tables, claim, *, kinds: str, series: str, since: str) -> Answer:
    """Whether years with more binding partners have more exercises of some series.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``value``: ``positive`` or ``negative``.
    kinds : str
        Kinds that bind, ``+``-separated.
    series : str
        Kind of exercises to count: those of series whose editions are all known.
    since : str
        First year.

    Returns
    -------
    Answer
        Spearman's rank correlation over the years, with its interval. Both may follow a third thing.
    """
    whole = tables.exercise_series.dropna(subset=["complete_from", "complete_to"])
    whole = whole[(whole["complete_from"].astype(int) <= int(since)) & (whole["kind"] == series)]
    last = min(int(whole["complete_to"].astype(int).min()), pd.Timestamp(_day(tables)).year - 1) if len(whole) else 0
    years = range(int(since), last + 1)
    if len(years) < 8:
        return Answer(UNKNOWN, "too few years with complete series")
    rows = tables.exercises[tables.exercises["series"].isin(whole["id"])]
    held = (taxonomy.holdings(tables, f"{year}-12-31").query("status == 'in force'") for year in years)
    bound = [one.loc[one["type"].isin(kinds.split("+")), "partner"].nunique() for one in held]
    drills = rows["start_latest"].dt.year.value_counts().reindex(years, fill_value=0)
    told = spending.rank_correlation(pd.DataFrame({"partners": bound, "exercises": drills.to_numpy()}, index=years))
    holds = _toward(claim.value, told["rho"], told["low"], told["high"], 0)
    words = f"rho {told['rho']:.2f} ({told['low']:.2f} to {told['high']:.2f}) over {len(years)} years"
    return Answer(holds, words + CHANCE * (holds == UNKNOWN), tuple(rows["id"]))


def outside(tables: Tables, claim) -> Answer:
    """What the tables cannot answer; the claim's note says why.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        ``note``: the reason.

    Returns
    -------
    Answer
        Unknown, with the reason.
    """
    return Answer(UNKNOWN, str(claim.note))


CHECKS: dict[str, Callable[..., Answer]] = {
    check.__name__: check
    for check in (
        partners, deals_with, tally, recipients, event, order, current, wording, figures, ratio, first, marks, months,
        learning, pace, trend, around, share, stage, path, nested, association, outside,
    )
}  # fmt: skip

# How far back :func:`base_rate` asks, in years.
BACK = range(1, 11)

# Checks whose answer describes a state of the world, which can change after the article's day.
STATES = (partners, current, stage, path, nested, association, first)


# ---------------------------------------------------------------------------------------------------
# From checks to verdicts


def answer(tables: Tables, claim) -> Answer:
    """Ask one claim of the tables.

    Parameters
    ----------
    tables : Tables
        The tables, as they are or as of a day.
    claim : row of claims
        As ``tables.claims.itertuples()`` gives it.

    Returns
    -------
    Answer
        What the tables say.

    Raises
    ------
    ValueError
        If there is no such check, or it does not know an argument.

    Examples
    --------
    >>> from helpers import load_tables
    >>> tables = load_tables(as_of="2024-02-05")
    >>> claim = next(load_tables().claims.query("id == 'claim-201'").itertuples())
    >>> answer(tables, claim)
    Answer(holds='yes', found='1: USA', rows=('alliance-usa-1960',))
    """
    if claim.check not in CHECKS:
        raise ValueError(f"{claim.id}: no check {claim.check!r}; there are: {', '.join(CHECKS)}")
    try:
        return CHECKS[claim.check](tables, claim, **_arguments(claim))
    except (KeyError, TypeError) as error:
        raise ValueError(f"{claim.id}: {error}") from error


def _arguments(claim) -> dict[str, str]:
    """Arguments of a claim's check: ``name=value``, separated by blanks."""
    text = "" if pd.isna(claim.arguments) else claim.arguments
    return dict(part.split("=", 1) for part in text.split())


def base_rate(tables: Tables, claim) -> float:
    """How often a claim about a period would have held in the same period of ten earlier years.

    Parameters
    ----------
    tables : Tables
        The tables.
    claim : row of claims
        One whose check has the argument ``during``.

    Returns
    -------
    float
        Share of the ten years (0 to 1). A forecast that would have come true in each of them was safe; NaN for claims
        without a period of their own.

    Examples
    --------
    >>> from helpers import load_tables
    >>> tables = load_tables()
    >>> claim = next(tables.claims.query("id == 'claim-233'").itertuples())
    >>> base_rate(tables, claim)
    1.0
    """
    arguments = _arguments(claim)
    if "during" not in arguments or "before" in arguments:
        return np.nan
    ends = [pd.Timestamp(day) for day in _period(arguments["during"])]
    held = []
    for years in BACK:
        days = [f"{day - pd.DateOffset(years=years):%Y-%m-%d}" for day in ends]
        held.append(CHECKS[claim.check](tables, claim, **arguments | {"during": "/".join(days)}).holds == YES)
    return float(np.mean(held))


def verdict(claim, then: Answer, now: Answer, strong: bool) -> str:
    """Join what the tables say of the article's day and of today.

    Parameters
    ----------
    claim : row of claims
        The claim.
    then, now : Answer
        Answers of both days.
    strong : bool
        Whether a row of high confidence is behind the answers.

    Returns
    -------
    str
        One of ``VERDICTS``. A forecast is scored today. A state that held on one of the days only is overtaken. What
        no row of high confidence speaks against is not contradicted. A claim that the check tests in part only
        (``covers``) is not more than partly upheld.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> claim = SimpleNamespace(kind="count", check="partners", covers="whole")
    >>> verdict(claim, Answer("yes", "7"), Answer("no", "9"), strong=True)
    'overtaken'
    """
    pair = (then.holds, now.holds)
    if claim.kind == "forecast" or then.holds == UNKNOWN:
        one = now.holds
    elif CHECKS[claim.check] in STATES and YES in pair and pair != (YES, YES) and UNKNOWN not in pair:
        return "overtaken"
    else:
        one = then.holds
    if one == NO and not strong:
        return "not checkable"
    if one == YES and claim.covers == "part":
        return "partly"
    return {YES: "supported", PARTLY: "partly", NO: "contradicted", UNKNOWN: "not checkable"}[one]


def own_coding(claims: pd.DataFrame) -> pd.Series:
    """Whether a claim is held against how the tables code kinds or word titles, not against dated facts or figures.

    Parameters
    ----------
    claims : DataFrame
        The table ``claims``.

    Returns
    -------
    Series of bool
        Indexed as `claims`. Agreement of this kind says that two people describe a thing alike.
    """
    texts = (claims["check"] == "wording") & claims["arguments"].str.contains("field=title", na=False)
    return (claims["check"] == "marks") | claims["arguments"].str.contains("table=agreement_types", na=False) | texts


def sure_rows(tables: Tables) -> Tables:
    """Tables with their rows of high confidence only.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    Tables
        The same tables; those that describe (kinds, parties, rules, sources) are left whole.
    """
    graded = (*DATES, "accessions", "japan_budget", "japan_budget_measures", "military_expenditure")
    frames = {name: tables[name] for name in tables}
    frames |= {name: tables[name].query("confidence == 'high'").reset_index(drop=True) for name in graded}
    return Tables(frames, tables.schema, tables.as_of)


def evaluate(claims: pd.DataFrame, worlds: Mapping[str, Tables], today: Tables) -> pd.DataFrame:
    """Verdict on every claim.

    Parameters
    ----------
    claims : DataFrame
        The table ``claims``.
    worlds : mapping of str to Tables
        The tables as of each day in ``claims["judged_on"]``.
    today : Tables
        The tables.

    Returns
    -------
    DataFrame
        One row per claim, indexed by ``id``: ``source``, ``kind``, ``statement``, ``claimed``, ``then`` and ``now``
        (what the tables give), ``verdict``, ``sure`` (verdict by rows of high confidence alone), ``rows``
        (``;``-separated, behind the verdict), ``weak`` (those of them without high confidence), ``citing`` (those that
        cite the audited article among their sources) and ``alone`` (those of them that cite nothing else).
    """
    strict, sure = {day: sure_rows(world) for day, world in worlds.items()}, sure_rows(today)
    grades, rows = _graded(today), []
    for claim in claims.itertuples():
        row = _judged(claim, worlds[claim.judged_on], today, grades)
        strictly = claim.check != "outside" and _judged(claim, strict[claim.judged_on], sure, grades)
        rows.append(row | {"sure": strictly["verdict"] if strictly else row["verdict"]})
    return pd.DataFrame(rows).set_index("id")


def _judged(claim, world: Tables, today: Tables, grades: pd.DataFrame) -> dict:
    """One row of :func:`evaluate`."""
    then, now = answer(world, claim), answer(today, claim)
    rows = list(dict.fromkeys([*then.rows, *now.rows]))
    levels, theirs = grades["confidence"].reindex(rows), set(claim.sources.split(";"))
    cited = grades["sources"].reindex(rows).dropna().str.split(";").map(set)
    citing = cited[cited.map(lambda keys: bool(keys & theirs))]
    alone = citing[citing.map(lambda keys: keys <= theirs)]
    independent = levels[~levels.index.isin(alone.index)]
    told = verdict(claim, then, now, strong=bool((independent == "high").any()))
    return {
        "id": claim.id, "source": claim.source, "kind": claim.kind, "statement": claim.statement,
        "claimed": claim.value, "then": then.found, "now": now.found, "verdict": told, "rows": ";".join(rows),
        "weak": ";".join(levels.index[levels.isin(["medium", "low"])]),
        "citing": ";".join(citing.index), "alone": ";".join(alone.index),
    }  # fmt: skip


def _graded(tables: Tables) -> pd.DataFrame:
    """Rows that can stand behind a verdict: title, date, confidence, sources and note by identifier."""
    dated = [tables[name].assign(date=tables[name][date]) for name, (date, _) in DATES.items()]
    others = [
        tables.agreement_types.assign(id=lambda rows: rows["type"], title=lambda rows: rows["name"]),
        tables.exercise_series.assign(
            title=lambda rows: rows["name"].str.cat(rows["lead"], sep=", led by ", na_rep="?")
        ),
        tables.japan_budget.assign(
            id=lambda rows: rows["fiscal_year"].astype(str), title=lambda rows: "Budget of fiscal " + rows["id"]
        ),
    ]
    frames = [
        rows.reindex(columns=["id", "title", "date", "confidence", "sources", "note"]) for rows in (*dated, *others)
    ]
    return pd.concat(frames).set_index("id")


def evidence(tables: Tables, rows: str) -> pd.DataFrame:
    """Rows behind a verdict, with their sources and what is weak about them.

    Parameters
    ----------
    tables : Tables
        The tables.
    rows : str
        Identifiers, ``;``-separated, as :func:`evaluate` gives them.

    Returns
    -------
    DataFrame of str
        Indexed by ``id``: ``title``, ``date``, ``confidence``, ``sources`` and ``note``.
    """
    return _graded(tables).reindex([key for key in rows.split(";") if key]).dropna(subset=["sources"])


def dossier(tables: Tables, result: pd.DataFrame, most: int = 4) -> pd.DataFrame:
    """The audit as a table to be read, each verdict beside its evidence and the weak points of that.

    Parameters
    ----------
    tables : Tables
        The tables.
    result : DataFrame
        As :func:`evaluate` gives it.
    most : int
        How many rows to name behind a verdict; those that are weak come first.

    Returns
    -------
    DataFrame of str
        Indexed as `result`: ``claim`` (statement, value and how it was read), ``found`` (on the article's day and
        today), ``verdict`` (with that by rows of high confidence alone, where it is another) and ``evidence`` (rows,
        for those without high confidence what is known against them, and up to three sources each; a line per row).
    """
    notes = tables.claims.set_index("id")["note"].reindex(result.index)
    notes, found = notes.where(notes != result["then"]), result["then"].str.rstrip(".") + "."
    later = result["then"] != result["now"]
    strictly = " (by rows of high confidence: " + result["sure"] + ")"
    graded = _graded(tables).drop_duplicates()
    return pd.DataFrame({
        "claim": result["statement"] + (" [" + result["claimed"] + "]").fillna("") + (". Read: " + notes).fillna(""),
        "found": found.mask(later, "Then: " + result["then"] + ". Today: " + result["now"] + "."),
        "verdict": result["verdict"] + strictly.where(result["sure"] != result["verdict"], ""),
        "evidence": [_evidence_lines(graded, one.rows, one.weak, most) for one in result.itertuples()],
    })  # fmt: skip


def _evidence_lines(graded: pd.DataFrame, rows: str, weak: str, most: int) -> str:
    """Rows behind a verdict, a line each: the weak ones first, with their notes, all with their first sources."""
    keys = [key for key in weak.split(";") if key]
    keys += [key for key in rows.split(";") if key and key not in keys]
    words = []
    for row in graded.reindex(keys[:most]).dropna(subset=["sources"]).itertuples():
        against = row.note if pd.notna(row.note) else "no second source"
        doubt = "" if row.confidence == "high" else f" ({row.confidence} confidence: {against.rstrip('.')})"
        sources = row.sources.split(";")
        others = f" and {len(sources) - 3} more" if len(sources) > 3 else ""
        words.append(f"{row.Index}{doubt}: {', '.join(sources[:3])}{others}")
    more = [f"and {len(keys) - most} more"] if len(keys) > most else []
    return ";\n".join(words + more)


def definitions(tables: Tables, kinds: str, claimed: int, names: str = "") -> pd.DataFrame:
    """How many partners each way of counting gives, beside a claimed number.

    Parameters
    ----------
    tables : Tables
        The tables, as of the day of the claim.
    kinds : str
        Kind of instrument.
    claimed : int
        The number claimed.
    names : str
        Partners that the number is said to include, ``+``-separated.

    Returns
    -------
    DataFrame
        One row per way of counting, the nearest first, and of those alike the one that lacks the fewest of the names:
        ``count``, ``difference`` (count less claim), ``lacks`` (names that it leaves out) and ``partners``.

    Notes
    -----
    The ways: what is in force; also what is signed, under negotiation, announced, considered, dormant or ended, step
    by step; each of them also with every text of the kind there ever was, without organizations, and, for the 2+2,
    with meetings of vice ministers or other officials of both ministries.
    """
    held = taxonomy.holdings(tables, _day(tables)).query("type == @kinds")
    ladder = ["in force", "signed", "negotiating", "announced", "considered", "dormant", "ended"]
    there = [status for k, status in enumerate(ladder) if k == 0 or (held["status"] == status).any()]
    ways = {}
    for k, status in enumerate(there, start=1):
        ways[status + " or better" * (k > 1)] = set(held.loc[held["status"].isin(there[:k]), "partner"])
    if kinds == "TWO_PLUS_TWO":
        met = tables.talks[tables.talks["type"] == "TWO_PLUS_TWO_OFFICIAL"]
        deputies = met[met["level"] == "vice-ministerial"]
        levels = {"vice ministers' 2+2 too": deputies, "officials' 2+2 too": met}
        also = {words: set(rows["parties"].str.split(";").explode()) - {"JPN"} for words, rows in levels.items()}
        ways |= {f"{name}, {words}": one | more for name, one in ways.items() for words, more in also.items()}
    others = tables.agreements[tables.agreements["type"] == kinds]["parties"].str.split(";")
    texts = set().union(*(set(codes) for codes in others if "JPN" in codes)) - {"JPN"}
    ways |= {f"{name}, every text": one | texts for name, one in ways.items()}
    organizations = set(tables.parties.loc[tables.parties["kind"] == "organization", "code"])
    ways |= {f"{name}, states only": one - organizations for name, one in ways.items() if one & organizations}
    named = set(names.split("+")) - {""}
    table = pd.DataFrame({
        "count": {name: len(one) for name, one in ways.items()},
        "difference": {name: len(one) - claimed for name, one in ways.items()},
        "lacks": {name: " ".join(sorted(named - one)) for name, one in ways.items()},
        "partners": {name: " ".join(sorted(one)) for name, one in ways.items()},
    })  # fmt: skip
    nearest = table.assign(difference=table["difference"].abs(), lacks=table["lacks"].str.len())
    return table.loc[nearest.sort_values(["difference", "lacks"], kind="stable").index]
