"""A crawl with Scrapy, of a server on this machine, by the example of the README, and its item pipeline by itself."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import pytest

from declutter.batch.rows import Row
from tests.cases import CASES, page

from .pages import BROKEN, needs, rows_of_a_batch, run

pytestmark = needs("scrapy", "scrapy")


class Quiet(SimpleHTTPRequestHandler):
    def guess_type(self, path: object) -> str:
        return "application/pdf" if str(path).endswith("broken") else "text/html"

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the fixtures, and of what is no page; its first page links to all."""
    folder = tmp_path_factory.mktemp("site")
    names = [*CASES, "broken"]
    for name in CASES:
        (folder / name).write_bytes(page(name))
    (folder / "broken").write_bytes(BROKEN)
    (folder / "index.html").write_text("".join(f'<a href="{name}">{name}</a> ' for name in names))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_documents_are_those_of_the_batch_runner_byte_for_byte(site: str, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    run("on_scrapy.py", site, tmp_path / "out.jsonl")

    items = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    pages = [{"id": f"{site}{name}", "url": f"{site}{name}", "html": page(name)} for name in CASES]
    parquet.write_table(pa.Table.from_pylist(pages), tmp_path / "pages.parquet")
    rows: dict[str, Row] = rows_of_a_batch(tmp_path / "pages.parquet")
    assert {name: row.json for name, row in rows.items()} == {
        item["url"]: msgspec.json.encode(item) for item in items if "error" not in item
    }
    said = {"type": "NotAPageError", "message": f"{site}broken: this is a PDF, not HTML or text"}
    assert [{"error": said}] == [item for item in items if "error" in item]


PIPELINE = """
import asyncio, dataclasses, json, sys
import attrs, scrapy
from itemadapter import ItemAdapter
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from scrapy.crawler import CrawlerProcess

PAGE = "<h1>A page of its own</h1><p>" + "Words of a long paragraph, and then some. " * 20

@dataclasses.dataclass
class Data:
    html: str
    title: str = ""

@attrs.define
class Attrs:
    html: bytes
    url: str
    document: dict = None

class Fields(scrapy.Item):
    response = scrapy.Field()
    title = scrapy.Field()
    flashes = scrapy.Field()

class Other(scrapy.Item):
    html = scrapy.Field()

class Spider(scrapy.Spider):
    name = "any"
    async def start(self):
        yield {"html": PAGE, "more": 1}
        yield {"no": "page"}
        yield Data(html=PAGE)
        yield Attrs(html=b"%PDF-1.7 and so on", url="https://example.org/a")
        yield Fields(response=scrapy.http.HtmlResponse("https://example.org/b", body=PAGE.encode()))
        yield Other(html=PAGE)

class Shown:
    def process_item(self, item):
        print(type(item).__name__, json.dumps(ItemAdapter(item).asdict(), default=str))
        return item

settings = {
    "ITEM_PIPELINES": {"declutter.engines.scrapy.DeclutterPipeline": 300, Shown: 400},
    "DECLUTTER_FIELDS": ["title", "flashes"], **json.loads(sys.argv[1]), "CONCURRENT_ITEMS": 1, "LOG_LEVEL": "WARNING",
}
process = CrawlerProcess(settings)
crawler = process.create_crawler(Spider)
process.crawl(crawler)
process.start()
print("stats", json.dumps({name: value for name, value in crawler.stats.get_stats().items() if "declutter" in name}))
"""


def crawl(**settings: Any) -> tuple[dict[str, dict[str, Any]], str]:
    """What becomes of the items, by the kind of each, and the log."""
    done = subprocess.run(
        [sys.executable, "-c", PIPELINE, json.dumps(settings)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = [line.partition(" ") for line in done.stdout.splitlines()]
    found: dict[str, dict[str, Any]] = {}
    for kind, _, item in lines:
        found.setdefault(kind, {}).update(json.loads(item))
    return found, done.stderr


def test_items_of_every_kind_get_what_they_have_room_for() -> None:
    found, log = crawl()

    title = "A page of its own"
    assert {"html", "more", "schema", "title", "flashes", "no"} == found["dict"].keys()
    assert title == found["dict"]["title"] == found["Data"]["title"] == found["Fields"]["title"]
    assert {"response": None, "title": title, "flashes": []} == found["Fields"]
    assert {"declutter/pages": 3, "declutter/flashes": 0} == found["stats"]
    assert "Other has no field for anything of a document: set DECLUTTER_DOCUMENT to one of html" in log
    assert "Attrs has no field for anything" in log


def test_a_document_can_have_a_field_of_its_own_and_a_page_that_is_none_is_told_in_the_log() -> None:
    found, log = crawl(DECLUTTER_DOCUMENT="document")

    assert "A page of its own" == found["dict"]["document"]["title"]
    assert found["Attrs"]["document"] is None
    assert "https://example.org/a: this is a PDF" in log
    assert 1 == found["stats"]["declutter/errors/NotAPageError"]


def test_a_setting_that_names_no_field_of_documents_stops_the_crawl_at_its_start() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PIPELINE, '{"DECLUTTER_FIELDS": "titel"}'],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert "no such field: titel" in done.stderr
    assert "dict" not in done.stdout


def test_a_response_is_taken_apart_as_fetched_pages_are() -> None:
    from scrapy.http import HtmlResponse, Request

    from declutter.engines.scrapy import extract_response, page_of

    request = Request("https://example.org/b", meta={"redirect_urls": ["https://example.org/a"]})
    headers = {"Content-Type": "text/html; charset=windows-1251"}
    body = "<html><h1>Заметки о гавани</h1><p>Слова.<p><a href=x>Ещё</a></html>".encode("cp1251")
    response = HtmlResponse(request.url, body=body, headers=headers, request=request)

    document = extract_response(response)
    assert ("Заметки о гавани", "windows-1251") == (document.title, document.encoding)
    assert ("https://example.org/a", "https://example.org/b") == (page_of(response).url, page_of(response).final_url)
    assert "https://example.org/x" in document.to_json()
