"""What send says without a connection, what it keeps of one, and what it does without."""

import hashlib
import os
import pathlib
import ssl

from harness import check, expect
from mistakes import expect_sentence
from sending import Scripted, laboratory


@check("--dry-run says every command and connects to nobody; AUTH stands there without its secret")
def dry_run(place):
    with Scripted() as server:
        target = f"127.0.0.1:{server.port}"
        done = place.porthole(
            "send", target, "--from", "a@x.test", "--to", "b@y.test", "--send", "--auth", "plain", "--auth-user", "me",
            "--password-file", "/nowhere", "--priority", "3", "--dry-run",
        )  # fmt: skip
        commands = [line[3:] for line in done.out.splitlines() if line.startswith("C: ")]
        verbs = [command.split()[0] for command in commands]
        wanted = "EHLO STARTTLS EHLO AUTH MAIL RCPT DATA".split()
        expect(verbs[:7] == wanted and verbs[-1] == "QUIT", "in their order", done.evidence)
        expect("AUTH PLAIN [redacted]" in commands, "without the secret", done.evidence)
        expect("MAIL FROM:<a@x.test> MT-PRIORITY=3" in commands, "with its parameters", done.evidence)
        done = place.porthole("send", target, "--to", "b@y.test", "--dry-run", "--json")
        expect(done.json()["lines"][-1] == "C: QUIT" and done.json()["version"] == 1, "as JSON", done.evidence)
        for other in (("--all-mx",), ("--print-message",), ("--sessions", "2"), ("--log", place.write("log", "\n"))):
            done = place.porthole("send", target, "--to", "b@y.test", "--dry-run", *other)
            expect_sentence(done, 64, "--dry-run")
        expect(server.received == [], "nobody is connected to", str(server.received))


@check("--tls-save-chain keeps the certificates as they were sent, and overwrites nothing")
def save_chain(place):
    with laboratory(place) as (said, target):
        file = pathlib.Path(place.path("chain.pem"))
        done = place.porthole("send", *target, "--ca-file", said["caFile"], "--tls-save-chain", str(file), "--json")
        expect(done.status == 0, "the session is held", done.evidence)
        text = file.read_text()
        blocks = ["-----BEGIN" + part.split("-----END")[0] for part in text.split("-----BEGIN")[1:]]
        chain = done.json()["tls"]["chain"]
        expect(len(blocks) == len(chain) and text.startswith("subject="), "each has its block", text)
        for block, certificate in zip(blocks, chain):
            der = ssl.PEM_cert_to_DER_cert(block + "-----END CERTIFICATE-----\n")
            expect(hashlib.sha256(der).hexdigest() == certificate["sha256"], "the very certificate", text)
        expect(os.stat(file).st_mode & 0o777 == 0o600, "for its owner")
        done = place.porthole("send", *target, "--tls-save-chain", str(file))
        expect(file.read_text() == text, "is not overwritten", done.evidence)
        expect_sentence(done, 73, "it is there already")
        done = place.porthole("send", *target, "--tls-save-chain", "/nowhere/chain.pem")
        expect_sentence(done, 73, "/nowhere/chain.pem")
    expect_sentence(place.porthole("send", "127.0.0.1:1", "--to", "b@y.test", "--tls-save-chain", ""), 64, "a file")
    with Scripted() as server:
        missing = pathlib.Path(place.path("missing.pem"))
        done = place.porthole("send", f"127.0.0.1:{server.port}", "--to", "b@y.test", "--tls-save-chain", str(missing))
        expect(done.status == 76 and not missing.exists(), "without TLS there is nothing to keep", done.evidence)
        for arguments, word in (
            (("--tls", "never"), "--tls never"), (("--all-mx",), "--all-mx"), (("--sessions", "2"), "--sessions"),
        ):  # fmt: skip
            done = place.porthole(
                "send", f"127.0.0.1:{server.port}", "--to", "b@y.test", *arguments, "--tls-save-chain", str(missing)
            )
            expect(not missing.exists(), word, done.evidence)
            expect_sentence(done, 64, word)


@check("AUTH that is optional is borne when it is refused or not offered; strictly, only when it is not offered")
def optional(place):
    password = place.write("password", "s3cr3tpass\n")
    login = ("--auth", "plain", "--auth-user", "me", "--password-file", password, "--auth-plaintext-ok", "--tls", "never")
    for hello, option, status, words in (
        (b"250 mx\r\n", "--auth-optional", 0, "the session goes on without"),
        (b"250 mx\r\n", "--auth-optional-strict", 0, "the session goes on without"),
        (b"250-mx\r\n250 AUTH PLAIN\r\n", "--auth-optional", 0, "AUTH was refused: the session goes on without"),
        (b"250-mx\r\n250 AUTH PLAIN\r\n", "--auth-optional-strict", 77, "535"),
        (b"250-mx\r\n250 AUTH LOGIN\r\n", "--auth-optional-strict", 76, "not PLAIN"),
        (b"250-mx\r\n250 AUTH LOGIN\r\n", "--auth-optional", 0, "not PLAIN; the session goes on without"),
    ):
        with Scripted(EHLO=hello, AUTH=b"535 5.7.8 no\r\n") as server:
            done = place.porthole("send", f"127.0.0.1:{server.port}", "--to", "b@y.test", *login, option)
            expect(done.status == status and words in done.out + done.err, f"{option} {hello}", done.evidence)
            reached = any(line.startswith(b"RCPT") for line in server.received)
            expect(reached == (status == 0), "RCPT", str(server.received))
    with Scripted() as server:
        for arguments in (("--auth-optional",), (*login, "--auth-optional", "--auth-optional-strict")):
            done = place.porthole("send", f"127.0.0.1:{server.port}", "--to", "b@y.test", *arguments)
            expect(server.received == [], "nothing is sent", done.evidence)
            expect_sentence(done, 64, "auth")


@check("several --xclient go out one after another, and before STARTTLS when asked")
def introductions(place):
    hello = b"250-mx\r\n250-STARTTLS\r\n250 XCLIENT NAME ADDR\r\n"
    several = ("--xclient", "ADDR=192.0.2.1", "--xclient", "NAME=a.example")
    with Scripted(EHLO=hello, XCLIENT=b"220 mx ESMTP\r\n") as server:
        place.porthole("send", f"127.0.0.1:{server.port}", "--to", "b@y.test", "--tls", "never", *several)
        heard = [line.split()[0] for line in server.received]
        expect(heard[:6] == b"EHLO XCLIENT EHLO XCLIENT EHLO MAIL".split(), "in a row", str(server.received))
    with Scripted(EHLO=hello, XCLIENT=b"220 mx ESMTP\r\n", STARTTLS=b"454 4.7.0 later\r\n") as server:
        place.porthole("send", f"127.0.0.1:{server.port}", "--to", "b@y.test", *several, "--xclient-before-starttls")
        heard = [line.split()[0] for line in server.received]
        expect(heard[:6] == b"EHLO XCLIENT EHLO XCLIENT EHLO STARTTLS".split(), "before TLS", str(server.received))
    with Scripted() as server:
        for arguments, word in (
            (("--xclient-before-starttls",), "--xclient"),
            ((*several, "--xclient-before-starttls", "--tls", "never"), "STARTTLS"),
            ((*several, "--xclient", "COLOUR=red"), "COLOUR"),
        ):
            done = place.porthole("send", f"127.0.0.1:{server.port}", "--to", "b@y.test", *arguments)
            expect(server.received == [], "nothing is sent", done.evidence)
            expect_sentence(done, 64, word)
