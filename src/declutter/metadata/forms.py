"""The forms of bylines that no lead word of the vocabulary tells: by a script's own order of words and marks."""

from __future__ import annotations

import re
from typing import Final

from declutter.metadata.people import is_plain_name, is_short_name, without_tail
from declutter.vocabulary import vocabulary
from declutter.vocabulary.folding import fold

_BY: Final = re.compile(
    r"(?:(?:guide|text|story|review|article|post|words|essay|interview|written|posted)\s)?"
    r"(?:by|von|par|por|di|door|av|af|przez|от):?(?:\s+|(?-i:(?<=[a-z])(?=[A-Z])))(.+)",
    re.IGNORECASE,
)
_BY_BEHIND: Final = re.compile(r"(.{3,60}?)\s(?:द्वारा|tarafından)")
_HAN: Final = r"[\u3400-\u9fff]"
_HAN_POST: Final = (
    rf"(?:本报|本報|本网|本刊|特约|特約|实习|實習|见习|見習|{_HAN}{{1,6}}[社報报網网台刊])?"
    "(?:记者|記者|撰文|通讯员|通訊員)"
)
_HAN_BY: Final = re.compile(
    rf"{_HAN_POST}\s?([\u3400-\u9fff·]{{2,5}}(?:[\s、][\u3400-\u9fff·]{{2,5}}){{0,3}})"
    rf"(?:[／/]?\s?{_HAN}{{0,6}}(?:報導|报道|電|电))?"
)
_HANGUL_BY: Final = re.compile(
    r"(?:[\[(][^\[\]()]{1,20}[\])]\s?)?(?:"
    r"([가-힣]{2,4})\s?(?:선임|전문|인턴|수습)?(?:기자|특파원|논설위원)(?:\s\S{1,40}@\S{1,40})?\s?=?"
    r"|(?:글|글\s?[·/]\s?사진|취재)\s?[=:/|]?\s([가-힣]{2,4})(?:\s?기자)?|(?:글|글\s?[·/]\s?사진|취재)[=:/|]([가-힣]{2,4}))"
)
# `文｜张三 编辑｜李四`: what is done, a mark, by whom.
_CREDITS: Final = re.compile(r"[\u3040-\u9fff\uac00-\ud7af・·]{1,8}\s?[|｜丨=＝/]\s?[\u3400-\u9fff\uac00-\ud7af]{2}")
_CREDIT_MARK: Final = re.compile(r"\s?([|｜丨=＝/])\s?")
_BREAKS: Final = re.compile(
    r"\s*[|｜•·∙⋅●▪]\s*|\s[-–—/~]{1,2}\s|\s+(?=[^\s:：]{1,8}[:：]\S)" rf"|\s+(?={_HAN_POST}\s?{_HAN})"
)


def pieces(line: str) -> list[str]:
    """The parts of a header line that marks or the next lead part from each other."""
    if _CREDITS.match(line):
        return _CREDIT_MARK.sub(r"\1", line).split()
    return _BREAKS.split(line)


def named_by(text: str) -> str | None:
    """What follows `by` in a line that begins so; a name may stand in any form there: `by jdoe`."""
    match = _BY.match(text)
    return match[1] if match else None


def named_in_form(text: str) -> str | None:
    """The names of a line that is a byline by its form alone: `记者 张三`, `홍길동 기자`, `Jane Roe, Senior Editor`."""
    if match := _HAN_BY.fullmatch(text) or _HANGUL_BY.fullmatch(text):
        return next(name for name in match.groups() if name)
    if (match := _BY_BEHIND.fullmatch(text)) and is_short_name(match[1]):
        return match[1]
    by = named_by(text)
    if by and is_plain_name(without_tail(by)):
        return by
    name, comma, post = text.partition(", ")
    posts = vocabulary().name_words("role")
    is_post = comma and not posts.isdisjoint(fold(word.strip(".,")) for word in post.split())
    return name if is_post and is_plain_name(name) else None
