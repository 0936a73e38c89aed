"""An immutable mapping, for the fields of frozen values."""

from __future__ import annotations

from typing import Any, Generic, NoReturn, TypeVar

import msgspec
from msgspec.structs import force_setattr

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class FrozenDict(dict[_Key, _Value], Generic[_Key, _Value]):
    """A hashable, immutable dict, which JSON and pickle treat as a dict."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is immutable; copy it with dict()")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (dict(self),)

    def __copy__(self) -> FrozenDict[_Key, _Value]:
        return self


def freeze(value: msgspec.Struct, field: str) -> None:
    """Make the mapping in a field of a frozen value immutable, too; for `__post_init__`."""
    mapping = getattr(value, field)
    if not isinstance(mapping, FrozenDict):
        force_setattr(value, field, FrozenDict(mapping))
