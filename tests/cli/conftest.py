from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import CliRunner, Result

from declutter.cli import main
from tests.fetcher.servers import Site, serving

Run: TypeAlias = Callable[..., Result]

ESSAY = "".join(
    f"<p>Paragraph {number} of an essay about tides, which goes on long enough to be told from a menu or a footer.</p>"
    for number in range(6)
)
PAGE = f"""<!doctype html><html lang=en><head><title>On Tides</title></head><body>
<nav><a href=/>Home</a><a href=/a>All</a></nav>
<article><h1>On Tides</h1>{ESSAY}
<p>BRIEF | Ferry company to add two boats: The ferry company said on Monday that it would buy two boats for the
northern route, and hire forty people. [2023/5/29 14:02:11]</p>{ESSAY.replace("Paragraph", "Page")}</article>
<footer>Copyright 2023 Tides</footer></body></html>"""


@pytest.fixture
def run() -> Run:
    def run(*arguments: object, stdin: bytes | str | None = None) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, prog_name="declutter")

    return run


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site
