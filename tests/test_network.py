"""The partner network: what is a tie, three views, measures against published values, chance and choice."""

from collections import Counter
from functools import partial
from itertools import combinations, product

import joblib
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers import Tables, network
from helpers.tables import date_bounds, instruments, party_status, tie, void_pairs

HORIZON = "2026-06-30"

# ---------------------------------------------------------------------------------------------------
# A small world, counted by hand

AGREEMENTS = {
    "pact": ("ALLIANCE", "AUS;NZL;USA", {"in_force": "1952-04-29"}),
    "guard": ("ALLIANCE", "JPN;USA", {"in_force": "1960-06-23"}),
    "visit": ("RAA", "JPN;AUS", {"signed": "2022-01-06", "in_force": "2023-08-13"}),
    "host": ("VFA", "AUS;PHL", {"in_force": "2012-09-28", "confidence": "medium"}),
    "group": ("MINILATERAL", "JPN;AUS;USA;NATO", {"signed": "2006"}),
    "atlantic": ("ALLIANCE", "GBR;USA;SWE", {"in_force": "1949-08-24"}),
    "secrets": ("ISA", "JPN;USA;KOR", {"signed": "2014-12-29", "binding": "political"}),
    "more": ("ALLIANCE", "JPN;KOR", {"in_force": "1960-06-23", "relation": "supplement"}),
    "over": ("SOFA", "JPN;GBR", {"in_force": "1952-04-28", "ended": "1990-01-01"}),
}


@pytest.fixture
def small(tables):
    """Nine agreements; Sweden joins the Atlantic pact in 2024, the pair New Zealand and United States is void from 1986."""
    columns = [c for c in tables.agreements.columns if not c.endswith(("_earliest", "_latest"))]
    rows = [{"id": key, "type": kind, "parties": parties, "confidence": "high", **rest}
            for key, (kind, parties, rest) in AGREEMENTS.items()]  # fmt: skip
    dates = ["negotiations_opened", "signed", "in_force", "ended", "attested", "standing_from"]
    frame = pd.DataFrame(rows, columns=columns).astype("str")
    frame = frame.mask(frame == "nan")
    joined = pd.DataFrame({"agreement_id": ["atlantic"], "party": ["SWE"], "joined": ["2024-03-07"], "left": [None]})
    void = pd.DataFrame({"agreement_id": ["pact"], "party_a": ["USA"], "party_b": ["NZL"], "from_date": ["1986-08"]})
    parties = tables.parties.assign(treaty=tables.parties["treaty"].mask(tables.parties["code"] == "NATO", "atlantic"))
    frames = {name: tables[name] for name in tables}
    frames |= {
        "agreements": dated(frame, dates),
        "accessions": dated(joined.astype({"left": "str"}).replace("None", None), ["joined", "left"]),
        "tie_exceptions": dated(void, ["from_date"]),
        "parties": parties.mask(parties == "alliance-eu-427-2009"),
    }
    return Tables(frames, tables.schema)


def dated(frame, names):
    """A frame with the bounds of its dates."""
    return pd.concat([frame, *(date_bounds(frame[name]).add_prefix(f"{name}_") for name in names)], axis=1)


def pairs_of(found):
    """Ties as words."""
    return {f"{row.agreement_id} {row.party_a}-{row.party_b}" for row in found.itertuples()}


def test_instruments_leave_out_supplements_and_texts_that_do_not_bind(small):
    assert set(AGREEMENTS) - set(instruments(small)["id"]) == {"more", "secrets"}


def test_ties_by_hand(small):
    assert pairs_of(network.ties(small, "2005-01-01")) == {
        "pact AUS-NZL", "pact AUS-USA", "guard JPN-USA", "atlantic GBR-USA"}  # fmt: skip
    assert pairs_of(network.ties(small, "1985-01-01", kinds=["ALLIANCE", "SOFA"])) == {
        "pact AUS-NZL", "pact AUS-USA", "pact NZL-USA", "guard JPN-USA", "atlantic GBR-USA", "over GBR-JPN"}  # fmt: skip


def test_ties_now_by_hand(small):
    groups = {"group AUS-JPN", "group AUS-USA", "group JPN-USA"}
    alliances = {
        "pact AUS-NZL",
        "pact AUS-USA",
        "guard JPN-USA",
        "atlantic GBR-USA",
        "atlantic GBR-SWE",
        "atlantic SWE-USA",
    }
    assert pairs_of(network.ties(small, HORIZON)) == groups | alliances | {"visit AUS-JPN", "host AUS-PHL"}


@pytest.mark.parametrize(
    ("choices", "more", "less"),
    [
        ({}, set(), set()),
        ({"signed": True}, {"visit AUS-JPN"}, set()),
        ({"sure": True}, set(), {"host AUS-PHL"}),
        ({"kinds": ["ALLIANCE", "VFA"]}, set(), {"group AUS-JPN", "group AUS-USA", "group JPN-USA"}),
        ({"largest": 2}, set(), {"group AUS-JPN", "group AUS-USA", "group JPN-USA", "pact AUS-NZL", "pact AUS-USA"}),
        ({"largest": 3}, set(), {"group AUS-JPN", "group AUS-USA", "group JPN-USA"}),
        ({"without": ["guard"]}, set(), {"guard JPN-USA"}),
        ({"organizations": "node"}, {"group AUS-NATO", "group JPN-NATO", "group NATO-USA"}, set()),
        ({"organizations": "members"}, {"group AUS-GBR", "group GBR-JPN", "group GBR-USA"}, set()),
        ({"states": ["JPN", "USA"]}, set(),
         {"group AUS-JPN", "group AUS-USA", "host AUS-PHL", "pact AUS-NZL", "pact AUS-USA", "atlantic GBR-USA"}),
    ],
)  # fmt: skip
def test_choices_by_hand(small, choices, more, less):
    """In July 2022: the visit is signed, Sweden has not joined."""
    plain = {"pact AUS-NZL", "pact AUS-USA", "guard JPN-USA", "host AUS-PHL", "atlantic GBR-USA",
             "group AUS-JPN", "group AUS-USA", "group JPN-USA"}  # fmt: skip
    assert pairs_of(network.ties(small, "2022-07-01", **choices)) == (plain | more) - less


def test_a_vague_date_counts_from_either_end(small):
    for bound, tied in {"latest": False, "earliest": True}.items():
        found = pairs_of(network.ties(small, "2006-07-01", bound=bound))
        assert ("group AUS-JPN" in found) == tied


def test_members_of_an_organization_are_not_tied_by_what_it_signs(small):
    found = network.ties(small, HORIZON, organizations="members", kinds=["MINILATERAL"])
    assert "group GBR-SWE" not in pairs_of(found) and "group GBR-JPN" in pairs_of(found)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"organizations": "drop"}, "'left out', a 'node' or their 'members', not 'drop'"),
        ({"bound": "middle"}, "'latest' or 'earliest' day, not 'middle'"),
        ({"largest": 1}, "at least two parties, so largest cannot be 1"),
        ({"kinds": ["RAA"]}, "kinds are a list of codes of the tables; not there: RAA"),
        ({"kinds": "ALLIANCE"}, "kinds are a list .* not there: A, L, L, I, A"),
        ({"states": ["JPN", "XYZ"]}, "states are a list .* not there: XYZ"),
        ({"states": "JPN"}, "states are a list .* not there: J, P, N"),
        ({"without": ["pakt"]}, "without are a list .* not there: pakt"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused(small, choice, words):
    with pytest.raises(ValueError, match=words):
        network.members(small, HORIZON, **choice)


def test_an_organization_keeps_its_members_when_its_treaty_is_left_out(small):
    found = network.ties(small, HORIZON, organizations="members", kinds=["MINILATERAL"], without=["atlantic"])
    assert "group GBR-JPN" in pairs_of(found)


def test_an_ego_without_ties_is_refused(small):
    with pytest.raises(ValueError, match="'IND' has no tie"):
        network.partner_matrix(small, HORIZON, ego="IND")


def test_the_same_company_counts_once():
    rows = pd.DataFrame({"text": list("aabbccdd"), "kind": ["X"] * 6 + ["Y"] * 2, "party": list("ABBAACAB")})
    assert network.once_per_group(rows)["text"].unique().tolist() == ["a", "c", "d"]


def test_a_day_before_the_first_tie_is_refused(small):
    with pytest.raises(ValueError, match=r"no pair of these parties is tied on 1940-01-01 .* begin on 1949-08-24"):
        network.ties(small, "1940-01-01")


def test_a_day_after_the_horizon_is_refused(tables):
    with pytest.raises(ValueError, match="after the horizon of agreements"):
        network.ties(tables, "2027-01-01")


def test_one_row_per_pair_for_drawing(small):
    drawn = network.deepest(network.ties(small, HORIZON), {"ALLIANCE": "force", "VFA": "forces", "MINILATERAL": "talk"})
    rows = {(row.party_a, row.party_b): (row.look, row.kinds) for row in drawn.itertuples()}
    assert rows["AUS", "USA"] == ("force", 2) and rows["AUS", "JPN"] == ("forces", 2) and len(rows) == len(drawn) == 8


def test_panels_say_how_many_ties(small):
    panels = network.by_kind(small, ["ALLIANCE", "VFA"], {"then": "1960-12-31", "now": HORIZON})
    assert list(panels) == ["ALLIANCE, then: 5", "ALLIANCE, now: 6", "VFA, then: 0", "VFA, now: 2"]
    assert [len(panel) for panel in panels.values()] == [5, 6, 0, 2]


# ---------------------------------------------------------------------------------------------------
# The tables of the project


def test_ties_agree_with_the_question_for_one_pair(tables):
    """What the network calls a tie is what `tables.tie` calls one, for pairs and kinds that were looked for."""
    day, states = "2018-12-31", ["AUS", "CAN", "FRA", "GBR", "JPN", "KOR", "NZL", "PHL", "PNG", "SGP", "THA", "USA"]
    kinds = network.coded_kinds(tables)
    found = network.ties(tables, day, kinds=kinds, states=states)
    mine = {(row.kind, row.party_a, row.party_b) for row in found.itertuples()}
    asked = product(kinds, combinations(sorted(states), 2))
    answers = {(kind, *pair): tie(tables, *pair, kind, day) for kind, pair in asked}
    assert mine == {at for at, answer in answers.items() if answer == "tie"}
    assert set(answers.values()) == {"tie", "no tie"}


def test_the_agreement_of_1954_ties_senders_to_japan_only(tables):
    found = network.ties(tables, HORIZON).query("agreement_id == 'sofa-unc-1954'")
    assert ((found["party_a"] == "JPN") | (found["party_b"] == "JPN")).all() and len(found) == 9


def test_void_pairs_are_in_order_and_dated(tables):
    before, after = (void_pairs(tables, day) for day in ("1986-01-01", "1986-12-31"))
    assert (after["party_a"] < after["party_b"]).all() and len(after) == len(before) + 2


def test_kinds_used_were_looked_for_on_both_sides(tables):
    levels = tables.coverage.pivot_table(index="type", columns="scope", values="level", aggfunc="first")
    both = levels.isin(["complete", "searched"]).all(axis=1)
    assert network.coded_kinds(tables) == sorted({*levels.index[both], "VFA"})
    table = network.coverage(tables, HORIZON)
    assert (table.loc[network.coded_kinds(tables), "not coded"] == 0).all()
    assert (table.drop(network.coded_kinds(tables))["not coded"] > 0).all()


def test_the_circle_is_complete_and_never_moves(tables):
    states = network.sample(tables)
    assert sorted(states) == sorted([*tables.parties.query("core == 'yes'")["code"], "JPN"])
    assert set(tables.parties.set_index("code").loc[states, "region"]) == set(network.ROUND)


def test_coverage_counts_every_pair_once(tables):
    table, n = network.coverage(tables, HORIZON), len(network.sample(tables)) - 1
    assert table[["tied with Japan", "not coded"]].max().le([n, n + n * (n - 1) // 2]).all()
    empty = table.loc[["OSA", "SALE"]]
    assert (empty["tied among partners"] == 0).all() and empty.loc["SALE", "not coded"] == n * (n + 1) // 2


# ---------------------------------------------------------------------------------------------------
# Three views


def test_states_in_pairs(small):
    graph = network.state_graph(network.ties(small, HORIZON), ["AUS", "GBR", "IND", "JPN", "USA"])
    assert graph.edges["AUS", "JPN"] == {"weight": 2, "kinds": ("MINILATERAL", "VFA"), "agreements": ("group", "visit")}
    assert list(graph) == ["AUS", "GBR", "IND", "JPN", "USA"] and graph.degree("IND") == 0


def test_agreements_kept_whole(small):
    rows = network.members(small, HORIZON)
    two_mode = network.affiliations(rows)
    assert nx.is_bipartite(two_mode) and sorted(two_mode["group"]) == ["AUS", "JPN", "USA"]
    whole = network.whole_graph(rows, ["AUS", "GBR", "IND", "JPN", "NZL", "PHL", "SWE", "USA"])
    assert whole.edges["AUS", "JPN"]["weight"] == pytest.approx(1 + 1 / 2)
    for state, strength in whole.degree(weight="weight"):
        assert strength == pytest.approx((rows["party"] == state).sum())


def test_japans_partners_by_kinds(small):
    matrix = network.partner_matrix(small, HORIZON)
    assert matrix.to_dict("index") == {
        "AUS": {"MINILATERAL": 1, "ALLIANCE": 0, "VFA": 1},
        "NATO": {"MINILATERAL": 1, "ALLIANCE": 0, "VFA": 0},
        "USA": {"MINILATERAL": 1, "ALLIANCE": 1, "VFA": 0},
    }
    assert matrix.index.tolist() == ["AUS", "USA", "NATO"] and matrix.columns[0] == "MINILATERAL"


# ---------------------------------------------------------------------------------------------------
# Measures against published values


def test_krackhardts_kite():
    """Krackhardt (1990): three measures, three different winners (Diane 3, Heather 7, Fernando and Garth 5 and 6)."""
    table = network.centralities(nx.krackhardt_kite_graph())
    assert table["degree"].max() == table.loc[3, "degree"] == 6
    assert table["betweenness"].max() == table.loc[7, "betweenness"] == pytest.approx(14 / 36)
    assert table.loc[[5, 6], "closeness"].tolist() == pytest.approx([9 / 14, 9 / 14])
    ranks = network.ranks(table)
    assert ranks["degree"].idxmin() == 3 and ranks.loc[[5, 6], "closeness"].tolist() == [1, 1]


def test_florentine_families():
    """Wasserman and Faust (1994), chapter 5: group indices of the marriages, with the Pucci who married none."""
    families = nx.florentine_families_graph()
    table = network.centralities(families)
    assert network.ranks(table).loc["Medici"].drop("core").eq(1).all()
    assert table.loc["Medici", ["degree", "betweenness", "closeness"]].round(3).tolist() == [6, 0.522, 0.56]
    assert network.centralization(families, "closeness") == pytest.approx(0.322, abs=0.001)
    families.add_node("Pucci")
    assert network.centralization(families) == pytest.approx(0.267, abs=0.001)
    assert network.centralization(families, "betweenness") == pytest.approx(0.383, abs=0.001)


@pytest.mark.parametrize("measure", ["degree", "betweenness", "closeness"])
@pytest.mark.parametrize("n", [3, 5, 12])
def test_freemans_star_and_circle(measure, n):
    assert network.centralization(nx.star_graph(n - 1), measure) == pytest.approx(1)
    assert network.centralization(nx.cycle_graph(n), measure) == pytest.approx(0)


def test_burt_by_hand():
    """In a star the center has no constraint but 1 / n per partner; a partner is bound wholly to the center."""
    table = network.centralities(nx.star_graph(4))
    assert table.loc[0, ["constraint", "effective size", "core"]].tolist() == pytest.approx([1 / 4, 4, 1])
    assert table.loc[1, ["constraint", "effective size"]].tolist() == pytest.approx([1, 1])
    triangle = network.centralities(nx.complete_graph(3))
    assert triangle["constraint"].tolist() == pytest.approx([9 / 8] * 3)
    assert triangle["effective size"].tolist() == pytest.approx([1] * 3)
    assert network.ranks(table).loc[0, "constraint"] == 1


def test_amounts_are_weighted_and_positions_are_not():
    light = nx.Graph([("A", "B"), ("B", "C"), ("C", "D")])
    heavy = light.copy()
    nx.set_edge_attributes(heavy, {("A", "B"): 5}, "weight")
    one, other = (network.centralities(graph) for graph in (light, heavy))
    same = ["degree", "betweenness", "closeness", "constraint", "effective size", "core"]
    pd.testing.assert_frame_equal(one[same], other[same])
    assert other.loc["B", "strength"] == 6 and other["eigenvector"].idxmax() != one["eigenvector"].idxmin()
    assert other.loc["A", "eigenvector"] > other.loc["C", "eigenvector"]


def test_structure_by_hand():
    found = network.structure(nx.Graph([("A", "B"), ("B", "C"), ("A", "C"), ("C", "D")]))
    assert found["ties"] == 4 and found["density"] == pytest.approx(4 / 6)
    assert found["clustering"] == pytest.approx(3 / 5)
    assert found["centralization"] == pytest.approx(((3 - 2) * 2 + (3 - 1)) / (3 * 2))
    assert found["brokerage"] == pytest.approx((2 / 3 * 3) / 3)


def test_two_mode_structure_by_hand():
    rows = pd.DataFrame({"text": list("xxxyyzz"), "party": list("ABCABAD")})
    found = network.whole_structure(network.affiliations(rows), list("ABCDE"))
    assert found["agreements"] == 3 and found["density"] == pytest.approx(7 / 15)
    assert found["centralization"] == pytest.approx((0 + 1 + 2 + 2 + 3) / (3 * 3))
    hub = pd.DataFrame({"text": list("xxyyzz"), "party": list("ABACAD")})
    assert network.whole_structure(network.affiliations(hub), list("ABCD"))["centralization"] == 1


def test_layers_by_hand(small):
    table = network.layers(
        small, {"now": HORIZON}, {"force": ["ALLIANCE"], "talk": ["MINILATERAL"]}, ["AUS", "JPN", "NZL", "USA"]
    )
    assert table["ties"].tolist() == [3, 3] and table["in front"].tolist() == ["AUS, USA", "AUS, JPN, USA"]
    assert table["clustering"].tolist() == [0, 1]


@pytest.mark.parametrize("function", [network.centralities, network.structure, network.largest_part, network.removals])
def test_a_graph_without_ties_is_refused(function):
    with pytest.raises(ValueError, match="no ties: there is nothing to compare"):
        function(nx.empty_graph(4))


def test_a_graph_in_parts_is_refused_and_the_remedy_works():
    graph = nx.Graph([("AUS", "NZL"), ("NZL", "PNG"), ("JPN", "USA")])
    graph.add_node("MNG")
    with pytest.raises(ValueError, match=r"in 3 parts \(apart: MNG; JPN, USA\).*largest_part"):
        network.centralities(graph)
    with pytest.raises(ValueError, match="in 3 parts"):
        network.centralization(graph, "closeness")
    assert len(network.centralities(network.largest_part(graph))) == 3 and len(graph) == 6


def test_centralization_needs_three_nodes_and_a_measure_that_exists():
    with pytest.raises(ValueError, match="at least three nodes, got 2"):
        network.centralization(nx.path_graph(2))
    with pytest.raises(ValueError, match="not 'power'"):
        network.centralization(nx.path_graph(3), "power")


def test_no_graph_is_more_centralized_than_so_many_ties_allow():
    """Of all graphs with five nodes, by number of ties."""
    pairs, most = list(combinations(range(5), 2)), {}
    for chosen in product((0, 1), repeat=len(pairs)):
        graph = nx.empty_graph(5)
        graph.add_edges_from(pair for pair, kept in zip(pairs, chosen, strict=True) if kept)
        if graph.number_of_edges():
            ties = graph.number_of_edges()
            most[ties] = max(most.get(ties, 0), network.centralization(graph))
    for ties, found in most.items():
        assert network._most_centralized(5, ties) == pytest.approx(found), ties


def test_nothing_cannot_be_structured():
    with pytest.raises(ValueError, match="got 0 and 3"):
        network.whole_structure(nx.empty_graph(0), list("ABC"))
    with pytest.raises(ValueError, match="no draws"):
        network.against(1, pd.Series([], dtype=float))


def test_ranks_share_the_better_place_and_ignore_noise():
    scores = pd.DataFrame({"degree": [1.0, 3.0, 3.0 + 1e-12], "constraint": [0.2, 0.5, 0.9]}, index=list("ABC"))
    assert network.ranks(scores).to_dict("list") == {"degree": [3, 1, 1], "constraint": [1, 2, 3]}


# ---------------------------------------------------------------------------------------------------
# Building blocks

PUBLISHED = np.array([[1, 0, 1, 1, 1], [1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [1, 1, 0, 0, 0], [1, 1, 0, 0, 0]])
matrices = arrays(int, st.tuples(st.integers(2, 7), st.integers(2, 7)), elements=st.integers(0, 1))


def test_the_worked_example_of_nodf():
    """Almeida-Neto and others (2008): 58.33, of it 53.33 for rows and 63.33 for columns."""
    found = network.nodf(PUBLISHED)
    assert [round(found[name], 2) for name in ("nodf", "rows", "columns")] == [58.33, 53.33, 63.33]


def test_nodf_of_a_perfect_nest_and_of_a_checkerboard():
    assert network.nodf(np.fliplr(np.triu(np.ones((5, 5), dtype=int))))["nodf"] == pytest.approx(100)
    assert network.nodf(np.indices((4, 4)).sum(axis=0) % 2)["nodf"] == 0


@given(matrices, st.randoms(use_true_random=False))
def test_nodf_does_not_depend_on_order(matrix, random):
    rows, columns = (random.sample(range(n), n) for n in matrix.shape)
    shuffled = matrix[rows][:, columns]
    assert network.nodf(matrix) == pytest.approx(network.nodf(shuffled))
    assert 0 <= network.nodf(matrix)["nodf"] <= 100


@pytest.mark.parametrize("matrix", [[[1, 0, 1]], [[1], [0]], [[1, 2], [0, 1]], [[0.5, 1], [0, 1]], [1, 0]])
def test_nestedness_needs_a_matrix(matrix):
    with pytest.raises(ValueError, match="matrix of 0 and 1"):
        network.nodf(np.array(matrix))


def test_the_scalogram_by_hand():
    matrix = pd.DataFrame([[1, 1, 0], [1, 0, 1], [1, 0, 0], [0, 1, 0]], index=list("ABCD"), columns=["x", "y", "z"])
    cells = network.scalogram(matrix)
    assert cells.loc["B"].tolist() == ["held", "gap", "extra"] and cells.loc["D"].tolist() == ["gap", "extra", "none"]
    found = network.reproducibility(matrix)
    assert found["strict"] == pytest.approx(1 - 4 / 12) and found["lenient"] == pytest.approx(1 - 2 / 12)
    assert found["at least"] == pytest.approx((3 / 4 + 1 / 2 + 3 / 4) / 3)


@given(matrices)
def test_a_scalogram_has_as_many_extras_as_gaps(matrix):
    cells = network.scalogram(pd.DataFrame(matrix))
    assert ((cells == "gap").sum(axis=1) == (cells == "extra").sum(axis=1)).all()
    assert cells.isin(["held", "extra"]).to_numpy().sum() == matrix.sum()
    found = network.reproducibility(matrix)
    assert found["strict"] == pytest.approx((cells.isin(["held", "none"])).to_numpy().mean())
    assert found["strict"] <= found["lenient"] <= 1


@given(st.integers(2, 8), st.integers(2, 8))
def test_a_ladder_is_reproduced_whole(rows, columns):
    found = network.reproducibility(np.tri(rows, columns, dtype=int))
    assert found["strict"] == found["lenient"] == 1


def test_fewest_errors_are_fewest():
    """Against every way to put one row of four on a ladder."""
    for row in product((0, 1), repeat=4):
        cells = np.array([row, (1, 1, 1, 1), (1, 1, 1, 0), (1, 1, 0, 0), (1, 0, 0, 0)])
        by_hand = min(sum(a != b for a, b in zip(row, [1] * k + [0] * (4 - k), strict=True)) for k in range(5))
        assert network.reproducibility(cells)["lenient"] == pytest.approx(1 - by_hand / 20)


# ---------------------------------------------------------------------------------------------------
# Chance


@given(matrices, st.integers(0, 2**32 - 1))
def test_trades_keep_both_totals(matrix, seed):
    dealt = network.traded(matrix, np.random.default_rng(seed))
    assert (dealt.sum(axis=0) == matrix.sum(axis=0)).all() and (dealt.sum(axis=1) == matrix.sum(axis=1)).all()
    assert set(dealt.flat) <= {0, 1}


def test_trades_reach_every_matrix_about_equally_often():
    """All matrices with these totals, found by trying every one; the chi-square of 0.1 percent is 36.1."""
    start = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1]])
    rows = [[row for row in product((0, 1), repeat=4) if sum(row) == 2]] * 3
    every = {np.array(m).tobytes() for m in product(*rows) if (np.array(m).sum(axis=0) == start.sum(axis=0)).all()}
    seen = Counter(network.traded(start, np.random.default_rng(seed)).tobytes() for seed in range(3000))
    assert set(seen) == every and len(every) == 15
    expected = 3000 / len(every)
    assert sum((n - expected) ** 2 / expected for n in seen.values()) < 36.1


@given(st.integers(0, 2**32 - 1))
def test_swaps_keep_every_degree(seed):
    graph = nx.florentine_families_graph()
    other = network.swapped(graph, np.random.default_rng(seed))
    assert dict(other.degree()) == dict(graph.degree()) and list(other) == list(graph)


def test_swaps_change_the_graph_and_not_the_original():
    graph = nx.florentine_families_graph()
    before = set(map(frozenset, graph.edges()))
    other = network.swapped(graph, np.random.default_rng(1))
    assert set(map(frozenset, other.edges())) != before == set(map(frozenset, graph.edges()))


@pytest.mark.parametrize("graph", [nx.star_graph(5), nx.complete_graph(5), nx.path_graph(2)])
def test_a_graph_that_cannot_be_swapped_is_refused(graph):
    with pytest.raises(ValueError, match="allow hardly another graph"):
        network.swapped(graph, np.random.default_rng(0))


def test_two_swaps_per_tie_are_enough(tables):
    """More swaps do not move the mean clustering by more than the noise of 200 networks."""
    graph = network.state_graph(
        network.ties(tables, HORIZON, kinds=network.coded_kinds(tables)), network.sample(tables)
    )
    few, many = (
        network.resample(lambda _, rng, n=n: nx.transitivity(network.swapped(graph, rng, n)), range(200), seed=n)[
            "value"
        ]
        for n in (2, 8)
    )
    noise = np.hypot(few.std(), many.std()) / np.sqrt(200)
    assert abs(few.mean() - many.mean()) < 4 * noise


def test_against_by_hand():
    found = network.against(3, pd.Series([1, 2, 3, 4.0]))
    assert found["p above"] == 3 / 5 and found["p below"] == 4 / 5 and found["middle"] == 2.5


def test_chance_finds_a_clique_in_pairs_and_excuses_it_when_kept_whole():
    """Three cliques of four, tied in a ring by agreements of two: clustered by degrees, not by seats."""
    sides = [list("ABCD"), list("EFGH"), list("IJKL"), ["A", "E"], ["F", "I"], ["J", "B"]]
    rows = pd.DataFrame([(f"x{k}", state) for k, side in enumerate(sides) for state in side], columns=["text", "party"])
    graph = nx.Graph(pair for side in sides for pair in combinations(side, 2))
    found = network.clustering_by_chance(graph, rows, draws=99, seed=1)
    assert found.loc["pairs", "p above"] < 0.05 < found.loc["whole", "p above"]
    assert found["observed"].tolist() == pytest.approx([nx.transitivity(graph)] * 2)


def test_chance_sees_through_a_table_where_some_have_more():
    """Rich and poor partners, no order of kinds: nested by how common kinds are, not by both totals."""
    rng = np.random.default_rng(5)
    rich = (rng.random((40, 10)) < np.linspace(1, 0.05, 40)[:, None]).astype(int)
    found = network.nesting_by_chance(pd.DataFrame(rich), draws=199, seed=1)
    assert found.loc["kinds", "p above"] < 0.05 < found.loc["kinds and partners", "p above"]


def test_chance_sees_kinds_that_exclude_one_another():
    """Six partners with kinds 1 to 3, four with kinds 4 and 5: chance would mix them, so they are less nested than it."""
    blocks = np.zeros((10, 5), dtype=int)
    blocks[:6, :3] = blocks[6:, 3:] = 1
    found = network.nesting_by_chance(pd.DataFrame(blocks), draws=199, seed=1)
    assert found.loc["kinds and partners", "p below"] < 0.05
    assert network.reproducibility(blocks)["strict"] < 0.9


# ---------------------------------------------------------------------------------------------------
# Resampling


def noise(case, rng):
    """A case with some noise (at the top of the module, so that any worker finds it)."""
    return {("a", case % 2): rng.normal(), "b": float(case)}


def test_resampling_is_the_same_for_the_same_seed_and_any_number_of_workers():
    one = network.resample(noise, range(20), seed=3)
    with joblib.parallel_config(n_jobs=2):
        two = network.resample(noise, range(20), seed=3)
    pd.testing.assert_frame_equal(one, two)
    assert not one.equals(network.resample(noise, range(20), seed=4))


def test_every_case_has_a_generator_of_its_own():
    draws = network.resample(lambda case, rng: rng.random(), range(50), seed=1)["value"]
    assert draws.is_unique and draws.iloc[:10].equals(
        network.resample(lambda case, rng: rng.random(), range(10), seed=1)["value"]
    )


def test_resampling_runs_on_a_dask_cluster():
    """Optional: with `pip install distributed`, the same numbers come from a local cluster."""
    distributed = pytest.importorskip("distributed")
    here = network.resample(noise, range(20), seed=3)
    cluster = distributed.Client(processes=False, n_workers=2, threads_per_worker=1, dashboard_address=None)
    with cluster, joblib.parallel_config(backend="dask"):
        there = network.resample(noise, range(20), seed=3)
    pd.testing.assert_frame_equal(here, there)


@pytest.fixture(scope="module")
def connected(tables):
    pairs = network.ties(tables, HORIZON, kinds=network.coded_kinds(tables))
    return network.largest_part(network.state_graph(pairs, network.sample(tables)))


def test_equal_weights_give_the_plain_ranks(connected):
    ranks = network.ranks(network.centralities(connected))
    found = pd.Series(network.ranks_when_weighed(0, None, connected))
    for measure in ("strength", "eigenvector"):
        assert found[measure].to_dict() == ranks[measure].to_dict()


def test_random_weights_add_up_to_one_and_move_ranks(connected):
    draws = network.resample(partial(network.ranks_when_weighed, graph=connected), range(1, 41), seed=1)
    assert draws.shape == (40, 2 * len(connected)) and draws.nunique().max() > 3
    assert draws.min().min() == 1 and draws.max().max() <= len(connected)


def test_weights_can_be_held_in_order():
    graph = nx.Graph([("A", "B", {"kinds": ("X",)}), ("B", "C", {"kinds": ("Y",)}), ("C", "D", {"kinds": ("Y",)})])
    for order, first in {("X", "Y"): "B", ("Y", "X"): "C"}.items():
        measure = partial(network.ranks_when_weighed, graph=graph, deepest_first=order)
        assert (network.resample(measure, range(1, 30), seed=2)["strength", first] == 1).all()


def test_one_kind_alone_decides_if_it_has_all_the_weight():
    graph = nx.Graph([("A", "B", {"kinds": ("X",)}), ("B", "C", {"kinds": ("Y",)}), ("C", "A", {"kinds": ("Y",)})])

    class OnlyX:
        def dirichlet(self, alpha):
            return np.array([1.0, 0.0])

    found = network.ranks_when_weighed(1, OnlyX(), graph)
    assert found["strength", "A"] == found["strength", "B"] == 1 and found["strength", "C"] == 3


def test_leaving_out_an_agreement_by_hand(small):
    pairs, states = network.ties(small, HORIZON), ["AUS", "GBR", "JPN", "NZL", "PHL", "SWE", "USA"]
    whole = network.ranks_without("none", None, pairs, states)
    gone = network.ranks_without("host", None, pairs, states)
    assert whole["degree", "PHL"] == 6 and gone["degree", "PHL"] == 7


def test_a_clause_goes_with_its_agreement(tables):
    pairs = network.ties(tables, HORIZON, kinds=["ALLIANCE", "CONSULT"])
    assert set(pairs.query("text == 'alliance-anzus-1951'")["agreement_id"]) == {
        "alliance-anzus-1951",
        "consult-anzus-1951",
    }
    found = network.ranks_without("alliance-anzus-1951", None, pairs, network.sample(tables))
    left = pairs[~pairs["agreement_id"].isin(["alliance-anzus-1951", "consult-anzus-1951"])]
    assert found == network.ranks_without("none", None, left, network.sample(tables))


def test_intervals_hold_the_share_asked_for():
    columns = pd.MultiIndex.from_tuples([("degree", "A")])
    draws = pd.DataFrame(np.arange(1.0, 101)[:, None], columns=columns)
    base = pd.Series([50.0], index=columns)
    assert network.intervals(draws, base, share=1).loc[("degree", "A")].tolist() == [50, 1, 100]
    low, high = network.intervals(draws, base, share=0.9).loc[("degree", "A"), ["low", "high"]]
    assert draws.iloc[:, 0].between(low, high).mean() == pytest.approx(0.9, abs=0.02)


def test_removals_by_hand():
    """A path of four: without an inner state one end is cut off; without an end nobody is farther apart."""
    table = network.removals(nx.path_graph(["A", "B", "C", "D"]))
    assert table.loc["D", ["reach lost", "cut off", "in front"]].tolist() == [0, 0, "B"]
    assert table.loc["B", "cut off"] == 1 and table.loc["B", "reach lost"] == pytest.approx(
        100 * (1 - 1 / (1 + 1 / 2 + 1 / 3))
    )


# ---------------------------------------------------------------------------------------------------
# The rules hold for every day


@given(st.dates(min_value=pd.Timestamp("1960-01-01").date(), max_value=pd.Timestamp(HORIZON).date()))
def test_whatever_the_day_ties_follow_from_parties_in_force(tables, day):
    found = network.ties(tables, f"{day}")
    status = party_status(tables, f"{day}").query("status == 'in force'").groupby("agreement_id")["party"].agg(set)
    assert (found["party_a"] < found["party_b"]).all() and not found.duplicated(
        ["agreement_id", "party_a", "party_b"]
    ).any()
    for row in found.itertuples():
        assert {row.party_a, row.party_b} <= status[row.agreement_id] and row.parties >= 2


def test_trends_are_the_structure_of_each_day(tables):
    states, choice = network.sample(tables), {"kinds": ["ALLIANCE", "SOFA"]}
    table = network.trends(tables, {2000: "2000-12-31", 2020: "2020-12-31"}, states, **choice)
    graph = network.state_graph(network.ties(tables, "2020-12-31", **choice), states)
    assert table.loc[2020, "pairs"].to_dict() == pytest.approx(network.structure(graph))
    assert table.index.tolist() == [2000, 2020]
