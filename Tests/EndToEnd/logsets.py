"""Logs in the dashboard: a rotated set is one log, every log is asked, commands end or are started again, lines lead on."""

import gzip
import pathlib

from harness import check, expect, until
from terminal import Terminal, prose

ADDRESS = "198.51.100.4"


def connection(icid, hour, address=ADDRESS, sender="a@sender.test"):
    words = (
        f"New SMTP ICID {icid} interface Data 1 (192.0.2.25) address {address} reverse dns host unknown verified no",
        f"Start MID {icid} ICID {icid}",
        f"MID {icid} ICID {icid} From: <{sender}>",
        f"MID {icid} ICID {icid} RID 0 To: <b@corp.test>",
        f"Message aborted MID {icid} Dropped by antivirus",
        f"ICID {icid} close",
    )
    return "".join(f"Mon Feb  2 {hour:02}:00:0{place} 2026 Info: {text}\n" for place, text in enumerate(words))


def rotated(place):
    """Three files of one log, and each has its own client; the oldest is packed."""
    log = place.path("mail.log")
    with gzip.open(log + ".2.gz", "wt") as file:
        file.write(connection(1, 1, "198.51.100.1") + connection(11, 1))
    pathlib.Path(log + ".1").write_text(connection(2, 9, "198.51.100.2") + connection(12, 9))
    pathlib.Path(log).write_text(connection(3, 12, "198.51.100.3") + connection(13, 12))
    return log


def shows(terminal, *texts):
    """Waits for words wherever the lines of the screen are broken."""
    for text in texts:
        until(lambda: text in prose(terminal.screen), 15, f"{text!r} is shown", lambda: terminal.screen)


@check("a pattern that names a rotated set is one log in the dashboard: the newest file is followed, all are asked")
def one_log(place):
    log = rotated(place)
    with Terminal(place, 120, 40) as terminal:
        terminal.start("--log", log + "*")
        terminal.wait_for("Start MID 3", "mail.log", "12 lines")
        expect("1/3" not in terminal.screen, "it is one log, not three", terminal.screen)
        with open(log, "a") as file:
            file.write(connection(4, 13, "198.51.100.9"))
        terminal.wait_for("198.51.100.9")
        terminal.line(":trace 198.51.100.1")
        shows(terminal, "1 found", "MID 1", "mail.log.2.gz, mail.log.1, mail.log")
        terminal.press("Enter")
        shows(terminal, "mail.log.2.gz:1 ")
        terminal.press("Escape", "Escape")
        terminal.line(f":trace {ADDRESS}")
        shows(terminal, "3 found", "MID 11", "MID 12", "MID 13")
        terminal.press("Escape")
        # The last line is of 13:00: what began 61 minutes before needs the file before this one, and not the oldest.
        terminal.line(f":trace {ADDRESS} since=61m")
        shows(terminal, "1 found", "does not reach back to: 1")
        terminal.press("Escape")
        terminal.line(":trace 203.0.113.77")
        shows(terminal, "203.0.113.77 never reached us", "mail.log.2.gz, mail.log.1, mail.log")


@check("a damaged file of a rotated set does not take the answer of the others away, and is named")
def damaged(place):
    log = rotated(place)
    packed = pathlib.Path(log + ".2.gz")
    packed.write_bytes(packed.read_bytes()[:-20])
    with Terminal(place, 120, 40) as terminal:
        terminal.start("--log", log)
        terminal.wait_for("12 lines")
        terminal.line(f":trace {ADDRESS}")
        shows(terminal, "MID 13", "cannot read", "mail.log.2.gz")
    empty = place.porthole("--log", "")
    expect(empty.status == 66 and "a log has an empty name" in empty.err, "an empty name is said", empty.evidence)


@check("every log that the dashboard follows is asked, and each answer names its log")
def every_log(place):
    empty, other = place.write("empty.log", ""), place.write("other.log", connection(5, 10))
    packed = place.path("old.log.gz")
    with gzip.open(packed, "wt") as file:
        file.write(connection(6, 9))
    with Terminal(place, 120, 40) as terminal:
        terminal.start("--log", empty, "--log", other, "--log", packed, "--log", f"cmd:cat '{other}'")
        terminal.wait_for("1/4 empty.log")
        terminal.line(f":trace {ADDRESS}")
        shows(terminal, "4 logs", "3 found", "other.log: ", "old.log.gz: ", "empty.log: ")
        terminal.press("Escape", "t", "t")
        terminal.wait_for("3/4 old.log.gz", "ENDED", "6 lines")
        terminal.press("t")
        terminal.wait_for("4/4 cmd:cat", "ENDED")


@check("a command that ends well has ended; one that fails is started again, and nothing is counted twice")
def commands(place):
    log = place.write("a.log", connection(5, 10) + connection(6, 10))
    with Terminal(place, 120, 40) as terminal:
        terminal.start("--log", f"cmd:cat '{log}'; exit 3")
        terminal.wait_for("stopped with status 3", "12 lines")
        # It is started again after one second, and after two more.
        until(lambda: "in 4 s" in terminal.screen, 20, "it pauses longer each time", lambda: terminal.screen)
        expect("12 lines" in terminal.screen, "the lines are counted once", terminal.screen)
        terminal.line(f":trace {ADDRESS}")
        shows(terminal, "2 found")
        terminal.press("Escape")
        terminal.press("0")
        shows(terminal, "connections 2", "dropped 2")


@check("Enter on a line of the log shows its message, Esc goes back to the line; Enter on an outcome of 0 lists them all")
def lines(place):
    log = place.write("a.log", connection(5, 10) + connection(6, 10, sender="c@sender.test"))
    with Terminal(place, 120, 40) as terminal:
        terminal.start("--log", log)
        terminal.wait_for("12 lines")
        terminal.press("Up", "Up", "Enter")
        shows(terminal, "Log lines", "MID 6", "c@sender.test", "and then dropped", "New SMTP ICID 6")
        terminal.press("Escape")
        terminal.wait_for("PAUSED")
        terminal.press("0")
        shows(terminal, "only from 10:00:00 to 10:00:05", "there are no older lines", f"{ADDRESS} 2")
        terminal.press("Down", "Enter")
        shows(terminal, "verdict=dropped since=15m", "2 found", "MID 5", "MID 6")
        terminal.press("Escape")
        terminal.line(":log top 30m")
        shows(terminal, "Clients with most connections", "Senders of most messages", "c@sender.test")
        terminal.press("Enter")
        shows(terminal, f"{ADDRESS} since=30m", "2 found")
