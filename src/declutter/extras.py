"""Imports of optional dependencies, with an error that names the extra."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from declutter.errors import MissingExtraError


@contextmanager
def extra(name: str, what: str) -> Iterator[None]:
    """Import optional dependencies inside this context. name: the extra that installs them. what: what needs them.

    Raises MissingExtraError if an import fails.
    """
    try:
        yield
    except ImportError as error:
        raise MissingExtraError(f"{what} needs the extra: pip install 'declutter[{name}]' ({error})") from error
