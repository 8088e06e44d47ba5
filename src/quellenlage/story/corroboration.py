"""How far an event is borne out: whose words, from which origins, and how often merely printed again."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.model import Account, Corroboration, Factuality


def corroborate(accounts: Sequence[Account]) -> Corroboration:
    """Count informants and origins of those accounts that do not deny it, reprints apart.

    An account on the author's own word counts its origin as the informant. Joint speakers are one informant.
    """
    own = [a for a in accounts if a.reprint_of is None and a.factuality is not Factuality.DENIED]
    return Corroboration(
        informants=tuple(dict.fromkeys(informant(account) for account in own)),
        origins=tuple(dict.fromkeys(account.origin for account in own)),
        reprints=sum(account.reprint_of is not None for account in accounts),
    )


def informant(account: Account) -> str:
    """Whose words they are: the first link of the chain (joint speakers joined by "+"), else the origin."""
    return "+".join(account.chain[0]) if account.chain else account.origin
