"""The host of a URL, which identifies the site of a page."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str | None) -> str:
    """The host of a URL without `www.`; "" if there is none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:  # malformed, such as "http://["
        return ""
    return host.removeprefix("www.")
