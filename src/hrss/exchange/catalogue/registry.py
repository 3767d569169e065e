"""The registry of questions and of the callables by which domains answer them.

Filled once at start: definitions by this app, answers by the domains' ``apps.py``. A name taken twice is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hrss.exchange.catalogue.question import Question
from hrss.kernel.problem import Problem

One = Callable[[UUID], Mapping[str, Any] | None]
Many = Callable[[Iterable[UUID]], Mapping[UUID, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Answerer:
    """How a domain answers: for one subject, for many (who is not in the result has nothing on record)."""

    one: One
    many: Many


class Catalogue:
    """Questions by name and their answerers."""

    def __init__(self) -> None:
        self._questions: dict[str, Question] = {}
        self._answerers: dict[str, Answerer] = {}

    def register(self, question: Question) -> None:
        """Enter a question."""
        if question.name in self._questions:
            raise ValueError(f"question {question.name} is registered twice")
        self._questions[question.name] = question

    def question(self, name: str) -> Question:
        """Give a question; Problem ``exchange.unknown_question`` for any other name."""
        found = self._questions.get(name)
        if found is None:
            raise Problem(
                "exchange.unknown_question",
                f"共享目录里没有“{name}”这一项",
                rule="数据共享目录：没有列入目录的，不得查询",
                remedy="请管理员在目录中登记后再查询",
                status=404,
            )
        return found

    def questions(self) -> tuple[Question, ...]:
        """Give all questions in the order of their names."""
        return tuple(self._questions[name] for name in sorted(self._questions))

    def answer_with(self, name: str, *, one: One | None = None, many: Many | None = None) -> None:
        """Say how a domain answers ``name``; with one of the two callables the other is derived from it."""
        if name in self._answerers:
            raise ValueError(f"question {name} is answered twice")
        self._answerers[name] = _answerer(name, one, many)

    def answerer(self, name: str) -> Answerer | None:
        """Give how a domain answers ``name``, or None where nobody does."""
        return self._answerers.get(name)

    def complaints(self) -> list[str]:
        """Say which domain questions nobody answers and which answers nobody can ask for."""
        asked = {question.name for question in self._questions.values() if question.source_kind == "domain"}
        mute = [f"{name} 没有回答方" for name in sorted(asked - self._answerers.keys())]
        return mute + [f"{name} 有回答方，但目录里没有" for name in sorted(self._answerers.keys() - asked)]


def _answerer(name: str, one: One | None, many: Many | None) -> Answerer:
    if one is None and many is None:
        raise ValueError(f"question {name} needs one= or many=")
    return Answerer(one or _one_from(many), many or _many_from(one))


def _one_from(many: Many | None) -> One:
    def ask_one(subject: UUID) -> Mapping[str, Any] | None:
        return None if many is None else many([subject]).get(subject)

    return ask_one


def _many_from(one: One | None) -> Many:
    def ask_many(subjects: Iterable[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
        answers = ((subject, None if one is None else one(subject)) for subject in subjects)
        return {subject: answer for subject, answer in answers if answer is not None}

    return ask_many


CATALOGUE = Catalogue()
register = CATALOGUE.register
question = CATALOGUE.question
questions = CATALOGUE.questions
answer_with = CATALOGUE.answer_with
