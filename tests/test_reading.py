"""`declutter.read`: pages from addresses, files and standard input."""

from __future__ import annotations

import gzip
import io
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

import declutter
from declutter.compressed import page_of

from .fetcher.servers import LOCAL, Site, reply, serving

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = "<!doctype html><title>Über Gezeiten</title><p>Ein Absatz über die Gezeiten, lang genug, um einer zu sein.</p>"


def test_a_path_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")

    assert declutter.extract(PAGE.encode()) == declutter.read(path) == declutter.read(str(path))


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))

    assert declutter.extract(PAGE.encode()) == declutter.read("-")


def test_an_address_is_fetched_with_the_callers_options() -> None:
    with serving() as site:
        answer(site)
        made = declutter.read(site.url("/a"), fetching=LOCAL)

        assert (site.url("/b"), "Über Gezeiten") == (made.url, made.title)
        assert made == declutter.extract(declutter.fetch(site.url("/a"), options=LOCAL))


def answer(site: Site) -> None:
    site.routes["/a"] = reply(status=302, location="/b")
    site.routes["/b"] = reply(PAGE.encode("latin-1"), kind="text/html; charset=latin-1")


@pytest.mark.parametrize("source", [PAGE.encode(), None, 5, io.BytesIO(PAGE.encode())])
def test_what_is_no_path_is_named_with_what_takes_it(source: object) -> None:
    with pytest.raises(TypeError, match=rf"takes a path or URL, not {type(source).__name__}; .* use extract\(\)"):
        declutter.read(source)  # type: ignore[arg-type]


def test_a_web_archive_is_no_page_but_many(tmp_path: Path) -> None:
    with pytest.raises(declutter.NotAPageError, match="read_pages"):
        declutter.read(tmp_path / "pages-00001.warc.gz")


def test_the_private_net_is_closed_by_default() -> None:
    with serving() as site, pytest.raises(declutter.ForbiddenAddressError, match=r"127\.0\.0\.1"):
        declutter.read(site.url())


@pytest.mark.parametrize("address", ["ftp://a.example/", "file:///etc/passwd", "javascript://x"])
def test_other_schemes_are_no_paths(address: str) -> None:
    with pytest.raises(declutter.BadAddressError, match=address):
        declutter.read(address)


def test_a_missing_file_and_a_folder_are_the_systems_errors(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="missing"):
        declutter.read(tmp_path / "missing")
    with pytest.raises(IsADirectoryError, match=str(tmp_path)):
        declutter.read(tmp_path)


def test_an_error_about_the_content_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(b"%PDF-1.7")

    with pytest.raises(declutter.NotAPageError, match="a PDF") as caught:
        declutter.read(path)

    assert str(path) == caught.value.subject


PACKERS = [gzip.compress, zstd.compress]


@pytest.mark.parametrize("pack", PACKERS)
def test_a_compressed_file_is_read_through_as_is_compressed_standard_input(
    pack: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.html.packed"
    path.write_bytes(pack(PAGE.encode()))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))

    assert declutter.extract(PAGE.encode()) == declutter.read(path) == declutter.read("-")


@pytest.mark.parametrize("pack", PACKERS)
def test_damaged_compression_is_an_error_that_names_the_file(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / "page.html.packed"
    path.write_bytes(pack(PAGE.encode() * 99)[:-9])

    with pytest.raises(declutter.InputError, match=r"page\.html\.packed: the compression is damaged"):
        declutter.read(path)


def test_a_compressed_web_archive_is_told_by_its_content_where_its_name_does_not(tmp_path: Path) -> None:
    path = tmp_path / "crawl.gz"
    path.write_bytes(gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n"))

    with pytest.raises(declutter.NotAPageError, match="a web archive holds many pages"):
        declutter.read(path)


class Counted(io.BytesIO):
    """A stream that knows how many bytes were asked of it."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.given = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.given += len(piece)
        return piece


@pytest.mark.parametrize("pack", [*PACKERS, bytes])
def test_no_more_is_read_than_the_bound_allows_and_a_bomb_stays_packed(pack: Callable[[bytes], bytes]) -> None:
    stream = Counted(pack(b"<p>" + bytes(random.Random(1).randbytes(3_000_000))))
    bomb = io.BytesIO(pack(bytes(50_000_000)))

    tracemalloc.start()
    try:
        assert 1001 == len(page_of(stream, max_bytes=1000)) == len(page_of(bomb, max_bytes=1000))
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert stream.given <= 200_000


@pytest.mark.parametrize("source", ["file", "-"])
def test_a_page_past_max_bytes_says_so_or_is_cut_whatever_it_is_read_from(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.encode() * 9)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    place = path if source == "file" else source
    limits = declutter.Limits(max_bytes=60, over="truncate")

    with pytest.raises(declutter.LimitError, match="more than 60 bytes, max_bytes is 60") as caught:
        declutter.read(place, options=declutter.ExtractOptions(limits=declutter.Limits(max_bytes=60)))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))

    assert "max_bytes" == caught.value.bound
    assert declutter.read(place, options=declutter.ExtractOptions(limits=limits)).truncated


def test_reading_a_file_does_not_load_the_network(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    script = "import sys, declutter; declutter.read(sys.argv[1]); sys.exit('httpx' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", script, path], check=False).returncode
