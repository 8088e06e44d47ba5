"""The dossier of one name as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from quellenlage.execution import Placed
from quellenlage.model import Entity, EntityKind, to_builtins
from quellenlage.views.cli.doubting import perhaps_words
from quellenlage.views.cli.lines import INDENT, claim_lines, heading, quotation_lines
from quellenlage.views.cli.output import bold, dim, plain, quotation, warn
from quellenlage.views.cli.referring import matches_of
from quellenlage.views.holdings import Holdings, claims_of, events_of
from quellenlage.views.locale import Words
from quellenlage.views.records import Record
from quellenlage.views.wording.corrections import event_marks
from quellenlage.views.wording.dates import short_interval
from quellenlage.views.wording.lines import citation_words, place_in_source
from quellenlage.views.wording.offices import OfficeSpan, office_spans
from quellenlage.views.wording.quoting import quoted
from quellenlage.views.wording.reasons import reason_words, script_of
from quellenlage.views.wording.spelled import spelled_in


def candidate_lines(entity: Entity, holdings: Holdings, words: Words) -> Iterator[str]:
    """One of several of a name: name, kind, first office, in how many articles, identifier; what may be the same."""
    articles = words.count("count.articles", len({m.article for m in entity.members}))
    office = f", {entity.offices[0].text}" if entity.offices else ""
    kind = words.code("kind", entity.kind.value)
    yield f"{bold(entity.name)} ({plain(kind + office)}), {articles}  {dim(entity.id)}"
    if perhaps := holdings.perhaps(entity.id):
        yield f"{INDENT}{perhaps_title(entity, words)}: {plain('; '.join(other.name for _, other in perhaps))}"


def perhaps_title(entity: Entity, words: Words) -> str:
    """Heading of what may be the same as an entity."""
    return words("entity.perhaps_person" if entity.kind is EntityKind.PER else "entity.perhaps")


def entity_lines(entity: Entity, holdings: Holdings, words: Words) -> Iterator[str]:
    """Spellings, why it is one, what may be the same, offices in time, events, claims, articles."""
    yield f"{bold(entity.name)} ({words.code('kind', entity.kind.value)})  {dim(entity.id)}"
    if told := spelling_words(entity, holdings, words):
        yield f"{INDENT}{words('entity.spellings')}: {plain('; '.join(told))}"
    if place := place_words(entity, words):
        yield f"{INDENT}{words('entity.place')}: {plain(place)}"
    if told := reason_words(entity.reasons, words, spelled_in(holdings.linked, entity)):
        yield INDENT + dim(f"{words('entity.reasons')}: {'; '.join(told)}")
    yield from _perhaps_lines(entity, holdings, words)
    yield from _office_lines(entity, holdings, words)
    if events := events_of(entity.id, holdings):
        yield from _section(words("entity.events"))
        for event in events:
            yield INDENT + heading(event, holdings, words)
            for text in quotation_lines(event.accounts[0].evidence, holdings, words):
                yield INDENT + text
            for mark in event_marks(event, holdings, words):
                yield INDENT * 2 + warn(mark)
    if claims := claims_of(entity.id, holdings):
        yield from _section(words("entity.claims"))
        for claim in claims:
            for text in claim_lines(claim, holdings, words):
                yield INDENT + text
    yield from _section(words("entity.articles"))
    for article in dict.fromkeys(m.article for m in entity.members):
        citation = holdings.cite(article)
        headline = f": {citation.headline}" if citation.headline else ""
        yield f"{INDENT}{plain(citation_words(citation, words) + headline)} {dim(f'({citation.source})')}"


def mention_lines(entity: Entity, placed: Iterable[Placed], holdings: Holdings, words: Words) -> Iterator[str]:
    """Every mention with its number, by which `judge split --mention` takes it out, article by article."""
    yield f"{bold(entity.name)} ({words.code('kind', entity.kind.value)})  {dim(entity.id)}"
    member = None
    for one in placed:
        citation = holdings.cite(one.member.article)
        if one.member.article != member:
            member = one.member.article
            yield from _section(citation_words(citation, words))
        where = place_in_source(one.quoted, citation)
        yield f"{INDENT}{one.number}  {bold(one.quoted.exact)}  {dim(where)}"
        yield INDENT * 2 + quotation(quoted(one.sentence), words)


def mention_record(one: Placed, entity: Entity) -> Record:
    """A mention as a record: whose it is across articles and in its own, its number there, words and sentence."""
    return {
        "record": "mention",
        "entity": entity.id,
        "name": entity.name,
        "member": one.identifier,
        "article": one.member.article,
        "source": one.source,
        "number": one.number,
        "kind": one.mention.kind.value,
        "form": one.mention.form,
        "evidence": to_builtins(one.quoted),
        "sentence": to_builtins(one.sentence),
    }


def _perhaps_lines(entity: Entity, holdings: Holdings, words: Words) -> Iterator[str]:
    perhaps = holdings.perhaps(entity.id)
    if perhaps:
        yield from _section(perhaps_title(entity, words))
    for doubt, other in perhaps:
        spelled = spelled_in(holdings.linked, entity, other.entity)
        yield f"{INDENT}{plain(perhaps_words(doubt, other, words, spelled))}  {dim(other.entity.id)}"


def _office_lines(entity: Entity, holdings: Holdings, words: Words) -> Iterator[str]:
    """Each office as a span of time, with the first and the last article that give it."""
    spelled = spelled_in(holdings.linked, entity)
    if listed := matches_of(entity.id, holdings.linked.references, words, spelled):
        yield from _section(words("references.heading"))
        yield from listed
    if entity.offices:
        yield from _section(words("entity.offices"))
    for span in office_spans(entity):
        yield INDENT + plain(office_words(span, words))
        for given in (span.first, span.last) if span.last is not span.first else (span.first,):
            citation = holdings.cite(given.evidence.article)
            where = f"{citation_words(citation, words)} ({place_in_source(given.evidence, citation)})"
            yield INDENT * 2 + f"{plain(given.text)} {dim(where)}"


def spelling_words(entity: Entity, holdings: Holdings, words: Words) -> list[str]:
    """How the articles write a name, the most frequent form first, with the script where it is not Latin.

    Empty where they write it in one way only, the name itself.
    """
    counts = holdings.forms.get(entity.id, Counter[str]())
    forms = sorted(dict.fromkeys([*counts, *entity.spellings]), key=lambda form: -counts.get(form, 0))
    if [form for form in forms if script_of(form)] in ([], [entity.name]):
        return []
    told = []
    for form in forms:
        script = script_of(form)
        if not script:
            continue
        if not counts.get(form):
            told.append(form)
        elif script == "latin":
            told.append(words("entity.form", form=form, n=words.number(counts[form])))
        else:
            named = words.code("script", script)
            told.append(words("entity.form_script", form=form, n=words.number(counts[form]), script=named))
    return told


def place_words(entity: Entity, words: Words) -> str:
    """Where an entity is: place, state, coordinates, how many articles tell it so; empty where nothing is known."""
    place = entity.place
    if place is None:
        return ""
    parts = [place.name]
    if place.state:
        parts.append(words("entity.state", state=words("list.and").join(_states(place.state, words))))
    if place.lat is not None and place.lon is not None:
        parts.append(f"{words.number(round(place.lat, 2))}° / {words.number(round(place.lon, 2))}°")
    articles = words.count("dossier.in_articles", place.articles)
    return f"{', '.join(parts)} ({words('entity.told_in', articles=articles)})"


def _states(codes: Iterable[str], words: Words) -> list[str]:
    """Names of states by their ISO 3166 codes; anything else as it stands."""
    from babel import Locale

    names = Locale(words.lang).territories
    return [str(names.get(code, code)) for code in codes]


def office_words(span: OfficeSpan, words: Words) -> str:
    """An office over time, and what the table of terms says of it."""
    agreement = f" ({words.code('agreement', span.agreement)})" if span.agreement != "unknown" else ""
    return f"{short_interval(span.days, words)}: {span.text}{agreement}"


def name_lines(name: str, holdings: Holdings, words: Words) -> Iterator[str]:
    """A name that stands for no entity, as a person put it in or an article has it: the claims on its word."""
    yield bold(name)
    yield from _section(words("entity.claims"))
    for claim in claims_of(name, holdings):
        for text in claim_lines(claim, holdings, words):
            yield INDENT + text


def _section(title: str) -> Iterator[str]:
    yield ""
    yield bold(title)
