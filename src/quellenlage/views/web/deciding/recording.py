"""From a form to judgements in the archive, and to the link that brings them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution import find_entity, resolve, taking_back, unticking
from quellenlage.execution.pointing import event_of
from quellenlage.model import Archive, Judgement, Member, Verdict
from quellenlage.views.cli.clock import moment
from quellenlage.views.web.deciding.form import Wish
from quellenlage.views.web.jobs import Job, patiently
from quellenlage.views.web.page import Page


def made_of(archive: Archive, wish: Wish, author: str) -> tuple[Judgement, ...]:
    """The judgements that a form asks for; nothing is written.

    Raises:
        NotFound: there is nothing of this identifier.
        BadInput: the decision makes no sense for it.
    """
    if wish.verdict is Verdict.UNDO:
        return tuple(
            taking_back(archive, one, author=author, made_at=moment(), note=wish.note)[0]
            for one in dict.fromkeys(wish.subjects)
        )
    key = _account_key(archive, wish) if wish.account else None
    if wish.verdict is Verdict.TICK and wish.off:
        return unticking(archive, key or wish.subject, author=author, made_at=moment(), account=key is not None)
    if wish.verdict in {Verdict.SAME, Verdict.DIFFER} and not wish.other:
        wish = replace(wish, other=_named(archive, wish.value or ""), value=None)
    made_at = moment()
    subjects = [key] if key else dict.fromkeys(wish.subjects)
    return tuple(
        made
        for subject in subjects
        for made in resolve(archive, wish.decision(subject), author=author, made_at=made_at)
    )


def recorded(page: Page, made: Sequence[Judgement]) -> Job | None:
    """Append judgements, and let the archive be linked where it is small; the job, if one was submitted."""
    for judgement in made:
        patiently(partial(page.archive.add_judgement, judgement))
    return page.workbench.jobs.decided(made, page.author) if made else None


def keys_of(archive: Archive, members: Sequence[Member]) -> dict[Member, str]:
    """Keys of tellings, by the article and local identifier of each; articles that are gone are left out."""
    wanted = set(members)
    found: dict[Member, str] = {}
    for document in archive.documents_of(sorted({member.article for member in wanted})):
        article = document.article.id
        found |= {Member(article, told.id): told.key(article) for told in document.events}
    return {member: key for member, key in found.items() if member in wanted}


def _named(archive: Archive, name: str) -> str:
    """The one entity of a name, read without the rest. Raises NotFound where there is none, or more than one."""
    found = find_entity(archive.parts_of(archive.entities_named(name)), name)
    if found is None:
        raise NotFound(
            "{reference}: nothing in the archive goes by that",
            remedy="give an identifier, an entity's name, or the file an article was added from",
            reference=name,
        )
    return found.id


def _account_key(archive: Archive, wish: Wish) -> str:
    """The key of the one account that is meant, which has to be one of the event."""
    article, local = wish.account or ("", "")
    event = event_of(archive, archive.resolve(wish.subject))
    member = Member(article, local)
    if event is None or all(account.member != member for account in event.accounts):
        raise BadInput(wish.subject, "is no account of an event", remedy="give the key of one account")
    return keys_of(archive, [member])[member]
