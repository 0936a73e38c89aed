"""YAML before an essay in Markdown."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declutter.model import Document, Metadata
from declutter.write.front_matter import render

_PRINTABLE = re.compile("[\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]*")
"""What YAML 1.2 lets stand in a file (section 5.1)."""


def document(title: str | None, *authors: str, url: str | None = None) -> Document:
    metadata = Metadata(title=title, authors=authors, published="2023-05-28")
    return Document(url=url, metadata=metadata, tags=(), flashes=(), related=(), blocks=())


def test_what_is_known_stands_between_two_lines_and_what_is_not_is_left_out() -> None:
    known = document("Tides: a history", "Ada Ebb", "Bo Flow", url="https://a.example/")

    assert render(known, name="a.html") == (
        '---\ntitle: "Tides: a history"\nauthors: ["Ada Ebb", "Bo Flow"]\npublished: "2023-05-28"\n'
        'url: "https://a.example/"\ninput: "a.html"\n---'
    )
    assert render(document(None)) == '---\npublished: "2023-05-28"\n---'


@pytest.mark.parametrize(
    "title", ['"', "\\", "---", "a\n---\nb", "no", "#x", "{{ x }}", "!!python/object:x", "潮汐：史"]
)
def test_no_title_breaks_out_of_its_quotation_marks(title: str) -> None:
    _, line, *_ = render(document(title)).split("\n")

    assert json.loads(line.removeprefix("title: ")) == title


@given(st.text(st.characters(exclude_categories=[]), max_size=20))
def test_it_is_three_lines_of_what_yaml_takes_whatever_the_title(title: str) -> None:
    written = render(document("x" + title))

    written.encode()
    assert len(written.splitlines()) == 4
    assert _PRINTABLE.fullmatch(written)
