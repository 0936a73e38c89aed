"""A page that shows nothing without scripts is named; one that shows something is not."""

from __future__ import annotations

import pytest

from declutter.empty_shell import shell_reason

TEXT = "<p>" + "A page with a text that is long enough to be read for its own sake. " * 8 + "</p>"


@pytest.mark.parametrize(
    "page",
    [
        '<body><div id="root"></div><script src=/app.js></script>',
        "<body><noscript>Please enable JavaScript.</noscript><div id=app> </div><script type=module src=a.js>",
        "<head><script>window.x={}</script></head><body><app-root></app-root><script src=main.js></script>",
        '<body><div id=__next><div class="spinner"><img src=spin.svg></div></div><script src=a.js></script>',
        "<body><header>Site</header><main id=content></main><script>load()</script>",
        "<body><noscript>このサイトではJavaScriptを有効にしてください</noscript><p>…</p><script src=a.js></script>",
    ],
)
def test_a_shell_is_named(page: str) -> None:
    reason = shell_reason(page.encode())

    assert reason is not None
    assert reason.startswith("an empty shell without JavaScript: ")


@pytest.mark.parametrize(
    "page",
    [
        f'<body><div id="root">{TEXT}</div><script src=/app.js></script>',
        f"<body>{TEXT}<div id=comments></div><script src=a.js></script>",
        "<body><p>A short notice.</p>",
        "<body><p>A short notice.</p><script>count()</script>",
        '<body><p>Short.</p><div id=root></div><script type="application/ld+json">{}</script>',
        "<body><div id=root></div>",
        "<body><div id=player><iframe src=film.html></iframe></div><script>play()</script>",
        "<body>",
    ],
    ids=["filled", "text beside", "no scripts", "counted", "data only", "empty without scripts", "embedded", "empty"],
)
def test_what_is_no_shell_is_not(page: str) -> None:
    assert shell_reason(page.encode()) is None


def test_a_deep_page_is_judged_without_recursion() -> None:
    page = "<body>" + "<div>" * 5000 + TEXT + "<script>"

    assert shell_reason(page.encode()) is None
