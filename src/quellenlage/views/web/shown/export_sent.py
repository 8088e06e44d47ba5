"""Files that a page hands out to be saved: under a name that tells what they are."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from quellenlage.model import fold

_LONGEST = 80


def saving(title: str, suffix: str) -> dict[str, str]:
    """Headers that let a browser save an answer, named as it is and in letters that any program knows (RFC 6266)."""
    plain = re.sub(r"[^\w]+", "-", fold(title), flags=re.ASCII).strip("-")[:_LONGEST] or "quellenlage"
    return {
        "Content-Disposition": f'attachment; filename="{plain}{suffix}"; '
        f"filename*=UTF-8''{quote(file_name(title, suffix), safe='')}",
        "Cache-Control": "no-store",
    }


def file_name(title: str, suffix: str) -> str:
    """What a file of this title is called."""
    kept = "".join(c for c in title if unicodedata.category(c)[0] in "LNPZ" and c not in '/\\:*?"<>|')
    return f"{' '.join(kept.split())[:_LONGEST].strip(' .') or 'quellenlage'}{suffix}"
