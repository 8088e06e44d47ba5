"""The vocabulary of the project: frozen dataclasses that check their invariants when they are made."""

from quellenlage.model.archive import (
    FORGOTTEN,
    PARTED,
    Account,
    Activity,
    ChronicleEntry,
    Conflict,
    ConflictKind,
    Corroboration,
    Doubt,
    Entity,
    EntityPlace,
    Event,
    Figure,
    Judgement,
    Linked,
    Member,
    Occasion,
    OfficeHeld,
    Origin,
    OriginKind,
    Related,
    Retelling,
    Reuse,
    Side,
    Statement,
    Story,
    Verdict,
    in_force,
    make_judgement,
    undone,
)
from quellenlage.model.article import READ_ZONES, Article, Dct, Found, Zone, ZoneKind
from quellenlage.model.capture import Capture, Given, Mark, MarkKind, make_capture
from quellenlage.model.document import LAYERS, Document
from quellenlage.model.folding import fold, seen
from quellenlage.model.layers import (
    AUTHOR,
    EVENT_TYPES,
    Candidate,
    Channel,
    Claim,
    Derived,
    EntityKind,
    EventMention,
    Evidentiality,
    Factuality,
    LocalEntity,
    Mention,
    PlaceCandidate,
    PlaceReading,
    Polarity,
    Quantity,
    Quotation,
    QuotationType,
    Role,
    Sentence,
    Timex,
    Token,
)
from quellenlage.model.ports import Archive, Forgotten, Hit, Problem, Rejection
from quellenlage.model.reference import Post, Reference, ReferenceList, ReferenceMatch, References, reference_id
from quellenlage.model.serial import from_json, to_builtins, to_json
from quellenlage.model.spans import Evidence, Span, content_id, evidence, hull, text_digest
from quellenlage.model.time import DateInterval

__all__ = [
    "AUTHOR", "EVENT_TYPES", "FORGOTTEN", "LAYERS", "PARTED", "READ_ZONES",
    "Account", "Activity", "Archive", "Article", "Candidate", "Capture", "Channel", "ChronicleEntry", "Claim",
    "Conflict", "ConflictKind", "Corroboration", "DateInterval", "Dct", "Derived", "Document", "Doubt", "Entity",
    "EntityKind", "EntityPlace", "Event", "EventMention", "Evidence", "Evidentiality", "Factuality", "Figure",
    "Forgotten", "Found", "Given", "Hit", "Judgement", "Linked", "LocalEntity", "Mark", "MarkKind", "Member", "Mention",
    "Occasion", "OfficeHeld", "Origin", "OriginKind", "PlaceCandidate", "PlaceReading", "Polarity", "Post", "Problem",
    "Quantity", "Quotation", "QuotationType", "Reference", "ReferenceList", "ReferenceMatch", "References", "Rejection",
    "Related", "Retelling", "Reuse", "Role", "Sentence", "Side", "Span", "Statement", "Story", "Timex", "Token",
    "Verdict", "Zone", "ZoneKind",
    "content_id", "evidence", "fold", "from_json", "hull", "in_force", "make_capture", "make_judgement", "reference_id",
    "seen", "text_digest", "to_builtins", "to_json", "undone",
]  # fmt: skip
