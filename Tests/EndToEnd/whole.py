"""Asking the whole of a long log in the dashboard, whose pane keeps its end only."""

import contextlib
import gzip
import pathlib

from harness import check, expect
from terminal import Terminal

STAMP = "Mon Feb  2 10:{:02}:{:02} 2026 Info: "

STORY = (
    "New SMTP ICID {icid} interface Data 1 (192.0.2.25) address {address} reverse dns host old.example.test verified yes",
    "Start MID {mid} ICID {icid}",
    "MID {mid} ICID {icid} From: <long.ago@example.net>",
    "MID {mid} ICID {icid} RID 0 To: <user@example.test>",
    "MID {mid} ready 412 bytes from <long.ago@example.net>",
    "Message aborted MID {mid} Dropped by antivirus",
    "Message finished MID {mid} done",
    "ICID {icid} close",
)

POSTFIX = (
    "postfix/smtpd[7]: connect from old.example.test[{address}]",
    "postfix/smtpd[7]: 4jX2Q15TbJz2Pshq: client=old.example.test[{address}]",
    "postfix/qmgr[8]: 4jX2Q15TbJz2Pshq: from=<long.ago@example.net>, size=412, nrcpt=1 (queue active)",
    "postfix/smtp[9]: 4jX2Q15TbJz2Pshq: to=<user@example.test>, relay=mx[192.0.2.8]:25, delay=1, delays=0/0/0/1, "
    "dsn=5.1.1, status=bounced (host mx[192.0.2.8] said: 550 5.1.1 unknown)",
    "postfix/qmgr[8]: 4jX2Q15TbJz2Pshq: removed",
    "postfix/smtpd[7]: disconnect from old.example.test[{address}]",
)


@contextlib.contextmanager
def followed(place, log):
    """The dashboard with this log in view; it is left by `q` afterwards."""
    with Terminal(place, 120, 40) as terminal:
        terminal.start("--log", log)
        terminal.settled()
        yield terminal
        terminal.press("q")
        terminal.ended()


def closed(terminal, *gone):
    """Esc alone: with a key right behind it, it would be another key."""
    for text in gone:
        terminal.press("Escape")
        terminal.wait_without(text)


def asked(terminal, needle, *words):
    terminal.press(":")
    terminal.line(f"trace {needle}")
    return terminal.wait_for(*words, seconds=60)


@check("a question in the dashboard reaches the whole file, and the lines of what it finds")
def gateway(place):
    log = pathlib.Path(place.path("mail_logs"))
    with log.open("w") as file:
        for number in range(9000):
            address = "198.51.100.77" if number == 10 else f"198.51.100.{number % 60}"
            for line in STORY:
                stamp = STAMP.format(number // 600, number // 10 % 60)
                file.write(stamp + line.format(icid=1000 + number, mid=50000 + number, address=address) + "\n")
    expect(log.stat().st_size > 5 << 20, "the log is longer than its end that is kept")
    with followed(place, log) as terminal:
        asked(terminal, "198.51.100.77", "MID 50010", "1 found", "dropped")
        terminal.press("Enter")
        terminal.wait_for("New SMTP ICID 1010", "Dropped by antivirus")
        closed(terminal, "Log lines", "1 found")
        terminal.press("4", "/")
        terminal.line("198.51.100.77")
        terminal.wait_for("address 198.51.100.77 reverse", "1 found", seconds=60)
        closed(terminal, "1 found")
        asked(terminal, "192.0.2.200", "192.0.2.200 never reached us")
        closed(terminal, "never reached us")
        asked(terminal, "since=whenever", "whenever is no moment")


@check("the same question reaches the whole of a Postfix log")
def postfix(place):
    log = pathlib.Path(place.path("mail.log"))
    with log.open("w") as file:
        for number in range(11000):
            address = "198.51.100.77" if number == 10 else f"198.51.100.{number % 60}"
            for line in POSTFIX:
                text = line.format(address=address).replace("4jX2Q15TbJz2Pshq", f"4jX2Q{number:06}z2Psh")
                file.write(f"Feb  2 10:{number // 600:02}:{number // 10 % 60:02} mx {text}\n")
    with followed(place, log) as terminal:
        asked(terminal, "198.51.100.77", "4jX2Q000010z2Psh", "1 found", "bounced")
        terminal.press("Enter")
        terminal.wait_for("connect from old.example.test[198.51.100.77]", "550 5.1.1 unknown")
        closed(terminal, "Log lines", "1 found")


@check("a client that is in a rotated file only is found there when it is asked for in the dashboard")
def older(place):
    log = pathlib.Path(place.path("mail_logs"))

    def lines(first, count, address):
        return "".join(
            STAMP.format(0, number % 60) + line.format(icid=number, mid=90000 + number, address=address) + "\n"
            for number in range(first, first + count)
            for line in STORY
        )

    with gzip.open(f"{log}.2.gz", "wt") as file:
        file.write(lines(100, 3, "203.0.113.2"))
    pathlib.Path(f"{log}.1").write_text(lines(200, 3, "203.0.113.1"))
    pathlib.Path(f"{log}.old").write_text(lines(300, 3, "203.0.113.9"))
    log.write_text(lines(400, 3, "203.0.113.4"))
    with followed(place, log) as terminal:
        for address, mid in (("203.0.113.2", "MID 90102"), ("203.0.113.1", "MID 90202"), ("203.0.113.4", "MID 90402")):
            asked(terminal, address, mid, "3 found", "dropped")
            closed(terminal, "3 found")
        asked(terminal, "203.0.113.9", "203.0.113.9 never reached us", "9 connections")
        closed(terminal, "never reached us")
