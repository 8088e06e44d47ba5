"""An archive that is watched in tests, and what its feeds bring."""

from __future__ import annotations

from pathlib import Path

from tests.execution.watching.site import Clock, Site, ports

from quellenlage.execution.watching.plan import Feed, Plan
from quellenlage.execution.watching.round import Ports, Round
from quellenlage.execution.watching.running import go_round
from quellenlage.execution.watching.state import State, open_state
from quellenlage.model import Capture
from quellenlage.store import SqlArchive, open_archive

OLD_TEXT = (
    "Nach drei Wochen Pause hat die Fähre am Dienstag den Betrieb wieder aufgenommen, wie die Reederei mitteilte."
)
NEW_TEXT = (
    "Nach vier Wochen Pause hat die Fähre am Dienstag den Betrieb wieder aufgenommen, wie die Reederei mitteilte."
)


class Watched:
    """An archive, a state and a clock that go through rounds together."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.site, self.clock = site, Clock()
        self.archive: SqlArchive = open_archive(str(folder / "a.db"), create=True)
        self.path = str(folder / "a.db.watch")
        self.state: State = open_state(self.path)

    def go(self, what: Plan, seconds: float = 0.0, how: Ports | None = None) -> Round:
        self.clock.now += seconds
        return go_round(self.archive, what, self.state, how or ports(self.site, self.clock))

    def captures(self) -> list[Capture]:
        return list(self.archive.captures())

    def restart(self) -> None:
        self.state.__exit__()
        self.state = open_state(self.path)


def feed(site: Site, *texts: str) -> Feed:
    links = [site.page(f"/a{n}", text, etag=f'"{n}"') for n, text in enumerate(texts)]
    return Feed(site.rss("/feed", links, etag='"f"'), "Morgenruf")
