"""Helpers for the Japan Security Partnerships notebooks.

Flow, one way only: ``data/*.csv`` -> :mod:`helpers.checks` -> :mod:`helpers.tables` -> analysis ->
:mod:`helpers.charts` -> notebooks -> report. :mod:`helpers.notebook` holds what every notebook shows,
:mod:`helpers.practice` the answers to the exercises.
"""

from helpers.tables import TableError, Tables, load_tables

__all__ = ["TableError", "Tables", "load_tables"]
