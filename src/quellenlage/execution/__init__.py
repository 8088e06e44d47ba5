"""Run the pipeline over an archive: add, build, judge, forget; and joined reading for the views."""

from quellenlage.execution.around import Around
from quellenlage.execution.build import BuildReport, apply_decisions, build, explain, relink
from quellenlage.execution.desk import Desk, Mark, Marks, desk
from quellenlage.execution.explaining import Explanation, LinkReport, StageReport, last_built
from quellenlage.execution.finding import nearest, spelled_like
from quellenlage.execution.forget import forget_article, forget_person, forget_texts
from quellenlage.execution.intake import AddReport, CollectionAdded, add
from quellenlage.execution.judge import Decision, judge, record, resolve
from quellenlage.execution.log import Logged, logged, taking_back, undo, unticking
from quellenlage.execution.lookup import Target, find, find_entity
from quellenlage.execution.meaning import Encoder, encode_sentences, installed_encoder
from quellenlage.execution.members import member_ids
from quellenlage.execution.parting import Placed, mentions_of, parted_words
from quellenlage.execution.ports import Clock, PipelineLike, Progress, Silent
from quellenlage.execution.preview import Change, Effect, preview
from quellenlage.execution.reading import ClaimRow, Form, SpeakerCorrected, apply_judgements, claims
from quellenlage.execution.reusing import Reason
from quellenlage.execution.search import By, Found, fused, search
from quellenlage.execution.splitting import Split, split

__all__ = [
    "AddReport", "Around", "BuildReport", "By", "Change", "ClaimRow", "Clock", "CollectionAdded", "Decision", "Desk",
    "Effect", "Encoder", "Explanation", "Form", "Found", "LinkReport", "Logged", "Mark", "Marks", "PipelineLike",
    "Placed", "Progress", "Reason", "Silent", "SpeakerCorrected", "Split", "StageReport", "Target", "add",
    "apply_decisions", "apply_judgements", "build", "claims", "desk", "encode_sentences", "explain", "find",
    "find_entity", "forget_article", "forget_person", "forget_texts", "fused", "installed_encoder", "judge",
    "last_built", "logged", "member_ids", "mentions_of", "nearest", "parted_words", "preview", "record", "relink",
    "resolve", "search", "spelled_like", "split", "taking_back", "undo", "unticking",
]  # fmt: skip
