"""What a draft check found: for each sentence of the draft its findings, with the words of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from quellenlage.errors import Defect
from quellenlage.model import Evidence, Span


class Verdict(StrEnum):
    """What the archive says about a sentence of a draft, or about a quotation in it."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    INEXACT = "inexact"
    WRONG_SPEAKER = "speaker"
    NOT_FOUND = "nothing"
    NOTHING_TO_CHECK = "unchecked"


class DraftKind(StrEnum):
    """In what the archive contradicts a draft."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    DENIED = "denied"
    PLANNED = "planned"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Voice:
    """An origin or an informant: identifier across articles (empty where it has none) and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence of the archive on which a finding rests, with what is needed to cite it.

    `told` are the very words in it that answer the draft's: the number, the day, the quotation. `informants` are on
    whose word it stands there (empty: the article's own), `origin` who first obtained it, where that is known.
    """

    evidence: Evidence
    source: str
    outlet: str | None = None
    headline: str | None = None
    dct: str | None = None
    told: Evidence | None = None
    origin: Voice | None = None
    informants: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """Words of a quotation beside those of the archive: kept in both, in the draft only, or in the archive only."""

    text: str
    side: str

    def __post_init__(self) -> None:
        if self.side not in {"both", "draft", "archive"}:
            raise Defect(f"a word on the side of {self.side!r}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about a part of a draft's sentence.

    `sure` says that it may be shown as a fact; what is not is shown as "perhaps". `disputed` says that other articles
    of the archive bear the sentence out. `draft` is the part that it is about; its `article` is that of no archive.
    `difference` is word by word, of a quotation.
    """

    verdict: Verdict
    draft: Evidence
    sure: bool
    score: float
    kind: DraftKind | None = None
    evidence: tuple[Cited, ...] = ()
    reasons: tuple[str, ...] = ()
    difference: tuple[Word, ...] = ()
    disputed: bool = False

    def __post_init__(self) -> None:
        if (self.verdict is Verdict.CONTRADICTED) != (self.kind is not None):
            raise Defect(f"a finding {self.verdict} of kind {self.kind}")
        if not 0.0 <= self.score <= 1.0:
            raise Defect(f"a finding of score {self.score}")
        rests = self.verdict not in {Verdict.NOT_FOUND, Verdict.NOTHING_TO_CHECK}
        if rests != bool(self.evidence):
            raise Defect(f"a finding {self.verdict} on {len(self.evidence)} sentences")

    @property
    def span(self) -> Span:
        """The part of the draft."""
        return self.draft.span

    @property
    def label(self) -> str:
        """The kind of a contradiction, else the verdict."""
        return str(self.kind or self.verdict)

    @property
    def origins(self) -> tuple[Voice, ...]:
        """Independent origins behind it, each once."""
        return tuple(dict.fromkeys(one.origin for one in self.evidence if one.origin))

    @property
    def informants(self) -> tuple[Voice, ...]:
        """On whose word it stands, each once."""
        return tuple(dict.fromkeys(voice for one in self.evidence for voice in one.informants))

    @property
    def exact(self) -> tuple[Evidence, ...]:
        """The exact words of the archive that stand against, or for, those of the draft."""
        return tuple(one.told for one in self.evidence if one.told)


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence of a draft with its findings, the weightiest first; there is always one at least."""

    draft: Evidence
    findings: tuple[Finding, ...]

    @property
    def span(self) -> Span:
        """Its place in the draft."""
        return self.draft.span

    @property
    def main(self) -> Finding:
        """The finding that decides how the sentence is shown."""
        return self.findings[0]


@dataclass(frozen=True, slots=True)
class DraftReport:
    """A draft beside the archive. `checked_to` is the code point up to which it was read, the whole where not cut."""

    text: str
    sentences: tuple[DraftSentence, ...]
    checked_to: int
    dct: str | None = None

    @property
    def cut(self) -> bool:
        """Whether a part at the end was not checked."""
        return self.checked_to < len(self.text)
