"""The file format of a SiteMemory: compressed MessagePack columns. Reading executes no code and is bounded."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from declutter.appearing import appearing
from declutter.errors import RulesError
from declutter.memory.prints import MAX_PRINTS, PRINT_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Pages: TypeAlias = "dict[str, dict[int, bytes]]"
"""By host and by fingerprint of the page: the fingerprints of its blocks."""

MAX_PAGES: Final = 65_536

_MAGIC: Final = b"declutter memory 1\n"
_MAX_HOST: Final = 256
_MAX_BYTES: Final = MAX_PAGES * (PRINT_BYTES * (MAX_PRINTS + 1) + _MAX_HOST + 8)


class _Columns(msgspec.Struct, frozen=True, array_like=True):
    """A whole memory as flat columns, so that a file cannot expand to more than its bytes.

    hosts: one per line. counts: pages per host. pages: their fingerprints. sizes: bytes kept per page.
    prints: the block fingerprints. Numbers are little-endian: counts and sizes have four bytes, fingerprints eight.
    """

    hosts: str
    counts: bytes
    pages: bytes
    sizes: bytes
    prints: bytes


_DECODER: Final = msgspec.msgpack.Decoder(_Columns)


def save(hosts: Mapping[str, Mapping[int, bytes]], path: Path) -> None:
    """Write the file. The same content gives the same bytes."""
    try:
        with appearing(path) as file:
            file.write(dump(hosts))
    except OSError as error:
        # Name the caller's path in the error, not that of the temporary file.
        raise OSError(error.errno, error.strerror, str(path)) from error


def dump(hosts: Mapping[str, Mapping[int, bytes]]) -> bytes:
    """The content of the file."""
    names = sorted(hosts)
    rows = [row for name in names for row in sorted(hosts[name].items())]
    columns = _Columns(
        "\n".join(names),
        b"".join(len(hosts[name]).to_bytes(4, "little") for name in names),
        b"".join(page.to_bytes(PRINT_BYTES, "little") for page, _ in rows),
        b"".join(len(packed).to_bytes(4, "little") for _, packed in rows),
        b"".join(packed for _, packed in rows),
    )
    return _MAGIC + zlib.compress(msgspec.msgpack.encode(columns))


def load(path: Path) -> Pages:
    """Read what `save` wrote."""
    with path.open("rb") as stream:
        content = stream.read(len(_MAGIC))
        if content == _MAGIC:
            content += stream.read(_MAX_BYTES + 1)
    return parse(content, subject=str(path))


def parse(content: bytes, *, subject: str | None = None) -> Pages:
    """Read what `dump` returned. subject: names the content in errors."""
    if not content.startswith(_MAGIC):
        raise RulesError("not a site memory, or one of another version", subject=subject)
    try:
        packed = _expand(content[len(_MAGIC) :])
        return _from_columns(_DECODER.decode(packed))
    except (zlib.error, msgspec.MsgspecError, ValueError) as error:
        raise RulesError(f"this site memory is damaged ({error})", subject=subject) from error


def _expand(packed: bytes) -> bytes:
    expander = zlib.decompressobj()
    content = expander.decompress(packed, _MAX_BYTES)
    if not expander.eof or expander.unused_data:
        raise ValueError("truncated, or longer than any memory")
    return content


def _from_columns(columns: _Columns) -> Pages:
    rows = (len(columns.counts) // 4, len(columns.sizes) // 4, len(columns.pages) // PRINT_BYTES)
    if max(columns.hosts.count("\n"), *rows) > MAX_PAGES:
        raise ValueError("more pages than are ever kept")
    counts, sizes = list(_numbers(columns.counts, 4)), list(_numbers(columns.sizes, 4))
    names = columns.hosts.split("\n") if counts else []
    if (
        len(names) != len(counts)
        or sum(counts) * PRINT_BYTES != len(columns.pages)
        or sum(counts) != len(sizes)
        or sum(sizes) != len(columns.prints)
        or any(size % PRINT_BYTES or size > MAX_PRINTS * PRINT_BYTES for size in sizes)
        or max(map(len, names), default=0) > _MAX_HOST
    ):
        raise ValueError("its parts don't fit together")
    pages = zip(_numbers(columns.pages, PRINT_BYTES), _cut(columns.prints, sizes), strict=True)
    return {name: dict(next(pages) for _ in range(count)) for name, count in zip(names, counts, strict=True)}


def _numbers(column: bytes, width: int) -> Iterator[int]:
    for at in range(0, len(column), width):
        yield int.from_bytes(column[at : at + width], "little")


def _cut(column: bytes, sizes: list[int]) -> Iterator[bytes]:
    at = 0
    for size in sizes:
        yield column[at : at + size]
        at += size
