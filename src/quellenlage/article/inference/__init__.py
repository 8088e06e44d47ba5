"""The publication date from what the text itself tells, where no header does."""

from quellenlage.article.inference.clues import Clue
from quellenlage.article.inference.infer import Inferred, infer_dct

__all__ = ["Clue", "Inferred", "infer_dct"]
