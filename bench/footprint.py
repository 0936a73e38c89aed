"""Memory relative to that of the parsed tree, time to import, time to start the command.

Each figure is the best of some processes. Memory is read from /proc, so only on Linux. Modules are loaded from
bytecode, as in an installation, whatever the environment says about writing it.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

RUNS: Final = 7

_BYTECODE: Final = Path(__file__).parent / "__pycache__" / "footprint"
"""Always the same place: a temporary folder would outlive a run that is killed."""
_ENVIRONMENT: Final = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPYCACHEPREFIX": str(_BYTECODE),
}

_MEMORY: Final = """
import gc, sys
from lxml import etree
import declutter, synthetic
from declutter.parse.heap import give_back

def peak():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

declutter.extract(synthetic.page(20_000)).text  # what is loaded once is no page's
page = synthetic.page(int(sys.argv[2]))
gc.collect()
give_back()  # a page that fills gaps of earlier ones would seem to take nothing
open("/proc/self/clear_refs", "w").write("5")
before = peak()
if sys.argv[1] == "parse":
    kept = etree.fromstring(page, etree.HTMLParser(encoding="utf-8", huge_tree=True))
else:
    kept = declutter.extract(page)
    kept.title, kept.text, kept.flashes, kept.metadata, [block.label for block in kept.blocks]
print(peak() - before)
"""
_IMPORT: Final = """
import time
import lxml.etree
start = time.process_time()
{statement}
print(time.process_time() - start)
"""
_IMPORTS: Final = {
    "`import declutter`": "import declutter",
    "`from declutter import extract`": "from declutter import extract",
    "the same, and a first page": "from declutter import extract; extract(b'<p>A page.</p>').text",
}


def table(sizes: tuple[int, ...]) -> str:
    """All figures as Markdown lists."""
    lines = []
    if Path("/proc/self/clear_refs").exists():
        for size in sizes:
            tree, ours = _peak("parse", size), _peak("extract", size)
            lines.append(
                f"- peak memory on a page of {size // 1000:,} KB: {ours:.0f} MB, the parsed tree alone {tree:.0f} MB"
                f" ({ours / tree:.2f} times)"
            )
    for name, statement in _IMPORTS.items():
        seconds = min(float(_run(_IMPORT.format(statement=statement))) for _ in range(RUNS))
        lines.append(f"- {name}: {1e3 * seconds:.0f} ms beyond lxml's")
    lines.append(
        f"- `declutter --help`: {1e3 * min(_help() for _ in range(RUNS)):.0f} ms, the interpreter's start in it"
    )
    return "\n".join(lines)


def _peak(what: str, size: int) -> float:
    """Peak memory of a page in megabytes, without the page itself."""
    return min(int(_run(_MEMORY, what, str(size))) for _ in range(3)) / 1024


def _run(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    here = Path(__file__).parent
    return subprocess.run(command, cwd=here, env=_ENVIRONMENT, capture_output=True, text=True, check=True).stdout  # noqa: S603


def _help() -> float:
    """Processor seconds, which depend least on other work."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "declutter", "--help"]
    subprocess.run(command, env=_ENVIRONMENT, capture_output=True, check=True)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
