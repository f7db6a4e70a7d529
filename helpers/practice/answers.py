"""Hold an answer against what is right: any form of a right answer passes, and words say what is wrong.

A *judge* takes the answer and the right one and gives the words of what is wrong, or blank. No judge raises, whatever
it is given, and none names a value that is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from math import isclose
from numbers import Real
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd

__all__ = [
    "Exercise",
    "Question",
    "Verdict",
    "graph",
    "is_empty",
    "is_open",
    "names",
    "number",
    "outcome",
    "questioned",
    "ranking",
    "table",
    "told",
    "too_short",
    "values",
]

Judge = Callable[[Any, Any], str]

OPEN = "nothing is filled in; put your answer in the place of the three dots, or below"
ROUNDED = 0.0005  # three digits behind the point are enough
EMPTY = "the answer is empty: no row meets the conditions (is a word spelled in another way in the table?)"


class Verdict(NamedTuple):
    """What the checker says of an answer; true if it is right.

    Parameters
    ----------
    right : bool
        Whether the answer is right.
    words : str
        What is wrong; or, if nothing is, what the answer shows.
    """

    right: bool
    words: str

    def __bool__(self) -> bool:
        return self.right

    def __repr__(self) -> str:
        return f"{'Right.' if self.right else 'Not yet:'} {self.words}".strip()


class Exercise(NamedTuple):
    """One exercise, as the checker knows it.

    Parameters
    ----------
    hints : tuple of str
        What to say to those who ask for help, the broadest first.
    judge : callable
        Takes the tables and the answer or answers; gives the words of what is wrong, or blank.
    shows : str
        What a right answer shows.
    """

    hints: tuple[str, ...]
    judge: Callable[..., str]
    shows: str


# ---------------------------------------------------------------------------------------------------
# Forms of an answer


def is_open(given: Any) -> bool:
    """Whether nothing has been filled in.

    Examples
    --------
    >>> [is_open(answer) for answer in (..., None, "", [], 0)]
    [True, True, True, False, False]
    """
    return given is None or given is ... or (isinstance(given, str) and not given.strip())


def is_empty(given: Any) -> bool:
    """Whether something is filled in that holds nothing.

    Examples
    --------
    >>> [is_empty(answer) for answer in ([], pd.DataFrame(), 0, ["ACSA"])]
    [True, True, False, False]
    """
    if isinstance(given, pd.DataFrame | pd.Series | pd.Index):
        return given.empty
    if isinstance(given, np.ndarray):
        return given.size == 0
    return isinstance(given, list | tuple | set | frozenset | Mapping | nx.Graph) and len(given) == 0


def kind_of(given: Any) -> str:
    """What a thing is, in words for a student."""
    words = {pd.DataFrame: "a table", pd.Series: "a Series", str: "text", bool: "True or False", dict: "a dictionary"}
    return next((word for kind, word in words.items() if isinstance(given, kind)), f"of type {type(given).__name__}")


def number(given: Any, right: float, *, tolerance: float = 0.005) -> str:
    """Judge a number.

    Parameters
    ----------
    given : object
        The answer: any number, or a Series or array that holds just one.
    right : float
        The right number; a missing one if there is none.
    tolerance : float
        How far from it the answer may be, as a share of it; whole numbers must be equal.

    Returns
    -------
    str
        What is wrong, or blank.

    Examples
    --------
    >>> number(np.float64(49.8), 50.0, tolerance=0.01), number(0.5, 50.0)
    ('', 'the number is a hundredth of what it should be: is it a share where percent are asked for?')
    """
    if isinstance(given, pd.Series | pd.Index | np.ndarray) and given.size == 1:
        given = given.item()
    if pd.isna(right):
        return "" if given is not None and _is_blank(given) else "a missing value (nan) is asked for"
    if isinstance(given, bool | np.bool_) or not isinstance(given, Real):
        return f"a number is asked for, this is {kind_of(given)}"
    if pd.isna(given):
        return "the number is missing (NaN): somewhere on the way a blank came in"
    if _equal(given, right, tolerance):
        return ""
    if _equal(given, 100 * right, tolerance):
        return "the number is a hundred times what it should be: is it in percent where a share is asked for?"
    if _equal(100 * given, right, tolerance):
        return "the number is a hundredth of what it should be: is it a share where percent are asked for?"
    return f"the number is too {'high' if given > right else 'low'}"


def _equal(given: Any, right: Any, tolerance: float) -> bool:
    """Whether two values are the same: numbers within the tolerance, missing values with missing or blank ones.

    Numbers as text are no numbers: nothing can be computed with them.
    """
    if _is_blank(given) or _is_blank(right):
        return _is_blank(given) and _is_blank(right)
    numbers = isinstance(given, Real) and isinstance(right, Real)
    if numbers and not isinstance(right, bool | np.bool_ | int | np.integer):
        return isclose(given, right, rel_tol=tolerance, abs_tol=ROUNDED)
    if numbers:
        return float(given) == float(right)
    if isinstance(given, str) and isinstance(right, Real):
        return False
    return _word(given) == _word(right)


def _is_blank(value: Any) -> bool:
    """Whether a cell holds nothing: a missing value, or text without a word."""
    if isinstance(value, str):
        return not value.strip()
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _word(value: Any) -> str:
    """A label as text, so that 2022, '2022' and a period of that year are one; days without their hour."""
    if isinstance(value, tuple):
        return " ".join(map(_word, value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).removesuffix(" 00:00:00").strip()


def names(given: Any, right: Iterable[str], *, what: str = "names") -> str:
    """Judge a set of names, in whatever order and container.

    Parameters
    ----------
    given : object
        The answer: a list, set, Series, index ...
    right : iterable of str
        The right names.
    what : str
        What they are, in the plural.

    Returns
    -------
    str
        What is wrong, or blank.

    Examples
    --------
    >>> names(pd.Index(["RAA", "ACSA"]), {"ACSA", "RAA"})
    ''
    >>> names(["ACSA", "VFA"], {"ACSA", "RAA"}, what="kinds")
    '1 of the kinds asked for is missing, and 1 of those given does not belong there'
    """
    own = _listed(given, str | pd.DataFrame | Mapping)
    if own is None:
        return f"a list of {what} is asked for, this is {kind_of(given)}"
    if own and set(own) <= {"True", "False"}:
        return f"this is True or False for each; put it in brackets to choose the {what}"
    asked_for = {_word(value) for value in right}
    if isinstance(given, pd.Series) and set(own) != asked_for and set(map(_word, given.index)) == asked_for:
        return f"the {what} asked for are in the index of this Series: give its `index`"
    return _apart(set(own), asked_for, what)


def _listed(given: Any, refused: Any) -> list[str] | None:
    """Names, as text, in whatever holds them; None if it holds no names."""
    try:
        return None if isinstance(given, refused) else [_word(value) for value in given]
    except TypeError:  # nothing that has parts
        return None


def _apart(given: set, right: set, what: str) -> str:
    """How two sets differ, in numbers."""
    missing, extra = len(right - given), len(given - right)
    parts = [f"{missing} of the {what} asked for {'is' if missing == 1 else 'are'} missing"] if missing else []
    given_too = "those" if missing else f"the {what}"
    parts += [f"{extra} of {given_too} given {'does' if extra == 1 else 'do'} not belong there"] if extra else []
    return ", and ".join(parts)


def values(given: Any, right: pd.Series, *, what: str = "rows", tolerance: float = 0.005, zeros: bool = False) -> str:
    """Judge values with labels, in whatever order and container.

    Parameters
    ----------
    given : object
        The answer: a Series, a dictionary, a table of one column, or one of labels and values.
    right : Series
        The right values.
    what : str
        What the labels are, in the plural.
    tolerance : float
        As for :func:`number`.
    zeros : bool
        Whether labels of value 0 may be left out, or have none.

    Returns
    -------
    str
        What is wrong, or blank.

    Examples
    --------
    >>> right = pd.Series({"ACSA": 7, "RAA": 3})
    >>> values({"RAA": 3, "ACSA": 7}, right), values({"RAA": 2, "ACSA": 7}, right, what="kinds")
    ('', 'the value of 1 of the kinds is wrong')
    """
    pairs = _labeled(given, right.index.nlevels)
    if pairs is None:
        return f"a Series, indexed by {what}, is asked for, this is {kind_of(given)}"
    own, asked = dict(pairs), dict(_labeled(right, right.index.nlevels))
    if len(own) < len(pairs):
        return f"some {what} stand there more than once"
    if zeros:
        asked = {label: value for label, value in asked.items() if value != 0}
        own = {k: v for k, v in own.items() if k in asked or not (_is_blank(v) or _equal(v, 0, 0))}
    if apart := _apart(set(own), set(asked), what):
        return apart
    wrong = [label for label, value in asked.items() if not _equal(own[label], value, tolerance)]
    if blank := sum(_is_blank(own[label]) for label in wrong):
        return f"{blank} of the {what} {'has' if blank == 1 else 'have'} no value (NaN)"
    if any(isinstance(own[label], str) and isinstance(asked[label], Real) for label in wrong):
        return "the values are text; numbers are asked for"
    return f"the value of {len(wrong)} of the {what} is wrong" if wrong else ""


def _labeled(given: Any, levels: int) -> list[tuple[str, Any]] | None:
    """Labels, as text, and values of whatever holds them."""
    if isinstance(given, pd.DataFrame) and given.shape[1] == levels + 1:
        labels, held = given.iloc[:, :levels].itertuples(index=False, name=None), given.iloc[:, -1]
    elif isinstance(given, pd.DataFrame) and given.shape[1] == 1:
        labels, held = given.index, given.iloc[:, 0]
    elif isinstance(given, pd.Series):
        labels, held = given.index, given
    elif isinstance(given, Mapping):
        labels, held = given.keys(), given.values()
    else:
        return None
    return [(_word(label), value) for label, value in zip(labels, held, strict=True)]


def ranking(given: Any, scores: pd.Series, length: int, *, what: str = "names") -> str:
    """Judge who comes first, second ...; those with the same score may change places.

    Parameters
    ----------
    given : object
        The answer: names in order, or a Series of scores by name, in order.
    scores : Series of float
        The right scores, by name; the highest comes first.
    length : int
        How many names are asked for.
    what : str
        What they are, in the plural.

    Returns
    -------
    str
        What is wrong, or blank.

    Examples
    --------
    >>> scores = pd.Series({"USA": 9.0, "AUS": 7.0, "GBR": 7.0, "FRA": 2.0})
    >>> ranking(["USA", "GBR", "AUS"], scores, 3), ranking(["AUS", "USA", "GBR"], scores, 3)
    ('', 'the right names, but not in the right order')
    """
    if isinstance(given, pd.Series) and pd.api.types.is_numeric_dtype(given):
        given = given.index
    own = _listed(given, str | set | frozenset | pd.DataFrame | Mapping)
    if own is None:
        return f"a list of {what} in order is asked for, this is {kind_of(given)}"
    if len(own) != length or len(set(own)) != length:
        return f"{length} different {what} are asked for, here are {len(set(own))}"
    best = scores.sort_values(ascending=False, kind="stable")
    if not set(own) <= set(best.index):
        return f"not all of these are {what} that can be ranked"
    reached = [best[name] for name in own]
    if not all(isclose(a, b, rel_tol=1e-6, abs_tol=1e-12) for a, b in zip(reached, best.iloc[:length], strict=True)):
        same = set(own) == set(best.index[:length])
        return f"the right {what}, but not in the right order" if same else f"not all of these {what} belong there"
    return ""


def table(given: Any, right: pd.DataFrame, *, by: list[str], what: str = "rows", tolerance: float = 0.005) -> str:
    """Judge a table, in whatever order of rows and columns.

    Parameters
    ----------
    given : object
        The answer: a table with the columns of `right`, each a column or a level of the index. It may have more.
    right : DataFrame
        The right table; what tells its rows apart may be the index.
    by : list of str
        Columns that tell the rows apart.
    what : str
        What a row is, in the plural.
    tolerance : float
        As for :func:`number`.

    Returns
    -------
    str
        What is wrong, or blank. Blank text and missing values are the same.

    Examples
    --------
    >>> right = pd.DataFrame({"partner": ["AUS", "DEU"], "signed": [2022, 2024]})
    >>> table(right.iloc[::-1].set_index("partner"), right, by=["partner"])
    ''
    >>> table(right.assign(signed=[2022, 2023]), right, by=["partner"])
    "column 'signed' is wrong in 1 of 2 rows"
    """
    if not isinstance(given, pd.DataFrame):
        return f"a table is asked for, this is {kind_of(given)}"
    if given.columns.nlevels > 1:
        if given.columns.nlevels > 2 or len(set(given.columns.get_level_values(0))) > 1:
            return "its columns have names of several levels: say which column holds the values of the cells"
        given = given.droplevel(0, axis=1)
    if given.index.nlevels == len(by) == 1 and by[0] not in given and not isinstance(given.index, pd.RangeIndex):
        given = given.rename_axis(by[0])
    own, asked = _flat(given), _flat(right)
    if lacking := [column for column in asked if column not in own.columns and column not in by]:
        turned = set(lacking) <= {_word(value) for value in own.iloc[:, 0]}
        return _apart(set(), set(lacking), "columns") + ("; are rows and columns swapped?" if turned else "")
    if lacking := [column for column in by if column not in own.columns]:
        return f"there is no column {lacking[0]!r}"
    own, asked = (frame.set_index(frame[by].map(_word).agg(" ".join, axis=1)) for frame in (own, asked))
    if not own.index.is_unique:
        return f"some {what} stand there more than once"
    if apart := _apart(set(own.index), set(asked.index), what):
        return apart
    for column in asked.columns.difference(by, sort=False):
        pairs = zip(own[column].reindex(asked.index), asked[column], strict=True)
        if wrong := sum(not _equal(a, b, tolerance) for a, b in pairs):
            return f"column {column!r} is wrong in {wrong} of {len(asked)} {what}"
    return ""


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """A table with its index, where it has a name, as columns; names of columns as text."""
    named = [name for name in frame.index.names if name is not None]
    flat = frame.reset_index(allow_duplicates=True) if named else frame.reset_index(drop=True)
    flat.columns = [_word(column) for column in flat.columns]
    return flat.loc[:, ~flat.columns.duplicated()]


def graph(given: Any, right: nx.Graph, *, weight: str | None = None) -> str:
    """Judge a network.

    Parameters
    ----------
    given : object
        The answer.
    right : Graph
        The right network.
    weight : str, optional
        Attribute of the edges that must be right, too.

    Returns
    -------
    str
        What is wrong, or blank.

    Examples
    --------
    >>> graph(nx.Graph([("B", "A")]), nx.Graph([("A", "B")]))
    ''
    >>> graph(nx.Graph([("A", "C")]), nx.Graph([("A", "B")]))
    '1 of the nodes asked for is missing, and 1 of those given does not belong there'
    """
    if not isinstance(given, nx.Graph):
        return f"a networkx graph is asked for, this is {kind_of(given)}"
    if given.is_directed() or given.is_multigraph():
        return "ties go both ways, and each pair has one: nx.Graph is the class to take"
    if apart := _apart(set(given), set(right), "nodes"):
        return apart
    own, asked = ({frozenset(edge): edge for edge in one.edges} for one in (given, right))
    if apart := _apart(set(own), set(asked), "edges"):
        return apart
    if weight is None:
        return ""
    pairs = [(given.edges[own[pair]].get(weight), right.edges[edge][weight]) for pair, edge in asked.items()]
    if all(value is None for value, _ in pairs):
        return f"the edges have no attribute {weight!r}"
    wrong = sum(not _equal(value, asked_for, 0.005) for value, asked_for in pairs)
    return f"the {weight} of {wrong} of the edges is wrong" if wrong else ""


# ---------------------------------------------------------------------------------------------------
# Typical slips, functions that students write, and their reasons


def told(judge: Judge, given: Any, right: Any, slips: Mapping[str, Any]) -> str:
    """Judge an answer, and name a typical slip if one leads to just this answer.

    Parameters
    ----------
    judge : callable
        Any of the judges, its options set.
    given, right : object
        The answer, and the right one.
    slips : mapping of str to object
        What a slip gives, by the words to say then.

    Returns
    -------
    str
        What is wrong, or blank.

    Examples
    --------
    >>> told(number, 12, 9, {"signed is not in force": 12}), told(number, 9, 9, {"signed is not in force": 12})
    ('signed is not in force', '')
    """
    wrong = judge(given, right)
    return wrong and next((words for words, value in slips.items() if not judge(given, value)), wrong)


def too_short(reason: Any, words: int = 12) -> str:
    """Whether reasons are written down. What they are worth, people have to judge.

    Examples
    --------
    >>> too_short("So it is, because it is so.")
    'the reasons need a sentence or two (12 different words or more), this has 4'
    """
    if not isinstance(reason, str):
        return f"the reasons are asked for as text, this is {kind_of(reason)}"
    count = len({word.strip(".,;:!?").lower() for word in reason.split()})
    count += sum(sign > "\u3000" for sign in reason) // 2  # Japanese has no spaces
    if count >= words:
        return ""
    return f"the reasons need a sentence or two ({words} different words or more), this has {count}"


def outcome(function: Any, *arguments: Hashable | pd.DataFrame | pd.Series) -> tuple[Any, str]:
    """What a student's function gives, or in words why it gives nothing.

    Parameters
    ----------
    function : object
        The answer.
    *arguments : object
        What to call it with; tables are copied, so that it cannot change ours.

    Returns
    -------
    tuple of (object, str)
        The result and blank, or None and what is wrong.

    Examples
    --------
    >>> outcome(lambda x: x / 0, 1)
    (None, 'the function stops with ZeroDivisionError: division by zero')
    >>> outcome(lambda x: ..., 1)
    (None, 'the function gives nothing back here: each way through it needs a return')
    """
    if not callable(function):
        return None, f"a function is asked for, this is {kind_of(function)}"
    copies = [value.copy() if isinstance(value, pd.DataFrame | pd.Series) else value for value in arguments]
    try:
        result = function(*copies)
    except Exception as error:  # whatever a student's code may raise
        return None, f"the function stops with {type(error).__name__}: {error}"
    if result is None or result is ...:
        return None, "the function gives nothing back here: each way through it needs a return"
    return result, ""


class Question(NamedTuple):
    """One question to a function that a student has written.

    Parameters
    ----------
    about : str
        What it is asked about, in words that follow "asked".
    arguments : tuple
        What to call it with.
    right : object
        What it should give.
    slips : mapping of str to object
        As for :func:`told`.
    """

    about: str
    arguments: tuple
    right: Any
    slips: Mapping[str, Any] = {}


def questioned(function: Any, questions: Iterable[Question], judge: Judge = number) -> str:
    """Judge a function by what it answers.

    Parameters
    ----------
    function : object
        The answer.
    questions : iterable of Question
        What to ask.
    judge : callable
        What judges each result.

    Returns
    -------
    str
        What is wrong at the first question that it gets wrong, or blank. A slip is named only if it explains the
        answers to all questions that know of it.

    Examples
    --------
    >>> twice = [Question(f"for {x}", (x,), 2 * x, {"the square is given": x * x}) for x in (1, 2, 3)]
    >>> questioned(lambda x: x + x, twice), questioned(lambda x: x * x, twice), questioned(lambda x: 4, twice)
    ('', 'asked for 1: the square is given', 'asked for 1: the number is too high')
    """
    answered = []
    for question in questions:
        found, wrong = outcome(function, *question.arguments)
        if wrong:
            return f"asked {question.about}: {wrong}"
        answered.append((question, found))
    known = {words for question, _ in answered for words in question.slips}
    fits = {
        words for words in known if not any(judge(found, q.slips[words]) for q, found in answered if words in q.slips)
    }
    for question, found in answered:
        if wrong := judge(found, question.right):
            return f"asked {question.about}: {next((words for words in question.slips if words in fits), wrong)}"
    return ""
