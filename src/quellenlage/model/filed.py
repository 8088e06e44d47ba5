"""Model objects in a file of their own: there may be more of them than memory holds.

What spans the articles of a large archive (its entities, events, statements) is passed over a few times, and one here
and one there is asked for in between. Few are held as they are; where they become many, they go to a temporary file,
which goes with the last one who holds it, and each is read again when it is asked for.
"""

from __future__ import annotations

import os
import tempfile
from abc import abstractmethod
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from sys import intern
from typing import Any, BinaryIO, TypeVar, cast

import msgspec

from quellenlage.errors import ArchiveUnusable, Phrase
from quellenlage.model.archive import Member
from quellenlage.model.numbered import Numbered

K = TypeVar("K")
T = TypeVar("T")

FEW = 5_000
"""Items that are held as they are; more are filed."""

_HELD = 2 << 20
"""Bytes of the items that were asked for last, which are held as they are (these take about five times as much)."""

_READ = 256
"""Items that are read at once where all are passed over."""

_WAITING = 1 << 18
"""Bytes that wait until they are written."""

_LISTED = 64
"""Members of one article that are listed; more are a dictionary, which takes five times the room."""


@contextmanager
def room() -> Iterator[None]:
    """Tell that the folder for temporary files is full or cannot be written.

    Raises:
        ArchiveUnusable: in the place of the system's error.
    """
    try:
        yield
    except OSError as error:
        raise ArchiveUnusable(
            "the folder for temporary files cannot be written ({error})",
            remedy="free some space there, or name another folder in TMPDIR",
            error=Phrase(error.strerror or type(error).__name__),
        ) from error


def temporary(buffering: int = -1) -> BinaryIO:
    """A file that goes with the last one who holds it. Raises ArchiveUnusable (see `room`)."""
    with room():
        return cast("BinaryIO", tempfile.TemporaryFile(buffering=buffering))


class File:
    """Numbered pieces of bytes in a temporary file."""

    def __init__(self) -> None:
        self._file = temporary(buffering=0)
        self._ends = array("Q", [0])
        self._waiting = bytearray()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def append(self, content: bytes) -> int:
        """Add a piece; returns its number."""
        self._waiting += content
        self._ends.append(self._ends[-1] + len(content))
        if len(self._waiting) >= _WAITING:
            self._write()
        return len(self._ends) - 2

    def _write(self) -> None:
        waiting = memoryview(self._waiting)
        with room():
            while waiting:  # each at its place: a copy of this process (`model.apart`) may have written it, too
                written = os.pwrite(self._file.fileno(), waiting, self._ends[-1] - len(waiting))
                waiting = waiting[written:]
        self._waiting = bytearray()

    def size(self, number: int) -> int:
        """Bytes of a piece."""
        return self._ends[number + 1] - self._ends[number]

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """The pieces from one number up to another one."""
        if self._waiting:
            self._write()
        first = self._ends[start]
        content = os.pread(self._file.fileno(), self._ends[stop] - first, first)
        for number in range(start, stop):
            yield content[self._ends[number] - first : self._ends[number + 1] - first]


class Some(Numbered[T]):
    """Items of others, by their numbers: those that are taken, in order."""

    __slots__ = ("_of", "numbers")

    def __init__(self, of: Filed[T], numbers: tuple[int, ...] = ()) -> None:
        self._of = of
        self.numbers = numbers

    def append(self, item: T) -> None:
        """File an item as the next of these."""
        self.numbers += (self._of.add(item),)

    def __len__(self) -> int:
        return len(self.numbers)

    def at(self, number: int) -> T:
        """The item that was taken at this place."""
        return self._of[self.numbers[number]]

    def __iter__(self) -> Iterator[T]:
        return map(self._of.__getitem__, self.numbers)


class Filed(Numbered[T]):
    """Items in a file, in the order in which they were added."""

    def __init__(
        self,
        kind: Any,
        pack: Callable[[T], Any] | None = None,
        unpack: Callable[[Any], T] | None = None,
        file: File | None = None,
    ) -> None:
        """`kind` is what an item is written as: its class, or what `pack` makes of it and `unpack` makes it of.

        They are in `file`, where there are some already.
        """
        self.kind = kind
        self._file = File() if file is None else file
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self._pack, self._unpack = pack, unpack
        self._held: OrderedDict[int, T] = OrderedDict()
        self._bytes = 0

    def __reduce__(self) -> Any:
        """What is handed to another process (see `model.apart`): the file as it is, none of the items held here."""
        return Filed, (self.kind, self._pack, self._unpack, self._file)

    def add(self, item: T) -> int:
        """Add an item at the end; returns its number."""
        return self._file.append(self._encode(self._pack(item) if self._pack else item))

    def _read(self, content: bytes) -> T:
        found: Any = self._decode(content)
        return self._unpack(found) if self._unpack else found

    def __len__(self) -> int:
        return len(self._file)

    def __eq__(self, other: object) -> bool:
        """Equal items make equal sequences, filed or not."""
        if not isinstance(other, Filed | tuple | list):
            return NotImplemented
        return len(self) == len(other) and all(one == theirs for one, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # as of a list: what compares by content has no hash

    def __iter__(self) -> Iterator[T]:
        for start in range(0, len(self), _READ):
            for content in self._file.read(start, min(start + _READ, len(self))):
                yield self._read(content)

    def at(self, number: int) -> T:
        """The item of a number: the one held, or read anew."""
        found = self._held.get(number)
        if found is None:
            found = self._held[number] = self._read(next(self._file.read(number, number + 1)))
            self._bytes += self._file.size(number)
            while self._bytes > _HELD and len(self._held) > 1:
                self._bytes -= self._file.size(self._held.popitem(last=False)[0])
        else:
            self._held.move_to_end(number)
        return found


def filed(kind: type[T], items: Iterable[T]) -> Sequence[T]:
    """All items: as a tuple where they are few, else in a file."""
    some: list[T] = []
    found: Filed[T] | None = None
    for item in items:
        if found is not None:
            found.add(item)
            continue
        some.append(item)
        if len(some) > FEW:
            found = Filed(kind)
            for one in some:
                found.add(one)
            some = []
    return tuple(some) if found is None else found


class Lent:
    """Stands for an item of a file, which is read when something is asked of it: code that keeps many keeps these."""

    __slots__ = ("_number", "_of")

    def __init__(self, of: Filed[Any], number: int) -> None:
        self._of, self._number = of, number

    def __getattr__(self, name: str) -> Any:
        return getattr(self._of[self._number], name)

    @property  # type: ignore[misc]  # typeshed has no property here
    def __class__(self) -> type[Any]:
        """That of the item: a changed copy (`dataclasses.replace`) is one of its own."""
        return type(self._of[self._number])

    def __eq__(self, other: object) -> bool:
        return self is other or bool(self._of[self._number] == other)

    def __hash__(self) -> int:
        return hash(self._of[self._number])

    def __repr__(self) -> str:
        return repr(self._of[self._number])


def lent(items: Sequence[T]) -> Sequence[T]:
    """The items themselves where they are held, else one that stands for each."""
    if not isinstance(items, Filed):
        return items
    # `dataclasses.replace` and whoever writes it down look at the type alone.
    of = {"__slots__": (), "__dataclass_fields__": {field.name: field for field in fields(items.kind)}}
    stand = type(Lent.__name__, (Lent,), of)
    return [stand(items, number) for number in range(len(items))]


class _Numbered(Mapping[K, T]):
    """Items of a sequence by keys whose numbers are known."""

    def __init__(self, kind: type[K], of: Sequence[T]) -> None:
        self._kind, self._of = kind, of

    @abstractmethod
    def number(self, key: K) -> int | None:
        """The place of a key's item, None where it has none."""

    def get(self, key: K, default: Any = None) -> Any:
        """The item of a key, if there is one."""
        number = self.number(key)
        return default if number is None else self._of[number]

    def __getitem__(self, key: K) -> T:
        number = self.number(key)
        if number is None:
            raise KeyError(key)
        return self._of[number]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, self._kind) and self.number(key) is not None


class Keyed(_Numbered[str, T]):
    """Items by identifiers, each of which one has, in their order, without holding them."""

    def __init__(self, items: Sequence[T], keys: Sequence[str]) -> None:
        super().__init__(str, items)
        self._keys = keys
        hashes = array("q", map(hash, keys))
        self._order = array("I", sorted(range(len(keys)), key=hashes.__getitem__))
        self._hashes = array("q", (hashes[number] for number in self._order))

    def number(self, key: str) -> int | None:
        """The place of an identifier."""
        wanted = hash(key)
        at = bisect_left(self._hashes, wanted)
        while at < len(self._hashes) and self._hashes[at] == wanted:
            if self._keys[self._order[at]] == key:
                return self._order[at]
            at += 1
        return None

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class ByMember(_Numbered[Member, T]):
    """What members of something that spans articles belong to: `of` by the number noted for each, article by article.

    A dictionary by members takes four times the memory.
    """

    def __init__(self, of: Sequence[T]) -> None:
        super().__init__(Member, of)
        self._by_article: dict[str, _Few | dict[str, int]] = {}
        self._count = 0

    def note(self, member: Member, number: int) -> None:
        """Say to which one of all a member belongs; said again, the last word counts."""
        listed = self._by_article.get(member.article)
        if listed is None:
            listed = self._by_article[member.article] = _Few()
        elif isinstance(listed, _Few) and len(listed) == _LISTED:
            listed = self._by_article[member.article] = dict(zip(listed.locals, listed.numbers, strict=True))
        before = len(listed)
        listed[intern(member.local)] = number
        self._count += len(listed) - before

    def number(self, key: Member) -> int | None:
        """The number noted for a member."""
        listed = self._by_article.get(key.article)
        return None if listed is None else listed.get(key.local)

    def __iter__(self) -> Iterator[Member]:
        for article, listed in self._by_article.items():
            for local in listed:
                yield Member(article, local)

    def __len__(self) -> int:
        return self._count


class _Few:
    """Numbers of the members of one article, which are looked through."""

    __slots__ = ("locals", "numbers")

    def __init__(self) -> None:
        self.locals: list[str] = []
        self.numbers = array("I")

    def __setitem__(self, local: str, number: int) -> None:
        if local in self.locals:
            self.numbers[self.locals.index(local)] = number
            return
        self.locals.append(local)
        self.numbers.append(number)

    def get(self, local: str) -> int | None:
        """The number of a member."""
        return self.numbers[self.locals.index(local)] if local in self.locals else None

    def __iter__(self) -> Iterator[str]:
        return iter(self.locals)

    def __len__(self) -> int:
        return len(self.locals)
