"""The part of an archive that deletes on request, and tells in its log what it deleted."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable

from sqlalchemy import select

from quellenlage.model import Forgotten, fold, text_digest
from quellenlage.model.ledger import Deed
from quellenlage.model.ports import Frozen, TextsDue
from quellenlage.store import blanking, deleting, referring, schema
from quellenlage.store.ledger import Ledgered
from quellenlage.store.profile import Profile


class Forgetting(Ledgered):
    """The part of an archive that deletes; every deletion is one transaction, after which the files are cleaned."""

    _profile: Profile

    @abstractmethod
    def finish_erasing(self) -> None:
        """Remove from the files what was deleted from the tables, if that is still to be done."""

    def forget_article(self, article_id: str, deed: Deed | None = None) -> Forgotten:
        """Delete an article with everything that rests on it alone; aliases of its identifiers stay.

        Takes what `document` takes, and a capture's identifier or source where nothing could be made of it. With a
        `deed` the log tells of it.
        """
        with self._write() as connection:
            capture = referring.find_capture(connection, article_id)
            done = deleting.delete_capture(connection, self._profile, capture, deed)
        self.finish_erasing()
        return done

    def forget_texts(
        self, *, before: str | None = None, due: TextsDue | None = None, deed: Deed | None = None
    ) -> Forgotten:
        """Delete texts and bytes captured before an ISO date (all, if None), or those that are `due`; citations stay.

        With a `deed` the log tells of it.
        """
        with self._write() as connection:
            done = deleting.delete_texts(connection, self._profile, due or TextsDue(before), deed)
        self.finish_erasing()
        return done

    def frozen(self) -> list[Frozen]:
        """Articles whose text was deleted, in order of capture, with what they were made under."""
        with self._read() as connection:
            return deleting.frozen(connection)

    def suppress(
        self,
        folded_names: Iterable[str],
        judgements: Iterable[str] = (),
        deed: Deed | None = None,
        surnames: Iterable[str] = (),
    ) -> None:
        """Keep only digests of folded names that may never again become a person's record.

        Of the `judgements` about the person (identifiers), and of all that tell such a name, name and note are blanked.
        With a `deed` the log tells of it. Of `surnames` (folded words) digests are kept that blank the log alone.
        """
        last = {blanking.last_name_digest(word) for word in surnames}
        digests = {text_digest(fold(name)) for name in folded_names if fold(name)}
        with self._write() as connection:
            deleting.suppress(connection, self._profile, digests, judgements, deed, last)
        self.finish_erasing()

    def suppress_digests(self, digests: Iterable[str]) -> None:
        """The same with digests, as another archive keeps them (`suppressed`)."""
        with self._write() as connection:
            deleting.suppress(connection, self._profile, set(digests))
        self.finish_erasing()

    def name_forms(self) -> dict[str, frozenset[str]]:
        """Forms in which articles write the names of people, by entity."""
        with self._read() as connection:
            return deleting.name_forms(connection)

    def suppressed(self) -> frozenset[str]:
        """Digests of suppressed names."""
        with self._read() as connection:
            return frozenset(connection.scalars(select(schema.suppressed.c.digest)))
