"""An answer of the review: from the number that was pressed to the decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request

from quellenlage.execution import Decision
from quellenlage.execution.queue import KINDS, Choice, Kind, Question
from quellenlage.views.web.access.roles import User
from quellenlage.views.web.access.routes import requires

SKIP = "skip"
Editor = Annotated[User, Depends(requires("editor"))]
"""Who may decide."""

MOST = 20
"""Questions that are answered at once at most: those that a page of the list shows."""

_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Answer:
    """What the form of the review says; `choice` is the number of an answer, its name for several, or `SKIP`."""

    questions: tuple[str, ...]
    choice: str
    kinds: tuple[Kind, ...]
    note: str = ""
    name: str = ""

    @property
    def question(self) -> str:
        """The one question."""
        return self.questions[0]


async def answered(request: Request) -> Answer:
    """Read the form. Raises HTTPException (400) for one without a question or an answer."""
    async with request.form(max_files=0, max_fields=MOST + 16, max_part_size=1 << 16) as form:
        texts = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
        questions = tuple(one for one in form.getlist("question") if isinstance(one, str) and one)
        kinds = [one for one in form.getlist("kind") if isinstance(one, str)]
    if len(questions) > MOST:
        raise HTTPException(400)
    return Answer(
        questions,
        texts.get("choice", ""),
        tuple(kind for kind in KINDS if kind in kinds),
        texts.get("note", "")[:_LONGEST],
        texts.get("q", "")[:_LONGEST],
    )


def numbered(question: Question, number: str) -> Choice | None:
    """The answer of this number, from 1."""
    if not number.isdecimal() or len(number) > 3:
        return None
    at = int(number) - 1
    return question.choices[at] if 0 <= at < len(question.choices) else None


def of_name(question: Question, name: str) -> Choice | None:
    """The answer of this name that needs nothing more; none names somebody, which fits one question alone."""
    found = (one for one in question.choices if one.name == name and not one.asks)
    return next(found, None) if name != "speaker" else None


def completed(choice: Choice, answer: Answer) -> Decision | None:
    """The decision of an answer with what the person gave; None where that is missing."""
    if choice.asks == "name":
        return replace(choice.decision, value=answer.name, note=answer.note) if answer.name else None
    if choice.asks == "note" and not answer.note:
        return None
    return replace(choice.decision, note=answer.note)


Answered = Annotated[Answer, Depends(answered)]
