"""Browser time of reports with 500, 5,000 and 50,000 blocks.

    python bench/inspector.py [--repeats N]
    python bench/inspector.py --picture docs/inspector.png     what the README shows

Each step is timed from the event to the frame that shows it. Compare only ratios within one run: a report is fluid if
ten times the blocks don't take ten times as long. Needs Debian's chromium and `.[dev]`.
"""

from __future__ import annotations

import argparse
import io
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Browser, sync_playwright

import declutter
from declutter.inspect import Inspected, outlined, report

_SIZES: Final = (500, 5_000, 50_000)
_FIXTURE: Final = Path(__file__).parent.parent / "fixtures" / "en-kicker" / "page.html"
_STEPS: Final = """async () => {
  const shown = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const time = async (act) => {
    await shown();
    const start = performance.now();
    act();
    await shown();
    return performance.now() - start;
  };
  const key = (name) => () => document.dispatchEvent(new KeyboardEvent("keydown", { key: name }));
  const type = (text) => () => {
    const query = document.getElementById("query");
    query.value = text;
    query.dispatchEvent(new Event("input"));
  };
  const click = (what) => () => document.querySelector(what).click();
  const times = { open: performance.getEntriesByType("navigation")[0].domComplete };
  await shown();
  for (const [name, act] of [
    ["a key down", key("j")], ["another", key("j")], ["to the end", key("End")], ["and back", key("Home")],
    ["scroll", () => scrollTo(0, 40000)],
    ["filter", click("#legend [data-label=chrome]")], ["all again", click("#legend [data-all]")],
    ["search a letter", type("a")], ["next match", click("#next")], ["search words", type("number 49")],
    ["no search", type("")],
    ["essay", click("#tab-products")], ["blocks", click("#tab-blocks")], ["theme", click("#theme")],
  ]) times[name] = await time(act);
  return times;
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeats", type=int, default=5, help="of each page, of which the median counts")
    parser.add_argument("--picture", type=Path, help="take a picture of a report instead")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        if arguments.picture:
            _take_picture(browser, Path(folder), arguments.picture)
        else:
            _measure(browser, Path(folder), arguments.repeats)
        browser.close()


def _take_picture(browser: Browser, folder: Path, path: Path) -> None:
    from PIL import Image

    source = _FIXTURE.read_bytes()
    document = declutter.explain(source)
    entry = Inspected(name=_FIXTURE.name, document=document, original=outlined(source, document))
    (folder / "report.html").write_text(report([entry]), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 760})
    page.goto((folder / "report.html").as_uri() + f"#b{document.flashes[1].blocks[0]}")
    page.evaluate("document.activeElement.blur()")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(256, kmeans=3).save(path, optimize=True)


def _measure(browser: Browser, folder: Path, repeats: int) -> None:
    runs: dict[int, list[dict[str, float]]] = {}
    for size in _SIZES:
        path = folder / f"{size}.html"
        path.write_text(report(_page(size)), encoding="utf-8")
        print(f"{size:6,} blocks: {path.stat().st_size / 1e6:.1f} MB")
        runs[size] = [_times(browser, path) for _ in range(repeats)]
    print(f"\n{'ms':18}" + "".join(f"{size:>9,}" for size in _SIZES) + f"{'x':>8}{'x':>8}")
    for step in runs[_SIZES[0]][0]:
        found = [median(run[step] for run in runs[size]) for size in _SIZES]
        ratios = "".join(f"{late / early:8.1f}" for early, late in pairwise(found))
        print(f"{step:18}" + "".join(f"{time:9.0f}" for time in found) + ratios)


def _page(blocks: int) -> declutter.Document:
    texts = (
        f"<li><a href=/{n}>Number {n} of a menu</a>"
        if n % 10 == 0
        else f"<p>Paragraph number {n} of a page that is long, with words and <a href=/x{n}>a link</a> in it.</p>"
        for n in range(blocks)
    )
    return declutter.explain(f"<html><body>{''.join(texts)}")


def _times(browser: Browser, path: Path) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(path.as_uri(), wait_until="load", timeout=120_000)
    times: dict[str, float] = page.evaluate(_STEPS)
    context.close()
    return times


if __name__ == "__main__":
    main()
