"""Options as values: pass one to `extract`, `read` or `fetch`; the defaults are named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from declutter.rulings import Rules


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds that keep one page from taking the caller down. Past one: LimitError, or a truncated document.

    max_bytes: of the input; of the caller's tree or soup, characters of its text. max_elements: of the tree.
    max_blocks: of the document. max_text: characters in one block. seconds: of processor time in the calling thread,
    None for no bound; a clock is read only where it is set, and what the same page gives then depends on the machine.
    It is looked at between steps that each take a few hundredths of a page's time, and while a page is parsed (with
    libxml2 2.14 or later), so an answer comes that much later; rendering the document is not counted.

    over: what happens past a bound. Truncated by time, a document holds the blocks of the page's beginning.
    """

    max_bytes: int = 100_000_000
    max_elements: int = 5_000_000
    max_blocks: int = 1_000_000
    max_text: int = 50_000_000
    seconds: float | None = None
    over: Literal["raise", "truncate"] = "raise"

    def __post_init__(self) -> None:
        for name in ("max_bytes", "max_elements", "max_blocks", "max_text"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, not {getattr(self, name)!r}")
        if self.seconds is not None and not self.seconds > 0:
            raise ValueError(f"seconds must be more than 0, not {self.seconds!r}")
        if self.over not in ("raise", "truncate"):
            raise ValueError(f'over must be "raise" or "truncate", not {self.over!r}')


class ExtractOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How a page is read.

    form: "html", "text" (one non-blank line a block) or "auto" (told from the first kilobyte).
    encoding: WHATWG label that overrules all that the page says; None to find out.
    limits: see Limits.
    rules: what is known of sites, see SiteRules; None for none.
    cues: extra cue words in the form of a vocabulary file: {section: {list: [phrases]}}.
    repair: mend what the portal broke, where there is no doubt: lost non-breaking spaces, Latin words run together,
        mojibake. Each mending is told in `Document.repairs`.
    as_of: ISO 8601 date or time the page was fetched, None where it is not known: dates after it are placeholders, and
        those without a year or relative to the day of reading (`12 March`, `2 days ago`) are completed by it.

    Raises ValueError for a value that is none of these, TypeError for one of another type.
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


DEFAULT_OPTIONS = ExtractOptions()
