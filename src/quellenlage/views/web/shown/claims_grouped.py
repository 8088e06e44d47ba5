"""Lists of claims told by what they belong to: a page is a part of the claims, and each group stands on one page only.

What was said once is printed often, so that its claims lie on several pages of a list. It is told where the first of
them lies, in the order of the list and under its filters.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from quellenlage.model import Archive
from quellenlage.model.listing import ClaimOrder, ClaimQuestion

_MOST = 1000
"""Claims of the groups of one page that are looked at; in groups that are larger any of them counts as the first."""


def beginning_here(
    archive: Archive,
    asked: ClaimQuestion,
    order: ClaimOrder,
    here: Collection[str],
    groups: Mapping[str, Collection[str]],
) -> dict[str, str]:
    """Groups (by name, with the keys of their claims) whose first claim is `here`, with that claim, in order.

    `here` are the keys of the claims on the page that `asked` has in this order.
    """
    keys = {key for listed in groups.values() for key in listed}
    if not keys:
        return {}
    if len(keys) <= _MOST:
        found = archive.claims(replace(asked, keys=tuple(keys)), limit=_MOST, order=order).items
        ordered = [card.key for card in found]
    else:
        ordered = list(here)
    of = {key: name for name, listed in groups.items() for key in listed}
    first: dict[str, str] = {}
    for key in ordered:
        if key in of:
            first.setdefault(of[key], key)
    wanted = frozenset(here)
    return {name: key for name, key in first.items() if key in wanted}
