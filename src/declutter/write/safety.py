"""Makes text and URLs of a page safe for the writers' output."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any, Final

SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "ftp"})

# C0 except tab and line feed, DEL, C1, lone surrogates, and Unicode's line separators.
_HARMFUL: Final = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_REPLACEMENTS: Final = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)], "\ufffd"),
    **dict.fromkeys((0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0x2028, 0x2029), " "),
    0x09: "\t",
    0x0A: "\n",
}
_NOT_ENCODABLE: Final = re.compile("[\0\ud800-\udfff]")
# Browsers drop tabs and line ends anywhere in a URL, and controls and spaces before it.
_IGNORED_IN_ADDRESS: Final = re.compile("[\1- \x7f-\xa0\u2028\u2029]+")
_SCHEME: Final = re.compile(r"([^/?#:]*):")
_MAX_ADDRESS: Final = 65_536
"""Maximum characters of a URL. Servers accept no longer ones, and the sanitiser's parser takes time quadratic in its
`&`.
"""


MAX_RUN: Final = 4000
"""Characters of a text after which an empty comment is inserted, which the sanitiser drops again. Its parser takes time
quadratic in the character references of one text.
"""


def clean(text: str) -> str:
    """Replace control characters and lone surrogates one for one, so that offsets stay valid."""
    return text.translate(_REPLACEMENTS) if _HARMFUL.search(text) else text


def encodable(text: str) -> str:
    """Replace NUL and lone surrogates one for one, so that offsets stay valid."""
    return _NOT_ENCODABLE.sub("\ufffd", text)


def in_strings(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value with all its strings changed, including keys."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(key): in_strings(entry, change) for key, entry in value.items()}
    return [in_strings(entry, change) for entry in value] if isinstance(value, list | tuple) else value


def escaped(text: str) -> str:
    """The text as HTML for the sanitiser; a long one is split by comments."""
    return "<!---->".join(escape(text[at : at + MAX_RUN], quote=False) for at in range(0, len(text), MAX_RUN))


def safe_address(address: str | None) -> str | None:
    """The URL without white space and controls; None if following it could execute something, or is impossible.

    Schemes are read as leniently as any browser might: entities decoded, white space ignored, case folded.
    URLs without a scheme are relative, and safe.
    """
    if not address or len(address) > _MAX_ADDRESS:
        return None
    address = encodable(address)
    stripped = _IGNORED_IN_ADDRESS.sub(
        lambda gap: "%20" * gap[0].count(" "),
        address.strip("".join(map(chr, range(33)))),
    )
    lenient = _IGNORED_IN_ADDRESS.sub("", unescape(unescape(address)))
    for reading in (stripped, lenient):
        scheme = _SCHEME.match(reading)
        if scheme and scheme[1].lower() not in SAFE_SCHEMES:
            return None
    return stripped or None
