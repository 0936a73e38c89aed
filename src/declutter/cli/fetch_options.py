"""The fetcher's options for every command that takes URLs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Final, TypeAlias

import click

from declutter.fetcher.options import DEFAULT_FETCH, FetchOptions

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
        help="For one page in all, redirects and retries included; waiting for one's turn at a host does not count.",
    ),
    _option(
        "--connect-timeout",
        type=_SECONDS,
        default=DEFAULT_FETCH.connect_timeout,
        metavar="SECONDS",
        help="For a connection.",
    ),
    _option(
        "--read-timeout",
        type=_SECONDS,
        default=DEFAULT_FETCH.read_timeout,
        metavar="SECONDS",
        help="For the next bytes of an answer.",
    ),
    _option(
        "--max-bytes",
        type=click.IntRange(min=1),
        default=DEFAULT_FETCH.max_bytes,
        metavar="N",
        help="Of a page, decompressed.",
    ),
    _option(
        "--max-redirects",
        type=click.IntRange(min=0),
        default=DEFAULT_FETCH.max_redirects,
        metavar="N",
        help="Hops to follow.",
    ),
    _option(
        "--retries",
        type=click.IntRange(min=0),
        default=DEFAULT_FETCH.retries,
        metavar="N",
        help="After a failed connection or status 429, 500, 502, 503, 504.",
    ),
    _option(
        "--max-retry-after",
        type=_SECONDS_OR_NONE,
        default=DEFAULT_FETCH.max_retry_after,
        metavar="SECONDS",
        help="The longest rest a server may ask for; past it the page fails at once.",
    ),
    _option(
        "--user-agent",
        default=DEFAULT_FETCH.user_agent,
        metavar="TEXT",
        help="What to send; its first word is looked up in robots.txt.",
    ),
    _option(
        "--header",
        "headers",
        multiple=True,
        callback=_headers,
        metavar="'NAME: VALUE'",
        help="A further header for the first host only (Accept… for all). May be repeated.",
    ),
    _option("--ignore-robots", is_flag=True, help="Do not ask robots.txt."),
    _option(
        "--delay",
        type=_SECONDS_OR_NONE,
        default=DEFAULT_FETCH.delay,
        metavar="SECONDS",
        help="Between the starts of two pages of a host; a longer Crawl-delay is honoured.",
    ),
    _option(
        "--max-crawl-delay",
        type=_SECONDS_OR_NONE,
        default=DEFAULT_FETCH.max_crawl_delay,
        metavar="SECONDS",
        help="The longest Crawl-delay to honour.",
    ),
    _option(
        "--per-host",
        type=click.IntRange(min=1),
        default=DEFAULT_FETCH.per_host,
        metavar="N",
        help="Requests at once to one host.",
    ),
    _option(
        "--in-flight",
        type=click.IntRange(min=1),
        default=DEFAULT_FETCH.in_flight,
        metavar="N",
        help="Requests at once to all hosts.",
    ),
    _option(
        "--allow-private",
        is_flag=True,
        help="Also go to private and loopback addresses (to link-local and cloud-metadata ones never).",
    ),
    _option(
        "--proxy",
        metavar="URL",
        help="Of an http, https or socks5 proxy; by default as HTTP_PROXY, HTTPS_PROXY and NO_PROXY say.",
    ),
    _option(
        "--cache",
        type=click.Path(file_okay=False),
        metavar="DIR",
        help="Keep an HTTP cache here, so that a second run asks only for what changed.",
    ),
    _option(
        "--ca-file",
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        help="Certificate authorities to trust instead of the usual ones (PEM).",
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
