"""What the screen looks like beside its words: colour, width, speed."""

import os
import pathlib
import re
import statistics
import time
import unicodedata

from harness import check, expect, until
from recorder import Recorder
from terminal import Terminal

#: SGR parameters that set a colour: 30-37, 38, 40-47, 48, 90-97, 100-107.
COLOUR = re.compile(rb"\x1b\[(?:\d+[;:])*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;:]\d+)*m")

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def width(line):
    """Columns of a terminal that `line` takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in line
    )


@check("NO_COLOR and --color never paint no colour, --color always beats NO_COLOR, every theme paints")
def colours(place):
    def painted(*arguments, **variables):
        with Recorder(place, "demo", "--banner-delay", "0", *arguments, variables=variables) as recorder:
            recorder.wait_for(b"220")
            recorder.press("r")
            recorder.press("q")
            recorder.finish()
            return COLOUR.search(recorder.bytes)

    expect(painted(), "there is colour by default")
    expect(not painted(NO_COLOR="1"), "NO_COLOR=1 paints no colour")
    expect(painted(NO_COLOR=""), "an empty NO_COLOR means nothing")
    expect(not painted("--color", "never"), "--color never paints no colour")
    expect(painted("--color", "always", NO_COLOR="1"), "--color always beats NO_COLOR")
    for theme in sorted((place.repository / "Themes").glob("*.toml")):
        if theme.stem not in ("mono", "base"):
            expect(painted("--theme", theme.stem), f"the theme {theme.stem} paints")


@check("Japanese explanations stand in straight borders: every row is exactly as wide as the window")
def japanese(place):
    for columns, rows in ((80, 24), (120, 40)):
        with Terminal(place, columns, rows) as terminal:
            terminal.start("demo", "--banner-delay", "0", "--lang", "ja")
            terminal.wait_for("220 mx1")
            terminal.press("r")
            terminal.wait_for("250 recipient")
            terminal.press("2")
            until(
                lambda: JAPANESE.search(terminal.screen), 10, "the explanation is in Japanese", lambda: terminal.screen
            )
            screen = terminal.settled()
            for line in screen.splitlines():
                if line[:1] in "┃│┏┌└┗":
                    expect(
                        width(line) == columns,
                        f"every row is {columns} wide; this one is {width(line)}: {line}",
                        screen,
                    )
            terminal.press("J")
            screen = terminal.settled()
            expect(not JAPANESE.search(screen), "J shows it in English", screen)


@check("in a terminal without UTF-8 borders and signs are ASCII and nothing is blank")
def ascii_only(place):
    with Recorder(place, "demo", "--banner-delay", "0", variables={"LC_ALL": "C"}) as recorder:
        recorder.wait_for(b"220")
        recorder.press("q")
        recorder.finish()
        expect(all(byte < 0x80 for byte in recorder.bytes), "every byte is ASCII", repr(bytes(recorder.bytes[:800])))
        for word in (b"+-", b"Session", b"|"):
            expect(word in recorder.bytes, f"{word.decode()} is drawn", repr(bytes(recorder.bytes[:800])))


def processor_time(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@check(
    "the first frame is there within 250 ms on a busy machine, and a dashboard with nothing to do uses no processor time"
)
def speed(place):
    log = place.write("quiet.log", "Nov 21 19:40:07 mx postfix/smtpd[7]: connect from unknown[192.0.2.9]\n")
    times = []
    for _ in range(7):
        began = time.monotonic()
        with Recorder(place, *place.on_loopback(["--log", log])) as recorder:
            recorder.wait_for(b"Porthole")
            times.append((time.monotonic() - began) * 1000)
            if len(times) == 7:
                recorder.settle()
                before, painted = processor_time(recorder.pid), len(recorder.bytes)
                recorder.read(3)
                used, painted = processor_time(recorder.pid) - before, len(recorder.bytes) - painted
    shown = " ".join(f"{one:.0f}" for one in times)
    expect(statistics.median(times) <= 250, f"the median of the first frames is 250 ms at most; they took {shown} ms")
    expect(used <= 0.03, f"3 idle seconds take 30 ms of processor time at most; they took {used * 1000:.0f} ms")
    expect(painted <= 300, f"3 idle seconds paint 300 bytes at most; they painted {painted}")
