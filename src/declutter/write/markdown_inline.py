"""Text and inline markup as CommonMark, escaped so that a parser reads back the same text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from declutter.model import SpanKind
from declutter.write.inline import Inline, Markup, plain
from declutter.write.safety import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Each alternative starts with a literal, so that `re` searches for those characters only, four times as fast.
_ANYWHERE: Final = r"\\|`|\*|~|_(?<![^\W_]_)|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=\#?[0-9A-Za-z]+;)"
_OUTSIDE_BRACKETS: Final = r"|\](?=[(\[:])|\[(?=\^)"
_INSIDE_BRACKETS: Final = r"|\[|\]"
# `$5 and $6` is not a formula in any parser, but `$5$` is; beside a formula, every dollar counts.
_DOLLARS: Final = r"|\$(?=[^\s$](?:[^$]*[^\s$])?\$(?!\d))"
_DOLLARS_BESIDE_FORMULAS: Final = r"|\$"
# At the end of a text before markup: `!` and a link would make an image.
_BEFORE_MARKUP: Final = r"|!$|\[$|\]$|<$|&(?=\#?[0-9A-Za-z]*$)"
_ENTITIES: Final = {"<": "&lt;", "&": "&amp;"}
# Line starts that do not make a paragraph: headings, quotes, list items, rules, delimiter rows, definitions.
_LINE_START: Final = re.compile(
    r"(?P<mark>\#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=:|](?=[-=:|\s]*$))|(?P<number>\d{1,9})(?P<point>[.)](?=\s|$))"
)
_HEADING_END: Final = re.compile(r"(^|\s)(#+)$")
_ASCII_PUNCTUATION: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_BACKTICKS: Final = re.compile("`+")
_IN_ADDRESS: Final = re.compile(r"""[()<>\\"`{}|^\s*_~\[\]]|&(?=\#?[0-9A-Za-z]+;)""")
_FIRST: Final = {
    SpanKind.LINK: "[",
    SpanKind.NOTE: "[",
    SpanKind.IMAGE: "!",
    SpanKind.CODE: "`",
    SpanKind.FORMULA: "$",
    SpanKind.DELETED: "~",
    SpanKind.SUB: "<",
    SpanKind.SUP: "<",
}
_MARKERS: Final = {
    SpanKind.STRONG: (("**", "__"), "strong"),
    SpanKind.EMPHASIS: (("*", "_"), "em"),
    SpanKind.DELETED: (("~~",), "del"),
    SpanKind.SUB: ((), "sub"),
    SpanKind.SUP: ((), "sup"),
}


class _Context(msgspec.Struct, frozen=True):
    """The context of a text that its escaping depends on: inside link or image brackets, beside formulas."""

    bracketed: bool = False
    beside_formulas: bool = False


@cache
def _special(context: _Context, *, before_markup: bool) -> re.Pattern[str]:
    """The pattern of characters to escape in a text."""
    return re.compile(
        _ANYWHERE
        + (_INSIDE_BRACKETS if context.bracketed else _OUTSIDE_BRACKETS)
        + (_DOLLARS_BESIDE_FORMULAS if context.beside_formulas else _DOLLARS)
        + (_BEFORE_MARKUP if before_markup else "")
    )


def paragraph(lines: Sequence[Sequence[Inline]]) -> list[str]:
    """The lines of one paragraph, with hard breaks between them. A formula alone is a display formula."""
    match lines:
        case [[Markup(kind=SpanKind.FORMULA) as formula]]:
            return [f"$${_tex(formula)}$$"]
    written = [_guarded(line) for line in _written(lines)]
    return [*(f"{line}\\" for line in written[:-1]), *written[-1:]]


def heading(lines: Sequence[Sequence[Inline]]) -> str:
    """The text of a heading, which cannot contain line ends."""
    return _HEADING_END.sub(r"\1\\\2", "<br>".join(_written(lines)))


def cell(lines: Sequence[Sequence[Inline]]) -> str:
    """The text of a table cell, which cannot contain line ends or an unescaped `|`."""
    return "<br>".join(_written(lines)).replace("|", "\\|")


def _written(lines: Sequence[Sequence[Inline]]) -> list[str]:
    context = _Context(beside_formulas=any(_holds_formula(line) for line in lines))
    return [text for line in lines if (text := _inline(line, context).strip())]


def _holds_formula(children: Sequence[Inline]) -> bool:
    return any(
        isinstance(child, Markup) and (child.kind is SpanKind.FORMULA or _holds_formula(child.children))
        for child in children
    )


def _guarded(line: str) -> str:
    """The line, with the beginning escaped if it would start another kind of block."""
    start = _LINE_START.match(line)
    if start is None:
        return line
    place = start.start("point") if start["number"] else 0
    return f"{line[:place]}\\{line[place:]}"


def _inline(children: Sequence[Inline], context: _Context, *, before: str = "", after: str = "") -> str:
    """Markup as Markdown. `before` and `after` are the adjacent characters, "" at the ends of a line."""
    written: list[str] = []
    for place, child in enumerate(children):
        previous = written[-1][-1] if written else before
        if isinstance(child, str):
            text = _text(child, context, before=previous, at_end=not after and place + 1 == len(children))
        else:
            following = _first(children[place + 1]) if place + 1 < len(children) else after
            text = _markup(child, context, previous, following)
        if text:
            written.append(text)
    return "".join(written)


def _text(text: str, context: _Context, *, before: str, at_end: bool) -> str:
    """Text with special characters escaped."""
    escaped = _special(context, before_markup=not at_end).sub(_escape, text.replace("\n", " ").replace("\t", " "))
    # At a line start, a definition or checkbox; after a footnote reference, a definition or link.
    if (escaped[:1] == "[" and before in ("", "]")) or (escaped[:1] in ("(", ":") and before == "]"):
        return f"\\{escaped}"
    return escaped


def _first(child: Inline) -> str:
    """The first character of a node's Markdown, as far as the flanking rules need it."""
    return child[0] if isinstance(child, str) else _FIRST.get(child.kind, "*")


def _escape(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0], f"\\{found[0]}")


def _markup(markup: Markup, context: _Context, before: str, after: str) -> str:
    match markup.kind:
        case SpanKind.IMAGE:
            alt = " ".join(clean(markup.span.alt or "").split())
            return f"![{_text(alt, _Context(bracketed=True), before='[', at_end=False)}]({_address(markup.target)})"
        case SpanKind.LINK:
            inside = msgspec.structs.replace(context, bracketed=True)
            text = _inline(markup.children, inside, before="[", after="]")
            return f"[{text}]({_address(markup.target)})" if text.strip() else text
        case SpanKind.NOTE:
            return f"[^{markup.target}]"
        case SpanKind.CODE:
            return _code(plain(markup.children))
        case SpanKind.FORMULA:
            return f"${_tex(markup)}$"
        case _:
            return _emphasis(markup, context, before, after)


def _emphasis(markup: Markup, context: _Context, before: str, after: str) -> str:
    """Delimiters, with white space and punctuation at the edges moved out, if CommonMark accepts them; else a tag."""
    markers, tag = _MARKERS[markup.kind]
    for loose in (str.isspace, _is_loose):
        lead, inside, trail = _trim(markup.children, loose)
        if not inside:
            break
        for marker in markers:
            text = _inline(inside, context, before=marker[0], after=marker[0])
            if _is_seen(marker, text, lead[-1:] or before, trail[:1] or after):
                first = _text(lead, context, before=before, at_end=False)
                last = _text(trail, context, before=marker, at_end=not after)
                return f"{first}{marker}{text}{marker}{last}"
    text = _inline(markup.children, context, before=">", after="<")
    return f"<{tag}>{text}</{tag}>" if text.strip() else text


def _trim(children: Sequence[Inline], loose: Callable[[str], bool]) -> tuple[str, list[Inline], str]:
    """The characters at the edges for which `loose` is true, and the children between them."""
    inside = list(children)
    lead = trail = ""
    if inside and isinstance(inside[0], str):
        first = inside[0]
        size = next(
            (place for place, character in enumerate(first) if not loose(character)),
            len(first),
        )
        lead, inside[0] = first[:size], first[size:]
        inside = inside if inside[0] else inside[1:]
    if inside and isinstance(inside[-1], str):
        last = inside[-1]
        size = next(
            (place for place, character in enumerate(reversed(last)) if not loose(character)),
            len(last),
        )
        trail, inside[-1] = last[len(last) - size :], last[: len(last) - size]
        inside = inside if inside[-1] else inside[:-1]
    return lead, inside, trail


def _is_seen(marker: str, text: str, before: str, after: str) -> bool:
    """Whether CommonMark recognises the markers around `text` as emphasis, by its rules on flanking, strictly read."""
    mark = marker[0]
    if not text or mark in (text[0], text[-1], before, after):
        return False
    open_before = not before or _is_apart(before)
    open_after = not after or _is_apart(after)
    if text[0].isspace() or text[-1].isspace():
        return False
    if mark == "_":
        return open_before and open_after
    return (open_before or not _is_loose(text[0])) and (open_after or not _is_loose(text[-1]))


def _is_loose(character: str) -> bool:
    """Whether it is white space, or punctuation in any version of CommonMark: Unicode's P, since 0.31 also S."""
    return character.isspace() or unicodedata.category(character)[0] in "PS"


def _is_apart(character: str) -> bool:
    """Whether it is white space, or punctuation in every version of CommonMark: Unicode's P, and ASCII's."""
    return character.isspace() or character in _ASCII_PUNCTUATION or unicodedata.category(character)[0] == "P"


def _code(text: str) -> str:
    """A code span, with a delimiter longer than any run of backticks inside."""
    text = text.replace("\n", " ")
    if not text.strip():
        return text
    runs = {len(run) for run in _BACKTICKS.findall(text)}
    size = next(size for size in range(1, len(runs) + 2) if size not in runs)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{'`' * size}{pad}{text}{pad}{'`' * size}"


def _tex(markup: Markup) -> str:
    """TeX, without anything that Markdown parsers take for a tag, a link or the end of the formula."""
    tex = " ".join(markup.target.split()).replace("<", "\\lt ").replace(">", "\\gt ").replace("`", "'")
    return re.sub(r"(?<!\\)\$", "", tex).replace("](", "] (").replace("][", "] [")


def _address(target: str) -> str:
    return _IN_ADDRESS.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()) if found[0] != "&" else "&amp;",
        target,
    )
