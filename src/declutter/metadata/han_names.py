"""Parse names of people in Chinese and Japanese author fields."""

from __future__ import annotations

import re
from typing import Final

from declutter.vocabulary import vocabulary

HAN: Final = re.compile(r"[\u3400-\u9fff]")
_MAX_NAME: Final = 15  # characters
_NAME: Final = re.compile(r"[\u3400-\u9fff·]{2,5}")
# Newspapers, portals and their sections, which content systems put into the author field.
_OUTLET: Final = re.compile(
    r"(?:[网網报報社台刊課係]|网站|網站|频道|頻道|在线|在線|财经|財經|新闻|新聞|编辑部|編輯部|报道|報導)[:：]?$"
)
_POST: Final = (
    "(?:本报|本報|本网|本刊|特约|實習|实习|见习|首席|资深)?(?:记者|記者|编辑|編輯|通讯员|撰文|摄影|攝影|作者)"
)
_JAPANESE: Final = re.compile(r"[\u3400-\u9fff々]{1,4} [\u3040-\u9fff々ー]{1,4}")
_KANA: Final = re.compile(r"[\u3040-\u30ff々]")
_CREDIT: Final = re.compile(r"\s?[/／|｜]\s?[^\s:：/／]{1,6}[:：].*", re.DOTALL)  # `…／撮影：…`
_ROLE: Final = re.compile(f"{_POST}$")
_TITLE: Final = re.compile(rf"^(?:{_POST}|文)[:：/／]?(?=[\u3400-\u9fff]{{2}})")


def han_people(text: str) -> list[str]:
    """Names in Chinese and Japanese, which are separated by spaces, commas or nothing, and followed by roles."""
    if _OUTLET.search(re.split(r"[_,，|｜\s]", text, maxsplit=1)[0]):
        return []
    text = re.sub(r"[(（\[【].*|(?<![\])）】])[\])）】]+$", "", text) or text
    text = _CREDIT.sub("", text)
    if _JAPANESE.fullmatch(text) and (_KANA.search(text) or min(map(len, text.split())) == 1):
        return [text]  # Chinese names have two signs or more, and no space inside
    parts = [_ROLE.sub("", _TITLE.sub("", part)) for part in re.split(r"[\s,，/／|｜丨]+", text)]
    found = [part for part in parts if _NAME.fullmatch(part) and not vocabulary().find(part)]
    if found:
        return found
    name = parts[0].strip(" ,，.") if parts else ""
    return [name] if 1 < len(name) <= _MAX_NAME and not vocabulary().find(name) else []
