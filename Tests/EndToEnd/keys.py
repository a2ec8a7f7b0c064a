"""Every key of the hint row and every command of the list, pressed once."""

import time

from demo import send_for_real
from harness import check, expect, until
from sinks import NoNames, Sink
from terminal import PROMPT, Terminal, prose


def quick_demo(terminal):
    """The demo without its slow banner, greeted."""
    terminal.start("demo", "--banner-delay", "0")
    terminal.wait_for("220 mx1")
    return terminal


@check(
    "c opens the SMTP command line: Enter on an empty line sends the suggested step, a typed line goes as it is, Esc closes"
)
def command_line(place):
    with Terminal(place, 120, 40) as terminal:
        quick_demo(terminal).press("c")
        terminal.wait_for("C>", "Enter on an empty line: EHLO")
        terminal.press("Enter")
        terminal.wait_for("Enter on an empty line: STARTTLS")
        terminal.line("noop  two  blanks")
        terminal.wait_for("C> noop  two  blanks")
        terminal.line("RCPT TO:<out@of.order>")
        terminal.wait_for("503")
        terminal.press("Up")
        terminal.wait_for("C> RCPT TO:<out@of.order>")
        terminal.press("Escape")
        terminal.wait_for("c command")


@check("1 to 4, Tab and Shift-Tab move the focus; z shows one pane alone, Esc and z bring the others back")
def focus(place):
    with Terminal(place, 120, 40) as terminal:
        quick_demo(terminal)
        for key, title in (("2", "2 Explain"), ("3", "3 MX/DNS"), ("4", "4 Log"), ("1", "1 Session")):
            terminal.press(key)
            terminal.wait_for(f"┏━ {title}")
        terminal.press("Tab")
        terminal.wait_for("┏━ 2 Explain")
        terminal.press("BTab")
        terminal.wait_for("┏━ 1 Session")
        for back in ("z", "Escape"):
            terminal.press("3", "z")
            screen = terminal.wait_for("ZOOM")
            expect("4 Log" not in screen, "z leaves one pane alone", screen)
            terminal.press(back)
            terminal.wait_for("4 Log")


@check("? lists keys and commands and Esc closes it; no key of the list does nothing in the list's words")
def help_list(place):
    with Terminal(place, 120, 40) as terminal:
        quick_demo(terminal).press("?")
        terminal.wait_for("Help", "go on by the plan, up to RCPT", "the guided walkthrough")
        terminal.press(*["PageDown"] * 9)
        terminal.wait_for(":connect TARGET", ":log open PATH", ":explain REPLY")
        terminal.press("Escape")
        terminal.wait_without(":connect TARGET")


@check("w walks step by step with n, keeps the place, and Esc leaves")
def walkthrough(place):
    with Terminal(place) as terminal:
        quick_demo(terminal).press("w")
        screen = terminal.wait_for("Walkthrough", "Goal", "Expected")
        for _ in range(9):
            if "RCPT TO:<user@example.test>" in terminal.screen and "recipient <user@example.test> ok" in prose(
                terminal.screen
            ):
                break
            terminal.press("n")
            terminal.settled()
        screen = terminal.screen
        expect("Observed" in screen and "Verdict" in screen, "the steps say what was observed and the verdict", screen)
        expect("recipient <user@example.test> ok" in prose(screen), "n leads to RCPT and its reply", screen)
        terminal.press("Escape")
        terminal.wait_without("Walkthrough")
        terminal.press("w")
        terminal.wait_for("Walkthrough", "recipient <user@example.test> ok")


@check(":connect, :explain, :log open, :set, :theme and :layout do what they say, an unknown command is named")
def commands(place):
    log = place.write("other.log", "Nov 21 19:40:07 mx postfix/smtpd[7]: connect from unknown[192.0.2.9]\n")
    sink = place.enter(Sink())
    with Terminal(place, 120, 40) as terminal:
        quick_demo(terminal)

        def command(line):
            terminal.press(":")
            terminal.line(line)

        command("explain 452 4.2.2 mailbox full")
        terminal.wait_for("452 4.2.2 mailbox full", "TEMP")
        command(f"log open {log}")
        terminal.wait_for("other.log", "192.0.2.9")
        command("set from another@example.net")
        terminal.wait_for("another@example.net")
        command("set helo porthole.example.net")
        terminal.wait_for("porthole.example.net")
        command(f"connect 127.0.0.1:{sink.port}")
        terminal.wait_for(f"127.0.0.1:{sink.port}", "sink.example.test", "250 2.0.0 ok")
        expect(b"EHLO porthole.example.net" in sink.received, "the HELO name that was set goes out", str(sink.received))
        expect(
            b"MAIL FROM:<another@example.net>" in sink.received, "the sender that was set goes out", str(sink.received)
        )
        expect(b"DATA" not in sink.received, "a rehearsal never says DATA", str(sink.received))
        command("theme porthole-light")
        terminal.wait_for("porthole-light")
        command("theme nosuch")
        terminal.wait_for("nosuch")
        command("layout narrow")
        terminal.wait_for("2 Explain  3 MX/DNS")
        command("frobnicate")
        terminal.wait_for("no such command: frobnicate")


@check("E asks for a reply to explain, L shows our log lines, f turns through the filters, / finds")
def looking(place):
    with Terminal(place, 120, 40) as terminal:
        quick_demo(terminal).press("r")
        terminal.wait_for("250 recipient")
        terminal.press("E")
        terminal.wait_for("explain")
        terminal.line("421 4.7.0 try later")
        terminal.wait_for("421 4.7.0 try later")
        terminal.press("L")
        terminal.wait_for("this connection")
        terminal.press("4", "f")
        terminal.settled()
        terminal.press("/")
        terminal.line("ICID")
        terminal.settled()
        terminal.press("3", "/")
        terminal.line("mx2")
        terminal.wait_for("mx2.example.test")


@check(
    "S sends nothing without a second, capital S: Enter, s, y and an early S are inert, Esc says that nothing was sent"
)
def dialog(place):
    with Terminal(place) as terminal:
        quick_demo(terminal).press("r")
        terminal.wait_for("250 recipient")
        terminal.type("SS")
        terminal.wait_for("Really send a message?")
        time.sleep(0.4)
        terminal.press("Enter", "s", "y", "Space")
        screen = terminal.settled()
        expect("Really send a message?" in screen and "SENT" not in screen, "the dialog stays", screen)
        terminal.press("Escape")
        terminal.wait_for("nothing was sent")
        send_for_real(terminal)
        terminal.wait_for("SENT 1")
        terminal.press("q")
        expect(terminal.ended() == 0, "q quits at once when the message is done", terminal.screen)


@check("--readonly offers no S")
def read_only(place):
    with Terminal(place) as terminal:
        terminal.start("demo", "--banner-delay", "0", "--readonly")
        terminal.wait_for("220 mx1", "READ-ONLY")
        terminal.press("r")
        terminal.wait_for("250 recipient")
        terminal.press("S")
        screen = terminal.settled()
        expect("Really send" not in screen, "S opens no dialog", screen)


@check("the window may change size at any time; under 40x10 one line stays, and nothing is lost")
def resizing(place):
    with Terminal(place, 80, 24) as terminal:
        quick_demo(terminal).press("r")
        terminal.wait_for("250 recipient")
        for columns, rows, texts in (
            (120, 40, ("1 Session", "4 Log", "250 recipient")),
            (200, 60, ("1 Session", "4 Log", "250 recipient")),
            (50, 14, ("Session",)),
            (39, 9, ("Porthole needs 40x10; this is 39x9",)),
            (80, 24, ("1 Session", "250 recipient")),
        ):
            terminal.resize(columns, rows)
            screen = terminal.wait_for(*texts)
            if columns == 39:
                expect(
                    len([line for line in screen.splitlines() if line.strip()]) == 1,
                    "a tiny window shows one line",
                    screen,
                )


@check("Ctrl-Z gives the terminal back to the shell, fg paints everything again")
def suspend(place):
    with Terminal(place) as terminal:
        terminal.shell("set -m")
        terminal.line(f"clear; {place.binary} demo --banner-delay 0")
        terminal.wait_for("220 mx1")
        terminal.press("C-z")
        terminal.wait_for(PROMPT)
        expect(terminal.is_whole, "the terminal is whole while the program is stopped", terminal.screen)
        terminal.line("fg")
        terminal.wait_for("1 Session", "220 mx1")
        terminal.press("q")
        terminal.wait_for(PROMPT)
        terminal.wait_without("1 Session")


@check("Ctrl-C cuts nothing that is not waiting and quits only when pressed twice")
def interrupt(place):
    with Terminal(place) as terminal:
        quick_demo(terminal).press("C-c")
        terminal.wait_for("again")
        time.sleep(2.3)
        terminal.press("C-c")
        terminal.wait_for("again")
        terminal.press("C-c")
        terminal.ended()
        expect(terminal.is_whole, "the terminal is whole", terminal.screen)


@check(":every connects again by itself each time that it is due, until :every off")
def every(place):
    with Sink() as sink, NoNames() as names, Terminal(place) as terminal:
        resolver = f"127.0.0.1:{names.port}"
        terminal.start(f"127.0.0.1:{sink.port}", "--to", "a@b.test", "--resolver", resolver)
        terminal.wait_for("ready for")
        terminal.line(":every 5s")
        until(lambda: sink.received.count(b"EHLO") > 2, 60, "three runs connect", lambda: terminal.screen)
        terminal.wait_for("EVERY 5.0 s")
        terminal.line(":every off")
        terminal.wait_without("EVERY")
