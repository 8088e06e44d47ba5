"""Sentences and tokens of German text, with lemmas and what the form of a word tells for sure."""

from quellenlage.annotate.language.stage import STAGE

__all__ = ["STAGE"]
