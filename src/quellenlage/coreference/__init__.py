"""Whom pronouns and nouns mean within one article: shared by the stages that ask who speaks and who acts."""

from quellenlage.coreference.features import Context
from quellenlage.coreference.lexicon import ATTRIBUTION, FIRST_NAMES, GROUPS, NAMES, NOUNS, TITLES
from quellenlage.coreference.ranker import WEIGHTS
from quellenlage.coreference.resolve import Answer, References

RESOURCES = (NOUNS, NAMES, GROUPS, TITLES, FIRST_NAMES, ATTRIBUTION, WEIGHTS)
"""Resource files that decide what is resolved: part of the fingerprint of every stage that asks."""

__all__ = ["RESOURCES", "Answer", "Context", "References"]
