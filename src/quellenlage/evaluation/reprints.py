"""Copies of real articles, edited by our own hand, among independent reports: which are found, and what else is.

Sources are the Wikinews texts, each with the day in its title. By the hash of its name a text belongs to "dev", on
which the limits of `link.reuse` were chosen, or to "report", which is scored only. Of every part 500 copies are made.
What must not be found: pairs of articles on one event that were written independently (they share rare names and lie
days apart), articles that share no more than a long quotation, or a paragraph that a paper prints everywhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import combinations
from pathlib import Path
from random import Random

from quellenlage.article import Overrides, make_article
from quellenlage.evaluation import copy_edits, data
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, rate, worst
from quellenlage.link.reuse import find_reuse
from quellenlage.model import Document, content_id, fold
from quellenlage.resources import resource

COPIES = 500
GATE = (
    "pairs.precision", "pairs.recall", "copies-found.recall", "independent.kept-apart", "quotation.kept-apart",
    "boilerplate.kept-apart",
)  # fmt: skip
_NEGATIVES = 60
"""Articles each that share a quotation, or a standing paragraph, with others."""
_SEED = 20
_LEAST, _MOST = 60, 800
"""Words that a source has."""
_NEAR = 7
"""Days that two reports on one event lie apart at most, and names they share, each of which few articles have."""
_SHARED_NAMES, _RARE_NAME = 3, 20
_NAME = re.compile(r"(?<=[\wäöüß,] )[A-ZÄÖÜ][\wäöüß-]{3,}")
_QUOTED = re.compile(r"„[^„“\"\n]{120,}“")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the archive that is scored: `sources` are the articles whose words it has, itself for an original."""

    name: str
    text: str
    day: date
    kind: str
    sources: frozenset[str]


def texts(part: str) -> list[Text]:
    """Originals of a part that are long enough, in the order of the corpus."""
    found: dict[str, Text] = {}
    for split in ("train", "dev"):
        for news in data.news(split):
            half = "dev" if int(hashlib.sha256(news.name.encode()).hexdigest()[:8], 16) % 2 else "report"
            if half == part and news.published and _LEAST <= len(news.text.split()) <= _MOST:
                day = date.fromisoformat(news.published)
                found.setdefault(news.text, Text(news.name, news.text, day, "original", frozenset({news.name})))
    return list(found.values())


def copies(originals: Sequence[Text]) -> list[Text]:
    """Edited copies of the originals, kind after kind; each printed up to two days after the last of its sources."""
    random = Random(_SEED)  # noqa: S311 - the same draws every time, nothing secret
    hosts = originals[: len(originals) // 6]
    order = random.sample(originals[len(hosts) :], len(originals) - len(hosts))
    made: list[Text] = []
    for number in range(COPIES):
        kind = copy_edits.KINDS[number % len(copy_edits.KINDS)]
        source, other = order[number % len(order)], order[(number * 7 + 3) % len(order)]
        sources: tuple[Text, ...] = (source,)
        if kind == "merged" and other is not source:
            text, sources = copy_edits.merged(source.text, other.text, random), (source, other)
        elif kind == "inserted":
            host = max(random.sample(hosts, 4), key=lambda h: len(h.text))
            text, sources = copy_edits.inserted(source.text, host.text, random), (source, host)
        else:
            text = copy_edits.ALONE.get(kind, copy_edits.cut)(source.text, random)
        day = max(s.day for s in sources) + timedelta(days=random.randint(0, 2))
        made.append(Text(f"copy-{number}", text, day, kind, frozenset(s.name for s in sources)))
    return made


def negatives(originals: Sequence[Text]) -> list[Text]:
    """Originals with a quotation of another, or with a standing paragraph: nobody's reprint."""
    random = Random(_SEED + 1)  # noqa: S311 - the same draws every time, nothing secret
    order = random.sample(originals, len(originals))
    quotes = [(t, m.group()) for t in originals for m in [_QUOTED.search(t.text)] if m]
    made: list[Text] = []
    for number, text in enumerate(order[:_NEGATIVES]):
        source, words = quotes[number % len(quotes)]
        if source is text:
            continue
        extra = f"Dazu hieß es: {words}. Mehr wurde nicht bekannt."
        made.append(replace(text, text=copy_edits.with_paragraph(text.text, extra, random), kind="quotation"))
    for number, text in enumerate(order[_NEGATIVES : 2 * _NEGATIVES]):
        extra = copy_edits.boilerplate()[number % len(copy_edits.boilerplate())]
        made.append(replace(text, text=copy_edits.with_paragraph(text.text, extra, random), kind="boilerplate"))
    return made


def collection(part: str) -> list[Text]:
    """Everything that is scored of a part: originals (those made negatives instead of them), then the copies.

    Hosts of insertions are not in it: what a copy takes from them is the copying desk's own text.
    """
    originals = texts(part)
    changed = {text.name: text for text in negatives(originals[len(originals) // 6 :])}
    kept = originals[len(originals) // 6 :]
    return [*(changed.get(text.name, text) for text in kept), *copies(originals)]


def documents(listed: Iterable[Text]) -> list[Document]:
    """The texts as articles with their day, unannotated."""
    return [
        Document(make_article(data.clipping(t.text), content_id("art", t.name), Overrides(dct=t.day.isoformat())))
        for t in listed
    ]


def independent(listed: Sequence[Text]) -> set[frozenset[str]]:
    """Pairs of originals on one event: close in time, with rare names in common."""
    names = {t.name: set(_NAME.findall(t.text)) for t in listed if t.sources == {t.name}}
    spread: dict[str, int] = {}
    for found in names.values():
        for name in found:
            spread[name] = spread.get(name, 0) + 1
    rare = {key: {n for n in found if spread[n] <= _RARE_NAME} for key, found in names.items()}
    days = {t.name: t.day for t in listed}
    return {
        frozenset((one, other))
        for one, other in combinations(sorted(rare), 2)
        if abs((days[one] - days[other]).days) <= _NEAR and len(rare[one] & rare[other]) >= _SHARED_NAMES
    }


def same_sentences(listed: Sequence[Text]) -> set[tuple[str, str]]:
    """The baseline: pairs, later first, with two sentences of six words or more that are the same but for case."""
    holders: dict[str, list[Text]] = {}
    shared: dict[tuple[str, str], int] = {}
    for text in sorted(listed, key=lambda t: t.day):
        told = {fold(s) for part in copy_edits.paragraphs(text.text) for s in copy_edits.sentences(part)}
        for sentence in sorted(s for s in told if len(s.split()) >= 6):
            for holder in holders.setdefault(sentence, []):
                shared[text.name, holder.name] = shared.get((text.name, holder.name), 0) + 1
            holders[sentence].append(text)
    return {pair for pair, count in shared.items() if count >= 2}


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of names, later and earlier, in a collection of texts."""

    texts: dict[str, Text]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, listed: Sequence[Text], pairs: Iterable[tuple[str, str]]) -> Found:
        """Leave out the copies that the corpus itself has: originals with two sentences in common word for word."""
        own = same_sentences([t for t in listed if t.name in t.sources])
        return cls({t.name: t for t in listed}, frozenset(pairs) - own)

    def right(self, pair: tuple[str, str]) -> bool:
        """Whether the two have words of one source."""
        return bool(self.texts[pair[0]].sources & self.texts[pair[1]].sources)

    def wanted(self, name: str) -> frozenset[str]:
        """Of a copy, the sources that are there to be found: the host of an insertion is not."""
        return self.texts[name].sources & self.texts.keys()

    def sources_found(self, name: str) -> frozenset[str]:
        """Of a copy, the sources that it is led back to, over other copies too."""
        own = self.wanted(name)
        return frozenset(s for later, earlier in self.pairs if later == name for s in own & self.texts[earlier].sources)


def score(found: Found) -> tuple[Counter, dict[str, Counter]]:
    """Links to sources: of all that are found the right ones, of all that there are those found; and by kind."""
    total, kinds = Counter(), {kind: Counter() for kind in copy_edits.KINDS}
    for name, text in found.texts.items():
        if text.kind in kinds:
            hits, wanted = len(found.sources_found(name)), len(found.wanted(name))
            kinds[text.kind].add(hits, 0, wanted)
            total.add(hits, 0, wanted)
    return total, kinds


def evaluate(part: str) -> SuiteResult:
    """Score the copies and the negatives of a part."""
    listed = collection(part)
    made = documents(listed)
    name_of = {d.article.id: t.name for d, t in zip(made, listed, strict=True)}
    ours = Found.of(listed, ((name_of[r.article], name_of[r.earlier]) for r in find_reuse(made)))
    trivial = Found.of(listed, same_sentences(listed))
    metrics: list[Metric] = []
    baseline, baseline_kinds = score(trivial)
    total, kinds = score(ours)
    right = sum(map(ours.right, ours.pairs))
    trivial_right = sum(map(trivial.right, trivial.pairs))
    metrics.append(rate("pairs.precision", right, len(ours.pairs), trivial=trivial_right / max(1, len(trivial.pairs))))
    metrics.append(rate("pairs.recall", total.hits, round(total.gold), trivial=baseline.recall))
    whole = [t for t in listed if t.kind in kinds]
    complete = sum(ours.sources_found(t.name) == ours.wanted(t.name) for t in whole)
    easily = sum(trivial.sources_found(t.name) == ours.wanted(t.name) for t in whole)
    metrics.append(rate("copies-found.recall", complete, len(whole), trivial=easily / len(whole)))
    for kind, counted in kinds.items():
        wrong = sum(not ours.right(p) for p in ours.pairs if ours.texts[p[0]].kind == kind)
        have = sum(ours.texts[p[0]].kind == kind for p in ours.pairs)
        metrics.append(rate(f"{kind}.precision", have - wrong, have))
        metrics.append(rate(f"{kind}.recall", counted.hits, round(counted.gold), trivial=baseline_kinds[kind].recall))
    apart = independent(listed)
    linked = {frozenset(p) for p in ours.pairs}
    metrics.append(rate("independent.kept-apart", len(apart - linked), len(apart), trivial=1.0))
    for kind in ("quotation", "boilerplate"):
        extra = {t.name for t in listed if t.kind == kind}
        taken = {n for p in ours.pairs if not ours.right(p) for n in p if n in extra}
        metrics.append(rate(f"{kind}.kept-apart", len(extra - taken), len(extra), trivial=1.0))
    return SuiteResult(
        name=f"reprints-{part}",
        metrics=tuple(metrics),
        worst=worst(_misses(ours)),
        data_sha256=data.digest(
            data.folder("quotations", "train.jsonl"),
            data.folder("quotations", "dev.jsonl"),
            Path(str(resource(copy_edits.RESOURCE))),
        ),
        notes=(
            "trivial: two sentences of six words or more in common; for what must be kept apart: nothing linked",
            "limits were chosen on the part dev",
        ),
    )


def _misses(found: Found) -> Iterable[Miss]:
    for name, text in found.texts.items():
        for source in sorted(found.wanted(name) - {name} - found.sources_found(name)):
            yield Miss(f"{name} ({source.split(' ')[0]})", 0, len(text.text), text.kind, "nothing")
    for later, earlier in sorted(found.pairs):
        if not found.right((later, earlier)):
            one, other = found.texts[later], found.texts[earlier]
            label = f"{later.split(' ')[0]} {earlier.split(' ')[0]}"
            yield Miss(label, 0, len(one.text), "apart", f"{one.kind} of {other.kind}")


evaluate_dev = partial(evaluate, "dev")
evaluate_report = partial(evaluate, "report")
