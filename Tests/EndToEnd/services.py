"""What send does beyond MAIL, RCPT and DATA: BDAT, PRDR, probes, proxies, a command's pipes, drops and limits."""

import contextlib
import socketserver
import time

from harness import check, expect, until
from mistakes import expect_sentence
from sending import Scripted, laboratory
from sinks import LoopbackServer


class Chunked(LoopbackServer, socketserver.ThreadingTCPServer):
    """Takes BDAT and reads exactly the octets that it announces; keeps the commands and the message apart."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError, ValueError):
                self.wfile.write(b"220 mx ESMTP\r\n")
                while line := self.rfile.readline().rstrip(b"\r\n"):
                    self.server.received.append(line)
                    words = line.split()
                    reply = b"250 2.0.0 ok\r\n"
                    if words[0] == b"EHLO":
                        reply = self.server.hello
                    elif words[0] == b"BDAT":
                        chunk = self.rfile.read(int(words[1]))
                        self.server.message += chunk
                        if self.server.refuses:
                            reply = b"552 5.3.4 too much\r\n"
                    elif words[0] == b"QUIT":
                        reply = b"221 bye\r\n"
                    self.wfile.write(reply)

    def __init__(self, refuses=False, hello=b"250-mx\r\n250-PIPELINING\r\n250-BINARYMIME\r\n250 CHUNKING\r\n"):
        super().__init__()
        self.refuses, self.hello, self.received, self.message = refuses, hello, [], b""


@check("send --bdat carries the message in chunks, unstuffed, and RSET follows a refused one")
def chunks(place):
    mail = ("--from", "a@example.test", "--to", "user@example.test", "--send", "--body", ".dotted")
    for extra in ((), ("--pipelining",)):
        with Chunked() as server:
            done = place.porthole("send", f"127.0.0.1:{server.port}", *mail, "--bdat", "60", *extra, "--json")
            expect(done.status == 0 and done.json()["recipients"][0]["isTaken"], "it is taken", done.evidence)
            sizes = [line for line in server.received if line.startswith(b"BDAT")]
            expect(len(sizes) > 2 and sizes[-1].endswith(b" LAST"), "in several chunks", str(sizes))
            expect(b"DATA" not in server.received, "never with DATA", str(server.received))
            expect(server.message.endswith(b"\r\n\r\n.dotted\r\n"), "no dot is added", repr(server.message))
    with Chunked(refuses=True) as server:
        done = place.porthole("send", f"127.0.0.1:{server.port}", *mail, "--bdat", "60")
        expect(done.status == 77, "a refused chunk is 77", done.evidence)
        verbs = [line.split()[0] for line in server.received]
        expect(verbs[-3:] == [b"BDAT", b"RSET", b"QUIT"], "RSET, and no other chunk", str(server.received))
    with Scripted(EHLO=b"250 mx\r\n") as server:
        done = place.porthole("send", f"127.0.0.1:{server.port}", *mail, "--bdat", "60")
        expect(done.status == 76 and "does not offer CHUNKING" in done.err, "not offered is 76", done.evidence)
        expect(not any(line.startswith(b"MAIL") for line in server.received), "before MAIL", str(server.received))


@check("send asks VRFY, EXPN, ETRN, HELP, NOOP and RSET before MAIL, and goes on after a refusal")
def probes(place):
    with Scripted(VRFY=b"550 5.1.1 unknown\r\n", HELP=b"214 none\r\n") as server:
        done = place.porthole(
            "send", f"127.0.0.1:{server.port}", "--to", "user@example.test", "--vrfy", "user", "--expn", "staff",
            "--etrn", "example.test", "--server-help", "--noop", "--rset", "--json",
        )  # fmt: skip
        verbs = [line.split()[0] for line in server.received]
        expected = [b"EHLO", b"NOOP", b"HELP", b"VRFY", b"EXPN", b"ETRN", b"RSET", b"MAIL", b"RCPT", b"QUIT"]
        expect(verbs == expected, "each in its place", str(server.received))
        steps = [step for step in done.json()["steps"] if step["request"] == "VRFY user"]
        expect(done.status == 77 and steps[0]["verdict"] == "permanent", "the refusal is 77", done.evidence)


@check("send drops the connection before a reply, ends in its time, and names a server's silences")
def ends(place):
    with Scripted() as server:
        done = place.porthole("send", f"127.0.0.1:{server.port}", "--drop-before-reply", "mail")
        # The program does not wait for the server to read.
        until(lambda: server.received[-1:] == [b"MAIL FROM:<>"], 10, "its command is out", lambda: str(server.received))
        expect(done.status == 0, "as was wanted", done.evidence)

    class Slow(Scripted):
        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                with contextlib.suppress(OSError):
                    self.wfile.write(b"220-wait\r\n")
                    time.sleep(0.4)
                    self.wfile.write(b"220 mx\r\n")
                    self.rfile.read()

    with Slow() as server:
        began = time.monotonic()
        done = place.porthole("send", f"127.0.0.1:{server.port}", "--max-time", "2", "--json")
        expect(time.monotonic() - began < 10, "it does not wait for RFC 5321's limit", done.evidence)
        said = done.json()
        expect(done.status == 75 and "time of the whole session" in said["closed"], "75 and why", done.evidence)
        greeting = next(event for event in said["events"] if event["kind"] == "reply")
        expect(greeting["pauses"][0]["afterLine"] == 1, "the silence has its place", done.evidence)
        expect(greeting["lastByteMs"] - greeting["firstByteMs"] > 300, "and its length", done.evidence)
        expect(said["times"]["connectMs"] >= 0 and said["times"]["totalMs"] > 1900, "times are there", done.evidence)


@check("the JSON explains each deviation and ties it to its command")
def deviations(place):
    with Scripted(MAIL=b"250ok\r\n", RCPT=b"550 #5.1.1 no\r\n") as server:
        done = place.porthole("send", f"127.0.0.1:{server.port}", "--to", "user@example.test", "--json")
        seen = {row["name"]: row for row in done.json()["deviations"]}
        expect(seen["no-space-after-code"]["command"] == "MAIL FROM:<>", "the command", done.evidence)
        expect(seen["status-with-hash"]["stage"] == "RCPT", "the stage", done.evidence)
        expect(all(row["meaning"].endswith(".") for row in seen.values()), "sentences", done.evidence)


@check("send speaks through a command's pipes, says whether TLS was resumed, and binds SCRAM to the channel")
def ways(place):
    with Scripted() as server:
        bridge = place.write(
            "bridge.py",
            "import os, socket, sys, threading\n"
            f"peer = socket.create_connection(('127.0.0.1', {server.port}))\n"
            "def back():\n"
            "    while data := peer.recv(4096):\n"
            "        os.write(1, data)\n"
            "    os._exit(0)\n"
            "threading.Thread(target=back).start()\n"
            "while data := os.read(0, 4096):\n"
            "    peer.sendall(data)\n",
        )
        done = place.porthole("send", "--pipe", f"python3 {bridge}", "--to", "user@example.test", "--json")
        expect(done.status == 0 and done.json()["stream"].startswith("python3"), "it is a way", done.evidence)
        expect(b"RCPT TO:<user@example.test>" in server.received, "up to RCPT", str(server.received))
    with laboratory(place) as (said, target):
        done = place.porthole("send", *target, "--ca-file", said["caFile"], "--tls-resume", "--json")
        expect(done.status == 0 and done.json()["resumption"]["isResumed"], "the lab resumes", done.evidence)
        password = place.write("password", "lab\n")
        for binding in ("tls-exporter", "tls-server-end-point"):
            done = place.porthole(
                "send", *target, "--ca-file", said["caFile"], "--auth", "scram-sha-256-plus", "--auth-user", "probe",
                "--password-file", password, "--channel-binding", binding, "--json",
            )  # fmt: skip
            expect(done.json()["authenticatedWith"] == "SCRAM-SHA-256-PLUS", binding, done.evidence)


@check("wrong options of services, probes and ways: 64, one sentence, and no connection is made")
def wrong_services(place):
    with Scripted() as server:
        for arguments, word in (
            (("--bdat", "100"), "--send"),
            (("--bdat", "0", "--send", "--to", "a@b.test"), "--bdat"),
            (("--body-type", "binarymime"), "--bdat"),
            (("--deliver-by", "soon"), "SECONDS;R"),
            (("--priority", "10"), "--priority"),
            (("--hold-for", "5", "--hold-until", "2026-11-22T09:00:00Z"), "exclude"),
            (("--hold-until", "tomorrow"), "tomorrow"),
            (("--vrfy", "a\r\nRSET"), "--vrfy"),
            (("--vrfy", " "), "--vrfy"),
            (("--xforward", "COLOUR=red"), "COLOUR"),
            (("--ehlo-again",), "--auth-user"),
            (("--drop-before-reply", "lunch"), "lunch"),
            (("--drop-before-reply", "eod"), "--send"),
            (("--max-time", "0"), "--max-time"),
            (("--interface", "nosuch0"), "nosuch0"),
            (("--proxy", "ftp://127.0.0.1"), "--proxy"),
            (("--proxy", "http://me:secret@127.0.0.1"), "never an argument"),
            (("--pipe", "cat", "--proxy", "http://127.0.0.1"), "exclude"),
            (("--channel-binding", "tls-magic", "--auth-user", "a"), "tls-magic"),
            (("--proxy-password-env", "HOME"), "USER@HOST"),
        ):
            expect_sentence(place.porthole("send", f"127.0.0.1:{server.port}", *arguments), 64, word)
        expect(server.received == [], "nothing was sent", str(server.received))
