"""The exercises: sources and students' versions agree, checkers take every right answer and no wrong one, grades hold."""

import ast
import re
import shutil

import nbformat
import networkx as nx
import numpy as np
import pandas as pd
import pytest

from helpers import load_tables
from helpers.practice import EXERCISES, check, hint
from helpers.practice.answers import EMPTY, OPEN, is_empty, is_open
from report import exercises
from report.execute import METADATA, PRACTICE, SETS, execute, exercise, lessons

NUMBERS = [f"{k}.{n}" for k in range(1, 5) for n in range(1, 7)]
POINTS = [1, 1, 2, 2, 2, 2]
SOURCES = {name: nbformat.read(exercise("source", name), as_version=4) for name in SETS}
RELEASED = {name: nbformat.read(exercise("release", name), as_version=4) for name in SETS}
GUIDE = (PRACTICE / "guide.md").read_text(encoding="utf-8")
each_set = pytest.mark.parametrize("name", SETS)
each = pytest.mark.parametrize("number", NUMBERS)


def set_of(number: str) -> str:
    return SETS[int(number[0]) - 1]


def named(notebook, kind: str) -> dict:
    """Cells for answers (``answer``), or of checks (``check``), by number."""
    marked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    found = {cell.metadata["nbgrader"]["grade_id"]: cell for cell in marked}
    return {name.split("-", 1)[1].replace("-", "."): cell for name, cell in found.items() if name.startswith(kind)}


def words(notebook) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def said(cell) -> str:
    """What a check prints."""
    return cell.outputs[0]["text"]


# ---------------------------------------------------------------------------------------------------
# Sources and students' versions


def test_there_are_six_exercises_to_each_set():
    assert list(EXERCISES) == NUMBERS


@each_set
def test_a_source_says_what_is_asked(name):
    """Heading, goal, skills, minutes and the way to a hint, in one form; the table at the top tells the same."""
    text, k = words(SOURCES[name]), SETS.index(name) + 1
    top = re.findall(rf"^\| ({k}\.\d) \| .+ \| (\d+) \| (\d) \|$", text, re.MULTILINE)
    parts = re.split(r"^## (?=\d\.\d )", text, flags=re.MULTILINE)[1:]
    assert [part[:3] for part in parts] == [number for number, *_ in top] == NUMBERS[6 * k - 6 : 6 * k]
    assert [int(points) for *_, points in top] == POINTS
    for part, (number, minutes, _) in zip(parts, top, strict=True):
        assert re.search(r"\*\*Goal\.\*\* .+", part)
        assert re.search(r"\*\*You practice\.\*\* \*Data:\* .+? \*Subject:\* .+", part, re.DOTALL)
        assert f'**Time.** {minutes} minutes. **Stuck?** `hint("{number}")`' in part
    assert f"Together {sum(int(minutes) for _, minutes, _ in top)} minutes, without the network." in text


@each_set
def test_a_source_is_as_it_is_stored(name):
    """Points are those of the table; every check says that the model solution is right."""
    notebook = SOURCES[name]
    nbformat.validate(notebook)
    assert notebook.metadata == METADATA
    answers, checks = named(notebook, "answer"), named(notebook, "check")
    assert list(answers) == list(checks) == [number for number in NUMBERS if set_of(number) == name]
    assert [cell.metadata["nbgrader"]["points"] for cell in checks.values()] == POINTS
    assert all(said(cell).startswith("Right. ") for cell in checks.values())
    assert all(len(cell.source.splitlines()) <= 25 for cell in notebook.cells if cell.cell_type == "code")


@each_set
def test_links_of_an_exercise_lead_somewhere(name):
    for version in ("source", "release"):
        folder = exercise(version, name).parent
        targets = re.findall(r"\]\(([^)#]+)\)", words(SOURCES[name]))
        assert targets and all((folder / target).is_file() for target in targets)


@pytest.fixture(scope="module")
def generated():
    """The students' versions as nbgrader makes them now."""
    return exercises.generate()


@each_set
def test_the_students_version_agrees_with_its_source(name, generated):
    assert generated[name] == RELEASED[name]


@each_set
def test_the_students_version_holds_no_solution(name):
    solved, open_ = named(SOURCES[name], "answer"), named(RELEASED[name], "answer")
    for number, cell in solved.items():
        inside = re.findall(r"### BEGIN SOLUTION\n(.+?)\n *### END SOLUTION", cell.source, re.DOTALL)
        assert inside, number
        lines = {line.strip() for block in inside for line in block.splitlines() if len(line.strip()) > 8}
        assert not lines & {line.strip() for line in open_[number].source.splitlines()}
    text = nbformat.writes(RELEASED[name])
    assert "SOLUTION" not in text and "HIDDEN" not in text
    assert not any(cell.get("outputs") for cell in RELEASED[name].cells)


@each_set
def test_the_students_version_runs_before_anything_is_filled_in(name):
    """No cell stops, and no check is content."""
    checks = named(execute(exercise("release", name)), "check")
    assert all(said(cell).startswith("Not yet: ") for cell in checks.values())


@each_set
def test_the_submissions_are_up_to_date(name, generated):
    for student, notebook in exercises.submissions(name, generated[name]).items():
        assert notebook == nbformat.read(exercise(f"submitted/{student}", name), as_version=4), student


# ---------------------------------------------------------------------------------------------------
# Checkers


@pytest.fixture(scope="module")
def spaces():
    """What the names of a set stand for, by set, once its source has run."""
    found = {name: {} for name in SOURCES}
    for name, notebook in SOURCES.items():
        for cell in notebook.cells:
            if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("grade"):
                exec(compile(cell.source, name, "exec"), found[name])
    return found


def asked_for(number: str) -> list[str]:
    """Names of the answers that a check takes."""
    (call,) = ast.parse(named(SOURCES[set_of(number)], "check")[number].source).body[0].value.args
    return [argument.id for argument in call.args[1:]]


@pytest.fixture(scope="module")
def solutions(spaces):
    """Answers of the model solutions, by number of the exercise."""
    return {number: [spaces[set_of(number)][name] for name in asked_for(number)] for number in NUMBERS}


def shuffled(frame):
    rows = frame.iloc[np.random.default_rng(1).permutation(len(frame))]
    return rows[rows.columns[::-1]] if isinstance(frame, pd.DataFrame) else rows


def is_number(value) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def same_in_other_forms(answer):
    """An answer, written as another student might."""
    if isinstance(answer, pd.DataFrame):
        yield from (shuffled(answer), answer.reset_index(), answer.assign(more=1))
    elif isinstance(answer, pd.Series):
        yield from (shuffled(answer), answer.to_frame("value"), answer.reset_index(name="value"), answer.to_dict())
        if pd.api.types.is_float_dtype(answer):
            yield answer * 1.0001
    elif isinstance(answer, dict):
        yield from (dict(reversed(answer.items())), pd.Series(answer))
    elif isinstance(answer, nx.Graph):
        copy = nx.Graph()
        copy.add_nodes_from(reversed(list(answer)))
        copy.add_edges_from((b, a, data) for a, b, data in reversed(list(answer.edges(data=True))))
        yield copy
    elif is_number(answer):
        yield from (float(answer), np.float64(answer), pd.Series([answer]))
    elif isinstance(answer, list | set | tuple | pd.Index | np.ndarray):
        yield from (
            list(answer),
            tuple(answer),
            pd.Series(list(answer)),
            pd.Index(list(answer)),
            np.array(list(answer)),
        )


def spoiled(answer):
    """An answer with something wrong."""
    if isinstance(answer, pd.DataFrame):
        yield from (answer.iloc[1:], answer.T, pd.concat([answer, answer]))
        if numbers := [column for column in answer if pd.api.types.is_numeric_dtype(answer[column])]:
            yield answer.assign(**{str(numbers[-1]): answer[numbers[-1]] + 7})
    elif isinstance(answer, pd.Series):
        yield from (answer.iloc[1:], pd.concat([answer, answer]), answer.to_list())
        yield answer + 7 if pd.api.types.is_numeric_dtype(answer) else answer.iloc[::-1].set_axis(answer.index)
    elif isinstance(answer, dict):
        yield dict(list(answer.items())[1:])
    elif isinstance(answer, nx.Graph):
        less = answer.copy()
        less.remove_node(next(iter(answer)))
        yield from (less, nx.DiGraph(answer))
    elif is_number(answer):
        yield from (answer * 1.5 + 1, -answer - 1, str(answer), float("nan"))
    elif isinstance(answer, list | set | tuple | pd.Index | np.ndarray):
        yield from (list(answer)[1:], [*answer, "nothing"], ";".join(map(str, answer)))
    elif isinstance(answer, str):
        yield from ("Because.", 5)
    elif callable(answer):
        yield from (lambda *_: None, lambda *_: 0, lambda *_: 1 / 0, lambda: 1, lambda *_: "x", "text")


ODD = [
    None, ..., 0, -1, 3.5, True, float("nan"), "", "text", [], [...], [None], [[1], [2]], {}, {1: ...}, set(), (), (...,),
    b"x", object(), len, int, np.array(3), np.array([[1, 2]]), pd.NA, pd.NaT, pd.Timestamp("2024-01-01"),
    pd.DataFrame(), pd.DataFrame({"a": [1]}), pd.DataFrame([[1, 2]], columns=["a", "a"]), pd.DataFrame({("a", 1): [[1]]}),
    pd.Series(dtype=float), pd.Series([..., None]), pd.Series([[1], {2}]), pd.Series([1, 2], index=["a", "a"]),
    pd.Index([]), nx.Graph(), nx.path_graph(3), nx.MultiDiGraph([(1, 2)]), range(3), iter([1]), (x for x in "ab"),
]  # fmt: skip


@each
def test_the_model_solution_is_right(number, solutions):
    assert check(number, *solutions[number])


@each
def test_any_form_of_a_right_answer_passes(number, solutions):
    answers = solutions[number]
    for place, answer in enumerate(answers):
        for other in same_in_other_forms(answer):
            verdict = check(number, *answers[:place], other, *answers[place + 1 :])
            assert verdict, (type(other), verdict)


@each
def test_a_spoiled_answer_does_not_pass_and_is_told_why(number, solutions):
    answers = solutions[number]
    for place, answer in enumerate(answers):
        wrong = list(spoiled(answer))
        assert wrong, type(answer)
        for other in wrong:
            verdict = check(number, *answers[:place], other, *answers[place + 1 :])
            assert not verdict and len(verdict.words) > 15, other


@each
def test_an_empty_answer_does_not_pass(number, solutions):
    answers = solutions[number]
    assert not check(number)
    for place in range(len(answers)):
        which = f"answer {place + 1} of {len(answers)}: " if len(answers) > 1 else ""
        for empty in (..., None, "", [], {}, pd.DataFrame(), pd.Series(dtype=float), np.array([])):
            verdict = check(number, *answers[:place], empty, *answers[place + 1 :])
            assert verdict == (False, which + (OPEN if is_open(empty) else EMPTY))


@each
def test_no_answer_stops_a_check(number, solutions):
    """Whatever a cell holds, a verdict comes, and it is no."""
    answers = solutions[number]
    for place in range(len(answers)):
        for odd in ODD:
            assert not check(number, *answers[:place], odd, *answers[place + 1 :]), odd
    assert not check(number, *answers, 1)
    assert not check(number, *[...] * len(answers))


PARTNERS = """
def partners_without(kind):
    left = pairs[pairs["kind"] != kind]
    turned = left.rename(columns={"party_a": "party_b", "party_b": "party_a"})
    return pd.concat([left, turned]).groupby("party_a")["party_b"].nunique()
"""
STRENGTH = """
once = pairs.drop_duplicates(["party_a", "party_b", "kind"])
once = once.assign(weight=once["kind"].map(weights))
"""
MISTAKES = [
    ("1.1", "to_the_diet = kinds['diet_approval'] == 'yes'", "True or False for each"),
    ("1.1", "to_the_diet = kinds.index[kinds['diet_approval'] == 'Yes']", "the answer is empty"),
    ("1.1", "to_the_diet = kinds.loc[kinds['diet_approval'] == 'yes', 'diet_approval']", "in the index"),
    ("1.2", "in_force = in_force.astype(str)", "the values are text"),
    ("1.3", "first_signed = own[own['part_of'].isna()].groupby('type')['signed_earliest'].min().dt.year", "a clause of"),
    ("1.4", "matrix = held.pivot(index='partner', columns='type')", "names of several levels"),
    ("1.5", "def half_wait(t): c = survival.waiting(t, 'signed'); return c.loc[(c['share'] <= 0.5).idxmax(), 'time']",
     "never falls to one half: a missing value"),
    ("1.5", "def half_wait(t): c = survival.waiting(t, 'signed'); return c.loc[c['share'] >= 0.5, 'time'].max()",
     "asked about made-up talks: the number is too low"),
    ("1.5", "half_wait = lambda t: 8.57", "asked about made-up talks: the number is too low"),
    ("1.6", "group_of = lambda marks: 'a' if marks.name in ('RAA', 'ISA') else marks['binds']", "looks at the name"),
    ("1.6", "because = 'bla ' * 15", "this has 1"),
    ("1.6", "group_of = lambda marks: marks['diet_approval']", "the name of a group as text"),
    ("2.2", "partners = pairs.groupby('party_a')['party_b'].nunique().reindex(states)", "one of the two columns"),
    ("2.4", "star = network.state_graph(spokes, states); in_the_star = nx.betweenness_centrality(star)['JPN']",
     "in_the_star: states without a tie to Japan"),
    ("2.5", PARTNERS + "rank_without = lambda s, k: (partners_without(k) > partners_without(k)[s]).sum() + 1", "KeyError"),
    ("2.5", PARTNERS + "rank_without = lambda s, k: partners_without(k).reindex(states).rank("
     "ascending=False, method='dense', na_option='bottom')[s]", "share a rank count as one"),
    ("2.6", STRENGTH + "strength = once.groupby('party_a')['weight'].sum() + once.groupby('party_b')['weight'].sum()",
     "have no value (NaN)"),
    ("3.2", "reached = rows[rows['earliest'] <= DAY].groupby('stage')['partner'].nunique()", "which of the two dates"),
    ("3.4", "share_as_claimed = lambda p: round((p['order'] == 'as claimed').mean(), 1)", "about made-up pairs"),
    ("3.5", "swing = (without - share_as_claimed(strict)).idxmax()", "swing: another partner moves"),
    ("3.5", "swing = ...", "answer 2 of 2: nothing is filled in"),
    ("3.6", "my_share = 1 - my_share", "my_share does not follow from your stages: the share of reversed"),
    ("4.3", "smaller = real.index[fell]", "smaller: these are years in which it was worth less"),
    ("4.4", "shares = shares.mul(including / without, axis=0).loc[2022:2025]", "line with the costs of realignment"),
    ("4.5", "yearly_growth = lambda s, a, b: 100 * s.loc[a:b].pct_change(fill_method=None).mean()", "averaged"),
    ("4.5", "yearly_growth = lambda s, a, b: 100 * ((s.get(b, 0) / s.get(a, float('nan'))) ** (1 / (b - a)) - 1)",
     "to a year that it has not: a missing value"),
    ("4.5", "by_start = 100 * (constant[2025] / constant.loc[1997:2022] - 1)", "by_start: this is the growth over all"),
    ("4.6", "y = placed.pivot_table(index='group', columns='fiscal_year', values='bn_yen'); by_group = 100 * y / y.sum(); "
     "by_group['change'] = by_group[2025] - by_group[2022]", "by_group does not follow from your groups: means"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "code", "told"), MISTAKES)
def test_a_mistake_that_students_make_is_told(number, code, told, spaces):
    space = dict(spaces[set_of(number)])
    exec(code, space)
    verdict = check(number, *[space[name] for name in asked_for(number)])
    assert not verdict and told in verdict.words, verdict


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("1.4", "matrix = held.set_index(['partner', 'type'])[['status']].unstack()"),
        ("2.2", "partners = partners.reindex(states)"),
        ("3.4", "def share_as_claimed(p): n = p.groupby('order')['partner'].count(); "
         "return n['as claimed'] / (n['as claimed'] + n['reversed'])"),
        ("3.4", "share_as_claimed = lambda p: pd.crosstab(p['order'], p['lower']).sum(axis=1)[['as claimed', 'reversed']]"
         ".pipe(lambda n: n['as claimed'] / n.sum())"),
        ("4.4", "shares = shares.round(3)"),
        ("4.5", "by_start = by_start.round(3)"),
    ],
)  # fmt: skip
def test_another_way_to_the_right_answer_passes(number, code, spaces):
    space = dict(spaces[set_of(number)])
    exec(code, space)
    assert check(number, *[space[name] for name in asked_for(number)])


def secrets(answer) -> set[str]:
    """Names and numbers that a right answer is made of."""
    if isinstance(answer, pd.DataFrame):
        return set(map(str, answer.index)) | {cell for cell in answer.to_numpy().ravel() if isinstance(cell, str)}
    if isinstance(answer, pd.Series | dict):
        return {str(label) for label in dict(answer) if not str(label).isdigit()}
    if is_number(answer):
        return {str(answer), f"{answer:.0f}", f"{answer:.1f}"}
    return set() if isinstance(answer, str) or callable(answer) else set(map(str, answer))


@each
def test_what_is_said_of_a_wrong_answer_does_not_give_the_right_one(number, solutions):
    answers = solutions[number]
    for place, answer in enumerate(answers):
        for wrong in (["nothing"], 10**9, -(10**9), {"nothing": 1}, pd.DataFrame({"nothing": [1]}), nx.path_graph(2)):
            told = check(number, *answers[:place], wrong, *answers[place + 1 :])
            assert not told and not secrets(answer) & set(re.findall(r"[\w.]+", told.words)), told


@each
def test_hints_are_given_on_request_one_after_the_other(number):
    hints = EXERCISES[number].hints
    assert len(hints) >= 2
    assert f"hint('{number}', 2)" in repr(hint(number)) and hints[0] in hint(number)
    assert repr(hint(number, len(hints))) == hints[-1]
    with pytest.raises(ValueError, match=f"has {len(hints)} hints"):
        hint(number, len(hints) + 1)


def test_an_unknown_exercise_is_an_error():
    for ask in (check, hint):
        with pytest.raises(ValueError, match=r"no exercise '9\.9'; there are: 1\.1, 1\.2"):
            ask("9.9")


def test_what_is_empty_and_what_is_not():
    assert all(is_open(value) for value in (None, ..., "", " "))
    assert all(is_empty(value) for value in ([], (), {}, set(), nx.Graph(), pd.Index([]), np.array([])))
    assert not any(is_empty(v) or is_open(v) for v in (0, False, float("nan"), [None], "x", np.array(3), len))


# ---------------------------------------------------------------------------------------------------
# Grades


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with the two made-up submissions, and a student who hands in what cannot be graded whole."""
    folder = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(PRACTICE / "source", folder / "source")
    shutil.copy(PRACTICE / "nbgrader_config.py", folder)
    for student in exercises.STUDENTS:
        shutil.copytree(PRACTICE / "submitted" / student, folder / "submitted" / student)
    taxonomy = nbformat.read(exercise("submitted/right", "taxonomy"), as_version=4)
    taxonomy.cells.remove(named(taxonomy, "check")["1.2"])
    texts = {
        "taxonomy/taxonomy": nbformat.writes(taxonomy),
        "network/mine": nbformat.writes(taxonomy),
        "path/path": "{",
    }
    for place, text in texts.items():
        path = folder / "submitted" / "careless" / f"{place}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graded(course):
    """Points and remarks, by nbgrader."""
    return exercises.autograde(course, course.parent / "graded")


def test_the_right_submission_gets_all_points(graded):
    points, _ = graded
    assert points.index.tolist() == NUMBERS
    assert points["of"].tolist() == points["right"].tolist() == POINTS * len(SETS)


def test_what_cannot_be_graded_is_told_and_stops_nothing(graded):
    points, remarks = graded
    assert points["careless"].dropna().to_dict() == {"1.1": 1, "1.2": 0, "1.3": 2, "1.4": 2, "1.5": 2, "1.6": 2}
    assert len(remarks) == 3
    for remark, words_ in zip(
        remarks, ("careless/network/mine.ipynb; wanted", "path.ipynb, which", "1.2"), strict=True
    ):
        assert words_ in remark


def test_typical_errors_cost_what_the_guide_says_and_are_told_in_its_words(graded, course):
    points = graded[0].drop(columns="careless")
    rows = re.findall(r"^\| (\d\.\d) \| (\d) \| (\d) \| (\d) \| (.+) \|$", GUIDE, re.MULTILINE)
    shown = pd.DataFrame(rows, columns=["exercise", "of", "right", "typical_errors", "words"]).set_index("exercise")
    pd.testing.assert_frame_equal(shown.drop(columns="words").astype(float), points, check_names=False)
    assert all(0 < points["typical_errors"].filter(like=f"{k}.").sum() < sum(POINTS) / 2 for k in range(1, 5))
    for name in SETS:
        notebook = nbformat.read(
            course.parent / "graded" / "autograded" / "typical_errors" / name / f"{name}.ipynb", as_version=4
        )
        for number, cell in named(notebook, "check").items():
            output = cell.outputs[0]
            assert shown.loc[number, "words"] in output.get("text", f"{output.get('ename')}: {output.get('evalue')}")


def test_grading_without_submissions_gives_no_points(tmp_path):
    """A course of which nothing has been handed in yet."""
    shutil.copytree(PRACTICE / "source", tmp_path / "course" / "source")
    (tmp_path / "course" / "submitted").mkdir()
    shutil.copy(PRACTICE / "nbgrader_config.py", tmp_path / "course")
    points, remarks = exercises.autograde(tmp_path / "course", tmp_path / "graded")
    assert points.columns.tolist() == ["of"] and not remarks


# ---------------------------------------------------------------------------------------------------
# Refresher and guide

MODULES = {"nx", "taxonomy", "survival", "network", "stages", "spending", "graph"}  # of their own, not of pandas


def methods(sources) -> set[str]:
    """Names that code asks of objects: methods, accessors, functions of pandas."""
    trees = [ast.parse(source) for source in sources]
    asked = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return {node.attr for node in asked if not (isinstance(node.value, ast.Name) and node.value.id in MODULES)}


def test_the_refresher_shows_what_the_solutions_use_and_no_more():
    used = methods(cell.source for source in SOURCES.values() for cell in named(source, "answer").values())
    refresher = nbformat.read(PRACTICE / "pandas_refresher.ipynb", as_version=4)
    shown = methods(cell.source for cell in refresher.cells if cell.cell_type == "code")
    to_look = {"head", "shape", "columns"}
    own = set(load_tables()) | {"horizon", "by_year", "year", "prices", "unit"}  # tables, amounts
    assert not used - shown - own, "the refresher lacks these"
    assert not shown - used - to_look - own, "no exercise needs these"


def test_the_guide_has_the_minutes_of_what_it_lists():
    rows = re.findall(r"^\| \[.+?\]\((\S+?\.ipynb)\) \| .+? \| (\d+) \|", GUIDE, re.MULTILINE)
    assert len(rows) == len(SETS) + len(lessons())
    for target, minutes in rows:
        text = words(nbformat.read(PRACTICE / target, as_version=4))
        assert f"Together {minutes} minutes" in text or re.search(
            rf"^\| time \| (about )?{minutes} minutes", text, re.MULTILINE
        )


def test_each_session_of_the_guide_takes_ninety_minutes():
    sessions = re.split(r"^### Session \d", GUIDE.partition("## What to say")[0], flags=re.MULTILINE)[1:]
    assert len(sessions) == 4
    for session in sessions:
        assert sum(int(minutes) for minutes in re.findall(r"^\| (\d+) \| ", session, re.MULTILINE)) == 90


def test_first_four_exercises_fit_into_the_time_a_session_gives_them():
    for notebook in SOURCES.values():
        minutes = re.findall(r"^\*\*Time\.\*\* (\d+) minutes", words(notebook), re.MULTILINE)
        assert sum(map(int, minutes[:4])) == 33 and "(33 minutes by the file)" in GUIDE


def test_what_the_guide_names_is_there():
    """Links, and rows of the tables that are to be shown in class."""
    for target in re.findall(r"\]\(([^)#]+)\)", GUIDE):
        assert target.startswith("https://") or (PRACTICE / target).is_file(), target
    tables = load_tables()
    ids = {row for name in tables if "id" in tables[name] for row in tables[name]["id"]}
    shown = re.findall(r"`([a-z]+(?:-[a-z0-9]+){2,})`", GUIDE)
    assert len(shown) >= 4 and set(shown) <= ids
