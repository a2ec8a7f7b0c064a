"""On the way through others: SOCKS5 and HTTP CONNECT proxies, a resumed TLS session, SCRAM bound to its channel."""

import base64
import contextlib
import hashlib
import hmac
import os
import pathlib
import re
import select
import socket
import socketserver
import ssl
import subprocess

from aiosmtpd_peer import Keeper
from exim import Exim
from harness import Skipped, check, expect, until
from interoperation import DOTS, MAIL, send
from peers import Certificate
from sending import laboratory
from sinks import LoopbackServer

USER, PASSWORD = "traveller", "kX9-pr0xy/Zq+7"


def needs(place, option):
    if option not in place.porthole("send", "--help").out:
        raise Skipped(f"this build has no {option}")


class Detour(LoopbackServer, socketserver.ThreadingTCPServer):
    """Connects on to the port `onward` of loopback wherever it was asked to go; `asked` says where that was, and by whom."""

    def __init__(self, onward, wants_user=False):
        super().__init__()
        self.onward, self.wants_user, self.asked = onward, wants_user, []

    def carry(self, client):
        with socket.create_connection(("127.0.0.1", self.onward)) as server:
            ways = {client: server, server: client}
            while True:
                for end in select.select(list(ways), [], [], 30)[0]:
                    octets = end.recv(65536)
                    if not octets:
                        return
                    ways[end].sendall(octets)


class SOCKS5(Detour):
    """RFC 1928, and RFC 1929 for a user."""

    class Handler(socketserver.StreamRequestHandler):
        rbufsize = 0

        def handle(self):
            with contextlib.suppress(OSError):
                version, count = self.rfile.read(2)
                methods = self.rfile.read(count)
                method = 2 if self.server.wants_user else 0
                if version != 5 or method not in methods:
                    return self.wfile.write(b"\x05\xff")
                self.wfile.write(bytes([5, method]))
                user = self.user() if method else ""
                if user is None:
                    return self.wfile.write(b"\x01\x01")
                _, command, _, kind = self.rfile.read(4)
                length = {1: 4, 4: 16}.get(kind) or self.rfile.read(1)[0]
                address = self.rfile.read(length)
                port = int.from_bytes(self.rfile.read(2), "big")
                host = address.decode() if kind == 3 else socket.inet_ntop({1: socket.AF_INET, 4: socket.AF_INET6}[kind], address)
                self.server.asked.append((host, port, user))
                if command != 1 or host.startswith("forbidden"):
                    return self.wfile.write(b"\x05\x02\x00\x01" + bytes(6))
                self.wfile.write(b"\x05\x00\x00\x01" + bytes(6))
                self.server.carry(self.request)

        def user(self):
            self.rfile.read(1)
            name = self.rfile.read(self.rfile.read(1)[0]).decode()
            if self.rfile.read(self.rfile.read(1)[0]).decode() != PASSWORD or name != USER:
                return None
            self.wfile.write(b"\x01\x00")
            return name


class Connect(Detour):
    """CONNECT of RFC 9110, with Basic authentication for a user."""

    class Handler(socketserver.StreamRequestHandler):
        rbufsize = 0

        def handle(self):
            with contextlib.suppress(OSError):
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    head += self.rfile.read(1)
                target = re.match(rb"CONNECT (\S+):(\d+) HTTP/1\.[01]\r\n", head)
                basic = re.search(rb"\r\nProxy-Authorization: Basic (\S+)\r\n", head, re.IGNORECASE)
                user = base64.b64decode(basic.group(1)).decode() if basic else ""
                if not target:
                    return self.wfile.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                if self.server.wants_user and user != f"{USER}:{PASSWORD}":
                    return self.wfile.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                self.server.asked.append((target.group(1).decode().strip("[]"), int(target.group(2)), user.split(":")[0]))
                self.wfile.write(b"HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n")
                self.server.carry(self.request)


@check("through SOCKS5 and HTTP CONNECT, with and without a user, the server gets the message and the proxy the address")
def proxies(place):
    needs(place, "socks5")
    password = place.write("proxy-password", PASSWORD + "\n")
    os.chmod(password, 0o600)
    with Keeper(place, tls=False) as keeper:
        mail = (*MAIL, "--body", DOTS, "--send", "--tls", "never")
        for number, (scheme, kind) in enumerate((("socks5", SOCKS5), ("socks5h", SOCKS5), ("http", Connect))):
            for wants_user in (False, True):
                with kind(keeper.port, wants_user) as proxy:
                    user = f"{USER}@" if wants_user else ""
                    secret = ("--proxy-password-file", password) if wants_user else ()
                    way = f"{scheme}://{user}127.0.0.1:{proxy.port}"
                    done = place.porthole("send", "127.0.0.9:2525", *mail, "--proxy", way, *secret)
                    expect(done.status == 0, f"{way} leads there", done.evidence)
                    asked = ("127.0.0.9", 2525, USER if wants_user else "")
                    expect(proxy.asked == [asked], f"the proxy was asked for {asked}", str(proxy.asked))
                    expect(PASSWORD not in done.out + done.err, "its password is not shown", done.evidence)
            expect(len(keeper.kept()) == 2 * (number + 1), "every message arrived", str(len(keeper.kept())))
        with SOCKS5(keeper.port, True) as proxy:
            done = place.porthole("send", "127.0.0.9:2525", *mail, "--proxy", f"socks5://127.0.0.1:{proxy.port}")
            expect(done.status == 69, "a proxy that refuses us is 69", done.evidence)
        with SOCKS5(keeper.port) as proxy:
            done = place.porthole(
                "send", "forbidden.example.test:2525", *mail, "--proxy", f"socks5h://127.0.0.1:{proxy.port}"
            )
            expect(done.status == 69 and proxy.asked[0][0] == "forbidden.example.test",
                   "socks5h leaves the name to the proxy, whose refusal is 69", done.evidence)  # fmt: skip


@check("a TLS session is resumed: Exim, and OpenSSL's own server, say so themselves")
def resumption(place):
    needs(place, "--tls-resume")
    exim = place.enter(Exim(place))
    done = send(place, exim.port, *MAIL, "--ca-file", exim.certificate.path, "--tls-resume")
    expect("resumed" in done.out, "we say so", done.evidence)
    until(lambda: "closed by QUIT" in exim.story(), 10, "Exim has seen us off", exim.story)
    certificate = Certificate(place.folder)
    for version in ("-tls1_2", "-tls1_3"):
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        listener.close()
        log = place.folder / f"s_server{version}"
        with open(log, "wb") as output:
            process = subprocess.Popen(
                ["timeout", "60", "openssl", "s_server", "-accept", str(port), "-cert", certificate.path, "-key",
                 certificate.key, version, "-naccept", "6"],
                stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            until(lambda: b"ACCEPT" in log.read_bytes(), 10, "s_server is up")
            process.stdin.write(b"220 mx.example.test ESMTP\n" * 3)
            process.stdin.flush()
            place.porthole("send", f"smtps://127.0.0.1:{port}", "--stop-after", "connect", "--tls-resume", "--timeout",
                           "greeting=2", "--timeout", "quit=1", seconds=40)  # fmt: skip
            until(lambda: b"Reused session-id" in log.read_bytes(), 10, f"s_server {version} saw its session again",
                  lambda: log.read_text(errors="replace"))  # fmt: skip
        finally:
            process.terminate()
            process.wait()


class Binding(LoopbackServer, socketserver.ThreadingTCPServer):
    """Verifies SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677) with tls-unique or tls-server-end-point (RFC 5929)."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                say = lambda text: self.wfile.write(text + b"\r\n")  # noqa: E731
                say(b"220 bound.example.test ESMTP")
                secured = None
                while line := self.rfile.readline().rstrip(b"\r\n"):
                    verb = line[:4].upper()
                    if verb == b"EHLO":
                        say(b"250-bound\r\n250 " + (b"AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256" if secured else b"STARTTLS"))
                    elif verb == b"STAR":
                        say(b"220 go")
                        secured = self.server.context.wrap_socket(self.request, server_side=True)
                        self.rfile, self.wfile = secured.makefile("rb"), secured.makefile("wb", 0)
                    elif verb == b"AUTH":
                        say(self.judge(line.split(), secured))
                    elif verb == b"QUIT":
                        return say(b"221 bye")
                    else:
                        say(b"250 ok")

        def judge(self, words, secured):
            first = base64.b64decode(words[2]).decode()
            header, bare = re.fullmatch(r"(p=([a-z-]+),,)(.*)", first).group(1, 3)
            name = re.match(r"p=([a-z-]+)", first).group(1)
            nonce = re.search(r"r=([^,]+)", bare).group(1) + "server"
            salt, rounds = b"salty", 4096
            challenge = f"r={nonce},s={base64.b64encode(salt).decode()},i={rounds}"
            self.wfile.write(b"334 " + base64.b64encode(challenge.encode()) + b"\r\n")
            last = base64.b64decode(self.rfile.readline().strip()).decode()
            without, proof = re.fullmatch(r"(.*),p=([^,]+)", last).groups()
            data = {
                "tls-unique": lambda: secured.get_channel_binding("tls-unique"),
                "tls-server-end-point": lambda: hashlib.sha256(self.server.der).digest(),
            }[name]()
            expected = base64.b64encode(header.encode() + data).decode()
            salted = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt, rounds)
            key = hmac.digest(salted, b"Client Key", "sha256")
            said = f"{bare},{challenge},{without}".encode()
            wanted = bytes(a ^ b for a, b in zip(key, hmac.digest(hashlib.sha256(key).digest(), said, "sha256")))
            is_bound = f"c={expected}" in without.split(",")
            self.server.seen.append((name, is_bound))
            if not is_bound or base64.b64decode(proof) != wanted:
                return b"535 5.7.8 not bound to this channel, or the wrong password"
            mark = hmac.digest(hmac.digest(salted, b"Server Key", "sha256"), said, "sha256")
            self.wfile.write(b"334 " + base64.b64encode(b"v=" + base64.b64encode(mark)) + b"\r\n")
            self.rfile.readline()
            return b"235 2.7.0 welcome"

    def __init__(self, place):
        super().__init__()
        self.certificate = Certificate(place.folder)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.certificate.path, self.certificate.key)
        self.der = ssl.PEM_cert_to_DER_cert(open(self.certificate.path).read())
        self.seen = []


@check("SCRAM-SHA-256-PLUS is bound to the channel: a server of another make computes the same binding, and takes it")
def bound(place):
    needs(place, "--channel-binding")
    server = place.enter(Binding(place))
    password = place.write("password", PASSWORD + "\n")
    common = ("--ca-file", server.certificate.path, "--auth", "scram-sha-256-plus", "--auth-user", USER)
    for version, binding in (("1.2", "tls-unique"), ("1.2", "tls-server-end-point"), ("1.3", "tls-server-end-point")):
        done = send(
            place, server.port, *MAIL, *common, "--password-file", password, "--tls-max", version, "--channel-binding",
            binding, "--json",
        )  # fmt: skip
        expect(done.json()["authenticatedWith"] == "SCRAM-SHA-256-PLUS", f"{binding} is taken", done.evidence)
        expect(server.seen[-1] == (binding, True), f"the server saw {binding}", str(server.seen))


@check("tls-exporter is what another make computes: GNU SASL over GnuTLS and ours prove it to each other")
def exporter(place):
    if place.peers is None:
        raise Skipped("no --peers DIR was given; .ci/peers DIR fetches GNU SASL")
    root = pathlib.Path(place.peers) / "root"
    program = root / "usr/bin/gsasl"
    if not program.is_file():
        raise Skipped(f"{program} is not there; .ci/peers fetches it")
    libraries = ":".join(map(str, [*root.glob("usr/lib/*-linux-gnu"), *root.glob("lib/*-linux-gnu")]))
    with laboratory(place) as (said, target):
        for mechanism in ("SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS"):
            theirs = subprocess.run(
                [
                    str(program), "--smtp", f"--connect={said['smtp']}", "--starttls", "-m", mechanism, "-a", "probe", "-p",
                    "lab", f"--x509-ca-file={said['caFile']}", "--verbose",
                ],
                env={"LD_LIBRARY_PATH": libraries}, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30,
            )  # fmt: skip
            heard = theirs.stdout + theirs.stderr
            first = base64.b64encode(b"p=tls-exporter,,").decode()[:20]
            expect(first in heard, "it binds to tls-exporter", heard)
            expect("server trusted" in heard and "235 " in heard, "each proved itself to the other", heard)
            # The client's side takes the very bytes that the server's side was held to above.
            done = place.porthole(
                "send", *target, "--ca-file", said["caFile"], "--auth", mechanism.lower(), "--auth-user", "probe",
                "--password-file", place.write("password", "lab\n"), "--channel-binding", "tls-exporter", "--json",
            )  # fmt: skip
            expect(done.json()["authenticatedWith"] == mechanism, "ours too", done.evidence)
