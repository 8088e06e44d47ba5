"""`sources --event` and `--article`: who rests on whom, with the copied passages from both sides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.link.made import Making, Telling, made

from quellenlage.link.events import group, make_event
from quellenlage.link.origins import find_origins
from quellenlage.link.resting import Named, rest
from quellenlage.link.reuse import find_reuse
from quellenlage.link.tellings import tellings
from quellenlage.model import Entity, EntityKind, Linked, Member
from quellenlage.story.corroboration import corroborate
from quellenlage.views.cli.origins import article_tree_lines, event_tree_lines
from quellenlage.views.holdings import Holdings, cite
from quellenlage.views.locale import words_for
from quellenlage.views.resting import article_tree, article_tree_record, event_tree, event_tree_record

TEXT = (
    "Ein Angriff auf Kalt-Hafen hat am Dienstag drei Lagerhäuser zerstört. Nach Angaben der Wehr griff das Feuer von "
    "einem Frachter über. Die Straße zum Kai blieb bis zum Abend gesperrt."
)


@pytest.fixture(name="holdings")
def _holdings() -> Holdings:
    names = {"Kalt-Hafen": EntityKind.GPE}
    told = Telling("Angriff", "ASSAULT", actors=[], recipients=[], place="Kalt-Hafen", time="2020-05-12")
    documents = [
        made(1, TEXT, Making(outlet="Bote", agency="dpa", dct="2020-05-12", names=names, events=[told])),
        made(2, TEXT + " Ende.", Making(outlet="Kurier", dct="2020-05-13", names=names, events=[told])),
    ]
    entity = Entity("ent-k", EntityKind.GPE, "Kalt-Hafen", (Member("art-01", "e1"), Member("art-02", "e1")))
    entity_of = dict.fromkeys(entity.members, "ent-k")
    reuses = find_reuse(documents)
    provenance = find_origins(documents, reuses)
    clusters = group(tellings(documents, entity_of, ()), {}, ())
    events = [make_event(c, provenance, {"ent-k": "Kalt-Hafen"}) for c in clusters]
    rested = rest(Named.of(documents, provenance), (entity,), provenance, events, ())
    borne = tuple(replace(e, corroboration=corroborate(e.accounts)) for e in rested.events)
    linked = Linked((entity,), rested.origins, reuses, borne)
    return Holdings(linked, {d.article.id: cite(d) for d in documents})


def test_a_reprint_stands_under_the_print_that_it_repeats(holdings: Holdings) -> None:
    (event,) = holdings.linked.events
    tree = event_tree(event, holdings)
    (branch,) = tree.branches
    (first,) = branch.prints
    assert first.account.member.article == "art-01"
    assert [again.account.member.article for again in first.again] == ["art-02"]
    lines = "\n".join(event_tree_lines(tree, holdings, words_for("de")))
    assert "1 Gewährsperson, 1 Ursprung, 1 Abdruck" in lines
    assert "Ursprung: dpa (Agentur)" in lines
    assert "Kurier, 13.05.2020 [Abdruck]" in lines
    assert "übernommen aus Bote, 12.05.2020 (clipping_01.txt:0-" in lines
    record = event_tree_record(tree, holdings)
    copied = record["branches"][0]["prints"][0]["reprints"][0]["copied"][0]
    assert copied["words"]["article"] == "art-02"
    assert copied["source"]["article"] == "art-01"


def test_an_article_shows_what_it_takes_and_who_takes_from_it(holdings: Holdings) -> None:
    first, second = (article_tree(a, holdings.linked) for a in ("art-01", "art-02"))
    assert ([r.earlier for r in second.sources], [r.article for r in first.taken_by]) == (["art-01"], ["art-02"])
    lines = "\n".join(article_tree_lines(second, holdings, words_for("en")))
    assert "Rests on:" in lines
    assert "clipping_02.txt:0-" in lines
    assert " ← clipping_01.txt:0-" in lines
    assert article_tree_record(second, holdings)["sources"][0]["passages"][0]["source"]["start"] == 0
