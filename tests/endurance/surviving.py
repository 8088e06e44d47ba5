"""Programs that the tests of this folder run in processes of their own."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "QUELLENLAGE_MODELS": "rules"}
_DROP, _PASS_OVER = 24, (1, 2)
"""Linux: PR_CAPBSET_DROP; CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Run Python code, its arguments in `sys.argv[1:]`."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def call(*arguments: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Call the command line."""
    return subprocess.run(
        [sys.executable, "-c", "from quellenlage.views.cli import main; main()", "--lang", "en", *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        preexec_fn=before,
    )


def small_files(limit: int) -> Callable[[], None]:
    """A disk on which no file grows beyond so many bytes: what a full disk is to SQLite, with or without root."""

    def set_limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return set_limit


def bound_by_rights() -> None:
    """Let the rights on files bind root as well: it goes on without the capabilities to pass them over."""
    if os.geteuid() == 0:
        for capability in _PASS_OVER:
            ctypes.CDLL(None).prctl(_DROP, capability, 0, 0, 0)
