"""Links to the next page, to AMP and print variants, and to the licence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from declutter.deadline import NEVER, Deadline
from declutter.metadata.candidates import Findings
from declutter.model import Block, Label
from declutter.vocabulary import vocabulary
from declutter.vocabulary.folding import fold

_BODY, _META = Label.BODY, Label.META  # see Label

_PARAMETERS: Final = "page(?:_?no)?|pn?|pg|pagina|seite|strona|sida|side|sivu|halaman|trang|part"
_PAGES: Final = "page|pagina|seite|strona|sida|side|sivu|halaman|trang"
_OWN_PAGE: Final = re.compile(rf"(?:[?&](?:{_PARAMETERS})=|[/_,-](?:{_PAGES})[/_-]?)(\d{{1,3}})(?=[/&#.]|$)")
_STEM: Final = re.compile(r"(https?://[^/?#]+/[^?#]*[^?#/])/?(?:[?#].*)?$")
_EXTENSION: Final = re.compile(r"\.[a-z]{2,5}$")
_OTHER_PAGE: Final = re.compile(
    rf"(?:\.[a-z]{{2,5}})?/?(?:\?(?:{_PARAMETERS})=|[/_,-](?:(?:{_PAGES})[/_-]?|p)?)([1-9]\d{{0,2}})(?:\.[a-z]{{2,5}})?/?(?:#.*)?"
)
_PRINT: Final = re.compile(
    r"(?:\.[a-z]{2,5})?(?:/|[/_-]|\?(?:[\w=&-]*&)?)(?:print|printable|druck|drucken|imprimir|imprimer)\b.*"
)
_AMP: Final = re.compile(r"(?:\.[a-z]{2,5})?(?:/amp/?|\?(?:outputType=)?amp(?:=\w+)?|\.amp(?:\.html)?)")
_MAX_PAGING: Final = 80
_MAX_BELOW: Final = 30
_MAX_SECTION: Final = 40
_HOST: Final = "https://herald.example/a".count("/")  # slashes in the shortest address of a directory
_ARROWS: Final = " <>«»‹›←→▶◀►◄|:."
FILED_UNDER: Final = "category link"
_LICENCE: Final = "creativecommons.org/"
_LICENCE_PATH: Final = ("creativecommons.org/licenses/", "creativecommons.org/publicdomain/")
_FILED: Final = frozenset({Label.META, Label.TAGS})
_CATEGORY: Final = re.compile(
    r"/(?:category|categories|categorias?|categorías?|cat[eé]gories?|kategori(?:e|en|a|er)?|rubri(?:que|k|ka|ki))/|[?&]cat=\d",
    re.IGNORECASE,
)
"""URL patterns of a blog's category pages."""
# A licence in a caption is the picture's, and one in a comment is the commenter's.
_OTHERS: Final = frozenset({Label.BODY, Label.COMMENT, Label.RELATED, Label.FLASH})


def read_links(blocks: Sequence[Block], url: str | None, findings: Findings, deadline: Deadline = NEVER) -> None:
    """Add the URLs from the page's links. Without the page's own URL, finds only the licence."""
    stem, number = _own(url)
    address = url or ""
    begin = -1  # index of the essay's first block, once it is needed
    for block in deadline.watch(blocks):
        for span in block.spans:
            target = span.target
            if not target:
                continue
            if _LICENCE in target:
                if block.label not in _OTHERS and any(path in target for path in _LICENCE_PATH):
                    findings.add("licence", target, "page link", 0.7)
            elif stem and target.startswith(stem) and block.label is not Label.COMMENT:
                _read_variant(target, target[len(stem) :], number, findings)
            elif block.label in _FILED:
                if _CATEGORY.search(target):
                    findings.add("section", block.text[span.start : span.end], FILED_UNDER, 0.5)
                elif _holds(target, address):
                    begin = _beginning(blocks) if begin < 0 else begin
                    if block.index < begin and _is_section(block):
                        findings.add("section", block.text, FILED_UNDER, 0.4)
    _read_below(blocks, findings)


def _read_below(blocks: Sequence[Block], findings: Findings) -> None:
    """Read the links below the essay whose text names their target: `Next page »`."""
    end = next((block.index for block in reversed(blocks) if block.label is _BODY), -1) + 1
    for block in blocks[end : end + _MAX_BELOW] if end else ():
        if len(block.text) <= _MAX_PAGING and block.label not in _OTHERS:
            _read_paging(block, findings)


def _holds(directory: str, address: str) -> bool:
    """Whether a directory below the front page holds the page at an address."""
    if not address.startswith(directory):
        return False
    place = directory.rstrip("/")
    return address.startswith(f"{place}/") and place.count("/") >= _HOST and len(address) > len(place) + 1


def _beginning(blocks: Sequence[Block]) -> int:
    return next((block.index for block in blocks if block.label is _BODY), len(blocks))


def _is_section(block: Block) -> bool:
    """Whether a line is a name that may be a section's: one link, and no button or date."""
    text = block.text
    if block.label is not _META or len(text) > _MAX_SECTION or len(block.links) != 1:
        return False
    if any(char.isdigit() for char in text):
        return False
    link = block.links[0]
    return link.end - link.start == len(text) and all(cue.section == "meta" for cue in vocabulary().find(text))


def _read_paging(block: Block, findings: Findings) -> None:
    for span in block.links:
        said = fold(block.text[span.start : span.end].strip(_ARROWS))
        if span.target and said in vocabulary().next_page:
            findings.add("next_page", span.target, "page link", 0.6)
        elif span.target and said in vocabulary().previous_page:
            findings.add("previous_page", span.target, "page link", 0.6)


def _read_variant(target: str, rest: str, number: int, findings: Findings) -> None:
    """Read a link to another page or variant of the article, by the part of its URL after the article's own URL."""
    if page := _OTHER_PAGE.fullmatch(rest):
        if int(page[1]) == number + 1:
            findings.add("next_page", target, "page link", 0.7)
        elif int(page[1]) == number - 1:
            findings.add("previous_page", target, "page link", 0.7)
    elif _PRINT.fullmatch(rest):
        findings.add("printable", target, "page link", 0.7)
    elif _AMP.fullmatch(rest):
        findings.add("amp", target, "page link", 0.7)


def _own(url: str | None) -> tuple[str | None, int]:
    """The common beginning of an article's page URLs, and the number of this page; None for a site's front page.

    A number at the end counts only if the URL marks it as a page number: `story-12` may be the twelfth story.
    """
    if not url:
        return None, 1
    page = _OWN_PAGE.search(url)
    found = _STEM.match(url[: page.start()] if page else url)
    return (_EXTENSION.sub("", found[1]) if found else None), (int(page[1]) if page else 1)
