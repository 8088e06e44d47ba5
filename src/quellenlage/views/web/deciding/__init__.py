"""Decisions through the workbench: reading a form, recording what it says, and what stands beside a thing already."""

from quellenlage.views.web.deciding.form import Wish, Wished
from quellenlage.views.web.deciding.outcome import Outcome, outcome_of
from quellenlage.views.web.deciding.recording import made_of, recorded
from quellenlage.views.web.deciding.standing import Standing, standing_of

__all__ = ["Outcome", "Standing", "Wish", "Wished", "made_of", "outcome_of", "recorded", "standing_of"]
