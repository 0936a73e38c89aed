"""Pages on disk are the pages that were fetched."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import msgspec
import pytest

import declutter
from declutter.errors import DeclutterError, MissingExtraError
from declutter.fetcher import archive
from declutter.fetcher.archive import Archive, read_pages
from declutter.model import Page

from .servers import Site, get, redirect, reply

PAGE = Page(
    url="https://a.test/start",
    final_url="https://a.test/ende?q=ü",
    status=200,
    headers={
        "content-type": "text/html; charset=gbk",
        "x-note": "Grüße",
        "content-encoding": "br",
        "content-length": "7",
    },
    body="<p>\r\n\r\n中文\0".encode("gbk"),
    fetched_at="2026-03-04T05:06:07Z",
    chain=("https://a.test/start", "https://a.test/middle"),
    canonical="https://a.test/kanonisch",
)


def saved(folder: Path, *pages: Page) -> Path:
    with Archive(folder) as file:
        for page in pages:
            file.save(page)
    return file.path


def test_a_page_is_read_back_as_it_was(tmp_path: Path) -> None:
    empty = msgspec.structs.replace(PAGE, body=b"", headers={}, chain=(), canonical=None, status=299)

    assert [PAGE, empty] == list(read_pages(saved(tmp_path, PAGE, empty)))


def test_an_archive_is_named_by_a_text_as_well_as_by_a_path(tmp_path: Path) -> None:
    assert [PAGE] == list(read_pages(str(saved(tmp_path, PAGE))))


def test_extract_gives_the_same_for_a_fetched_and_for_a_saved_page(site: Site, tmp_path: Path) -> None:
    text = (
        "<h1>Überschrift</h1>" + "<p>Ein Absatz, der lang genug ist, um gelesen zu werden, und noch etwas mehr.</p>" * 9
    )
    site.routes["/a"] = redirect("/b")
    site.routes["/b"] = reply(
        gzip.compress(text.encode("latin-1")), kind="text/html; charset=latin-1", content_encoding="gzip"
    )
    page = get(site.url("/a"))

    (again,) = read_pages(saved(tmp_path, page))

    assert page == again
    assert declutter.extract(page) == declutter.extract(again)


def test_the_file_is_a_web_archive_that_others_can_read(tmp_path: Path) -> None:
    """By the letter of WARC 1.1 and HTTP/1.1: a gzip member a record, a head, an empty line, the body."""
    record = gzip.decompress(saved(tmp_path, PAGE).read_bytes())

    head, http, body = record.split(b"\r\n\r\n", 2)
    assert head.startswith(b"WARC/1.1\r\n")
    assert b"WARC-Type: response" in head
    assert f"WARC-Target-URI: {PAGE.final_url}".encode() in head
    assert b"WARC-Date: 2026-03-04T05:06:07Z" in head
    assert b"Content-Type: application/http; msgtype=response" in head
    assert http.startswith(b"HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=gbk\r\n")
    assert b"\r\ncontent-encoding:" not in http
    assert http.endswith(f"\r\ncontent-length: {len(PAGE.body)}".encode())
    assert body == PAGE.body + b"\r\n\r\n"
    assert int(re.search(rb"Content-Length: (\d+)", head)[1]) == len(http) + 4 + len(PAGE.body)  # type: ignore[index]


@pytest.mark.parametrize("missing", [30, 150])
def test_a_record_that_is_cut_off_is_an_error_after_the_others(tmp_path: Path, missing: int) -> None:
    path = saved(tmp_path, PAGE, PAGE)
    path.write_bytes(path.read_bytes()[:-missing])

    pages = read_pages(path)

    assert next(pages) == PAGE
    with pytest.raises(DeclutterError, match="00001.warc.gz: a record of this archive is cut off; the others were"):
        next(pages)


def test_a_record_that_ends_within_its_head_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    whole = gzip.decompress(record(b"HTTP/1.1 200 OK\r\n\r\nhello"))
    path.write_bytes(whole + b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Da")

    pages = read_pages(path)

    assert b"hello" == next(pages).body
    with pytest.raises(DeclutterError, match="cut off"):
        next(pages)


def test_the_last_record_of_an_archive_that_is_still_being_written_may_be_cut_off(tmp_path: Path) -> None:
    whole = saved(tmp_path, PAGE, PAGE).read_bytes()
    path = tmp_path / "pages-00002.warc.gz.open"

    for missing in (1, 30, 150, 300):
        path.write_bytes(whole[:-missing])
        assert PAGE == next(read_pages(path))
        assert all(page == PAGE for page in read_pages(path))


def test_a_file_that_is_no_archive_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "page.warc"
    path.write_text("<!doctype html><p>A page.")

    with pytest.raises(DeclutterError, match="page.warc: this is not a web archive"):
        list(read_pages(path))


def test_each_run_writes_a_file_of_its_own(tmp_path: Path) -> None:
    names = [saved(tmp_path, PAGE).name, saved(tmp_path, PAGE).name]

    assert ["pages-00001.warc.gz", "pages-00002.warc.gz"] == names


def test_a_file_that_is_being_written_does_not_bear_the_name_of_a_whole_one(tmp_path: Path) -> None:
    with Archive(tmp_path) as file:
        file.save(PAGE)
        assert ["pages-00001.warc.gz.open"] == [path.name for path in tmp_path.iterdir()]
        with Archive(tmp_path) as other:
            other.save(PAGE)

    assert ["pages-00001.warc.gz", "pages-00002.warc.gz"] == sorted(path.name for path in tmp_path.iterdir())


def test_a_page_that_was_taken_back_is_not_there(tmp_path: Path) -> None:
    with Archive(tmp_path) as file:
        file.save(PAGE)
        file.take_back(file.save(msgspec.structs.replace(PAGE, body=b"no")))
        file.save(PAGE)

    assert [PAGE, PAGE] == list(read_pages(file.path))


def test_a_run_that_saved_nothing_leaves_no_file(tmp_path: Path) -> None:
    saved(tmp_path)

    assert not list(tmp_path.iterdir())


def test_no_credentials_are_saved(tmp_path: Path) -> None:
    path = saved(tmp_path, msgspec.structs.replace(PAGE, url="https://anna:geheim@a.test/start"))

    assert b"geheim" not in gzip.decompress(path.read_bytes())


def test_a_missing_library_is_named_by_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(archive.importlib, "import_module", missing)  # type: ignore[attr-defined]

    with pytest.raises(MissingExtraError, match=r"declutter\[batch\]"):
        saved(tmp_path, PAGE)


def record(http: bytes) -> bytes:
    """A response record as other tools write it."""
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789abc>\r\n"
        "WARC-Target-URI: https://b.test/\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def test_an_archive_of_another_tool_is_read_with_its_codings_undone(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>hello")
    chunked = b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    path = tmp_path / "theirs.warc.gz"
    path.write_bytes(record(head + chunked))

    (page,) = read_pages(path)

    assert (b"<p>hello", "https://b.test/", "https://b.test/") == (page.body, page.url, page.final_url)
    assert ("2020-01-02T03:04:05Z", "text/html") == (page.fetched_at, page.headers["content-type"])


def test_what_is_no_page_in_an_archive_of_another_tool_is_passed_over(tmp_path: Path) -> None:
    answers = [
        b"HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Type: text/html\r\n\r\nmoved",
        b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\ngone",
        b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello",
    ]
    path = tmp_path / "theirs.warc.gz"
    path.write_bytes(b"".join(map(record, answers)))

    assert [b"<p>hello"] == [page.body for page in read_pages(path)]


def test_of_a_page_that_unpacks_to_more_than_is_wanted_no_more_is_kept_and_the_next_is_read(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    bomb = head + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>" + b" " * 5_000_000)
    path = tmp_path / "bomb.warc.gz"
    path.write_bytes(record(bomb) + record(head + b"\r\n<p>hello"))

    assert [1001, 8] == [len(page.body) for page in read_pages(path, max_bytes=1000)]


def test_damage_in_the_middle_of_an_archive_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "damaged.warc.gz"
    path.write_bytes(record(b"HTTP/1.1 200 OK\r\n\r\nhello") + b"this is no archive" * 20_000)

    with pytest.raises(DeclutterError, match="damaged"):
        list(read_pages(path))
