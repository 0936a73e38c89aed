"""Nothing that a page says can do harm in what is written."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring
from reading import PARSER

from declutter.model import Block, Kind, Label, Span, SpanKind
from declutter.write import html, markdown, text
from declutter.write.safety import clean, encodable, safe_address

HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " \t\njavascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\0script:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "&#106;avascript:alert(1)",
    "&amp;#106;avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "javascript\u2028:alert(1)",
    "\ud800javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "view-source:javascript:alert(1)",
    "blob:https://a.b/c",
    "file:///etc/passwd",
    "feed:javascript:alert(1)",
]
HARMLESS = ["https://a.b/c?d=javascript:x", "/a:b", "#a:b", "?x=data:y", "mailto:x@y.z", "a/b", "//a.b/c", "HTTP://a.b"]
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.\-]*)\s*:", re.IGNORECASE)


@pytest.mark.parametrize("address", HOSTILE)
def test_addresses_that_may_run_something_are_none(address: str) -> None:
    assert safe_address(address) is None


@pytest.mark.parametrize("address", HARMLESS)
def test_harmless_addresses_stay(address: str) -> None:
    assert address == safe_address(address)


def _targets(blocks: list[Block]) -> list[str]:
    """The addresses that readers of the HTML and of the Markdown would follow or load."""
    root = fragment_fromstring(html.render(blocks), create_parent="div")
    found = [value for node in root.iter() for name, value in node.items() if name in ("href", "src")]
    for tree in (PARSER.parse(markdown.render(blocks)), []):
        pending = list(tree)
        while pending:
            token = pending.pop()
            pending += token.children or []
            found += [str(token.attrs[name]) for name in ("href", "src") if name in token.attrs]
    return found


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "java",
                    "script",
                    "javascript:",
                    "data:",
                    "vbscript:",
                    "&#58;",
                    "&colon;",
                    "&Tab;",
                    ":",
                    "&#x6a;",
                    "%6a",
                ]
            ),
            st.sampled_from(["](", ")", "<", ">", "\\", '"', "[x]:", "![", "\n", "\t", "\0", " ", "&", ";", "amp;"]),
            st.text(max_size=3),
        ),
        max_size=8,
    ).map("".join)
)
def test_no_address_makes_a_link_that_runs_something(address: str) -> None:
    block = Block(
        index=0,
        text="a link",
        label=Label.BODY,
        kind=Kind.PARAGRAPH,
        spans=(Span(0, 0, SpanKind.IMAGE, address, address), Span(2, 6, SpanKind.LINK, address)),
    )

    for target in _targets([block]):
        scheme = _SCHEME.match(unescape(target))
        assert scheme is None or scheme[1].lower() in {"http", "https", "mailto", "tel", "ftp"}


@given(st.text(), st.sampled_from([Kind.PARAGRAPH, Kind.HEADING, Kind.CODE, Kind.ITEM]))
def test_no_text_makes_an_element_that_was_not_written(words: str, kind: Kind) -> None:
    hostile = f'{words}<script>alert(1)</script><img src=x onerror="x">[a](javascript:x)<!--{words}'
    block = Block(index=0, text=hostile, label=Label.BODY, kind=kind)

    root = fragment_fromstring(html.render([block]), create_parent="div")
    shown = fragment_fromstring(PARSER.render(markdown.render([block])), create_parent="div")

    allowed = {"div", "p", "h1", "h2", "pre", "code", "ul", "li"}
    assert {node.tag for node in root.iter()} | {node.tag for node in shown.iter()} <= allowed


@given(st.text(st.characters(categories=["Cc", "Cs", "Zl", "Zp", "L"]), min_size=1), st.sampled_from(list(Kind)))
def test_output_encodes_and_holds_no_control_characters(words: str, kind: Kind) -> None:
    block = Block(
        index=0,
        text=words,
        label=Label.BODY,
        kind=kind,
        spans=(Span(0, 0, SpanKind.IMAGE, "https://a.b", words), Span(0, len(words), SpanKind.FORMULA, words)),
    )

    for written in (markdown.render([block]), html.render([block]), text.render([block])):
        assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", written)


@given(st.text(st.characters(exclude_categories=[])))
def test_cleaning_keeps_every_offset(words: str) -> None:
    assert len(words) == len(clean(words)) == len(encodable(words))
