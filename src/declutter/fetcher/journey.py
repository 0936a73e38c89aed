"""The course of one fetch from the requested URL to the page: redirects and cookies."""

from __future__ import annotations

import base64
from typing import Final

import httpx

from declutter.fetcher.errors import BadAddressError, RedirectError
from declutter.fetcher.hosts import host_of

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

_MAX_PORT: Final = 65_535
_NOT_ASCII: Final = 0x80
_BYTES: Final = "iso-8859-1"
"""Reads a header as bytes: a cookie goes back as it came, in whatever encoding."""


class Journey:
    """The redirects of one fetch, with cookies for its duration.

    Credentials and the caller's headers, except `Accept…`, are sent to the first origin only.
    """

    def __init__(self, asked: str, *, headers: httpx.Headers, max_redirects: int) -> None:
        self.asked = asked
        self.url = parse(asked, subject=asked)
        self.chain: list[str] = []
        self.hosts: set[str] = set()
        self.refreshed = False
        self._home = origin(self.url)
        self._headers = headers
        self._max_redirects = max_redirects
        self._cookies = httpx.Cookies()
        self._credentials = f"{self.url.username}:{self.url.password}" if self.url.userinfo else None
        self.url = _bare(self.url)

    @property
    def address(self) -> str:
        """The current URL, without credentials."""
        return str(self.url)

    def request(self, *, own: dict[str, str], extensions: dict[str, object]) -> httpx.Request:
        """The request for the current URL. own: headers for all origins."""
        # httpx would add the host itself, but fails for names that IDNA 2008 does not allow.
        headers = httpx.Headers({"host": self.url.netloc.decode("ascii"), **own})
        at_home = origin(self.url) == self._home
        for name, value in self._headers.items():
            if at_home or name.startswith("accept"):
                headers[name] = value
        if at_home and self._credentials:
            headers["authorization"] = "Basic " + base64.b64encode(self._credentials.encode()).decode()
        request = httpx.Request("GET", self.url, headers=headers, extensions=extensions)
        if self._cookies and "cookie" not in headers:
            request.headers.encoding = _BYTES
            self._cookies.set_cookie_header(request)
        return request

    def keep_cookies(self, response: httpx.Response) -> None:
        """Keep the cookies that a response sets."""
        if "set-cookie" in response.headers:
            setting = httpx.Response(200, headers=response.headers.raw, request=response.request)
            setting.headers.encoding = _BYTES
            self._cookies.extract_cookies(setting)

    @staticmethod
    def target(status: int, headers: httpx.Headers) -> str | None:
        """The target of a redirect; None if the response is not one."""
        if status not in _REDIRECTS:
            return None
        written = next((value.strip() for name, value in headers.raw if name.lower() == b"location"), b"")
        try:
            return written.decode() or None
        except UnicodeDecodeError:  # an encoding that only the server knows is percent-encoded
            return "".join(chr(byte) if byte < _NOT_ASCII else f"%{byte:02X}" for byte in written)

    def go(self, target: str) -> None:
        """Follow a redirect."""
        self.chain.append(self.address)
        self.hosts.add(host_of(self.url))
        if len(self.chain) > self._max_redirects:
            raise RedirectError(self._endless(), subject=self.asked)
        try:
            joined = self.url.join(target.strip())
        except (httpx.InvalidURL, ValueError) as error:
            raise RedirectError(f"{self.address} redirects to {target!r}: {error}", subject=self.asked) from error
        self.url = _bare(parse(str(joined), subject=self.asked, via=self.address))

    def _endless(self) -> str:
        seen = len(set(self.chain))
        kind = "a loop" if seen < len(self.chain) else "no end"
        return f"{self._max_redirects} redirects and {kind} at {self.address}"


def parse(text: str, *, subject: str, via: str | None = None) -> httpx.URL:
    """Parse an http or https URL with a host. Raises BadAddressError for anything else."""
    where = f"{via} redirects to {text!r}: " if via else ""
    if not text.strip():
        raise BadAddressError(f"{where}not a URL", subject=subject)
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise BadAddressError(f"{where}not a URL: {error}", subject=subject) from error
    if url.scheme not in {"http", "https"}:
        hint = f"unsupported scheme {url.scheme!r}" if url.scheme else f"no scheme; did you mean https://{text}?"
        if url.scheme == "file":
            hint += "; give the path of the file instead"
        raise BadAddressError(f"{where}{hint}", subject=subject)
    if not url.raw_host:
        raise BadAddressError(f"{where}no host", subject=subject)
    if url.port is not None and not 0 < url.port <= _MAX_PORT:
        raise BadAddressError(f"{where}invalid port {url.port}", subject=subject)
    return url


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Scheme, host and port."""
    return url.scheme, host_of(url), url.port or (443 if url.scheme == "https" else 80)


def _bare(url: httpx.URL) -> httpx.URL:
    """The URL without credentials and fragment."""
    return url.copy_with(userinfo=b"", fragment=None) if url.userinfo or url.fragment else url
