"""The pages in the order of the masthead: what each is called, and the keys that lead to it."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.views.web.translation import marked as _


@dataclass(frozen=True, slots=True)
class Item:
    """A page that can be reached from every other; `role` is what one needs to be allowed to open it."""

    path: str
    label: str
    key: str
    role: str = "reader"

    def current(self, here: str) -> bool:
        """Whether this page, or one below it, is shown."""
        return here == self.path or (self.path != "/" and here.startswith(f"{self.path}/"))


READING = (
    Item("/chronicle", _("Chronicle"), "g c"),
    Item("/claims", _("Claims"), "g b"),
    Item("/conflicts", _("Conflicts"), "g k"),
    Item("/entities", _("Names"), "g n"),
    Item("/map", _("Map"), "g m"),
    Item("/sources", _("Sources"), "g s"),
    Item("/articles", _("Articles"), "g a"),
)
WORKING = (
    Item("/review", _("Review"), "g r", "editor"),
    Item("/draft", _("Draft check"), "g d"),
    Item("/add", _("Add"), "g h", "editor"),
)
MORE = (
    Item("/stories", _("Stories"), "g t"),
    Item("/search", _("Search"), "g f"),
    Item("/export", _("Export"), "g x"),
    Item("/decisions", _("Decisions"), "g e"),
    Item("/reference", _("REST API"), "g i"),
)
