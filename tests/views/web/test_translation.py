"""Every text of the pages is there in German, none is left over, and both say the same placeholders."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from quellenlage.views.web.translation import german, translations

WEB = Path(str(files("quellenlage.views.web")))
PLACEHOLDER = re.compile(r"%\(\w+\)\w|\{\w*\}")


def used() -> dict[str | tuple[str, ...], str]:
    """Texts in templates and modules, each with a file that has it."""
    found: dict[str | tuple[str, ...], str] = {}
    methods = [("**.py", "python"), ("templates/**.html", "jinja2")]
    keywords = {"_": None, "say": None, "gettext": None, "ngettext": (1, 2)}
    options = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}}
    for name, _, message, _, _ in extract_from_dir(WEB, methods, options_map=options, keywords=keywords):
        found.setdefault(tuple(message) if isinstance(message, tuple | list) else message, name)
    return found


def test_every_text_is_there_in_german() -> None:
    catalogue = {message.id: message for message in german() if message.id}
    missing = sorted(f"{name}: {text}" for text, name in used().items() if text not in catalogue)
    assert not missing, missing
    empty = [message.id for message in catalogue.values() if not all(_forms(message.string))]
    assert not empty


def test_no_german_text_is_left_over() -> None:
    asked = set(used())
    assert not sorted(str(message.id) for message in german() if message.id and message.id not in asked)


@pytest.mark.parametrize("path", sorted((WEB / "locale" / "de").glob("*.po")), ids=lambda path: path.stem)
def test_both_languages_have_the_same_placeholders(path: Path) -> None:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        for message in read_po(file, locale="de"):
            if not message.id:
                continue
            wanted = set(PLACEHOLDER.findall(_forms(message.id)[-1]))
            for text in _forms(message.string):
                told = set(PLACEHOLDER.findall(text))
                assert told <= wanted, message.id
            assert set(PLACEHOLDER.findall(_forms(message.string)[-1])) == wanted, message.id


def test_english_is_its_own_translation() -> None:
    assert translations("en").gettext("Chronicle") == "Chronicle"
    assert translations("de").gettext("Chronicle") == "Chronik"


def _forms(text: object) -> list[str]:
    return [str(one) for one in text] if isinstance(text, tuple | list) else [str(text)]
