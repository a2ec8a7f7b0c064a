"""The walkthroughs: line by line on standard output, and in the dashboard by name."""

import json
import contextlib

from harness import check, expect
from logs import Reader
from mistakes import expect_sentence


@contextlib.contextmanager
def laboratory(place, *options):
    """A running built-in gateway: what it said of itself, and the options that lead to it."""
    with Reader(place, "lab", *options) as lab:
        lab.wait_for("\n", 15)
        said = json.loads(lab.out)
        port = said["smtp"].rsplit(":", 1)[1]
        yield said, port, ("--plain", "--resolver", said["resolver"], "--ca-file", said["caFile"], "--lang", "en")


def walk(place, name, *arguments):
    return place.porthole("walk", name, *arguments, seconds=60)


@check("walk receive goes from the MX to the message in the gateway's log, and sends only when told")
def receive(place):
    with laboratory(place) as (said, port, options):
        target = f"user@example.test:{port}"
        dry = walk(place, "receive", target, "--log", said["log"], *options)
        expect("nothing is sent without --send" in dry.out, "without --send the step is left out", dry.evidence)
        expect("sent 1" not in dry.out and "delivered to" not in dry.out, "nothing was sent", dry.evidence)
        done = walk(place, "receive", target, "--log", said["log"], "--send", *options)
        expect(done.status == 0, "a walk without a failed step ends with 0", done.evidence)
        for number in range(1, 11):
            expect(f"\n{number}/10 " in done.out, f"step {number} is told", done.evidence)
        expect("delivered to" in done.out, "the message is followed to its end in the log", done.evidence)


@check("walk recipient tells a refused recipient from a refused sender, and ends with the refusal's code")
def recipient(place):
    with laboratory(place) as (said, port, options):
        done = walk(
            place, "recipient", f"nobody@example.test:{port}", "--from", "a@example.net", "--log", said["log"], *options
        )  # fmt: skip
        expect(done.status == 77, "a refusal for good ends with 77", done.evidence)
        expect("the postmaster is accepted: the refusal is about the recipient" in done.out, "the postmaster is asked", done.evidence)
        expect("refused from <> too" in done.out, "the null sender is asked", done.evidence)
        expect("LDAPACCEPT" in done.out, "the log's word on it is waited for", done.evidence)
        expect("never reached this gateway" not in done.out, "what did not happen is not advised", done.evidence)
        good = walk(place, "recipient", f"user@example.test:{port}", "--log", said["log"], *options)
        expect(good.status == 0 and "not needed" in good.out, "an accepted recipient needs no probes", good.evidence)


@check("walk connect tells a closed port from a dead host, and ends with 69")
def connect(place):
    with laboratory(place) as (_, _, options):
        done = walk(place, "connect", "127.0.0.1:1", *options)
        expect(done.status == 69, "no connection ends with 69", done.evidence)
        expect("the host is up, and no mail service answers on it" in done.out, "a refusal speaks of a live host", done.evidence)


@check("walk login says where AUTH is offered, and walk banner joins a slow greeting to the reverse lookup")
def login_and_banner(place):
    with laboratory(place, "--banner-delay", "3") as (said, port, options):
        done = walk(place, "login", f"user@example.test:{port}", *options)
        expect("3/6 See whether the server offers a login" in done.out, "the list is read", done.evidence)
        slow = walk(place, "banner", f"user@example.test:{port}", "--log", said["log"], *options)
        expect("4/5 Connect a second time" in slow.out, "the greeting is timed twice", slow.evidence)


@check("walk accepted follows the id of the 250, and leaves out what only people can see")
def accepted(place):
    with laboratory(place) as (said, port, options):
        done = walk(place, "accepted", f"user@example.test:{port}", "--log", said["log"], "--send", *options)
        expect("this is our message" in done.out, "the message is found by its id", done.evidence)
        expect("the next server took it over" in done.out, "the next hop's answer is read", done.evidence)
        expect("nobody can be asked here" in done.out, "no question without a terminal", done.evidence)


@check("walk arrive finds the sender's message in the log, and says whom to ask when it is not there")
def arrive(place):
    with laboratory(place) as (said, port, options):
        target = f"user@example.test:{port}"
        sent = place.porthole(
            "send", target, "--from", "boss@example.test", "--resolver", said["resolver"], "--ca-file", said["caFile"], "--send",
        )  # fmt: skip
        expect(sent.status == 0, "a message is there to be found", sent.evidence)
        found = walk(place, "arrive", target, "--sender", "boss@example.test", "--log", said["log"], *options)
        expect("the gateway took the message" in found.out, "the message is found by its sender", found.evidence)
        gone = walk(place, "arrive", target, "--sender", "chef@nowhere.test", "--log", said["log"], *options)
        expect("as far as this log goes the sender never connected" in gone.out, "nobody came", gone.evidence)
        expect("the answer is at the sender's" in gone.out, "the sender's administrator is next", gone.evidence)


@check("walk speaks Japanese")
def japanese(place):
    with laboratory(place) as (said, port, options):
        done = walk(place, "receive", f"user@example.test:{port}", *options[:-2], "--lang", "ja")
        expect("このサーバはこちらのメールを受け取れるか" in done.out, "the question is Japanese", done.evidence)


@check("walk without a known name or a server is a usage error in one sentence")
def mistakes(place):
    expect_sentence(walk(place, "sideways", "user@example.test", "--plain"), 64, "sideways", "receive")
    expect_sentence(walk(place, "receive", "--plain"), 64, "which server")


@check("triage tells line by line how the gateway stands, which findings come, and which are gone")
def triage(place):
    with laboratory(place) as (said, port, options):
        target = f"nobody@example.test:{port}"
        done = place.porthole("triage", target, "--log", said["log"], "--every", "5s", "--for", "9s", *options, seconds=60)
        expect(done.status == 77, "it ends with the last session's code", done.evidence)
        for words in ("gateway", "greeting", "MX/DNS", "log", "repeated", "2 sessions", "+ fails"):
            expect(words in done.out, f"{words} is told", done.evidence)
        expect("RCPT TO: 550" in done.out, "the refusal is a finding", done.evidence)
        once = place.porthole("triage", f"user@example.test:{port}", *options, seconds=60)
        expect(once.status == 0 and "repeated" not in once.out, "without --every there is one session", once.evidence)
        japanese = [*options[:-1], "ja"]
        done = place.porthole("triage", target, *japanese, seconds=60)
        expect("失敗" in done.out or "不達" in done.out, "it speaks Japanese", done.evidence)
    for wrong in (["--every", "1s"], ["--for", "soon"]):
        expect_sentence(place.porthole("triage", "127.0.0.1:1", "--plain", *wrong), 64, wrong[0], "30s")
    expect_sentence(place.porthole("triage", "--plain"), 64, "triage of what?", "--log")
    proxied = ("127.0.0.1:1", "--proxy", "socks5://me@127.0.0.1:1", "--plain")
    expect_sentence(place.porthole("triage", *proxied), 64, "does not log in", "proxy")
