"""Servers that do what no server should: each fault is named, no secret is lost to it, and nobody waits beyond the limit."""

import contextlib
import pathlib
import socket
import socketserver
import struct
import time

import seeds
from forms import forms_of
from harness import Skipped, check, expect
from sinks import LoopbackServer

#: Seconds that a reply may take in these checks.
LIMIT = 0.6
#: The stages at which a fault strikes, by the beginning of the command whose reply it spoils; the greeting answers none.
STAGES = (b"", b"EHLO", b"MAIL", b"RCPT", b"DATA", b".")
GOOD = {
    b"": b"220 mx.example.test ESMTP\r\n",
    b"EHLO": b"250-mx.example.test\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 1000000\r\n",
    b"DATA": b"354 go ahead\r\n",
    b"QUIT": b"221 bye\r\n",
}


def reset(server):
    server.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    server.request.close()
    raise ConnectionResetError


def dribble(server, good):
    for octet in good:
        server.say(bytes([octet]))
        time.sleep(0.2)


def endless(server, good):
    while True:
        server.say(good[:3] + b"-and so on\r\n" * 1000)


def waiting(server, good):
    time.sleep(30)


#: Fault: what the server does in place of its good reply; the exit codes that are right; a word of the output.
FAULTS = {
    "closes": (lambda server, good: server.leave(), {75, 76}, "closed"),
    "resets": (lambda server, good: reset(server), {75, 76}, "RST"),
    "answers, then resets": (lambda server, good: (server.say(good), reset(server)), {75, 76, 0}, ""),
    "is silent": (waiting, {75}, "no complete reply"),
    "dribbles": (dribble, {75}, "no complete reply"),
    "never ends its reply": (endless, {75, 76}, ""),
    "sends a line of 300 KB": (lambda server, good: server.say(good[:3] + b" " + b"A" * 300_000 + b"\r\n"), {0}, ""),
    "ends its lines with LF": (lambda server, good: server.say(good.replace(b"\r\n", b"\n")), {0}, "bare-line-feed"),
    "contradicts itself": (
        lambda server, good: server.say(b"550-no\r\n" + good[:3] + b" yes\r\n"), {76, 77}, "contradictory-codes",
    ),
    "sends no code": (lambda server, good: server.say(b"hello there\r\n"), {75, 76}, "not-a-reply"),
    "answers twice": (lambda server, good: server.say(good + b"250 and again\r\n"), {76}, "nobody"),
    "says 421": (lambda server, good: (server.say(b"421 4.3.2 closing\r\n"), server.leave()), {75}, "421"),
    "speaks Shift_JIS": (
        lambda server, good: server.say(good[:3] + " \u5b9b\u5148\u4e0d\u660e\u3067\u3059\x1b[2J\r\n".encode("shift_jis")), {0}, "-- Shift_JIS: \u5b9b\u5148\u4e0d\u660e\u3067\u3059\\x1b[2J",
    ),
    "sends escapes": (lambda server, good: server.say(good[:3] + b" \x1b]0;PWN\x07\x1b[2J\r\n"), {0}, "\\x1b"),
}  # fmt: skip


class Faulty(LoopbackServer, socketserver.ThreadingTCPServer):
    """Behaves but for one reply."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                self.answer(b"")
                in_message = False
                while line := self.rfile.readline():
                    if in_message and line != b".\r\n":
                        continue
                    in_message = line.startswith(b"DATA")
                    self.answer(line[:4].strip())
                    if line.startswith(b"QUIT"):
                        return

        def answer(self, verb):
            good = GOOD.get(verb, b"250 2.0.0 ok\r\n")
            if verb == self.server.stage:
                self.server.fault(self, good)
            else:
                self.say(good)

        def say(self, text):
            self.wfile.write(text)

        def leave(self):
            raise ConnectionAbortedError

    def __init__(self, stage, fault):
        super().__init__()
        self.stage, self.fault = stage, fault


@check("every fault at every stage ends in time, with an exit code that is not success, and under its own name")
def built_in(place):
    wrong = []
    limits = [f"--timeout={stage}={LIMIT}" for stage in "connect greeting tls command data eod quit".split()]
    for name, (fault, statuses, word) in FAULTS.items():
        for stage in STAGES:
            with Faulty(stage, fault) as server:
                done = place.porthole(
                    "send", f"127.0.0.1:{server.port}", "--from", "a@x.test", "--to", "b@y.test", "--send", *limits, seconds=20
                )  # fmt: skip
            # What comes behind the acceptance of the message takes nothing back.
            statuses = statuses | {0} if (name, stage) == ("answers twice", b".") else statuses
            faults = []
            if done.status not in statuses:
                faults.append(f"exit {done.status}, not {' or '.join(map(str, sorted(statuses)))}")
            if word not in done.out + done.err:
                faults.append(f"{word!r} is not named")
            if done.seconds > 6 * LIMIT + 4:
                faults.append(f"it took {done.seconds:.1f} s")
            if faults:
                at = stage.decode() or "the greeting"
                wrong.append(f"at {at} the server {name}: {'; '.join(faults)}\n{done.out[-900:]}{done.err[-300:]}")
    expect(not wrong, "every fault is survived and named", "\n".join(wrong))


@check("96 seeds of the generator of hostile servers: no crash, no hang, no secret, every injection seen")
def generated(place):
    server = pathlib.Path(place.repository).parent / "shared/tools/hostile_smtp_server.py"
    if not server.is_file():
        raise Skipped("the generator of hostile servers is not beside the repository; the faults built in are checked")
    faults, figures = seeds.walk(place.binary, server, 0, 96, 3, place.folder / "seeds")
    expect(not faults, figures, "\n".join(faults))
