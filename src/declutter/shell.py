"""Tells a page that is an empty shell until scripts fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_TEXT: Final = 200
# Characters shown without scripts: a loading line, a cookie line, a site name. A page of one short brief has more
# and, what counts as much, no empty element that a script is to fill.
_UNSEEN: Final = frozenset({"script", "style", "template", "noscript", "title", "head", "select", "textarea"})
_MOUNTS: Final = frozenset({"div", "main", "section", "article"})
# Where frameworks put what they render: an empty element with an id, or an element with a dash in its name.


def shell_reason(tree: _Element) -> str | None:
    """Say why a page is an empty shell without JavaScript; None where it shows something, or has no scripts.

    tree: the whole page. A shell shows next to no text, loads scripts, and either keeps an empty element for them to
    fill or asks its readers in `<noscript>` to turn scripts on.
    """
    shown = _shown(tree)
    if shown > _MAX_TEXT:
        return None
    scripts = sum(_is_code(script) for script in tree.iter("script"))
    if not scripts:
        return None
    mount = next((element for element in tree.iter() if _is_mount(element)), None)
    pleading = any(_length(noscript) for noscript in tree.iter("noscript") if not _is_in_head(noscript))
    if mount is None and not pleading:
        return None
    sign = "a plea to turn on JavaScript" if mount is None else f"an empty {_name(mount)}"
    return (
        f"an empty shell without JavaScript: {shown} characters of text, {scripts} scripts and {sign}; "
        "fetch it with a browser and hand over the page that the browser made"
    )


def _shown(tree: _Element) -> int:
    total = 0
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        total += len((element.text or "").strip())
        for child in element:
            total += len((child.tail or "").strip())
            waiting.append(child)
    return total


def _is_code(script: _Element) -> bool:
    kind = (script.get("type") or "").lower()
    return not kind or "javascript" in kind or "ecmascript" in kind or kind == "module"


def _is_mount(element: _Element) -> bool:
    if not isinstance(element.tag, str) or len(element) or (element.text or "").strip():
        return False
    return (element.tag in _MOUNTS and element.get("id") is not None) or "-" in element.tag


def _is_in_head(noscript: _Element) -> bool:
    return any(ancestor.tag == "head" for ancestor in noscript.iterancestors())


def _length(element: _Element) -> int:
    return sum(len(str(text).strip()) for text in element.itertext())


def _name(element: _Element) -> str:
    identity = element.get("id")
    return f"<{element.tag} id={identity}>" if identity else f"<{element.tag}>"
