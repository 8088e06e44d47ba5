"""The chronicle on standard output, story by story; and the stories themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quellenlage.model import ChronicleEntry, Story
from quellenlage.views.cli import output
from quellenlage.views.cli.lines import INDENT, entry_lines
from quellenlage.views.cli.settings import Settings
from quellenlage.views.holdings import Holdings, Selection
from quellenlage.views.locale import Words
from quellenlage.views.records import entry_record
from quellenlage.views.wording.belonging import why_words
from quellenlage.views.wording.lines import citation_words


def print_chronicle(entries: Sequence[ChronicleEntry], holdings: Holdings, settings: Settings) -> None:
    """Print entries, as JSON Lines where that is asked for; several stories each under their title."""
    if settings.json:
        output.json_lines(entry_record(entry, holdings) for entry in entries)
        return
    several = len({entry.story for entry in entries}) > 1
    story = None
    for entry in entries:
        if several and entry.story != story:
            output.line(output.bold(story_title(entry.story, holdings)))
            output.line()
        story = entry.story
        for text in entry_lines(entry, holdings, settings.words):
            output.line(text)
        output.line()


def print_provisional(articles: Sequence[str], settings: Settings) -> None:
    """Say below a chronicle which articles were linked with what is nearest to them alone, if any were."""
    if not articles:
        return
    if settings.json:
        output.json_line({"record": "provisional", "articles": list(articles)})
    else:
        output.line(output.dim(settings.words.count("build.provisional", len(articles))))


def story_title(story: str, holdings: Holdings) -> str:
    """Title of a story; its identifier where it is not known."""
    found = holdings.stories.get(story)
    return found.title if found else story


def in_story(entry: ChronicleEntry, selection: Selection, holdings: Holdings) -> bool:
    """Whether an entry is chosen: by the story whose line it is, or by another that tells its event, too."""
    event = holdings.events[entry.event]
    return any(selection.takes(event, story) for story in (entry.story, *entry.also))


def left_out(entries: Sequence[ChronicleEntry], selection: Selection, holdings: Holdings) -> int:
    """How many entries are not chosen for nothing but that their day is not known, where a time is asked for."""
    if selection.first is None and selection.last is None:
        return 0
    anytime = replace(selection, first=None, last=None)
    return sum(holdings.events[e.event].interval is None and in_story(e, anytime, holdings) for e in entries)


def story_line(story: Story, words: Words) -> str:
    """Title, size and identifier of a story."""
    made = f" {output.warn('[' + words('story.made') + ']')}" if story.made else ""
    size = words.count("count.articles", len(story.articles))
    return f"{output.bold(output.plain(story.title))}{made} · {size}  {output.dim(story.id)}"


def story_lines(story: Story, holdings: Holdings, words: Words) -> Iterator[str]:
    """A story with its articles, why each belongs to it, and what may belong to it, too."""
    yield story_line(story, words)
    why = {one.article: one for one in story.why}
    for article in story.articles:
        citation = holdings.cite(article)
        yield INDENT + output.plain(f"{citation.headline or citation.label} ({citation_words(citation, words)})")
        if article in why:
            yield INDENT * 2 + output.dim("; ".join(why_words(why[article], holdings, words)))
    for related in story.related:
        other = holdings.stories.get(related)
        if other:
            yield INDENT + output.plain(words("story.related", title=other.title)) + f"  {output.dim(other.id)}"
