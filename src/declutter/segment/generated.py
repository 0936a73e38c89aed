"""Text that a browser generates: quotation marks, brackets around ruby text, task checkboxes."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

_QUOTES: Final = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "hr", "bg", "lt", "is", "da"), "„“‚‘"),
    **dict.fromkeys(("pl", "ro", "hu"), "„”«»"),
    **dict.fromkeys(("ru", "uk", "be", "es", "it", "pt", "el", "nb", "no", "ca", "fa"), "«»“”"),
    "fr": "«»«»",
    "ja": "「」『』",
}
"""By language: outer and inner marks, from CLDR."""
_DEFAULT: Final = "“”‘’"
_WRITTEN: Final = tuple("\"'“”„‘’‚«»‹›「」『』")
_RUBY: Final = ("rp", "rt", "rtc")
_MAX_AROUND: Final = 64
"""Maximum number of ancestors of a quotation that are searched for its language; only hostile pages have more."""
_CHECKED: Final = "☑ "
_UNCHECKED: Final = "☐ "


def quotation_marks(node: _Element, depth: int) -> tuple[str, str]:
    """The marks that a browser puts around a <q> at this nesting depth; empty if the page writes them itself."""
    text = (node.text or "").lstrip()
    if text.startswith(_WRITTEN) or not (text or len(node)):
        return "", ""
    around = chain((node,), islice(node.iterancestors(), _MAX_AROUND), (node.getroottree().getroot(),))
    declared = next((tag for at in around if (tag := at.get("lang"))), "")
    marks = _QUOTES.get(declared.split("-", 1)[0].lower(), _DEFAULT)
    return (marks[0], marks[1]) if depth % 2 == 0 else (marks[2], marks[3])


def reading_brackets(node: _Element) -> tuple[str, str]:
    """The brackets around ruby text (<rt>). Several <rt> in a row share one pair.

    The page's own brackets (<rp>) are kept if there are any. Empty ruby text has no brackets.
    """
    if not (node.text or "").strip() and not len(node):
        return "", ""
    before, behind = node.getprevious(), node.getnext()
    opens = before is None or before.tag not in _RUBY or bool((before.tail or "").strip())
    closes = behind is None or behind.tag not in _RUBY or bool((node.tail or "").strip())
    return "(" if opens else "", ")" if closes else ""


def task_box(node: _Element) -> str | None:
    """The character for a task's checkbox, ticked or not: the disabled checkbox that Markdown makes in a list item."""
    parent = node.getparent()
    if node.get("type") != "checkbox" or node.get("disabled") is None or parent is None:
        return None
    item = parent if parent.tag == "li" else parent.getparent()
    if item is None or item.tag != "li" or not ((node.tail or "").strip() or node.getnext() is not None):
        return None
    return _UNCHECKED if node.get("checked") is None else _CHECKED
