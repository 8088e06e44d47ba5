"""One request for a page: language, words, who asks; and the answer, whole or the part that htmx asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends
from fastapi.dependencies.models import Dependant
from starlette.requests import Request
from starlette.responses import HTMLResponse

from quellenlage.model import Archive
from quellenlage.model.listing import ArticleQuestion
from quellenlage.views.locale import LANGS, Lang, Words, words_for
from quellenlage.views.web.access.roles import Role, User
from quellenlage.views.web.shown.asked import strangers
from quellenlage.views.web.templating import environment
from quellenlage.views.web.translation import translations
from quellenlage.views.web.workbench import Workbench, workbench_of

LANG_COOKIE = "lang"


def language_of(request: Request, default: Lang) -> Lang:
    """`?lang=`, else the choice kept in a cookie, else what the browser prefers, else the server's own."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(LANG_COOKIE)):
        for lang in LANGS:
            if wanted == lang:
                return lang
    for accepted in request.headers.get("accept-language", "").split(","):
        for lang in LANGS:
            if accepted.strip().lower().startswith(lang):
                return lang
    return default


@dataclass(frozen=True)
class Page:
    """A request with all that a page needs to answer it."""

    request: Request
    workbench: Workbench
    lang: Lang

    @property
    def archive(self) -> Archive:
        """The archive being served."""
        return self.workbench.archive

    @property
    def words(self) -> Words:
        """The vocabulary of the domain: kinds of events, dates, reasons."""
        return words_for(self.lang)

    @cached_property
    def say(self) -> Callable[[str], str]:
        """`_` of this language."""
        return translations(self.lang).gettext

    @property
    def author(self) -> str:
        """Under whose name decisions are kept."""
        name: str = self.request.state.user.name
        return name

    @property
    def manages(self) -> bool:
        """Whether who asks manages the archive: where its files lie is told to nobody else."""
        user: User | None = getattr(self.request.state, "user", None)
        return user is not None and user.role.covers(Role.ADMIN)

    @property
    def partial(self) -> bool:
        """Whether htmx asks for a part of the page."""
        return "hx-request" in self.request.headers and "hx-boosted" not in self.request.headers

    @property
    def empty(self) -> bool:
        """Whether the archive has no article yet."""
        return not self.archive.articles(ArticleQuestion(), limit=1).total

    def render(
        self,
        template: str,
        *,
        block: str | None = None,
        status: int = 200,
        reads: Collection[str] | None = None,
        **values: Any,
    ) -> HTMLResponse:
        """Answer with a template; `block` alone is the answer where htmx asks for a part.

        `reads` are parameters of the address that a list understands, beside those that its handler declares; others
        are named on the page. Without it the address is not looked at.
        """
        state = self.request.state
        context = {
            "request": self.request,
            "page": self,
            "w": self.words,
            "user": getattr(state, "user", None),
            "csrf": getattr(state, "csrf", ""),
            "here": self.request.url.path,
            "provisional": None,
            "strangers": () if reads is None else strangers(self.request.query_params, {*reads, *self._declared()}),
            **values,
        }
        found = environment(self.lang).get_template(template)
        if block is not None and self.partial:
            body = "".join(found.blocks[block](found.new_context(context)))
        else:
            body = found.render(context)
        answer = HTMLResponse(body, status_code=status)
        answer.headers["Vary"] = "HX-Request, Accept-Language, Cookie"
        if self.request.query_params.get("lang") == self.lang:
            answer.set_cookie(LANG_COOKIE, self.lang, max_age=365 * 86400, samesite="lax", httponly=True)
        return answer

    def _declared(self) -> set[str]:
        """Parameters of the address that the handler of this page declares."""
        dependant: Dependant | None = getattr(self.request.scope.get("route"), "dependant", None)
        return set(_parameters(dependant)) if dependant else set()


def _parameters(dependant: Dependant) -> Iterator[str]:
    yield from (one.alias for one in dependant.query_params)
    for one in dependant.dependencies:
        yield from _parameters(one)


def get_page(request: Request) -> Page:
    """The page of a request, as a dependency of its handler."""
    workbench = workbench_of(request)
    return Page(request, workbench, language_of(request, workbench.lang))


Asked = Annotated[Page, Depends(get_page)]
