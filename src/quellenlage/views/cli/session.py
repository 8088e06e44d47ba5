"""The archive of a call, opened and closed; what part of the chronicle the call asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from quellenlage.views.cli.failures import Failed, WrongUsage
from quellenlage.views.cli.settings import Settings

if TYPE_CHECKING:
    from datetime import date

    from quellenlage.model import Archive, DateInterval
    from quellenlage.views.holdings import Holdings, Selection


@contextmanager
def opened(settings: Settings, *, create: bool = False) -> Iterator[Archive]:
    """Open the archive of this call. Raises ArchiveUnusable."""
    from quellenlage.store import open_archive

    archive = open_archive(settings.archive, create=create)
    try:
        yield archive
    finally:
        archive.close()


def interval_option(value: str | None, settings: Settings) -> DateInterval | None:
    """Read a date that was given on the command line."""
    from quellenlage.model import DateInterval

    if not value:
        return None
    try:
        return DateInterval.parse(value)
    except ValueError:
        raise WrongUsage(settings.words("error.bad_date", value=value)) from None


def event_types(value: str | None, settings: Settings) -> frozenset[str] | None:
    """Read an event type: its code, or its word in either language."""
    from quellenlage.model import EVENT_TYPES, fold
    from quellenlage.views.locale import LANGS, words_for

    if not value:
        return None
    wanted = fold(value)
    for code in sorted(EVENT_TYPES):
        if wanted in {fold(code), *(fold(words_for(lang).code("event", code)) for lang in LANGS)}:
            return frozenset({code})
    choices = ", ".join(f"{c} ({settings.words.code('event', c)})" for c in sorted(EVENT_TYPES))
    raise WrongUsage(settings.words("error.bad_type", value=value, choices=choices))


class Filter:
    """The options that choose a part of the chronicle, as the user gave them."""

    def __init__(self, settings: Settings, **given: str | None) -> None:
        """Take story, actor, place, since, until and event_type as given."""
        self.settings = settings
        self.given = given
        self.first: date | None = None
        self.last: date | None = None
        since = interval_option(given.get("since"), settings)
        until = interval_option(given.get("until"), settings)
        self.first = since.earliest if since else None
        self.last = until.latest if until else None
        self.types = event_types(given.get("event_type"), settings)

    def on(self, holdings: Holdings) -> Selection:
        """Look the names up in an archive. Raises Failed where nothing goes by such a name."""
        from quellenlage.views.holdings import Selection

        return Selection(
            stories=self._stories(holdings),
            actors=entity_ids(self.given.get("actor"), holdings, self.settings),
            places=entity_ids(self.given.get("place"), holdings, self.settings),
            first=self.first,
            last=self.last,
            types=self.types,
        )

    def _stories(self, holdings: Holdings) -> frozenset[str] | None:
        name = self.given.get("story")
        if not name:
            return None
        found = holdings.find_story(name)
        if not found:
            words = self.settings.words
            raise Failed(words("error.not_found_story", name=name), words("error.stories_help"))
        return frozenset(s.id for s in found)


def entity_ids(name: str | None, holdings: Holdings, settings: Settings) -> frozenset[str] | None:
    """Identifiers of everything that goes by a name. Raises Failed where nothing does."""
    if not name:
        return None
    return _known(name, frozenset(e.id for e in holdings.find_entities(name)), holdings, settings)


def speaker_ids(name: str | None, holdings: Holdings, settings: Settings) -> frozenset[str] | None:
    """The same for who speaks or is spoken to: also names that stand for no entity. Raises Failed as well."""
    return _known(name, holdings.find_speakers(name), holdings, settings) if name else None


def _known(name: str, found: frozenset[str], holdings: Holdings, settings: Settings) -> frozenset[str]:
    if not found:
        raise nobody(name, holdings, settings)
    return found


def nobody(name: str, holdings: Holdings, settings: Settings) -> Failed:
    """The error that nothing goes by a name, with the nearest names that there are."""
    from quellenlage.execution import nearest

    words = settings.words
    near = ", ".join(entity.name for entity in nearest(holdings.linked.entities, name))
    remedy = words("entity.did_you_mean", names=near) if near else words("error.search_help", name=name)
    return Failed(words("error.not_found_entity", name=name), remedy)
