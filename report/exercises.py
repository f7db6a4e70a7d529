"""The exercises: students' versions from their sources, and grades of what is handed in; both made by nbgrader.

nbgrader keeps a database and files beside a course. All that is made in a copy of it, so that ``notebooks/practice``
has only what people write, the students' versions, and two made-up submissions.
"""

from __future__ import annotations

import os
import re
import shutil
import sysconfig
import tempfile
import warnings
from collections.abc import Iterable
from pathlib import Path

import nbformat
import pandas as pd
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config.loader import PyFileConfigLoader

from report.execute import PRACTICE, ROOT, SETS, execute, exercise

__all__ = ["STUDENTS", "autograde", "generate", "grade", "main", "submissions"]

STUDENTS = ("right", "typical_errors")
GRADED = ROOT / "build" / "graded"
MARKERS = r"^ *### (BEGIN|END) (SOLUTION|HIDDEN TESTS)\n?"


def main() -> None:
    """Run the sources; renew the students' versions and the made-up submissions."""
    for name in SETS:
        path = exercise("source", name)
        nbformat.write(execute(path), path)
        print(f"executed {path.relative_to(ROOT)}")
    for name, notebook in generate().items():
        _write(notebook, exercise("release", name))
        for student, handed_in in submissions(name, notebook).items():
            _write(handed_in, exercise(f"submitted/{student}", name))
    print("renewed release/ and submitted/ in notebooks/practice")


def grade() -> None:
    """Grade what is in ``submitted``, and print the points."""
    points, remarks = autograde(PRACTICE, GRADED)
    print(points.to_string())
    print(*remarks, f"The graded notebooks are in {GRADED.relative_to(ROOT)}/autograded", sep="\n")


def _write(notebook: nbformat.NotebookNode, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


# ---------------------------------------------------------------------------------------------------
# Students' versions


def generate(course: Path = PRACTICE) -> dict[str, nbformat.NotebookNode]:
    """Make the students' versions, without solutions and hidden tests.

    Parameters
    ----------
    course : Path
        The course, with its sources.

    Returns
    -------
    dict of str to NotebookNode
        The students' versions by set.
    """
    with tempfile.TemporaryDirectory() as folder:
        api = _course(course, Path(folder))
        for name in SETS:
            _run(api.generate_assignment, name)
        return {name: nbformat.read(Path(folder) / "release" / name / f"{name}.ipynb", as_version=4) for name in SETS}


def _course(course: Path, folder: Path) -> NbGraderAPI:
    """A copy of the course that nbgrader may work in."""
    for part in ("source", "submitted"):
        shutil.copytree(course / part, folder / part, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    programs = sysconfig.get_path("scripts")
    if programs not in os.environ["PATH"].split(os.pathsep):  # nbgrader calls alembic by its name
        os.environ["PATH"] = os.pathsep.join([programs, os.environ["PATH"]])
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(folder)
    return NbGraderAPI(config=config)


def _run(command, *arguments: str) -> None:
    """Call nbgrader; what it logs is the message if it fails."""
    result = command(*arguments)
    if not result["success"]:
        raise RuntimeError(f"nbgrader could not process {', '.join(arguments)}:\n{result.get('log', '')}")


# ---------------------------------------------------------------------------------------------------
# Submissions


def submissions(name: str, release: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    """The two made-up submissions of a set, brought up to date.

    Parameters
    ----------
    name : str
        The set.
    release : NotebookNode
        Its students' version.

    Returns
    -------
    dict of str to NotebookNode
        ``right`` answers as the model solution does; ``typical_errors`` keeps the answers it has.
    """
    solved = _answers(exercise("source", name))
    erring = _answers(exercise("submitted/typical_errors", name))
    return {"right": _filled_in(release, solved), "typical_errors": _filled_in(release, erring)}


def _answers(path: Path) -> dict[str, str]:
    """What stands in the cells for answers, by their names, without the marks around the solution."""
    if not path.exists():
        return {}
    cells = nbformat.read(path, as_version=4).cells
    answers = {_grade_id(cell): cell.source for cell in cells if _is_answer(cell)}
    return {name: re.sub(MARKERS, "", source, flags=re.MULTILINE).rstrip("\n") for name, source in answers.items()}


def _filled_in(release: nbformat.NotebookNode, answers: dict[str, str]) -> nbformat.NotebookNode:
    copy = nbformat.from_dict(release)
    for cell in copy.cells:
        if _is_answer(cell):
            cell.source = answers.get(_grade_id(cell), cell.source)
    return copy


def _is_answer(cell: nbformat.NotebookNode) -> bool:
    return cell.metadata.get("nbgrader", {}).get("solution", False)


def _grade_id(cell: nbformat.NotebookNode) -> str:
    return cell.metadata["nbgrader"]["grade_id"]


# ---------------------------------------------------------------------------------------------------
# Grades


def autograde(course: Path, folder: Path) -> tuple[pd.DataFrame, list[str]]:
    """Grade all submissions of a course.

    Parameters
    ----------
    course : Path
        The course, with sources and submissions.
    folder : Path
        Where to work; emptied first. The graded notebooks stay there, in ``autograded``.

    Returns
    -------
    points : DataFrame of float
        A row per exercise with ``of`` (points to be had), and a column per student; missing where nothing was
        handed in, 0 where the check was deleted.
    remarks : list of str
        What could not be graded, and which checks were deleted.
    """
    shutil.rmtree(folder, ignore_errors=True)
    api = _course(course, folder)
    for name in SETS:
        _run(api.generate_assignment, name)
    handed_in, remarks = _handed_in(folder / "submitted")
    graded = []
    with warnings.catch_warnings():  # of nbgrader's own dealings with its database
        warnings.filterwarnings("ignore", module="nbgrader")
        for student, name in handed_in:
            if api.autograde(name, student)["success"]:
                graded.append((student, name))
            else:
                remarks.append(f"not graded: {student}/{name}/{name}.ipynb, which nbgrader could not process")
    with Gradebook(api.coursedir.db_url) as book:
        checks = {name: _points(book.find_assignment(name).notebooks[0].grade_cells, "max_score") for name in SETS}
        points = {pair: _points(book.find_submission(pair[1], pair[0]).notebooks[0].grades) for pair in graded}
    of = pd.concat(checks.values())
    table = pd.DataFrame({"of": of} | {student: float("nan") for student, _ in handed_in})
    for (student, name), found in points.items():
        table.loc[checks[name].index, student] = found.reindex(checks[name].index, fill_value=0)
        gone = checks[name].index.difference(found.index)
        remarks += [f"no check any more: {student}, {number}; it counts 0, read the answer" for number in gone]
    return table.rename_axis("exercise"), remarks


def _handed_in(submitted: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """Student and set of what can be graded; remarks on notebooks that stand elsewhere or have another name."""
    found = sorted(path.relative_to(submitted) for path in submitted.rglob("*.ipynb"))
    placed = {path: len(path.parts) == 3 and path.parts[1] in SETS and path.parts[1] == path.stem for path in found}
    wanted = "wanted is STUDENT/SET/SET.ipynb, SET one of " + ", ".join(SETS)
    remarks = [f"not graded: {path.as_posix()}; {wanted}" for path, right in placed.items() if not right]
    return [(path.parts[0], path.parts[1]) for path, right in placed.items() if right], remarks


def _points(cells: Iterable, points: str = "auto_score") -> pd.Series:
    """Points of cells by the number of their exercise; a cell that is gone has none."""
    numbers = [cell.name.removeprefix("check-").replace("-", ".") for cell in cells]
    return pd.Series([getattr(cell, points) for cell in cells], numbers, dtype=float).dropna()
