"""What must hold for the tables beyond what the loader checks."""

import csv
import re

import frictionless
import pandas as pd
import pytest

from helpers.notebook import PRIMARY
from helpers.tables import party_rows, status_on
from report.execute import ROOT

DATA = ROOT / "data"


def ids_of(tables):
    """Every identifier of every table."""
    return {value for name in tables for value in tables[name].get("id", pd.Series(dtype="str"))}


def test_frictionless_finds_the_package_valid():
    report = frictionless.validate(DATA / "datapackage.json")
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])


def test_files_are_plain_csv():
    for path in DATA.glob("*.csv"):
        raw = path.read_bytes()
        assert raw.endswith(b"\n"), path.name
        assert b"\r" not in raw and not raw.startswith(b"\xef\xbb\xbf"), path.name


def test_every_column_is_described(tables):
    for resource in tables.schema["resources"]:
        assert resource["title"] and resource["description"] and resource["coverage"]["horizon"]
        for field in resource["schema"]["fields"]:
            assert field["description"].endswith("."), (resource["name"], field["name"])


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("sources", ["key"]),
        ("parties", ["code"]),
        ("talks", ["date", "id"]),
        ("transfers", ["date", "id"]),
        ("milestones", ["date", "id"]),
        ("exercise_series", ["id"]),
        ("claims", ["id"]),
        ("japan_budget", ["fiscal_year"]),
    ],
)
def test_rows_are_in_order(tables, table, columns):
    keys = tables[table][columns]
    pd.testing.assert_frame_equal(keys, keys.sort_values(columns, kind="stable"))


def test_high_confidence_is_earned(tables):
    """High needs a primary source or two sources; what an article says is primary for the article."""
    kind = tables.sources.set_index("key")["kind"]
    for name in set(tables) - {"sources", "claims", "stages"}:
        high = tables[name].query("confidence == 'high'")
        keys = high["sources"].str.split(";")
        earned = keys.map(lambda cited: len(cited) > 1 or kind[cited[0]] in PRIMARY)
        assert earned.all(), (name, high.loc[~earned].iloc[:5, 0].tolist())


def test_sources_can_be_followed(tables):
    urls = tables.sources["url"].dropna()
    assert urls.str.match(r"https?://\S+$").all(), urls[~urls.str.match(r"https?://\S+$")].tolist()
    assert len(urls) > 0.99 * len(tables.sources)


def test_text_is_in_american_spelling(tables):
    british = re.compile(
        r"\b(?:[Dd]efence|[Pp]rogrammes?|[Oo]rganisations?|[Cc]entre|[Ll]icence|[Bb]ehaviour|[Cc]olour)\b"
    )
    own_name = r"Security and Defence Partnership|Five Power Defence|Defence Ministers' Meeting|Global Combat Air Programme|Individually Tailored Partnership Programme|Individual Partnership and Cooperation Programme"
    for name in set(tables) - {"sources"}:
        text = tables[name].select_dtypes("str").drop(columns=["sources"])
        if name == "agreements":
            text = text.drop(columns="title")  # titles of instruments keep their spelling
        for column in text:
            found = text[column].dropna().str.replace(own_name, "", regex=True).str.contains(british)
            keys = ("id", "series", "rows", "check", "part_of", "replaces")
            assert column in keys or not found.any(), (name, column, text.loc[found[found].index, column].tolist()[:3])


def test_parties_of_bilateral_exercises_are_two(tables):
    bilateral = tables.exercises.query("kind == 'bilateral'")
    size = bilateral["parties"].str.split(";").str.len()
    assert (size == 2).all(), bilateral.loc[size != 2, "id"].tolist()


def test_japan_is_in_every_exercise_talk_and_transfer(tables):
    assert tables.exercises["parties"].str.split(";").str[0].eq("JPN").all()
    assert tables.talks["parties"].str.split(";").str[0].eq("JPN").all()
    assert (tables.transfers[["supplier", "recipient"]] == "JPN").any(axis=1).all()


def test_parts_name_their_instrument(tables):
    """Amendments, supplements and clauses have its parties or fewer; an accession has them all, and one more."""
    agreements = tables.agreements.set_index("id")
    parts = agreements[agreements["part_of"].notna()]
    assert (agreements["part_of"].isna() == agreements["relation"].isna()).all()
    for _, part in parts.iterrows():
        whole = agreements.loc[part["part_of"]]
        own, others = (set(row["parties"].split(";")) for row in (part, whole))
        assert own - others == {"JPN"} and others < own if part["relation"] == "accession" else own <= others
        assert not isinstance(whole["part_of"], str), "a part of a part"


def test_what_replaces_comes_later(tables):
    agreements = tables.agreements.set_index("id")
    for new, row in agreements[agreements["replaces"].notna()].iterrows():
        old = agreements.loc[row["replaces"]]
        assert row["signed_latest"] >= old["signed_earliest"], (new, row["replaces"])


def test_standing_has_a_day_and_a_day_a_standing(tables):
    agreements = tables.agreements
    assert (agreements["standing"].isna() == agreements["standing_from"].isna()).all()


def test_every_agreement_has_some_date(tables):
    dates = tables.agreements[["negotiations_opened", "signed", "in_force", "attested", "standing_from"]]
    assert dates.notna().any(axis=1).all()


def test_a_two_plus_two_partner_has_sessions(tables):
    """A standing 2+2 with Japan is an agreement, each meeting a talk; the first dates the agreement."""
    sessions = tables.talks.query("type == 'TWO_PLUS_TWO' and record == 'session' and level == 'ministerial'")
    first = sessions.groupby("parties")["date"].min()
    standing = tables.agreements.query("type == 'TWO_PLUS_TWO'").set_index("parties")["in_force"]
    standing = standing[standing.index.str.startswith("JPN")]
    assert first.to_dict() == standing.to_dict()


def test_every_type_is_used_and_known(tables):
    used = set(tables.agreements["type"]) | set(tables.transfers["type"])
    assert used == set(tables.agreement_types["type"])


def test_the_eight_kinds_of_the_article_are_there(tables):
    kinds = tables.agreement_types["article_kind"].dropna()
    assert len(kinds) == kinds.nunique() == 8


def test_coverage_speaks_of_every_type_in_both_scopes(tables):
    pairs = set(zip(tables.coverage["scope"], tables.coverage["type"], strict=True))
    assert pairs == {(scope, kind) for scope in ("japan", "partners") for kind in tables.agreement_types["type"]}


def test_every_stage_has_a_rule_in_every_rule_set(tables):
    rules = tables.stage_rules.groupby("rule_set")["stage"].agg(set)
    assert rules.to_dict() == {name: {1, 2, 3, 4} for name in ("baseline", "strict", "broad")}


def test_claims_point_to_rows_that_exist(tables):
    named = tables.claims["rows"].dropna().str.split(";").explode()
    assert set(named) <= ids_of(tables)


def test_claims_come_from_the_five_articles(tables):
    counts = tables.claims["source"].value_counts()
    assert len(counts) == 5
    assert (counts > 15).all()


def test_third_party_figures_stay_within_their_terms(tables):
    """SIPRI's terms: at most 10 percent. Its database has some 170 states since 1949 in seven measures."""
    figures = tables.military_expenditure[["usd_current_m", "usd_constant_m", "gdp_share_percent"]].notna().sum().sum()
    assert figures < 0.1 * 170 * 76 * 5


@pytest.mark.parametrize(
    ("day", "kind", "status", "partners"),
    [
        ("2024-02-02", "ACSA", ("signed", "in force"), "AUS CAN DEU FRA GBR IND USA"),
        ("2024-02-02", "ACSA", ("in force",), "AUS CAN FRA GBR IND USA"),
        ("2024-02-02", "RAA", ("in force",), "AUS GBR"),
        ("2024-02-02", "RAA", ("negotiating",), "PHL"),
        ("2024-06-19", "ISA", ("in force",), "AUS DEU FRA GBR IND ITA KOR NATO USA"),
        ("2024-04-30", "DETTA", ("in force",), "ARE AUS DEU FRA GBR IDN IND ITA MYS PHL SGP SWE THA USA VNM"),
        ("2024-07-08", "TWO_PLUS_TWO", ("in force", "dormant"), "AUS DEU FRA GBR IDN IND PHL RUS USA"),
        ("2024-07-08", "ALLIANCE", ("in force",), "USA"),
    ],
)
def test_partners_agree_with_official_counts(tables, day, kind, status, partners):
    """Lists of the foreign and defense ministries: nine information agreements, 15 transfer agreements, nine 2+2."""
    rows = party_rows(tables)
    binding = tables.agreements.set_index("id")["binding"]
    rows = rows[
        (rows["type"] == kind) & (rows["agreement_id"].map(binding) != "political")
        | (rows["type"] == kind) & (kind == "TWO_PLUS_TWO")
    ]
    mine = rows[rows.groupby("agreement_id")["party"].transform(lambda codes: "JPN" in set(codes))]
    held = mine[mine["agreement_id"].map(status_on(tables, day)).isin(status)]
    assert " ".join(sorted(set(held["party"]) - {"JPN"})) == partners


def test_the_header_of_each_file_is_the_schema(tables):
    for resource in tables.schema["resources"]:
        with (DATA / resource["path"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in resource["schema"]["fields"]]
