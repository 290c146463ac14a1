"""Where a link of Chatwoot's may lead us, and above all where not."""

from __future__ import annotations

from collections.abc import Sequence

import httpx
import pytest

from bot.gateway.channels.chatwoot.outward import Outward, is_public
from bot.gateway.files import NotFetched, Passing

HOME = "http://chatwoot:3000"
NAMES = {"files.example.nl": ["93.184.216.34"], "inside.example.nl": ["10.0.0.5"], "both.example.nl": ["93.184.216.34", "127.0.0.1"]}
LINK = httpx.URL("https://chat.example.nl/rails/active_storage/blobs/redirect/abc/foto.jpg")


async def resolve(host: str) -> Sequence[str]:
    try:
        return NAMES[host]
    except KeyError as error:
        raise OSError(host) from error


OUTWARD = Outward(httpx.URL(HOME), frozenset({"http://minio.internal:9000"}), resolve)


@pytest.mark.parametrize(
    "link",
    [
        "http://chatwoot:3000/rails/active_storage/blobs/redirect/abc/foto.jpg?x=1",
        "https://chat.example.nl/rails/active_storage/blobs/redirect/abc/foto.jpg?x=1",
        "http://https/rails/active_storage/blobs/redirect/abc/foto.jpg?x=1",
        "https://u:p@169.254.169.254/rails/active_storage/blobs/redirect/abc/foto.jpg?x=1",
    ],
    ids=["its address for us", "its address for people", "an address that Chatwoot got wrong", "an address that somebody made up"],
)
async def test_whatever_host_a_webhook_names_the_file_is_asked_for_at_chatwoot(link: str) -> None:
    way = await OUTWARD.way(link)
    assert str(way.url) == f"{HOME}/rails/active_storage/blobs/redirect/abc/foto.jpg?x=1"
    assert way.options == {}


@pytest.mark.parametrize(
    "link",
    [
        "http://chatwoot:3000/api/v1/accounts/1/conversations",
        "http://chatwoot:3000/rails/active_storage/../../api/v1/profile",
        "http://chatwoot:3000/rails/active_storage/%2e%2e/%2e%2e/api/v1/profile",
        "https://files.example.nl/foto.jpg",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "http://[",
        "",
    ],
)
async def test_a_webhook_may_name_nothing_but_a_file_of_chatwoots(link: str) -> None:
    with pytest.raises(NotFetched):
        await OUTWARD.way(link)


async def test_a_redirect_leaves_for_public_storage_at_the_address_that_was_looked_at() -> None:
    way = await OUTWARD.way("https://files.example.nl/bucket/foto.jpg?signature=abc", after=LINK)
    assert str(way.url) == "https://93.184.216.34/bucket/foto.jpg?signature=abc"
    assert way.options == {"headers": {"Host": "files.example.nl"}, "extensions": {"sni_hostname": "files.example.nl"}}


async def test_a_redirect_within_chatwoot_stays_there() -> None:
    way = await OUTWARD.way("/rails/active_storage/disk/def/foto.jpg", after=LINK)
    assert str(way.url) == f"{HOME}/rails/active_storage/disk/def/foto.jpg"


async def test_storage_of_the_own_network_is_only_reached_when_it_is_in_the_settings() -> None:
    assert str((await OUTWARD.way("http://minio.internal:9000/b/foto.jpg", after=LINK)).url) == "http://minio.internal:9000/b/foto.jpg"
    with pytest.raises(NotFetched):
        await OUTWARD.way("http://minio.internal:9001/b/foto.jpg", after=LINK)


@pytest.mark.parametrize(
    "link",
    [
        "https://inside.example.nl/foto.jpg",
        "https://both.example.nl/foto.jpg",
        "https://files.example.nl:8443/foto.jpg",
        "http://files.example.nl/foto.jpg",
        "ftp://files.example.nl/foto.jpg",
        "gopher://127.0.0.1:6379/_x",
        "http://[",
    ],
)
async def test_a_redirect_to_what_only_this_machine_can_reach_is_not_followed(link: str) -> None:
    with pytest.raises(NotFetched) as refused:
        await OUTWARD.way(link, after=LINK)
    assert not isinstance(refused.value, Passing)


async def test_a_name_that_is_not_known_now_may_be_known_later() -> None:
    with pytest.raises(Passing):
        await OUTWARD.way("https://gone.example.nl/foto.jpg", after=LINK)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "ff02::1",
        "nonsense",
    ],
)
def test_an_address_that_is_not_everybodys_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2a00:1450:4013:c01::8b", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"])
def test_an_address_of_everybody_is_public(address: str) -> None:
    assert is_public(address)
