"""Turn the notebooks into the HTML report, and keep what is derived from data up to date."""
