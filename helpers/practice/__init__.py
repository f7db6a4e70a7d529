"""Check answers to the exercises of ``notebooks/practice`` on the spot, and give hints.

Each set has a module with its right answers, which are computed from the tables by the functions of the lectures:
:mod:`~helpers.practice.taxonomy`, :mod:`~helpers.practice.network`, :mod:`~helpers.practice.path` and
:mod:`~helpers.practice.spending`. :mod:`~helpers.practice.answers` compares.
"""

from __future__ import annotations

from functools import cache
from inspect import signature
from typing import Any

from helpers.practice import network, path, spending, taxonomy
from helpers.practice.answers import EMPTY, OPEN, Exercise, Verdict, is_empty, is_open
from helpers.tables import Tables, load_tables

__all__ = ["EXERCISES", "check", "hint"]

EXERCISES: dict[str, Exercise] = taxonomy.EXERCISES | network.EXERCISES | path.EXERCISES | spending.EXERCISES


@cache
def _tables() -> Tables:
    return load_tables()


def check(exercise: str, *answers: Any) -> Verdict:
    """Check an answer.

    Parameters
    ----------
    exercise : str
        Number of the exercise, as ``1.2``.
    *answers : object
        The answer; two or more where the exercise asks for them, in its order.

    Returns
    -------
    Verdict
        True if all is right; shown, it says what is wrong, without giving the answer.

    Raises
    ------
    ValueError
        If there is no such exercise.

    Notes
    -----
    The right answer is computed from the tables when it is asked for, and not by the model solution. Order of rows and
    columns, kinds of containers and rounding do not matter. Whatever the answer is, a check gives a verdict and does
    not stop, so that a notebook runs to its end before anything is filled in.

    Examples
    --------
    >>> check("1.1", ...)
    Not yet: nothing is filled in; put your answer in the place of the three dots, or below
    """
    found = _exercise(exercise)
    if not answers:
        return Verdict(False, OPEN)
    for number, answer in enumerate(answers, start=1):
        if is_open(answer) or is_empty(answer):
            which = f"answer {number} of {len(answers)}: " if len(answers) > 1 else ""
            return Verdict(False, which + (OPEN if is_open(answer) else EMPTY))
    asked = len(signature(found.judge).parameters) - 1  # the tables come first
    if len(answers) != asked:
        return Verdict(False, f"{asked} answers are asked for, in the order of the exercise; here are {len(answers)}")
    wrong = found.judge(_tables(), *answers)
    return Verdict(not wrong, wrong or found.shows)


class _Words(str):
    """Text that a notebook shows without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def hint(exercise: str, number: int = 1) -> str:
    """Ask for a hint.

    Parameters
    ----------
    exercise : str
        Number of the exercise, as ``1.2``.
    number : int
        1 for the first hint, 2 for one that says more, and so on.

    Returns
    -------
    str
        The hint.

    Raises
    ------
    ValueError
        If there is no such exercise, or no such hint.
    """
    hints = _exercise(exercise).hints
    if not 1 <= number <= len(hints):
        raise ValueError(f"exercise {exercise} has {len(hints)} hints, numbered from 1")
    more = f" (More: hint({exercise!r}, {number + 1}).)" if number < len(hints) else ""
    return _Words(hints[number - 1] + more)


def _exercise(name: str) -> Exercise:
    if name not in EXERCISES:
        raise ValueError(f"no exercise {name!r}; there are: {', '.join(EXERCISES)}")
    return EXERCISES[name]
