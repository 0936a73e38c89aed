"""Text and inline markup as CommonMark, escaped so that a parser reads back the same text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from declutter.model import SpanKind
from declutter.write.inline import Inline, Markup, nest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from declutter.model import Block

# Always special, special beside certain neighbours, and special at the edge of a run whose neighbour is markup.
_SPECIAL: Final = re.compile(
    r"[\\`*~]|(?<![^\W_])_|_(?![^\W_])|\](?=[(\[:])|\[(?=\^)|<(?=[A-Za-z/!?])|&(?=\#?[0-9A-Za-z]+;)"
)
_SPECIAL_IN_BRACKETS: Final = re.compile(r"[\\`*~\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=\#?[0-9A-Za-z]+;)")
# Special at the end of a run whose neighbour is markup: `!` and a link make an image.
_AT_END: Final = r"|[!\[\]<]$|&(?=\#?[0-9A-Za-z]*$)"
_SPECIAL_BEFORE_MARKUP: Final = re.compile(_SPECIAL.pattern + _AT_END)
_SPECIAL_IN_BRACKETS_BEFORE_MARKUP: Final = re.compile(_SPECIAL_IN_BRACKETS.pattern + _AT_END)
_ENTITIES: Final = {"<": "&lt;", "&": "&amp;"}
# What makes a line something else than a paragraph: headings, quotes, list items, rules, delimiter rows, definitions.
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


def lines_of(blocks: Sequence[Block]) -> list[str]:
    """The lines of one paragraph, hard breaks between them."""
    lines = [_guarded(line) for block in blocks if (line := _inline(nest(block)).strip())]
    return [*(f"{line}\\" for line in lines[:-1]), *lines[-1:]]


def one_line(blocks: Sequence[Block]) -> str:
    """The text of a heading."""
    text = "<br>".join(line for block in blocks if (line := _inline(nest(block)).strip()))
    return _HEADING_END.sub(r"\1\\\2", text)


def cell_text(blocks: Sequence[Block]) -> str:
    """The text of a table's cell, which can't hold a line end or a bare `|`."""
    return "<br>".join(line for block in blocks if (line := _inline(nest(block)).strip())).replace("|", "\\|")


def formula_alone(block: Block) -> str | None:
    """The TeX of a block that is one formula."""
    match nest(block):
        case [Markup(kind=SpanKind.FORMULA) as formula]:
            return _tex(formula)
    return None


def _guarded(line: str) -> str:
    """The line with what would start another kind of block escaped."""
    start = _LINE_START.match(line)
    if start is None:
        return line
    place = start.start("point") if start["number"] else 0
    return f"{line[:place]}\\{line[place:]}"


def _inline(
    children: Sequence[Inline],
    *,
    before: str = "",
    after: str = "",
    bracketed: bool = False,
) -> str:
    """Markup as Markdown; `before` and `after` are the characters around it, "" at a line's ends."""
    written: list[str] = []
    for place, child in enumerate(children):
        previous = written[-1][-1] if written else before
        if isinstance(child, str):
            if not child:
                continue
            text = child.replace("\n", " ").replace("\t", " ")
            # Places first, all at once: an escape must not be escaped again.
            special = _SPECIAL_IN_BRACKETS if bracketed else _SPECIAL
            if place + 1 < len(children) or after:
                special = _SPECIAL_IN_BRACKETS_BEFORE_MARKUP if bracketed else _SPECIAL_BEFORE_MARKUP
            text = special.sub(_escape, text)
            if text[:1] == "[" and not previous:
                text = f"\\{text}"  # a definition or a task's box
            written.append(text)
            continue
        following = _first(children[place + 1]) if place + 1 < len(children) else after
        text = _markup(child, previous, following, bracketed=bracketed)
        if text:
            written.append(text)
    return "".join(written)


def _first(child: Inline) -> str:
    """The character that a neighbour will begin with, as far as flanking needs it."""
    return child[0] if isinstance(child, str) else _FIRST.get(child.kind, "*")


def _escape(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0], f"\\{found[0]}")


def _markup(markup: Markup, before: str, after: str, *, bracketed: bool) -> str:
    match markup.kind:
        case SpanKind.IMAGE:
            alt = _inline([" ".join((markup.span.alt or "").split())], bracketed=True)
            return f"![{alt}]({_address(markup.target)})"
        case SpanKind.LINK:
            text = _inline(markup.children, before="[", after="]", bracketed=True)
            return f"[{text}]({_address(markup.target)})" if text.strip() else text
        case SpanKind.CODE:
            return _code(_plain(markup.children))
        case SpanKind.FORMULA:
            return f"${_tex(markup)}$"
        case _:
            return _emphasis(markup, before, after, bracketed=bracketed)


def _emphasis(markup: Markup, before: str, after: str, *, bracketed: bool) -> str:
    """Delimiters where CommonMark sees them, with white space and punctuation at the edges moved out; else a tag."""
    markers, tag = _MARKERS[markup.kind]
    lead, children, trail = _trim(markup.children, _is_space)
    if not children:
        return _inline([lead + trail], before=before, after=after, bracketed=bracketed)
    for trim in (_is_space, _is_loose):
        lead, inside, trail = _trim(markup.children, trim)
        if not inside:
            continue
        outer_before, outer_after = lead[-1:] or before, trail[:1] or after
        for marker in markers:
            text = _inline(inside, before=marker[0], after=marker[0], bracketed=bracketed)
            if _is_seen(marker, text, outer_before, outer_after):
                first = _inline([lead], before=before, after=marker, bracketed=bracketed)
                last = _inline([trail], before=marker, after=after, bracketed=bracketed)
                return f"{first}{marker}{text}{marker}{last}"
    text = _inline(markup.children, before=">", after="<", bracketed=bracketed)
    return f"<{tag}>{text}</{tag}>"


def _trim(children: Sequence[Inline], loose: Callable[[str], bool]) -> tuple[str, list[Inline], str]:
    """Characters at the edges that `loose` names, apart from what they surround."""
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
    """Whether CommonMark takes the markers around `text` for emphasis (its rules on flanking, on the safe side)."""
    mark = marker[0]
    if not text or mark in (text[0], text[-1], before, after):
        return False
    open_before = not before or _is_apart(before)
    open_after = not after or _is_apart(after)
    if _is_space(text[0]) or _is_space(text[-1]):
        return False
    if mark == "_":
        return open_before and open_after
    return (open_before or not _is_loose(text[0])) and (open_after or not _is_loose(text[-1]))


def _is_space(character: str) -> bool:
    return character.isspace()


def _is_loose(character: str) -> bool:
    """White space, or punctuation by any version of CommonMark: Unicode's P, since 0.31 also S."""
    return character.isspace() or unicodedata.category(character)[0] in "PS"


def _is_apart(character: str) -> bool:
    """White space, or punctuation by every version of CommonMark: Unicode's P, and ASCII's."""
    return character.isspace() or character in _ASCII_PUNCTUATION or unicodedata.category(character)[0] == "P"


def _code(text: str) -> str:
    """A code span, its delimiter longer than any run of backticks inside."""
    text = text.replace("\n", " ")
    if not text.strip():
        return text
    runs = {len(run) for run in _BACKTICKS.findall(text)}
    size = next(size for size in range(1, len(runs) + 2) if size not in runs)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{'`' * size}{pad}{text}{pad}{'`' * size}"


def _plain(children: Sequence[Inline]) -> str:
    return "".join(child if isinstance(child, str) else _plain(child.children) for child in children)


def _tex(markup: Markup) -> str:
    """TeX that no Markdown parser takes for a tag, a link or the formula's end."""
    tex = " ".join(markup.target.split()).replace("<", "\\lt ").replace(">", "\\gt ").replace("`", "'")
    return re.sub(r"(?<!\\)\$", "", tex).replace("](", "] (").replace("][", "] [")


def _address(target: str) -> str:
    return _IN_ADDRESS.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()) if found[0] != "&" else "&amp;",
        target,
    )
