"""Bytes to text: which encoding is believed, and what a bad byte costs."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declutter.decode import Decoded, decode, is_binary, not_a_page
from declutter.decode.charsets import NAMES, codec_of
from declutter.errors import DecodeError

CHINESE = "今天上午,记者从有关部门了解到,这项工作已经全面展开,预计年底之前可以完成。" * 3
TRADITIONAL = "今天上午,記者從有關部門了解到,這項工作已經全面展開,預計年底之前可以完成。" * 3
JAPANESE = "今日の午前、記者は関係部門からこの作業がすでに始まっていることを知りました。" * 3
KOREAN = "오늘 오전 기자는 관련 부서에서 이 작업이 이미 시작되었다는 것을 알게 되었습니다. " * 3
RUSSIAN = "Сегодня утром стало известно, что эта работа уже началась и будет закончена к концу года. " * 3
GREEK = "Σήμερα το πρωί έγινε γνωστό ότι αυτή η εργασία έχει ήδη αρχίσει και θα τελειώσει φέτος. " * 3
POLISH = "Dziś rano dowiedzieliśmy się, że prace już się zaczęły i skończą się później, być może w październiku. " * 3
FRENCH = "Ce matin, nous avons appris que les travaux ont déjà commencé et s'achèveront à la fin de l'année. " * 3

SPOKEN = [
    ("gbk", CHINESE),
    ("big5", TRADITIONAL),
    ("shift_jis", JAPANESE),
    ("euc-jp", JAPANESE),
    ("euc-kr", KOREAN),
    ("windows-1251", RUSSIAN),
    ("koi8-r", RUSSIAN),
    ("windows-1253", GREEK),
    ("windows-1250", POLISH),
    ("iso-8859-2", POLISH),
    ("windows-1252", FRENCH),
]


def page(text: str, charset: str | None = None) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>"


def test_the_caller_s_word_stands_above_all_else() -> None:
    data = b"\xef\xbb\xbf" + page("é", "utf-8").encode()

    assert ("windows-1251", "given") == decode(data, given="cp1251", header="text/html; charset=gbk")[1:3]


def test_a_mark_stands_above_header_and_meta() -> None:
    data = b"\xef\xbb\xbf" + page("é", "gbk").encode()

    assert Decoded(page("é", "gbk"), "utf-8", "bom") == decode(data, header="text/html; charset=big5")


def test_the_header_stands_above_the_meta_element() -> None:
    data = page(RUSSIAN, "koi8-r").encode("windows-1251")

    assert Decoded(page(RUSSIAN, "koi8-r"), "windows-1251", "header") == decode(data, header="text/html;charset=cp1251")


@pytest.mark.parametrize(
    "declaration",
    [
        "<meta charset=gb2312>",
        "<META CHARSET = 'GB2312' />",
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
        "<meta content='text/html;charset=GBK' http-equiv=content-type>",
        "<!-- <meta charset=utf-8> --><meta charset=gbk>",
        '<?xml version="1.0" encoding="gb2312"?>',
        "<style>" + "a" * 2000 + "</style><meta charset=gbk>",
    ],
)
def test_a_page_may_declare_its_encoding_in_many_ways(declaration: str) -> None:
    text = declaration + CHINESE

    assert Decoded(text, "gbk", "meta") == decode(text.encode("gbk"))


@pytest.mark.parametrize(("encoding", "text"), SPOKEN)
def test_a_declared_encoding_is_read(encoding: str, text: str) -> None:
    written = page(text, encoding)

    assert Decoded(written, encoding, "meta") == decode(written.encode(codec_of(encoding)))


@pytest.mark.parametrize(("encoding", "text"), SPOKEN)
def test_an_undeclared_encoding_is_guessed(encoding: str, text: str) -> None:
    assert page(text) == decode(page(text).encode(codec_of(encoding))).text


@pytest.mark.parametrize(("encoding", "text"), SPOKEN)
def test_a_bad_byte_costs_no_more_than_its_neighbours(encoding: str, text: str) -> None:
    lines = [page(text, encoding), text, text]
    data = b"\n".join([line.encode(codec_of(encoding)) for line in lines])
    middle = data.index(b"\n")
    broken = data[: middle + 1] + b"\xff" + data[middle + 2 :]

    read = decode(broken)

    assert (encoding, "meta") == read[1:3]
    assert (lines[0], lines[2]) == (read.text.split("\n")[0], read.text.split("\n")[2])
    assert text[3:] in read.text.split("\n")[1]


@pytest.mark.parametrize(("encoding", "text"), SPOKEN[:5])
@pytest.mark.parametrize("extra", [b"\xff", b"\x81", b"\xb0"])
def test_an_added_byte_does_not_shift_the_characters_after_it(encoding: str, text: str, extra: bytes) -> None:
    data = text.replace(",", "").encode(codec_of(encoding))
    broken = data[:6] + extra + data[6:]

    read = decode(broken, given=encoding).text

    assert text.replace(",", "")[8:] in read


@pytest.mark.parametrize("label", ["gb2312", "iso-8859-1", "windows-1251", "shift_jis"])
def test_valid_utf_8_is_utf_8_whatever_is_declared(label: str) -> None:
    text = page(CHINESE, label)

    assert Decoded(text, "utf-8", "utf-8", is_exact=True) == decode(text.encode())


@given(st.binary(max_size=40), st.sampled_from([b"", b"\xef\xbb\xbf", b"\0", "é".encode()]))
def test_bytes_that_are_called_exact_are_the_text_in_utf_8(data: bytes, before: bytes) -> None:
    read = decode(before + data)

    assert not read.is_exact or read.text.encode() == before + data


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1"])
def test_a_header_that_the_bytes_contradict_gives_way_to_the_meta_element(
    label: str,
) -> None:
    text = page(CHINESE, "gbk")

    assert Decoded(text, "gbk", "meta") == decode(text.encode("gbk"), header=f"text/html; charset={label}")


def test_a_declared_utf_8_gives_way_to_what_the_bytes_are() -> None:
    text = page(CHINESE, "utf-8")

    assert Decoded(text, "gbk", "guess") == decode(text.encode("gbk"))


def test_a_page_half_in_another_encoding_keeps_its_declaration() -> None:
    data = page(CHINESE, "utf-8").encode() + CHINESE.encode("gbk")

    read = decode(data)

    assert "utf-8" == read.encoding
    assert CHINESE in read.text


def test_comments_pasted_in_another_encoding_cost_a_page_in_utf_8_themselves_only() -> None:
    russian = "Маяк стоял на скале двести лет, и каждую ночь смотритель поднимался по лестнице и зажигал лампу. "
    data = page(russian * 3, "utf-8").encode() + russian.encode("windows-1251")

    read = decode(data)

    assert ("utf-8", "meta") == (read.encoding, read.source)
    assert russian * 3 in read.text


@pytest.mark.parametrize("name", ["utf-16le", "utf-16be"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_utf_16_is_read_with_and_without_a_mark(name: str, mark: str) -> None:
    text = page(CHINESE, "utf-16")
    data = (mark + text).encode(name)

    assert (None, Decoded(text, name, "bom" if mark else "guess")) == (
        not_a_page(data),
        decode(data),
    )


def test_a_declared_utf_16_in_readable_ascii_is_utf_8() -> None:
    assert Decoded(page(CHINESE, "utf-16"), "utf-8", "meta", is_exact=True) == decode(page(CHINESE, "utf-16").encode())


def test_an_unknown_label_is_an_error_that_names_its_neighbours() -> None:
    with pytest.raises(DecodeError, match=r"page\.html.*'utf8x'.*utf8"):
        decode(b"x", given="utf8x", subject="page.html")


@pytest.mark.parametrize("name", sorted(set(NAMES.values())))
def test_every_encoding_of_the_web_can_be_given(name: str) -> None:
    assert ("<p>text", name, "given") == decode("<p>text".encode(codec_of(name)), given=name)[:3]


@pytest.mark.parametrize("data", [b"", b"\x81", b"\xe4", "中".encode("utf-16-le")[:1]])
def test_truncated_input_is_text_too(data: bytes) -> None:
    assert len(decode(data).text) <= 1


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP image"),
        (b"\0\0\0\x20ftypisom", "an MP4 film"),
        (b"PK\x03\x04\x14\0", "a ZIP archive or Office document"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"PAR1\x15", "a Parquet file"),
    ],
)
def test_binary_content_is_named(data: bytes, name: str) -> None:
    assert name == not_a_page(data)


@pytest.mark.parametrize(
    "text",
    [
        "<p>x",
        "",
        "RIFFRAFF and the rest",
        "PARIS, 5 May",
        "BZ",
        "MZungu is a word",
        "From: Ann\nTo: Ben\n\nOn multipart/related things",
    ],
)
def test_text_is_not_taken_for_binary_content(text: str) -> None:
    assert not_a_page(text.encode()) is None


@pytest.mark.parametrize("seed", range(5))
def test_data_of_no_known_type_is_binary(seed: int) -> None:
    assert is_binary(random.Random(seed).randbytes(5000))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "gb18030", "big5", "shift_jis", "euc-kr", "iso2022_jp", "koi8-r"]
)
def test_text_in_any_encoding_is_not_binary(encoding: str) -> None:
    text = "<html><body><p>Ein Text, 中文字 и текст 한국말\r\n\tかな</p>" * 20

    assert not is_binary(text.encode(encoding, "replace"))


def test_a_page_with_a_bad_byte_here_and_there_is_not_binary() -> None:
    assert not is_binary(b"<html><body><p>a page with \0 and \x01 in it, as some servers send them, and more</p>")


@given(st.binary(), st.none() | st.text(max_size=40), st.booleans())
def test_any_bytes_are_read_without_nul_and_lone_surrogates(data: bytes, header: str | None, declared: bool) -> None:
    read = decode(b"<meta charset=gbk>" * declared + data, header=header)

    assert "\0" not in read.text
    assert read.text == read.text.encode().decode()


def test_no_bytes_at_all_are_utf_8() -> None:
    assert ("", "utf-8") == decode(b"")[:2]


# One letter of each encoding's own, where it has one beyond ASCII.
OWN_LETTERS = {
    **dict.fromkeys(["ibm866", "iso-8859-5", "koi8-r", "koi8-u", "windows-1251", "x-mac-cyrillic"], "Жизнь"),
    **dict.fromkeys(["iso-8859-2", "windows-1250", "iso-8859-16"], "łódź ăî"[:4]),
    **dict.fromkeys(["iso-8859-3"], "ĉĝ"),
    **dict.fromkeys(["iso-8859-4", "iso-8859-10", "iso-8859-13", "windows-1257"], "āē"),
    **dict.fromkeys(["iso-8859-6", "windows-1256"], "سلام"),
    **dict.fromkeys(["iso-8859-7", "windows-1253"], "λόγος"),
    **dict.fromkeys(["iso-8859-8", "iso-8859-8-i", "windows-1255"], "שלום"),
    **dict.fromkeys(["iso-8859-14", "iso-8859-15", "macintosh", "windows-1252", "windows-1254", "windows-1258"], "éü"),
    "windows-874": "ภาษา",
    **dict.fromkeys(["gbk", "gb18030", "big5", "utf-8", "utf-16le", "utf-16be"], "中文"),
    **dict.fromkeys(["euc-jp", "iso-2022-jp", "shift_jis"], "かな漢字"),
    "euc-kr": "한국",
}


@pytest.mark.parametrize("label", sorted(NAMES))
def test_every_label_of_the_standard_reads_the_letters_of_its_encoding(label: str) -> None:
    name = NAMES[label]
    letters = OWN_LETTERS.get(name, "")
    text = f"<p>text {letters} text</p>"

    for written in (label, label.upper(), f" {label}\t"):
        read = decode(text.encode(codec_of(name)), given=written)

        assert (text, name, "given") == read[:3]


def test_the_standard_s_labels_are_all_there() -> None:
    # https://encoding.spec.whatwg.org/#names-and-labels: 40 encodings, 228 labels.
    assert (228, 40) == (len(NAMES), len(set(NAMES.values())))
    assert OWN_LETTERS.keys() <= set(NAMES.values())


@pytest.mark.parametrize("name", sorted(OWN_LETTERS))
def test_input_cut_inside_a_character_loses_no_more_than_it(name: str) -> None:
    text = f"<p>text {OWN_LETTERS[name]}"
    data = text.encode(codec_of(name))

    read = decode(data[:-1], given=name).text

    assert read.startswith(text[:-1])
    assert len(read) <= len(text) + 1


@pytest.mark.parametrize(
    ("header", "meta", "written", "expected"),
    [
        ("gbk", "big5", "gbk", ("gbk", "header")),
        ("koi8-r", "windows-1251", "koi8-r", ("koi8-r", "header")),
        ("iso-8859-1", "gbk", "gbk", ("gbk", "meta")),
        ("utf-8", "gbk", "gbk", ("gbk", "meta")),
        ("gbk", "gbk", "utf-8", ("utf-8", "utf-8")),
        ("utf-16", "utf-8", "utf-8", ("utf-8", "meta")),
        ("no-such-encoding", "gbk", "gbk", ("gbk", "meta")),
        (None, "utf-16le", "utf-8", ("utf-8", "meta")),
    ],
)
def test_header_meta_and_bytes_in_conflict(
    header: str | None, meta: str, written: str, expected: tuple[str, str]
) -> None:
    text = page(RUSSIAN if written == "koi8-r" else CHINESE, meta)

    read = decode(text.encode(codec_of(written)), header=header and f"text/html; charset={header}")

    assert (text, *expected) == read[:3]


@pytest.mark.parametrize("name", ["utf-16le", "utf-16be"])
def test_a_mark_of_utf_16_stands_above_header_and_meta(name: str) -> None:
    text = page(CHINESE, "gbk")

    assert Decoded(text, name, "bom") == decode(("\ufeff" + text).encode(name), header="text/html; charset=gbk")
