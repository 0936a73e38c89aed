"""A pipeline of datatrove, run by its local executor in the example of the README."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

import declutter

from .pages import BARE, needs, rows_of_a_batch, run, texts

pytestmark = needs("datatrove", "datatrove")


def records(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted(folder.glob("*.gz")) for line in gzip.open(path)]


def test_the_documents_are_those_of_the_batch_runner_byte_for_byte(lines: Path, tmp_path: Path) -> None:
    run("on_datatrove.py", lines.parent, tmp_path)

    made = {name: row.json for name, row in rows_of_a_batch(lines).items() if name != "bare"}
    found = {one["id"]: one for one in records(tmp_path / "documents")}
    assert made == {name: msgspec.json.encode(one["metadata"]["declutter"]) for name, one in found.items()}
    assert all(one["text"] == one["metadata"]["declutter"]["essay"]["text"] for one in found.values())
    assert len(made) > 25
    (bare,) = records(tmp_path / "without-essay")
    assert ("bare", "no essay", BARE) == (bare["id"], bare["metadata"]["filter_reason"], bare["text"])
    assert '"dropped_no_essay"' in (tmp_path / "logs" / "stats.json").read_text()


STEP = """
import sys, time, os
from datatrove.data import Document
from declutter.engines import datatrove as engine

def main():
    plain = engine.take_apart
    def take_apart(name, text, **options):
        if name == "slow":
            time.sleep(60)
        if name == "deadly":
            os._exit(9)
        return plain(name, text, **options)
    engine.take_apart = take_apart

    class Kept:
        def __enter__(self): return self
        def __exit__(self, *_): pass
        def write(self, record, rank): print("excluded", record.id, record.metadata["filter_reason"])

    page = "<h1>A page of its own</h1><p>" + "Words of a long paragraph, and then some. " * 20
    data = [Document(page, name) for name in ("a", "slow", "b", "deadly", "c")]
    data.append(Document("<html><title>x</title>", "bare"))
    for record in engine.Declutter(timeout=10, exclusion_writer=Kept()).run(data):
        print("kept", record.id, sorted(record.metadata), "blocks" in record.metadata["declutter"])

main()
"""


def test_a_page_that_hangs_or_takes_its_process_down_costs_itself_only() -> None:
    done = subprocess.run([sys.executable, "-c", STEP], capture_output=True, text=True, timeout=120, check=True)

    kept = "['declutter'] False"
    assert [
        f"kept a {kept}",
        "excluded slow PageTimeoutError: slow: the page took longer than 10 s",
        f"kept b {kept}",
        "excluded deadly WorkerError: deadly: its process died, most likely out of memory",
        f"kept c {kept}",
        "excluded bare no essay",
    ] == done.stdout.splitlines()


def test_a_memory_is_read_from_its_file_by_the_task(tmp_path: Path) -> None:
    from datatrove.data import Document

    from declutter.engines.datatrove import Declutter

    memory = declutter.SiteMemory()
    for one in texts():
        memory.observe(one["html"], url=one.get("url"))
    memory.save(tmp_path / "site.memory")

    (one,) = (one for one in texts() if one["id"] == "en-kicker")
    record = Document(one["html"], one["id"], metadata={"url": one["url"], "more": 1})
    (made,) = Declutter(memory=tmp_path / "site.memory", fields=None).run([record])

    document = declutter.extract(one["html"], url=one["url"], memory=memory)
    assert document.to_json().encode() == msgspec.json.encode(made.metadata["declutter"])
    assert 1 == made.metadata["more"]
    assert document.text == Declutter(memory=memory).extract(one["html"])


def test_a_field_that_documents_lack_is_refused() -> None:
    from declutter.engines.datatrove import Declutter

    with pytest.raises(ValueError, match="no such field: titel"):
        Declutter(fields=("titel",))
