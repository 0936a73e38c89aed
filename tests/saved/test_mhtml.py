"""Pages that browsers save as MHTML. `chrome.mhtml` is Chromium's own, of a page of ours with a picture and a frame."""

from __future__ import annotations

import base64
import binascii
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import declutter
from declutter.cli import main
from declutter.saved import is_mhtml, resource_in
from tests import promises

CHROME = (Path(__file__).parent / "chrome.mhtml").read_bytes()
ESSAY = (
    "<!doctype html><title>Der Schnee von Łódź</title><h1>Der Schnee von Łódź</h1>"
    "<p>Wer im Februar durch die Höfe geht, hört als Erstes die Schaufeln, lange bevor die erste Straßenbahn fährt.</p>"
    "<p>Die Hausmeister streiten, wem der Haufen am Tor gehört, und im März hat ihn keiner von ihnen gewollt.</p>"
)
FRAME = "<title>Werbung</title><p>Jetzt Schaufeln kaufen, solange der Vorrat reicht, und den Winter vergessen."


def mhtml(*parts: bytes, header: bytes = b"") -> bytes:
    """A file of parts, with more in its header `Content-Type` (`; start=…`) or below it."""
    head = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_rand"'
        + header
        + b"\r\n\r\nFor old mailers."
    )
    return head + b"".join(b"\r\n--=_rand\r\n" + part for part in parts) + b"\r\n--=_rand--\r\n"


def html(page: str, header: bytes = b"", *, charset: str = "utf-8") -> bytes:
    named = f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n".encode()
    return named + header + b"\r\n" + base64.encodebytes(page.encode(charset))


PICTURE = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: a.png\r\n\r\niVBORw0KGgo="


def test_a_page_saved_by_chromium_is_read_with_its_encoding_and_url_and_the_day_it_was_saved() -> None:
    document = declutter.extract(CHROME)

    promises.hold(document)
    assert "Die Fähre, die nur im Herbst fährt" == document.title
    assert "http://uferblatt.example/orte/faehre--im-herbst" == document.url
    assert "windows-1252" == document.encoding  # of the bytes in the file; it declares them so
    assert "2026-11-24" == document.published  # `vor 2 Tagen`, from the header Date
    assert "„Die meisten kommen nur wegen der Äpfel“, sagt Seiler" in document.text
    assert "Nebel bis Mittag" not in "".join(block.text for block in document.blocks)  # the frame is another page
    assert not document.truncated


def test_what_the_caller_gives_goes_before_what_the_file_says() -> None:
    options = declutter.ExtractOptions(as_of="2025-02-03")

    document = declutter.extract(CHROME, url="https://ufer.example/x", options=options)

    assert ("https://ufer.example/x", "2025-02-01") == (document.url, document.published)


def test_text_that_was_read_from_such_a_file_is_read_like_its_bytes() -> None:
    assert declutter.extract(CHROME) == declutter.extract(CHROME.decode())


def test_a_path_standard_input_and_a_batch_take_it(tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    path.write_bytes(CHROME)
    lines = tmp_path / "pages.jsonl"
    lines.write_text(json.dumps({"id": "one", "html": CHROME.decode()}), encoding="utf-8")

    rows = {row.input: row.document for row in declutter.extract_many([str(tmp_path)])}

    assert declutter.extract(CHROME) == declutter.read(path) == rows[str(path)] == rows["one"]


def test_the_charset_of_the_part_is_that_of_the_page() -> None:
    document = declutter.extract(mhtml(html(ESSAY, charset="iso-8859-2").replace(b"iso-8859-2", b"ISO-8859-2")))

    assert ("Der Schnee von Łódź", "iso-8859-2") == (document.title, document.encoding)


@pytest.mark.parametrize(
    ("parts", "header"),
    [
        ((html(FRAME), html(ESSAY, b"Content-ID: <root@x>\r\n")), b'; start="<root@x>"'),
        ((html(FRAME), html(ESSAY, b"Content-ID: <root@x>\r\n")), b"; start=cid:root@x"),
        ((html(ESSAY), html(FRAME)), b"; start=nothing-of-that-name"),
        ((html(FRAME), html(ESSAY, b"Content-Location: http://a.example/\r\n")),
         b"\r\nSnapshot-Content-Location: http://a.example/"),
        ((PICTURE, html(ESSAY), html(FRAME)), b"\r\nSnapshot-Content-Location: http://nowhere.example/"),
        ((PICTURE, b"", b"\r\n", html(ESSAY), html(FRAME)), b""),
        ((b"Content-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
          b"--in\r\n" + html(ESSAY) + b"\r\n--in--", html(FRAME)), b""),
        ((b"content-type: TEXT/HTML;\r\n charset=utf-8\r\n\r\n" + ESSAY.encode(),), b""),
    ],
    ids=["start", "start by cid:", "start of none", "by its place", "at no place", "the first", "inner", "8bit"],
)  # fmt: skip
def test_the_page_is_found_among_the_parts(parts: tuple[bytes, ...], header: bytes) -> None:
    resource = resource_in(mhtml(*parts, header=header))

    assert resource is not None
    assert resource.is_whole
    assert ESSAY == resource.body.decode().rstrip()


def test_a_page_without_pictures_as_internet_explorer_saves_it_is_one_part() -> None:
    saved = (
        b"From: <Saved by a browser>\nSubject: Der Schnee\nDate: Tue, 4 Mar 2003 01:30:00 +0200\nMIME-Version: 1.0\n"
        b'Content-Type: text/html;\n\tcharset="iso-8859-2"\nContent-Transfer-Encoding: quoted-printable\n'
        b"Content-Location: http://alt.example/schnee.htm\nX-MimeOLE: Produced By nobody\n\n"
        + binascii.b2a_qp(ESSAY.encode("iso-8859-2"))
    )

    resource = resource_in(saved)
    document = declutter.extract(saved)

    assert resource is not None
    assert ("2003-03-03T23:30:00Z", ESSAY) == (resource.saved_at, resource.body.decode("iso-8859-2"))
    assert ("http://alt.example/schnee.htm", "Der Schnee von Łódź") == (document.url, document.title)
    assert not document.truncated


@pytest.mark.parametrize("place", [b"file:///C:/schnee.htm", b"cid:frame-1@mhtml.blink", b"schnee.htm", b"about:blank"])
def test_a_place_that_is_not_on_the_web_is_no_url(place: bytes) -> None:
    assert declutter.extract(mhtml(html(ESSAY, b"Content-Location: " + place + b"\r\n"))).url is None


@pytest.mark.parametrize(
    "date", [b"", b"yesterday", b"Tue, 99 Mar 2003 99:00:00 +9999", b"Thu, 01 Jan 1970 00:00:00 GMT"]
)
def test_a_date_that_cannot_be_is_none(date: bytes) -> None:
    resource = resource_in(mhtml(html(ESSAY), header=b"\r\nDate: " + date))

    assert resource is not None
    assert resource.saved_at is None


@pytest.mark.parametrize(
    "text",
    [
        "From: Ann\nTo: Ben\n\nOn multipart/related things",
        "Title: Rain\nContent-Type: text/html\n\n<p>The headers of a response, which say no version of MIME.",
        "Content-Type: text/plain\nMIME-Version: 1.0\n\nA letter, which is text.",
        "<p>MIME-Version: 1.0<br>Content-Type: multipart/related",
    ],
)
def test_text_with_colons_is_not_taken_for_it(text: str) -> None:
    assert not is_mhtml(text)
    assert resource_in(text.encode()) is None


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (CHROME[: CHROME.index(b"Date:")], declutter.InputError, "headers do not end"),
        (CHROME[:700].partition(b"------")[0], declutter.InputError, "without any of its parts"),
        (b"Content-Type: multipart/related\r\nX: y\r\n\r\nx", declutter.InputError, "does not say what separates"),
        (b"Content-Type: multipart/related; boundary=b\r\n" + b"X: y\r\n" * 9999, declutter.InputError, "do not end"),
        (
            b"Content-Type: multipart/related; boundary=" + b"b;" * 5000 + b"\r\n\r\nx",
            declutter.InputError,
            "separates",
        ),
        (mhtml(PICTURE, PICTURE), declutter.NotAPageError, r"without a page: none of its parts \(2\) is HTML"),
        (mhtml(*[PICTURE] * 20_000, html(ESSAY)), declutter.NotAPageError, r"parts \(10,000\)"),
    ],
    ids=["in its headers", "before its parts", "no boundary", "endless headers", "endless type", "pictures", "20,000"],
)
def test_a_file_without_its_page_is_an_error_that_names_it(
    tmp_path: Path, data: bytes, error: type[declutter.DeclutterError], message: str
) -> None:
    path = tmp_path / "page.mht"
    path.write_bytes(data)

    with pytest.raises(error, match=rf"page\.mht: this is MHTML .*{message}"):
        declutter.read(path)


def test_a_page_nested_deeper_than_any_mail_is_not_looked_for() -> None:
    deep = html(ESSAY)
    for level in range(2000):
        deep = b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n%b" % (level, level, deep)

    with pytest.raises(declutter.NotAPageError, match="without a page"):
        declutter.extract(mhtml(deep))


def test_a_page_in_which_the_file_ends_is_marked_as_truncated() -> None:
    document = declutter.extract(CHROME[: CHROME.index(b"Die Gemeinde")])

    assert document.truncated
    assert "Jakob Seiler" in document.text


def test_a_page_without_an_article_is_told_by_what_it_holds_not_by_the_file(tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    path.write_bytes(mhtml(html("<!doctype html><body><div id=app></div><script src=app.js></script>")))

    result = CliRunner().invoke(main, ["extract", str(path)])

    assert 3 == result.exit_code
    assert "an empty shell without JavaScript" in result.stderr


def test_the_limit_on_bytes_is_that_of_the_page_but_where_the_file_is_cut_it_is_that_of_the_file(
    tmp_path: Path,
) -> None:
    picture = b"Content-Type: image/png\r\n\r\n" + b"x" * 100_000
    limits = declutter.Limits(max_bytes=20_000)
    options = declutter.ExtractOptions(limits=limits)
    first, last = tmp_path / "first.mhtml", tmp_path / "last.mhtml"
    first.write_bytes(mhtml(html(ESSAY), picture))
    last.write_bytes(mhtml(html(ESSAY + "<p>Noch ein Hof.</p>" * 2000), picture))

    assert not declutter.read(first, options=options).truncated
    with pytest.raises(declutter.LimitError, match=r"last\.mhtml: .*more than 20,000 bytes"):
        declutter.read(last, options=options)
    with pytest.raises(declutter.LimitError, match="^the page is over a limit .*more than 20,000 bytes"):
        declutter.extract(last.read_bytes(), options=options)
    assert declutter.extract(first.read_bytes(), options=options) == declutter.read(first, options=options)


@given(st.binary(max_size=400), st.integers(0, 900))
def test_any_damage_gives_a_page_or_an_error_of_ours(garbage: bytes, at: int) -> None:
    for data in (
        CHROME[:at] + garbage + CHROME[at:],
        CHROME[:at] + garbage,
        mhtml(garbage),
        mhtml(html(ESSAY) + garbage),
    ):
        try:
            resource = resource_in(data)
        except (declutter.InputError, declutter.NotAPageError):
            continue
        assert resource is None or isinstance(resource.body, bytes)


@given(st.text("ABCab01+/=\n\r- é", max_size=80))
def test_any_base64_is_decoded_as_far_as_it_goes(digits: str) -> None:
    part = b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + digits.encode()

    assert resource_in(mhtml(part)) is not None


def test_what_is_wrong_with_the_page_names_the_file_not_the_place_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    path.write_bytes(mhtml(html("%PDF-1.7 a page of paper", b"Content-Location: https://paper.example/\r\n")))

    with pytest.raises(declutter.NotAPageError, match=r"page\.mhtml: this is a PDF"):
        declutter.read(path)
