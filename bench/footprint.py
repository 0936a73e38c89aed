"""What declutter takes beside time on pages: memory over that of the parsed tree, its import, its command's start.

Each figure is of a process of its own, the best of some. Memory is read from /proc, so on Linux only.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

RUNS: Final = 7

_MEMORY: Final = """
import sys
from lxml import etree
import declutter, synthetic

def peak():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

declutter.extract(synthetic.page(20_000)).text  # what is loaded once is no page's
page = synthetic.page(int(sys.argv[2]))
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
    """Megabytes that a page takes at most, beyond itself."""
    return min(int(_run(_MEMORY, what, str(size))) for _ in range(3)) / 1024


def _run(code: str, *arguments: str) -> str:
    here = Path(__file__).parent
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=here, capture_output=True, text=True, check=True).stdout  # noqa: S603


def _help() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "declutter", "--help"], capture_output=True, check=True)
    return time.perf_counter() - start
