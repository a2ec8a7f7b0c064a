"""The demo, played by keys alone at two sizes: the story that the dashboard is for."""

import re
import time

from harness import check, expect, until
from terminal import PROMPT, Terminal, prose

#: The dialog ignores its first 300 ms, so that a key typed ahead cannot say yes.
DIALOG_ARMS = 0.4


def accepted_id(terminal):
    """The message's id in the server's own 250, as the gateway words it."""
    found = until(
        lambda: re.search(r"Message (\d+) a", terminal.screen),
        10,
        "the server's 250 names the message",
        lambda: terminal.screen,
    )
    return found.group(1)


def send_for_real(terminal):
    terminal.press("S")
    terminal.wait_for("Really send a message?")
    time.sleep(DIALOG_ARMS)
    terminal.press("S")


def expect_words(text, *words):
    """Every one of `words` stands in the pane's text, wherever it was wrapped."""
    flat = prose(text)
    for word in words:
        expect(word in flat, f"the pane says {word!r}", text)


def play(place, columns, rows):
    with Terminal(place, columns, rows) as terminal:
        before = terminal.settings()
        terminal.start("demo")
        is_medium = columns >= 100

        # All four panes alive, before anything is pressed.
        terminal.wait_for("1 Session", "2 Explain", "3 MX/DNS", "4 Log", "220 mx1", seconds=8)
        if is_medium:
            terminal.wait_for("10 mx1.example.test", "ICID", seconds=5)
        else:
            terminal.press("3")
            terminal.wait_for("10 mx1.example.test")
            terminal.press("4")
            terminal.wait_for("ICID")
            terminal.press("1")

        # The rehearsal: up to RCPT and no further, the 250 explained.
        terminal.press("r")
        terminal.wait_for("250 recipient", "not sent")
        expect_words(terminal.read_pane("2"), "250 recipient <user@example.test> ok", "OK", "Acts", "Basis")

        # A recipient that does not exist: refused, and explained with causes.
        terminal.press(":")
        terminal.line("set to nobody@example.test")
        terminal.wait_for("nobody@example.test")
        terminal.press("1", "R")
        terminal.wait_for("550", "run 2", seconds=10)
        page = terminal.read_pane("2")
        expect_words(page, "550", "PERM", "Likely", "Next")
        expect(re.search(r"Likely\s+1\s+\w+", prose(page)), "the causes are numbered", page)

        # One message for real.
        terminal.press(":")
        terminal.line("set to user@example.test")
        terminal.wait_for("user@example.test")
        terminal.press("1", "R")
        terminal.wait_for("run 3", "250 recipient", seconds=10)
        send_for_real(terminal)
        mid = accepted_id(terminal)
        terminal.wait_for("SENT 1")

        # The log turns to that message by itself and follows it to its end.
        if not is_medium:
            terminal.press("4")
        terminal.wait_for("message ", f"MID {mid}")
        if not is_medium:
            terminal.press("z")
        until(
            lambda: re.search(
                rf"MID {mid} to <user@example.test> was delivered|MID {mid} was delivered", prose(terminal.screen)
            ),
            15,
            "a sentence says that the message was delivered",
            lambda: terminal.screen,
        )
        terminal.wait_for(f"Message finished MID {mid}")
        if not is_medium:
            terminal.press("z")

        # The reverse zone that says nothing, and what it has to do with the late banner.
        page = terminal.read_pane("3")
        expect_words(page, "silent", "Joined")

        terminal.press("q")
        status = terminal.ended()
        expect(status == 0, f"q ends the program with 0 (it was {status})")
        expect(terminal.is_whole, "the cursor and the main screen are back", terminal.screen)
        expect(before == terminal.settings(), "stty -a says the same before and after")
        expect(not place.left_over, "no temporary file is left", str(place.left_over))
        expect(PROMPT in terminal.screen and "Session" not in terminal.screen, "the shell is back", terminal.screen)


@check(
    "the demo at 80x24: rehearsal, refusal explained, message followed to its delivery, silent zone joined, terminal given back"
)
def demo_narrow(place):
    play(place, 80, 24)


@check("the demo at 120x40: the same, with all four panes in sight")
def demo_medium(place):
    play(place, 120, 40)
