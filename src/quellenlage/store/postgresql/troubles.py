"""Words for what keeps a database on a server from being used."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from quellenlage.errors import ArchiveUnusable, Phrase
from quellenlage.store.postgresql.connecting import shown

BUSY = frozenset({"55P03", "40P01", "40001"})
"""Another transaction holds what is wanted: the same may succeed a little later."""

_WAIT = "wait until the other command has finished, then run this one again"
_SERVER = "check that the server runs and that host and port are right"
_ACCOUNT = "check user name and password, and whether the server lets you in from here"
_RIGHTS = "ask whoever runs the server for the rights on this database"
_BACKUP = "restore a backup of the database, or make a new archive and add the articles again"
_CODES: dict[str, tuple[str, str]] = {
    "55P03": ("another process is writing to this archive", _WAIT),
    "40P01": ("another process is writing to this archive", _WAIT),
    "40001": ("another process is writing to this archive", _WAIT),
    "28000": ("the database server refuses the login ({error})", _ACCOUNT),
    "28P01": ("the database server refuses the login ({error})", _ACCOUNT),
    "3D000": ("there is no such database on the server", "make it first, e.g. with createdb --encoding UTF8 NAME"),
    "42501": ("access to this archive is denied", _RIGHTS),
    "25006": ("this archive can be read but not written", "name the server that takes writes, not a copy of it"),
    "53100": (
        "the disk is full; what was finished is kept",
        "free some space, then run the same command again",
    ),
    "53300": (
        "the database server has no connection left",
        "close other programs, or let the server take more",
    ),
    "57P01": ("the database server was shut down meanwhile", "run this command again once it is back"),
    "57P02": ("the database server was shut down meanwhile", "run this command again once it is back"),
    "57P03": ("the database server is starting or stopping", "wait a moment, then run this command again"),
    "57014": ("the database server ended a question that took too long", "let the server give it more time"),
}
_CLASSES: dict[str, tuple[str, str]] = {
    "08": ("the database server does not answer ({error})", _SERVER),
    "XX": ("this archive is damaged ({error})", _BACKUP),
    "58": ("the database server cannot read or write its disk ({error})", "check the disk of the server"),
}
_NO_ANSWER = _CLASSES["08"]
_UNFIT = ("the database cannot keep this ({error})", "take out the characters that cannot be shown")
_OTHER = ("this archive cannot be used ({error})", _BACKUP)
_SAID = {
    'role "': "28000",
    "does not exist": "3D000",
    "password authentication failed": "28P01",
    "no password supplied": "28P01",
    "no pg_hba.conf entry": "28000",
    "too many clients": "53300",
    "starting up": "57P03",
}
"""While a connection is made the driver tells no code; of servers that speak otherwise we say they do not answer."""


def explain(error: DBAPIError, location: str) -> ArchiveUnusable:
    """Words for PostgreSQL's codes; never with the password of the URL."""
    code = code_of(error)
    if not code and type(error.orig).__name__ == "OperationalError":
        message, remedy = _NO_ANSWER
    elif not code and type(error.orig).__name__ == "DataError":
        message, remedy = _UNFIT
    else:
        message, remedy = _CODES.get(code) or _CLASSES.get(code[:2]) or _OTHER
    first = str(error.orig).strip().partition("\n")[0]
    problem = Phrase(message, error=first)
    return ArchiveUnusable("{location}: {problem}", remedy=remedy, location=shown(location), problem=problem)


def code_of(error: DBAPIError) -> str:
    """SQLSTATE of an error; by its words where a connection could not be made; empty where neither tells."""
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return str(state)
    said = str(error.orig)
    return next((code for words, code in _SAID.items() if words in said), "")
