"""Rules and a made-up reading of the encoder together: which words are quoted, and who has which role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.annotate.quotations.quotation_samples import document

from quellenlage.annotate.quotations.drafts import Draft
from quellenlage.annotate.quotations.evidence import ROLES, Places, Weights
from quellenlage.annotate.quotations.reader import MEDIA, SNIPPET, combine, places_of, settle, words_of
from quellenlage.encoder.quotations import Found, Roles
from quellenlage.model import QuotationType, Span

USE = Weights(
    quoted={},
    outside=0.0,
    role={"speaker": 3.0, "cue": 1.5, "frame": 3.0, "addressee": 2.0},
    not_role={"speaker": 1.5, "cue": 0.0, "frame": 1.5, "addressee": 0.5},
    opposite=3.0,
    threshold=dict.fromkeys(ROLES, 0.5),
    kind=0.3,
    tags=0.5,
    agreed=0.9,
    alone=0.85,
    unseen=0.7,
)
SURE = 0.95
"""A probability that outweighs the rules' "not in this role", but not "in the opposite one"."""


class Case:
    """A text whose parts are named by their words."""

    def __init__(self, text: str) -> None:
        self.document = document(text)
        self.text = text
        self.places: Places = places_of(text, words_of(self.document))

    def span(self, words: str) -> Span:
        at = self.text.index(words)
        return Span(at, at + len(words))

    def words(self, words: str) -> tuple[int, ...]:
        return tuple(self.places.of([self.span(words)]))

    def said(self, numbers: Sequence[int]) -> str:
        return " … ".join(span.of(self.text) for span in self.places.spans(numbers))

    def parts(self, spans: Sequence[Span]) -> list[str]:
        return [span.of(self.text) for span in spans]

    def found(self, words: str, kind: str = "indirect") -> Found:
        return Found(self.words(words), kind, False, 0.9)

    def rule(self, quote: str, kind: str = "indirect", **roles: str) -> Draft:
        draft = Draft(QuotationType(kind), "speech", [self.span(quote)], score=0.8)
        for name, words in roles.items():
            setattr(draft, name, [self.span(part) for part in words.split("|")])
        return draft

    def settled(self, found: Sequence[Found], rules: Sequence[Draft]) -> list[tuple[str, str]]:
        return [(one.type, self.said(one.words)) for one in settle(found, rules, self.places, USE)]

    def combined(self, quote: str, rules: Sequence[Draft], use: Weights = USE, **roles: str) -> Draft:
        """The one quotation, where the encoder gives words their roles surely and all others surely none."""
        scores = np.full((len(self.places.words), len(ROLES)), 0.02)
        for name, words in roles.items():
            scores[list(self.words(words)), ROLES.index(name)] = SURE
        one = self.found(quote)
        types = {str(kind): float(kind == one.type) for kind in QuotationType}
        media: dict[str, float] = {medium: float(medium == "speech") for medium in MEDIA}
        (made,) = combine(self.document, rules, self.places, [(one, Roles(0, scores, types, media))], use)
        return made


PARAGRAPHS = Case("Kai Bruns sagte, der Hof sei leer und\n\nder Stall brenne. Das Vieh sei fort. Ina Voss schwieg.")


@pytest.mark.parametrize("kind", ["indirect", "reported", "direct"])
def test_a_quotation_ends_with_its_paragraph(kind: str) -> None:
    found = PARAGRAPHS.found("der Hof sei leer und\n\nder Stall brenne.", kind)
    assert PARAGRAPHS.settled([found], []) == [(kind, "der Hof sei leer und"), (kind, "der Stall brenne.")]


TWO = Case("Kai Bruns sagte, der Hof sei leer. Das Vieh sei fort. Ina Voss schwieg.")
BOTH = "der Hof sei leer. Das Vieh sei fort."


def test_another_quotation_of_the_rules_begins_one_of_its_type() -> None:
    own = TWO.rule("Das Vieh sei fort.", "indirect_free_indirect")
    assert TWO.settled([TWO.found(BOTH)], [own]) == [
        ("indirect", "der Hof sei leer."),
        ("indirect_free_indirect", "Das Vieh sei fort."),
    ]
    assert TWO.settled([TWO.found(BOTH)], []) == [("indirect", BOTH)]


def test_it_begins_with_its_sentence_and_keeps_its_type_where_nothing_is_cut() -> None:
    case = Case("Kai Bruns sagte, der Hof sei leer. Voss zufolge sei das Vieh fort. Ina Voss schwieg.")
    own = case.rule("sei das Vieh fort", "reported")
    whole = case.found("der Hof sei leer. Voss zufolge sei das Vieh fort")
    assert [words for _, words in case.settled([whole], [own])] == [
        "der Hof sei leer.",
        "Voss zufolge sei das Vieh fort",
    ]
    assert case.settled([case.found("Voss zufolge sei das Vieh fort")], [own]) == [
        ("indirect", "Voss zufolge sei das Vieh fort")
    ]


def test_a_quotation_within_another_one_cuts_nothing() -> None:
    inner = TWO.rule("Das Vieh sei fort.", "reported")
    inner.parent = TWO.rule("der Hof sei leer.")
    assert TWO.settled([TWO.found(BOTH)], [inner]) == [("indirect", BOTH)]


def test_words_in_quotation_marks_go_on_over_sentences() -> None:
    own = TWO.rule("Das Vieh sei fort.", "indirect_free_indirect")
    assert ("direct", BOTH) in TWO.settled([TWO.found(BOTH, "direct")], [own])


@pytest.mark.parametrize(
    ("kind", "words", "kept"),
    [
        ("indirect", "der Hof sei leer. Das", "der Hof sei leer."),
        ("direct", "der Hof sei leer. Das", "der Hof sei leer. Das"),
        ("indirect", "der Hof sei leer. Das Vieh", "der Hof sei leer. Das Vieh"),
        ("indirect", "Das", "Das"),
    ],
)
def test_the_word_that_opens_the_next_sentence_is_not_quoted(kind: str, words: str, kept: str) -> None:
    assert TWO.settled([TWO.found(words, kind)], []) == [(kind, kept)]


def test_the_word_that_opens_a_quotation_of_the_rules_leaves_it_whole() -> None:
    own = TWO.rule("Das Vieh sei fort.", "indirect_free_indirect")
    assert TWO.settled([TWO.found("der Hof sei leer. Das")], [own]) == [
        ("indirect", "der Hof sei leer."),
        ("indirect_free_indirect", "Das Vieh sei fort."),
    ]


SEMICOLON = Case("Laut Ina Voss sei der Hof leer; Kai Bruns bestritt das. Der Stall steht; das Vieh ist fort.")


def test_a_quotation_ends_at_the_semicolon_where_the_rules_end_it() -> None:
    whole = "sei der Hof leer; Kai Bruns bestritt das"
    own = SEMICOLON.rule("sei der Hof leer")
    assert SEMICOLON.settled([SEMICOLON.found(whole)], [own]) == [("indirect", "sei der Hof leer")]
    assert SEMICOLON.settled([SEMICOLON.found(whole)], []) == [("indirect", whole)]
    assert ("direct", whole) in SEMICOLON.settled([SEMICOLON.found(whole, "direct")], [own])


def test_where_the_rules_end_earlier_without_a_semicolon_the_encoder_is_believed() -> None:
    own = SEMICOLON.rule("sei der Hof")
    whole = "sei der Hof leer; Kai Bruns bestritt das"
    assert SEMICOLON.settled([SEMICOLON.found(whole)], [own]) == [("indirect", whole)]


FRAMED = Case("Kai Bruns soll laut seinem Sprecher Jan Tamm gesagt haben, der Hof sei leer.")
FRAME = "Kai Bruns soll laut seinem Sprecher Jan Tamm gesagt haben,"


@pytest.mark.parametrize(("count", "stays"), [(SNIPPET, False), (SNIPPET + 1, True)])
def test_a_few_words_of_anothers_frame_are_no_quotation(count: int, stays: bool) -> None:
    own = FRAMED.rule("der Hof sei leer", frame=FRAME, cue="gesagt haben")
    words = FRAMED.words(FRAME)[2 : 2 + count]
    settled = FRAMED.settled([Found(words, "indirect", False, 0.9)], [own])
    assert settled == [("indirect", FRAMED.said(words))] * stays + [("indirect", "der Hof sei leer")]


@pytest.mark.parametrize("roles", [{"cue": "gesagt haben"}, {"frame": FRAME}])
def test_a_few_words_outside_a_frame_with_a_cue_are_one(roles: dict[str, str]) -> None:
    own = FRAMED.rule("der Hof sei leer", **roles)
    assert ("indirect", "soll laut") in FRAMED.settled([FRAMED.found("soll laut")], [own])


def test_what_the_rules_take_for_a_report_is_not_quoted_word_by_word() -> None:
    case = Case("Kai Bruns machte die Volksfront für den Brand verantwortlich. Ina Voss schwieg.")
    report = case.rule("Kai Bruns machte die Volksfront für den Brand verantwortlich", "reported")
    assert case.settled([case.found("die Volksfront für den Brand", "direct")], [report]) == [
        ("reported", "Kai Bruns machte die Volksfront für den Brand verantwortlich")
    ]
    beyond = case.found("verantwortlich. Ina Voss schwieg", "direct")
    assert ("direct", "verantwortlich. Ina Voss schwieg") in case.settled([beyond], [report])
    told = case.rule("Kai Bruns machte die Volksfront für den Brand verantwortlich", "indirect")
    assert ("direct", "die Volksfront") in case.settled([case.found("die Volksfront", "direct")], [told])


ASKED = Case("Der Hof sei leer, sagte Kai Bruns der Zeitung Küstenblick am Montag.")
QUOTE = "Der Hof sei leer"
ADDRESSEE = "der Zeitung Küstenblick"


def test_whom_the_rules_hold_for_the_addressee_does_not_speak() -> None:
    own = ASKED.rule(QUOTE, addressee=ADDRESSEE)
    made = ASKED.combined(QUOTE, [own], speaker="Küstenblick")
    assert (made.speaker, ASKED.parts(made.addressee)) == ([], [ADDRESSEE])
    alone = ASKED.combined(QUOTE, [own], replace(USE, opposite=0.0), speaker="Küstenblick")
    assert ASKED.parts(alone.speaker) == ["Küstenblick"]


def test_whom_the_rules_hold_for_the_speaker_is_not_addressed() -> None:
    own = ASKED.rule(QUOTE, speaker="Kai Bruns")
    assert ASKED.combined(QUOTE, [own], addressee="Kai Bruns").addressee == []
    alone = ASKED.combined(QUOTE, [own], replace(USE, opposite=0.0), addressee="Kai Bruns")
    assert ASKED.parts(alone.addressee) == ["Kai Bruns"]


def test_the_speaker_of_the_rules_stands_where_the_encoder_finds_none() -> None:
    deaf = replace(USE, role={**USE.role, "speaker": 0.0})
    own = ASKED.rule(QUOTE, speaker="Kai Bruns")
    made = ASKED.combined(QUOTE, [own], deaf)
    assert (ASKED.parts(made.speaker), made.otherwise) == (["Kai Bruns"], [])
    assert ASKED.combined(QUOTE, [], deaf).speaker == []


def test_of_a_speaker_the_encoder_says_how_much_is_named() -> None:
    deaf = replace(USE, role={**USE.role, "speaker": 0.0})
    made = ASKED.combined(QUOTE, [ASKED.rule(QUOTE, speaker="Kai Bruns")], deaf, speaker="Bruns")
    assert ASKED.parts(made.speaker) == ["Bruns"]


def test_the_reading_of_the_rules_is_kept_beside_another_one() -> None:
    deaf = replace(USE, role={**USE.role, "speaker": 0.0})
    made = ASKED.combined(QUOTE, [ASKED.rule(QUOTE, speaker="Kai Bruns")], deaf, speaker="Montag")
    assert (ASKED.parts(made.speaker), ASKED.parts(made.otherwise)) == (["Montag"], ["Kai Bruns"])


@pytest.mark.parametrize(
    ("seen", "addressee"),
    [("Küstenblick", ADDRESSEE), ("am Montag", "am Montag"), ("Zeitung Küstenblick am", ADDRESSEE)],
)
def test_the_addressee_is_the_whole_phrase_of_the_rules_where_both_mean_it(seen: str, addressee: str) -> None:
    weak = replace(USE, role={**USE.role, "addressee": 0.0})
    made = ASKED.combined(QUOTE, [ASKED.rule(QUOTE, addressee=ADDRESSEE)], weak, addressee=seen)
    assert ASKED.parts(made.addressee) == [addressee]


def test_the_addressee_of_the_rules_stands_where_the_encoder_finds_none() -> None:
    weak = replace(USE, role={**USE.role, "addressee": 0.0})
    made = ASKED.combined(QUOTE, [ASKED.rule(QUOTE, addressee=ADDRESSEE)], weak)
    assert ASKED.parts(made.addressee) == [ADDRESSEE]


def test_who_is_the_subject_of_what_is_told_does_not_give_way_to_another_sentence() -> None:
    case = Case("Kai Bruns droht mit Rache! Der Hof sei leer. Ina Voss schwieg, Jan Tamm rief.")
    deaf = replace(USE, role={**USE.role, "speaker": 0.0})
    own = case.rule("Kai Bruns droht mit Rache", speaker="Kai Bruns")
    assert case.parts(case.combined("Kai Bruns droht mit Rache", [own], deaf, speaker="Ina Voss").speaker) == [
        "Kai Bruns"
    ]
    inside = case.combined("Kai Bruns droht mit Rache", [own], deaf, speaker="Rache")
    assert case.parts(inside.speaker) == ["Rache"]
    apart = case.combined(
        "Der Hof sei leer", [case.rule("Der Hof sei leer", speaker="Kai Bruns")], deaf, speaker="Voss"
    )
    assert case.parts(apart.speaker) == ["Voss"]


DEAF = replace(USE, role={**USE.role, "speaker": 0.0, "cue": 0.0})
"""Weights by which the encoder alone says who speaks."""


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("soll laut seinem Sprecher Jan Tamm gesagt haben,", "seinem Sprecher Jan Tamm"),
        ("soll laut Jan Tamm gesagt haben,", "Jan Tamm"),
        ("soll gemäß dem Sprecher gesagt haben,", "Sprecher"),
        ("soll Jan Tamm zufolge gesagt haben,", "Jan Tamm"),
    ],
)
def test_who_passed_on_what_another_said_is_not_the_speaker(text: str, seen: str) -> None:
    case = Case(f"Kai Bruns {text} der Hof sei leer.")
    frame = f"Kai Bruns {text}"
    own = case.rule("der Hof sei leer", speaker="Kai Bruns", cue="soll|gesagt haben", frame=frame)
    made = case.combined("der Hof sei leer", [own], DEAF, speaker=seen, cue=seen)
    assert (case.parts(made.speaker), case.parts(made.cue)) == (["Kai Bruns"], ["soll", "gesagt haben"])
    assert case.parts(made.frame) == [frame]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("soll beim Essen Jan Tamm gesagt haben,", {"cue": "gesagt", "speaker": "Kai Bruns"}),
        ("soll laut Jan Tamm gesagt haben,", {"speaker": "Kai Bruns"}),
        ("soll laut Jan Tamm gesagt haben,", {"cue": "gesagt"}),
        ("soll laut Jan Tamm gesagt haben,", {"cue": "gesagt", "speaker": "Jan Tamm"}),
    ],
)
def test_nobody_passes_on_without_a_preposition_a_cue_and_another_speaker(text: str, roles: dict[str, str]) -> None:
    case = Case(f"Kai Bruns {text} der Hof sei leer.")
    own = case.rule("der Hof sei leer", frame=f"Kai Bruns {text}", **roles)
    made = case.combined("der Hof sei leer", [own], DEAF, speaker="Jan Tamm", cue="haben")
    assert (case.parts(made.speaker), case.parts(made.cue)) == (["Jan Tamm"], ["haben"])


@pytest.mark.parametrize(
    ("cue", "made"),
    [("soll|gesagt haben", ["soll", "gesagt haben"]), ("will|gesagt", ["will", "gesagt"]), ("gesagt haben", ["haben"])],
)
def test_a_modal_of_the_cue_is_not_lost(cue: str, made: list[str]) -> None:
    modal = cue.removesuffix("gesagt haben").removesuffix("gesagt").rstrip("|") or "soll"
    case = Case(f"Kai Bruns {modal} beim Essen gesagt haben, der Hof sei leer.")
    own = case.rule("der Hof sei leer", speaker="Kai Bruns", cue=cue)
    seen = case.combined("der Hof sei leer", [own], DEAF, speaker="Essen", cue="haben")
    assert (case.parts(seen.speaker), case.parts(seen.cue)) == (["Essen"], made)


@pytest.mark.parametrize(
    ("text", "found", "quote"),
    [
        ("Bruns sagte, das sei „ein Geschenk“.", "das sei „ein Geschenk", "das sei „ein Geschenk“"),
        ("Bruns sagte, das sei „ein Geschenk”.", "das sei „ein Geschenk", "das sei „ein Geschenk”"),
        ("Bruns sagte, das sei »ein Geschenk«.", "das sei »ein Geschenk", "das sei »ein Geschenk«"),
        ("Bruns sagte, das sei ‚ein Geschenk‘.", "das sei ‚ein Geschenk", "das sei ‚ein Geschenk‘"),
        ('Bruns sagte, das sei "ein Geschenk".', 'das sei "ein Geschenk', 'das sei "ein Geschenk"'),
        ("„Bruns meint, das sei ein Geschenk“.", "das sei ein Geschenk", "das sei ein Geschenk"),
        ('"Bruns meint, das sei ein Geschenk".', "das sei ein Geschenk", "das sei ein Geschenk"),
        ("Bruns sagte, das sei „ein Geschenk.", "das sei „ein Geschenk", "das sei „ein Geschenk"),
        ("»Bruns sprach von „Liebe“«.", "sprach von „Liebe“", "sprach von „Liebe“"),
        ("»Bruns nannte »das« ein Geschenk«.", "nannte »das« ein Geschenk", "nannte »das« ein Geschenk"),
    ],
)
def test_a_quotation_keeps_the_mark_that_closes_what_it_opens(text: str, found: str, quote: str) -> None:
    case = Case(text)
    assert case.parts(case.combined(found, []).quote) == [quote]


def test_punctuation_at_the_edges_is_not_quoted() -> None:
    case = Case("Bruns sagte – so Voss –, der Hof sei leer; das Vieh sei fort.")
    assert case.parts(case.combined(", der Hof sei leer;", []).quote) == ["der Hof sei leer"]


def test_a_quotation_does_not_reach_over_an_offer() -> None:
    text = "Kai Bruns sagte, der Hof sei leer und [Newsletter] der Stall brenne."
    case = Case(text)
    offer = case.words("[Newsletter]")
    kept = [word for n, word in enumerate(case.places.words) if n not in offer]
    case.places = places_of(text, [kept[: offer[0]], kept[offer[0] :]])
    own = case.rule("der Hof sei leer und [Newsletter] der Stall brenne")
    made = case.combined("leer und [Newsletter] der Stall brenne", [own])
    assert case.parts(made.quote) == ["leer und", "der Stall brenne"]


def test_what_lies_between_words_in_marks_is_never_direct_speech() -> None:
    case = Case("„Wir“, so Bruns, „werden“, und dabei lachte er, „nie weichen.“")
    marked = [
        Draft(QuotationType.DIRECT, "speech", [case.span(part) for part in ("„Wir“", "„werden“", "„nie weichen.“")])
    ]
    found = case.found("„werden“, und dabei lachte er, „nie weichen.“", "direct")
    assert case.settled([found], marked) == [("direct", "„Wir“ … „werden“ … „nie weichen.“")]


def test_what_only_the_rules_find_in_somebodys_words_is_kept_within_them() -> None:
    case = Case("Kai Bruns sagte, Ina Voss habe versichert, das Vieh werde bleiben.")
    outer = case.rule("Ina Voss habe versichert, das Vieh werde bleiben")
    inner = case.rule("das Vieh werde bleiben", speaker="Ina Voss")
    inner.parent = outer
    (first, second) = settle(
        [case.found("Ina Voss habe versichert, das Vieh werde bleiben")], [outer, inner], case.places, USE
    )
    assert (first.nested, second.nested) == (False, True)
    assert case.said(second.words) == "das Vieh werde bleiben"


@pytest.mark.parametrize(
    ("cue", "kept"), [("soll|gesagt haben", []), ("gesagt haben", ["Der alte Staatschef Ivo Morosk soll"])]
)
def test_whoever_shall_have_said_something_is_no_quotation_however_long_the_name(cue: str, kept: list[str]) -> None:
    case = Case("Der alte Staatschef Ivo Morosk soll laut Kai Bruns gesagt haben, das Vieh werde bleiben.")
    frame = "Der alte Staatschef Ivo Morosk soll laut Kai Bruns gesagt haben"
    own = case.rule("das Vieh werde bleiben", cue=cue, speaker="Der alte Staatschef Ivo Morosk", frame=frame)
    found = [case.found("Der alte Staatschef Ivo Morosk soll"), case.found("das Vieh werde bleiben")]
    assert [words for _, words in case.settled(found, [own])] == [*kept, "das Vieh werde bleiben"]


def test_a_quotation_may_end_with_the_text() -> None:
    case = Case("Kai Bruns sagte, der Hof sei leer")
    assert case.parts(case.combined("der Hof sei leer", []).quote) == ["der Hof sei leer"]
