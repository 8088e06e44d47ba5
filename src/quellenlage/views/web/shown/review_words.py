"""Words of the review: the kinds of questions, what is asked, the answers and what each does."""

from __future__ import annotations

from collections.abc import Mapping

from quellenlage.execution.queue import Kind
from quellenlage.views.web.translation import marked as _

KIND_WORDS: Mapping[Kind, str] = {
    "entity": _("Two names"),
    "merged": _("One name"),
    "speaker": _("Speakers"),
    "event": _("Tellings"),
    "near-event": _("Two events"),
    "conflict": _("Conflicts"),
}
"""The kinds of questions as filters."""

ASKED: Mapping[Kind, str] = {
    "entity": _("Are these two names one?"),
    "merged": _("Is this one name really one?"),
    "speaker": _("Whose words are these?"),
    "event": _("Do these accounts tell one event?"),
    "near-event": _("Are these two events one?"),
    "conflict": _("Is this a conflict?"),
}

_NAMES_SAME = (_("The same"), _("Both go by one name; what either says and does stands together."))
_EVENT_SAME = (_("One event"), _("Both accounts stand side by side in one line of the chronicle."))
ANSWERS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("entity", "same"): _NAMES_SAME,
    ("entity", "differ"): (_("Not the same"), _("They stay two, and are not asked about again.")),
    ("merged", "same"): (_("One and the same"), _("It stays one name, and is not asked about again.")),
    ("merged", "differ"): (_("Two different ones"), _("The name is parted; each keeps what its articles tell.")),
    ("event", "same"): _EVENT_SAME,
    ("event", "differ"): (_("Two events"), _("Each account gets a line of its own.")),
    ("near-event", "same"): _EVENT_SAME,
    ("near-event", "differ"): (_("Two events"), _("They stay two, and are not asked about again.")),
    ("speaker", "confirm"): (_("Right"), _("The speaker counts as checked.")),
    ("speaker", "speaker"): (_("Somebody else"), _("The words are theirs, wherever the claim is shown.")),
    ("speaker", "reject"): (_("No claim"), _("The claim is left out everywhere.")),
    ("conflict", "confirm"): (_("A conflict"), _("It stands as checked.")),
    ("conflict", "reject"): (_("No conflict"), _("It is left out everywhere.")),
    ("conflict", "settle"): (_("Settled"), _("It stays to be seen, marked as settled with your reason.")),
}
"""Words for an answer by kind of question and name, and what it does."""
