"""German time expressions (TIMEX3), resolved against the publication date and what the text said before."""

from quellenlage.annotate.timex.reading import Words, read
from quellenlage.annotate.timex.stage import STAGE
from quellenlage.annotate.timex.wording import wording

__all__ = ["STAGE", "Words", "read", "wording"]
