"""The vocabulary of the project: frozen dataclasses that check their invariants when they are made."""

from quellenlage.model.archive import (
    Account,
    Belonging,
    Camp,
    ChronicleEntry,
    Conflict,
    ConflictGrade,
    ConflictKind,
    Corroboration,
    Doubt,
    Entity,
    EntityPlace,
    Event,
    EventLink,
    Figure,
    Linked,
    Member,
    Occasion,
    OfficeHeld,
    Origin,
    OriginKind,
    Related,
    Retelling,
    Reuse,
    RunningFigure,
    Side,
    Statement,
    Story,
)
from quellenlage.model.article import READ_ZONES, Article, Dct, Found, Notice, RevisionKind, Zone, ZoneKind
from quellenlage.model.capture import Capture, Given, Mark, MarkKind, make_capture
from quellenlage.model.document import LAYERS, Document
from quellenlage.model.folding import fold, seen
from quellenlage.model.judgement import (
    FORGOTTEN,
    PARTED,
    Activity,
    Judgement,
    Verdict,
    in_force,
    make_judgement,
    undone,
)
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
from quellenlage.model.revision import Revised, Revision, TextChange
from quellenlage.model.serial import from_json, to_builtins, to_json
from quellenlage.model.spans import Evidence, Span, content_id, evidence, hull, text_digest
from quellenlage.model.time import DateInterval

__all__ = [
    "AUTHOR", "EVENT_TYPES", "FORGOTTEN", "LAYERS", "PARTED", "READ_ZONES",
    "Account", "Activity", "Archive", "Article", "Belonging", "Camp", "Candidate", "Capture", "Channel",
    "ChronicleEntry", "Claim", "Conflict", "ConflictGrade", "ConflictKind", "Corroboration", "DateInterval", "Dct",
    "Derived", "Document", "Doubt", "Entity", "EntityKind", "EntityPlace", "Event", "EventLink", "EventMention",
    "Evidence", "Evidentiality", "Factuality", "Figure", "Forgotten", "Found", "Given", "Hit", "Judgement", "Linked",
    "LocalEntity", "Mark", "MarkKind", "Member", "Mention", "Notice", "Occasion", "OfficeHeld", "Origin", "OriginKind",
    "PlaceCandidate", "PlaceReading", "Polarity", "Post", "Problem", "Quantity", "Quotation", "QuotationType",
    "Reference", "ReferenceList", "ReferenceMatch", "References", "Rejection", "Related", "Retelling", "Reuse",
    "Revised", "Revision", "RevisionKind", "Role", "RunningFigure", "Sentence", "Side", "Span", "Statement", "Story",
    "TextChange", "Timex", "Token", "Verdict", "Zone", "ZoneKind",
    "content_id", "evidence", "fold", "from_json", "hull", "in_force", "make_capture", "make_judgement", "reference_id",
    "seen", "text_digest", "to_builtins", "to_json", "undone",
]  # fmt: skip
