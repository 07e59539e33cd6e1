"""Who has failed too often waits, nobody else does, and what is remembered of it has an end. Times are given."""

import ipaddress

import pytest

from planner.settings import Network
from planner.web.attempts import MOST_ADDRESSES, MOST_FAILURES, RECORDED_EVERY_SECONDS, WITHIN_SECONDS, Attempts
from planner.web.callers import UNKNOWN, caller_of

HERE, THERE = "192.0.2.7", "192.0.2.8"
PROXY: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.1"), ipaddress.ip_network("10.0.0.0/24"))


def failed(times: int, *, every_seconds: float = 1) -> Attempts:
    attempts = Attempts()
    for number in range(times):
        attempts.count(HERE, number * every_seconds)
    return attempts


def test_thirty_failures_in_ten_minutes_close_the_door_to_that_address_until_they_are_over() -> None:
    attempts = failed(MOST_FAILURES)

    assert failed(MOST_FAILURES - 1).seconds_to_wait(HERE, 29) == 0
    assert attempts.seconds_to_wait(HERE, 29) == WITHIN_SECONDS - 29
    assert attempts.seconds_to_wait(THERE, 29) == 0
    assert attempts.seconds_to_wait(HERE, WITHIN_SECONDS - 1) == 1
    assert attempts.seconds_to_wait(HERE, WITHIN_SECONDS) == 0


def test_when_it_opens_again_each_further_failure_closes_it_until_the_next_is_over() -> None:
    attempts = failed(MOST_FAILURES, every_seconds=10)

    attempts.count(HERE, WITHIN_SECONDS)

    assert attempts.seconds_to_wait(HERE, WITHIN_SECONDS) == 10
    assert attempts.seconds_to_wait(HERE, WITHIN_SECONDS + 10) == 0


def test_failures_far_apart_close_nothing() -> None:
    attempts = failed(MOST_FAILURES * 3, every_seconds=21)

    assert attempts.seconds_to_wait(HERE, MOST_FAILURES * 3 * 21) == 0


def test_what_was_begun_and_ended_well_is_not_counted() -> None:
    attempts = failed(MOST_FAILURES)

    attempts.forgive_last(HERE)
    attempts.forgive_last(THERE)

    assert attempts.seconds_to_wait(HERE, 29) == 0


def test_a_pause_is_recorded_once_in_a_quarter_of_an_hour() -> None:
    attempts = failed(MOST_FAILURES)
    times = [(HERE, 30.0), (HERE, 31.0), (THERE, 32.0), (HERE, 30.0 + RECORDED_EVERY_SECONDS)]

    assert [attempts.is_to_be_recorded(address, now) for address, now in times] == [True, False, True, True]


def test_however_many_addresses_fail_a_bounded_number_is_remembered_the_latest_of_them() -> None:
    attempts = Attempts()

    for number in range(MOST_ADDRESSES * 2):
        attempts.count(f"old {number}", 0)
    for _ in range(MOST_FAILURES):
        attempts.count(HERE, 1)
        attempts.count("another", 1)
    for number in range(MOST_ADDRESSES - 2):
        attempts.is_to_be_recorded(f"new {number}", 2)

    assert len(attempts) == MOST_ADDRESSES
    assert attempts.seconds_to_wait(HERE, 2) > 0


@pytest.mark.parametrize(
    ("client", "forwarded", "proxies", "caller"),
    [
        ("192.0.2.7", [], (), "192.0.2.7"),
        ("192.0.2.7", ["198.51.100.9"], (), "192.0.2.7"),
        ("127.0.0.1", ["198.51.100.9"], (), "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.9"], PROXY, "198.51.100.9"),
        ("127.0.0.1", ["203.0.113.5, 198.51.100.9"], PROXY, "198.51.100.9"),
        ("127.0.0.1", ["203.0.113.5", "198.51.100.9, 10.0.0.4"], PROXY, "198.51.100.9"),
        ("192.0.2.7", ["198.51.100.9"], PROXY, "192.0.2.7"),
        ("127.0.0.1", ["198.51.100.9, nonsense"], PROXY, "127.0.0.1"),
        ("127.0.0.1", ["nonsense, 198.51.100.9:4711"], PROXY, "198.51.100.9"),
        ("127.0.0.1", ["[2001:db8:1:2:3::9]:443"], PROXY, "2001:db8:1:2::/64"),
        ("127.0.0.1", [""], PROXY, "127.0.0.1"),
        ("2001:db8:1:2:aaaa::1", [], (), "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::1", [], (), "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", [], (), "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", [], (), "192.0.2.7"),
        ("a socket of this machine", [], (), UNKNOWN),
    ],
)
def test_the_address_is_the_sockets_unless_a_named_proxy_says_whose_it_is(
    client: str, forwarded: list[str], proxies: tuple[Network, ...], caller: str
) -> None:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]

    assert caller_of({"type": "http", "client": (client, 50000), "headers": headers}, proxies) == caller
