"""Bylines without a lead word from the vocabulary, recognised by a script's word order and punctuation."""

from __future__ import annotations

import re
from typing import Final

from declutter.metadata.people import is_plain_name, is_short_name, listed_names, without_tail
from declutter.signed import HAN, HAN_POST
from declutter.vocabulary import vocabulary
from declutter.vocabulary.folding import fold

_BY: Final = re.compile(
    r"(?:(?:guide|text|story|review|article|post|words|essay|interview|written|posted)\s)?"
    r"(?:by|von|par|por|di|door|av|af|przez|от):?(?:\s+|(?-i:(?<=[a-z])(?=[A-Z])))(.+)",
    re.IGNORECASE,
)
# Words that need a name behind them. `De São Paulo` names a place: only a list of names follows a plain `de`.
_BY_NAME: Final = re.compile(r"(?:tekst|text|texte|texto|testo|teksti|words|ord|(de))\s+(.+)", re.IGNORECASE)
_BY_BEHIND: Final = re.compile(r"(.{3,60}?)\s(?:द्वारा|tarafından)")
# `文｜张三 编辑｜李四`: role, separator, name.
_CREDITS: Final = re.compile(r"[\u3040-\u9fff\uac00-\ud7af・·]{1,8}\s?[|｜丨=＝/／]\s?[\u3400-\u9fff\uac00-\ud7af]{2}")
_CREDIT_MARK: Final = re.compile(r"\s?([|｜丨=＝/／])\s?")
_BREAKS: Final = re.compile(
    r"\s*[|｜•·∙⋅●▪]\s*|\s[-–—/~]{1,2}\s|\s+(?=[^\s:：／]{1,8}[:：]\S)"
    rf"|\s+(?={HAN_POST}\s?{HAN})"
    r"|(?<=[가-힣]기자)[\s,·]+(?=[가-힣]{2,4}\s?기자)|(?<=[가-힣]\s기자)[\s,·]+(?=[가-힣]{2,4}\s?기자)"
)
# Contained in every such line; finding none takes a tenth of the time of trying to split.
_MAY_BREAK: Final = re.compile(r"[|｜丨=＝•·∙⋅●▪:：/／~–—-]|" + "[\u2e80-\uffff]")


def pieces(line: str) -> list[str]:
    """The parts of a header line, split at separators and before lead words."""
    if _MAY_BREAK.search(line) is None:
        return [line]
    if _CREDITS.match(line):
        return _CREDIT_MARK.sub(r"\1", line).split()
    return _BREAKS.split(line)


def named_by(text: str) -> str | None:
    """The text after `by` at the start of a line. It may be any form of name: `by jdoe`."""
    match = _BY.match(text)
    return match[1] if match else None


def named_in_form(text: str, by_words: frozenset[str] = frozenset()) -> str | None:
    """The names in a line whose form makes it a byline: `Words Jane Roe`, `Jane Roe, Senior Editor`.

    by_words: the page's own words before an author, such as Catalan `per`, which are names or other words elsewhere.
    """
    if by_words:
        first, _, behind = text.partition(" ")
        if fold(first) in by_words and is_plain_name(without_tail(behind.partition(",")[0])):
            return behind
    if (match := _BY_BEHIND.fullmatch(text)) and is_short_name(match[1]):
        return match[1]
    by = named_by(text)
    if by and is_plain_name(without_tail(by)):
        return by
    if (match := _BY_NAME.fullmatch(text)) and (
        listed_names(match[2])[1:] or (not match[1] and is_plain_name(without_tail(match[2].partition(",")[0])))
    ):
        return match[2]
    name, comma, post = text.partition(", ")
    posts = vocabulary().name_words("role")
    is_post = comma and (not posts.isdisjoint(fold(word.strip(".,")) for word in post.split()) or is_agency(post))
    return name if is_post and is_plain_name(name) else None


def is_agency(text: str) -> bool:
    """Whether the text is the name of a news agency: the `AFP` of `Jane Roe, AFP`."""
    found = vocabulary().agencies.match(text)
    return found is not None and found.end == len(text)
