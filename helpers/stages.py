"""The four-stage path that an article of 2024 claims: when each partner reached which stage, and in which order.

What counts for which stage is data (``stage_rules.csv``). One way only: rows that count (:func:`evidence`), the first
of each partner and stage (:func:`stage_dates`), and then order (:func:`order_pairs`, :func:`order_test`), time
(:func:`steps`) and what came next (:func:`next_stage`).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, pairwise, permutations

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from helpers.tables import Tables, instruments

__all__ = [
    "NULLS",
    "RULE_SETS",
    "STAGES",
    "births",
    "evidence",
    "next_stage",
    "order_by_partner",
    "order_pairs",
    "order_share",
    "order_test",
    "stage_dates",
    "stage_matrix",
    "stage_reached",
    "steps",
]

STAGES = (1, 2, 3, 4)
RULE_SETS = ("baseline", "strict", "broad")
NULLS = ("free", "window", "calendar")
MONTH = 365.25 / 12

# ---------------------------------------------------------------------------------------------------
# What counts


def evidence(
    tables: Tables, rule_set: str = "baseline", *, sure: bool = False, without: Iterable[str] = ()
) -> pd.DataFrame:
    """Rows of the tables that count for a stage, by the rules of a set.

    Parameters
    ----------
    tables : Tables
        The tables.
    rule_set : {"baseline", "strict", "broad"}
        Which rules of ``stage_rules`` apply.
    sure : bool
        Whether only rows of high confidence count.
    without : iterable of str
        Identifiers of rules to drop.

    Returns
    -------
    DataFrame
        One row per partner and row that counts, in the order of partner, stage and date: ``partner``, ``stage``
        (int), ``rule``, ``kind``, ``table``, ``id``, ``title``, ``date`` (str, as printed), ``earliest``, ``latest``
        (datetime64), ``bounded`` (bool, whether the row could show that there was nothing before it: agreements of
        a kind are listed, talks are if a source calls them the first; exercises are a sample), ``confidence`` and
        ``sources`` (str).

    Raises
    ------
    ValueError
        If there is no such rule set or rule.

    Notes
    -----
    An agreement counts from its signature (else from its entry into force, else from the day on which a source
    treats it as operating), since the article speaks of signing. Amendments and supplements do not count, nor do
    texts that do not bind under a kind that does (:func:`helpers.tables.instruments`). What has no date is no
    evidence.

    Examples
    --------
    >>> from helpers import load_tables
    >>> rows = evidence(load_tables()).query("partner == 'DEU'")
    >>> rows.groupby("stage")["id"].first().tolist()
    ['two-plus-two-official-deu-200302', 'detta-deu-2017', 'ex-jpn-deu-naval-2021-08-29']
    """
    rules = tables.stage_rules[tables.stage_rules["rule_set"] == rule_set]
    if rules.empty:
        raise ValueError(f"no rule set {rule_set!r}; there are: {', '.join(RULE_SETS)}")
    unknown = sorted(set(without) - set(tables.stage_rules["id"]))
    if unknown:
        raise ValueError(f"no rule {', '.join(unknown)}; rules are in tables.stage_rules")
    rows = pd.concat([_counting(tables, rule) for rule in rules[~rules["id"].isin(list(without))].itertuples()])
    rows = rows[(rows["confidence"] == "high") | (not sure)]
    order = ["partner", "stage", "latest", "earliest", "id"]
    return rows.sort_values(order, kind="stable").reset_index(drop=True)


def _counting(tables: Tables, rule) -> pd.DataFrame:
    """Rows that count by one rule, one per partner."""
    frame = instruments(tables) if rule.table == "agreements" else tables[rule.table]
    frame = frame[frame["kind" if rule.table == "exercises" else "type"] == rule.type]
    for condition in rule.where.split(";") if isinstance(rule.where, str) else []:
        column, values = condition.split("=")
        frame = frame[frame[column].isin(values.split("|"))]
    frame = frame[frame["parties"].str.split(";").map(lambda codes: "JPN" in codes).astype(bool)]
    dated = frame.assign(partner=frame["parties"].str.split(";"), stage=rule.stage, rule=rule.id, kind=rule.type,
                         table=rule.table, **_dates(frame, rule.table))  # fmt: skip
    bounded = {"agreements": True, "exercises": False}.get(rule.table)
    dated = dated.assign(bounded=dated["first"].eq("stated") if rule.table == "talks" else bounded)
    dated = dated[dated["latest"].notna()].explode("partner")
    columns = ["partner", "stage", "rule", "kind", "table", "id", "title", "date", "earliest", "latest", "bounded"]
    return dated.loc[dated["partner"] != "JPN", [*columns, "confidence", "sources"]]


def _dates(frame: pd.DataFrame, table: str) -> dict[str, pd.Series]:
    """The date that counts, with its bounds: the first of several that is known."""
    names = {"talks": ["date"], "exercises": ["start"], "agreements": ["signed", "in_force", "attested"]}[table]
    found = {}
    for part, suffix in {"date": "", "earliest": "_earliest", "latest": "_latest"}.items():
        values = frame[names[0] + suffix]
        for name in names[1:]:
            values = values.fillna(frame[name + suffix])
        found[part] = values
    return found


def stage_dates(rows: pd.DataFrame, *, careful: bool = False) -> pd.DataFrame:
    """When each partner reached which stage: the earliest evidence.

    Parameters
    ----------
    rows : DataFrame
        Rows that count, as :func:`evidence` gives them.
    careful : bool
        Whether a first row that is not ``bounded`` only says "by then, at the latest": its stage may have been
        reached any time before (``earliest`` is the first day of 1900).

    Returns
    -------
    DataFrame
        Indexed by ``partner`` and ``stage``: ``earliest`` and ``latest`` (datetime64, the first and the last day on
        which the first evidence can lie), and ``date``, ``kind``, ``id``, ``title``, ``table``, ``bounded``,
        ``confidence`` and ``sources`` of the row that is certain first.

    Notes
    -----
    With dates of reduced precision several rows may be the first. The bounds hold for all of them: no evidence is
    earlier than ``earliest``, and by ``latest`` some evidence certainly exists.

    Examples
    --------
    >>> from helpers import load_tables
    >>> stage_dates(evidence(load_tables())).loc[("PHL", 2), "id"]
    'detta-phl-2016'
    """
    groups = rows.sort_values(["latest", "earliest", "id"], kind="stable").groupby(["partner", "stage"])
    columns = ["date", "kind", "id", "title", "table", "bounded", "confidence", "sources"]
    dates = groups[["earliest", "latest"]].min().join(groups[columns].first())
    if careful:
        dates["earliest"] = dates["earliest"].where(dates["bounded"], pd.Timestamp("1900-01-01"))
    return dates


def stage_reached(dates: pd.DataFrame, day: str) -> pd.DataFrame:
    """Where each partner stood on a day.

    Parameters
    ----------
    dates : DataFrame
        Dates of stages, as :func:`stage_dates` gives them.
    day : str
        The day, ``YYYY-MM-DD``.

    Returns
    -------
    DataFrame
        Indexed by partner, those with the most stages first: ``reached`` (str, the stages reached for certain, such
        as ``1 2 3``), ``stages`` (int, how many), ``highest`` (int) and ``gaps`` (str, lower stages without evidence).

    Examples
    --------
    >>> from helpers import load_tables
    >>> stage_reached(stage_dates(evidence(load_tables())), "2024-08-31").loc["DEU", ["reached", "gaps"]].tolist()
    ['1 2 3', '']
    """
    by_then = dates[dates["latest"] <= pd.Timestamp(day)].reset_index()
    found = by_then.groupby("partner")["stage"].agg(lambda stages: tuple(sorted(stages)))
    table = pd.DataFrame({
        "reached": found.map(lambda stages: " ".join(map(str, stages))),
        "stages": found.map(len),
        "highest": found.map(max),
        "gaps": found.map(lambda stages: " ".join(str(k) for k in range(1, max(stages)) if k not in stages)),
    })  # fmt: skip
    return table.sort_values(["stages", "highest"], ascending=False, kind="stable")


def stage_matrix(dates: pd.DataFrame, day: str | None = None) -> pd.DataFrame:
    """Partners by stages: 1 where there is evidence.

    Parameters
    ----------
    dates : DataFrame
        Dates of stages, as :func:`stage_dates` gives them.
    day : str, optional
        The day, ``YYYY-MM-DD``; the end of the tables by default.

    Returns
    -------
    DataFrame of int
        A row per partner, a column per stage.

    Examples
    --------
    >>> from helpers import load_tables
    >>> stage_matrix(stage_dates(evidence(load_tables()))).loc["USA"].tolist()
    [1, 1, 1, 1]
    """
    rows = dates if day is None else dates[dates["latest"] <= pd.Timestamp(day)]
    frame = rows.reset_index().assign(held=1)
    table = frame.pivot_table(index="partner", columns="stage", values="held", aggfunc="max", fill_value=0)
    return table.reindex(columns=list(STAGES), fill_value=0).astype(int)


# ---------------------------------------------------------------------------------------------------
# Order


def order_pairs(dates: pd.DataFrame) -> pd.DataFrame:
    """Each pair of stages that a partner has, and which came first.

    Parameters
    ----------
    dates : DataFrame
        Dates of stages, as :func:`stage_dates` gives them.

    Returns
    -------
    DataFrame
        One row per partner and pair: ``partner``, ``lower``, ``higher`` (int, stages) and ``order``: ``as claimed``
        (the lower stage certainly first), ``reversed`` (the higher one certainly first) or ``undecided`` (the dates
        do not tell, or it was the same day).

    Examples
    --------
    >>> from helpers import load_tables
    >>> pairs = order_pairs(stage_dates(evidence(load_tables())))
    >>> pairs.query("partner == 'USA' and higher == 4")["order"].tolist()
    ['reversed', 'reversed', 'reversed']
    """
    rows = []
    for partner, own in dates.reset_index().groupby("partner"):
        own = own.sort_values("stage")
        for low, high in combinations(own.itertuples(), 2):
            order = "as claimed" if low.latest < high.earliest else "reversed" if high.latest < low.earliest else None
            rows.append((partner, low.stage, high.stage, order or "undecided"))
    return pd.DataFrame(rows, columns=["partner", "lower", "higher", "order"])


def order_share(pairs: pd.DataFrame) -> dict[str, float]:
    """How many pairs of stages are in the claimed order.

    Parameters
    ----------
    pairs : DataFrame
        Pairs, as :func:`order_pairs` gives them.

    Returns
    -------
    dict of str to float
        ``pairs``, ``as claimed``, ``reversed``, ``undecided`` (numbers), ``share`` (of the decided pairs, as
        claimed) and ``tau`` (Kendall's tau over all pairs within partners: 1 all as claimed, -1 all reversed).

    Raises
    ------
    ValueError
        If there are no pairs.

    Examples
    --------
    >>> pairs = pd.DataFrame({"order": ["as claimed", "as claimed", "reversed", "undecided"]})
    >>> found = order_share(pairs)
    >>> found["as claimed"], found["tau"]
    (2, 0.25)
    """
    if pairs.empty:
        raise ValueError("no partner has two stages: there is no order to look at")
    count = pairs["order"].value_counts().reindex(["as claimed", "reversed", "undecided"], fill_value=0)
    decided = count["as claimed"] + count["reversed"]
    share = float(count["as claimed"] / decided) if decided else np.nan
    tau = float(count["as claimed"] - count["reversed"]) / len(pairs)
    return {"pairs": len(pairs), **count.to_dict(), "share": share, "tau": tau}


def order_by_partner(pairs: pd.DataFrame) -> pd.DataFrame:
    """Order of the stages, partner by partner.

    Parameters
    ----------
    pairs : DataFrame
        Pairs, as :func:`order_pairs` gives them.

    Returns
    -------
    DataFrame
        Indexed by partner, the best order first: the numbers of :func:`order_share`.

    Examples
    --------
    >>> from helpers import load_tables
    >>> order_by_partner(order_pairs(stage_dates(evidence(load_tables())))).loc["USA", "reversed"].item()
    5.0
    """
    table = pd.DataFrame({partner: order_share(own) for partner, own in pairs.groupby("partner")}).T
    return table.sort_values(["tau", "pairs"], ascending=False, kind="stable")


def births(rows: pd.DataFrame) -> pd.Series:
    """When each kind of evidence first existed at all, with any partner.

    Parameters
    ----------
    rows : DataFrame
        Rows that count, as :func:`evidence` gives them.

    Returns
    -------
    Series of datetime64
        First day on which evidence of the kind can lie, by kind.

    Examples
    --------
    >>> from helpers import load_tables
    >>> births(evidence(load_tables()))["RAA"]
    Timestamp('2022-01-06 00:00:00')
    """
    return rows.groupby("kind")["earliest"].min()


def order_test(
    dates: pd.DataFrame, null: str = "free", *, born: pd.Series | None = None, draws: int = 10_000, seed: int = 0
) -> dict[str, float]:
    """Whether the claimed order is more frequent than by chance.

    Parameters
    ----------
    dates : DataFrame
        Dates of stages, as :func:`stage_dates` gives them.
    null : {"free", "window", "calendar"}
        What chance may do. ``free``: each partner's dates are dealt out anew among its stages. ``window``: the same,
        but no stage gets a date on which its kind of evidence did not yet exist anywhere. ``calendar``: each stage's
        dates are dealt out anew among the partners that reached it, so that every stage keeps its place in time.
    born : Series of datetime64, optional
        First day of each kind (:func:`births`); needed for ``window``.
    draws : int
        Random worlds.
    seed : int
        Seed.

    Returns
    -------
    dict of str to float
        ``tau`` (over all pairs within partners, as in :func:`order_share`), ``low``, ``middle``, ``high`` (2.5, 50
        and 97.5 percent of the random worlds) and ``p`` (share of worlds with at least as much of the claimed order,
        the observed one among them).

    Raises
    ------
    ValueError
        If there is no such null, `born` is missing where it is needed, or no partner has two stages.

    Notes
    -----
    The first two ask whether partners order their own dates as claimed; the third whether they do so more than the
    history of the instruments alone would make it look.

    Examples
    --------
    >>> days = pd.to_datetime(["2001-01-01", "2002-01-01", "2003-01-01", "2004-01-01"])
    >>> index = pd.MultiIndex.from_product([["A", "B", "C"], STAGES], names=["partner", "stage"])
    >>> dates = pd.DataFrame({"earliest": list(days) * 3, "latest": list(days) * 3}, index=index)
    >>> found = order_test(dates)
    >>> found["tau"], found["p"] < 0.001
    (1.0, True)
    """
    if null not in NULLS:
        raise ValueError(f"no null {null!r}; there are: {', '.join(NULLS)}")
    if null == "window" and born is None:
        raise ValueError("the window of each kind is needed: order_test(..., born=births(evidence))")
    order_share(order_pairs(dates))
    rng = np.random.default_rng(seed)
    early, late = (_wide(dates[name]) for name in ("earliest", "latest"))
    if null == "calendar":
        worlds = _dealt_among_partners(early, late, draws, rng)
    else:
        floor = _wide(dates["kind"].map(born)) if null == "window" else np.full(early.shape, -np.inf)
        worlds = _dealt_within_partners(early, late, floor, draws, rng)
    return _compared(_tau(early, late), worlds)


def _wide(column: pd.Series) -> np.ndarray:
    """Days (float, missing where there is none) by partner and stage."""
    days = (column - pd.Timestamp("1900-01-01")) / pd.Timedelta(days=1)
    table = days.rename("days").reset_index().pivot_table(index="partner", columns="stage", values="days")
    return table.reindex(columns=list(STAGES)).to_numpy()


def _tau(early: np.ndarray, late: np.ndarray) -> np.ndarray:
    """Kendall's tau within partners; the last two axes are partners and stages."""
    score, pairs = 0, 0
    for low, high in combinations(range(len(STAGES)), 2):
        claimed = (late[..., low] < early[..., high]).sum(axis=-1)
        turned = (late[..., high] < early[..., low]).sum(axis=-1)
        score = score + claimed - turned
        pairs = pairs + (~np.isnan(early[..., low] + early[..., high])).sum(axis=-1)
    return score / pairs


def _dealt_within_partners(early, late, floor, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Tau of worlds in which each partner's dates are dealt out among its stages, none before its floor."""
    score, pairs = np.zeros(draws), 0
    for first, last, least in zip(early, late, floor, strict=True):
        own = np.flatnonzero(~np.isnan(first))
        deals = [list(deal) for deal in permutations(own) if (last[list(deal)] >= least[own]).all()]
        scores = np.array([_score(first[deal], last[deal]) for deal in deals])
        score += scores[rng.integers(len(scores), size=draws)]
        pairs += len(own) * (len(own) - 1) // 2
    return score / pairs


def _score(first: np.ndarray, last: np.ndarray) -> int:
    """Pairs in the claimed order less pairs reversed."""
    pairs = combinations(range(len(first)), 2)
    return sum(int(last[a] < first[b]) - int(last[b] < first[a]) for a, b in pairs)


def _dealt_among_partners(early, late, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Tau of worlds in which each stage's dates are dealt out among the partners that reached it."""
    firsts, lasts = (np.broadcast_to(days, (draws, *days.shape)).copy() for days in (early, late))
    for stage in range(len(STAGES)):
        have = np.flatnonzero(~np.isnan(early[:, stage]))
        deal = have[rng.permuted(np.tile(np.arange(len(have)), (draws, 1)), axis=1)]
        firsts[:, have, stage], lasts[:, have, stage] = early[deal, stage], late[deal, stage]
    return _tau(firsts, lasts)


def _compared(observed: float, worlds: np.ndarray) -> dict[str, float]:
    low, middle, high = np.quantile(worlds, [0.025, 0.5, 0.975])
    p = (1 + (worlds >= observed - 1e-9).sum()) / (1 + len(worlds))
    return {"tau": float(observed), "low": float(low), "middle": float(middle), "high": float(high), "p": float(p)}


# ---------------------------------------------------------------------------------------------------
# Time


def steps(dates: pd.DataFrame, horizon: str) -> pd.DataFrame:
    """How long each partner took from one stage to the next.

    Parameters
    ----------
    dates : DataFrame
        Dates of stages, as :func:`stage_dates` gives them.
    horizon : str
        Last day of the tables, ``YYYY-MM-DD``.

    Returns
    -------
    DataFrame
        One row per partner and step that it could take: ``partner``, ``step`` (str, such as ``1 to 2``), ``since``
        (datetime64, middle of the dates of the lower stage), ``outcome`` (``taken``, ``waiting`` at the horizon, or
        ``before``: the higher stage was there first), ``months`` (float, to the higher stage, or to the horizon) and
        ``done`` (bool).

    Notes
    -----
    The middle of the bounds stands for a date of reduced precision. What was there before is no waiting time; it is
    counted, and left out of curves.

    Examples
    --------
    >>> from helpers import load_tables
    >>> found = steps(stage_dates(evidence(load_tables())), "2026-06-30").query("step == '3 to 4'")
    >>> found.set_index("partner").loc["USA", "outcome"]
    'before'
    """
    middle = dates["earliest"] + (dates["latest"] - dates["earliest"]) / 2
    table, rows = middle.rename("day").reset_index().pivot_table(index="partner", columns="stage", values="day"), []
    for low, high in pairwise(STAGES):
        for partner, since in table.get(low, pd.Series(dtype="datetime64[s]")).dropna().items():
            until = table.loc[partner].get(high, pd.NaT)
            outcome = "waiting" if pd.isna(until) else "taken" if until >= since else "before"
            end = pd.Timestamp(horizon) if pd.isna(until) else until
            rows.append((partner, f"{low} to {high}", since, outcome, (end - since) / pd.Timedelta(days=MONTH)))
    frame = pd.DataFrame(rows, columns=["partner", "step", "since", "outcome", "months"])
    return frame.assign(done=frame["outcome"] == "taken")


def next_stage(dates: pd.DataFrame) -> pd.DataFrame:
    """What partners that stood at the same stages did next.

    Parameters
    ----------
    dates : DataFrame
        Dates of stages, as :func:`stage_dates` gives them.

    Returns
    -------
    DataFrame
        One row per standing and what came next: ``standing`` (str, stages reached, such as ``1`` or ``1 3``),
        ``next`` (str, a stage, or ``none so far``), ``partners`` (int, that did so), ``of`` (int, that stood there),
        ``share``, ``low`` and ``high`` (float, 0 to 1; 95 percent interval of Wilson).

    Notes
    -----
    Stages whose dates cannot be told apart are taken one after the other in the order of their last possible day,
    then of their number.

    References
    ----------
    Wilson (1927), *Probable inference, the law of succession, and statistical inference*, Journal of the American
    Statistical Association 22, 209-212.

    Examples
    --------
    >>> from helpers import load_tables
    >>> found = next_stage(stage_dates(evidence(load_tables()))).query("standing == '1'")
    >>> bool(abs(found["share"].sum() - 1) < 1e-9)
    True
    """
    moves = []
    for _, own in dates.reset_index().sort_values(["latest", "stage"]).groupby("partner"):
        path = own["stage"].tolist()
        for k, following in enumerate([*path[1:], "none so far"], start=1):
            moves.append((" ".join(map(str, sorted(path[:k]))), str(following)))
    frame = pd.DataFrame(moves, columns=["standing", "next"])
    counts = frame.value_counts().rename("partners").reset_index()
    counts["of"] = counts.groupby("standing")["partners"].transform("sum")
    spans = [binomtest(row.partners, row.of).proportion_ci(method="wilson") for row in counts.itertuples()]
    found = counts.assign(
        share=counts["partners"] / counts["of"], low=[s.low for s in spans], high=[s.high for s in spans]
    )
    return found.sort_values(["standing", "partners"], ascending=[True, False], kind="stable").reset_index(drop=True)
