"""Why a page could not be fetched.

FetchError                         (declutter.errors)
├── BadAddressError                not an http or https URL: fix it
├── ForbiddenAddressError          resolves to a private or cloud-metadata address: `allow_private`, or skip it
├── RobotsError                    disallowed by robots.txt: skip it, or `obey_robots=False`
├── ConnectionFailedError          no connection, or it broke: retry later
│   ├── UnknownHostError           no such host name: fix the URL
│   └── CertificateError           the server's certificate is not valid: retrying will not help
├── DeadlineError                  slower than `timeout`: raise it, or retry later
├── RedirectError                  more than `max_redirects` redirects, or an invalid one: fix the URL
├── StatusError                    the server answered 4xx or 5xx: skip it
│   └── BusyError                  … 429 or a temporary 5xx: retry later, after `retry_after` if given
├── BrokenResponseError            invalid HTTP, or damaged compression: skip it
├── TooLargeError                  over `max_bytes` (also a LimitError): raise it, or skip the page
├── NotASourceError                a feed or sitemap was expected, but the response is neither: fix the URL
└── NotAPageResponseError          a PDF, an image … (also a NotAPageError): skip it

`error.subject` is the requested URL; `error.passing` says whether a retry may help.
"""

from __future__ import annotations

from typing import ClassVar

from declutter.errors import FetchError, LimitError, NotAPageError


class BadAddressError(FetchError):
    """Not an http or https URL."""


class ForbiddenAddressError(FetchError):
    """The URL resolves to an address that lists of URLs from strangers must not reach."""


class RobotsError(FetchError):
    """The host's robots.txt disallows the page for this user agent."""


class ConnectionFailedError(FetchError):
    """The host could not be found or reached, or closed the connection. A retry may help."""

    passing: ClassVar[bool] = True


class UnknownHostError(ConnectionFailedError):
    """No host has that name."""

    passing: ClassVar[bool] = False


class CertificateError(ConnectionFailedError):
    """The server's certificate is not valid; name its authority with `ca_file`, or skip the page."""

    passing: ClassVar[bool] = False


class DeadlineError(FetchError):
    """The page took longer than `timeout`. Raise it, or retry later."""

    passing: ClassVar[bool] = True


class RedirectError(FetchError):
    """Too many redirects, or an invalid one."""


class StatusError(FetchError):
    """The server answered with an error. `status` is the HTTP status."""

    status: int

    def __init__(self, message: str, *, subject: str | None = None, status: int = 0) -> None:
        super().__init__(message, subject=subject)
        self.status = status


class BusyError(StatusError):
    """The server is temporarily unavailable. `retry_after`: the seconds it asked to wait; None if it did not say."""

    passing: ClassVar[bool] = True
    retry_after: float | None

    def __init__(
        self, message: str, *, subject: str | None = None, status: int = 0, retry_after: float | None = None
    ) -> None:
        super().__init__(message, subject=subject, status=status)
        self.retry_after = retry_after


class BrokenResponseError(FetchError):
    """The response is not valid HTTP, or its compression is damaged."""


class TooLargeError(FetchError, LimitError):
    """The body exceeds `max_bytes`. Raise it, or skip the page."""


class NotASourceError(FetchError):
    """A feed or sitemap was expected, but the response is neither."""


class NotAPageResponseError(FetchError, NotAPageError):
    """The response is not HTML or text; the message names the type."""
