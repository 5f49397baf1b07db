"""A mail server on this machine that knows a few words: for tests that must talk to one."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Counter(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        office: PostOffice = self.server  # type: ignore[assignment]  # it is only ever served by one
        self._say("220 ready")
        for line in self.rfile:
            words = line.decode().split()
            match words[0].upper() if words else "":
                case "EHLO":
                    self._say("250-here", "250 AUTH PLAIN")
                case "AUTH":
                    self._say("235 welcome" if office.is_open else "535 5.7.8 wrong")
                case "RCPT":
                    self._say("250 ok" if office.knows_all else "550 5.1.1 no such box")
                case "DATA":
                    self._say("354 go on")
                    office.letters.append(self._letter())
                    self._say("250 taken")
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 ok")

    def _letter(self) -> str:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.decode())
        return "".join(lines)

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


class PostOffice(socketserver.ThreadingTCPServer):
    """`letters` are those it took; `is_open` lets people in, `knows_all` has a box for everybody."""

    daemon_threads = True
    is_open = True
    knows_all = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Counter)
        self.letters: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield office
        office.shutdown()
