"""An invented story told by invented outlets, annotated by hand: what the views are tested on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from click.testing import Result
from tests.databases import open_archive

from quellenlage.link.origins import Provenance
from quellenlage.link.statements import find_statements
from quellenlage.model import (
    AUTHOR,
    Account,
    Article,
    Capture,
    Claim,
    DateInterval,
    Dct,
    Document,
    Entity,
    EntityKind,
    Event,
    EventMention,
    Evidentiality,
    Factuality,
    Figure,
    Found,
    Given,
    Linked,
    LocalEntity,
    Member,
    Mention,
    OfficeHeld,
    Origin,
    OriginKind,
    Polarity,
    Quantity,
    Reuse,
    Role,
    Sentence,
    Span,
    Zone,
    ZoneKind,
    content_id,
    evidence,
    hull,
    make_capture,
)
from quellenlage.store import SqlArchive
from quellenlage.story import tell

Run = Callable[..., Result]
CAPTURED = "2024-02-01T08:00:00+00:00"
KINDS = {
    "Elin Torvald": EntityKind.PER,
    "Jorge Maradas": EntityKind.PER,
    "Signe Halldal": EntityKind.PER,
    "Ossi Brandt": EntityKind.PER,
    "Nordmark": EntityKind.GPE,
    "Sundrien": EntityKind.GPE,
    "Port Alven": EntityKind.GPE,
    "Halvik": EntityKind.GPE,
    "Kalta": EntityKind.GPE,
    "Zeitung Morgenruf": EntityKind.ORG,
    "Küstenwache": EntityKind.ORG,
    "Nordfunk": EntityKind.ORG,
    "Innenministerium": EntityKind.ORG,
    "Augenzeugen": EntityKind.GRP,
}


@dataclass(frozen=True)
class Told:
    """An event as an article tells it; `trigger` is looked for in the text."""

    kind: str
    trigger: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    time: str | None = None
    between: str | None = None
    factuality: Factuality = Factuality.HAPPENED
    word_of: str = AUTHOR
    figures: tuple[tuple[str, float | None, float | None, str], ...] = ()


@dataclass(frozen=True)
class Said:
    """A claim: its words as they stand, and its chain."""

    words: str
    chain: tuple[tuple[str, ...], ...]
    evidentiality: Evidentiality = Evidentiality.ASSERTED
    polarity: Polarity = Polarity.AFFIRMED


@dataclass(frozen=True)
class Piece:
    """An article as it is given to the fixture."""

    source: str
    outlet: str
    published: str | None
    text: str
    events: tuple[Told, ...] = ()
    claims: tuple[Said, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)
    agencies: tuple[str, ...] = ()


REPORT = (
    "Torvald und Maradas reden in Port Alven über die Brücke\n\n"
    "Port Alven (nfa) - Die nordmärkische Ministerpräsidentin Elin Torvald hat sich am Montag in Port Alven mit dem "
    "sundrischen Präsidenten Jorge Maradas getroffen. Drei Stunden lang ging es um die Brücke von Halvik, die beide "
    "Länder seit ihrer Sperrung trennt statt verbindet. „Wir haben einander zugehört, das ist mehr als im ganzen "
    "letzten Jahr“, sagte Torvald. Maradas kündigte an, er werde noch im Frühjahr nach Kalta reisen."
)

PIECES = (
    Piece(
        "morgenruf/2016-03-15_bruecke.txt", "Morgenruf", "2016-03-15", REPORT,
        (
            Told("CONSULT", "getroffen", ("Elin Torvald", "Jorge Maradas"), (), "Port Alven", "2016-03-14"),
            Told("MOVEMENT", "reisen", ("Jorge Maradas",), (), "Kalta", None, "2016-03-15/2016-06-20",
                 Factuality.PLANNED, "c2"),
        ),
        (
            Said("Wir haben einander zugehört, das ist mehr als im ganzen letzten Jahr", (("Elin Torvald",),)),
            Said("er werde noch im Frühjahr nach Kalta reisen", (("Jorge Maradas",),), Evidentiality.DEMANDED),
        ),
        {"Elin Torvald": "nordmärkische Ministerpräsidentin", "Jorge Maradas": "sundrischen Präsidenten"},
        ("nfa",),
    ),
    Piece(
        "hafenpost/1603.html", "Hafenpost", "2016-03-15",
        REPORT.replace("Torvald und Maradas reden in Port Alven über die Brücke", "Drei Stunden für eine Brücke"),
        (Told("CONSULT", "getroffen", ("Elin Torvald", "Jorge Maradas"), (), "Port Alven", "2016-03-14"),),
        (Said("Wir haben einander zugehört, das ist mehr als im ganzen letzten Jahr", (("Elin Torvald",),)),),
        {"Elin Torvald": "nordmärkische Ministerpräsidentin"}, ("nfa",),
    ),
    Piece(
        "abendkurier/bruecke-teil2.txt", "Abendkurier", "2016-06-04",
        "Soldaten an der Brücke\n\n"
        "Sundrien hat am Donnerstag 1200 Soldaten an die Brücke von Halvik verlegt. Das Abkommen, das "
        "Nordmark und Sundrien im "
        "Mai unterzeichneten, sah höchstens 400 vor. Die Küstenwache zählte nach eigenen Angaben nur 900 Soldaten. "
        "Torvald nannte das Vorgehen „einen Wortbruch mit Ansage“.",
        (
            Told("MOBILIZE", "verlegt", ("Sundrien",), (), "Halvik", "2016-06-02",
                 figures=(("1200 Soldaten", 1200, 1200, "Soldat"), ("nur 900 Soldaten", 900, 900, "Soldat"))),
            Told("AGREE", "unterzeichneten", ("Nordmark", "Sundrien"), (), None, "2016-05"),
            Told("ACCUSE", "nannte", ("Elin Torvald",), ("Sundrien",), None, "2016-06-03"),
        ),
        (
            Said("nur 900 Soldaten", (("Küstenwache",),)),
            Said("einen Wortbruch mit Ansage", (("Elin Torvald",),)),
        ),
    ),
    Piece(
        "morgenruf/2016-06-03.txt", "Morgenruf", "2016-06-03",
        "Truppen rücken an\n\nRund 900 Soldaten aus Sundrien sind am Donnerstag an die Brücke von Halvik "
        "verlegt worden. "
        "Das teilte das Innenministerium mit.",
        (Told("MOBILIZE", "verlegt", ("Sundrien",), (), "Halvik", "2016-06-02", word_of="c1",
              figures=(("Rund 900 Soldaten", 810, 990, "Soldat"),)),),
        (Said("Rund 900 Soldaten aus Sundrien sind am Donnerstag an die Brücke von Halvik verlegt worden",
              (("Innenministerium",),)),),
    ),
    Piece(
        "nordfunk/anschlag.html", "Nordfunk", "2018-09-22",
        "Explosion auf dem Fischmarkt von Halvik\n\n"
        "Bei einem Anschlag auf den Fischmarkt von Halvik sind am Freitag mindestens 14 Menschen getötet worden. "
        "Augenzeugen berichteten von zwei Explosionen kurz nacheinander. Präsident Maradas warf Nordmark vor, "
        "die Täter "
        "bezahlt zu haben. Ministerpräsidentin Torvald wies den Vorwurf als „schamlos“ zurück.",
        (
            Told("ASSAULT", "Anschlag", (), (), "Halvik", "2018-09-21",
                 figures=(("mindestens 14 Menschen", 14, None, "Mensch"),)),
            Told("ACCUSE", "warf", ("Jorge Maradas",), ("Nordmark",), None, "2018-09-22"),
            Told("REJECT", "zurück", ("Elin Torvald",), ("Jorge Maradas",), None, "2018-09-22"),
        ),
        (
            Said("zwei Explosionen kurz nacheinander", (("Augenzeugen",),)),
            Said("die Täter bezahlt zu haben", (("Jorge Maradas",),)),
            Said("schamlos", (("Elin Torvald",),), Evidentiality.ASSERTED, Polarity.DENIED),
        ),
        {"Jorge Maradas": "Präsident", "Elin Torvald": "Ministerpräsidentin"},
    ),
    Piece(
        "hafenpost/1809.html", "Hafenpost", "2018-09-24",
        "Elf Tote in Halvik\n\nBei dem Anschlag auf den Fischmarkt von Halvik am Freitag starben nach Angaben des "
        "Innenministeriums 11 Menschen. Von Tätern fehlt jede Spur.",
        (Told("ASSAULT", "Anschlag", (), (), "Halvik", "2018-09-21", word_of="c1",
              figures=(("11 Menschen", 11, 11, "Mensch"),)),),
        (Said("Bei dem Anschlag auf den Fischmarkt von Halvik am Freitag starben", (("Innenministerium",),)),),
    ),
    Piece(
        "blitz/geheim.txt", "Blitz!", "2018-10-12",
        "Geheimtreffen auf der Insel?\n\n"
        "Torvald soll ihrem Minister Brandt gesagt haben, sie sei „müde von dieser Brücke“, erzählte Brandt "
        "der Zeitung "
        "Morgenruf, wie der Nordfunk meldet. Zwischen dem 21. September und dem 5. Oktober soll sie Maradas "
        "heimlich in "
        "Kalta getroffen haben. Das Innenministerium dementierte ein Treffen.",
        (
            Told("CONSULT", "getroffen", ("Elin Torvald", "Jorge Maradas"), (), "Kalta", "2018-09-21/2018-10-05",
                 factuality=Factuality.ALLEGED, word_of="c2"),
            Told("CONSULT", "Treffen", ("Elin Torvald",), (), "Kalta", "2018-09-21/2018-10-05",
                 factuality=Factuality.DENIED, word_of="c3"),
        ),
        (
            Said("müde von dieser Brücke", (("Elin Torvald",), ("Ossi Brandt",), ("Zeitung Morgenruf", "Nordfunk")),
                 Evidentiality.HEDGED),
            Said("Zwischen dem 21. September und dem 5. Oktober soll sie Maradas heimlich in Kalta getroffen "
                 "haben", (),
                 Evidentiality.HEDGED),
            Said("ein Treffen", (("Innenministerium",),), Evidentiality.ASSERTED, Polarity.DENIED),
        ),
        {"Ossi Brandt": "Minister"},
    ),
    Piece(
        "abendkurier/sanktionen.txt", "Abendkurier", "2018-11-03",
        "Nordmark sperrt die Häfen\n\nNordmark hat im Oktober seine Häfen für Schiffe aus Sundrien gesperrt. "
        "Die Sperre "
        "gilt, bis der Anschlag aufgeklärt ist. Derzeit warten 31 Schiffe vor Port Alven.",
        (
            Told("SANCTION", "gesperrt", ("Nordmark",), ("Sundrien",), None, "2018-10"),
            Told("ECONOMY", "warten", (), (), "Port Alven", "2018-11-03", factuality=Factuality.ONGOING,
                 figures=(("31 Schiffe", 31, 31, "Schiff"),)),
        ),
    ),
    Piece(
        "nordfunk/abzug.html", "Nordfunk", "2021-11-19",
        "Die letzten Soldaten verlassen Halvik\n\nDie letzten Soldaten aus Sundrien haben in der Nacht zum "
        "Freitag Halvik "
        "verlassen. Sie ließen 40 Fahrzeuge zurück. Ministerpräsidentin Signe Halldal sprach von einem "
        "„Tag, an den man sich erinnern wird“. Würde die Brücke morgen öffnen, käme der Handel zurück.",
        (
            Told("RETREAT", "verlassen", ("Sundrien",), (), "Halvik", "2021-11-19",
                 figures=(("40 Fahrzeuge", 40, 40, "Fahrzeug"),)),
            Told("ECONOMY", "öffnen", (), (), "Halvik", None, factuality=Factuality.HYPOTHETICAL),
        ),
        (Said("Tag, an den man sich erinnern wird", (("Signe Halldal",),)),),
        {"Signe Halldal": "Ministerpräsidentin"},
    ),
    Piece(
        "hafenpost/2112.html", "Hafenpost", "2021-12-02",
        "Halldal neue Regierungschefin - Torvald zieht sich zurück\n\nSigne Halldal ist am Mittwoch zur "
        "Ministerpräsidentin gewählt worden. Ihre Vorgängerin Elin Torvald war im November zurückgetreten. Im "
        "Februar "
        "soll der Prozess um den Fischmarkt beginnen.",
        (
            Told("ELECTION", "gewählt", ("Signe Halldal",), (), None, "2021-12-01"),
            Told("PERSONNEL", "zurückgetreten", ("Elin Torvald",), (), None, "2021-11"),
            Told("JUSTICE", "Prozess", (), (), None, "2022-02", factuality=Factuality.PLANNED),
        ),
        (), {"Signe Halldal": "Ministerpräsidentin", "Elin Torvald": "Vorgängerin"},
    ),
    Piece(
        "funde/ohne_datum.txt", "", None,
        "Boot gekentert\n\nVor Halvik ist ein Boot der Küstenwache gekentert. Zwei Männer werden vermisst.",
        (Told("ACCIDENT", "gekentert", ("Küstenwache",), (), "Halvik"),),
    ),
    Piece(
        "blitz/boese.txt", "Blitz! <b>&amp;", "2022-02-10",
        "<script>alert('Prozess')</script> & „Auftakt“\n\nDer Prozess um den Fischmarkt hat am 9. Februar "
        "2022 in Halvik "
        "begonnen: <img src=x onerror=alert(1)> \"&lt;\" \u202everdreht\u202c sagte Ossi Brandt. </details></style>",
        (Told("JUSTICE", "begonnen", (), (), "Halvik", "2022-02-09"),),
        (Said("<img src=x onerror=alert(1)> \"&lt;\" \u202everdreht\u202c", (("Ossi Brandt",),)),),
    ),
)  # fmt: skip


def capture_of(piece: Piece) -> Capture:
    return make_capture(
        source=piece.source, media_type="text/plain", content=piece.text.encode(), text=piece.text,
        captured_at=CAPTURED, encoding="utf-8", given=Given(published=piece.published),
    )  # fmt: skip


def document_of(piece: Piece, capture: Capture) -> Document:
    text = piece.text
    headline_end = text.index("\n\n")
    zones = (Zone(0, headline_end, ZoneKind.HEADLINE), Zone(headline_end + 2, len(text), ZoneKind.BODY))
    sentences = [Sentence(0, headline_end)]
    for match in re.finditer(r"\S.*?(?:[.!?](?=\s[A-ZÄÖÜ0-9])(?<!\d\.)|$)", text[headline_end + 2 :]):
        sentences.append(Sentence(*(n + headline_end + 2 for n in match.span())))
    names = [n for n in KINDS if _seen(n, text)]
    ids = {name: f"e{n}" for n, name in enumerate(names, 1)}
    mentions = tuple(
        Mention(f"m{n}", at[0], at[1], KINDS[name], "name", ids[name])
        for n, name in enumerate(names, 1)
        if (at := _seen(name, text))
    )
    entities = tuple(LocalEntity(ids[n], KINDS[n], n, _roles(piece, n)) for n in names)
    claims = tuple(_claim(f"c{n}", said, text, ids) for n, said in enumerate(piece.claims, 1))
    events = tuple(_event(f"v{n}", told, text, ids, sentences) for n, told in enumerate(piece.events, 1))
    published = DateInterval.parse(piece.published) if piece.published else None
    article = Article(
        id=content_id("art", capture.id), capture=capture.id, source=piece.source, text=text,
        text_sha256=capture.text_sha256, offsets_in="input", zones=zones, language="de",
        headline=Found(text[:headline_end], "text", (Span(0, headline_end),)),
        outlet=Found(piece.outlet, "given") if piece.outlet else None,
        agencies=tuple(Found(a, "text") for a in piece.agencies),
        dct=Dct(published.earliest, published.latest, "given") if published else None,
    )  # fmt: skip
    return Document(article, tuple(sentences), (), (), mentions, entities, (), claims, events)


def _seen(name: str, text: str) -> tuple[int, int] | None:
    for form in (name, name.rsplit(" ", 1)[-1]):
        at = text.find(form)
        if at >= 0:
            return at, at + len(form)
    return None


def _roles(piece: Piece, name: str) -> tuple[Role, ...]:
    office = piece.roles.get(name)
    if not office:
        return ()
    at = piece.text.index(office)
    return (Role(at, at + len(office), office),)


def _span(text: str, words: str) -> Span:
    at = text.rindex(words) if words in {"zurück", "begonnen"} else text.index(words)
    return Span(at, at + len(words))


def _claim(number: str, said: Said, text: str, ids: dict[str, str]) -> Claim:
    chain = tuple(tuple(ids[n] for n in names) for names in said.chain)
    return Claim(number, None, (_span(text, said.words),), chain, said.evidentiality, said.polarity, 0.9)


def _event(number: str, told: Told, text: str, ids: dict[str, str], sentences: Sequence[Sentence]) -> EventMention:
    trigger = _span(text, told.trigger)
    around = [s.span for s in sentences if s.start <= trigger.start < s.end or s.start < trigger.end <= s.end]
    known = DateInterval.parse(told.time or told.between or "") if told.time or told.between else None
    quantities = []
    for words, low, high, unit in told.figures:
        span = _span(text, words)
        quantities.append(Quantity(span.start, span.end, low, high, unit, told.word_of))
    return EventMention(
        number, told.kind, trigger, hull(around), tuple(ids[a] for a in told.actors),
        tuple(ids[a] for a in told.recipients), ids[told.place] if told.place else None, told.time,
        known.earliest if known else None, known.latest if known else None, told.factuality, told.word_of,
        quantities=tuple(quantities),
    )  # fmt: skip


def documents() -> list[tuple[Capture, Document]]:
    made = []
    for piece in PIECES:
        capture = capture_of(piece)
        made.append((capture, document_of(piece, capture)))
    return made


def linked(found: Sequence[Document]) -> Linked:
    """Linked by hand: entities by name, origins by agency or outlet, events by kind, time and place."""
    articles = [d.article for d in found]
    by_name: dict[str, list[Document]] = {}
    for document in found:
        for entity in document.entities:
            by_name.setdefault(entity.name, []).append(document)
    entities = tuple(_entity(name, members) for name, members in by_name.items())
    across = {(m.article, m.local): e.id for e in entities for m in e.members}
    reprint, original = articles[1].id, articles[0].id
    origin_of: dict[str, str] = {}
    credited: dict[str, list[Article]] = {}
    for article in articles:
        source = article.agencies[0].value if article.agencies else article.outlet.value if article.outlet else ""
        credited.setdefault(source or article.source, []).append(article)
    origins = []
    for name, listed in credited.items():
        kind = OriginKind.AGENCY if name == "nfa" else OriginKind.OUTLET if listed[0].outlet else OriginKind.ARTICLE
        ids = tuple(a.id for a in listed)
        origins.append(Origin(content_id("org", name), kind, name, ids, tuple(i for i in ids if i == reprint)))
        origin_of.update(dict.fromkeys(ids, content_id("org", name)))
    groups: dict[tuple[object, ...], list[tuple[Document, EventMention]]] = {}
    for document in found:
        names = {e.id: e.name for e in document.entities}
        for event in document.events:
            dated = (event.event_type, event.earliest, event.latest, names.get(event.place or ""))
            groups.setdefault(dated, []).append((document, event))
    events = []
    for told in groups.values():
        accounts = tuple(
            _account(d, v, across, origin_of, original if d.article.id == reprint else None) for d, v in told
        )
        document, first = told[0]
        key = document.article.id
        events.append(
            Event(
                first.key(key), first.event_type, accounts, tuple(across[key, a] for a in first.actors),
                tuple(across[key, a] for a in first.recipients), across[key, first.place] if first.place else None,
                first.time, first.earliest, first.latest, first.factuality,
            )
        )  # fmt: skip
    passage = evidence(reprint, found[1].text, found[1].sentences[2].span)
    reuse = Reuse(reprint, original, "reprint", 0.93, (passage,))
    provenance = Provenance(tuple(origins), origin_of, {reprint: original})
    entity_of = {Member(article, local): entity for (article, local), entity in across.items()}
    statements, same = find_statements(found, entity_of, provenance, (reuse,), ())
    made = Linked(entities, tuple(origins), (reuse,), tuple(events), statements=statements, aliases=same)
    return tell(found, made, ())


def _entity(name: str, found: Sequence[Document]) -> Entity:
    members, offices, quoted, spellings = [], [], [], [name]
    for document in found:
        article = document.article
        local = next(e for e in document.entities if e.name == name)
        mention = next(m for m in document.mentions if m.entity == local.id)
        members.append(Member(article.id, local.id))
        quoted.append(evidence(article.id, document.text, mention.span))
        spellings.append(mention.span.of(document.text))
        dct = article.dct
        for role in local.roles:
            words = evidence(article.id, document.text, Span(role.start, role.end))
            offices.append(OfficeHeld(role.text, words, dct.earliest if dct else None, dct.latest if dct else None))
    identifier = content_id("ent", members[0].article, name)
    unique = tuple(dict.fromkeys(spellings))
    return Entity(identifier, KINDS[name], name, tuple(members), unique, tuple(offices), tuple(quoted))


def _account(
    document: Document,
    event: EventMention,
    across: dict[tuple[str, str], str],
    origin_of: dict[str, str],
    reprint_of: str | None,
) -> Account:
    article = document.article.id

    def chain(word_of: str) -> tuple[tuple[str, ...], ...]:
        if word_of == AUTHOR:
            return ()
        return tuple(tuple(across[article, e] for e in link) for link in document.claim(word_of).chain)

    figures = tuple(
        Figure(q.unit, q.low, q.high, evidence(article, document.text, q.span), chain(q.word_of))
        for q in event.quantities
    )
    claim = None if event.word_of == AUTHOR else document.claim(event.word_of).key(article)
    return Account(
        Member(article, event.id), evidence(article, document.text, event.sentence), event.factuality,
        chain(event.word_of), origin_of[article], claim, reprint_of, event.time,
        across[article, event.place] if event.place else None, figures,
    )  # fmt: skip


def make_archive(path: Path) -> SqlArchive:
    """An archive of the story as `build` would leave it."""
    archive = open_archive(str(path), create=True)
    made = documents()
    for capture, document in made:
        archive.add_capture(capture)
        archive.put_document(document, "fixture")
    archive.put_linked(linked([d for _, d in made]), "fixture")
    return archive


FIRST_DAY = date(2016, 3, 14)
