"""Bylines recognised by form alone, in scripts that write the role beside the name without spaces."""

from __future__ import annotations

import re
from typing import Final

HAN: Final = r"[\u3400-\u9fff]"
HAN_POST: Final = (
    rf"(?:本报|本報|本网|本刊|特约|特約|实习|實習|见习|見習|{HAN}{{1,6}}[社報报網网台刊])?"
    "(?:记者|記者|撰文|通讯员|通訊員)"
)
# Words after `记者` that are not names: `记者调查`, `记者招待会`.
_NO_NAME: Final = (
    "[调調][查研]|手[记記]|[观觀]察|直[击擊]|招待|日[记記]|[报報][道導]|新春|[从從]|了解|[采採][访訪]|[获獲]悉"
)
_HAN_BY: Final = re.compile(
    rf"{HAN_POST}\s?[・·:：／/|｜]?\s?(?!{_NO_NAME})([\u3400-\u9fff·]{{2,5}}(?:[\s、][\u3400-\u9fff·]{{2,5}}){{0,3}})"
    rf"(?:[／/]?\s?{HAN}{{0,6}}(?:報導|报道|電|电))?|({HAN}{{2,4}})\s?[／/]\s?{HAN}{{2,6}}(?:報導|报道)"
    rf"|{HAN}{{1,5}}(?:新聞|新闻|報|报|社)[／/]({HAN}{{2,4}})"
)
_HANGUL_BY: Final = re.compile(
    r"(?:[\[(][^\[\]()]{1,20}[\])]\s?)?(?:"
    r"([가-힣]{2,4})\s?(?:선임|전문|인턴|수습)?(?:기자|특파원|논설위원)(?:\s\S{1,40}@\S{1,40})?\s?=?"
    r"|(?:글|글\s?[·/]\s?사진|취재)\s?[=:/|]?\s([가-힣]{2,4})(?:\s?기자)?|(?:글|글\s?[·/]\s?사진|취재)[=:/|]([가-힣]{2,4}))"
)
_MAX_LINE: Final = 60
_BRACKETS: Final = "()（）[]【】〔〕"


def signed_by(text: str) -> str | None:
    """The names in a line that is a byline as a whole: `记者 张三`, `记者陳美玲／台北報導`, `홍길동 기자`."""
    if len(text) > _MAX_LINE or text.isascii():
        return None
    match = _HAN_BY.fullmatch(text) or _HANGUL_BY.fullmatch(text)
    if match is None and text[0] in _BRACKETS and text[-1] in _BRACKETS:
        match = _HAN_BY.fullmatch(text.strip(_BRACKETS))
    return next((name for name in match.groups() if name), None) if match else None
