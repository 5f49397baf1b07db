"""Live rooms: how long after its commit an event reaches 2,000 listeners of one room. `make bench ONLY=live`.

The server runs as `giaoban serve` runs it, with one worker process; the listeners are a second process; this one writes
through a service, as a person's request would. GIAOBAN_DATABASE may name a PostgreSQL database.

To measure a briefing: ADDRESS its stream, APPLICATION the site's own, and `event` what happens in it.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.measurement import Measurement

ROOT = Path(__file__).resolve().parents[1]
APPLICATION, ADDRESS, WRITE_ADDRESS = "benchmarks.live_site:application", "/bench/room/", "/bench/write/"
LISTENERS, EVENTS, PACE = 2_000, 1_000, 10  # a second; a meeting of 68 sites comes nowhere near it
RECONNECTS = LISTENERS // 10
PACES, STEP_SECONDS, GOAL_MS = (5, 10, 15, 20, 30, 40, 60), 8, 250
CLIENTS = 68
AT = datetime(2020, 8, 24, 2, tzinfo=UTC)
MORE_STREAMS = ["--backpressure", "8192"]  # the server's own limit is 1,024 open requests

_names = count(1)


def event() -> None:
    """One thing happens in the room: one transaction, one ledger entry."""
    from giaoban.apps.people import services
    from giaoban.base.access import Actor

    clerk = Actor(kind="job", id=1, name="đo", day=AT.date())
    name = f"bench-{next(_names)}"
    services.open_account(actor=clerk, username=name, name=name, post="", password="", at=AT)


@dataclass
class Crowd:
    """The listeners' process."""

    process: subprocess.Popen[str]
    told: dict[str, Any] = field(default_factory=dict)  # by the last run

    def ask(self, question: dict[str, Any]) -> None:
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the listeners have ended")
        return json.loads(line)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server() -> Iterator[tuple[int, int]]:
    """(port, process) of a server on this benchmark's installation."""
    from giaoban.site.commands import serve

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    port = free_port()
    command = [*serve.server("127.0.0.1", port)[:-1], *MORE_STREAMS, APPLICATION]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    running = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths})
    try:
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            if running.poll() is not None:
                raise SystemExit("the server has ended")
            time.sleep(0.05)
        yield port, running.pid
    finally:
        running.terminate()
        running.wait()


@contextmanager
def crowd(port: int, cookie: str, first: int) -> Iterator[Crowd]:
    told = [str(port), ADDRESS, cookie, str(LISTENERS), str(first)]
    command = [sys.executable, "-m", "benchmarks.live_crowd", *told]
    listening = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Crowd(listening)
    finally:
        listening.kill()
        listening.wait()


def cpu_seconds(root: int) -> float:
    """Processor time of a process and all below it."""
    used, parents = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            pid = int(stat.parent.name)
            parents[pid], used[pid] = int(fields[1]), int(fields[11]) + int(fields[12])
    mine, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in mine} - mine
        mine, grown = mine | more, bool(more)
    return sum(used.get(pid, 0) for pid in mine) / os.sysconf("SC_CLK_TCK")


def cookies(number: int) -> list[str]:
    """So many people who are signed in."""
    from django.test import Client

    from giaoban.apps.people import services
    from giaoban.base.access import Actor

    clerk, signed_in = Actor(kind="job", id=1, name="đo", day=AT.date()), []
    for _ in range(number):
        name, client = f"listener-{next(_names)}", Client()
        account = services.open_account(actor=clerk, username=name, name=name, post="", password="", at=AT)
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        signed_in.append(f"sessionid={client.cookies['sessionid'].value}")
    return signed_in


def at_pace(pace: float, events: int) -> dict[int, float]:
    """Let things happen at a steady pace; answers when each number was committed."""
    from giaoban.base.ledger.work import head

    last, begun, committed = head(), time.monotonic(), {}
    for step in range(events):
        time.sleep(max(0.0, begun + step / pace - time.monotonic()))
        event()
        committed[last + step + 1] = time.monotonic()
    assert head() == last + events, "somebody else wrote too"
    return committed


def run_at(pace: float, events: int, listening: Crowd, pid: int, *, reconnects: int) -> dict[str, Any]:
    """One run: what the listeners measured, with the processor's part of both processes in percent of a core."""
    if reconnects:
        listening.ask({"reconnects": reconnects, "seconds": events / pace})
    begun, used, before = time.monotonic(), cpu_seconds(pid), listening.told
    committed = at_pace(pace, events)
    used, taken = cpu_seconds(pid) - used, time.monotonic() - begun
    listening.ask({"committed": committed})
    told = listening.answer()
    pieces = told["pieces"] - before.get("pieces", 0)
    told |= {
        "server": used / taken * 100,
        "crowd": (told["cpu"] - before.get("cpu", 0.0)) / taken * 100,
        "us_per_piece": used / pieces * 1_000_000 if pieces else 0.0,
        "pace": (events - 1) / (max(committed.values()) - min(committed.values())),
    }
    listening.told = told
    print(
        f"  {told['pace']:.1f} events/s to {LISTENERS} listeners, {reconnects} reconnects:"
        f" p50 {told['p50']:.0f} p95 {told['p95']:.0f} p99 {told['p99']:.0f} most {told['most']:.0f} ms;"
        f" lost {told['lost']} doubled {told['doubled']} resets {told['resets']} cut {told['cut']}"
        f" strange {told['strange']}; server {told['server']:.0f} % of a core,"
        f" {told['us_per_piece']:.0f} µs a delivery, listeners {told['crowd']:.0f} %; load {os.getloadavg()[0]:.1f}"
    )
    return told


def measure() -> Iterable[Measurement]:
    from giaoban.base.ledger.work import head

    people = cookies(CLIENTS)
    with server() as (port, pid), crowd(port, people[0], head()) as listening:
        yield Measurement("live.listeners", "listeners", [float(LISTENERS)])
        yield Measurement("live.open_s", "s", [listening.answer()["opened_in"]])
        run_at(PACE, 2 * PACE, listening, pid, reconnects=0)
        told = run_at(PACE, EVENTS, listening, pid, reconnects=RECONNECTS)
        for name in ("p50", "p95", "p99"):
            yield Measurement(f"live.{name}_ms", "ms", [told[name]])
        for name in ("lost", "doubled"):
            yield Measurement(f"live.{name}", "events", [float(told[name])])
        yield Measurement("live.server_cpu", "% of a core", [told["server"]])
        yield Measurement("live.delivery_us", "µs of a core", [told["us_per_piece"]])
        yield Measurement("live.highest_pace", "events/s", [highest_pace(listening, pid)])
        yield from together(port, people, write=account_of)  # while all of them listen


def highest_pace(listening: Crowd, pid: int) -> float:
    """The highest pace of those tried, one after the other, that keeps the goal; 0 when none does."""
    kept = 0.0
    for pace in PACES:
        told = run_at(pace, pace * STEP_SECONDS, listening, pid, reconnects=0)
        if told["p95"] > GOAL_MS or told["lost"]:
            break
        kept = told["pace"]
    return kept


@dataclass
class Write:
    """One client's write: when it was sent and answered, its status, and the number the ledger gave it."""

    form: dict[str, str]
    sent: float = 0.0
    answered: float = 0.0
    status: int = 0
    number: int = 0


def account_of(write: Write) -> dict[str, str]:
    """What the ledger's entry of this write has among its facts."""
    return {"username": write.form["name"]}


def together(
    port: int,
    people: list[str],
    *,
    write: Callable[[Write], dict[str, str]],
    address: str = WRITE_ADDRESS,
    form: Callable[[int], dict[str, str]] = lambda one: {"name": f"together-{one}"},
    queue: Callable[[], list[int]] | None = None,
) -> Iterator[Measurement]:
    """As many writes in one second as there are people, each on a line of its own: are they kept in order of commit?

    Out of order are: writes answered before another was sent and yet numbered after it, and, when `queue` gives the
    subjects of these entries in the order in which a page shows them, those that stand elsewhere than in the ledger.
    For the speakers' queue: its address, its form, the facts of its entry, and its query.
    """
    from giaoban.base.ledger.models import Entry
    from giaoban.base.ledger.work import head

    before, writes = head(), [Write(form(one)) for one in range(len(people))]
    asyncio.run(_send_all(port, people, address, writes))
    entries = list(Entry.objects.after(before).values_list("id", "subject_id", "facts"))
    for one in writes:
        wanted = write(one).items()
        one.number = next((number for number, _, facts in entries if wanted <= facts.items()), 0)
    kept = [one for one in writes if one.number]
    wrong = sum(a.answered < b.sent and a.number > b.number for a in kept for b in kept)
    if queue is not None:
        wrong += sum(shown != subject for shown, (_, subject, _) in zip(queue(), entries, strict=False))
    waits = sorted((one.answered - one.sent) * 1_000 for one in writes)
    print(f"  {len(writes)} writes in a second: {len(kept)} kept, {wrong} out of order; load {os.getloadavg()[0]:.1f}")
    yield Measurement("live.together_kept", "writes", [float(len(kept))])
    yield Measurement("live.together_out_of_order", "writes", [float(wrong)])
    yield Measurement("live.together_answer_ms", "ms", waits)


async def _send_all(port: int, people: list[str], address: str, writes: list[Write]) -> None:
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in people]
    begun = time.monotonic()

    async def send(one: int) -> None:
        reader, writer = lines[one]
        asked = request(address, people[one], writes[one].form)
        await asyncio.sleep(begun + one / len(people) - time.monotonic())
        writes[one].sent = time.monotonic()
        writer.write(asked)
        head = await reader.readuntil(b"\r\n\r\n")
        writes[one].answered = time.monotonic()
        writes[one].status = int(head.split(b" ", 2)[1])
        writer.close()

    await asyncio.gather(*(send(one) for one in range(len(people))))
    refused = [one.status for one in writes if one.status >= 400]
    if refused:
        raise SystemExit(f"writes were refused: {refused}")


def request(address: str, cookie: str, form: dict[str, str]) -> bytes:
    """A form as a browser sends it, with the two secrets every form of this house carries."""
    secret = secrets.token_hex(16)
    body = urlencode(form | {"csrfmiddlewaretoken": secret, "write_key": secrets.token_hex(16)})
    return (
        f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}; csrftoken={secret}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
