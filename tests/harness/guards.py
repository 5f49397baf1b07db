"""What no test may do: reach the network, send mail, read the clock untold, write rows past the services; and what
each may: interrupt what it started."""

from __future__ import annotations

import ipaddress
import signal
import socket
from datetime import datetime
from typing import Any

_LOCAL_NAMES = {"localhost", "", None}


class NetworkInTest(RuntimeError):
    """A test reached for another machine."""


class ClockNotTold(RuntimeError):
    """The code under test looked at the clock, and the test did not say what time it is (fixture `at`)."""


def is_loopback(host: object) -> bool:
    """
    >>> is_loopback("127.0.0.1"), is_loopback("192.0.2.1"), is_loopback("example.org")
    (True, False, False)
    """
    if host in _LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


_connect = socket.socket.connect
_getaddrinfo = socket.getaddrinfo


def connect_locally(self: socket.socket, address: Any) -> None:
    if self.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(address[0]):
        raise NetworkInTest(f"connection to {address[0]}")
    _connect(self, address)


def resolve_locally(host: Any, *args: Any, **kwargs: Any) -> Any:
    name = host.decode() if isinstance(host, bytes) else host
    if not is_loopback(name):
        raise NetworkInTest(f"look-up of {name}")
    return _getaddrinfo(host, *args, **kwargs)


def hear_interrupts() -> None:
    """Let Ctrl+C stop what the tests start, though a shell that began the suite in the background had it ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def untold() -> datetime:
    raise ClockNotTold("ask for the fixture `at`, or pass the moment on")
