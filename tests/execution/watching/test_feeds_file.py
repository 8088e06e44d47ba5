"""FEEDS.toml: what it means, and what is said of what is wrong in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.execution.watching.feeds_file import read_plan
from quellenlage.execution.watching.plan import DAY, HOUR, MINUTE, FileTarget, HookTarget, MailTarget
from quellenlage.execution.watching.tables import Table, line_numbers, seconds

DOCS = (Path(__file__).parents[3] / "docs/watch.md").read_text(encoding="utf-8")


def wrong(folder: Path, text: str | bytes) -> list[str]:
    path = folder / "F.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    plan, problems = read_plan(str(path))
    assert plan is None
    assert all(problem.remedy for problem in problems)
    return [problem.message.removeprefix(f"{path}: ") for problem in problems]


def test_the_documented_example_is_read(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)
    path = tmp_path / "FEEDS.toml"
    path.write_text(example, encoding="utf-8")
    plan, problems = read_plan(str(path))
    assert problems == []
    assert plan is not None
    assert [(feed.every, feed.follow) for feed in plan.feeds] == [(15 * MINUTE, True), (30 * MINUTE, True),
                                                                  (30 * MINUTE, False)]  # fmt: skip
    assert plan.feeds[1].max_age == 3 * DAY
    assert plan.revisit == (6 * HOUR, DAY, 3 * DAY)
    assert plan.terminal
    assert [type(target) for target in plan.targets] == [FileTarget, MailTarget, HookTarget]
    assert plan.state == str(tmp_path / "feeds.watch")


def test_every_setting_is_documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    usual = Table._get

    def noting(self: Table, key: str, *rest: object) -> object:
        asked.add(key)
        return usual(self, key, *rest)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Table, "_get", noting)
    (example,) = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)
    (tmp_path / "F.toml").write_text(example, encoding="utf-8")
    read_plan(str(tmp_path / "F.toml"))
    assert len(asked) > 20
    assert {key for key in asked if not re.search(rf"^(\[\[)?{key}\b", example, re.MULTILINE)} == set()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: there is no [[feed]] in it"),
        ("feed = []\nevery = 3", "line 2: every is not what it should be"),
        ('[[feed]]\noutlet = "x"', "line 1: url is missing"),
        ('[[feed]]\nurl = "zeitung.example"', "line 2: zeitung.example is no web address"),
        ('\n[[feed]]\nurl = "https://a.example/"\nevery = "5 parsecs"', "line 4: every is not what it should be"),
        ('[[feed]]\nurl = "https://a.example/"\nevery = "5s"', "line 3: every is not what it should be"),
        ('[[feed]]\nurl = "https://a.example/"\nfollow = "no"', "line 3: follow is not what it should be: true, false"),
        ('[[feed]]\nurl = "https://a.example/"\nkind = "rss"', "line 3: kind is not what it should be: feed"),
        ('[[feed]]\nurl = "https://a.example/"\nonly = ["politik"]', "line 3: only is not what it should be"),
        (
            '[[feed]]\nurl = "https://a.example/"\n[[feed]]\nurl = "https://a.example/"',
            "line 4: https://a.example/ is",
        ),
        ('revisit = ["1d", "6h"]\n[[feed]]\nurl = "https://a.example/"', "line 1: revisit is not what it should be"),
        ('pages_per_round = true\n[[feed]]\nurl = "https://a.example/"', "line 1: pages_per_round is not"),
        ('[[feed]]\nurl = "https://a.example/"\n[[report]]\nto = "fax"', "line 4: to is not what it should be"),
        ('[[feed]]\nurl = "https://a.example/"\n[[report]]\nto = "file"', "line 3: path is missing"),
        ("[[feed]\nurl = 3", "not valid TOML: "),
        (b"\xff\xfe", "it is not UTF-8"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert any(one.startswith(said) for one in wrong(tmp_path, text)), wrong(tmp_path, text)


def test_all_problems_are_told_at_once_in_their_order(tmp_path: Path) -> None:
    told = wrong(tmp_path, 'evry = "1h"\n[[feed]]\nurl = "x"\nfolow = 1\n[[feed]]\nurl = 3\n')
    assert [re.match(r"line (\d)", one)[1] for one in told] == ["1", "3", "4", "6"]  # type: ignore[index]


def test_a_header_of_a_letter_cannot_be_forged(tmp_path: Path) -> None:
    text = (
        '[[feed]]\nurl = "https://a.example/"\n[[report]]\nto = "email"\nserver = "s"\nfrom = "a@b.example"\n'
        'addresses = ["c@d.example\\nBcc: e@f.example"]\n'
    )
    assert any("is no e-mail address" in one for one in wrong(tmp_path, text))


def test_lines_are_not_misled_by_texts_over_several_lines() -> None:
    text = 'a = """\nurl = 1\n[[feed]]\n"""\n[[feed]]\n\nurl = "x"\n[[feed]]\n"url" = "y"\n'
    lines = line_numbers(text)
    assert (lines[("feed", 0, "url")], lines[("feed", 1)], lines[("feed", 1, "url")]) == (7, 8, 9)


@given(st.integers(0, 999_999), st.sampled_from("smhdw"))
def test_lengths_of_time(number: int, unit: str) -> None:
    found = seconds(f" {number}{unit} ")
    assert found == number * {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}[unit]


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_lines_and_times(text: str) -> None:
    line_numbers(text)
    assert seconds(text) is None or re.fullmatch(r"\s*\d+\s*[smhdw]\s*", text)
