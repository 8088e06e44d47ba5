from typing import Any

from tests.evaluation.evaluation_documents import document, place

from quellenlage.evaluation.sample_gold import SampleArticle, carried_over

HEAD, LEAD = "Brand am Kai", "Ort (xyz) - Am Kai brannte es. Ruth Kern sagte, es seien 12 Tote."
SOURCE = ["Menü Ruth Kern", HEAD, LEAD, "Am Kai. Foto: Kern", "Was nicht mitgelesen wurde."]
# As an intake may give it: without the menu and the last line, with other white space.
TEXT = "\n".join([HEAD, "", LEAD.replace("Ruth Kern", "Ruth\u00a0Kern"), "Am Kai. Foto: Kern"])


def zone(kind: str, line: str, **more: object) -> dict[str, Any]:
    return {"kind": kind, "text": line[:60], **more}


RAW: dict[str, Any] = {
    "file": "a.html",
    "zones": [
        zone("boilerplate", SOURCE[0]), zone("headline", HEAD), zone("body", LEAD), zone("caption", SOURCE[3]),
        zone("body", SOURCE[4]),
        zone("dateline", "Ort (xyz) -", inline=True), zone("credit", "Foto: Kern", inline=True),
    ],
    "timexes": [{"text": "mitgelesen", "nth": 1, "type": "DATE", "value": "2015"}],
    "entities": [
        {"id": "e1", "kind": "PER", "name": "Ruth Kern", "mentions": [{"text": "Ruth Kern", "nth": 1, "form": "name"}]},
        {"id": "e2", "kind": "LOC", "name": "Kai", "mentions": [{"text": "Kai", "nth": 2, "form": "name"}]},
    ],
    "claims": [
        {
            "id": "c1", "text": "es seien 12 Tote", "nth": 1, "type": "indirect", "chain": [["e1"]],
            "evidentiality": "asserted", "polarity": "affirmed",
        },
        {
            "id": "c2", "spans": [{"text": "Am Kai", "nth": 1}, {"text": "brannte", "nth": 1}], "type": None,
            "chain": [], "evidentiality": "hedged", "polarity": "affirmed",
        },
        {
            "id": "c3", "text": "nicht mitgelesen", "nth": 1, "type": None, "chain": [],
            "evidentiality": "asserted", "polarity": "affirmed",
        },
    ],
    "events": [
        {
            "id": "v1", "type": "DISASTER", "trigger": {"text": "brannte", "nth": 1}, "actors": [],
            "recipients": ["e1"], "place": "e2", "time": "XXXX-09-17", "factuality": "happened", "word_of": "author",
            "quantities": [{"text": "12 Tote", "low": 12, "high": 12, "unit": "Tote"}],
        }
    ],
}  # fmt: skip


def carried() -> SampleArticle:
    return carried_over(RAW, SOURCE, document(TEXT))


def test_occurrences_are_counted_without_boilerplate_of_pages() -> None:
    entities = {e.id: [TEXT[m.start : m.end] for m in e.mentions] for e in carried().case.gold.entities}
    assert entities == {"e1": ["Ruth\u00a0Kern"], "e2": ["Kai"]}
    assert carried().case.gold.entities[1].mentions[0].start == place(TEXT, "Kai", 2).start


def test_passages_of_lines_that_were_not_read_are_left_out_and_counted() -> None:
    article = carried()
    assert [c.id for c in article.case.gold.claims] == ["c1", "c2"]
    assert article.timexes == ()
    # Two mentions, four spans of claims, a trigger, a number, a time expression; two of them not read.
    assert (article.spans, article.unresolved) == (9, 2)


def test_claims_events_and_numbers_lie_in_our_text() -> None:
    gold = carried().case.gold
    assert [[s.of(TEXT) for s in c.spans] for c in gold.claims] == [["es seien 12 Tote"], ["Am Kai", "brannte"]]
    assert [c.quoted for c in gold.claims] == [True, False]
    assert (gold.events[0].trigger.of(TEXT), gold.events[0].place) == ("brannte", "e2")
    assert [(q.span.of(TEXT), q.low) for q in gold.events[0].quantities] == [("12 Tote", 12)]


def test_zones_within_a_line_cut_it() -> None:
    zones = [(TEXT[a:b], kind) for a, b, kind in carried().zoned.gold]
    assert zones == [
        (HEAD, "headline"),
        ("Ort (xyz) -", "dateline"),
        (TEXT[place(TEXT, "Am Kai").start : place(TEXT, "Tote.").end], "body"),
        ("Am Kai.", "caption"),
        ("Foto: Kern", "credit"),
    ]


def test_what_should_have_been_read_is_counted_as_lost() -> None:
    assert carried().zoned.lost == {"body": sum(not c.isspace() for c in SOURCE[4])}
