"""The session on disk as it happens, opened again, and secrets nowhere."""

import base64
import contextlib
import glob
import os
import pathlib
import socketserver

from harness import check, expect, until
from sinks import LoopbackServer
from terminal import Terminal

SECRET = "s3cr3t-Passw0rd"
PLAIN = base64.b64encode(f"\0alice\0{SECRET}".encode()).decode()
PASSWORD = base64.b64encode(SECRET.encode()).decode()


class Echo(LoopbackServer, socketserver.ThreadingTCPServer):
    """Asks for AUTH PLAIN and LOGIN, and repeats in its refusal what it was told, as careless servers do."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            waiting = 0
            with contextlib.suppress(OSError):
                self.wfile.write(b"220 echo.example.test ESMTP\r\n")
                while line := self.rfile.readline().rstrip(b"\r\n"):
                    self.server.received.append(line)
                    words = line.upper().split()
                    if waiting:
                        waiting -= 1
                        reply = b"334 UGFzc3dvcmQ6" if waiting else b"535 5.7.8 bad credentials " + line
                    elif words[0] == b"EHLO":
                        reply = b"250-echo.example.test\r\n250 AUTH PLAIN LOGIN"
                    elif words[:2] == [b"AUTH", b"LOGIN"]:
                        waiting, reply = 2, b"334 VXNlcm5hbWU6"
                    elif words[:2] == [b"AUTH", b"PLAIN"] and len(words) == 2:
                        waiting, reply = 1, b"334 "
                    elif words[0] == b"AUTH":
                        reply = b"535 5.7.8 " + line + b" is wrong"
                    elif words[0] == b"QUIT":
                        self.wfile.write(b"221 bye\r\n")
                        return
                    else:
                        reply = b"250 2.0.0 ok"
                    self.wfile.write(reply + b"\r\n")

    def __init__(self):
        super().__init__()
        self.received = []


def mode(path):
    return oct(os.stat(path).st_mode & 0o7777)


@check(
    "a session file lies in the state folder, 0600 in 0700, while the session runs, and grows with it; replay shows it again"
)
def written_as_it_happens(place):
    with Terminal(place, 120, 40) as terminal:
        terminal.start("demo", "--banner-delay", "0")
        terminal.wait_for("220 mx1")
        files = until(
            lambda: glob.glob(f"{place.state}/*.session"),
            5,
            "a session file appears",
            lambda: str(list(place.folder.rglob("*"))),
        )
        expect(mode(place.state) == "0o700", "the folder is 0700", mode(place.state))
        expect(mode(files[0]) == "0o600", "the file is 0600", mode(files[0]))
        until(lambda: "220 mx1" in pathlib.Path(files[0]).read_text(), 3, "the greeting is in the file at once")
        terminal.press("r")
        terminal.wait_for("250 recipient")
        until(
            lambda: "RCPT TO:<user@example.test>" in pathlib.Path(files[0]).read_text(),
            3,
            "RCPT is in the file while the session is open",
            lambda: pathlib.Path(files[0]).read_text(),
        )
        os.kill(terminal.pid, 9)
        terminal.line("reset")
        terminal.settled()
    done = place.porthole("replay", files[0], "--print-frame", "100x30")
    expect(done.status == 0 and len(done.out.splitlines()) == 30, "replay prints a frame of 30 rows", done.evidence)
    for word in ("1 Session", "2 Explain", "250 recipient", "user@example.test"):
        expect(word in done.out, f"the frame shows {word!r}", done.evidence)
    done = place.porthole("replay", files[0], "--json")
    said = done.json()
    expect(
        done.status == 0 and any("250 recipient" in line for event in said["events"] for line in event["lines"]),
        "replay --json has the events",
        done.evidence,
    )
    with Terminal(place) as terminal:
        terminal.start("replay", files[0])
        terminal.wait_for("1 Session", "250 recipient")
        terminal.press("q")
        expect(terminal.ended() == 0, "q leaves the replay")


@check(
    "a line of AUTH PLAIN or LOGIN is in no file and on no screen, neither in clear nor in base64, not even when the server repeats it"
)
def secrets(place):
    echo = place.enter(Echo())
    screens = []
    with Terminal(place, 120, 40) as terminal:
        terminal.start(f"127.0.0.1:{echo.port}", "--tls", "never", "--from", "a@example.test", "--to", "b@example.test")
        terminal.settled()
        terminal.press("r")
        terminal.wait_for("250 2.0.0 ok")

        def look():
            screens.append(terminal.settled())

        terminal.press("1", "c")
        for line in (
            f"AUTH PLAIN {PLAIN}",
            "AUTH LOGIN",
            base64.b64encode(b"alice").decode(),
            PASSWORD,
            "AUTH PLAIN",
            PLAIN,
            f"auth  plain  {PLAIN}",
        ):
            terminal.type(line)
            look()
            terminal.press("Enter")
            look()
        until(
            lambda: len([line for line in echo.received if PLAIN.encode() in line]) == 3,
            5,
            "the server got what was typed",
            lambda: str(echo.received) + terminal.screen,
        )
        terminal.press("Up")
        look()
        terminal.press("Up")
        look()
        terminal.press("Escape", "v")
        look()
        for key in "1234":
            screens.append(terminal.read_pane(key))
        terminal.press("x")
        terminal.settled()
        terminal.press("Enter")
        look()
        terminal.press("q")
        terminal.settled()
        if terminal.shows_program:
            terminal.press("q")
        terminal.ended()
        screens.append(terminal.tmux("capture-pane", "-p", "-S", "-", "-t", "t"))
    # Long enough pieces, so that a secret that was cut or shown in part is found as well.
    pieces = [SECRET, PASSWORD[:12], PLAIN[:12], PLAIN[8:20]]
    for screen in screens:
        for piece in pieces:
            expect(piece not in screen, f"{piece!r} is on no screen", screen)
    for path in place.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for piece in pieces:
                expect(
                    piece.encode() not in content,
                    f"{piece!r} is not in {path.relative_to(place.folder)}",
                    content.decode(errors="replace")[-3000:],
                )
    expect(glob.glob(f"{place.state}/*.session"), "there is a session file to look into")
