"""What holds for every page, however written."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

import declutter

WORDS = (
    "alpha",
    "beta",
    "gamma",
    "快訊",
    "五月",
    "[2023/5/28 9:47:25]",
    "Read more:",
    "Advertisement",
    "Tags:",
    "BERLIN",
)
BLOCKS = (
    "div",
    "p",
    "section",
    "article",
    "ul",
    "li",
    "h2",
    "table",
    "td",
    "blockquote",
    "pre",
    "form",
    "aside",
    "nav",
)
INLINES = ("b", "a href=/x", "span", "i", "code")
CLASSES = ("", " class=comment", " class=related", " class='entry-content'", " id=footer")


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A page and its visible words in order, each of which stands in it once."""
    words: list[str] = []

    def word() -> str:
        # Numbered, so that one that is lost, doubled or out of place shows.
        words.append(f"{draw(st.sampled_from(WORDS))}#{len(words)}#")
        return words[-1]

    def content(depth: int) -> str:
        parts = []
        for _ in range(draw(st.integers(0, 4))):
            match draw(st.sampled_from("wwwbbbir!" if depth else "w")):
                case "w":
                    parts.append(f" {word()} ")
                case "b":
                    tag = draw(st.sampled_from(BLOCKS))
                    attributes = draw(st.sampled_from(CLASSES))
                    # Some are left open, as real pages leave them.
                    end = draw(st.sampled_from((f"</{tag}>", f"</{tag}>", f"</{tag}>", "")))
                    parts.append(f"<{tag}{attributes}>{content(depth - 1)}{end}")
                case "i":
                    tag = draw(st.sampled_from(INLINES))
                    parts.append(f"<{tag}>{word()}</{tag.split()[0]}>")
                case "r":
                    parts.append("<br>")
                case _:
                    parts.append("<script>hidden</script><!-- hidden --><style>hidden</style>")
        return "".join(parts)

    body = content(5)
    return f"<!doctype html><html><head><title>A title</title></head><body>{body}</body></html>", words


@given(pages())
@settings(max_examples=150)
def test_every_visible_text_stands_in_exactly_one_block_and_in_order(made: tuple[str, list[str]]) -> None:
    page, words = made

    blocks = declutter.extract(page).blocks

    assert words == re.findall(r"(?:\[.*?\]|Read more:|[^\s#]+)#\d+#", "\n".join(block.text for block in blocks))
    assert list(range(len(blocks))) == [block.index for block in blocks]


@given(pages())
@settings(max_examples=60)
def test_products_are_made_of_blocks_of_their_label(made: tuple[str, list[str]]) -> None:
    document = declutter.extract(made[0])

    labels = [block.label for block in document.blocks]
    in_flashes = [index for flash in document.flashes for index in flash.blocks]
    assert [index for index, label in enumerate(labels) if label is declutter.Label.FLASH] == sorted(in_flashes)
    assert {labels[index] for teaser in document.related for index in teaser.blocks} <= {declutter.Label.RELATED}


@given(st.lists(pages(), min_size=2, max_size=4))
@settings(max_examples=25)
def test_a_page_gives_the_same_document_whatever_ran_before(made: list[tuple[str, list[str]]]) -> None:
    first, *others = (page for page, _ in made)
    before = declutter.extract(first)

    for other in others:
        declutter.extract(other)

    assert before == declutter.extract(first)


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"<p>\x00\x1b[31m")
@example(b"<html><body><p>" + b"<div>" * 3000 + b"deep")
@settings(max_examples=150)
def test_any_bytes_give_a_document_that_writes_or_one_of_our_errors(data: bytes) -> None:
    try:
        document = declutter.extract(data)
    except declutter.DeclutterError:
        return

    for written in (document.to_json(), document.markdown, document.html, document.text):
        written.encode()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300), st.sampled_from(["gb18030", "utf-8", "utf-16le"]))
@settings(max_examples=100)
def test_a_text_dump_keeps_every_line(text: str, encoding: str) -> None:
    options = declutter.ExtractOptions(form="text", encoding=encoding)
    # A byte order mark at the start says how bytes are read, and NUL is dropped, as browsers do.
    text = text.replace("\0", "").lstrip("\ufeff")

    document = declutter.extract(text.encode(encoding), options=options)

    assert "".join(text.split()) == "".join("".join(block.text for block in document.blocks).split())
