"""What every notebook shows: the freshness line and its sources."""

import pytest

from helpers import load_tables
from helpers.notebook import finding, freshness, setup, sources_cited


def test_freshness_counts_every_row_with_sources(tables):
    rows = sum(len(tables[name]) for name in tables if name != "sources")
    line = freshness(tables)
    assert f"{rows:,} rows in {len(list(tables)) - 1} tables" in line
    assert f"{len(tables.sources):,} sources" in line


def test_freshness_says_as_of_when():
    assert "as of 29 July 2024" in freshness(load_tables(as_of="2024-07-29"))
    assert "**Data to July 2024**" in freshness(load_tables(as_of="2024-07-29"))


def test_setup_returns_the_freshness_line(tables):
    assert setup(tables).data == freshness(tables)


def test_sources_are_listed_once_with_link_date_and_key(tables):
    row = tables.sources.dropna(subset=["url", "published"]).iloc[0]
    listed = sources_cited(tables, [row["key"], row["key"]]).data
    assert listed == f"- {row['publisher']}: [{row['title']}]({row['url']}), {row['published']}. `{row['key']}`"


def test_sources_without_address_or_date_say_so(tables):
    row = tables.sources[tables.sources["url"].isna()].iloc[0]
    assert f": {row['title']}, " in sources_cited(tables, [row["key"]]).data
    undated = tables.sources[tables.sources["published"].isna()].iloc[0]
    assert "no date" in sources_cited(tables, [undated["key"]]).data


def test_an_unknown_source_is_an_error(tables):
    with pytest.raises(KeyError):
        sources_cited(tables, ["no-such-source"])


def test_a_finding_is_quoted_as_it_is_stored():
    for name in ("01_agreement_taxonomy", "02_partner_network", "04_defense_spending", "05_source_audit"):
        assert finding(name).startswith("**") and "\n" not in finding(name)
    with pytest.raises(LookupError, match="no finding 99"):
        finding("01_agreement_taxonomy", 99)
    with pytest.raises(LookupError, match="no finding 8"):
        finding("00_start_here", 8)
