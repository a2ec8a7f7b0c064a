"""The walkthroughs in the dashboard, driven to their last screen: with the built-in gateway and with a real Postfix."""

import pathlib
import re
import time

from dovecot import Dovecot
from harness import Failure, check, expect, until
from postfix import Postfix
from terminal import Terminal, prose
from walks import laboratory

STEP = re.compile(r"step (\d+) of (\d+)")


def to_the_end(terminal, answer="y", seconds=60):
    """Does step after step as an operator would, who sends when asked and answers questions alike; gives the last screen."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        screen = terminal.settled()
        if "Really send a message?" in screen:
            terminal.press("S")
        elif "y yes" in screen:
            terminal.press(answer)
            terminal.wait_without("y yes")
        elif STEP.search(screen):
            terminal.press("n")
        elif "what was found" in screen:
            return screen
    raise Failure("the walkthrough comes to its end", terminal.screen)


def signs(screen):
    """What the end screen says of each step: its label and its sign."""
    return {label: sign for sign, label in re.findall(r"([✓✗!-]) ([A-Za-z<>][A-Za-z<> ]*?)(?=  )", screen)}


def walked(terminal, name, arguments, found, *words, answer="y"):
    """Walks to the end: the signs of the last screen have to be `found`, everything else passed; and the report holds `words`."""
    folder = pathlib.Path(terminal.place.folder)
    for old in folder.glob("porthole-*.md"):
        old.unlink()
    terminal.start("walk", name, *arguments)
    terminal.wait_for("Walkthrough")
    screen = to_the_end(terminal, answer)
    seen = signs(screen)
    wrong = {label for label, sign in seen.items() if sign != found.get(label, "✓")} | (found.keys() - seen.keys())
    expect(not wrong, f"{name} {' '.join(map(str, arguments[:1]))} finds {found or 'nothing wrong'}", f"{wrong}\n{screen}")
    terminal.press("x", "Enter")
    report = until(lambda: next(folder.glob("porthole-*.md"), None), 10, "the report is written", lambda: terminal.screen)
    text = until(report.read_text, 5, "the report is not empty")
    for word in words:
        expect(word in prose(text), f"the report of {name} says {word!r}", text)
    terminal.press("q")
    terminal.ended()


@check("each walkthrough in the dashboard to its last screen, with the built-in gateway: nothing wrong, and each way to fail")
def with_the_lab(place):
    with laboratory(place) as (said, port, options), Terminal(place, 80, 24, seconds=400) as terminal:
        options = ("--log", said["log"], *options[1:])

        def walk(name, target, found, *words, **more):
            walked(terminal, name, (target.format(port), *more.pop("given", ()), *options), found, *words, **more)

        walk("receive", "user@example.test:{}", {}, "everything that was tried went well", "was delivered to")
        session = ("connect", "greeting", "EHLO", "TLS", "MAIL FROM", "RCPT TO", "DATA")
        never = dict.fromkeys(session, "✗") | {"log": "!", "reverse DNS": "!"}
        walk("receive", "user@nosuch.test:{}", {"DNS": "✗", **never}, "NXDOMAIN")
        walk("receive", "user@example.test:1", never, "refused")
        walk("receive", "nobody@example.test:{}", {"RCPT TO": "✗", "DATA": "✗", "log": "!"}, "Address rejected", "check the address")
        walk("receive", "queuefull@example.test:{}", {"DATA": "✗", "log": "!"}, "queue full")
        walk("receipts", "user@example.test:{}", {}, "went well", given=("--from", "boss@example.test", "--notify", "SUCCESS"))
        closed = dict.fromkeys(("connect", "other port", "greeting", "EHLO"), "✗") | {"other MX": "!"}
        walk("connect", "127.0.0.1:1", closed, "refused", "check that the SMTP service runs")
        walk("login", "tls@example.test:{}", {}, "no login is wanted")
        walk("recipient", "greylist@example.test:{}", {"RCPT TO": "✗", "log": "!"}, "greylisted", "5 to 15 minutes")
        walk("accepted", "bounce@example.test:{}", {"next hop": "✗", "mailbox": "✗"}, "bounce", answer="N")
        walk("accepted", "quarantine@example.test:{}", {"filters": "✗", "next hop": "✗", "mailbox": "✗"}, "quarantine", answer="N")
        nowhere = {"log": "✗", "MID": "✗"} | dict.fromkeys(("addresses", "ICID", "verdict", "debug log", "ask"), "!")
        walk("arrive", "user@example.test:{}", nowhere, "never connected", given=("--sender", "chef@nowhere.test"))
    with laboratory(place, "--banner-delay", "3") as (said, port, options), Terminal(place, 80, 24) as terminal:
        walked(
            terminal, "banner", (f"user@example.test:{port}", "--log", said["log"], *options[1:]),
            {"greeting": "!", "reverse DNS": "✗", "once more": "✗", "log": "!"}, "waits for that lookup", "set the PTR record",
        )  # fmt: skip


@check("the walkthroughs with a real Postfix: the message delivered, a recipient refused, one that bounces, a login wanted")
def with_postfix(place):
    dovecot = place.enter(Dovecot(place))
    postfix = place.enter(Postfix(place, sasl=dovecot.sasl))
    options = ("--log", postfix.log, "--from", "sender@example.test", "--ca-file", postfix.certificate.path, "--lang", "en")
    with Terminal(place, 80, 24, seconds=300) as terminal:

        def walk(name, recipient, found, *words, port=postfix.port, **more):
            arguments = (f"127.0.0.1:{port}", "--to", f"{recipient}@example.test", *options)
            walked(terminal, name, arguments, found, *words, **more)

        # The name server here knows no domain at all.
        walk("receive", "user", {"DNS": "✗"}, "was delivered to", "status=sent")
        # Nor does this gateway have a postmaster.
        others = {"right server": "!", "postmaster": "✗", "sender <>": "!", "log": "!"}
        walk("recipient", "nobody", {"RCPT TO": "✗", **others}, "550 5.1.1", "check the address")
        walk("accepted", "bounced", {"next hop": "✗", "mailbox": "✗"}, "bounced", answer="N")
        walk("login", "user", {"RCPT TO": "✗", "log in": "✗"}, "Client host rejected", "log in", port=postfix.submission)
