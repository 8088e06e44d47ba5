"""Stand-off annotations of our own over the training articles of `data/quotations`.

The articles stay where they are: a record names its article by number and repeats no text, only offsets and labels.
A reader works on a draft in token numbers, which `compile` turns into records with code-point offsets and checks.

    python -m training.reading show 11059            the article, sentence by sentence, with token numbers
    python -m training.reading compile DRAFT OUT     a draft to JSON Lines; every mistake is named with its line
    python -m training.reading agree A B             how well two readings of the same articles agree

A draft: `doc NUMBER` opens an article; `e1 PER` opens an entity (kind as in the annotation guideline), followed by its
mentions `n 12-13`, one a line: the form (n name, d derived adjective or inhabitant's name, p part of a compound,
c common noun, o pronoun) and the first and last token. `v ASSAULT 34 happened a=e1,e2 r=e3 p=e4` is an event with
its trigger token. `done` ends the article.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from training.data import data_path, read_jsonl

KINDS = frozenset("PER ORG GPE LOC GRP MISC".split())
FORMS = {"n": "name", "d": "derived", "p": "part", "c": "noun", "o": "pronoun"}
EVENT_TYPES = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT DEATH ACCIDENT DISASTER CRIME JUSTICE PERSONNEL ELECTION LAW ECONOMY SPORT MOVEMENT "
    "CULTURE SCIENCE OTHER".split()
)
FACTUALITIES = frozenset("happened ongoing planned denied alleged hypothetical".split())
ARGUMENTS = {"a": "actors", "r": "recipients", "p": "place"}


class DraftError(ValueError):
    """A line of a draft that cannot be read; the message says which and why."""


def articles() -> dict[str, dict[str, Any]]:
    """The training articles by their number."""
    return {d["documentName"].split()[0]: d for d in read_jsonl(data_path("quotations/train.jsonl"))}


def show(document: dict[str, Any]) -> Iterator[str]:
    """The sentences of an article, every token with its number."""
    yield document["documentName"]
    for sentence in document["sentences"]:
        yield " ".join(f"{i}:{form}" for i, form in zip(sentence["tokenIds"], sentence["tokens"], strict=True))


def compile_draft(lines: Iterable[str], documents: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Records from a draft.

    Raises:
        DraftError: for an unknown article, kind, form, type or token, or an article that has no `done`.
    """
    record: dict[str, Any] | None = None
    entity: dict[str, Any] | None = None
    for number, line in enumerate(lines, 1):
        words = line.split("#")[0].split()
        if not words:
            continue
        try:
            match words:
                case ["doc", name]:
                    if record is not None:
                        raise DraftError(f"article {record['doc']} has no `done`")
                    tokens = documents[name]["tokens"]
                    record, entity = {"doc": name, "entities": [], "events": []}, None
                case ["done"] if record is not None:
                    _check_arguments(record)
                    yield record
                    record = None
                case [identifier, kind] if record is not None and kind in KINDS:
                    entity = {"id": identifier, "kind": kind, "mentions": []}
                    record["entities"].append(entity)
                case [form, span] if form in FORMS and entity is not None:
                    start, end = _offsets(span, tokens)
                    entity["mentions"].append({"start": start, "end": end, "form": FORMS[form]})
                case ["v", kind, span, factuality, *arguments] if kind in EVENT_TYPES and factuality in FACTUALITIES:
                    start, end = _offsets(span, tokens)
                    event: dict[str, Any] = {"type": kind, "start": start, "end": end, "factuality": factuality}
                    for argument in arguments:
                        role, _, names = argument.partition("=")
                        event[ARGUMENTS[role]] = names.split(",")
                    if record is None:
                        raise DraftError("an event outside an article")
                    record["events"].append(event)
                case _:
                    raise DraftError("not understood")
        except (KeyError, IndexError, ValueError) as error:
            raise DraftError(f"line {number}: {line.strip()!r}: {error}") from error
    if record is not None:
        raise DraftError(f"article {record['doc']} has no `done`")


def _offsets(span: str, tokens: list[dict[str, Any]]) -> tuple[int, int]:
    first, _, last = span.partition("-")
    start, end = tokens[int(first)]["charBegin"], tokens[int(last or first)]["charEnd"]
    if end <= start:
        raise DraftError("ends before it starts")
    return start, end


def _check_arguments(record: dict[str, Any]) -> None:
    known = {entity["id"] for entity in record["entities"]}
    for event in record["events"]:
        for role in ARGUMENTS.values():
            if unknown := set(event.get(role, [])) - known:
                raise DraftError(f"article {record['doc']}: unknown entities {sorted(unknown)}")


def agreement(first: Path, second: Path) -> dict[str, float]:
    """Agreement of two readings where both have an article: F1 of mentions (span, kind), coreferent pairs, events."""
    one = {r["doc"]: r for r in read_jsonl(first)}
    two = {r["doc"]: r for r in read_jsonl(second)}
    both = sorted(one.keys() & two.keys())
    scores = {"articles": float(len(both))}
    for name, items in {"mentions": _mentions, "named": _named, "pairs": _pairs, "events": _events}.items():
        a = Counter((doc, *item) for doc in both for item in items(one[doc]))
        b = Counter((doc, *item) for doc in both for item in items(two[doc]))
        total = a.total() + b.total()
        scores[name] = round(2 * (a & b).total() / total, 3) if total else 1.0
    return scores


def _mentions(record: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(m["start"], m["end"], e["kind"]) for e in record["entities"] for m in e["mentions"]]


def _named(record: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(m["start"], m["end"], e["kind"]) for e in record["entities"] for m in e["mentions"] if m["form"] == "name"]


def _pairs(record: dict[str, Any]) -> list[tuple[Any, ...]]:
    pairs = []
    for entity in record["entities"]:
        spans = sorted((m["start"], m["end"]) for m in entity["mentions"])
        pairs += [(a, b) for i, a in enumerate(spans) for b in spans[i + 1 :]]
    return pairs


def _events(record: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(v["start"], v["end"], v["type"]) for v in record["events"]]


def main() -> int:
    """The command line of this module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("show").add_argument("number", nargs="+")
    compiler = commands.add_parser("compile")
    compiler.add_argument("draft", type=Path)
    compiler.add_argument("out", type=Path)
    comparer = commands.add_parser("agree")
    comparer.add_argument("first", type=Path)
    comparer.add_argument("second", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "agree":
        print(json.dumps(agreement(arguments.first, arguments.second)))
        return 0
    documents = articles()
    if arguments.command == "show":
        for number in arguments.number:
            print("\n".join(show(documents[number])), end="\n\n")
        return 0
    try:
        with arguments.draft.open(encoding="utf-8") as lines:
            records = list(compile_draft(lines, documents))
    except DraftError as error:
        print(f"{arguments.draft}: {error}", file=sys.stderr)
        return 1
    arguments.out.write_text("".join(json.dumps(r, separators=(",", ":")) + "\n" for r in records), encoding="utf-8")
    print(f"{len(records)} articles, {sum(len(e['mentions']) for r in records for e in r['entities'])} mentions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
