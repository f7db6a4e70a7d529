"""Who is tied to whom, who is central, and how far that depends on the way of counting.

One way only: who is party to what on a day (:func:`members`), the pairs this ties (:func:`ties`), a graph in one
of three views (:func:`partner_matrix`, :func:`state_graph`, :func:`whole_graph`), and measures of it. Whatever is
drawn at random or left out in turn goes through :func:`resample`. The measures themselves are those of networkx.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import networkx as nx
import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from helpers.tables import LEVELS, LOOKED_FOR, Tables, counted_kinds, instruments, party_status, void_pairs

__all__ = [
    "MEASURES",
    "ROUND",
    "affiliations",
    "against",
    "by_kind",
    "centralities",
    "centralization",
    "clustering_by_chance",
    "coded_kinds",
    "coverage",
    "deepest",
    "intervals",
    "largest_part",
    "layers",
    "members",
    "nesting_by_chance",
    "nodf",
    "once_per_group",
    "partner_matrix",
    "ranks",
    "ranks_when_weighed",
    "ranks_without",
    "removals",
    "reproducibility",
    "resample",
    "sample",
    "scalogram",
    "state_graph",
    "structure",
    "swapped",
    "ties",
    "traded",
    "trends",
    "whole_graph",
    "whole_structure",
]

# Regions in the order in which the circle of states goes round, so that neighbors stand together.
ROUND = (
    "Northern America", "Northern Europe", "Western Europe", "Southern Europe", "Western Asia", "Southern Asia",
    "South-eastern Asia", "Melanesia", "Australia and New Zealand", "Eastern Asia",
)  # fmt: skip
ORGANIZATIONS = ("left out", "node", "members")
MEASURES = (
    "degree", "strength", "eigenvector", "pagerank", "betweenness", "closeness", "constraint", "effective size", "core"
)  # fmt: skip

# ---------------------------------------------------------------------------------------------------
# What was looked for


def sample(tables: Tables) -> list[str]:
    """States of the network: Japan and the core of partners whose ties to one another were looked for.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    list of str
        Codes, region by region in the order of ``ROUND``, so that a circle drawn in this order never moves.

    Examples
    --------
    >>> from helpers import load_tables
    >>> states = sample(load_tables())
    >>> len(states), states[:2], states[-3:]
    (24, ['CAN', 'USA'], ['JPN', 'KOR', 'MNG'])
    """
    rows = tables.parties[(tables.parties["core"] == "yes") | (tables.parties["code"] == "JPN")]
    place = rows["region"].map({region: place for place, region in enumerate(ROUND)})
    return rows.assign(place=place).sort_values(["place", "code"])["code"].tolist()


def coverage(tables: Tables, day: str) -> pd.DataFrame:
    """Which ties were looked for, and which were found.

    Parameters
    ----------
    tables : Tables
        The tables.
    day : str
        The day, ``YYYY-MM-DD``.

    Returns
    -------
    DataFrame
        Indexed by kind as counted: ``Japan`` and ``partners`` (str, how well ties of Japan, and ties among its
        partners, were looked for: ``complete``, ``searched`` or ``uneven``), ``tied with Japan`` and ``tied among
        partners`` (int, pairs of the sample in force), ``not coded`` (int, pairs without a tie of which nothing
        is known).

    Raises
    ------
    ValueError
        If `day` is not a day, lies after the horizon of the agreements, or has no tie.

    Notes
    -----
    Where two kinds are counted as one (Japan's reciprocal access agreements and the visiting forces agreements of
    others), the better of the two levels holds for both: ties were looked for under either name.

    Examples
    --------
    >>> from helpers import load_tables
    >>> coverage(load_tables(), "2024-08-31").loc["VFA", ["Japan", "partners"]].tolist()
    ['complete', 'searched']
    """
    kind, states = counted_kinds(tables), sample(tables)
    order = pd.CategoricalDtype(LEVELS, ordered=True)
    looked = tables.coverage
    levels = looked.assign(kind=looked["type"].map(kind), level=looked["level"].astype(order))
    best = levels.sort_values("level").pivot_table(index="kind", columns="scope", values="level", aggfunc="first")
    best = best.rename(columns={"japan": "Japan"})
    found = ties(tables, day).drop_duplicates(["kind", "party_a", "party_b"])
    own = (found[["party_a", "party_b"]] == "JPN").any(axis=1)
    tied = pd.crosstab(found["kind"], own).reindex(index=best.index, columns=[True, False], fill_value=0)
    partners = len(states) - 1
    pairs = {"Japan": partners, "partners": partners * (partners - 1) // 2}
    tied.columns = list(pairs)
    unknown = sum((pairs[scope] - tied[scope]) * (best[scope] == "uneven") for scope in pairs)
    counts = tied.rename(columns={"Japan": "tied with Japan", "partners": "tied among partners"})
    return best[list(pairs)].astype("str").join(counts).assign(**{"not coded": unknown})


def coded_kinds(tables: Tables) -> list[str]:
    """Kinds whose ties were looked for both between Japan and its partners and among the partners.

    Parameters
    ----------
    tables : Tables
        The tables.

    Returns
    -------
    list of str
        Kinds as counted. Only for these does a missing row mean "no tie" for every pair of the sample.

    Examples
    --------
    >>> from helpers import load_tables
    >>> coded_kinds(load_tables())
    ['ALLIANCE', 'CONSULT', 'MINILATERAL', 'SOFA', 'TWO_PLUS_TWO', 'VFA']
    """
    looked = tables.coverage.assign(kind=tables.coverage["type"].map(counted_kinds(tables)))
    looked = looked[looked["level"].isin(LOOKED_FOR)]
    scopes = looked.groupby("kind")["scope"].nunique()
    return scopes.index[scopes == 2].tolist()


# ---------------------------------------------------------------------------------------------------
# From agreements to ties


def members(
    tables: Tables,
    day: str,
    *,
    kinds: Iterable[str] | None = None,
    states: Iterable[str] | None = None,
    signed: bool = False,
    organizations: str = "left out",
    bound: str = "latest",
    sure: bool = False,
    largest: int | None = None,
    without: Iterable[str] = (),
) -> pd.DataFrame:
    """Who is party to what on a day: each agreement kept whole.

    Parameters
    ----------
    tables : Tables
        The tables.
    day : str
        The day, ``YYYY-MM-DD``.
    kinds : iterable of str, optional
        Kinds to keep, as counted (``VFA`` includes Japan's ``RAA``); all by default.
    states : iterable of str, optional
        Parties to keep; those of :func:`sample` by default, and the organizations if they are nodes.
    signed : bool
        Whether agreements that are signed but not in force count, too.
    organizations : {"left out", "node", "members"}
        What to do with NATO, the EU and ASEAN: leave them out, give them a node of their own, or put their
        members in their place. Members are known only through the treaties named in ``parties.treaty``, so
        that ASEAN, which has none there, disappears.
    bound : {"latest", "earliest"}
        How a date of reduced precision counts, as in :func:`helpers.tables.status_on`.
    sure : bool
        Whether only agreements of high confidence count.
    largest : int, optional
        How many parties an agreement may have, in the sample or not; any number by default.
    without : iterable of str
        Agreements to leave out.

    Returns
    -------
    DataFrame of str
        One row per agreement and party: ``agreement_id``, ``text`` (the agreement that it is a clause of, or that
        it joins; else itself), ``kind``, ``party``, ``side`` (the party as the agreement names it: the organization
        for one of its members). Agreements with fewer than two sides in the sample are gone.

    Raises
    ------
    ValueError
        If `day` is not a day or lies after the horizon, or if a choice is none that there is.

    Notes
    -----
    Only agreements that make a tie by themselves count (:func:`helpers.tables.instruments`).

    Examples
    --------
    >>> from helpers import load_tables
    >>> rows = members(load_tables(), "2024-08-31", kinds=["ALLIANCE"])
    >>> rows.loc[rows["agreement_id"] == "alliance-usa-1960", "party"].tolist()
    ['JPN', 'USA']
    """
    kinds = None if kinds is None else list(kinds)
    states = sample(tables) + _organizations(tables) * (organizations == "node") if states is None else list(states)
    without = list(without)
    _check_choices(tables, kinds, states, without, organizations, bound, largest)
    whole, rows = instruments(tables), party_status(tables, day, bound=bound)
    rows = rows.assign(kind=rows["type"].map(counted_kinds(tables)), side=rows["party"], text=_texts(tables, rows))
    rows = rows[rows["status"].isin(["in force", "signed"] if signed else ["in force"])]
    if largest is not None:
        rows = rows[rows.groupby("agreement_id")["party"].transform("nunique") <= largest]
    rows = _with_organizations(tables, rows, organizations)
    whole = whole[((whole["confidence"] == "high") | (not sure)) & ~whole["id"].isin(without)]
    rows = rows[rows["agreement_id"].isin(whole["id"]) & rows["kind"].isin(rows["kind"] if kinds is None else kinds)]
    rows = rows[rows["party"].isin(states)]
    sides = rows.groupby("agreement_id")["side"].transform("nunique")
    return rows.loc[sides > 1, ["agreement_id", "text", "kind", "party", "side"]].reset_index(drop=True)


def _texts(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """The whole that an agreement belongs to: that of which it is a clause, or which it joins; else itself."""
    frame = tables.agreements.set_index("id")
    belongs = frame["part_of"].where(frame["relation"].isin(["clause", "accession"]))
    return rows["agreement_id"].map(belongs).fillna(rows["agreement_id"])


def _check_choices(tables: Tables, kinds, states, without, organizations, bound, largest) -> None:
    """Refuse what would be swallowed without a word: unknown codes, and options that do not exist."""
    known = {"kinds": set(counted_kinds(tables)), "states": set(tables.parties["code"]),
             "without": set(tables.agreements["id"])}  # fmt: skip
    for name, given in {"kinds": kinds or [], "states": states, "without": without}.items():
        unknown = [str(value) for value in given if value not in known[name]]
        if unknown:
            raise ValueError(f"{name} are a list of codes of the tables; not there: {', '.join(unknown[:5])}")
    if organizations not in ORGANIZATIONS:
        raise ValueError(f"organizations are 'left out', a 'node' or their 'members', not {organizations!r}")
    if bound not in ("latest", "earliest"):
        raise ValueError(f"a date counts from its 'latest' or 'earliest' day, not {bound!r}")
    if largest is not None and largest < 2:
        raise ValueError(f"an agreement has at least two parties, so largest cannot be {largest}")


def _organizations(tables: Tables) -> list[str]:
    return tables.parties.loc[tables.parties["kind"] == "organization", "code"].tolist()


def _with_organizations(tables: Tables, rows: pd.DataFrame, how: str) -> pd.DataFrame:
    """Parties with organizations left out, kept, or replaced by the parties to their treaty."""
    if how == "node":
        return rows
    own = rows[~rows["party"].isin(_organizations(tables))]
    if how == "left out":
        return own
    treaties = tables.parties.set_index("code")["treaty"].dropna()
    inside = rows.loc[rows["agreement_id"].isin(treaties), ["agreement_id", "party"]]
    inside = inside.rename(columns={"agreement_id": "treaty", "party": "member"})
    through = rows.assign(treaty=rows["party"].map(treaties)).merge(inside, on="treaty")
    through = through.assign(party=through["member"])[rows.columns]
    return pd.concat([own, through]).drop_duplicates(["agreement_id", "party"])


def ties(tables: Tables, day: str, **choices) -> pd.DataFrame:
    """Pairs that are tied on a day, agreement by agreement: one of many parties ties each of its pairs.

    Parameters
    ----------
    tables : Tables
        The tables.
    day : str
        The day, ``YYYY-MM-DD``.
    **choices
        What counts: see :func:`members`.

    Returns
    -------
    DataFrame
        One row per agreement and pair: ``agreement_id``, ``text``, ``kind``, ``party_a``, ``party_b`` (str, in the
        order of their codes) and ``parties`` (int, of the agreement in the sample).

    Raises
    ------
    ValueError
        If no pair is tied on that day; and as :func:`members`.

    Notes
    -----
    Pairs that an agreement does not tie although both are parties to it are left out
    (:func:`helpers.tables.void_pairs`): the agreement of 1954 on United Nations forces in Japan ties each
    sending state to Japan and not to the others. Members of an organization are not tied to one another by what
    it signs.

    Examples
    --------
    >>> from helpers import load_tables
    >>> pairs = ties(load_tables(), "2024-08-31", kinds=["ALLIANCE"])
    >>> pairs.query("party_a == 'JPN' or party_b == 'JPN'")[["party_a", "party_b"]].values.tolist()
    [['JPN', 'USA']]
    """
    return _split(tables, day, members(tables, day, **choices), choices.get("bound", "latest"))


def _split(tables: Tables, day: str, rows: pd.DataFrame, bound: str = "latest") -> pd.DataFrame:
    """Parties to agreements as pairs."""
    pairs = rows.merge(rows.drop(columns=["kind", "text"]), on="agreement_id", suffixes=("_a", "_b"))
    pairs = pairs[(pairs["party_a"] < pairs["party_b"]) & (pairs["side_a"] != pairs["side_b"])]
    key = ["agreement_id", "party_a", "party_b"]
    void = pd.MultiIndex.from_frame(void_pairs(tables, day, bound=bound)[key])
    pairs = pairs[~pd.MultiIndex.from_frame(pairs[key]).isin(void)]
    if pairs.empty:
        first = tables.agreements[["signed_earliest", "in_force_earliest", "attested_earliest"]].min().min()
        raise ValueError(f"no pair of these parties is tied on {day} by these choices; the tables begin on {first:%F}")
    size = rows["agreement_id"].value_counts()
    columns = ["agreement_id", "text", "kind", "party_a", "party_b"]
    return pairs[columns].assign(parties=pairs["agreement_id"].map(size)).reset_index(drop=True)


def deepest(pairs: pd.DataFrame, looks: Mapping[str, str]) -> pd.DataFrame:
    """One row per tied pair, for drawing: the deepest thing in the tie, and how many kinds it has.

    Parameters
    ----------
    pairs : DataFrame
        Ties, as :func:`ties` gives them.
    looks : mapping of str to str
        What a kind is drawn as, the deepest first; ties of other kinds are left out.

    Returns
    -------
    DataFrame
        ``party_a``, ``party_b``, ``look`` (str) and ``kinds`` (int, distinct ones among those drawn).

    Examples
    --------
    >>> from helpers import load_tables
    >>> pairs = ties(load_tables(), "2024-08-31")
    >>> drawn = deepest(pairs, {"ALLIANCE": "promise of force", "SOFA": "forces in the country"})
    >>> drawn.query("party_a == 'JPN' and party_b == 'USA'")[["look", "kinds"]].values.tolist()
    [['promise of force', 2]]
    """
    order = list(dict.fromkeys(looks.values()))
    kept = pairs[pairs["kind"].isin(looks)]
    depth = kept["kind"].map(looks).map(order.index)
    found = kept.assign(depth=depth).groupby(["party_a", "party_b"], as_index=False)
    found = found.agg(look=("depth", "min"), kinds=("kind", "nunique"))
    return found.assign(look=found["look"].map(dict(enumerate(order))))


def by_kind(tables: Tables, kinds: Iterable[str], days: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Ties of each kind on each day, for small multiples.

    Parameters
    ----------
    tables : Tables
        The tables.
    kinds : iterable of str
        Kinds, as counted.
    days : mapping of str to str
        Day (``YYYY-MM-DD``) by label.

    Returns
    -------
    dict of str to DataFrame
        By "kind, label: number of tied pairs", kind after kind: pairs as :func:`deepest` gives them, with
        ``tie`` for a look; none where no pair is tied.

    Examples
    --------
    >>> from helpers import load_tables
    >>> list(by_kind(load_tables(), ["ALLIANCE"], {"2010": "2010-12-31"}))
    ['ALLIANCE, 2010: 32']
    """
    kinds, panels = list(kinds), {}
    on = {label: ties(tables, day, kinds=kinds) for label, day in days.items()}
    for kind in kinds:
        for label, pairs in on.items():
            found = deepest(pairs, {kind: "tie"})
            panels[f"{kind}, {label}: {len(found)}"] = found
    return panels


# ---------------------------------------------------------------------------------------------------
# Three views


def partner_matrix(tables: Tables, day: str, ego: str = "JPN", **choices) -> pd.DataFrame:
    """View (a): the partners of one party by the kinds of instrument they have with it.

    Parameters
    ----------
    tables : Tables
        The tables.
    day : str
        The day, ``YYYY-MM-DD``.
    ego : str
        The party in the middle.
    **choices
        What counts: see :func:`members`. By default every party of the tables, organizations as nodes.

    Returns
    -------
    DataFrame of int
        1 where a kind is in force, else 0: a row per partner, a column per kind, both packed: the fullest first,
        equals in the order of their codes.

    Raises
    ------
    ValueError
        As :func:`ties`.

    Examples
    --------
    >>> from helpers import load_tables
    >>> partner_matrix(load_tables(), "2024-08-31", kinds=["ACSA", "ISA", "DETTA"]).loc[["GBR", "KOR"]].values.tolist()
    [[1, 1, 1], [0, 1, 0]]
    """
    everyone = {"states": tables.parties["code"], "organizations": "node"}
    pairs = ties(tables, day, **(everyone | choices))
    pairs = pairs[(pairs[["party_a", "party_b"]] == ego).any(axis=1)]
    if pairs.empty:
        raise ValueError(f"{ego!r} has no tie on {day} by these choices")
    partner = pairs["party_a"].mask(pairs["party_a"] == ego, pairs["party_b"]).rename("partner")
    return _packed(pd.crosstab(partner, pairs["kind"]).clip(upper=1))


def _packed(matrix: pd.DataFrame) -> pd.DataFrame:
    """Fullest rows and columns first."""
    rows = matrix.sum(axis=1).sort_values(ascending=False, kind="stable").index
    columns = matrix.sum().sort_values(ascending=False, kind="stable").index
    return matrix.loc[rows, columns]


def state_graph(pairs: pd.DataFrame, states: Iterable[str]) -> nx.Graph:
    """View (b): states, tied by the set of kinds they share; an agreement of many becomes a clique.

    Parameters
    ----------
    pairs : DataFrame
        Ties, as :func:`ties` gives them.
    states : iterable of str
        Nodes, also those without a tie; ties of others are left out.

    Returns
    -------
    networkx.Graph
        Each edge has ``kinds`` (tuple of str, sorted), ``agreements`` (tuple of str) and ``weight`` (int, number
        of distinct kinds).

    Examples
    --------
    >>> from helpers import load_tables
    >>> tables = load_tables()
    >>> state_graph(ties(tables, "2024-08-31", kinds=["ALLIANCE", "SOFA"]), sample(tables)).edges["JPN", "USA"]["kinds"]
    ('ALLIANCE', 'SOFA')
    """
    graph = nx.Graph()
    graph.add_nodes_from(states)
    found: dict[tuple[str, str], tuple[set, set]] = {}
    for name, kind, a, b in pairs[["agreement_id", "kind", "party_a", "party_b"]].itertuples(index=False):
        kinds, agreements = found.setdefault((a, b), (set(), set()))
        kinds.add(kind)
        agreements.add(name)
    for (a, b), (kinds, agreements) in found.items():
        if a in graph and b in graph:
            looks = {"kinds": tuple(sorted(kinds)), "agreements": tuple(sorted(agreements))}
            graph.add_edge(a, b, weight=len(kinds), **looks)
    return graph


def affiliations(rows: pd.DataFrame) -> nx.Graph:
    """View (c), two-mode: states on one side, agreements on the other, each kept whole and counted once.

    Parameters
    ----------
    rows : DataFrame
        Parties to agreements, as :func:`members` gives them.

    Returns
    -------
    networkx.Graph
        Bipartite; the node attribute ``bipartite`` is 0 for states and 1 for agreements. A clause is part of its
        agreement and not one of its own.

    Examples
    --------
    >>> from helpers import load_tables
    >>> graph = affiliations(members(load_tables(), "2024-08-31", kinds=["ALLIANCE"]))
    >>> sorted(graph["alliance-anzus-1951"])
    ['AUS', 'NZL', 'USA']
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted(rows["party"].unique()), bipartite=0)
    graph.add_nodes_from(sorted(rows["text"].unique()), bipartite=1)
    graph.add_edges_from(rows[["party", "text"]].itertuples(index=False, name=None))
    return graph


def once_per_group(rows: pd.DataFrame) -> pd.DataFrame:
    """Parties to agreements, less those that repeat a kind among the very same parties.

    Parameters
    ----------
    rows : DataFrame
        Parties to agreements, as :func:`members` gives them.

    Returns
    -------
    DataFrame
        The rows of the first agreement of each kind and set of parties.

    Notes
    -----
    Groups of three often meet under several names and at several levels. This counts the company, not the names.

    Examples
    --------
    >>> rows = pd.DataFrame({"text": list("xxyyz"), "kind": "MINILATERAL", "party": list("ABABA")})
    >>> once_per_group(rows)["text"].unique().tolist()
    ['x', 'z']
    """
    company = rows.groupby("text").agg(
        kind=("kind", "min"), parties=("party", lambda found: ";".join(sorted(set(found))))
    )
    return rows[rows["text"].isin(company.drop_duplicates().index)].reset_index(drop=True)


def whole_graph(rows: pd.DataFrame, states: Iterable[str]) -> nx.Graph:
    """View (c), one-mode: states, each agreement of k parties spread over its pairs as 1 / (k - 1).

    Parameters
    ----------
    rows : DataFrame
        Parties to agreements, as :func:`members` gives them.
    states : iterable of str
        Nodes, also those without a tie.

    Returns
    -------
    networkx.Graph
        ``weight`` (float) of each edge; the weights of a state's edges add up to its number of agreements.

    Notes
    -----
    Exceptions for single pairs (:func:`helpers.tables.void_pairs`) cannot hold where an agreement is not split: the
    agreement of 1954 on United Nations forces in Japan becomes a company of ten.

    References
    ----------
    Newman (2001), *Scientific collaboration networks II*, Physical Review E 64, 016132.

    Examples
    --------
    >>> from helpers import load_tables
    >>> tables = load_tables()
    >>> rows = members(tables, "2024-08-31", kinds=["ALLIANCE"])
    >>> round(whole_graph(rows, sample(tables)).degree("USA", weight="weight")), list(rows["party"]).count("USA")
    (6, 6)
    """
    two_mode = affiliations(rows)
    two_mode.add_nodes_from(states, bipartite=0)
    spread = nx.bipartite.collaboration_weighted_projected_graph(two_mode, list(states))
    graph = nx.Graph()
    graph.add_nodes_from(states)
    graph.add_edges_from(sorted((*sorted((a, b)), data) for a, b, data in spread.edges(data=True)))
    return graph


# ---------------------------------------------------------------------------------------------------
# Measures


def _check_ties(graph: nx.Graph, connected: bool = False) -> None:
    if graph.number_of_edges() == 0:
        raise ValueError("the graph has no ties: there is nothing to compare")
    if connected and not nx.is_connected(graph):
        parts = sorted(map(sorted, nx.connected_components(graph)), key=len)
        apart = "; ".join(", ".join(map(str, part)) for part in parts[:-1])
        raise ValueError(
            f"the graph is in {len(parts)} parts (apart: {apart}), and centralities of different parts cannot be "
            "compared; take one part: network.largest_part(graph)"
        )


def largest_part(graph: nx.Graph) -> nx.Graph:
    """The largest connected part of a graph.

    Parameters
    ----------
    graph : networkx.Graph
        The graph.

    Returns
    -------
    networkx.Graph
        A copy of that part, nodes in the order of `graph`.

    Raises
    ------
    ValueError
        If the graph has no ties.

    Examples
    --------
    >>> sorted(largest_part(nx.Graph([(1, 2), (2, 3), (4, 5)])))
    [1, 2, 3]
    """
    _check_ties(graph)
    part = max(nx.connected_components(graph), key=len)
    kept = graph.copy()
    kept.remove_nodes_from([node for node in graph if node not in part])
    return kept


def centralities(graph: nx.Graph) -> pd.DataFrame:
    """Nine measures of how central each state is.

    Parameters
    ----------
    graph : networkx.Graph
        A connected graph; ``weight`` of an edge is the number of kinds (1 where missing).

    Returns
    -------
    DataFrame of float
        Indexed by state. Measures of amount, weighted: ``strength`` (sum of weights), ``eigenvector`` and
        ``pagerank``. Measures of position, which ask only whether there is a tie: ``degree`` (number of tied
        states), ``betweenness`` and ``closeness`` (0 to 1), Burt's ``constraint`` (low: partners that are not
        tied to one another) and ``effective size``, and ``core`` (largest k such that the state is in a group
        whose members each have k ties within it).

    Raises
    ------
    ValueError
        If the graph has no ties, or is not connected.

    References
    ----------
    Freeman (1979) for degree, betweenness and closeness; Bonacich (1972) for eigenvectors; Brin and Page (1998) for
    PageRank; Burt (1992), *Structural Holes*; Seidman (1983) for cores.

    Examples
    --------
    >>> table = centralities(nx.krackhardt_kite_graph())
    >>> [sorted(table.index[table[name] == table[name].max()]) for name in ("degree", "betweenness", "closeness")]
    [[3], [7], [5, 6]]
    """
    _check_ties(graph, connected=True)
    return pd.DataFrame(
        {
            "degree": dict(graph.degree()),
            "strength": dict(graph.degree(weight="weight")),
            "eigenvector": _eigenvector(graph),
            "pagerank": _pagerank(graph),
            "betweenness": nx.betweenness_centrality(graph),
            "closeness": nx.closeness_centrality(graph),
            "constraint": nx.constraint(graph),
            "effective size": nx.effective_size(graph),
            "core": nx.core_number(graph),
        }
    ).astype(float)[list(MEASURES)]


def _eigenvector(graph: nx.Graph) -> dict:
    return nx.eigenvector_centrality(graph, max_iter=10_000, tol=1e-8, weight="weight")


def _pagerank(graph: nx.Graph) -> dict:
    return nx.pagerank(graph, max_iter=10_000, tol=1e-9, weight="weight")


def ranks(scores: pd.DataFrame) -> pd.DataFrame:
    """Ranks by measure: 1 is the most central; equals share the better rank.

    Parameters
    ----------
    scores : DataFrame of float
        A row per state and a column per measure, as :func:`centralities` gives them.

    Returns
    -------
    DataFrame of float
        Ranks with the same labels; a low ``constraint`` ranks high.

    Notes
    -----
    Scores are rounded to six decimals, so that the last steps of an iteration do not break a tie.

    Examples
    --------
    >>> ranks(pd.DataFrame({"degree": [3, 5, 3]}, index=["A", "B", "C"]))["degree"].tolist()
    [2.0, 1.0, 2.0]
    """
    high = scores.assign(**{name: -scores[name] for name in scores if name == "constraint"})
    return high.round(6).rank(ascending=False, method="min")


def centralization(graph: nx.Graph, measure: str = "degree") -> float:
    """Freeman's centralization: how far one node outdoes all others, against the most that is possible.

    Parameters
    ----------
    graph : networkx.Graph
        A graph with at least three nodes.
    measure : {"degree", "betweenness", "closeness"}
        Centrality to compare.

    Returns
    -------
    float
        0 if all nodes are equal, as in a circle; 1 in a star.

    Raises
    ------
    ValueError
        If the graph has fewer than three nodes or no ties, is not connected (closeness only), or `measure` is none
        of the three.

    References
    ----------
    Freeman (1979), *Centrality in social networks: conceptual clarification*, Social Networks 1, 215-239.

    Examples
    --------
    >>> centralization(nx.star_graph(6)), centralization(nx.cycle_graph(7))
    (1.0, 0.0)
    """
    n = len(graph)
    if n < 3:
        raise ValueError(f"centralization needs at least three nodes, got {n}")
    _check_ties(graph, connected=measure == "closeness")
    if measure not in ("degree", "betweenness", "closeness"):
        raise ValueError(f"centralization of 'degree', 'betweenness' or 'closeness', not {measure!r}")
    score, most = {
        "degree": (nx.degree_centrality, n - 2),
        "betweenness": (nx.betweenness_centrality, n - 1),
        "closeness": (nx.closeness_centrality, (n - 1) * (n - 2) / (2 * n - 3)),
    }[measure]
    values = np.array(list(score(graph).values()))
    return float((values.max() - values).sum() / most)


def structure(graph: nx.Graph) -> dict[str, float]:
    """What a graph of states looks like as a whole.

    Parameters
    ----------
    graph : networkx.Graph
        The graph.

    Returns
    -------
    dict of str to float
        ``ties`` (number of tied pairs), ``density`` (share of pairs that are tied), ``clustering`` (share of
        pairs with a common partner that are tied themselves), ``centralization`` (of degree), ``of the most``
        (that, against the most that so many ties allow) and ``brokerage`` (centralization of betweenness).

    Raises
    ------
    ValueError
        If the graph has no ties or fewer than three nodes.

    Examples
    --------
    >>> structure(nx.complete_graph(4))
    {'ties': 6, 'density': 1.0, 'clustering': 1.0, 'centralization': 0.0, 'of the most': 0.0, 'brokerage': 0.0}
    """
    of_degree = centralization(graph)
    return {
        "ties": graph.number_of_edges(),
        "density": nx.density(graph),
        "clustering": float(nx.transitivity(graph)),
        "centralization": of_degree,
        "of the most": of_degree / _most_centralized(len(graph), graph.number_of_edges()) if of_degree else 0.0,
        "brokerage": centralization(graph, "betweenness"),
    }


def _most_centralized(n: int, ties: int) -> float:
    """Largest centralization of degree that a graph of this size can have: one node is in as many ties as can be."""
    top = min(n - 1, ties)
    return (n * top - 2 * ties) / ((n - 1) * (n - 2))


def whole_structure(two_mode: nx.Graph, states: Iterable[str]) -> dict[str, float]:
    """What states and whole agreements look like together.

    Parameters
    ----------
    two_mode : networkx.Graph
        Bipartite graph, as :func:`affiliations` gives it.
    states : iterable of str
        All states of the sample, also those without an agreement.

    Returns
    -------
    dict of str to float
        ``agreements`` (number), ``density`` (share of states by agreements that are filled), ``clustering``
        (share of paths over two agreements that close to a square: do the same states meet again?) and
        ``centralization`` (of the number of agreements, after Freeman: 1 if one state is in all of them, each with
        one other).

    Raises
    ------
    ValueError
        If there are no agreements, or fewer than three states.

    References
    ----------
    Robins and Alexander (2004), *Small worlds among interlocking directors*, Computational and Mathematical
    Organization Theory 10, 69-94, for clustering.

    Examples
    --------
    >>> star = nx.Graph([("A", 1), ("B", 1), ("A", 2), ("C", 2)])
    >>> nx.set_node_attributes(star, {"A": 0, "B": 0, "C": 0, 1: 1, 2: 1}, "bipartite")
    >>> whole_structure(star, ["A", "B", "C"])
    {'agreements': 2, 'density': 0.6666666666666666, 'clustering': 0.0, 'centralization': 1.0}
    """
    states = list(states)
    agreements = sum(data["bipartite"] for _, data in two_mode.nodes(data=True))
    if agreements == 0 or len(states) < 3:
        raise ValueError(f"structure needs agreements and at least three states, got {agreements} and {len(states)}")
    held = np.array([two_mode.degree(state) if state in two_mode else 0 for state in states])
    return {
        "agreements": agreements,
        "density": two_mode.number_of_edges() / (len(states) * agreements),
        "clustering": float(nx.bipartite.robins_alexander_clustering(two_mode)),
        "centralization": float((held.max() - held).sum() / ((len(states) - 2) * agreements)),
    }


def trends(tables: Tables, days: Mapping[int, str], states: Iterable[str], **choices) -> pd.DataFrame:
    """Structure on many days, with agreements of many split into pairs and kept whole.

    Parameters
    ----------
    tables : Tables
        The tables.
    days : mapping of int to str
        Day (``YYYY-MM-DD``) by label, such as the year.
    states : iterable of str
        States of the graph.
    **choices
        What counts: see :func:`members`.

    Returns
    -------
    DataFrame of float
        A row per label and a column per view (``pairs``, ``whole``) and measure: see :func:`structure` and
        :func:`whole_structure`.

    Raises
    ------
    ValueError
        If a day has no tie; and as :func:`members`.

    Examples
    --------
    >>> from helpers import load_tables
    >>> tables = load_tables()
    >>> trends(tables, {2010: "2010-12-31"}, sample(tables), kinds=["ALLIANCE"])["pairs"]["ties"].tolist()
    [32.0]
    """
    states, rows = list(states), {}
    choices = {
        name: list(value) if name in ("kinds", "without") and value else value for name, value in choices.items()
    }
    for label, day in days.items():
        held = members(tables, day, states=states, **choices)
        graph = state_graph(_split(tables, day, held, choices.get("bound", "latest")), states)
        views = {"pairs": structure(graph), "whole": whole_structure(affiliations(held), states)}
        rows[label] = {(view, name): value for view, found in views.items() for name, value in found.items()}
    table = pd.DataFrame.from_dict(rows, orient="index").astype(float)
    return table.set_axis(pd.MultiIndex.from_tuples(table.columns, names=["view", "measure"]), axis=1)


def layers(
    tables: Tables, days: Mapping[str, str], groups: Mapping[str, Iterable[str]], states: Iterable[str]
) -> pd.DataFrame:
    """Structure by group of kinds and day, and who is in front.

    Parameters
    ----------
    tables : Tables
        The tables.
    days : mapping of str to str
        Day (``YYYY-MM-DD``) by label.
    groups : mapping of str to iterable of str
        Kinds, as counted, by name of their group.
    states : iterable of str
        States of the graph.

    Returns
    -------
    DataFrame
        Indexed by group and label: ``ties`` (int), ``density``, ``clustering``, ``centralization`` (float: see
        :func:`structure`) and ``in front`` (str, the states with the most ties).

    Raises
    ------
    ValueError
        If a group has no tie on a day.

    Examples
    --------
    >>> from helpers import load_tables
    >>> table = layers(load_tables(), {"now": "2024-08-31"}, {"force": ["ALLIANCE"]}, ["AUS", "JPN", "KOR", "USA"])
    >>> table[["ties", "centralization", "in front"]].to_dict("records")
    [{'ties': 3, 'centralization': 1.0, 'in front': 'USA'}]
    """
    states, rows = list(states), {}
    for group, kinds in {group: list(kinds) for group, kinds in groups.items()}.items():
        for label, day in days.items():
            graph = state_graph(ties(tables, day, states=states, kinds=kinds), states)
            degree = pd.Series(dict(graph.degree()))
            leaders = ", ".join(degree.index[degree == degree.max()])
            rows[group, label] = {**structure(graph), "in front": leaders}
    return pd.DataFrame.from_dict(rows, orient="index").drop(columns=["of the most", "brokerage"])


# ---------------------------------------------------------------------------------------------------
# Building blocks: is a matrix nested?


def nodf(matrix: pd.DataFrame | np.ndarray) -> dict[str, float]:
    """Nestedness by overlap and decreasing fill: whether those who hold the rare also hold the common.

    Parameters
    ----------
    matrix : DataFrame or array of 0 and 1
        Partners by kinds. Its order does not matter.

    Returns
    -------
    dict of str to float
        ``nodf``, over all pairs of rows and of columns, and its parts ``rows`` and ``columns``: percent of what
        the emptier of a pair has that the fuller has, too. Pairs that are equally full count 0.

    Raises
    ------
    ValueError
        If the matrix has fewer than two rows or columns, or cells other than 0 and 1.

    References
    ----------
    Almeida-Neto, Guimarães, Guimarães, Loyola and Ulrich (2008), *A consistent metric for nestedness analysis in
    ecological systems*, Oikos 117, 1227-1239; the example is theirs.

    Examples
    --------
    >>> example = [[1, 0, 1, 1, 1], [1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [1, 1, 0, 0, 0], [1, 1, 0, 0, 0]]
    >>> {name: round(value, 2) for name, value in nodf(np.array(example)).items()}
    {'nodf': 58.33, 'rows': 53.33, 'columns': 63.33}
    """
    cells = _cells(matrix)
    (rows, row_pairs), (columns, column_pairs) = _overlap(cells), _overlap(cells.T)
    both = 100 * (rows + columns) / (row_pairs + column_pairs)
    return {"nodf": both, "rows": 100 * rows / row_pairs, "columns": 100 * columns / column_pairs}


def _cells(matrix: pd.DataFrame | np.ndarray) -> np.ndarray:
    cells = np.asarray(matrix)
    if cells.ndim != 2 or min(cells.shape) < 2 or not np.isin(cells, (0, 1)).all():
        raise ValueError("nestedness needs a matrix of 0 and 1 with at least two rows and two columns")
    return cells.astype(int)


def _overlap(cells: np.ndarray) -> tuple[float, int]:
    """Sum over pairs of rows of the share of the emptier that is in the fuller, and the number of pairs."""
    fill, shared = cells.sum(axis=1), cells @ cells.T
    a, b = np.triu_indices(len(cells), 1)
    least = np.minimum(fill[a], fill[b])
    counts = (fill[a] != fill[b]) & (least > 0)
    return float((shared[a, b][counts] / least[counts]).sum()), len(a)


def scalogram(matrix: pd.DataFrame) -> pd.DataFrame:
    """Guttman's scalogram: what each partner has against what a perfect ladder would have it have.

    Parameters
    ----------
    matrix : DataFrame of 0 and 1
        Partners by kinds.

    Returns
    -------
    DataFrame of str
        Packed, the fullest row and column first: ``held`` or ``none`` as the ladder says; ``gap`` where a lower
        rung is missing; ``extra`` where a higher rung is held without it.

    Notes
    -----
    On a perfect ladder a partner with k kinds has the k most common ones. Columns that are equally full stand in
    the order given.

    References
    ----------
    Guttman (1944); gaps and extras are counted as by Goodenough (1944) and Edwards (1948).

    Examples
    --------
    >>> matrix = pd.DataFrame([[1, 1], [0, 1], [1, 0], [1, 0]], columns=["ISA", "RAA"], index=list("ABCD"))
    >>> scalogram(matrix).values.tolist()
    [['held', 'held'], ['gap', 'extra'], ['held', 'none'], ['held', 'none']]
    """
    packed = _packed(matrix)
    ladder = np.arange(packed.shape[1]) < packed.sum(axis=1).to_numpy()[:, None]
    held = packed.to_numpy() == 1
    cells = np.select([held & ladder, held, ladder], ["held", "extra", "gap"], "none")
    return pd.DataFrame(cells, index=packed.index, columns=packed.columns)


def reproducibility(matrix: pd.DataFrame | np.ndarray) -> dict[str, float]:
    """How well Guttman's ladder reproduces a matrix, by two ways to count its errors.

    Parameters
    ----------
    matrix : DataFrame or array of 0 and 1
        Partners by kinds.

    Returns
    -------
    dict of str to float
        ``strict``: share of cells that are as :func:`scalogram` has them, given how many kinds a partner has (a kind
        out of place is two errors: one gap, one extra). ``lenient``: share that stays if the fewest cells are
        changed that make each row a ladder. ``at least``: share that the column totals alone would give. The usual
        bar for a scale is 0.9.

    Raises
    ------
    ValueError
        As :func:`nodf`.

    References
    ----------
    Guttman (1944), *A basis for scaling qualitative data*, American Sociological Review 9, 139-150; the strict count
    is that of Goodenough (1944) and Edwards (1948), the lenient one Guttman's.

    Examples
    --------
    >>> found = reproducibility(np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 1, 0]]))
    >>> round(found["strict"], 2), round(found["lenient"], 2)
    (0.83, 0.92)
    """
    cells = _cells(matrix)
    cells = cells[:, np.argsort(-cells.sum(axis=0), kind="stable")]
    steps = np.tri(cells.shape[1] + 1, cells.shape[1], -1, dtype=int)  # no rung, one, two, ...
    errors = (cells[:, None, :] != steps[None, :, :]).sum(axis=2)  # of each row, for each height of the ladder
    own = errors[np.arange(len(cells)), cells.sum(axis=1)]
    least = np.maximum(cells.mean(axis=0), 1 - cells.mean(axis=0)).mean()
    found = {"strict": 1 - own.sum() / cells.size, "lenient": 1 - errors.min(axis=1).sum() / cells.size}
    return {name: float(value) for name, value in {**found, "at least": least}.items()}


# ---------------------------------------------------------------------------------------------------
# Chance and choice: resampling


def resample(measure: Callable, cases: Iterable, *, seed: int = 0) -> pd.DataFrame:
    """Measure many cases, each with a random generator of its own.

    Parameters
    ----------
    measure : callable
        Called as ``measure(case, rng)``; returns a number or a mapping of numbers.
    cases : iterable
        What to go through: numbers of draws, agreements to leave out, ...
    seed : int
        Seed of all generators: the same seed gives the same table, however many workers share the work.

    Returns
    -------
    DataFrame
        A row per case, in order; a column per number (``value`` if there is one only).

    Notes
    -----
    Runs one case after the other unless a ``joblib.parallel_config`` says otherwise: ``n_jobs=2`` for two cores,
    ``backend="dask"`` for a cluster.

    Examples
    --------
    >>> def draw(case, rng):
    ...     return case + rng.integers(0, 2)
    >>> resample(draw, [10, 20], seed=1).index.tolist()
    [10, 20]
    """
    cases = list(cases)
    seeds = np.random.SeedSequence(seed).spawn(len(cases))
    found = Parallel()(delayed(_measured)(measure, case, own) for case, own in zip(cases, seeds, strict=True))
    labels = pd.Index(cases, tupleize_cols=False)
    table = pd.DataFrame([row if isinstance(row, Mapping) else {"value": row} for row in found], index=labels)
    return table.set_axis(pd.Index(table.columns.tolist()), axis=1)  # tuples become levels


def _measured(measure: Callable, case, seed: np.random.SeedSequence):
    found = measure(case, np.random.default_rng(seed))
    return found.to_dict() if isinstance(found, pd.Series) else found


def swapped(graph: nx.Graph, rng: np.random.Generator, per_tie: int = 2) -> nx.Graph:
    """A random graph in which every state has as many ties as before.

    Parameters
    ----------
    graph : networkx.Graph
        The graph.
    rng : numpy.random.Generator
        Source of chance.
    per_tie : int
        Swaps per tie.

    Returns
    -------
    networkx.Graph
        Pairs of ties A-B and C-D have become A-D and C-B, over and over. Weights and kinds are gone.

    Raises
    ------
    ValueError
        If the degrees allow hardly another graph, as in a star.

    Notes
    -----
    networkx repeats a swap that is not possible until one is, which favors graphs with fewer possible swaps a
    little; :func:`traded` has no such lean.

    References
    ----------
    Maslov and Sneppen (2002), *Specificity and stability in topology of protein networks*, Science 296, 910-913.

    Examples
    --------
    >>> graph = swapped(nx.cycle_graph(8), np.random.default_rng(0))
    >>> set(dict(graph.degree()).values())
    {2}
    """
    plain = nx.Graph()
    plain.add_nodes_from(graph)
    plain.add_edges_from(graph.edges())
    swaps = per_tie * plain.number_of_edges()
    try:
        return nx.double_edge_swap(plain, nswap=swaps, max_tries=200 * swaps, seed=int(rng.integers(2**31)))
    except nx.NetworkXException:
        raise ValueError("these degrees allow hardly another graph: chance has nothing to deal out") from None


def traded(matrix: np.ndarray, rng: np.random.Generator, per_row: int = 5) -> np.ndarray:
    """A random matrix of 0 and 1 with the same row and column totals: the curveball.

    Parameters
    ----------
    matrix : array of 0 and 1
        The matrix.
    rng : numpy.random.Generator
        Source of chance.
    per_row : int
        Trades per row: two rows pool what only one of them has, and deal it out anew.

    Returns
    -------
    array of int
        Each matrix with these totals is as likely as any other, given enough trades.

    References
    ----------
    Strona, Nappo, Boccacci, Fattorini and San-Miguel-Ayanz (2014), *A fast and unbiased procedure to randomize
    ecological binary matrices with fixed row and column totals*, Nature Communications 5, 4114.

    Examples
    --------
    >>> matrix = np.array([[1, 1, 0], [0, 1, 1]])
    >>> other = traded(matrix, np.random.default_rng(0))
    >>> other.sum(axis=0).tolist(), other.sum(axis=1).tolist()
    ([1, 2, 1], [2, 2])
    """
    cells, n = np.array(matrix, dtype=int), len(matrix)
    first, step = rng.integers(n, size=per_row * n), rng.integers(1, n, size=per_row * n)
    for a, b in zip(first, (first + step) % n, strict=True):
        only = np.flatnonzero(cells[a] != cells[b])
        mine = cells[a, only].sum()
        if 0 < mine < len(only):
            rng.shuffle(only)
            cells[a, only[:mine]], cells[b, only[:mine]] = 1, 0
            cells[a, only[mine:]], cells[b, only[mine:]] = 0, 1
    return cells


def _shuffled(cells: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each column dealt out anew; a deal that leaves a partner with nothing is thrown away: it is not in the table."""
    for _ in range(1000):
        dealt = rng.permuted(cells, axis=0)
        if dealt.any(axis=1).sum() >= cells.any(axis=1).sum():
            return dealt
    raise ValueError("there is so little to deal out that chance always leaves some partner with nothing")


def against(observed: float, draws: pd.Series) -> dict[str, float]:
    """An observed number against what chance gave.

    Parameters
    ----------
    observed : float
        The number.
    draws : Series of float
        The same number in random worlds.

    Returns
    -------
    dict of str to float
        ``observed``; ``low``, ``middle`` and ``high`` (2.5, 50 and 97.5 percent of the draws); ``p above`` and
        ``p below`` (share of worlds at least as high, or as low, with the observed one among them).

    Raises
    ------
    ValueError
        If there are no draws.

    Examples
    --------
    >>> against(3.0, pd.Series([1.0, 2.0, 3.0]))["p above"]
    0.5
    """
    if draws.empty:
        raise ValueError("there are no draws to compare with")
    low, middle, high = np.quantile(draws, [0.025, 0.5, 0.975])
    n, slack = len(draws) + 1, 1e-9
    above, below = ((1 + (side >= -slack).sum()) / n for side in (draws - observed, observed - draws))
    found = {"observed": observed, "low": low, "middle": middle, "high": high, "p above": above, "p below": below}
    return {name: float(value) for name, value in found.items()}


def clustering_by_chance(graph: nx.Graph, rows: pd.DataFrame, *, draws: int = 99, seed: int = 0) -> pd.DataFrame:
    """Clustering of states against two kinds of chance.

    Parameters
    ----------
    graph : networkx.Graph
        States in pairs, as :func:`state_graph` gives them.
    rows : DataFrame
        The same day as parties to agreements, as :func:`members` gives them.
    draws : int
        Random networks of each kind.
    seed : int
        Seed.

    Returns
    -------
    DataFrame of float
        The columns of :func:`against`, a row per view. ``pairs``: clustering of `graph`; chance keeps each state's
        number of ties (:func:`swapped`). ``whole``: clustering among states that share an agreement; chance keeps
        each state's number of agreements and each agreement's number of parties (:func:`traded`).

    Raises
    ------
    ValueError
        If the degrees allow hardly another graph.

    Examples
    --------
    >>> from helpers import load_tables
    >>> tables, choice = load_tables(), {"kinds": ["ALLIANCE", "SOFA", "MINILATERAL"]}
    >>> graph = state_graph(ties(tables, "2010-12-31", **choice), sample(tables))
    >>> found = clustering_by_chance(graph, members(tables, "2010-12-31", **choice), draws=19)
    >>> bool(found.loc["pairs", "p above"] < found.loc["whole", "p above"])
    True
    """
    seats = pd.crosstab(rows["party"], rows["text"]).clip(upper=1).to_numpy()
    swaps = resample(lambda _, rng: nx.transitivity(swapped(graph, rng)), range(draws), seed=seed)
    deals = resample(lambda _, rng: _meeting(traded(seats, rng)), range(draws), seed=seed)
    found = {
        "pairs": against(nx.transitivity(graph), swaps["value"]),
        "whole": against(_meeting(seats), deals["value"]),
    }
    return pd.DataFrame(found).T


def _meeting(seats: np.ndarray) -> float:
    """Clustering among states that share an agreement; seats: states by agreements."""
    return nx.transitivity(nx.from_numpy_array(seats @ seats.T > 0))


def nesting_by_chance(matrix: pd.DataFrame, *, draws: int = 199, seed: int = 0) -> pd.DataFrame:
    """Nestedness (NODF) against two kinds of chance.

    Parameters
    ----------
    matrix : DataFrame of 0 and 1
        Partners by kinds.
    draws : int
        Random tables of each kind.
    seed : int
        Seed.

    Returns
    -------
    DataFrame of float
        The columns of :func:`against`, a row per chance. ``kinds``: it keeps how common each kind is, and leaves
        no more partners with nothing than there are; ``kinds and partners``: it also keeps how many kinds each
        partner has (:func:`traded`).

    Raises
    ------
    ValueError
        As :func:`nodf`; and if there is so little to deal out that some partner always goes without.

    Notes
    -----
    A table is nested by the first as soon as some partners have more of everything; only the second asks whether
    the kinds come in an order beyond that. It is a hard judge: a perfect ladder is the only table with its totals,
    so that nothing is left to deal out and the chance is 1. Look at :func:`reproducibility` first.

    References
    ----------
    Gotelli (2000), *Null model analysis of species co-occurrence patterns*, Ecology 81, 2606-2621.

    Examples
    --------
    >>> ladder = pd.DataFrame(np.tri(6, dtype=int))
    >>> nesting_by_chance(ladder, draws=19)["p above"].tolist()
    [0.05, 1.0]
    """
    cells, observed = _cells(matrix), nodf(matrix)["nodf"]
    deals = {"kinds": lambda rng: _shuffled(cells, rng), "kinds and partners": lambda rng: traded(cells, rng)}
    found = {}
    for name, deal in deals.items():
        drawn = resample(lambda _, rng, deal=deal: nodf(deal(rng))["nodf"], range(draws), seed=seed)
        found[name] = against(observed, drawn["value"])
    return pd.DataFrame(found).T


def ranks_when_weighed(
    draw: int, rng: np.random.Generator | None, graph: nx.Graph, deepest_first: Iterable[str] = ()
) -> dict[tuple[str, str], float]:
    """Ranks of all states when the kinds of ties get weights at random.

    Parameters
    ----------
    draw : int
        Number of the draw; 0 gives every kind the same weight.
    rng : numpy.random.Generator or None
        Source of chance; not needed for draw 0.
    graph : networkx.Graph
        A connected graph of states with ``kinds`` on each edge.
    deepest_first : iterable of str, optional
        All kinds, the one that must weigh most first: the weights drawn are dealt out in this order.

    Returns
    -------
    dict of (str, str) to float
        Rank by measure (``strength``, ``eigenvector``) and state.

    Notes
    -----
    Weights come from a flat Dirichlet distribution: every division of one whole among the kinds is as likely as
    any other, so that one kind may well count ten times as much as another, and a meeting more than a treaty
    unless `deepest_first` forbids it.

    Examples
    --------
    >>> graph = nx.Graph([("A", "B", {"kinds": ("ISA",)}), ("B", "C", {"kinds": ("ACSA", "ISA")})])
    >>> ranks_when_weighed(1, np.random.default_rng(0), graph)["strength", "B"]
    1.0
    """
    order = list(deepest_first)
    kinds = order or sorted({kind for _, _, edge in graph.edges.data("kinds") for kind in edge})
    drawn = rng.dirichlet(np.ones(len(kinds))) if draw else np.full(len(kinds), 1 / len(kinds))
    drawn = np.sort(drawn)[::-1] if order else drawn
    weights = dict(zip(kinds, drawn, strict=True))
    heavy = nx.Graph()
    heavy.add_nodes_from(graph)
    edges = graph.edges.data("kinds")
    heavy.add_weighted_edges_from((a, b, sum(weights[kind] for kind in own)) for a, b, own in edges)
    scores = {"strength": dict(heavy.degree(weight="weight")), "eigenvector": _eigenvector(heavy)}
    return _by_measure_and_state(ranks(pd.DataFrame(scores)))


def _by_measure_and_state(table: pd.DataFrame) -> dict[tuple[str, str], float]:
    return {(measure, state): rank for measure in table for state, rank in table[measure].items()}


def ranks_without(
    agreement: str, rng: np.random.Generator | None, pairs: pd.DataFrame, states: Iterable[str]
) -> dict[tuple[str, str], float]:
    """Ranks of all states when one agreement is left out.

    Parameters
    ----------
    agreement : str
        The agreement; its clauses go with it.
    rng : numpy.random.Generator or None
        Not used; :func:`resample` hands it to every measure.
    pairs : DataFrame
        Ties, as :func:`ties` gives them.
    states : iterable of str
        States of the graph.

    Returns
    -------
    dict of (str, str) to float
        Rank by measure and state. States that fall out of the largest part share the rank after its last.

    Examples
    --------
    >>> from helpers import load_tables
    >>> tables = load_tables()
    >>> pairs, states = ties(tables, "2024-08-31", kinds=["ALLIANCE"]), sample(tables)
    >>> ranks_without("alliance-usa-1960", None, pairs, states)["degree", "JPN"]
    14.0
    """
    states = list(states)
    graph = state_graph(pairs[pairs["text"] != agreement], states)
    inside = ranks(centralities(largest_part(graph)))
    return _by_measure_and_state(inside.reindex(states).fillna(len(inside) + 1))


def intervals(draws: pd.DataFrame, base: pd.Series, share: float = 0.95) -> pd.DataFrame:
    """Intervals of ranks over many draws.

    Parameters
    ----------
    draws : DataFrame of float
        A row per draw; columns by measure and state.
    base : Series of float
        Ranks to compare with, by measure and state.
    share : float
        Share of the draws that the interval holds; 1 gives the best and the worst rank.

    Returns
    -------
    DataFrame of float
        Indexed by ``measure`` and ``state``: ``observed`` (the rank in `base`), ``low``, ``high``.

    Examples
    --------
    >>> columns = pd.MultiIndex.from_tuples([("degree", "A")])
    >>> draws = pd.DataFrame([[1.0], [2.0], [3.0]], columns=columns)
    >>> intervals(draws, pd.Series([2.0], index=columns), share=1).values.tolist()
    [[2.0, 1.0, 3.0]]
    """
    tail = (1 - share) / 2
    low, high = (draws.quantile(q, interpolation="nearest") for q in (tail, 1 - tail))
    return pd.DataFrame({"observed": base, "low": low, "high": high}).rename_axis(["measure", "state"])


def removals(graph: nx.Graph) -> pd.DataFrame:
    """What is left when one state is taken out, each in turn.

    Parameters
    ----------
    graph : networkx.Graph
        The graph of states.

    Returns
    -------
    DataFrame
        Indexed by the state taken out, the one that is missed most first: ``reach lost`` (percent by which the
        others come to be farther apart: loss of the mean of 1 / distance over their pairs), ``cut off`` (int,
        states that lose their last tie), ``centralization`` (of what is left) and ``in front`` (str, the states
        with the most kinds of ties then).

    Raises
    ------
    ValueError
        If the graph has no ties.

    References
    ----------
    Latora and Marchiori (2001), *Efficient behavior of small-world networks*, Physical Review Letters 87, 198701.

    Examples
    --------
    >>> removals(nx.star_graph(3)).loc[[0], ["reach lost", "cut off"]].to_dict("records")
    [{'reach lost': 100.0, 'cut off': 3}]
    """
    _check_ties(graph)
    near = {a: {b: 1 / d for b, d in to.items() if d} for a, to in nx.all_pairs_shortest_path_length(graph)}
    rows = {}
    for gone in graph:
        left = graph.subgraph([state for state in graph if state != gone])
        before = sum(value for a, to in near.items() for b, value in to.items() if gone not in (a, b))
        after = nx.global_efficiency(left) * len(left) * (len(left) - 1)
        strength = pd.Series(dict(left.degree(weight="weight")))
        rows[gone] = {
            "reach lost": 100 * (1 - after / before) if before else 0.0,
            "cut off": sum(left.degree(state) == 0 for state in graph[gone]),
            "centralization": centralization(left) if left.number_of_edges() and len(left) > 2 else 0.0,
            "in front": ", ".join(map(str, strength.index[strength == strength.max()])),
        }
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table.sort_values("reach lost", ascending=False, kind="stable")
