"""The page itself with its blocks outlined, for a frame without scripts, sanitised so that it runs and loads nothing.

There are three barriers: the output has allowed elements and attributes only (nh3); its own policy allows only styles
and embedded pictures; and the report shows it in a frame with `sandbox=""` and an equally strict policy.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from copy import deepcopy
from html import escape
from typing import TYPE_CHECKING, Final

import msgspec
from lxml import etree

from declutter.inspect.assets import asset
from declutter.model import Block, Document, Kind
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.pipeline import tree_of
from declutter.segment import BLOCK_TAGS, INVISIBLE_TAGS, segment
from declutter.write.safety import MAX_RUN, clean, escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from declutter.outline import Outline
    from declutter.source import Source

LABEL: Final = "data-declutter-label"
"""Set on an element that holds exactly one block, or on the text runs of a block that shares its element."""
_START: Final = "data-declutter-start"
_STYLE: Final = "data-declutter-style"

_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
_KEPT_TAGS: Final = frozenset(
    "a abbr address article aside b bdi bdo big blockquote br button caption center cite code col colgroup dd del "
    "details dfn div dl dt em fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd "
    "legend li main mark menu nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table "
    "tbody td tfoot th thead time tr tt u ul var wbr".split()
)
_KEPT_ATTRIBUTES: Final = frozenset(
    {"class", "dir", "lang", "colspan", "rowspan", "start", "alt", "src", "width", "height", "open"}
    | {LABEL, _START, _STYLE}
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
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# A text run is marked by two private-use characters that encode its number.
_HIGH, _LOW, _BASE = 0xF0000, 0x100000, 0xFF00
_MARKER: Final = re.compile("[\U000f0000-\U000fffff][\U00100000-\U0010ffff]")
_PRIVATE: Final = re.compile("[\U000f0000-\U0010ffff]")


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """A page for the frame. html: a complete document. style: the text of its only <style>."""

    html: str
    style: str


def outlined(
    source: Source, document: Document, *, url: str | None = None, options: ExtractOptions = DEFAULT_OPTIONS
) -> Original | None:
    """The page with its blocks outlined by label, sanitised; None for a text dump, which has no other appearance.

    document: from `explain` or `extract` with the same source, url and options. The page's own styles are kept, and
    could imitate the outlines: the frame is controlled by the page, the list of blocks is not.
    Raises what `extract` raises, and ValueError if the document is not of this page.
    """
    found = tree_of(source, url=url, options=options)
    if found is None:
        return None
    tops = _copies(found) if found is source else [found, *found.itersiblings()]
    elements = [element for top in tops for element in top.iter() if isinstance(element.tag, str)]
    for element in elements:
        for name in (LABEL, _START, _STYLE):  # a page must not outline anything by using our names
            element.attrib.pop(name, "")
    runs = _mark(tops)
    texts = [block for block in document.blocks if block.kind is not Kind.IMAGE]
    outline, numbered = _segmented(tops[0], document, len(texts))
    _label(outline, numbered, [str(block.label) for block in texts[: len(outline.texts)]], runs)
    style = _style(elements)
    for element in elements:
        _strip(element, is_shown=element.tag == "noscript" and document.essay_source == "noscript")
    for top in tops:
        _part(top)
    body = "".join(etree.tostring(top, encoding="unicode", method="html", with_tail=False) for top in tops)
    return Original(html=_framed(_allowed(body + _kept_out_of_sight(texts[len(outline.texts) :])), style), style=style)


def _copies(root: _Element) -> list[_Element]:
    """A copy of the caller's tree under a new root, with its top-level elements kept apart."""
    holder = etree.HTMLParser().makeelement("div")
    for top in (root, *root.itersiblings()):
        if isinstance(top.tag, str):
            etree.SubElement(holder, "div").append(deepcopy(top))
    return [holder]


def _mark(tops: Sequence[_Element]) -> list[tuple[_Element, bool]]:
    """Mark each run of text with its number. Returns, by number, its element, and whether it is the tail."""
    runs: list[tuple[_Element, bool]] = []
    for top in tops:
        for element in top.iter():
            text, tail = element.text, element.tail
            if text and not text.isspace() and isinstance(element.tag, str):
                element.text = _marked(text, len(runs))
                runs.append((element, False))
            if tail and not tail.isspace():
                element.tail = _marked(tail, len(runs))
                runs.append((element, True))
    return runs


def _marked(text: str, number: int) -> str:
    lead = len(text) - len(text.lstrip())
    clean_text = _UNSTORABLE.sub("\ufffd", _PRIVATE.sub("\ufffd", text))
    return f"{clean_text[:lead]}{chr(_HIGH + number // _BASE)}{chr(_LOW + number % _BASE)}{clean_text[lead:]}"


def _segmented(root: _Element, document: Document, blocks: int) -> tuple[Outline, list[_Element | None]]:
    """The outline of what the page shows, and its elements by number.

    Its blocks are the document's, or the first of them if an article was stored separately.
    """
    elements: list[_Element | None] = []
    outline = segment(root, noscript=document.essay_source == "noscript", elements=elements)
    if document.truncated and len(outline.texts) > blocks:
        outline.cut(blocks=blocks, characters=sys.maxsize)
    is_kept_apart = document.essay_source not in ("page", "noscript")
    if len(outline.texts) == blocks or (is_kept_apart and len(outline.texts) < blocks):
        return outline, elements
    raise ValueError(f"the document is not of this page: it has {blocks} blocks of text, the page {len(outline.texts)}")


def _kept_out_of_sight(blocks: Sequence[Block]) -> str:
    """The blocks of an article from the page's hidden data, to be shown after the page."""
    return "".join(f'<p {LABEL}="{block.label}" {_START}>{escaped(clean(block.text))}</p>' for block in blocks)


def _label(
    outline: Outline,
    numbered: Sequence[_Element | None],
    labels: Sequence[str],
    runs: Sequence[tuple[_Element, bool]],
) -> None:
    """Label elements with exactly one block, otherwise the text runs of each block, and remove the marks."""
    shared = _shared(outline)
    for text, owner, label in zip(outline.texts, outline.owners, labels, strict=True):
        node = numbered[owner]
        if node is not None and owner not in shared:
            node.set(LABEL, label)
            node.set(_START, "")
            continue
        for order, number in enumerate(_numbers(text)):
            _wrap(*runs[number], label, is_first=order == 0)
    for element, is_tail in runs:  # includes runs outside of blocks: scripts, options
        if is_tail:
            element.tail = _MARKER.sub("", element.tail or "")
        else:
            element.text = _MARKER.sub("", element.text or "")


def _shared(outline: Outline) -> set[int]:
    """The elements with more than one block in them or their descendants."""
    counts = Counter(outline.owners)
    shared = {owner for owner, count in counts.items() if count > 1}
    for owner in counts:
        above = outline.parents[owner]
        while above > 0 and above not in shared:
            shared.add(above)
            above = outline.parents[above]
    return shared


def _numbers(text: str) -> Iterator[int]:
    for marker in _MARKER.finditer(text):
        yield (ord(marker[0][0]) - _HIGH) * _BASE + ord(marker[0][1]) - _LOW


def _wrap(element: _Element, is_tail: bool, label: str, *, is_first: bool) -> None:  # noqa: FBT001 - a run's own form
    run = element.makeelement("span", {LABEL: label})
    if is_first:
        run.set(_START, "")
    if is_tail:
        run.text, element.tail = _MARKER.sub("", element.tail or ""), None
        element.addnext(run)
    else:
        run.text, element.text = _MARKER.sub("", element.text or ""), None
        element.insert(0, run)


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
            element.set(_STYLE, str(number))
    parts += [f'[{_STYLE}="{number}"]{{{_harmless(declared)}}}' for declared, number in numbers.items()]
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
        alt = clean(_UNSTORABLE.sub("", element.get("alt", "").strip()))
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
