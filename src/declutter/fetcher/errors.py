"""Why a page could not be had.

FetchError                         (declutter.errors)
├── BadAddressError                not an http or https URL: mend it
├── ForbiddenAddressError          leads to a private or cloud-metadata address: `allow_private`, or leave it
├── RobotsError                    robots.txt says no: leave it, or `obey_robots=False`
├── ConnectionFailedError          no name, no connection, or it broke off: try again later
│   ├── UnknownHostError           no such name: mend the URL
│   └── CertificateError           the server's certificate does not hold: trying again will not help
├── DeadlineError                  slower than `timeout`: raise it, or try again later
├── RedirectError                  more than `max_redirects` hops, or one that leads nowhere: mend the URL
├── StatusError                    the server answered 4xx or 5xx: leave it
│   └── BusyError                  … 429 or 5xx that may pass: try again later, after `retry_after` if it is given
├── BrokenResponseError            not HTTP as it should be, or damaged compression: leave it
├── TooLargeError                  over `max_bytes` (also a LimitError): raise it, or leave the page
├── NotASourceError                asked for a feed or sitemap, got something else: mend the URL
└── NotAPageResponseError          a PDF, an image … (also a NotAPageError): leave it

`error.subject` is the URL as it was asked for; `error.passing` says whether trying again later can help.
"""

from __future__ import annotations

from typing import ClassVar

from declutter.errors import FetchError, LimitError, NotAPageError


class BadAddressError(FetchError):
    """Not an http or https URL. Mend it."""


class ForbiddenAddressError(FetchError):
    """The URL leads to an address that untrusted lists have no business with."""


class RobotsError(FetchError):
    """The host's robots.txt forbids the page to this user agent."""


class ConnectionFailedError(FetchError):
    """The host could not be found or reached, or broke the connection off. Trying again later can help."""

    passing: ClassVar[bool] = True


class UnknownHostError(ConnectionFailedError):
    """No host has that name. Mend the URL."""

    passing: ClassVar[bool] = False


class CertificateError(ConnectionFailedError):
    """The server's certificate does not hold; name its authority by `ca_file`, or leave the page."""

    passing: ClassVar[bool] = False


class DeadlineError(FetchError):
    """The page took longer than `timeout`. Raise it, or try again later."""

    passing: ClassVar[bool] = True


class RedirectError(FetchError):
    """Redirects that do not end, or lead nowhere."""


class StatusError(FetchError):
    """The server answered with an error. `status` is the HTTP status."""

    status: int

    def __init__(self, message: str, *, subject: str | None = None, status: int = 0) -> None:
        super().__init__(message, subject=subject)
        self.status = status


class BusyError(StatusError):
    """The server answered that it cannot just now. `retry_after`: the seconds it asked to wait, None if it did not."""

    passing: ClassVar[bool] = True
    retry_after: float | None

    def __init__(
        self, message: str, *, subject: str | None = None, status: int = 0, retry_after: float | None = None
    ) -> None:
        super().__init__(message, subject=subject, status=status)
        self.retry_after = retry_after


class BrokenResponseError(FetchError):
    """The answer is not HTTP as it should be, or its compression is damaged."""


class TooLargeError(FetchError, LimitError):
    """The body is over `max_bytes`. Raise it, or leave the page."""


class NotASourceError(FetchError):
    """What was to be a feed or a sitemap is none."""


class NotAPageResponseError(FetchError, NotAPageError):
    """The answer is no HTML or text; the message names the type."""
