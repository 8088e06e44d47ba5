"""The range of every channel that goes into a linear layer, watched on training articles.

A few channels of this encoder are a hundred times as large as the others; where one scale serves them all, the others
are rounded to nothing. `graphs.Graph` moves part of their size into the weights (SmoothQuant, Xiao et al. 2023, §4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.pieces import cut, windows
from training.quotations import marks
from training.quotations_data import Window, article_windows, articles, part
from training.quotations_model import QuotationReader

ARTICLES = 16
Ranges = dict[nn.Module, NDArray[np.float32]]


@contextmanager
def watched(model: nn.Module) -> Iterator[Ranges]:
    """Collect, for every linear layer that is run inside, the largest absolute value of each channel of its input."""
    found: Ranges = {}

    def watch(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        own = inputs[0].detach().abs().flatten(0, -2).amax(0).numpy()
        found[module] = np.maximum(found[module], own) if module in found else own

    hooks = [m.register_forward_hook(watch) for m in model.modules() if isinstance(m, nn.Linear)]
    try:
        yield found
    finally:
        for hook in hooks:
            hook.remove()


def _raw() -> Iterator[dict[str, Any]]:
    return islice((raw for raw in articles() if part(raw["documentName"].split()[0]) == "train"), ARTICLES)


@torch.no_grad()
def of_texts(
    model: nn.Module, read: Callable[[Tensor, Tensor, Tensor], Any], tokenizer: Tokenizer, size: int
) -> Ranges:
    """Ranges of a model that is run by `read(ids, mask, firsts)` over windows of at most `size` word pieces."""
    with watched(model) as found:
        for raw in _raw():
            words = [(t["charBegin"], t["charEnd"]) for t in raw["tokens"]]
            sentences = [[words[i] for i in s["tokenIds"]] for s in raw["sentences"] if s["tokenIds"]]
            alone = [cut(tokenizer, raw["originalText"], sentence) for sentence in sentences]
            for a, b in windows([len(pieces.ids) for pieces in alone], size, 0):
                own = cut(tokenizer, raw["originalText"], [word for s in sentences[a:b] for word in s])
                ids = torch.tensor([own.ids[:512]])
                read(ids, torch.ones_like(ids).bool(), torch.tensor([own.firsts]).clamp(max=511))
    return found


@torch.no_grad()
def of_quotations(model: QuotationReader, tokenizer: Tokenizer) -> Ranges:
    """Ranges of both passes of the quotation reader."""
    with watched(model) as found:
        for raw in _raw():
            for window in article_windows(tokenizer, raw):
                _quotations(model, window)
    return found


def _quotations(model: QuotationReader, window: Window) -> None:
    ids = torch.tensor([window.ids])
    words = model.read(ids, torch.ones_like(ids).bool(), torch.tensor([window.firsts]))
    for item in window.marked:
        if item.quote:
            own = torch.tensor([marks(window, item, others=True)])
            model.attribute(words[:, item.start : item.end], own, own >= 0)
