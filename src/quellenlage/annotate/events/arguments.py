"""Who did it, who underwent it, and where: from prepositions, order, voice and case marks of one clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quellenlage.annotate.events.clauses import Clause
from quellenlage.annotate.events.lexicon import Pattern
from quellenlage.annotate.events.planned import AGREEMENTS
from quellenlage.annotate.events.triggers import Trigger
from quellenlage.annotate.events.words import DETERMINERS, PREPOSITIONS, Word
from quellenlage.model import Document, EntityKind, Mention, Span

_PLACES = frozenset({EntityKind.GPE, EntityKind.LOC})
_PLACE_PREPOSITIONS = frozenset(
    "in bei aus nach an auf vor nahe über zu nördlich südlich östlich westlich um innerhalb durch von".split()
)
_TARGETS = {
    "ASSAULT": {"gegen", "auf"},
    "CRIME": {"gegen", "auf"},
    "REQUEST": {"an"},
    "SUPPORT": {"für"},
    "AID": {"für", "an"},
    "COOPERATE": {"mit", "an"},
    "SANCTION": {"gegen"},
    "ACCUSE": {"gegen", "an"},
    "PROTEST": {"gegen"},
    "JUSTICE": {"gegen"},
    "COERCE": {"gegen"},
    "THREATEN": {"gegen", "an"},
    "REJECT": {"gegen"},
}
"""Prepositions that name who undergoes it, by type of event."""

_GENITIVE = frozenset({"der", "des", "eines", "einer", "dieser", "dieses", "seiner", "ihrer", "beider"})
_LIGHT_VERBS = frozenset(
    "führen halten abstatten statten unternehmen verüben beginnen starten fortsetzen anordnen ordnen abhalten "
    "erheben erhob üben leisten einlegen legen beenden aufnehmen planen ankündigen kündigen eröffnen".split()
)
"""Verbs whose subject acts in the noun they go with: "einen Besuch abstatten", "einen Angriff verüben"."""


_TALK = frozenset({"CONSULT", "AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
_AUTHORITIES = (
    "ministerium",
    "ministeriums",
    "regierung",
    "behörde",
    "behörden",
    "präsidium",
    "präsidialamt",
    "parlament",
)
_ROUTES = frozenset("straße straßen weg autobahn strecke bahnstrecke route zufahrt landstraße".casefold().split())
_TIME_NOUNS = frozenset(
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz april mai "
    "juni juli august "
    "september oktober november dezember morgen vormittag mittag nachmittag abend nacht woche monat jahr uhr".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention in its clause: the preposition it depends on ("" for none) and whether it is a genitive.

    `first` and `last` are positions in the clause; `joined` says that "und" ties it to the mention before it;
    `stands_for_state` that it names a government by its seat ("Moskau warnt"), where nothing happens.
    """

    mention: Mention
    preposition: str
    genitive: bool
    first: int
    last: int
    joined: bool = False
    stands_for_state: bool = False


@dataclass(frozen=True, slots=True)
class Arguments:
    """Local entity ids by role."""

    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Names of a document's entities; `acting` are the mentions, and the entities all of whose mentions, that stand for
    a state or its government. Gathered once for all sentences."""

    names: Mapping[str, str]
    acting: frozenset[str]

    @classmethod
    def of(cls, document: Document) -> Named:
        """Gather them."""
        acting = frozenset(p.mention or p.entity for p in document.places if p.role == "metonym")
        return cls({entity.id: entity.name for entity in document.entities}, acting)


def phrases(named: Named, clause: Clause, mentions: Iterable[Mention], barred: Sequence[Span]) -> list[Phrase]:
    """Mentions of a clause with their prepositions, those inside a barred span (a speaker's frame) left out."""
    found: list[Phrase] = []
    for mention in mentions:
        inside = [i for i, word in enumerate(clause.words) if mention.span.overlaps(word.token.span)]
        if not inside or any(span.overlaps(mention.span) for span in barred):
            continue
        first, last = inside[0], inside[-1]
        if any(other.first <= first and last <= other.last for other in found):
            continue  # a mention inside a longer one ("Minister" in "Minister Carter")
        preposition, genitive = _governor(clause.words, first, [p.last for p in found])
        genitive = genitive or _genitive_name(clause.words, last, named.names.get(mention.entity, ""))
        stands = not named.acting.isdisjoint((mention.id, mention.entity))
        found.append(Phrase(mention, preposition, genitive, first, last, stands_for_state=stands))
    return _coordinate(clause.words, found)


def _governor(words: Sequence[Word], first: int, ends: Sequence[int]) -> tuple[str, bool]:
    """Look left over titles, adjectives and articles for a preposition; a genitive article before a title counts."""
    genitive = False
    for position in range(first - 1, max(-1, first - 8), -1):
        word = words[position]
        if word.lemma in _TIME_NOUNS:
            break  # "am Montag Ilse Brandner": the preposition belongs to the day
        if (word.low in PREPOSITIONS and not word.capital) or (position == 0 and word.low in PREPOSITIONS):
            return PREPOSITIONS[word.low], False
        if word.low in DETERMINERS:
            # An article ends the noun phrase; only a preposition directly before it can still govern.
            before = words[position - 1].low if position else ""
            if before in PREPOSITIONS:
                return PREPOSITIONS[before], False
            genitive = word.low in _GENITIVE and position > 0 and words[position - 1].capital
            return "", genitive
        if position in ends or word.is_verb or not (word.capital or word.is_adjective_like):
            break
    return "", genitive


def _genitive_name(words: Sequence[Word], last: int, name: str) -> bool:
    """Whether a name carries a genitive -s beside a noun ("Assads Sturz", "der Sturz Assads"); "Damaskus" does not."""
    form = words[last].form
    if not form.endswith(("s", "’", "'")) or not name.endswith(form[:-1]) or len(form) < 4:
        return False
    before = words[last - 1] if last else None
    after = words[last + 1] if last + 1 < len(words) else None
    return (before is not None and before.capital and before.low not in DETERMINERS) or (
        after is not None and (after.capital or after.is_adjective_like)
    )


def _coordinate(words: Sequence[Word], found: list[Phrase]) -> list[Phrase]:
    """Let "mit X und Y" govern both, and "zwischen X und Y" too; titles and articles may stand between."""
    result: list[Phrase] = []
    for phrase in found:
        previous = result[-1] if result else None
        if previous and not phrase.preposition:
            between = words[previous.last + 1 : phrase.first]
            joined = (
                bool(between) and between[0].low in {"und", "sowie", "oder"} and not any(w.is_verb for w in between)
            )
            if joined:
                result.append(
                    replace(phrase, preposition=previous.preposition, genitive=previous.genitive, joined=True)
                )
                continue
        result.append(phrase)
    return result


def assign(
    trigger: Trigger, told: Sequence[Phrase], inherited: Sequence[Phrase], *, pronoun: bool = False
) -> Arguments:
    """Give the phrases of the trigger's clause their roles.

    `inherited` is the subject shared with another clause; `pronoun` says that a pronoun is the subject, so that no
    phrase can be.
    """
    place = _place(trigger, told)
    participants = [p for p in told if not _is_place_phrase(p) and p.mention.entity != place]
    if trigger.noun:
        actors, recipients = _of_noun(trigger, participants)
    else:
        actors, recipients = _of_verb(trigger, participants, inherited, pronoun=pronoun)
    if trigger.reading.symmetric:
        partners = [
            p
            for p in participants
            if p.preposition in {"mit", "zwischen"} and not (trigger.noun and _of_common_noun(trigger, p, told))
        ]
        actors, recipients = [*actors, *partners, *recipients], []
    actors_ids = _ids(actors)
    return Arguments(actors_ids, tuple(r for r in _ids(recipients) if r not in actors_ids), place)


def _ids(chosen: Iterable[Phrase]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase.mention.entity for phrase in chosen))


def _is_place(phrase: Phrase) -> bool:
    return phrase.mention.kind in _PLACES and not phrase.stands_for_state


def _is_place_phrase(phrase: Phrase) -> bool:
    return _is_place(phrase) and phrase.preposition in _PLACE_PREPOSITIONS - {"von", "durch"}


def _place(trigger: Trigger, told: Sequence[Phrase]) -> str | None:
    """Nearest place phrase; a visited place is the object of its verb ("besuchte Damaskus")."""
    here = [p for p in told if _is_place_phrase(p) and not _of_another_noun(trigger, p, told)]
    if trigger.reading.event_type in {"CONSULT", "MOVEMENT"} and not trigger.noun:
        here += [p for p in told if _is_place(p) and not p.preposition and p.first > 0 and not p.genitive
                 and trigger.word.lemma in {"besuchen", "verlassen", "durchqueren", "erreichen"}]  # fmt: skip
    if trigger.noun and any(word.lemma in AGREEMENTS for word in trigger.clause.words):
        # "haben sich in A auf einen Abzug aus B geeinigt": A is where they agreed.
        at = trigger.clause.words.index(trigger.word)
        here = [p for p in here if p.first > at]
    if trigger.noun:
        # "Nach ihrer Ankunft sind sie aus B abgezogen": from B they went, they did not arrive there.
        here = [p for p in here if not (p.preposition == "aus" and _verb_between(trigger, p))]
    if not here and trigger.reading.event_type not in _TALK:
        # "auf den Hafen der Stadt Miren": the place stands as a genitive or with "von" beside what was hit.
        here = [p for p in told if _is_place(p) and (p.genitive or p.preposition in {"von", "auf"})]
    if not here:
        return None
    at = trigger.clause.words.index(trigger.word)
    nearest = min(here, key=lambda p: (p.mention.form != "name", min(abs(p.first - at), abs(p.last - at))))
    return nearest.mention.entity


def _verb_between(trigger: Trigger, phrase: Phrase) -> bool:
    """Whether a verb stands between the trigger and a phrase after it."""
    words = trigger.clause.words
    return any(word.is_verb for word in words[words.index(trigger.word) + 1 : phrase.first])


def _of_common_noun(trigger: Trigger, phrase: Phrase, told: Sequence[Phrase]) -> bool:
    """Whether another common noun than the trigger stands right before the preposition ("Dialog mit X")."""
    words = trigger.clause.words
    at = phrase.first - 1
    while at >= 0 and words[at].low not in PREPOSITIONS:
        at -= 1
    before = words[at - 1] if at > 0 else None
    if before is None or not before.capital or before is trigger.word or before.lemma in _TIME_NOUNS:
        return False
    return not any(p.first <= at - 1 <= p.last for p in told)


def _of_another_noun(trigger: Trigger, phrase: Phrase, told: Sequence[Phrase]) -> bool:
    """Whether the place belongs to another noun: who talks about "die Lage in Syrien" need not be there."""
    words = trigger.clause.words
    at = phrase.first - 1
    while at >= 0 and words[at].low not in PREPOSITIONS:
        at -= 1
    before = words[at - 1] if at > 0 else None
    if before is not None and before.lemma.endswith(_AUTHORITIES):
        return True  # "nach Angaben des Ministeriums in X": where the ministry is, nothing else happened
    if phrase.preposition == "nach" and at > 1 and before is not None and before.low in _ROUTES:
        return True  # "die Straße nach X": where it leads, nothing happened
    if trigger.reading.event_type not in _TALK:
        return False
    if phrase.preposition == "über":
        return True
    if before is not None and before.low == "und":
        # "die Lage in Syrien und im Irak": what holds for the first place holds for the second.
        joined = next((p for p in told if p.last == at - 2 and _is_place_phrase(p)), None)
        return joined is not None and _of_another_noun(trigger, joined, told)
    if before is None or not before.capital or before is trigger.word or before.lemma in _TIME_NOUNS:
        return False
    return not any(p.first <= at - 1 <= p.last and p.mention.form == "name" for p in told)


def _set_off(trigger: Trigger, phrase: Phrase) -> bool:
    """Whether something parts a genitive from the trigger that it follows, or any phrase from the one it precedes.

    A noun that the trigger governs ("Angriff auf den Hafen der Stadt Miren"), or punctuation, of which a clause keeps
    but the gap ("Angriff auf Miren – Zahl der Toten steigt", "der Führer der Volksfront, verurteilte die Gespräche").
    """
    words = trigger.clause.words
    at = words.index(trigger.word)
    if phrase.first < at:
        return _gap(words[phrase.last : at + 1])
    between = words[at + 1 : phrase.first]
    targeted = bool(between) and between[0].low in _TARGETS.get(trigger.reading.event_type, ())
    governed = targeted and any(word.capital for word in between[1:])
    return phrase.genitive and (governed or _gap(words[at : phrase.first + 1]))


def _gap(words: Sequence[Word]) -> bool:
    """Whether the sentence has punctuation between these words of a clause."""
    return any(after.index - before.index > 1 for before, after in pairwise(words))


def _of_verb(
    trigger: Trigger, told: Sequence[Phrase], inherited: Sequence[Phrase], *, pronoun: bool
) -> tuple[list[Phrase], list[Phrase]]:
    bare = [p for p in told if not p.preposition and not p.genitive]
    agents = [p for p in told if p.preposition in {"von", "durch"}]
    targets = [p for p in told if p.preposition in _TARGETS.get(trigger.reading.event_type, ())]
    if pronoun:
        subject: list[Phrase] = []
    else:
        subject = list(inherited) if inherited and _elliptic(trigger.clause, bare) else _subject(bare)
    objects = [p for p in bare if p not in subject]
    if trigger.reading.pattern is Pattern.UNDERGOES:
        return [], subject
    if trigger.passive:
        return agents, subject
    if trigger.reading.pattern is Pattern.SUBJECT_ONLY:
        return subject, []
    return subject, [*objects, *targets]


def _elliptic(clause: Clause, bare: Sequence[Phrase]) -> bool:
    """Whether a clause after "und" leaves its subject out: no noun phrase follows the conjunction directly."""
    if not bare:
        return True
    between = clause.words[1 : bare[0].first]
    return any(not (w.capital or w.low in DETERMINERS or (w.is_adjective_like and not w.is_verb)) for w in between)


def _subject(bare: Sequence[Phrase]) -> list[Phrase]:
    """First phrase without preposition, with those that "und" joins to it."""
    if not bare:
        return []
    subject = [bare[0]]
    for phrase in bare[1:]:
        if not _joined(subject[-1], phrase):
            break
        subject.append(phrase)
    return subject


def _joined(a: Phrase, b: Phrase) -> bool:
    return b.joined and a.last < b.first


def _of_noun(trigger: Trigger, told: Sequence[Phrase]) -> tuple[list[Phrase], list[Phrase]]:
    at = trigger.clause.words.index(trigger.word)
    owners = [
        p
        for p in told
        if (p.genitive or p.preposition == "von")
        and (0 < p.first - at <= 7 or 0 < at - p.last <= 3)
        and not _set_off(trigger, p)
    ]
    agents = [p for p in told if p.preposition == "durch"]
    targets = [p for p in told if p.preposition in _TARGETS.get(trigger.reading.event_type, ()) and p.first > at]
    if trigger.reading.pattern is Pattern.GENITIVE_UNDERGOES:
        return agents, owners
    if not owners and any(word.lemma in _LIGHT_VERBS for word in trigger.clause.words if word.is_verb):
        owners = _subject([p for p in told if not p.preposition and not p.genitive])
    return [*owners, *agents], targets
