"""Layers that a file gives instead of letting us find them: `annotate --given FILE`.

`file` cuts the file into entries, `matching` says which entry belongs to which input, `entry` makes of an entry what
takes the place of pipeline stages; `mentions` and `quotations` read one layer each, `value` says where what is wrong.
"""

from quellenlage.views.given.entry import TAKEN, not_taken, stages
from quellenlage.views.given.file import Entry, entries
from quellenlage.views.given.matching import Matched, matched

__all__ = ["TAKEN", "Entry", "Matched", "entries", "matched", "not_taken", "stages"]
