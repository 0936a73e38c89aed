"""No regular expression takes more than linear time on what it is given."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from .expressions import expressions, pumps, written_inside

BOUNDED = {
    "declutter.classify.flash.credits._HASHTAGS": 120,  # the end of a text
    "declutter.batch.writers.names._SCHEME": 4096,  # of an input's name, as it is shown
    "declutter.dates.written._GLUED": 90,  # a date with what stands around it
    "declutter.decode.decoding._META": 4096,  # the bytes in which an encoding is looked for
    "declutter.loose_json._WRAPPED_END": 80,  # the end of a script
    "declutter.metadata.declared._PUBLISHED": 100,  # the name of a meta element
    "declutter.metadata.people._ADDRESS": 2000,  # an author field
    "declutter.rules.draft._GENERATED": 100,  # a class
    # Of texts whose white space is folded: no two blanks stand side by side.
    "declutter.classify.headline._BREAK": 1000,
    "declutter.metadata.forms._BREAKS": 1000,
    "declutter.metadata.bylines._CRUMBS": 1000,
    "declutter.metadata.people._COMMA": 1000,
    "declutter.metadata.people._FIRM_BREAK": 1000,
    "declutter.metadata.people._joints:0": 1000,
    "declutter.metadata.people._PLACE": 1000,
    "declutter.metadata.people._TAIL": 1000,
    "declutter.metadata.titles._BAR": 1000,
    "declutter.metadata.titles._BREAK": 1000,
    "declutter.metadata.titles._PIPE": 1000,
}
"""Expressions that are quadratic, and the most characters that each is given."""

SIZE = 300_000
GUARD = 20.0
"""Seconds of processor time, as a guard: a linear search through so much takes some hundredths of one, a quadratic one
minutes."""


@contextmanager
def guarded() -> Iterator[None]:
    def give_up(_signal: int, _frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, GUARD)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a timer of processor time")
def test_expressions_are_linear_but_for_those_whose_texts_are_short() -> None:
    slow = []
    for name, pattern, work in expressions():
        for label, make in pumps(pattern):
            try:
                with guarded():
                    work(make(BOUNDED.get(name, SIZE)))
            except TimeoutError:
                slow.append(f"{name}: {label}")
                break

    assert [] == slow


def test_the_search_for_slow_expressions_finds_them() -> None:
    pattern = re.compile(r"(?:\s*a)*\s*b|\w+@")
    labels = [label for label, _ in pumps(pattern)]

    assert any("a" in label for label in labels)
    assert {name for name, *_ in expressions()} >= BOUNDED.keys()


def test_so_does_the_search_for_those_that_functions_write_for_themselves() -> None:
    source = r"""
def ends(text, sign):
    found = re.search(rf"(?:{sign}|b)+c", text, re.IGNORECASE)
    return re.compile(rb"\s+$" % sign).match(text) or _HELD.search(text)
"""

    found = {(name, pattern.pattern, pattern.flags & re.IGNORECASE) for name, pattern, _ in written_inside("m", source)}

    assert {("m.ends:0", "(?:a|b)+c", re.IGNORECASE), ("m.ends:1", rb"\s+$", 0)} == found
