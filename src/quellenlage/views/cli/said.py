"""Which claims a call asks for: by whom, to whom, about what, how firmly, when."""

from __future__ import annotations

from quellenlage.execution.reading import is_about
from quellenlage.model import DateInterval
from quellenlage.views.cli.session import interval_option, speaker_ids
from quellenlage.views.cli.settings import Settings
from quellenlage.views.holdings import ClaimLine, Holdings


class Chosen:
    """The options of `claims`, as the user gave them; dates are read at once, names in the archive."""

    def __init__(self, settings: Settings, **given: str | None) -> None:
        """Take speaker, about, evidentiality, polarity, to, since and until as given. Raises WrongUsage."""
        self._settings = settings
        self._given = given
        since = interval_option(given.get("since"), settings)
        until = interval_option(given.get("until"), settings)
        self._first = since.earliest if since else None
        self._last = until.latest if until else None

    def of(self, holdings: Holdings) -> list[ClaimLine]:
        """Claims that fit, in order of capture. Raises Failed where nothing goes by a name."""
        given = self._given
        speakers = speaker_ids(given.get("speaker"), holdings, self._settings)
        told = speaker_ids(given.get("to"), holdings, self._settings)
        about = given.get("about")
        return [
            claim
            for claim in holdings.claims
            if (speakers is None or any(e in speakers for link in claim.chain for e in link))
            and (not about or is_about(claim.sentence.exact, about))
            and given.get("evidentiality") in {None, claim.evidentiality.value}
            and given.get("polarity") in {None, claim.polarity.value}
            and (told is None or not told.isdisjoint(claim.told))
            and self._in_time(claim, holdings)
        ]

    def _in_time(self, claim: ClaimLine, holdings: Holdings) -> bool:
        """Whether it can have been said then or, where that is not told, printed; the undated do not fit any day."""
        if self._first is None and self._last is None:
            return True
        days = days_of(claim, holdings)
        if days is None:
            return False
        return not ((self._first and days.latest < self._first) or (self._last and days.earliest > self._last))


def days_of(claim: ClaimLine, holdings: Holdings) -> DateInterval | None:
    """Days on which a claim was said, where the article tells them; else those of the article."""
    said = claim.said.interval if claim.said else None
    return said or holdings.cite(claim.article).published
