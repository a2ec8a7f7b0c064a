"""What is no log, or not always one: a sentence or a state for each, on the command line and in the pane, and never a hang."""

import os
import pathlib

from harness import check, expect, until
from logs import connection
from terminal import Terminal


def kinds(place):
    """Files that are no logs, and words of what is said of each."""
    folder = pathlib.Path(place.path("kinds"))
    (folder / "directory").mkdir(parents=True)
    os.mkfifo(folder / "pipe")
    (folder / "one").symlink_to("other")
    (folder / "other").symlink_to("one")
    return (
        (folder / "directory", "it is a directory; name a file in it"),
        (folder / "pipe", "it is a pipe; feed it to standard input with -"),
        (folder / "one", "its symbolic links go round in a circle"),
        (folder / "missing", "there is no such file"),
        ("/dev/zero", "it is a device; name a file"),
    )


@check("trace says in a sentence what is no log, what is empty and what has no line of mail, and never hangs")
def traced(place):
    for path, words in kinds(place):
        for question in (("192.0.2.7",), ("--list",), ("--summary",), ("192.0.2.7", "--cache", place.path("indexes"))):
            done = place.porthole("trace", *question, "--log", path, seconds=20)
            expect(done.status == 66 and words in done.err, f"{path}: {words}", done.evidence)
            expect(len(done.err.strip().splitlines()) == 1 and not done.out, "one sentence", done.evidence)
    for name, content, words in (
        ("empty.log", b"", "the log is empty"),
        ("binary.log", bytes(range(256)) * 4000, "of a log format that is known here"),
        ("endless.log", b"x" * 9_000_000, "its one line is not of a log format"),
    ):
        log = place.write(name, content)
        done = place.porthole("trace", "192.0.2.7", "--log", log)
        expect(done.status == 0 and words in done.out, f"{name}: {words}", done.evidence[:2000])
        done = place.porthole("trace", "--summary", "--log", log)
        expect(done.status == 0 and "1970" not in done.out, f"{name} has no time", done.evidence[:2000])


@check("the log pane says what is no log and goes on; a log that vanishes and comes back is followed again")
def shown(place):
    for path, words in kinds(place):
        with Terminal(place, 120, 40) as terminal:
            terminal.start("--log", path)
            terminal.wait_for(words.split(";")[0])
            terminal.press("Escape", "4", "q")
            terminal.ended()
    for name, content in (("binary.log", bytes(range(256)) * 4000), ("endless.log", b"x" * 9_000_000), ("empty.log", b"")):
        log = place.write(name, content)
        with Terminal(place, 120, 40) as terminal:
            terminal.start("--log", log)
            terminal.settled()
            terminal.press("Escape", "4", "g", "G", "q")
            terminal.ended()
    log = pathlib.Path(place.write("mail.log", connection(1, "198.51.100.1")))
    with Terminal(place, 120, 40) as terminal:
        terminal.start("--log", log)
        terminal.wait_for("198.51.100.1")
        log.unlink()
        terminal.wait_for("there is no such file")
        log.write_text(connection(2, "198.51.100.2"))
        until(lambda: "198.51.100.2" in terminal.screen, 10, "the new file is followed", lambda: terminal.screen)
        terminal.press("Escape", "q")
        terminal.ended()
