"""What is no log, or not always one: a sentence or a state for each, on the command line and in the pane, and never a hang."""

import gzip
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


@check("trace answers from the logs that it could read, says which it could not, and then ends with 66")
def partly(place):
    text = "".join(connection(number, "198.51.100.4") for number in range(3))
    log = place.write("mail.log", text)
    packed = gzip.compress("".join(connection(number, "198.51.100.5") for number in range(50, 99)).encode() * 40)
    place.write("mail.log.2.gz", packed[: len(packed) // 2])
    for sources, words in (
        ([log, place.path("missing.log")], "there is no such file; check the path"),
        ([log + "*"], "gzip stopped with status 1"),
        ([f"cmd:cat {log}; exit 3"], "the command ended with status 3"),
    ):
        for question in (("198.51.100.4",), ("198.51.100.4", "--list"), ("--summary",)):
            done = place.porthole("trace", *question, "--log", *sources)
            expect(done.status == 66 and words in done.err, words, done.evidence[:2000])
            expect("198.51.100.4" in done.out, "the answer from the rest", done.evidence[:2000])
        done = place.porthole("trace", "203.0.113.9", "--log", *sources)
        expect(
            done.status == 66 and "not all of the log could be read" in done.out and "never reached us:" not in done.out,
            "nothing is said to have never come", done.evidence[:2000],
        )


@check("trace says which lines contain a needle that it has no trace of, of every kind of source")
def mentioned(place):
    words = [
        "smtpd[7]: connect from mx.sender.test[198.51.100.4]",
        "smtp[9]: 4ABC12DEF0: to=<b@corp.test>, relay=10.9.0.77[10.9.0.77]:25, dsn=2.0.0, status=sent (250 queued as D74A85)",
        "smtpd[7]: disconnect from mx.sender.test[198.51.100.4]",
    ]
    text = "".join(f"Feb  2 10:00:0{number} mx postfix/{line}\n" for number, line in enumerate(words))
    log, packed = place.write("mail.log", text), place.write("other.log.gz", gzip.compress(text.encode()))
    for source in (log, packed, f"cmd:cat {log}", "-"):
        done = place.porthole("trace", "D74A85", "--log", source, text=text)
        expect(done.status == 0 and "; but line 2 contains it" in done.out, source, done.evidence)
        expect("\n? 2: " in done.out, "the line itself", done.evidence)
        done = place.porthole("trace", "10.9.0.77", "--log", source, text=text)
        expect("; but one delivery went to it, line 2" in done.out, "a next hop", done.evidence)
        expect("contains it" not in place.porthole("trace", "10.9.0.7", "--log", source, text=text).out, "no part of it")


@check("follow takes a pattern as the logs that are still written, and says what a packed one and an empty name are")
def patterns(place):
    place.write("mail.log.1", connection(1, "198.51.100.1"))
    place.write("mail.log", connection(2, "198.51.100.2"))
    done = place.porthole("follow", place.path("mail*"), "--until", "198.51.100.2")
    expect(done.status == 0 and "198.51.100.2" in done.out and "198.51.100.1" not in done.out, "the newest", done.evidence)
    expect("older files of the same logs" in done.err and "mail.log.1" in done.err, "said", done.evidence)
    place.write("mail.log.2.gz", gzip.compress(b"x"))
    for arguments, status, words in (
        (("follow", place.path("none*")), 66, "no file has such a name; check the pattern"),
        (("follow", place.path("mail.log.2.gz")), 66, "is packed, so that nothing is ever added to it"),
        (("trace", "x", "--log", ""), 66, "a log has an empty name"),
        (("trace", "x", "--log", "syslog://127.0.0.1:5514"), 66, "nothing is there before it is sent"),
    ):
        done = place.porthole(*arguments)
        expect(done.status == status and words in done.err and not done.out, words, done.evidence)


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
