"""What people decided about things and wrote beside them, for the pages that show these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from quellenlage.execution import Desk
from quellenlage.model import DESK, Archive, Judgement, Verdict, bearing, in_force
from quellenlage.views.web.page import Page

_LINK = "link"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in force; `waiting` says that no link has brought it in yet."""

    judgement: Judgement
    waiting: bool


class Standing:
    """Reads the log of one archive; what identifiers stand for is kept until the next link. Threads may share it."""

    def __init__(self, archive: Archive) -> None:
        """Read nothing yet."""
        self._archive = archive
        self._known: tuple[str | None, dict[str, str]] = (None, {})
        self.desk = Desk(archive)

    def about(self, identifiers: Iterable[str]) -> list[Decided]:
        """Decisions in force about any of these things, the newest first; one entry for each decision."""
        log = [judgement for judgement in in_force(self._archive.judgements()) if judgement.verdict not in DESK]
        asked = list(identifiers)
        now = self._now({*asked, *(side for judgement in log for side in sides(judgement))}) if log else {}
        wanted = {now.get(one, one) for one in asked} | set(asked)
        return self._decided([j for j in log if wanted & {now[side] for side in sides(j)} or wanted & set(sides(j))])

    def pair(self, one: str, other: str) -> Decided | None:
        """What was decided last about two: that they are one, or not."""
        asked = frozenset((one, other))
        log = [j for j in in_force(self._archive.judgements()) if j.verdict in {Verdict.SAME, Verdict.DIFFER}]
        now = self._now({*asked, *(side for judgement in log for side in sides(judgement))}) if log else {}
        whole = frozenset(now.get(side, side) for side in asked)
        found = [
            judgement
            for judgement in log
            if frozenset(sides(judgement)) == asked
            or (len(whole) == 2 and frozenset(now[side] for side in sides(judgement)) == whole)
        ]
        return next(iter(self._decided(found)), None)

    def linked_at(self) -> datetime | None:
        """When the last link began; what was decided before it is brought in."""
        links = [activity.started_at for activity in self._archive.activities() if activity.stage == _LINK]
        return time_of(links[-1]) if links else None

    def now(self, identifiers: Collection[str]) -> dict[str, str]:
        """What identifiers stand for now."""
        known = self._now(set(identifiers))
        return {one: known[one] for one in identifiers}

    def _decided(self, found: Sequence[Judgement]) -> list[Decided]:
        linked_at = self.linked_at() if found else None
        changing = {judgement.id for judgement in bearing(found)}
        once: dict[tuple[str, ...], Judgement] = {}
        for judgement in found:
            once.setdefault((judgement.verdict, *judgement.decision), judgement)
        return [Decided(j, j.id in changing and awaits(j, linked_at)) for j in reversed(once.values())]

    def _now(self, identifiers: set[str]) -> dict[str, str]:
        linked = self._archive.linked_fingerprint()
        at, known = self._known
        if linked is None or at != linked:
            known = {}
        known = known | {one: self._archive.resolve(one) for one in identifiers if one not in known}
        self._known = (linked, known)
        return known


def standing_of(page: Page) -> Standing:
    """The reader of the archive being served, one for all requests."""
    state = page.request.app.state
    found: Standing | None = getattr(state, "standing", None)
    if found is None:
        found = state.standing = Standing(page.archive)
    return found


def sides(judgement: Judgement) -> tuple[str, ...]:
    """What a judgement names."""
    return (judgement.subject, judgement.other) if judgement.other else (judgement.subject,)


def awaits(judgement: Judgement, linked_at: datetime | None) -> bool:
    """Whether it was made after the last link began."""
    made = time_of(judgement.made_at)
    return linked_at is None or made is None or made > linked_at


def time_of(text: str) -> datetime | None:
    """A time of the log; None where it is none."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
