"""The loader: what it reads, refuses, dates, cuts and answers."""

import shutil
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import TableError, Tables, load_tables
from helpers.tables import STATUSES, date_bounds, party_rows, status_on, tie
from report.execute import ROOT

# ---------------------------------------------------------------------------------------------------
# Reading


def test_every_csv_is_a_table_and_an_attribute(tables):
    files = {path.stem for path in (ROOT / "data").glob("*.csv")}
    assert set(tables) == files
    assert files <= set(dir(tables))
    assert all(len(tables[name]) == len(getattr(tables, name)) for name in files)


def test_unknown_table_names_the_choices(tables):
    with pytest.raises(AttributeError, match="no table 'agreement'; there are: sources"):
        tables.agreement  # noqa: B018


def test_cells_keep_what_the_file_says(tables):
    row = tables.agreements.set_index("id").loc["detta-aus-2014"]
    assert row["in_force"] == "2014-12"
    assert (row["in_force_earliest"], row["in_force_latest"]) == (pd.Timestamp(2014, 12, 1), pd.Timestamp(2014, 12, 31))
    assert pd.isna(row["ended"])


def test_numbers_are_numbers(tables):
    budget = tables.japan_budget
    assert budget["fiscal_year"].dtype == "int64"
    assert budget["initial_excl_realignment_bn_yen"].dtype == "float64"
    assert tables.exercise_series["complete_from"].dtype == "Int64"


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_byte_order_mark_and_windows_line_ends_are_read(data, tables, change):
    for path in data.glob("*.csv"):
        with path.open("r", encoding="utf-8", newline="") as file:
            text = file.read()
        path.write_bytes(change(text).encode())
    again = load_tables(data)
    for name in tables:
        pd.testing.assert_frame_equal(again[name], tables[name])


def test_nothing_is_written(data):
    before = {path: path.stat().st_mtime_ns for path in data.iterdir()}
    load_tables(data)
    load_tables(data, as_of="2020-01-01")
    assert {path: path.stat().st_mtime_ns for path in data.iterdir()} == before


def test_a_missing_file_is_named(data):
    (data / "talks.csv").unlink()
    with pytest.raises(TableError, match=r"talks\.csv, line 1, column \(line\): '' - allowed: the file must exist"):
        load_tables(data)


def test_a_folder_without_schema_is_named(tmp_path):
    with pytest.raises(TableError, match=r"datapackage\.json.*a data package"):
        load_tables(tmp_path)


def test_a_broken_schema_is_named(data):
    (data / "datapackage.json").write_text('{\n"resources": [,]}', encoding="utf-8")
    with pytest.raises(TableError, match=r"datapackage\.json, line 2"):
        load_tables(data)


# ---------------------------------------------------------------------------------------------------
# Dates

days = st.dates(date(1950, 1, 1), date(2026, 12, 31))
reduced = days.flatmap(lambda day: st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"]))


@given(reduced)
def test_a_date_means_the_days_that_begin_with_it(written):
    earliest, latest = date_bounds(pd.Series([written])).iloc[0]
    assert f"{earliest:%Y-%m-%d}".startswith(written)
    assert f"{latest:%Y-%m-%d}".startswith(written)
    assert not f"{earliest - pd.Timedelta(days=1):%Y-%m-%d}".startswith(written)
    assert not f"{latest + pd.Timedelta(days=1):%Y-%m-%d}".startswith(written)


@given(st.text(max_size=12))
def test_what_is_no_date_has_no_bounds(written):
    bounds = date_bounds(pd.Series([written], dtype="str"))
    assert bounds.isna().all(axis=None) or written.replace("-", "").isdigit()


# ---------------------------------------------------------------------------------------------------
# As of a day


def later_facts(tables, day):
    """Dates in the tables that lie, or may lie, after a day."""
    found = []
    for resource in tables.schema["resources"]:
        for column in resource.get("asOf", {}).get("facts", []):
            latest = tables[resource["name"]].get(f"{column}_latest")
            if latest is not None:
                found += [(resource["name"], column)] * int((latest > pd.Timestamp(day)).sum())
    return found


@settings(max_examples=12)  # each example loads the tables
@given(days)
def test_as_of_never_shows_a_later_fact(day):
    then = load_tables(as_of=f"{day}")
    assert not later_facts(then, day)
    assert all(then[name]["note"].isna().all() for name in then if "note" in then[name])
    assert (then.japan_budget["fiscal_year"] <= day.year).all()


@settings(max_examples=12)  # each example loads the tables
@given(st.lists(days, min_size=2, max_size=2, unique=True).map(sorted))
def test_moving_forward_never_loses_an_event(pair):
    early, late = (load_tables(as_of=f"{day}") for day in pair)
    for name in ("agreements", "talks", "exercises", "transfers", "milestones"):
        assert set(early[name]["id"]) <= set(late[name]["id"]), name
        known = early[name].set_index("id")
        same = late[name].set_index("id").loc[known.index]
        for column in known.columns.difference(["note"]):
            kept = known[column].notna()
            assert (known.loc[kept, column] == same.loc[kept, column]).all(), (name, column)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-11-02", "absent"),
        ("2023-11-03", "negotiating"),
        ("2024-07-07", "negotiating"),
        ("2024-07-08", "signed"),
        ("2025-09-10", "signed"),
        ("2025-09-11", "in force"),
    ],
)
def test_the_philippine_access_agreement_as_of(day, expected):
    then = load_tables(as_of=day)
    status = status_on(then, day)
    assert status.get("raa-phl-2024", "absent") == expected


def test_as_of_a_day_in_a_reduced_date_does_not_show_it(tables):
    assert "2014-12" in tables.agreements.set_index("id").loc["detta-aus-2014", "in_force"]
    inside, after = load_tables(as_of="2014-12-15"), load_tables(as_of="2014-12-31")
    assert pd.isna(inside.agreements.set_index("id").loc["detta-aus-2014", "in_force"])
    assert after.agreements.set_index("id").loc["detta-aus-2014", "in_force"] == "2014-12"


def test_as_of_knows_only_the_releases_of_its_time():
    then = load_tables(as_of="2024-05-13")
    assert set(then.military_expenditure["release"]) == {"2024-04"}
    assert then.japan_economy["released_latest"].max() <= pd.Timestamp(2024, 5, 13)


@pytest.mark.parametrize("day", ["2024", "2024-13-01", "yesterday", "2024-05-13 10:00"])
def test_as_of_takes_a_day_only(day):
    with pytest.raises(ValueError, match="is not a day"):
        load_tables(as_of=day)


# ---------------------------------------------------------------------------------------------------
# Status, parties, ties: small tables counted by hand

AGREEMENTS = {
    "full": ("ACSA", "JPN;AUS", {"negotiations_opened": "2009", "signed": "2010-05-19", "in_force": "2013-01-31", "ended": "2017-09-06"}),
    "text": ("MEMORANDUM", "JPN;AUS", {"signed": "2008-12"}),
    "unsigned": ("ACSA", "JPN;USA", {"negotiations_opened": "2020-03"}),
    "attested": ("ACSA", "AUS;USA", {"signed": "1990", "attested": "1994"}),
    "stalled": ("ACSA", "AUS;NZL", {"signed": "1990", "standing_from": "2001", "standing": "dormant"}),
    "joined": ("ALLIANCE", "AUS;NZL;USA", {"signed": "1951", "in_force": "1952-04-29"}),
}  # fmt: skip


@pytest.fixture
def small(tables):
    """Six agreements between four states."""
    columns = [c for c in tables.agreements.columns if not c.endswith(("_earliest", "_latest"))]
    frame = pd.DataFrame(
        [{"id": key, "type": kind, "parties": parties, **dates} for key, (kind, parties, dates) in AGREEMENTS.items()],
        columns=columns,
    ).astype("str")
    frame = frame.mask(frame == "nan")
    names = ["negotiations_opened", "signed", "in_force", "ended", "attested", "standing_from"]
    bounds = [date_bounds(frame[name]).add_prefix(f"{name}_") for name in names]
    frames = {name: tables[name] for name in tables}
    frames["agreements"] = pd.concat([frame, *bounds], axis=1)
    frames["accessions"] = tables.accessions.iloc[:0]
    frames["tie_exceptions"] = tables.tie_exceptions.iloc[:0]
    return Tables(frames, tables.schema)


@pytest.mark.parametrize(
    ("key", "day", "expected"),
    [
        ("full", "2009-12-30", "not yet"),
        ("full", "2009-12-31", "negotiating"),
        ("full", "2010-05-19", "signed"),
        ("full", "2013-01-30", "signed"),
        ("full", "2013-01-31", "in force"),
        ("full", "2017-09-06", "ended"),
        ("text", "2008-12-30", "not yet"),
        ("text", "2008-12-31", "in force"),
        ("unsigned", "2026-06-30", "negotiating"),
        ("attested", "1994-06-01", "signed"),
        ("attested", "1994-12-31", "in force"),
        ("stalled", "2001-06-01", "signed"),
        ("stalled", "2001-12-31", "dormant"),
    ],
)
def test_status_by_hand(small, key, day, expected):
    assert status_on(small, day)[key] == expected


def test_status_by_the_earliest_day(small):
    assert status_on(small, "2009-01-01", bound="earliest")["full"] == "negotiating"
    assert status_on(small, "2008-12-01", bound="earliest")["text"] == "in force"


@settings(max_examples=12)  # each example loads the tables
@given(days)
def test_status_has_one_of_its_values_and_follows_as_of(day):
    limited = min(day, date(2026, 6, 30))
    now, then = load_tables(), load_tables(as_of=f"{limited}")
    standings = {"considered", "announced", "dormant", "unclear", "completed"}
    today, earlier = status_on(now, f"{limited}"), status_on(then, f"{limited}")
    assert set(today) <= {*STATUSES, *standings}
    assert (today[earlier.index] == earlier).all()
    assert (today.drop(earlier.index) == "not yet").all()


def test_status_after_the_horizon_is_refused(tables):
    with pytest.raises(ValueError, match="after the horizon of agreements"):
        status_on(tables, "2027-01-01")


def test_party_rows_are_one_per_agreement_and_party(small):
    rows = party_rows(small)
    assert len(rows) == 13
    assert rows.groupby("agreement_id")["party"].agg(list)["joined"] == ["AUS", "NZL", "USA"]


@pytest.mark.parametrize(
    ("a", "b", "kind", "day", "expected"),
    [
        ("JPN", "AUS", "ACSA", "2015-01-01", "tie"),
        ("AUS", "JPN", "ACSA", "2015-01-01", "tie"),
        ("JPN", "AUS", "ACSA", "2012-01-01", "no tie"),
        ("JPN", "USA", "ACSA", "2021-01-01", "no tie"),
        ("AUS", "USA", "ACSA", "1993-01-01", "not coded"),
        ("AUS", "USA", "ACSA", "1995-01-01", "tie"),
        ("AUS", "NZL", "ALLIANCE", "1960-01-01", "tie"),
        ("AUS", "NOR", "ALLIANCE", "1960-01-01", "not coded"),
        ("AUS", "IND", "ALLIANCE", "1960-01-01", "no tie"),
        ("JPN", "FRA", "VFA", "2020-01-01", "no tie"),
        ("JPN", "AUS", "ACSA", "2030-01-01", "after the horizon"),
    ],
)
def test_ties_by_hand(small, a, b, kind, day, expected):
    assert tie(small, a, b, kind, day) == expected


def test_a_party_ties_from_the_day_it_joined(tables):
    assert tie(tables, "SWE", "USA", "ALLIANCE", "2024-03-06") == "no tie"
    assert tie(tables, "SWE", "USA", "ALLIANCE", "2024-03-07") == "tie"


def test_a_party_ties_until_the_day_it_left(tables):
    assert tie(tables, "GBR", "SWE", "ALLIANCE", "2020-01-30") == "tie"
    assert tie(tables, "GBR", "SWE", "ALLIANCE", "2020-01-31") == "no tie"


def test_an_excepted_pair_is_no_tie(tables):
    assert tie(tables, "NZL", "USA", "ALLIANCE", "1985-01-01") == "tie"
    assert tie(tables, "NZL", "USA", "ALLIANCE", "1987-01-01") == "no tie"


@pytest.mark.parametrize(("a", "b", "kind"), [("JPN", "XYZ", "ACSA"), ("JPN", "JPN", "ACSA"), ("JPN", "AUS", "PACT")])
def test_a_tie_needs_codes_that_exist(tables, a, b, kind):
    with pytest.raises(ValueError, match=r"no party 'XYZ'|two parties|no kind 'PACT'"):
        tie(tables, a, b, kind, "2020-01-01")


def test_a_copy_of_the_tables_loads_the_same(tmp_path, tables):
    shutil.copytree(ROOT / "data", tmp_path / "elsewhere")
    again = load_tables(tmp_path / "elsewhere")
    assert repr(again) == repr(tables)
