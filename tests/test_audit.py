"""The audit: every claim has its check, every check can say yes and no, every verdict can be reached."""

import inspect
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from helpers import audit, load_tables
from helpers.audit import Answer
from helpers.tables import Tables, date_bounds


@pytest.fixture(scope="module")
def worlds(tables):
    return {day: load_tables(as_of=day) for day in tables.claims["judged_on"].unique()}


@pytest.fixture(scope="module")
def verdicts(tables, worlds):
    return audit.evaluate(tables.claims, worlds, tables)


def claim_of(tables, number, **changes):
    """A claim of the table, changed or not."""
    row = tables.claims.set_index("id").loc[f"claim-{number}"]
    return SimpleNamespace(**{"id": f"claim-{number}", **row.to_dict(), **changes})


def made(check, arguments="", value=np.nan, rows=np.nan, kind="event", note="not in the tables"):
    """A claim made up for a test."""
    given = {"check": check, "arguments": arguments, "value": value, "rows": rows, "kind": kind, "note": note}
    return SimpleNamespace(id="made", covers="whole", **given)


def altered(tables, table, key, **cells):
    """Tables with some cells of one row changed; dates bring their bounds along."""
    frame = tables[table].copy()
    here = frame[frame.columns[0]] == key
    assert here.sum() == 1
    for column, value in cells.items():
        frame.loc[here, column] = value
        if f"{column}_earliest" in frame:
            bounds = date_bounds(frame[column])
            frame[f"{column}_earliest"], frame[f"{column}_latest"] = bounds["earliest"], bounds["latest"]
    return Tables({**{name: tables[name] for name in tables}, table: frame}, tables.schema, tables.as_of)


def judge(claim, world, today, strong=True):
    return audit.verdict(claim, audit.answer(world, claim), audit.answer(today, claim), strong)


# ---------------------------------------------------------------------------------------------------
# The table of claims


def test_every_claim_has_a_check_that_takes_its_arguments(tables):
    for claim in tables.claims.itertuples():
        arguments = audit._arguments(claim)
        inspect.signature(audit.CHECKS[claim.check]).bind(tables, claim, **arguments)


def test_every_check_is_in_the_schema_and_the_other_way_round(tables):
    allowed = tables.columns("claims").loc["check", "allowed"]
    assert all(name in allowed for name in audit.CHECKS)
    assert set(tables.claims["check"]) <= set(audit.CHECKS)


def test_every_check_is_used(tables):
    assert set(audit.CHECKS) == set(tables.claims["check"])


def test_what_is_outside_says_why(tables):
    outside = tables.claims["check"] == "outside"
    assert tables.claims.loc[outside, "note"].notna().all()
    assert tables.claims.loc[outside, "arguments"].isna().all()


def test_claims_are_judged_on_the_day_of_their_article(tables):
    dated = tables.claims[tables.claims["published"].str.len() == 10]
    assert (dated["judged_on"] == dated["published"]).all()
    assert not tables.claims[["source", "judged_on"]].drop_duplicates()["source"].duplicated().any()


def test_no_claim_is_lost(tables, verdicts):
    assert verdicts.index.tolist() == tables.claims["id"].tolist()
    assert set(verdicts["verdict"]) == set(audit.VERDICTS)
    assert verdicts[["then", "now", "sure"]].notna().all(axis=None)


def test_the_rows_behind_a_verdict_exist(tables, verdicts):
    behind = verdicts["rows"].str.split(";").explode()
    known = set().union(*(tables[name][tables[name].columns[0]].astype(str) for name in tables))
    assert set(behind[behind != ""]) <= known


def test_contradicted_stands_on_a_sure_row(tables, verdicts):
    for row in verdicts[verdicts["verdict"] == "contradicted"].itertuples():
        found = audit.evidence(tables, row.rows)
        assert (found["confidence"] == "high").any() and found["sources"].notna().all(), row.Index


def test_the_audit_is_the_same_twice(tables, worlds, verdicts):
    some = tables.claims[tables.claims["check"].isin(["path", "nested", "learning", "association"])]
    again = audit.evaluate(some, worlds, tables)
    pd.testing.assert_frame_equal(again, verdicts.loc[again.index])


# ---------------------------------------------------------------------------------------------------
# Verdicts move with the tables


def test_canada_moves_the_claims_about_it(tables, worlds):
    named, counted = claim_of(tables, 433), claim_of(tables, 402)
    world = worlds[named.judged_on]
    assert judge(named, world, tables) == "contradicted"
    signed = [altered(each, "agreements", "isa-can-2025", signed="2023-01-01") for each in (world, tables)]
    assert judge(named, *signed) == "supported"
    assert audit.answer(world, counted).found.startswith("9: ")
    assert audit.answer(signed[0], counted).found.startswith("10: AUS CAN")
    counted.value = "10"
    assert judge(counted, world, world) == "contradicted" and judge(counted, *signed) != "contradicted"


def test_a_count_is_overtaken_by_a_new_partner_and_contradicted_by_a_lost_one(tables, worlds):
    claim = claim_of(tables, 404)
    world = worlds[claim.judged_on]
    assert judge(claim, world, world) == "supported"
    assert judge(claim, world, tables) == "overtaken"
    assert judge(claim, tables, world) == "overtaken"  # the reverse: not true then, true now
    claim.value = "30"
    assert judge(claim, world, tables) == "contradicted"
    assert judge(claim, world, tables, strong=False) == "not checkable"


def test_a_number_that_another_way_of_counting_gives_holds_in_part(tables, worlds):
    claim = claim_of(tables, 404, value="6")
    told = audit.answer(worlds[claim.judged_on], claim)
    assert told.holds == "partly" and told.found.endswith("6 if counted as: in force, but without DEU, named")
    claim.arguments = claim.arguments.replace("+DEU", "")
    assert audit.answer(worlds[claim.judged_on], claim).found.endswith("6 if counted as: in force")


def test_a_moved_date_contradicts(tables):
    claim = claim_of(tables, "006")
    assert judge(claim, tables, tables) == "supported"
    later = altered(tables, "agreements", "acsa-deu-2024", signed="2024-03-01")
    assert judge(claim, later, later) == "contradicted"
    vague = altered(tables, "agreements", "acsa-deu-2024", signed="2024")
    assert judge(claim, vague, vague) == "not checkable"  # the year may mean the month, and may not


def test_other_parties_contradict(tables):
    claim = claim_of(tables, "006")
    other = altered(tables, "agreements", "acsa-deu-2024", parties="JPN;FRA")
    assert judge(claim, other, other) == "contradicted"


@pytest.mark.parametrize(
    ("signed", "verdict"), [("2024-11-30", "supported"), ("2025-02-01", "partly"), (np.nan, "contradicted")]
)
def test_a_forecast_is_scored_by_what_came(tables, worlds, signed, verdict):
    claim = claim_of(tables, "010")
    today = altered(tables, "agreements", "raa-phl-2024", signed=signed)
    assert judge(claim, worlds[claim.judged_on], today) == verdict


def test_rows_that_are_not_there_yet_leave_the_answer_to_today(tables, worlds):
    claim = claim_of(tables, 106)
    assert audit.answer(worlds[claim.judged_on], claim).holds == "unknown"
    assert judge(claim, worlds[claim.judged_on], tables) == "partly"


def test_a_mark_decides_a_definition(tables):
    claim = claim_of(tables, 214)
    assert audit.answer(tables, claim).holds == "yes"
    changed = altered(tables, "agreement_types", "ALLIANCE", promises_force="no")
    assert audit.answer(changed, claim).holds == "partly"
    both = altered(changed, "agreement_types", "ALLIANCE", reciprocal="yes")
    assert audit.answer(both, claim).holds == "no"
    varies = altered(tables, "agreement_types", "ALLIANCE", promises_force="varies", reciprocal="varies")
    assert audit.answer(varies, claim).holds == "partly"


def test_a_budget_decides_a_ratio(tables):
    claim = claim_of(tables, 103)
    assert audit.answer(tables, claim).holds == "yes"
    assert (
        audit.answer(altered(tables, "japan_budget", 2024, initial_excl_realignment_bn_yen=7000.0), claim).holds == "no"
    )
    assert (
        audit.answer(altered(tables, "japan_budget", 2022, initial_excl_realignment_bn_yen=np.nan), claim).holds
        == "unknown"
    )


def test_an_earlier_agreement_takes_the_first_place(tables):
    claim = claim_of(tables, "009")
    assert audit.answer(tables, claim).holds == "yes"
    earlier = altered(tables, "agreements", "detta-aus-2014", parties="JPN;SAU")
    assert audit.answer(earlier, claim).holds == "no"


# ---------------------------------------------------------------------------------------------------
# Checks, one by one


@pytest.mark.parametrize(
    ("claimed", "found", "holds"),
    [("7", 7, "yes"), ("7", 8, "no"), (">=4", 4, "yes"), ("<2", 2, "no"), (">12", 12.5, "yes"), ("<=3", 4, "no"),
     ("1.5", 1.49, "yes"), ("1.50", 1.49, "no"), ("5.4", 5.4005, "yes")],
)  # fmt: skip
def test_numbers_are_compared_to_the_digits_given(claimed, found, holds):
    assert audit._number(claimed, found) == holds


@pytest.mark.parametrize(
    ("claimed", "found", "whole", "holds"),
    [("A;B", "AB", "yes", "yes"), ("A;B", "ABC", "yes", "partly"), ("A;B", "ABC", "no", "yes"), ("A;B", "C", "no", "no"),
     ("A;B", "A", "no", "partly"), ("A", "", "yes", "no")],
)  # fmt: skip
def test_sets_are_whole_lists_or_examples(claimed, found, whole, holds):
    assert audit._set(claimed, found, whole) == holds


@pytest.mark.parametrize(
    ("claimed", "date", "overlap", "holds"),
    [("2024-01", "2024-01-29", False, "yes"), ("2024-01", "2024", False, "unknown"), ("2024-01", "2024", True, "yes"),
     ("2024-01", "2024-02-01", True, "no"), ("2025-04/2028-03", "2026-03", False, "yes"), ("2023", None, False, "unknown")],
)  # fmt: skip
def test_dates_lie_in_a_period_for_certain_or_not(claimed, date, overlap, holds):
    bounds = date_bounds(pd.Series([date], dtype="str")).iloc[0]
    assert audit._within(claimed, bounds["earliest"], bounds["latest"], overlap) == holds


def test_several_answers_join():
    assert [audit._joined(x) for x in (["yes"], ["yes", "no"], ["yes", "unknown"], ["no", "no"])] == [
        "yes", "partly", "unknown", "no"]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (made("order", rows="exports-2014;exports-2023"), "yes"),
        (made("order", rows="exports-2023;exports-2014"), "no"),
        (made("order", rows="exports-2023;none-such"), "unknown"),
        (made("wording", "field=equipment words=400", rows="sale-usa-2024-tomahawk-loa"), "yes"),
        (made("wording", "field=equipment words=500", rows="sale-usa-2024-tomahawk-loa"), "no"),
        (made("wording", "field=equipment words=400", rows="none-such"), "unknown"),
        (made("event", rows="none-such"), "unknown"),
        (made("event", "field=standing_from", "2024-04", "jdev-usa-2024-leo-hgv"), "yes"),
        (made("deals_with", "during=2024-01", "3"), "no"),
        (made("deals_with", "during=2024-01", "ARE;DEU"), "partly"),
        (made("deals_with", "during=2024-01 whole=no", "ARE;DEU"), "yes"),
        (made("recipients", "type=OSA fiscal_year=2023", "BGD;FJI;MYS;PHL"), "yes"),
        (made("recipients", "type=OSA fiscal_year=2023 region=South-eastern_Asia", "MYS;PHL"), "yes"),
        (made("recipients", "type=OSA fiscal_year=2023", "VNM"), "no"),
        (made("tally", "table=agreements type=RAA party=JPN", ">=4"), "yes"),
        (made("tally", "table=agreements type=RAA party=JPN during=2022", "3"), "no"),
        (made("tally", "table=exercises parties=JPN+PRK", ">=1"), "unknown"),
        (made("first", "table=agreements type=RAA", rows="raa-gbr-2023"), "no"),
        (made("first", "table=agreements type=RAA", rows="raa-aus-2022"), "yes"),
        (made("first", "table=agreements type=RAA", rows="none-such"), "unknown"),
        (made("figures", "at=transfers/osa-phl-2023/amount scale=1e-6", "600"), "yes"),
        (made("figures", "at=transfers/osa-phl-2023/amount+japan_budget/2022/initial_excl_realignment_bn_yen scale=1e-6+0.001",
              "600;5.3"), "partly"),
        (made("figures", "at=transfers/none-such/amount", "1"), "unknown"),
        (made("months", "kinds=RAA", ">12;<12", "raa-aus-2022;raa-phl-2024"), "yes"),
        (made("months", "kinds=RAA", ">12", "raa-phl-2024"), "no"),
        (made("months", "kinds=RAA", ">12", "raa-fra-2024"), "unknown"),
        (made("months", "kinds=RAA", "<12"), "no"),
        (made("pace", "until=2024-01", "highest"), "partly"),
        (made("pace", "until=1961-05 since=1952-04", "highest"), "no"),
        (made("trend", "table=deals before=2000/2009 during=2015/2023", "rising"), "yes"),
        (made("trend", "table=deals before=2000/2009 during=2015/2023", "falling"), "no"),
        (made("trend", "table=deals before=2000/2009+1990/1999 during=2015/2023+2000/2009", "rising"), "yes"),
        (made("trend", "table=deals before=2000/2009+2018/2019 during=2015/2023+2020/2021", "rising"), "partly"),
        (made("trend", "table=deals before=2000/2009+2015/2023 during=2015/2023+2000/2009", "rising"), "unknown"),
        (made("event", "place=tokyo", rows="two-plus-two-usa-20240728"), "yes"),
        (made("event", "place=washington", rows="two-plus-two-usa-20240728"), "no"),
        (made("trend", "table=transfers type=OSA before=1990/1999 during=2000/2009", "rising"), "unknown"),
        (made("share", "during=2022/2023 party=USA", ">0.99"), "no"),
        (made("share", "during=2022/2023 party=USA", ">0.01"), "yes"),
        (made("share", "during=1945-01 party=USA", ">0.01"), "unknown"),
        (made("around", "kind=RAA table=talks type=NONE", "rising"), "unknown"),
        (made("stage", "partner=USA", "1;2;3;4"), "yes"),
        (made("stage", "partner=PRK", "1"), "no"),
        (made("stage", "partner=DEU", "1;4"), "partly"),
        (made("association", "kinds=ACSA series=bilateral since=2020", "positive"), "unknown"),
        (made("outside"), "unknown"),
    ],
    ids=lambda value: f"{value.check} {value.arguments} {value.value} {value.rows}" if hasattr(value, "check") else value,
)  # fmt: skip
def test_checks_say_yes_and_no(tables, claim, holds):
    assert audit.answer(tables, claim).holds == holds


def test_pace_counts_an_instrument_in_each_month_of_its_events(tables):
    told = audit.answer(tables, made("pace", "until=2024-01", "highest"))
    there = audit.answer(tables, made("deals_with", "during=2024-01", ">=1"))
    assert "detta-are-2023" in there.rows and set(there.rows) <= set(told.rows)
    assert told.found.startswith(f"1 month: {len(there.rows)}, ")


def test_pace_names_the_deals_of_the_fullest_month_before(tables):
    told = audit.answer(tables, made("pace", "until=2024-01", "highest"))
    december = audit.answer(tables, made("deals_with", "during=2023-12", ">=1"))
    assert set(december.rows) <= set(told.rows) and len(december.rows) == 9


def test_a_month_of_more_deals_than_ever_is_the_fullest(tables):
    day = pd.Timestamp("2031-05-10")
    many = tables.transfers.head(40).assign(id=lambda rows: "made-" + rows["id"], step="agreed", date="2031-05-10",
                                            date_earliest=day, date_latest=day)  # fmt: skip
    frames = {name: tables[name] for name in tables} | {"transfers": pd.concat([tables.transfers, many])}
    assert audit.answer(Tables(frames, tables.schema), made("pace", "until=2031-05", "highest")).holds == "yes"


def test_a_rule_is_overtaken_by_what_ends_it(tables, worlds):
    claim = claim_of(tables, "017")
    assert judge(claim, worlds[claim.judged_on], tables) == "overtaken"
    assert judge(claim, worlds[claim.judged_on], worlds[claim.judged_on]) == "supported"
    claim.arguments = "until=exports-2023"
    assert judge(claim, worlds[claim.judged_on], tables) == "contradicted"


def test_the_same_day_tells_no_order(tables):
    assert audit.answer(tables, made("order", rows="exports-2023;sale-usa-2023-patriot")).holds == "unknown"


def test_what_contradicts_is_among_the_rows(tables, worlds, verdicts):
    assert "asterx" in verdicts.loc["claim-425", "rows"].split(";")
    claim = claim_of(tables, 214, covers="whole")
    changed = altered(tables, "agreement_types", "ALLIANCE", promises_force="no", reciprocal="yes")
    row = audit._judged(claim, changed, changed, audit._graded(changed))
    assert (row["verdict"], row["rows"]) == ("contradicted", "ALLIANCE")
    weak = altered(changed, "agreement_types", "ALLIANCE", confidence="medium")
    assert audit._judged(claim, weak, weak, audit._graded(weak))["verdict"] == "not checkable"


def test_too_many_rows_of_a_sample_are_no_doubt(tables):
    assert audit.answer(tables, made("tally", "table=exercises party=AUS", "1")).holds == "no"


def test_a_share_needs_an_interval_beyond_the_claim(tables):
    told = audit.answer(tables, made("share", "during=2022/2024-05-13 party=USA", ">0.2"))
    assert told.holds in ("unknown", "yes") and "percent" in told.found


def test_our_own_coding_is_told_from_dated_facts(tables):
    own = tables.claims["check"][audit.own_coding(tables.claims)]
    assert set(own) == {"marks", "tally", "wording"} and (own == "tally").sum() == 1
    assert not audit.own_coding(tables.claims[tables.claims["check"].isin(["event", "partners", "ratio"])]).any()


def test_what_is_tested_in_part_says_so(tables, verdicts):
    part = tables.claims.set_index("id")["covers"] == "part"
    assert not verdicts.loc[part, "verdict"].isin(["supported"]).any()
    assert tables.claims.loc[(tables.claims["covers"] == "part"), "note"].notna().all()


@pytest.mark.parametrize(
    ("estimate", "low", "high", "claimed", "holds"),
    [(2, 1.5, 3, "rising", "yes"), (2, 1.5, 3, "falling", "no"), (2, 0.9, 3, "rising", "unknown"), (0.5, 0.2, 0.9, "falling", "yes")],
)  # fmt: skip
def test_a_direction_needs_an_interval_on_its_side(estimate, low, high, claimed, holds):
    assert audit._toward(claimed, estimate, low, high, neutral=1) == holds


def test_an_order_made_to_fit_is_seen(tables, monkeypatch):
    ladder = [
        {"partner": f"P{k:02}", "stage": stage, "kind": f"k{stage}", "id": f"r{k}-{stage}", "earliest": day, "latest": day}
        for k in range(12)
        for stage, day in zip((1, 2, 3, 4), pd.date_range(f"{1960 + 5 * k}-01-01", periods=4, freq="YS"), strict=True)
    ]  # fmt: skip
    frame = pd.DataFrame(ladder).assign(
        rule="r", table="talks", title="", date="", bounded=True, confidence="high", sources=""
    )
    monkeypatch.setattr(audit.stages, "evidence", lambda tables, *rest: frame)
    told = audit.answer(tables, made("path"))
    assert told.found.startswith("72 of 72 decided pairs") and told.holds == "yes"


def test_unknown_checks_and_arguments_are_named(tables):
    with pytest.raises(ValueError, match="made: no check 'count_them'"):
        audit.answer(tables, made("count_them"))
    with pytest.raises(ValueError, match=r"made: .*colour"):
        audit.answer(tables, made("partners", "kinds=ACSA colour=red", "7"))
    with pytest.raises(ValueError, match=r"made: .*height"):
        audit.answer(tables, made("tally", "table=talks height=3", "7"))


# ---------------------------------------------------------------------------------------------------
# Verdicts


@pytest.mark.parametrize(
    ("kind", "check", "then", "now", "strong", "expected"),
    [
        ("count", "partners", "yes", "yes", True, "supported"),
        ("count", "partners", "yes", "no", True, "overtaken"),
        ("count", "partners", "yes", "partly", True, "overtaken"),
        ("count", "partners", "no", "yes", True, "overtaken"),
        ("count", "partners", "no", "no", True, "contradicted"),
        ("count", "partners", "no", "no", False, "not checkable"),
        ("count", "partners", "unknown", "yes", True, "supported"),
        ("event", "event", "yes", "no", True, "supported"),
        ("event", "event", "unknown", "partly", True, "partly"),
        ("event", "event", "unknown", "unknown", True, "not checkable"),
        ("forecast", "event", "no", "yes", True, "supported"),
        ("forecast", "event", "yes", "no", True, "contradicted"),
    ],
)
def test_two_days_make_one_verdict(kind, check, then, now, strong, expected):
    claim = SimpleNamespace(kind=kind, check=check, covers="whole")
    assert audit.verdict(claim, Answer(then, ""), Answer(now, ""), strong) == expected
    claim.covers = "part"
    capped = "partly" if expected == "supported" else expected
    assert audit.verdict(claim, Answer(then, ""), Answer(now, ""), strong) == capped


def test_sure_rows_are_the_sure_ones_only(tables):
    sure = audit.sure_rows(tables)
    assert set(sure.agreements["confidence"]) == set(sure.exercises["confidence"]) == {"high"}
    assert len(sure.agreements) < len(tables.agreements) and len(sure.sources) == len(tables.sources)


def test_definitions_start_with_the_nearest_and_count_what_they_list(worlds):
    table = audit.definitions(worlds["2024-04-12"], "ISA", 13)
    assert table["difference"].abs().is_monotonic_increasing
    assert (table["partners"].str.split().str.len() == table["count"]).all()
    assert (table["count"] - table["difference"] == 13).all()
    assert table.loc["in force", "count"] == 9 and (table["lacks"] == "").all()


def test_of_definitions_alike_the_one_with_all_the_names_comes_first(worlds):
    table = audit.definitions(worlds["2024-04-12"], "DETTA", 16, "BGD+USA+CAN")
    assert table["lacks"].iloc[0] == "CAN" and table.loc["in force", "lacks"] == "BGD CAN"
    alike = table[table["difference"] == table["difference"].iloc[0]]
    assert alike["lacks"].str.len().is_monotonic_increasing


def test_evidence_gives_dates_sources_and_notes(tables):
    found = audit.evidence(tables, "raa-phl-2024;exports-2014;none-such")
    assert found.index.tolist() == ["raa-phl-2024", "exports-2014"]
    assert found["date"].tolist() == ["2024-07-08", "2014-04-01"]
    assert audit.evidence(tables, "").empty


def test_a_trend_counts_the_days_of_a_crowded_meeting_once(tables):
    """Ten texts signed on one day are ten rows, but no ten decisions."""
    one = tables.agreements[tables.agreements["id"] == "jdev-gbr-ita-2022-gcap"]
    crowd = pd.concat([one.assign(id=f"made-{k}") for k in range(12)])
    frames = {name: tables[name] for name in tables} | {"agreements": crowd}
    claim = made("trend", "table=agreements type=JDEV before=2015/2018 during=2019/2022", "rising")
    told = audit.answer(Tables(frames, tables.schema, tables.as_of), claim)
    assert told.holds == "partly" and told.found.endswith("1 of 2 comparisons beyond chance")


def test_a_median_counts_open_talks_as_long_as_they_were_seen(tables):
    """Taking the end from signed talks lengthens the wait: dropping them would not."""
    claim, short = made("months", "kinds=ACSA+ISA+DETTA+RAA", "<600"), made("months", "kinds=ACSA+ISA+DETTA+RAA", "<19")
    assert audit.answer(tables, claim).holds == audit.answer(tables, short).holds == "yes"
    frame = tables.agreements.copy()
    signed = frame["type"].isin(["ACSA", "DETTA", "RAA"]) & frame["negotiations_opened"].notna()
    for column in ("signed", "signed_earliest", "signed_latest"):
        frame.loc[signed, column] = pd.NaT if "_" in column else None
    opened = Tables({name: tables[name] for name in tables} | {"agreements": frame}, tables.schema, tables.as_of)
    assert audit.answer(opened, short).holds != "yes"


def test_base_rates_ask_the_same_of_ten_earlier_years(tables):
    assert audit.base_rate(tables, made("deals_with", "during=2024-02/2024-12", ">=1")) == 1
    assert audit.base_rate(tables, made("deals_with", "during=2024-02/2024-12", ">=99")) == 0
    since_2023 = made("tally", "table=transfers type=OSA during=2024", ">=1")
    assert audit.base_rate(tables, since_2023) == 0.1  # the first grant is of 2023
    assert np.isnan(audit.base_rate(tables, made("event", rows="raa-phl-2024")))
    assert np.isnan(audit.base_rate(tables, made("trend", "table=deals before=2000/2009 during=2015/2023", "rising")))


def test_a_row_that_only_the_article_states_cannot_contradict(tables):
    claim = claim_of(tables, 301, value="2024-07-29")
    row = audit._judged(claim, tables, tables, audit._graded(tables))
    assert (row["verdict"], row["citing"], row["alone"]) == ("contradicted", "", "")
    own = altered(tables, "talks", "two-plus-two-usa-20240728", sources=claim.sources)
    row = audit._judged(claim, own, own, audit._graded(own))
    assert (row["verdict"], row["citing"], row["alone"]) == ("not checkable", claim.rows, claim.rows)
    both = altered(tables, "talks", "two-plus-two-usa-20240728", sources=f"{claim.sources};mod-2024-scc")
    row = audit._judged(claim, both, both, audit._graded(both))
    assert (row["verdict"], row["citing"], row["alone"]) == ("contradicted", claim.rows, "")


def test_the_dossier_shows_value_reading_evidence_and_weak_points(tables, verdicts):
    dossier = audit.dossier(tables, verdicts)
    assert dossier.index.equals(verdicts.index) and dossier.notna().all(axis=None)
    acsa = dossier.loc["claim-404"]
    assert "[7]" in acsa["claim"] and acsa["found"].startswith("Then: 7") and "Today: 11" in acsa["found"]
    assert acsa["evidence"].startswith("acsa-") and acsa["evidence"].endswith(";\nand 7 more")
    weak = verdicts.query("weak != '' and verdict != sure").index
    assert dossier.loc[weak, "evidence"].str.contains(" confidence: ").all()
    assert dossier.loc[weak, "verdict"].str.contains("by rows of high confidence").all()
    outside = tables.claims.set_index("id").query("check == 'outside'").index
    assert not dossier.loc[outside, "claim"].str.contains(". Read: ", regex=False).any()
    assert not dossier["found"].str.contains("..", regex=False).any()
