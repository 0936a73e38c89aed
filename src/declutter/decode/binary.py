"""Recognises what cannot be decoded: images, archives, programs, by their first bytes."""

from __future__ import annotations

from typing import Final

from declutter.decode.decoding import bom, wide

_SIGNATURES: Final = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\0\0\1\0", "an icon"),
    (b"PK\3\4", "a ZIP archive or Office document"),
    (b"PK\5\6", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\7", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\0asm", "a WebAssembly module"),
    (b"ID3", "an MP3 recording"),
    (b"OggS\0", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"OTTO\0", "a font"),
    (b"\0\1\0\0\0", "a font"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1\0\0", "an Arrow file"),
)
_MARKS: Final = tuple(mark for mark, _ in _SIGNATURES)
_RIFF: Final = {
    b"WEBP": "a WebP image",
    b"WAVE": "a WAVE recording",
    b"AVI ": "an AVI film",
}
_FILMS: Final = {b"avif": "an AVIF image", b"heic": "a HEIC image"}

_CONTROLS: Final = bytes({*range(0x20), 0x7F} - {*b"\t\n\f\r\x1b"})
_MIN_BINARY: Final = 64
_MAX_CONTROLS: Final = 0.05
"""Maximum share of control characters in the first kilobyte. Random bytes have 11 %, programs and databases more; text
has none, except in encodings with two-byte units.
"""


def is_binary(data: bytes) -> bool:
    """Whether data of unknown type is binary, by its control characters. For data without a given encoding."""
    head = data[:1024]
    if len(head) < _MIN_BINARY or bom(head) or wide(head):
        return False
    return len(head) - len(head.translate(None, _CONTROLS)) > _MAX_CONTROLS * len(head)


def not_a_page(data: bytes) -> str | None:
    """The binary type that the first bytes show ("a PDF"); None for text, including UTF-16."""
    if data.startswith(_MARKS):
        return next(name for mark, name in _SIGNATURES if data.startswith(mark))
    if data[:4] == b"RIFF":
        return _RIFF.get(data[8:12])
    if data[4:8] == b"ftyp":
        return _FILMS.get(data[8:12], "an MP4 film")
    return None
