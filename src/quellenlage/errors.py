"""Every error this project raises on purpose.

QuellenlageError
 ├─ BadInput              the user's file or argument cannot be used; names it and the remedy
 │   ├─ EmptyInput          no text in it (an empty file, a scan without a text layer)
 │   ├─ UnreadableInput     damaged, encrypted, wrong format, wrong encoding
 │   ├─ TooLarge            over the size limit
 │   └─ FetchRefused        a URL that may not, or could not, be fetched
 ├─ MissingResource       a lexicon, a data folder or an optional package is not there
 ├─ ArchiveUnusable       the archive cannot be opened, written or is of a newer version
 ├─ NotFound              no article, entity or claim of this name
 └─ Defect                our own mistake: an invariant does not hold

Bad input is never a defect: one bad input is reported and the rest goes on.
"""


class QuellenlageError(Exception):
    """Base of every deliberate error; `remedy` says what the user can do about it."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        """Keep the message and the remedy apart, so that views can lay them out."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} ({self.remedy})" if self.remedy else self.message


class BadInput(QuellenlageError):
    """One input cannot be used; the others can."""

    def __init__(self, source: str, message: str, *, remedy: str = "") -> None:
        """Name the input (`source`, as the user gave it) with what is wrong with it."""
        super().__init__(f"{source}: {message}", remedy=remedy)
        self.source = source


class EmptyInput(BadInput):
    """There is no text in it."""


class UnreadableInput(BadInput):
    """Damaged, encrypted, of an unknown format or of an encoding that cannot be told."""


class TooLarge(BadInput):
    """Over the limit; the message names the size and the limit in bytes."""


class FetchRefused(BadInput):
    """A URL that may not be fetched (robots.txt, TDM reservation, private address) or did not answer."""


class MissingResource(QuellenlageError):
    """Something that should be installed or lie beside the project is not there."""


class ArchiveUnusable(QuellenlageError):
    """The archive cannot be opened or written."""


class NotFound(QuellenlageError):
    """Nothing in the archive goes by this name."""


class Defect(QuellenlageError):
    """An invariant of our own does not hold: a bug to report, not something the user did."""
