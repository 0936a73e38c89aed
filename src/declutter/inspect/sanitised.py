"""The page for a frame without scripts, sanitised so that it runs and loads nothing.

There are three barriers: the output has allowed elements and attributes only (nh3); its own policy allows only styles
and embedded pictures; and the report shows it in a frame with `sandbox=""` and an equally strict policy.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

import msgspec
from lxml import etree

from declutter.inspect.assets import asset
from declutter.parse import UNSTORABLE
from declutter.segment import BLOCK_TAGS, INVISIBLE_TAGS
from declutter.write.safety import MAX_RUN, clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

LABEL: Final = "data-declutter-label"
"""Set on an element that holds exactly one block, or on the text runs of a block that shares its element."""
START: Final = "data-declutter-start"
STYLE: Final = "data-declutter-style"

_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
_KEPT_TAGS: Final = frozenset(
    "a abbr address article aside b bdi bdo big blockquote br button caption center cite code col colgroup dd del "
    "details dfn div dl dt em fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd "
    "legend li main mark menu nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table "
    "tbody td tfoot th thead time tr tt u ul var wbr".split()
)
_KEPT_ATTRIBUTES: Final = frozenset(
    {"class", "dir", "lang", "colspan", "rowspan", "start", "alt", "src", "width", "height", "open"}
    | {LABEL, START, STYLE}
)
_PICTURE: Final = re.compile(r"\s*data:image/(?:png|jpeg|gif|webp|avif|bmp)[;,]", re.IGNORECASE)
# CSS escapes of ASCII characters, decoded before the search for anything that a style would load.
_ESCAPED: Final = re.compile(r"\\(?:0{0,4}([2-7][0-9a-f])(?![0-9a-f])\s?|([g-z]))", re.IGNORECASE)
_LOADS: Final = re.compile(
    r"""@(?:import|charset|namespace)\b[^;{}]*;?
    | \b(?:url|src)\(\s*["']?(?!\s*["']?data:image/)[^)]*\)?
    | \b(?:image-set|cross-fade|image)\((?:[^()]|\([^)]*\))*\)?""",
    re.IGNORECASE | re.VERBOSE,
)
_FLOATS_ABOVE: Final = re.compile(r"position\s*:\s*(?:fixed|sticky)", re.IGNORECASE)
_MEDIA: Final = re.compile(r"[\w\s():,.<>=-]+")


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """A page for the frame. html: a complete document. style: the text of its only <style>."""

    html: str
    style: str


def sanitised(tops: Sequence[_Element], elements: Sequence[_Element], *, noscript: bool, hidden: str) -> Original:
    """The page of these top-level elements, which are reduced to what the frame may show.

    elements: all elements in them, outlined. noscript: whether the essay is in <noscript>, which is then shown.
    hidden: markup to be shown after the page.
    """
    style = _style(elements)
    for element in elements:
        _strip(element, is_shown=noscript and element.tag == "noscript")
    for top in tops:
        _part(top)
    body = "".join(etree.tostring(top, encoding="unicode", method="html", with_tail=False) for top in tops)
    return Original(html=_framed(_allowed(body + hidden), style), style=style)


def _style(elements: Sequence[_Element]) -> str:
    """The page's only style: ours, in a layer that wins, then its <style> elements and style attributes as rules."""
    parts = [asset("original.css")]
    numbers: dict[str, int] = {}
    for element in elements:
        if element.tag == "style":
            rules = _harmless(element.text or "")
            media = element.get("media", "")
            parts.append(f"@media {media}{{{rules}}}" if _MEDIA.fullmatch(media) else rules)
        elif (declared := element.get("style")) and not set("{}") & set(declared):
            number = numbers.setdefault(declared, len(numbers))
            element.set(STYLE, str(number))
    parts += [f'[{STYLE}="{number}"]{{{_harmless(declared)}}}' for declared, number in numbers.items()]
    return clean("\n".join(parts))


def _harmless(style: str) -> str:
    """The style, without anything that would load resources or hide the page behind a banner."""
    plain = _ESCAPED.sub(_letter, style)
    return _FLOATS_ABOVE.sub("position:static", _LOADS.sub("none", plain)).replace("</", "<\\/")


def _letter(escape: re.Match[str]) -> str:
    letter = chr(int(escape[1], 16)) if escape[1] else escape[2]
    return letter if letter.isalnum() else escape[0]


def _strip(element: _Element, *, is_shown: bool) -> None:
    """Reduce an element to what the frame may show. A tag that is not allowed is replaced."""
    tag = element.tag
    assert isinstance(tag, str)
    if tag in INVISIBLE_TAGS and not is_shown:
        for child in element.iterchildren():
            element.remove(child)
        element.text = None
        element.attrib.clear()
        element.tag = "span"
        return
    source = element.get("src", "")
    if tag in ("img", "amp-img") and not _PICTURE.match(source):
        alt = clean(UNSTORABLE.sub("", element.get("alt", "").strip()))
        element.attrib.clear()
        element.set("class", "declutter-picture")
        element.tag, element.text = "span", alt or "picture"
        return
    if tag not in _KEPT_TAGS:
        element.tag = "div" if tag in BLOCK_TAGS or "-" in tag else "span"
    for name, value in element.attrib.items():
        is_kept = name in _KEPT_ATTRIBUTES and (name != "src" or tag == "img")
        # The sanitiser takes time quadratic in the character references of one value; the data of pictures has none.
        if not is_kept or (len(value) > MAX_RUN and "&" in value):
            del element.attrib[name]
    if tag == "details":
        element.set("open", "")


def _part(top: _Element) -> None:
    """Split long texts with empty comments, see MAX_RUN."""
    for element in [*top.iter()]:
        for is_tail, text in ((False, element.text), (True, element.tail)):
            if text and len(text) > MAX_RUN and (is_tail or isinstance(element.tag, str)):
                _part_text(element, text, is_tail=is_tail)


def _part_text(element: _Element, text: str, *, is_tail: bool) -> None:
    if is_tail:
        element.tail = None
    for start in range((len(text) - 1) // MAX_RUN * MAX_RUN, 0, -MAX_RUN):  # from the end
        border = etree.Comment("")
        border.tail = text[start : start + MAX_RUN]
        if is_tail:
            element.addnext(border)
        else:
            element.insert(0, border)
    if is_tail:
        element.tail = text[:MAX_RUN]
    else:
        element.text = text[:MAX_RUN]


def _allowed(markup: str) -> str:
    import nh3

    return nh3.clean(
        markup,
        tags=set(_KEPT_TAGS),
        attributes={"*": set(_KEPT_ATTRIBUTES)},
        url_schemes={"data"},
        link_rel=None,
    )


def _framed(body: str, style: str) -> str:
    # The report's script writes the labels to show into the root's attribute.
    return (
        f'<!doctype html><html data-only=""><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        f"<title>The page, its blocks outlined</title><style>{style}</style></head><body>{body}</body></html>"
    )
