"""What a batch is given, and what items it becomes."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import threading
import tracemalloc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from backports import zstd

import declutter
from declutter.batch.columns import Columns
from declutter.batch.items import Address, Item, OnDisk
from declutter.batch.readers import DEFAULT_COLUMNS, Reader, weight_of
from declutter.batch.rows import RowError
from declutter.batch.seen import Seen
from declutter.errors import MissingExtraError
from declutter.model import Page

from .marks import needs
from .pages import page

HTML = page(1)


class Reading:
    """Reads inputs; keeps the reader for its counts."""

    def __init__(self, *, done: tuple[str, ...] = (), columns: Columns = DEFAULT_COLUMNS) -> None:
        seen = Seen(done)
        self.reader = Reader(seen=seen, columns=columns, max_bytes=1_000_000)
        weakref.finalize(self.reader, seen.close)  # Python 3.13 warns of databases that are left open

    def __call__(self, *inputs: str | Path | Page | tuple[str, bytes]) -> list[Item]:
        return list(self.reader.read([str(one) if isinstance(one, Path) else one for one in inputs]))


def read(*inputs: str | Path | Page | tuple[str, bytes], columns: Columns = DEFAULT_COLUMNS) -> list[Item]:
    return Reading(columns=columns)(*inputs)


def error_of(item: Item) -> RowError:
    assert isinstance(item.source, RowError)
    return item.source


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(name: str, content: bytes | str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


LINES = "\n".join(json.dumps({"id": number, "html": page(number)}) for number in range(3))
URLS = "\ufeffhttps://example.org/a\n\n# a comment\nhttps://example.org/b\n"

PACKINGS = [("", lambda content: content), (".gz", gzip.compress), (".zst", zstd.compress)]


@pytest.mark.parametrize(("suffix", "pack"), PACKINGS)
class TestContent:
    """Names say nothing: all files are called alike."""

    def test_a_page_is_an_item_that_a_worker_opens(self, suffix: str, pack: Callable[[bytes], bytes]) -> None:
        path = put("input", pack(HTML.encode()))

        assert [Item(name="input", source=OnDisk("input"), weight=Path(path).stat().st_size)] == read(path)

    def test_a_list_of_addresses_is_an_item_an_address(self, suffix: str, pack: Callable[[bytes], bytes]) -> None:
        path = put("input", pack(URLS.encode()))

        assert [Address("https://example.org/a"), Address("https://example.org/b")] == [
            item.source for item in read(path)
        ]

    def test_a_list_of_addresses_with_a_mistake_in_it_is_a_list(
        self, suffix: str, pack: Callable[[bytes], bytes]
    ) -> None:
        path = put("input", pack(b"https://a.example/1\nthe second\nhttps://a.example/3\n"))

        assert [Address("https://a.example/1"), Address("the second"), Address("https://a.example/3")] == [
            item.source for item in read(path)
        ]

    def test_an_article_below_its_address_is_no_list(self, suffix: str, pack: Callable[[bytes], bytes]) -> None:
        path = put("input", pack(b"https://a.example/1\nA headline\nA paragraph.\n"))

        assert [OnDisk("input")] == [item.source for item in read(path)]

    def test_json_lines_are_an_item_a_record(self, suffix: str, pack: Callable[[bytes], bytes]) -> None:
        path = put("input", pack(LINES.encode()))

        assert [("0", page(0)), ("1", page(1)), ("2", page(2))] == [(item.name, item.source) for item in read(path)]

    @needs("pyarrow")
    def test_parquet_is_an_item_a_row(self, suffix: str, pack: Callable[[bytes], bytes]) -> None:
        path = put("input", pack(_parquet(html=[page(0), page(1)], url=["https://a.example/0", None])))

        assert [("https://a.example/0", page(0)), ("input#2", page(1))] == [
            (item.name, item.source) for item in read(path)
        ]

    @needs("fastwarc")
    def test_a_web_archive_is_an_item_a_page(self, suffix: str, pack: Callable[[bytes], bytes]) -> None:
        path = put("input", b"".join(pack(record) for record in _archive(3)))

        found = read(path)
        assert [f"https://example.org/{number}" for number in range(3)] == [item.name for item in found]
        assert [page(number).encode() for number in range(3)] == [_page(item).body for item in found]

    def test_what_comes_through_a_pipe_is_told_apart_too(self, suffix: str, pack: Callable[[bytes], bytes]) -> None:
        os.mkfifo("pipe")
        for content, expected in ((HTML, 1), (URLS, 2), (LINES, 3)):
            writer = threading.Thread(target=Path("pipe").write_bytes, args=(pack(content.encode()),))
            writer.start()

            assert expected == len(read("pipe"))
            writer.join()


def test_standard_input_is_told_apart_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LINES.encode())))

    assert ["0", "1", "2"] == [item.name for item in read("-")]


def test_a_slow_list_is_begun_before_it_ends() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"https://example.org/a\n")
    with os.fdopen(writing, "wb"), os.fdopen(reading, "rb") as pipe, Seen() as seen:
        items: Iterator[Item] = Reader(seen=seen, max_bytes=1000).read([f"/dev/fd/{pipe.fileno()}"])

        assert "https://example.org/a" == next(items).name


def test_a_folder_is_walked_in_order_without_what_is_hidden_or_no_page_by_its_name() -> None:
    for name in ("f/b.html", "f/a/z.htm", "f/a/y", "f/.hidden/x.html", "f/.x.html", "f/b_files/style.css", "f/i.PNG"):
        put(name, HTML)
    os.mkfifo("f/pipe")
    reading = Reading()

    assert ["f/b.html", "f/a/y", "f/a/z.htm"] == [item.name for item in reading("f")]
    assert 4 == reading.reader.passed_over


def test_a_glob_is_matched_and_folders_that_it_matches_are_walked() -> None:
    for name in ("f/a.html", "f/g/b.html", "f/g/c.txt"):
        put(name, HTML)

    assert ["f/a.html", "f/g/b.html"] == [item.name for item in read("f/**/*.html")]
    assert ["f/a.html", "f/g/b.html", "f/g/c.txt"] == [item.name for item in read("f/*")]


def test_a_file_whose_name_looks_like_a_glob_is_a_file() -> None:
    put("a[1].html", HTML)

    assert ["a[1].html"] == [item.name for item in read("a[1].html")]


def test_a_name_that_is_no_utf8_is_given_as_text_that_is() -> None:
    Path(os.fsdecode(b"f\xff.html")).write_text(HTML, encoding="utf-8")

    assert ["./f\\xff.html"] == [item.name for item in read(".")]


def test_all_kinds_mix() -> None:
    items = read(put("a.html", HTML), "https://example.org/c", put("l.jsonl", LINES), ("mine", b"<p>x"), _fetched("d"))

    assert ["a.html", "https://example.org/c", "0", "1", "2", "mine", "https://example.org/d"] == [
        item.name for item in items
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [("gone.html", "gone.html: No such file or directory"), ("gone*.html", "gone*.html: nothing has such a name")],
)
def test_what_is_not_there_is_an_item_that_says_so(name: str, said: str) -> None:
    assert [RowError("FileNotFoundError", said)] == [error_of(item) for item in read(name)]


def test_a_link_that_leads_nowhere_is_an_item_that_says_so() -> None:
    Path("f").mkdir()
    Path("f/a.html").symlink_to("gone")

    assert ["FileNotFoundError"] == [error_of(item).type for item in read("f")]


class TestRecords:
    def test_a_line_that_is_no_json_costs_itself_only(self) -> None:
        path = put("l", f'{LINES}\n{{"html": "<p>\n[1]\n{{"title": "x"}}\n{{"html": 5}}\n{{"id": "z", "html": "y"}}')

        items = read(path)
        assert ["0", "1", "2", "l#4", "l#5", "l#6", "l#7", "z"] == [item.name for item in items]
        assert [
            "l#4: the line is not JSON: JSON is malformed: invalid character (byte 13)",
            "l#5: the line is a JSON list, not an object",
            "l#6: no column has a known name; choose one of title with --column or Columns(page=…)",
            "l#7: the column holds a value of type int, not a page",
        ] == [error_of(item).message for item in items[3:7]]

    def test_a_line_longer_than_any_page_is_passed(self) -> None:
        path = put("l", json.dumps({"html": "x"}) + "\n" + json.dumps({"html": "y" * 4_000_000}) + "\n" + LINES)

        items = read(path)
        assert ["l#1", "l#2", "0", "1", "2"] == [item.name for item in items]
        assert "l#2: the line is longer than 3,000,000 bytes" == error_of(items[1]).message

    def test_records_that_hold_a_url_and_no_page_are_addresses_to_fetch_each_once(self) -> None:
        path = put("l", '{"id": 1, "url": "https://a.example/"}\n{"id": 2, "url": "https://a.example/"}\n{"url": "b"}')

        address, wrong = read(path)
        assert (Address("https://a.example/"), "https://a.example/") == (address.source, address.name)
        assert "l#3: the column 'url' holds 'b', not a URL" == error_of(wrong).message

    @pytest.mark.parametrize("form", ["jsonl", pytest.param("parquet", marks=needs("pyarrow"))])
    def test_the_url_of_a_row_that_a_batch_has_written_is_not_fetched_unless_asked_for(self, form: str) -> None:
        url = "https://a.example/"
        document = declutter.extract("<h1>Ice</h1><p>The harbour froze over in the first week of January.</p>", url=url)
        path = put("l", document.to_json() if form == "jsonl" else _parquet(schema=["declutter/1"], url=[url]))

        (wrong,) = read(path)
        assert (
            "l#1: it is an extracted document, not a page; `declutter convert` writes it in other formats, and "
            "`--column url` fetches it again"
        ) == error_of(wrong).message
        assert [Address(url)] == [item.source for item in read(path, columns=Columns(page="url"))]

    def test_a_row_that_a_batch_has_written_may_have_been_given_the_page(self) -> None:
        (item,) = read(put("l", '{"schema": "declutter/1", "url": "https://a.example/", "html": "<p>x"}'))

        assert "<p>x" == item.source

    def test_a_column_of_urls_may_have_any_name(self) -> None:
        (item,) = read(put("l", '{"link": "https://a.example/", "text": "no"}'), columns=Columns(page="link"))

        assert Address("https://a.example/") == item.source

    @needs("pyarrow")
    def test_a_parquet_file_of_urls_is_a_list_of_addresses(self) -> None:
        path = put("p", _parquet(url=["https://a.example/", "https://b.example/"], title=["x", "y"]))

        assert [Address("https://a.example/"), Address("https://b.example/")] == [item.source for item in read(path)]

    def test_columns_are_those_that_are_asked_for(self) -> None:
        path = put("l", '{"id": "no", "key": "k", "html": "no", "mine": "<p>x", "url": "https://a.example/"}')

        (item,) = read(path, columns=Columns(page="mine", id="key"))
        assert Item(name="k", source="<p>x", url="https://a.example/", weight=item.weight) == item

    def test_a_column_that_is_not_there_is_named_with_those_that_are(self) -> None:
        (item,) = read(put("l", '{"html": "<p>x", "url": "u"}'), columns=Columns(page="body"))

        assert "l#1: no column 'body'; there are html, url" == error_of(item).message

    @needs("pyarrow")
    def test_a_parquet_file_without_the_column_says_so_once(self) -> None:
        path = put("p", _parquet(a=["x", "y"], b=[1, 2]))

        (item,) = read(path)
        assert ("p", "p: no column has a known name; choose one of a, b with --column or Columns(page=…)") == (
            item.name, error_of(item).message
        )  # fmt: skip

    @needs("pyarrow")
    def test_a_damaged_parquet_file_says_so(self) -> None:
        (item,) = read(put("p", _parquet(html=["x"] * 50)[:-40]))

        assert error_of(item).message.startswith("p: this Parquet file is damaged")

    @needs("pyarrow")
    def test_one_page_for_many_rows_is_held_once_and_no_longer_than_is_wanted(self) -> None:
        import pyarrow as pa

        path = put("p", _parquet(html=["x" * 3_000_000] * 64 + ["y"]))
        before = pa.total_allocated_bytes()
        most = 0
        for number, item in enumerate(Reading().reader.read([path])):
            assert isinstance(item.source, str)
            assert (1_000_001 if number < 64 else 1) == len(item.source)
            most = max(most, pa.total_allocated_bytes() - before)

        assert most < 20_000_000

    @needs("pyarrow")
    def test_rows_that_are_all_too_long_are_not_read_at_all(self) -> None:
        items = read(put("p", _parquet(html=["x" * 30_000_000])))

        assert ["p#1: the row is longer than 1,000,000 bytes"] == [error_of(item).message for item in items]

    def test_what_declutter_fetch_writes_is_read_with_its_failures(self) -> None:
        error = {"type": "StatusError", "message": "https://example.org/b: the server answered 404", "status": 404}
        fetched = {**_builtins(_fetched("a")), "body": base64.b64encode(b"<p>x").decode(), "size": 4}
        path = put("l", json.dumps(fetched) + "\n" + json.dumps({"url": "https://example.org/b", "error": error}))

        first, second = read(path)
        assert ("https://example.org/a", b"<p>x") == (first.name, _page(first).body)
        assert ("https://example.org/b", "StatusError") == (second.name, error_of(second).type)

    def test_records_that_share_a_name_are_all_there_under_names_of_their_own(self) -> None:
        record = json.dumps({"id": "same", "html": "x"})
        paths = put("l", f"{record}\n{record}"), put("m", record)

        assert ["same", "same (l#2)", "same (m#1)"] == [item.name for item in read(*paths)]


@needs("fastwarc")
class TestArchives:
    @pytest.mark.parametrize("pack", [gzip.compress, bytes])
    @pytest.mark.parametrize("damaged", [1, 3])
    def test_a_damaged_record_costs_itself_only(self, pack: Callable[[bytes], bytes], damaged: int) -> None:
        records = [pack(record) for record in _archive(5)]
        middle = 20 if pack is gzip.compress else 3
        records[damaged] = records[damaged][:middle] + b"garbage" * 3 + records[damaged][middle + 40 :]

        items = read(put("w", b"".join(records)))
        named = [item.name for item in items if not isinstance(item.source, RowError)]
        assert [f"https://example.org/{number}" for number in range(5) if number != damaged] == named
        (error,) = [error_of(item).message for item in items if isinstance(item.source, RowError)]
        assert error.startswith(f"w#{damaged + 1}: the record is damaged: ")

    def test_a_record_that_is_cut_off_says_so(self) -> None:
        content = b"".join(_archive(3))

        last = read(put("w", content[:-100]))[-1]
        assert ("w#3", "w#3: the record is cut off") == (last.name, error_of(last).message)

    @pytest.mark.parametrize("length", [40, 90])
    def test_so_does_one_that_ends_within_its_head(self, length: int) -> None:
        first, second = _archive(2)

        items = read(put("w", first + second[:length]))
        assert ["https://example.org/0", "w#2"] == [item.name for item in items]
        assert "w#2: the record is cut off" == error_of(items[1]).message

    def test_so_does_one_whose_archive_ends_before_it(self) -> None:
        lying = _archive(1)[0].replace(b"Content-Length: ", b"Content-Length: 9", 1)

        (item,) = read(put("w", lying))
        assert "w#1: the record is cut off" == error_of(item).message

    @pytest.mark.parametrize("pack", [gzip.compress, bytes])
    @pytest.mark.parametrize("seekable", [True, False])
    def test_of_a_page_that_unpacks_to_more_than_is_wanted_no_more_is_read_and_the_next_is_found(
        self, pack: Callable[[bytes], bytes], *, seekable: bool
    ) -> None:
        bomb = gzip.compress(b"<p>" + b" " * 30_000_000)
        records = [
            _response("https://example.org/bomb", bomb, more="Content-Encoding: gzip\r\n"),
            _response("https://example.org/long", b"<p>" + b"x" * 3_000_000),
            _response("https://example.org/last", b"<p>here"),
        ]
        content = b"".join(map(pack, records))

        tracemalloc.start()
        try:
            if seekable:
                found = read(put("w", content))
            else:
                os.mkfifo("pipe")
                writer = threading.Thread(target=Path("pipe").write_bytes, args=(content,))
                writer.start()
                found = read("pipe")
                writer.join()
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

        assert [("bomb", 1_000_001), ("long", 1_000_001), ("last", 7)] == [
            (item.name.rpartition("/")[2], len(_page(item).body)) for item in found
        ]
        assert peak < 10_000_000

    def test_what_is_no_page_is_passed_over(self) -> None:
        records = [
            _response("https://example.org/a.png", b"\x89PNG", kind="image/png"),
            _response("https://example.org/b", b"<p>moved", status="301 Moved"),
            _record("request", "https://example.org/c", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
            _response("https://example.org/d", b"<p>here"),
        ]

        assert ["https://example.org/d"] == [item.name for item in read(put("w", b"".join(records)))]

    def test_texts_of_wet_files_are_pages(self) -> None:
        record = _record("conversion", "https://example.org/a", "Zwei Zeilen\nüber Häfen".encode(), "text/plain")

        (item,) = read(put("w", gzip.compress(record)))
        assert ("https://example.org/a", "Zwei Zeilen\nüber Häfen") == (item.name, _page(item).body.decode())


class TestOnce:
    def test_what_is_named_again_is_read_once(self) -> None:
        reading = Reading()
        inputs = put("f/a.html", HTML), put("l", LINES), put("u", URLS)

        once = reading("f", *inputs)
        assert 6 == len(once)
        assert [] == reading("f", *inputs, "https://example.org/b")
        assert 1 + 4 + 1 == reading.reader.repeated

    def test_what_an_earlier_run_has_done_is_left_out(self) -> None:
        reading = Reading(done=("f/a.html", "1", "https://example.org/a"))

        items = reading(put("f/a.html", HTML), put("l", LINES), put("u", URLS))
        assert ["0", "2", "https://example.org/b"] == [item.name for item in items]
        assert 3 == reading.reader.skipped
        assert reading.reader.skipped_weight > len(HTML)


def test_items_weigh_what_their_inputs_do() -> None:
    inputs = [put("f/a.html", HTML), put("l", LINES), put("l.gz", gzip.compress(LINES.encode())), put("u", URLS)]

    assert sum(item.weight for item in read(*inputs)) == pytest.approx(weight_of(inputs), rel=0.02)


def test_a_file_that_needs_the_extra_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("importlib.import_module", missing)

    for name, content in (("archive", _archive(1)[0]), ("table", b"PAR1 and so on")):
        with pytest.raises(MissingExtraError, match=rf"^{name}: .*'declutter\[batch\]'"):
            read(put(name, content))


def _page(item: Item) -> Page:
    assert isinstance(item.source, Page)
    return item.source


def _fetched(name: str) -> Page:
    url = f"https://example.org/{name}"
    return Page(url=url, final_url=url, status=200, headers={}, body=b"<p>x", fetched_at="2023-05-29T14:02:11Z")


def _builtins(value: Page) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__struct_fields__}


def _parquet(**columns: list[object]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    sink = io.BytesIO()
    parquet.write_table(pa.table(columns), sink)
    return sink.getvalue()


def _archive(count: int) -> list[bytes]:
    return [_response(f"https://example.org/{number}", page(number).encode()) for number in range(count)]


def _response(url: str, body: bytes, *, kind: str = "text/html", status: str = "200 OK", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return _record("response", url, head.encode() + body, "application/http; msgtype=response")


def _record(kind: str, url: str, content: bytes, content_type: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-05-29T14:02:11Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{url}>\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"
