"""A server that reads every command by the letter of its RFC, for the extensions that no packaged server has."""

import contextlib
import re
import socketserver
import ssl

from harness import check, expect
from interoperation import send
from peers import Certificate
from sinks import LoopbackServer

XTEXT = r"(?:[!-*,-<>-~]|\+[0-9A-F]{2})+"
ADDRESS = r"<(?:[^<>\s@]+@[^<>\s@]+)?>"
#: The parameters of MAIL and RCPT, each by its own grammar, and the keyword that must have been offered for it.
PARAMETERS = {
    b"MAIL": {
        "SIZE": (r"=\d{1,20}", "SIZE"),
        "BODY": (r"=(?:7BIT|8BITMIME|BINARYMIME)", "8BITMIME"),
        "SMTPUTF8": ("", "SMTPUTF8"),
        "RET": (r"=(?:FULL|HDRS)", "DSN"),
        "ENVID": (f"={XTEXT}", "DSN"),
        "REQUIRETLS": ("", "REQUIRETLS"),
        "BY": (r"=-?\d{1,9};[RN]T?", "DELIVERBY"),
        "MT-PRIORITY": (r"=-?[0-9]", "MT-PRIORITY"),
        "HOLDFOR": (r"=[1-9]\d{0,8}", "FUTURERELEASE"),
        "HOLDUNTIL": (r"=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "FUTURERELEASE"),
    },
    b"RCPT": {
        "NOTIFY": (r"=(?:NEVER|(?:SUCCESS|FAILURE|DELAY)(?:,(?:SUCCESS|FAILURE|DELAY)){0,2})", "DSN"),
        "ORCPT": (f"=[A-Za-z0-9-]+;{XTEXT}", "DSN"),
    },
}
CLEAR = "SIZE 100000|8BITMIME|DSN|SMTPUTF8|PIPELINING|DELIVERBY 60|MT-PRIORITY MIXER|STARTTLS".split("|")
SECURE = [word for word in CLEAR if word != "STARTTLS"] + [
    "CHUNKING", "BINARYMIME", "REQUIRETLS", "LIMITS RCPTMAX=2 MAILMAX=3", "FUTURERELEASE 86400 2030-01-01T00:00:00Z",
]  # fmt: skip


class Strict(LoopbackServer, socketserver.ThreadingTCPServer):
    """`faults` are the lines that were against the letter, and why; `mails` the MAIL lines, `messages` the bytes."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                self.offered, self.recipients = [], 0
                self.say("220 strict.example.test ESMTP")
                while line := self.rfile.readline():
                    if not line.endswith(b"\r\n") or len(line) > 2000:
                        self.fault(line, "a line ends with CRLF")
                    if self.obey(line[:-2]) == "over":
                        return

        def obey(self, line):
            verb = line[:4].upper()
            if verb == b"EHLO":
                is_secure = isinstance(self.connection, ssl.SSLSocket)
                words = SECURE if is_secure else CLEAR
                self.offered = [word.split()[0] for word in words]
                self.say("\r\n".join(["250-strict.example.test", *(f"250-{word}" for word in words[:-1])]))
                self.say(f"250 {words[-1]}")
            elif verb == b"STAR":
                self.say("220 go")
                self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
                self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
                self.offered = []
            elif verb in PARAMETERS:
                self.read_path(verb, line)
            elif verb == b"BDAT":
                self.chunk(line)
            elif verb == b"DATA":
                self.say("354 go")
                message = b""
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    message += line[1:] if line.startswith(b".") else line
                self.take(message)
            elif verb == b"QUIT":
                self.say("221 bye")
                return "over"
            else:
                self.say("250 ok" if verb in (b"NOOP", b"RSET") else "502 5.5.1 what?")

        def read_path(self, verb, line):
            form = (rb"MAIL FROM:" if verb == b"MAIL" else rb"RCPT TO:") + ADDRESS.encode() + rb"((?: [!-~]+)*)"
            found = re.fullmatch(form, line)
            if not found:
                return self.refuse(line, "that is not the form of the command")
            seen = set()
            for word in found.group(1).decode().split():
                name, _, value = word.partition("=")
                form, keyword = PARAMETERS[verb].get(name, ("", None))
                if keyword not in self.offered or name in seen:
                    return self.refuse(line, f"{name} was not offered, or is there twice")
                if not re.fullmatch(form, word[len(name) :]):
                    return self.refuse(line, f"{word} is not the form of {name}")
                seen.add(name)
            if verb == b"MAIL":
                self.server.mails.append(line.decode())
                self.message, self.recipients = b"", 0
            else:
                self.recipients += 1
                if "LIMITS" in self.offered and self.recipients > 2:
                    return self.refuse(line, "LIMITS said two recipients")
            self.say("250 ok")

        def chunk(self, line):
            found = re.fullmatch(rb"BDAT (\d+)( LAST)?", line)
            if not found or "CHUNKING" not in self.offered:
                return self.refuse(line, "that is no BDAT, or CHUNKING was not offered")
            self.message += self.rfile.read(int(found.group(1)))
            self.take(self.message) if found.group(2) else self.say("250 that was a chunk")

        def take(self, message):
            self.server.messages.append(message)
            self.say("250 2.0.0 kept")

        def fault(self, line, why):
            self.server.faults.append(f"{line!r}: {why}")

        def refuse(self, line, why):
            self.fault(line, why)
            self.say(f"501 5.5.4 {why}")

        def say(self, text):
            self.wfile.write(text.encode() + b"\r\n")

    def __init__(self, place):
        super().__init__()
        certificate = Certificate(place.folder)
        self.trusted = certificate.path
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate.path, certificate.key)
        self.faults, self.mails, self.messages = [], [], []


@check("a server that reads by the letter takes every parameter: DSN, SIZE, REQUIRETLS, BY, MT-PRIORITY, HOLDFOR, BINARYMIME")
def letters(place):
    strict = place.enter(Strict(place))
    mail = ("--from", "sender@example.test", "--to", "user@example.test", "--ca-file", strict.trusted, "--send")
    rows = (
        (("--ret", "full", "--envid", "a b+c=d", "--notify", "SUCCESS,FAILURE", "--orcpt", "--size", "message"),
         ("RET=FULL", "ENVID=a+20b+2Bc+3Dd", "SIZE=")),
        (("--requiretls", "--deliver-by", "120;RT", "--priority=-3", "--hold-for", "60"),
         ("REQUIRETLS", "BY=120;RT", "MT-PRIORITY=-3", "HOLDFOR=60")),
        (("--hold-until", "2026-12-01T09:00:00Z", "--deliver-by", "600;N"), ("HOLDUNTIL=2026-12-01T09:00:00Z", "BY=600;N")),
        (("--bdat", "37", "--body-type", "binarymime", "--pipelining"), ("BODY=BINARYMIME",)),
        (("--body", "käse\n.dot", "--pipelining"), ("BODY=8BITMIME",)),
    )  # fmt: skip
    for arguments, words in rows:
        done = send(place, strict.port, *mail, *arguments)
        said = strict.mails[-1]
        expect(all(word in said for word in words), f"MAIL has {words}", f"{said}\n{done.evidence}")
    expect(not strict.faults, "nothing was against the letter", "\n".join(strict.faults))
    expect(len(strict.messages) == len(rows) and b".dot" in strict.messages[-1], "and every message arrived")


@check("what a server does not offer is not said: REQUIRETLS in the clear ends the session, and LIMITS are kept")
def not_offered(place):
    strict = place.enter(Strict(place))
    mail = ("--from", "sender@example.test", "--to", "user@example.test")
    done = place.porthole("send", f"127.0.0.1:{strict.port}", *mail, "--tls", "never", "--requiretls", "--send")
    expect(done.status == 76 and not strict.messages, "without TLS there is no REQUIRETLS: 76", done.evidence)
    more = [word for number in range(3) for word in ("--to", f"more{number}@example.test")]
    place.porthole("send", f"127.0.0.1:{strict.port}", *mail, *more, "--ca-file", strict.trusted)
    expect(not strict.faults, "no more recipients than LIMITS allows", "\n".join(strict.faults))
