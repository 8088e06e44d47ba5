"""Whether two spellings name one person, body or place: Peskow, Peskov, Песков; decided by the words alone."""

from __future__ import annotations

from quellenlage.names.comparison import RESOURCES, Comparison, compare
from quellenlage.names.keys import keys, name_key, surname_keys
from quellenlage.names.persons import compare_persons
from quellenlage.names.scripts import to_latin
from quellenlage.names.sounds import near

__all__ = [
    "RESOURCES",
    "Comparison",
    "compare",
    "compare_persons",
    "keys",
    "name_key",
    "near",
    "surname_keys",
    "to_latin",
]
