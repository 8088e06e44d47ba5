"""Said once and printed often, or said again: which claims of different articles are one statement."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.made import Making, made

from quellenlage.link import likeness
from quellenlage.link.likeness import Likeness
from quellenlage.link.origins import find_origins
from quellenlage.link.reuse import find_reuse
from quellenlage.link.statements import find_statements, statement_id
from quellenlage.link.wording import Wording
from quellenlage.model import (
    Claim,
    Document,
    EntityKind,
    Evidentiality,
    Judgement,
    Member,
    Polarity,
    Span,
    Statement,
    Timex,
    Token,
    Verdict,
    make_judgement,
)

NAMES = {
    "Ilse Brandner": EntityKind.PER,
    "Marek Toldin": EntityKind.PER,
    "Dorwa": EntityKind.GPE,
    "Nordbund": EntityKind.ORG,
    "Kalt-Hafen": EntityKind.GPE,
    "Fachleute": EntityKind.GRP,
}
ILSE, MAREK = "Ilse Brandner", "Marek Toldin"


@dataclass(frozen=True)
class Words:
    """A claim of an article by its words, who says them, and when, if the article tells (its words, ISO day)."""

    text: str
    speaker: str | None = ILSE
    polarity: Polarity = Polarity.AFFIRMED
    evidentiality: Evidentiality = Evidentiality.ASSERTED
    on: tuple[str, str] | None = None


def article(number: int, text: str, dct: str | None, *claims: Words, agency: str | None = None) -> Document:
    names = {name: kind for name, kind in NAMES.items() if name in text}
    document = made(number, text, Making(outlet=f"Blatt {number}", agency=agency, dct=dct, names=names))
    ids = {entity.name: entity.id for entity in document.entities}
    timexes: list[Timex] = []
    listed: list[Claim] = []
    for n, words in enumerate(claims, 1):
        at = text.index(words.text)
        said = None
        if words.on:
            start, day = text.index(words.on[0]), date.fromisoformat(words.on[1])
            said = f"t{n}"
            timexes.append(Timex(said, start, start + len(words.on[0]), "DATE", words.on[1], None, "dct", day, day))
        listed.append(
            Claim(
                f"c{n}",
                None,
                (Span(at, at + len(words.text)),),
                ((ids[words.speaker],),) if words.speaker else (),
                words.evidentiality,
                words.polarity,
                0.9,
                said=said,
            )
        )
    tokens = tuple(Token(*m.span()) for m in re.finditer(r"\d[\d.,]*\d|\w+|[^\w\s]", text))
    return replace(document, claims=tuple(listed), timexes=tuple(timexes), tokens=tokens)


def statements(documents: Sequence[Document], *judgements: Judgement) -> Sequence[Statement]:
    entity_of = {Member(d.article.id, e.id): f"ent-{e.name}" for d in documents for e in d.entities}
    reuses = find_reuse(documents)
    return find_statements(documents, entity_of, find_origins(documents, reuses), reuses, judgements)[0]


def partition(found: Sequence[Statement]) -> set[frozenset[frozenset[Member]]]:
    return {frozenset(frozenset(o.members) for o in s.occasions) for s in found}


def one(number: int, words: str, dct: str | None = "2021-03-12", **said: object) -> Document:
    """An article with one sentence around one claim."""
    speaker = said.pop("speaker", ILSE)
    agency = said.pop("agency", None)
    on = said.get("on")
    when = f" {on[0]}" if isinstance(on, tuple) else ""
    verb = ("sagte", "erklärte", "betonte", "so")[number % 4]
    text = f"„{words}“, {verb} {speaker}{when} vor Blatt {number}."
    return article(number, text, dct, Words(words, speaker, **said), agency=agency)  # type: ignore[arg-type]


WHOLE = "Wir werden die Schleuse von Dorwa bis zum Herbst wieder öffnen, und der Nordbund wird die Kosten tragen"
SHORT = "Wir werden die Schleuse von Dorwa bis zum Herbst wieder öffnen"
LATER_HALF = "der Nordbund wird die Kosten tragen"
TURNED = "Der Nordbund wird die Kosten tragen, und wir werden die Schleuse von Dorwa bis zum Herbst wieder öffnen"


def eleven() -> list[Document]:
    told = [WHOLE, SHORT, WHOLE, LATER_HALF, TURNED, WHOLE, SHORT, WHOLE, WHOLE, LATER_HALF, SHORT]
    days = ["2021-03-12", "2021-03-12", "2021-03-13", "2021-03-13"]
    return [one(n, words, days[n % 4], agency="nfa") for n, words in enumerate(told, 1)]


def test_an_agency_quotation_in_eleven_papers_is_said_once() -> None:
    (statement,) = statements(eleven())
    assert statement.printed == 11
    (occasion,) = statement.occasions
    assert len(occasion.members) == 11
    assert occasion.earliest == date(2021, 3, 12)
    assert occasion.dated_by == "printed"
    assert {"agency"} <= set(occasion.reasons)
    assert statement.speakers == ("ent-Ilse Brandner",)


def test_without_any_credit_the_same_words_in_a_week_are_one_occasion() -> None:
    (statement,) = statements([one(1, WHOLE), one(2, SHORT, "2021-03-15"), one(3, WHOLE, "2021-03-18")])
    assert [len(o.members) for o in statement.occasions] == [3]
    assert "same-words" in statement.occasions[0].reasons


def test_the_same_sentence_three_weeks_later_is_a_second_occasion() -> None:
    (statement,) = statements([one(1, WHOLE), one(2, WHOLE, "2021-03-13"), one(3, WHOLE, "2021-04-02")])
    assert [len(o.members) for o in statement.occasions] == [2, 1]
    assert [o.earliest for o in statement.occasions] == [date(2021, 3, 12), date(2021, 4, 2)]


def test_days_of_saying_decide_before_days_of_print() -> None:
    old = one(1, WHOLE)
    retold = one(2, WHOLE, "2021-04-02", on=("vor drei Wochen", "2021-03-12"))
    next_day = one(3, WHOLE, "2021-03-13", on=("am Samstag", "2021-03-13"))
    said = one(4, WHOLE, "2021-03-13", on=("am Freitag", "2021-03-12"))
    (statement,) = statements([old, retold])
    assert len(statement.occasions) == 1
    (statement,) = statements([next_day, said])
    assert [o.dated_by for o in statement.occasions] == ["said", "said"]
    assert [o.earliest for o in statement.occasions] == [date(2021, 3, 12), date(2021, 3, 13)]


def test_two_different_statements_of_one_day_stay_two() -> None:
    a = one(1, "Wir werden die Schleuse von Dorwa bis zum Herbst öffnen")
    b = one(2, "Die Löhne der Lotsen in Dorwa müssen endlich steigen")
    assert len(statements([a, b])) == 2


def test_the_same_words_of_somebody_else_are_another_statement() -> None:
    assert len(statements([one(1, WHOLE), one(2, WHOLE, speaker=MAREK)])) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Bei dem Angriff starben nach Kenntnis 12 Lotsen", "Bei dem Angriff starben nach Kenntnis 14 Lotsen"),
        ("Wir zahlen den Lotsen 1,2 Millionen Kronen", "Wir zahlen den Lotsen 1.300.000 Kronen"),
        ("Wir haben zwölf Lotsen entlassen müssen", "Wir haben elf Lotsen entlassen müssen"),
        ("Die Regierung wird die Gebühren für Lotsen erhöhen", "Die Regierung wird die Gebühren für Lotsen senken"),
        ("Wir werden die Schleuse in Dorwa im Mai öffnen", "Wir werden die Schleuse in Dorwa im Juni öffnen"),
        ("Wir liefern dem Nordbund schwere Kräne", "Wir liefern dem Kalt-Hafen schwere Kräne"),
    ],
)  # fmt: skip
def test_what_differs_in_a_number_a_name_or_an_opposite_is_another_statement(first: str, second: str) -> None:
    assert len(statements([one(1, first), one(2, second)])) == 2


def test_numbers_written_otherwise_are_the_same() -> None:
    told = [one(1, "Wir zahlen den Lotsen von Dorwa 1,2 Millionen Kronen im Jahr")]
    told.append(one(2, "Wir zahlen den Lotsen von Dorwa 1.200.000 Kronen im Jahr"))
    assert len(statements(told)) == 1


def test_a_negation_makes_another_statement_that_is_marked_contrary() -> None:
    yes = one(1, "Wir werden dem Nordbund schwere Kräne liefern")
    no = one(2, "Wir werden dem Nordbund keine schweren Kräne liefern")
    a, b = statements([yes, no])
    assert [(r.statement, r.kind) for r in a.related] == [(b.id, "contrary")]
    assert (a.retellings[0].stance, b.retellings[0].stance) == (Polarity.AFFIRMED, Polarity.DENIED)


def test_a_cut_that_drops_a_negation_is_not_the_same() -> None:
    whole = one(1, "Ich glaube nicht, dass wir die Schleuse von Dorwa bis zum Herbst öffnen")
    cut = one(2, "wir die Schleuse von Dorwa bis zum Herbst öffnen")
    a, b = statements([whole, cut])
    assert [r.kind for r in (*a.related, *b.related)] == ["perhaps", "perhaps"]


@pytest.mark.parametrize(
    ("whole", "cut", "same"),
    [
        ("Wir werden die Lieferungen nicht einstellen, und wir werden die Ausbildung der Lotsen verdoppeln",
         "Wir werden die Ausbildung der Lotsen verdoppeln", True),
        ("Wir werden die Lieferungen nicht einstellen und wir werden die Ausbildung der Lotsen verdoppeln",
         "wir werden die Ausbildung der Lotsen verdoppeln", True),
        ("Es gibt keine Zweifel. Wir werden die Ausbildung der Lotsen verdoppeln",
         "Wir werden die Ausbildung der Lotsen verdoppeln", True),
        ("Ich habe nicht vor, die Ausbildung der Lotsen in Dorwa zu verdoppeln",
         "die Ausbildung der Lotsen in Dorwa zu verdoppeln", False),
        ("Niemand sagt, dass wir die Ausbildung der Lotsen verdoppeln",
         "wir die Ausbildung der Lotsen verdoppeln", False),
        ("Wir verdoppeln die Ausbildung der Lotsen nicht", "Wir verdoppeln die Ausbildung der Lotsen", False),
    ],
)  # fmt: skip
def test_a_negation_counts_where_it_governs_what_was_cut(whole: str, cut: str, same: bool) -> None:
    found = statements([one(1, whole), one(2, cut)])
    assert (len(found) == 1) is same


def test_an_indirect_report_joins_by_way_of_the_cut_quotation() -> None:
    whole = "Wir werden die Lieferungen an den Nordbund nicht einstellen, und wir werden die Ausbildung verdoppeln"
    cut = "Wir werden die Lieferungen an den Nordbund nicht einstellen"
    text = "Ilse Brandner versicherte, man werde die Lieferungen an den Nordbund nicht einstellen."
    told = article(3, text, "2021-03-14", Words("man werde die Lieferungen an den Nordbund nicht einstellen"))
    (statement,) = statements([one(1, whole), one(2, cut, "2021-03-13"), told])
    assert len(statement.occasions) == 1


def test_what_is_denied_is_not_what_is_affirmed() -> None:
    text = "die Schleuse von Dorwa bis zum Herbst öffnen zu wollen"
    assert len(statements([one(1, text), one(2, text, polarity=Polarity.DENIED)])) == 2


def test_original_words_and_their_translation_meet_in_content() -> None:
    own = one(1, "Der Nordbund liefert in diesem Herbst schwere Kräne nach Dorwa")
    text = "Ilse Brandner sagte, der Nordbund liefere im Herbst schwere Kräne nach Dorwa."
    told = article(2, text, "2021-03-13", Words("der Nordbund liefere im Herbst schwere Kräne nach Dorwa"))
    (statement,) = statements([own, told])
    assert len(statement.occasions) == 1
    late = article(3, text, "2021-06-13", Words("der Nordbund liefere im Herbst schwere Kräne nach Dorwa"))
    assert len(statements([own, late])) == 2


def test_an_undated_clipping_joins_by_its_words_and_never_makes_an_occasion() -> None:
    found = statements([one(1, WHOLE), one(2, WHOLE, "2021-04-02"), one(3, SHORT, None)])
    assert [len(o.members) for o in found[0].occasions] == [2, 1]
    text = "Ilse Brandner sagte, der Nordbund liefere im Herbst schwere Kräne nach Dorwa."
    like = article(4, text, None, Words("der Nordbund liefere im Herbst schwere Kräne nach Dorwa"))
    own = one(5, "Der Nordbund liefert in diesem Herbst schwere Kräne nach Dorwa")
    assert len(statements([like, own])) == 2
    (alone,) = statements([one(1, WHOLE, None), one(2, WHOLE, None)])
    assert [(len(o.members), o.earliest, o.dated_by) for o in alone.occasions] == [(2, None, None)]


def test_a_word_or_two_are_recognised_on_the_same_days_only() -> None:
    assert len(statements([one(1, "unverschämt"), one(2, "unverschämt", "2021-03-13")])) == 1
    assert len(statements([one(1, "unverschämt"), one(2, "unverschämt", "2021-04-13")])) == 2
    assert len(statements([one(1, "Das ist falsch"), one(2, "Das ist falsch", "2021-04-13")])) == 2


def test_people_without_a_name_are_the_same_in_a_reprint_only() -> None:
    words = "Die Schleuse von Dorwa ist seit Jahren baufällig und gefährlich"
    a, b = one(1, words, speaker="Fachleute"), one(2, words, speaker="Fachleute")
    assert len(statements([a, b])) == 2
    rest = " ".join(f"Satz Nummer {n} steht hier wegen der Länge, und zwar genau {n} Mal." for n in range(1, 9))
    more = [article(n, f"{words}, sagten Fachleute. {rest}", "2021-03-12", Words(words, "Fachleute")) for n in (3, 4)]
    (statement,) = statements(more)
    assert statement.occasions[0].reasons[0] == "reprint"


def test_text_copied_weeks_later_is_no_second_occasion() -> None:
    rest = " ".join(f"Satz Nummer {n} steht hier wegen der Länge, und zwar genau {n} Mal." for n in range(1, 9))
    told = [
        article(n, f"„{WHOLE}“, sagte Ilse Brandner. {rest}", day, Words(WHOLE))
        for n, day in ((1, "2021-03-12"), (2, "2021-05-20"))
    ]
    (statement,) = statements(told)
    assert [o.reasons for o in statement.occasions] == [("reprint",)]
    again = article(3, f"Am Donnerstag sagte Ilse Brandner: „{WHOLE}“. {rest}", "2021-05-20")
    again = article(3, again.text, "2021-05-20", Words(WHOLE, on=("Am Donnerstag", "2021-05-20")))
    first = article(1, f"Am Freitag sagte Ilse Brandner: „{WHOLE}“. {rest}", "2021-03-12")
    first = article(1, first.text, "2021-03-12", Words(WHOLE, on=("Am Freitag", "2021-03-12")))
    (statement,) = statements([first, again])
    assert len(statement.occasions) == 2


def test_a_few_identical_words_meet_by_way_of_a_third_article() -> None:
    # Undated copies are like the article they share text with, and that one is like a dated third: one group, not two.
    words = "Wer das war, wissen wir"
    rest = " ".join(f"Satz Nummer {n} steht hier wegen der Länge, und zwar genau {n} Mal." for n in range(1, 9))
    copies = [
        article(n, f"„{words}“, sagte Ilse Brandner. {rest}", day, Words(words))
        for n, day in ((5, "2021-03-12"), (6, None), (7, None))
    ]
    for number in (1, 9):
        third = article(number, f"Ilse Brandner legte nach: „{words}“!", "2021-03-12", Words(words))
        (statement,) = statements([third, *copies])
        assert statement.printed == 4
        assert len(statement.occasions) == 1


def test_a_sentence_and_the_words_quoted_in_it_are_one_statement() -> None:
    text = "Ilse Brandner sprach von einem „feigen Überfall“."
    (statement,) = statements([article(1, text, "2021-03-12", Words(text), Words("feigen Überfall"))])
    assert statement.printed == 1
    assert statement.occasions[0].reasons == ("same-article",)


def test_the_name_of_the_speaker_makes_nothing_alike() -> None:
    first = "Ilse Brandner aus Dorwa lobte gestern die Lotsen"
    second = "Ilse Brandner aus Dorwa lobte heute den Nordbund"
    documents = [article(n, t, "2021-03-12", Words(t)) for n, t in enumerate((first, second), 1)]
    assert len(statements(documents)) == 2


def test_to_deny_a_negation_affirms_unless_the_verb_stands_among_the_words() -> None:
    text = "Ilse Brandner bestritt, nichts von der Schleuse gewusst zu haben."

    def stance(words: str) -> Polarity:
        document = article(1, text, "2021-03-12", Words(words, polarity=Polarity.DENIED))
        cue = Span(text.index("bestritt"), text.index("bestritt") + 8)
        claim = replace(document.claims[0], cue=(cue,), reasons=("stance:deny",))
        (statement,) = statements([replace(document, claims=(claim,))])
        return statement.retellings[0].stance

    assert stance("nichts von der Schleuse gewusst zu haben") is Polarity.AFFIRMED
    assert stance(text) is Polarity.DENIED


def test_judgements_join_part_and_reject() -> None:
    documents = [one(1, WHOLE), one(2, SHORT), one(3, "Die Löhne der Lotsen in Dorwa müssen endlich steigen")]
    keys = [d.claims[0].key(d.article.id) for d in documents]
    said = {"made_at": "2022-01-01T00:00:00Z", "author": "A"}
    apart = make_judgement(Verdict.DIFFER, statement_id(keys[0]), other=keys[1], **said)
    assert len(statements(documents, apart)) == 3
    same = make_judgement(Verdict.SAME, keys[0], other=keys[2], **said)
    (statement,) = statements(documents, same)
    assert "judgement:same" in statement.reasons
    gone = make_judgement(Verdict.REJECT, keys[2], **said)
    assert len(statements(documents, gone)) == 1
    speaker = make_judgement(Verdict.CORRECT, keys[1], field="speaker", value=MAREK, **said)
    assert len(statements(documents, speaker)) == 3


def test_the_identifier_is_that_of_the_first_captured_member() -> None:
    documents = [one(2, WHOLE, "2021-03-15"), one(1, SHORT, "2021-03-12")]
    (statement,) = statements(documents)
    assert statement.id == statement_id(documents[0].claims[0].key("art-02"))
    assert [r.member.article for r in statement.retellings] == ["art-02", "art-01"]


def mixed() -> list[Document]:
    texts = [
        WHOLE, SHORT, TURNED, LATER_HALF,
        "Wir werden dem Nordbund schwere Kräne liefern", "Wir werden dem Nordbund keine schweren Kräne liefern",
        "unverschämt", "unverschämt",
    ]  # fmt: skip
    days = ["2021-03-12", "2021-04-02", None, "2021-03-13", "2021-03-20", "2021-03-12", "2021-03-12", "2021-03-14"]
    return [one(n, t, d) for n, (t, d) in enumerate(zip(texts, days, strict=True), 1)]


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(8)), st.permutations(range(11)))
def test_any_order_of_articles_gives_the_same_groups(order: list[int], other: list[int]) -> None:
    documents, agency = mixed(), eleven()
    assert partition(statements([documents[n] for n in order])) == partition(statements(documents))
    assert partition(statements([agency[n] for n in other])) == partition(statements(agency))


def test_hostile_passages_cost_no_more_than_long_ones() -> None:
    import time

    documents = [one(n, " ".join(["Schleuse Kran"] * (5000 + n)), "2021-03-12") for n in range(8)]
    entity_of = {Member(d.article.id, e.id): f"ent-{e.name}" for d in documents for e in d.entities}
    start = time.perf_counter()
    found, _ = find_statements(documents, entity_of, find_origins(documents, ()), (), ())
    assert len(found) == 1
    assert time.perf_counter() - start < 5


def test_a_speaker_with_thousands_of_claims_is_compared_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counting(a: Wording, b: Wording, telling: Mapping[str, float]) -> Likeness | None:
        nonlocal compared
        compared += 1
        return likeness.compare(a, b, telling)

    monkeypatch.setattr("quellenlage.link.statements.compare", counting)

    def pairs(count: int) -> int:
        nonlocal compared
        compared = 0
        documents = [
            one(n, f"Wir bauen die Schleuse Nummer {n} am Kanal{n % 97} für die Lotsen von Ort{n}", "2021-03-12")
            for n in range(1, count)
        ]
        entity_of = {Member(d.article.id, e.id): f"ent-{e.name}" for d in documents for e in d.entities}
        found, _ = find_statements(documents, entity_of, find_origins(documents, ()), (), ())
        assert len(found) == len(documents)
        return compared

    assert pairs(1200) < 8 * pairs(300)
