"""German time expressions (TIMEX3), resolved against the publication date and what the text said before."""

from quellenlage.annotate.timex.stage import STAGE

__all__ = ["STAGE"]
