"""Words that are attributed to somebody: quotation marks, indirect speech, reports, and who speaks."""

from quellenlage.annotate.quotations.stage import STAGE

__all__ = ["STAGE"]
