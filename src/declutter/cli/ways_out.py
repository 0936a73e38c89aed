"""The command-line options for what messages of the library advise."""

from __future__ import annotations

from typing import Final

_WAYS: Final = {
    "CertificateError": "--ca-file FILE",
    "DeadlineError": "--timeout SECONDS",
    "ForbiddenAddressError": "--allow-private",
    "LimitError": "--limit NAME=N, or --truncate",
    "OutOfTimeError": "--limit seconds=N, or --truncate",
    "PageMemoryError": "--page-memory MB",
    "PageTimeoutError": "--page-timeout SECONDS",
    "TooLargeError": "--max-bytes N",
}
"""By name of the error class."""

_ADVICE: Final = ("raise ", "allow_private")
"""The part of a message that recommends changing an option; other messages of the same error get no option."""


def way_out(kind: str, message: str, bound: str | None = None) -> str:
    """What to add to a message, in brackets; "" if no option helps.

    kind: name of the error class. bound: name of the limit that was exceeded, if known.
    """
    option = _WAYS.get(kind)
    if option is None or not any(sign in message for sign in _ADVICE):
        return ""
    return f" ({option if bound is None else option.replace('NAME', bound.removeprefix('max_'))})"
