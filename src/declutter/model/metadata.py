"""What a page says about its article."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from declutter.frozen import FrozenDict, freeze


class Origin(msgspec.Struct, frozen=True, gc=False):
    """Where a metadata field was found (`source`), and how reliable that is (`confidence`, 0 to 1)."""

    source: str
    confidence: float


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says about its article. Dates are ISO 8601 at the precision of the page, with time zone if known.

    title: the headline, without site name and portal token.
    authors: names without roles.
    published, modified: dates of the article as the page gives them to its readers.
    first_published: an earlier date of publishing that the page declares for machines only, if it shows a later one.
    site: the name of the site. section: the category of the page.
    language: BCP 47 tag, with script for Chinese (`zh-Hant`).
    origin: the source that the page names for its text.
    canonical: the URL that the page declares as its own.
    image: the lead image, or the first of the essay if none is declared.
    licence: URL or name of the licence that the page names.
    amp, printable: the same article for phones and for printing.
    next_page, previous_page: neighbours in an article of several pages.
    keywords: the page's tags: those of its head, then those that only the tag cloud has.
    description: the page's own summary.
    sources: by field name, where its value was found.

    URLs are absolute if the page's own URL is known.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    first_published: str | None = None
    modified: str | None = None
    site: str | None = None
    section: str | None = None
    language: str | None = None
    origin: str | None = None
    canonical: str | None = None
    image: str | None = None
    licence: str | None = None
    amp: str | None = None
    printable: str | None = None
    next_page: str | None = None
    previous_page: str | None = None
    keywords: tuple[str, ...] = ()
    description: str | None = None
    sources: Mapping[str, Origin] = FrozenDict()

    def __post_init__(self) -> None:
        freeze(self, "sources")
