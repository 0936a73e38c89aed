"""JSON Lines, plain or with each line compressed on its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import msgspec

from declutter.batch.encoders import Form
from declutter.batch.writers import Done
from declutter.batch.writers.earlier import Earlier
from declutter.batch.writers.files import BINARY, WAYS_OUT, append, claim
from declutter.compressed import GZIP, ZSTD, zstd
from declutter.errors import OutputError

if TYPE_CHECKING:
    from declutter.batch.encoders import Piece

_BLOCK: Final = 1 << 20
_STEP: Final = 4096
_ROW: Final = b'{"input":"'
_FIRST: Final[dict[Form, bytes]] = {"line": _ROW, "gzip": GZIP + b"\x08\0", "zstd": ZSTD}
"""The first bytes of a row."""


class Lines:
    """One row per line, appended as they come. A line that was cut off by a kill or a full disk is removed."""

    def __init__(self, path: Path, *, form: Form, resume: bool, fields: tuple[str, ...] | None) -> None:
        self.form = form
        self._path = path
        self._earlier = Earlier(path, fields)
        self._file, self._is_new = _open(path)
        self._end = 0
        try:
            claim(self._file, path)
            if not resume and os.fstat(self._file).st_size:
                raise OutputError(f"already exists; {WAYS_OUT}", subject=str(path))  # noqa: TRY301 - one way out
        except OutputError:
            os.close(self._file)
            raise

    def done(self) -> Iterator[Done]:
        """See Writer."""
        number = self._end = 0
        with open(self._file, "rb", closefd=False) as file:
            file.seek(0)
            for line, end in _READERS[self.form](file):
                number += 1
                try:
                    done = self._earlier.read(line)
                except (msgspec.DecodeError, RecursionError) as error:
                    raise self._foreign(f"row {number} is invalid: {error}") from error
                self._earlier.check(line, done)
                self._end = end
                yield done
        self._cut()

    def forget_failures(self) -> None:
        """See Writer."""
        failures: list[tuple[int, int]] = []
        begin = 0
        for known in self.done():
            if known.error is not None:
                failures.append((begin, self._end))
            begin = self._end
        if failures:
            self._leave_out(failures)

    def write(self, piece: Piece) -> None:
        """See Writer."""
        self._end = append(self._file, piece.payload, end=self._end, path=self._path)

    def finish(self) -> None:
        """See Writer."""
        with contextlib.suppress(OSError):  # some outputs cannot be synced
            os.fsync(self._file)

    def close(self) -> None:
        """See Writer."""
        if self._is_new and not self._end:
            with contextlib.suppress(OSError):
                self._path.unlink()
        os.close(self._file)

    def _leave_out(self, rows: Iterable[tuple[int, int]]) -> None:
        """Replace the file by one without these rows. rows: where each begins and ends."""
        target = Path(os.path.realpath(self._path))
        part = target.with_name(f".{target.name}.part")
        try:
            with target.open("rb") as old, part.open("wb") as new:
                for begin, end in rows:
                    _copy(old, new, begin - old.tell())
                    old.seek(end)
                _copy(old, new, self._end - old.tell())
                new.flush()
                os.fsync(new.fileno())
            shutil.copymode(target, part)
            file = os.open(part, os.O_RDWR | BINARY)
            claim(file, self._path)
            part.replace(target)
        except OSError as error:
            part.unlink(missing_ok=True)
            error.filename = str(self._path)
            raise
        os.close(self._file)
        self._file = file

    def _cut(self) -> None:
        """Remove an incomplete row at the end."""
        with open(self._file, "rb", closefd=False) as file:
            file.seek(self._end)
            rest = file.read(_BLOCK)
            if rest:
                begun = rest.rstrip(b"\0")  # zeros left by a power failure
                signs = ((_FIRST[self.form], begun), (_ROW, _UNPACK[self.form](begun)))
                if not all(_begins_alike(sign, found) for sign, found in signs):
                    raise self._foreign(f"byte {self._end:,} starts no row")
                os.ftruncate(self._file, self._end)
        os.lseek(self._file, self._end, os.SEEK_SET)

    def _foreign(self, what: str) -> OutputError:
        return OutputError(f"{what}; --resume can only continue the output of a batch", subject=str(self._path))


def _open(path: Path) -> tuple[int, bool]:
    """The file, open for reading and writing, and whether it is new."""
    how = os.O_RDWR | os.O_CREAT | BINARY
    try:
        return os.open(path, how | os.O_EXCL, 0o666), True
    except FileExistsError:
        return os.open(path, how, 0o666), False


def _copy(old: IO[bytes], new: IO[bytes], size: int) -> None:
    while size and (piece := old.read(min(size, _BLOCK))):
        size -= new.write(piece)


def _begins_alike(one: bytes, other: bytes) -> bool:
    return all(left == right for left, right in zip(one, other, strict=False))


def _lines(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """The complete lines of a file, each with its end."""
    end = 0
    for line in file:
        end += len(line)
        if line.endswith(b"\n"):
            yield line, end


def _parts(form: Form) -> Callable[[IO[bytes]], Iterator[tuple[bytes, int]]]:
    """The compressed parts of a file, each with its end, up to an unfinished or damaged one."""

    def parts(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
        begin, damage = _DECOMPRESSORS[form]
        place, rest = 0, b""
        while True:
            part, pieces = begin(), []
            while not part.eof:
                rest = rest or file.read(_BLOCK)
                if not rest:
                    return
                try:
                    pieces.append(part.decompress(rest))
                except damage:
                    return
                place += len(rest)
                rest = part.unused_data if part.eof else b""
            place -= len(rest)
            yield b"".join(pieces), place

    return parts


def _begun(form: Form) -> Callable[[bytes], bytes]:
    """The readable beginning of an unfinished or damaged part."""

    def begun(content: bytes) -> bytes:
        begin, damage = _DECOMPRESSORS[form]
        part, pieces = begin(), []
        with contextlib.suppress(damage):
            for place in range(0, len(content), _STEP):
                if part.eof:
                    break
                pieces.append(part.decompress(content[place : place + _STEP]))
        return b"".join(pieces)

    return begun


_DECOMPRESSORS: Final[dict[Form, tuple[Callable[[], Any], type[Exception]]]] = {
    "gzip": (lambda: zlib.decompressobj(wbits=31), zlib.error),
    "zstd": (zstd.ZstdDecompressor, zstd.ZstdError),
}
_READERS: Final = {"line": _lines, "gzip": _parts("gzip"), "zstd": _parts("zstd")}
_UNPACK: Final[dict[Form, Callable[[bytes], bytes]]] = {
    "line": lambda content: content,
    "gzip": _begun("gzip"),
    "zstd": _begun("zstd"),
}
