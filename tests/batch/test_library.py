"""`declutter.extract_many`, on real worker processes."""

from __future__ import annotations

import itertools
import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import declutter
from declutter import BatchOptions, ExtractOptions, Limits, WorkerError
from tests.cases import CASES
from tests.cases import page as fixture
from tests.fetcher.servers import LOCAL, Site, reply, serving

from .pages import page

TWO = BatchOptions(jobs=2)
SLOW = "<p>" + "<b>" * 400_000  # takes seconds
LIVE = BatchOptions(jobs=2, page_timeout=0.5)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def test_rows_hold_the_documents_that_extract_gives() -> None:
    pages = [(case, fixture(case)) for case in CASES]

    rows = {row.input: row for row in declutter.extract_many(pages, batch=TWO)}
    assert {case: declutter.extract(content).to_json().encode() for case, content in pages} == {
        name: row.json for name, row in rows.items()
    }


@pytest.mark.parametrize("source", ["crawl/", Path("crawl"), b"<p>On tides."])
def test_a_single_source_is_refused_instead_of_being_read_letter_by_letter(source: object) -> None:
    with pytest.raises(TypeError, match="several sources; for one write"):
        declutter.extract_many(source)  # type: ignore[arg-type]


@pytest.mark.parametrize("source", [b"<p>On tides.", 7])
def test_a_source_of_another_type_is_an_error_that_names_those_it_takes(source: object) -> None:
    with pytest.raises(TypeError, match=r"a path, a URL, a Page or a pair \(name, page\), not (bytes|int)"):
        list(declutter.extract_many([source], batch=TWO))  # type: ignore[list-item]


def test_rows_come_in_the_order_of_the_inputs_where_that_is_asked_for() -> None:
    pages = [(str(number), "<p>x" if number % 7 else SLOW) for number in range(60)]

    rows = declutter.extract_many(pages, batch=BatchOptions(jobs=2, ordered=True))
    assert [name for name, _ in pages] == [row.input for row in rows]


def test_pages_of_the_same_name_are_a_row_each() -> None:
    pages = [("a", "<p>one</p>"), ("a", "<p>two</p>"), ("b", "<p>three</p>")]

    rows = list(declutter.extract_many(pages, batch=BatchOptions(jobs=1, ordered=True)))

    assert [("a", "one"), ("a", "two"), ("b", "three")] == [
        (row.input, row.document.text) for row in rows if row.document is not None
    ]


def test_options_and_memory_reach_the_workers() -> None:
    memory = declutter.SiteMemory()
    for number in range(12):
        memory.observe(page(number), url=f"https://example.org/{number}")
    item = declutter.Page(
        url="https://example.org/3", final_url="https://example.org/3", status=200, headers={},
        body=page(3).encode(), fetched_at="2023-05-30T00:00:00Z",
    )  # fmt: skip

    (row,) = declutter.extract_many([item], memory=memory, batch=TWO)
    (cut,) = declutter.extract_many([("a", page(3))], options=ExtractOptions(limits=Limits(max_bytes=10)), batch=TWO)

    assert declutter.extract(item, memory=memory) == row.document
    assert cut.error is not None
    assert "LimitError" == cut.error.type


def test_addresses_are_fetched_by_the_fetchers_rules(site: Site) -> None:
    site.routes = {f"/{number}": reply(page(number)) for number in range(5)}
    urls = [site.url(f"/{number}") for number in range(6)]

    rows = {row.input: row for row in declutter.extract_many(urls, fetching=LOCAL, batch=TWO)}
    assert set(urls) == set(rows)
    assert [f"Harbour notes {number}" for number in range(5)] == [
        row.document.title for url in urls[:5] if (row := rows[url]).document
    ]
    assert rows[urls[5]].error is not None
    assert "StatusError" == rows[urls[5]].error.type


def test_endless_inputs_are_read_no_further_than_there_is_room() -> None:
    read = itertools.count()
    rows = declutter.extract_many(((str(number), page(number)) for number in read), batch=TWO)

    assert 20 == len(list(itertools.islice(rows, 20)))
    rows.close()
    assert next(read) < 2000


def test_what_reading_raises_is_raised_where_rows_are_taken() -> None:
    def sources() -> Iterator[tuple[str, str]]:
        yield "a", "<p>x"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(declutter.extract_many(sources(), batch=TWO))


def test_no_pages_give_no_rows() -> None:
    assert [] == list(declutter.extract_many([], batch=TWO))


@pytest.mark.parametrize("wrong", [{"jobs": 0}, {"page_timeout": 0.0}, {"page_memory": 0}])
def test_bounds_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be at least"):
        BatchOptions(**wrong)  # type: ignore[arg-type]


SCRIPT = """
import declutter
for row in declutter.extract_many([("a", "<p>x")], batch=declutter.BatchOptions(jobs=1)):
    print(row.input, row.error)
"""


def test_a_script_needs_no_guard_for_its_main_part_and_may_come_from_standard_input(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")

    from_file = subprocess.run([sys.executable, script], check=False, capture_output=True, text=True)
    from_stdin = subprocess.run([sys.executable, "-"], check=False, capture_output=True, text=True, input=SCRIPT)

    assert ("a None\n", "") == (from_file.stdout, from_file.stderr)
    assert ("a None\n", "") == (from_stdin.stdout, from_stdin.stderr)


def test_rules_of_a_class_that_the_script_defines_reach_the_workers(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        """
import declutter
from declutter.rulings import Rulings

class AllPromo:
    def rule(self, outline, tree, *, url):
        return Rulings(dict.fromkeys(range(len(outline.texts)), declutter.Label.PROMO), ())

if __name__ == "__main__":
    options = declutter.ExtractOptions(rules=AllPromo())
    for row in declutter.extract_many([("a", "<p>x")], options=options):
        print(*(block.label.value for block in row.document.blocks))
""",
        encoding="utf-8",
    )

    done = subprocess.run([sys.executable, script], check=False, capture_output=True, text=True)

    assert ("promo\n", "") == (done.stdout, done.stderr)


def test_a_worker_of_a_pool_is_told_that_it_may_start_no_workers() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool, pytest.raises(WorkerError, match="call extract"):
        pool.apply(extract_in_a_worker)


def extract_in_a_worker() -> None:
    list(declutter.extract_many([("a", "<p>x")], batch=TWO))
