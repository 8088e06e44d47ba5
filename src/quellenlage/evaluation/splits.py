"""Which sentences of the treebanks and the name corpus are trained on, tuned on and reported.

Training and evaluation import the same function. It needs nothing but the sentence, so the parts stay what they are
whatever else changes.
"""

from __future__ import annotations

import hashlib
from typing import Literal

Part = Literal["train", "tune", "test"]


def part(key: str) -> Part:
    """ "test" (20 %), "tune" (10 %) or "train", by the hash of what identifies a sentence.

    That is the line `# sent_id = …` of a treebank, and the tokens joined by blanks of the name corpus.
    """
    number = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % 10
    return "test" if number < 2 else "tune" if number == 2 else "train"
