"""Resolvers that are down, silent, lie, strip DNSSEC or are not there: one finding each, and the session goes on."""

import json
import pathlib
import shutil
import socket
import socketserver
import subprocess

from harness import Skipped, check, expect, until
from logs import Reader
from sinks import LoopbackServer, Sink
from terminal import Terminal, prose


class Meddler(LoopbackServer, socketserver.ThreadingUDPServer):
    """A resolver between the program and the lab's name server, which changes what passes: see `meddle`."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            query, here = self.request
            end = 12
            while query[end]:
                end += 1 + query[end]
            end += 5
            query = bytearray(query)
            if self.server.conduct == "silent":
                return
            if self.server.conduct == "strips" and query[11] == 1:
                query[end + 7] &= 0x7F  # the DO bit of the OPT record
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as upstream:
                upstream.settimeout(5)
                upstream.sendto(query, self.server.upstream)
                answer = upstream.recv(65535)
            if self.server.conduct == "lies" and answer[3] & 15 == 3 and query[end - 4 : end - 2] == b"\0\1":
                record = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + socket.inet_aton("203.0.113.80")
                answer = answer[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + bytes(query[12:end]) + record
            here.sendto(answer, self.client_address)

    def __init__(self, upstream, conduct):
        super().__init__()
        host, port = upstream.rsplit(":", 1)
        self.upstream, self.conduct = (host, int(port)), conduct

    @property
    def name(self):
        return f"127.0.0.1:{self.port}"


def closed_port():
    """A port of the loopback on which nobody listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def looked_up_in_dashboard(place, sentence, *arguments):
    """A session to RCPT at a server of ours and a look at example.test, at 80x24: the sentence is in the DNS pane."""
    sink = place.enter(Sink())
    with Terminal(place) as terminal:
        terminal.start(f"127.0.0.1:{sink.port}", "--from", "a@x.example", "--to", "b@y.example", *arguments)
        terminal.wait_for("ready for")
        terminal.press(":")
        terminal.line("dns example.test")
        terminal.press("3", "z")
        terminal.wait_for("ZOOM")
        wanted = sentence.replace(" ", "")

        def told():
            return wanted in prose(terminal.screen).replace(" ", "")

        for _ in range(300):
            if told():
                break
            terminal.settled()
        screen = terminal.screen
        expect(told(), f"the pane says: {sentence}", screen)
        expect(prose(screen).replace(" ", "").count(wanted) == 1, "once", screen)
        terminal.press("z", "1", "r")
        terminal.wait_for("RCPT TO", "250 2.0.0 ok")
        until(
            lambda: b"RCPT TO:<b@y.example>" in sink.received, 20, "the session is unhurt", lambda: terminal.screen
        )


@check("a resolver that is down is one finding, on the command line and in the dashboard, and the session is unhurt")
def down(place):
    nobody = closed_port()
    done = place.porthole("check", "example.test", "--source", "192.0.2.3", "--resolver", nobody, "--json")
    codes = [finding["code"] for finding in done.json()["findings"]]
    expect(codes == ["dns.resolver.down"] and done.status == 75, "one finding, and 75", done.evidence)
    looked_up_in_dashboard(
        place, f"the name server {nobody} does not answer: port {nobody[10:]} is closed", "--resolver", nobody
    )


@check("a resolver that never answers is one finding")
def silent(place):
    with Meddler("127.0.0.1:9", "silent") as mute:
        done = place.porthole("check", "example.test", "--resolver", mute.name, "--json", seconds=60)
    codes = [finding["code"] for finding in done.json()["findings"]]
    expect(codes == ["dns.resolver.down"] and done.status == 75, "one finding, and 75", done.evidence)
    expect("is silent, even about names" in done.out, "silence is not a closed port", done.evidence)


@check("a resolver that lies about NXDOMAIN, and one that strips DNSSEC, are one finding each, and the session is unhurt")
def dishonest(place):
    with Reader(place, "lab") as reader:
        reader.wait_for("\n", 15)
        lab = json.loads(reader.out)
        with Meddler(lab["resolver"], "lies") as liar:
            done = place.porthole("check", "example.test", "--resolver", liar.name, "--json")
            codes = [finding["code"] for finding in done.json()["findings"]]
            expect(codes.count("dns.resolver.rewrites") == 1, "the lie is found", done.evidence)
            looked_up_in_dashboard(place, f"resolver {liar.name} rewrites NXDOMAIN", "--resolver", liar.name)
        with Meddler(lab["resolver"], "strips") as stripper:
            done = place.porthole(
                "check", "example.test", "--resolver", stripper.name, "--trust-anchor", lab["trustAnchor"], "--json"
            )
            codes = [finding["code"] for finding in done.json()["findings"]]
            expect(codes.count("dns.dnssec.not-validated") == 1, "it is found", done.evidence)
            expect("dns.dnssec.bogus" not in codes and done.status == 0, "and nothing is bogus", done.evidence)
            words = f"DNSSEC cannot be validated through {stripper.name}: the resolver leaves the signatures out"
            looked_up_in_dashboard(place, words, "--resolver", stripper.name)


@check("without a name server the dashboard starts, says that none is configured, and the session is unhurt")
def not_configured(place):
    script = 'mount --bind "$0" /etc/resolv.conf && exec "$@"'
    empty = place.write("resolv.conf", "search example.test\n")
    if shutil.which("unshare") is None or not pathlib.Path("/etc/resolv.conf").exists():
        raise Skipped("there is no unshare, or no resolv.conf to hide")
    trial = ["unshare", "-rm", "sh", "-c", script, empty, "true"]
    if subprocess.run(trial, capture_output=True, timeout=10).returncode != 0:
        raise Skipped("no user namespaces here, in which resolv.conf could be another one")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if probe.connect_ex(("127.0.0.1", 53)) == 0:
            raise Skipped("this machine has a name server of its own on port 53")
    binary = place.binary
    place.binary = place.write(
        "porthole", f"#!/bin/sh\nexec unshare -rm sh -c '{script}' '{empty}' '{binary}' \"$@\"\n"
    )
    pathlib.Path(place.binary).chmod(0o755)
    place.asks_system = True
    done = place.porthole("check", "example.test")
    expect(done.status == 66 and "names no name server" in done.err, "check says so in a sentence", done.evidence)
    looked_up_in_dashboard(place, "no name server is configured: /etc/resolv.conf names no name server")
