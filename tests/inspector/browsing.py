"""Debian's chromium, driven by Playwright: reports are opened from disk as a reader opens them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
DESKTOP = (1280, 800)
PHONE = (360, 740)

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Opened:
    """A report in a browser, and what happened to it: `asked` for anything, or `said` anything on the console."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


Open = Callable[..., Opened]


def lacking() -> str | None:
    """Why reports can't be opened here; None where they can."""
    try:
        import axe_playwright_python  # noqa: F401
        import playwright  # noqa: F401
    except ImportError:
        return "playwright and axe-playwright-python are not installed: pip install -e '.[dev]'"
    return None if CHROMIUM else "chromium is not installed: apt-get install chromium"


@contextmanager
def started() -> Iterator[Browser]:
    """The browser, for as long as it takes: while it runs, its thread can run no other event loop."""
    if reason := lacking():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser,
    path: Path,
    *,
    size: tuple[int, int] = DESKTOP,
    scheme: Literal["light", "dark"] = "light",
    address: str = "",
) -> Iterator[Opened]:
    """The file in a window of its own, `address` (`#p2`) behind its name."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    found = Opened(context.new_page())
    context.on("request", lambda request: found.asked.append(request.url))
    context.set_default_timeout(60_000)
    found.page.on("console", lambda message: found.said.append(message.text))
    found.page.on("pageerror", lambda error: found.said.append(str(error)))
    found.page.on("dialog", lambda dialog: found.said.append(f"dialog: {dialog.message}") or dialog.dismiss())
    found.page.goto(path.as_uri() + address)
    yield found
    context.close()
