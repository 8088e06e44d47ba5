from __future__ import annotations

import pytest

from quellenlage.evaluation import claim_cases, data
from quellenlage.evaluation.claim_cases import HardCase
from quellenlage.model import Channel, Claim, Document, Polarity
from quellenlage.resources import load

OPEN = list(claim_cases.table("open"))


def read(text: str) -> Document:
    return data.analysed(text, "2024-05-17")


def chain(document: Document, claim: Claim) -> list[list[str]]:
    return [[document.entity(e).name for e in link] for link in claim.chain]


def only(document: Document) -> Claim:
    assert len(document.claims) == 1, [s.of(document.text) for c in document.claims for s in c.spans]
    return document.claims[0]


def test_the_table_covers_every_construction() -> None:
    assert len(OPEN) >= 60
    assert len({case.construction for case in OPEN}) == len(OPEN)


@pytest.mark.parametrize("case", OPEN, ids=lambda case: case.construction)
def test_hard_case(case: HardCase) -> None:
    assert claim_cases.wrong(case.read()) == []


@pytest.mark.parametrize("example", load("de/told_verbs.toml")["example"], ids=lambda e: str(e["text"]))
def test_examples_of_the_verbs_with_an_object(example: dict[str, str]) -> None:
    document = read(example["text"])
    claim = only(document)
    assert " ".join(s.of(document.text) for s in claim.spans) == example["words"]
    assert (str(claim.evidentiality), str(claim.polarity)) == (example["evidentiality"], example["polarity"])


@pytest.mark.parametrize("example", load("de/channels.toml")["example"], ids=lambda e: str(e["text"]))
def test_examples_of_the_channels(example: dict[str, str]) -> None:
    document = read(example["text"])
    claim = only(document)
    assert claim.channel is Channel(example["channel"])
    assert [s.of(document.text) for s in claim.channel_spans] == [example["words"]]


def test_whom_it_was_said_to_and_when() -> None:
    document = read("Am Mittwoch sagte Ministerin Lena Maris dem Magazin „Horizont“, sie trete nicht ab.")
    claim = only(document)
    assert [document.entity(e).name for e in claim.told] == ["Horizont"]
    assert next(t.value for t in document.timexes if t.id == claim.said) == "2024-05-15"


def test_a_denied_report_is_two_claims_over_the_same_words() -> None:
    document = read("Minister Otto Wendt hat Berichte der Wochenzeitung „Echo“ zurückgewiesen, er trete ab.")
    told = {claim.polarity: chain(document, claim) for claim in document.claims}
    assert told == {Polarity.AFFIRMED: [["Echo"]], Polarity.DENIED: [["Otto Wendt"]]}
    assert len({claim.spans for claim in document.claims}) == 1


def test_an_interview_goes_on_until_somebody_else_speaks() -> None:
    text = (
        "„Die Lage ist ernst“, sagte Helfer Toby Lanz dem Sender Al Dschura. "
        "„Wir haben kein Wasser mehr“, so Lanz. Gouverneur Omar Saleh sagte, Hilfe sei unterwegs."
    )
    document = read(text)
    assert [chain(document, c) for c in document.claims] == [
        [["Toby Lanz"], ["Al Dschura"]],
        [["Toby Lanz"], ["Al Dschura"]],
        [["Omar Saleh"]],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Kiel hieß es, die Fähre bleibe im Hafen.", []),
        ("Aus dem Rathaus hieß es, die Fähre bleibe im Hafen.", [["Rathaus"]]),
        ("In einer Mitteilung hieß es, die Fähre bleibe im Hafen.", []),
        ("In einer früheren Version dieses Artikels hieß es, die Fähre bleibe im Hafen.", []),
        ("Das Blatt „Echo“ zitiert den Wirt Emil Krantz mit den Worten: „Es ist vorbei.“", [["Emil Krantz"], ["Echo"]]),
        ("Die Grenze bleibe offen, sagte Minister Otto Wendt laut dpa.", [["Otto Wendt"], ["dpa"]]),
        ("Reuters zufolge sagte Minister Otto Wendt, die Grenze bleibe offen.", [["Otto Wendt"], ["Reuters"]]),
        (
            "Wie der „Spiegel“ unter Berufung auf Regierungskreise berichtet, bleibt die Grenze offen.",
            [["Regierungskreise"], ["Spiegel"]],
        ),
        ("Die Grenze bleibe offen, berichtete Reuters und berief sich auf Otto Wendt.", [["Otto Wendt"], ["Reuters"]]),
        ("„Die Grenze bleibt offen“, sagte Otto Wendt im Deutschlandfunk.", [["Otto Wendt"], ["Deutschlandfunk"]]),
        ("„Die Grenze bleibt offen“, sagte Otto Wendt der „Bild am Sonntag“.", [["Otto Wendt"], ["Bild am Sonntag"]]),
        ("„Die Grenze bleibt offen“, sagte Otto Wendt zu Reuters.", [["Otto Wendt"], ["Reuters"]]),
        ("Reuters zitierte Otto Wendt mit den Worten, die Grenze bleibe offen.", [["Otto Wendt"], ["Reuters"]]),
        ("In einem Gastbeitrag für die „Zeit“ schrieb Otto Wendt, er trete ab.", [["Otto Wendt"], ["Zeit"]]),
        ("Aus einem Papier, das Reuters vorliegt, geht hervor, dass er abtritt.", [["Papier"], ["Reuters"]]),
        ("Nach Informationen der „Zeit“ sagte Otto Wendt, die Grenze bleibe offen.", [["Otto Wendt"], ["Zeit"]]),
        ("Präsident Karl Imhof warf der Europäischen Union vor, das Land zu erpressen.", [["Karl Imhof"]]),
    ],
)  # fmt: skip
def test_on_whose_word(text: str, expected: list[list[str]]) -> None:
    document = read(text)
    assert chain(document, only(document)) == expected


@pytest.mark.parametrize(
    ("text", "evidentiality"),
    [
        ("Laut Polizei soll der Fahrer befragt werden.", "demanded"),
        ("Laut Polizei soll der Fahrer geflohen sein.", "hedged"),
        ("Laut Polizei sollen dort noch immer Männer arbeiten.", "hedged"),
        ("„Ich werde in dem Lager festgehalten“, sagte Filip Karm.", "asserted"),
        ("Er werde im Mai zurücktreten, sagte Filip Karm.", "demanded"),
        ("Er werde die Wahl verlieren, sagte Filip Karm.", "asserted"),
    ],
)
def test_how_firmly(text: str, evidentiality: str) -> None:
    assert str(only(read(text)).evidentiality) == evidentiality


def test_the_liar_is_accused_not_denied() -> None:
    claim = only(read("Die Regierung habe gelogen, sagte Abgeordneter Emil Krantz."))
    assert claim.polarity is Polarity.AFFIRMED


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Minister Otto Wendt gab zu, gelogen zu haben.", "asserted affirmed"),
        ("Minister Otto Wendt dementierte nicht, dass es Planungen gibt.", "hedged affirmed"),
        ("Minister Otto Wendt wollte nicht ausschließen, dass es Planungen gibt.", "hedged affirmed"),
        ("Kein Zeuge bestätigte, dass der Wagen rot war.", "hedged unknown"),
        ("Weder die Polizei noch die Feuerwehr bestätigten, dass der Wagen rot war.", "hedged unknown"),
        ("Ruth Hennig widersprach ihm: „Die Steuern sind schon zu hoch.“", "asserted affirmed"),
        ("„Das ist eine Lüge“, sagte Jo Lang.", "asserted denied"),
        ("Gerüchten zufolge wird das Werk geschlossen.", "hedged affirmed"),
    ],
)
def test_what_is_denied(text: str, label: str) -> None:
    claim = only(read(text))
    assert f"{claim.evidentiality} {claim.polarity}" == label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„Das ist ein Dienst“, zitierte Perinform den Minister Juri Scheludko.", [["Juri Scheludko"], ["Perinform"]]),
        ("Krug zitierte Ahlers mit den Worten: „Das ist vorbei.“", [["Ahlers"], ["Krug"]]),
        ("Ein Sprecher von Ministerin Eva Lau sagte, die Straße sei frei.", [["Sprecher"]]),
        ("Eva Laus Sprecher Jens Teich sagte, die Straße sei frei.", [["Jens Teich"]]),
        ("Die Straße sei frei, sagte ihr Sprecher Stefan Seidel.", [["Stefan Seidel"]]),
        ("Würde Russland angreifen, würde die Nato reagieren, sagte Jens Holm.", [["Jens Holm"]]),
        ("„Treten Sie zurück?“ – „Nein“, sagte Jo Lang.", [["Jo Lang"]]),
        ("Niemand sagte, die Straße sei frei.", []),
    ],
)
def test_who_it_is_that_speaks(text: str, expected: list[list[str]]) -> None:
    document = read(text)
    assert chain(document, only(document)) == expected


def test_the_authors_own_caveat_is_nobodys_words() -> None:
    text = "Sprecher Jan Kolb sagte, die Stadt sei frei. Die Angaben ließen sich nicht unabhängig überprüfen."
    assert len(read(text).claims) == 1


def test_whoever_blames_in_between_speaks_on() -> None:
    text = (
        "Minister Otto Wendt sagte, der Plan sei gut. Die Gewerkschaft der Polizei kritisierte den Plan. "
        "Er sei nicht durchdacht."
    )
    document = read(text)
    assert chain(document, document.claims[-1]) == [["Gewerkschaft der Polizei"]]


def test_a_clipping_cut_within_its_source() -> None:
    assert read("Meldung des Tages\n\nDie Bahn fährt wieder, nach Angaben von").sentences


def test_not_ruling_out_denies_nothing() -> None:
    claim = only(read("Minister Otto Wendt schließt nicht aus, dass Soldaten eingreifen."))
    assert (str(claim.evidentiality), str(claim.polarity)) == ("hedged", "affirmed")


def test_words_within_hearsay_are_no_firmer() -> None:
    text = "Otto Wendt soll laut Ina Voss gesagt haben, dass „ein langer Weg zurückgelegt wurde, ohne zu ruhen“."
    assert {str(claim.evidentiality) for claim in read(text).claims} == {"hedged"}


def test_whoever_quotes_was_not_spoken_to() -> None:
    document = read("Dort sei „alles wieder ruhig und friedlich“, wird Otto Wendt von Reuters zitiert.")
    assert all(not claim.told for claim in document.claims)


def test_what_verbs_presuppose_and_vouch_for() -> None:
    assert "factivity:factive" in only(read("Emil Krantz räumte ein, die Zahlen seien falsch gewesen.")).reasons
    assert "commitment:partial" in only(read("Emil Krantz vermutet, dass die Zahlen falsch sind.")).reasons
