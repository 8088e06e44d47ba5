from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.views import views_story
from tests.views.views_story import Run

from quellenlage.model import (
    AUTHOR,
    Article,
    Claim,
    Dct,
    Document,
    EventMention,
    Evidentiality,
    Factuality,
    Polarity,
    Sentence,
    Span,
    Timex,
    Token,
    Zone,
    ZoneKind,
    text_digest,
)
from quellenlage.views.exports.timeml import timeml

RNG = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("timeml.rng"))))
POINTS = {"eventID": "eid", "eventInstanceID": "eiid", "relatedToEventInstance": "eiid", "relatedToTime": "tid"}
POINTS |= {"subordinatedEventInstance": "eiid", "anchorTimeID": "tid"}
TEXT = "Der Minister dementierte am 2. Mai 2020, Truppen verlegt zu haben. Morgen soll ein Treffen folgen & mehr <b>."


def span(words: str, text: str = TEXT) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def times() -> tuple[Timex, ...]:
    said, tomorrow = span("2. Mai 2020"), span("Morgen")
    day = date(2020, 5, 2)
    return (
        Timex("t1", said.start, said.end, "DATE", "2020-05-02", None, None, day, day),
        Timex("t2", tomorrow.start, tomorrow.end, "DATE", "2020-05-04", "APPROX", "dct"),
        Timex("t3", *(span("mehr").start, span("mehr").end), "DATE", "2019/2020"),
    )


def document(text: str = TEXT, **layers: object) -> Document:
    zones = (Zone(0, len(text), ZoneKind.BODY),)
    dct = Dct(date(2020, 5, 3), date(2020, 5, 4), "inferred")
    article = Article("art-1", "cap-1", "a.txt", text, text_digest(text), "input", zones, dct=dct)
    return Document(article, **layers)  # type: ignore[arg-type]  # fields by name


@pytest.fixture
def told() -> Document:
    first, second = Span(0, TEXT.index(" Morgen")), Span(TEXT.index("Morgen"), len(TEXT))
    claim = Claim(
        "c1", None, (span("Truppen verlegt zu haben"),), (), Evidentiality.ASSERTED, Polarity.DENIED, 0.9,
        cue=(span("dementierte"),),
    )  # fmt: skip
    day = date(2020, 5, 2)
    events = (
        EventMention("v1", "REJECT", span("dementierte"), first),
        EventMention(
            "v2", "MOBILIZE", span("verlegt"), first, earliest=day, latest=day,
            factuality=Factuality.DENIED, word_of="c1",
        ),
        EventMention("v3", "CONSULT", span("Treffen"), second, factuality=Factuality.PLANNED, also=(span("folgen"),)),
        EventMention("v4", "OTHER", span("Treffen"), second, factuality=Factuality.DENIED, word_of=AUTHOR),
    )  # fmt: skip
    verb = span("verlegt")
    tokens = (Token(verb.start, verb.end, "verlegen", "VERB", "Tense=Past|VerbForm=Part"),)
    sentences = tuple(Sentence(s.start, s.end) for s in (first, second))
    return document(timexes=times(), events=events, claims=(claim,), tokens=tokens, sentences=sentences)


def opened(found: Document) -> etree._Element:
    """Read as a consumer does: well formed, valid, and every reference leads somewhere."""
    root = etree.fromstring("".join(timeml(found)).encode())
    RNG.assertValid(root)
    known: dict[str, set[str]] = {"eid": set(), "eiid": set(), "tid": set(), "lid": set()}
    for element in root:
        for name, there in known.items():
            if name in element.attrib:
                assert element.attrib[name] not in there
                there.add(element.attrib[name])
    for element in root:
        for name, target in POINTS.items():
            assert element.get(name) is None or element.attrib[name] in known[target]
    return root


def only(root: etree._Element, tag: str, **attributes: str) -> etree._Element:
    (found,) = (e for e in root.iter(tag) if all(e.get(n) == v for n, v in attributes.items()))
    return found


def test_the_text_stays_and_what_is_told_on_whose_word(told: Document) -> None:
    root = opened(told)
    assert "".join(root.itertext()) == TEXT
    saying = only(root, "EVENT", **{"class": "I_ACTION"})
    assert saying.text == "dementierte"
    moved = only(root, "EVENT", eid=only(root, "MAKEINSTANCE", tense="PASTPART").attrib["eventID"])
    assert moved.text == "verlegt"
    link = only(root, "SLINK")
    assert link.get("relType") == "NEG_EVIDENTIAL"
    ends = {only(root, "MAKEINSTANCE", eiid=link.attrib[n]).get("eventID") for n in list(link.attrib)[1:3]}
    assert ends == {saying.get("eid"), moved.get("eid")}
    # Negated by the verb that reports it, not by itself.
    assert only(root, "MAKEINSTANCE", tense="PASTPART").get("polarity") == "POS"


def test_one_word_for_two_events_and_two_words_for_one(told: Document) -> None:
    root = opened(told)
    (meeting,) = (e for e in root.iter("EVENT") if e.text == "Treffen")
    instances = [i for i in root.iter("MAKEINSTANCE") if i.get("eventID") == meeting.get("eid")]
    assert [(i.get("polarity"), i.get("modality")) for i in instances] == [("POS", "planned"), ("NEG", None)]
    again = only(root, "TLINK", relType="IDENTITY")
    assert again.get("relatedToEventInstance") == instances[0].get("eiid")


def test_times_have_values_that_there_are(told: Document) -> None:
    root = opened(told)
    created = only(root, "TIMEX3", tid="t0")
    assert (created.get("value"), created.get("mod"), created.text) == ("2020-05", "APPROX", None)
    assert [t.get("tid") for t in root.iter("TIMEX3")] == ["t1", "t2", "t0"]
    assert only(root, "TIMEX3", tid="t2").get("anchorTimeID") == "t0"
    ties = {(t.get("relatedToTime"), t.get("relType")) for t in root.iter("TLINK") if t.get("relatedToTime")}
    assert ties == {("t1", "IS_INCLUDED"), ("t0", "BEFORE")}


def test_without_a_publication_day_nothing_points_to_it(told: Document) -> None:
    root = opened(replace(told, article=replace(told.article, dct=None)))
    assert [t.get("tid") for t in root.iter("TIMEX3")] == ["t1", "t2"]
    assert only(root, "TIMEX3", tid="t2").get("anchorTimeID") is None


def test_the_check_finds_what_is_wrong(told: Document) -> None:
    broken = "".join(timeml(told)).replace('class="I_ACTION"', 'class="SAYING"')
    assert not RNG.validate(etree.fromstring(broken.encode()))


@given(st.text(min_size=1).filter(str.strip))
def test_any_text_comes_back(text: str) -> None:
    root = opened(document(text))
    back = "".join(root.itertext())
    assert len(back) == len(text)
    assert all(a in {b, "\ufffd"} for a, b in zip(back, text, strict=True))


@pytest.mark.parametrize("target", ["files", "files.zip"])
def test_the_command_writes_every_article_of_a_part(run: Run, target: str) -> None:
    refused = run("export", "--format", "timeml", "-o", target)
    assert refused.exit_code == 2
    assert "--full-text" in refused.stderr
    assert not Path(target).exists()
    wanted = ("export", "--format", "timeml", "--full-text", "-o", target)
    assert run(*wanted, "--actor", "Halldal").exit_code == 0
    assert len(contents(Path(target))) == 1
    assert run(*wanted).exit_code == 0
    found = contents(Path(target))
    assert len(found) == len(views_story.PIECES)
    for content in found.values():
        RNG.assertValid(etree.fromstring(content))
    assert run(*wanted).exit_code == 0
    assert contents(Path(target)) == found


def contents(path: Path) -> dict[str, bytes]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    return {p.name: p.read_bytes() for p in path.iterdir()}
