"""What to retry, and when."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx
import tenacity

from declutter.errors import FetchError
from declutter.fetcher.errors import (
    BrokenResponseError,
    BusyError,
    CertificateError,
    ConnectionFailedError,
    DeadlineError,
    UnknownHostError,
)

BUSY: Final = frozenset({429, 500, 502, 503, 504})
_MAX_DIGITS: Final = 10
"""Maximum seconds read from a Retry-After: 300 years, to reject numbers of any length."""
_FIRST_WAIT: Final = 0.25
_MAX_WAIT: Final = 8.0
"""Seconds. With jitter: 0.25 to 0.5, then 0.5 to 0.75 …"""


def attempts(retries: int, *, max_retry_after: float, left: Callable[[], float]) -> tenacity.AsyncRetrying:
    """The attempts of one request. left: seconds until the deadline of the fetch, which no wait exceeds."""
    return tenacity.AsyncRetrying(
        retry=tenacity.retry_if_exception(_worth_it),
        wait=_wait,
        stop=tenacity.stop_any(tenacity.stop_after_attempt(retries + 1), _TooLong(max_retry_after, left)),
        reraise=True,
    )


class _TooLong(tenacity.stop.stop_base):
    """Stops retrying if the wait would be longer than allowed, or than the time left."""

    def __init__(self, max_retry_after: float, left: Callable[[], float]) -> None:
        self._max_retry_after = max_retry_after
        self._left = left

    def __call__(self, retry_state: tenacity.RetryCallState) -> bool:
        asked = _asked(retry_state) or 0.0
        return asked > self._max_retry_after or retry_state.upcoming_sleep >= self._left()


def _worth_it(error: BaseException) -> bool:
    return isinstance(error, ConnectionFailedError | BusyError) and error.passing


def _asked(state: tenacity.RetryCallState) -> float | None:
    error = state.outcome.exception() if state.outcome else None
    return error.retry_after if isinstance(error, BusyError) else None


_backoff = tenacity.wait_exponential(multiplier=_FIRST_WAIT, max=_MAX_WAIT) + tenacity.wait_random(0, _FIRST_WAIT)


def _wait(state: tenacity.RetryCallState) -> float:
    return max(_backoff(state), _asked(state) or 0.0)


def retry_after(value: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or a date; None if it is neither."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:_MAX_DIGITS])
    moment = http_date(value)
    return None if moment is None else max(0.0, moment.timestamp() - time.time())


def http_date(value: str) -> datetime | None:
    """The time in a header, in UTC; None if it is not one."""
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


_NAMELESS: Final = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
_BROKEN_OFF: Final = ("disconnected", "closed connection", "ConnectionTerminated", "StreamReset")
"""httpx has one class for responses that end early and for invalid HTTP; the message tells them apart."""


def translate(error: httpx.HTTPError, *, url: str, subject: str) -> FetchError:
    """Translate an error of httpx. url: the request that failed; subject: the requested URL."""
    cause = str(error) or type(error).__name__
    where = f" at {url}" if url != subject else ""
    if isinstance(error, httpx.TimeoutException):
        kind = "connect" if isinstance(error, httpx.ConnectTimeout) else "read"
        failed = ConnectionFailedError if kind == "connect" else DeadlineError
        return failed(f"no answer within the {kind} timeout{where}; retry later, or raise it", subject=subject)
    causes = causes_of(error)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return CertificateError(f"the certificate is not valid{where}: {cause}", subject=subject)
    is_proxys = isinstance(error, httpx.ProxyError)
    if not is_proxys and any(isinstance(cause, socket.gaierror) and cause.errno in _NAMELESS for cause in causes):
        return UnknownHostError(f"unknown host name{where}", subject=subject)
    if is_proxys or breaks_off(error):
        return ConnectionFailedError(f"the connection failed{where}: {cause}; retry later", subject=subject)
    return BrokenResponseError(f"the answer is not valid HTTP{where}: {cause}", subject=subject)


def breaks_off(error: httpx.HTTPError) -> bool:
    """Whether the connection broke, or the response ended early."""
    return isinstance(error, httpx.NetworkError) or any(word in str(error) for word in _BROKEN_OFF)


def causes_of(error: BaseException | None) -> list[BaseException]:
    """The exception, and those it was raised from or during."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
