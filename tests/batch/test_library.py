"""`declutter.extract_many`, on real worker processes."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import declutter
from declutter import BatchOptions, ExtractOptions, Limits
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


def test_rows_come_in_the_order_of_the_inputs_where_that_is_asked_for() -> None:
    pages = [(str(number), "<p>x" if number % 7 else SLOW) for number in range(60)]

    rows = declutter.extract_many(pages, batch=BatchOptions(jobs=2, ordered=True))
    assert [name for name, _ in pages] == [row.input for row in rows]


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
    rows.close()  # type: ignore[attr-defined]
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


def test_a_script_without_the_guard_is_told_what_it_lacks_and_one_with_it_runs(tmp_path: Path) -> None:
    loop = 'for row in declutter.extract_many([("a", "<p>x")]): print(row.input, row.error)'
    bare, guarded = tmp_path / "bare.py", tmp_path / "guarded.py"
    bare.write_text(f"import declutter\n{loop}\n", encoding="utf-8")
    guarded.write_text(f"import declutter\nif __name__ == '__main__':\n    {loop}\n", encoding="utf-8")

    told, done = (
        subprocess.run([sys.executable, path], check=False, capture_output=True, text=True) for path in (bare, guarded)
    )

    assert 1 == told.returncode
    *_, last = told.stderr.splitlines()
    assert "no worker process can be started (exit code 1); a script that calls extract_many needs `if __name__" in last
    assert ("a None\n", 0) == (done.stdout, done.returncode)
