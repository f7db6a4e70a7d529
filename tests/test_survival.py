"""Waiting times: a published trial, curve and test."""

import pandas as pd
import pytest

from helpers import survival

# Remission times in weeks under 6-mercaptopurine (Freireich et al. 1963); True: the remission ended.
REMISSION = [(6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1), (17, 0),
             (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0)]  # fmt: skip
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def remission():
    return pd.DataFrame(REMISSION, columns=["months", "done"]).astype({"months": float, "done": bool})


def test_waiting_gives_the_published_survival_curve():
    curve = survival.waiting(remission()).set_index("time")["share"]
    published = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {time: round(curve[time], 3) for time in published} == published
    assert curve[0] == 1 and curve.is_monotonic_decreasing


def test_waiting_has_its_interval_around_the_curve():
    curve = survival.waiting(remission())
    assert (curve["low"] <= curve["share"]).all() and (curve["share"] <= curve["high"]).all()
    assert curve.notna().all(axis=None)


def test_waiting_for_nothing_is_refused():
    with pytest.raises(ValueError, match="no cases"):
        survival.waiting(remission().iloc[:0])


def test_compare_waiting_gives_the_published_logrank_test():
    """The same trial: chi-square 16.79 with one degree of freedom; median 8 weeks under placebo, 23 under the drug."""
    placebo = pd.DataFrame({"months": map(float, PLACEBO), "done": True})
    both = pd.concat([placebo, remission()], ignore_index=True)
    result = survival.compare_waiting(both, both.index.to_series() >= len(placebo))
    assert (result["cases"], result["done"]) == (42, 30)
    assert (result["median before"], result["median since"]) == (8, 23)
    assert result["p"] == pytest.approx(4.17e-5, rel=0.01)


def test_a_comparison_needs_two_groups():
    with pytest.raises(ValueError, match="no cases"):
        survival.compare_waiting(remission(), pd.Series(True, index=range(21)))


def test_the_median_has_the_published_interval():
    """R's survfit with log-log intervals gives 23 for the drug, from 13 with no upper bound; 8 for the placebo, 4 to 11."""
    drug = survival.median_wait(remission())
    assert (drug["cases"], drug["done"], drug["median"], drug["low"]) == (21, 9, 23, 13) and pd.isna(drug["high"])
    placebo = pd.DataFrame({"months": map(float, PLACEBO), "done": True})
    assert survival.median_wait(placebo)[["median", "low", "high"]].tolist() == [8, 4, 11]
