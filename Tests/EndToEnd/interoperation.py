"""Other people's servers, each feature proven by what the server saw: its log, its dump, the bytes that it handed on."""

import email
import email.policy
import re

from aiosmtpd_peer import Keeper
from dovecot import Dovecot, token
from harness import check, expect, until
from onward import Onward
from postfix import Postfix
from sending import Scripted
from smtpsink import SMTPSink

MAIL = ("--from", "sender@example.test", "--to", "user@example.test")
#: Lines whose dots have to be stuffed on the way and to be there again on the other side.
DOTS = "one\n.two\n..three\n.\nfour"


def send(place, port, *arguments, expecting=0):
    done = place.porthole("send", f"127.0.0.1:{port}", *arguments)
    expect(done.status == expecting, f"send ends with {expecting}", done.evidence)
    return done


@check("a real Dovecot behind Postfix judges every mechanism: its user is in Postfix's log, a wrong secret is not")
def dovecot_judges(place):
    dovecot = place.enter(Dovecot(place))
    postfix = place.enter(Postfix(place, sasl=dovecot.sasl))
    secrets = {"password": dovecot.password, "token": token("probe"), "wrong": "wrong", "stale": token("probe", -5)}
    files = {name: place.write(name, secret + "\n") for name, secret in secrets.items()}
    common = (*MAIL, "--ca-file", postfix.certificate.path, "--auth-user", "probe", "--json")
    passwords = ("plain", "login", "cram-md5", "scram-sha-1", "scram-sha-256")
    for name in (*passwords, "xoauth2", "oauthbearer"):
        good, bad = ("password", "wrong") if name in passwords else ("token", "stale")
        target = f"127.0.0.1:{postfix.submission}"
        done = place.porthole("send", target, *common, "--auth", name, "--password-file", files[good])
        expect(done.status == 0 and done.json()["authenticatedWith"] == name.upper(), f"{name} is taken", done.evidence)
        line = f"sasl_method={name.upper()}, sasl_username=probe"
        until(lambda: line in postfix.story(), 10, f"Postfix's log has {line}", postfix.story)
        if name in ("scram-sha-256", "oauthbearer"):
            done = place.porthole("send", target, *common, "--auth", name, "--password-file", files[bad])
            expect(done.status == 77 and done.json()["stage"] == "AUTH", f"{name}: 77 for the wrong one", done.evidence)
    done = place.porthole(
        "send", f"smtps://127.0.0.1:{postfix.submissions}", *common, "--password-file", files["password"]
    )
    said = done.json()
    expect(done.status == 0 and said["authenticatedWith"] == "SCRAM-SHA-256", "the best one unasked", done.evidence)
    expect("capabilitiesBeforeTLS" not in said, "TLS stood from the first byte", done.evidence)
    done = place.porthole("send", f"127.0.0.1:{postfix.submission}", *MAIL, "--tls", "never")
    expect(done.status == 77 and "530 5.7.0" in done.out, "without TLS Postfix wants STARTTLS first", done.evidence)


@check("a real postscreen: its teaser and its silence are timed apart, 450 4.3.2 is temporary, and it saw no early talker")
def postscreen(place):
    postfix = place.enter(Postfix(place))
    done = send(place, postfix.screened, *MAIL, "--tls", "never", "--json", expecting=75)
    said = done.json()
    expect(said["greetingMs"] < 1500, "the teaser came at once", done.evidence)
    connect = next(step for step in said["steps"] if step["stage"] == "CONNECT")
    expect(connect["ms"] >= 1900, "the whole greeting took the two seconds of the test", done.evidence)
    expect(said["stage"] == "RCPT" and "450 4.3.2" in done.out, "a stranger is put off at RCPT", done.evidence)
    until(lambda: "PASS NEW" in postfix.story(), 10, "postscreen found nothing wrong", postfix.story)
    for word in ("PREGREET", "COMMAND PIPELINING", "NON-SMTP", "BARE NEWLINE"):
        expect(word not in postfix.story(), f"postscreen did not see {word}", postfix.story())
    done = send(place, postfix.screened, *MAIL, "--tls", "never")
    expect("250 2.1.5 Ok" in done.out, "the second time we are known", done.evidence)


@check("what Postfix hands on shows that it understood: DSN per recipient, 8BITMIME, SMTPUTF8, and every dot in its place")
def handed_on(place):
    onward = place.enter(Onward())
    postfix = place.enter(Postfix(place, next_hop=onward))
    send(
        place, postfix.port, *MAIL, "--tls", "never", "--ret", "hdrs", "--envid", "one+two", "--notify", "SUCCESS,DELAY",
        "--orcpt", "--size", "message", "--body", DOTS, "--send",
    )  # fmt: skip

    def command(beginning):
        return next((line for line in onward.commands if line.startswith(beginning)), "")

    until(lambda: onward.messages, 20, "Postfix hands the message on", postfix.story)
    expect({"RET=HDRS", "ENVID=one+2Btwo"} <= {*command("MAIL").split()}, "RET and ENVID arrive", str(onward.commands))
    wanted = {"NOTIFY=SUCCESS,DELAY", "ORCPT=rfc822;user@example.test"}
    expect(wanted <= {*command("RCPT").split()}, "so do NOTIFY and ORCPT", str(onward.commands))
    body = onward.messages[0].split(b"\r\n\r\n", 1)[1]
    expect(body == DOTS.replace("\n", "\r\n").encode() + b"\r\n\r\n" or body == DOTS.replace("\n", "\r\n").encode() + b"\r\n",
           "the body arrives as it was", repr(onward.messages[0]))  # fmt: skip
    onward.commands.clear()
    send(
        place, postfix.port, "--from", "sender@example.test", "--to", "user@example.test", "--tls", "never", "--send",
        "--subject", "件名", "--body", "本文", "--smtputf8",
    )  # fmt: skip
    until(lambda: len(onward.messages) == 2, 20, "the second one too", postfix.story)
    expect("SMTPUTF8" in command("MAIL") and "BODY=8BITMIME" in command("MAIL"), "as UTF-8", str(onward.commands))
    expect("本文".encode() in onward.messages[1], "the body is UTF-8", repr(onward.messages[1]))


@check("a real Postfix believes XCLIENT: address, name, HELO and login are in its log and its Received header")
def xclient(place):
    onward = place.enter(Onward())
    postfix = place.enter(Postfix(place, next_hop=onward))
    attributes = "NAME=client.example ADDR=192.0.2.9 HELO=told.example PROTO=ESMTP LOGIN=somebody"
    done = send(place, postfix.port, *MAIL, "--tls", "never", "--xclient", attributes, "--send")
    expect(done.out.count("S: 220 ") == 2, "XCLIENT is answered by a second greeting", done.evidence)
    until(lambda: onward.messages, 20, "the message is handed on", postfix.story)
    expect("client=client.example[192.0.2.9]" in postfix.story(), "the log names the client told", postfix.story())
    expect("sasl_username=somebody" in postfix.story(), "and its login", postfix.story())
    received = onward.messages[0].split(b"\r\n\r\n", 1)[0]
    expect(b"client.example [192.0.2.9]" in received, "the Received header too", repr(received))


@check("smtp-sink takes the very bytes by SMTP and LMTP, and each way in which it misbehaves is told as what it is")
def smtp_sink(place):
    number = 0

    def sink(*flags):
        nonlocal number
        number += 1
        return SMTPSink(place, *flags, folder=f"sink{number}")

    def attempt(server, *arguments, status, words):
        done = place.porthole("send", f"127.0.0.1:{server.port}", *MAIL, "--send", "--body", DOTS, *arguments)
        expect(done.status == status, f"smtp-sink {' '.join(server.flags)}: {status}", done.evidence)
        for word in words:
            expect(word in done.out + done.err, f"smtp-sink {' '.join(server.flags)}: {word!r}", done.evidence)
        return done

    for flags, arguments, proto in (((), (), b"ESMTP"), (("-L",), ("--lmtp",), b"LMTP")):
        with sink(*flags) as server:
            attempt(server, *arguments, status=0, words=("250 2.",))
            dump = until(server.dumps, 5, "smtp-sink wrote it down")[0]
            for line in (b"Client-Proto: " + proto, b"Mail-Args: <sender@example.test>", b"Args: <user@example.test>"):
                expect(line in dump, f"smtp-sink saw {line!r}", repr(dump))
            expect(dump.rstrip(b"\n").endswith(DOTS.encode()), "the body is the body", repr(dump))
    for flags, arguments, status, words in (
        (("-r", "mail"), (), 75, ("450 4.3.0",)),
        (("-f", "rcpt"), (), 77, ("500 5.3.0",)),
        (("-r", "data"), (), 75, ("450 4.3.0",)),
        (("-f", "."), (), 77, ("500 5.3.0",)),
        (("-q", "mail"), (), 75, ("closed the connection during MAIL",)),
        (("-q", "."), (), 75, ("closed the connection during EOD", "may have been taken")),
        (("-w", "2"), ("--timeout", "data=0.5"), 75, ("DATA",)),
        (("-A", "1"), (), 77, ("550 This violates SMTP",)),
        (("-P",), ("--stop-after", "ehlo"), 64, ("--stop-after",)),
        (("-p", "-8"), ("--pipelining", "--body-type", "8bitmime"), 0, ("does not offer 8BITMIME", "not offer PIPELINING")),
    ):
        with sink(*flags) as server:
            attempt(server, *arguments, status=status, words=words)
    with sink("-P") as server:
        done = place.porthole("send", f"127.0.0.1:{server.port}", *MAIL, "--json")
        expect("masked-banner" in done.json()["oddities"], "a PIX in between is named", done.evidence)


@check("an independent server (aiosmtpd) got what we meant: TLS, AUTH, addresses in UTF-8, LMTP, PROXY, every byte")
def aiosmtpd(place):
    word = "s3cr3t-word"
    password = place.write("password", word)
    body = DOTS.replace("\n", "\r\n").encode()
    with Keeper(place, "plain") as keeper:
        send(place, keeper.port, "--to", "受取人@example.test", "--subject", "件名", "--body", DOTS, "--send")
        kept = keeper.kept()[0]
        expect((kept["to"], kept["utf8"]) == (["受取人@example.test"], True), "the address is UTF-8", str(kept))
        expect("SMTPUTF8" in kept["parameters"] and kept["extended"], "SMTPUTF8 was said", str(kept))
        subject = email.message_from_bytes(kept["content"], policy=email.policy.default)["Subject"]
        expect(body in kept["content"] and subject.startswith("件名"), "the message is as meant", str(kept))
    with Keeper(place, "secure", tls=True, password=word) as keeper:
        secret = ("--ca-file", keeper.certificate.path, "--auth-user", "probe", "--password-file", password)
        send(place, keeper.port, *MAIL, *secret, "--auth", "login", "--send")
        send(place, keeper.port, *MAIL, *secret, "--auth", "plain", "--auth-no-initial-response", "--send")
        rows = [(row["user"], row["tls"]) for row in keeper.kept()]
        expect(rows == [("LOGIN probe", True), ("PLAIN probe", True)], "both under TLS, both known", str(rows))
        done = send(place, keeper.port, *MAIL, "--tls", "never", expecting=77)
        expect("530" in done.out, "without TLS it takes nothing", done.evidence)
    with Keeper(place, "lmtp", lmtp=True) as keeper:
        two = ("--to", "nobody@example.test", "--to", "two@example.test")
        done = send(place, keeper.port, "--lmtp", *MAIL, *two, "--send", "--json", expecting=77)
        taken = [row["isTaken"] for row in done.json()["recipients"]]
        expect(taken == [True, False, True], "a verdict for each", done.evidence)
        expect(keeper.kept()[0]["to"] == ["user@example.test", "two@example.test"], "the others arrived")
    with Keeper(place, "proxied", proxy=True) as keeper:
        for version, client in ((1, "192.0.2.1:4000"), (2, "192.0.2.2:4001"), (1, "[2001:db8::7]:4002"), (2, "[2001:db8::8]:4003")):
            server = "[2001:db8::25]:25" if client[0] == "[" else "198.51.100.2:25"
            send(
                place, keeper.port, *MAIL, "--proxy-protocol", version, "--proxy-client", client, "--proxy-server", server,
                "--send",
            )  # fmt: skip
            version_seen, address, port = keeper.kept()[-1]["proxy"]
            shown = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
            expect((version_seen, shown) == (version, client), f"PROXY {version} named {client}", str(keeper.kept()[-1]))
