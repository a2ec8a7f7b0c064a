"""However the program dies, the terminal is whole again."""

import os
import signal

from harness import check, expect
from terminal import PROMPT, Terminal


@check("SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT, SIGBUS and SIGFPE leave a whole terminal and are seen by the shell")
def signals(place):
    with Terminal(place) as terminal:
        before = terminal.settings()
        for name in ("TERM", "HUP", "INT", "SEGV", "ABRT", "BUS", "FPE"):
            number = getattr(signal, f"SIG{name}")
            terminal.start("demo", "--banner-delay", "0")
            terminal.wait_for("220 mx1")
            os.kill(terminal.pid, number)
            status = terminal.ended()
            screen = terminal.screen
            expect(status == 128 + number, f"the shell sees SIG{name} (it saw {status})", screen)
            expect(terminal.is_whole, f"after SIG{name} the cursor and the main screen are back", screen)
            expect(before == terminal.settings(), f"after SIG{name} stty -a says what it said before")
            expect("Session" not in terminal.screen, f"after SIG{name} nothing of the dashboard is left", terminal.screen)


@check("a terminal that goes away ends the program, and the demo's folder with it")
def hang_up(place):
    import glob
    import time

    before = set(glob.glob("/tmp/porthole-lab-*"))
    with Terminal(place) as terminal:
        terminal.start("demo", "--banner-delay", "0")
        terminal.wait_for("220 mx1")
        pid = terminal.pid
        during = set(glob.glob("/tmp/porthole-lab-*"))
    limit = time.monotonic() + 5
    while os.path.exists(f"/proc/{pid}") and time.monotonic() < limit:
        time.sleep(0.05)
    alive = os.path.exists(f"/proc/{pid}")
    if alive:
        os.kill(pid, signal.SIGKILL)
    expect(not alive, "the program ends within 5 s of its terminal")
