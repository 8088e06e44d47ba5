"""A million names of an archive made one, and one article more: time and memory against the limits.

The archive is generated (and says so): names drawn by rank from 100,000 made-up persons, bodies and places of several
languages of origin, ten names an article told in full, some by the surname alone, some with an office. Measured is the
linking of entities itself; reading articles from the database is not in it. Exits 1 where a limit is broken.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
from bisect import bisect_left
from itertools import accumulate

from quellenlage.link.entities.posts import NONE, Posts
from quellenlage.link.entities.profile import Profile, companion_key, form_of
from quellenlage.link.entities.profiles import Profiles
from quellenlage.link.entities.registry import Registry
from quellenlage.link.entities.shorts import Shorts
from quellenlage.link.entities.units import Pairs, units
from quellenlage.model import EntityKind, Member
from quellenlage.resources import load

SECONDS, MEBIBYTES, ONE_MORE = 600.0, 2048.0, 1.0
"""Limits for a million mentions; for one article more, in seconds."""
PER_ARTICLE = 20
BARE = 0.1
"""Share of persons told by the surname alone."""
SYLLABLES = (
    "ba be bi bo bu da de di do ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru sa se si so "
    "su ta te ti to tu wa we wi wo scha tscho ju ja"
).split()
ENDINGS = "ow ew enko mann er stein berg ski in bach witsch ian uk is oglu i a ez".split()
HEADS = "Bundesamt Institut Verband Partei Bank Agentur Ministerium Verein Konzern Stiftung".split()
OFFICES = "minister praesident sprecher buergermeister general botschafter direktor trainer".split()
OFFICE = 0.3
"""Share of mentions of persons beside an office."""
DAYS = 730_000
"""First day, as a proleptic ordinal; fifty articles a day."""
TOWNS = ("burg", "stadt", "grad", "abad", "")
GROUPS = ("german", "slavic", "arabic", "english", "french", "turkish_kurdish_persian")
Name = tuple[EntityKind, str]


class Archive:
    """Articles of generated names, the same for the same seed."""

    def __init__(self, mentions: int) -> None:
        self._random = random.Random(7)  # noqa: S311 - the same archive every time, nothing secret
        self._names = self._make(mentions // 10)
        self._ranks = list(accumulate(1 / (rank + 10) for rank in range(len(self._names))))
        self._order = 0

    def _make(self, count: int) -> list[Name]:
        table = load("de/first_names.toml")
        given = [name for group in GROUPS for name in table[group]["names"].split()]
        choose = self._random.choice
        last = [
            "".join(choose(SYLLABLES) for _ in range(choose((1, 2, 2, 3)))).capitalize() + choose(ENDINGS)
            for _ in range(30_000)
        ]
        names: set[Name] = set()
        while len(names) < 0.7 * count:
            names.add((EntityKind.PER, f"{choose(given)} {choose(last)}"))
        while len(names) < 0.9 * count:
            names.add((EntityKind.ORG, f"{choose(HEADS)} {choose(last)}"))
        while len(names) < count:
            names.add((EntityKind.GPE, "".join(choose(SYLLABLES) for _ in range(3)).capitalize() + choose(TOWNS)))
        listed = sorted(names)
        self._random.shuffle(listed)
        return listed

    def article(self) -> list[Profile]:
        """The next article."""
        chosen = [self._names[bisect_left(self._ranks, self._random.random() * self._ranks[-1])] for _ in range(20)]
        companions = frozenset(
            f"PER:{companion_key(name)}" if kind is EntityKind.PER else f"{kind}:{name}" for kind, name in chosen[:8]
        )
        number = self._order // PER_ARTICLE
        found = []
        for local, (kind, full) in enumerate(chosen):
            bare = kind is EntityKind.PER and self._random.random() < BARE
            name = full.split()[-1] if bare else full
            order = self._order + local
            found.append(
                Profile(
                    order,
                    Member(f"art-{number}", f"e{local}"),
                    f"ent-{order}",
                    kind,
                    name,
                    (name,),
                    form_of(kind, name),
                    self._posts(kind, full),
                    companions,
                    days=(DAYS + number // 50, DAYS + number // 50),
                )
            )
        self._order += PER_ARTICLE
        return found

    def _posts(self, kind: EntityKind, full: str) -> Posts:
        """An office for every third mention of a person: of one body for half the names, else a word that many bear."""
        if kind is not EntityKind.PER or self._random.random() > OFFICE:
            return NONE
        number = len(full) * 31 + ord(full[0])
        head = OFFICES[number % len(OFFICES)]
        held = frozenset({(f"{head}@{number}", head)}) if number % 2 else frozenset[tuple[str, str]]()
        return Posts(held, frozenset({head}))


def main() -> int:
    """Print the figures beside their limits."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    mentions: int = parser.parse_args().mentions
    archive, registry, shorts = Archive(mentions), Registry(Profiles()), Shorts()
    spent = 0.0
    for _ in range(mentions // PER_ARTICLE):
        article = archive.article()
        start = time.perf_counter()
        for profile in article:
            registry.add(registry.profiles.add(profile))
        spent += time.perf_counter() - start
    start = time.perf_counter()
    shorts.settle(registry)
    found = units(registry, shorts, Pairs((), ()))
    spent += time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = []
    for _ in range(50):
        article = archive.article()
        start = time.perf_counter()
        for profile in article:
            registry.add(registry.profiles.add(profile))
        shorts.settle(registry)
        times.append(time.perf_counter() - start)
    share = mentions / 1_000_000
    print(f"{mentions:,} mentions (generated), {len(registry.bearers):,} bearers, {len(found):,} entities")
    rows = (
        ("linked, seconds", spent, SECONDS * share),
        ("peak memory, MiB", peak, MEBIBYTES),
        ("one article more, median seconds", statistics.median(times), ONE_MORE),
        ("one article more, slowest of 50", max(times), ONE_MORE),
    )
    for name, value, limit in rows:
        print(f"{name:<36}{value:>10.3f}  limit {limit:>8.1f}  {'ok' if value <= limit else 'BROKEN'}")
    return int(any(value > limit for _, value, limit in rows))


if __name__ == "__main__":
    sys.exit(main())
