"""Sequences whose items are read, made or put together when they are asked for by their numbers."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Numbered(Sequence[T]):
    """A sequence of which only the length and the way to one item are told; a part of it is a list."""

    __slots__ = ()

    @abstractmethod
    def at(self, number: int) -> T:
        """The item of a number, from 0 up to the length."""

    @overload
    def __getitem__(self, number: int) -> T: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[T]: ...
    def __getitem__(self, number: int | slice) -> T | Sequence[T]:
        if isinstance(number, slice):
            return [self.at(one) for one in range(*number.indices(len(self)))]
        length = len(self)
        if not -length <= number < length:
            raise IndexError(number)
        return self.at(number if number >= 0 else number + length)
