"""Logs as they grow and turn: in the pane, by `follow`, and from the lab."""

import json
import os
import pathlib
import signal
import subprocess
import threading

from demo import send_for_real
from harness import Failure, check, expect, until
from sinks import NextHop
from terminal import Terminal, prose


def line(number, text):
    return f"Sat Nov 21 19:40:{number:02} 2026 Info: {text}\n"


def connection(number, address):
    return line(
        number,
        f"New SMTP ICID {800 + number} interface Data 1 (192.0.2.25) address {address} reverse dns host "
        "unknown verified no",
    )


@check(
    "the log pane shows what is appended, goes over to the new file when the log is rotated, and starts anew when it is cut"
)
def rotation(place):
    log = pathlib.Path(place.write("mail.log", connection(1, "198.51.100.1")))
    with Terminal(place, 120, 40) as terminal:
        terminal.start("--log", log)
        terminal.settled()
        terminal.press("Escape", "4")
        terminal.wait_for("198.51.100.1", "mail.log")
        with log.open("a") as file:
            file.write(connection(2, "198.51.100.2"))
        terminal.wait_for("198.51.100.2")
        log.rename(place.path("mail.log.1"))
        with open(place.path("mail.log.1"), "a") as file:
            file.write(connection(3, "198.51.100.3"))
        log.write_text(connection(4, "198.51.100.4"))
        terminal.wait_for("198.51.100.4")
        terminal.wait_for("198.51.100.3")
        with log.open("r+") as file:
            file.truncate(0)
        until(
            lambda: "198.51.100.5" in terminal.screen or log.write_text(connection(5, "198.51.100.5")) == 0,
            5,
            "what comes after a truncation is shown",
            lambda: terminal.screen,
        )
        with log.open("ab") as file:
            file.write(b"half a line")
        terminal.settled()
        with log.open("ab") as file:
            file.write(b" and its other half\n")
        terminal.wait_for("half a line and its other half")


@check("a message is followed to its delivery even when the log is rotated between its acceptance and its delivery")
def rotation_in_between(place):
    gateway = place.enter(NextHop("250 ok:  Message 214 accepted"))
    log = pathlib.Path(place.write("mail.log", connection(1, "198.51.100.1")))
    before = (
        "New SMTP ICID 881 interface Data 1 (127.0.0.1) address 127.0.0.1 reverse dns host localhost verified yes",
        "Start MID 214 ICID 881",
        "MID 214 ICID 881 From: <probe@example.net>",
        "MID 214 ICID 881 RID 0 To: <user@example.test>",
        "MID 214 ready 412 bytes from <probe@example.net>",
        "MID 214 queued for delivery",
    )
    after = (
        "New SMTP DCID 44 interface 192.0.2.25 address 192.0.2.8 port 25",
        "Delivery start DCID 44 MID 214 to RID [0]",
        "Message done DCID 44 MID 214 to RID [0]",
        "MID 214 RID [0] Response '2.0.0 Ok: queued as 3jj'",
        "Message finished MID 214 done",
    )
    with Terminal(place, 120, 40) as terminal:
        terminal.start(
            f"127.0.0.1:{gateway.port}", "--log", log, "--from", "probe@example.net", "--to", "user@example.test"
        )
        terminal.wait_for("198.51.100.1")
        terminal.press("r")
        terminal.wait_for("not sent")
        terminal.wait_for("RCPT TO", "✓  6 RCPT")
        send_for_real(terminal)
        terminal.wait_for("Message 214 accepted")
        with log.open("a") as file:
            file.write("".join(line(7, text) for text in before))
        terminal.wait_for("this message", "MID 214")
        log.rename(place.path("mail.log.1"))
        log.write_text("".join(line(9, text) for text in after))
        until(
            lambda: "MID 214 to <user@example.test> was delivered" in prose(terminal.screen)
            or "MID 214 was delivered to <user@example.test>" in prose(terminal.screen),
            10,
            "a sentence says that the message was delivered, and to whom",
            lambda: terminal.screen,
        )


class Reader:
    """A command whose output is read as it comes; ended by its own process id."""

    def __init__(self, place, *arguments):
        self.process = subprocess.Popen(
            [place.binary, *map(str, arguments)],
            env=place.environment,
            cwd=place.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self.out, self.err = b"", b""
        for name, stream in (("out", self.process.stdout), ("err", self.process.stderr)):
            threading.Thread(target=self.read, args=(name, stream), daemon=True).start()

    def read(self, name, stream):
        while chunk := os.read(stream.fileno(), 65536):
            setattr(self, name, getattr(self, name) + chunk)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    @property
    def evidence(self):
        return f"--- out\n{self.out.decode(errors='replace')}\n--- err\n{self.err.decode(errors='replace')}"

    def wait_for(self, text, seconds=10):
        until(lambda: text.encode() in self.out, seconds, f"{text!r} is printed", lambda: self.evidence)

    def end(self, number=signal.SIGTERM, seconds=5):
        self.process.send_signal(number)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failure(f"the command ends within {seconds} s of signal {number}", self.evidence) from None


def followed(place, pause):
    """Seven lines, three rotations; `pause` is called with what should have been printed by then."""
    log = pathlib.Path(place.write("mail.log", connection(1, "198.51.100.1")))
    with Reader(place, "follow", log, "--json") as reader:
        reader.wait_for("198.51.100.1")
        for number in range(2, 8):
            with log.open("a") as file:
                file.write(connection(number, f"198.51.100.{number}"))
            pause(reader, f"198.51.100.{number}")
            if number % 2:
                log.rename(place.path(f"mail.log.{number}"))
                log.write_text("")
        reader.wait_for("198.51.100.7")
        lines = [json.loads(one) for one in reader.out.splitlines()]
        numbers = [int(one["text"].split("ICID ")[1].split()[0]) - 800 for one in lines]
        expect(numbers == list(range(1, 8)), "each line once and in order", reader.evidence)
        expect(
            all(one["ids"] == [f"ICID {800 + number}"] for one, number in zip(lines, numbers)),
            "the ids are named",
            reader.evidence,
        )
        reader.end()


@check("porthole follow prints each line once, as it comes, across three rotations; --json adds its ids")
def follow(place):
    followed(place, lambda reader, text: reader.wait_for(text))


@check("porthole follow loses nothing when a log is rotated three times within milliseconds")
def follow_flat_out(place):
    followed(place, lambda reader, text: None)


@check(
    "porthole lab prints its ports and paths as JSON, serves send, check and trace, and leaves nothing behind on SIGTERM and SIGINT"
)
def lab(place):
    for number in (signal.SIGTERM, signal.SIGINT):
        with Reader(place, "lab") as reader:
            reader.wait_for("\n", 15)
            said = json.loads(reader.out)
            if number == signal.SIGTERM:
                use(place, said, reader)
            reader.end(number)
            until(lambda: not place.left_over, 3, "no temporary file is left", lambda: str(place.left_over))


def use(place, said, reader):
    """One message through the lab, headless from end to end."""
    names, log = said["resolver"], said["log"]
    port = said["smtp"].rsplit(":", 1)[-1]
    sent = place.porthole(
        "send",
        "user@example.test",
        "--port",
        port,
        "--resolver",
        names,
        "--from",
        "probe@example.net",
        "--ca-file",
        said["caFile"],
        "--send",
        "--json",
    )
    expect(
        sent.status == 0 and sent.json()["tls"]["isVerified"],
        "the lab takes a message over verified TLS",
        sent.evidence + reader.evidence,
    )
    identifier = sent.json()["acceptedAs"][0]

    def delivered():
        found = place.porthole("trace", identifier, "--log", log, "--json").json_lines()
        return found and found[0]["messages"][0]["outcome"] == "delivered"

    until(
        delivered,
        15,
        f"{identifier} is delivered in the lab's log",
        lambda: place.porthole("trace", identifier, "--log", log).evidence,
    )
    checked = place.porthole("check", "example.test", "--resolver", names)
    expect(checked.status == 0 and "mx1.example.test" in checked.out, "check finds the exchanger", checked.evidence)
