"""What other articles of an archive tell about the date of one."""

from __future__ import annotations

from dataclasses import replace

from tests.link.made import Making, Telling, made

from quellenlage.article.inference.clues import Clue
from quellenlage.article.inference.infer import infer_dct
from quellenlage.link.dating import find_anchors
from quellenlage.model import DateInterval, Document, EntityKind

NAMES = ("Marek Toldin", "Ilse Brandner", "Jonas Velter", "Rike Sandau")
TEXT = "Marek Toldin hat mit Ilse Brandner telefoniert. Jonas Velter und Rike Sandau hörten zu."


def telling(number: int, days: str | None, method: str = "given") -> Document:
    told = Telling("telefoniert", actors=NAMES[:1], recipients=NAMES[1:2])
    names = dict.fromkeys(NAMES, EntityKind.PER)
    document = made(number, TEXT, Making(dct=days, names=names, events=[told]))
    dct = document.article.dct
    return replace(document, article=replace(document.article, dct=replace(dct, method=method))) if dct else document


def test_days_that_a_person_set_come_before_those_of_other_articles() -> None:
    others = [telling(1, "2015-03-03"), telling(2, "2015-04-04"), telling(3, "2015-05-05")]
    judged = telling(5, "2016-09", "judgement")
    anchors = find_anchors([*others, telling(4, None), judged], ())["art-04"]
    assert [reason.split()[0] for _, reason in anchors] == ["archive:art-05", "archive:art-01", "archive:art-02"]
    assert anchors[0][0] == "2016-08-26/2016-10-06"
    given = [Clue(2, (DateInterval.parse(days),), (), reason) for days, reason in anchors]
    inferred = infer_dct("", (), None, given)
    assert inferred.dct is not None
    assert inferred.dct.interval.value == "2016-08-26/2016-10-06"
    assert len(inferred.contradictions) == 2


def test_among_other_articles_the_narrowest_days_come_first() -> None:
    anchors = find_anchors([telling(1, "2015-03"), telling(2, "2015-03-04"), telling(3, None)], ())["art-03"]
    assert [days for days, _ in anchors] == ["2015-02-26/2015-03-10", "2015-02-23/2015-04-06"]
