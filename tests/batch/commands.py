"""`declutter batch` as a process of its own, for what cannot be done to one that is ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_SMALL_PARTS = """
import declutter.batch.writers.parquet as parquet
parquet._MAX_ROWS = 10
from declutter.cli import main
main(prog_name="declutter")
"""
# Parts of Parquet as they are would hold all the pages of a test.


def command(*arguments: object) -> list[str]:
    small = any(str(argument).endswith(".parquet") for argument in arguments)
    return [sys.executable, *(["-c", _SMALL_PARTS] if small else ["-m", "declutter"]), "batch", *map(str, arguments)]


def start(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, **options
    )


def run(*arguments: object, timeout: float = 120.0, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        command(*arguments), capture_output=True, text=True, timeout=timeout, check=False, **options
    )


def processes_of(session: int) -> list[int]:
    """The processes that are left of a session, by /proc: the dead do not count."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(entry.name))
    return found
