from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from cassis import Cas, load_cas_from_xmi, load_typesystem
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.views import views_story
from tests.views.test_export_timeml import TEXT, document
from tests.views.views_story import Run

from quellenlage.model import (
    Channel,
    Claim,
    Document,
    EntityKind,
    EventMention,
    Evidentiality,
    Factuality,
    LocalEntity,
    Mention,
    Polarity,
    Quantity,
    Quotation,
    QuotationType,
    Sentence,
    Span,
    Timex,
    Token,
)
from quellenlage.views.exports import uima_types as types
from quellenlage.views.exports.uima import make_cas
from quellenlage.views.holdings import Holdings

Place = tuple[int, int]


def told_in(before: str = "") -> Document:
    """An article with every layer; `before` stands in front of all its words."""
    text = before + TEXT

    def at(words: str) -> Span:
        start = text.index(words, len(before))
        return Span(start, start + len(words))

    def ends(words: str) -> Place:
        return at(words).start, at(words).end

    first, second = Span(len(before), text.index(" Morgen")), Span(text.index("Morgen"), len(text))
    quote, day = (at("Truppen"), at("verlegt zu haben")), date(2020, 5, 2)
    quotation = Quotation(
        "q1", QuotationType.INDIRECT, "speech", quote, (at("dementierte"),), (at("Der Minister"),),
        (at("Treffen"),), (at("Der Minister dementierte"),), ("e1",),
    )  # fmt: skip
    claim = Claim(
        "c1", "q1", quote, (("e1",), ("e2", "e1")), Evidentiality.ASSERTED, Polarity.DENIED, 0.9,
        cue=(at("dementierte"),), addressee=(at("Treffen"),), told=("e2",), channel=Channel.LETTER,
        channel_spans=(at("mehr"),), said="t1",
    )  # fmt: skip
    event = EventMention(
        "v1", "MOBILIZE", at("verlegt"), first, ("e1",), ("e2",), "e2", "2020-05-02",
        factuality=Factuality.DENIED, word_of="c1", also=(at("folgen"),),
        quantities=(Quantity(*ends("2"), 2, 2, "Tag", "c1"),), score=0.5,
    )  # fmt: skip
    entities = (
        LocalEntity("e1", EntityKind.PER, "Minister Ödön Ürün"),
        LocalEntity("e2", EntityKind.ORG, "Truppen"),
        LocalEntity("e3", EntityKind.GRP, "niemand genannt"),
    )
    mentions = (
        Mention("m1", *ends("Der Minister"), EntityKind.PER, "noun", "e1"),
        Mention("m2", *ends("Truppen"), EntityKind.ORG, "name", "e2"),
    )
    times = (
        Timex("t1", *ends("2. Mai 2020"), "DATE", "2020-05-02", None, None, day, day),
        Timex("t2", *ends("Morgen"), "DATE", "2020-05-04", "APPROX", "dct"),
    )
    tokens = (Token(*ends("verlegt"), "verlegen", "VERB"), Token(*ends("mehr")))
    return document(
        text, quotations=(quotation,), claims=(claim,), events=(event,), entities=entities, mentions=mentions,
        tokens=tokens, sentences=(Sentence(*_pair(first)), Sentence(*_pair(second))), timexes=times,
    )  # fmt: skip


def _pair(span: Span) -> Place:
    return span.start, span.end


def read_back(one: Document, known: dict[tuple[str, str], str] | None = None) -> tuple[Cas, bytes]:
    """Through both files, as another program reads them."""
    made = types.make_type_system()
    xmi = make_cas(one, made, known).to_xmi().encode()
    return load_cas_from_xmi(io.BytesIO(xmi), load_typesystem(io.BytesIO(made.to_xml().encode()))), xmi


def places(cas: Cas, name: str) -> list[Place]:
    return [(one.begin, one.end) for one in cas.select(name)]


def linked(feature: Any) -> list[tuple[str, str]]:
    return [(link.role, link.target.get_covered_text()) for link in feature.elements]


def check(cas: Cas, one: Document) -> None:
    """Every layer with every offset, and the words there."""
    layers: dict[str, list[Span]] = {
        types.SENTENCE: [s.span for s in one.sentences],
        types.TOKEN: [t.span for t in one.tokens],
        types.NAME: [m.span for m in one.mentions if m.form == "name"],
        types.MENTION: [m.span for m in one.mentions if m.form != "name"],
        types.TIMEX: [t.span for t in one.timexes],
        types.QUOTATION: [q.quote[0] for q in one.quotations],
        types.CLAIM: [c.spans[0] for c in one.claims],
        types.EVENT: [v.trigger for v in one.events],
    }
    for name, spans in layers.items():
        assert sorted(places(cas, name)) == sorted((s.start, s.end) for s in spans), name
        words = sorted(found.get_covered_text() for found in cas.select(name))
        assert words == sorted(s.of(cas.sofa_string or "") for s in spans)
    parts = {(s, "quote") for q in one.quotations for s in q.quote[1:]}
    for quotation in one.quotations:
        for role in ("cue", "speaker", "addressee", "frame"):
            parts |= {(s, role) for s in getattr(quotation, role)}
    for claim in one.claims:
        parts |= {(s, "claim") for s in claim.spans[1:]} | {(s, "cue") for s in claim.cue}
        parts |= {(s, "addressee") for s in claim.addressee}
    for event in one.events:
        parts |= {(s, "also") for s in event.also} | {(q.span, "quantity") for q in event.quantities}
    found = {(Span(p.begin, p.end), p.role) for p in cas.select(types.PART)}
    assert found == parts


def test_all_layers_come_back() -> None:
    told = told_in()
    cas, _ = read_back(told, {("art-1", "e2"): "ent-2"})
    assert cas.sofa_string == TEXT
    check(cas, told)
    (quotation,) = cas.select(types.QUOTATION)
    assert (quotation.quotationType, quotation.medium) == ("indirect", "speech")
    assert linked(quotation.parts) == [
        ("quote", "verlegt zu haben"),
        ("cue", "dementierte"),
        ("speaker", "Der Minister"),
        ("addressee", "Treffen"),
        ("frame", "Der Minister dementierte"),
    ]
    (claim,) = cas.select(types.CLAIM)
    assert (claim.evidentiality, claim.polarity, claim.score) == ("asserted", "denied", 0.9)
    assert claim.chain == "Minister Ödön Ürün > Truppen + Minister Ödön Ürün"
    assert (claim.quotation, claim.said, claim.channel) == ("q1", "t1", "letter")
    assert linked(claim.sources) == [("1", "Der Minister"), ("2", "Truppen"), ("2", "Der Minister")]
    (event,) = cas.select(types.EVENT)
    assert (event.eventType, event.factuality, event.wordOf, event.time) == ("MOBILIZE", "denied", "c1", "2020-05-02")
    assert linked(event.arguments) == [("actor", "Der Minister"), ("recipient", "Truppen"), ("place", "Truppen")]
    assert linked(event.parts) == [("also", "folgen"), ("quantity", "2")]
    (name,) = cas.select(types.NAME)
    assert (name.value, name.identifier) == ("ORG", "ent-2")
    assert [(t.tid, t.timexType, t.value, t.anchorTimeID) for t in cas.select(types.TIMEX)][1] == (
        "t2", "DATE", "2020-05-04", "dct",
    )  # fmt: skip
    (token, bare) = cas.select(types.TOKEN)
    assert (token.lemma.value, token.pos.PosValue) == ("verlegen", "VERB")
    assert (bare.lemma, bare.pos) == (None, None)


def test_offsets_in_the_file_count_utf16_units() -> None:
    later = told_in("\U0001f642\U0001f642 ")
    cas, xmi = read_back(later)
    check(cas, later)
    raw = etree.fromstring(xmi)
    text = raw.find("{http:///uima/cas.ecore}Sofa").get("sofaString")
    units = text.encode("utf-16-le")
    (trigger,) = (e for e in raw if etree.QName(e).localname == "Event")
    begin, end = int(trigger.get("begin")), int(trigger.get("end"))
    assert begin == later.events[0].trigger.start + 2
    assert units[2 * begin : 2 * end].decode("utf-16-le") == "verlegt"


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=60).filter(str.strip), st.integers(0, 60))
def test_any_text_comes_back_with_its_offsets(text: str, at: int) -> None:
    start = min(at, len(text) - 1)
    one = document(text, sentences=(Sentence(start, len(text)),))
    cas, _ = read_back(one)
    back = cas.sofa_string
    assert back is not None
    assert len(back) == len(text)
    assert all(a in {b, "\ufffd"} for a, b in zip(back, text, strict=True))
    assert places(cas, types.SENTENCE) == [(start, len(text))]


def test_layers_have_the_shape_that_annotators_tools_know() -> None:
    described = load_typesystem(io.BytesIO(types.make_type_system().to_xml().encode()))
    for owner, links in types.LINKS.items():
        for feature in links:
            found = described.get_type(owner).get_feature(feature)
            assert found is not None
            assert found.rangeType.name == "uima.cas.FSArray"
            assert found.elementType is not None
            assert {f.name for f in described.get_type(found.elementType.name).features} == {"role", "target"}
    assert all(re.fullmatch(r"[\w.]+", name) for name in types.SPANS)


def test_the_command_writes_a_zip_for_every_article_of_a_part(run: Run, holdings: Holdings) -> None:
    refused = run("export", "--format", "uima", "-o", "files")
    assert refused.exit_code == 2
    assert "--full-text" in refused.stderr
    wanted = ("export", "--format", "uima", "--full-text", "-o")
    assert run(*wanted, "files").exit_code == 0
    texts = {d.article.id: d for _, d in views_story.documents()}
    found = {path.stem: path.read_bytes() for path in Path("files").iterdir()}
    assert set(found) == set(texts)
    for article, content in found.items():
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            described = load_typesystem(io.BytesIO(packed.read("TypeSystem.xml")))
            cas = load_cas_from_xmi(io.BytesIO(packed.read(f"{article}.xmi")), described)
        check(cas, texts[article])
        named = {one.identifier for one in cas.select(types.NAME)}
        assert named <= set(holdings.entities)
    assert run(*wanted, "all.zip", "--actor", "Halldal").exit_code == 0
    with zipfile.ZipFile("all.zip") as packed:
        (only,) = packed.namelist()
        assert packed.read(only) == found[only.removesuffix(".zip")]
