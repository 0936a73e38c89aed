"""Options of `extract` as values, with named defaults."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

import msgspec

from declutter.rulings import Rules


def check_numbers(options: msgspec.Struct, least: Mapping[str, float]) -> None:
    """Check fields of options by their smallest values. Raises TypeError or ValueError, which names the field."""
    for name, low in least.items():
        value = getattr(options, name)
        if not isinstance(value, int | float):
            raise TypeError(f"{name} must be a number, not {value!r}")
        if not value >= low:  # also catches NaN
            raise ValueError(f"{name} must be at least {low:g}, not {value!r}")


class Limits(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """Limits on what one page may take. A page that exceeds one raises LimitError or is truncated.

    max_bytes: size of the input; for a tree or soup, characters of its text.
    max_elements: elements of the tree.
    max_blocks: blocks of the document.
    max_text: characters in one block.
    seconds: processor time in the calling thread; None for no limit. A clock is read only if this is set, and the
        result then depends on the machine. It is checked during parsing (with libxml2 2.14 or later) and between steps
        of a few hundredths of a page's time, so the limit may be exceeded by that much. Rendering does not count.
    over: "raise", or "truncate" to return a document of the beginning of the page, with `truncated` set.
    """

    max_bytes: int = 100_000_000
    max_elements: int = 5_000_000
    max_blocks: int = 1_000_000
    max_text: int = 50_000_000
    seconds: float | None = None
    over: Literal["raise", "truncate"] = "raise"

    def __post_init__(self) -> None:
        check_numbers(self, {"max_bytes": 1, "max_elements": 1, "max_blocks": 1, "max_text": 1})
        if self.seconds is not None:
            check_numbers(self, {"seconds": 0})
            if self.seconds == 0:
                raise ValueError("seconds must be more than 0; None is no limit")
        if self.over not in ("raise", "truncate"):
            raise ValueError(f'over must be "raise" or "truncate", not {self.over!r}')


class ExtractOptions(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """How a page is extracted.

    form: "html", "text" (a text dump with one block per non-blank line) or "auto" (detected from the first kilobyte).
    encoding: WHATWG label that overrides what the page declares; None to detect it.
    limits: see Limits.
    rules: site rules, see SiteRules; None for none.
    cues: additional cue words in the format of a vocabulary file: {section: {list: [phrases]}}.
    repair: repair what is certainly broken: lost non-breaking spaces, Latin words run together, mojibake. Each repair
        is listed in `Document.repairs`.
    as_of: ISO 8601 date or time at which the page was fetched; None if unknown. Later dates are taken for placeholders,
        and dates without a year or relative ones (`12 March`, `2 days ago`) are completed from it.

    Raises ValueError or TypeError for values of other kinds.
    """

    form: Literal["auto", "html", "text"] = "auto"
    encoding: str | None = None
    limits: Limits = Limits()
    rules: Rules | None = None
    cues: tuple[Mapping[str, object], ...] = ()
    repair: bool = False
    as_of: str | None = None

    def __post_init__(self) -> None:
        if self.form not in ("auto", "html", "text"):
            raise ValueError(f'form must be "auto", "html" or "text", not {self.form!r}')
        if not isinstance(self.limits, Limits):
            raise TypeError(f"limits must be a Limits, such as Limits(seconds=5), not {self.limits!r}")
        if self.rules is not None and not hasattr(self.rules, "rule"):
            raise TypeError(f"rules must be a SiteRules, such as SiteRules.load(folder) returns, not {self.rules!r}")
        if isinstance(self.cues, str | Mapping) or not all(isinstance(cues, Mapping) for cues in self.cues):
            raise TypeError(f"cues must be a tuple of mappings, one per vocabulary file, not {self.cues!r}")
        if not isinstance(self.repair, bool):
            raise TypeError(f"repair must be True or False, not {self.repair!r}")
        if self.as_of is not None:
            _check_moment(self.as_of)


def _check_moment(moment: object) -> None:
    if not isinstance(moment, str):
        raise TypeError(f"as_of must be an ISO 8601 str, such as date.isoformat() returns, not {moment!r}")
    try:
        datetime.fromisoformat(moment)
    except ValueError as error:
        raise ValueError(f"as_of must be a date or time such as 2024-03-05T10:00Z, not {moment!r}") from error


DEFAULT_OPTIONS: Final = ExtractOptions()
