"""What a page takes of memory: its tree goes when it has been read."""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml.etree import _Element

from declutter import Document, ExtractOptions, explain, extract, pipeline
from declutter.model import Label
from declutter.parse import parse
from declutter.rules import SiteRules
from declutter.segment import cuts, segment
from declutter.tables import find_tables
from declutter.vocabulary import Vocabulary

FIXTURES = Path(__file__).parents[1] / "fixtures"
PAGE = (
    "<!doctype html><title>t</title><h1 id=top>On looms</h1><time datetime=2024-03-01>today</time>"
    "<p>A loom has <a href='#n1'>1</a> a frame and <b>two</b> beams <img src=loom.png>, <math><mi>x</mi></math>.</p>"
    "<figure><img src=beam.jpg alt=beam></figure><pre class=language-python>print()</pre>"
    "<ol start=3><li value=4>warp</ol>"
    "<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table><form><input type=email name=mail>Letters</form>"
    "<p class=ad>Buy the new frame.</p>"
)


def test_an_outline_holds_nothing_of_the_tree() -> None:
    outline = segment(parse(PAGE))

    again = pickle.loads(pickle.dumps(outline))  # an element of a tree cannot be
    assert all(getattr(again, column) == getattr(outline, column) for column in outline.__slots__)


@pytest.mark.parametrize("options", [ExtractOptions(), ExtractOptions(rules=SiteRules.parse(
    'hosts = ["*"]\n[[label]]\nselect = "p.ad"\nas = "promo"\n'))])  # fmt: skip
def test_a_tree_is_gone_before_its_blocks_are_labelled(
    monkeypatch: pytest.MonkeyPatch, options: ExtractOptions
) -> None:
    def elements() -> int:
        gc.collect()
        return sum(type(value) is _Element for value in gc.get_objects())

    classify: Callable[..., object] = pipeline.classify
    alive: list[int] = []

    def counting(*given: object, **named: object) -> object:
        alive.append(elements())
        return classify(*given, **named)

    monkeypatch.setattr(pipeline, "classify", counting)
    before = elements()
    document = extract(PAGE, options=options)

    assert before >= max(alive)
    assert not options.rules or Label.PROMO is document.blocks[-1].label


def test_the_callers_own_tree_stays() -> None:
    tree = parse(PAGE)

    extract(tree)

    assert "On looms" == tree.findtext(".//h1")


@pytest.mark.parametrize(
    "repeated", ["<i>x</i>", "<a href=/x>x</a> ", "word <img src=/a.png>", "<math><mi>x</mi></math>"]
)
def test_the_garbage_collector_follows_nothing_of_the_markup_of_a_text(
    monkeypatch: pytest.MonkeyPatch, repeated: str
) -> None:
    """It looks at all that it follows again and again: a page ten times as large would cost more than ten times."""
    followed: list[int] = []

    def counting(*given: Any, fold: Callable[..., Any] = cuts._fold) -> Any:
        gc.collect()
        followed.append(len(gc.get_objects()))
        return fold(*given)

    monkeypatch.setattr(cuts, "_fold", counting)
    for count in (3, 3, 1000):
        segment(parse(f"<p>{repeated * count}"))

    assert 100 > followed[2] - followed[1]


def test_nor_of_the_cells_of_a_table() -> None:
    outline = segment(parse(f"<table>{'<tr><td>a<td>b' * 50}"))

    (table,) = find_tables(outline)
    gc.collect()

    assert 100 == len(table.cells)
    assert not any(map(gc.is_tracked, table.cells))
    assert [range(number, number + 1) for number in range(100)] == [cell.blocks for cell in table.cells]


_PEAKS = """
import ctypes, sys
import declutter
from lxml import etree
from test_footprint import large_page

def kilobytes(which):
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(which))

def peak(work):
    ctypes.CDLL(None).malloc_trim(0)
    open("/proc/self/clear_refs", "w").write("5")
    before = kilobytes("VmRSS")
    kept = work()
    return kilobytes("VmHWM") - before

declutter.extract(large_page(100))
page = large_page(9000)
parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
print(peak(lambda: etree.fromstring(page, parser)), peak(lambda: declutter.extract(page)))
"""


def large_page(paragraphs: int) -> bytes:
    """An essay, and as many teasers as it has paragraphs."""
    words = "loom warp weft heddle shuttle beam frame thread cloth pattern twill satin".split()
    texts = [" ".join(words[n * step % 12] for n in range(30)) + f" {step}." for step in range(1, paragraphs + 1)]
    essay = "".join(f'<p class="story">{text} <a href="/w/{len(text)}">See there</a>.</p>' for text in texts)
    teasers = "".join(
        f'<li class="teaser"><a href="/t/{n}"><h4>{text[:40]}</h4></a></li>' for n, text in enumerate(texts)
    )
    return f"<!doctype html><title>Looms</title><main><h1>Looms</h1>{essay}</main><ul>{teasers}</ul>".encode()


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peaks of memory are read from Linux's /proc")
def test_a_large_page_takes_at_most_twice_the_memory_of_its_tree() -> None:
    run = subprocess.run(
        [sys.executable, "-c", _PEAKS], cwd=Path(__file__).parent, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr

    tree, page = map(int, run.stdout.split())
    assert tree > 5000
    assert page <= 2 * tree


def test_words_that_callers_bring_are_forgotten_with_the_pages_they_were_brought_for() -> None:
    def vocabularies() -> int:
        gc.collect()
        return sum(type(value) is Vocabulary for value in gc.get_objects())

    counts = []
    for half in (range(20), range(20, 40)):
        for number in half:
            cues = ({"language": "en", "related": {"lead": [f"see{number}"]}},)
            page = f"<!doctype html><h1>Label {number}</h1><p>By Jane Roe, May 28, 2024, 9:10 pm<p>Words of it"
            extract(page, options=ExtractOptions(cues=cues))
        counts.append(vocabularies())

    assert counts[0] == counts[1]


@pytest.mark.parametrize("read", [extract, explain])
def test_a_page_leaves_nothing_that_only_a_garbage_collection_frees(read: Callable[[bytes], Document]) -> None:
    pages = {page.parent.name: page.read_bytes() for page in FIXTURES.glob("*/page.*")}
    for body in pages.values():
        read(body)  # what is read once and kept is read now
    gc.collect()
    gc.freeze()  # the tests' own objects need not be searched for each page
    gc.disable()
    try:
        left = {name: gc.collect() for name, body in pages.items() if read(body)}
    finally:
        gc.enable()
        gc.unfreeze()

    assert left == dict.fromkeys(pages, 0)
