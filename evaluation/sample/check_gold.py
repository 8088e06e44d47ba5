"""Check the gold files of the sample corpus: spans, identifiers, kinds, weekdays.

Run ``python evaluation/sample/check_gold.py``; prints what is wrong and exits with 1, or prints counts.
"""

from __future__ import annotations

import datetime
import email
import email.policy
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "src" / "quellenlage" / "resources" / "sample"
HALVES = ("open", "held")

ZONES = set("headline lead body caption byline dateline credit boilerplate".split())
ENTITIES = set("PER ORG GPE LOC GRP MISC".split())
FORMS = set("name noun pronoun".split())
TIMEXES = set("DATE TIME DURATION SET".split())
CLAIMS = {"direct", "indirect", "reported", None}
EVIDENTIALITY = set("asserted hedged demanded questioned".split())
POLARITY = set("affirmed denied unknown".split())
EVENTS = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
    "MOBILIZE COERCE ASSAULT DEATH ACCIDENT DISASTER CRIME JUSTICE PERSONNEL ELECTION LAW ECONOMY SPORT "
    "MOVEMENT CULTURE SCIENCE OTHER".split()
)
FACTUALITY = set("happened ongoing planned denied alleged hypothetical".split())
CONFLICTS = set("number time place happened".split())
WEEKDAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
INLINE = {"a", "b", "em", "i", "strong", "time"}


class Paragraphs(HTMLParser):
    """The visible paragraphs of the body, entities decoded, white space collapsed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._text = ""
        self._hidden = 0
        self._in_body = False

    def _flush(self) -> None:
        text = " ".join(self._text.split())
        if text and self._in_body:
            self.found.append(text)
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """End a passage at a block, and leave scripts out."""
        if tag in ("script", "style"):
            self._hidden += 1
        elif tag not in INLINE:
            self._flush()
        self._in_body = self._in_body or tag == "body"

    def handle_endtag(self, tag: str) -> None:
        """End a passage at a block."""
        if tag in ("script", "style"):
            self._hidden -= 1
        elif tag not in INLINE:
            self._flush()

    def handle_data(self, data: str) -> None:
        """Collect what a reader sees."""
        if not self._hidden:
            self._text += data


def source_lines(name: str) -> list[str]:
    """The decoded lines of one article."""
    file, _, number = name.partition("#")
    raw = (CORPUS / file).read_bytes()
    if file.endswith(".eml"):
        part = email.message_from_bytes(raw, policy=email.policy.default).get_body(("plain",))
        text = part.get_content() if part else ""
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
    if file.endswith(".html"):
        parser = Paragraphs()
        parser.feed(text)
        return parser.found
    if file.endswith(".jsonl"):
        row = json.loads(text.splitlines()[int(number) - 1])
        text = f"{row['title']}\n{row['text']}"
    return text.replace("\r\n", "\n").split("\n")


def count(haystack: str, needle: str) -> int:
    """How often the string occurs, overlapping occurrences included."""
    return len(re.findall(f"(?={re.escape(needle)})", haystack))


def spans(article: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every span of the article with a word on where it stands."""
    for timex in article["timexes"]:
        yield "timex", timex
    for entity in article["entities"]:
        for mention in entity["mentions"]:
            yield entity["id"], mention
    for claim in article["claims"]:
        for span in claim.get("spans") or [claim]:
            yield claim["id"], span
    for event in article["events"]:
        yield event["id"], event["trigger"]


def weekday_errors(lines: list[str], article: dict[str, Any]) -> Iterator[str]:
    """Dates whose weekday the calendar contradicts."""
    known = str(article["dct"]["value"] or article["dct"].get("with_corpus_range") or "")
    year = known[:4]
    pattern = rf"({'|'.join(WEEKDAYS)}),? (?:den )?(\d{{1,2}})\. ({'|'.join(MONTHS)})(?: (\d{{4}}))?"
    for weekday, day, month, given in re.findall(pattern, "\n".join(lines)):
        if given or year:
            date = datetime.date(int(given or year), MONTHS.index(month) + 1, int(day))
            if WEEKDAYS[date.weekday()] != weekday:
                yield f"{date} is no {weekday}"
    for timex in article["timexes"]:
        value = timex["value"].replace("XXXX", year) if year else timex["value"]
        named = next((day for day in WEEKDAYS if day in timex["text"]), None)
        if named and re.match(r"\d{4}-\d\d-\d\d", value):
            date = datetime.date.fromisoformat(value[:10])
            if WEEKDAYS[date.weekday()] != named:
                yield f"timex {timex['text']!r}: {date} is no {named}"


def article_errors(article: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one article."""
    lines = [line.strip() for line in source_lines(article["file"])]
    starts = Counter(line[:60] for line in lines if line)
    zones = [zone for zone in article["zones"] if not zone.get("inline")]
    boilerplate = {zone["text"] for zone in zones if zone["kind"] == "boilerplate"}
    html = ".html" in article["file"]
    own = "\n".join(line for line in lines if not (html and line[:60] in boilerplate))

    if Counter(zone["text"] for zone in zones) != starts:
        yield "zones do not cover the lines one by one"
    for zone in article["zones"]:
        if zone["kind"] not in ZONES:
            yield f"zone kind {zone['kind']}"
        if zone["text"] not in "\n".join(lines):
            yield f"zone text {zone['text']!r}"
    if article["headline"] and article["headline"] not in own:
        yield f"headline {article['headline']!r}"
    for where, span in spans(article):
        if "\n" in span["text"] or count(own, span["text"]) < span["nth"]:
            yield f"{where}: {span['text']!r} occurs less than {span['nth']} times"

    entities = {entity["id"] for entity in article["entities"]}
    claims = {claim["id"] for claim in article["claims"]}
    words = claims | {"author"}
    ids = [item["id"] for key in ("entities", "claims", "events") for item in article[key]]
    yield from (f"{name}: given twice" for name, times in Counter(ids).items() if times > 1)
    taken = [(m["text"], m["nth"]) for entity in article["entities"] for m in entity["mentions"]]
    yield from (f"{text!r}: mention of two entities" for text, times in Counter(taken).items() if times > 1)
    yield from (f"timex type {t['type']}" for t in article["timexes"] if t["type"] not in TIMEXES)
    for entity in article["entities"]:
        if entity["kind"] not in ENTITIES or not entity["mentions"]:
            yield f"{entity['id']}: kind or mentions"
        yield from (f"{entity['id']}: form" for m in entity["mentions"] if m["form"] not in FORMS)
    for claim in article["claims"]:
        valid = (
            claim["type"] in CLAIMS,
            claim["evidentiality"] in EVIDENTIALITY,
            claim["polarity"] in POLARITY,
            all(link and entities.issuperset(link) for link in claim["chain"]),
        )
        if not all(valid):
            yield f"{claim['id']}: type, evidentiality, polarity or chain {valid}"
    for event in article["events"]:
        place = {event["place"]} - {None}
        valid = (
            event["type"] in EVENTS,
            event["factuality"] in FACTUALITY,
            event["word_of"] in words,
            entities.issuperset({*event["actors"], *event["recipients"], *place}),
            all(q["text"] in own and q.get("word_of", "author") in words for q in event["quantities"]),
        )
        if not all(valid):
            yield f"{event['id']}: type, factuality, word_of, participants or quantities {valid}"
    yield from weekday_errors(lines, article)


def archive_errors(gold: dict[str, dict[str, Any]]) -> Iterator[str]:
    """What is wrong with the archive parts, and whether each item stands in the right half."""
    half_of = {article["file"]: half for half in HALVES for article in gold[half]["articles"]}
    known = {
        f"{article['file']}#{item['id']}"
        for half in HALVES
        for article in gold[half]["articles"]
        for item in (*article["entities"], *article["events"])
    }
    for half in HALVES:
        archive = gold[half]["archive"]
        touched: list[tuple[str, list[str]]] = []
        for item in (*archive["events"], *archive["entities"]):
            label = item.get("label") or item["name"]
            yield from (f"{label}: {member} unknown" for member in item["members"] if member not in known)
            touched.append((label, [member.rpartition("#")[0] for member in item["members"]]))
        for item in archive["reprints"]:
            touched.append((f"reprints of {item['origin']}", item["articles"]))
        for item in archive["conflicts"]:
            if item["kind"] not in CONFLICTS:
                yield f"{item['about']}: kind {item['kind']}"
            touched.append((item["about"], [account["file"] for account in item["accounts"]]))
        for item in (*archive["chains"], *(a for c in archive["conflicts"] for a in c["accounts"])):
            if item["text"] not in "\n".join(source_lines(item["file"])):
                yield f"{item['file']}: {item['text']!r} not in the source"
        touched += [(item["text"], [item["file"]]) for item in archive["chains"]]
        for label, files in touched:
            unknown = [file for file in files if file not in half_of]
            right = "open" if all(half_of.get(file) == "open" for file in files) else "held"
            if unknown or right != half:
                yield f"{label}: belongs into {right}, stands in {half} {unknown}"


def main() -> int:
    """Print every error; 1 if there is one."""
    gold = {half: json.loads((HERE / f"{half}.json").read_text("utf-8")) for half in HALVES}
    errors = list(archive_errors(gold))
    for half in HALVES:
        articles = gold[half]["articles"]
        errors += [f"{article['file']}: {error}" for article in articles for error in article_errors(article)]
        keys = ("zones", "timexes", "entities", "claims", "events")
        counts = {key: sum(len(article[key]) for article in articles) for key in keys}
        counts["mentions"] = sum(len(entity["mentions"]) for article in articles for entity in article["entities"])
        archive = {key: len(value) for key, value in gold[half]["archive"].items()}
        print(f"{half}: {len(articles)} articles, {counts}, archive {archive}")
    listed = [article["file"].partition("#")[0] for half in HALVES for article in gold[half]["articles"]]
    for path in sorted(CORPUS.iterdir()):
        if path.name not in (*listed, "README.md"):
            errors.append(f"{path.name}: without gold")
    print("\n".join(errors) or "clean")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
