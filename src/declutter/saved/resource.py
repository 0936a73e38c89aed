"""The page that a file holds."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


class Resource(NamedTuple):
    """The main resource of a file that a browser saved.

    body: its bytes, in the encoding in which they were sent. content_type: as by HTTP, with `charset` if the file has
    it. url: where the page was; None if the file names no such place. saved_at: when it was saved, ISO 8601 in UTC.
    is_whole: False if the file ends within it.
    """

    body: bytes
    content_type: str | None = None
    url: str | None = None
    saved_at: str | None = None
    is_whole: bool = True


def address_of(*written: str | None) -> str | None:
    """The first of several places that is on the web, without folds of its line; None for `file:`, `cid:` and such."""
    places = ("".join(one.split()) for one in written if one)
    return next((place for place in places if _ADDRESS.fullmatch(place)), None)
