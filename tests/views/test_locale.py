from __future__ import annotations

import re
import string
from pathlib import Path
from typing import Literal, get_args

import click
import pytest

import quellenlage.views
from quellenlage import errors
from quellenlage.execution.marking import CREDIBILITIES, RELIABILITIES
from quellenlage.execution.publicity import PRIVATE, PUBLIC
from quellenlage.execution.reusing import Code
from quellenlage.intake import sources
from quellenlage.intake.options import DOUBTS
from quellenlage.model import (
    EVENT_TYPES,
    PARTED,
    Channel,
    ConflictGrade,
    ConflictKind,
    Corrected,
    EntityKind,
    Evidentiality,
    Factuality,
    OriginKind,
    Polarity,
    RevisionKind,
    Verdict,
)
from quellenlage.model.ledger import ARTICLE, PERSON, TEXTS
from quellenlage.pipeline import identities
from quellenlage.resources import load
from quellenlage.store import checking, ledger
from quellenlage.views.cli.command import Group
from quellenlage.views.cli.commands.export import command as export
from quellenlage.views.cli.root import COMMANDS, cli
from quellenlage.views.cli.settings import Settings
from quellenlage.views.dossier.contents import LANES
from quellenlage.views.exports.person import PARTS
from quellenlage.views.locale import lang_from_environment, words_for
from quellenlage.views.wording.offices import Agreement

SOURCES = sorted(Path(quellenlage.views.__file__).parent.rglob("*.py"))
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
_COUNTED = ("articles", "outlets", "origins", "claims", "conflicts", "events")
GROUPS = {
    name: sorted(found.commands)
    for name in COMMANDS
    if isinstance(found := cli.get_command(click.Context(cli, obj=Settings()), name), Group)
}
FAMILIES: dict[str, set[str]] = {
    "event": set(EVENT_TYPES),
    "lane": {name for name, _ in LANES} | {"life"},
    "factuality": {str(f) for f in Factuality},
    "evidentiality": {str(e) for e in Evidentiality},
    "polarity": {str(p) for p in Polarity},
    "kind": {str(k) for k in EntityKind},
    "kinds": {str(k) for k in EntityKind} - {"GRP"},
    "conflict": {str(k) for k in ConflictKind},
    "conflict_about": {
        "blame",
        "course",
        "denial",
        "headline",
        "term",
        *(row["about"] for row in load("de/conflict_words.toml")["manner"]),
    },
    "grade": {str(g) for g in ConflictGrade},
    "origin": {str(k) for k in OriginKind},
    "reuse": {"duplicate", "revision", "reprint"},
    "progress": {"add", "analyse", "link", "vectors", "rate"},
    "date.month": {str(n) for n in range(1, 13)},
    "date.month_short": {str(n) for n in range(1, 13)},
    "skipped": set(sources._JUNK_NAMES.values())
    | set(sources._JUNK_SUFFIXES.values())
    | {"hidden", "temporary", "page-resource", "link-to-folder", "no-regular-file", "decisions"}
    | {"warc-no-page", "warc-no-answer", "warc-revisit"},
    "problem": {
        code
        for module in (checking.__file__, ledger.__file__)
        for code in re.findall(r'Problem\(\s*"([a-z-]+)"', Path(str(module)).read_text(encoding="utf-8"))
    },
    "help": set(COMMANDS) | {f"{group}_{name}" for group, listed in GROUPS.items() for name in listed},
    "forget": {f"ask_{k}" for k in ("article", "person", "text", "text_before", "text_outlet", "text_before_outlet")}
    | {"done", "nothing", "cited", "watched", "unread", "elsewhere"},
    "privacy": {PRIVATE, PUBLIC},
    "log": {f"deletion_{what}" for what in (ARTICLE, PERSON, TEXTS)} | {"reservation", "reason", "none"},
    "person": {"title", "done", "made", "nothing", *PARTS},
    "quote": {"open", "close", "other_open", "other_close", "ellipsis", "indirect", "translated"},
    "channel": {str(c) for c in Channel},
    "reliability": set(RELIABILITIES),
    "credibility": set(CREDIBILITIES),
    "related": {"perhaps", "contrary"},
    "cardinal": {str(n) for n in range(2, 13)},
    "script": set(
        "latin cyrillic arabic hebrew greek cjk hangul hiragana katakana georgian armenian devanagari".split()
    ),
    "agreement": set(get_args(Agreement)) - {"unknown"},
    "explain_stage": {i.name for i in identities()},
    "explain_correction": {"dct", "outlet", PARTED},
    "explain_reason": (set(get_args(Code)) - {"correction"})
    | {f"{code}_{became}" for code in ("resource", "model", "list") for became in ("came", "went")},
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    de, en = words_for("de"), words_for("en")
    assert de.keys() == en.keys()
    # A day in figures knows the month both ways; each language takes the one it writes.
    own = {"date.short", "date.short_no_year"}
    different = [k for k in sorted(de.keys() - own) if placeholders(de(k)) != placeholders(en(k))]
    assert different == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_summary_of_the_export_names_every_format(language: Literal["de", "en"]) -> None:
    words = words_for(language)
    (formats,) = (p.type for p in export.params if p.name == "form")
    assert isinstance(formats, click.Choice)
    for key in ("help.export", "option.format"):
        assert [form for form in formats.choices if form not in words(key)] == []


def test_no_german_text_was_left_in_english() -> None:
    de, en = words_for("de"), words_for("en")
    same = {k for k in sorted(de.keys()) if len(de(k)) > 14 and de(k) == en(k)}
    assert same <= {"app.version"}


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_value_of_a_kind_has_its_word(family: str) -> None:
    known = {
        k.removeprefix(f"{family}.") for k in sorted(words_for("de").keys()) if re.fullmatch(rf"{family}\.[\w-]+", k)
    }
    assert known == FAMILIES[family]


def test_every_key_that_the_code_names_exists_and_every_key_is_used() -> None:
    keys = words_for("en").keys()
    bases = {re.sub(r"\.(one|other)$", "", k) for k in keys}
    named = set(re.findall(r"""["']([a-z_]+(?:\.[a-zA-Z_]+)+)["']""", TEXT))
    sections = {k.split(".")[0] for k in keys}
    wanted = {n for n in named if n.split(".")[0] in sections and not n.endswith((".md", ".html", ".css", ".js"))}
    assert {w for w in wanted if w not in bases and w not in keys} == set()
    used = set(wanted) | {f"{family}.{value}" for family, values in FAMILIES.items() for value in values}
    used |= {f"option.{key}" for key in re.findall(r'key="(\w+)"', TEXT)}
    used |= {f"error.{name}" for name in vars(errors)}
    used |= {f"add.{code}" for code in DOUBTS}
    used |= {f"doctor.{name}" for name in re.findall(r'Check\("(\w+)"', TEXT)} | {
        "doctor.ok",
        "doctor.bad",
        "doctor.note",
    }
    used |= {f"dossier.{name}" for name in re.findall(r'"(\w+)"', TEXT)}
    used |= {f"table.{name}" for name in TABLES} | {f"count.{name}" for name in _COUNTED}
    used |= {f"evaluate.{name}" for name in ("value", "cases", "trivial", "pinned")}
    used |= {f"error.{key}" for key in re.findall(r'"error\.(\w+)"', TEXT)}
    used |= {f"judge.said_{verdict}" for verdict in Verdict} | {"table.origins"}
    used |= {key for key in bases if key.startswith("reason.")}  # the next test knows those
    forms = ("", "pair_", "mentions_", "kept_", "dropped_", "altered_")
    used |= {f"corrections.{form}{kind}" for form in forms for kind in RevisionKind}
    used |= {f"corrections.by_hand_{field}" for field in Corrected.FIELDS}
    used |= {f"corrections.{name}" for name in ("pair_noted", "copy_corrected", "changed", "removed", "added")}
    used |= {f"judge.{name}" for name in ("before", "after", "merges", "parts", "goes", "changes")}
    used |= {f"judge.{name}" for name in ("in_force", "state_undone", "overridden")}
    assert sorted(b for b in bases if b not in used) == []


@pytest.mark.parametrize(
    "module",
    [
        "names/persons",
        "names/bodies",
        "names/regions",
        "names/pinyin",
        "link/entities/shorts",
        "link/offices",
        "link/references",
        "link/reference_context",
    ],
)
def test_every_reason_that_is_given_has_words(module: str) -> None:
    text = (Path(quellenlage.__file__).parent / f"{module}.py").read_text("utf-8")
    codes = set(re.findall(r'[(=] ?\(?f"([a-z]+(?:-[a-z]+)+|[a-z]{4,}):\{', text))
    known = {re.sub(r"\.(one|other)$", "", key) for key in sorted(words_for("de").keys())}
    assert codes
    # Contradictions keep two apart; nobody is shown them.
    assert {code for code in codes if f"reason.{code}" not in known} <= {
        "differ",
        "numerals",
        "generations",
        "by-names",
        "two-towns",
    }


def test_no_number_stands_before_a_plural_where_it_may_be_one() -> None:
    words = words_for("en")
    whole = [key for key in sorted(words.keys()) if not key.endswith((".one", ".other"))]
    assert [key for key in whole if re.search(r"\{(n|a|found|made|shards)\} (more )?[a-z]+s\b", words(key))] == []


@pytest.mark.parametrize(
    ("key", "de", "en"),
    [
        ("corrections.more", "und 1 weitere Änderung", "and 1 more change"),
        ("explain.more_reasons", "… und 1 weiterer Grund", "… and 1 more reason"),
    ],
)
def test_one_that_is_left_untold_is_one(key: str, de: str, en: str) -> None:
    assert [words_for("de").count(key, 1), words_for("en").count(key, 1)] == [de, en]


TABLES = (
    "captures", "articles", "sentences", "claims", "entities", "events", "conflicts", "judgements", "rejections",
    "statements",
)  # fmt: skip


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"LC_ALL": "de_AT.UTF-8", "LANG": "en_US"}, "de"),
        ({"LC_ALL": "C.UTF-8", "LANG": "de_DE"}, "en"),
        ({"LC_MESSAGES": "de_DE.UTF-8", "LANG": "en_US"}, "de"),
        ({"LC_ALL": "", "LANG": "de_CH"}, "de"),
        ({"LANG": "fr_FR"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_follows_the_environment(environ: dict[str, str], lang: str) -> None:
    assert lang_from_environment(environ) == lang


@pytest.mark.parametrize(
    ("value", "de", "en"),
    [(2500, "2500", "2,500"), (12000, "12.000", "12,000"), (0.93, "0,93", "0.93"), (1234.5, "1.234,5", "1,234.5")],
)
def test_numbers_are_written_as_the_language_writes_them(value: float, de: str, en: str) -> None:
    assert (words_for("de").number(value), words_for("en").number(value)) == (de, en)
