"""Run the pipeline over an archive: add, build, judge, forget; and joined reading for the views."""

from quellenlage.execution.build import BuildReport, build, relink
from quellenlage.execution.forget import forget_article, forget_person, forget_texts
from quellenlage.execution.intake import AddReport, add
from quellenlage.execution.judge import Decision, judge
from quellenlage.execution.lookup import Target, find, find_entity
from quellenlage.execution.meaning import Encoder, encode_sentences, installed_encoder
from quellenlage.execution.ports import Clock, PipelineLike, Progress, Silent
from quellenlage.execution.reading import ClaimRow, Form, apply_judgements, claims
from quellenlage.execution.search import By, Found, fused, search

__all__ = [
    "AddReport", "BuildReport", "By", "ClaimRow", "Clock", "Decision", "Encoder", "Form", "Found", "PipelineLike",
    "Progress", "Silent", "Target", "add", "apply_judgements", "build", "claims", "encode_sentences", "find",
    "find_entity", "forget_article", "forget_person", "forget_texts", "fused", "installed_encoder", "judge", "relink",
    "search",
]  # fmt: skip
