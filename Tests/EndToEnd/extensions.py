"""The service extensions against servers that have them: what Postfix and Exim write down about it is the proof."""

import re
import subprocess

from aiosmtpd_peer import Keeper
from exim import Exim
from harness import check, expect, until
from interoperation import DOTS, MAIL, send
from onward import Onward
from postfix import Postfix
from smtpsink import SMTPSink


@check("BDAT: Postfix and Exim count our chunks, of whatever size, and hand on every byte of the message")
def chunks(place):
    onward = place.enter(Onward())
    postfix = place.enter(Postfix(place, next_hop=onward))
    body = DOTS.replace("\n", "\r\n").encode()
    for number, size in enumerate((1, 64, 100_000), 1):
        done = send(place, postfix.port, *MAIL, "--tls", "never", "--bdat", size, "--body", DOTS, "--send", "--json")
        expect(done.json()["acceptedAs"], "the queue id is told", done.evidence)
        until(lambda: len(onward.messages) == number, 20, "Postfix hands the message on", postfix.story)
        expect(body in onward.messages[-1], f"in chunks of {size} the body is the same", repr(onward.messages[-1]))
    counts = [int(count) for count in re.findall(r"bdat=(\d+)", postfix.story())]
    expect(len(counts) == 3 and counts[0] > 100 and counts[0] > counts[1] > counts[2] >= 1,
           "Postfix counted many, some and few chunks", f"{counts}\n{postfix.story()}")  # fmt: skip
    expect("data=1" not in postfix.story(), "and no DATA", postfix.story())
    exim = place.enter(Exim(place))
    send(place, exim.port, *MAIL, "--tls", "never", "--bdat", 100, "--body", DOTS, "--send", "--pipelining")
    kept = until(exim.kept, 15, "Exim delivers it", exim.story)[0]
    expect(DOTS.encode() in kept, "Exim has every byte", repr(kept))
    expect(re.search(r"<= sender@example.test .* K ", exim.story()), "Exim's log says CHUNKING (K)", exim.story())


@check("PRDR: a real Exim refuses one recipient of a message and takes the other, and each has its own verdict")
def prdr(place):
    exim = place.enter(Exim(place))
    done = send(
        place, exim.port, *MAIL, "--to", "full@example.test", "--tls", "never", "--prdr", "--send", "--json", expecting=77
    )  # fmt: skip
    rows = done.json()["recipients"]
    expect([row["isTaken"] for row in rows] == [True, False], "one of two", done.evidence)
    expect("550" in rows[1]["delivery"] and "full" in rows[1]["delivery"], "in Exim's words", done.evidence)
    until(exim.kept, 15, "Exim delivers to the other", exim.story)
    line = next(line for line in exim.story().splitlines() if "<= sender@example.test" in line)
    expect(" PRDR " in line, "Exim's log says PRDR", line)
    until(lambda: " Completed" in exim.story(), 10, "Exim is done with the message", exim.story)
    expect("=> user " in exim.story() and "=> full" not in exim.story(), "only one got it", exim.story())


@check("a real Exim knows us by PLAIN, LOGIN, CRAM-MD5, and by our certificate with EXTERNAL")
def exim_users(place):
    ours = {name: place.path(f"our-{name}.pem") for name in ("key", "certificate")}
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=probe",
            "-keyout", ours["key"], "-out", ours["certificate"],
        ],
        check=True, capture_output=True, timeout=30,
    )  # fmt: skip
    (place.folder / "our-certificate.pem").chmod(0o644)
    exim = place.enter(Exim(place, clients=ours["certificate"]))
    password = place.write("password", exim.password + "\n")
    common = (*MAIL, "--ca-file", exim.certificate.path, "--auth-user", "probe", "--send")
    for mechanism, name in (("plain", "plain"), ("login", "login"), ("cram-md5", "cram")):
        send(place, exim.port, *common, "--auth", mechanism, "--password-file", password)
        until(lambda: f"A={name}:probe" in exim.story(), 10, f"Exim's log says {name}", exim.story)
    shown = ("--client-cert", ours["certificate"], "--client-key", ours["key"])
    send(place, exim.port, *common, "--auth", "external", *shown)
    until(
        lambda: re.search(r'CV=yes DN="CN=probe" A=external:probe', exim.story()), 10,
        "Exim verified our certificate, and knows us by it", exim.story,
    )  # fmt: skip


@check("XFORWARD: Postfix logs whom the message is said to come from; XCLIENT's second greeting ends in the same log")
def xforward(place):
    postfix = place.enter(Postfix(place))
    attributes = "NAME=first.example ADDR=192.0.2.66 PROTO=ESMTP HELO=said.example"
    send(place, postfix.port, *MAIL, "--tls", "never", "--xforward", attributes)
    until(
        lambda: "orig_client=first.example[192.0.2.66]" in postfix.story(), 10,
        "Postfix's log has the original client", postfix.story,
    )  # fmt: skip


@check("NOOP, RSET, VRFY, EXPN, ETRN and HELP before MAIL: Postfix counted them, and their answers are shown")
def probes(place):
    postfix = place.enter(Postfix(place))
    asked = ("--noop", "--rset", "--vrfy", "user@example.test", "--etrn", "example.test", "--expn", "staff")
    done = place.porthole("send", f"127.0.0.1:{postfix.port}", *MAIL, "--tls", "never", *asked)
    for line in ("C: NOOP", "C: RSET", "C: VRFY user@example.test", "C: ETRN example.test", "C: EXPN staff"):
        expect(line in done.out, f"{line} is said", done.evidence)
    expect("252 2.0.0 user@example.test" in done.out, "Postfix would take mail for the user", done.evidence)
    for word in ("noop=1", "rset=1", "vrfy=1", "etrn="):
        until(lambda: word in postfix.story(), 10, f"Postfix counted {word}", postfix.story)
    with Keeper(place, "helpful") as keeper:
        done = send(place, keeper.port, *MAIL, "--server-help", "--vrfy", "user@example.test")
        expect("Supported commands" in done.out, "aiosmtpd says what it knows", done.evidence)


@check("HELO is said where it was asked for: to a server that knows no EHLO, and to one that does; never by itself")
def helo(place):
    with SMTPSink(place, "-e") as sink:
        mail = (*MAIL, "--send")
        done = send(place, sink.port, *mail, expecting=77)
        expect("HELO" not in done.out.split("\n\n")[0], "EHLO was refused, and nothing else is tried", done.evidence)
        send(place, sink.port, *mail, "--greet", "either")
        send(place, sink.port, *mail, "--greet", "helo")
        until(lambda: len(sink.dumps()) == 2, 5, "smtp-sink has both messages")
        expect(all(b"X-Client-Proto: SMTP\n" in dump for dump in sink.dumps()), "by SMTP", repr(sink.dumps()))
