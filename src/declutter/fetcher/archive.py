"""Fetched pages on disk: WARC files that other web archive tools can read, and that preserve the pages exactly.

A response record holds one page: its final URL, the time, the status, the headers, and the body with content codings
undone. Headers that no longer apply to that body get the prefix `x-archive-orig-`, as in other archives. The field
X-Declutter-Journey has the requested URL and the redirects.
"""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Iterator
from http import HTTPStatus
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final, NamedTuple, Self
from urllib.parse import urlsplit

import msgspec

from declutter.compressed import beginning
from declutter.errors import DeclutterError
from declutter.extras import extra
from declutter.fetcher.growing import GrowingFile
from declutter.fetcher.kinds import refused_by_header
from declutter.model import Page
from declutter.options import DEFAULT_OPTIONS

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

OPEN: Final = ".open"
"""Suffix of an archive that is still being written, as used by other tools."""

_SUFFIX: Final = ".warc.gz"
_NUMBERED: Final = re.compile(r"pages-\d{5}\.")
_ORIGINAL: Final = "x-archive-orig-"
_CHANGED: Final = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_JOURNEY: Final = "X-Declutter-Journey"
_MIN_REDIRECT: Final = 300
_BLOCK: Final = 1 << 20
_MAX_HEADERS: Final = 1_000_000
"""Bytes; ten redirects between long URLs exceed the library's 32 KB."""


class _Journey(msgspec.Struct, frozen=True, omit_defaults=True):
    url: str
    chain: tuple[str, ...] = ()
    canonical: str | None = None
    from_cache: bool = False


_JOURNEYS: Final = msgspec.json.Decoder(_Journey)


class Place(NamedTuple):
    """Where a page is stored: the archive, and the bytes of its record, which is a separate gzip member."""

    file: str
    offset: int
    length: int


class Archive:
    """Writes pages into a new archive in a folder; a context manager.

    Each page is completely written when `save` returns. While the archive grows, its name ends in `.open`; one left
    behind by a killed process may end in the middle of a page.
    """

    def __init__(self, folder: Path) -> None:
        self._library = _library()
        folder.mkdir(parents=True, exist_ok=True)
        self.path = _new_path(folder)
        self._file = GrowingFile(opened(self.path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._file as file:
            is_deleted = file.is_deleted
        if is_deleted:
            return
        if file.end:
            file.path.rename(self.path)
        else:
            file.path.unlink()

    def save(self, page: Page) -> Place:
        """Append a page. Raises OSError if that fails, and leaves the archive unchanged."""
        member = io.BytesIO()
        writer = self._library.stream_io.GzipWriter(member, compression_level=6)
        _record(page).write(writer, checksum_data=True)
        writer.finish()
        place = Place(self.path.name, self._file.end, member.tell())
        self._file.append(member.getvalue())
        return place

    def take_back(self, place: Place) -> None:
        """Remove the page that was saved last."""
        self._file.cut(place.offset)


def opened(path: Path) -> Path:
    """The name of an archive that is still being written."""
    return path.with_name(path.name + OPEN)


def left_open(folder: Path) -> dict[Path, Path]:
    """The archives that a killed run has left open in a folder, by their final names."""
    return {path.with_name(path.name.removesuffix(OPEN)): path for path in folder.glob(f"pages-*{_SUFFIX}{OPEN}")}


def read_pages(path: str | PathLike[str], *, max_bytes: int = DEFAULT_OPTIONS.limits.max_bytes) -> Iterator[Page]:
    """The pages of a WARC file from any tool, in order.

    Records that are not pages (redirects, errors, images …) are skipped. A record that is cut off does not keep the
    others from being read, but raises an error after them, unless the archive is still being written (`.open`).
    max_bytes: limit of a page. A larger one, which a record of a few kilobytes may decompress to, is cut one byte above
    that, so that `extract` refuses or truncates it according to its limits.
    Raises OSError for a file that cannot be opened, DeclutterError for a damaged one.
    """
    is_archive = is_cut_off = False
    warc = _library().warc
    with Path(path).open("rb") as file:
        records = warc.ArchiveIterator(
            file, record_types=warc.WarcRecordType.response, auto_decode="all", max_header_len=_MAX_HEADERS
        )
        try:
            for record in records:
                is_archive = True
                is_begun = (
                    record.headers.get("Content-Length") is None
                )  # every record has it: this one ends in its head
                if not record.is_http and not is_begun:
                    continue
                page = None if is_begun else page_of(record, max_bytes=max_bytes)
                if page is None:
                    is_cut_off = True
                elif _is_wanted(page):
                    yield page
                    if len(page.body) > max_bytes:
                        skip_rest(record)
        except OSError as error:
            if file.read(1):  # more than the end is missing
                raise DeclutterError(f"this archive is damaged: {error}", subject=str(path)) from error
            if not is_archive:
                raise DeclutterError(f"this is not a web archive: {error}", subject=str(path)) from error
            is_cut_off = True
    if is_cut_off and not str(path).endswith(OPEN):
        raise DeclutterError("a record of this archive is cut off; the others were read", subject=str(path))


def _is_wanted(page: Page) -> bool:
    return page.status < _MIN_REDIRECT and not refused_by_header(page.headers.get("content-type", ""), "page")


def _new_path(folder: Path) -> Path:
    names = [path.name for path in folder.glob(f"pages-*{_SUFFIX}*")]
    number = 1 + max((int(name[6:11]) for name in names if _NUMBERED.match(name)), default=0)
    while True:
        path = folder / f"pages-{number:05}{_SUFFIX}"
        try:
            opened(path).touch(exist_ok=False)
        except FileExistsError:  # another run was faster
            number += 1
        else:
            return path


def _record(page: Page) -> WarcRecord:
    warc = _library().warc
    record: WarcRecord = warc.WarcRecord()
    record.init_headers(record_type=warc.WarcRecordType.response)
    record.headers["WARC-Target-URI"] = page.final_url
    record.headers["WARC-Date"] = page.fetched_at
    record.headers["Content-Type"] = "application/http; msgtype=response"
    journey = _Journey(_without_credentials(page.url), page.chain, page.canonical, page.from_cache)
    record.headers[_JOURNEY] = msgspec.json.encode(journey).decode()
    record.set_bytes_content(_head(page) + page.body)
    return record


def _head(page: Page) -> bytes:
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = ""
    lines = [f"HTTP/1.1 {page.status} {phrase}"]
    for name, value in page.headers.items():
        lines.append(f"{_ORIGINAL if name in _CHANGED else ''}{name}: {' '.join(value.splitlines())}")
    lines.append(f"content-length: {len(page.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def page_of(record: WarcRecord, *, max_bytes: int) -> Page | None:
    """The page of an HTTP response, cut one byte above `max_bytes`; None if the record was cut off."""
    sent = {_text(name).lower(): _text(value) for name, value in record.http_headers.items_bytes()}
    due = 0 if sent.keys() & {"content-encoding", "transfer-encoding"} else record.content_length
    body = beginning(record.reader, max_bytes + 1)
    status, length = record.http_headers.status_code, sent.pop("content-length", None)
    written = record.headers.get(_JOURNEY)
    if status is None:
        return None
    if len(body) <= max_bytes and (len(body) < due or (written is not None and length != str(len(body)))):
        return None  # cut off
    address = record.headers.get("WARC-Target-URI") or ""
    journey = _journey(written, address)
    return Page(
        url=journey.url,
        final_url=address,
        status=status,
        headers={name.removeprefix(_ORIGINAL): value for name, value in sent.items()},
        body=body,
        fetched_at=record.headers.get("WARC-Date") or "",
        chain=journey.chain,
        canonical=journey.canonical,
        from_cache=journey.from_cache,
    )


def skip_rest(record: WarcRecord) -> None:
    """Read a record to its end and drop it: fastwarc finds the next record only from there."""
    while record.reader.read(_BLOCK):
        pass


def _journey(written: str | None, address: str) -> _Journey:
    try:
        return _JOURNEYS.decode(written or "")
    except msgspec.DecodeError:
        return _Journey(address)  # another tool's archive


def _text(written: bytes) -> str:
    try:
        return written.decode()
    except UnicodeDecodeError:
        return written.decode("latin-1")


def _without_credentials(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl() if "@" in parts.netloc else url


def _library() -> ModuleType:
    with extra("batch", "WARC"):
        return importlib.import_module("fastwarc")
