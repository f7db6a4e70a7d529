"""Settings of the tests. Notebooks run under the hardest conditions that must hold."""

import os
import shutil
from pathlib import Path

import matplotlib.font_manager  # noqa: F401  builds its cache here, not inside a compared cell
import pytest
from hypothesis import settings

from helpers import load_tables
from report import site
from report.execute import ROOT

collect_ignore = ["offline"]  # a module that interpreters load at their start, not a test

settings.register_profile("project", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("project")


def pytest_configure():
    """Kernels take their environment from here: no network, future warnings are errors."""
    os.environ["PYTHONWARNINGS"] = "error::FutureWarning"
    offline = str(Path(__file__).parent / "offline")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [offline, os.environ.get("PYTHONPATH")]))


def pytest_collection_modifyitems(session, items):
    """Remember which notebook cells are to be compared, for the test that counts them."""
    session.config.compared_cells = [item for item in items if type(item).__name__ == "IPyNbCell"]


@pytest.fixture(scope="session")
def tables():
    """The project's own tables."""
    return load_tables()


@pytest.fixture
def data(tmp_path):
    """A copy of the tables that a test may damage."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The report, built once into a folder of its own."""
    folder = tmp_path_factory.mktemp("site")
    return site.build(folder / "source", folder / "report")
