"""Lines about events, sources and conflicts in words, shared by the terminal, Markdown and the page."""

from __future__ import annotations

from babel import Locale

from quellenlage.model import (
    FORGOTTEN,
    Account,
    Conflict,
    ConflictGrade,
    ConflictKind,
    Corroboration,
    DateInterval,
    Event,
    Evidence,
    Factuality,
    Figure,
    Origin,
    RunningFigure,
    Side,
)
from quellenlage.story.rivals import PERHAPS
from quellenlage.views.holdings import Chain, Citation, ClaimLine, Holdings
from quellenlage.views.locale import Words
from quellenlage.views.wording.dates import date_words, day_words, short_interval
from quellenlage.views.wording.numbers import range_words, surface_unit
from quellenlage.views.wording.phrases import is_quantity
from quellenlage.views.wording.quoting import in_marks, quoted
from quellenlage.views.wording.told import told_parties

_MARKED = frozenset(Factuality) - {Factuality.HAPPENED}


def event_date(event: Event, holdings: Holdings, words: Words) -> str:
    """When an event was, in words; of an undated one, when it was first reported: "undatiert, gemeldet 3. Mai 2021".

    Says so where a person gave the days.
    """
    if event.interval:
        return by_hand(date_words(event.interval, words), event, "time", words)
    reports = [holdings.cite(account.member.article) for account in event.accounts]
    dated = [(report.published, report) for report in reports if report.published]
    if not dated:
        return words("date.undated")
    first = min(dated, key=lambda pair: (pair[0].latest, pair[0].earliest))[1]
    return words("date.reported", when=published_words(first, words))


def by_hand(told: str, event: Event, field: str, words: Words) -> str:
    """What is told of a field, with a mark where a person corrected it: "3. Mai 2021 (von Hand berichtigt)"."""
    return f"{told} ({words('corrections.by_hand')})" if told and event.correction(field) else told


def place_of(event: Event, holdings: Holdings) -> str:
    """Name of the place of an event; one that a person gave may be unknown to the archive."""
    given = event.correction("place")
    told = given.value if given and event.place is None and given.value != FORGOTTEN else ""
    return holdings.name(event.place) or told


def published_words(citation: Citation, words: Words) -> str:
    """When an article was published: the days in words, "ab 8. Dezember 2024" where only the beginning is known."""
    if citation.published is None:
        return words("citation.undated")
    if citation.open_end:
        return words("date.since", first=day_words(citation.published.earliest, words))
    return date_words(citation.published, words)


def participants(event: Event, holdings: Holdings) -> str:
    """Who did it to whom: "A, B → C"; "→ C" where only the latter is known, empty where nobody is."""
    acting, undergoing = told_parties(event, holdings)
    actors = ", ".join(holdings.names([one.id for one in acting]))
    recipients = ", ".join(holdings.names([one.id for one in undergoing]))
    return f"{actors} → {recipients}".lstrip() if recipients else actors


def event_title(event: Event, holdings: Holdings, words: Words) -> str:
    """Kind of event in words with its participants: "Gespräch: A, B – Wien"; marked where a person corrected it."""
    who = participants(event, holdings)
    kind = by_hand(words.code("event", event.event_type), event, "type", words)
    told = f"{kind} {who}" if who.startswith("→") else f"{kind}: {who}" if who else kind
    place = by_hand(place_of(event, holdings), event, "place", words)
    return f"{told} – {place}" if place else told


def factuality_mark(factuality: Factuality, words: Words) -> str:
    """The mark that a reader must see ("geplant", "bestritten", "mutmaßlich"); empty for what happened."""
    return words.code("factuality", factuality.value) if factuality in _MARKED else ""


def event_mark(event: Event, words: Words) -> str:
    """The mark of an event: "nicht geschehen" where articles say so on their own word and nobody says otherwise."""
    own_word = (a.factuality is Factuality.DENIED and not a.chain and a.claim is None for a in event.accounts)
    if event.accounts and all(own_word):
        return words("factuality_none.told")
    return factuality_mark(event.factuality, words)


def citation_words(citation: Citation, words: Words) -> str:
    """Outlet or file, and when published: "Abendblatt, 15.01.2020"; says so when the day is not known."""
    if citation.published is None:
        return f"{citation.label}, {words('citation.undated')}"
    if citation.open_end:
        return f"{citation.label}, {published_words(citation, words)}"
    return f"{citation.label}, {short_interval(citation.published, words)}"


def place_in_source(evidence: Evidence, citation: Citation) -> str:
    """Where exactly the words stand: `source:start-end`, in code points of the article's text.

    Of a long absolute path only the end is shown; JSON has all of it.
    """
    source = citation.source
    if source.startswith("/") and source.count("/") > 2:
        source = "…/" + "/".join(source.rsplit("/", 2)[1:])
    return f"{source}:{evidence.start}-{evidence.end}"


def chain_words(chain: Chain, holdings: Holdings, words: Words, *, claimed: bool = True) -> str:
    """On whose word: the informant and each relay; says so where nobody is named, or the article itself tells it."""
    links = _links(chain, holdings, words)
    if not links:
        return words("chain.unnamed") if claimed else words("chain.author")
    if len(links) == 1:
        return words("chain.word_of", who=links[0])
    return words("chain.relayed", who=links[0], via=words("chain.then").join(links[1:]))


def _links(chain: Chain, holdings: Holdings, words: Words) -> list[str]:
    """Names along a chain; a number of people or things is nobody's word."""
    named = ([name for name in names if not is_quantity(name)] for names in holdings.chain_names(chain))
    return [words("list.and").join(names) for names in named if names]


def trail(claim: ClaimLine, holdings: Holdings, words: Words) -> str:
    """On whose word, from whose words they are to the article: "Putin ← Peskow ← Interfax ← dieser Artikel".

    Where the text attributes the words and it is not known to whom, it says so, with the words for that person.
    """
    links = _links(claim.chain, holdings, words)
    if links and claim.corrected:
        links[0] = f"{links[0]} ({words('corrections.by_hand')})"
    if not links and claim.unresolved:
        links = [words("chain.unresolved")]
        if claim.speaker:
            named = " ".join(in_marks(quoted(e), words) for e in claim.speaker)
            links = [words("chain.unresolved_named", words=named)]
        if claim.candidates:
            listed = [
                words("chain.candidate", who=name, percent=round(100 * score))
                for entity, score in claim.candidates
                for name in holdings.names((entity,))
            ]
            links = [words("chain.candidates", unresolved=links[0], listed=", ".join(listed))]
    return " ← ".join([*(links or [words("chain.unnamed")]), words("chain.article")])


def claim_chain(claim: ClaimLine, holdings: Holdings, words: Words) -> str:
    """On whose word a claim is, marked where a person corrected it; says so where it is not known."""
    told = words("chain.unresolved") if claim.unresolved else chain_words(claim.chain, holdings, words)
    return f"{told} ({words('corrections.by_hand')})" if claim.corrected else told


def account_chain(account: Account, holdings: Holdings, words: Words) -> str:
    """On whose word an account rests."""
    return chain_words(account.chain, holdings, words, claimed=account.claim is not None)


def corroboration_words(event: Event, words: Words) -> str:
    """How far an event is borne out: "1 Gewährsperson, 2 Ursprünge, 11 Abdrucke"; no reprints are not told."""
    return borne_words(event.corroboration, words)


def borne_words(borne: Corroboration, words: Words) -> str:
    """How far anything is borne out, with what is not independent: "…, davon 2 aus einem Lager (Russland)"."""
    parts = [words.count("count.informants", len(borne.informants))] if borne.informants else []
    parts.append(words.count("count.origins", len(borne.origins)))
    if borne.reprints:
        parts.append(words.count("count.reprints", borne.reprints))
    parts += [
        words("sources.camp", n=words.number(len(camp.voices)), camp=camp_words((camp.key, camp.name), words))
        for camp in borne.camps
    ]
    return ", ".join(parts)


def camp_words(camp: tuple[str, str], words: Words) -> str:
    """Name of a camp, given by its key and German name, in the language of the view: states have one in each."""
    kind, _, code = camp[0].partition(":")
    if kind != "state" or words.lang == "de":
        return camp[1]
    return str(Locale(words.lang).territories.get(code, camp[1]))


def conflict_words(conflict: Conflict, holdings: Holdings, words: Words) -> str:
    """A conflict in one line: "Zahl (Soldat): 400 gegen 600"."""
    kind = words.code("conflict", conflict.kind.value)
    about = "" if conflict.about in {"", conflict.kind.value} else f" ({about_words(conflict, holdings, words)})"
    sides = dict.fromkeys(side_value(conflict, side.value, holdings, words) for side in conflict.sides)
    return f"{kind}{about}: {words('list.versus').join(sides)}{conflict_marks(conflict, words)}"


def conflict_marks(conflict: Conflict, words: Words) -> str:
    """What is less than a contradiction, and what a person holds to be settled: " · Spannung · erledigt: …"."""
    marks = [] if conflict.grade is ConflictGrade.CONTRADICTION else [words.code("grade", conflict.grade.value)]
    if PERHAPS in conflict.reasons:
        marks.append(words("conflicts.perhaps_one"))
    if conflict.settled:
        marks.append(words("conflicts.settled", note=conflict.settled))
    return "".join(f" · {mark}" for mark in marks)


def origin_counts(origin: Origin, words: Words) -> str:
    """How many articles an origin has in the archive, and how many of them are reprints; or that others tell of it."""
    if not origin.articles:
        return words.count("count.relaying", len(origin.relayed))
    told = words.count("count.articles", len(origin.articles))
    return f"{told}, {words.count('count.reprints', len(origin.reprints))}" if origin.reprints else told


def running_words(running: RunningFigure, words: Words) -> str:
    """A figure with its versions: "Fortgeschrieben (Tote): mindestens 14 (17. November 2021) → 17"."""
    steps = []
    for figure, day in zip(running.figures, running.reported, strict=True):
        told = range_words(figure.low, figure.high, "", words)
        steps.append(f"{told} ({day_words(day, words)})" if day else told)
    return words("conflicts.running", unit=surface_unit(running.figures) or running.unit, steps=" → ".join(steps))


def about_words(conflict: Conflict, holdings: Holdings, words: Words) -> str:
    """What a conflict is about, in words where it is a code or an identifier."""
    about = conflict.about.partition(":")[0]
    if conflict.kind in {ConflictKind.HAPPENED, ConflictKind.MANNER} and about:
        return words.code("conflict_about", about)
    if (conflict.kind, about) == (ConflictKind.NUMBER, "term"):
        return words.code("conflict_about", about)
    if conflict.kind is ConflictKind.NUMBER:
        return conflict.about[:1].upper() + conflict.about[1:]  # a noun; one that two people count is kept folded
    return holdings.name(words.code("event", conflict.about))


def side_value(conflict: Conflict, value: str, holdings: Holdings, words: Words) -> str:
    """The value of a side in words: a factuality, an interval, a name, or the words of the text."""
    if conflict.kind.value == "happened":
        return words.code("factuality", value)
    if conflict.kind.value == "time":
        return time_value(value, words)
    return holdings.name(value)


def time_value(value: str, words: Words) -> str:
    """An ISO day, month, year or interval in words; anything else as it stands."""
    try:
        return date_words(DateInterval.parse(value), words)
    except ValueError:
        return value


def side_claimed(conflict: Conflict, side: Side, holdings: Holdings) -> bool:
    """Whether a side without a chain rests on a claim that names nobody, rather than on the article's own word."""
    event = holdings.events.get(conflict.event)
    for account in event.accounts if event else ():
        told = account.evidence
        if told.article == side.evidence.article and told.span.overlaps(side.evidence.span):
            return account.claim is not None
    return False


def side_sentence(conflict: Conflict, side: Side, holdings: Holdings) -> Evidence:
    """The sentence a side of a conflict rests on (its evidence may be no more than the number)."""
    place = (side.evidence.article, side.evidence.start)
    if place in holdings.sentences:
        return holdings.sentences[place]
    event = holdings.events.get(conflict.event)
    for account in event.accounts if event else ():
        told = account.evidence
        if told.article == side.evidence.article and told.span.contains(side.evidence.span):
            return told
    return side.evidence


def side_figure(conflict: Conflict, side: Side, holdings: Holdings) -> Figure | None:
    """The figure that a side of a conflict about numbers gives, if it is one."""
    event = holdings.events.get(conflict.event)
    for account in event.accounts if event else ():
        for figure in account.figures:
            if (figure.evidence.article, figure.evidence.start) == (side.evidence.article, side.evidence.start):
                return figure
    return None
