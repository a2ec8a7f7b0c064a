"""Sessions with real servers: Postfix with its own log, and Exim."""

import re

from demo import send_for_real
from exim import Exim
from harness import check, expect, until
from peers import free_port
from postfix import Postfix
from terminal import Terminal, prose


def queue_id(text):
    found = re.search(r"queued as ([0-9A-Za-z]+)", text)
    expect(found, "Postfix's 250 names the queue id", text)
    return found.group(1)


@check(
    "a real Postfix in the dashboard: TLS, a real message, its queue id followed in Postfix's own log to status=sent"
)
def postfix_dashboard(place):
    postfix = place.enter(Postfix(place))
    with Terminal(place, 120, 40) as terminal:
        terminal.start(
            f"127.0.0.1:{postfix.port}",
            "--log",
            postfix.log,
            "--from",
            "sender@example.test",
            "--to",
            "user@example.test",
            "--ca-file",
            postfix.certificate.path,
        )
        terminal.wait_for("1 Session")
        terminal.press("r")
        terminal.wait_for("TLSv1.3", "250 2.1.5 Ok")
        send_for_real(terminal)
        terminal.wait_for("SENT 1", "queued as")
        identifier = until(
            lambda: re.search(r"queued as ([0-9A-Za-z]+)", terminal.screen),
            5,
            "the whole queue id is on the screen",
            lambda: terminal.screen,
        ).group(1)
        terminal.wait_for("this message", identifier)
        until(
            lambda: re.search(rf"{identifier} (to <user@example.test> )?was delivered", prose(terminal.screen)),
            10,
            "a sentence says that the message was delivered",
            lambda: terminal.screen + postfix.story(),
        )
        terminal.press("4", "z", "Right", "Right", "Right", "Right")
        page = terminal.read_pane("4") if "ZOOM" not in terminal.settled() else terminal.settled()
        expect("status=sent" in prose(page) or "250 2.0.0 kept" in prose(page), "status=sent is in the log pane", page)
        terminal.press("Escape", "1", "Q")
        terminal.wait_for("221 2.0.0 Bye")


@check("a real Postfix refuses in its own words, and each refusal is explained as what it is")
def postfix_refusals(place):
    postfix = place.enter(Postfix(place))
    target = f"127.0.0.1:{postfix.port}"
    wrong = []
    for recipient, status, kind in (
        ("nobody", 77, "mailbox_unknown"),
        ("full", 75, "mailbox_full"),
        ("grey", 75, "greylist"),
        ("policy", 77, "policy"),
    ):
        done = place.porthole(
            "send",
            target,
            "--from",
            "sender@example.test",
            "--to",
            f"{recipient}@example.test",
            "--ca-file",
            postfix.certificate.path,
            "--json",
        )
        expect(done.status == status, f"RCPT for {recipient} ends with {status}", done.evidence)
        said = done.json()
        expect((said["exit"], said["stage"]) == (status, "RCPT"), "the JSON names exit code and stage", done.evidence)
        explanation = said["explanation"]
        expect(explanation, "the refusal is explained", done.evidence)
        if explanation["class"] != kind or not explanation["causes"] or not explanation["next"]:
            reply = next(step["outcome"] for step in said["steps"] if step["stage"] == "RCPT")
            wrong.append(f"{reply}\n    is explained as {explanation['class']} ({explanation['entry']}), not as {kind}")
    expect(not wrong, "every refusal is explained as what it is", "\n".join(wrong))


@check(
    "porthole send --send to a real Postfix gives the queue id and TLS, and porthole trace finds its delivery in the log"
)
def postfix_headless(place):
    postfix = place.enter(Postfix(place))
    done = place.porthole(
        "send",
        f"127.0.0.1:{postfix.port}",
        "--from",
        "sender@example.test",
        "--to",
        "user@example.test",
        "--send",
        "--json",
        "--ca-file",
        postfix.certificate.path,
    )
    expect(done.status == 0, "send ends with 0", done.evidence + postfix.story())
    said = done.json()
    expect(said["tls"] and said["tls"]["version"].startswith("TLSv1."), "the TLS version is told", done.evidence)
    expect(said["tls"]["isVerified"], "the certificate is verified against --ca-file", done.evidence)
    expect(len(said["acceptedAs"]) == 1, "acceptedAs holds one id", done.evidence)
    identifier = queue_id(done.out)
    expect(identifier in said["acceptedAs"][0], "acceptedAs is the queue id", done.evidence)

    def trace():
        found = place.porthole("trace", identifier, "--log", postfix.log, "--json")
        expect(found.status == 0, "trace ends with 0", found.evidence)
        traces = found.json_lines()
        return found if traces and traces[0]["verdict"] == "delivered-tls" else None

    found = until(trace, 10, f"trace {identifier} says delivered, and over TLS", postfix.story)
    told = found.json_lines()[0]
    expect(told["address"] == "127.0.0.1", "the trace names the client", found.evidence)
    recipients = told["messages"][0]["recipients"]
    expect(
        [(one["address"], one["outcome"]) for one in recipients] == [("user@example.test", "delivered")],
        "the recipient was delivered",
        found.evidence,
    )
    plain = place.porthole("trace", identifier, "--log", postfix.log)
    expect("status=sent" in plain.out, "the plain trace shows the line with status=sent", plain.evidence)


@check(
    "porthole follow shows a real Postfix's delay and bounce as they happen; trace gives each recipient its own outcome"
)
def postfix_outcomes(place):
    postfix = place.enter(Postfix(place))
    done = place.porthole(
        "send",
        f"127.0.0.1:{postfix.port}",
        "--from",
        "",
        "--to",
        "user@example.test",
        "--to",
        "later@example.test",
        "--to",
        "bounced@example.test",
        "--send",
        "--json",
        "--tls",
        "never",
    )
    expect(done.status == 0, "send ends with 0", done.evidence)
    identifier = queue_id(done.out)

    def outcomes():
        traces = place.porthole("trace", identifier, "--log", postfix.log, "--json").json_lines()
        told = {one["address"]: one["outcome"] for one in traces[0]["messages"][0]["recipients"]} if traces else {}
        wanted = {"user@example.test": "delivered", "later@example.test": "delayed", "bounced@example.test": "bounced"}
        return told == wanted

    until(
        outcomes,
        10,
        "delivered, delayed and bounced are told apart",
        lambda: place.porthole("trace", identifier, "--log", postfix.log, "--json").evidence + postfix.story(),
    )


@check("a session with a real Exim to QUIT: 0 when accepted, 77 for an unknown user, 69 for a refused port")
def exim_session(place):
    exim = place.enter(Exim(place))
    target = f"127.0.0.1:{exim.port}"
    common = ("--from", "sender@example.test", "--ca-file", exim.certificate.path)
    done = place.porthole("send", target, "--to", "user@example.test", "--send", *common)
    expect(done.status == 0, "an accepted message ends with 0", done.evidence + exim.story())
    expect("250 OK id=" in done.out, "Exim's id is in the transcript", done.evidence)
    expect(
        re.search(r"C> +QUIT|C: QUIT|QUIT", done.out) and "221" in done.out,
        "the session ends with QUIT and 221",
        done.evidence,
    )
    identifier = re.search(r"id=(\S+)", done.out).group(1)
    until(
        lambda: f"{identifier} Completed" in exim.story(), 10, "Exim's own log has the message and its end", exim.story
    )
    done = place.porthole("send", target, "--to", "nobody@example.test", *common)
    expect(done.status == 77, "an unknown user ends with 77", done.evidence)
    expect("550" in done.out and "Unknown user" in done.out, "Exim's own words are shown", done.evidence)
    done = place.porthole("send", f"127.0.0.1:{free_port()}", "--to", "user@example.test", *common)
    expect(done.status == 69, "a refused port ends with 69", done.evidence)
