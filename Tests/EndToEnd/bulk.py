"""Big messages of `send`: read as they go out, in no more memory than a small one, and never ended when they are not whole."""

import contextlib
import email
import email.policy
import os
import socketserver
import subprocess
import threading
import time

from harness import check, expect
from mailbox import Mailbox
from sinks import LoopbackServer

SIZE = 8_000_000
# What the pieces on their way take; held whole, the message would be there several times.
MOST_KIB = 6 << 10
MAIL = ("--from", "a@example.net", "--to", "b@example.test", "--tls", "never", "--send")


class Choosy(LoopbackServer, socketserver.ThreadingTCPServer):
    """Reads the first octets of a message, calls `meanwhile`, says `early` if there is any, and reads on to the end."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                self.wfile.write(b"220 choosy.example.test ESMTP\r\n")
                while line := self.rfile.readline():
                    verb = line.split(b" ")[0].strip().upper()
                    self.server.commands.append(verb)
                    if verb == b"DATA":
                        self.wfile.write(b"354 go on\r\n")
                        self.text()
                    elif verb == b"QUIT":
                        self.wfile.write(b"221 bye\r\n")
                        return
                    else:
                        self.wfile.write(b"250 ok\r\n")

        def text(self):
            self.rfile.read(100_000)
            self.server.meanwhile()
            self.wfile.write(self.server.early)
            while line := self.rfile.readline():
                if line == b".\r\n":
                    self.server.commands.append(b".")
                    self.wfile.write(b"250 taken\r\n")
                    return

    def __init__(self, early=b"", meanwhile=lambda: None):
        super().__init__()
        self.early, self.meanwhile, self.commands = early, meanwhile, []


def weighed(place, port, *arguments, feed=None):
    """Runs `send`. Its exit code, what it printed, and the most memory that it held, in KiB."""
    command = [place.binary, "send", f"127.0.0.1:{port}", *MAIL, *map(str, arguments)]
    with subprocess.Popen(
        command, env=place.environment, cwd=place.folder, stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        if feed:
            process.stdin.write(feed)
            process.stdin.close()
        guard = threading.Timer(120, process.kill)
        guard.start()
        memory = 0
        # What wait4(2) tells is at least what this script held when it started the program.
        while process.poll() is None:
            memory = max(memory, most(process.pid))
            time.sleep(0.005)
        out = process.stdout.read().decode(errors="replace")
        guard.cancel()
    return process.returncode, out, memory


def most(pid):
    """The most memory that a running program has held, in KiB; 0 when it is gone."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/status") as facts:
        for line in facts:
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


def lines():
    """A message of many lines, some of which begin with a dot."""
    line = b".a line that begins with a dot\r\nand one that does not\r\n"
    return b"Subject: big\r\nMessage-ID: <big@x>\r\n\r\n" + line * (SIZE // len(line))


@check("a big file, attachment or pipe goes out whole, in hardly more memory than a small one")
def big(place):
    text, octets = lines(), os.urandom(SIZE)
    raw, attached = place.write("big.eml", text), place.write("big.bin", octets)
    with Mailbox() as server:
        small = weighed(place, server.port, "--raw", place.write("small.eml", text[:20_000]))
        for arguments, feed in (
            (("--raw", raw, "--size", "message"), None),
            (("--raw", "-"), text),
            (("--body", f"@{raw}"), None),
            (("--attach", attached), None),
        ):
            status, out, memory = weighed(place, server.port, *arguments, feed=feed)
            expect(status == 0, f"{arguments} is taken", out)
            if "--raw" in arguments:
                expect(server.last == text, f"{arguments}: every octet of it", f"{len(server.last)} of {len(text)}")
            else:
                message = email.message_from_bytes(server.last, policy=email.policy.default)
                found = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
                wanted = octets if "--attach" in arguments else text
                expect(wanted in found, f"{arguments}: every octet of it", out)
            grown = memory - small[2]
            expect(grown < MOST_KIB, f"{arguments} takes at most {MOST_KIB} KiB more, not {grown}", out)
        expect(f" SIZE={len(text)}".encode() in b"".join(server.commands), "SIZE was known before", str(server.commands))


@check("a refusal before the final dot ends a big message, and it counts")
def refused(place):
    with Choosy(early=b"552 5.3.4 too big for me\r\n") as server:
        status, out, _ = weighed(place, server.port, "--raw", place.write("big.eml", lines()))
        expect(status == 77, "it is refused for good", out)
        expect("before the final dot" in out, "and that says so", out)
        expect(b"." not in server.commands, "the rest was not sent", str(server.commands))


@check("a file that changes while it goes out is never ended as if it were whole")
def changed(place):
    path = place.write("big.eml", lines())

    def grow():
        with open(path, "ab") as file:
            file.write(b"more\r\n")

    with Choosy(meanwhile=grow) as server:
        status, out, _ = weighed(place, server.port, "--raw", path)
        expect(status == 66, "it is a file that cannot be read", out)
        expect("has been changed" in out and "broken off" in out, "and that says why", out)
        expect(b"." not in server.commands, "no dot went out", str(server.commands))
