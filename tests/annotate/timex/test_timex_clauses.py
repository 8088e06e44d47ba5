"""Of which clause, of which year a date is: insertions, attributes, joined clauses, years named in passing."""

from __future__ import annotations

import pytest

from quellenlage.times import normalise_times

YEARS = [
    # A year that belongs to the background does not hold for what follows.
    ("2005-04-06", "Die Abtei besteht seit 1949. Am 7. März brannte das Dach.", "7. März", "2005-03-07"),
    ("2007-03-02", "Das Lawinenunglück von Galtür 1999 war schwer. Am 26. Februar sprach das Gericht.", "26. Februar",
     "2007-02-26"),
    ("2011-09-23", "Schon im Dezember 2005 war das Werk stillgelegt, und am 9. September riss man es ab.",
     "9. September", "2011-09-09"),
    ("2012-09-02", "Sie trat 2006 in die Partei ein. Anfang Juli verließ sie den Vorstand.", "Anfang Juli", "2012-07"),
    ("2012-02-25", "2008 entstand der Verein. Er wuchs seit der Reform im Dezember stark.", "Dezember", "2011-12"),
    ("2014-09-18", "Er wurde am 12.3.1950 geboren und starb am vergangenen 10. September.", "10. September",
     "2014-09-10"),
    ("2014-09-18", "Er wurde am 12.3.1950 geboren und starb am 10. September.", "10. September", "2014-09-10"),
    ("2014-09-18", "1990 zog sie nach Graz. Am kommenden 3. Oktober kehrt sie zurück.", "3. Oktober", "2014-10-03"),
    # A year that the text tells of does.
    ("2014-11-08", "Im Jahr 1989 wankte die Regierung. Am 9. November fiel die Mauer.", "9. November", "1989-11-09"),
    ("2014-11-08", "1989 demonstrierten Tausende, und am 9. November fiel die Mauer.", "9. November", "1989-11-09"),
    ("2005-02-18", "Der Rat tagte 1995 zweimal. Am 3. August trat er zurück.", "3. August", "1995-08-03"),
    ("2006-04-20", "Im Jahr 2007 ist es so weit: Dann findet die Schau vom 16. Juni bis zum 23. September statt.",
     "16. Juni", "2007-06-16"),
    ("2006-04-20", "Im Jahr 2007 ist es so weit: Dann findet die Schau vom 16. Juni bis zum 23. September statt.",
     "23. September", "2007-09-23"),
    ("2012-03-23", "Sie wurden in zwei Stufen im Mai und Juni gewählt.", "Juni", "2011-06"),
    ("2012-03-23", "Die Gremien, die im April und Juni tagen, sind neu.", "Juni", "2012-06"),
]  # fmt: skip

INSERTIONS = [
    ("2008-02-11", "In Wien ist am Samstag gegen 19 Uhr (MEZ) ein Brand ausgebrochen.", "Samstag", "2008-02-09"),
    ("2006-01-09", "Im Süden ist am Samstag ein Flugzeug mit 13 Leuten, darunter acht Kinder, abgestürzt.", "Samstag",
     "2006-01-07"),
    ("2008-04-08", "In Rom hat es am Montag trotz Verbots – 300 Wachen standen bereit – Krawalle gegeben.", "Montag",
     "2008-04-07"),
    ("2012-05-17", "Am Mittwoch hat in Bonn vor dem Amt für Handel (AFH) die Anhörung begonnen.", "Mittwoch",
     "2012-05-16"),
    ("2006-03-01", "Nachdem das Blatt am Montag neue Fotos aus dem Lager, zum Teil unscharf, zeigte, schweigt der Rat.",
     "Montag", "2006-02-27"),
    ("2008-04-08", "Die Partei will am Samstag – trotz aller Kritik – einen Vorstand wählen.", "Samstag", "2008-04-12"),
    ("2008-04-08", "Am Samstag ist (wie immer) Markt.", "Samstag", "2008-04-12"),
]  # fmt: skip

ATTRIBUTES = [
    ("2012-09-21", "Sie sprechen nach der am Dienstag erfolgten Freigabe der Akten.", "Dienstag", "2012-09-18"),
    ("2005-09-20", "Der Pilot des am Donnerstag über Graz abgestürzten Flugzeugs befindet sich in Haft.", "Donnerstag",
     "2005-09-15"),
    ("2007-07-01", "Das am Donnerstag stillgelegte Werk nimmt den Betrieb wieder auf.", "Donnerstag", "2007-06-28"),
    ("2010-02-08", "Der ursprünglich für Sonntag geplante Flug war abgesagt worden.", "Sonntag", "2010-02-07"),
    ("2019-07-25", "Neuer Chef wird der erst im Mai aus dem Rat ausgeschiedene Karl Huber.", "Mai", "2019-05"),
    ("2012-09-21", "Der am Dienstag beginnende Kongress zählt 300 Gäste.", "Dienstag", "2012-09-25"),
    ("2012-09-21", "Die am Dienstag geplante Sitzung findet in Bonn statt.", "Dienstag", "2012-09-25"),
    ("2012-09-21", "Die für Dienstag geplante Sitzung wurde abgesagt.", "Dienstag", "2012-09-25"),
    ("2005-06-09", "Er hoffte auf einen Sieg bei den wohl im Oktober anstehenden Wahlen.", "Oktober", "2005-10"),
    ("2014-09-18", "Der am Montag gewählte Rat tritt am Freitag zusammen.", "Freitag", "2014-09-19"),
    ("2014-09-18", "Der Prozess gegen die am Dienstag verhafteten drei Männer soll noch heuer beginnen.", "Dienstag",
     "2014-09-16"),
    ("2012-09-21", "Die Partei, die am Dienstag neue umstrittene Regeln vorstellt, wächst.", "Dienstag", "2012-09-25"),
    ("2006-02-12", "Das Amt schweigt nach der Veröffentlichung des Berichts am Donnerstag.", "Donnerstag",
     "2006-02-09"),
    ("2006-02-12", "Nach der Sitzung am Donnerstag wird der Rat feiern.", "Donnerstag", "2006-02-16"),
]  # fmt: skip

AHEAD = [
    ("2012-04-22", "Es gilt als ausgeschlossen, dass sich am 6. Mai beide Frauen gegenüberstehen.", "6. Mai",
     "2012-05-06"),
    ("2007-11-17", "Die Gespräche, die vom 3. bis 14. Dezember in Bern geführt werden sollen, sind offen.",
     "14. Dezember", "2007-12-14"),
    ("2008-06-21", "Der Verzicht hätte ihn bis zu den Wahlen im November viel gekostet.", "November", "2008-11"),
    ("2006-05-21", "Der Rat hat die Wahl auf Ende September, Anfang Oktober festgelegt.", "Anfang Oktober", "2006-10"),
    ("2005-07-31", "Es wäre teuer, wenn der Flug im September verschoben werden sollte.", "September", "2005-09"),
    ("2019-09-29", "Das Endspiel am 2. Februar bestreiten zwei Vereine aus Linz.", "2. Februar", "2020-02-02"),
    ("2005-04-22", "Sie werden beschuldigt, im Februar an einem Raub beteiligt gewesen zu sein.", "Februar", "2005-02"),
    ("2005-06-17", "Die Menge, meist Gegner der Bürgermeisterwahl im Juli, hatte das Rathaus besetzt.", "Juli",
     "2005-07"),
    ("2006-03-19", "Der Ballon zerschellte am 14. August an einem Hügel.", "14. August", "2005-08-14"),
    ("2018-09-18", "Er kam im Oktober.", "Oktober", "2017-10"),
]  # fmt: skip

JOINED = [
    ("2014-09-18", "Der Verein gewann am Sonntag gegen Bonn und trifft am Mittwoch auf Linz.", "Sonntag", "2014-09-14"),
    ("2014-09-18", "Der Verein gewann am Sonntag gegen Bonn und trifft am Mittwoch auf Linz.", "Mittwoch",
     "2014-09-24"),
    ("2014-09-18", "Das Land hat am Montag Truppen und Panzer verlegt.", "Montag", "2014-09-15"),
    ("2011-08-31", "Der Streik führte dazu, dass das Werk ab Donnerstag die Preise anhebt.", "Donnerstag",
     "2011-09-01"),
    ("2014-09-18", "Das Museum ist am Samstag geöffnet.", "Samstag", "2014-09-20"),
    ("2014-09-18", "Die Straße bleibt bis Sonntag gesperrt.", "Sonntag", "2014-09-21"),
    ("2014-09-18", "Am Samstag sind die Straßen gesperrt.", "Samstag", "2014-09-20"),
    ("2014-09-18", "Am Samstag ist die Straße gesperrt worden.", "Samstag", "2014-09-13"),
    ("2014-09-18", "Über das Gesetz wird aber erst am Samstag im Rat entschieden.", "Samstag", "2014-09-20"),
]  # fmt: skip

TODAY = [
    ("2006-02-14", "Die Behörde gab heute bekannt, dass sie schließt.", "heute", "2006-02-14"),
    ("2006-02-14", "Wie heute bekannt wurde, schließt das Werk.", "heute", "2006-02-14"),
    ("2006-02-14", "Die Lokale sind bis heute 20 Uhr offen.", "heute", "2006-02-14"),
    ("2006-02-14", "Der Ort ist heute bekannt für seinen Wein.", "heute", "PRESENT_REF"),
    ("2006-02-14", "Sie kaufte die Zeitung, die heute zur Gruppe Huber gehört.", "heute", "PRESENT_REF"),
    ("2006-02-14", "So wurde die Stadt zu dem, was sie heute darstellt.", "heute", "PRESENT_REF"),
    ("2006-02-14", "Heute gehört das Haus der Stadt.", "Heute", "PRESENT_REF"),
    ("2006-02-14", "Das Gericht hat heute drei Zeugen gehört.", "heute", "2006-02-14"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "words", "value"), [*YEARS, *INSERTIONS, *ATTRIBUTES, *AHEAD, *JOINED, *TODAY])
def test_clause(day: str, text: str, words: str, value: str) -> None:
    found = {text[timex.start : timex.end]: timex.value for timex in normalise_times(text, day)}
    assert any(words in span and got == value for span, got in found.items()), found
