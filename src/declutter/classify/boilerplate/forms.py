"""Forms of short texts that say what a block is, in any language: stamps, breadcrumbs, sentences, headlines."""

from __future__ import annotations

import re
from functools import lru_cache

from declutter.dates import find_dates, parse_date
from declutter.wide import FIRST_WIDE

MIN_PROSE_SIZE = 60
"""A line of this size (see `size`) that ends like a sentence is running text."""
MAX_STAMP_LENGTH = 48
MAX_WIDE_LABEL = 7
MAX_CRUMB_LENGTH = 120
MAX_CRUMB_PIECE = 40
MIN_MENU_PIECES = 4
MAX_MENU_PIECE = 24
MAX_DATED_LINE = 100

# Patterns begin with one set of characters: a search then skips at C speed to where one stands.
PRICE = re.compile(r"[$€£¥₽₹\d](?:(?<=\d)\s?(?:[$€£₽₹]|zł|руб|грн|Kč|元)(?!\w)|(?<=[$€£¥₽₹])\s?\d)")
CURRENCIES = ("$", "€", "£", "¥", "₽", "₹", "zł", "руб", "грн", "Kč", "元")
"""Of which every price has one."""
_CHANGE = re.compile(r"[-+−–▲▼]\s?\d+(?:[.,]\d+)?\s?%")
"""By how much a price rose or fell: what a ticker says of each, and offers seldom do beside their price."""
_MAX_PRICE = 48
_MAX_QUOTATION = 120

_SENTENCE_END = frozenset(".!?…。！？；;।۔؟\"'”’»」』)）]】")
_HARD_END = frozenset(".。！!？?…।۔؟")
YEAR = re.compile(
    r"[\d令平昭民一二](?:(?<=\d)(?:\d{3}|[./]\d\d?[./]\d\d)|(?<=[令平昭民])\w\s?(?:\d{1,3}|元)\s?年"
    r"|(?<=[一二])[〇○零一二三四五六七八九]{3}年)"
)
"""What every date has that is looked for: a year, or numbers that part into three."""
CRUMB_MARK = re.compile(r"[>›»→/:](?:(?<=[>›»→])|(?<=\s/)(?=\s)|(?<=\s:)(?=:\s))")
_CRUMB = re.compile(r"\s?[>›»→]\s?|\s/\s|\s::\s")
BARS = "|｜·•"
BAR = re.compile(f"[{BARS}]")
_BARS = re.compile(r"\s?[|｜·•]\s?")
_CUT = re.compile(r"(?:\.\.\.|…|⋯|\[…\]|\[\.\.\.\])[\"”»]?$")
_MAX_CUT = 8
"""Characters at a text's end that hold what cuts it off."""
_NUMBERS = "0123456789-/.:年月日时分 ()[]（）【】•·|»›>"
_BRACKETS = "[]()（）【】 "


def is_wide(text: str) -> bool:
    """Mostly in a script without spaces, told by three of its characters."""
    if text.isascii():
        return False
    return (text[0] > FIRST_WIDE) + (text[len(text) // 2] > FIRST_WIDE) + (text[-1] > FIRST_WIDE) > 1


def size(text: str) -> int:
    """Length in letters; characters of scripts without spaces count double."""
    return len(text) if text.isascii() or not is_wide(text) else 2 * len(text)


def ends_sentence(text: str) -> bool:
    """The text ends as sentences do, closing quotes and brackets looked through."""
    if text[-1] not in _SENTENCE_END:
        return False
    return text[-1] in _HARD_END or text.rstrip("\"'”’»」』)）]】")[-1:] in _HARD_END


def is_prose(text: str) -> bool:
    """Running text: long enough and closed like a sentence. Thai and Lao close none by a mark."""
    return size(text) >= MIN_PROSE_SIZE and (ends_sentence(text) or "\u0e00" < text[-1] < "\u0f00")


def is_stamp(text: str) -> bool:
    """The whole text is a date or time, in brackets perhaps."""
    if len(text) > MAX_STAMP_LENGTH or (year := YEAR.search(text)) is None:
        return False
    # "Published: 2023/5/28" is a time; ten wide characters before a date are a headline.
    return sum(letter > FIRST_WIDE for letter in text[: year.start()]) <= MAX_WIDE_LABEL and date_of(text) is not None


@lru_cache(maxsize=1024)
def date_of(text: str) -> str | None:
    """The date that a whole text is, brackets off, as ISO 8601 text; None for any other text."""
    return parse_date(text.strip(_BRACKETS))


def holds_price(text: str) -> bool:
    """A short text with an amount of money, and no quotation of the markets."""
    return len(text) <= _MAX_PRICE and PRICE.search(text) is not None and _CHANGE.search(text) is None


def is_quotation(text: str) -> bool:
    """A line of a ticker: prices, and by how much they rose or fell."""
    return len(text) <= _MAX_QUOTATION and _CHANGE.search(text) is not None and PRICE.search(text) is not None


def is_crumb(text: str, *, min_pieces: int = 3) -> bool:
    """A breadcrumb: short pieces between `>`, `›`, `»` or spaced slashes. Two pieces are any "A > B"."""
    if len(text) > MAX_CRUMB_LENGTH:
        return False
    pieces = [piece for piece in _CRUMB.split(text) if piece.strip()]
    return len(pieces) >= min_pieces and max(map(len, pieces)) <= MAX_CRUMB_PIECE


def is_menu(text: str) -> bool:
    """A line of a menu: four or more short pieces between bars or dots."""
    if BAR.search(text) is None:
        return False
    pieces = [piece for piece in _BARS.split(text) if piece.strip()]
    return len(pieces) >= MIN_MENU_PIECES and max(map(len, pieces)) <= MAX_MENU_PIECE


def holds_date(text: str) -> bool:
    """A short line that holds a full date: a byline's or source line's."""
    return len(text) <= MAX_DATED_LINE and YEAR.search(text) is not None and bool(find_dates(text))


def is_cut(text: str) -> bool:
    """A text broken off: closed by an ellipsis, or by an ASCII full stop after a wide character that is not Korean."""
    if _CUT.search(text, max(0, len(text) - _MAX_CUT)):
        return True
    if "\uac00" <= text[-2:-1] <= "\ud7af":  # Korean closes its sentences so
        return False
    return text[-1] == "." and not text.isascii() and (is_wide(text[:-1]) or text[-2:-1] > FIRST_WIDE)


def link_share(text: str, linked: int) -> float:
    """The share of a text that is linked, numbers and times around it (`1.`, `04-10`, `[2023/5/28]`) left out."""
    if linked >= len(text):
        return 1.0
    if not linked:
        return 0.0
    return min(1.0, linked / max(1, len(text.strip(_NUMBERS))))
