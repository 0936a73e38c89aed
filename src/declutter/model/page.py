"""A fetched page."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from declutter.frozen import freeze


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A fetched page: the bytes of the body (content codings undone), and where they came from.

    url: as requested. final_url: after redirects. chain: the URLs passed on the way, starting with the requested one.
    status: HTTP status. headers: with lower-case names.
    fetched_at: ISO 8601 in UTC.
    canonical: the URL that the page declares as its own (`<link rel=canonical>`), absolute.
    from_cache: whether the cache answered, with or without asking the server for changes.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: str
    chain: tuple[str, ...] = ()
    canonical: str | None = None
    from_cache: bool = False

    def __post_init__(self) -> None:
        freeze(self, "headers")

    def __repr__(self) -> str:
        """A line, without the body."""
        return f"<Page {self.final_url!r}: status {self.status}, {len(self.body):,} bytes, {self.fetched_at}>"
