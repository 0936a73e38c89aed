"""Finds a flash's headline: `HEADLINE:body`, `【HEADLINE】body`, `KICKER | HEADLINE: body`, `HEADLINE —— body`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.flash.dressing import skip_signs
from declutter.dates import parse_date
from declutter.wide import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from declutter.vocabulary import Vocabulary

MAX_HEADLINE: Final = 120
"""Characters. The longest headline seen on portals has 96."""
_MAX_HEAD: Final = MAX_HEADLINE + 4
_MIN_HEADLINE: Final = 6
_BY_WORDS: Final = (-1.5, -1.5, -1.5, 0.0, 0.2, 0.7, 1.0, 1.1, 1.3)
"""By number of words (pairs of characters in scripts without spaces): labels and names have few, headlines more."""
_MIN_BODY: Final = 20
_MIN_LISTED: Final = 4
_MAX_KICKER: Final = 24
_MIN_SHOUTED: Final = 4  # characters of a kicker in capitals
_MAX_SHOUTED: Final = 2  # words
_MAX_SIGN: Final = 4
_AROUND_KICKER: Final = "【】[]:：#*_+=~> "
_MAX_DATE: Final = 28
_SECTION: Final = re.compile(r"[^\W\d_]{2,16}\s[|｜]\s(?=\S.{15})")
"""One word before a bar, and at least as much text as a short headline: `Business | Headline: text`."""
_DAYS: Final = "日号號일"  # what follows the number of a day
MIN_STRENGTH: Final = -1.0
"""Log-odds of a headline's form below which it is considered part of the text."""
_MIN_READ: Final = -1.0  # strength below which the first words make no difference
_SENTENCE: Final = 1.5
"""Log-odds against a headline that is a date, or whose first word begins a sentence: `But here is the truth: …`."""

_MAY_BE_KICKED: Final = re.compile(r"[|｜丨:：!！\]】〗］〕》」*#–—-]")  # what ends a kicker
_COLON: Final = re.compile("[:：]")
_CALL: Final = re.compile("[!！]")  # `BREAKING! Headline`
_BRACKETS: Final = {"【": "】", "[": "]", "〖": "〗", "［": "］", "〔": "〕", "《": "》", "「": "」", "*": "*"}
_OPENERS: Final = frozenset([*_BRACKETS, "#", "+", "=", "~"])
_FENCED: Final = re.compile(r"(?P<fence>\+{2,4}|={2,4}|~{2,4}|\*{3})\s?(?P<inner>[^\s+=~*].*?)\s?(?P=fence)\s*")
"""`+++ Headline +++ Text`; two stars are Markdown's bold type."""
# Starts with one character class, without the space, so that the search skips at C speed to the separators.
_SEPARATOR: Final = re.compile(
    r"[:：|｜丨—–-](?:(?<=[:：])(?!//)|(?<=[|｜丨])\s?|(?<=—)—+\s?|(?<=\s[—–-])\s|(?<=\s-)-\s)"
)
_CLOSES: Final = (")", "）")
_OPENS: Final = re.compile(r"[(（“«「《\"]")
_PAIRS: Final = (("(", ")"), ("（", "）"), ("“", "”"), ("«", "»"), ("「", "」"), ("《", "》"))
_QUOTES: Final = frozenset("\"“”‘'’„«»「『《‹›‚")
_SPOKEN: Final = re.compile(f"[-–—] ?[{re.escape(''.join(sorted(_QUOTES)))}]")
_BULLET: Final = re.compile(
    r"[•·●▪■◆○◦>※★☆✓✔➤►▶–—-]|[*+](?![*+])|\(?[0-9٠-٩०-९]{1,3}[.)、:：)](?!\d)|[(（]?[一二三四五六七八九十]{1,3}[)）、.]"
    r"|[①-⑳❶-❿]|第[一二三四五六七八九十\d]{1,3}[,，、:：]|[A-Za-zА-Яа-я][.)]\s|[QA問问答][\d]{0,2}[:：.]"
)
_HASHTAG: Final = re.compile(r"#([^\W\d][^\s#:：|｜]*)\s?(?:[:：|｜]\s?|[–—-]\s|(?<=\s)(?=[^#]))")  # `#LastMinute | …`
_JOINT: Final = re.compile(r"(?<=[a-zà-öø-ÿа-я])(?=[A-ZÀ-ÖØ-ÞА-Я])")
_DASHED: Final = re.compile(r"([^\W\d_][^\d.,:|–—-]{2,24})\s(?:--|[-–—])\s")
_STOPS: Final = re.compile(r"[。！；;.!?…？](?:(?<=[。！；;])|(?=[\s\"”»']))")
_SENTENCE_MARKS: Final = frozenset(".!?。！？…;；।۔؟")
_COMMAS: Final = ",，、،"
_LISTING: Final = _COMMAS + ";；"
_LISTED: Final = ",;"  # in ASCII


class Headline(NamedTuple):
    """A headline at the beginning of a text.

    start, end: of the headline without kicker and brackets; both 0 if there is only a kicker.
    body: where the flash's own text begins. form: kicker, bracket, fence, colon, bar or dash.
    kicker: as written, "" without one. strength: log-odds that this is a headline rather than a label, an attribution
    or the beginning of a sentence.
    """

    start: int
    end: int
    body: int
    form: str
    kicker: str
    strength: float


def is_wide(text: str) -> bool:
    """Whether the text is in a script without spaces, by its first such letter."""
    return not text.isascii() and UNSPACED.search(text) is not None


def is_listed(text: str) -> bool:
    """Whether the text begins like a list item: with a bullet, a number or a letter."""
    return _BULLET.match(text) is not None


def may_have_headline(text: str) -> bool:
    """Whether the beginning of the text has any mark that could end a headline; a cheap test of every block."""
    head = text[:MAX_HEADLINE]
    if ":" in head or "|" in head or " - " in head or head[0] in _OPENERS or "!" in head[:_MAX_KICKER]:
        return True
    if len(text) <= MAX_HEADLINE and head[:_MIN_SHOUTED].isupper():
        return True
    return not head.isascii() and ("—" in head or "：" in head or " – " in head or "丨" in head or "｜" in head)


def has_kicker(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the text begins with a kicker, without which no headline has that form."""
    if _MAY_BE_KICKED.search(text, 0, _MAX_SIGN + _MAX_KICKER) is None and not text[:_MIN_SHOUTED].isupper():
        return False
    head = text[:_MAX_HEAD]
    return bool(_kicker(head, skip_signs(head), vocabulary)[0])


def find_headline(text: str, vocabulary: Vocabulary) -> Headline | None:
    """The likeliest headline of the text; None if there is none."""
    head = text[:_MAX_HEAD]
    kicker, at = _kicker(head, skip_signs(head), vocabulary)
    if at >= len(text):
        return None  # a kicker on a line of its own
    return find_behind(kicker, text, at, vocabulary)


def find_behind(kicker: str, text: str, at: int, vocabulary: Vocabulary) -> Headline | None:
    """The likeliest headline at `at`, behind the kicker if there is one; None if there is none."""
    head = text[:_MAX_HEAD]
    bracketed = _bracketed(text, head, at, kicker, vocabulary)
    if bracketed is not None:
        return bracketed
    fenced = _FENCED.match(head, at) if head[at : at + 1] in _OPENERS else None
    if fenced is not None and len(text) - fenced.end() > _MIN_BODY:
        strength = _strength(fenced["inner"], text, fenced.end(), "bracket")
        return Headline(*fenced.span("inner"), fenced.end(), "fence", kicker, strength)
    best = _separated(text, head, at)
    if kicker:
        if best is None and len(text) <= MAX_HEADLINE and text[-1] not in _SENTENCE_MARKS:
            return Headline(at, len(text), len(text), "kicker", kicker, 2.0)  # its text is in the next block
        if best is None:
            return Headline(0, 0, at, "kicker", kicker, 2.0)
        return best._replace(form="kicker", kicker=kicker, strength=max(best.strength, 0.0) + 2.0)
    if best is not None and best.strength > _MIN_READ:
        part = head[best.start : best.end]
        if (section := _SECTION.match(part)) is not None:
            return best._replace(start=best.start + section.end())
        if vocabulary.sentences.match(part) or _is_date(part):
            return best._replace(strength=best.strength - _SENTENCE)
    return best


def _bracketed(text: str, head: str, at: int, kicker: str, vocabulary: Vocabulary) -> Headline | None:
    """The headline in the brackets that begin at `at`."""
    closer = _BRACKETS.get(head[at : at + 1])
    end = head.find(closer, at + 1) if closer is not None else -1
    if end - at - 1 < _MIN_HEADLINE or len(text) - end <= _MIN_BODY:
        return None
    strength = _strength(head[at + 1 : end], text, end + 1, "bracket")
    if vocabulary.reports.search(head[at + 1 : end]) is not None:
        strength -= 3.0  # 【… reports from …】 is a byline
    body = end + 1
    while text[body : body + 1] in (" ", ":", "："):
        body += 1
    return Headline(at + 1, end, body, "kicker" if kicker else "bracket", kicker, strength + bool(kicker) * 2.0)


def _is_date(part: str) -> bool:
    """Whether a headline is only a date, as in the entries of a timeline."""
    dated = len(part) <= _MAX_DATE and (part[-1].isdigit() or part[-1] in _DAYS)
    return dated and parse_date(part) is not None


def _separated(text: str, head: str, at: int) -> Headline | None:
    """The headline before the best separator: the first, unless what precedes it is a mere label."""
    best: Headline | None = None
    for hit in _SEPARATOR.finditer(head, at):
        mark = hit[0].strip()
        if mark in (":", "：") and (
            head[hit.start() - 1 : hit.start()].isdigit() and head[hit.end() : hit.end() + 1].isdigit()
        ):
            continue
        part = head[at : hit.start()].strip()
        if _OPENS.search(part) and _is_open(part):
            continue
        if len(part) < 2 or len(text) - hit.end() < _MIN_BODY:  # noqa: PLR2004 - a letter is not a headline
            continue
        if len(part) > MAX_HEADLINE:
            break
        form = "colon" if mark in (":", "：") else "bar" if mark in ("|", "｜", "丨") else "dash"
        if best is not None and form == "dash" and part.rstrip(" –—-")[-1:] in _CLOSES:
            continue  # `Key points: NORBURG, May 28 (Reuters) - …`
        body = hit.end() + (text[hit.end() : hit.end() + 1] == " ")
        strength = _strength(part, text, body, form)
        if best is None or strength > best.strength:
            start = at + len(head[at : hit.start()]) - len(head[at : hit.start()].lstrip())
            best = Headline(start, start + len(part), body, form, "", strength)
    return best


def _is_open(part: str) -> bool:
    """Whether a bracket or quotation begins in the part but ends after it."""
    return part.count('"') % 2 == 1 or any(part.count(opener) > part.count(closer) for opener, closer in _PAIRS)


def _strength(part: str, text: str, body: int, form: str) -> float:
    """Log-odds by form alone. Weights are set by hand, and low because plain pages have labels and attributions."""
    wide = is_wide(part)
    total = {"colon": 0.4, "bar": -0.3, "bracket": 1.0, "dash": -0.8}.get(form, 0.0)
    total += by_words(part)
    if text[body : body + 1] in _QUOTES or _SPOKEN.match(text, body):
        total -= 2.2  # an attribution
    if _BULLET.match(part):
        total -= 2.0
    if part.count("|") + (form == "bar") + text.count("|", body, body + MAX_HEADLINE) > 1:
        total -= 1.5  # several bars: a line of figures or links
    stops = len(_STOPS.findall(part))
    total -= 1.0 * stops
    commas = part.count(",") if part.isascii() else sum(map(part.count, _COMMAS))
    total -= 0.5 * max(0, commas - (0 if wide else 1))
    if form == "colon" and not wide and text[body - 1] != " " and text[body].isalnum() and not text[body].islower():
        total += 1.0  # writers do not omit this space, but programs that join headline and text do
    following = text[body : body + 1]
    if following.islower():
        total -= 2.2 if form == "dash" else 0.8  # the sentence goes on behind the dash
    if part[:1].islower():
        total -= 0.7
    if "<" in part or "=" in part:
        total -= 3.0  # visible markup of a broken page
    if _lists(text, body):
        total -= 2.0
    if len(text) - body < 2 * len(part) and len(text) - body < 60:  # noqa: PLR2004 - a brief says more than its headline
        total -= 1.0
    return total


def by_words(part: str) -> float:
    """Log-odds that a line is a headline, by its number of words: labels and names have few."""
    words = len(part) // 2 if is_wide(part) else part.count(" ") + 1
    return _BY_WORDS[min(words, len(_BY_WORDS) - 1)]


def _lists(text: str, body: int) -> bool:
    """Whether a list of names or things follows, rather than a report: a comma every few characters."""
    commas = sum([text.count(mark, body) for mark in (_LISTED if text.isascii() else _LISTING) if mark in text])
    if commas < _MIN_LISTED:
        return False
    room = 8 if UNSPACED.search(text, body, body + 12) else 24
    return commas * room >= len(text) - body


def _kicker(head: str, at: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """A kicker at `at`, and where the headline after it begins: `快讯 | …`, `[BREAKING] …`, `FLASH: …`."""
    if at:
        kicker, begin = _kicker(head[at:], 0, vocabulary)
        return kicker, at + begin
    lead = head[:_MAX_KICKER]
    if lead[:_MIN_SHOUTED].isupper() and (shouted := _shouted(head, vocabulary)):
        return shouted, len(shouted) + 1
    if _MAY_BE_KICKED.search(lead) is None:
        return "", 0
    if (tag := _HASHTAG.match(lead)) is not None:
        word = _JOINT.sub(" ", tag[1]).replace("_", " ")
        return (tag[1], tag.end()) if _is_kicker(word, vocabulary) else ("", 0)
    closer = "**" if lead[:2] == "**" else "#" if lead[:1] == "#" else _BRACKETS.get(lead[:1])
    if closer is not None:
        begin = len(closer)
        end = lead.find(closer, begin)
        inner = lead[begin:end] if end > 0 else ""
        word = inner.rstrip(":：")
        plain = closer == "**" and word == inner and word != word.upper()  # `**Update** As of today, …`
        if word and not plain and _is_kicker(word, vocabulary):
            after = end + begin
            while head[after : after + 1] in (" ", ":", "：", "|", "｜"):
                after += 1
            return word, after
        return "", 0
    return _parted_kicker(head, lead, vocabulary)


def _shouted(head: str, vocabulary: Vocabulary) -> str:
    """A kicker in capitals that only its type parted from the headline: `FLASH Ferry orders two boats`; "" if none."""
    words = head.split(" ", _MAX_SHOUTED + 1)
    for count in range(_MAX_SHOUTED, 0, -1):
        kicker = " ".join(words[:count])
        follows = len(words) > count + 1 and not words[count].isupper() and words[count][:1].isupper()
        if follows and kicker.isupper() and _is_kicker(kicker, vocabulary):
            return kicker
    return ""


def _parted_kicker(head: str, lead: str, vocabulary: Vocabulary) -> tuple[str, int]:
    """The same before a bar, a dash or a colon."""
    for mark in ("|", "｜", "丨"):
        cut = lead.find(mark)
        if cut > 0:
            word = lead[:cut].strip()
            if _is_kicker(word, vocabulary) or word.isupper() or (len(word) <= 6 and UNSPACED.search(word)):  # noqa: PLR2004
                return word, cut + 1 + (head[cut + 1 : cut + 2] == " ")
    dash = _DASHED.match(lead)
    if (
        dash is not None
        and (dash[1].isupper() or " " in dash[1] or dash[1].upper() == dash[1].lower())
        and _is_kicker(dash[1], vocabulary)
    ):
        return dash[1], dash.end()
    colon = _COLON.search(lead)
    cut = colon.start() if colon else 0
    word = lead[:cut].strip()
    if word and _is_kicker(word if word.isupper() else lead[: cut + 1], vocabulary):
        return word, cut + 1 + (head[cut + 1 : cut + 2] == " ")
    call = _CALL.search(lead)
    cut = call.start() if call else 0
    word = lead[:cut].strip()
    if word and word == word.upper() and _is_kicker(word, vocabulary):
        return word, cut + 1 + (head[cut + 1 : cut + 2] == " ")
    return "", 0


def is_kicker(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is only a kicker."""
    return len(text) <= _MAX_KICKER and _is_kicker(text.strip(_AROUND_KICKER), vocabulary)


def find_kickers(lines: Mapping[int, str], vocabulary: Vocabulary) -> set[int]:
    """The keys of the lines that are only a kicker; one look tells that none is, as on nearly all pages."""
    words = {key: line.strip(_AROUND_KICKER) for key, line in lines.items() if len(line) <= _MAX_KICKER}
    if vocabulary.kickers.absent("\n".join(words.values())):
        return set()
    return {key for key, word in words.items() if _is_kicker(word, vocabulary)}


def _is_kicker(word: str, vocabulary: Vocabulary) -> bool:
    word = word.strip(" !！·•")
    found = vocabulary.kickers.match(word)
    return found is not None and found.end >= len(word)
