"""File names for items: stable, portable, inside the folder, and unique."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

SUFFIX: Final = ".json"

_MAX_PART: Final = 80
_MAX_PARTS: Final = 12
"""Limits that keep paths within 1,000 characters, and components within the 255 bytes of file systems."""
_SAFE: Final = re.compile(r"[a-z0-9_.,+=-]+(?:/[a-z0-9_.,+=-]+)*")
_UNSAFE: Final = re.compile(r"[^\w.,+=-]+")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_MAX_SHOWN: Final = 4096  # characters of a name that are used in the file name; the fingerprint covers all
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|\Z)", re.IGNORECASE)
_MARK: Final = "~"
"""Precedes the fingerprint, and occurs in no name without one."""


def file_name(name: str) -> str:
    """The path for an item's row, below the output folder, separated by slashes.

    A path in plain lower case is kept: `pages/a.html` gives `pages/a.html.json`. Any other name, such as a URL, is
    converted to a portable form with a fingerprint, so that no two names share a file on systems that ignore case or
    Unicode composition: `https://example.org/Story?id=3` gives `example.org/Story_id=3~8a1f….json`.
    """
    if _is_plain(name):
        return name + SUFFIX
    parts = [_part(part) for part in _SCHEME.sub("", name[:_MAX_SHOWN]).split("/") if part.strip(". ")]
    kept = [_below(part) for part in parts[: _MAX_PARTS - 1][: -1 if len(parts) < _MAX_PARTS else None]]
    last = parts[-1] if parts else "page"
    fingerprint = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return "/".join([*kept, f"{last}{_MARK}{fingerprint}{SUFFIX}"])


def _is_plain(name: str) -> bool:
    if not _SAFE.fullmatch(name) or name.count("/") >= _MAX_PARTS:
        return False
    *folders, last = name.split("/")
    parts = [*folders, last]
    return not (
        any(len(part) > _MAX_PART or part.endswith(".") or part.startswith(".") for part in parts)
        or any(_RESERVED.match(part) for part in parts)
        or any(part.endswith(SUFFIX) for part in folders)
    )


def _part(part: str) -> str:
    """A path component that is valid on any system."""
    plain = _UNSAFE.sub("_", part).encode("ascii", "replace").decode().replace("?", "_").strip(". ")[:_MAX_PART]
    plain = plain.rstrip(". ") or "_"
    return f"_{plain}" if _RESERVED.match(plain) else plain


def _below(part: str) -> str:
    """A folder's name that no file has."""
    return f"{part}_" if part.endswith(SUFFIX) else part
