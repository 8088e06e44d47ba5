"""Every suite in one table: what it scores, which data it needs, which of its figures may not fall."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from quellenlage.encoder.files import Models
from quellenlage.errors import MissingResource, NotFound
from quellenlage.evaluation import (
    claim_cases,
    claims,
    claims_given,
    data,
    dating,
    drafts,
    entities,
    event_cases,
    events,
    identity_gold,
    name_pairs,
    names,
    offices,
    pins,
    places,
    predicates,
    press,
    quotations,
    references,
    reprints,
    sample_suites,
    search,
    speakers,
    stories,
    timex,
    treebanks,
    words,
    zones,
)
from quellenlage.evaluation.results import SuiteResult


@dataclass(frozen=True, slots=True)
class Suite:
    """A scorer with its name, its data and the names of the figures that are pinned.

    `named_only` suites run only when asked for by name: final tests, and those that take long.
    """

    name: str
    score: Callable[[], SuiteResult]
    needs: tuple[tuple[str, ...], ...]
    gate: tuple[str, ...]
    ships: tuple[tuple[str, ...], ...] = ()
    named_only: bool = False

    def missing(self) -> str | None:
        """Say which data are not there, if any."""
        try:
            for parts in self.needs:
                data.folder(*parts)
            for parts in self.ships:
                data.shipped(*parts)
        except MissingResource as error:
            return str(error)
        return None


_ZONES = ("characters.accuracy", "body-sentences-kept.recall", "boilerplate-lines-caught.recall", "body.f1")
_DCT = (
    "interval.precision", "narrow.precision", "narrow-given.share", "year.precision", "day.precision",
    "interval-right.share",
)  # fmt: skip
_TIMEX = ("strict.f1", "relaxed.f1", "type.f1", "value.f1")
_QUOTATIONS = (
    "quote.f1", "speaker.f1", "cue.f1", "frame.f1", "addressee.f1", "joint.f1", "joint.macro-f1", "found.f1",
    "type.accuracy",
)  # fmt: skip
_ENTITIES = (
    "mention.strict.f1", "mention.relaxed.f1", "mention.strict.name.f1", "entity.f1", "b-cubed.f1", "ceaf.f1",
)  # fmt: skip
_IDENTITY = (
    "b-cubed.f1", "spelled-differently.precision", "spelled-differently.recall", "given.b-cubed.f1",
    "given.spelled-differently.recall",
)  # fmt: skip
# Pinned is what is counted over all cases: a share among the found ones falls when harder ones are found.
_CLAIMS = (
    "found.f1", "found-with-chain.f1", "found-with-informant.f1", "found-with-evidentiality.f1",
    "found-with-polarity.f1",
)  # fmt: skip
_CLAIMS_GOLD = (
    *_CLAIMS,
    "two-or-more-links.f1",
    "beyond-quotations.f1",
    "evidentiality.macro-f1",
    "denied-or-unknown.f1",
)
_CLAIMS_GIVEN = ("chain-exact.accuracy", "two-or-more-links.f1")
_CASES = ("cases-all-right.accuracy", *_CLAIMS, "two-or-more-links.f1")
_EVENTS = (
    "found.f1", "found-in-sentence.f1", "trigger.f1", "all-events.participants.f1", "all-events.place.f1",
    "all-events.time.f1", "all-events.factuality.f1", "all-events.author-or-claim.f1", "all-events.quantities.f1",
)  # fmt: skip
_PAIRS = ("pairs.precision", "pairs.recall", "pairs.f1", "heads-of-state-kept-apart.accuracy")
_NAMES = ("strict.f1", "relaxed.f1", "encoder.strict.f1")
_WORDS = (
    "upos.accuracy", "subjunctive.precision", "subjunctive.f1", "feats.all.accuracy", "uas.accuracy", "las.accuracy",
    "dependency.nsubj.f1", "dependency.obj.f1", "lemma.accuracy",
)  # fmt: skip
_SPEAKERS = ("given.accuracy", "given.precision", "found.accuracy", "all-quotations.accuracy")
_SEARCH = (
    "text.recall@5", "meaning.recall@5", "meaning.mrr", "both.recall@5", "both.mrr", "shown.recall@5",
    "shown.precision", "unanswerable.silent", "own-words.text.mrr", "own-words.both.recall@5", "own-words.both.mrr",
)  # fmt: skip
_ARCHIVE = (
    "entities.pairs.f1", "events.pairs.f1", "reprints.f1", "conflicts.f1", "conflicts-by-article.f1",
    "chains-by-name.accuracy",
)  # fmt: skip
_SAMPLE = (
    "headline.accuracy", "outlet.accuracy", "author.accuracy", "agencies.f1", "dct.interval.precision",
    "dct.interval-right.share", "dct.undated-consistent.accuracy",
    *(f"entities.{name}" for name in _ENTITIES),
    *(f"claims.{name}" for name in _CLAIMS),
    *(f"events.{name}" for name in _EVENTS),
    *(f"timex.{name}" for name in _TIMEX),
    *(f"archive.{name}" for name in _ARCHIVE),
)  # fmt: skip

_PLACES = ("state.accuracy", "place.accuracy", "role.accuracy", "pins.precision", "pins.recall")

_DEV, _TRAIN, _GOLD = ("quotations", "dev.jsonl"), ("quotations", "train.jsonl"), ("gold",)
_QUESTIONS = ("search", "sample.json")
_REFERENCES = (references.FOLDER, references.LIST), (references.FOLDER, references.CASES)
_FERRY = (drafts.FOLDER, "world.toml")
_OPEN, _HELD = ("sample", "open.json"), ("sample", "held.json")


def _timex(part: str) -> tuple[tuple[str, ...], ...]:
    return ("timex", part, "gold"), ("timex", part, "heideltime")


SUITES: tuple[Suite, ...] = (
    Suite("zones-sample-open", partial(sample_suites.evaluate_zones, "open"), (), _ZONES, (_OPEN, _HELD)),
    Suite("zones-sample-held", partial(sample_suites.evaluate_zones, "held"), (), _ZONES, (_OPEN, _HELD)),
    Suite("zones-seeds", zones.evaluate_seeds, (("seeds",),), _ZONES, (("seeds", "zones.json"),)),
    Suite("dct-train", partial(dating.evaluate, "train"), (_TRAIN,), _DCT),
    Suite("dct-dev", partial(dating.evaluate, "dev"), (_DEV,), _DCT),
    Suite("timex-dolomiten-100", partial(timex.evaluate, timex.DEV), _timex(timex.DEV), _TIMEX),
    Suite("timex-dolomiten-42", partial(timex.evaluate, timex.TEST), _timex(timex.TEST), _TIMEX, named_only=True),
    Suite("quotations-dev", partial(quotations.evaluate, "dev"), (_DEV,), _QUOTATIONS),
    Suite("quotations-dev-open", partial(quotations.evaluate, "dev", Models.OPEN), (_DEV,), _QUOTATIONS),
    Suite("quotations-train", partial(quotations.evaluate, "train"), (_TRAIN,), _QUOTATIONS, named_only=True),
    Suite("claims-gold", claims.evaluate, (_GOLD, _DEV), _CLAIMS_GOLD),
    Suite("claims-given", claims_given.evaluate, (_GOLD, _DEV), _CLAIMS_GIVEN),
    Suite("claims-cases-open", claim_cases.evaluate_open, (), _CASES, (("claims", "open.toml"),)),
    Suite("claims-cases-closed", claim_cases.evaluate_closed, (), _CASES, (("claims", "closed.toml"),)),
    Suite("speakers-gold", speakers.evaluate, (_GOLD, _DEV), _SPEAKERS),
    Suite("entities-gold", entities.evaluate, (_GOLD, _DEV), _ENTITIES),
    Suite(identity_gold.NAME, identity_gold.evaluate, (_GOLD, _DEV), _IDENTITY),
    Suite("name-pairs-open", name_pairs.evaluate_open, (), _PAIRS, (("identity", "pairs-open.tsv"),)),
    Suite("name-pairs-closed", name_pairs.evaluate_closed, (), _PAIRS, (("identity", "pairs-closed.tsv"),)),
    Suite("offices-dev", offices.evaluate_dev, (), offices.GATE, (("offices", "cases.toml"),)),
    Suite("offices-report", offices.evaluate_report, (), offices.GATE, (("offices", "cases.toml"),)),
    Suite("references-dev", references.evaluate_dev, (), references.GATE, _REFERENCES),
    Suite("references-report", references.evaluate_report, (), references.GATE, _REFERENCES),
    Suite("reprints-dev", reprints.evaluate_dev, (_TRAIN, _DEV), reprints.GATE, named_only=True),
    Suite("reprints-report", reprints.evaluate_report, (_TRAIN, _DEV), reprints.GATE),
    Suite("names-germeval", names.evaluate, (("ner", "germeval14-dev.tsv"),), _NAMES),
    Suite(words.NAME, words.evaluate, treebanks.FILES, _WORDS),
    Suite(predicates.NAME, predicates.evaluate, (*treebanks.FILES, ("srl", "up-dev.conllu")), ("role.f1",)),
    Suite("events-gold", events.evaluate, (_GOLD, _DEV), _EVENTS),
    Suite("events-cases-open", event_cases.evaluate, (), event_cases.GATE, (event_cases.PARTS,)),
    Suite("places-open", partial(places.evaluate, "open"), (), _PLACES, (("places", "open.toml"),)),
    Suite("places-closed", partial(places.evaluate, "closed"), (), _PLACES, (("places", "closed.toml"),)),
    Suite("press-dev", press.evaluate_dev, (), press.GATE, press.NEEDS_DEV),
    Suite("press-report", press.evaluate_report, (), press.GATE, press.NEEDS_REPORT),
    Suite("search-tune", partial(search.evaluate, "tune"), (), _SEARCH, (_QUESTIONS, _OPEN, _HELD), named_only=True),
    Suite("search-report", partial(search.evaluate, "report"), (), _SEARCH, (_QUESTIONS, _OPEN, _HELD)),
    Suite("stories-dev", partial(stories.evaluate, "dev"), (), stories.GATE, (stories.PART,)),
    Suite("stories-report", partial(stories.evaluate, "report"), (), stories.GATE, (stories.PART,)),
    Suite("drafts-dev", drafts.evaluate_dev, (), drafts.GATE, ((drafts.FOLDER, "dev.toml"), _FERRY)),
    Suite("drafts-ways", drafts.evaluate_ways, (), drafts.GATE, ((drafts.FOLDER, "ways.toml"), _FERRY)),
    Suite("drafts-report", drafts.evaluate_report, (), drafts.GATE, ((drafts.FOLDER, "report.toml"), _FERRY)),
    Suite("sample-open", partial(sample_suites.evaluate, "open"), (), _SAMPLE, (_OPEN, _HELD)),
    Suite("sample-held", partial(sample_suites.evaluate, "held"), (), _SAMPLE, (_OPEN, _HELD)),
)


def suites() -> tuple[str, ...]:
    """Names of all suites, those included that run only when named."""
    return tuple(suite.name for suite in SUITES)


def run(names: Sequence[str] = (), *, update: bool = False) -> Iterator[SuiteResult]:
    """Run suites in the order of the table, all but the `named_only` ones where none is named.

    With `update`, figures that rose and new ones are pinned; one that fell keeps its pin and fails. A suite whose data
    are not there is skipped with the reason.

    Raises:
        NotFound: there is no suite of this name.
        MissingResource: pins cannot be updated outside the source tree.
    """
    known = {suite.name: suite for suite in SUITES}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise NotFound(
            "no suite is called {names}",
            remedy="one of {choices}",
            names=", ".join(unknown),
            choices=", ".join(known),
        )
    chosen = [suite for suite in SUITES if (suite.name in names if names else not suite.named_only)]
    return (_run(suite, update) for suite in chosen)


def _run(suite: Suite, update: bool) -> SuiteResult:
    reason = suite.missing()
    if reason:
        return SuiteResult(suite.name, skipped=reason)
    result = suite.score()
    old = pins.read(suite.name)
    if update:
        pins.write(pins.raised(result, old, suite.gate))
        old = pins.read(suite.name)
    return pins.compared(result, old)
