"""Bounces, as a file and in the window."""

from harness import check, expect
from mistakes import expect_sentence
from terminal import Terminal

BOUNCE = """\
From: MAILER-DAEMON@relay.example.net
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

I am sorry.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example.net

Final-Recipient: rfc822; user@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx1.example.test
Diagnostic-Code: smtp; 550 5.1.1 <user@example.test>: Recipient address
 rejected: User unknown \x1b[31m

--b1
Content-Type: message/rfc822

Message-ID: <one@example.net>

--b1--
"""


@check("explain --bounce says what became of each recipient and why, from a file and from standard input, and refuses what is no bounce")
def headless(place):
    path = place.write("bounce.eml", BOUNCE)
    done = place.porthole("explain", "--lang", "en", "--bounce", path)
    for words in ("user@example.test: not delivered, says mx1.example.test", "no such mailbox", "trace '<one@example.net>'"):
        expect(words in done.out, words, done.evidence)
    expect("\x1b" not in done.out, "no control byte of a bounce is printed", done.evidence)
    told = place.porthole("explain", "--json", "--bounce", "-", text=BOUNCE).json()
    expect(told["recipients"][0]["explanation"]["class"] == "mailbox_unknown", "the JSON explains it", str(told))
    expect(told["messageID"] == "<one@example.net>", "the message that came back is named", str(told))
    expect_sentence(place.porthole("explain", "--bounce", place.write("none", "hello\n")), 66, "no bounce")
    expect_sentence(place.porthole("explain", "--bounce", place.path("nowhere")), 66, "no such file")
    expect_sentence(place.porthole("explain", "--bounce", path, "550", "x"), 64, "--bounce")


@check(":bounce FILE lists the recipients of a bounce; Enter explains the reply, and what is wrong is a sentence")
def window(place):
    path = place.write("bounce.eml", BOUNCE)
    with Terminal(place) as terminal:
        terminal.start("127.0.0.1:1")
        terminal.wait_for("ready for")
        terminal.line(f":bounce {path}")
        terminal.wait_for("bounce by relay.example.net", "not delivered, says mx1.example.test")
        terminal.press("Enter")
        terminal.wait_for("from a bounce", "PERM")
        terminal.line(f":bounce {place.path('nowhere')}")
        terminal.wait_for(f"\n cannot read {place.path('nowhere')}: ")
