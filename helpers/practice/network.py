"""Right answers to the exercises on the partner network (notebook 02)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from helpers import network
from helpers.practice.answers import (
    Exercise,
    Question,
    graph,
    kind_of,
    names,
    number,
    questioned,
    ranking,
    told,
    too_short,
    values,
)
from helpers.tables import Tables

__all__ = ["EXERCISES"]


def _day(tables: Tables) -> str:
    return f"{tables.horizon('agreements'):%Y-%m-%d}"


def _pairs(tables: Tables, kinds: Iterable[str] | None = None) -> pd.DataFrame:
    """Ties at the end of the tables, of the kinds that were looked for on all sides."""
    return network.ties(tables, _day(tables), kinds=network.coded_kinds(tables) if kinds is None else kinds)


def _states(tables: Tables, kinds: Iterable[str] | None = None) -> nx.Graph:
    return network.state_graph(_pairs(tables, kinds), network.sample(tables))


def _uneven(tables: Tables, given: Any) -> str:
    looked = network.coverage(tables, _day(tables))
    own, others = looked["Japan"] == "complete", looked["partners"] == "uneven"
    slips = {
        "for some of these Japan's own ties are not complete either": looked.index[others],
        "these are all kinds that are complete for Japan; what of the partners?": looked.index[own],
    }
    return told(partial(names, what="kinds"), given, looked.index[own & others], slips)


def _partners(tables: Tables, given: Any) -> str:
    pairs, degree = _pairs(tables), pd.Series(dict(_states(tables).degree))
    both = pd.concat([pairs["party_a"], pairs["party_b"]])
    slips = {
        "ties are counted; two states that share three agreements are one pair": both.value_counts(),
        "only one of the two columns is counted": pairs.groupby("party_a")["party_b"].nunique(),
        "only one of the two columns of pairs is counted": pairs.groupby("party_b")["party_a"].nunique(),
    }
    return told(partial(values, what="states", zeros=True), given, degree, slips)


def _graph(tables: Tables, given: Any) -> str:
    right = _states(tables)
    by_agreement, tied = right.copy(), nx.Graph(right.edges(data=True))
    for _, _, tie in by_agreement.edges(data=True):
        tie["weight"] = len(tie["agreements"])
    slips = {
        "agreements are counted where kinds are asked for": by_agreement,
        "states without a tie are states of the network, too": tied,
    }
    return told(partial(graph, weight="weight"), given, right, slips)


def _between(tables: Tables, first_five: Any, in_the_star: Any) -> str:
    right = _states(tables)
    scores = pd.Series(nx.betweenness_centrality(right))
    if wrong := ranking(first_five, scores, 5, what="states"):
        degree = pd.Series(dict(right.degree))
        weighed = pd.Series(nx.betweenness_centrality(right, weight="weight"))
        slips = {"this is the order by number of partners": degree, "weights are taken for lengths here": weighed}
        wrong = next((words for words, one in slips.items() if not ranking(first_five, one, 5)), wrong)
        return f"first_five: {wrong}"
    spokes = right.edges("JPN")
    star, everyone = nx.Graph(spokes), nx.Graph(spokes)
    everyone.add_nodes_from(right)
    of_star, of_everyone = (nx.betweenness_centrality(one)["JPN"] for one in (star, everyone))
    slips = {
        "this is Japan's in the network of all": scores["JPN"],
        "states without a tie to Japan are in the star, too; leave them out": of_everyone,
    }
    wrong = told(number, in_the_star, of_star, slips)
    return wrong and f"in_the_star: {wrong}"


def _rank(degree: pd.Series, state: str) -> int:
    return int((degree > degree[state]).sum()) + 1


def _rank_without(tables: Tables, given: Any) -> str:
    coded, all_ties = network.coded_kinds(tables), _states(tables)
    whole, questions = pd.Series(dict(all_ties.degree)), []
    states = ["JPN", "USA", "GBR", "IND", *list(nx.isolates(all_ties))[:1]]
    for kind in coded:
        degree = pd.Series(dict(_states(tables, [other for other in coded if other != kind]).degree))
        alone = pd.Series(dict(_states(tables, [kind]).degree))
        for state in states:
            slips = {
                "the rank is that with all kinds": _rank(whole, state),
                "the rank is that with this kind alone; it is to be left out": _rank(alone, state),
                "the count should begin with 1 for the first": _rank(degree, state) - 1,
                "states that share a rank count as one; the rank counts the states before": (
                    int(degree[degree > degree[state]].nunique()) + 1
                ),
            }
            questions.append(Question(f"for {state} without {kind}", (state, kind), _rank(degree, state), slips))
    return questioned(given, questions)


def _own_weights(tables: Tables, weights: Any, strength: Any, because: Any) -> str:
    """Own weights have no right answer; they have to cover the kinds, differ, and be summed right."""
    coded = network.coded_kinds(tables)
    if not isinstance(weights, Mapping | pd.Series):
        return f"the weights are asked for as a dictionary by kind, this is {kind_of(weights)}"
    own = dict(weights)
    if wrong := names(own.keys(), coded, what="kinds"):
        return f"weights: {wrong}"
    if not all(isinstance(value, int | float | np.number) and 0 <= value < np.inf for value in own.values()):
        return "a weight is a number, 0 or more"
    if len(set(own.values())) == 1:
        return "all kinds weigh the same, as they did before"
    pairs, ties = _pairs(tables), _states(tables)
    right = pd.Series({
        state: sum(own[kind] for *_, kinds in ties.edges(state, data="kinds") for kind in kinds) for state in ties
    })  # fmt: skip
    each = pairs.assign(weight=pairs["kind"].map(own))
    by_agreement = each.groupby("party_a")["weight"].sum().add(each.groupby("party_b")["weight"].sum(), fill_value=0)
    slips = {
        "a kind counts once for a pair, however many agreements of it the pair has": by_agreement,
        "the weights make no difference here": pd.Series(dict(ties.degree(weight="weight"))),
    }
    wrong = told(partial(values, what="states", zeros=True), strength, right, slips)
    return f"strength does not follow from your weights: {wrong}" if wrong else too_short(because)


EXERCISES = {
    "2.1": Exercise(
        (
            "`network.coverage(tables, DAY)` has one row per kind, and a column for Japan and one for its partners.",
            "Two conditions, each in round brackets, joined by `&`; the kinds are the index.",
        ),
        _uneven,
        "For these kinds a blank between two partners may mean that nobody looked. Counting them would favor Japan.",
    ),
    "2.2": Exercise(
        (
            "Each pair stands once, in the order of the alphabet. A state can be in either column.",
            "Turn the pairs round (`rename` the two columns), put both tables below one another with `pd.concat`.",
            "Then group by one column and count the different values of the other: `nunique`.",
        ),
        _partners,
        "Partners are fewer than ties: most pairs are tied by more than one agreement.",
    ),
    "2.3": Exercise(
        (
            "First a Series: `groupby` both columns of the pair, then the number of different kinds.",
            "An empty `nx.Graph()`, then `add_nodes_from(states)`, so that those without a tie are in it.",
            "`for (a, b), weight in shared.items(): graph.add_edge(a, b, weight=weight)`",
        ),
        _graph,
        "This is the network of the lecture, and it holds states that no tie of these kinds reaches.",
    ),
    "2.4": Exercise(
        (
            "`nx.betweenness_centrality(ties)` gives a dictionary; as a Series it can be sorted.",
            "The star: keep the pairs with Japan in them, and build a graph from these, without other states.",
            "`nx.from_pandas_edgelist(spokes, 'party_a', 'party_b')` builds a graph from a table of pairs.",
        ),
        _between,
        "In a star drawn around a state that state has all there is to have. It is a result of the drawing.",
    ),
    "2.5": Exercise(
        (
            "Leave the rows of the kind out first; then count partners as in 2.2.",
            "The rank is one more than the number of states with more partners.",
            "`(partners > partners.get(state, 0)).sum() + 1`: what does `get` do for a state that has no partner?",
        ),
        _rank_without,
        "A rank that one kind can move is a statement about that kind. The lecture leaves out agreements, too.",
    ),
    "2.6": Exercise(
        (
            "`dict.fromkeys(coded, 1)` weighs all alike. Which kind would you miss most in a crisis, which least?",
            "A pair has a kind or not: `drop_duplicates` on pair and kind first. Then `map` gives each row its weight.",
            "As in 2.2: both directions below one another with `pd.concat`, then one sum by state. "
            "(Two sums joined by `+` leave a blank where a state stands in one column only.)",
        ),
        _own_weights,
        "The sums are those of your weights. Who gained by them? Say so when you show the ranking to others.",
    ),
}
