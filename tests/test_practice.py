"""Judges of answers: what each takes for right, and the words for what is wrong."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.practice import answers

labels = st.lists(st.text("ABCDEFG", min_size=1, max_size=4), min_size=1, max_size=8, unique=True)
SERIES = pd.Series({"ACSA": 7, "RAA": 3})
TABLE = pd.DataFrame({"partner": ["AUS", "DEU"], "kind": ["RAA", None], "share": [0.5, 0.25]})
GRAPH = nx.Graph()
GRAPH.add_weighted_edges_from([("AUS", "JPN", 6), ("JPN", "USA", 9)])


@given(names=labels, data=st.data())
def test_names_pass_in_any_order_and_container(names, data):
    other = data.draw(st.permutations(names))
    for form in (other, tuple(other), set(other), pd.Series(other), np.array(other), dict.fromkeys(other).keys()):
        assert answers.names(form, names) == ""
    assert answers.names([*other[1:], "other"], names) == (
        "1 of the names asked for is missing, and 1 of those given does not belong there"
    )


@given(names=labels, data=st.data())
def test_values_pass_in_any_order_and_container(names, data):
    right = pd.Series(range(len(names)), index=names)
    other = right[data.draw(st.permutations(names))]
    for form in (other, other.astype(float), other.to_dict(), other.to_frame(), other.reset_index()):
        assert answers.values(form, right) == ""
    assert answers.values(other + 1, right) == f"the value of {len(names)} of the rows is wrong"


@given(value=st.floats(1, 1e6))
def test_a_number_passes_within_its_tolerance_and_not_beyond(value):
    assert answers.number(value * 1.004, value) == answers.number(value * 0.996, value) == ""
    assert answers.number(value * 1.006, value) == "the number is too high"
    assert answers.number(value * 0.99, value) == "the number is too low"


@pytest.mark.parametrize(
    ("answer", "right", "words"),
    [
        ("9", 9, "a number is asked for, this is text"),
        (True, 1, "a number is asked for, this is True or False"),
        (pd.Series([1, 2]), 1, "a number is asked for, this is a Series"),
        (float("nan"), 9, "the number is missing"),
        (9.001, 9, "the number is too high"),
        (45.0, 0.45, "is it in percent where a share is asked for"),
        (0.45, 45.0, "is it a share where percent are asked for"),
    ],
)
def test_a_wrong_number_is_told_why(answer, right, words):
    assert words in answers.number(answer, right)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([7, 3], "a Series, indexed by kinds, is asked for, this is of type list"),
        (pd.Series([7, 7, 3], index=["ACSA", "ACSA", "RAA"]), "some kinds stand there more than once"),
        ({"ACSA": 7}, "1 of the kinds asked for is missing"),
        ({"ACSA": 7, "RAA": None}, "1 of the kinds has no value (NaN)"),
        ({"ACSA": 7, "RAA": "3"}, "the values are text; numbers are asked for"),
        ({"ACSA": 7, "RAA": 4, "VFA": 0}, "1 of the kinds given does not belong there"),
    ],
)
def test_wrong_values_are_told_why(answer, words):
    assert answers.values(answer, SERIES, what="kinds") == words


def test_labels_without_a_count_may_be_left_out_where_zero_is_a_count():
    with_zero = pd.Series({**SERIES, "VFA": 0})
    assert answers.values(SERIES, with_zero, zeros=True) == answers.values(with_zero, SERIES, zeros=True) == ""
    assert answers.values(SERIES, with_zero) != ""


def test_years_days_and_pairs_are_labels_in_whatever_type():
    days = pd.Series([1], index=pd.to_datetime(["2022-01-06"]))
    assert answers.values({"2022-01-06": 1}, days) == ""
    assert answers.values({2022.0: 1}, pd.Series([1], index=pd.period_range("2022", periods=1, freq="Y"))) == ""
    pairs = pd.Series([6], index=pd.MultiIndex.from_tuples([("AUS", "JPN")]))
    assert answers.values(pd.DataFrame({"a": ["AUS"], "b": ["JPN"], "kinds": [6]}), pairs) == ""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (SERIES, "a table is asked for, this is a Series"),
        (TABLE.drop(columns="partner"), "there is no column 'partner'"),
        (TABLE.drop(columns="share"), "1 of the columns asked for is missing"),
        (TABLE.set_index("partner").T, "2 of the columns asked for are missing; are rows and columns swapped?"),
        (TABLE.iloc[[0, 0, 1]], "some partners stand there more than once"),
        (TABLE.assign(kind="RAA"), "column 'kind' is wrong in 1 of 2 partners"),
        (TABLE.assign(share=50), "column 'share' is wrong in 2 of 2 partners"),
    ],
)
def test_a_wrong_table_is_told_why(answer, words):
    assert answers.table(answer, TABLE, by=["partner"], what="partners") == words


def test_a_table_passes_with_more_columns_a_nameless_index_and_blanks_as_text():
    right = TABLE.set_index("partner")
    for form in (
        TABLE.assign(more=1),
        right.rename_axis(None),
        right.fillna({"kind": ""}),
        TABLE.set_index("partner", drop=False),
    ):
        assert answers.table(form, right, by=["partner"]) == ""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([("AUS", "JPN")], "a networkx graph is asked for, this is of type list"),
        (nx.DiGraph(GRAPH), "ties go both ways, and each pair has one: nx.Graph is the class to take"),
        (nx.Graph([("AUS", "JPN")]), "1 of the nodes asked for is missing"),
        (
            nx.Graph([("AUS", "JPN"), ("AUS", "USA")]),
            "1 of the edges asked for is missing, and 1 of those given does not belong there",
        ),
        (nx.Graph(list(GRAPH.edges)), "the edges have no attribute 'weight'"),
        (
            nx.Graph([("AUS", "JPN", {"weight": 5}), ("JPN", "USA", {"weight": 9})]),
            "the weight of 1 of the edges is wrong",
        ),
    ],
)
def test_a_wrong_graph_is_told_why(answer, words):
    assert answers.graph(answer, GRAPH, weight="weight") == words


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"USA", "AUS"}, "a list of states in order is asked for, this is of type set"),
        (["USA", "USA"], "2 different states are asked for, here are 1"),
        (["USA", "XYZ"], "not all of these are states that can be ranked"),
        (["AUS", "USA"], "the right states, but not in the right order"),
        (["USA", "FRA"], "not all of these states belong there"),
        (pd.Series({"USA": 9.0, "GBR": 7.0}), ""),
    ],
)
def test_a_wrong_ranking_is_told_why(answer, words):
    scores = pd.Series({"FRA": 2.0, "USA": 9.0, "AUS": 7.0, "GBR": 7.0})
    assert answers.ranking(answer, scores, 2, what="states") == words


def test_a_function_gets_a_copy_and_may_fail():
    def spoils(frame):
        frame["share"] = 0
        return 1

    before = TABLE.copy()
    assert answers.outcome(spoils, TABLE) == (1, "")
    pd.testing.assert_frame_equal(TABLE, before)
    assert answers.outcome(lambda: 1, TABLE)[1].startswith("the function stops with TypeError")
    assert answers.outcome("text", TABLE) == (None, "a function is asked for, this is text")


def test_a_slip_is_named_only_if_it_leads_to_just_this_answer():
    slips = {"what is signed is in there, too": 12, "these are all rows": 20}
    assert answers.told(answers.number, 20, 9, slips) == "these are all rows"
    assert answers.told(answers.number, 13, 9, slips) == "the number is too high"


def test_reasons_need_words():
    assert "this has 1" in answers.too_short("Because.")
    assert answers.too_short(5) == "the reasons are asked for as text, this is of type int"
    assert "this has 1" in answers.too_short("word " * 15)
    assert answers.too_short("one two three four five six seven eight nine ten eleven twelve") == ""
    assert answers.too_short("危機のときに相手が何を期待できるかを最も重く見る。") == ""


def test_names_in_a_mask_or_an_index_are_told_so():
    mask = pd.Series([True, False], index=["RAA", "ISA"])
    assert answers.names(mask, ["RAA"], what="kinds") == (
        "this is True or False for each; put it in brackets to choose the kinds"
    )
    assert "in the index" in answers.names(pd.Series(["yes"], index=["RAA"]), ["RAA"], what="kinds")
    assert answers.names(pd.Series(["ISA"], index=["VFA"]), ["RAA"]) != ""


def test_a_table_with_one_level_of_names_above_passes():
    right = TABLE.set_index("partner")
    assert answers.table(pd.concat({"status": right}, axis=1), right, by=["partner"]) == ""
    two = pd.concat({"status": right, "id": right}, axis=1)
    assert "several levels" in answers.table(two, right, by=["partner"])


def test_a_missing_number_is_right_where_there_is_none():
    nan = float("nan")
    assert answers.number(nan, nan) == answers.number(pd.NA, nan) == ""
    assert answers.number(0, nan) == answers.number("text", nan) == "a missing value (nan) is asked for"


def test_a_slip_of_a_function_is_named_only_if_it_explains_every_answer():
    questions = [
        answers.Question("for 4", (4,), 8, {"squared": 16, "halved": 2}),
        answers.Question("for 6", (6,), 12, {"squared": 36, "halved": 3}),
        answers.Question("for nothing", (0,), 0),
    ]
    assert answers.questioned(lambda x: 2 * x, questions) == ""
    assert answers.questioned(lambda x: x * x, questions) == "asked for 4: squared"
    assert answers.questioned(lambda x: 2 if x == 4 else 2 * x, questions) == "asked for 4: the number is too low"
    assert answers.questioned(
        lambda x: 1 / x, questions
    ) == "asked for nothing: the function stops with ZeroDivisionError: " + ("division by zero")
