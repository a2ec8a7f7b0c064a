"""However the program dies, the terminal is whole again."""

import os
import pathlib
import signal

from harness import Failure, check, expect, until
from terminal import Terminal


NAMES = ("TERM", "HUP", "INT", "QUIT", "SEGV", "ABRT", "BUS", "FPE", "ILL", "TRAP", "SYS", "XCPU", "USR1", "ALRM")


@check("fourteen signals, from SIGTERM to SIGSEGV and SIGALRM, leave a whole terminal and are seen by the shell")
def signals(place):
    with Terminal(place) as terminal:
        before = terminal.settings()
        for name in NAMES:
            number = getattr(signal, f"SIG{name}")
            terminal.start("demo", "--banner-delay", "0")
            terminal.wait_for("220 mx1")
            os.kill(terminal.pid, number)
            status = terminal.ended()
            screen = terminal.screen
            expect(status == 128 + number, f"the shell sees SIG{name} (it saw {status})", screen)
            expect(terminal.is_whole, f"after SIG{name} the cursor and the main screen are back", screen)
            expect(before == terminal.settings(), f"after SIG{name} stty -a says what it said before")
            if name in ("TERM", "HUP", "INT"):
                expect(not place.left_over, f"after SIG{name} no temporary file is left", str(place.left_over))
            expect(
                "Session" not in terminal.screen, f"after SIG{name} nothing of the dashboard is left", terminal.screen
            )


@check("a terminal that goes away ends the program, and the demo's folder with it")
def hang_up(place):
    with Terminal(place) as terminal:
        terminal.start("demo", "--banner-delay", "0")
        terminal.wait_for("220 mx1")
        pid = terminal.pid
    process = pathlib.Path(f"/proc/{pid}")
    try:
        until(lambda: not process.exists(), 5, "the program ends with its terminal")
    except Failure:
        os.kill(pid, signal.SIGKILL)
        raise
    expect(not place.left_over, "no temporary file is left", str(place.left_over))
