"""What belongs to one origin stays with it."""

from __future__ import annotations

import base64

import msgspec
import pytest

from .servers import LOCAL, Site, get, redirect, reply

SECRETS = msgspec.structs.replace(
    LOCAL,
    headers={"Authorization": "Bearer t", "Cookie": "id=1", "X-Api-Key": "k", "Accept-Language": "de"},
)


def test_credentials_in_the_address_are_sent_to_its_origin(site: Site) -> None:
    site.routes["/"] = reply("<p>hello")

    page = get(site.url().replace("127.0.0.1", "anna:p%40ss@127.0.0.1"))

    expected = "Basic " + base64.b64encode(b"anna:p@ss").decode()
    assert (expected, site.url()) == (site.requests[0].headers["authorization"], page.final_url)


@pytest.mark.parametrize("host", ["two.test", "one.test"], ids=["another host", "another port"])
def test_no_credentials_go_to_another_origin(site: Site, other: Site, host: str) -> None:
    site.routes["/"] = redirect(other.url("/", host))
    other.routes["/"] = reply("<p>hello")

    get(site.url(host="anna:secret@one.test"), options=SECRETS)

    here, there = site.requests[0].headers, other.requests[0].headers
    assert {"authorization", "cookie", "x-api-key"} <= set(here)
    assert not {"authorization", "cookie", "x-api-key", "referer"} & set(there)
    assert "de" == here["accept-language"] == there["accept-language"]


def test_credentials_in_a_redirect_are_not_sent(site: Site, other: Site) -> None:
    site.routes["/"] = redirect(other.url(host="x:y@two.test"))
    other.routes["/"] = reply("<p>hello")

    page = get(site.url())

    assert "authorization" not in other.requests[0].headers
    assert "x:y@" not in page.final_url


def test_credentials_are_not_for_robots_txt(site: Site) -> None:
    site.routes["/"] = reply("<p>hello")

    get(site.url(), options=msgspec.structs.replace(SECRETS, obey_robots=True))

    robots, page = site.requests
    assert ("/robots.txt", "/") == (robots.path, page.path)
    assert "authorization" not in robots.headers
    assert "Bearer t" == page.headers["authorization"]
