"""Ray Data, started on this machine by the example of the README."""

from __future__ import annotations

from pathlib import Path

from declutter.batch.rows import Row

from .pages import needs, run

pytestmark = needs("ray", "ray")


def test_the_documents_are_those_of_the_batch_runner_byte_for_byte(
    folder: Path, informed_rows: dict[str, Row], tmp_path: Path
) -> None:
    from pyarrow import parquet

    from declutter.engines.arrow import from_batch

    run("on_ray.py", folder, tmp_path / "out")

    assert informed_rows == {row.input: row for row in from_batch(parquet.read_table(tmp_path / "out"))}
