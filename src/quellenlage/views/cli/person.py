"""Who makes a decision, where nobody is named."""

from __future__ import annotations

import getpass


def user_name() -> str:
    """Name of the user of this machine; empty where there is none, as in a container."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
