"""`declutter.read`: pages from addresses, files and standard input."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

import declutter

from .fetcher.servers import LOCAL, Site, reply, serving

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


def test_reading_a_file_does_not_load_the_network(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    script = "import sys, declutter; declutter.read(sys.argv[1]); sys.exit('httpx' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", script, path], check=False).returncode
