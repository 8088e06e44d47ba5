"""Three articles: two tell the same fire and name the same woman, the third stands for the held half."""

from dataclasses import replace
from typing import Any

from tests.evaluation.evaluation_documents import document, entity, mention, place

from quellenlage.evaluation.results import Metric
from quellenlage.evaluation.sample_archive import score
from quellenlage.evaluation.sample_gold import Sample, SampleArticle, carried_over
from quellenlage.model import (
    Account,
    Claim,
    Conflict,
    ConflictKind,
    Document,
    Entity,
    Event,
    EventMention,
    Evidentiality,
    Factuality,
    Linked,
    Member,
    Polarity,
    Reuse,
    Side,
    Span,
    evidence,
)
from quellenlage.model.layers import EntityKind

TEXTS = {
    "a.txt": "Ruth Kern sah, wie es brannte.\nZwölf Menschen starben.",
    "b.txt": "Kern sagte, es brannte am Abend.\nEs gab 20 Tote.",
    "c.txt": "Ruth Kern schwieg, als es brannte.\nAcht Tote gab es.",
}
NAMES = {"a.txt": "Ruth Kern", "b.txt": "Kern", "c.txt": "Ruth Kern"}
TOLL = {"a.txt": "Zwölf Menschen starben", "b.txt": "Es gab 20 Tote", "c.txt": "Acht Tote gab es"}


def analysed(name: str) -> Document:
    text, woman = TEXTS[name], entity("e1", "PER", NAMES[name])
    fire, toll = place(text, "brannte"), place(text, TOLL[name])
    made = document(
        text,
        entities=(woman,),
        mentions=(mention(text, NAMES[name], woman),),
        claims=(Claim("c1", None, (toll,), (("e1",),), Evidentiality.ASSERTED, Polarity.AFFIRMED, 1.0),),
        events=(EventMention("v1", "DISASTER", fire, Span(0, text.index("\n"))),),
    )
    return replace(made, article=replace(made.article, id=f"art-{name}"))


def annotated(name: str) -> SampleArticle:
    named = {"text": NAMES[name], "nth": 1, "form": "name"}
    raw: dict[str, Any] = {
        "file": name, "zones": [], "timexes": [], "claims": [],
        "entities": [
            {"id": "g1", "kind": "PER", "name": "Ruth Kern", "mentions": [named]}
        ],
        "events": [
            {
                "id": "w1", "type": "DISASTER", "trigger": {"text": "brannte", "nth": 1}, "actors": [],
                "recipients": [], "place": None, "time": None, "factuality": "happened", "word_of": "author",
                "quantities": [],
            }
        ],
    }  # fmt: skip
    return carried_over(raw, TEXTS[name].split("\n"), analysed(name))


ARTICLES = {name: annotated(name) for name in TEXTS}


def quoted(name: str, words: str) -> Side:
    return Side("", evidence(f"art-{name}", TEXTS[name], place(TEXTS[name], words)))


def conflict(kind: ConflictKind = ConflictKind.NUMBER, *files: str) -> Conflict:
    words = {"a.txt": "Zwölf", "b.txt": "20 Tote", "c.txt": "Acht"}
    return Conflict("x", "v", kind, "Tote", tuple(quoted(f, words[f]) for f in files or ("a.txt", "b.txt")))


def archive(*files: str, **more: object) -> dict[str, Any]:
    return {
        "entities": [{"name": "Ruth Kern", "kind": "PER", "members": [f"{f}#g1" for f in files]}],
        "events": [{"label": "Brand", "members": [f"{f}#w1" for f in files]}],
        "reprints": [{"origin": "xyz", "articles": list(files)}],
        "conflicts": [
            {"about": "Tote", "kind": "number", "accounts": [{"file": f, "text": TOLL[f]} for f in files]}
        ],
        "chains": [{"file": "b.txt", "text": TOLL["b.txt"], "chain": ["Ruth Kern"]}],
        **more,
    }  # fmt: skip


def linked(*groups: tuple[str, ...], reuses: tuple[Reuse, ...] = (), conflicts: tuple[Conflict, ...] = ()) -> Linked:
    def account(name: str) -> Account:
        sentence = evidence(f"art-{name}", TEXTS[name], Span(0, 4))
        return Account(Member(f"art-{name}", "v1"), sentence, Factuality.HAPPENED, (), "o")

    return Linked(
        entities=tuple(
            Entity(f"E{n}", EntityKind.PER, "Ruth Kern", tuple(Member(f"art-{name}", "e1") for name in group))
            for n, group in enumerate(groups)
        ),
        events=tuple(
            Event(f"V{n}", "DISASTER", tuple(account(name) for name in group)) for n, group in enumerate(groups)
        ),
        reuses=reuses,
        conflicts=conflicts,
    )


def figures(half: str, found: Linked) -> dict[str, Metric]:
    sample = Sample(
        articles=ARTICLES,
        halves={"open": ("a.txt", "b.txt"), "held": ("c.txt",)},
        archives={"open": archive("a.txt", "b.txt"), "held": archive("a.txt", "b.txt", "c.txt", chains=[])},
        linked=found,
    )
    return {m.name: m for m in score(sample, half)}


PERFECT = linked(
    ("a.txt", "b.txt", "c.txt"),
    reuses=(
        Reuse("art-b.txt", "art-a.txt", "reprint", 0.9),
        Reuse("art-c.txt", "art-b.txt", "reprint", 0.9),
    ),
    conflicts=(conflict(ConflictKind.NUMBER, "a.txt", "b.txt", "c.txt"),),
)


def test_the_same_archive_is_perfect_in_the_open_half() -> None:
    found = figures("open", PERFECT)
    # The one conflict touches the held half and is not counted as a find of the open one.
    assert found.pop("conflicts.precision").cases == found.pop("conflicts-by-article.precision").cases == 0
    ours = {name: m.value for name, m in found.items() if not name.startswith("conflicts")}
    assert set(ours.values()) == {1.0}
    assert found["conflicts.recall"].value == 1.0


def test_the_same_archive_is_perfect_in_the_held_half() -> None:
    found = figures("held", PERFECT)
    assert found.pop("chains-by-name.accuracy").cases == 0
    assert {m.value for m in found.values()} == {1.0}


def test_nothing_linked_leaves_each_by_itself() -> None:
    found = figures("open", linked(("a.txt",), ("b.txt",), ("c.txt",)))
    for layer in ("entities", "events"):
        assert found[f"{layer}.located.recall"].value == 1.0
        assert found[f"{layer}.b-cubed.precision"].value == 1.0
        assert found[f"{layer}.b-cubed.recall"].value == 0.5
        assert found[f"{layer}.b-cubed.f1"].value == found[f"{layer}.b-cubed.f1"].trivial
        assert found[f"{layer}.pairs.f1"].value == 0.0
    assert found["reprints.f1"].value == found["conflicts.f1"].value == 0.0


def test_pairs_belong_to_one_half_each() -> None:
    only_open = linked(("a.txt", "b.txt"), ("c.txt",))
    assert figures("open", only_open)["entities.pairs.f1"].value == 1.0
    held = figures("held", only_open)
    assert (held["entities.pairs.recall"].cases, held["entities.pairs.recall"].value) == (2, 0.0)
    assert held["entities.b-cubed.recall"].value == round(1 / 3, 4)


def test_reprints_of_one_text_are_pairs_whatever_the_order() -> None:
    found = linked(("a.txt",), reuses=(Reuse("art-c.txt", "art-a.txt", "reprint", 0.9),))
    assert figures("open", found)["reprints.f1"].value == 0.0
    held = figures("held", found)
    assert (held["reprints.precision"].value, held["reprints.recall"].value) == (1.0, 0.5)


def test_a_conflict_of_another_kind_or_of_other_sentences_is_not_it() -> None:
    found = figures("open", linked(("a.txt",), conflicts=(conflict(),)))
    assert found["conflicts.f1"].value == found["conflicts-by-article.f1"].value == 1.0
    found = figures("open", linked(("a.txt",), conflicts=(conflict(ConflictKind.TIME),)))
    assert found["conflicts.f1"].value == found["conflicts-by-article.f1"].value == 0.0
    elsewhere = Conflict("x", "v", ConflictKind.NUMBER, "", (quoted("a.txt", "brannte"), quoted("b.txt", "20 Tote")))
    found = figures("open", linked(("a.txt",), conflicts=(elsewhere,)))
    assert (found["conflicts.f1"].value, found["conflicts-by-article.f1"].value) == (0.0, 1.0)


def test_chains_are_compared_by_the_names_of_the_archive() -> None:
    # The article itself says "Kern" only; the archive knows her in full.
    assert figures("open", PERFECT)["chains-by-name.accuracy"].value == 1.0
    assert figures("open", Linked())["chains-by-name.accuracy"].value == 0.0
