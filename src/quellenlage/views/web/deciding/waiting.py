"""What was decided and not brought in yet: how much, whether it is on its way, how long it will take."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.views.web.jobs import Offer
from quellenlage.views.web.jobs.kinds import BUILD, LINK
from quellenlage.views.web.page import Page


@dataclass(frozen=True, slots=True)
class Waiting:
    """`linking` says that a link is running or waits for its turn; `offer` that one may be started."""

    linking: bool
    offer: Offer | None

    @property
    def minutes(self) -> int:
        """How long it will take, in whole minutes, 0 where it is less than one or nobody knows."""
        return round(self.offer.seconds / 60) if self.offer and self.offer.seconds else 0


def waiting(page: Page) -> Waiting | None:
    """The state of the next link, None where nothing waits."""
    jobs = page.workbench.jobs
    linking = any(job.kind in {LINK, BUILD} and not job.state.ended for job in jobs.recent())
    offer = jobs.offer()
    return Waiting(linking, offer) if linking or offer else None
