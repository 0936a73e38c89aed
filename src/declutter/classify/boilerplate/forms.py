"""Recognises the form of short texts, in any language: time stamps, breadcrumbs, sentences, headlines."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from declutter.dates import find_dates, parse_date
from declutter.wide import FIRST_WIDE

MIN_PROSE_SIZE: Final = 60
"""Size (see `size`) from which a line that ends like a sentence is running text."""
MAX_STAMP_LENGTH: Final = 48
MAX_WIDE_LABEL: Final = 7
MAX_CRUMB_LENGTH: Final = 120
MAX_CRUMB_PIECE: Final = 40
MIN_MENU_PIECES: Final = 4
MAX_MENU_PIECE: Final = 24
MAX_DATED_LINE: Final = 100

# Patterns begin with one character class, so that a search skips at C speed to its characters: twice as fast if all are
# given by their codes. Unicode's digits come in tens.
_ZEROS: Final = "0٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐᥆᧐᪀᪐᭐᮰᱀᱐꘠꣐꤀꧐꧰꩐꯰０"
_DIGITS: Final = "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS)
PRICE: Final = re.compile(f"[$€£¥₽₹{_DIGITS}]" r"(?:(?<=\d)\s?(?:[$€£₽₹]|zł|руб|грн|Kč|元)(?!\w)|(?<=[$€£¥₽₹])\s?\d)")
CURRENCIES: Final = ("$", "€", "£", "¥", "₽", "₹", "zł", "руб", "грн", "Kč", "元")
"""Every price contains one of these."""
_CHANGE: Final = re.compile(r"[-+−–▲▼]\s?\d+(?:[.,]\d+)?\s?%")
"""Rise or fall of a price, as in tickers; offers seldom have it beside their price."""
_MAX_PRICE: Final = 48
_MAX_AMOUNT: Final = 10
_MAX_QUOTATION: Final = 120

_SENTENCE_END: Final = frozenset(".!?…。！？；;।۔؟\"'”’»」』)）]】")
_CLOSING: Final = "\"'”’»」』)）]】 \u00a0\u202f"  # French has a space before the quotation mark
_HARD_END: Final = frozenset(".。！!？?…।۔؟")
_UNCLOSED: Final = frozenset(map(chr, range(0x0E01, 0x0F00)))
"""Letters of Thai and Lao, whose sentences need no final mark."""
PROSE_ENDS: Final = _SENTENCE_END | _UNCLOSED
"""Last characters of running text."""
YEAR: Final = re.compile(
    f"[{_DIGITS}令平昭民一二]"
    r"(?:(?<=\d)(?:\d{3}|[./]\d\d?[./]\d\d)|(?<=[令平昭民])\w\s?(?:\d{1,3}|元)\s?年"
    r"|(?<=[一二])[〇○零一二三四五六七八九]{3}年)"
)
"""Contained in every date that is searched for: a year, or numbers in three parts."""
CRUMB_MARK: Final = re.compile(r"[>›»→/:](?:(?<=[>›»→])|(?<=\s/)(?=\s)|(?<=\s:)(?=:\s))")
_CRUMB: Final = re.compile(r"\s?[>›»→]\s?|\s/\s|\s::\s")
BARS: Final = "|｜·•"
BAR: Final = re.compile(f"[{BARS}]")
_BARS: Final = re.compile(r"\s?[|｜·•]\s?")
_CUT: Final = re.compile(r"(?:\.\.\.|…|⋯|\[…\]|\[\.\.\.\])[\"”»]?$")
_MAX_CUT: Final = 8
"""Characters at the end of a text that are searched for an ellipsis or full stop."""
_NUMBERS: Final = "0123456789-/.:年月日时分 ()[]（）【】•·|»›>"
_BRACKETS: Final = "[]()（）【】 "


def is_wide(text: str) -> bool:
    """Whether a text is mostly in a script without spaces, by characters at its beginning, middle and end.

    Where only one of the three is wide, those beside them count, too, since Korean has spaces between words, and its
    sentences end with an ASCII full stop.
    """
    if text.isascii():
        return False
    half = len(text) // 2
    first, middle, last = text[0] > FIRST_WIDE, text[half] > FIRST_WIDE, text[-1] > FIRST_WIDE
    if first + middle + last != 1:
        return first + middle + last > 1
    return first + (middle or text[half - 1] > FIRST_WIDE) + (last or text[-2:-1] > FIRST_WIDE) > 1


def size(text: str) -> int:
    """Length in letters; characters of scripts without spaces count double."""
    return len(text) if text.isascii() or not is_wide(text) else 2 * len(text)


def ends_sentence(text: str) -> bool:
    """Whether the text ends like a sentence, ignoring closing quotes and brackets."""
    if text[-1] not in _SENTENCE_END:
        return False
    return text[-1] in _HARD_END or text.rstrip(_CLOSING)[-1:] in _HARD_END


def is_prose(text: str) -> bool:
    """Whether it is running text: long, and ended like a sentence."""
    long = len(text) >= MIN_PROSE_SIZE or size(text) >= MIN_PROSE_SIZE
    return long and (ends_sentence(text) or text[-1] in _UNCLOSED)


def is_stamp(text: str) -> bool:
    """Whether the whole text is a date or time, possibly in brackets."""
    if len(text) > MAX_STAMP_LENGTH or (year := YEAR.search(text)) is None:
        return False
    # "Published: 2023/5/28" is a time; ten wide characters before a date are a headline.
    return sum(letter > FIRST_WIDE for letter in text[: year.start()]) <= MAX_WIDE_LABEL and date_of(text) is not None


@lru_cache(maxsize=1024)
def date_of(text: str) -> str | None:
    """The date if the whole text is one, with or without brackets, as ISO 8601 text; otherwise None."""
    return parse_date(text.strip(_BRACKETS))


def holds_price(text: str) -> bool:
    """Whether a short text contains an amount of money and is not a market quotation."""
    return len(text) <= _MAX_PRICE and PRICE.search(text) is not None and _CHANGE.search(text) is None


def opens_with_price(text: str) -> bool:
    """Whether a short text begins with an amount of money: `$54 at the Mill Shop`, `89,00 € Add to cart`."""
    return holds_price(text) and PRICE.search(text, 0, _MAX_AMOUNT) is not None and not text[0].isalpha()


def is_quotation(text: str) -> bool:
    """Whether it is a line of a ticker: prices with their rise or fall."""
    return len(text) <= _MAX_QUOTATION and _CHANGE.search(text) is not None and PRICE.search(text) is not None


def is_crumb(text: str, *, min_pieces: int = 3) -> bool:
    """Whether it is a breadcrumb: short pieces between `>`, `›`, `»` or spaced slashes. Two pieces prove little."""
    if len(text) > MAX_CRUMB_LENGTH or ("«" in text and text.find("«") < text.find("»")):  # a quotation
        return False
    pieces = [piece for piece in _CRUMB.split(text) if piece.strip()]
    return len(pieces) >= min_pieces and max(map(len, pieces)) <= MAX_CRUMB_PIECE


def is_menu(text: str) -> bool:
    """Whether it is a line of a menu: at least four short pieces separated by bars or dots."""
    if BAR.search(text) is None:
        return False
    pieces = [piece for piece in _BARS.split(text) if piece.strip()]
    return len(pieces) >= MIN_MENU_PIECES and max(map(len, pieces)) <= MAX_MENU_PIECE


def holds_date(text: str) -> bool:
    """Whether a short line contains a full date, like a byline or source line."""
    return len(text) <= MAX_DATED_LINE and YEAR.search(text) is not None and bool(find_dates(text))


def is_elided(text: str) -> bool:
    """Whether the text ends with an ellipsis."""
    return _CUT.search(text, max(0, len(text) - _MAX_CUT)) is not None


def is_cut(text: str) -> bool:
    """Whether the text is cut off: by an ellipsis, or an ASCII full stop after a wide non-Korean character."""
    last = text[-2:-1]
    return is_elided(text) or (text[-1] == "." and last > FIRST_WIDE and not "\uac00" <= last <= "\ud7af")


def link_share(text: str, linked: int) -> float:
    """The linked share of a text, not counting numbers and times at its edges (`1.`, `04-10`, `[2023/5/28]`)."""
    if linked >= len(text):
        return 1.0
    if not linked:
        return 0.0
    return min(1.0, linked / max(1, len(text.strip(_NUMBERS))))
