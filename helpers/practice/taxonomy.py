"""Right answers to the exercises on kinds of agreements (notebook 01)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from helpers import survival, taxonomy
from helpers.practice.answers import (
    Exercise,
    Question,
    kind_of,
    names,
    outcome,
    questioned,
    table,
    told,
    too_short,
    values,
)
from helpers.tables import Tables, instruments, status_on

__all__ = ["DAY", "EXERCISES", "FOUR", "MARKS"]

DAY = "2024-08-31"
FOUR = ["ACSA", "ISA", "DETTA", "RAA"]
MARKS = ["moves", "promises_force", "binds", "diet_approval", "reciprocal"]


def _own(tables: Tables, day: str) -> pd.DataFrame:
    """Japan's own instruments, with their status on a day."""
    frame = instruments(tables)
    return frame[frame["parties"].str.contains("JPN")].assign(status=frame["id"].map(status_on(tables, day)))


def _end(tables: Tables) -> str:
    return f"{tables.horizon('agreements'):%Y-%m-%d}"


def _vote(tables: Tables, given: Any) -> str:
    votes = tables.agreement_types.set_index("type")["diet_approval"]
    slips = {
        "'varies' is another answer than 'yes'": votes.index[votes.isin(["yes", "varies"])],
        "a blank means that nothing is known, not 'yes'": votes.index[(votes == "yes") | votes.isna()],
    }
    return told(partial(names, what="kinds"), given, votes.index[votes == "yes"], slips)


def _in_force(tables: Tables, given: Any) -> str:
    own = _own(tables, DAY).query("type in @FOUR")
    everyone = instruments(tables).assign(status=lambda frame: frame["id"].map(status_on(tables, DAY)))
    slips = {
        "agreements among Japan's partners are in there, too": everyone.query("type in @FOUR and status == 'in force'"),
        "what is only signed is in there, too": own.query("status in ['in force', 'signed']"),
        "these are all rows of these kinds, whatever their status": own,
        "these are in force at the end of the tables, which is not the day asked for": (
            _own(tables, _end(tables)).query("type in @FOUR and status == 'in force'")
        ),
    }
    counted = {words: rows["type"].value_counts() for words, rows in slips.items()}
    right = own.query("status == 'in force'")["type"].value_counts()
    return told(partial(values, what="kinds"), given, right, counted)


def _first_years(tables: Tables, given: Any) -> str:
    own = _own(tables, DAY)
    first = {event: own.groupby("type")[f"{event}_earliest"].min() for event in ("signed", "in_force")}
    everyone = instruments(tables).groupby("type")["signed_earliest"].min().dt.year
    slips = {
        "these are years of entry into force; signatures are asked for": first["in_force"].dropna().dt.year,
        "agreements among Japan's partners are in there, too": everyone.dropna(),
        "these are days; the year is asked for": first["signed"],
        "a clause of a larger text is an instrument of its kind, too": (
            own[own["part_of"].isna()].groupby("type")["signed_earliest"].min().dt.year
        ),
    }
    return told(partial(values, what="kinds"), given, first["signed"].dt.year, slips)


def _who_has_what(tables: Tables, given: Any) -> str:
    held = taxonomy.holdings(tables, DAY).query("type in @FOUR")
    right = held.pivot_table(index="partner", columns="type", values="status", aggfunc="first")
    only = held.query("status == 'in force'").pivot_table(
        index="partner", columns="type", values="status", aggfunc="first"
    )
    slips = {"only what is in force is left; the other statuses belong into the table, too": only}
    return told(partial(table, by=["partner"], what="partners"), given, right, slips)


def _half_wait(tables: Tables, given: Any) -> str:
    """Ask the function about real talks, and about made ones in which dropping the unsigned shows."""
    talks = taxonomy.negotiations(tables, FOUR)
    few = talks.head(5)
    made = few.assign(months=[4.0, 10.0, 30.0, 31.0, 32.0], signed=[True, True, True, False, False])
    waiting = few.assign(months=[4.0, 10.0, 30.0, 31.0, 32.0], signed=[True, True, False, False, False])
    cases = {"about made-up talks": made} | {f"about talks on {kind}": talks[talks["type"] == kind] for kind in FOUR}
    questions = [_half_of(about, rows) for about, rows in cases.items()]
    questions.append(_half_of("about made-up talks whose share never falls to one half", waiting)._replace(slips={}))
    return questioned(given, questions)


def _half_of(about: str, talks: pd.DataFrame) -> Question:
    slips = {
        "talks that are not signed are dropped; they wait, too": talks.loc[talks["signed"], "months"].median(),
        "talks that are not signed count as if they had ended": talks["months"].median(),
    }
    return Question(about, (talks,), float(survival.median_wait(talks, "signed")["median"]), slips)


def _own_groups(tables: Tables, group_of: Any, tally: Any, because: Any) -> str:
    """Own groups have no right answer; they have to be complete, drawn by marks, and counted right."""
    marks = tables.agreement_types.set_index("type")[MARKS]
    groups = {}
    for kind, row in marks.iterrows():
        groups[kind], wrong = outcome(group_of, row.rename(None))
        if wrong:
            return f"{wrong} (asked about the marks of a kind; they are: {', '.join(MARKS)})"
        if not isinstance(groups[kind], str):
            return f"the function should give the name of a group as text, not {kind_of(groups[kind])}"
        if outcome(group_of, row)[0] != groups[kind]:
            return "the function looks at the name of a kind; its marks alone should decide"
    sizes = pd.Series(groups).value_counts()
    if not 3 <= len(sizes) <= 6:
        return f"three to six groups are asked for, the function makes {len(sizes)}"
    if sizes.max() > len(marks) / 2:
        return "one group holds more than half of the kinds: what tells them apart?"
    own, before = _own(tables, _end(tables)), _own(tables, DAY)
    right = own.loc[own["status"] == "in force", "type"].map(groups).value_counts()
    wrong = told(
        partial(values, what="groups", zeros=True),
        tally,
        right,
        {
            "kinds are counted, not instruments in force": sizes,
            "rows of any status are counted": own["type"].map(groups).value_counts(),
            f"these are in force on {DAY}; the end of the tables is asked for": (
                before.loc[before["status"] == "in force", "type"].map(groups).value_counts()
            ),
        },
    )
    return f"tally does not fit your groups: {wrong}" if wrong else too_short(because)


EXERCISES = {
    "1.1": Exercise(
        (
            "The column `diet_approval` of `kinds` says it. What values does it have?",
            "A comparison gives True or False for each kind: `kinds['diet_approval'] == 'yes'`. Put it in brackets.",
        ),
        _vote,
        "Few kinds always go to the Diet. With some it varies; a blank is a kind that Japan does not have.",
    ),
    "1.2": Exercise(
        (
            "Three conditions: the kind, Japan among the parties (that is `own`), the status on the day.",
            "`own['id'].map(status_on(tables, DAY))` gives each row its status; `isin` selects kinds.",
            "Once the rows are right, `value_counts()` on the column `type` counts them.",
        ),
        _in_force,
        "Signed is not in force, and many rows of these kinds are agreements among Japan's partners.",
    ),
    "1.3": Exercise(
        (
            "The first of each group: `groupby` on the kind, then the smallest date.",
            "`signed` is text, since some dates are known by year only; `signed_earliest` can be compared.",
            "`.dt.year` takes the year from dates.",
        ),
        _first_years,
        "The kinds came one after another, the alliance and the forces in Japan seventy years before access.",
    ),
    "1.4": Exercise(
        (
            "`holdings` has a row per partner and kind. What should become the rows, the columns, the cells?",
            "Keep the rows of the four kinds first, then `pivot(index=..., columns=..., values=...)`.",
        ),
        _who_has_what,
        "The blanks are as telling as the words: about half of the partners have one kind, mostly equipment.",
    ),
    "1.5": Exercise(
        (
            "`survival.waiting(talks, 'signed')` gives the share still waiting by month; unsigned talks are in it.",
            "Half no longer wait where `share` is at most 0.5. You want the first `time` for which that holds.",
            "`min` of the times that are left also answers where none is left.",
        ),
        _half_wait,
        "It is the median of Kaplan and Meier: unsigned talks count for as long as they were seen.",
    ),
    "1.6": Exercise(
        (
            "Begin with one question that you find the most important, such as: is force promised? What else moves?",
            "A chain of `if marks[...] == ...: return ...` is enough; the last line returns what is left.",
            "For the tally: `own['type'].map(groups)`, where `groups = kinds.apply(group_of, axis=1)`.",
        ),
        _own_groups,
        "The groups hold together. Whether they are good ones, your reasons must show: swap them with a neighbor.",
    ),
}
