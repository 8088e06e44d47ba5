"""How time grows with the length of hostile input: lines without an end, brackets without a partner, crowds of names.

Every function reads n repetitions of a unit, then 4n. Where the work is linear the second takes four times as long as
the first, where it is quadratic sixteen times. Each row is held against a limit on that ratio and one on the seconds;
exits 1 when one is broken. All reading is by the rules alone: the encoder cuts long lines into windows of fixed size.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import chain

from quellenlage import normalise_times
from quellenlage.article import Overrides, make_article
from quellenlage.encoder import files
from quellenlage.intake import IntakeOptions, capture_bytes
from quellenlage.link.entities import link_entities
from quellenlage.model import (
    Article,
    Dct,
    Document,
    EntityKind,
    LocalEntity,
    Mention,
    Zone,
    ZoneKind,
    make_capture,
    text_digest,
)
from quellenlage.pipeline import STAGES

Work = Callable[[], object]
Make = Callable[[int], Work]
"""Makes what is to be timed of n repetitions; that itself is not timed."""
TIMES = 4
GROWTH = 8.0
"""Ratio of the two times that is allowed: n to the power of 1.5, midway between linear and quadratic."""
FLOOR = 0.01
"""Seconds that the shorter time counts at least: of less, the ratio would tell more about the machine than the work."""
RUNS = 3
NAMES = "bdfgklmnpr"
DAY = date(2015, 9, 18)
HOSTILE = (
    "a", "1", "a.", "1.", "1,", "www.", "a-", "„“", ". ", "A.B ", "\n", "z.", "a@", "2015 ", "( ", "a ",
)  # fmt: skip
"""What may confuse whoever cuts text into words or looks for a pattern."""
UNITS: dict[str, tuple[str, ...]] = {
    "timex": ("2014, ", "am 3., ", "Montag ", "vor zwei ", "und ", "3. und ", "10 bis "),
    "mentions": (
        "Sergej Dubrowin, ", "Aaaa ", "von der ", "x" * 50, "„Institut für ", "laut Polizei ",
        "Minister Jan Tamm, ein Minister. Der 40-Jährige. ",
    ),
    "quotations": ("sagte Voss, ", "„Ja“ ", "laut Polizei ", "Voss und ", "dass ", "„a ‚b "),
    "claims": (
        "laut Voss, ", "„Er sagte: ‚Ja‘“, ", "auf die sich Voss ", "Voss sagte dem Spiegel, er sei da. ",
        "„Ja“, sagte Voss, ", "offenbar und ", "reagierte ", "Voss wird von Voss zitiert ",
    ),
    "events": ("drei Tote und ", "Bomben töteten 10 bis ", "Minister Jan Tamm, ein Minister. Der 40-Jährige. "),
}  # fmt: skip
"""By stage, the words that it has rules for."""


@dataclass(frozen=True)
class Case:
    """A function that reads n repetitions of a unit, or what was made of them."""

    name: str
    unit: str
    n: int
    make: Make
    limit: float
    """Seconds that 4n repetitions may take."""


@dataclass(frozen=True)
class Row:
    """The times of a case; `long` is None where the shorter one broke the limit already."""

    case: Case
    short: float
    long: float | None

    @property
    def ratio(self) -> float | None:
        """How many times as long four times as much takes."""
        return None if self.long is None else self.long / max(self.short, FLOOR)

    @property
    def kept(self) -> bool:
        """Whether both limits are kept."""
        return self.long is not None and self.long <= self.case.limit and self.long / max(self.short, FLOOR) <= GROWTH


def measured(case: Case) -> Row:
    """Time n and 4n repetitions."""
    short = seconds(case.make(case.n))
    return Row(case, short, seconds(case.make(TIMES * case.n)) if short <= case.limit else None)


def seconds(work: Work) -> float:
    """Seconds of this process for the work, the least of several runs.

    The garbage collector rests meanwhile: its passes over all that is alive make linear work look worse than it is.
    """
    found = []
    for _ in range(RUNS):
        gc.collect()
        gc.disable()
        before = time.process_time()
        work()
        found.append(time.process_time() - before)
        gc.enable()
    return min(found)


def document(text: str) -> Document:
    """A text as the only paragraph of an article."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    zones = (Zone(start, end, ZoneKind.BODY),) if start < end else ()
    dct = Dct(DAY, DAY, "given")
    return Document(Article("art-1", "cap-1", "bench", text, text_digest(text), "text", zones, "de", dct=dct))


def stages() -> Iterator[Case]:
    """Every stage that reads one article, on 40,000 characters that those before it have read."""

    def make(place: int, unit: str) -> Make:
        return lambda n: partial(STAGES[place].run, given(unit, n)[place])

    for unit in dict.fromkeys((*HOSTILE, *chain(*UNITS.values()))):
        for place, stage in enumerate(STAGES):
            if unit in HOSTILE or unit in UNITS.get(stage.name, ()):
                yield Case(stage.name, unit, 40_000 // TIMES // len(unit), make(place, unit), 4)


@lru_cache(maxsize=2)
def given(unit: str, n: int) -> tuple[Document, ...]:
    """What each stage is given of a text; kept, since the cases of one unit follow each other."""
    found = [document(unit * n)]
    for stage in STAGES[:-1]:
        found.append(stage.run(found[-1]))
    return tuple(found)


def times() -> Iterator[Case]:
    """The public function, on a whole text."""

    def make(unit: str) -> Make:
        return lambda n: partial(normalise_times, unit * n, "2015-09-18")

    for unit in ("am 3. und 4. Mai, ", "Montag bis Freitag ", "vor zwei Wochen. ", "Er kam 2014 an. "):
        yield Case("normalise_times", unit, 1_000, make(unit), 8)


def articles() -> Iterator[Case]:
    """Zones and metadata: five megabytes in one line, and many short lines."""

    def make(unit: str) -> Make:
        def article(n: int) -> Work:
            capture = make_capture(
                source="bench", media_type="t", content=b"", text=unit * n + "x", captured_at="1970-01-01T00:00:00Z"
            )
            return partial(make_article, capture, "art-1", Overrides())

        return article

    for unit in ("Die Fähre. ", "a", "„", "+", "dpa/", "12.", "- ", "(", "Anna ", "\n", "\xa0"):
        yield Case("make_article", unit, 5_000_000 // TIMES // len(unit), make(unit), 10)
    lines = "Zeile am Hafen\nLesen Sie auch:\nFoto: dpa\n"
    yield Case("make_article", lines, 600, make(lines), 10)


def pages() -> Iterator[Case]:
    """HTML that never closes what it opens."""
    options = IntakeOptions("1970-01-01T00:00:00Z", network=False)

    def make(before: str, unit: str, after: str) -> Make:
        def page(n: int) -> Work:
            data = f"<html><body>{before}{unit * n}{after}".encode()
            return partial(capture_bytes, "a.html", data, options)

        return page

    for before, unit, after, n in (
        ("", "<div>", "Hallo", 25_000),
        ("<p>Hallo</p>", "<!-- ", "", 25_000),
        ("<p>Hallo</p>", "<script>", "", 12_500),
        ("Hallo", "<", "", 125_000),
        ("<p>Hallo", "&", "", 50_000),
        ("", "<!---->", "<p>Hallo", 2_250),
        ("<script type='application/ld+json'>", "[", "</script><p>Hallo", 12_500),
        ("", "<p>Hallo ", "", 2_500),
    ):
        yield Case("capture_bytes", unit, n, make(before, unit, after), 8)


def links() -> Iterator[Case]:
    """Entities across articles: the same thousand persons in ever more articles, and ever more persons."""

    def make(name: Callable[[int, str], str]) -> Make:
        def linking(n: int) -> Work:
            made = [naming(number, [name(number, letter) for letter in NAMES.upper()]) for number in range(n)]
            return partial(link_entities, made, (), frozenset())

        return linking

    def again(number: int, letter: str) -> str:
        return f"Sergej {letter}a{NAMES[number % 10]}a{NAMES[number // 10 % 10]}in"

    def new(number: int, letter: str) -> str:
        digits = [NAMES[number // 10**place % 10] for place in range(4)]
        return f"Sergej {letter}a{'a'.join(digits)}in"

    yield Case("link_entities", "article, known names", 500, make(again), 5)
    yield Case("link_entities", "article, new names", 250, make(new), 5)


def naming(number: int, names: list[str]) -> Document:
    """An article that mentions each of these persons once."""
    text = "x" * 40
    zones = (Zone(0, 40, ZoneKind.BODY),)
    article = Article(f"art-{number}", "cap", "bench", text, text_digest(text), "text", zones)
    entities = tuple(LocalEntity(f"e{n}", EntityKind.PER, name) for n, name in enumerate(names))
    mentions = tuple(Mention(f"m{n}", n, n + 1, EntityKind.PER, "name", f"e{n}") for n in range(len(names)))
    return Document(article, mentions=mentions, entities=entities)


def warm_up() -> None:
    """Load every table and pattern, which happens once however long the text is."""
    made = document("Der Minister Jan Tamm sagte am Montag in Berlin: „Drei Menschen starben.“")
    for stage in STAGES:
        made = stage.run(made)
    for case in (*times(), *articles(), *pages(), *links()):
        case.make(1)()


def show(row: Row) -> None:
    """Print one row."""
    case = row.case
    unit = repr(case.unit if len(case.unit) <= 24 else case.unit[:23] + "…")
    verdict = "" if row.kept else "  MISSED"
    if row.long is None or row.ratio is None:
        figures = f"{case.n:9,} times already take {row.short:.2f} s"
    else:
        figures = f"{TIMES * case.n:9,} times {row.ratio:6.1f} (<= {GROWTH:g}) {row.long:8.3f} s"
    print(f"{case.name:16} {unit:28} {figures} (<= {case.limit:g}){verdict}", flush=True)


def main() -> int:
    """Print every row with its limits; 1 if one is broken."""
    files.choose(files.Models.RULES)
    warm_up()
    print(f"time of {TIMES}n repetitions: as a multiple of that of n, and in seconds")
    broken = 0
    for case in (*stages(), *times(), *articles(), *pages(), *links()):
        row = measured(case)
        show(row)
        broken += not row.kept
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
