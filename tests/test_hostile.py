"""Pages that once broke something, found by fuzzing and by hand, and what is promised of every page."""

from __future__ import annotations

import pytest

import declutter

from . import promises

TEASER = (
    "<dl class=rel-item><dt><a href=/w/{n}.html>A week on the chain, part {n}, and ten things to know</a></dt>"
    "<dd><span class=rel-time>2023-05-{n}</span></dd></dl>"
)


@pytest.mark.parametrize(("count", "after"), [(2, ""), (5, ""), (5, "<p>x</p>")])
def test_a_page_that_begins_with_teasers_and_their_times_is_read(count: int, after: str) -> None:
    teasers = "".join(TEASER.format(n=n) for n in range(14, 14 + count))

    document = declutter.extract(f"<!doctype html>{teasers}{after}")

    promises.hold(document)
    assert {declutter.Label.RELATED} == {block.label for block in document.blocks[: 2 * count]}
