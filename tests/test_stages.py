"""The four stages: what counts, dates, order, chance, time. Small tables have answers counted by hand."""

import time
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import stages
from helpers.tables import date_bounds

HORIZON = "2026-06-30"


def rows_of(*cases):
    """Evidence from (partner, stage, date) or (partner, stage, date, bounded), an id and a kind for each."""
    full = [(*case, True)[:4] for case in cases]
    frame = pd.DataFrame(full, columns=["partner", "stage", "date", "bounded"])
    ids = [f"row-{k}" for k in range(len(frame))]
    frame = frame.assign(id=ids, kind="K" + frame["stage"].astype(str), title="a row", table="talks", rule="r")
    return pd.concat([frame.assign(confidence="high", sources="s"), date_bounds(frame["date"])], axis=1)


def dates_of(*cases, careful=False):
    return stages.stage_dates(rows_of(*cases), careful=careful)


CLIMBER = [("A", 1, "2001"), ("A", 2, "2005-06"), ("A", 3, "2010-01-05"), ("A", 4, "2020")]
FALLER = [("B", 4, "1951-09-08"), ("B", 3, "1955"), ("B", 2, "1960-01"), ("B", 1, "1995")]
TIED = [("C", 1, "2010"), ("C", 2, "2010-05"), ("C", 3, "2012")]
GAP = [("D", 1, "2003"), ("D", 4, "2001")]
ALONE = [("E", 2, "2018-01-01")]


# ---------------------------------------------------------------------------------------------------
# What counts


@pytest.mark.parametrize("rule_set", stages.RULE_SETS)
def test_every_row_that_counts_fits_its_rule(tables, rule_set):
    rows = stages.evidence(tables, rule_set)
    rules = tables.stage_rules.set_index("id")
    assert (rows["rule"].map(rules["rule_set"]) == rule_set).all() and (
        rows["rule"].map(rules["stage"]) == rows["stage"]
    ).all()
    assert (rows["kind"] == rows["rule"].map(rules["type"])).all() and (rows["partner"] != "JPN").all()
    assert rows["latest"].notna().all() and (rows["earliest"] <= rows["latest"]).all()
    assert not rows.duplicated(["partner", "rule", "id"]).any()


def test_conditions_of_a_rule_are_met(tables):
    rows = stages.evidence(tables, "baseline")
    talks, drills = tables.talks.set_index("id"), tables.exercises.set_index("id")
    ministers = rows.loc[rows["rule"] == "rule-baseline-1-1", "id"].map(talks["level"])
    assert set(ministers) == {"ministerial"}
    three = rows.loc[rows["stage"] == 3, "id"]
    assert set(three.map(drills["kind"])) == {"bilateral"} and set(three.map(drills["goodwill"])) == {"no"}


def test_every_rule_finds_something(tables):
    for rule_set in stages.RULE_SETS:
        found = set(stages.evidence(tables, rule_set)["rule"])
        assert found == set(tables.stage_rules.query("rule_set == @rule_set")["id"])


def test_a_dropped_rule_is_gone_and_nothing_else(tables):
    whole, less = stages.evidence(tables), stages.evidence(tables, without=["rule-baseline-1-2"])
    kept = whole[whole["rule"] != "rule-baseline-1-2"].reset_index(drop=True)
    pd.testing.assert_frame_equal(less, kept)


def test_only_rows_of_high_confidence(tables):
    assert set(stages.evidence(tables, sure=True)["confidence"]) == {"high"}


def test_the_agreement_of_1954_is_no_step_of_any_one_partner(tables):
    for rule_set in stages.RULE_SETS:
        assert "sofa-unc-1954" not in set(stages.evidence(tables, rule_set)["id"])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda tables: stages.evidence(tables, "loose"), "no rule set 'loose'; there are: baseline, strict, broad"),
        (lambda tables: stages.evidence(tables, without=["rule-9"]), "no rule rule-9"),
        (lambda tables: stages.order_test(dates_of(*CLIMBER), "any"), "no null 'any'"),
        (lambda tables: stages.order_test(dates_of(*CLIMBER), "window"), "born=births"),
        (lambda tables: stages.order_test(dates_of(*ALONE)), "no partner has two stages"),
    ],
)
def test_what_cannot_be_asked_is_refused(tables, call, words):
    with pytest.raises(ValueError, match=words):
        call(tables)


# ---------------------------------------------------------------------------------------------------
# Dates


def test_the_first_row_gives_the_date():
    dates = dates_of(("A", 1, "2005"), ("A", 1, "2003-06-01"), ("A", 1, "2003-05"), ("A", 2, "2010"))
    first = dates.loc[("A", 1)]
    assert (first["id"], first["date"]) == ("row-2", "2003-05")
    assert (first["earliest"], first["latest"]) == (pd.Timestamp("2003-05-01"), pd.Timestamp("2003-05-31"))


def test_bounds_hold_for_all_rows_that_may_be_first():
    dates = dates_of(("A", 1, "2003"), ("A", 1, "2003-06-01"))
    first = dates.loc[("A", 1)]
    assert (first["earliest"], first["latest"], first["id"]) == (
        pd.Timestamp("2003-01-01"),
        pd.Timestamp("2003-06-01"),
        "row-1",
    )


def test_careful_dates_say_by_then_at_the_latest():
    cases = [("A", 1, "2001", True), ("A", 2, "2003", False)]
    assert stages.order_pairs(dates_of(*cases))["order"].tolist() == ["as claimed"]
    assert stages.order_pairs(dates_of(*cases, careful=True))["order"].tolist() == ["undecided"]
    turned = [("A", 1, "2003", True), ("A", 2, "2001", False)]
    assert stages.order_pairs(dates_of(*turned, careful=True))["order"].tolist() == ["reversed"]


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 4), st.dates(max_value=pd.Timestamp("2020-01-01").date())),
                min_size=1, max_size=12), st.sampled_from("AB"), st.integers(1, 4))  # fmt: skip
def test_later_evidence_never_changes_an_earlier_date(cases, partner, stage):
    cases = [(who, where, f"{day}") for who, where, day in cases]
    before = dates_of(*cases)
    after = dates_of(*cases, (partner, stage, "2021"))
    shared = ["earliest", "latest", "id"]
    pd.testing.assert_frame_equal(after.loc[before.index, shared], before[shared])


def test_where_partners_stood_on_a_day():
    dates = dates_of(*CLIMBER, *GAP, *ALONE)
    then = stages.stage_reached(dates, "2010-01-04")
    assert then.loc["A"].tolist() == ["1 2", 2, 2, ""] and then.loc["D"].tolist() == ["1 4", 2, 4, "2 3"]
    assert "E" not in then.index
    assert stages.stage_reached(dates, "2005-06-29").loc["A", "reached"] == "1"
    assert stages.stage_reached(dates, HORIZON).index[0] == "A"


def test_the_matrix_has_a_column_per_stage():
    matrix = stages.stage_matrix(dates_of(*GAP, *ALONE))
    assert matrix.loc["D"].tolist() == [1, 0, 0, 1] and matrix.loc["E"].tolist() == [0, 1, 0, 0]
    assert stages.stage_matrix(dates_of(*GAP, *ALONE), "2002-01-01").index.tolist() == ["D"]


# ---------------------------------------------------------------------------------------------------
# Order


@pytest.mark.parametrize(
    ("cases", "claimed", "turned", "undecided"),
    [(CLIMBER, 6, 0, 0), (FALLER, 0, 6, 0), (TIED, 2, 0, 1), (GAP, 0, 1, 0), (CLIMBER + FALLER + ALONE, 6, 6, 0)],
)
def test_pairs_by_hand(cases, claimed, turned, undecided):
    found = stages.order_share(stages.order_pairs(dates_of(*cases)))
    assert (found["as claimed"], found["reversed"], found["undecided"]) == (claimed, turned, undecided)
    assert found["pairs"] == claimed + turned + undecided
    assert found["tau"] == pytest.approx((claimed - turned) / found["pairs"])


def test_the_same_day_is_undecided():
    assert stages.order_pairs(dates_of(("A", 1, "2001-05-05"), ("A", 2, "2001-05-05")))["order"].tolist() == [
        "undecided"
    ]


def test_partners_are_sorted_by_order():
    table = stages.order_by_partner(stages.order_pairs(dates_of(*FALLER, *CLIMBER, *TIED)))
    assert table.index.tolist() == ["A", "C", "B"] and table["tau"].tolist() == pytest.approx([1, 2 / 3, -1])


def every_deal(cases):
    """Tau of every way to deal one partner's dates out among its stages: the slow way."""
    own = dates_of(*cases).reset_index()
    found = []
    for deal in permutations(range(len(own))):
        dealt = own.iloc[list(deal)]
        score = sum(
            int(a.latest < b.earliest) - int(b.latest < a.earliest)
            for a, b in combinations(list(dealt.itertuples()), 2)
        )
        found.append(score / (len(own) * (len(own) - 1) / 2))
    return np.array(found)


def test_the_free_null_is_that_of_all_permutations():
    exact = every_deal(CLIMBER)
    found = stages.order_test(dates_of(*CLIMBER), draws=20_000, seed=1)
    assert found["tau"] == 1 and found["p"] == pytest.approx((exact >= 1).mean(), abs=0.005)
    assert found["middle"] == pytest.approx(np.median(exact), abs=0.01)


def test_the_window_shuts_out_what_did_not_exist():
    """Kind 4 was born in 2019: the last date of A can go nowhere else, and no other date to stage 4."""
    dates, born = (
        dates_of(*CLIMBER),
        pd.Series({"K1": "2000", "K2": "2000", "K3": "2000", "K4": "2019"}).map(pd.Timestamp),
    )
    found = stages.order_test(dates, "window", born=born, draws=20_000, seed=1)
    assert found["p"] == pytest.approx(1 / 6, abs=0.01) and found["low"] == pytest.approx(0)


def test_the_calendar_null_keeps_each_stage_in_its_time():
    """Stages that follow each other in time for everybody are as claimed whatever the partner: nothing is left to test."""
    cases = [(who, k, f"{2000 + 5 * k + shift}-01-01") for shift, who in enumerate("ABC") for k in stages.STAGES]
    found = stages.order_test(dates_of(*cases), "calendar", draws=500)
    assert (found["tau"], found["p"]) == (1, 1) and stages.order_test(dates_of(*cases))["p"] < 0.001


def test_the_calendar_null_sees_partners_that_climb_each_in_its_own_time():
    cases = [(who, k, f"{1960 + 20 * n + k}-01-01") for n, who in enumerate("ABC") for k in stages.STAGES]
    assert stages.order_test(dates_of(*cases), "calendar", draws=2000)["p"] < 0.01


def test_chance_alone_is_found_as_such():
    """Random dates: p below 0.1 about one time in ten."""
    rng, found = np.random.default_rng(3), []
    for seed in range(120):
        days = pd.Timestamp("1990-01-01") + pd.to_timedelta(rng.integers(0, 12_000, 40), unit="D")
        cases = [(f"P{k // 4}", k % 4 + 1, f"{day:%Y-%m-%d}") for k, day in enumerate(days)]
        found.append(stages.order_test(dates_of(*cases), draws=300, seed=seed)["p"])
    assert 0.03 < np.mean(np.array(found) < 0.1) < 0.19


def test_ten_thousand_permutations_take_less_than_two_seconds(tables):
    rows = stages.evidence(tables, "broad")
    dates, begin = stages.stage_dates(rows), time.perf_counter()
    stages.order_test(dates, "window", born=stages.births(rows), draws=10_000)
    assert time.perf_counter() - begin < 2


def test_the_same_seed_gives_the_same_worlds(tables):
    dates = stages.stage_dates(stages.evidence(tables))
    for null in ("free", "calendar"):
        assert stages.order_test(dates, null, seed=5, draws=500) == stages.order_test(dates, null, seed=5, draws=500)


# ---------------------------------------------------------------------------------------------------
# Time


def test_steps_by_hand():
    found = stages.steps(dates_of(*CLIMBER, *GAP, *ALONE, ("D", 2, "2002-01-01")), HORIZON).set_index(
        ["partner", "step"]
    )
    assert found.loc[("A", "2 to 3"), "outcome"] == "taken"
    assert found.loc[("A", "2 to 3"), "months"] == pytest.approx(54.7, abs=0.1)  # from the middle of June 2005
    assert found.loc[("D", "1 to 2"), "outcome"] == "before" and found.loc[("D", "1 to 2"), "months"] < 0
    waiting = found.loc[("E", "2 to 3")]
    assert (
        waiting["outcome"] == "waiting" and waiting["months"] == pytest.approx(101.9, abs=0.1) and not waiting["done"]
    )
    assert ("E", "1 to 2") not in found.index and ("E", "3 to 4") not in found.index


def test_every_partner_with_a_lower_stage_is_in_the_steps(tables):
    dates = stages.stage_dates(stages.evidence(tables))
    found = stages.steps(dates, HORIZON)
    reached = dates.reset_index()["stage"].value_counts()
    assert found["step"].value_counts().to_dict() == {f"{k} to {k + 1}": reached[k] for k in (1, 2, 3)}
    assert (found.query("outcome != 'before'")["months"] >= 0).all()


def test_what_came_next_by_hand():
    found = stages.next_stage(dates_of(*CLIMBER, *GAP, ("F", 1, "2000"), ("F", 3, "2001"))).set_index(
        ["standing", "next"]
    )
    assert found.loc[("1", "2"), ["partners", "of"]].tolist() == [1, 2] and found.loc[("4", "1"), "share"] == 1
    assert found.loc[("1 2 3 4", "none so far"), "partners"] == 1 and found.loc[("1 3", "none so far"), "of"] == 1
    assert (found["low"] <= found["share"]).all() and (found["share"] <= found["high"]).all()


def test_wilsons_interval_as_published():
    """Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662."""
    cases = [(f"P{k}", stage, f"{2000 + stage}") for k in range(263) for stage in ((1, 2) if k < 81 else (1,))]
    found = stages.next_stage(dates_of(*cases)).set_index(["standing", "next"]).loc[("1", "2")]
    assert (round(found["low"], 4), round(found["high"], 4)) == (0.2553, 0.3662)
