"""What may become of a message, each kind with its own exit code, words and end in the log; all through the lab."""

import json

from harness import check, expect, until
from logs import Reader
from terminal import Terminal

#: Local part, exit code of `send --send`, a class or entry that explains it, the outcome in the log ("" where none is wanted).
FATES = (
    ("user", 0, "", "delivered"),
    ("nobody", 77, "mailbox_unknown", ""),
    ("quota", 77, "mailbox_full", ""),
    ("greylist", 75, "greylist", ""),
    ("toomany", 75, "rate_limit", ""),
    ("error", 75, "system", ""),
    ("shutdown", 75, "system", ""),
    ("disconnect", 75, "", ""),
    ("queuefull", 75, "system", ""),
    ("slow", 0, "", "delivered"),
    ("bounce", 0, "", "bounced"),
    ("delay", 0, "", "delayed"),
    ("quarantine", 0, "", "quarantined"),
    ("spam", 0, "", "dropped quarantined"),
    ("virus", 0, "", "dropped"),
    ("drop", 0, "", "dropped"),
)


@check(
    "sixteen fates of a message: exit code, explanation and the end in the gateway's log agree with what was done to it"
)
def sixteen(place):
    with Reader(place, "lab") as lab:
        lab.wait_for("\n", 15)
        said = json.loads(lab.out)
        common = (
            "--port",
            said["smtp"].rsplit(":", 1)[-1],
            "--resolver",
            said["resolver"],
            "--ca-file",
            said["caFile"],
        )
        wrong, waiting = [], []
        for name, status, kind, outcome in FATES:
            done = place.porthole(
                "send", f"{name}@example.test", *common, "--from", "probe@example.net", "--send", "--json", seconds=60
            )
            told = done.json()
            explanation = told["explanation"] or {"class": "", "entry": ""}
            last = [line for event in told["events"] for line in event["lines"]][-3:]
            if done.status != status:
                wrong.append(f"{name}: exit {done.status}, not {status}; {told['closed']}; {last}")
            if kind and explanation["class"] != kind:
                wrong.append(
                    f"{name}: explained as {explanation['class']} ({explanation['entry']}), not {kind}; {last}"
                )
            if status and not told["explanation"]:
                wrong.append(f"{name}: not explained; {told['closed']}; {last}")
            if outcome and told["acceptedAs"]:
                waiting.append((name, told["acceptedAs"][0], outcome))
        for name, identifier, outcome in waiting:

            def found():
                traces = place.porthole("trace", identifier, "--log", said["log"], "--json").json_lines()
                return traces and traces[0]["messages"][0]["outcome"] in outcome.split()

            try:
                until(found, 12, f"{name} ends as {outcome}")
            except Exception:
                wrong.append(f"{name}: {place.porthole('trace', identifier, '--log', said['log']).out[:1500]}")
        expect(not wrong, f"all {len(FATES)} fates are told as they are", "\n".join(wrong))


@check("a 421, a connection closed without a word and a refused connection are three different things on the screen")
def three_ends(place):
    with Reader(place, "lab") as lab, Terminal(place, 120, 40) as terminal:
        lab.wait_for("\n", 15)
        said = json.loads(lab.out)
        common = (
            "--port",
            said["smtp"].rsplit(":", 1)[-1],
            "--resolver",
            said["resolver"],
            "--ca-file",
            said["caFile"],
        )
        screens = {}
        for name in ("shutdown", "disconnect"):
            terminal.start(f"{name}@example.test", *common, "--from", "probe@example.net")
            terminal.wait_for("1 Session")
            terminal.press("r")
            terminal.wait_for("RCPT TO", "✗")
            screens[name] = terminal.settled()
            terminal.press("q")
            terminal.ended()
        terminal.start("127.0.0.1:1", "--to", "user@example.test")
        terminal.wait_for("1 Session")
        terminal.press("r")
        screens["refused"] = terminal.wait_for("refused")
        terminal.press("q")
        terminal.ended()
    for name, words in (
        ("shutdown", "✗  6 RCPT TO    421"),
        ("disconnect", "✗  6 RCPT TO    the server closed the connection"),
        ("refused", "refused"),
    ):
        expect(words in screens[name], f"{name} reads {words!r}", screens[name])


@check("--readonly also holds on the SMTP command line: DATA typed there does not go out")
def read_only_line(place):
    with Terminal(place, 120, 40) as terminal:
        terminal.start("demo", "--banner-delay", "0", "--readonly")
        terminal.wait_for("220 mx1")
        terminal.press("r")
        terminal.wait_for("250 recipient")
        terminal.press("1", "c")
        for line in ("DATA", "data", "BDAT 5 LAST"):
            terminal.line(line)
            screen = terminal.settled()
            expect("354" not in screen, f"{line} does not go out", screen)
