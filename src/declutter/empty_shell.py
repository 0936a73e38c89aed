"""Detects pages that are empty until scripts or frames fill them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.decode import decode
from declutter.parse import parse

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_TEXT: Final = 200
"""Maximum characters shown without scripts: a loading message, a cookie notice, a site name. A page with one short
flash has more and, just as important, no empty element for a script to fill.
"""
_UNSEEN: Final = frozenset("script style template noscript noframes title head select textarea".split())
_MAX_FRAMES: Final = 4
_MOUNTS: Final = frozenset({"div", "main", "section", "article"})
"""Tags that frameworks render into, if they have an id and hold no text yet (perhaps a spinner). Elements with a dash
in their names count as well.
"""
_EMBEDDED: Final = ("iframe", "object", "embed", "video", "audio", "frame")
"""None of 708 pages of a public collection, all of which show content, is taken for a shell."""


def shell_reason(body: bytes, *, header: str | None = None) -> str | None:
    """The reason why a page is an empty shell without JavaScript; None if it shows content, or nothing could fill it.

    A shell shows next to no text and loads scripts, and either has an element without text for them to fill or asks
    readers in `<noscript>` to enable scripts. A frameset is a shell, too.
    header: the value of the HTTP header `Content-Type`.
    """
    markup = body.lower()
    if b"<script" not in markup and b"<frameset" not in markup:  # nothing could fill it
        return None
    tree = parse(decode(body, header=header).text)
    texts = _texts(tree)
    shown = sum(length for _, length in texts)
    if shown > _MAX_TEXT:
        return None
    if frames := [source for frame in tree.iter("frame") if (source := frame.get("src"))]:
        listed = ", ".join(frames[:_MAX_FRAMES]) + (" …" if len(frames) > _MAX_FRAMES else "")
        return f"a frameset, whose text is in its frames: {listed}"
    scripts = sum(_is_code(script) for script in tree.iter("script"))
    if not scripts:
        return None
    holding = _with_ancestors([element for element, _ in texts] + list(tree.iter(*_EMBEDDED)))
    mount = next((element for element in tree.iter() if _is_mount(element) and element not in holding), None)
    pleading = any(_length(noscript) for noscript in tree.iter("noscript") if not _is_in_head(noscript))
    if mount is None and not pleading:
        return None
    sign = "a request to enable JavaScript" if mount is None else f"an empty {_name(mount)}"
    return (
        f"an empty shell without JavaScript: {shown} characters of text, scripts ({scripts}) and {sign}; "
        "fetch it with a browser, and pass the page that the browser rendered"
    )


def _texts(tree: _Element) -> list[tuple[_Element, int]]:
    """Elements with visible text, each with the number of its own characters; only as many as are needed to decide."""
    found: list[tuple[_Element, int]] = []
    waiting = [tree]
    seen = 0
    while waiting and seen <= _MAX_TEXT:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        length = len((element.text or "").strip())
        for child in element:
            length += len((child.tail or "").strip())
            waiting.append(child)
        if length:
            found.append((element, length))
            seen += length
    return found


def _with_ancestors(elements: list[_Element]) -> set[_Element]:
    found: set[_Element] = set()
    for element in elements:
        above: _Element | None = element
        while above is not None and above not in found:
            found.add(above)
            above = above.getparent()
    return found


def _is_code(script: _Element) -> bool:
    kind = (script.get("type") or "").lower()
    return not kind or "javascript" in kind or "ecmascript" in kind or kind == "module"


def _is_mount(element: _Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return False
    return (element.tag in _MOUNTS and element.get("id") is not None) or "-" in element.tag


def _is_in_head(noscript: _Element) -> bool:
    return any(ancestor.tag == "head" for ancestor in noscript.iterancestors())


def _length(element: _Element) -> int:
    return sum(len(str(text).strip()) for text in element.itertext())


def _name(element: _Element) -> str:
    identity = element.get("id")
    return f"<{element.tag} id={identity}>" if identity else f"<{element.tag}>"
