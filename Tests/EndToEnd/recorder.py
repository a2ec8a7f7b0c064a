"""A pseudo-terminal that keeps every byte: to see what a program really sends to a terminal."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

from harness import Failure

#: What a real terminal answers when it is asked.
ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[0c": b"\x1b[?62;22c",
    b"\x1b[>c": b"\x1b[>41;380;0c",
    b"\x1b[5n": b"\x1b[0n",
}

FORBIDDEN = (
    (re.compile(rb"\x1b[\]PX^_]"), "a control string (OSC, DCS, SOS, PM, APC)"),
    (re.compile(rb"\x1b\[[0-?]*31337"), "the server's CSI sequence"),
    (re.compile(rb"\x1b\[6n"), "the server's question to the terminal"),
    (re.compile(rb"[\x00\x05\x07\x0e\x7f]"), "a control character"),
)
#: As text: C1 controls, bidi marks, zero-width characters.
FORBIDDEN_TEXT = re.compile("[\u0080-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]")


class Recorder:
    """Runs a command on a pseudo-terminal of its own."""

    def __init__(self, place, *arguments, columns=100, rows=30, variables=None):
        self.place, self.size = place, (rows, columns)
        self.arguments = [place.binary, *map(str, arguments)]
        self.bytes = bytearray()
        self.environment = {**place.environment, "TERM": "xterm-256color", **(variables or {})}

    def __enter__(self):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *self.size, 0, 0))
                os.chdir(self.place.folder)
                os.execve(self.arguments[0], self.arguments, self.environment)
            finally:
                os._exit(127)
        self.status = None
        return self

    def __exit__(self, *_):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.master)

    def read(self, seconds):
        """Takes what comes within `seconds`; False when the program is gone."""
        limit = time.monotonic() + seconds
        while (left := limit - time.monotonic()) > 0:
            if not select.select([self.master], [], [], left)[0]:
                return True
            try:
                chunk = os.read(self.master, 65536)
            except OSError:
                return False
            if not chunk:
                return False
            self.bytes += chunk
            for question, answer in ANSWERS.items():
                if question in chunk:
                    os.write(self.master, answer)
        return True

    def wait_for(self, text, seconds=10, since=0):
        limit = time.monotonic() + seconds
        while text not in self.bytes[since:]:
            if not self.read(0.05) or time.monotonic() > limit:
                raise Failure(f"{text!r} comes to the terminal", repr(bytes(self.bytes[-3000:])))

    def settle(self, quiet=0.25, seconds=3):
        """Reads until nothing has come for `quiet` seconds."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            before = len(self.bytes)
            if not self.read(quiet) or len(self.bytes) == before:
                return

    def press(self, keys, quiet=0.25):
        os.write(self.master, keys.encode())
        self.settle(quiet)

    def finish(self, seconds=10):
        """Waits for the end; gives the exit code, negative for a signal."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            gone = not self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.read(0.05)
                self.status = os.waitstatus_to_exitcode(status)
                return self.status
            if gone:
                time.sleep(0.02)
        raise Failure(f"{' '.join(self.arguments[1:])} ends within {seconds} s", repr(bytes(self.bytes[-2000:])))

    def expect_clean(self, what):
        """No byte of the payload reached the terminal as a control."""
        data = bytes(self.bytes)
        for pattern, name in FORBIDDEN:
            if found := pattern.search(data):
                near = data[max(0, found.start() - 60) : found.end() + 60]
                raise Failure(f"{what}: {name} does not reach the terminal", repr(near))
        text = data.decode("utf-8", "surrogateescape")
        if found := FORBIDDEN_TEXT.search(text):
            near = text[max(0, found.start() - 40) : found.end() + 40]
            raise Failure(f"{what}: U+{ord(found.group()):04X} does not reach the terminal", ascii(near))
        if found := re.search("[\udc80-\udcff]", text):
            near = text[max(0, found.start() - 40) : found.end() + 40]
            raise Failure(f"{what}: no byte outside UTF-8 reaches the terminal", ascii(near))
