"""Every error this project raises on purpose.

QuellenlageError
 ├─ BadInput              the user's file or argument cannot be used; names it and the remedy
 │   ├─ EmptyInput          no text in it (an empty file, a scan without a text layer)
 │   ├─ UnreadableInput     damaged, encrypted, wrong format, wrong encoding
 │   ├─ TooLarge            over the size limit
 │   └─ FetchRefused        a URL that may not, or could not, be fetched
 │       └─ Reserved          its site reserved it, or robots.txt disallows it
 ├─ MissingResource       a lexicon, a data folder or an optional package is not there
 ├─ ArchiveUnusable       the archive cannot be opened, written or is of a newer version
 │   ├─ ArchiveGone         its file was removed or replaced while it was open
 │   ├─ ChangedMeanwhile    somebody else changed or deleted what was being read together
 │   └─ InUse               another process works with the file, and nobody else may meanwhile
 ├─ EngineUnusable        worker processes or a cluster cannot be started, or are of another installation
 ├─ NotFound              no article, entity or claim of this name
 └─ Defect                our own mistake: an invariant does not hold

Bad input is never a defect: one bad input is reported and the rest goes on.

Messages are English templates with named parameters, so that views can say them in another language.
"""

from __future__ import annotations


class Phrase:
    """A text for people that can be translated: an English template and what fills its placeholders.

    Without parameters the template is the text itself, braces and all. A parameter may be a phrase in its turn.
    """

    __slots__ = ("params", "template")

    def __init__(self, template: str, /, **params: object) -> None:
        """Keep both; nothing is formatted until the text is wanted."""
        self.template = template
        self.params = params

    def __str__(self) -> str:
        return self.template.format_map(self.params) if self.params else self.template

    def __repr__(self) -> str:
        return f"Phrase({str(self)!r})"


def _phrase(text: str | Phrase, params: dict[str, object]) -> Phrase:
    return text if isinstance(text, Phrase) else Phrase(text, **params)


class QuellenlageError(Exception):
    """Base of every deliberate error; `remedy` says what the user can do about it.

    `message` and `remedy` are the English texts, `said` and `advice` the phrases behind them.
    """

    def __init__(self, message: str | Phrase, /, *, remedy: str | Phrase = "", **params: object) -> None:
        """Take templates that share `params`; without any, braces in them mean themselves."""
        self.said = _phrase(message, params)
        self.advice = _phrase(remedy, params)
        self.message = str(self.said)
        self.remedy = str(self.advice)
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message} ({self.remedy})" if self.remedy else self.message


class BadInput(QuellenlageError):
    """One input cannot be used; the others can."""

    def __init__(self, source: str, message: str | Phrase, /, *, remedy: str | Phrase = "", **params: object) -> None:
        """Name the input (`source`, as the user gave it) with what is wrong with it."""
        problem = _phrase(message, params)
        super().__init__(Phrase("{source}: {problem}", source=source, problem=problem), remedy=_phrase(remedy, params))
        self.source = source


class EmptyInput(BadInput):
    """There is no text in it."""


class UnreadableInput(BadInput):
    """Damaged, encrypted, of an unknown format or of an encoding that cannot be told."""


class TooLarge(BadInput):
    """Over the limit; the message names the size and the limit in bytes."""


class FetchRefused(BadInput):
    """A URL that may not be fetched (robots.txt, TDM reservation, private address) or did not answer.

    `status` is what a server answered, `wait` how many seconds it asks to be left alone, and `passing` says that
    trying later may help.
    """

    status: int | None = None
    wait: float | None = None
    passing: bool = False


class Reserved(FetchRefused):
    """A URL left alone since its site says so; `sign` is how: "robots", "tdm-header", "tdm-file", "tdm-page"."""

    sign = "robots"


class MissingResource(QuellenlageError):
    """Something that should be installed or lie beside the project is not there."""


class ArchiveUnusable(QuellenlageError):
    """The archive cannot be opened or written."""


class ArchiveGone(ArchiveUnusable):
    """The file was removed or replaced while it was open: nothing of it is read or written any more."""


class ChangedMeanwhile(ArchiveUnusable):
    """What was being read together was changed or deleted by somebody else before all of it was read."""


def changed_meanwhile() -> ChangedMeanwhile:
    """The error with its message, which is always the same."""
    return ChangedMeanwhile(
        "the archive was changed by somebody else while it was read", remedy="try again in a moment"
    )


class InUse(ArchiveUnusable):
    """Another process works with the file, and nobody else may meanwhile."""


class StateUnusable(ArchiveUnusable):
    """The file in which a watch keeps its state cannot be read or written; the archive beside it can."""


class EngineUnusable(QuellenlageError):
    """Worker processes or a cluster cannot be started, or are of another installation."""


class NotFound(QuellenlageError):
    """Nothing in the archive goes by this name."""


class Defect(QuellenlageError):
    """An invariant of our own does not hold: a bug to report, not something the user did."""
