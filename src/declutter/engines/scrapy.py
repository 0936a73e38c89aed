"""An item pipeline for Scrapy, and a function that extracts a response in a spider.

ITEM_PIPELINES = {"declutter.engines.scrapy.DeclutterPipeline": 300}      # and spiders yield {"response": response}

document = extract_response(response)                                     # in a callback
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

import msgspec

from declutter.batch.rows import Row, take_apart
from declutter.errors import InputError
from declutter.extras import extra
from declutter.memory import SiteMemory
from declutter.model import Document, Page
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.pipeline import extract
from declutter.write.json import FIELDS, known_fields

with extra("scrapy", "Scrapy"):
    from itemadapter import ItemAdapter
    from scrapy.http import Response
    from scrapy.utils.defer import maybe_deferred_to_future
    from twisted.internet.threads import deferToThread

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

__all__ = ["DeclutterPipeline", "extract_response", "page_of"]

_PAGES: Final = ("response", "html")
_logger: Final = logging.getLogger(__name__)


def page_of(response: Response) -> Page:
    """A response as a Page: body, URL after redirects, headers (including the encoding) and time."""
    asked = response.meta.get("redirect_urls", ()) if response.request is not None else ()
    return Page(
        url=asked[0] if asked else response.url,
        final_url=response.url,
        status=response.status,
        headers={name.lower(): value for name, value in response.headers.to_unicode_dict().items()},
        body=response.body,
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        chain=tuple(asked),
    )


def extract_response(
    response: Response, *, memory: SiteMemory | None = None, options: ExtractOptions = DEFAULT_OPTIONS
) -> Document:
    """Extract a response in a spider's callback. See `declutter.extract`, also for the errors raised.

    This blocks Scrapy for a few milliseconds per page; the pipeline works in a separate thread.
    """
    return extract(page_of(response), memory=memory, options=options)


class DeclutterPipeline:
    """Extracts the pages in items, in a thread, and sets the keys of the document as fields of the item.

    Input: items of any kind that Scrapy supports (dict, Item, dataclass, attrs, Pydantic), each with its page in the
    field `response` (the Response, which has the URL and encoding) or `html` (bytes or text, with `url` beside it).
    Output: the same items. A dict gets all keys of the schema `declutter/1`, an item class those that it declares. A
    Response is removed from its item, HTML stays. An item without a page passes unchanged. If a page cannot be
    extracted, the field `error` says why (`type`, `message`), if the item may have one, and so does the log.

    Settings: DECLUTTER_PAGE, the field with the page. DECLUTTER_FIELDS, the keys to set. DECLUTTER_DOCUMENT, a field
    for the whole document as a dict, instead of one field per key. DECLUTTER_MEMORY, a file from `declutter memory`.
    DECLUTTER_OPTIONS, an ExtractOptions.
    Statistics: declutter/pages, declutter/flashes, declutter/errors/KIND.

    Raises FieldError for unknown fields, RulesError and OSError for a memory that cannot be read.
    """

    def __init__(self, settings: Any, stats: StatsCollector) -> None:  # noqa: ANN401 - Scrapy's or a dict
        page = settings.get("DECLUTTER_PAGE")
        fields = settings.get("DECLUTTER_FIELDS")
        memory = settings.get("DECLUTTER_MEMORY")
        self._pages = _PAGES if page is None else (page,)
        self._fields = None if fields is None else tuple(fields.split(",") if isinstance(fields, str) else fields)
        self._document = settings.get("DECLUTTER_DOCUMENT")
        self._memory = None if memory is None else SiteMemory.load(memory)
        self._options = settings.get("DECLUTTER_OPTIONS") or DEFAULT_OPTIONS
        self._stats = stats
        known_fields(self._fields)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Called by Scrapy."""
        return cls(crawler.settings, crawler.stats)

    async def process_item(self, item: Any, spider: Spider | None = None) -> Any:  # noqa: ANN401, ARG002
        """Extract the item's page. Raises InputError if the item's class has none of the fields."""
        adapter = ItemAdapter(item)
        field = next((name for name in self._pages if adapter.get(name) is not None), None)
        if field is None:
            return item
        page = adapter[field]
        source, url = (page_of(page), page.url) if isinstance(page, Response) else (page, adapter.get("url"))
        room = self._room(item)
        row = await maybe_deferred_to_future(deferToThread(self._take_apart, url or f"an item's {field}", source, url))
        if isinstance(page, Response):
            _take_out(adapter, field)
        self._settle(adapter, row, room)
        return item

    def _take_apart(self, name: str, source: Page | bytes | str, url: str | None) -> Row:
        return take_apart(name, source, url=url, memory=self._memory, options=self._options, fields=self._fields)

    def _room(self, item: Any) -> frozenset[str] | None:  # noqa: ANN401 - any item
        """The fields that the item's class declares; None if it takes any."""
        declared = ItemAdapter.get_field_names_from_class(type(item))
        if declared is None:
            return None
        wanted = {self._document} if self._document else {"schema", *(self._fields or FIELDS)}
        if not wanted & set(declared):
            advice = f"set DECLUTTER_DOCUMENT to one of {', '.join(declared)}, or declare fields such as title, essay"
            raise InputError(f"{type(item).__name__} has no field for anything of a document: {advice}, flashes")
        return frozenset(declared)

    def _settle(self, adapter: ItemAdapter, row: Row, room: frozenset[str] | None) -> None:
        if row.json is None:
            assert row.error is not None
            _logger.warning("%s", row.error.message)
            self._stats.inc_value(f"declutter/errors/{row.error.type}")
            found = {"error": msgspec.to_builtins(row.error)}
        else:
            self._stats.inc_value("declutter/pages")
            self._stats.inc_value("declutter/flashes", row.flash_count)
            found = msgspec.json.decode(row.json)
            if self._document:
                found = {self._document: found}
        for name, value in found.items():
            if room is None or name in room:
                adapter[name] = value


def _take_out(adapter: ItemAdapter, field: str) -> None:
    """Remove the Response, which cannot be written to a feed."""
    if ItemAdapter.get_field_names_from_class(adapter.item.__class__) is None:
        del adapter[field]
    else:
        adapter[field] = None
