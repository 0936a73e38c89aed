"""Safari's web archives, written with the standard library."""

from __future__ import annotations

import plistlib
import struct
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import declutter
from declutter.saved import resource_in

PAGE = (
    "<title>Über die Mühlen</title><h1>Über die Mühlen</h1><p>Am Bach standen neun Mühlen, von denen acht nur noch "
    "Namen von Bushaltestellen sind, und die neunte mahlt am Sonntag für Schulklassen.</p>"
)


def archive(body: object = PAGE.encode("latin-1"), **more: Any) -> bytes:
    main = {
        "WebResourceData": body,
        "WebResourceFrameName": "",
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "iso-8859-1",
        "WebResourceURL": "https://mühlen.example/bach",
    } | more
    frame = {"WebMainResource": {"WebResourceData": b"<p>frame", "WebResourceURL": "https://other.example/"}}
    pictures = [{"WebResourceData": bytes(3000), "WebResourceURL": f"https://m.example/{n}.png"} for n in range(300)]
    return _list({"WebSubframeArchives": [frame], "WebSubresources": pictures, "WebMainResource": main})


def _list(value: object) -> bytes:
    return plistlib.dumps(value, fmt=plistlib.FMT_BINARY, sort_keys=False)


def test_a_web_archive_is_read_with_its_encoding_and_url(tmp_path: Path) -> None:
    path = tmp_path / "mühlen.webarchive"
    path.write_bytes(archive())

    document = declutter.read(path)

    assert ("Über die Mühlen", "windows-1252") == (document.title, document.encoding)
    assert "https://mühlen.example/bach" == document.url  # not ASCII, so in UTF-16 in the file
    assert "neun Mühlen" in document.text
    assert declutter.extract(archive()) == document == next(iter(declutter.extract_many([str(tmp_path)]))).document


@pytest.mark.parametrize(
    "url", ["file:///Users/ann/page.html", "about:blank", "", "x" * 20_000, 5, b"https://a.example/"]
)
def test_what_is_no_place_on_the_web_is_no_url(url: object) -> None:
    assert declutter.extract(archive(WebResourceURL=url)).url is None


@given(st.binary(max_size=70_000), st.text(max_size=20))
def test_the_page_and_its_encoding_are_those_that_were_written(body: bytes, encoding: str) -> None:
    resource = resource_in(archive(body, WebResourceTextEncodingName=encoding))

    assert resource is not None
    assert body == resource.body
    assert resource.content_type == (f"text/html; charset={encoding}" if encoding else "text/html")


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        "WebMainResource",
        {"WebMainResource": {}},
        {"WebMainResource": []},
        {"WebSubresources": [{"a": b"<p>x"}]},
    ],
)
def test_another_property_list_is_not_a_page(value: object) -> None:
    with pytest.raises((declutter.NotAPageError, declutter.InputError), match="property list"):
        declutter.extract(_list(value))


def test_a_file_that_is_cut_off_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "a.webarchive"
    path.write_bytes(archive()[:-100])

    with pytest.raises(declutter.InputError, match=r"a\.webarchive: .* cut off or damaged"):
        declutter.read(path)


def test_a_file_larger_than_the_limit_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / "a.webarchive"
    path.write_bytes(archive())

    with pytest.raises(declutter.LimitError, match=r"a\.webarchive: .*more than 5,000 bytes"):
        declutter.read(path, options=declutter.ExtractOptions(limits=declutter.Limits(max_bytes=5000)))


def test_a_list_that_names_one_object_a_hundred_thousand_times_takes_no_memory() -> None:
    """Every key of both dictionaries is the same long string: read for each of them, it would be 20 GB."""
    count = 100_000
    entries = b"\xdf\x12" + struct.pack(">I", count) + b"\0\0\0\1" * (2 * count)
    long = b"\x5f\x12" + struct.pack(">I", 200_000) + b"k" * 200_000
    body = b"bplist00" + entries + long
    table = struct.pack(">II", 8, 8 + len(entries))
    hostile = body + table + struct.pack(">6xBBQQQ", 4, 4, 2, 0, len(body))
    assert plistlib.loads(hostile)  # it is one

    tracemalloc.start()
    with pytest.raises(declutter.NotAPageError, match="without a page"):
        resource_in(hostile)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert 100_000 > peak


def test_a_list_that_holds_itself_is_not_a_page() -> None:
    body = b"bplist00\xd1\1\0\x5f\x10\x0fWebMainResource"
    itself = body + bytes([8, 11]) + struct.pack(">6xBBQQQ", 1, 1, 2, 0, len(body))

    with pytest.raises(declutter.NotAPageError, match="without a page"):
        resource_in(itself)


@given(st.lists(st.tuples(st.integers(8, 400), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, 60))
def test_any_damage_gives_a_page_or_an_error_of_ours(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(_list({"WebMainResource": {"WebResourceData": b"<p>x", "WebResourceURL": "https://a.example/"}}))
    for back, value in changes:
        data[-(back % (len(data) - 8)) - 1] = value
    try:
        resource = resource_in(bytes(data[: len(data) - cut]))
    except (declutter.InputError, declutter.NotAPageError):
        return
    assert resource is not None
    assert isinstance(resource.body, bytes)


@given(st.binary(max_size=300))
def test_anything_behind_the_sign_of_a_property_list_is_one_or_damaged(rest: bytes) -> None:
    with pytest.raises((declutter.InputError, declutter.NotAPageError), match="property list"):
        resource_in(b"bplist00" + rest)
