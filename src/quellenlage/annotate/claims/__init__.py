"""What is held to be so, and on whose word: one claim for every quotation and every passage told with reserve."""

from quellenlage.annotate.claims.stage import STAGE

__all__ = ["STAGE"]
