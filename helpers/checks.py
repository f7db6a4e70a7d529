"""Hold the tables against their schema: every fault is named by file, line and column, all at once.

A table comes in as bytes and is kept as columns of text (:class:`RawTable`) until it is known to be
sound. What pandera can read out of the schema (allowed values, patterns, limits) it checks; what it has
no words for (dates of reduced precision, lists in a cell, references, the order of dates) is checked here.
"""

from __future__ import annotations

import csv
import io
import json
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from frictionless import Schema
from frictionless.fields import IntegerField, NumberField, StringField
from pandera.errors import SchemaErrors
from pandera.io.pandas_io import from_frictionless_schema

__all__ = ["Fault", "RawTable", "TableError", "allowed", "check_all", "read_table", "span"]

# Spellings of "nothing" that spreadsheets and people leave behind, beside marks alone (-, ?, '). A blank is the only
# one allowed.
NOT_AVAILABLE = frozenset(("na", "n/a", "n.a.", "#n/a", "nan", "nil", "null", "none", "tbd", "unknown", "blank"))
EDTF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
NO_SPAN = ("NaT", "NaT")
FIELDS = {"string": StringField, "integer": IntegerField, "number": NumberField}


class Fault(NamedTuple):
    """One thing wrong with one cell (or one line) of a table.

    Attributes
    ----------
    file : str
        Name of the file.
    line : int
        Line of the file as an editor counts it; the header is line 1.
    column : str
        Name of the column, or ``(line)`` where the whole line is at fault.
    value : str
        What stands there.
    allowed : str
        What may stand there.
    """

    file: str
    line: int
    column: str
    value: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, column {self.column}: {self.value!r} - allowed: {self.allowed}"


class TableError(ValueError):
    """The tables do not agree with their schema.

    All faults of all tables are reported at once; nothing is loaded.

    Attributes
    ----------
    faults : list of Fault
        What is wrong, in the order of file, line and column.
    """

    def __init__(self, faults: Iterable[Fault]):
        self.faults = sorted(set(faults))
        count = f"{len(self.faults)} fault{'s' * (len(self.faults) > 1)} in the tables:"
        super().__init__("\n".join([count, *map(str, self.faults)]))


class RawTable(NamedTuple):
    """A table as text.

    Attributes
    ----------
    resource : dict
        Its descriptor in the data package.
    lines : list of int
        Line of the file on which each row begins.
    cells : dict of str to list
        Cells of each column; None for a blank.
    spans : dict of str to list
        First and last day of each cell of a date column, as ISO text.
    numbers : dict of str to list
        Each cell of a number column; NaN for what is no number.
    faults : list of Fault
        What kept the file from being read.
    """

    resource: dict
    lines: list[int]
    cells: dict[str, list[str | None]]
    spans: dict[str, list[tuple[str, str]]]
    numbers: dict[str, list[float]]
    faults: list[Fault]

    @property
    def fields(self) -> list[dict]:
        """Descriptors of the columns."""
        return self.resource["schema"]["fields"]

    def fault(self, i: int, column: str, words: str) -> Fault:
        """Fault of a column in row `i`."""
        return Fault(self.resource["path"], self.lines[i], column, self.cells[column][i] or "", words)

    def filled(self, column: str) -> Iterator[tuple[int, str]]:
        """Row number and text of the cells that are not blank."""
        return ((i, cell) for i, cell in enumerate(self.cells[column]) if cell)


def read_table(content: bytes | None, resource: dict) -> RawTable:
    """Read the bytes of a CSV file into columns of text.

    Parameters
    ----------
    content : bytes or None
        The file; None if there is none.
    resource : dict
        Its descriptor in the data package.

    Returns
    -------
    RawTable
        The columns; empty, with faults, where the file cannot be read.
    """
    names = [field["name"] for field in resource["schema"]["fields"]]
    lines, columns, faults = _columns(content, names, resource["path"])
    cells = columns or {name: [] for name in names}
    dates = [field["name"] for field in resource["schema"]["fields"] if "rdfType" in field]
    numbers = [field["name"] for field in resource["schema"]["fields"] if field["type"] != "string"]
    return RawTable(
        resource,
        lines,
        cells,
        {name: [span(cell) if cell else NO_SPAN for cell in cells[name]] for name in dates},
        {name: [_number(cell) for cell in cells[name]] for name in numbers},
        faults,
    )


def _columns(content: bytes | None, names: list[str], file: str) -> tuple[list[int], dict, list[Fault]]:
    """Line numbers, columns and faults of a file."""
    if content is None:
        return [], {}, [Fault(file, 1, "(line)", "", "the file must exist")]
    # Undecodable bytes survive as surrogates, so that the cell they stand in can be named.
    records, faults = _records(content.decode("utf-8-sig", errors="surrogateescape"), file)
    header = records[0][1] if records else []
    faults += _header_faults(header, names, file)
    if len(records) < 2:
        faults.append(Fault(file, 1, "(line)", "", "at least one row: no table is empty"))
    for line, row in records[1:]:
        if len(row) != len(header):
            faults.append(Fault(file, line, "(line)", f"{len(row)} cells", f"{len(header)} cells"))
    if faults:
        return [], {}, faults
    lines, rows = zip(*records[1:], strict=True)
    columns = ([cell or None for cell in column] for column in zip(*rows, strict=True))
    return list(lines), dict(zip(header, columns, strict=True)), []


def _records(text: str, file: str) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    """Records of a CSV text with the line on which each begins; empty lines are skipped."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records, line = [], 1
    try:
        for record in reader:
            if record:
                records.append((line, record))
            line = reader.line_num + 1
    except csv.Error as error:
        return [], [Fault(file, line, "(line)", str(error), "comma-separated cells, quotes doubled")]
    return records, []


def _header_faults(header: list[str], names: list[str], file: str) -> list[Fault]:
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        return [Fault(file, 1, "(line)", header[0][:40], "comma-separated cells (saved with ';' or tabs?)")]
    missing = [Fault(file, 1, name, "", "the column must be there") for name in names if name not in header]
    extra = [Fault(file, 1, name, name, f"one of {', '.join(names)}") for name in header if name not in names]
    twice = [Fault(file, 1, name, name, "a column name used once") for name in header if header.count(name) > 1]
    return missing + extra + twice


@lru_cache(maxsize=100_000)
def span(text: str) -> tuple[str, str]:
    """First and last day of a year, a month or a day.

    Parameters
    ----------
    text : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    tuple of str
        The two days as ISO text; twice ``NaT`` for anything that is no date.

    Examples
    --------
    >>> span("2024-02"), span("2024-02-30")
    (('2024-02-01', '2024-02-29'), ('NaT', 'NaT'))
    """
    if not EDTF.fullmatch(text):
        return NO_SPAN
    year, month, day = (int(part) for part in (text + "-0-0").split("-")[:3])
    try:
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
        return date(year, month or 1, day or 1).isoformat(), last.isoformat()
    except ValueError:
        return NO_SPAN


def _number(text: str | None) -> float:
    return float(text) if text and NUMBER.fullmatch(text) else np.nan


# ---------------------------------------------------------------------------------------------------
# Checking


def check_all(tables: dict[str, RawTable]) -> None:
    """Check every table against its schema, and the tables against one another.

    Parameters
    ----------
    tables : dict of str to RawTable
        The tables by name.

    Raises
    ------
    TableError
        With all faults.
    """
    one = (_check_text, _check_required, _check_key, _check_numbers, _check_dates, _check_constraints)
    several = (_check_references, _check_ids, _check_cited, _check_rules)
    faults = [fault for table in tables.values() for fault in table.faults]
    faults += [fault for table in tables.values() for check in one for fault in check(table)]
    faults += [fault for check in several for fault in check(tables)]
    if faults:
        raise TableError(faults)


def _check_text(raw: RawTable) -> Iterator[Fault]:
    for field in raw.fields:
        name, is_text = field["name"], field["type"] == "string"
        said = {cell: _suspicion(cell, is_text) for cell in set(raw.cells[name]) if cell}
        if any(said.values()):
            yield from (raw.fault(i, name, said[cell]) for i, cell in raw.filled(name) if said[cell])


def _suspicion(value: str, is_text: bool) -> str:
    """What is wrong with a cell whatever its column holds; nothing if it is fine."""
    if not value.isprintable():
        return "text in UTF-8" if re.search(r"[\ud800-\udfff]", value) else "one line of printable characters"
    if value != value.strip():
        return "no blanks around the value"
    if is_text and value[0] in "=+-@":
        return "text that no spreadsheet reads as a formula"
    says_nothing = value.casefold() in NOT_AVAILABLE or not any(map(str.isalnum, value))
    return "a value, or a blank for unknown" if says_nothing else ""


def _check_required(raw: RawTable) -> Iterator[Fault]:
    for field in raw.fields:
        if _constraints(field).get("required") and None in raw.cells[field["name"]]:
            missing = (i for i, cell in enumerate(raw.cells[field["name"]]) if cell is None)
            yield from (raw.fault(i, field["name"], "a value") for i in missing)


def _check_key(raw: RawTable) -> Iterator[Fault]:
    key = raw.resource["schema"]["primaryKey"]
    key = [key] if isinstance(key, str) else key
    seen = set()
    for i, value in enumerate(zip(*(raw.cells[name] for name in key), strict=True)):
        if value in seen and None not in value:
            yield raw.fault(i, key[-1], f"a value of {' + '.join(key)} that is used once")
        seen.add(value)


def _check_numbers(raw: RawTable) -> Iterator[Fault]:
    for field in raw.fields:
        if field["name"] in raw.numbers:
            numbers, whole = raw.numbers[field["name"]], field["type"] == "integer"
            for i, _ in raw.filled(field["name"]):
                if np.isnan(numbers[i]) or (whole and numbers[i] % 1):
                    yield raw.fault(i, field["name"], allowed(field))


def _check_dates(raw: RawTable) -> Iterator[Fault]:
    """Days exist; each date in the stated order can lie on or after every date before it."""
    for name, spans in raw.spans.items():
        unread = (i for i, _ in raw.filled(name) if spans[i] == NO_SPAN)
        yield from (raw.fault(i, name, "a date YYYY, YYYY-MM or YYYY-MM-DD") for i in unread)
    order = raw.resource.get("dateOrder", [])
    pairs = [(sooner, later) for k, later in enumerate(order) for sooner in order[:k]]
    for sooner, later in pairs:
        for i, (first, last) in enumerate(zip(raw.spans[sooner], raw.spans[later], strict=True)):
            if NO_SPAN not in (first, last) and last[1] < first[0]:
                yield raw.fault(i, later, f"a date not before {sooner}")


def _check_constraints(raw: RawTable) -> Iterator[Fault]:
    """Allowed values, patterns and limits, by pandera."""
    checks = _pandera(json.dumps(raw.fields))
    columns = {name: raw.numbers.get(name, raw.cells[name]) for name in checks.columns}
    try:
        checks.validate(pd.DataFrame(columns, dtype=None if raw.numbers else "object"), lazy=True)
    except SchemaErrors as errors:
        fields = {field["name"]: field for field in raw.fields}
        cases = errors.failure_cases.dropna(subset=["index"]).drop_duplicates(["column", "index"])
        for name, i in zip(cases["column"], cases["index"].astype(int), strict=True):
            yield raw.fault(i, name, allowed(fields[name]))


@lru_cache(maxsize=64)
def _pandera(fields: str):
    """Checks of the fields of a schema (as JSON), built once per schema.

    What must be there, dates and lists are checked elsewhere, with messages of their own: left are
    allowed values, patterns and limits.
    """
    kept = []
    for field in json.loads(fields):
        elsewhere = {"required", "pattern"} if "rdfType" in field or "listOf" in field else {"required"}
        left = {name: value for name, value in _constraints(field).items() if name not in elsewhere}
        if left:
            kept.append(FIELDS[field["type"]](name=field["name"], constraints=left))
    # As an object: a descriptor would be validated here, with a library that takes a second to import.
    checks = from_frictionless_schema(Schema(fields=kept))
    return checks.update_columns({field.name: {"dtype": None, "coerce": False} for field in kept})


def _constraints(field: dict) -> dict:
    return field.get("constraints", {})


def allowed(field: dict) -> str:
    """What a cell may hold, in words.

    Parameters
    ----------
    field : dict
        Descriptor of the column.

    Returns
    -------
    str
        Type or vocabulary, limits, and whether it may be blank.

    Examples
    --------
    >>> allowed({"type": "integer", "constraints": {"minimum": 1, "maximum": 4, "required": True}})
    'a whole number from 1 to 4'
    """
    constraints = _constraints(field)
    if "enum" in constraints:
        text = "one of " + ", ".join(map(str, constraints["enum"]))
    elif "rdfType" in field:
        text = "a date YYYY, YYYY-MM or YYYY-MM-DD"
    elif "listOf" in field:
        text = f"';'-separated values of {field['listOf']['resource']}.{field['listOf']['field']}"
    elif "pattern" in constraints:
        text = f"text of the form {constraints['pattern']}"
    else:
        text = {"string": "text", "integer": "a whole number", "number": "a number"}[field["type"]]
    limits = [f"{word} {constraints[k]}" for k, word in (("minimum", "from"), ("maximum", "to")) if k in constraints]
    return " ".join([text, *limits]) + ("" if constraints.get("required") else " (or blank)")


# ---------------------------------------------------------------------------------------------------
# Checking the tables against one another


def _check_references(tables: dict[str, RawTable]) -> Iterator[Fault]:
    """Keys, and items of lists, exist in the table they point to (if that could be read)."""
    for name, raw in tables.items():
        for link in raw.resource["schema"].get("foreignKeys", []):
            table, column = link["reference"]["resource"] or name, link["reference"]["fields"]
            if tables[table].faults:
                continue
            known = set(tables[table].cells[column])
            for i, cell in raw.filled(link["fields"]):
                if cell not in known:
                    yield raw.fault(i, link["fields"], f"a value of {table}.{column}")
        for field in raw.fields:
            if "listOf" in field and not tables[field["listOf"]["resource"]].faults:
                yield from _check_list(raw, field, tables)


def _check_list(raw: RawTable, field: dict, tables: dict[str, RawTable]) -> Iterator[Fault]:
    table, column = field["listOf"]["resource"], field["listOf"]["field"]
    known = set(tables[table].cells[column])
    for i, cell in raw.filled(field["name"]):
        items = cell.split(";")
        strange = [item for item in items if item not in known]
        if strange:
            yield raw.fault(i, field["name"], f"values of {table}.{column}, not {', '.join(map(repr, strange))}")
        elif len(set(items)) < len(items):
            yield raw.fault(i, field["name"], "each item of a list once")


def _check_ids(tables: dict[str, RawTable]) -> Iterator[Fault]:
    """Identifiers are unique over all tables."""
    seen = {}
    for name, raw in tables.items():
        for i, value in raw.filled("id") if "id" in raw.cells else ():
            if seen.setdefault(value, name) != name:
                yield raw.fault(i, "id", f"an id not used in {seen[value]}.csv")


def _check_cited(tables: dict[str, RawTable]) -> Iterable[Fault]:
    """Every source is cited by some row; who cites is known only once every table can be read."""
    if any(raw.faults for raw in tables.values()):
        return ()
    cited = set()
    for raw in tables.values():
        for link in raw.resource["schema"].get("foreignKeys", []):
            if link["reference"]["resource"] == "sources":
                cited.update(raw.cells[link["fields"]])
        for field in raw.fields:
            if field.get("listOf", {}).get("resource") == "sources":
                cited.update(*(cell.split(";") for _, cell in raw.filled(field["name"])))
    sources = tables["sources"]
    uncited = (i for i, key in sources.filled("key") if key not in cited)
    return (sources.fault(i, "key", "a source that some row cites") for i in uncited)


def _check_rules(tables: dict[str, RawTable]) -> Iterator[Fault]:
    """Stage rules speak of columns and values that exist."""
    rules = tables["stage_rules"]
    kinds = {"talks": "type", "agreements": "type", "exercises": "kind"}
    for i, table in rules.filled("table"):
        if table not in kinds or tables[table].faults:
            continue
        evidence, kind = tables[table].cells, rules.cells["type"][i]
        if kind and kind not in evidence[kinds[table]]:
            yield rules.fault(i, "type", f"a {kinds[table]} of {table}")
        for name, values in _conditions(rules.cells["where"][i]):
            if name not in evidence or not values <= set(evidence[name]):
                yield rules.fault(i, "where", f"a column of {table} and values that occur in it")


def _conditions(where: str | None) -> list[tuple[str, set[str]]]:
    parts = [part.partition("=") for part in (where or "").split(";") if part]
    return [(name, set(values.split("|"))) for name, _, values in parts]
