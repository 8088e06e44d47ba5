"""What people decide about stories: made beside those that are found, added to, joined, split and named.

Decisions are judgements like others: kept through every build and taken back with `judge undo`. Those of one call are
one decision, but for the name of a story that is made, which is one by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.errors import BadInput, NotFound
from quellenlage.model import Archive, Judgement, Story, Verdict, content_id, fold, in_force, make_judgement
from quellenlage.store import MIN_BEGINNING

TITLE = "title"


def find_story(archive: Archive, reference: str) -> Story:
    """The story of this identifier, of its beginning, or with these words in its title.

    Raises:
        NotFound: there is none, or more than one.
    """
    stories = archive.stories()
    wanted = reference.strip()
    now = archive.resolve(wanted) if wanted.startswith("sty-") else wanted
    found = [s for s in stories if s.id == now]
    if not found and len(wanted) >= MIN_BEGINNING and wanted.startswith("sty-"):
        found = [s for s in stories if s.id.startswith(wanted)]
    if not found and fold(wanted):
        exact = [s for s in stories if fold(s.title) == fold(wanted)]
        found = exact or [s for s in stories if fold(wanted) in fold(s.title)]
    if not found and _waits(archive, wanted):
        raise NotFound(
            "{reference}: this story waits for the next build", remedy="quellenlage build", reference=reference
        )
    if len(found) != 1:
        raise NotFound(
            "{reference}: {count} stories go by that",
            remedy="story list shows them with their identifiers",
            reference=reference,
            count=len(found),
        )
    return found[0]


def _waits(archive: Archive, wanted: str) -> bool:
    """Whether somebody named a story so since the last build."""
    named = (j for j in in_force(archive.judgements()) if j.verdict is Verdict.CORRECT and j.field == TITLE)
    return any(j.subject == wanted or fold(j.value or "") == fold(wanted) for j in named)


def make(archive: Archive, title: str, articles: Sequence[str], *, author: str, made_at: str) -> tuple[Judgement, ...]:
    """The judgements that make a story of articles, which stay in the stories that they are in.

    Raises:
        NotFound: an article is not known.
        BadInput: no title, or no article.
    """
    name = title.strip()
    if not name or not articles:
        raise BadInput(title, "a story needs a title and an article", remedy='story make "Title" ARTICLE …')
    identifier = content_id("sty", "made", name, author, made_at)
    said = [_judged(Verdict.CORRECT, identifier, author, made_at, field=TITLE, value=name)]
    said += [_judged(Verdict.SAME, one, author, made_at, other=identifier) for one in _articles(archive, articles)]
    return tuple(said)


def add(archive: Archive, story: str, articles: Sequence[str], *, author: str, made_at: str) -> tuple[Judgement, ...]:
    """The judgements that put articles into a story; out of another one unless a person made this one. As `make`."""
    target = find_story(archive, story)
    found = [one for one in _articles(archive, articles) if one not in target.articles]
    if not found:
        raise BadInput(story, "has these articles already", remedy="story show lists them")
    return tuple(_judged(Verdict.SAME, one, author, made_at, other=target.id) for one in found)


def remove(
    archive: Archive, story: str, articles: Sequence[str], *, author: str, made_at: str
) -> tuple[Judgement, ...]:
    """The judgements that take articles out of a story: each is one of its own then. As `make`."""
    target = find_story(archive, story)
    out = _among(archive, target, articles)
    if target.made:
        return tuple(_judged(Verdict.DIFFER, one, author, made_at, other=target.id) for one in out)
    if target.articles[0] in out:
        return split(archive, story, articles, author=author, made_at=made_at)
    return tuple(_judged(Verdict.SAME, one, author, made_at, other=_opened_by(one)) for one in out)


def split(archive: Archive, story: str, articles: Sequence[str], *, author: str, made_at: str) -> tuple[Judgement, ...]:
    """The judgements by which articles of a story become another one. As `make`.

    The identifier stays with the part that has the first article.
    """
    target = find_story(archive, story)
    out = _among(archive, target, articles)
    if target.made:
        raise BadInput(story, "was made by a person", remedy="use story remove, and story make")
    if target.articles[0] in out:
        out = [one for one in target.articles if one not in out]
    return tuple(_judged(Verdict.SAME, one, author, made_at, other=_opened_by(out[0])) for one in out)


def merge(archive: Archive, one: str, other: str, *, author: str, made_at: str) -> tuple[Judgement, ...]:
    """The judgement that makes two stories one; the older identifier stays. Raises NotFound, BadInput."""
    a, b = find_story(archive, one), find_story(archive, other)
    if a.id == b.id:
        raise BadInput(other, "this is {subject} already", remedy="story list shows all", subject=one)
    return (_judged(Verdict.SAME, a.id, author, made_at, other=b.id),)


def rename(archive: Archive, story: str, title: str, *, author: str, made_at: str) -> tuple[Judgement, ...]:
    """The judgement that names a story. Raises NotFound, BadInput."""
    target = find_story(archive, story)
    if not title.strip():
        raise BadInput(title, "shows nothing", remedy="write the name with letters")
    return (_judged(Verdict.CORRECT, target.id, author, made_at, field=TITLE, value=title.strip()),)


def _opened_by(article: str) -> str:
    return content_id("sty", article)


def _articles(archive: Archive, references: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(archive.document(reference).article.id for reference in references))


def _among(archive: Archive, story: Story, references: Sequence[str]) -> list[str]:
    found = _articles(archive, references)
    lacking = [one for one in found if one not in story.articles]
    if lacking or not found:
        raise BadInput(story.id, "has no such article", remedy="story show lists its articles")
    if len(found) == len(story.articles):
        raise BadInput(story.id, "no part of it would be left", remedy="name some of its articles")
    return found


def _judged(  # noqa: PLR0913 - the parts of a judgement
    verdict: Verdict,
    subject: str,
    author: str,
    made_at: str,
    *,
    other: str | None = None,
    field: str | None = None,
    value: str | None = None,
) -> Judgement:
    return make_judgement(verdict, subject, made_at=made_at, author=author, other=other, field=field, value=value)
