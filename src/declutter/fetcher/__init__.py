"""Fetches pages politely, safely and within limits.

Importing this package does not import httpx; the modules that need it are imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from declutter.fetcher.options import DEFAULT_FETCH, FetchOptions

if TYPE_CHECKING:
    from declutter.model import Page

__all__ = ["DEFAULT_FETCH", "FetchOptions", "fetch", "fetch_async"]


def fetch(url: str, *, options: FetchOptions = DEFAULT_FETCH) -> Page:
    """Fetch one page. Raises a subclass of FetchError, which names the URL."""
    from declutter.fetcher.blocking import run

    return run(fetch_async(url, options=options))


async def fetch_async(url: str, *, options: FetchOptions = DEFAULT_FETCH) -> Page:
    """Fetch one page. For several, use a Fetcher, which keeps connections and delays between pages."""
    from declutter.fetcher.client import Fetcher

    async with Fetcher(options) as fetcher:
        return await fetcher.fetch(url)
