"""The fields of a small form, and what a page says after it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request

from quellenlage.views.web.access.access import Access
from quellenlage.views.web.access.roles import Role

_MOST_FIELDS = 20


class Fields:
    """The texts of a form; a field that was not sent is empty."""

    def __init__(self, texts: dict[str, str]) -> None:
        """Take the texts by name."""
        self._texts = texts

    def __getitem__(self, name: str) -> str:
        return self._texts.get(name, "")

    def role(self) -> Role:
        """The role chosen. Raises HTTPException for what no form of ours offers."""
        try:
            return Role(self["role"])
        except ValueError:
            raise HTTPException(400) from None


async def fields_of(request: Request) -> Fields:
    """Read a form without files. Raises HTTPException for one with too many fields."""
    async with request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=1 << 16) as form:
        return Fields({name: value for name, value in form.items() if isinstance(value, str)})


def access_of(request: Request) -> Access:
    """The guards of the server that a request came to."""
    found = request.state.access
    assert isinstance(found, Access)  # noqa: S101 - set by `Identify` alone
    return found


Sent = Annotated[Fields, Depends(fields_of)]
Guarding = Annotated[Access, Depends(access_of)]
