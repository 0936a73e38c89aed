"""What an engine's module says where its engine is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from declutter.errors import MissingExtraError


@contextmanager
def extra(name: str, what: str) -> Iterator[None]:
    """Imports that the bare install may lack. name: of the extra that brings them. what: needs them, for the message.

    Raises MissingExtraError where one fails.
    """
    try:
        yield
    except ImportError as error:
        raise MissingExtraError(f"{what} needs the extra: pip install 'declutter[{name}]' ({error})") from error
