"""Where a fetch may go, in every spelling of an address, on every hop."""

from __future__ import annotations

import ipaddress

import msgspec
import pytest

from declutter.fetcher.addresses import refusal
from declutter.fetcher.errors import BadAddressError, ForbiddenAddressError

from .servers import LOCAL, Site, get, get_all, redirect, reply

STRICT = msgspec.structs.replace(LOCAL, allow_private=False)

LOOPBACK = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "0.0.0.0",
    "0",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[::ffff:0:0]",
    "[::ffff:0:127.0.0.1]",
    "[2606:4700::5efe:127.0.0.1]",
    "[2606:4700::200:5efe:7f00:1]",
]
PRIVATE = [
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[fec0::1]",
    "[2001:db8::1]",
    "[64:ff9b:1::a00:1]",
    "[::ffff:10.0.0.1]",
    "[fc00::5efe:101:101]",
    "3232235777",
]
MULTICAST = ["224.0.0.1", "239.255.255.250", "[ff02::1]", "[ff0e::1]"]
NEVER = [
    "169.254.169.254",
    "169.254.170.2",
    "169.254.1.1",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "[::ffff:169.254.169.254]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:a9fe:a9fe::]",
    "[fe80::1]",
    "[fe80::5efe:101:101]",
    "[2606:4700::5efe:a9fe:a9fe]",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "[fd00:ec2::254]",
    "[fd20:ce::254]",
]


@pytest.mark.parametrize("host", [*LOOPBACK, *PRIVATE, *MULTICAST, *NEVER])
def test_an_address_that_is_not_of_the_public_net_is_refused_in_every_spelling(host: str) -> None:
    with pytest.raises((ForbiddenAddressError, BadAddressError), match="refused|Invalid IPv4"):
        get(f"http://{host}:9/", options=STRICT)


@pytest.mark.parametrize("host", NEVER)
def test_link_local_and_metadata_addresses_are_refused_even_when_private_ones_are_allowed(host: str) -> None:
    with pytest.raises((ForbiddenAddressError, BadAddressError), match="metadata|Invalid IPv4"):
        get(f"http://{host}:9/", options=LOCAL)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "localhost"])
def test_private_addresses_can_be_allowed(site: Site, host: str) -> None:
    site.routes["/"] = reply("<p>hello")

    assert get(site.url(host=host), options=LOCAL).body == b"<p>hello"


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "93.184.216.34",
        "2606:4700:4700::1111",
        "64:ff9b::101:101",
        "2002:101:101::",
        "2606:4700::5efe:101:101",
    ],
)
def test_public_addresses_may_be_gone_to(address: str) -> None:
    assert refusal(ipaddress.ip_address(address), allow_private=False) is None


@pytest.mark.parametrize(
    "answer", ["127.0.0.1", "10.1.2.3", "::1", "::ffff:10.0.0.1", "fe80::1%eth0", "169.254.169.254"]
)
def test_a_name_is_judged_by_what_it_resolves_to(answer: str) -> None:
    async def pointing(host: str, port: int) -> list[str]:
        return [answer]

    with pytest.raises(ForbiddenAddressError, match=r"innocent\.test resolves to"):
        get("http://innocent.test/", resolver=pointing, options=STRICT)


@pytest.mark.parametrize("host", ["127.0.0.1 .test", "127.0.0.1%00.test", "127.0.0.1%20", "0x7f.1 x"])
def test_a_name_that_begins_like_an_address_is_looked_up_as_the_name_it_is(host: str) -> None:
    asked: list[str] = []

    async def pointing(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with pytest.raises(ForbiddenAddressError, match="resolves to"):
        get(f"http://{host}/", resolver=pointing, options=STRICT)
    assert len(asked) == 1


def test_localhost_is_refused_with_the_systems_own_resolver(site: Site) -> None:
    with pytest.raises(ForbiddenAddressError, match="localhost resolves to"):
        get(site.url(host="localhost"), resolver=None, options=STRICT)

    assert not site.requests


def test_of_a_names_addresses_only_the_allowed_ones_are_tried(site: Site) -> None:
    site.routes["/"] = reply("<p>hello")

    async def mixed(host: str, port: int) -> list[str]:
        return ["169.254.169.254", "127.0.0.1"]

    assert get(site.url(host="mixed.test"), resolver=mixed).body == b"<p>hello"


def test_every_hop_is_judged(site: Site) -> None:
    site.routes["/"] = redirect("http://169.254.169.254/latest/meta-data/")

    with pytest.raises(ForbiddenAddressError, match=r"169\.254\.169\.254") as caught:
        get(site.url())

    assert caught.value.subject == site.url()


def test_a_meta_refresh_is_judged_too(site: Site) -> None:
    site.routes["/"] = reply('<meta http-equiv=refresh content="0; url=http://[fe80::1]/">')

    with pytest.raises(ForbiddenAddressError):
        get(site.url())


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site) -> None:
    """A name that changes its mind after the check (DNS rebinding) is not asked a second time."""
    site.routes["/"] = reply("<p>hello")
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])

    async def rebinding(host: str, port: int) -> list[str]:
        return next(answers)

    assert get(site.url(host="rebind.test"), resolver=rebinding).body == b"<p>hello"
    assert next(answers) == ["169.254.169.254"]


def test_a_name_that_turns_bad_between_two_connections_is_caught_at_the_second(site: Site) -> None:
    def once(exchange: object) -> None:
        # Closed after one answer, and said so: else the client may ask again before it sees the end of it.
        exchange.send(reply("<p>hello", connection="close"))  # type: ignore[attr-defined]

    site.routes["/"] = once  # type: ignore[assignment]
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])

    async def rebinding(host: str, port: int) -> list[str]:
        return next(answers)

    with pytest.raises(ForbiddenAddressError):
        get_all([site.url(host="rebind.test")] * 2, resolver=rebinding)

    assert len(site.requests) == 1
