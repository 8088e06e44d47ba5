"""Run the pipeline over an archive: add, build, judge, forget; and joined reading for the views."""

from quellenlage.execution.around import Around
from quellenlage.execution.build import BuildReport, build, relink
from quellenlage.execution.finding import nearest, spelled_like
from quellenlage.execution.forget import forget_article, forget_person, forget_texts
from quellenlage.execution.intake import AddReport, add
from quellenlage.execution.judge import Decision, judge, record, resolve
from quellenlage.execution.log import Logged, logged, taking_back, undo
from quellenlage.execution.lookup import Target, find, find_entity
from quellenlage.execution.meaning import Encoder, encode_sentences, installed_encoder
from quellenlage.execution.members import member_ids
from quellenlage.execution.parting import Placed, mentions_of, parted_words
from quellenlage.execution.ports import Clock, PipelineLike, Progress, Silent
from quellenlage.execution.preview import Change, Effect, preview
from quellenlage.execution.reading import ClaimRow, Form, apply_judgements, claims
from quellenlage.execution.search import By, Found, fused, search
from quellenlage.execution.splitting import Split, split

__all__ = [
    "AddReport", "Around", "BuildReport", "By", "Change", "ClaimRow", "Clock", "Decision", "Effect", "Encoder", "Form",
    "Found", "Logged", "PipelineLike", "Placed", "Progress", "Silent", "Split", "Target", "add", "apply_judgements",
    "build", "claims", "encode_sentences", "find", "find_entity", "forget_article", "forget_person", "forget_texts",
    "fused", "installed_encoder", "judge", "logged", "member_ids", "mentions_of", "nearest", "parted_words", "preview",
    "record", "relink", "resolve", "search", "spelled_like", "split", "taking_back", "undo",
]  # fmt: skip
