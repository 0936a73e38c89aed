"""A clock that is set while a run goes on, for real: libfaketime stands between the processes and the system clock."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .commands import command
from .conftest import Folder
from .pages import rows

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


@pytest.mark.skipif(
    LIBRARY is None and (os.environ.get("CI") != "true" or sys.platform != "linux"),
    reason="libfaketime is not installed: apt-get install faketime",
)
def test_a_clock_that_is_set_by_years_while_a_run_goes_on_makes_no_page_late_and_loses_none(
    folder: Folder, tmp_path: Path
) -> None:
    pages, output, clock = folder(400), tmp_path / "out.jsonl", tmp_path / "clock"
    clock.write_text("+0")
    environment = {
        **os.environ, "LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    own = command(pages, "-o", output, "--jobs", 2, "--fields", "title", "--page-timeout", 60)
    process = subprocess.Popen(own, stderr=subprocess.PIPE, text=True, env=environment)
    years = []
    while process.poll() is None:
        clock.write_text("-9000d" if len(years) % 2 else "+9000d")
        date = subprocess.run(["date", "+%Y"], env=environment, capture_output=True, text=True, check=True)
        years.append(int(date.stdout))
    _, said = process.communicate()

    assert max(years) - min(years) > 40
    assert (0, 400) == (process.returncode, len(rows(output)))
    assert "0 errors" in said
