"""What every training run shares: configuration, seeds, schedule, checkpoints that can be resumed, a log of scores."""

from __future__ import annotations

import json
import random
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

CHECKPOINT_EVERY_S = 240


def configuration(path: Path) -> dict[str, Any]:
    """The settings of a run."""
    with path.open("rb") as file:
        return tomllib.load(file)


def seed(value: int) -> None:
    """Fix every source of chance."""
    random.seed(value)
    np.random.seed(value)
    torch.manual_seed(value)


def device() -> torch.device:
    """A GPU where one is at hand."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Run:
    """Optimiser, schedule, checkpoint and log of one model."""

    def __init__(self, model: nn.Module, groups: list[dict[str, Any]], steps: int, warmup: float, out: Path) -> None:
        self.model, self.steps, self.out = model, steps, out
        self.optimiser = AdamW(groups, betas=(0.9, 0.98), eps=1e-8)
        first = max(1, int(warmup * steps))
        self.schedule = LambdaLR(
            self.optimiser, lambda s: min(1.0, (s + 1) / first) * max(0.02, 1 - max(0, s - first) / (steps - first + 1))
        )
        self.step = 0
        self.began = self.saved = time.monotonic()
        self.log: list[dict[str, Any]] = []
        out.mkdir(parents=True, exist_ok=True)

    def resume(self) -> None:
        """Go on where an earlier run of the same configuration stopped."""
        path = self.out / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, weights_only=False)
            self.model.load_state_dict(state["model"], strict=False)
            self.optimiser.load_state_dict(state["optimiser"])
            self.schedule.load_state_dict(state["schedule"])
            self.step, self.log = state["step"], state["log"]
            print(f"resumed at step {self.step}", flush=True)

    def advance(self, loss: torch.Tensor) -> None:
        """One optimiser step."""
        loss.backward()  # type: ignore[no-untyped-call]  # untyped
        nn.utils.clip_grad_norm_([p for p in self.model.parameters() if p.grad is not None], 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        if time.monotonic() - self.saved > CHECKPOINT_EVERY_S:
            self.save()

    def save(self) -> None:
        """Write a checkpoint, whole or not at all."""
        own = {k: v for k, v in self.model.state_dict().items() if k != "encoder.words.weight"}
        state = {
            "model": own,
            "optimiser": self.optimiser.state_dict(),
            "schedule": self.schedule.state_dict(),
            "step": self.step,
            "log": self.log,
        }
        torch.save(state, self.out / "checkpoint.tmp")
        (self.out / "checkpoint.tmp").replace(self.out / "checkpoint.pt")
        (self.out / "log.json").write_text(json.dumps(self.log, indent=1), encoding="utf-8")
        self.saved = time.monotonic()

    def report(self, **figures: Any) -> None:
        """Keep a line of the log."""
        line = {
            "step": self.step,
            "of": self.steps,
            "minutes": round((time.monotonic() - self.began) / 60, 1),
            **figures,
        }
        self.log.append(line)
        print(json.dumps(line), flush=True)
