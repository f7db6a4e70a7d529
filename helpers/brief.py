"""One partner at a time: what ties it to Japan on a day, what they did together, and what is not known.

The brief comes after the analyses and asks them; every function takes the tables, as they are or as of a day, and a
partner's code. :func:`load` opens them for a partner and a day, and says what may be asked.
"""

from __future__ import annotations

import pandas as pd

from helpers import network, spending, stages
from helpers.tables import Tables, counted_kinds, instruments, load_tables, status_on, tie

__all__ = [
    "answers",
    "exercises_by_year",
    "held",
    "history",
    "load",
    "meetings",
    "partners",
    "position",
    "spending_line",
    "stage_path",
    "trade",
    "weak_points",
]

BOUND = ("signed", "in force")
KINDS_OF_EVENT = {"agreements": "agreement", "talks": "talks", "exercises": "exercise", "transfers": "transfer"}


# ---------------------------------------------------------------------------------------------------
# Which partner, which day


def partners(tables: Tables) -> pd.Series:
    """Partners with a tie: an instrument with Japan that is signed, or in force, on the day of the tables.

    Parameters
    ----------
    tables : Tables
        The tables, as they are or as of a day.

    Returns
    -------
    Series of str
        Names of states and organizations, indexed by code, in the order of the names.

    Examples
    --------
    >>> partners(load_tables(as_of="2009-12-31")).index.tolist()[:3]
    ['AUS', 'CAN', 'DJI']
    """
    rows = instruments(tables)
    status = rows["id"].map(status_on(tables, _day(tables)))
    codes = rows.loc[status.isin(BOUND), "parties"].str.split(";")
    found = set().union(*codes[codes.map(lambda some: "JPN" in some).astype(bool)]) - {"JPN"}
    return tables.parties.set_index("code").loc[sorted(found), "name"].sort_values()


def load(partner: str, as_of: str = "", folder: str | None = None) -> Tables:
    """Load the tables for a brief, or say what may be asked.

    Parameters
    ----------
    partner : str
        Code of a party.
    as_of : str
        A day (``YYYY-MM-DD``); blank for all that the tables hold.
    folder : str, optional
        Folder of the tables, as of :func:`helpers.load_tables`.

    Returns
    -------
    Tables
        The tables, as of the day if there is one.

    Raises
    ------
    ValueError
        If there is no such partner with a tie at any time, or the day lies outside of what the tables cover.

    Examples
    --------
    >>> load("AUS", "2024-08-31").as_of
    Timestamp('2024-08-31 00:00:00')
    >>> load("AUS", "1940-01-01")
    Traceback (most recent call last):
    ...
    ValueError: AS_OF 1940-01-01: the tables reach from 1946-01-01 to 2026-06-30; leave AS_OF out for all of it
    """
    tables = load_tables(folder)
    known = partners(tables)
    if partner not in known.index:
        choices = ", ".join(f"{code} {name}" for code, name in known.items())
        raise ValueError(f"PARTNER {partner or '(blank)'}: no partner with a tie to Japan; there are: {choices}")
    if not as_of:
        return tables
    then = load_tables(folder, as_of=as_of)
    first, last = _first_day(tables), tables.horizon("agreements")
    if not first <= then.as_of <= last:
        span = f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
        raise ValueError(f"AS_OF {as_of}: the tables reach from {span}; leave AS_OF out for all of it")
    return then


def _first_day(tables: Tables) -> pd.Timestamp:
    coverage = {resource["name"]: resource["coverage"] for resource in tables.schema["resources"]}
    return pd.Timestamp(coverage["agreements"]["from"])


def _day(tables: Tables) -> str:
    return f"{tables.horizon('agreements'):%Y-%m-%d}"


# ---------------------------------------------------------------------------------------------------
# What there is


def _shared(frame: pd.DataFrame, partner: str) -> pd.DataFrame:
    """Rows with both Japan and the partner among the parties."""
    codes = frame["parties"].str.split(";")
    return frame[codes.map(lambda some: "JPN" in some and partner in some).astype(bool)]


def held(tables: Tables, partner: str) -> pd.DataFrame:
    """Instruments with a partner and their status on the day.

    Parameters
    ----------
    tables : Tables
        The tables.
    partner : str
        Code of a party.

    Returns
    -------
    DataFrame
        Indexed by ``id``, in the order of the date of signature, else of entry into force: ``kind``, ``title``,
        ``status``, ``opened`` (of negotiations), ``signed``, ``in_force``, ``ended``, ``others`` (further parties),
        ``confidence`` and ``sources``.

    Examples
    --------
    >>> held(load_tables(as_of="2024-08-31"), "PHL").loc["raa-phl-2024", ["status", "signed"]].tolist()
    ['signed', '2024-07-08']
    """
    rows = _shared(instruments(tables), partner)
    own = {"JPN", partner}
    rows = rows.assign(
        kind=rows["type"],
        opened=rows["negotiations_opened"],
        status=rows["id"].map(status_on(tables, _day(tables))),
        others=rows["parties"].str.split(";").map(lambda some: " ".join(code for code in some if code not in own)),
        order=rows["signed"].fillna(rows["in_force"]).fillna(rows["attested"]).fillna("9999"),
    )
    columns = ["kind", "title", "status", "opened", "signed", "in_force", "ended", "others"]
    return rows.sort_values(["order", "id"]).set_index("id")[[*columns, "confidence", "sources"]]


def history(tables: Tables, partner: str) -> pd.DataFrame:
    """Everything dated between Japan and a partner, as points in time.

    Parameters
    ----------
    tables : Tables
        The tables.
    partner : str
        Code of a party.

    Returns
    -------
    DataFrame
        One row per signature (else entry into force), meeting, exercise and transfer: ``year`` (float, with its
        fraction, from the first day that the date can mean), ``what`` (categorical: agreement, talks, exercise,
        transfer), ``id``, ``title`` and ``date``.
    """
    signed = _shared(instruments(tables), partner)
    signed = signed.assign(
        date=signed["signed"].fillna(signed["in_force"]),
        date_earliest=signed["signed_earliest"].fillna(signed["in_force_earliest"]),
    )
    drills = _shared(tables.exercises, partner).rename(columns={"start": "date", "start_earliest": "date_earliest"})
    rows = {
        "agreements": signed,
        "talks": _shared(tables.talks, partner),
        "exercises": drills,
        "transfers": _transfers(tables, partner),
    }
    points = pd.concat([frame.assign(what=KINDS_OF_EVENT[name]) for name, frame in rows.items()])
    points["what"] = pd.Categorical(points["what"], KINDS_OF_EVENT.values())
    points = points[points["date"].notna()]
    day = points["date_earliest"]
    points = points.assign(year=day.dt.year + (day.dt.day_of_year - 1) / 366)
    return points.sort_values(["year", "id"])[["year", "what", "id", "title", "date"]].reset_index(drop=True)


def stage_path(tables: Tables, partner: str) -> pd.DataFrame:
    """First evidence for each of the four stages of the critical piece, by each set of rules.

    Parameters
    ----------
    tables : Tables
        The tables.
    partner : str
        Code of a party.

    Returns
    -------
    DataFrame
        One row per stage and rule set: ``stage``, ``name``, ``rules``, ``date``, ``title``, ``id``, ``confidence``;
        blank where there is no evidence.

    Notes
    -----
    The four stages are a hypothesis of one article; the rule sets say how strictly they are read.
    """
    names = tables.stages.set_index("stage")["name"]
    parts = []
    for rules in stages.RULE_SETS:
        rows = stages.evidence(tables, rules)
        firsts = rows[rows["partner"] == partner].drop_duplicates("stage").set_index("stage").reindex(names.index)
        parts.append(firsts.assign(name=names, rules=rules).reset_index())
    whole = pd.concat(parts).sort_values("stage", kind="stable", ignore_index=True)
    return whole[["stage", "name", "rules", "date", "title", "id", "confidence"]]


def meetings(tables: Tables, partner: str) -> pd.DataFrame:
    """Meetings with a partner, the latest first.

    Parameters
    ----------
    tables : Tables
        The tables.
    partner : str
        Code of a party.

    Returns
    -------
    DataFrame
        Indexed by ``id``: ``date``, ``kind``, ``level``, ``title``, ``place``, ``confidence`` and ``sources``.
    """
    rows = _shared(tables.talks, partner).rename(columns={"type": "kind"})
    rows = rows.sort_values(["date_latest", "id"], ascending=False)
    return rows.set_index("id")[["date", "kind", "level", "title", "place", "confidence", "sources"]]


def exercises_by_year(tables: Tables, partner: str) -> pd.DataFrame:
    """Exercises with a partner by year: of the two alone, and with others.

    Parameters
    ----------
    tables : Tables
        The tables.
    partner : str
        Code of a party.

    Returns
    -------
    DataFrame of int
        Indexed by year, from the first exercise to the year of the horizon: ``the two alone`` and ``with others``.

    Notes
    -----
    An exercise counts in the first year that its start can mean. The table is a sample, uneven after March 2020: a year
    without an exercise is no proof that there was none.
    """
    rows = _shared(tables.exercises, partner)
    alone = rows["parties"].str.count(";").eq(1) & rows["parties_complete"].ne("no")
    year = rows["start_earliest"].dt.year
    counts = pd.DataFrame({"the two alone": alone, "with others": ~alone}).groupby(year).sum().astype(int)
    if counts.empty:
        return counts.rename_axis("year")
    years = range(int(counts.index.min()), tables.horizon("exercises").year + 1)
    return counts.reindex(years, fill_value=0).rename_axis("year")


def _transfers(tables: Tables, partner: str) -> pd.DataFrame:
    rows = tables.transfers
    return rows[(rows["supplier"] == partner) | (rows["recipient"] == partner)]


def trade(tables: Tables, partner: str) -> pd.DataFrame:
    """Equipment sold, bought or given between Japan and a partner.

    Parameters
    ----------
    tables : Tables
        The tables.
    partner : str
        Code of a party.

    Returns
    -------
    DataFrame
        Indexed by ``id``, in the order of dates: ``date``, ``kind``, ``step``, ``from``, ``to``, ``equipment``,
        ``amount``, ``currency``, ``confidence`` and ``sources``.
    """
    rows = _transfers(tables, partner).rename(columns={"type": "kind", "supplier": "from", "recipient": "to"})
    columns = ["date", "kind", "step", "from", "to", "equipment", "amount", "currency", "confidence", "sources"]
    return rows.sort_values(["date_earliest", "id"]).set_index("id")[columns]


# ---------------------------------------------------------------------------------------------------
# Where it stands among others


def position(tables: Tables, partner: str) -> pd.DataFrame:
    """Rank of a partner among the states whose ties to one another are coded.

    Parameters
    ----------
    tables : Tables
        The tables.
    partner : str
        Code of a party.

    Returns
    -------
    DataFrame
        One row per measure: ``value``, ``rank`` (1 is the most central; equals share the better one), ``of`` (int,
        states). Empty for partners outside of that sample, of whose ties to others nothing is known, and for those
        outside of the largest connected part of it on the day.

    Notes
    -----
    Only kinds count that were looked for among partners, too: else Japan's better coded ties would make it the center.
    """
    pairs = network.ties(tables, _day(tables), kinds=network.coded_kinds(tables))
    graph = network.state_graph(pairs, network.sample(tables))
    part = network.largest_part(graph)
    if partner not in part:
        return pd.DataFrame(columns=["value", "rank", "of"])
    scores = network.centralities(part)
    ranked = network.ranks(scores)
    table = pd.DataFrame({"value": scores.loc[partner], "rank": ranked.loc[partner], "of": len(scores)})
    return table.rename_axis("measure")


def spending_line(tables: Tables, partner: str) -> pd.DataFrame:
    """Military expenditure of a partner beside Japan's, by SIPRI.

    Parameters
    ----------
    tables : Tables
        The tables.
    partner : str
        Code of a party.

    Returns
    -------
    DataFrame
        Indexed by year, from the partner's first on, a column for each of the two: billion US dollars at constant
        prices and exchange rates; empty where the tables hold no figures of the partner.
    """
    try:
        amounts = spending.military_expenditure(tables)
    except ValueError:
        return pd.DataFrame()
    if partner not in amounts.by_year:
        return pd.DataFrame()
    lines = (amounts.by_year[["JPN", partner]] / 1000).astype(float)
    return lines.loc[lines[partner].first_valid_index() :]


# ---------------------------------------------------------------------------------------------------
# What is not known


def answers(tables: Tables, partner: str) -> pd.DataFrame:
    """Whether the partner has each kind of instrument, and whether that is known.

    Parameters
    ----------
    tables : Tables
        The tables.
    partner : str
        Code of a party.

    Returns
    -------
    DataFrame
        Indexed by kind as counted: ``answer`` (``tie``, ``no tie``, ``not coded``: see :func:`helpers.tables.tie`).
    """
    counted = counted_kinds(tables)
    kinds = [kind for kind in counted[counted.notna()].unique() if kind in set(tables.agreement_types["type"])]
    found = {kind: tie(tables, "JPN", partner, kind, _day(tables)) for kind in kinds}
    return pd.Series(found, name="answer").rename_axis("kind").to_frame()


def weak_points(tables: Tables, partner: str) -> pd.DataFrame:
    """Rows about a partner that are not of high confidence, with what is known against them.

    Parameters
    ----------
    tables : Tables
        The tables.
    partner : str
        Code of a party.

    Returns
    -------
    DataFrame of str
        Indexed by ``id``: ``title``, ``date``, ``confidence`` and ``note`` (blank in an as-of view).
    """
    signed = _shared(instruments(tables), partner)
    signed = signed.assign(date=signed["signed"].fillna(signed["in_force"]))
    drills = _shared(tables.exercises, partner).rename(columns={"start": "date"})
    rows = pd.concat([signed, _shared(tables.talks, partner), drills, _transfers(tables, partner)])
    columns = ["title", "date", "confidence", "note"]
    return rows[rows["confidence"] != "high"].sort_values(["date", "id"]).set_index("id")[columns].fillna("")
