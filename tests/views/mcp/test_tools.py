"""A real client of the protocol lists and calls every tool; all citations hold."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, Tool

from quellenlage.encoder import files
from quellenlage.model import Evidence
from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.mcp import answers
from quellenlage.views.mcp.citing import citations, unfounded
from quellenlage.views.mcp.server import make_server
from quellenlage.views.mcp.tools import Tools

NAMES = ("search", "chronicle", "claims", "entity", "conflicts", "article_passage", "check_draft")
Calls = Mapping[str, dict[str, Any]]
DRAFT = "Bei dem Angriff auf den Hafen von Miren wurden mindestens 40 Menschen getötet."


def calls(archive: SqlArchive) -> Calls:
    told = next(iter(archive.linked().chronicle)).evidence
    return {
        "search": {"query": "Miren", "limit": 5},
        "chronicle": {"actor": "Perkonien", "lang": "de"},
        "claims": {"about": "Miren"},
        "entity": {"name": "Karvenien"},
        "conflicts": {"kind": "number"},
        "article_passage": {"article": told.article, "start": told.start, "end": told.end},
        "check_draft": {"text": DRAFT},
    }


@pytest.fixture(scope="module")
def archive(sample_path: Path) -> Any:
    opened = open_archive(str(sample_path))
    yield opened
    opened.close()


def test_a_client_lists_and_calls_every_tool(sample_path: Path, archive: SqlArchive) -> None:
    environment = {**os.environ, files.VARIABLE: files.Models.RULES}
    server = StdioServerParameters(
        command=str(Path(sys.executable).with_name("quellenlage")),
        args=["--archive", str(sample_path), "mcp"],
        env=environment,
    )

    async def use() -> tuple[list[Tool], dict[str, CallToolResult]]:
        async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            listed = (await session.list_tools()).tools
            return listed, {name: await session.call_tool(name, given) for name, given in calls(archive).items()}

    listed, results = asyncio.run(use())
    assert tuple(tool.name for tool in listed) == NAMES
    for tool in listed:
        assert tool.description
        assert tool.output_schema is not None
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert all("description" in one or "$ref" in str(one) for one in tool.input_schema["properties"].values())
    for name, result in results.items():
        assert not result.is_error, (name, result.content)
        assert isinstance(result.content[0], TextContent)
        structured = result.structured_content
        assert structured is not None
        assert structured["note"] == answers.NOTE
        found = list(citations(RESULTS[name].model_validate(structured)))
        assert found, name
        assert not list(unfounded(found, archive)), name
        assert all(len(one.exact) <= 1200 for one in found)


RESULTS: dict[str, type[answers.Answer]] = {
    "search": answers.Hits,
    "chronicle": answers.Chronicle,
    "claims": answers.Claims,
    "entity": answers.Entity,
    "conflicts": answers.Conflicts,
    "article_passage": answers.Passage,
    "check_draft": answers.Checked,
}


def test_lists_go_on_where_they_stopped(archive: SqlArchive) -> None:
    tools = Tools(archive)
    seen: list[str] = []
    offset: int | None = 0
    while offset is not None:
        page = tools.chronicle(limit=20, offset=offset)
        seen += [line.event for line in page.lines]
        offset = page.next_offset
    assert len(seen) == len(set(seen)) == page.total == len(archive.linked().chronicle)


def test_a_name_of_several_gives_candidates(archive: SqlArchive) -> None:
    several = Tools(archive).entity("Miren")
    assert several.found or len(several.candidates) > 1
    if not several.found:
        one = Tools(archive).entity(several.candidates[0].id or "")
        assert one.found
        assert one.name == several.candidates[0].name


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("chronicle", {"actor": "Niemand von Nirgendwo"}, "nobody and nothing"),
        ("chronicle", {"since": "neulich"}, "no date"),
        ("article_passage", {"article": "art-0000000000000000", "start": 0, "end": 5}, "art-0000000000000000"),
        ("entity", {"name": "ent-0000000000000000"}, "nobody and nothing"),
        ("conflicts", {"story": "Niemals geschrieben"}, "no story"),
        ("chronicle", {"entity": "Miren"}, "entity: there is no such argument.*actor, place, story"),
        ("check_draft", {"draft": "Ein Satz."}, "text: Field required; draft: there is no such argument"),
        ("claims", {"limit": 51}, "limit: .*less than or equal to 50"),
        ("chronicle", {"event_type": "NONSENSE"}, "no such kind of event.*CONSULT"),
    ],
)
def test_errors_name_what_was_wrong(archive: SqlArchive, name: str, given: dict[str, Any], told: str) -> None:
    server = make_server(archive)
    with pytest.raises(ToolError, match=told):
        asyncio.run(server.call_tool(name, given))


def test_what_a_tool_takes_is_said_in_full(archive: SqlArchive) -> None:
    for tool in asyncio.run(make_server(archive).list_tools()):
        assert tool.input_schema["additionalProperties"] is False


def test_null_is_an_argument_that_is_not_given(archive: SqlArchive) -> None:
    server = make_server(archive)
    given = {"actor": "Perkonien", "words": None, "limit": None}
    told = asyncio.run(server.call_tool("chronicle", given))
    assert told == asyncio.run(server.call_tool("chronicle", {"actor": "Perkonien"}))


def test_who_was_meant_is_told(archive: SqlArchive) -> None:
    found = Tools(archive).chronicle(actor="Miren")
    assert len(found.meant) > 1
    assert all(one.id for one in found.meant)
    assert Tools(archive).chronicle().meant == []


def test_what_is_not_there_is_no_evidence_that_it_is_not_so(archive: SqlArchive) -> None:
    tools = Tools(archive)
    nothing = (tools.chronicle(words="Elefant"), tools.claims(about="Elefant"), tools.search("Elefant", by="text"))
    assert {one.note for one in nothing} == {answers.NOTHING}
    assert tools.chronicle(words="Miren").note == answers.NOTE


def test_an_answer_is_no_longer_than_an_assistant_can_read(
    archive: SqlArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = Tools(archive)
    whole = [one.claim for one in tools.claims(limit=50).claims]
    monkeypatch.setattr("quellenlage.views.mcp.tools.LONGEST_ANSWER", 4000)
    seen: list[str] = []
    offset: int | None = 0
    while offset is not None and len(seen) < len(whole):
        part = tools.claims(limit=50, offset=offset)
        assert len(part.model_dump_json()) < 8000
        seen += [one.claim for one in part.claims]
        offset = part.next_offset
    assert seen[: len(whole)] == whole
    draft = " ".join([DRAFT] * 30)
    checked = tools.check_draft(draft)
    assert 0 < checked.checked_to < len(draft)
    assert checked.checked_to == checked.sentences[-1].end
    rest = tools.check_draft(draft[checked.checked_to :])
    assert rest.sentences[0].exact == DRAFT


def test_a_passage_that_was_cut_says_so(archive: SqlArchive) -> None:
    long = next(one for one in archive.shelf() if len(one.text) > 1300)
    assert Tools(archive).article_passage(long.article.id, 0, 1250).citation.cut
    assert not Tools(archive).article_passage(long.article.id, 0, 1200).citation.cut


def test_a_wrong_citation_is_noticed(archive: SqlArchive) -> None:
    told: Evidence = next(iter(archive.linked().chronicle)).evidence
    right = Tools(archive).article_passage(told.article, told.start, told.end).citation
    assert not list(unfounded([right], archive))
    assert list(unfounded([right.model_copy(update={"exact": right.exact + "!"})], archive))
    assert list(unfounded([right.model_copy(update={"text_sha256": "0" * 64})], archive))
    assert list(unfounded([right.model_copy(update={"article": "art-0000000000000000"})], archive))
