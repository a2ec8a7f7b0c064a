"""The dashboard's own ways: options, login, the MX matrix, several logs, saved sessions, reports, privacy."""

import pathlib
import re

from harness import check, expect, until
from keys import quick_demo
from sinks import Sink
from terminal import Terminal


def command(terminal, line):
    terminal.press(":")
    terminal.line(line)


@check("the form behind e holds every option: a wrong one is said at its field, Enter connects with what was set")
def options(place):
    sink = place.enter(Sink())
    with Terminal(place) as terminal:
        terminal.start(*place.on_loopback([f"127.0.0.1:{sink.port}", "--from", "a@x.example", "--to", "b@y.example"]))
        terminal.wait_for("ready for")
        terminal.press("e", "PageDown", "PageDown", "PageDown", "PageDown")
        terminal.wait_for("NOTIFY:")
        terminal.type("SOMETIMES")
        terminal.press("Enter")
        terminal.wait_for("SOMETIMES is not one of")
        expect(sink.received == b"", "nothing is sent with a wrong option", str(sink.received))
        terminal.press("C-u")
        terminal.type("suc")
        terminal.press("Right")
        terminal.wait_for("[ SUCCESS")
        terminal.press("Enter")
        terminal.wait_for("250 2.0.0 ok")
        until(lambda: b"RCPT" in sink.received, 10, "the recipient is named")
        expect(b"DATA" not in sink.received, "a rehearsal never says DATA", str(sink.received))


@check("a password is asked for without an echo, and is in no file and on no screen")
def login(place):
    sink = place.enter(Sink())
    with Terminal(place) as terminal:
        terminal.start(*place.on_loopback([f"127.0.0.1:{sink.port}", "--from", "a@x.example", "--to", "b@y.example"]))
        terminal.wait_for("ready for")
        terminal.press("e", "PageDown", "PageDown")
        terminal.wait_for("mechanism")
        terminal.type("b")
        terminal.press("Tab")
        terminal.type("probe")
        terminal.press("Enter")
        terminal.wait_for("Password or token", "empty")
        terminal.type("sEcret-Word9")
        screen = terminal.wait_for("hidden, not empty")
        expect("sEcret" not in screen, "nothing is echoed", screen)
        terminal.press("Enter")
        terminal.wait_for("sink.example.test")
        terminal.press("q")
        terminal.ended()
    for path in pathlib.Path(place.folder).rglob("*"):
        if path.is_file() and not path.is_symlink():
            expect(b"sEcret" not in path.read_bytes(), f"the password is not in {path.name}")


@check("m asks every mail exchanger at once, says what differs, and Enter opens one of them")
def matrix(place):
    with Terminal(place, 120, 40) as terminal:
        quick_demo(terminal).press("m")
        screen = terminal.wait_for("MX matrix", "done", seconds=30)
        screen = terminal.wait_for("mx1.example.test", seconds=30)
        until(
            lambda: re.search(r"(\d+) of \1 done", terminal.screen), 40, "every probe comes to its end",
            lambda: terminal.screen,
        )
        terminal.press("Enter")
        screen = terminal.wait_for("1 Session", "run 2 of 2")
        expect("MX matrix" not in screen, "the matrix is closed", screen)
        terminal.press("m")
        terminal.wait_for("MX matrix")


@check("two logs and a command are followed side by side, each with its state; a command that ends says why")
def sources(place):
    one = place.write("one.log", "Nov 21 19:40:07 mx postfix/smtpd[7]: connect from unknown[192.0.2.9]\n")
    two = place.write("two.log", "Nov 21 19:40:08 mx postfix/smtpd[8]: connect from unknown[192.0.2.10]\n")
    with Terminal(place, 120, 40) as terminal:
        terminal.start(*place.on_loopback(["--log", one, "--log", f"cmd:tail -F {two}", "--log", "cmd:echo gone >&2; exit 3"]))
        terminal.wait_for("192.0.2.9")
        terminal.press("t")
        terminal.wait_for("192.0.2.10")
        with open(two, "a", encoding="ascii") as log:
            log.write("Nov 21 19:40:09 mx postfix/smtpd[8]: connect from unknown[192.0.2.77]\n")
        terminal.wait_for("192.0.2.77")
        command(terminal, "log")
        terminal.wait_for("one.log", "two.log", "in view", "stopped with status 3 (gone)")
        terminal.press("Escape", "q")
        terminal.ended()
    until(
        lambda: not [p for p in pathlib.Path("/proc").glob("[0-9]*/cmdline") if two.encode() in read(p)],
        10, "no command is left behind",
    )


def read(path):
    try:
        return path.read_bytes()
    except OSError:
        return b""


@check("H lists what was saved: Enter opens a session, p plays it, c puts it beside the one in view")
def saved(place):
    sink = place.enter(Sink())
    place.porthole("send", f"127.0.0.1:{sink.port}", "--from", "a@x.example", "--to", "b@y.example")
    with Terminal(place, 120, 40) as terminal:
        terminal.start(*place.on_loopback([f"127.0.0.1:{sink.port}", "--from", "a@x.example", "--to", "c@y.example"]))
        terminal.press("r")
        terminal.wait_for("RCPT TO", "250 2.0.0 ok")
        terminal.press("H")
        terminal.wait_for("Saved sessions", "2 of 2")
        terminal.press("Down", "Enter")
        terminal.wait_for("run 2 of 2", "b@y.example")
        terminal.press("H")
        terminal.wait_for("Saved sessions", "nothing was refused")
        terminal.press("Down", "c")
        terminal.wait_for("Two sessions side by side")
        terminal.press("Escape", "H")
        terminal.wait_for("2 of 2")
        terminal.press("Down", "p")
        terminal.wait_for("run 4 of 4", "b@y.example")


@check("x writes Markdown, HTML, JSON and text; P hides addresses and IPs on the screen and in them, by the same names")
def reports(place):
    with Terminal(place, 120, 40) as terminal:
        quick_demo(terminal).press("r")
        terminal.wait_for("250 recipient", "user@example.test")
        terminal.press("P")
        screen = terminal.wait_for("PRIVATE", "IP addresses are hidden")
        expect("user@" not in screen and "probe@" not in screen, "no local part is on the screen", screen)
        name = re.search(r"<(x-[0-9a-f]{6})@example\.test>", screen)
        expect(name, "the recipient has another name", screen)
        for tabs, end in enumerate(("md", "html", "json", "txt")):
            terminal.press("x")
            terminal.wait_for("Report of this incident")
            terminal.press(*["Tab"] * tabs, "Enter")
            path = pathlib.Path(place.folder) / f"porthole-mx1.example.test.{end}"
            until(path.exists, 10, f"{path.name} is written", lambda: terminal.screen)
            text = until(path.read_text, 5, f"{path.name} is not empty")
            expect("user@" not in text and name.group(1) in text, f"{path.name} hides the same names", text[:2000])
            expect(path.stat().st_mode & 0o077 == 0, f"{path.name} is for its owner alone")


@check("the first start's last choice goes over to the built-in gateway")
def offline(place):
    with Terminal(place) as terminal:
        terminal.start(*place.on_loopback([]))
        terminal.wait_for("What would you like to find out?")
        terminal.press("6", "Enter")
        terminal.wait_for("Porthole demo", "220", seconds=20)
        terminal.press("q")
        expect(terminal.ended() == 0, "q quits", terminal.screen)
