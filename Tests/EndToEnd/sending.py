"""The session engine on the command line: AUTH, TLS demands, parameters, stages, and its exit codes."""

import contextlib
import json
import socketserver
import threading

from harness import check, expect, until
from logs import Reader
from mistakes import expect_sentence
from peers import Certificate
from postfix import Postfix
from sinks import LoopbackServer

PASSWORD, TOKEN = "lab", "lab-token"


class Scripted(LoopbackServer, socketserver.ThreadingTCPServer):
    """Greets with `greeting` and answers by the verb; 250 to what it does not know. Keeps the lines it was sent."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                if self.server.first:
                    self.server.received.append(self.rfile.readline())
                self.wfile.write(self.server.greeting)
                while line := self.rfile.readline().rstrip(b"\r\n"):
                    self.server.received.append(line)
                    verb = line.split()[0].upper()
                    self.wfile.write(self.server.replies.get(verb, b"250 ok\r\n"))
                    if verb == b"QUIT":
                        return

    def __init__(self, greeting=b"220 mx.example.test ESMTP\r\n", first=False, **replies):
        super().__init__()
        self.greeting, self.first, self.received = greeting, first, []
        self.replies = {verb.encode(): reply for verb, reply in replies.items()} | {b"QUIT": b"221 bye\r\n"}


@contextlib.contextmanager
def laboratory(place):
    with Reader(place, "lab") as lab:
        lab.wait_for("\n", 15)
        said = json.loads(lab.out)
        yield said, (said["smtp"], "--resolver", said["resolver"], "--to", "user@example.test")


@check("send authenticates by every mechanism, its secret from file, environment or descriptor, and prints none")
def mechanisms(place):
    password, token = place.write("password", PASSWORD + "\n"), place.write("token", TOKEN + "\n")
    with laboratory(place) as (said, target):
        for name in ("plain", "login", "cram-md5", "scram-sha-1", "scram-sha-256", "xoauth2", "oauthbearer"):
            file = token if "oauth" in name else password
            done = place.porthole(
                "send", *target, "--ca-file", said["caFile"], "--auth", name, "--auth-user", "probe",
                "--password-file", file, "--json",
            )  # fmt: skip
            expect(done.status == 0, f"{name} is accepted", done.evidence)
            expect(done.json()["authenticatedWith"] == name.upper(), f"the JSON says {name}", done.evidence)
            expect(TOKEN not in done.out, "the token is not in the JSON", done.evidence)
            expect("AGxhYg" not in done.out and "cHJvYmUAbGFi" not in done.out, "nor is the password", done.evidence)
        done = place.porthole(
            "send", *target, "--ca-file", said["caFile"], "--auth-user", "probe", "--password-fd", "0", "--json",
            text="wrong\n",
        )  # fmt: skip
        expect(done.status == 77 and done.json()["stage"] == "AUTH", "a wrong password is refused: 77", done.evidence)
    for file in place.state.iterdir():
        expect(TOKEN not in file.read_text(), "no secret is in a session file", str(file))


@check("send shows a client certificate, and EXTERNAL takes it")
def external(place):
    certificate = Certificate(place.folder)
    with laboratory(place) as (said, target):
        done = place.porthole(
            "send", *target, "--ca-file", said["caFile"], "--auth", "external", "--auth-user", "probe",
            "--client-cert", certificate.path, "--client-key", certificate.key, "--json",
        )  # fmt: skip
        expect(done.status == 0 and done.json()["authenticatedWith"] == "EXTERNAL", "it is taken", done.evidence)
        done = place.porthole("send", *target, "--ca-file", said["caFile"], "--auth", "external")
        expect(done.status == 76 and "not EXTERNAL" in done.out, "without a certificate it is not there", done.evidence)


@check("send does not authenticate in the clear or to a server that is not verified, and says so: 76")
def channels(place):
    password = place.write("password", PASSWORD)
    secret = ("--auth-user", "probe", "--password-file", password)
    with laboratory(place) as (_, target):
        done = place.porthole("send", *target, *secret)
        expect(done.status == 76 and "C: AUTH" not in done.out, "an unverified server gets nothing", done.evidence)
        expect("certificate was not verified" in done.err, "and the sentence says why", done.evidence)
        done = place.porthole("send", *target, *secret, "--auth-unverified-ok")
        expect(done.status == 0, "unless that is said to be fine", done.evidence)
    with Scripted(EHLO=b"250-mx\r\n250 AUTH PLAIN\r\n", AUTH=b"235 ok\r\n") as server:
        done = place.porthole("send", f"127.0.0.1:{server.port}", *secret)
        expect(done.status == 76 and "session is in the clear" in done.err, "the clear gets nothing", done.evidence)
        expect(not any(line.startswith(b"AUTH") for line in server.received), "nothing at all")
        done = place.porthole("send", f"127.0.0.1:{server.port}", *secret, "--auth-plaintext-ok")
        expect(done.status == 0 and b"AUTH PLAIN AHByb2JlAGxhYg==" in server.received, "unless allowed", done.evidence)


@check("send holds a server to its pin and its verified name: 76, and nothing is said under TLS")
def pins(place):
    with laboratory(place) as (said, target):
        done = place.porthole("send", *target, "--json")
        pin = done.json()["tls"]["chain"][0]["sha256"]
        done = place.porthole("send", *target, "--pin", pin.upper(), "--tls-verify")
        expect(done.status == 0, "the pinned certificate is good", done.evidence)
        done = place.porthole("send", *target, "--pin", "0" * 64)
        expect(done.status == 76 and "not the pinned one" in done.out, "another is not", done.evidence)
        done = place.porthole("send", *target, "--ca-file", said["caFile"], "--tls-host", "a.test", "--tls-verify")
        expect(done.status == 76 and "not verified" in done.out, "another name is not", done.evidence)
        done = place.porthole("send", *target, "--tls-max", "1.2", "--json")
        expect(done.json()["tls"]["version"] == "TLSv1.2", "the newest version is the one asked for", done.evidence)
        expect(done.json()["capabilitiesLost"] == ["STARTTLS"], "the JSON says what TLS changed", done.evidence)


@check("a refused STARTTLS lets send go on in the clear, visibly; a required one does not")
def refused_starttls(place):
    with Scripted(EHLO=b"250-mx\r\n250 STARTTLS\r\n", STARTTLS=b"454 4.7.0 not now\r\n") as server:
        done = place.porthole("send", f"127.0.0.1:{server.port}", "--to", "user@example.test")
        expect(done.status == 0 and "goes on in the clear" in done.out, "it goes on and says so", done.evidence)
        expect(b"RCPT TO:<user@example.test>" in server.received, "up to RCPT", done.evidence)
        done = place.porthole("send", f"127.0.0.1:{server.port}", "--to", "user@example.test", "--tls", "required")
        expect(done.status == 75, "required TLS that is refused for now is 75", done.evidence)
    with Scripted(EHLO=b"250 mx\r\n") as server:
        done = place.porthole("send", f"127.0.0.1:{server.port}", "--to", "user@example.test", "--tls", "required")
        expect(done.status == 76 and "does not offer STARTTLS" in done.err, "not offered is 76", done.evidence)


@check("a reply that nobody asked for stops a run: 76 and a sentence")
def unsolicited(place):
    with Scripted(greeting=b"220 mx\r\n250 surprise\r\n") as server:
        done = place.porthole("send", f"127.0.0.1:{server.port}", "--to", "user@example.test")
        expect(done.status == 76 and "nobody had asked for" in done.err, "76 and why", done.evidence)
        done = place.porthole("send", f"127.0.0.1:{server.port}", "--to", "user@example.test", "--json")
        expect(done.json()["exit"] == 76 and done.json()["shortfall"], "the JSON says it too", done.evidence)


@check("send says DSN, SIZE and BODY where they are offered, leaves them out visibly where not, and sends by hand as given")
def parameters(place):
    arguments = (
        "--to", "user@example.test X-ODD=1", "--ret", "full", "--envid", "a b", "--orcpt", "--notify", "SUCCESS",
        "--size", "4000", "--body-type", "8bitmime", "--mail-param", "X-HAND",
    )  # fmt: skip
    with Scripted(EHLO=b"250-mx\r\n250-DSN\r\n250-SIZE\r\n250 8BITMIME\r\n") as server:
        done = place.porthole("send", f"127.0.0.1:{server.port}", *arguments)
        for line in (
            b"MAIL FROM:<> SIZE=4000 BODY=8BITMIME RET=FULL ENVID=a+20b X-HAND",
            b"RCPT TO:<user@example.test> NOTIFY=SUCCESS ORCPT=rfc822;user@example.test X-ODD=1",
        ):
            expect(line in server.received, f"it says {line.decode()}", done.evidence)
    with Scripted(EHLO=b"250 mx\r\n") as server:
        done = place.porthole("send", f"127.0.0.1:{server.port}", *arguments)
        expect(b"MAIL FROM:<> X-HAND" in server.received, "only what was given by hand", done.evidence)
        expect("left out: RET, ENVID, NOTIFY, ORCPT" in done.out, "the rest is named", done.evidence)


@check("send says PROXY first, comes from its source address, and ends after the stage that was named")
def connections(place):
    with Scripted(first=True) as server:
        done = place.porthole(
            "send", f"127.0.0.1:{server.port}", "--proxy-protocol", "1", "--proxy-client", "192.0.2.1:4000",
            "--proxy-server", "198.51.100.2:25", "--source", "127.0.0.9", "--stop-after", "ehlo", "--json",
        )  # fmt: skip
        expect(done.status == 0, "it is done", done.evidence)
        expect(server.received[0] == b"PROXY TCP4 192.0.2.1 198.51.100.2 4000 25\r\n", "PROXY is first", done.evidence)
        expect([line.split()[0] for line in server.received[1:]] == [b"EHLO", b"QUIT"], "EHLO is last", done.evidence)
        expect(done.json()["local"].startswith("127.0.0.9:"), "the source is ours", done.evidence)
    for header in ("PROXY UNKNOWN", "PROXY TCP4 nonsense"):
        with Scripted(first=True) as server:
            done = place.porthole(
                "send", f"127.0.0.1:{server.port}", "--proxy-header", header, "--stop-after", "ehlo"
            )  # fmt: skip
            expect(server.received[0] == header.encode() + b"\r\n", "it goes out as it was typed", done.evidence)
            expect(f"said first: {header}" in done.out, "the transcript has it", done.evidence)
    with Scripted() as server:
        done = place.porthole("send", f"127.0.0.1:{server.port}", "--drop-after", "mail")
        expect(done.status == 0 and server.received[-1] == b"MAIL FROM:<>", "no QUIT after a drop", done.evidence)


@check("send speaks LMTP over a socket of the file system, and the JSON has a verdict for each recipient")
def lmtp(place):
    path = place.path("lmtp")
    received = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                self.wfile.write(b"220 store LMTP\r\n")
                while line := self.rfile.readline().rstrip(b"\r\n"):
                    received.append(line)
                    reply = {b"DATA": b"354 go\r\n", b"QUIT": b"221 bye\r\n"}.get(line, b"250 ok\r\n")
                    if line.startswith(b"RCPT TO:<no"):
                        reply = b"550 5.1.1 no\r\n"
                    self.wfile.write(reply)
                    if line == b"DATA":
                        while self.rfile.readline() != b".\r\n":
                            pass
                        self.wfile.write(b"250 2.1.5 stored\r\n452 4.2.2 full\r\n")

    with socketserver.ThreadingUnixStreamServer(path, Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        done = place.porthole(
            "send", path, "--lmtp", "--to", "a@x.test", "--to", "no@x.test", "--to", "b@x.test", "--json"
        )
        expect(done.status == 77 and received[0].startswith(b"LHLO"), "it says LHLO", done.evidence)
        done = place.porthole("send", path, "--lmtp", "--to", "a@x.test", "--to", "b@x.test", "--send", "--json")
        said = done.json()
        expect([row["isTaken"] for row in said["recipients"]] == [True, False], "a verdict for each", done.evidence)
        expect(done.status == 75 and said["recipients"][1]["delivery"] == "452 4.2.2 full", "75", done.evidence)
        expect("remote" not in said and said["host"] == path, "the host is the path", done.evidence)
        server.shutdown()
    done = place.porthole("send", place.path("nothing"), "--lmtp", "--to", "a@x.test")
    expect(done.status == 69 and "no such socket" in done.out, "a missing socket is 69", done.evidence)
    expect_sentence(place.porthole("send", "127.0.0.1", "--lmtp"), 64, "port 25")


@check("send --all-mx rehearses with every exchanger of a domain, and says what differs")
def all_exchangers(place):
    with laboratory(place) as (said, _):
        port = said["smtp"].rsplit(":", 1)[-1]
        arguments = ("send", "user@example.test", "--port", port, "--resolver", said["resolver"], "--all-mx")
        done = place.porthole(*arguments, "--ca-file", said["caFile"])
        expect(done.status == 0 and "mx2.example.test [127.0.0.5]" in done.out, "a row for each", done.evidence)
        expect("no difference between them" in done.out, "nothing differs", done.evidence)
        matrix = place.porthole(*arguments, "--json").json()
        hosts = [session["host"] for session in matrix["sessions"]]
        expect(hosts == ["mx1.example.test", "mx2.example.test"], "the JSON has a session for each", str(matrix))
    expect_sentence(place.porthole("send", "127.0.0.1", "--all-mx"), 64, "domain")
    expect_sentence(place.porthole("send", "a@b.test", "--all-mx", "--send"), 64, "--send")


@check("a real Postfix takes our PIPELINING, PROXY headers of both versions, XCLIENT, DSN and SIZE")
def real_postfix(place):
    postfix = place.enter(Postfix(place))
    target = f"127.0.0.1:{postfix.port}"
    mail = ("--from", "sender@example.test", "--to", "user@example.test", "--tls", "never")
    done = place.porthole(
        "send", target, *mail, "--to", "nobody@example.test", "--pipelining", "--size", "message", "--ret", "hdrs",
        "--envid", "one two", "--orcpt", "--send", "--json",
    )  # fmt: skip
    said = done.json()
    expect([row["isTaken"] for row in said["recipients"]] == [True, False], "one of two is taken", done.evidence)
    expect(done.status == 77 and said["acceptedAs"], "the other is the exit code", done.evidence)
    for version in ("1", "2"):
        done = place.porthole(
            "send", f"127.0.0.1:{postfix.proxied}", *mail, "--proxy-protocol", version, "--proxy-client",
            f"192.0.2.{version}:4000", "--proxy-server", "198.51.100.2:25",
        )  # fmt: skip
        expect(done.status == 0, f"PROXY {version} is taken", done.evidence)
    done = place.porthole("send", target, *mail, "--xclient", "ADDR=192.0.2.9 NAME=client.example", "--json")
    expect(done.status == 0, "XCLIENT is taken", done.evidence)

    def seen():
        log = open(postfix.log).read()
        return all(f"[192.0.2.{number}]" in log for number in (1, 2, 9))

    until(seen, 10, "Postfix logs the clients that it was told of", lambda: open(postfix.log).read()[-3000:])


@check("wrong options of send: 64 or 66, one sentence, and no connection is made")
def wrong_options(place):
    with Scripted() as server:
        for arguments, status, word in (
            (("--auth", "magic", "--auth-user", "a"), 64, "magic"),
            (("--auth", "plain"), 64, "--auth-user"),
            (("--password-file", "x"), 64, "--auth-user"),
            (("--auth-user", "a", "--password-file", "/nonexistent"), 66, "/nonexistent"),
            (("--auth-user", "a", "--password-env", "NOT_THERE"), 66, "NOT_THERE"),
            (("--auth-user", "a", "--password-fd", "0"), 64, "empty"),
            (("--auth-user", "a"), 64, "--password-file"),
            (("--auth-user", "a\nb", "--password-fd", "0"), 64, "--auth-user"),
            (("--auth-user", "a", "--tls", "never", "--password-fd", "0"), 64, "--auth-plaintext-ok"),
            (("--pin", "12"), 64, "SHA-256"),
            (("--ciphers", "NONSENSE"), 64, "NONSENSE"),
            (("--tls-min", "1.3", "--tls-max", "1.2"), 64, "1.3"),
            (("--client-key", "k.pem"), 64, "--client-cert"),
            (("--client-cert", "/nonexistent.pem"), 66, "/nonexistent.pem"),
            (("--ret", "some"), 64, "full"),
            (("--envid", "x" * 101), 64, "--envid"),
            (("--size", "big"), 64, "--size"),
            (("--mail-param", "A\r\nRSET"), 64, "--mail-param"),
            (("-4", "-6"), 64, "-4"),
            (("--source", "here"), 64, "here"),
            (("--proxy-protocol", "1"), 64, "--proxy-client"),
            (("--timeout", "greeting"), 64, "STAGE=SECONDS"),
            (("--stop-after", "lunch"), 64, "lunch"),
            (("--drop-after", "data"), 64, "--send"),
            (("--count", "2"), 64, "--send"),
        ):
            expect_sentence(place.porthole("send", f"127.0.0.1:{server.port}", *arguments), status, word)
        expect(server.received == [], "nothing was sent", str(server.received))


@check("porthole --plain TARGET rehearses without a terminal")
def plain(place):
    with Scripted() as server:
        done = place.porthole("--plain", f"127.0.0.1:{server.port}", "--to", "user@example.test")
        expect(done.status == 0 and "C: RCPT TO:<user@example.test>" in done.out, "up to RCPT", done.evidence)
