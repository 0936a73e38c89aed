"""Pages from the command line's arguments: each a Document, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

import msgspec

from declutter.errors import DeclutterError
from declutter.reading import STDIN, is_address, open_page

if TYPE_CHECKING:
    import asyncio

    from declutter.fetcher.client import Fetcher
    from declutter.fetcher.options import FetchOptions
    from declutter.model import Document, Page

T = TypeVar("T")


class Opener:
    """Opens pages, one after the other. Their fetches are one crawl: they share connections, robots.txt and turns."""

    def __init__(self, fetching: FetchOptions) -> None:
        self._fetching = fetching
        self._crawl: tuple[asyncio.Runner, Fetcher] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._crawl is not None:
            runner, fetcher = self._crawl
            with runner:
                runner.run(fetcher.aclose())

    def __call__(self, name: str) -> Page | bytes:
        """The page at an address, in a file, or on standard input."""
        if not is_address(name):
            return open_page(name)
        if self._crawl is None:
            import asyncio

            from declutter.fetcher.client import Fetcher

            self._crawl = asyncio.Runner(), Fetcher(self._fetching)
        runner, fetcher = self._crawl
        return runner.run(fetcher.fetch(name))


class Failure(NamedTuple):
    """An input that could not be read: its name on the command line, and what happened to it."""

    name: str
    error: DeclutterError | OSError

    @property
    def message(self) -> str:
        """One line that names the input and says what is wrong."""
        if isinstance(self.error, OSError):
            return f"{shown(self.name)}: {self.error.strerror or self.error}"
        message = str(self.error)
        return message if self.name in message else f"{shown(self.name)}: {message}"

    def to_json(self) -> str:
        """The failure as the line that stands for its document."""
        said = {"type": type(self.error).__name__, "message": self.message}
        return msgspec.json.encode({"input": self.name, "error": said}).decode()


def each(names: tuple[str, ...], read: Callable[[str], T]) -> Iterator[tuple[str, T | Failure]]:
    """By input: what reading it gives, its document mostly, or why there is nothing."""
    for name in names:
        try:
            yield name, read(name)
        except (DeclutterError, OSError) as error:
            yield name, Failure(name, error)


def shown(name: str) -> str:
    """An input's name for a reader."""
    return "<stdin>" if name == STDIN else name


def lack_of_essay(name: str, document: Document) -> str | None:
    """Say why a document has no essay; None where it has one."""
    if document.text:
        return None
    return f"{shown(name)}: {'no article on this page' if document.blocks else 'the page is empty'}"
