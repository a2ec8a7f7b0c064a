"""Bursts: `send --sessions`, its statistics, its limits, and its questions."""

import os
import pty
import re
import signal
import subprocess
import time

from harness import check, expect
from mailbox import Mailbox
from mistakes import expect_sentence
from peers import free_port
from postfix import Postfix
from sending import laboratory

MAIL = ("--from", "a@example.net", "--to", "b@example.test", "--tls", "never")


def burst(place, server, *arguments, **options):
    return place.porthole("send", f"127.0.0.1:{server.port}", *MAIL, *arguments, **options)


@check("a burst sends every message once, each of its size and with an id of its own, and counts the replies")
def counts(place):
    for extra in ((), ("--pipelining",), ("--reconnect",)):
        with Mailbox() as server:
            done = burst(place, server, "--sessions", "5", "--count", "200", "--size", "1500", "--json", *extra)
            said = done.json()
            expect(done.status == 0 and said["taken"] == 200 and said["refused"] == 0, "all are taken", done.evidence)
            expect(len(server.messages) == 200, "the server has them all", str(len(server.messages)))
            sizes = {len(message) + 2 for message in server.messages}
            expect(sizes == {1500}, "each has the size", str(sizes))
            ids = {re.search(rb"Message-ID: (\S+)", message)[1] for message in server.messages}
            expect(len(ids) == 200, "and an id of its own", str(len(ids)))
            stages = {row["stage"]: row for row in said["stages"]}
            expect(stages["MAIL"]["codes"] == {"250": 200} and stages["DATA"]["codes"] == {"354": 200}, "by code", str(said))
            row = stages["EOD"] if "EOD" in stages else stages[said["stages"][-1]["stage"]]
            expect(row["minMs"] <= row["medianMs"] <= row["p99Ms"] <= row["maxMs"], "times in order", str(row))
            expect(said["connections"] == (200 if "--reconnect" in extra else 5), "connections", str(said))
    with Mailbox() as server:
        done = burst(place, server, "--sessions", "2", "--count", "10")
        expect("10 of 10 messages taken" in done.out and "250 × 10" in done.out, "in words", done.evidence)
        expect(done.err == "", "nothing on the error stream without a terminal", done.evidence)


@check("a limit is found: when 4yz began, with the words of the first refusal")
def limits(place):
    for extra in ((), ("--pipelining",)):
        with Mailbox(limit=30) as server:
            done = burst(place, server, "--sessions", "1", "--count", "50", "--json", *extra)
            said = done.json()
            expect(done.status == 75 and said["taken"] == 30 and said["refused"] == 20, "thirty", done.evidence)
            first = said["firstTemporary"]
            expect(first["message"] == 31 and first["text"] == "450 4.7.1 slow down", "the 31st", str(first))
            expect(sum(row["temporary"] for row in said["perSecond"]) >= 20, "by the second", str(said["perSecond"]))
    done = place.porthole("send", f"127.0.0.1:{free_port()}", *MAIL, "--sessions", "3", "--count", "50", "--json")
    expect(done.status == 69 and done.json()["notBegun"] == 50, "nobody there is 69", done.evidence)
    expect(list(done.json()["connectionFailures"].values()) == [9], "three tries each", done.evidence)


@check("Ctrl-C ends a burst with the statistics so far, and a terminal sees how it goes")
def interrupted(place):
    with Mailbox() as server:
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [place.binary, "send", f"127.0.0.1:{server.port}", *MAIL, "--sessions", "2", "--count", "100000"],
            env=place.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=follower,
        )  # fmt: skip
        os.close(follower)
        try:
            shown = b""
            limit = time.monotonic() + 20
            while b" taken, " not in shown and time.monotonic() < limit:
                shown += os.read(leader, 4096)
            process.send_signal(signal.SIGINT)
            out = process.communicate(timeout=20)[0].decode()
        finally:
            process.kill()
            os.close(leader)
        taken = re.search(r"^(\d+) of 100000 messages taken", out)
        expect(b"of 100000 taken" in shown and taken, "both are shown", out + shown.decode())
        expect(int(taken[1]) == len(server.messages), "every message is counted", f"{out}\n{len(server.messages)}")
        expect("0 broken off before the final dot, 0 of unknown outcome" in out, "and none is left half sent", out)


@check("a burst begins its connections as any session does: STARTTLS, AUTH, a real Postfix")
def beginnings(place):
    with laboratory(place) as (said, _):
        done = place.porthole(
            "send", said["smtp"], "--from", "a@example.net", "--to", "user@example.test", "--tls", "required",
            "--ca-file", said["caFile"], "--sessions", "3", "--count", "30", "--json", "--pipelining",
        )  # fmt: skip
        stages = {row["stage"] for row in done.json()["stages"]}
        expect(done.status == 0 and "STARTTLS" in stages, "under TLS", done.evidence)
    postfix = place.enter(Postfix(place))
    done = place.porthole(
        "send", f"127.0.0.1:{postfix.port}", "--from", "sender@example.test", "--to", "user@example.test", "--tls",
        "never", "--sessions", "3", "--count", "60", "--pipelining", "--json", seconds=60,
    )  # fmt: skip
    expect(done.status == 0 and done.json()["taken"] == 60, "a real Postfix takes it", done.evidence)


@check("wrong options of a burst: one sentence, and no connection is made; other people's networks need the name twice")
def wrong(place):
    with Mailbox() as server:
        for arguments, word in (
            (("--sessions", "0"), "1 to 1000"),
            (("--sessions", "2", "--size", "10"), "at least"),
            (("--sessions", "2", "--size", "5000", "--attach", place.write("a.txt", "x")), "--size"),
            (("--sessions", "2", "--stop-after", "mail"), "--stop-after"),
            (("--sessions", "2", "--smuggle", "lf-dot-lf", "--yes-smuggle", "127.0.0.1"), "probe"),
            (("--sessions", "2", "--all-mx"), "--all-mx"),
            (("--reconnect",), "--sessions"),
            (("--yes-really", "x"), "--sessions"),
        ):
            expect_sentence(burst(place, server, *arguments), 64, word)
        expect_sentence(place.porthole("send", f"127.0.0.1:{server.port}", "--sessions", "2"), 64, "--to")
        expect(server.commands == [], "nobody was spoken to", str(server.commands))
    # The secret is not asked for, or looked for, before it is clear that there will be a burst.
    login = ("--auth-user", "me", "--password-file", "/nowhere", "--auth-plaintext-ok")
    for arguments in ((), ("--yes-really", "192.0.2.2"), login):
        done = place.porthole("send", "192.0.2.1:25", *MAIL, "--sessions", "2", "--count", "5", *arguments, seconds=10)
        expect_sentence(done, 64, "192.0.2.1")
