"""Time the loader and the network on today's tables and on grown ones: ``make bench``. No test, for machines differ."""

from __future__ import annotations

import csv
import shutil
from functools import partial
from itertools import combinations, product
from pathlib import Path

import joblib
import networkx as nx
import numpy as np
import pandas as pd
import pytest

from helpers import load_tables, network, stages
from report.execute import ROOT

# Tables that grow by copies under new identifiers; the others stay as they are.
GROWING = ("agreements", "talks", "exercises", "transfers", "milestones", "exercise_counts", "claims")
HORIZON = "2026-06-30"


def once(benchmark, function, *args):
    """Time a slow function three times, without warming up."""
    return benchmark.pedantic(function, args, rounds=3)


# ---------------------------------------------------------------------------------------------------
# The loader


def grow(folder: Path, times: int) -> None:
    """Repeat the rows of the growing tables."""
    for name in GROWING:
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        column = header.index("id")
        copies = [[f"{cell}-copy{i}" if i and k == column else cell for k, cell in enumerate(row)]
                  for i in range(times) for row in rows]  # fmt: skip
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *copies])


@pytest.mark.parametrize("times", [1, 10, 100])
def test_load(benchmark, tmp_path, times):
    """Rows and time of the loader at 1, 10 and 100 times today's rows."""
    folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    grow(folder, times)
    tables = once(benchmark, load_tables, folder)
    benchmark.extra_info["rows"] = sum(len(tables[name]) for name in tables)


# ---------------------------------------------------------------------------------------------------
# The network of today's tables


@pytest.fixture(scope="module")
def today():
    """Tables, ties and graph at the horizon."""
    tables = load_tables()
    kinds, states = network.coded_kinds(tables), network.sample(tables)
    pairs = network.ties(tables, HORIZON, kinds=kinds)
    return tables, kinds, states, network.state_graph(pairs, states)


def test_build(benchmark, today):
    """From the tables to the graph of a day."""
    tables, kinds, states, _ = today
    benchmark(lambda: network.state_graph(network.ties(tables, HORIZON, kinds=kinds), states))


def test_centralities(benchmark, today):
    """All nine measures."""
    benchmark(network.centralities, network.largest_part(today[3]))


def test_trends(benchmark, today):
    """Both views from 1990 on, year by year."""
    tables, kinds, states, _ = today
    days = {year: f"{year}-12-31" for year in range(1990, 2026)}
    once(benchmark, lambda: network.trends(tables, days, states, kinds=kinds))


@pytest.mark.parametrize("workers", [1, 2])
def test_thousand_reweighted_rankings(benchmark, today, workers):
    """The bar: 10 seconds on 2 cores."""
    measure = partial(network.ranks_when_weighed, graph=network.largest_part(today[3]))
    with joblib.parallel_config(n_jobs=workers):
        once(benchmark, network.resample, measure, range(1, 1001))


def test_hundred_swapped_graphs(benchmark, today):
    """The null model of view (b)."""
    once(benchmark, network.resample, lambda _, rng: nx.transitivity(network.swapped(today[3], rng)), range(100))


def test_hundred_traded_tables(benchmark, today):
    """The null model of view (c)."""
    rows = network.members(today[0], HORIZON, kinds=today[1])
    seats = pd.crosstab(rows["party"], rows["agreement_id"]).to_numpy()
    once(benchmark, network.resample, lambda _, rng: network.traded(seats, rng).sum(), range(100))


# ---------------------------------------------------------------------------------------------------
# A made world: how work grows with states and with ties

STATES, KINDS, YEARS = 200, 20, 30


def world(states: int, share: float) -> pd.DataFrame:
    """Ties of a made world: a share of all pairs, each with one to twenty kinds, spread over thirty years."""
    rng = np.random.default_rng(1)
    pairs = [pair for pair in combinations([f"S{k:03}" for k in range(states)], 2) if rng.random() < share]
    rows = [(f"a{k}-{kind}", f"K{kind:02}", a, b, year)
            for k, (a, b) in enumerate(pairs)
            for kind, year in product(rng.choice(KINDS, rng.integers(1, KINDS + 1), replace=False), [0])]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["agreement_id", "kind", "party_a", "party_b", "year"])
    return frame.assign(year=rng.integers(0, YEARS, len(frame)), parties=2)


@pytest.fixture(
    scope="module", params=[(50, 0.1), (100, 0.1), (STATES, 0.1), (STATES, 0.3)], ids="{0[0]} states, {0[1]:.0%}".format
)
def made(request):
    """Ties, states and graph of a made world."""
    pairs = world(*request.param)
    states = sorted({*pairs["party_a"], *pairs["party_b"]})
    return pairs, states, network.largest_part(network.state_graph(pairs, states))


def test_made_build_each_year(benchmark, made):
    """The graph of each of thirty years."""
    pairs, states, graph = made
    once(benchmark, lambda: [network.state_graph(pairs[pairs["year"] <= year], states) for year in range(YEARS)])
    benchmark.extra_info["ties"] = graph.number_of_edges()


def test_made_centralities(benchmark, made):
    """All nine measures."""
    once(benchmark, network.centralities, made[2])


def test_made_ten_reweighted_rankings(benchmark, made):
    """Ten draws of weights."""
    once(benchmark, network.resample, partial(network.ranks_when_weighed, graph=made[2]), range(1, 11))


def test_made_ten_swapped_graphs(benchmark, made):
    """Ten random graphs."""
    once(benchmark, network.resample, lambda _, rng: network.swapped(made[2], rng).number_of_edges(), range(10))


# ---------------------------------------------------------------------------------------------------
# The stages: today's partners, and more partners with more events


def test_stages_today(benchmark):
    """Evidence and dates of one rule set."""
    tables = load_tables()
    benchmark(lambda: stages.stage_dates(stages.evidence(tables, "broad")))


@pytest.mark.parametrize("null", stages.NULLS)
def test_ten_thousand_worlds(benchmark, null):
    """The bar: 2 seconds."""
    rows = stages.evidence(load_tables(), "broad")
    once(benchmark, lambda: stages.order_test(stages.stage_dates(rows), null, born=stages.births(rows)))


@pytest.fixture(scope="module", params=[50, 200, 800], ids="{} partners".format)
def climbers(request):
    """Made evidence: twenty rows per partner, at random."""
    rng = np.random.default_rng(1)
    days = pd.Timestamp("1990-01-01") + pd.to_timedelta(rng.integers(0, 13_000, 20 * request.param), unit="D")
    frame = pd.DataFrame({"partner": np.repeat(np.arange(request.param), 20), "stage": rng.integers(1, 5, len(days))})
    frame = frame.assign(earliest=days, latest=days, kind="K", id=frame.index.astype(str))
    return frame.assign(date="", title="", table="", bounded=True, confidence="high", sources="")


def test_made_stage_dates(benchmark, climbers):
    """The first row of each partner and stage."""
    once(benchmark, stages.stage_dates, climbers)


def test_made_order(benchmark, climbers):
    """Pairs, and a thousand random worlds."""
    dates = stages.stage_dates(climbers)
    once(benchmark, lambda: (stages.order_pairs(dates), stages.order_test(dates, "calendar", draws=1000)))
