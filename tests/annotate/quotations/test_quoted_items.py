from __future__ import annotations

import pytest
from tests.annotate.quotations.quotation_samples import document

from quellenlage.annotate.quotations import STAGE
from quellenlage.model import Document, Quotation

BULLETS = ("  • ", "- ", "– ", "* ", "1. ", "2) ", "a) ", "")
NAMES = {"Ina Voss": "PER:Ina Voss"}


def quotations(text: str) -> tuple[Document, list[Quotation]]:
    done = STAGE.run(document(text, NAMES))
    return done, list(done.quotations)


def words(done: Document, quotation: Quotation) -> str:
    return " ".join(s.of(done.text) for s in quotation.quote)


@pytest.mark.parametrize("bullet", BULLETS)
def test_every_quoted_item_is_a_direct_quotation_of_nobody_known(bullet: str) -> None:
    items = f'{bullet}"Die Kräne stehen seit gestern still."\n\n{bullet}"Niemand hat uns gewarnt."'
    text = f"Der Hafen ruht.\n\n{items}\n\nEs regnet."
    done, found = quotations(text)
    assert [words(done, q) for q in found] == [
        '"Die Kräne stehen seit gestern still."',
        '"Niemand hat uns gewarnt."',
    ]
    assert [(str(q.type), q.speaker, q.speaker_entities) for q in found] == [("direct", (), ())] * 2


@pytest.mark.parametrize("bullet", BULLETS)
def test_a_sentence_with_a_colon_introduces_the_speaker_of_the_items(bullet: str) -> None:
    items = f"{bullet}„Die Kräne stehen seit gestern still.“\n{bullet}„Niemand hat uns gewarnt.“\n"
    text = f"Ina Voss sagte am Montag:\n\n{items}"
    done, found = quotations(text)
    assert len(found) == 2
    assert [[s.of(done.text) for s in q.speaker] for q in found] == [["Ina Voss"]] * 2


@pytest.mark.parametrize("bullet", BULLETS[:-1])
def test_an_item_does_not_go_on_with_the_speaker_of_the_text_before(bullet: str) -> None:
    text = f"Der Hafen bleibe zu, sagte Ina Voss.\n{bullet}„Die Kräne stehen seit gestern still.“\n"
    done, found = quotations(text)
    assert [s.of(done.text) for s in found[0].speaker] == ["Ina Voss"]
    assert (words(done, found[1]), found[1].speaker) == ("„Die Kräne stehen seit gestern still.“", ())


def test_a_title_in_an_item_is_no_quotation() -> None:
    assert quotations("Im Regal stehen:\n\n• „Der stille Kran“\n• „Hafen“\n")[1] == []
