"""No secret is left behind: not in arguments, output, journals or an image of the process, not even when it is echoed."""

import base64
import contextlib
import os
import pathlib
import re
import resource
import signal
import socketserver
import ssl
import subprocess
import threading

from forms import forms_of
from harness import check, expect, until
from peers import Certificate
from sinks import LoopbackServer
from terminal import Terminal

USER, SECRET = "probe", "kX9-s3cr3t/Zq+7"
PLAIN = base64.b64encode(f"\0{USER}\0{SECRET}".encode()).decode()
MECHANISMS = ("plain", "login", "cram-md5", "scram-sha-1", "scram-sha-256", "xoauth2", "oauthbearer")


class Parrot(LoopbackServer, socketserver.ThreadingTCPServer):
    """Offers every mechanism under TLS and says back, in its replies, whatever it hears, plain and in base64."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                self.converse()

        def converse(self):
            say = lambda text: self.wfile.write(text + b"\r\n")  # noqa: E731
            is_secure, awaited, echo = False, 0, b""
            say(b"220 parrot.example.test ESMTP")
            while line := self.rfile.readline().rstrip(b"\r\n"):
                self.server.heard.append((is_secure, line))
                verb = line[:4].upper()
                if awaited or verb == b"AUTH":
                    echo = b" " + SECRET.encode()
                if awaited:
                    awaited -= 1
                    say(b"334 " if awaited else self.server.verdict + b" you said " + line + echo)
                elif verb == b"EHLO":
                    mechanisms = " ".join(MECHANISMS).upper().encode()
                    say(b"250-parrot\r\n250-PIPELINING\r\n250 " + (b"AUTH " + mechanisms if is_secure else b"STARTTLS"))
                elif verb == b"STAR":
                    say(b"220 go")
                    secured = self.server.context.wrap_socket(self.request, server_side=True)
                    self.rfile, self.wfile = secured.makefile("rb"), secured.makefile("wb", 0)
                    is_secure = True
                elif verb == b"AUTH" and self.server.is_mute:
                    continue
                elif verb == b"AUTH" and len(line.split()) == 3 and not line.upper().startswith(b"AUTH SCRAM"):
                    say(self.server.verdict + b" you said " + line + echo)
                elif verb == b"AUTH":
                    # CRAM-MD5 wants a challenge, LOGIN two questions; SCRAM is given one that it has to give up at.
                    awaited = 2 if b"LOGIN" in line.upper() else 1
                    say(b"334 PDFAcGFycm90Pg==" if awaited == 1 else b"334 VXNlcm5hbWU6")
                elif verb == b"QUIT":
                    say(b"221 bye" + echo)
                    return
                else:
                    say(b"250 ok" + echo)

    def __init__(self, place, verdict=b"535 5.7.8", is_mute=False):
        super().__init__()
        certificate = Certificate(place.folder)
        self.trusted = certificate.path
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate.path, certificate.key)
        self.verdict, self.is_mute, self.heard = verdict, is_mute, []


def expect_none(where, text):
    text = text if isinstance(text, bytes) else text.encode()
    for form in forms_of(USER, SECRET):
        if form in text:
            start = text.index(form)
            expect(False, f"{where} holds no form of the secret ({form!r})", repr(text[max(0, start - 200) : start + 200]))


def expect_nothing_left(place, secret_file):
    """Everything below the check's folder but the secret's own file."""
    for path in place.folder.rglob("*"):
        if path.is_file() and str(path) != secret_file:
            expect_none(str(path.relative_to(place.folder)), path.read_bytes())


@check("the secret of no mechanism, accepted or refused, is in output, JSON or journal, though the server echoes it")
def echoed(place):
    secret_file = place.write("secret", SECRET + "\n")
    os.chmod(secret_file, 0o600)
    for verdict in (b"235 2.7.0", b"535 5.7.8"):
        parrot = place.enter(Parrot(place, verdict))
        for mechanism in MECHANISMS:
            for form in ((), ("--json",)):
                done = place.porthole(
                    "send", f"127.0.0.1:{parrot.port}", "--ca-file", parrot.trusted, "--auth", mechanism,
                    "--auth-user", USER, "--password-file", secret_file, "--to", "user@example.test", *form,
                )  # fmt: skip
                expect(b"AUTH" in b" ".join(line for _, line in parrot.heard), "AUTH was said", done.evidence)
                expect_none(f"{mechanism} {' '.join(form)}: what send prints", done.out + done.err)
        expect(all(secure for secure, line in parrot.heard if line[:4] == b"AUTH"), "AUTH only under TLS")
    expect(len(list(place.state.iterdir())) >= 2 * 2 * len(MECHANISMS), "every session was kept")
    expect_nothing_left(place, secret_file)
    for session in sorted(place.state.iterdir())[:4]:
        for form in ((), ("--json",)):
            expect_none("what replay prints", place.porthole("replay", session, "--plain", *form).out)


@check("while a session waits, the secret is in no argument; a process that dies then leaves no image of itself")
def images(place):
    parrot = place.enter(Parrot(place, is_mute=True))
    for source in ("--password-fd", "--password-file", "--password-env"):
        secret_file = place.write("secret", SECRET + "\n")
        value = {"--password-fd": "0", "--password-file": secret_file, "--password-env": "PROBE_SECRET"}[source]
        parrot.heard.clear()
        process = subprocess.Popen(
            [
                place.binary, "send", f"127.0.0.1:{parrot.port}", "--ca-file", parrot.trusted, "--auth", "plain",
                "--auth-user", USER, source, value,
            ],
            cwd=place.folder, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=place.environment | ({"PROBE_SECRET": SECRET} if source == "--password-env" else {}),
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2),
        )  # fmt: skip
        try:
            process.stdin.write(SECRET.encode() + b"\n")
            process.stdin.close()
            until(lambda: any(line[:4] == b"AUTH" for _, line in parrot.heard), 15, "AUTH is said")
            about = pathlib.Path("/proc") / str(process.pid)
            expect_none("the argument list", (about / "cmdline").read_bytes())
            limit = re.search(r"Max core file size +(\S+)", (about / "limits").read_text()).group(1)
            expect(limit in ("0", "1"), f"no image may be written (the limit is {limit})")
            children = (about / "task" / str(process.pid) / "children").read_text()
            expect(children.strip() == "", "there are no children that could inherit it", children)
        finally:
            process.send_signal(signal.SIGABRT)
            process.wait(timeout=10)
        os.unlink(secret_file)
        expect(not list(place.folder.glob("core*")), "no image of the process is left", str(list(place.folder.iterdir())))
    expect_nothing_left(place, "")


@check("a password typed as AUTH by hand is on no screen and in no journal of the dashboard")
def typed(place):
    parrot = place.enter(Parrot(place))
    with Terminal(place, 100, 40) as terminal:
        terminal.start(f"127.0.0.1:{parrot.port}", "--ca-file", parrot.trusted, "--to", "user@example.test")
        terminal.wait_for("1 Session")
        terminal.press("r")
        terminal.wait_for("250 ok")
        terminal.press("c")
        terminal.line(f"AUTH PLAIN {PLAIN}")
        terminal.wait_for("535")
        expect_none("the screen", terminal.screen)
        terminal.press("v")
        expect_none("the screen with the bytes", terminal.settled())
    said = [line for _, line in parrot.heard if line.startswith(b"AUTH")]
    expect(said == [f"AUTH PLAIN {PLAIN}".encode()], "it went out as it was typed", str(said))
    for path in place.state.iterdir():
        expect_none(path.name, path.read_bytes())

