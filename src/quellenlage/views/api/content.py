"""What bodies must be: of the right media type, and for uploads with the fields that there are."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from quellenlage.views.web.shown.jobs_upload import Upload as Sent

_PROBLEMS = {
    "full": (507, "the disk of the server is full"),
    "broken": (507, "the files could not be written"),
    "many": (413, "too many files for one upload"),
    "form": (400, "the body is no form with files"),
}


class Upload(BaseModel):
    """A form with files; several parts of the name `files` are several files."""

    model_config = ConfigDict(extra="forbid")

    files: list[Annotated[str, Field(json_schema_extra={"contentMediaType": "application/octet-stream"})]] = Field(
        min_length=1
    )
    outlet: str = Field(default="", max_length=300, description="outlet of all of them, where they do not say it")
    encoding: str = Field(
        default="", max_length=40, pattern="^[A-Za-z0-9_-]*$", description="where it cannot be told from the bytes"
    )


def json_only(request: Request) -> None:
    """Refuse bodies that are not said to be JSON. Raises HTTPException 415."""
    _only(request, "application/json")


def multipart_only(request: Request) -> None:
    """Refuse bodies that are no form with files. Raises HTTPException 415."""
    _only(request, "multipart/form-data")


def _only(request: Request, kind: str) -> None:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != kind:
        raise HTTPException(415, f"the body must be {kind}", {"Accept": kind})


def read_options(form: type[BaseModel], sent: Sent) -> dict[str, str]:
    """What was said about the files.

    Raises:
        HTTPException: they could not be received.
        RequestValidationError: there are none, or a field makes no sense.
    """
    if sent.problem:
        status, detail = _PROBLEMS[sent.problem]
        raise HTTPException(status, detail)
    given: dict[str, Any] = {**sent.fields, "files": [name for _, name in sent.sources]}
    try:
        read = form.model_validate(given)
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from error
    return {name: value for name, value in read.model_dump(exclude={"files"}).items() if value}
