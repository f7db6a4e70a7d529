"""One partner's brief: what may be asked, what it holds, and that it can be run for everyone."""

import nbformat
import pandas as pd
import pytest

from helpers import brief, load_tables
from report.execute import BRIEF, brief_of, execute, execute_in_turn


@pytest.fixture(scope="module")
def past():
    return load_tables(as_of="2024-08-31")


def test_partners_have_an_instrument_signed_or_in_force(tables, past):
    names = brief.partners(tables)
    assert {"AUS", "USA", "NATO", "PHL"} <= set(names.index) and not {"JPN", "RUS", "PRK"} & set(names.index)
    assert names.is_monotonic_increasing
    assert set(brief.partners(past).index) < set(names.index)
    for code in names.index:
        assert brief.held(tables, code)["status"].isin(["signed", "in force"]).any(), code


@pytest.mark.parametrize(
    ("partner", "as_of", "words"),
    [
        ("XXX", "", "PARTNER XXX: no partner with a tie to Japan; there are: ASEAN .*, AUS Australia, .*VNM Vietnam"),
        ("", "", r"PARTNER \(blank\): no partner"),
        ("JPN", "", "PARTNER JPN"),
        ("aus", "", "AUS Australia"),
        ("AUS", "1945-12-31", "AS_OF 1945-12-31: the tables reach from 1946-01-01 to 2026-06-30"),
        ("AUS", "2026-07-01", "AS_OF 2026-07-01: the tables reach from 1946-01-01 to 2026-06-30"),
        ("AUS", "August 2024", "days are written YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_asked_names_the_choices(partner, as_of, words):
    with pytest.raises(ValueError, match=words):
        brief.load(partner, as_of)


def test_the_first_and_the_last_day_can_be_asked():
    assert brief.load("AUS", "1946-01-01").as_of == pd.Timestamp("1946-01-01")
    assert brief.load("AUS", "2026-06-30").as_of == pd.Timestamp("2026-06-30")


def test_status_is_that_of_the_day(tables, past):
    assert brief.held(past, "PHL").loc["raa-phl-2024", "status"] == "signed"
    assert brief.held(tables, "PHL").loc["raa-phl-2024", "status"] == "in force"
    assert "detta-mng-2024" not in brief.held(past, "MNG").index
    group = brief.held(tables, "ITA").loc["jdev-gbr-ita-2022-gcap"]
    assert (group["kind"], group["others"]) == ("JDEV", "GBR")


def test_history_has_every_dated_row_of_the_two(tables):
    points = brief.history(tables, "MNG")
    both = [
        tables[name]["parties"].str.split(";").map(lambda some: {"JPN", "MNG"} <= set(some))
        for name in ("talks", "exercises")
    ]
    talks = tables.talks[both[0]]["date"].notna().sum()
    assert (points["what"] == "talks").sum() == talks and points["year"].is_monotonic_increasing
    assert set(points["what"]) == {"agreement", "talks", "exercise", "transfer"}
    assert points.loc[points["id"] == "detta-mng-2024", "year"].item() == pytest.approx(2024 + 345 / 366)


def test_the_stage_path_names_the_first_row_by_each_set_of_rules(tables):
    path = brief.stage_path(tables, "DEU").set_index(["stage", "rules"])
    assert path.loc[(2, "baseline"), "id"] == "detta-deu-2017" and path.loc[(2, "strict"), "id"] == "acsa-deu-2024"
    assert pd.isna(path.loc[(4, "baseline"), "id"]) and len(path) == 12


def test_years_without_an_exercise_are_there(tables):
    drills = brief.exercises_by_year(tables, "MNG")
    assert drills.index.tolist() == list(range(drills.index[0], 2027))
    rows = tables.exercises["parties"].str.split(";").map(lambda some: {"JPN", "MNG"} <= set(some))
    assert drills.to_numpy().sum() == tables.exercises[rows]["start"].notna().sum()
    assert brief.exercises_by_year(tables, "GRC").empty


def test_position_is_of_the_coded_states_only(tables):
    assert brief.position(tables, "QAT").empty and brief.position(tables, "NATO").empty
    ranks = brief.position(tables, "USA")
    assert ranks.loc["strength", "rank"] == 1 and (ranks["of"] == 22).all()


def test_spending_lines_begin_with_the_partners_figures(tables):
    assert brief.spending_line(tables, "NATO").empty
    lines = brief.spending_line(tables, "AUS")
    assert list(lines) == ["JPN", "AUS"] and lines["AUS"].notna().iloc[0]
    assert brief.spending_line(load_tables(as_of="1960-01-01"), "AUS").empty


def test_no_tie_and_not_coded_stay_apart(tables):
    told = brief.answers(tables, "DEU")["answer"]
    assert (told["ACSA"], told["ALLIANCE"], told["ACCESS"]) == ("tie", "no tie", "not coded")


def test_weak_points_are_the_rows_without_high_confidence(tables):
    weak = brief.weak_points(tables, "AUS")
    assert set(weak["confidence"]) == {"medium", "low"} and weak.loc["minilateral-quad-2007", "note"]
    assert weak.index.is_unique


def test_trade_names_both_sides(tables):
    sold = brief.trade(tables, "MNG").loc["osa-mng-2025"]
    assert (sold["from"], sold["to"], sold["kind"]) == ("JPN", "MNG", "OSA")


@pytest.fixture(scope="module")
def run():
    """Briefs of partners with much, little and nothing of some kinds, the first again at the end, in one kernel."""
    asked = [("DEU", ""), ("GRC", ""), ("NATO", ""), ("AUS", "1950-01-01"), ("DEU", "")]
    notebooks = execute_in_turn(brief_of(partner, as_of) for partner, as_of in asked)
    return [notebook for _, notebook in zip(asked, notebooks, strict=True)]


def test_briefs_run_for_partners_with_little(run):
    for notebook in run:
        text = str([cell.get("outputs") for cell in notebook.cells])
        assert "Data to" in text and "Traceback" not in text and "Warning" not in text
    assert "No exercise in the tables." in str(run[1].cells) and "Nothing dated by this day." in str(run[3].cells)


def test_a_kernel_that_has_run_others_gives_the_same_as_a_fresh_one(run, tmp_path):
    assert run[0] == run[-1]
    fresh, stored = execute(BRIEF), nbformat.read(BRIEF, as_version=4)
    assert [cell.get("outputs") for cell in fresh.cells] == [cell.get("outputs") for cell in stored.cells]
    again = next(execute_in_turn([brief_of("DEU")]))
    assert again == run[0]


def test_a_brief_of_an_unknown_partner_stops_with_the_choices():
    from nbclient.exceptions import CellExecutionError

    with pytest.raises(CellExecutionError, match="PARTNER XXX: no partner with a tie"):
        next(execute_in_turn([brief_of("XXX")]))
