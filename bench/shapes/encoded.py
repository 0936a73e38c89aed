"""Bytes: encodings that lie, break off and change."""

from __future__ import annotations

from typing import Final

from shapes.forms import HEAD, PARAGRAPHS, Shape, repeated

SHAPES: Final[dict[str, Shape]] = {
    "undeclared GBK": lambda size: ("今天上午，记者从有关部门了解到，工作已经展开。" * (size // 50 + 1)).encode("gbk"),
    "Latin bytes": lambda size: b"<p>" + b"\xe9t\xe9 " * (size // 5),
    "bad bytes, declared GBK": lambda size: b"<meta charset=gbk><p>" + b"\xff\xb0a" * (size // 3),
    "bad bytes, declared UTF-8": lambda size: b"<meta charset=utf-8><p>" + b"\xff\xe4a" * (size // 3),
    "ISO-2022-JP escapes": lambda size: b"<meta charset=iso-2022-jp><p>" + b"\x1b$B\x1b(B" * (size // 6),
    "NULs": lambda size: b"<p>text and more text, enough of it to be read as one" + b" word\0" * (size // 6),
    "terminal escapes": repeated("\x1b[31mred ", before=HEAD + "<p>"),
    "UTF-7": lambda size: b"<meta charset=utf-7><p>" + b"+ADw-script+AD4-alert(1)+ADw-/script+AD4- " * (size // 42),
    "marks of order of UTF-8": lambda size: b"\xef\xbb\xbf" * (size // 3) + b"<p>text",
    "a mark of UTF-16 on UTF-8": lambda size: b"\xff\xfe<p>" + b"words of it " * (size // 12),
    "UTF-8 that says UTF-16": lambda size: b"<meta charset=utf-16><p>" + "mots d’été ".encode() * (size // 14),
    "UTF-16, cut": lambda size: f"<p>{'words ' * (size // 12)}".encode("utf-16")[:-1],
    "UTF-16 of half characters": lambda size: "\ufeff<p>".encode("utf-16-le") + b"\x00\xd8x\x00" * (size // 4),
    "UTF-32": lambda size: f"<p>{'words ' * (size // 24)}".encode("utf-32"),
    "UTF-8, half characters": lambda size: b"<meta charset=utf-8><p>" + b"\xed\xa0\x80x" * (size // 4),
    "UTF-8, too long": lambda size: b"<meta charset=utf-8><p>" + b"\xc0\xbcp\xe0\x80\xbc" * (size // 6),
    "UTF-8, cut characters": lambda size: b"<meta charset=utf-8><p>" + b"\xe4\xb8 " * (size // 3),
    "NULs in tags": lambda size: b"<p cl\0ass='a\0'>wo\0rds<\0b>&am\0p;</p\0>" * (size // 38),
    "NULs alone": lambda size: b"<!doctype html><p>text" + b"\0" * size,
    "half UTF-8, half GBK": lambda size: (
        b"<meta charset=utf-8><p>" + "今天".encode() * (size // 12) + "上午".encode("gbk") * (size // 8)
    ),
    "Big5 by turns": lambda size: b"<meta charset=big5><p>" + "今天 é ".encode("big5", "replace") * (size // 8),
    "GB 18030 of four bytes": lambda size: b"<meta charset=gb18030><p>" + b"\x81\x30\x81\x30" * (size // 4),
    "HZ": lambda size: b"<meta charset=hz-gb-2312><p>" + b"~{<:Ky2;~}" * (size // 10),
    "shifted JIS": lambda size: b"<meta charset=shift_jis><p>" + b"\x81\x40\xa1\xff" * (size // 4),
    "an encoding of the user": lambda size: (
        b"<meta charset=x-user-defined><p>" + bytes(range(128, 256)) * (size // 128)
    ),
    "all bytes": lambda size: b"<!doctype html><p>" + bytes(range(256)) * (size // 256),
    "encodings by turns": repeated(
        "<meta charset=utf-{n}><meta http-equiv=content-type content='text/html;charset=b{n}'>"
    ),
    "an encoding of a megabyte": repeated("utf-8", before="<meta charset='", after=f"'>{PARAGRAPHS}"),
}
