"""What became of a message, from the server's own log: `send --log`, and the dashboard's pane, beside real servers."""

import pathlib

from demo import send_for_real
from exim import Exim
from harness import check, expect, until
from opensmtpd import OpenSMTPD
from postfix import Postfix
from sendmail import Sendmail
from sinks import NextHop
from terminal import Terminal, prose

FROM = ("--from", "probe@example.net", "--tls", "never")


@check("send --log with a real Postfix ends with that very message's fate: delivered, bounced, delayed, refused")
def postfix(place):
    server = place.enter(Postfix(place))

    def send(recipient, *arguments, expecting):
        done = place.porthole(
            "send", f"127.0.0.1:{server.port}", *FROM, "--to", recipient, "--log", server.log, "--json", *arguments
        )
        expect(done.status == expecting, f"{recipient}: {expecting}", done.evidence + server.story())
        return done, done.json()["log"]

    done, log = send("user@example.test", "--send", expecting=0)
    expect(log["state"] == "delivered" and log["isCertain"], "delivered, by the id in the 250", done.evidence)
    # The end of the session, which Postfix may note after it.
    own = [line for line in log["lines"] if done.json()["acceptedAs"][0] in line]
    expect(any("status=sent" in line for line in own), "its lines, to the one that decides", done.evidence)
    done, log = send("bounced@example.test", "--send", expecting=77)
    outcome = log["trace"]["messages"][0]["recipients"][0]
    expect((log["state"], outcome["outcome"]) == ("failed", "bounced"), "taken, and bounced", done.evidence)
    done, log = send("later@example.test", "--send", "--log-wait", "3", expecting=75)
    outcome = log["trace"]["messages"][0]["recipients"][0]
    expect((log["state"], outcome["outcome"]) == ("open", "delayed"), "taken, and delayed", done.evidence)
    done, log = send("nobody@example.test", expecting=77)
    expect("nobody@example.test" in "".join(log["lines"]), "the log's own words of the refusal", done.evidence)
    done, log = send("user@example.test", expecting=0)
    expect(log["state"] == "delivered" and not log["isCertain"], "a rehearsal is found by its address", done.evidence)
    done = place.porthole(
        "send", f"127.0.0.1:{server.port}", *FROM, "--to", "user@example.test", "--log", server.log, "--send"
    )
    expect(done.status == 0 and "-- log: " in done.out and "status=sent" in done.out, "as text too", done.evidence)


@check("send --log with a real Exim finds the message by its id and says that it was delivered")
def exim(place):
    server = place.enter(Exim(place))
    done = place.porthole(
        "send", f"127.0.0.1:{server.port}", *FROM, "--to", "user@example.test", "--log", server.log, "--send", "--json"
    )
    log = done.json()["log"]
    expect(done.status == 0 and log["state"] == "delivered", "delivered", done.evidence + server.story())
    expect(log["isCertain"] and "Completed" in log["lines"][-1], "to its last line", done.evidence)


def fates(place, server):
    """What a gateway that hands on does to each recipient, as `send --log` tells it."""

    def send(recipient, *arguments, expecting):
        done = place.porthole(
            "send", f"127.0.0.1:{server.port}", *FROM, "--to", recipient, "--log", server.log, "--json", *arguments
        )
        expect(done.status == expecting, f"{recipient}: {expecting}", done.evidence + server.story())
        return done, done.json()["log"]

    done, log = send("user@example.test", "--send", expecting=0)
    expect(log["state"] == "delivered" and log["isCertain"], "delivered, by the id in the 250", done.evidence)
    expect(done.json()["acceptedAs"][0] in "".join(log["lines"]), "its lines name the id", done.evidence)
    done, log = send("bounced@example.test", "--send", expecting=77)
    outcome = log["trace"]["messages"][0]["recipients"][0]
    expect((log["state"], outcome["outcome"]) == ("failed", "bounced"), "taken, and bounced", done.evidence)
    done, log = send("later@example.test", "--send", "--log-wait", "3", expecting=75)
    outcome = log["trace"]["messages"][0]["recipients"][0]
    expect((log["state"], outcome["outcome"]) == ("open", "delayed"), "taken, and delayed", done.evidence)
    done, log = send("nobody@example.test", expecting=77)
    expect("nobody" in "".join(log["lines"]), "the log's own words of the refusal", done.evidence)
    return server


@check("send --log with a real OpenSMTPD ends with that very message's fate: delivered, bounced, delayed, refused")
def opensmtpd(place):
    fates(place, place.enter(OpenSMTPD(place)))


@check("send --log with a real Sendmail ends with that very message's fate: delivered, bounced, delayed, refused")
def sendmail(place):
    fates(place, place.enter(Sendmail(place)))


@check("the dashboard sends through a real OpenSMTPD and turns to that message's end in OpenSMTPD's own log")
def opensmtpd_pane(place):
    pane_shows(place, place.enter(OpenSMTPD(place)))


@check("the dashboard sends through a real Sendmail and turns to that message's end in Sendmail's own log")
def sendmail_pane(place):
    pane_shows(place, place.enter(Sendmail(place)))


@check("the dashboard sends through a real Exim and turns to that message's end in Exim's own log")
def exim_pane(place):
    pane_shows(place, place.enter(Exim(place)))


def pane_shows(place, server):
    """Sends from the dashboard, and waits for the sentence in its log pane."""
    with Terminal(place, 120, 40) as terminal:
        terminal.start(
            f"127.0.0.1:{server.port}", "--log", server.log, *FROM, "--to", "user@example.test"
        )  # fmt: skip
        terminal.settled()
        terminal.press("r")
        terminal.wait_for("not sent")
        terminal.wait_for("✓  5 RCPT")
        send_for_real(terminal)
        until(
            lambda: "delivered to user@example.test" in prose(terminal.screen)
            or "was delivered to <user@example.test>" in prose(terminal.screen),
            15,
            "the pane says that the message was delivered, and to whom",
            lambda: terminal.screen + server.story(),
        )


@check("send --log says in one sentence what is no log, what it was not told, and which option wants which")
def mistakes(place):
    place.enter(NextHop("250 ok"))
    for arguments, status, words in (
        (("--log", place.folder), 66, "is a directory"),
        (("--log", "syslog://nowhere"), 64, "syslog:// wants an address"),
        (("--log", "x", "--log-wait=-1"), 64, "--log-wait wants seconds"),
        (("--log-wait", "3"), 64, "--log-wait needs --log"),
        (("--log-format", "postfix"), 64, "--log-format needs --log"),
        (("--log", "x", "--log-format", "notes"), 64, "there is no log format notes"),
        (("--log", "x", "--print-message"), 64, "--log is for one session"),
    ):
        done = place.porthole("send", "127.0.0.1:9", "--to", "user@example.test", *arguments)
        expect(done.status == status and words in done.err, f"{arguments}: {status}, {words}", done.evidence)
        expect(len(done.err.strip().splitlines()) <= 3 and "C: " not in done.out, "nothing was sent", done.evidence)


@check("send --log says what it waited for in vain: a log that is missing, and one without a word of the session")
def silence(place):
    with NextHop("250 2.0.0 Ok: queued as 4jX2Q15TbJz2Psh") as server:
        for log, words in (
            (place.write("mail.log", ""), "4jX2Q15TbJz2Psh did not come up in"),
            (place.path("missing.log"), "missing.log"),
        ):
            done = place.porthole(
                "send", f"127.0.0.1:{server.port}", *FROM, "--to", "user@example.test", "--send", "--log", log,
                "--log-wait", "0.5",
            )  # fmt: skip
            expect(done.status == 75, "not known to have come to an end", done.evidence)
            expect(words in done.out + done.err, words, done.evidence)
        expect(pathlib.Path(log).exists() is False, "nothing was made")
