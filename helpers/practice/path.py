"""Right answers to the exercises on the path of four stages (notebook 03)."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from helpers import stages
from helpers.practice.answers import (
    Exercise,
    Question,
    kind_of,
    names,
    number,
    outcome,
    questioned,
    table,
    told,
    too_short,
    values,
)
from helpers.tables import Tables

__all__ = ["DAY", "EXERCISES"]

DAY = "2015-09-19"  # on other days the first and the last day of a month count alike


def _only_broad(tables: Tables, given: Any) -> str:
    second = tables.stage_rules.query("stage == 2")
    kinds = {name: set(rows["type"]) for name, rows in second.groupby("rule_set")}
    slips = {
        "these are all kinds of the broad rules; which of them do the strict rules take, too?": kinds["broad"],
        "this is broad against baseline; the strict rules are asked about": kinds["broad"] - kinds["baseline"],
    }
    return told(partial(names, what="kinds"), given, kinds["broad"] - kinds["strict"], slips)


def _partners_by_stage(tables: Tables, given: Any) -> str:
    rows = stages.evidence(tables)
    dates = stages.stage_dates(rows)
    slips = {
        "rows are counted where partners are asked for": rows[rows["latest"] <= DAY].groupby("stage").size(),
        "evidence after the day is in there, too": dates.groupby("stage").size(),
        "what may have been later is in there, too: which of the two dates makes it certain?": (
            rows[rows["earliest"] <= DAY].groupby("stage")["partner"].nunique()
        ),
    }
    right = stages.stage_matrix(dates, DAY).sum()
    return told(partial(values, what="stages"), given, right, slips)


def _wide(first: pd.Series) -> pd.DataFrame:
    frame = first.rename("day").reset_index()
    return frame.pivot_table(index="partner", columns="stage", values="day", aggfunc="first")


def _firsts(tables: Tables, given: Any) -> str:
    rows = stages.evidence(tables)
    groups = rows.groupby(["partner", "stage"])
    slips = {
        "these are the last days, not the first": _wide(groups["latest"].max()),
        "take the column `latest`: the day by which there is evidence for certain": _wide(groups["earliest"].min()),
    }
    right = _wide(stages.stage_dates(rows)["latest"])
    return told(partial(table, by=["partner"], what="partners"), given, right, slips)


def _share_as_claimed(tables: Tables, given: Any) -> str:
    """Ask about the pairs of each rule set, and about made ones."""
    made = _pairs(tables).head(8).assign(order=["as claimed"] * 3 + ["reversed"] + ["undecided"] * 4)
    cases = {"about made-up pairs, half of them undecided": made}
    cases |= {f"about the pairs of the {name} rules": _pairs(tables, name) for name in stages.RULE_SETS}
    questions = []
    for about, pairs in cases.items():
        right = stages.order_share(pairs)["share"]
        slips = {
            "undecided pairs are in the whole; they are neither": (pairs["order"] == "as claimed").mean(),
            "the share of reversed pairs is given": 1 - right,
        }
        questions.append(Question(about, (pairs,), right, slips))
    return questioned(given, questions, partial(number, tolerance=0.001))


def _pairs(tables: Tables, rule_set: str = "baseline") -> pd.DataFrame:
    return stages.order_pairs(stages.stage_dates(stages.evidence(tables, rule_set)))


def _without_one(tables: Tables, without: Any, swing: Any) -> str:
    """By the strict rules, where the largest change is downward."""
    pairs = _pairs(tables, "strict")
    whole, right = stages.order_share(pairs)["share"], _left_out(pairs)
    alone = {one: stages.order_share(own)["share"] for one, own in pairs.groupby("partner")}
    slips = {
        "these are the shares of each partner alone; it is the one to be left out": pd.Series(alone),
        "the change is given; the share itself is asked for": right - whole,
        "these are shares by the broad rules; the strict ones are asked about": _left_out(_pairs(tables, "broad")),
    }
    if wrong := told(partial(values, what="partners", tolerance=0.001), without, right, slips):
        return f"without: {wrong}"
    moved = (right - whole).abs()
    if not isinstance(swing, str):
        return f"swing: the code of a partner is asked for as text, this is {kind_of(swing)}"
    if swing not in moved:
        return "swing: this is no partner in the pairs"
    return "" if np.isclose(moved[swing], moved.max()) else "swing: another partner moves the share more, up or down"


def _left_out(pairs: pd.DataFrame) -> pd.Series:
    """The share without each partner."""
    partners = pairs["partner"].unique()
    return pd.Series({one: stages.order_share(pairs[pairs["partner"] != one])["share"] for one in partners})


def _given_stages(tables: Tables) -> list[dict[str, set[int]]]:
    """Which stages each set of rules in the table gives to a kind."""
    return [
        {kind: set(rows["stage"]) for kind, rows in own.groupby("type")}
        for _, own in tables.stage_rules.groupby("rule_set")
    ]


def _own_stages(tables: Tables, stage_of: Any, my_share: Any, because: Any) -> str:
    """An own path has no right answer; it has to cover all kinds and stages, be new, and be counted right."""
    everything = stages.evidence(tables, "broad").drop_duplicates(["partner", "id"])
    own = {}
    for kind in everything["kind"].unique():
        own[kind], wrong = outcome(stage_of, kind)
        if wrong:
            return f"asked for {kind}: {wrong}"
        if isinstance(own[kind], bool) or own[kind] not in (0, *stages.STAGES):
            return f"asked for {kind}: a stage is 1, 2, 3 or 4, or 0 if the kind does not count"
    if lacking := set(stages.STAGES) - set(own.values()):
        return f"{len(lacking)} of the four stages {'has' if len(lacking) == 1 else 'have'} no kind of evidence"
    if any(all(own[kind] in rules.get(kind, {0}) for kind in own) for rules in _given_stages(tables)):
        return "these are the rules of a set that is in the table; where would you draw another line?"
    mine = everything.assign(stage=everything["kind"].map(own))
    pairs = stages.order_pairs(stages.stage_dates(mine[mine["stage"] > 0]))
    right = stages.order_share(pairs)["share"] if len(pairs) else np.nan
    if np.isnan(right):
        return "by these stages no partner has two whose order can be told; let more kinds count"
    slips = {
        "undecided pairs are in the whole; they are neither": (pairs["order"] == "as claimed").mean(),
        "the share of reversed pairs is given": 1 - right,
        "kinds of stage 0 are counted, too": stages.order_share(stages.order_pairs(stages.stage_dates(mine)))["share"],
        "this is the share by the rules of the table": stages.order_share(_pairs(tables))["share"],
    }
    wrong = told(partial(number, tolerance=0.001), my_share, right, slips)
    return f"my_share does not follow from your stages: {wrong}" if wrong else too_short(because)


EXERCISES = {
    "3.1": Exercise(
        (
            "Make two lists from `rules`: kinds of stage 2 in the broad set, and in the strict set.",
            "`broad[~broad.isin(strict)]` keeps what is in one and not in the other.",
        ),
        _only_broad,
        "The sets differ in what binds: a treaty or the standing of forces for the one, any paper for the other.",
    ),
    "3.2": Exercise(
        (
            "Select the rows that are certain by the day: `latest` is the last day that a date can mean.",
            "Then group by stage and count the different partners: `nunique`.",
        ),
        _partners_by_stage,
        "Many had reached the first stage, far fewer the others. That says nothing yet on the order.",
    ),
    "3.3": Exercise(
        (
            "Two steps: the smallest `latest` of each partner and stage, then stages from rows to columns.",
            "`groupby(['partner', 'stage'])['latest'].min()` gives a Series with two levels.",
            "`unstack()` moves the last level, the stages, into columns.",
        ),
        _firsts,
        "Each row is a path. These are the earliest found; an exercise or a meeting before may be missing.",
    ),
    "3.4": Exercise(
        (
            "Decided pairs are those in the claimed order and those reversed. What is the share of the former?",
            "`decided = pairs[pairs['order'] != 'undecided']`; the mean of True and False is a share.",
        ),
        _share_as_claimed,
        "A share of one half is what a coin would give. The lecture asks how far chance alone could come.",
    ),
    "3.5": Exercise(
        (
            "A loop over the partners: leave the rows of one out, compute the share as in 3.4, keep it.",
            "`pd.Series({partner: ... for partner in pairs['partner'].unique()})` keeps all results by partner.",
            "The largest change, up or down: subtract the share of all, then `abs()` and `idxmax()`.",
        ),
        _without_one,
        "Where few pairs are decided, one partner moves the share by several points: look at its dates.",
    ),
    "3.6": Exercise(
        (
            "A dictionary from kind to stage, and `return path.get(kind, 0)`, make a short function.",
            "`everything['kind'].map(stage_of)` gives each row your stage; drop the rows with 0.",
            "Then as the lecture does: `stages.order_pairs(stages.stage_dates(mine))`, and the share as in 3.4.",
        ),
        _own_stages,
        "Your path is another hypothesis, told by the same rows. Say it before you look at the share, not after.",
    ),
}
