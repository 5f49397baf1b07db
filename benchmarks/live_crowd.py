"""`python -m benchmarks.live_crowd PORT ADDRESS COOKIE LISTENERS FIRST`: many listeners of one stream in one process.

Raw sockets and one epoll: the cost of listening must not be mistaken for the cost of telling. What is asked comes as
one JSON object per line on the standard input, and is answered in the same way:

{"reconnects": n, "seconds": s}: let so many listeners come back with Last-Event-ID, spread over so many seconds
{"committed": {number: moment}}: wait until all have heard these, and answer how long after its moment each was heard
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import select
import socket
import sys
import time
from array import array

OPENING_AT_ONCE = 32
PATIENCE_SECONDS = 20.0
_MARK = re.compile(rb"id: (\d+)\n(event: (\w+))?")
_END = b"\n\n\r\n"


class Tab:
    """One listener. `heard` counts its events, `last` is the number it would resume from."""

    def __init__(self, last: int) -> None:
        self.line: socket.socket | None = None
        self.rest = b""
        self.is_open = False
        self.heard = self.last_event = 0
        self.last = last


class Crowd:
    def __init__(self, port: int, address: str, cookie: str, listeners: int, first: int) -> None:
        self.port = port
        self.request = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nAccept: text/event-stream\r\n"
        self.tabs = [Tab(first) for _ in range(listeners)]
        self.waiting = list(self.tabs)
        self.opening = 0
        self.by_line: dict[int, Tab] = {}
        self.poll = select.epoll()
        self.poll.register(sys.stdin.fileno(), select.EPOLLIN)
        self.parsed: dict[bytes, tuple[tuple[int, ...], int, int]] = {}
        self.times: dict[int, array[float]] = {}
        self.asked: list[dict] = []
        self.doubled = self.resets = self.cut = self.pieces = 0
        self.leave_at: list[tuple[float, Tab]] = []

    def run(self, seconds: float) -> None:
        """Listen for a while, or until something is asked."""
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until and not self.asked:
            while self.waiting and self.opening < OPENING_AT_ONCE:
                self.begin(self.waiting.pop())
            while self.leave_at and self.leave_at[-1][0] <= now:
                self.come_back(self.leave_at.pop()[1])
            for line, _ in self.poll.poll(0.01):
                if line == sys.stdin.fileno():
                    self.asked.append(json.loads(sys.stdin.readline() or '{"end": true}'))
                elif (tab := self.by_line.get(line)) is not None:
                    self.receive(tab)

    def begin(self, tab: Tab) -> None:
        tab.line, tab.rest, tab.is_open = socket.create_connection(("127.0.0.1", self.port)), b"", False
        tab.line.sendall(f"{self.request}Last-Event-ID: {tab.last}\r\n\r\n".encode())
        tab.line.setblocking(False)
        self.by_line[tab.line.fileno()] = tab
        self.poll.register(tab.line.fileno(), select.EPOLLIN)
        self.opening += 1

    def come_back(self, tab: Tab) -> None:
        """Close the line, with whatever is still in it, and begin again from the last number."""
        if tab.line is None:
            return
        self.opening -= not tab.is_open
        self.poll.unregister(tab.line.fileno())
        del self.by_line[tab.line.fileno()]
        tab.line.close()
        tab.line = None
        self.waiting.append(tab)

    def receive(self, tab: Tab) -> None:
        try:
            received = tab.line.recv(65_536)
        except BlockingIOError:
            return
        except ConnectionError:
            received = b""
        now = time.monotonic()
        if not received:
            self.cut += 1
            self.come_back(tab)
            return
        received = tab.rest + received if tab.rest else received
        if not tab.is_open:
            received = self.opened(tab, received)
        tab.rest = b"" if received.endswith(_END) else received
        if not tab.rest and received:
            self.hear(tab, received, now)

    def opened(self, tab: Tab, received: bytes) -> bytes:
        head, found, body = received.partition(b"\r\n\r\n")
        if not found:
            return received
        if b" 200 " not in head[:15]:
            raise SystemExit(f"the stream was refused: {head[:300]!r}")
        tab.is_open = True
        self.opening -= 1
        return body

    def hear(self, tab: Tab, received: bytes, now: float) -> None:
        told = self.parsed.get(received)
        if told is None:
            marks = _MARK.findall(received)
            numbers = tuple(int(number) for number, _, event in marks if event == b"changed")
            told = numbers, int(marks[-1][0]) if marks else 0, sum(event == b"reset" for _, _, event in marks)
            self.parsed[received] = told
        numbers, last, resets = told
        self.pieces += 1
        tab.last = last or tab.last
        self.resets += resets
        for number in numbers:
            if number <= tab.last_event:
                self.doubled += 1
                continue
            tab.last_event = number
            tab.heard += 1
            self.times.setdefault(number, array("d")).append(now)

    def schedule(self, reconnects: int, seconds: float) -> None:
        now, chosen = time.monotonic(), random.Random(1).sample(self.tabs, reconnects)
        self.leave_at = [(now + seconds * step / reconnects, tab) for step, tab in enumerate(chosen)][::-1]

    def result(self, committed: dict[int, float]) -> dict[str, float]:
        """Milliseconds from commit to each delivery, what is missing after a last wait, what came twice."""
        patience = time.monotonic() + PATIENCE_SECONDS
        wanted = len(committed) * len(self.tabs)
        while time.monotonic() < patience and sum(len(self.times.get(one, ())) for one in committed) < wanted:
            self.run(0.1)
        waits = sorted((moment - at) * 1_000 for one, at in committed.items() for moment in self.times.get(one, ()))
        share = (lambda part: waits[min(int(len(waits) * part), len(waits) - 1)]) if waits else (lambda part: -1.0)
        strange = len(self.times.keys() - committed)  # heard, but not of this run
        told = {"p50": share(0.5), "p95": share(0.95), "p99": share(0.99), "most": share(1.0)}
        told |= {"lost": wanted - len(waits), "doubled": self.doubled, "resets": self.resets, "cut": self.cut}
        self.times.clear()
        self.parsed.clear()
        return told | {"cpu": time.process_time(), "pieces": self.pieces, "strange": strange}


def main() -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    port, address, cookie, listeners, first = sys.argv[1:]
    crowd = Crowd(int(port), address, cookie, int(listeners), int(first))
    begun = time.monotonic()
    while not all(tab.is_open and not tab.rest for tab in crowd.tabs):
        crowd.run(0.05)
    print(json.dumps({"opened_in": time.monotonic() - begun}), flush=True)
    while True:
        while not crowd.asked:
            crowd.run(1)
        asked = crowd.asked.pop()
        if "reconnects" in asked:
            crowd.schedule(asked["reconnects"], asked["seconds"])
        elif "committed" in asked:
            told = crowd.result({int(number): moment for number, moment in asked["committed"].items()})
            print(json.dumps(told), flush=True)
        else:
            os._exit(0)


if __name__ == "__main__":
    main()
