"""目录: the named questions that may be asked, and who answers them.

Definitions come from ``packs/national/questions/*.yaml``; domains add their answers with ``answer_with``. What is not
in the catalogue cannot be asked.
"""

from hrss.exchange.catalogue.question import AskedBy, Basis, Promise, Question, Subject
from hrss.exchange.catalogue.registry import (
    CATALOGUE,
    Answerer,
    Catalogue,
    answer_with,
    question,
    questions,
    register,
)

__all__ = [
    "CATALOGUE",
    "Answerer",
    "AskedBy",
    "Basis",
    "Catalogue",
    "Promise",
    "Question",
    "Subject",
    "answer_with",
    "question",
    "questions",
    "register",
]
