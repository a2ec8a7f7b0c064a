"""The front end beside the panes: live triage, the palette, preferences, health, copying, the mouse, themes, the tour."""

import re
import base64

from harness import check, expect, until
from keys import quick_demo
from recorder import Recorder
from terminal import Terminal


@check("0 shows the gateway's state and the findings, Enter opens the evidence, . and , go from finding to finding")
def triage(place):
    with Terminal(place, 120, 40) as terminal:
        quick_demo(terminal)
        terminal.press(":")
        terminal.line("set to nobody@example.test")
        terminal.press("R")
        terminal.wait_for("550 #5.1.0", seconds=20)
        terminal.press("0")
        terminal.wait_for("Live triage", "gateway", "What needs you first", "RCPT TO: 550")
        terminal.press("Enter")
        terminal.wait_without("What needs you first")
        terminal.wait_for("┏━ 1 Session", "550 #5.1.0")
        terminal.press(".")
        terminal.wait_for("finding ")
        first = terminal.screen
        terminal.press(".")
        until(lambda: terminal.screen != first, 5, "the next finding is another", lambda: terminal.screen)
        terminal.press("q")


@check(": finds a command by some of its letters, Ctrl-R what was typed before; every action has a name")
def palette(place):
    with Terminal(place, 120, 40) as terminal:
        quick_demo(terminal).press(":")
        terminal.wait_for("matrix", "every mail exchanger side by side")
        terminal.type("chkh")
        terminal.wait_for("checkhealth")
        terminal.press("Enter")
        terminal.wait_for(":checkhealth")
        terminal.press("Enter")
        terminal.wait_for("Health", "name server", "window size", "nothing is wrong")
        terminal.press("Escape", ":")
        terminal.line("lang en")
        terminal.press(":", "C-r")
        terminal.wait_for(":lang en")
        terminal.press("Escape", ":")
        terminal.line("zoom")
        terminal.wait_for("ZOOM")


@check("config.toml sets preferences, logs and keys; a bad line is named with file, line and key, and the others hold")
def configuration(place):
    (place.folder / "config" / "porthole").mkdir(parents=True)
    log = place.write("mail.log", "Nov 21 19:40:11 mx postfix/smtpd[1]: connect from a.example.net[192.0.2.7]\n")
    place.write(
        "config/porthole/config.toml",
        f'theme = "mono"\nhelo = "probe.example.net"\nlayout = "sideways"\nclock = = 1\nlog = "{log}"\n'
        '[keys]\n"F5" = "zoom"\n"x" = "fly"\n',
    )
    with Terminal(place, 120, 40) as terminal:
        terminal.start()
        screen = terminal.wait_for("3 faults in the configuration (:checkhealth)")
        terminal.wait_for("connect from a.example.net")
        terminal.press("F5")
        terminal.wait_for("ZOOM")
        terminal.press(":")
        terminal.line("checkhealth")
        terminal.wait_for("config.toml:3", "layout", "config.toml:4", "config.toml:8", "no action is called fly")
        terminal.press("Escape", ":")
        terminal.line("set")
        terminal.wait_for("What can be set", "probe.example.net", "mono")
        expect("Traceback" not in screen, "nothing else is said", screen)
    done = place.porthole("checkhealth")
    expect(done.status == 66 and "config.toml:3: layout" in done.out, "porthole checkhealth says the same", done.evidence)
    expect("the others hold" in done.out, "and what follows of it", done.evidence)


@check("y copies by OSC 52 and into a file of mode 0600; only printable text, and in private without names")
def copying(place):
    with Recorder(place, "demo", "--banner-delay", "0", columns=120, rows=40) as recorder:
        recorder.wait_for(b"220 mx1")
        recorder.press("y")
        recorder.wait_for(b"\x1b]52;c;")
        recorder.wait_for(b"last-copy.txt")
        recorder.press("q")
        recorder.finish()
        sent = recorder.bytes.split(b"\x1b]52;c;")[1].split(b"\x07")[0]
    text = base64.b64decode(sent).decode()
    expect("220 mx1" in text, "the clipboard has the row", text)
    kept = place.folder / "state" / "porthole" / "last-copy.txt"
    expect(kept.read_text() == text + "\n", "the file has the same", kept.read_text())
    expect(kept.stat().st_mode & 0o777 == 0o600, "nobody else can read it", oct(kept.stat().st_mode))


@check("the mouse is off until it is asked for; then a click chooses a pane, and it is off again at the end")
def mouse(place):
    with Recorder(place, "demo", "--banner-delay", "0", columns=120, rows=40) as recorder:
        recorder.wait_for(b"220 mx1")
        expect(b"\x1b[?1000h" not in recorder.bytes and b"\x1b[?1002h" not in recorder.bytes, "no mouse at first")
        recorder.press(":set mouse on\r")
        recorder.wait_for(b"\x1b[?1006h")
        recorder.press("\x1b[<0;10;37M\x1b[<0;10;37m")
        recorder.press("q")
        recorder.finish()
        expect(b"\x1b[?1000l" in recorder.bytes or b"\x1b[?1006l" in recorder.bytes, "the mouse is given back")


@check("a theme's file is read again when it is saved, a mistake is said with its line; theme check says what is hard to read")
def themes(place):
    text = (place.repository / "Themes" / "porthole-dark.toml").read_text()
    theme = place.write("mine.toml", text.replace('"porthole-dark"', '"mine"'))
    with Terminal(place, 100, 30) as terminal:
        terminal.start("demo", "--banner-delay", "0", "--theme", theme)
        terminal.wait_for("220 mx1")
        place.write("mine.toml", text.replace('ok = "✓"', 'ok = "+"').replace('"porthole-dark"', '"mine"'))
        terminal.wait_for(" +  1 DNS")
        place.write("mine.toml", text + "\n[nonsense]\n")
        terminal.wait_for("mine.toml:")
        terminal.wait_for(" +  1 DNS")
    done = place.porthole("theme")
    expect(len(done.out.splitlines()) >= 8 and "cvd-dark" in done.out, "theme lists the eight", done.evidence)
    done = place.porthole("theme", "check", "contrast-light")
    expect(done.status == 0 and "deutan" in done.out, "a good theme passes", done.evidence)
    grey = place.write("grey.toml", 'name = "grey"\nbackground = "#808080"\n[roles]\n"ui.text" = { fg = { rgb = "#888888" } }\n')
    done = place.porthole("theme", "check", grey)
    expect(done.status == 1 and "ui.text: contrast 1." in done.out, "a grey one does not", done.evidence)
    done = place.porthole("theme", "check", place.write("bad.toml", "name = \n"))
    expect(done.status == 66 and "bad.toml:1" in done.err, "what is no theme is named with its line", done.evidence)


@check("demo --tour presses its keys by itself with a caption for each pane; n goes on, Esc ends it, and it is 15 stops long")
def tour(place):
    with Terminal(place, 100, 30) as terminal:
        terminal.start("demo", "--tour", "--banner-delay", "0")
        terminal.wait_for("TOUR 1/15", "each step, its reply, its time")
        terminal.wait_for("220 mx1")
        for stop in range(2, 16):
            terminal.press("n")
            terminal.wait_for(f"TOUR {stop}/15")
        terminal.press("Escape")
        terminal.wait_for("the tour is over")
        terminal.press("q")


@check("the manual page is roff without a stray request, names every command, and completions are made for three shells")
def manual(place):
    done = place.porthole("manual")
    expect(done.status == 0 and done.out.startswith(".TH PORTHOLE 1"), "it is a manual page", done.evidence)
    requests = {line.split()[0] for line in done.out.splitlines() if line.startswith((".", "'"))}
    expect(requests <= {".TH", ".SH", ".SS", ".PP", ".nf", ".fi", ".TP"}, "every request is meant", str(requests))
    for command in ("demo", "send", "explain", "check", "trace", "follow", "walk", "replay", "theme", "checkhealth"):
        expect(f".SS porthole {command}" in done.out, f"{command} has its section", done.out[:2000])
    for shell in ("bash", "zsh", "fish"):
        done = place.porthole("--generate-completion-script", shell)
        expect(done.status == 0 and "porthole" in done.out, f"completions for {shell}", done.evidence)


@check("--help and a mistake name the command with the program before it, asked for in any way")
def helpful(place):
    whole = place.porthole("--help")
    expect(whole.status == 0 and "USAGE: porthole <subcommand>" in whole.out, "the program's own help", whole.evidence)
    commands = re.findall(r"^  ([a-z]+)(?: \(default\))?(?:  |$)", whole.out.split("SUBCOMMANDS:")[1], re.MULTILINE)
    expect({"dashboard", "send", "check", "theme"} <= set(commands), "the commands are listed", whole.evidence)
    for command in commands:
        for asked in ((command, "--help"), ("help", command)):
            done = place.porthole(*asked)
            expect(
                done.status == 0 and f"USAGE: porthole {command}" in done.out.replace("[--", "--"),
                f"{' '.join(asked)} says how porthole {command} is used", done.evidence,
            )  # fmt: skip
        wrong = place.porthole(command, "--no-such-option")
        expect(
            wrong.status == 64 and re.search(rf"porthole {command}( [a-z]+)? --help", wrong.err),
            f"{command} names itself", wrong.evidence,
        )  # fmt: skip
