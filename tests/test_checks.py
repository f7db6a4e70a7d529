"""The checks: what a table must be, and how a fault is named."""

import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import TableError, load_tables
from helpers.checks import Fault, read_table

# ---------------------------------------------------------------------------------------------------
# One small table

RESOURCE = {
    "path": "visits.csv",
    "schema": {
        "primaryKey": "port",
        "fields": [
            {"name": "port", "type": "string", "constraints": {"required": True}},
            {"name": "day", "type": "string", "rdfType": "edtf"},
            {"name": "ships", "type": "integer", "constraints": {"minimum": 1}},
        ],
    },
}


def read(text):
    return read_table(text.encode(), RESOURCE)


def test_a_table_is_read_as_columns_of_text():
    raw = read("port,day,ships\nSasebo,2023-05,2\nKure,,\n")
    assert raw.cells == {"port": ["Sasebo", "Kure"], "day": ["2023-05", None], "ships": ["2", None]}
    assert raw.spans["day"] == [("2023-05-01", "2023-05-31"), ("NaT", "NaT")]
    assert raw.numbers["ships"][0] == 2
    assert pd.isna(raw.numbers["ships"][1])
    assert not raw.faults


def test_lines_are_counted_as_an_editor_does():
    raw = read('port,day,ships\n\n"Sa\nsebo",2023,2\nKure,2023,1\n')
    assert raw.lines == [3, 5]


def test_columns_may_stand_in_any_order():
    assert read("ships,port,day\n2,Kure,2023\n").cells["port"] == ["Kure"]


def test_a_fault_says_what_is_allowed():
    words = str(Fault("visits.csv", 7, "ships", "0", "a whole number from 1"))
    assert words == "visits.csv, line 7, column ships: '0' - allowed: a whole number from 1"


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=8))
def test_what_is_written_is_read(words):
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(
        [["port", "day", "ships"], *([word, "2023", "1"] for word in words)]
    )
    raw = read_table(file.getvalue().encode(), RESOURCE)
    assert raw.cells["port"] == words


# ---------------------------------------------------------------------------------------------------
# Refusing: one kind of damage at a time


def cell(table, row, column, value):
    """Damage that puts a value into one cell (row 0 is the first below the header)."""

    def damage(folder):
        path = folder / f"{table}.csv"
        frame = pd.read_csv(path, dtype="str", keep_default_na=False)
        frame.loc[row, column] = value
        frame.to_csv(path, index=False, lineterminator="\n")

    return damage


def text(table, change):
    """Damage that changes the text of a file."""

    def damage(folder):
        path = folder / f"{table}.csv"
        path.write_bytes(change(path.read_bytes()))

    return damage


def first_line(change):
    return lambda raw: change(raw.split(b"\n", 1)[0]) + b"\n" + raw.split(b"\n", 1)[1]


def swap_last(old, new):
    return lambda raw: new.join(raw.rsplit(old, 1))


DAMAGES = {
    "month 13": (cell("agreements", 0, "signed", "2016-13"), 2, "signed"),
    "day that does not exist": (cell("talks", 3, "date", "2023-02-30"), 5, "date"),
    "date in words": (cell("milestones", 1, "date", "May 2024"), 3, "date"),
    "day first": (cell("transfers", 2, "date", "05/08/2015"), 4, "date"),
    "two-digit year": (cell("exercises", 9, "start", "78"), 11, "start"),
    "signed before talks opened": (cell("agreements", 40, "negotiations_opened", "2025-01"), 42, "signed"),
    "ended before it entered into force": (cell("agreements", 10, "ended", "1900"), 12, "ended"),
    "exercise that ends before it starts": (cell("exercises", 0, "end", "1950-01-01"), 2, "end"),
    "unknown party": (cell("agreements", 5, "parties", "JPN;XXX"), 7, "parties"),
    "party twice": (cell("talks", 0, "parties", "JPN;JPN"), 2, "parties"),
    "party in small letters": (cell("exercises", 4, "parties", "jpn;USA"), 6, "parties"),
    "comma in a list": (cell("exercises", 4, "parties", "JPN,USA"), 6, "parties"),
    "unknown kind of agreement": (cell("agreements", 8, "type", "TREATY"), 10, "type"),
    "unknown source": (cell("talks", 6, "sources", "no-such-source"), 8, "sources"),
    "no source": (cell("transfers", 4, "sources", ""), 6, "sources"),
    "value outside the vocabulary": (cell("agreements", 3, "confidence", "certain"), 5, "confidence"),
    "vocabulary in other case": (cell("exercises", 2, "kind", "Bilateral"), 4, "kind"),
    "id used twice": (cell("talks", 7, "id", "talks-kor-19790725"), None, "id"),
    "id of another table": (cell("transfers", 0, "id", "acsa-deu-2024"), 2, "id"),
    "id with a blank": (cell("agreements", 2, "id", "acsa deu"), 4, "id"),
    "key used twice": (cell("japan_budget", 1, "fiscal_year", "1955"), 3, "fiscal_year"),
    "part of an agreement that is not there": (cell("agreements", 4, "part_of", "acsa-xyz-1999"), 6, "part_of"),
    "edition of a series that is not there": (cell("exercises", 4, "series", "no-series"), 6, "series"),
    "number in words": (cell("japan_budget", 3, "initial_excl_realignment_bn_yen", "300 bn"), 5, "initial_excl_realignment_bn_yen"),
    "decimal comma": (cell("japan_budget", 3, "initial_excl_realignment_bn_yen", "301,4"), 5, "initial_excl_realignment_bn_yen"),
    "number below its limit": (cell("transfers", 3, "amount", "-5"), 5, "amount"),
    "infinite number": (cell("military_expenditure", 0, "usd_current_m", "inf"), 2, "usd_current_m"),
    "half a year": (cell("exercise_counts", 2, "count", "6.5"), 4, "count"),
    "n/a": (cell("agreements", 6, "ended", "n/a"), 8, "ended"),
    "NULL": (cell("exercises", 3, "place", "NULL"), 5, "place"),
    "dash for nothing": (cell("talks", 2, "end_date", "-"), 4, "end_date"),
    "apostrophe for nothing": (cell("claims", 0, "value", "'"), 2, "value"),
    "spreadsheet formula": (cell("agreements", 1, "note", "=SUM(A1)"), 3, "note"),
    "formula with @": (cell("exercises", 1, "title", "@cmd"), 3, "title"),
    "blank before the value": (cell("talks", 1, "place", " Tokyo"), 3, "place"),
    "no-break space": (cell("talks", 1, "place", "Tokyo\u00a0"), 3, "place"),
    "line break in a cell": (cell("talks", 1, "note", "one\ntwo"), 3, "note"),
    "bytes of another encoding": (text("parties", lambda raw: raw.replace("Türkiye".encode(), "Türkiye".encode("cp1252"))), None, "name"),
    "source that nobody cites": (text("sources", lambda raw: raw + b"lonely-2024,Title,Publisher,2024,,news\n"), None, "key"),
    "rule on a column that is not there": (cell("stage_rules", 0, "where", "rank=high"), 2, "where"),
    "column missing": (text("parties", first_line(lambda line: line.replace(b",region", b",area"))), 1, "region"),
    "column twice": (text("parties", first_line(lambda line: line.replace(b",region", b",name"))), 1, "name"),
    "cell too many": (text("coverage", swap_last(b"\n", b",extra\n")), None, "(line)"),
    "quote left open": (text("talks", lambda raw: raw + b'"open\n'), None, "(line)"),
    "semicolons instead of commas": (text("parties", lambda raw: raw.replace(b",", b";")), 1, "(line)"),
    "table without rows": (text("stages", lambda raw: raw.split(b"\n")[0] + b"\n"), 1, "(line)"),
    "empty file": (text("stages", lambda raw: b""), 1, "stage"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_named_by_file_line_and_column(data, name):
    damage, line, column = DAMAGES[name]
    before = {path.name: path.read_bytes() for path in data.glob("*.csv")}
    damage(data)
    changed = next(file for file, content in before.items() if (data / file).read_bytes() != content)
    with pytest.raises(TableError) as caught:
        load_tables(data)
    faults = [fault for fault in caught.value.faults if fault.file == changed and fault.column == column]
    assert faults, f"{changed}, column {column} not named in: {caught.value}"
    assert line is None or line in [fault.line for fault in faults]
    assert all(fault.allowed for fault in faults)
    assert f"{changed}, line {faults[0].line}, column {column}: " in str(caught.value)


def test_all_faults_come_at_once(data):
    for name in ("month 13", "unknown party", "no source", "decimal comma"):
        DAMAGES[name][0](data)
    with pytest.raises(TableError) as caught:
        load_tables(data)
    assert {fault.file for fault in caught.value.faults} >= {"agreements.csv", "transfers.csv", "japan_budget.csv"}
    assert caught.value.faults == sorted(caught.value.faults)
    assert str(caught.value).count("\n") == len(caught.value.faults)


def test_a_table_that_cannot_be_read_is_the_only_one_blamed(data):
    """Rows that point into it are not at fault."""
    path = data / "sources.csv"
    path.write_bytes(path.read_bytes() + b'"open\n')
    with pytest.raises(TableError) as caught:
        load_tables(data)
    assert {fault.file for fault in caught.value.faults} == {"sources.csv"}


def test_the_schema_decides_what_is_checked(data):
    """The allowed values come from the schema, not from the code."""
    path = data / "datapackage.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    fields = {
        field["name"]: field
        for field in next(r for r in schema["resources"] if r["name"] == "talks")["schema"]["fields"]
    }
    fields["record"]["constraints"]["enum"].remove("launch")
    path.write_text(json.dumps(schema), encoding="utf-8")
    with pytest.raises(TableError, match=r"talks\.csv.*'launch'"):
        load_tables(data)
