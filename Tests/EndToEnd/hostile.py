"""Peers that mean ill by the terminal: an SMTP server, a name server and a log that are full of control sequences."""

import contextlib
import socketserver
import ssl
import struct
import subprocess

from sinks import LoopbackServer

#: What must never reach a terminal as it is: title, colour, 8-bit CSI and OSC, bidi override, bell, shift, NUL, clear, DEL.
PAYLOAD = (
    b"\x1b]0;PWN\x07\x1b[31337;1mA\x1b[2J\x9b31337mB\x9d0;PWN\x9c\xc2\x9b31337mC\x1bP1$r\x1b\\\x1b_PWN\x1b\\"
    b"\xe2\x80\xaeD\xe2\x81\xa6E\xe2\x80\x8bF\x00\x0e\x0f\x05\x08\x7f\r\x1b[6n"
)


class HostileSMTP(LoopbackServer, socketserver.ThreadingTCPServer):
    """Puts the payload into its banner, its EHLO list, its certificate and every reply; knows no recipient."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                self.say(b"220 mx PWNbanner " + PAYLOAD)
                while line := self.rfile.readline():
                    verb = line[:4].upper()
                    if verb == b"EHLO":
                        self.say(
                            b"250-mx PWNehlo " + PAYLOAD,
                            b"250-X" + PAYLOAD + b" PWN",
                            b"250-AUTH PLAIN " + PAYLOAD,
                            b"250-STARTTLS",
                            b"250 SIZE 10" + PAYLOAD,
                        )
                    elif verb == b"STAR":
                        self.say(b"220 PWNtls " + PAYLOAD)
                        secured = self.server.context.wrap_socket(self.request, server_side=True)
                        self.rfile, self.wfile = secured.makefile("rb"), secured.makefile("wb", 0)
                    elif verb == b"RCPT":
                        self.say(b"550-5.1.1 PWNrcpt " + PAYLOAD, b"550 5.1.1 " + PAYLOAD + b" user unknown")
                    elif verb == b"QUIT":
                        self.say(b"221 PWNquit " + PAYLOAD)
                        return
                    else:
                        self.say(b"250 2.1.0 PWNok " + PAYLOAD)

        def say(self, *lines):
            for line in lines:
                self.wfile.write(line + b"\r\n")

    def __init__(self, place):
        super().__init__()
        key, certificate = place.path("hostile-key.pem"), place.path("hostile.pem")
        name = "PWNcert\x1b]0;PWN\x07\x1b[31337m\u009b31337m\u202eD"
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-utf8",
                "-subj",
                f"/CN={name}/O={name}",
                "-addext",
                "subjectAltName=DNS:PWN\x1b]0;PWN\x07.test",
                "-keyout",
                key,
                "-out",
                certificate,
            ],
            check=True,
            capture_output=True,
            timeout=30,
        )
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)


class NameServer(LoopbackServer, socketserver.ThreadingUDPServer):
    """Answers A with 127.0.0.1; MX, PTR and TXT with the payload in names and strings; `nosuch` does not exist."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            message, reply = self.request
            name, position = [], 12
            while message[position]:
                name.append(message[position + 1 : position + 1 + message[position]])
                position += 1 + message[position]
            kind = struct.unpack("!H", message[position + 1 : position + 3])[0]
            question = message[12 : position + 5]
            # A question for the root has no labels.
            absent = bool(name) and name[0].lower().startswith(b"nosuch")
            records, code = ([], 3) if absent else (self.records(kind), 0)
            answer = message[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, len(records), 0, 0) + question
            for data in records:
                answer += b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 60, len(data)) + data
            reply.sendto(answer, self.client_address)

        def records(self, kind):
            label = b"PWN" + PAYLOAD[:50]
            host = bytes([len(label)]) + label + b"\x04test\x00"
            if kind == 1:
                return [b"\x7f\x00\x00\x01"]
            if kind == 15:
                return [struct.pack("!H", 10) + host]
            if kind == 12:
                return [host]
            if kind == 16:
                text = b"v=spf1 PWN" + PAYLOAD + b" -all"
                other = b"v=DMARC1; p=none; PWN" + PAYLOAD
                return [bytes([len(text)]) + text, bytes([len(other)]) + other]
            return []


def hostile_log():
    """A gateway's log with the payload in host names, addresses, subjects, remote replies, and lines of no format."""
    safe = PAYLOAD.replace(b"\r", b"")
    stamp = b"Sat Nov 21 19:40:1%d 2026 "
    lines = [
        b"Info: New SMTP ICID 7 interface Data 1 (192.0.2.25) address 192.0.2.77 reverse dns host PWN"
        + safe
        + b" verified no",
        b"Info: ICID 7 ACCEPT SG UNKNOWNLIST match sbrs[none] SBRS None country PWN" + safe,
        b"Info: Start MID 9 ICID 7",
        b"Info: MID 9 ICID 7 From: <PWN" + safe + b"@example.net>",
        b"Info: MID 9 ICID 7 RID 0 To: <user" + safe + b"@example.test>",
        b'Info: MID 9 Subject "PWN' + safe + b'"',
        b"Info: MID 9 ready 999 bytes from <PWN" + safe + b"@example.net>",
        b"Info: Bounced: DCID 3 MID 9 to RID 0 - Bounced by destination server with response: 5.1.0 - "
        b"Unknown address error ('550', ['5.1.1 PWN" + safe + b" user unknown']) []",
        b"Info: MID 9 PWN" + safe,
    ]
    text = b"".join(stamp % number + line + b"\n" for number, line in enumerate(lines))
    return text + b"PWN no format at all " + safe + b"\n" + safe * 40 + b"\n"
