"""The taxonomy: the key, who has what, bursts, negotiations, other data sets. Small tables are counted by hand."""

from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import Tables, load_tables, taxonomy
from helpers.tables import date_bounds, tie
from helpers.taxonomy import classify

# ---------------------------------------------------------------------------------------------------
# The key


def ends(questions):
    """Every end of the key: the answers on the way, and the kinds there."""
    rows = questions.set_index("question")

    def walk(number, marks):
        for answer in ("yes", "no"):
            kinds, onward = rows.loc[number, [f"kinds_if_{answer}", f"if_{answer}"]]
            known = {**marks, rows.loc[number, "mark"]: answer}
            if pd.isna(kinds):
                yield from walk(int(onward), known)
            else:
                yield known, tuple(kinds.split(";"))

    return list(walk(1, {}))


def test_the_key_is_a_tree(tables):
    """Each question but the first is led to once, and each answer leads either on or to kinds."""
    questions = tables.key_questions
    onward = pd.concat([questions["if_yes"], questions["if_no"]]).dropna()
    assert sorted(onward) == sorted(questions["question"][1:])
    for answer in ("yes", "no"):
        assert (questions[f"if_{answer}"].isna() != questions[f"kinds_if_{answer}"].isna()).all()


def test_every_kind_is_reached_and_nothing_else(tables):
    reached = {kind for _, kinds in ends(tables.key_questions) for kind in kinds}
    assert reached == set(tables.agreement_types["type"])


def test_questions_ask_for_marks_of_the_kinds(tables):
    for mark in tables.key_questions["mark"]:
        assert set(tables.agreement_types[mark]) <= {"yes", "no", "varies"}, mark
    assert tables.key_questions["mark"].is_unique


def test_the_marks_of_every_kind_lead_back_to_it(tables):
    """By its own marks, as far as they are fixed; several kinds only where no mark tells them apart."""
    kinds = tables.agreement_types.set_index("type")
    for kind in kinds.index:
        own = kinds.loc[kind, tables.key_questions["mark"]]
        walk = classify(own[own != "varies"].to_dict(), tables.agreement_types, tables.key_questions)
        expected = {"RAA": ("RAA", "VFA"), "VFA": ("RAA", "VFA")}.get(kind, (kind,))
        assert walk.kinds == expected, kind


def test_every_end_agrees_with_the_marks_of_its_kinds(tables):
    for marks, kinds in ends(tables.key_questions):
        walk = classify(marks, tables.agreement_types, tables.key_questions)
        assert walk.kinds == kinds
        assert dict(walk.asked).keys() == {
            number
            for number, mark in tables.key_questions[["question", "mark"]].itertuples(index=False)
            if mark in marks
        }


def test_marks_agree_with_what_the_table_says_in_words(tables):
    kinds = tables.agreement_types.set_index("type")
    assert (kinds["forces_abroad"].eq("yes") == kinds["moves"].eq("people")).all()
    assert (kinds["supplies"].eq("yes") == kinds["moves"].eq("goods and services")).all()
    assert (kinds["secrets"].eq("yes") == kinds["moves"].eq("information")).all()
    assert (kinds["gift"].eq("yes") == kinds["moves"].eq("money")).all()
    assert (kinds["promises_force"].eq("yes") == kinds["moves"].eq("force guarantee")).all()
    assert not (kinds["binding_in_law"].eq("yes") & kinds["binds"].eq("political")).any()
    assert (kinds.loc[kinds["binding_in_law"] == "no", "binds"] == "political").all()


unchanged = cache(load_tables)


@given(st.data())
def test_more_marks_never_bring_a_kind_back(data):
    """Whatever is known of an instrument, knowing more only narrows the kinds."""
    tables = unchanged()
    marks, _ = data.draw(st.sampled_from(ends(tables.key_questions)))
    some = data.draw(st.dictionaries(st.sampled_from(sorted(marks)), st.none()))
    fewer = {mark: answer for mark, answer in marks.items() if mark not in some}
    narrow = classify(marks, tables.agreement_types, tables.key_questions).kinds
    wide = classify(fewer, tables.agreement_types, tables.key_questions).kinds
    assert set(narrow) <= set(wide)


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ({"promises_force": "yes", "gift": "yes"}, "no kind has these marks together: promises_force yes, gift yes"),
        ({"promises_force": "no", "forces_abroad": "no", "supplies": "yes", "secrets": "yes"}, "no kind has"),
        ({"promises_force": "no", "forces_abroad": "yes", "standing_group": "yes"}, "no kind has"),
        ({"promises_force": "perhaps"}, "promises_force is 'perhaps'"),
        ({"force": "yes"}, "no mark 'force'; there are: promises_force, forces_abroad"),
    ],
)
def test_marks_that_do_not_fit_are_refused(tables, marks, words):
    with pytest.raises(ValueError, match=words):
        classify(marks, tables.agreement_types, tables.key_questions)


def test_nothing_known_leaves_every_kind(tables):
    walk = classify({}, tables.agreement_types, tables.key_questions)
    assert set(walk.kinds) == set(tables.agreement_types["type"])
    assert (walk.asked, walk.open) == ((), 1)


# ---------------------------------------------------------------------------------------------------
# Readings


def test_what_was_read_was_read_twice(tables):
    read = tables.agreements[["read_first", "read_second"]].notna()
    assert (read["read_first"] == read["read_second"]).all()
    assert read["read_first"].mean() > 0.95


def test_every_reading_is_a_possible_end(tables):
    """The question exists, and an answer that leads to another question is no last answer."""
    rows = tables.key_questions.set_index("question")
    for end in pd.concat([tables.agreements["read_first"], tables.agreements["read_second"]]).dropna().unique():
        question, answer = end.split()
        kinds = rows.loc[int(question), ["kinds_if_yes", "kinds_if_no"]]
        assert answer == "open" or pd.notna(kinds[f"kinds_if_{answer}"]), end


def test_readings_by_hand(tables):
    some = tables.agreements.set_index("id").loc[
        ["acsa-deu-2024", "raa-phl-2024", "alliance-usa-1951", "sofa-usa-1960"]
    ]
    some["read_first"] = ["6 yes", "5 yes", "3 no", None]
    some["read_second"] = ["18 open", "3 open", "1 yes", None]
    result = taxonomy.classify_readings(changed(tables, agreements=some.reset_index()))
    assert result["reader"].tolist() == ["first"] * 3 + ["second"] * 3
    assert result["reached"].tolist() == [
        "ACSA", "RAA;VFA", "ACCESS", "DCA;MEMORANDUM;DECLARATION", "RAA;VFA;SOFA;ACCESS", "ALLIANCE",
    ]  # fmt: skip
    assert result["outcome"].tolist() == ["same", "among several", "another", "another", "among several", "same"]


def test_agreement_on_a_published_table():
    """Two raters, 50 cases: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no give a kappa of 0.40."""
    first = pd.Series(["yes"] * 25 + ["no"] * 25)
    second = pd.Series(["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15)
    result = taxonomy.cohen_kappa(first, second)
    assert result.round(2).to_dict() == {"share": 0.70, "chance": 0.50, "kappa": 0.40}


def test_agreement_needs_something_to_agree_on():
    with pytest.raises(ValueError, match="two readings of the same things, got 2 and 1"):
        taxonomy.cohen_kappa(pd.Series(["a", "b"]), pd.Series(["a"]))
    with pytest.raises(ValueError, match="one and the same label"):
        taxonomy.cohen_kappa(pd.Series(["a", "a"]), pd.Series(["a", "a"]))


# ---------------------------------------------------------------------------------------------------
# Small tables

AGREEMENTS = {
    "acsa-old": ("ACSA", "JPN;AUS", "treaty", {"negotiations_opened": "2009-01-01", "signed": "2010-01-01", "in_force": "2011", "ended": "2017-01-01"}),
    "acsa-new": ("ACSA", "JPN;AUS", "treaty", {"negotiations_opened": "2016-01-01", "signed": "2016-06-01", "in_force": "2017-01-01", "replaces": "acsa-old"}),
    "acsa-amended": ("ACSA", "JPN;CAN", "treaty", {"signed": "2012-05", "part_of": "acsa-old", "relation": "amendment"}),
    "acsa-france": ("ACSA", "JPN;FRA", "treaty", {"negotiations_opened": "2020-01-01", "signed": "2022-01"}),
    "acsa-korea": ("ACSA", "JPN;KOR", "treaty", {"negotiations_opened": "2011-01-01", "standing": "dormant", "standing_from": "2012-07-03"}),
    "acsa-talks": ("ACSA", "JPN;ITA", "treaty", {"negotiations_opened": "2024"}),
    "isa-group": ("ISA", "JPN;USA;KOR", "political", {"signed": "2014-12-29"}),
    "sofa-group": ("SOFA", "JPN;AUS;CAN", "treaty", {"signed": "1954-02-19", "in_force": "1954-06-11"}),
    "declaration": ("DECLARATION", "JPN;AUS", "political", {"signed": "2022-10-22"}),
    "clause": ("CONSULT", "JPN;AUS", "political", {"signed": "2022-10-22", "part_of": "declaration", "relation": "clause"}),
    "forum": ("TWO_PLUS_TWO", "JPN;USA", "political", {"signed": "1990-12-26", "in_force": "1995-09-27"}),
    "memorandum": ("MEMORANDUM", "JPN;QAT", "political", {"signed": "2015"}),
    "others": ("ACSA", "AUS;USA", None, {"signed": "1990", "in_force": "1990"}),
}  # fmt: skip


def changed(tables, **frames):
    """The tables with some replaced."""
    return Tables({name: frames.get(name, tables[name]) for name in tables}, tables.schema)


@pytest.fixture
def small(tables):
    """Thirteen instruments, one sale, no accessions."""
    columns = [c for c in tables.agreements.columns if not c.endswith(("_earliest", "_latest"))]
    rows = [{"id": key, "type": kind, "parties": parties, "binding": binding, **rest}
            for key, (kind, parties, binding, rest) in AGREEMENTS.items()]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    frame["opening"] = frame["opening"].mask(frame["negotiations_opened"].notna(), "agreed")
    dates = ["negotiations_opened", "signed", "diet_approved", "in_force", "ended", "attested", "standing_from"]
    bounds = [date_bounds(frame[name].astype("str")).add_prefix(f"{name}_") for name in dates]
    transfers = tables.transfers.set_index("id").loc[["sale-usa-2024-tomahawk-loa", "sale-usa-2023-tomahawk"]]
    return changed(
        tables,
        agreements=pd.concat([frame, *bounds], axis=1),
        accessions=tables.accessions.iloc[:0],
        transfers=transfers.reset_index(),
    )


# ---------------------------------------------------------------------------------------------------
# Who has what


def held(tables, day):
    frame = taxonomy.holdings(tables, day)
    return {(row.partner, row.type): row.status for row in frame.itertuples()}


def test_holdings_by_hand(small):
    assert held(small, "2010-06-30") == {
        ("AUS", "SOFA"): "in force", ("CAN", "SOFA"): "in force", ("AUS", "ACSA"): "signed",
        ("USA", "TWO_PLUS_TWO"): "in force",
    }  # fmt: skip
    later = held(small, "2024-12-31")
    assert later["AUS", "ACSA"] == "in force"  # the new one, although the old one has ended
    assert later["KOR", "ACSA"] == "dormant"
    assert later["ITA", "ACSA"] == "negotiating"
    assert later["FRA", "ACSA"] == "signed"
    assert later["AUS", "CONSULT"] == "in force"  # a clause counts under its own kind
    assert ("CAN", "ACSA") not in later  # an amendment adds nobody
    assert ("USA", "ISA") not in later  # a political text is no information agreement
    assert not [pair for pair in later if "JPN" in pair]


def test_a_party_that_joins_later_holds_from_then(tables, small):
    joined = pd.DataFrame({"agreement_id": ["sofa-group"], "party": ["CAN"], "joined": ["1960-01-01"], "left": [None]})
    bounds = [date_bounds(joined[name].astype("str")).add_prefix(f"{name}_") for name in ("joined", "left")]
    tables = changed(small, accessions=pd.concat([joined, *bounds], axis=1))
    assert ("CAN", "SOFA") not in held(tables, "1959-12-31")
    assert held(tables, "1960-01-01")["CAN", "SOFA"] == "in force"


def test_instruments_of_a_kind_are_counted_and_sharing_is_marked(small):
    frame = taxonomy.holdings(small, "2024-12-31").set_index(["partner", "type"])
    assert frame.loc[("AUS", "ACSA"), "instruments"] == 2
    assert frame.loc[("AUS", "SOFA"), "shared"] and not frame.loc[("AUS", "ACSA"), "shared"]


def test_the_table_of_holdings_leaves_out_the_shared_status_agreement(small):
    table = taxonomy.holdings_table(small, "2024-12-31", ["SOFA", "ACSA", "CONSULT"])
    assert table.index[0] == "AUS" and table.columns.tolist() == ["SOFA", "ACSA", "CONSULT"]
    assert table["SOFA"].isna().all()


def test_holdings_on_the_day_of_the_first_article(tables):
    """On 2 February 2024: ACSA signed with seven and in force with six, two RAAs, the Philippine one in talks."""
    frame = taxonomy.holdings(tables, "2024-02-02")
    status = frame.groupby(["type", "status"])["partner"].agg(lambda codes: " ".join(sorted(codes)))
    assert status["ACSA", "in force"] == "AUS CAN FRA GBR IND USA"
    assert status["ACSA", "signed"] == "DEU"
    assert status["RAA", "in force"] == "AUS GBR"
    assert status["RAA", "negotiating"] == "PHL"
    assert status["ALLIANCE", "in force"] == "USA"


# The days of the articles; one prints its year only, so that its last day stands for it.
ARTICLES = ("2024-02-02", "2024-02-05", "2024-05-13", "2024-07-29", "2024-12-31")


@pytest.mark.parametrize("day", ARTICLES)
def test_an_as_of_view_gives_the_same_holdings_on_its_day(tables, day):
    pd.testing.assert_frame_equal(taxonomy.holdings(load_tables(as_of=day), day), taxonomy.holdings(tables, day))


# ---------------------------------------------------------------------------------------------------
# Events


def test_deals_by_hand(small):
    events = taxonomy.deals(small)
    found = {(row.id, row.event): row.date for row in events.itertuples()}
    assert found == {
        ("sofa-group", "signed"): "1954-02-19", ("sofa-group", "in force"): "1954-06-11",
        ("forum", "signed"): "1995-09-27",
        ("acsa-old", "signed"): "2010-01-01", ("acsa-old", "in force"): "2011",
        ("acsa-new", "signed"): "2016-06-01", ("acsa-new", "in force"): "2017-01-01",
        ("acsa-france", "signed"): "2022-01",
        ("declaration", "signed"): "2022-10-22", ("memorandum", "signed"): "2015",
        ("sale-usa-2024-tomahawk-loa", "signed"): "2024-01-18",
    }  # fmt: skip
    assert events["earliest"].is_monotonic_increasing
    kinds = events.set_index("id")
    assert kinds.loc["memorandum", "precision"] == "year" and kinds.loc["acsa-france", "precision"] == "month"
    assert kinds.loc["declaration", "political"] and not kinds.loc["acsa-france", "political"]
    assert kinds.loc["sale-usa-2024-tomahawk-loa", "partners"] == "USA"


def test_monthly_counts_have_zeros_and_no_years(small):
    signed = taxonomy.deals(small).query("event == 'signed'")
    counts = taxonomy.monthly(signed, "2015-01", "2022-12")
    assert len(counts) == 96
    assert counts[counts > 0].to_dict() == {
        pd.Period("2016-06"): 1, pd.Period("2022-01"): 1, pd.Period("2022-10"): 1,
    }  # fmt: skip


def test_monthly_panels_add_up(tables):
    events = taxonomy.deals(tables)
    panels = taxonomy.monthly_panels(events, "2012-01", "2025-12")
    for event in ("signed", "in force"):
        whole = taxonomy.monthly(events[events["event"] == event], "2012-01", "2025-12")
        assert (panels[event].sum(axis=1) == whole).all()


@pytest.mark.parametrize("day", ARTICLES)
def test_an_as_of_view_has_the_events_of_its_past(tables, day):
    then, now = taxonomy.deals(load_tables(as_of=day)), taxonomy.deals(tables)
    past = now[now["latest"] <= day].reset_index(drop=True)
    pd.testing.assert_frame_equal(then, past)


# ---------------------------------------------------------------------------------------------------
# Bursts


def test_rate_ratio_against_published_values():
    """The example of poisson.test in R: 11 cases in 800 person-years against 21 in 3011."""
    result = taxonomy.rate_ratio(11, 800, 6 + 8 + 7, 1083 + 1050 + 878)
    assert result["ratio"] == pytest.approx(1.971488, abs=1e-6)
    assert (result["low"], result["high"]) == pytest.approx((0.8584264, 4.2772659), abs=1e-6)


def test_rate_ratio_by_hand():
    """Two events in one month, none in another: both in the first with probability one quarter."""
    result = taxonomy.rate_ratio(2, 1, 0, 1)
    assert result["p"] == pytest.approx(0.25)
    assert np.isinf(result["ratio"]) and np.isinf(result["high"])


@pytest.mark.parametrize("counts", [(0, 1, 0, 1), (1, 0, 1, 1), (1, 1, 1, -1)])
def test_rates_need_time_and_events(counts):
    with pytest.raises(ValueError, match="a time of positive length and at least one event"):
        taxonomy.rate_ratio(*counts)


def months(values, start="2015-01"):
    return pd.Series(values, index=pd.period_range(start, periods=len(values), freq="M"))


@given(st.lists(st.integers(0, 5), min_size=3, max_size=30).filter(any), st.integers(1, 3))
def test_scan_sums_its_windows(values, width):
    result = taxonomy.scan(months(values), width, draws=9)
    assert result["events"].tolist() == [sum(values[i : i + width]) for i in range(len(values) - width + 1)]
    assert result["p_named"].between(0.1, 1).all() and (result["p_scan"] >= result["p_named"]).all()


def test_scan_finds_a_planted_burst():
    values = [1] * 60
    values[30] = 12
    result = taxonomy.scan(months(values), 1, draws=999, seed=1)
    assert result["p_scan"].idxmin() == result["events"].idxmax() == pd.Period("2017-07")
    assert result["p_scan"].min() == 0.001


def test_scan_raises_false_alarms_at_the_stated_rate():
    """Under chance alone the fullest window is called rare as often as it should be, or a little less."""
    rng = np.random.default_rng(7)
    worlds = rng.multinomial(400, np.full(48, 1 / 48), size=400)
    smallest = np.array([taxonomy.scan(months(w), 3, draws=199, seed=k)["p_scan"].min() for k, w in enumerate(worlds)])
    for level in (0.05, 0.1, 0.2):
        error = np.sqrt(level * (1 - level) / len(worlds))
        assert level / 2 < (smallest <= level).mean() < level + 3 * error, level


def test_a_named_window_is_called_rare_at_the_stated_rate():
    rng = np.random.default_rng(8)
    worlds = rng.multinomial(400, np.full(48, 1 / 48), size=400)
    named = np.array([taxonomy.scan(months(w), 3, draws=199, seed=k)["p_named"].iloc[20] for k, w in enumerate(worlds)])
    assert 0.05 < (named <= 0.1).mean() < 0.1 + 3 * np.sqrt(0.09 / len(worlds))


def test_busy_years_stay_busy():
    """Within its year an even busy year holds no burst; with all months alike it does."""
    values = months([1] * 12 + [8] * 12 + [1] * 12)
    alike = taxonomy.scan(values, 3, draws=999, seed=3)
    own = taxonomy.scan(values, 3, by_year=True, draws=999, seed=3)
    assert alike["p_scan"].min() < 0.01 < 0.5 < own["p_scan"].min()


def test_scan_depends_on_its_seed_only():
    values = months([3, 1, 0, 4, 2, 0])
    pd.testing.assert_frame_equal(taxonomy.scan(values, 2, seed=5), taxonomy.scan(values, 2, seed=5))
    assert not taxonomy.scan(values, 2, seed=5).equals(taxonomy.scan(values, 2, seed=6))


def test_scan_windows_are_those_of_scan():
    values = months([3, 1, 0, 4, 2, 0])
    rows = taxonomy.scan_windows({"a": values}, {"spring": (pd.Period("2015-03"), 2)}, seed=4)
    assert rows.loc["a: spring"].tolist() == taxonomy.scan(values, 2, seed=4).loc["2015-03"].tolist()


def test_scan_refuses_what_it_cannot_scan():
    with pytest.raises(ValueError, match="a window of 4 months does not fit into 3"):
        taxonomy.scan(months([1, 2, 3]), 4)
    with pytest.raises(ValueError, match="no events"):
        taxonomy.scan(months([0, 0, 0]), 1)


# ---------------------------------------------------------------------------------------------------
# Negotiations


def test_negotiations_by_hand(small):
    talks = taxonomy.negotiations(small, ["ACSA"]).set_index("id")
    assert talks.index.tolist() == ["acsa-old", "acsa-korea", "acsa-france", "acsa-talks"]  # successors are left out
    assert talks["signed"].tolist() == [True, False, True, False]
    assert talks["state"].tolist() == ["signed", "dormant", "signed", "open"]
    assert talks["precedents"].tolist() == [0, 1, 1, 2]
    assert talks.loc["acsa-old", "months"] == pytest.approx(365 / 30.4375)
    assert talks.loc["acsa-korea", "months"] == pytest.approx(549 / 30.4375)  # to the day they went dormant
    france = talks.loc["acsa-france"]  # signed on some day of January 2022
    assert (france["shortest"], france["longest"]) == pytest.approx((731 / 30.4375, 761 / 30.4375))
    open_ = talks.loc["acsa-talks"]  # opened on some day of 2024, seen to the horizon
    assert (open_["shortest"], open_["longest"]) == pytest.approx((546 / 30.4375, 911 / 30.4375))


def test_talks_as_of_a_day_end_with_it(tables):
    then = taxonomy.negotiations(load_tables(as_of="2024-02-02"), ["RAA"]).set_index("partner")
    assert not then.loc["PHL", "signed"]
    assert then.loc["PHL", "months"] == pytest.approx(91 / 30.4375)


# ---------------------------------------------------------------------------------------------------
# Other data sets


def test_what_other_data_sets_would_hold_by_hand(small):
    frame = taxonomy.held_elsewhere(small).set_index("id")
    assert frame.index.tolist() == [
        "acsa-old", "acsa-new", "acsa-france", "sofa-group", "declaration", "forum", "memorandum",
    ]  # fmt: skip
    assert set(frame["atop"]) == {"outside"}
    assert frame["dcad"].to_dict() == {
        "acsa-old": "not established", "acsa-new": "other years", "acsa-france": "other years",
        "sofa-group": "outside", "declaration": "outside", "forum": "outside", "memorandum": "outside",
    }  # fmt: skip


def test_atop_holds_the_two_security_treaties_of_japan_only(tables):
    frame = taxonomy.held_elsewhere(tables)
    assert frame.loc[frame["atop"] == "held", "id"].tolist() == ["alliance-usa-1951", "alliance-usa-1960"]


def test_alliances_of_2018_agree_with_atop(tables):
    """ATOP 5.1 has 31 pairs with a defense pledge among these states at the end of 2018, and one fewer than here.

    They are the pairs within NATO and the European Union, and five of the United States with others. For Australia
    and New Zealand it codes consultation only after 1986, where these tables keep the treaty.
    """
    nato = ["CAN", "DEU", "FRA", "GBR", "ITA", "NLD", "USA"]
    atop = {frozenset(pair) for pair in combinations(nato, 2)}
    atop |= {frozenset(("SWE", other)) for other in ("DEU", "FRA", "GBR", "ITA", "NLD")}
    atop |= {frozenset(("USA", other)) for other in ("AUS", "JPN", "KOR", "PHL", "THA")}
    states = tables.parties.query("core == 'yes' and kind == 'state'")["code"].tolist()
    pairs = combinations(sorted({*states, "JPN"}), 2)
    mine = {frozenset(pair) for pair in pairs if tie(tables, *pair, "ALLIANCE", "2018-12-31") == "tie"}
    assert len(atop) == 31
    assert mine == atop | {frozenset(("AUS", "NZL"))}
