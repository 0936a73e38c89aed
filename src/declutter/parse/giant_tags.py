"""Rewrites tags with too many attributes, and pages nested too deeply, before the parser meets them.

libxml2 takes time quadratic in the attributes of one element (40,000: 1.6 s), and drops everything nested deeper than
2,048 elements. Ordinary pages have neither, so a check that costs 2 % of the parse finds the suspects, and only these
are rewritten, tag by tag, in linear time.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import count
from typing import Final

from declutter.deadline import NEVER, Deadline

MAX_ATTRIBUTES: Final = 500
"""Attributes kept per element. No element on 1,487 pages has more than 46; up to 500, parsing costs at most three times
as much per byte as with ten."""

MAX_DEPTH: Final = 512
"""Maximum depth of a rewritten tree: deeper elements become siblings of their ancestor there, as in Chromium."""

_VOID: Final = frozenset(b"area base br col embed frame hr img input link meta param source track wbr".split())
_RAW: Final = frozenset(b"script style xmp iframe noembed noframes title textarea plaintext".split())
_UNSTACKED: Final = _RAW | {b"html", b"head", b"body"}
_BREAKING: Final = frozenset({b"p", b"br"})


_WINDOW: Final = 8192
_MAX_STARTS: Final = 2000
"""Calibrated on 1,487 pages: 0.5 % are rewritten for nothing (data in attributes, scripts without a ">")."""
_ATTRIBUTE_START: Final = re.compile(rb"""[\s/"'][^\s/>]""")
_TRIES: Final = 4


def may_hold_giant_tag(markup: bytes) -> bool:
    """Whether a start tag may span a whole window of 8 KB, with thousands of attributes in it.

    Has no false negatives: inside a tag, ">" occurs only in quoted values, and the quote before a value follows a "=".
    So a ">" outside of values shows that no tag spans its window. Finding one takes a few `find`s per window.
    """
    outside, suspects, starts = True, False, 0
    for begin in range(0, len(markup), _WINDOW):
        end = begin + _WINDOW
        if _has_tag_end(markup, begin, end):
            suspects, starts = False, 0
            continue
        if not suspects and begin:
            suspects = True
            outside = _ends_outside(markup, begin - _WINDOW, begin)
        if not outside:
            starts += len(_ATTRIBUTE_START.findall(markup, begin, end))
            if starts > _MAX_STARTS:
                return True
        outside = outside and markup.find(b"<", begin, end) < 0
    return False


def _has_tag_end(markup: bytes, begin: int, end: int) -> bool:
    place = begin - 1
    for _ in range(_TRIES):
        place = markup.find(b">", place + 1, end)
        if place < 0:
            return False
        if not _in_value(markup, place, begin - _WINDOW):
            return True
    return False


def _ends_outside(markup: bytes, begin: int, end: int) -> bool:
    place = markup.rfind(b">", begin, end)
    return place >= 0 and markup.find(b"<", place, end) < 0 and not _in_value(markup, place, begin - _WINDOW)


def _in_value(markup: bytes, place: int, begin: int) -> bool:
    """Whether `place` may be in a quoted value: the nearest quote of a kind before it follows a "="."""
    begin = max(begin, 0)
    for quote in (b'"', b"'"):
        opening = markup.rfind(quote, begin, place)
        if opening < 0:
            continue
        before = markup[max(begin, opening - 1) : opening]
        if before.isspace():  # rare, and only then is the rest of the window copied
            before = markup[begin:opening].rstrip()[-1:]
        if before in {b"=", b""}:
            return True
    return False


# --- Rewriting a suspect ------------------------------------------------------------------------------------------

_ATTRIBUTE: Final = rb"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|(?!["'])[^\s>]*+))?+"""
_TOKEN: Final = re.compile(
    rb"<(?:(?P<comment>!--(?:-?>)?)|(?P<bogus>[!?]|/(?![a-zA-Z]))|(?P<end>/)?(?P<name>[a-zA-Z][^\s/>]*+)"
    rb"(?P<kept>(?:%b){0,%d}+)(?P<cut>(?:%b)*+)[\s/]*+>?)" % (_ATTRIBUTE, MAX_ATTRIBUTES, _ATTRIBUTE)
)
_COMMENT_END: Final = re.compile(rb"--!?>")
_SCRIPT_SIGN: Final = re.compile(rb"<!--(?!-?>)|-->|</?script(?=[\s/>])", re.IGNORECASE)


def tame(markup: bytes, deadline: Deadline = NEVER) -> bytes:
    """Rewrite markup so that no element has more than MAX_ATTRIBUTES or is deeper than MAX_DEPTH, in linear time.

    Keeps all text, in order. Drops end tags that close nothing, except `</p>` and `</br>`, which separate paragraphs.
    deadline: one that stops leaves the beginning of the page.
    """
    out: list[bytes] = []
    opened = _Opened()
    done = place = 0
    for _ in deadline.watch(count()):
        token = _TOKEN.search(markup, place)
        if token is None:
            out.append(markup[done:])
            break
        place = token.end()
        if token["name"] is None:
            place = _after_comment(markup, token)
            continue
        name = token["name"].lower()
        out.append(markup[done : token.start()])
        done = place
        if token["end"]:
            kept = name in _UNSTACKED or (name in _BREAKING and not opened.count[name])
            out.append(token[0] if kept else opened.close(name))
            continue
        if name in _RAW:
            place = _after_raw(markup, name, place)
        elif name not in _UNSTACKED and name not in _VOID:
            out.append(opened.open(name))
        out.append(b"<%b%b>" % (token["name"], token["kept"]) if token["cut"] else token[0])
    return b"".join(out)


class _Opened:
    """The open elements, by name, and the count of each name."""

    def __init__(self) -> None:
        self.names: list[bytes] = []
        self.count: Counter[bytes] = Counter()

    def open(self, name: bytes) -> bytes:
        """Note a start tag; return the end tag that must precede it to stay within MAX_DEPTH."""
        ends = self.close(self.names[-1]) if len(self.names) >= MAX_DEPTH else b""
        self.names.append(name)
        self.count[name] += 1
        return ends

    def close(self, name: bytes) -> bytes:
        """Note an end tag; return the end tags of all elements that it closes, b"" for none.

        libxml2 ignores an end tag that would also close a more important element, so each is closed by name.
        """
        ends = []
        while self.count[name]:
            last = self.names.pop()
            self.count[last] -= 1
            ends.append(b"</%b>" % last)
            if last == name:
                break
        return b"".join(ends)


def _after_comment(markup: bytes, token: re.Match[bytes]) -> int:
    if token["bogus"]:
        end = markup.find(b">", token.end())
        return end + 1 if end >= 0 else len(markup)
    if token["comment"] != b"!--":
        return token.end()
    closing = _COMMENT_END.search(markup, token.end())
    return closing.end() if closing else len(markup)


def _after_raw(markup: bytes, name: bytes, place: int) -> int:
    """The end of the text in an element without markup: its end tag, which is then read as a token."""
    if name == b"plaintext":
        return len(markup)
    if name == b"script":
        return _after_script(markup, place)
    closing = re.compile(rb"</%b(?=[\s/>])" % name, re.IGNORECASE).search(markup, place)
    return closing.start() if closing else len(markup)


def _after_script(markup: bytes, place: int) -> int:
    # A script inside a comment inside a script keeps the outer one open (html5 "script data double escaped state").
    escaped = nested = False
    for sign in _SCRIPT_SIGN.finditer(markup, place):
        match sign[0].lower():
            case b"<!--":
                escaped = True
            case b"-->":
                escaped = nested = False
            case b"<script":
                nested = escaped
            case _ if nested:
                nested = False
            case _:
                return sign.start()
    return len(markup)
