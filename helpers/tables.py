"""The tables: read, dated, and cut to a day; status, parties and ties. The only module that reads files.

Everything about the tables that can be said in data is said in ``data/datapackage.json``: types,
allowed values, keys, lists, the order of dates, what an as-of view may show. :mod:`helpers.checks`
holds the tables against it; this module turns them into DataFrames and answers what all notebooks ask.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.checks import NO_SPAN, Fault, RawTable, TableError, allowed, check_all, read_table, span

__all__ = [
    "LEVELS",
    "LOOKED_FOR",
    "STATUSES",
    "TableError",
    "Tables",
    "counted_kinds",
    "date_bounds",
    "instruments",
    "load_tables",
    "party_rows",
    "party_status",
    "status_on",
    "tie",
    "void_pairs",
]

DATA = Path(__file__).resolve().parents[1] / "data"
SCHEMA_FILE = "datapackage.json"
LEVELS = ("complete", "searched", "uneven")  # of coverage.csv, the best first
LOOKED_FOR = LEVELS[:2]
STATUSES = ("not yet", "negotiating", "signed", "in force", "ended")


class Tables:
    """The tables, each an attribute (a DataFrame) named as its CSV file.

    Parameters
    ----------
    frames : dict of str to DataFrame
        The tables by name.
    schema : dict
        The data package descriptor they were read with.
    as_of : Timestamp, optional
        The day on which the world is seen; None is today's knowledge.

    Notes
    -----
    Blank cells are missing values and mean "unknown", never "no". Every column ``x`` that holds a
    date of reduced precision (2016, 2016-11 or 2016-11-23) has two companions, ``x_earliest`` and
    ``x_latest``: the first and the last day that the text can mean.

    Examples
    --------
    >>> tables = load_tables()
    >>> tables.agreements.loc[tables.agreements["id"] == "raa-aus-2022", ["title", "signed"]].values.tolist()
    [['Japan-Australia Reciprocal Access Agreement', '2022-01-06']]
    """

    def __init__(self, frames: dict[str, pd.DataFrame], schema: dict, as_of: pd.Timestamp | None = None):
        self._frames = frames
        self._resources = {resource["name"]: resource for resource in schema["resources"]}
        self.schema = schema
        self.as_of = as_of

    def __getattr__(self, name: str) -> pd.DataFrame:
        frames = self.__dict__.get("_frames", {})
        if name not in frames:
            raise AttributeError(f"no table {name!r}; there are: {', '.join(frames)}")
        return frames[name]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return getattr(self, name)

    def __dir__(self):
        return [*super().__dir__(), *self._frames]

    def __iter__(self):
        return iter(self._frames)

    def __repr__(self) -> str:
        day = f", as of {self.as_of:%Y-%m-%d}" if self.as_of is not None else ""
        return f"Tables({len(self._frames)} tables, {sum(map(len, self._frames.values()))} rows{day})"

    def horizon(self, table: str) -> pd.Timestamp:
        """Last day that a table covers.

        Parameters
        ----------
        table : str
            Name of the table.

        Returns
        -------
        Timestamp
            The last day of the coverage stated in the schema, or the as-of day if that is earlier.

        Examples
        --------
        >>> load_tables().horizon("exercise_counts")
        Timestamp('2024-03-31 00:00:00')
        """
        stated = _latest_day(self._resources[table]["coverage"]["horizon"])
        return stated if self.as_of is None else min(stated, self.as_of)

    def columns(self, table: str) -> pd.DataFrame:
        """Explain the columns of a table: the codebook, from code.

        Parameters
        ----------
        table : str
            Name of the table.

        Returns
        -------
        DataFrame
            One row per column of the CSV, in its order, indexed by ``column``: ``description``,
            ``unit`` and ``allowed`` (all str).

        Examples
        --------
        >>> load_tables().columns("japan_budget").loc["supplementary_bn_yen", "unit"]
        'bn yen, nominal'
        """
        fields = self._resources[table]["schema"]["fields"]
        rows = [(f["name"], f["description"], f.get("unit", ""), allowed(f)) for f in fields]
        return pd.DataFrame(rows, columns=["column", "description", "unit", "allowed"]).set_index("column")


def load_tables(folder: str | Path | None = None, as_of: str | None = None) -> Tables:
    """Read all tables of a folder, check them against their schema, and date them.

    Parameters
    ----------
    folder : path-like, optional
        Folder that holds ``datapackage.json`` and the CSV files; the project's ``data`` by default.
    as_of : str, optional
        A day (``YYYY-MM-DD``). The tables are cut to what had certainly happened by then: a later
        event is gone, an agreement signed later is in talks if talks had opened, else absent.

    Returns
    -------
    Tables
        The tables by name, each a DataFrame with one row per line of its CSV.

    Raises
    ------
    TableError
        With one line per fault (file, line, column, value, what is allowed), all faults at once.
    ValueError
        If `as_of` is not a day.

    Notes
    -----
    A date of reduced precision has certainly passed on its latest day: with ``as_of="2024-05-13"``
    an event dated 2024 is not shown, one dated 2024-04 is. Notes are written with today's
    knowledge, so an as-of view leaves them blank. Nothing is ever written.

    Examples
    --------
    >>> tables = load_tables(as_of="2024-02-02")
    >>> row = tables.agreements.set_index("id").loc["raa-phl-2024"]
    >>> row["negotiations_opened"], pd.isna(row["signed"])
    ('2023-11-03', True)
    """
    folder = DATA if folder is None else Path(folder)
    day = None if as_of is None else _day(as_of)
    schema = _read_schema(folder)
    raw = {resource["name"]: _read_table(folder, resource) for resource in schema["resources"]}
    check_all(raw)
    frames = {name: _typed(table) for name, table in raw.items()}
    if day is not None:
        frames = {name: _cut(frame, raw[name].resource, day) for name, frame in frames.items()}
    return Tables(frames, schema, day)


# ---------------------------------------------------------------------------------------------------
# Reading, typing, dating and cutting


def _read_schema(folder: Path) -> dict:
    path = folder / SCHEMA_FILE
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TableError([Fault(SCHEMA_FILE, 1, "(line)", "", f"a data package in {folder.name}/")]) from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        line = getattr(error, "lineno", 1)
        raise TableError([Fault(SCHEMA_FILE, line, "(line)", str(error), "JSON in UTF-8")]) from None


def _read_table(folder: Path, resource: dict) -> RawTable:
    path = folder / resource["path"]
    return read_table(path.read_bytes() if path.is_file() else None, resource)


def _typed(raw: RawTable) -> pd.DataFrame:
    """A table with numbers as numbers, and the bounds of its dates in columns of their own."""
    columns, bounds = {}, {}
    for field in raw.fields:
        name, cells = field["name"], raw.cells[field["name"]]
        if field["type"] == "string":
            columns[name] = pd.array(cells, dtype="str")
        else:
            whole = field["type"] == "integer"
            kind = "float64" if not whole else "int64" if field["constraints"].get("required") else "Int64"
            columns[name] = pd.array(raw.numbers[name], dtype="float64").astype(kind)
        if name in raw.spans:
            days = np.array(raw.spans[name], dtype="datetime64[s]").reshape(-1, 2)
            bounds |= {f"{name}_earliest": days[:, 0], f"{name}_latest": days[:, 1]}
    return pd.DataFrame({**columns, **bounds})


def date_bounds(dates: pd.Series) -> pd.DataFrame:
    """First and last day that dates of reduced precision can mean.

    Parameters
    ----------
    dates : Series of str
        Dates as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; blanks are missing values.

    Returns
    -------
    DataFrame
        ``earliest`` and ``latest`` (datetime64), with the index of `dates`; missing where the text
        is missing or no date.

    Examples
    --------
    >>> date_bounds(pd.Series(["2016", "2016-02", "2016-11-23"])).astype(str).values.tolist()
    [['2016-01-01', '2016-12-31'], ['2016-02-01', '2016-02-29'], ['2016-11-23', '2016-11-23']]
    """
    spans = [NO_SPAN if pd.isna(text) else span(text) for text in dates]
    days = np.array(spans, dtype="datetime64[s]").reshape(-1, 2)
    return pd.DataFrame(days, columns=["earliest", "latest"], index=dates.index)


def _latest_day(text: str) -> pd.Timestamp:
    return date_bounds(pd.Series([text], dtype="str"))["latest"].iloc[0]


def _day(text: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(pd.to_datetime(text, format="%Y-%m-%d")).normalize()
    except (ValueError, TypeError):
        raise ValueError(f"{text!r} is not a day; days are written YYYY-MM-DD, for example 2024-07-29") from None


def _cut(frame: pd.DataFrame, resource: dict, day: pd.Timestamp) -> pd.DataFrame:
    """The table as it stood on a day, by the ``asOf`` rule of its schema."""
    cut = frame.assign(note=frame["note"].mask(frame["note"].notna())) if "note" in frame else frame.copy()
    rule = resource.get("asOf")
    if rule is None:
        return cut
    later = {name: _known_from(cut, name, rule) > day for name in rule["facts"]}
    dated = cut[rule["anchor"]].notna()
    alive = (dated & ~pd.DataFrame({name: later[name] for name in rule["anchor"]})).any(axis=1)
    if rule.get("keepUndated"):
        alive |= ~dated.any(axis=1)
    for name, hidden in later.items():
        for column in [name, f"{name}_earliest", f"{name}_latest", *rule.get("with", {}).get(name, [])]:
            if column in cut and (hidden & alive).any():
                cut[column] = cut[column].mask(hidden)
    return cut[alive].reset_index(drop=True)


def _known_from(frame: pd.DataFrame, name: str, rule: dict) -> pd.Series:
    """Day from which a fact has certainly been known: the latest day of a date, or a day of a year."""
    if name not in rule.get("known", {}):
        return frame[f"{name}_latest"]
    year, day, after = rule["known"][name]
    return pd.to_datetime((frame[year] + after).astype("str") + "-" + day, format="%Y-%m-%d", errors="coerce")


# ---------------------------------------------------------------------------------------------------
# Questions that all notebooks ask


def status_on(tables: Tables, day: str, *, bound: str = "latest") -> pd.Series:
    """Status of every agreement on a day. Status is never stored: it follows from the dates.

    Parameters
    ----------
    tables : Tables
        The tables.
    day : str
        The day, ``YYYY-MM-DD``.
    bound : {"latest", "earliest"}
        How a date of reduced precision counts: from its latest day (has certainly happened) or from
        its earliest (may have happened).

    Returns
    -------
    Series of str
        Indexed by agreement id: ``not yet``, ``negotiating``, ``signed``, ``in force``, ``ended``, or
        the standing of the row (``considered``, ``announced``, ``dormant``, ``unclear``,
        ``completed``) from the day on which that holds.

    Raises
    ------
    ValueError
        If `day` is not a day, or lies after the horizon of the agreements.

    Notes
    -----
    An agreement is in force from its entry into force; from signature, if its kind needs no entry into
    force (``agreement_types.operates_from``); or from the day on which a source treats it as operating
    (``attested``), where the entry into force was not found. What was signed and is none of these is
    ``signed``.

    Examples
    --------
    >>> status = status_on(load_tables(), "2024-02-02")
    >>> status[["acsa-deu-2024", "acsa-ind-2020", "raa-phl-2024", "acsa-aus-2010"]].tolist()
    ['signed', 'in force', 'negotiating', 'ended']
    """
    moment = _day_within(tables, "agreements", day)
    frame = tables.agreements.set_index("id")
    passed = {name: frame[f"{name}_{bound}"] <= moment for name in _AGREEMENT_DATES}
    kinds = tables.agreement_types.set_index("type")["operates_from"]
    operating = passed["in_force"] | passed["attested"]
    operating |= passed["signed"] & (frame["type"].map(kinds) == "signed")
    status = pd.Series("not yet", index=frame.index, name="status", dtype="str")
    status = status.mask(passed["negotiations_opened"], "negotiating")
    status = status.mask(passed["signed"], "signed").mask(operating, "in force")
    status = status.mask(passed["standing_from"], frame["standing"])
    return status.mask(passed["ended"], "ended")


_AGREEMENT_DATES = ("negotiations_opened", "signed", "in_force", "ended", "attested", "standing_from")


def party_rows(tables: Tables) -> pd.DataFrame:
    """Parties of the agreements in long form: one row per agreement and party.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    DataFrame
        ``agreement_id``, ``type`` and ``party`` (str); ``joined_earliest``, ``joined_latest``,
        ``left_earliest`` and ``left_latest`` (datetime64, missing unless ``accessions.csv`` has the
        party joining or leaving on a day of its own).

    Examples
    --------
    >>> rows = party_rows(load_tables())
    >>> rows.loc[rows["agreement_id"] == "detta-are-2023", "party"].tolist()
    ['JPN', 'ARE']
    """
    rows = tables.agreements[["id", "type", "parties"]].rename(columns={"id": "agreement_id"})
    rows = rows.assign(party=rows.pop("parties").str.split(";")).explode("party", ignore_index=True)
    own = ["joined_earliest", "joined_latest", "left_earliest", "left_latest"]
    return rows.merge(tables.accessions[["agreement_id", "party", *own]], how="left", on=["agreement_id", "party"])


def party_status(tables: Tables, day: str, *, bound: str = "latest") -> pd.DataFrame:
    """Status of every agreement for each of its parties on a day.

    Parameters
    ----------
    tables : Tables
        The tables.
    day : str
        The day, ``YYYY-MM-DD``.
    bound : {"latest", "earliest"}
        How a date of reduced precision counts, as in :func:`status_on`.

    Returns
    -------
    DataFrame
        The rows of :func:`party_rows` with ``status`` (see :func:`status_on`): ``not yet`` for a party that
        joins later, ``ended`` for one that has left.

    Raises
    ------
    ValueError
        If `day` is not a day, or lies after the horizon of the agreements.

    Examples
    --------
    >>> rows = party_status(load_tables(), "2024-03-06").query("agreement_id == 'alliance-nato-1949'")
    >>> rows.set_index("party").loc[["CAN", "SWE"], "status"].tolist()
    ['in force', 'not yet']
    """
    rows, moment = party_rows(tables), _day(day)
    status = rows["agreement_id"].map(status_on(tables, day, bound=bound))
    status = status.mask(rows[f"joined_{bound}"] > moment, "not yet")
    return rows.assign(status=status.mask(rows[f"left_{bound}"] <= moment, "ended"))


def counted_kinds(tables: Tables) -> pd.Series:
    """Kind under which ties of each kind are counted: its own, unless two names stand for one thing.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    Series of str
        Indexed by kind, from ``agreement_types.counts_as``.

    Examples
    --------
    >>> counted_kinds(load_tables())[["RAA", "VFA", "ACSA"]].tolist()
    ['VFA', 'VFA', 'ACSA']
    """
    kinds = tables.agreement_types.set_index("type")["counts_as"]
    return kinds.fillna(kinds.index.to_series())


def instruments(tables: Tables) -> pd.DataFrame:
    """Agreements that make a tie of their kind by themselves.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    DataFrame
        The rows of ``agreements`` without amendments and supplements, which add no partner, and without texts
        that do not bind under a kind that does: the two trilateral information arrangements give their parties
        no information security agreement. A promise of force counts whatever its form (the communiqué of 1962
        between Thailand and the United States). Clauses stay, under their own kind.

    Examples
    --------
    >>> tables = load_tables()
    >>> "acsa-usa-1998" in tables.agreements["id"].values, "acsa-usa-1998" in instruments(tables)["id"].values
    (True, False)
    """
    frame, kinds = tables.agreements, tables.agreement_types.set_index("type")
    part = frame["relation"].isin(["amendment", "supplement"])
    legal = kinds["binds"].isin(["treaty", "executive agreement"]) & (kinds["promises_force"] == "no")
    unbound = (frame["binding"] == "political") & frame["type"].map(legal)
    return frame[~part & ~unbound]


def void_pairs(tables: Tables, day: str, *, bound: str = "latest") -> pd.DataFrame:
    """Pairs of parties that an instrument does not tie on a day although both are parties to it.

    Parameters
    ----------
    tables : Tables
        The tables.
    day : str
        The day, ``YYYY-MM-DD``.
    bound : {"latest", "earliest"}
        How a date of reduced precision counts, as in :func:`status_on`.

    Returns
    -------
    DataFrame of str
        ``agreement_id``, ``party_a``, ``party_b`` (in the order of their codes), from ``tie_exceptions``.

    Examples
    --------
    >>> pairs = void_pairs(load_tables(), "1990-12-31").set_index("agreement_id")
    >>> pairs.loc["alliance-anzus-1951"].tolist()
    ['NZL', 'USA']
    """
    rows = tables.tie_exceptions
    started = rows["from_date"].isna() | (rows[f"from_date_{bound}"] <= _day(day))
    pairs = rows.loc[started, ["agreement_id", "party_a", "party_b"]].reset_index(drop=True)
    swap = pairs["party_a"] > pairs["party_b"]
    first = pairs["party_a"].mask(swap, pairs["party_b"])
    return pairs.assign(party_b=pairs["party_b"].mask(swap, pairs["party_a"]), party_a=first)


def tie(tables: Tables, a: str, b: str, kind: str, day: str) -> str:
    """Whether two parties are tied by an instrument of a kind on a day, and whether that is known.

    Parameters
    ----------
    tables : Tables
        The tables.
    a, b : str
        Codes of two parties, in any order.
    kind : str
        Code of a kind of instrument, such as ``ACSA``. Kinds that are counted as one (:func:`counted_kinds`) are
        one here, too.
    day : str
        The day, ``YYYY-MM-DD``.

    Returns
    -------
    str
        ``tie`` (in force, or operating), ``no tie`` (looked for and not there), ``not coded`` (nobody
        looked for this kind between these parties, so that a missing row says nothing) or ``after the
        horizon``.

    Raises
    ------
    ValueError
        If a code or the kind does not exist, or `a` and `b` are the same.

    Notes
    -----
    What was looked for is in ``coverage.csv``: for Japan and any party, and among the core parties.
    Pairs in ``tie_exceptions.csv`` are no tie although both are parties to the instrument, and only what
    :func:`instruments` gives makes a tie.

    Examples
    --------
    >>> tables = load_tables()
    >>> tie(tables, "DEU", "JPN", "ACSA", "2024-07-12"), tie(tables, "JPN", "KOR", "ACSA", "2024-07-12")
    ('tie', 'no tie')
    >>> tie(tables, "NOR", "ESP", "ACSA", "2024-07-12"), tie(tables, "JPN", "AUS", "ACSA", "2099-01-01")
    ('not coded', 'after the horizon')
    """
    _check_pair(tables, a, b, kind)
    moment, pair = _day(day), tuple(sorted((a, b)))
    counted = counted_kinds(tables)
    kinds = counted.index[counted == counted[kind]]
    level, horizon = _coverage(tables, a, b, kinds)
    if moment > horizon:
        return "after the horizon"
    rows = party_status(tables, day)
    rows = rows[rows["type"].isin(kinds) & rows["party"].isin([a, b]) & (rows["status"] == "in force")]
    rows = rows[rows["agreement_id"].isin(instruments(tables)["id"])]
    both = rows.groupby("agreement_id")["party"].nunique().loc[lambda n: n == 2].index
    void = void_pairs(tables, day).set_index(["party_a", "party_b"])["agreement_id"]
    if not both.difference(void[void.index.isin([pair])]).empty:
        return "tie"
    return "no tie" if level in LOOKED_FOR else "not coded"


def _coverage(tables: Tables, a: str, b: str, kinds: pd.Index) -> tuple[str, pd.Timestamp]:
    """How well ties of these kinds between these parties were looked for (the best of them), and until when."""
    core = set(tables.parties.query("core == 'yes'")["code"])
    scope = "japan" if "JPN" in (a, b) else "partners" if {a, b} <= core else None
    rows = tables.coverage[(tables.coverage["scope"] == scope) & tables.coverage["type"].isin(kinds)]
    if rows.empty:
        return "uneven", tables.horizon("agreements")
    best = rows.iloc[rows["level"].map(LEVELS.index).argmin()]
    return best["level"], min(best["horizon_latest"], tables.horizon("agreements"))


def _check_pair(tables: Tables, a: str, b: str, kind: str) -> None:
    codes, kinds = set(tables.parties["code"]), set(tables.agreement_types["type"])
    for code in (a, b):
        if code not in codes:
            raise ValueError(f"no party {code!r}; codes are in tables.parties")
    if a == b:
        raise ValueError(f"a tie needs two parties, got {a!r} twice")
    if kind not in kinds:
        raise ValueError(f"no kind {kind!r}; there are: {', '.join(sorted(kinds))}")


def _day_within(tables: Tables, table: str, day: str) -> pd.Timestamp:
    moment, horizon = _day(day), tables.horizon(table)
    if moment > horizon:
        raise ValueError(f"{day} is after the horizon of {table} ({horizon:%Y-%m-%d}): what held then is not known")
    return moment
