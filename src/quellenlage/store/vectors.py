"""One vector per sentence of the report, for search by meaning: kept, found again after a rebuild, and searched.

Vectors of an article lie in one row, in the order of its sentences in headline, lead and body: a million sentences
are some 60,000 rows, which are read as fast as the file. A vector is 8-bit numbers with one scale (on the search suite
this costs nothing against 32 bits). Beside each stands the beginning of its passage's SHA-256: a rebuilt article takes
over the vectors of all sentences that stayed the same, and `verify` sees one that is not of its sentence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Select, delete, exists, func, insert, select, update

from quellenlage.model import READ_ZONES
from quellenlage.store import schema
from quellenlage.store.packing import unpack_text

if TYPE_CHECKING:
    from quellenlage.model.ports import Floats

KEY_BYTES = 8
"""Of SHA-256: among all sentences of one article, no two will ever share them."""

_HIGHEST = 127
READ = sorted(str(kind) for kind in READ_ZONES)
SCALE = "<f4"
"""How scales are stored, as numpy calls it."""
SCALE_BYTES = 4


@dataclass(frozen=True, slots=True)
class Shelf:
    """Vectors of one article as they are stored."""

    keys: bytes
    scales: bytes
    components: bytes

    @property
    def length(self) -> int:
        """How many there are."""
        return len(self.scales) // SCALE_BYTES

    def of(self, at: int) -> tuple[bytes, bytes]:
        """Scale and components of one vector."""
        width = len(self.components) // self.length
        return self.scales[at * SCALE_BYTES : (at + 1) * SCALE_BYTES], self.components[at * width : (at + 1) * width]


def key_of(passage: str) -> bytes:
    """What a vector is found again by."""
    return hashlib.sha256(passage.encode("utf-8", "surrogatepass")).digest()[:KEY_BYTES]


def pending(connection: Connection, model: str) -> list[str]:
    """Articles that have sentences of the report and no vectors of this model for them, in order of capture."""
    chosen = _lacking(model).with_only_columns(schema.articles.c.id)
    return list(connection.scalars(chosen.order_by(schema.captures.c.sequence)))


def lacking(connection: Connection, model: str) -> int:
    """Number of `pending` articles."""
    return connection.scalar(_lacking(model)) or 0


def _lacking(model: str) -> Select[int]:
    articles, captures, table = schema.articles, schema.captures, schema.vectors
    done = exists(select(table).where(table.c.article == articles.c.id, table.c.model == model, table.c.current == 1))
    joined = articles.join(captures, captures.c.id == articles.c.capture)
    return select(func.count()).select_from(joined).where(captures.c.text_removed == 0, ~done)


def count(connection: Connection, model: str) -> int:
    """Number of articles with vectors of this model that may be searched."""
    table = schema.vectors
    chosen = select(func.count()).select_from(table).where(table.c.model == model, table.c.current == 1)
    return connection.scalar(chosen) or 0


def passages(connection: Connection, article: str) -> list[str] | None:
    """The sentences of an article's report in order, their white space as single spaces; None where no text is."""
    articles, captures, sentences = schema.articles, schema.captures, schema.sentences
    stored = connection.execute(
        select(articles.c.text.label("own"), captures.c.text)
        .join(captures, captures.c.id == articles.c.capture)
        .where(articles.c.id == article, captures.c.text_removed == 0)
    ).first()
    if stored is None:
        return None
    text = unpack_text(stored.own or stored.text)
    rows = connection.execute(
        select(sentences.c.start, sentences.c.end)
        .where(sentences.c.article == article, sentences.c.zone.in_(READ))
        .order_by(sentences.c.start)
    )
    return [" ".join(text[row.start : row.end].split()) for row in rows]


def unknown(connection: Connection, article: str, model: str) -> list[str]:
    """Passages of an article whose vector by this model is not there from before."""
    old = _shelf(connection, article, model)
    known = _by_key(old) if old else {}
    return [p for p in dict.fromkeys(passages(connection, article) or ()) if key_of(p) not in known]


def put(connection: Connection, article: str, model: str, vectors: Mapping[str, Floats]) -> bool:
    """Keep vectors of an article by passage, beside those that it has; False where one lacks, or the text is gone."""
    old = _shelf(connection, article, model)
    known = _by_key(old) if old else {}
    known |= {key_of(passage): packed(vector) for passage, vector in vectors.items()}
    present = passages(connection, article)
    keys = [key_of(passage) for passage in present or ()]
    if present is None or any(key not in known for key in keys):
        return False
    delete_of(connection, article)
    values = {
        "article": article,
        "model": model,
        "current": 1,
        "keys": b"".join(keys),
        "scales": b"".join(known[key][0] for key in keys),
        "components": b"".join(known[key][1] for key in keys),
    }
    connection.execute(insert(schema.vectors), values)
    return True


def packed(vector: Floats) -> tuple[bytes, bytes]:
    """Scale and 8-bit components of a vector."""
    import numpy as np

    scale = max(float(np.abs(vector).max()), 1e-9) / _HIGHEST
    return np.array([scale], SCALE).tobytes(), np.rint(vector / scale).astype(np.int8).tobytes()


def retire(connection: Connection, article: str) -> None:
    """Let the vectors of an article that is built anew not be searched until it was seen which still hold."""
    table = schema.vectors
    connection.execute(update(table).where(table.c.article == article).values(current=0))


def delete_of(connection: Connection, article: str) -> None:
    """Delete the vectors of an article."""
    connection.execute(delete(schema.vectors).where(schema.vectors.c.article == article))


def is_whole(keys: bytes, scales: bytes, components: bytes) -> bool:
    """Whether there are as many keys as finite scales, and vectors all of one length."""
    import numpy as np

    number, rest = divmod(len(scales), SCALE_BYTES)
    if rest or len(keys) != number * KEY_BYTES or not np.isfinite(np.frombuffer(scales, SCALE)).all():
        return False
    return not components if not number else bool(components) and len(components) % number == 0


def _shelf(connection: Connection, article: str, model: str) -> Shelf | None:
    table = schema.vectors
    row = connection.execute(select(table).where(table.c.article == article, table.c.model == model)).first()
    return Shelf(row.keys, row.scales, row.components) if row else None


def _by_key(shelf: Shelf) -> dict[bytes, tuple[bytes, bytes]]:
    return {shelf.keys[at * KEY_BYTES : (at + 1) * KEY_BYTES]: shelf.of(at) for at in range(shelf.length)}
