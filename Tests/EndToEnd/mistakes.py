"""Bad input gets one clear sentence and the right exit code, never a stack trace."""

import re

from harness import check, expect
from hostile import NameServer
from peers import free_port
from terminal import PROMPT, Terminal, prose

NOT_A_SENTENCE = re.compile(r"Fatal error|Error Domain|NSCocoa|Swift\.|0x[0-9a-f]{6,}|backtrace|Optional\(|error\(")


def expect_sentence(done, status, *words):
    expect(done.status == status, f"the exit code is {status}", done.evidence)
    expect(
        not NOT_A_SENTENCE.search(done.err + done.out),
        "a sentence, not a trace of the program's insides",
        done.evidence,
    )
    lines = [line for line in done.err.splitlines() if line.strip()]
    expect(len(lines) == 1, "one line on the error stream", done.evidence)
    for word in words:
        expect(word in done.err, f"the sentence says {word!r}", done.evidence)


def expect_refusal(done, status, *words):
    """A session that came to nothing: its transcript says why on standard output."""
    expect(done.status == status, f"the exit code is {status}", done.evidence)
    expect(
        not NOT_A_SENTENCE.search(done.err + done.out),
        "a sentence, not a trace of the program's insides",
        done.evidence,
    )
    for word in words:
        expect(word in prose(done.out + done.err), f"it says {word!r}", done.evidence)


@check("no such host, no such domain and a refused port: 69 and a sentence")
def unreachable(place):
    names = place.enter(NameServer())
    resolver = f"127.0.0.1:{names.port}"
    expect_refusal(place.porthole("send", "nosuch.example.test:25", "--resolver", resolver), 69, "nosuch.example.test")
    expect_refusal(
        place.porthole("send", "user@nosuch.example.test", "--resolver", resolver), 69, "nosuch.example.test"
    )
    port = free_port()
    expect_refusal(place.porthole("send", f"127.0.0.1:{port}"), 69, "refused", str(port))
    done = place.porthole("send", f"127.0.0.1:{port}", "--json")
    expect(done.status == 69 and done.json()["exit"] == 69, "the JSON says 69 too", done.evidence)


@check("a resolver that is not there is told from a name that is not there")
def no_resolver(place):
    done = place.porthole("send", "mx.example.test:25", "--resolver", f"127.0.0.1:{free_port()}", seconds=40)
    expect(done.status == 69, "the exit code is 69", done.evidence)
    expect("no such name" not in done.out, "the name is not blamed", done.evidence)


@check("a log that is missing, a folder or not readable, and a session that is none: 66 and a sentence with the path")
def unreadable(place):
    folder, missing = place.path("home"), place.path("missing.log")
    junk = place.write("junk", b"\x00\x01 this is no session\n")
    expect_sentence(place.porthole("trace", "x", "--log", missing), 66, missing, "o such file")
    expect_sentence(place.porthole("trace", "x", "--log", folder), 66, folder, "directory")
    expect_sentence(place.porthole("replay", missing), 66, missing)
    expect_sentence(place.porthole("replay", folder), 66, folder)
    expect_sentence(place.porthole("replay", junk), 66, junk)


@check("the log pane says what is wrong with a log that is missing or a folder, and takes it up when it appears")
def log_pane(place):
    late = place.path("late.log")
    with Terminal(place, 120, 40) as terminal:
        terminal.start("--log", place.path("home"))
        terminal.settled()
        terminal.press("Escape")
        terminal.wait_for("4 Log", "directory")
        terminal.press(":")
        terminal.line(f"log open {late}")
        terminal.wait_for("late.log", "o such file")
        place.write(
            "late.log",
            "Sat Nov 21 19:40:07 2026 Info: New SMTP ICID 880 interface Data 1 (192.0.2.25) address "
            "198.51.100.4 reverse dns host unknown verified no\n",
        )
        terminal.wait_for("198.51.100.4")


@check(
    "an unknown theme, a theme file with a fault, a missing theme file: 66 or 64, a sentence, and no screen is opened"
)
def themes(place):
    fault = place.write("fault.toml", 'name = "fault"\nvariant = "dark"\n[roles]\n"ui.nonsense" = { fg = "default" }\n')
    broken = place.write("broken.toml", 'name = "broken\n')
    with Terminal(place, 120, 40) as terminal:
        for theme, words in (
            ("nosuch", ("nosuch",)),
            (fault, ("fault.toml", "ui.nonsense")),
            (broken, ("broken.toml",)),
            (place.path("missing.toml"), ("missing.toml",)),
        ):
            errors = place.path("errors")
            status = terminal.shell(f"clear; {place.binary} demo --theme {theme} 2> {errors}")
            said = open(errors).read()
            expect(status in (64, 66), f"--theme {theme} ends with 64 or 66 (it was {status})", said)
            expect(len(said.strip().splitlines()) == 1, "one line on the error stream", said)
            for word in words:
                expect(word in said, f"the sentence says {word!r}", said)
            expect(not NOT_A_SENTENCE.search(said), "a sentence", said)
            expect(terminal.is_whole, "the terminal is whole", terminal.screen)
    said = place.porthole("demo", "--theme", fault).err
    expect(re.search(r"fault\.toml:4|line 4", said), "the line of the fault is named", said)


@check("no terminal, a dumb terminal and an unknown one: a sentence with what to do instead")
def no_terminal(place):
    expect_sentence(place.porthole(), 64, "terminal", "--plain")
    expect_sentence(place.porthole("demo"), 64, "terminal")
    with Terminal(place) as terminal:
        for name in ("dumb",):
            errors = place.path("errors")
            status = terminal.shell(f"TERM={name} {place.binary} 2> {errors}")
            said = open(errors).read()
            expect(status == 64, f"TERM={name} ends with 64 (it was {status})", said)
            expect(len(said.strip().splitlines()) == 1 and "--plain" in said, "one sentence that names --plain", said)
            expect(terminal.is_whole, "the terminal is whole", terminal.screen)


@check("a terminal of a type that nobody knows still shows the dashboard, and q still ends it")
def unknown_terminal(place):
    with Terminal(place) as terminal:
        terminal.line(f"clear; TERM=xterm-nosuch {place.binary} demo --banner-delay 0")
        terminal.wait_for("1 Session", "220 mx1")
        terminal.press("q")
        terminal.wait_for(PROMPT)
        terminal.wait_without("1 Session")


@check("a start at 39x9 shows one line, and the dashboard as soon as there is room")
def too_small(place):
    with Terminal(place, 39, 9) as terminal:
        terminal.start("demo", "--banner-delay", "0")
        screen = terminal.wait_for("Porthole needs 40x10; this is 39x9")
        expect(len([line for line in screen.splitlines() if line.strip()]) == 1, "one line", screen)
        terminal.resize(80, 24)
        terminal.wait_for("1 Session", "220 mx1")


@check("wrong arguments: 64 and what is wrong with them")
def usage(place):
    for arguments, word in (
        (("send", "127.0.0.1:99999"), "99999"),
        (("send", "127.0.0.1", "--port", "0"), "0 is not a port"),
        (("send", "127.0.0.1:25", "--to", "a\r\nDATA"), "--to"),
        (("send", "127.0.0.1:25", "--from", "a\nb"), "--from"),
        (("send", "127.0.0.1:25", "--send"), "--to"),
        (("send", "127.0.0.1:25", "--notify", "SOON", "--to", "a@b.test"), "SOON"),
        (("send", ""), ""),
        (("send", "127.0.0.1:25", "--resolver", "127.0.0.1:x"), "not a port"),
    ):
        expect_sentence(place.porthole(*arguments), 64, word)
    for arguments in (
        ("frobnicate", "now"),
        ("send", "--frobnicate"),
        ("trace", "x"),
        ("explain", "hello", "--lang", "xx"),
    ):
        expect_sentence(place.porthole(*arguments), 64, "--help lists the options")
