"""Markdown that a CommonMark parser reads back to the same text and structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from declutter.write.markdown import render
from essays import ESSAYS, flatten
from reading import expected, read_markdown

if TYPE_CHECKING:
    from essays import Part


@given(ESSAYS, st.lists(st.booleans(), max_size=8))
@settings(max_examples=300, deadline=None)
def test_a_parser_reads_back_what_was_written(essay: tuple[Part, ...], flashes: list[bool]) -> None:
    blocks = flatten(essay, flashes)

    assert expected(essay) == read_markdown(render(blocks))
