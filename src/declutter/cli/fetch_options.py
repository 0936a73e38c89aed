"""The fetcher's options for every command that takes URLs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Final, TypeAlias

import click

from declutter.fetcher import DEFAULT_FETCH, FetchOptions

Command: TypeAlias = Callable[..., Any]


def _headers(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    headers = {}
    for value in values:
        name, colon, content = value.partition(":")
        if not colon:
            raise click.BadParameter(f"{value!r} is not of the form 'Name: value'")
        headers[name.strip()] = content.strip()
    return headers


_option = partial(click.option, show_default=True)
_SECONDS: Final = click.FloatRange(min=0, min_open=True)
_SECONDS_OR_NONE: Final = click.FloatRange(min=0)

_OPTIONS: Final = (
    _option(
        "--timeout",
        type=_SECONDS,
        default=DEFAULT_FETCH.timeout,
        metavar="SECONDS",
        help="Total time for one page, including redirects and retries, but not the wait for its host's turn.",
    ),
    _option(
        "--connect-timeout",
        type=_SECONDS,
        default=DEFAULT_FETCH.connect_timeout,
        metavar="SECONDS",
        help="Time to connect.",
    ),
    _option(
        "--read-timeout",
        type=_SECONDS,
        default=DEFAULT_FETCH.read_timeout,
        metavar="SECONDS",
        help="Time to wait for the next bytes.",
    ),
    _option(
        "--max-bytes",
        type=click.IntRange(min=1),
        default=DEFAULT_FETCH.max_bytes,
        metavar="N",
        help="Size limit of a page, decompressed.",
    ),
    _option(
        "--max-redirects",
        type=click.IntRange(min=0),
        default=DEFAULT_FETCH.max_redirects,
        metavar="N",
        help="Redirects to follow.",
    ),
    _option(
        "--retries",
        type=click.IntRange(min=0),
        default=DEFAULT_FETCH.retries,
        metavar="N",
        help="Retries after a failed connection or status 429, 500, 502, 503, 504.",
    ),
    _option(
        "--max-retry-after",
        type=_SECONDS_OR_NONE,
        default=DEFAULT_FETCH.max_retry_after,
        metavar="SECONDS",
        help="Longest Retry-After to wait for; beyond it the page fails at once.",
    ),
    _option(
        "--user-agent",
        default=DEFAULT_FETCH.user_agent,
        metavar="TEXT",
        help="User-Agent to send; its first word is the name looked up in robots.txt.",
    ),
    _option(
        "--header",
        "headers",
        multiple=True,
        callback=_headers,
        metavar="'NAME: VALUE'",
        help="Additional header, sent to the first host only (Accept… to all). May be repeated.",
    ),
    _option("--ignore-robots", is_flag=True, help="Do not obey robots.txt."),
    _option(
        "--delay",
        type=_SECONDS_OR_NONE,
        default=DEFAULT_FETCH.delay,
        metavar="SECONDS",
        help="Delay between two requests to a host; a longer Crawl-delay is honoured.",
    ),
    _option(
        "--max-crawl-delay",
        type=_SECONDS_OR_NONE,
        default=DEFAULT_FETCH.max_crawl_delay,
        metavar="SECONDS",
        help="Longest Crawl-delay to honour.",
    ),
    _option(
        "--per-host",
        type=click.IntRange(min=1),
        default=DEFAULT_FETCH.per_host,
        metavar="N",
        help="Concurrent requests to one host.",
    ),
    _option(
        "--in-flight",
        type=click.IntRange(min=1),
        default=DEFAULT_FETCH.in_flight,
        metavar="N",
        help="Concurrent requests to all hosts.",
    ),
    _option(
        "--allow-private",
        is_flag=True,
        help="Allow private and loopback addresses; link-local and cloud-metadata ones stay refused.",
    ),
    _option(
        "--proxy",
        metavar="URL",
        help="An http, https or socks5 proxy. [default: HTTP_PROXY, HTTPS_PROXY and NO_PROXY]",
    ),
    _option(
        "--cache",
        type=click.Path(file_okay=False),
        metavar="DIR",
        help="Keep an HTTP cache here, so that a second run fetches only what changed.",
    ),
    _option(
        "--ca-file",
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        help="Certificate authorities to trust instead of the default ones (PEM).",
    ),
)


def fetch_options(command: Command) -> Command:
    """Add the fetcher's options to a command, which gets them as one FetchOptions in its argument `fetching`."""

    @wraps(command)
    def gather(*args: object, **given: Any) -> object:
        own = {name: given.pop(name) for name in FetchOptions.__struct_fields__ if name in given}
        try:
            fetching = FetchOptions(**own, obey_robots=not given.pop("ignore_robots"))
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        return command(*args, fetching=fetching, **given)

    for option in reversed(_OPTIONS):
        gather = option(gather)
    return gather
